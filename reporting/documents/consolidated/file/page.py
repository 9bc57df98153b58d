"""How a sheet of the consolidated workbook stands on the screen and on paper."""

from collections.abc import Sequence

from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from reporting.documents.consolidated.file.layout import SheetLayout
from reporting.files.xlsx.page import Paper, set_up_page, set_widths
from reporting.model import column_letters
from reporting.office.form import Look
from reporting.office.looks import ALARM_INK, GOOD_FILL

_PAGE_WIDTH = 1046
"""Printable width of A4 landscape between our margins, in pixels at 96 to the inch."""
_PAGE_HEIGHT = 505
"""Printable height of A4 landscape between our margins, in points."""


def lay_out_page(
    worksheet: Worksheet, layout: SheetLayout, look: Look, title: str, heights: Sequence[float], printed: int
) -> None:
    """Set widths, paper, foot and page breaks; ``printed`` is the last row that goes on paper."""
    sheet = layout.sheet
    set_widths(worksheet, layout.widths)
    worksheet.sheet_view.showGridLines = False
    tab = {"": look.heading_fill, "good": GOOD_FILL, "bad": ALARM_INK, "open": "BF9000"}
    worksheet.sheet_properties.tabColor = tab[sheet.tone]
    set_up_page(worksheet, Paper(title, large=sheet.large, wide=sheet.pages_wide if sheet.listed else 0))
    worksheet.print_area = f"A1:{column_letters(layout.columns)}{printed}"
    if sheet.listed:
        worksheet.page_setup.pageOrder = "overThenDown"
    else:
        _keep_tables_whole(worksheet, layout, heights, printed)


def _keep_tables_whole(worksheet: Worksheet, layout: SheetLayout, heights: Sequence[float], printed: int) -> None:
    """Print several tables at a fixed scale, with a new page before one that would be torn apart."""
    # Excel ignores page breaks when it is told to fit a page, so the scale is worked out here, for the
    # widest digits that a substitute for the default font has
    scale = min(1.0, _PAGE_WIDTH / sum(width * 9.4 for width in layout.widths))
    worksheet.page_setup.scale = int(scale * 100)
    room = _PAGE_HEIGHT / scale
    page_began = 0
    starts = [block.space - 1 for block in layout.blocks if block.space <= printed]
    for began, ended in zip(starts, [*starts[1:], printed], strict=True):
        height = sum(heights[page_began:ended])
        if height > room and began > page_began:
            worksheet.row_breaks.append(Break(id=began))
            page_began = began
