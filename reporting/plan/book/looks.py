"""How plan.xlsx looks: fonts, fills, borders, heights of rows, the page, and the finished bytes."""

from __future__ import annotations

import math
import re
import unicodedata
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.dimensions import ColumnDimension
from openpyxl.worksheet.properties import PageSetupProperties

from reporting.files.package import repack, split_package
from reporting.language.characters import one_line
from reporting.model.findings import Severity
from reporting.office.form import Look
from reporting.plan.book.sheets import Column

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet
from reporting.plan.book.cells import clean_text

_NOTE_FILL = "DDEBF7"


class Paint:
    """Fonts, fills and borders, made once and shared by all cells."""

    def __init__(self, look: Look) -> None:
        line = Side(style="thin", color=f"FF{look.border}")
        self.box = Border(left=line, right=line, top=line, bottom=line)
        self._body = Font(name=look.body_font, size=look.body_size)
        self._label = Font(name=look.heading_font, size=look.body_size)
        self._heading = Font(name=look.heading_font, size=look.heading_size, color=f"FF{look.heading_ink}")
        self._dark = _fill(look.heading_fill)
        self._pale = _fill(look.locked_fill)
        self._marks = {
            Severity.ERROR: _fill(look.error_fill),
            Severity.CONFIRM: _fill(look.confirm_fill),
            Severity.NOTE: _fill(_NOTE_FILL),
        }
        self._left = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
        self._middle = Alignment(horizontal="center", vertical="center", wrap_text=True)

    def body(self, cell: SheetCell, column: Column) -> None:
        """A cell the coordinator may change."""
        cell.font, cell.border = self._body, self.box
        cell.alignment = self._middle if column.centred else self._left
        if column.cell_format:
            cell.number_format = column.cell_format

    def added(self, dimension: ColumnDimension, column: Column) -> None:
        """A column as rows below the last one take it over."""
        dimension.font = self._body
        dimension.alignment = self._middle if column.centred else self._left

    def label(self, cell: SheetCell) -> None:
        """The name of a line on 说明."""
        cell.font, cell.border, cell.alignment, cell.fill = self._label, self.box, self._left, self._pale

    def heading(self, cell: SheetCell) -> None:
        """The dark row on top of a table."""
        cell.font, cell.border, cell.alignment = self._heading, self.box, self._middle
        cell.fill = self._dark

    def mark(self, cell: SheetCell, severity: Severity) -> None:
        """A cell to look at."""
        cell.fill = self._marks[severity]


def _fill(colour: str) -> PatternFill:
    return PatternFill("solid", start_color=f"FF{colour}")


def set_default_font(book: Workbook, look: Look) -> None:
    """Column widths count in digits of the default font; make it one that Chinese systems have."""
    normal = book._named_styles["Normal"]  # type: ignore[attr-defined]  # openpyxl has no public way
    normal.font = Font(name="宋体", size=look.body_size)


def set_up_page(sheet: Worksheet, title: str) -> None:
    """A4 landscape, as wide as the page, the plan's title above and the page number below."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    margins.left = margins.right = 0.5
    margins.top, margins.bottom, margins.header, margins.footer = 0.6, 0.7, 0.3, 0.35
    sheet.print_options.horizontalCentered = True
    above = one_line(clean_text(title))[:80].replace("&", "&&")  # & begins a code there
    for part, text in ((sheet.oddHeader, f"{above} &A".strip()), (sheet.oddFooter, "第 &P 页 共 &N 页")):
        assert part is not None
        part.center.text = text


def count_lines(value: object, width: float) -> int:
    """How many lines a text takes in a column of this width, a Chinese character being two digits wide."""
    if not isinstance(value, str):
        return 1
    room = max(width - 3, 2)  # the indent and the cell's own margins
    return sum(max(1, math.ceil(_digits_wide(line) * 1.06 / room)) for line in value.split("\n"))


def _digits_wide(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text)


def row_height(lines: int, size: float) -> float:
    """Points for so many lines; Excel allows 409."""
    return min(409.0, max(22.0, lines * size * 1.42 + 7))


_TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
"""When the file was made; left out, since the same plan is to give the same bytes."""


def finish_bytes(data: bytes) -> bytes:
    """Put right what openpyxl cannot write: numbers kept as text are meant so, and rows may grow.

    The first is an element whose place is right behind the footer; without it numbers show green corners.
    """
    end = b"</headerFooter>"
    quiet = b'<ignoredErrors><ignoredError sqref="A1:Z9999" numberStoredAsText="1"/></ignoredErrors>'
    parts = split_package(data)
    for name, content in parts.items():
        if name.startswith("xl/worksheets/sheet"):
            # a first height that grows when the coordinator types more, not one that is fixed
            parts[name] = content.replace(end, end + quiet).replace(b' customHeight="1"', b"")
    parts["docProps/core.xml"] = _TIMES.sub(rb"\g<1>2000-01-01T00:00:00Z", parts["docProps/core.xml"])
    return repack(parts)
