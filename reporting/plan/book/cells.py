"""Values and drop-downs in the cells of plan.xlsx: text stays text, whatever it begins with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from openpyxl.cell import Cell as SheetCell
from openpyxl.worksheet.datavalidation import DataValidation

from reporting.files.characters import writable
from reporting.files.xlsx.xml import LONGEST, fitting_text
from reporting.model import column_letters
from reporting.model.findings import DubanError
from reporting.plan.book.sheets import COLUMNS, TARGETS, TASKS, Column

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


def as_written(value: object, where: str) -> str | int | float | date | None:
    """A value as it stands in a cell; one that no cell can hold is refused with the name of the cell."""
    if isinstance(value, date) and value.year < 1905:
        return value.isoformat()  # before Excel's own calendar begins
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    if not isinstance(value, str):
        return value if isinstance(value, int | float | date) else None
    text = writable(value).strip()
    if fitting_text(text) != text:
        raise DubanError(f"{where}有{len(text)}个字，超过一个单元格能容纳的{LONGEST}个字。请把这一项拆成几项后再导入。")
    return text


def is_count(text: str) -> bool:
    """Whether the number of a task is a plain count such as 12; 1.2 and 007 are not."""
    return text.isascii() and text.isdecimal() and len(text) < 10 and str(int(text)) == text


def count_tasks(columns: dict[str, tuple[Column, ...]]) -> dict[str, tuple[Column, ...]]:
    """The columns with task numbers as numbers, also in the rows that are added."""
    keys = {TASKS: "number", TARGETS: "task"}
    return {
        name: tuple(replace(one, as_text=False) if one.key == keys.get(name) else one for one in each)
        for name, each in columns.items()
    }


def cell_at(sheet: Worksheet, row: int, column: int) -> SheetCell:
    """The cell of a sheet in which nothing is merged."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, SheetCell)
    return cell


def letter_of(name: str, key: str) -> str:
    """The letter of a key's column on a sheet."""
    return column_letters(column_of(name, key))


def column_of(name: str, key: str) -> int:
    """The column of a key on a sheet; the first column stands for anything unknown."""
    return next((at for at, column in enumerate(COLUMNS[name], 1) if column.key == key), 1)


def offer_words(sheet: Worksheet, name: str, key: str, words: Iterable[str], last: int) -> None:
    """A drop-down of a few fixed words; it warns rather than blocks, so that pasting works."""
    choice = DataValidation("list", formula1=f'"{",".join(words)}"', allow_blank=True, showErrorMessage=True)
    choice.errorStyle = "warning"
    choice.errorTitle = "不在下拉列表中"
    choice.error = "请从下拉列表中选择一项。"
    choice.add(f"{letter_of(name, key)}2:{letter_of(name, key)}{last}")
    sheet.add_data_validation(choice)


def offer_column(sheet: Worksheet, name: str, key: str, source: tuple[str, str, int], last: int) -> None:
    """A drop-down of what stands in a column of another sheet, with room for rows added there."""
    other, other_key, filled = source
    letter = letter_of(other, other_key)
    choice = DataValidation("list", formula1=f"'{other}'!${letter}$2:${letter}${filled + 31}", allow_blank=True)
    choice.showErrorMessage = False  # several units in one cell are none of the list
    choice.add(f"{letter_of(name, key)}2:{letter_of(name, key)}{last}")
    sheet.add_data_validation(choice)
