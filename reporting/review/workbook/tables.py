"""The rows of a review workbook told apart: each by its task or target number and its unit.

Nothing is understood here beyond that; every cell carries the place it was read from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from reporting.files.sheets.tables import Table, tell_doubled, tell_reworded
from reporting.language.characters import even_width, same_words
from reporting.language.values import convert, is_failed, parse_measure, parse_quantity, task_number
from reporting.model import Cell, Place, Value
from reporting.model.findings import Finding
from reporting.review.workbook import kinds
from reporting.review.workbook.sheets import COLUMNS, KEYS, LOCKED_KEYS, TASKS, UNITS

_MOST_NAMED = 10

Key = tuple[str, ...]
Cells = dict[str, Cell]


def _rows(table: Table) -> Iterator[Cells]:
    """The rows of a table; a column that is lacking is blank."""
    lacking = table.known.words.keys() - table.columns.keys()
    for row, cells in table.rows():
        yield cells | {key: Cell("", None, table.place(row)) for key in lacking}


class RowReader:
    """Reads the rows of one kind of table; what is wrong gathers in ``findings``."""

    def __init__(self, file: str, name: str, tables: Sequence[Table], expected: Mapping[Key, Any]) -> None:
        """``expected`` is what was laid before the group, by the keys of its rows."""
        self._file, self._name, self._expected = file, name, expected
        self._others = tables[1:]
        self._table = tables[0] if tables else None
        self._headings = {column.key: column.heading for column in COLUMNS[name]}
        self._filled = {column.key for column in COLUMNS[name] if column.filled}
        self.findings: list[Finding] = []

    def rows(self) -> Iterator[tuple[Any, Cells]]:
        """Each row with what was laid before the group under its key; strangers and doubles are said."""
        table = self._table
        if table is None:
            kind = kinds.NO_SHEET if self._name == TASKS else kinds.NO_TABLE
            place = Place(self._file, self._name)
            self._find(kind, place, file=self._file, sheet=self._name, found="整张表")
            return
        lacking = [
            column.heading
            for column in COLUMNS[self._name]
            if column.key not in table.columns and column.filled and not column.optional
        ]
        if lacking:
            named = {"file": self._file, "sheet": table.sheet.name, "found": "、".join(lacking)}
            self._find(kinds.NO_SHEET, table.place(table.head), **named)
            return
        self._check_sheet(table)
        seen: dict[Key, Cells] = {}
        for cells in _rows(table):
            key = self._key(cells)
            first, unit = cells[KEYS[self._name][0]], cells["unit"].raw
            name = "，".join(cells[each].raw or "（空白）" for each in KEYS[self._name])
            if key not in self._expected:
                self._find(kinds.UNKNOWN_ROW, first.place, unit, found=f"“{name}”")
            elif key in seen:
                place = seen[key][KEYS[self._name][0]].place
                self._find(kinds.DOUBLE_ROW, first.place, unit, found=f"“{name}”", expected=place.cell)
            else:
                seen[key] = cells
                self._compare_locked(table, self._expected[key], cells)
                yield self._expected[key], self._without_failed(table, self._expected[key], cells)
        self._compare_others(table, seen)
        self._tell_hidden(table, seen)

    def _find(self, kind: Any, place: Place, unit: str = "", task: str = "", **values: str) -> None:
        self.findings.append(Finding(kind, place, unit, task, values))

    def _key(self, cells: Cells) -> Key:
        return tuple(
            even_width(cells[key].raw) if key == "unit" else task_number(cells[key].raw) for key in KEYS[self._name]
        )

    # ---- one row -------------------------------------------------------------------------------------

    def _task_of(self, record: Any) -> str:
        return "" if self._name == UNITS else str(getattr(record, "task", record.number))

    def _compare_locked(self, table: Table, record: Any, cells: Cells) -> None:
        for key in LOCKED_KEYS[self._name]:
            was = record if self._name == UNITS else str(getattr(record, key))
            cell = cells[key]
            same = same_words(cell.raw, was) or task_number(cell.raw) == task_number(was)
            if key in table.columns and not same:  # Excel may have made a number of a text
                self._find(
                    *(kinds.LOCKED_CHANGED, cell.place, cells["unit"].raw, self._task_of(record)),
                    heading=self._headings[key],
                    found=short_words(cell.raw),
                    expected=short_words(was),
                )

    def _without_failed(self, table: Table, record: Any, cells: Cells) -> Cells:
        """The row with blanks where a formula failed; one that has a result is told."""
        found = dict(cells)
        for key in self._filled & table.columns.keys():
            cell = cells[key]
            unit, task = cells["unit"].raw, self._task_of(record)
            words = {"heading": self._headings[key], "found": short_words(cell.raw)}
            if is_failed(cell.raw):
                self._find(kinds.NO_RESULT, cell.place, unit, task, **words)
                found[key] = Cell("", None, cell.place)
            elif cell.raw and (cell.place.row, cell.place.column) in table.sheet.formulas:
                self._find(kinds.FORMULA, cell.place, unit, task, **words)
        return found

    # ---- the sheet as a whole ------------------------------------------------------------------------

    def _check_sheet(self, table: Table) -> None:
        sheet = table.sheet
        if sheet.strays:
            cells = [Place(column=each.column, row=each.row).cell for each in sheet.strays[:_MOST_NAMED]]
            place = Place(self._file, sheet.name, sheet.strays[0].row, sheet.strays[0].column)
            self._find(kinds.OUT_OF_BOUNDS, place, sheet=sheet.name, found="、".join(cells))
        for inside, ((first, _), (last, _)), place in table.merged(self._filled):
            heading = "、".join(self._headings[key] for key in inside)
            self._find(kinds.MERGED, place, heading=heading, first=str(first + 1), last=str(last + 1))
        self.findings += [*tell_reworded(table), *tell_doubled(table)]

    def _compare_others(self, table: Table, seen: Mapping[Key, Cells]) -> None:
        """A copy of the sheet is mostly a draft, but the group may have gone on in the wrong one."""
        for other in self._others:
            different = [
                (self._headings[key], cells[key])
                for cells in _rows(other)
                for key in self._headings
                if key in self._filled and cells[key].raw
                if (own := seen.get(self._key(cells))) is None or own[key].raw != cells[key].raw
            ]
            if different:
                heading, cell = different[0]
                self._find(
                    *(kinds.OTHER_TABLE, cell.place),
                    sheet=other.sheet.name,
                    main=table.sheet.name,
                    count=str(len(different)),
                    cell=cell.place.cell,
                    heading=heading,
                    found=short_words(cell.raw),
                )

    def _tell_hidden(self, table: Table, seen: Mapping[Key, Cells]) -> None:
        hidden = sorted(
            cells["unit"].place.row
            for cells in seen.values()
            if cells["unit"].place.row in table.sheet.hidden and any(cells[key].raw for key in self._filled)
        )
        if hidden:
            more = f"等 {len(hidden)}" if len(hidden) > _MOST_NAMED else ""
            place = Place(self._file, table.sheet.name, hidden[0])
            rows = "、".join(map(str, hidden[:_MOST_NAMED])) + more
            self._find(kinds.HIDDEN, place, sheet=table.sheet.name, rows=rows)


def short_words(text: str) -> str:
    """The beginning of a text, enough for a finding to name it by."""
    return text if len(text) <= 40 else f"{text[:39]}…"


def exact_points(value: Value) -> float | None:
    """Marks: a bare number or one with 分, and nothing vague such as 约90 or 90以上."""
    quantity = parse_quantity(value)
    if quantity is None or quantity.approximate or quantity.op != "=" or quantity.unit not in ("", "分"):
        return None
    return quantity.value


def exact_measure(value: Value, measure: str) -> float | None:
    """A verified figure in the unit of the plan; a vague one is none."""
    quantity = parse_quantity(value)
    if quantity is None or quantity.approximate or quantity.op != "=":
        return None
    if convert(quantity, measure) is None:
        return None
    return parse_measure(value, measure)
