"""The sheets of plan.xlsx as records of cells, found by heading: the lower half of reading it.

Whatever coordinators do to a sheet that leaves its headings in place is put up with here: rows sorted,
deleted or left blank, columns moved or added, a title above the headings, cells merged downwards.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from reporting.files.disk import names_beside
from reporting.language.characters import even_width
from reporting.language.likeness import meant_file
from reporting.language.values import as_text
from reporting.model import Place, Value, column_letters
from reporting.model.findings import DubanError, Finding, Kind
from reporting.plan.book.kinds import CELL_SHOWS_ERROR, CELLS_MERGED
from reporting.plan.book.sheets import COLUMNS, PLAIN

_HEADINGS_WITHIN = 10
"""In how many rows on top the headings are looked for."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One cell: what stands in it, where, under which heading."""

    value: Value
    place: Place
    heading: str
    percent: bool = False

    @property
    def text(self) -> str:
        """What the cell shows, without outer blanks."""
        return as_text(self.value)


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a sheet by the keys of its columns."""

    entries: dict[str, Entry]

    def __getitem__(self, key: str) -> Entry:
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

    def tell(self, kind: Kind, entry: Entry, unit: str = "", task: str = "", **values: str) -> None:
        """Add a finding about one cell."""
        named = {"heading": entry.heading, "found": entry.text, **values}
        self.found.append(Finding(kind, entry.place, unit=unit, task=task, values=named))


def open_book(path: Path) -> Workbook:
    """Open plan.xlsx for reading; what is wrong with the file is said in words."""
    if not path.is_file():
        near = meant_file(path.name, names_beside(path))
        raise DubanError(
            f"找不到“{path.name}”（{path.parent.resolve()}）。{near and near + '。'}"
            "请先运行“duban plan import”生成任务表。"
        )
    try:
        return load_workbook(path, data_only=True)
    except PermissionError as error:
        raise DubanError(
            f"无法打开“{path.name}”：没有读取权限，或者正被其他程序占用。请关闭后再运行。"
        ) from error
    except _UNREADABLE as error:
        raise DubanError(
            f"无法读取“{path.name}”：文件已损坏、加了密码，或者不是 xlsx 格式。"
            "请用 Excel 或 WPS 打开，去掉密码，另存为 xlsx 格式后再运行。"
        ) from error


# What openpyxl really raises over broken, encrypted, renamed and oddly styled files.
_UNREADABLE = (
    *(BadZipFile, InvalidFileException, OSError, EOFError, NotImplementedError, SyntaxError),
    *(KeyError, IndexError, ValueError, TypeError, AttributeError),
)


def find_sheet(book: Workbook, name: str, file: str) -> Worksheet:
    """The sheet with this name, blanks apart; ``DubanError`` names the nearest one otherwise."""
    for sheet in book.worksheets:
        if even_width(sheet.title) == name:
            return sheet
    near = _nearest(name, [sheet.title for sheet in book.worksheets])
    there = f"最接近的是“{near}”，" if near else ""
    raise DubanError(f"“{file}”中没有工作表“{name}”。{there}请把工作表的名称改回“{name}”。")


def read_records(book: Workbook, name: str, file: str) -> tuple[list[Record], list[Finding]]:
    """All rows of a sheet that hold something, and what is wrong with their cells."""
    sheet = find_sheet(book, name, file)
    rows = _by_row(sheet)
    top, columns = _find_headings(rows, name, file)
    findings = _unmerge(sheet, rows, top, columns, file)
    records = []
    for row in sorted(number for number in rows if number > top):
        record = Record(
            {key: _entry(rows[row].get(at), key, Place(file, name, row, at)) for key, at in columns.items()}
        )
        wrong = list(_shown_errors(record, rows[row], columns))
        if not record.is_blank or wrong:
            records.append(record)
            findings += wrong
    return records, findings


def read_beside(book: Workbook, name: str, file: str, keys: tuple[str, str]) -> dict[str, str]:
    """What stands in a column that means nothing to the program, by the text of one that does."""
    rows = _by_row(find_sheet(book, name, file))
    top, columns = _find_headings(rows, name, file)
    headings = {column.key: column.heading for column in COLUMNS[name]}
    at = next((at for at, cell in rows[top].items() if even_width(text_of(cell)) == headings[keys[1]]), None)
    if at is None:
        return {}
    beside = {text_of(cells.get(columns[keys[0]])): text_of(cells.get(at)) for cells in rows.values()}
    return {key: text for key, text in beside.items() if key and text and key != headings[keys[0]]}


def read_pairs(book: Workbook, name: str, file: str) -> Iterator[tuple[str, Entry]]:
    """The lines of a sheet of two columns: what stands in A, and the cell in B beside it."""
    for row, cells in sorted(_by_row(find_sheet(book, name, file)).items()):
        label = text_of(cells.get(1))
        if label:
            yield label, Entry(_value(cells.get(2)), Place(file, name, row, 2), label)


_Cells = dict[int, SheetCell]


def _by_row(sheet: Worksheet) -> dict[int, _Cells]:
    """The cells that exist, by row and column.

    Not ``iter_rows``: one stray cell in row 1,048,576 would make it build a million rows of cells.
    """
    rows: dict[int, _Cells] = {}
    for (row, column), cell in sheet._cells.items():
        if isinstance(cell, SheetCell) and cell.value is not None:
            rows.setdefault(row, {})[column] = cell
    return rows


# ---- headings ---------------------------------------------------------------------------------


def _find_headings(rows: dict[int, _Cells], name: str, file: str) -> tuple[int, dict[str, int]]:
    """The row of the headings and the columns by key; the row with most known headings is it."""
    wanted = {column.heading: column.key for column in COLUMNS[name] if column.read}
    top = max(
        range(1, _HEADINGS_WITHIN + 1),
        key=lambda row: (
            sum(even_width(text_of(cell)) in wanted for cell in rows.get(row, {}).values()),
            -row,
        ),
    )
    columns: dict[str, int] = {}
    for at, cell in sorted(rows.get(top, {}).items()):
        heading = even_width(text_of(cell))
        key = wanted.get(heading)
        if key in columns:
            first, second = f"{column_letters(columns[key])}{top}", f"{column_letters(at)}{top}"
            raise DubanError(
                f"“{file}”的工作表“{name}”中，表头“{heading}”出现了两次（{first} 和 {second}）。"
                "请给多出来的一列改个名称，或者删除。"
            )
        if key is not None:
            columns[key] = at
    needed = {column.key for column in COLUMNS[name] if column.needed}
    for heading, key in wanted.items():
        if key in needed and key not in columns:
            raise DubanError(_missing_heading(rows.get(top, {}), (name, heading, top), wanted, file))
    return top, columns


def _cells(rows: dict[int, _Cells], row: int) -> Iterable[SheetCell]:
    return rows.get(row, {}).values()


def _missing_heading(cells: _Cells, sought: tuple[str, str, int], wanted: Iterable[str], file: str) -> str:
    name, heading, top = sought
    others = {text_of(cell): at for at, cell in cells.items() if even_width(text_of(cell)) not in set(wanted)}
    near = _nearest(heading, list(others))
    there = f"最接近的是 {column_letters(others[near])}{top} 的“{near}”，" if near else ""
    fix = f"请把它改回“{heading}”。" if near else f"请补上“{heading}”这一列。"
    return f"“{file}”的工作表“{name}”中没有表头“{heading}”。{there}{fix}"


def _nearest(word: str, words: Sequence[str]) -> str:
    return next(iter(difflib.get_close_matches(word, words, n=1, cutoff=0.4)), "")


# ---- cells ------------------------------------------------------------------------------------

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
"""How a workbook writes a character that XML cannot hold, and the underscore before such a word."""


def _value(cell: SheetCell | None) -> Value:
    if cell is None or cell.data_type == "e":
        return None
    value = cell.value
    if isinstance(value, str):
        return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), value)
    if isinstance(value, bool | int | float | datetime | date) or value is None:
        return value
    return str(value)  # a time of day, a duration


def text_of(cell: SheetCell | None) -> str:
    """What a cell shows, without outer blanks."""
    return as_text(_value(cell))


def _entry(cell: SheetCell | None, key: str, place: Place) -> Entry:
    heading = next(column.heading for column in COLUMNS[place.part] if column.key == key)
    percent = cell is not None and "%" in str(cell.number_format)
    return Entry(_value(cell), place, heading, percent)


def _shown_errors(record: Record, cells: _Cells, columns: dict[str, int]) -> Iterator[Finding]:
    for key, at in columns.items():
        cell = cells.get(at)
        if cell is not None and cell.data_type == "e":
            entry = record[key]
            values = {"heading": entry.heading, "found": str(cell.value), "field": key}
            yield Finding(CELL_SHOWS_ERROR, entry.place, values=values)


def _unmerge(
    sheet: Worksheet, rows: dict[int, _Cells], top: int, columns: dict[str, int], file: str
) -> list[Finding]:
    """Give every row its share of a cell merged downwards, and say so."""
    headings = {
        at: column.heading for column in COLUMNS[sheet.title.strip()] if (at := columns.get(column.key))
    }
    findings = []
    for area in sheet.merged_cells.ranges:
        first = rows.get(area.min_row, {}).get(area.min_col)
        heading = headings.get(area.min_col)
        if first is None or heading is None or area.min_row <= top or area.max_row == area.min_row:
            continue
        for row in range(area.min_row + 1, area.max_row + 1):
            if row in rows:  # a row without anything else stays blank
                rows[row][area.min_col] = first
        place = Place(file, sheet.title, area.min_row, area.min_col)
        values = {"heading": heading, "found": str(area.coord), "expected": text_of(first)}
        findings.append(Finding(CELLS_MERGED, place, values=values))
    return findings
