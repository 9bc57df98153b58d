"""Text put into blank cells of a plan.xlsx that the coordinator has worked in, and nothing else touched.

The workbook is not loaded and saved again: a library would lose what Excel or WPS put into it. Only the
characters of those cells are written into the sheet's part; every other part is copied as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import quoteattr

from reporting.files.disk import read_file, write_atomic
from reporting.files.package import repack, split_package
from reporting.files.xlsx.xml import xml_text
from reporting.language.characters import even_width
from reporting.model import column_letters, column_number

_SHEET = re.compile(r"<sheet\b[^>]{0,400}>")
_ATTRIBUTE = re.compile(r'([\w:]{1,40})="([^"]{0,400})"')
_RELATION = re.compile(r"<Relationship\b[^>]{0,800}>")
_ROW = re.compile(r"<row\b(?P<attributes>[^>]{0,800}?)(?:/>|>(?P<cells>.*?)</row>)", re.DOTALL)
_CELL = re.compile(r"<c\b(?P<attributes>[^>]{0,400}?)(?:/>|>(?P<inside>.*?)</c>)", re.DOTALL)
_ADDRESS = re.compile(r"([A-Z]{1,3})(\d{1,7})")


def fill_blanks(path: Path, sheet: str, texts: Mapping[tuple[int, int], str]) -> bool:
    """Write texts into cells by row and column; False, and nothing written, when one of them is not blank.

    False too for a workbook whose XML is written in a way that this does not know.
    """
    parts = split_package(read_file(path))
    part = _part_of(parts, sheet)
    content = parts[part].decode("utf-8") if part in parts else ""
    for (row, column), text in sorted(texts.items()):
        filled = _fill(content, row, column, text)
        if filled is None:
            return False
        content = filled
    parts[part] = content.encode("utf-8")
    write_atomic(path, repack(parts))
    return True


def _part_of(parts: Mapping[str, bytes], sheet: str) -> str:
    """The name of the part that holds a sheet; empty when it cannot be told."""
    book = parts.get("xl/workbook.xml", b"").decode("utf-8", "replace")
    relations = parts.get("xl/_rels/workbook.xml.rels", b"").decode("utf-8", "replace")
    targets = {}
    for match in _RELATION.finditer(relations):
        attributes = dict(_ATTRIBUTE.findall(match[0]))
        targets[attributes.get("Id", "")] = attributes.get("Target", "").removeprefix("/xl/")
    for match in _SHEET.finditer(book):
        attributes = dict(_ATTRIBUTE.findall(match[0]))
        if even_width(attributes.get("name", "")) == even_width(sheet):
            return f"xl/{targets.get(attributes.get('r:id', ''), '')}"
    return ""


def _fill(content: str, row: int, column: int, text: str) -> str | None:
    """The sheet with one cell filled; a row that is not there is added behind the last one before it."""
    address = f"{column_letters(column)}{row}"
    end, above = content.find("</sheetData>"), ""
    for match in _ROW.finditer(content):
        number = int(dict(_ATTRIBUTE.findall(match["attributes"])).get("r", "0"))
        if number == row:
            cells = _with_cell(match["cells"] or "", address, column, text)
            if cells is None:
                return None
            filled = f"<row{match['attributes']}>{cells}</row>"
            return f"{content[: match.start()]}{filled}{content[match.end() :]}"
        if number > row:
            end = match.start()
            break
        above = match["cells"] or ""
    cells = _with_cell(_blank_like(above, row), address, column, text)
    return f'{content[:end]}<row r="{row}">{cells}</row>{content[end:]}' if end >= 0 else None


def _blank_like(above: str, row: int) -> str:
    """Blank cells that look like those of the row above."""
    cells = []
    for match in _CELL.finditer(above):
        attributes = dict(_ATTRIBUTE.findall(match["attributes"]))
        there = _ADDRESS.fullmatch(attributes.get("r", ""))
        if there is not None and "s" in attributes:
            cells.append(f'<c r="{there[1]}{row}" s={quoteattr(attributes["s"])}/>')
    return "".join(cells)


def _with_cell(cells: str, address: str, column: int, text: str) -> str | None:
    """The cells of a row with one more; it takes the place, and the looks, of a blank one."""
    at = len(cells)
    for match in _CELL.finditer(cells):
        attributes = dict(_ATTRIBUTE.findall(match["attributes"]))
        there = _ADDRESS.fullmatch(attributes.get("r", ""))
        if there is None or (there[0] == address and match["inside"]):
            return None
        if there[0] == address:
            cell = _cell(address, text, attributes.get("s", ""))
            return f"{cells[: match.start()]}{cell}{cells[match.end() :]}"
        if column_number(there[1]) > column:
            at = match.start()
            break
    return f"{cells[:at]}{_cell(address, text, '')}{cells[at:]}"


def _cell(address: str, text: str, style: str) -> str:
    look = f" s={quoteattr(style)}" if style else ""
    words = f'<t xml:space="preserve">{xml_text(text)}</t>'
    return f'<c r="{address}"{look} t="inlineStr"><is>{words}</is></c>'
