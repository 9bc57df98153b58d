"""Sheets of plan.xlsx that are only for reading: what became of last year's tasks and targets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reporting.model import column_letters
from reporting.office.form import Look
from reporting.plan.book.cells import cell_at, put_value
from reporting.plan.book.looks import Paint, count_lines, row_height, set_up_page
from reporting.plan.book.sheets import Column

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_TAB_COLOUR = "7F7F7F"


@dataclass(frozen=True, slots=True)
class Listing:
    """One such sheet; each row has a value for each of the columns."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[object, ...], ...]


def add_listing(book: Workbook, listing: Listing, paint: Paint, look: Look, title: str) -> None:
    """Write a listing as the last sheet, headed, filterable and fit to print."""
    sheet = book.create_sheet(listing.name)
    sheet.sheet_properties.tabColor = _TAB_COLOUR
    for index, column in enumerate(listing.columns, 1):
        sheet.column_dimensions[column_letters(index)].width = column.width
        cell = cell_at(sheet, 1, index)
        cell.value = column.heading
        paint.heading(cell)
    sheet.row_dimensions[1].height = 26
    for row, values in enumerate(listing.rows, 2):
        _write_row(sheet, row, listing, values, paint, look)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{column_letters(len(listing.columns))}{len(listing.rows) + 1}"
    sheet.print_title_rows = "1:1"
    set_up_page(sheet, title)


def _write_row(
    sheet: Worksheet, row: int, listing: Listing, values: Sequence[object], paint: Paint, look: Look
) -> None:
    lines = 1
    for index, (column, value) in enumerate(zip(listing.columns, values, strict=True), 1):
        cell = cell_at(sheet, row, index)
        paint.body(cell, column)
        put_value(cell, value, f"工作表“{listing.name}”第{row}行的“{column.heading}”")
        lines = max(lines, count_lines(value, column.width))
    sheet.row_dimensions[row].height = row_height(lines, look.body_size)
