"""The rules: what must hold in a return, one file each, found by ``gather``.

A rule file is named for what must hold and that name is the code of its findings. It has a docstring (one
sentence, then a small table of a row that passes and one that fails, which the tests run) and ``RULE``.
Scopes, from small to large:

``column``  one cell, whatever stands beside it; run by pandera over all returns at once
``row``     one row of 任务填报 or 量化指标
``return``  a whole return
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from reporting.characters import even_width, is_hollow
from reporting.findings import Kind
from reporting.form import Form, FormField, Status
from reporting.model import Assignment, Place, Return, Role, Row, Target, Value

Part = Literal["task", "target"]


@dataclass(frozen=True, slots=True)
class Breach:
    """One place where a rule does not hold; ``values`` fills the rule's sentences."""

    place: Place
    values: Mapping[str, str] = field(default_factory=dict)
    task: str = ""


def plan_number(row: Row) -> str:
    """The number of a row's task or target as the plan writes it; as typed when the plan has none."""
    if row.assignment is not None:
        return row.assignment.task.number
    return row.target.number if row.target is not None else row.number


@dataclass(frozen=True, slots=True)
class RowView:
    """A row with everything a rule may look at."""

    row: Row
    part: Part
    form: Form
    status: Status | None
    role: Role
    task_status: Status | None = None
    """For a row of 量化指标: the status the unit chose for the task the target belongs to."""

    @property
    def fields(self) -> Mapping[str, FormField]:
        """The columns of the row's sheet."""
        return self.form.task_fields if self.part == "task" else self.form.target_fields

    @property
    def number(self) -> str:
        """The task or target number as the plan writes it."""
        return plan_number(self.row)

    def is_blank(self, key: str) -> bool:
        """Whether nothing was typed in a cell; a column that is missing altogether is another finding."""
        return key in self.row.cells and not self.row.raw(key)

    def says_nothing(self, key: str) -> bool:
        """Whether a cell that must be filled is not: blank, or a text such as 无 or a dash."""
        cell = self.row.cells.get(key)
        return cell is not None and (
            not cell.raw or (self.fields[key].type == "text" and is_hollow(cell.raw))
        )

    @property
    def figure(self) -> float | None:
        """完成值 of a target of ours, in the plan's unit; None in other rows, or when it is no number."""
        value = self.row.value("value") if self.part == "target" and self.row.target else None
        return value if isinstance(value, int | float) and not isinstance(value, bool) else None

    @property
    def progress(self) -> float | None:
        """完成进度 of a task; None when it is blank, unreadable, or may be a share of one."""
        value = self.row.value("progress")
        if self.part != "task" or not isinstance(value, int | float):
            return None
        return None if may_be_share(value, self.row.raw("progress")) else float(value)

    def breach(self, key: str, **values: str) -> Breach:
        """A breach at the cell under ``key``, or at the row when its column is missing."""
        cell = self.row.cells.get(key)
        heading = self.fields[key].heading
        found = cell.raw if cell else ""
        place = cell.place if cell else self.row.place
        return Breach(place, {"heading": heading, "found": found} | values, self.number)


@dataclass(frozen=True, slots=True)
class Earlier:
    """What the workbook in hand was made for, where the plan was issued anew since: its day, its rows."""

    issued: str
    assignments: Mapping[str, Assignment]
    targets: Mapping[str, Target]


@dataclass(frozen=True, slots=True)
class ReturnView:
    """A return with what its unit was asked for; ``names`` are all names the unit goes by."""

    sent: Return
    form: Form
    year: int
    names: tuple[str, ...]
    assignments: Mapping[str, Assignment]
    targets: Mapping[str, Target]
    earlier: Earlier | None = None


def may_be_share(value: float, raw: str) -> bool:
    """Whether a percentage may have been typed as a share of one: 0.8 for 80 %."""
    return 0 < value < 1 and "%" not in even_width(raw)


LiveCheck = tuple[str, str]
"""A spreadsheet condition that is true when something is wrong, and the few words to show then."""

ColumnCheck = Callable[[Value, FormField], bool]
RowCheck = Callable[[RowView], Iterable[Breach]]
ReturnCheck = Callable[[ReturnView], Iterable[Breach]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its kind of finding and exactly one of the three checks.

    ``applies`` tells which columns a column check is for. ``live`` gives the same condition for the
    填报检查 column: it gets the form and a function from field key to cell reference.
    """

    kind: Kind
    column: ColumnCheck | None = None
    applies: Callable[[FormField], bool] = lambda _: False
    row: RowCheck | None = None
    whole: ReturnCheck | None = None
    live: Callable[[Form, Callable[[str], str]], Iterable[LiveCheck]] | None = None

    @property
    def scope(self) -> str:
        """column, row or return."""
        if self.column is not None:
            return "column"
        return "row" if self.row is not None else "return"


@cache
def gather() -> tuple[Rule, ...]:
    """All rules in the order of their file names.

    Raises ``ValueError`` when a rule's code is not the name of its file.
    """
    rules = []
    for module in pkgutil.iter_modules(__path__):
        rule: Rule = importlib.import_module(f"{__name__}.{module.name}").RULE
        if rule.kind.code != module.name:
            raise ValueError(f"{module.name}: the code of its rule is {rule.kind.code}")
        rules.append(rule)
    return tuple(rules)


def live_number(cell: str) -> str:
    """The spreadsheet condition "a number stands in this cell"."""
    return f"ISNUMBER({cell})"


def live_blank(cell: str) -> str:
    """The spreadsheet condition "nothing but blanks stands in this cell".

    TRIM leaves the full-width blank, the no-break space of web pages and the line break.
    """
    bare = cell
    for sign in ('"\u3000"', '"\u00a0"', "CHAR(10)"):
        bare = f'SUBSTITUTE({bare},{sign},"")'
    return f"LEN(TRIM({bare}))=0"


def live_nothing(field: FormField, cell: str) -> str:
    """The spreadsheet condition "nothing, or a word that says nothing, stands in this cell".

    MATCH gives an error for a text over 255 characters, which is no short word, so ISNUMBER settles it.
    """
    if field.type != "text":
        return live_blank(cell)
    return f"OR({live_blank(cell)},ISNUMBER(MATCH(TRIM({cell}),hollow_list,0)))"


def live_text(words: str) -> str:
    """A text as it stands in a formula."""
    return '"' + words.replace('"', '""') + '"'


def live_any(cell: str, words: Iterable[str]) -> str:
    """The spreadsheet condition "one of these words stands in this cell"."""
    choices = ",".join(f"TRIM({cell})={live_text(word)}" for word in words)
    return f"OR({choices})" if choices else "FALSE"


def live_unlisted(cell: str, words: str) -> str:
    """The spreadsheet condition "something stands in this cell that is not in this list".

    SUMPRODUCT compares; COUNTIF and MATCH would take a typed * for any text.
    """
    return f"AND(NOT({live_blank(cell)}),SUMPRODUCT(--({words}=TRIM({cell})))=0)"
