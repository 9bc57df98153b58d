"""What came back from a unit, cell by cell: what was typed and what we understand by it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from reporting.model.places import Place
from reporting.model.plans import Assignment, Target


class Unread(Enum):
    """What stands in a cell's ``value`` when something was typed that we cannot understand."""

    UNREADABLE = "unreadable"


Value = str | float | int | bool | date | datetime | Unread | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a return: ``raw`` is what the department typed, ``value`` what we understand by it."""

    raw: str
    value: Value
    place: Place
    joined: bool = False
    """Whether it is blank because it was joined with the cells above it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a return: the task or target number that was typed, and its cells by field key.

    ``assignment`` and ``target`` are what the plan has under that number for the unit; None if nothing.
    """

    number: str
    cells: dict[str, Cell]
    place: Place
    assignment: Assignment | None = None
    target: Target | None = None

    def value(self, key: str) -> Value:
        """The understood value of a cell; None when it is blank or its column is missing."""
        cell = self.cells.get(key)
        return cell.value if cell else None

    def raw(self, key: str) -> str:
        """The text of a cell as typed; empty when its column is missing."""
        cell = self.cells.get(key)
        return cell.raw if cell else ""


@dataclass(frozen=True, slots=True)
class Signature:
    """What a workbook of ours says about itself (very hidden sheet and document properties)."""

    plan: str = ""
    year: str = ""
    unit: str = ""
    form_version: str = ""
    tasks: tuple[str, ...] = ()
    signature: str = ""


@dataclass(frozen=True, slots=True)
class Return:
    """A filled-in workbook that came back (填报表).

    ``task_sheet`` and ``target_sheet`` are the places of the heading rows; ``columns`` are the keys of the
    columns that were found in 任务填报, ``target_columns`` in 量化指标.
    """

    file: str
    sha256: str
    unit: str
    signature: Signature
    header: dict[str, Cell]
    rows: tuple[Row, ...]
    target_rows: tuple[Row, ...]
    task_sheet: Place = Place()
    target_sheet: Place = Place()
    columns: frozenset[str] = frozenset()
    target_columns: frozenset[str] = frozenset()
