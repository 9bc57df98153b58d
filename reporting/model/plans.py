"""The plan: tasks with their deadlines and targets, units with their other names, and who does what."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from reporting.model.places import Place


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
    reporter: str = ""
    """Which of the task's units reports it (填报单位), such as the district whose share it is; blank: its leads."""


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
    """Where the task stands in the document or in plan.xlsx."""
    leader: str = ""
    """Who is in charge, as the document has it (责任领导)."""
    section: str = ""
    """The sections of the units that do the work (责任科室)."""
    scope: str = ""
    """Where or for what the task holds (适用范围)."""
    duties: str = ""
    """What the document says of how the units share the work (分工说明)."""

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
    targets: tuple[Target, ...] = ()
    """Those targets of the task that the unit reports, as the plan was shared out."""
