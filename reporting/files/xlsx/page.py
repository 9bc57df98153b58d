"""How a sheet stands on paper and on the screen, and how lightly it is locked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reporting.files.characters import writable
from reporting.files.xlsx.xml import escaped
from reporting.model import column_letters

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_A3, _A4 = 8, 9
_LONGEST_FOOT = 40
"""Characters of the foot on the left, so that it does not run into what stands beside it."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet on paper: what stands at the foot on the left, how it lies, over how many pages side by side.

    ``wide`` of 0 leaves the scale to whoever sets it.
    """

    foot: str
    landscape: bool = True
    large: bool = False
    wide: int = 1


def set_up_page(sheet: Worksheet, page: Paper) -> None:
    """Paper, margins and foot: what the page says, the name of the sheet, the number of the page."""
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation = "landscape" if page.landscape else "portrait"
    sheet.page_setup.paperSize = _A3 if page.large else _A4  # A3 for what nobody could read on A4
    if page.wide:
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = page.wide, 0
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.header, margins.footer = 0.55, 0.65, 0.3, 0.3
    foot = writable(page.foot).replace("\n", " ")[:_LONGEST_FOOT]
    footer: Any = sheet.oddFooter
    for part, text in (
        (footer.left, escaped(foot.replace("&", "&&")) or None),  # & begins a code
        (footer.center, "&A" if page.landscape else None),
        (footer.right, "第 &P 页 共 &N 页"),
    ):
        part.text, part.size = text, 9


def set_up_table(sheet: Worksheet, head: int, last: int, columns: int, frozen: int) -> None:
    """A table filtered, its headings on each page and, with the ``frozen`` first columns, always in sight."""
    sheet.freeze_panes = f"{column_letters(frozen + 1)}{head + 1}"
    sheet.auto_filter.ref = f"A{head}:{column_letters(columns)}{last}"
    sheet.print_title_rows = f"{head}:{head}"


def set_widths(sheet: Worksheet, widths: Sequence[float]) -> None:
    """The widths of the columns from the first on, in digits of the default font."""
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[column_letters(number)].width = width


def protect(sheet: Worksheet, *, growing: bool = False) -> None:
    """Lightly: no password; sorting, filtering, sizes and formats stay allowed; ``growing`` allows new rows.

    Excel sorts a protected sheet only where all cells may be edited: a table that is to be sorted is also
    made a range that may be (``Content.editable``).
    """
    protection = sheet.protection
    protection.sheet = True
    protection.sort = protection.autoFilter = False
    protection.formatCells = protection.formatRows = protection.formatColumns = False
    if growing:
        protection.insertRows = protection.insertHyperlinks = False
