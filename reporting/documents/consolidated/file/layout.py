"""Where everything of the consolidated workbook stands, worked out before anything is written.

A formula or a chart of one sheet may point to rows of another. A row is as high as its longest text needs,
and Excel shows no row higher than 409 points: prose columns are widened first, then the text is set smaller,
and what still does not fit goes on in rows below under the same first columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from math import ceil

from reporting.documents.consolidated.records import (
    Above,
    At,
    CellValue,
    Charts,
    ColumnKind,
    Formula,
    Label,
    ListColumn,
    ReportSheet,
    ReportTable,
    Span,
    Toned,
    Values,
    Whole,
)
from reporting.files.xlsx.heights import TALLEST, most_lines, needed_height, split_lines
from reporting.files.xlsx.xml import reference
from reporting.model import column_letters

_SMALLER = (0.0, 1.0, 2.0)
"""By how many points the text of a row may be set smaller so that the row shows all of it."""
_WIDER = (1.0, 1.25, 1.5)
"""By how much the prose columns of a list may be widened for long texts."""
_FITTING = 0.95
"""The share of the rows for which prose columns are widened; the few longest are not worth a wider sheet."""
_LINE = 18.0
"""The height of a row under a chart, in points."""
_ROW_LIMIT = 1_048_576


@dataclass(frozen=True, slots=True)
class LaidRow:
    """One row of the sheet: its values, by how much smaller they are set, and its height in points.

    One that ``goes_on`` holds what was too high for the row above.
    """

    values: Values
    smaller: float
    height: float
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A table or charts with their rows, by their numbers; 0 for a row that it does not have."""

    table: ReportTable | Charts
    space: int
    section: int
    head: int
    first: int
    last: int
    total: int
    rows: tuple[LaidRow, ...] = ()


class SheetLayout:
    """Where the tables and charts of one sheet stand, and how wide and high everything is."""

    def __init__(self, sheet: ReportSheet, size: float) -> None:
        self.sheet = sheet
        self.size = size
        tables = [each for each in sheet.tables if isinstance(each, ReportTable)]
        self.columns = max(sum(column.span for column in table.columns) for table in tables)
        self.widths = self._widths(tables)
        self.blocks = tuple(self._blocks())

    def _blocks(self) -> Iterable[Block]:
        row = 1 + len(self.sheet.notes)
        for table in self.sheet.tables:
            space = section = head = total = 0
            if not self.sheet.listed:
                row = space = row + 1
            if table.title:
                row = section = row + 1
            if isinstance(table, Charts):
                first, row = row + 1, row + self._lines(table)
                yield Block(table, space, section, head, first, row, total)
                continue
            if table.headed:
                row = head = row + 1
            rows = tuple(self._laid(table))
            first, last = row + 1, row + len(rows)
            row = last + bool(table.empty and not table.rows)
            if table.totals is not None:
                row = total = row + 1
            assert row <= _ROW_LIMIT, self.sheet.name
            yield Block(table, space, section, head, first, last, total, rows)

    @staticmethod
    def _lines(charts: Charts) -> int:
        """How many rows charts lie over: as many as the one with most bars needs."""
        return ceil(max(66 + 17 * max(len(chart.names), 5) for chart in charts.charts) / _LINE)

    # ---- widths ----------------------------------------------------------------------------------

    def _widths(self, tables: Sequence[ReportTable]) -> list[float]:
        """The columns of the sheet: each as wide as the widest that lies on it alone."""
        widths = [0.0] * self.columns
        for table in tables:
            for start, column in placed(table.columns):
                for each in range(start - 1, start - 1 + column.span):
                    widths[each] = max(widths[each], column.width)
        return self._widened(widths) if self.sheet.listed else widths

    def _widened(self, widths: list[float]) -> list[float]:
        """The prose columns wider where otherwise many rows could not show their text."""
        table = self.sheet.table
        prose = [column.kind is ColumnKind.TEXT and column.width > 20 for column in table.columns]
        for factor in _WIDER:
            tried = [width * factor if wide else width for width, wide in zip(widths, prose, strict=True)]
            heights = sorted(self._needed(table, row, tried, 0) for row in table.rows)
            if not heights or heights[int((len(heights) - 1) * _FITTING)] <= TALLEST:
                break
        return tried

    def room(self, start: int, column: ListColumn, widths: Sequence[float] | None = None) -> float:
        """The width of a column of a table, over all the columns of the sheet it lies on."""
        return sum((widths or self.widths)[start - 1 : start - 1 + column.span])

    # ---- rows ------------------------------------------------------------------------------------

    def _laid(self, table: ReportTable) -> Iterable[LaidRow]:
        for values in table.rows:
            for smaller in _SMALLER:
                needed = self._needed(table, values, self.widths, smaller)
                last = self.sheet.whole and smaller == _SMALLER[-1]
                if needed <= TALLEST or last:
                    yield LaidRow(values, smaller, min(needed, TALLEST))
                    break
            else:
                for number, part in enumerate(self._parted(table, values)):
                    height = self._needed(table, part, self.widths, _SMALLER[-1])
                    yield LaidRow(part, _SMALLER[-1], min(height, TALLEST), number > 0)

    def _parted(self, table: ReportTable, values: Values) -> list[Values]:
        """The row with what is too high for it in rows below; the first columns stand in each."""
        size = self.size - _SMALLER[-1]
        most = most_lines(TALLEST, size)
        pieces: list[Sequence[CellValue]] = [
            split_lines(value, self.room(start, column), size, most) if isinstance(value, str) else (value,)
            for (start, column), value in zip(placed(table.columns), values, strict=True)
        ]
        repeated = self.sheet.frozen
        return [
            tuple(
                piece[step] if step < len(piece) else piece[0] if at < repeated else None
                for at, piece in enumerate(pieces)
            )
            for step in range(max(map(len, pieces)))
        ]

    def _needed(self, table: ReportTable, values: Values, widths: Sequence[float], smaller: float) -> float:
        texts = []
        for (start, column), value in zip(placed(table.columns), values, strict=True):
            if column.kind in (ColumnKind.HEADLINE, ColumnKind.HEADLINE_SHARE):
                return 40.0
            text = value.text if isinstance(value, Toned) else value
            if isinstance(text, str):
                texts.append((text, self.room(start, column, widths)))
        return needed_height(texts, self.size - smaller, 22)


@cache
def placed(columns: tuple[ListColumn, ...]) -> tuple[tuple[int, ListColumn], ...]:
    """Each column with the column of the sheet it begins on."""
    starts = []
    at = 1
    for column in columns:
        starts.append((at, column))
        at += column.span
    return tuple(starts)


class Addresses:
    """The addresses of what formulas and charts point to, all sheets being laid out."""

    def __init__(self, layouts: Iterable[SheetLayout]) -> None:
        self._layouts = {layout.sheet.name: layout for layout in layouts}

    def formula(self, formula: Formula, sheet: str, block: Block, row: int, column: int) -> str:
        """A formula with its addresses; empty where it points to a list that has no rows."""
        found = [self._part(each, sheet, block, row, column) for each in formula.parts]
        return formula.text.format(*found) if all(found) else ""

    def _part(self, part: At | Whole | Label | Above, sheet: str, block: Block, row: int, column: int) -> str:
        if isinstance(part, Label):
            return f"$A{row}"
        if isinstance(part, Above):
            return f"{column_letters(column)}${block.head}"
        if isinstance(part, Whole):
            (whole,) = self._layouts[part.sheet].blocks
            return self._range(part.sheet, whole, part.column, whole.first, whole.last) if whole.rows else ""
        other = self._block(sheet, part.table)
        return reference(_column(other, part.column), _row(other, part.row))

    def span(self, span: Span) -> str:
        """The range of cells that a chart shows, with the name of its sheet."""
        block = self._block(span.sheet, span.table)
        return self._range(span.sheet, block, span.column, block.first + span.first, block.first + span.last)

    def _block(self, sheet: str, title: str) -> Block:
        return next(each for each in self._layouts[sheet].blocks if each.table.title == title)

    @staticmethod
    def _range(sheet: str, block: Block, heading: str, first: int, last: int) -> str:
        letter = column_letters(_column(block, heading))
        return f"'{sheet}'!${letter}${first}:${letter}${last}"


def _column(block: Block, heading: str) -> int:
    assert isinstance(block.table, ReportTable)
    return next(start for start, column in placed(block.table.columns) if column.heading == heading)


def _row(block: Block, label: str) -> int:
    assert isinstance(block.table, ReportTable)
    if block.table.totals is not None and _says(block.table.totals[0], label):
        return block.total
    rows = block.table.rows
    return block.first + next(at for at, values in enumerate(rows) if _says(values[0], label))


def _says(value: CellValue, label: str) -> bool:
    return (value.text if isinstance(value, Toned) else value) == label
