"""Cells, rows, links and comments of a workbook as XML, written without any library.

Everything a department or the plan wrote goes in as text, so that nothing in our workbooks ever becomes a
formula but what ``formula_cell`` is given.
"""

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from math import ceil
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from reporting.files.characters import writable
from reporting.model import Value, column_letters

_EXCEL_EPOCH = datetime(1899, 12, 30)
LONGEST = 32_767
"""What a cell or a comment holds, in the halves of signs that Excel counts."""
_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""Excel reads _x0041_ in a text as the letter A, so the first stroke of such a text is written as _x005F_."""
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_letters = cache(column_letters)


def fitting_text(text: str) -> str:
    """A text as a cell holds it: without what XML refuses, its line breaks plain, cut to what has room."""
    held = writable(text)
    if len(held) <= LONGEST // 2:
        return held
    return held.encode("utf-16-le")[: 2 * LONGEST].decode("utf-16-le", "ignore")


def escaped(text: str) -> str:
    """A text as it stands in a workbook, so that Excel reads it as it was, be it _x0041_."""
    fitting = fitting_text(text)
    return _ESCAPE_LIKE.sub("_x005F_", fitting) if "_x" in fitting else fitting


def unescaped(text: str) -> str:
    """The text that stands escaped in a workbook; half a sign that was escaped becomes a question mark."""
    if "_x" not in text:
        return text
    whole = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return whole.encode("utf-16", "replace").decode("utf-16")


def xml_text(text: str) -> str:
    """A text as it stands between the tags of a part."""
    return escape(escaped(text))


def put_text(cell: Any, text: str) -> None:
    """Write a text into a cell of openpyxl's as a text, whatever it looks like."""
    written = escaped(text)
    if written:
        cell.value, cell.data_type = "", "s"
        cell._value = written  # as a value openpyxl would cut it in the middle of an escape


def reference(column: int, row: int) -> str:
    """The address of a cell."""
    return f"{_letters(column)}{row}"


def text_cell(ref: str, style: int, text: str) -> str:
    """A cell with a text, whatever it looks like; an empty one is only dressed."""
    words = xml_text(text) if text else ""
    if not words:
        return f'<c r="{ref}" s="{style}"/>'
    return f'<c r="{ref}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{words}</t></is></c>'


def number_cell(ref: str, style: int, value: float) -> str:
    """A cell with a number."""
    return f'<c r="{ref}" s="{style}"><v>{value!r}</v></c>'


def value_cell(ref: str, style: int, value: Value, raw: str) -> str:
    """A value as its own type, so that numbers and dates stay numbers and dates in the sheet."""
    if isinstance(value, bool) or value is None:
        return text_cell(ref, style, raw)
    if isinstance(value, int | float):
        return number_cell(ref, style, value)
    if isinstance(value, datetime):
        return number_cell(ref, style, (value - _EXCEL_EPOCH).total_seconds() / 86400)
    if isinstance(value, date):
        return number_cell(ref, style, (value - _EXCEL_EPOCH.date()).days)
    return text_cell(ref, style, raw)


def number_or_text(ref: str, style: int, text: str) -> str:
    """A task number of digits alone is a number, so that the column sorts 2 before 10."""
    if text.isascii() and text.isdigit() and len(text) < 15 and str(int(text)) == text:
        return f'<c r="{ref}" s="{style}"><v>{text}</v></c>'
    return text_cell(ref, style, text)


def formula_cell(ref: str, style: int, formula: str, shown: str | float) -> str:
    """A cell with a formula of ours and what it comes to, for whatever shows it without calculating."""
    if shown == "":  # LibreOffice calculates only what has no value yet; Excel is told to calculate all
        return f'<c r="{ref}" s="{style}"><f>{escape(formula)}</f></c>'
    if isinstance(shown, str):
        return f'<c r="{ref}" s="{style}" t="str"><f>{escape(formula)}</f><v>{xml_text(shown)}</v></c>'
    return f'<c r="{ref}" s="{style}"><f>{escape(formula)}</f><v>{shown!r}</v></c>'


def sheet_row(number: int, cells: Iterable[str], height: float = 0, *, fixed: bool = False) -> str:
    """A row of cells; without a height the program that opens it chooses one.

    A height that is not ``fixed`` is a first one, which Excel adapts when somebody types.
    """
    size = f' ht="{height:g}"' if height else ""
    kept = ' customHeight="1"' if fixed else ""
    return f'<row r="{number}"{size}{kept}>{"".join(cells)}</row>'


@dataclass(frozen=True, slots=True)
class Note:
    """A comment beside a cell: who wrote it, and what."""

    author: str
    text: str


def comments_xml(notes: Mapping[tuple[int, int], Note]) -> str:
    """The part with the comments of a sheet, by row and column."""
    authors = list(dict.fromkeys(note.author for note in notes.values())) or [""]
    named = "".join(f"<author>{xml_text(author)}</author>" for author in authors)
    listed = "".join(
        f'<comment ref="{column_letters(column)}{row}" authorId="{authors.index(note.author)}" shapeId="0">'
        '<text><r><rPr><sz val="10"/><rFont val="宋体"/></rPr>'
        f'<t xml:space="preserve">{xml_text(note.text)}</t></r></text></comment>'
        for (row, column), note in sorted(notes.items())
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<authors>{named}</authors><commentList>{listed}</commentList></comments>"
    )


def _note_height(note: Note) -> int:
    return min(max(60, 18 * ceil(len(note.text) / 18) + 12), 400)


def comments_vml(notes: Mapping[tuple[int, int], Note]) -> str:
    """The drawing that Excel wants beside comments: a yellow note of fitting size for each."""
    shapes = "".join(
        f'<v:shape id="_x0000_s{1025 + index}" type="#_x0000_t202" style="position:absolute;margin-left:80pt;'
        f"margin-top:5pt;width:220pt;height:{_note_height(note)}pt;z-index:{index + 1};"
        'visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
        '<v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"/></v:textbox>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:AutoFill>False</x:AutoFill>'
        f"<x:Row>{row - 1}</x:Row><x:Column>{column - 1}</x:Column></x:ClientData></v:shape>"
        for index, ((row, column), note) in enumerate(sorted(notes.items()))
    )
    return (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
        'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
        '<o:idmap v:ext="edit" data="1"/></o:shapelayout><v:shapetype id="_x0000_t202" '
        'coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
        f'<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>{shapes}</xml>'
    )


def columns_xml(widths: Sequence[float], hidden: Container[int] = ()) -> str:
    """The widths of the columns from the first on, some of them hidden (numbers from 1)."""
    listed = "".join(
        f'<col min="{number}" max="{number}" width="{width:g}" customWidth="1"'
        + (' hidden="1"/>' if number in hidden else "/>")
        for number, width in enumerate(widths, 1)
    )
    return f"<cols>{listed}</cols>"


def link_xml(ref: str, sheet: str, address: str, tip: str = "") -> str:
    """A link from a cell to a cell of the same workbook."""
    told = f" tooltip={quoteattr(escaped(tip))}" if tip else ""
    place = quoteattr(f"'{sheet}'!{address}")
    return f'<hyperlink ref="{ref}" location={place} display={quoteattr(f"{sheet}!{address}")}{told}/>'
