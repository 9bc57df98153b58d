"""The sheets of plan.xlsx as records of cells, found by heading: the lower half of reading it.

Whatever coordinators do to a sheet that leaves its headings in place is put up with here: rows sorted,
deleted or left blank, columns moved or added, a title above the headings, cells merged downwards.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reporting.files.disk import names_beside
from reporting.files.sheets.grid import CellsError, Failed, Sheet
from reporting.files.sheets.open import Opened, open_workbook
from reporting.files.sheets.tables import Table, find_tables, read_cell, tell_doubled, tell_reworded
from reporting.language.characters import even_width
from reporting.language.likeness import meant_file
from reporting.language.values import as_text
from reporting.model import Cell, Place, Value, column_letters
from reporting.model.findings import DubanError, Finding, Kind
from reporting.plan.book.kinds import CELL_IS_FORMULA, CELL_SHOWS_ERROR, CELLS_MERGED
from reporting.plan.book.sheets import COLUMNS, HEADINGS, PLAIN, TARGETS, TASKS, UNITS


@dataclass(frozen=True, slots=True)
class PlanCell:
    """One cell: what stands in it, where, under which heading."""

    value: Value
    place: Place
    heading: str

    @property
    def text(self) -> str:
        """What the cell shows, without outer blanks."""
        return as_text(self.value)


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a sheet by the keys of its columns."""

    entries: dict[str, PlanCell]

    def __getitem__(self, key: str) -> PlanCell:
        """The cell in a column."""
        return self.entries[key]

    def text(self, key: str) -> str:
        """What a cell shows; nothing when the column is not there."""
        return self.entries[key].text if key in self.entries else ""

    def plain(self, sheet: str) -> dict[str, Any]:
        """What stands in the columns of plain words, by the fields of the record that they are."""
        return {each.key: self.text(each.key) for each in PLAIN[sheet]}

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in any column that means something."""
        return not any(entry.text for entry in self.entries.values())


class CellFindings:
    """What one reading of plan.xlsx has to say about its cells, in the order in which it was noticed."""

    def __init__(self) -> None:
        self.found: list[Finding] = []

    def tell(self, kind: Kind, entry: PlanCell, unit: str = "", task: str = "", **values: str) -> None:
        """Add a finding about one cell."""
        named = {"heading": entry.heading, "found": entry.text, **({"unit": unit} if unit else {}), **values}
        self.found.append(Finding(kind, entry.place, unit=unit, task=task, values=named))


def open_book(path: Path) -> Opened:
    """Open plan.xlsx for reading, whatever program saved it; what is wrong with the file is said in words."""
    if not path.is_file():
        near = meant_file(path.name, names_beside(path))
        raise DubanError(
            f"找不到“{path.name}”（{path.parent.resolve()}）。{near and near + '。'}"
            "请先运行“duban plan import”生成任务表。"
        )
    try:
        return open_workbook(path)
    except OSError as error:
        raise DubanError(f"无法打开“{path.name}”：没有读取权限，或者正被其他程序占用。请关闭后再运行。") from error
    except CellsError as error:
        raise DubanError(
            f"无法读取“{path.name}”：{error.reason}。"
            "请用 Excel 或 WPS 打开，有密码的去掉密码，另存为 xlsx 格式后再运行。"
        ) from error


def find_sheet(file: str, sheets: Sequence[Sheet], name: str) -> Sheet:
    """The sheet with this name, blanks apart; ``DubanError`` names the nearest one otherwise."""
    for sheet in sheets:
        if even_width(sheet.name) == name:
            return sheet
    near = _nearest(name, [sheet.name for sheet in sheets])
    there = f"最接近的是“{near}”，" if near else ""
    raise DubanError(f"“{file}”中没有工作表“{name}”。{there}请把工作表的名称改回“{name}”。")


def find_planned(file: str, sheets: Sequence[Sheet]) -> dict[str, Table]:
    """The three tables by the names of their sheets, wherever they stand.

    Raises ``DubanError`` where one of them, or a heading without which it cannot be read, is missing.
    """
    found = find_tables(file, sheets, tuple(HEADINGS.values()))
    return {name: _whole(file, sheets, name, found[name]) for name in (UNITS, TASKS, TARGETS)}


def _whole(file: str, sheets: Sequence[Sheet], name: str, tables: Sequence[Table]) -> Table:
    columns = {column.key: column.heading for column in COLUMNS[name] if column.read and column.needed}
    if not tables:
        sheet = find_sheet(file, sheets, name)
        heading = next(iter(columns.values()))
        raise DubanError(f"“{file}”的工作表“{sheet.name}”中没有表头“{heading}”。请补上“{heading}”这一列。")
    table = tables[0]
    for key, heading in columns.items():
        if key not in table.columns:
            raise DubanError(_missing_heading(table, heading))
    return table


def _missing_heading(table: Table, heading: str) -> str:
    others = [
        cell
        for column in range(len(table.sheet.rows[table.head]))
        if column not in table.columns.values() and (cell := table.heading(column)).raw
    ]
    near = _nearest(heading, [cell.raw for cell in others])
    at = next((cell.place.cell for cell in others if cell.raw == near), "")
    there = f"最接近的是 {at} 的“{near}”，" if near else ""
    fix = f"请把它改回“{heading}”。" if near else f"请补上“{heading}”这一列。"
    return f"“{table.file}”的工作表“{table.sheet.name}”中没有表头“{heading}”。{there}{fix}"


def _nearest(word: str, words: Sequence[str]) -> str:
    return next(iter(difflib.get_close_matches(word, words, n=1, cutoff=0.4)), "")


def read_records(table: Table) -> tuple[list[Record], list[Finding]]:
    """All rows of a table that hold something, and what is wrong with its cells."""
    columns = {column.key: column.heading for column in COLUMNS[table.known.name] if column.read}
    findings = [*_merged(table, columns), *tell_reworded(table), *tell_doubled(table)]
    records = []
    for _, cells in table.rows():
        read = {key: cells[key] for key in columns if key in cells}
        record = Record({key: _entry(cell, columns[key]) for key, cell in read.items()})
        wrong = [_failure(cell, key, columns[key]) for key, cell in read.items() if _is_failed(cell)]
        if not record.is_blank or wrong:
            records.append(record)
            findings += wrong
    return records, findings


def read_beside(table: Table, keys: tuple[str, str]) -> dict[str, str]:
    """What stands in a column that means nothing to the program, by the text of one that does."""
    if any(key not in table.columns for key in keys):
        return {}
    found = (tuple(cells[key].raw for key in keys) for _, cells in table.rows())
    return {key: text for key, text in found if key and text}


def read_pairs(file: str, sheet: Sheet) -> Iterator[tuple[str, PlanCell]]:
    """The lines of a sheet of two columns: the first text of each row, and the cell beside it."""
    for row, line in enumerate(sheet.rows):
        column = next((at for at, value in enumerate(line) if as_text(value)), None)
        if column is not None:
            label = as_text(line[column])
            yield label, _entry(read_cell(file, sheet, row, column + 1, as_text), label)


def _is_failed(cell: Cell) -> bool:
    return isinstance(cell.value, Failed)


def _entry(cell: Cell, heading: str) -> PlanCell:
    return PlanCell(None if _is_failed(cell) else cell.value, cell.place, heading)


def _failure(cell: Cell, key: str, heading: str) -> Finding:
    kind = CELL_IS_FORMULA if cell.raw.startswith("=") else CELL_SHOWS_ERROR
    return Finding(kind, cell.place, values={"heading": heading, "found": cell.raw, "field": key})


def _merged(table: Table, headings: dict[str, str]) -> Iterator[Finding]:
    """Every row has its share of a cell that was merged downwards; it is said."""
    for inside, ((first, left), (last, right)), place in table.merged(headings):
        top = table.cell(first, left)
        if table.columns[inside[0]] == left and top.raw:
            area = f"{place.cell}:{column_letters(right + 1)}{last + 1}"
            values = {"heading": headings[inside[0]], "found": area, "expected": top.raw}
            yield Finding(CELLS_MERGED, place, values=values)
