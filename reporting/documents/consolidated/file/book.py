"""The consolidated workbook written: the records of ``documents.consolidated`` become an .xlsx file.

openpyxl lays out the sheets (widths, print set-up, frozen headings, filters, styles, charts); the rows are
then written into the parts as XML. The same records give the same bytes.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

from reporting.documents.consolidated.file.layout import Addresses, SheetLayout
from reporting.documents.consolidated.file.sheet import Content, SheetWriter
from reporting.documents.consolidated.file.styles import Styles
from reporting.documents.consolidated.records import ReportBook, ReportTable
from reporting.files.package import repack, split_package
from reporting.files.xlsx.xml import add_custom_relation, add_custom_type, core_properties, custom_properties
from reporting.model import column_letters
from reporting.office.form import Look
from reporting.returns.workbook.layout import META

if TYPE_CHECKING:
    from openpyxl import Workbook

WORDS = "字典"
"""The sheet of the lists that columns choose from: a list in the rule itself over 255 characters corrupts."""
_SHEET_DATA = re.compile(r"<sheetData\s*/>|<sheetData>.*</sheetData>", re.DOTALL)
_DIMENSION = re.compile(r'<dimension ref="[^"]*"\s*/>')
_OWN_FORMAT = re.compile(r'(<(?:c:)?numFmt formatCode="[^"]*")\s*/>')
"""openpyxl leaves out that a format of a chart is its own, and LibreOffice takes that of the cells."""
_EMPTY_RUN = re.compile(r"<a:r>\s*<a:t\s*/>\s*</a:r>|<a:r>\s*<a:t>\s*</a:t>\s*</a:r>")
"""openpyxl puts a run without text where only the look of texts is told."""
_TITLES = re.compile(r">([^<,]+\$\d+:\$\d+),([^<,]+\$[A-Z]+:\$[A-Z]+)</definedName>")
"""Repeated rows and columns: openpyxl names the rows first, Excel itself the columns."""


def write_report_book(book: ReportBook, look: Look) -> bytes:
    """Write the whole workbook in the colours and fonts of ``look``."""
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    worksheets = [workbook.create_sheet(sheet.name) for sheet in book.sheets]
    styles = Styles(workbook, look)
    lists = _write_lists(workbook, book)
    _write_words(workbook, book)
    layouts = [SheetLayout(sheet, styles.size) for sheet in book.sheets]
    addresses = Addresses(layouts)
    contents = [
        SheetWriter(layout, worksheet, styles, addresses, lists, book.title).write()
        for layout, worksheet in zip(layouts, worksheets, strict=True)
    ]
    workbook.calculation.fullCalcOnLoad = True
    buffer = BytesIO()
    workbook.save(buffer)
    parts = split_package(buffer.getvalue())
    for number, content in enumerate(contents, start=1):
        name = f"xl/worksheets/sheet{number}.xml"
        parts[name] = _fill_sheet(parts[name].decode(), content).encode()
    for name in [name for name in parts if name.startswith("xl/charts/chart")]:
        chart = _OWN_FORMAT.sub(r'\1 sourceLinked="0"/>', parts[name].decode())
        parts[name] = _EMPTY_RUN.sub("", chart).encode()
    names = parts["xl/workbook.xml"].decode()
    parts["xl/workbook.xml"] = _TITLES.sub(r">\2,\1</definedName>", names).encode()
    parts["docProps/core.xml"] = core_properties(book.title, book.author, book.day).encode()
    words = {f"duban_{name}": value for name, value in book.words}
    parts["docProps/custom.xml"] = custom_properties(words).encode()
    first = "[Content_Types].xml"  # where Excel itself has it, and where sniffers look
    parts[first] = add_custom_type(parts[first].decode()).encode()
    parts["_rels/.rels"] = add_custom_relation(parts["_rels/.rels"].decode()).encode()
    return repack({first: parts[first]} | {name: data for name, data in parts.items() if name != first})


def _write_lists(workbook: Workbook, book: ReportBook) -> dict[tuple[str, ...], str]:
    """The lists that columns choose from, on a hidden sheet, with the names of their ranges."""
    from openpyxl.workbook.defined_name import DefinedName

    columns = [
        column
        for sheet in book.sheets
        for table in sheet.tables
        if isinstance(table, ReportTable)
        for column in table.columns
    ]
    lists = {column.choices: column.heading for column in columns if column.choices}
    sheet = workbook.create_sheet(WORDS)
    sheet.sheet_state = "hidden"
    names = {}
    for number, (choices, heading) in enumerate(lists.items(), start=1):
        name, letter = f"verified_list_{number}", column_letters(number)
        for row, word in enumerate((heading, *choices), start=1):
            cell = sheet.cell(row, number, word)
            cell.data_type = "s"
        area = f"'{WORDS}'!${letter}$2:${letter}${len(choices) + 1}"
        workbook.defined_names[name] = DefinedName(name, attr_text=area)
        names[choices] = name
    return names


def _write_words(workbook: Workbook, book: ReportBook) -> None:
    """What the workbook says of itself, where nobody looks."""
    sheet = workbook.create_sheet(META)
    sheet.sheet_state = "veryHidden"
    for row, (name, value) in enumerate(book.words, start=1):
        sheet.cell(row, 1, name)
        sheet.cell(row, 2, value)


def _fill_sheet(xml: str, content: Content) -> str:
    """A sheet as openpyxl laid it out, with our rows and the extent they have."""
    xml = _DIMENSION.sub(f'<dimension ref="{content.extent}"/>', xml, count=1)
    if content.links:  # they stand before the print options
        xml = xml.replace("<printOptions", f"<hyperlinks>{content.links}</hyperlinks><printOptions", 1)
    empty = _SHEET_DATA.search(xml)
    assert empty is not None
    return f"{xml[: empty.start()]}<sheetData>{content.rows}</sheetData>{xml[empty.end() :]}"
