"""What came back from a unit, cell by cell: what was typed and what we understand by it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Literal

from reporting.model.places import Place
from reporting.model.plans import Assignment, Role, Target


class Unread(Enum):
    """What stands in a cell's ``value`` when something was typed that we cannot understand."""

    UNREADABLE = "unreadable"


Value = str | float | int | bool | date | datetime | Unread | None


Weight = Literal["", "note", "confirm", "error"]
"""How sure a cell was understood: beyond doubt, by what is told, by what is asked about, or not at all."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """How words that a cell holds were understood (读法); of two ways the one that flatters less is entered.

    ``doubt`` is a clause about what was typed, and ``rivals`` are the values of a list it may mean.
    """

    value: Value
    weight: Weight = ""
    shown: str = ""
    """The value as people read it."""
    doubt: str = ""
    rivals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a return: ``raw`` is what the department typed, ``value`` what we understand by it."""

    raw: str
    value: Value
    place: Place
    joined: bool = False
    """Whether it was joined with the cells above it, whose words it has."""
    meaning: Meaning | None = None
    """How it was understood, where it is not plain."""

    @property
    def weight(self) -> Weight:
        """How sure it was understood."""
        return self.meaning.weight if self.meaning else ""


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
class OtherContent:
    """What a person put into a return that is no answer in a cell asked for (其他内容), and where it stands.

    ``what`` says whether it is the text of a cell, a comment, a text box…; ``cell`` is empty for what stands in
    none, ``file`` for what stands in the file itself and not in another that became a part of it.
    """

    what: str
    sheet: str
    cell: str
    text: str
    file: str = ""

    @property
    def where(self) -> str:
        """Its place in words: 任务填报 J8, a paragraph of a Word file as 正文第3段."""
        row = self.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ").partition(":")[0]
        place = f"正文第{row}段" if self.sheet == "正文" and row else f"{self.sheet} {self.cell}".strip()
        return f"“{self.file}”{place}" if self.file else place


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
    others: tuple[OtherContent, ...] = ()
    """What stands beside the answers."""


# ---- as the book keeps it ----------------------------------------------------------------------------

Understood = str | float | int | bool | None
"""What we understood by a cell, as the book keeps it: a date in its ISO form, None for what is unreadable."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One cell of a return in the book: what was typed, what we understood by it, and where it stood."""

    raw: str
    value: Understood
    sheet: str
    cell: str


@dataclass(frozen=True, slots=True)
class AnsweredRow:
    """What a unit answered on one task or target, by field key; ``role`` is None for a target."""

    number: str
    role: Role | None
    cells: Mapping[str, Answer]

    def raw(self, key: str) -> str:
        """The text of a cell as typed; empty when its column is missing."""
        return self.cells[key].raw if key in self.cells else ""

    def value(self, key: str) -> Understood:
        """What was understood by a cell; None when it is blank or its column is missing."""
        return self.cells[key].value if key in self.cells else None

    def figure(self, key: str) -> float | None:
        """The number in a cell; None when there is none."""
        value = self.value(key)
        return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


@dataclass(frozen=True, slots=True)
class Answered:
    """What a unit answered in one return (所报内容), as the book keeps it."""

    header: Mapping[str, Answer] = field(default_factory=dict)
    rows: tuple[AnsweredRow, ...] = ()
    targets: tuple[AnsweredRow, ...] = ()
    others: tuple[OtherContent, ...] = ()
