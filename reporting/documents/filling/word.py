"""Fills the Word templates of ``templates/`` and gives the finished document as bytes.

The templates are written in the marks of docxtpl. It is docxtpl that reads those marks; the filled text is
then set into a copy of the package. That keeps the time per table row flat where docxtpl's own
rebuilding of the document tree grows faster than the document, and gives the same bytes for the same input.

An office may restyle a template in Word and break it on the way. Everything that can be wrong with one is
found here, before anything is written, and said in a sentence that names the file and the mark.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from xml.parsers import expat

import docx
import jinja2
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.part import Part
from docx.oxml import parse_xml
from docxtpl import DocxTemplate

from reporting.documents.filling.columns import fit_columns
from reporting.documents.filling.marks import TemplateError, clean, compare_names, fill_marks, label, read_marks
from reporting.files.disk import read_file
from reporting.files.package import PackedPart, join_parts, pack_part

_PARAGRAPH = re.compile(r"<w:p(?=[ >])")
_WHOLE_PARAGRAPH = re.compile(r"<w:p(?: [^>]*)?>.*?</w:p>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TEXT_PARTS = ("header", "footer", "footnotes", "endnotes")


_MISSING = "找不到或无法读取 Word 模板“{path}”。请恢复该文件后再运行。"
_UNREADABLE = (
    PackageNotFoundError,
    zipfile.BadZipFile,
    zlib.error,
    LookupError,
    ValueError,
    AttributeError,
    RuntimeError,
    SyntaxError,
)
"""What python-docx and zipfile raise for a file that is no Word document, a damaged or an encrypted one."""


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A template ready to be filled: its package, and a compiled text for each part that has marks."""

    package: tuple[PackedPart, ...]
    parts: Mapping[str, jinja2.Template]
    names: frozenset[str]


def fill_template(template: Path, context: Mapping[str, object]) -> bytes:
    """Fill the template with the context; every top-level name of the context must be printed by it.

    Raises ``DubanError`` with a sentence for the coordinator when the template cannot be used.
    """
    compiled = _read(template)
    compare_names(template.name, compiled.names, frozenset(context))
    cleaned = {name: clean(value) for name, value in context.items()}
    filled = {part: _render(template.name, text, cleaned) for part, text in compiled.parts.items()}
    return join_parts(
        pack_part(part.name, filled[part.name]) if part.name in filled else part for part in compiled.package
    )


def examine_template(template: Path, pattern: Path) -> str:
    """Lay an office's template beside the one that came with the program, before a document needs it.

    Gives a sentence on what it leaves out though it works, or nothing; raises ``DubanError`` with a sentence
    when it cannot be used.
    """
    own, ours = _read(template).names, _read(pattern).names
    compare_names(template.name, own, ours)
    return _left_out(template.name, ours - own)


def left_out(template: Path, context: Mapping[str, object]) -> list[str]:
    """A sentence on what a template restyled long ago does not print though there is something to print."""
    filled = frozenset(name for name, value in context.items() if value)
    sentence = _left_out(template.name, filled - _read(template).names)
    return [sentence] if sentence else []


def _left_out(template: str, names: frozenset[str]) -> str:
    marks = "、".join(f"{{{{ {name} }}}}" for name in sorted(names))
    return (
        f"{label(template)}没有后来增加的 {marks}，这些内容不会印出；"
        "没有改过这个模板的，删去它就改用程序自带的；改过的，请照自带的补上。"
        if marks
        else ""
    )


def _read(template: Path) -> _Compiled:
    return _compile(template.name, read_file(template, _MISSING))


@lru_cache(maxsize=16)
def _compile(name: str, content: bytes) -> _Compiled:
    """Read a template once for all the letters made from it."""
    try:
        document = docx.Document(io.BytesIO(content))
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            members = tuple(pack_part(name, package.read(name)) for name in package.namelist())
    except _UNREADABLE as error:
        what = "不是有效的 Word 文档（.docx）。请用 Word 或 WPS 另存为 .docx，或恢复原模板。"
        raise TemplateError(name, what) from error
    parts: dict[str, jinja2.Template] = {}
    names: frozenset[str] = frozenset()
    for part in _marked_parts(document.part):
        source = _source(part.blob)
        marked = read_marks(name, source, partial(_excerpt, source))
        names |= marked.names
        parts[str(part.partname).lstrip("/")] = marked.text
    return _Compiled(members, parts, names)


def _marked_parts(main: Part) -> list[Part]:
    """The body, headers, footers and notes, as far as they hold anything like a mark."""
    related = [
        rel.target_part
        for rel in main.rels.values()
        if not rel.is_external and rel.reltype.rpartition("/")[2] in _TEXT_PARTS
    ]
    return [part for part in [main, *related] if b"{" in part.blob]


def _source(blob: bytes) -> str:
    """Turn a part into the text of a jinja2 template, by docxtpl's rules for ``{%p`` and ``{%tr``."""
    reader = DocxTemplate(None)
    patched: str = reader.patch_xml(reader.xml_to_string(parse_xml(blob)))
    # One paragraph a line, so that an error's line number leads to its paragraph.
    return _PARAGRAPH.sub("\n<w:p", patched)


def _excerpt(source: str, line: int) -> str:
    """What a reader sees around a line of the source."""
    lines = source.split("\n")
    text = "".join(_TAG.sub("", part) for part in lines[max(line - 2, 0) : line + 1]).strip()
    return f"“{text[:60]}”"


def _render(name: str, text: jinja2.Template, context: Mapping[str, object]) -> bytes:
    """Fill one part and make sure that what comes out is a document."""
    joined = fill_marks(name, text, context).replace("\n<w:p", "<w:p")
    finished = fit_columns(_WHOLE_PARAGRAPH.sub(_broken_lines, joined)).encode()
    try:
        expat.ParserCreate().Parse(finished, True)  # no tree, which for a long annex takes seconds
    except expat.ExpatError as error:
        what = "中循环或条件的开头与结尾不在同一层（如一个在表格内、一个在表格外）。请改正或恢复原模板。"
        raise TemplateError(name, what) from error
    return _DECLARATION.encode() + finished


def _broken_lines(paragraph: re.Match[str]) -> str:
    """The line feeds and tabs of a value as those of Word, by docxtpl's way where there are any."""
    text = paragraph[0]
    resolved: str = DocxTemplate(None).resolve_listing(text) if "\n" in text or "\t" in text else text
    return resolved
