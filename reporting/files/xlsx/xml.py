"""Cells, rows, comments and properties of a workbook as XML, written without any library.

Everything a department or the plan wrote goes in as text, so that nothing in our workbooks ever becomes a
formula but what ``formula_cell`` is given.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from math import ceil
from xml.sax.saxutils import escape

from reporting.model import Value, column_letters

_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_EXCEL_EPOCH = datetime(1899, 12, 30)
MAX_CELL = 32_000
"""Characters in one cell; Excel's own limit is 32,767."""
MAX_HEIGHT = 400.0
"""Points; Excel takes no row higher than 409."""


def clean(text: str) -> str:
    """A text without what XML cannot hold, cut to what a cell can."""
    return _ILLEGAL.sub("", text)[:MAX_CELL]


def text_cell(ref: str, style: int, text: str) -> str:
    """A cell with a text; an empty one is only dressed."""
    if not text:
        return f'<c r="{ref}" s="{style}"/>'
    words = escape(clean(text))
    return f'<c r="{ref}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{words}</t></is></c>'


def number_cell(ref: str, style: int, value: float) -> str:
    """A cell with a number."""
    return f'<c r="{ref}" s="{style}"><v>{value!r}</v></c>'


def value_cell(ref: str, style: int, value: Value, raw: str) -> str:
    """A value as its own type, so that numbers and dates stay numbers and dates in the sheet."""
    if isinstance(value, bool) or value is None:
        return text_cell(ref, style, raw)
    if isinstance(value, int | float):
        return number_cell(ref, style, float(value))
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


def formula_cell(ref: str, style: int, formula: str, shown: str) -> str:
    """A cell with a formula of ours and what it shows until it is calculated."""
    if not shown:  # LibreOffice calculates only what has no value yet; Excel is told to calculate all
        return f'<c r="{ref}" s="{style}"><f>{escape(formula)}</f></c>'
    return f'<c r="{ref}" s="{style}" t="str"><f>{escape(formula)}</f><v>{escape(clean(shown))}</v></c>'


def sheet_row(number: int, cells: Iterable[str], height: float = 0) -> str:
    """A row of cells; without a height the program that opens it chooses one."""
    # a height without customHeight: a first size that Excel adapts when the department types
    size = f' ht="{height:g}"' if height else ""
    return f'<row r="{number}"{size}>{"".join(cells)}</row>'


def height_of(texts: Iterable[tuple[str, float]], line: float, least: float) -> float:
    """The height in points that shows each text in a column of its width (in digits)."""
    lines = 1
    for text, width in texts:
        per_line = max(width - 1.0, 1.0)
        needed = sum(
            max(1, ceil(sum(2.1 if ord(sign) > 0x2E7F else 1.1 for sign in part) / per_line))
            for part in text.split("\n")
        )
        lines = max(lines, needed)
    return min(max(lines * line + 6, least), MAX_HEIGHT)


def add_custom_type(xml: str) -> str:
    """The list of content types with the document properties."""
    entry = (
        '<Override PartName="/docProps/custom.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.custom-properties+xml"/>'
    )
    return xml.replace("</Types>", entry + "</Types>")


def add_custom_relation(xml: str) -> str:
    """The relations of the package with the document properties."""
    entry = (
        '<Relationship Id="rIdCustom" Target="docProps/custom.xml" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"/>'
    )
    return xml.replace("</Relationships>", entry + "</Relationships>")


@dataclass(frozen=True, slots=True)
class Note:
    """A comment beside a cell: who wrote it, and what."""

    author: str
    text: str


def comments_xml(notes: Mapping[tuple[int, int], Note]) -> str:
    """The part with the comments of a sheet, by row and column."""
    authors = list(dict.fromkeys(note.author for note in notes.values())) or [""]
    named = "".join(f"<author>{escape(clean(author))}</author>" for author in authors)
    listed = "".join(
        f'<comment ref="{column_letters(column)}{row}" authorId="{authors.index(note.author)}" shapeId="0">'
        '<text><r><rPr><sz val="10"/><rFont val="宋体"/></rPr>'
        f'<t xml:space="preserve">{escape(clean(note.text))}</t></r></text></comment>'
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


def custom_properties(pairs: Mapping[str, str]) -> str:
    """The part with document properties of our own."""
    listed = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{pid}" name="{name}">'
        f"<vt:lpwstr>{escape(clean(value))}</vt:lpwstr></property>"
        for pid, (name, value) in enumerate(pairs.items(), 2)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        f"{listed}</Properties>"
    )


def core_properties(title: str, office: str, day: date) -> str:
    """Who made it and what it is; dated by a day that is given, so that the same content is the same file."""
    time = f"{day.isoformat()}T00:00:00Z"
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        "<cp:coreProperties "
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(clean(title))}</dc:title><dc:creator>{escape(clean(office))}</dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{time}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{time}</dcterms:modified></cp:coreProperties>'
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
    told = f' tooltip="{escape(tip)}"' if tip else ""
    return f'<hyperlink ref="{ref}" location="\'{sheet}\'!{address}" display="{sheet}!{address}"{told}/>'


ILLEGAL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML or Excel refuses; a line break is kept."""


_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""Excel reads _x0041_ in a text as the letter A, so the first stroke of such a text is written as _x005F_."""


def reference(column: int, row: int) -> str:
    """The address of a cell."""
    return f"{_letters(column)}{row}"


_letters = cache(column_letters)


def text_xml(ref: str, style: int, text: str) -> str:
    """A cell that holds a text, whatever the text looks like."""
    clean = ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if not clean:
        return f'<c r="{ref}" s="{style}"/>'
    written = escape(_ESCAPE_LIKE.sub("_x005F_", clean))
    return f'<c r="{ref}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{written}</t></is></c>'
