"""The cells of a workbook as calamine gives them, read here or by a child process.

calamine aborts the whole process when a damaged .xls claims terabytes, and nothing can catch that. An .xlsx
is looked at first (``sniffing``) and read here; what cannot be looked at is read by a child that may die.
Runs while returns are read; run as a program it reads a workbook from standard input and writes its cells.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from reporting.files.apart import ApartError, answer, read_apart

MAX_ROWS, MAX_COLUMNS, MAX_SHEETS = 5_000, 200, 50


class CellsError(Exception):
    """The workbook cannot be read."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its cells from A1 on, and how far down its content goes, which may be further."""

    name: str
    rows: Sequence[Sequence[Any]]
    height: int
    merged: Sequence[tuple[tuple[int, int], tuple[int, int]]] = ()
    """Cells joined into one: 0-based row and column of the first and the last of each."""
    visible: bool = True


def read_cells(data: bytes) -> list[Sheet]:
    """Read the sheets of a workbook within bounds.

    Raises ``CellsError`` when calamine cannot read it.
    """
    from python_calamine import CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        return [_read_sheet(book, meta) for meta in book.sheets_metadata[:MAX_SHEETS]]
    except Exception as error:  # calamine raises its own and Rust's errors alike
        raise CellsError(str(error)) from error


def _read_sheet(book: Any, meta: Any) -> Sheet:
    sheet = book.get_sheet_by_name(meta.name)
    rows = sheet.to_python(skip_empty_area=False, nrows=MAX_ROWS)
    height = sheet.end[0] + 1 if sheet.end else 0  # total_height is one short
    merged = tuple(sheet.merged_cell_ranges or ())[:MAX_ROWS]
    visible = "Visible" in str(meta.visible) and "Hidden" not in str(meta.visible)
    return Sheet(meta.name, [row[:MAX_COLUMNS] for row in rows], height, merged, visible)


def read_cells_apart(data: bytes) -> list[Sheet]:
    """The same in a child process, which costs a tenth of a second and saves this one.

    Raises ``CellsError`` when the child cannot read it, dies or takes too long.
    """
    try:
        return [Sheet(*each) for each in read_apart(__name__, data)]
    except ApartError as error:
        raise CellsError(str(error)) from error


def _plain(data: bytes) -> list[tuple[Any, ...]]:
    """The sheets as what another process understands: this module is ``__main__`` in the child."""
    return [(each.name, each.rows, each.height, each.merged, each.visible) for each in read_cells(data)]


if __name__ == "__main__":
    sys.exit(answer(_plain, CellsError))
