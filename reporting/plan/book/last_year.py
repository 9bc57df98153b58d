"""Sheets of plan.xlsx that are only for reading: what became of last year's tasks and targets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reporting.files.xlsx.page import Paper, set_up_page, set_up_table, set_widths
from reporting.plan.book.looks import Paint
from reporting.plan.book.sheets import Column

if TYPE_CHECKING:
    from openpyxl import Workbook

_TAB_COLOUR = "7F7F7F"


@dataclass(frozen=True, slots=True)
class Listing:
    """One such sheet; each row has a value for each of the columns."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[object, ...], ...]


def add_listing(book: Workbook, listing: Listing, paint: Paint, title: str) -> None:
    """Write a listing as the last sheet, headed, filterable and fit to print."""
    sheet = book.create_sheet(listing.name)
    sheet.sheet_properties.tabColor = _TAB_COLOUR
    set_widths(sheet, [column.width for column in listing.columns])
    for index, column in enumerate(listing.columns, 1):
        paint.heading(sheet.cell(1, index), column.heading)
    sheet.row_dimensions[1].height = 26
    for row, values in enumerate(listing.rows, 2):
        paint.row(sheet, row, zip(listing.columns, values, strict=True))
    set_up_table(sheet, 1, len(listing.rows) + 1, len(listing.columns), 1)
    set_up_page(sheet, Paper(title))
