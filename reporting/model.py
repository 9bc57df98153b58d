"""The records that every stage hands to the next: frozen, slotted, free of behaviour that needs a library.

Each docstring names the office's own word for the thing. Everything that was read somewhere carries its
``Place`` from the moment of reading; an address is never computed later.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum, StrEnum
from typing import Any, Literal


def column_letters(column: int) -> str:
    """Name a 1-based column as spreadsheets do: 1 is A, 27 is AA."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """The 1-based number of a column by its letters: A is 1, XFD 16384."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def split_address(cell: str) -> tuple[int, int]:
    """The 1-based row and column of ``F7``; zeros for an empty address."""
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :] or 0), column_number(letters)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands (位置): a file, a sheet or part of it, and a 1-based row and column.

    For a text document ``part`` is empty, ``row`` is the line and ``column`` the character in that line.
    Zero means "not known" or "the whole of it".
    """

    file: str = ""
    part: str = ""
    row: int = 0
    column: int = 0

    @property
    def cell(self) -> str:
        """The spreadsheet address, say ``F7``; empty when row or column is unknown."""
        return f"{column_letters(self.column)}{self.row}" if self.row and self.column else ""

    @property
    def words(self) -> str:
        """The place in words, without the file: 第3行第12字, 第2页第5行, 工作表“任务”F7."""
        if not self.row:
            return ""
        if self.part and not (self.part.startswith("第") and self.part.endswith("页")):
            return f"工作表“{self.part}”{self.cell or f'第{self.row}行'}"
        return f"{self.part}第{self.row}行" + (f"第{self.column}字" if self.column > 1 else "")


HEAD_OR_FOOT, REPEATED_HEADING, PICTURE = "页眉页脚", "重复的表头", "图片"
"""Why a line of a page is no part of the text."""


@dataclass(frozen=True, slots=True)
class Line:
    """One physical line of a plan document (行), or one paragraph of a Word file."""

    text: str
    place: Place
    aside: str = ""
    """Why the line is no part of the text (``HEAD_OR_FOOT``…); empty for text."""


@dataclass(frozen=True, slots=True)
class Item:
    """One numbered paragraph of a document (条目) with the headings above it."""

    marker: str
    level: int
    text: str
    path: tuple[str, ...]
    place: Place


class Role(StrEnum):
    """What a unit is to a task (角色)."""

    LEAD = "牵头"
    SUPPORT = "配合"


Day = date  # a name of its own, since a Deadline has a field called date
DeadlineKind = Literal["date", "ongoing", "annual", "date+ongoing"]
Comparator = Literal[">=", ">", "=", "<=", "<", "growth>="]


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when a task is due (完成时限): the words of the plan, their kind, and the last day they mean."""

    text: str
    kind: DeadlineKind
    date: Day | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """A number a task must reach (量化指标); ``words`` are the words of the plan it was read from."""

    number: str
    task: str
    name: str
    op: Comparator
    value: float
    unit: str
    words: str = ""
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Task:
    """One task of the plan (任务). ``number`` is unique in the plan; ``path`` are the headings above it."""

    number: str
    path: tuple[str, ...]
    content: str
    lead: tuple[str, ...]
    support: tuple[str, ...]
    deadline: Deadline | None = None
    targets: tuple[Target, ...] = ()
    place: Place = Place()

    @property
    def category(self) -> str:
        """The outermost heading (类别), by which totals are made; 未分类 when there is none."""
        return self.path[0] if self.path else "未分类"


@dataclass(frozen=True, slots=True)
class Goal:
    """A numbered overall target of the plan that names no unit (总体目标)."""

    number: str
    content: str
    targets: tuple[Target, ...] = ()
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Measure:
    """A numbered measure that names no unit and waits for the coordinator to assign it (待分工)."""

    number: str
    path: tuple[str, ...]
    content: str
    place: Place = Place()


class UnitKind(StrEnum):
    """Whether a written name is one department, several, or nobody in particular (类型)."""

    UNIT = "单位"
    GROUP = "成组单位"
    OPEN = "泛指"


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name of a unit (别名), with the years in which it was used; None is open-ended."""

    name: str
    since: int | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask (联系人)."""

    name: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """A department or a group of departments (单位)."""

    name: str
    kind: UnitKind = UnitKind.UNIT
    aliases: tuple[Alias, ...] = ()
    members: tuple[str, ...] = ()
    contact: Contact = Contact()
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan people work on (工作方案, 任务分解表)."""

    title: str
    issuer: str | None
    year: int | None
    document_number: str | None
    tasks: tuple[Task, ...]
    units: tuple[Unit, ...] = ()
    goals: tuple[Goal, ...] = ()
    unassigned: tuple[Measure, ...] = ()

    @property
    def targets(self) -> tuple[Target, ...]:
        """All targets of all tasks, in the order of the tasks."""
        return tuple(target for task in self.tasks for target in task.targets)


@dataclass(frozen=True, slots=True)
class Assignment:
    """One task for one unit (分工): a row in that unit's workbook."""

    task: Task
    unit: str
    role: Role


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


class Verdict(StrEnum):
    """What became of a file that was sent to us (处理结果)."""

    ACCEPTED = "accepted"
    RETURNED = "returned"
    SUPERSEDED = "superseded"
    DUPLICATE = "duplicate"
    UNIDENTIFIED = "unidentified"
    UNREADABLE = "unreadable"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class Receipt:
    """The entry of one received file in the book (收文登记)."""

    file: str
    sha256: str
    received: datetime
    unit: str
    verdict: Verdict


class DecisionKind(StrEnum):
    """What was decided (决定种类)."""

    EXTENSION = "延期"
    REASSIGNMENT = "改派"
    IDENTIFICATION = "认定"
    REVOCATION = "撤销"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision of the office (延期、改派、认定、撤销) as it stands in the book.

    ``unit`` is who was given more time, or who gives a task away; ``task`` is empty for a whole return.
    ``until`` is the new date, ``receiver`` and ``role`` tell who takes the task over, ``revokes`` is the
    number of the decision that is taken back; ``file`` and ``sha256`` are of a file that was found to be the
    unit's. ``number`` is 0 before the book has given one.
    """

    at: datetime
    kind: DecisionKind
    reason: str
    unit: str = ""
    task: str = ""
    until: date | None = None
    receiver: str = ""
    role: Role | None = None
    revokes: int = 0
    number: int = 0
    file: str = ""
    sha256: str = ""

    @property
    def words(self) -> str:
        """What was decided, as one clause without the reason."""
        day = f"{self.until.year}年{self.until.month}月{self.until.day}日" if self.until else ""
        if self.kind is DecisionKind.EXTENSION:
            what = f"任务 {self.task} " if self.task else "整份填报表"
            return f"{self.unit}{what}延期至{day}报送"
        if self.kind is DecisionKind.REASSIGNMENT:
            until = f"，{day}前报送" if day else ""
            return f"任务 {self.task} 由{self.unit}改派{self.receiver}{self.role}{until}"
        if self.kind is DecisionKind.IDENTIFICATION:
            return f"文件“{self.file}”认定由{self.unit}报送"
        return f"撤销第 {self.revokes} 号决定"


@dataclass(frozen=True, slots=True)
class IssuedWorkbook:
    """One workbook that went out."""

    ordinal: int
    unit: str
    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Issue:
    """What went out in a year: the plan as it stood then, frozen, and the workbooks made from it.

    ``decisions`` are those of the office in force since; the plan has them laid over it already.
    """

    at: datetime
    year: int
    plan_id: str
    title: str
    issuer: str
    due: date
    plan: Plan
    workbooks: tuple[IssuedWorkbook, ...]
    decisions: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """One receipt as it stands in the book. ``errors`` counts its findings of that severity.

    ``from_inbox`` tells whether the file lay in the inbox when it was booked.
    """

    received: datetime
    file: str
    sha256: str
    unit: str
    verdict: Verdict
    version: int
    due: date | None
    errors: int
    content: Mapping[str, Any] | None
    from_inbox: bool = False


UNREPORTED = "未报送"
"""The state of a task whose responsible units have no accepted return; never one of the form's statuses."""


@dataclass(frozen=True, slots=True)
class Report:
    """One unit's accepted word on one task (填报情况). Texts are as typed; ``progress`` is 0 to 100."""

    unit: str
    role: Role
    status: str
    progress: float | None
    result: str
    problem: str
    next_step: str
    evidence: str
    self_score: float | None
    remark: str
    extra: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TargetReport:
    """One unit's accepted figure for one target (指标完成情况); ``reached`` is None if nobody can tell."""

    target: Target
    unit: str
    value: float | None
    raw: str
    as_of: str
    remark: str
    ratio: float | None
    reached: bool | None
    reported: bool


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One task with everybody's word on it. ``status`` is the leads' status, or 未报送."""

    task: Task
    status: str
    progress: float | None
    reports: tuple[Report, ...]
    silent: tuple[Assignment, ...]

    @property
    def leads(self) -> tuple[Report, ...]:
        """What the lead units wrote."""
        return tuple(report for report in self.reports if report.role is Role.LEAD)

    @property
    def supporters(self) -> tuple[Report, ...]:
        """What the supporting units wrote."""
        return tuple(report for report in self.reports if report.role is Role.SUPPORT)


class UnitState(StrEnum):
    """Where a unit stands (报送状态)."""

    AWAITED = "awaited"
    LATE = "late"
    RETURNED = "returned"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit's standing in the book: what it owes and what came in."""

    unit: str
    ordinal: int
    state: UnitState
    received: datetime | None
    versions: int
    times_returned: int
    errors: int
    on_time: bool | None
    tasks: tuple[str, ...]
    led: int
    supported: int
    contact: Contact = Contact()
    due: date | None = None
    """By when its return is, or was, due: with the extension it was given."""
    owed: Mapping[str, date] = field(default_factory=dict)
    """Single tasks that it still owes beside its accepted return, by number with their date."""


@dataclass(frozen=True, slots=True)
class Share:
    """A count with its share of the whole in percent; the shares of one table add up to 100.0."""

    name: str
    count: int
    percent: float


@dataclass(frozen=True, slots=True)
class CategoryLine:
    """The tasks of one category by status."""

    category: str
    total: int
    by_status: dict[str, int]


@dataclass(frozen=True, slots=True)
class Consolidation:
    """Everything the year-end documents are made of (汇总). All tuples are in the order of the plan."""

    title: str
    issuer: str
    year: int
    document_number: str
    due: date
    data_as_of: date
    as_of: date
    tasks: tuple[TaskLine, ...]
    targets: tuple[TargetReport, ...]
    units: tuple[UnitLine, ...]
    categories: tuple[CategoryLine, ...]
    statuses: tuple[Share, ...]
    goals: tuple[Goal, ...] = ()
    waivers: tuple[str, ...] = ()
