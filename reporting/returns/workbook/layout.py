"""Where everything stands in the return workbook: its sheets, their columns, the first and last rows.

The base, the formulas, the stamping and the reading all ask here, so that none of them knows an address of
its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reporting.model import column_letters
from reporting.office.form import (
    CHECK_HEADING,
    OPINION_HEADING,
    PAST_GOAL,
    PAST_RESULT,
    PAST_VALUE,
    TARGET_SHEET,
    TASK_SHEET,
    Form,
    FormField,
)
from reporting.returns.live import LivePart

INSTRUCTIONS, TASKS, TARGETS, META = "填报说明", TASK_SHEET, TARGET_SHEET, "_meta"
PROBLEMS = "问题清单"
OTHERS = "其他内容"
"""The sheet of a correction with what a return held beside its answers."""

LAST_PROBLEM, LAST_OTHER = 99993, 99996
"""Stand for the last rows of 问题清单 and 其他内容 in the base, as those of ``FormTable`` do, until stamping."""
BELOW = 200
"""So many rows below a table 填报检查 looks for what was added there."""

HEADING_ROW_PROBLEMS = HEADING_ROW_OTHERS = 3
"""The row of the headings on 问题清单 and 其他内容; the table begins below it."""

HEADER_SLOTS = (("B", "C"), ("E", "F"), ("G", "H"))
"""Where the block above the table puts its labels and the cells beside them, three to a row."""

PROBLEM_COLUMNS = (
    ("序号", 6.0),
    ("任务编号", 10.0),
    ("栏目", 14.0),
    ("来件位置", 17.0),
    ("本表位置（点击转到）", 17.0),
    ("级别", 7.0),
    ("现填内容", 26.0),
    ("问题", 40.0),
    ("修改要求", 40.0),
    ("修改情况", 10.0),
)
"""Headings and widths of 问题清单."""


OTHERS_COLUMNS = (("序号", 6.0), ("种类", 14.0), ("来件位置", 26.0), ("内容", 90.0))
"""Headings and widths of 其他内容."""


@dataclass(frozen=True, slots=True)
class Variant:
    """What a workbook has besides 任务填报: marks, targets, columns for what was reported a year ago, 其他内容."""

    correction: bool
    targets: bool
    past_tasks: bool = False
    past_targets: bool = False
    others: bool = False


@dataclass(frozen=True, slots=True)
class Extra:
    """A column to the right of those of the form; ``style`` names how its cells look."""

    style: str
    heading: str
    width: float


def extra_columns(form: Form, sheet: str, variant: Variant) -> tuple[Extra, ...]:
    """The columns to the right of those of the form, on 任务填报 or 量化指标."""
    extras = [Extra("check", CHECK_HEADING, 22)] if sheet == TASKS else []
    if variant.correction:
        extras.append(Extra("opinion", OPINION_HEADING, 40))
        if sheet == TASKS:
            extras.append(Extra("answer", form.answer.heading, form.answer.width))
    if sheet == TASKS and variant.past_tasks:
        extras.append(Extra("past", PAST_RESULT, 38))
    if sheet == TARGETS and variant.past_targets:
        extras += [Extra("past", PAST_GOAL, 18), Extra("past", PAST_VALUE, 18)]
    return tuple(extras)


@dataclass(frozen=True, slots=True)
class HeaderCell:
    """A cell of the block above the table: its row, the letters of its label's column and of its own."""

    row: int
    label: str
    value: str

    @property
    def ref(self) -> str:
        """The address of the cell."""
        return f"{self.value}{self.row}"


def header_cells(form: Form) -> dict[str, HeaderCell]:
    """The cells of the block above the table by key."""
    wide = len(HEADER_SLOTS)
    return {
        field.key: HeaderCell(3 + index // wide, *HEADER_SLOTS[index % wide]) for index, field in enumerate(form.header)
    }


@dataclass(frozen=True, slots=True)
class FormTable:
    """One of the two tables that a department fills in, on a sheet of its own.

    ``last`` and ``below`` stand in the base for its last row, and for the last of those below it in which
    填报检查 looks for what was added.
    """

    part: LivePart
    sheet: str
    fields: Sequence[FormField]
    head: int
    """The row of the headings; the table begins below it."""
    last: int
    below: int
    number: str
    """The key of the column with the numbers."""
    asked: str
    """The key of the column that a finding of a whole row is shown at."""
    columns: Mapping[str, str]
    """The letters of the columns of the form by key."""

    @property
    def first(self) -> int:
        """The row in which the table begins."""
        return self.head + 1

    @property
    def end(self) -> str:
        """The letter of the last column of the form."""
        return column_letters(len(self.fields))

    def area(self, key: str, last: str = "") -> str:
        """The cells of a column, or of all up to another, in the rows of the table and in those below it."""
        return f"${self.columns[key]}${self.first}:${self.columns[last or key]}${self.below}"


def task_table(form: Form) -> FormTable:
    """任务填报, below the block."""
    head = 3 + (len(form.header) + len(HEADER_SLOTS) - 1) // len(HEADER_SLOTS) + 1
    columns = _letters(form.task)
    return FormTable("task", TASKS, form.task, head, 99991, 99994, "number", "status", columns)


def target_table(form: Form) -> FormTable:
    """量化指标, below a title, a line that says what is missing, and a blank one."""
    columns = _letters(form.target)
    return FormTable("target", TARGETS, form.target, 4, 99992, 99995, "target", "value", columns)


def _letters(fields: Sequence[FormField]) -> dict[str, str]:
    return {field.key: column_letters(index) for index, field in enumerate(fields, 1)}


def check_column(form: Form) -> str:
    """The column letter of 填报检查."""
    return column_letters(len(form.task) + 1)


META_KEYS = ("plan", "year", "unit", "form_version", "signature")
"""What the first rows of _meta say; a row for each task and then for each target follows."""
OWN = "own"
"""How the rows of _meta begin, behind all others, that note which texts of the workbook are ours."""
META_COUNTS = ("open_tasks", "open_header", "open_targets", "strays")
"""The counts behind the summary, in column D of the first rows of _meta."""
FIRST_META_TASK = len(META_KEYS) + 1
META_HELPERS = 31
"""The first column of _meta with what is understood of the rows; before it what they are, and what is said of them.

It lies right of every column that a unit fills in: a formula without its result would make a reader doubt the
blank cell of the same address.
"""


def meta_count(name: str) -> str:
    """The cell of _meta with one of the counts."""
    return f"'{META}'!$D${META_COUNTS.index(name) + 1}"
