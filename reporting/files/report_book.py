"""The consolidated workbook written: the records of ``outputs.consolidated`` become an .xlsx file.

openpyxl lays out the sheets (widths, print set-up, frozen headings, filters, styles); the rows are then
written into the parts as XML. The same records give the same bytes.
"""

from __future__ import annotations

import re
from io import BytesIO
from xml.sax.saxutils import escape

from reporting.files.package import repack, split_package
from reporting.files.report_cells import ILLEGAL
from reporting.files.report_sheet import Content, SheetWriter
from reporting.files.report_styles import Styles
from reporting.form import Look
from reporting.outputs.consolidated.records import Book

_SHEET_DATA = re.compile(r"<sheetData\s*/>|<sheetData>.*</sheetData>", re.DOTALL)
_DIMENSION = re.compile(r'<dimension ref="[^"]*"\s*/>')
_TITLES = re.compile(r">([^<,]+\$\d+:\$\d+),([^<,]+\$[A-Z]+:\$[A-Z]+)</definedName>")
"""Repeated rows and columns: openpyxl names the rows first, Excel itself the columns."""


def write_report_book(book: Book, look: Look) -> bytes:
    """Write the whole workbook in the colours and fonts of ``look``."""
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    worksheets = [workbook.create_sheet(sheet.name) for sheet in book.sheets]
    styles = Styles(workbook, look)
    contents = [
        SheetWriter(sheet, worksheet, styles, book.title).write()
        for sheet, worksheet in zip(book.sheets, worksheets, strict=True)
    ]
    workbook.calculation.fullCalcOnLoad = True
    buffer = BytesIO()
    workbook.save(buffer)
    parts = split_package(buffer.getvalue())
    for number, content in enumerate(contents, start=1):
        name = f"xl/worksheets/sheet{number}.xml"
        parts[name] = _fill_sheet(parts[name].decode(), content).encode()
    names = parts["xl/workbook.xml"].decode()
    parts["xl/workbook.xml"] = _TITLES.sub(r">\2,\1</definedName>", names).encode()
    parts["docProps/core.xml"] = _core_properties(book).encode()
    first = "[Content_Types].xml"  # where Excel itself has it, and where sniffers look
    return repack({first: parts[first]} | {name: data for name, data in parts.items() if name != first})


def _fill_sheet(xml: str, content: Content) -> str:
    """A sheet as openpyxl laid it out, with our rows and the extent they have."""
    xml = _DIMENSION.sub(f'<dimension ref="{content.extent}"/>', xml, count=1)
    if content.links:  # they stand before the print options
        xml = xml.replace("<printOptions", f"<hyperlinks>{content.links}</hyperlinks><printOptions", 1)
    empty = _SHEET_DATA.search(xml)
    assert empty is not None
    return f"{xml[: empty.start()]}<sheetData>{content.rows}</sheetData>{xml[empty.end() :]}"


def _core_properties(book: Book) -> str:
    """Title and author, dated by the day of the figures so that the same content is the same file."""
    day = f"{book.day.isoformat()}T00:00:00Z"
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        "<cp:coreProperties "
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(ILLEGAL.sub('', book.title))}</dc:title>"
        f"<dc:creator>{escape(ILLEGAL.sub('', book.author))}</dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{day}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{day}</dcterms:modified></cp:coreProperties>'
    )
