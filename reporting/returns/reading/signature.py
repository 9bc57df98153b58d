"""What a workbook says about itself: whose it is and what it asked for.

Its hidden sheet and its properties say the same; programs that drop the one keep the other.
Runs while a return is read.
"""

import contextlib
import re
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from html import unescape
from io import BytesIO

from reporting.files.sheets.grid import Sheet
from reporting.files.xlsx.xml import unescaped
from reporting.language.values import as_text
from reporting.model import Signature
from reporting.returns.workbook.layout import META

_NONE = (zipfile.BadZipFile, zlib.error, KeyError, OSError, ValueError, RuntimeError, NotImplementedError, EOFError)
"""What zipfile raises where there are no properties to be read."""


def read_signature(sheets: Sequence[Sheet], data: bytes) -> Signature:
    """The words of the workbook about itself; an empty signature when it has none."""
    return _read_sheet(sheets) or read_properties(data) or Signature()


def sheet_pairs(sheets: Sequence[Sheet]) -> list[tuple[str, str]]:
    """What the hidden sheet of a workbook of ours says, each row a name and a value."""
    meta = next((sheet for sheet in sheets if sheet.name == META), None)
    return [(as_text(row[0]), as_text(row[1])) for row in meta.rows if len(row) > 1] if meta else []


def _read_sheet(sheets: Sequence[Sheet]) -> Signature | None:
    pairs = sheet_pairs(sheets)
    return _signature(dict(pairs), [value for key, value in pairs if key == "task"])


def _signature(words: Mapping[str, str], tasks: Sequence[str]) -> Signature | None:
    """What the words say, if they name a unit."""
    if not words.get("unit"):
        return None
    plan, year, form_version = (words.get(key, "") for key in ("plan", "year", "form_version"))
    return Signature(plan, year, words["unit"], form_version, tuple(tasks), words.get("signature", ""))


# <property fmtid="{…}" pid="2" name="duban_unit"><vt:lpwstr>市教育局</vt:lpwstr>; every program has its own
# order of attributes, and some declare the namespace at each value
_PROPERTY = re.compile(
    r"""name=["']duban_(\w{1,20})["'][^>]{0,200}>\s{0,20}<(?:\w{1,10}:)?lpwstr\b[^>]{0,200}>([^<]{0,4000})<"""
)


def read_properties(data: bytes) -> Signature | None:
    """The same words from the document properties, which survive when the sheet is deleted."""
    words = read_property_words(data)
    pieces = sorted(
        (int(key.removeprefix("tasks_")), value) for key, value in words.items() if re.fullmatch(r"tasks_\d{1,4}", key)
    )
    tasks = "".join(value for _, value in pieces)
    return _signature(words, tasks.split(",") if tasks else ())


def read_property_words(data: bytes) -> dict[str, str]:
    """What a workbook of ours says of itself in its document properties, by name; nothing of any other."""
    with contextlib.suppress(*_NONE):
        with zipfile.ZipFile(BytesIO(data)) as archive, archive.open("docProps/custom.xml") as part:
            xml = part.read(1_000_000).decode("utf-8", "replace")
        return {key: unescaped(unescape(value)) for key, value in _PROPERTY.findall(xml)}
    return {}
