"""The consolidated workbook written: the records of ``documents.consolidated`` become an .xlsx file.

openpyxl lays out the sheets (widths, print set-up, frozen headings, filters, styles, charts); the rows are
then written into the parts as XML. The same records give the same bytes.
"""

import re

from openpyxl import Workbook

from reporting.documents.consolidated.file.layout import Addresses, SheetLayout
from reporting.documents.consolidated.file.sheet import Sheets, SheetWriter
from reporting.documents.consolidated.file.styles import Dress
from reporting.documents.consolidated.records import ReportBook, ReportTable
from reporting.files.package import repack
from reporting.files.xlsx.book import Properties, describe, fill_sheet, save_parts
from reporting.files.xlsx.choices import add_lists
from reporting.files.xlsx.xml import put_text
from reporting.office.form import Look
from reporting.returns.workbook.layout import META

_OWN_FORMAT = re.compile(r'(<(?:c:)?numFmt formatCode="[^"]*")\s*/>')
"""openpyxl leaves out that a format of a chart is its own, and LibreOffice takes that of the cells."""
_EMPTY_RUN = re.compile(r"<a:r>\s*<a:t\s*/>\s*</a:r>|<a:r>\s*<a:t>\s*</a:t>\s*</a:r>")
"""openpyxl puts a run without text where only the look of texts is told."""
_TITLES = re.compile(r">([^<,]+\$\d+:\$\d+),([^<,]+\$[A-Z]+:\$[A-Z]+)</definedName>")
"""Repeated rows and columns: openpyxl names the rows first, Excel itself the columns."""


def write_report_book(book: ReportBook, look: Look) -> bytes:
    """Write the whole workbook in the colours and fonts of ``look``."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    worksheets = [workbook.create_sheet(sheet.name) for sheet in book.sheets]
    dress = Dress(workbook, look)
    lists = _lists(book)
    words = {name: (heading, choices) for choices, (name, heading) in lists.items()}
    add_lists(workbook, dress.styles, words, (dress.looks.heading, dress.looks.body))
    meta = workbook.create_sheet(META)
    meta.sheet_state = "veryHidden"
    for row, pair in enumerate(book.words, start=1):
        for column, word in enumerate(pair, start=1):
            put_text(meta.cell(row, column), word)
    layouts = [SheetLayout(sheet, dress.looks.size) for sheet in book.sheets]
    shared = Sheets(dress, Addresses(layouts), {choices: name for choices, (name, _) in lists.items()}, book.title)
    contents = [
        SheetWriter(layout, worksheet, shared).write() for layout, worksheet in zip(layouts, worksheets, strict=True)
    ]
    workbook.calculation.fullCalcOnLoad = True
    parts = save_parts(workbook)
    for number, content in enumerate(contents, start=1):
        name = f"xl/worksheets/sheet{number}.xml"
        parts[name] = fill_sheet(parts[name].decode(), content).encode()
    for name in [name for name in parts if name.startswith("xl/charts/chart")]:
        chart = _OWN_FORMAT.sub(r'\1 sourceLinked="0"/>', parts[name].decode())
        parts[name] = _EMPTY_RUN.sub("", chart).encode()
    names = parts["xl/workbook.xml"].decode()
    parts["xl/workbook.xml"] = _TITLES.sub(r">\2,\1</definedName>", names).encode()
    about = Properties(book.title, book.author, book.day, {f"duban_{name}": value for name, value in book.words})
    return repack(parts | describe(parts, about))


def _lists(book: ReportBook) -> dict[tuple[str, ...], tuple[str, str]]:
    """The lists that columns choose from, each with the name of its range and its heading."""
    tables = (table for sheet in book.sheets for table in sheet.tables if isinstance(table, ReportTable))
    columns = (column for table in tables for column in table.columns if column.choices)
    headings = {column.choices: column.heading for column in columns}
    return {
        choices: (f"verified_list_{number}", heading)
        for number, (choices, heading) in enumerate(headings.items(), start=1)
    }
