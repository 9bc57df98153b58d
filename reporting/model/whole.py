"""The year drawn together: every unit's word on every task, figures, shares, and who sent in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from reporting.model.plans import Assignment, Contact, Goal, Role, Target, Task

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


class TaskPart(NamedTuple):
    """One unit's part in a task (分工), with its accepted word on it; None while it is silent."""

    assignment: Assignment
    report: Report | None

    @property
    def key(self) -> tuple[str, str]:
        """The number of the task and the unit, by which results and scores are known too."""
        return self.assignment.task.number, self.assignment.unit


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

    @property
    def parts(self) -> tuple[TaskPart, ...]:
        """Everybody's part in it: of those who answered, then of those who are silent."""
        told = (TaskPart(Assignment(self.task, each.unit, each.role), each) for each in self.reports)
        return (*told, *(TaskPart(each, None) for each in self.silent))

    @property
    def lead_units(self) -> tuple[str, ...]:
        """The units that lead it, each member of a group by its own name."""
        return tuple(each.assignment.unit for each in self.parts if each.assignment.role is Role.LEAD)

    @property
    def deciding_units(self) -> tuple[str, ...]:
        """Whose part decides how it stands: its leads', or everybody's where the plan names no lead."""
        return self.lead_units if self.task.lead else tuple(each.assignment.unit for each in self.parts)

    @property
    def silent_leads(self) -> tuple[str, ...]:
        """The lead units that have not answered."""
        return tuple(each.unit for each in self.silent if each.role is Role.LEAD)


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
