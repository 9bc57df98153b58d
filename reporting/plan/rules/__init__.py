"""The rules of ``plan check``: what a careful colleague notices in plan.xlsx, one file each.

A rule file's name is the code of its findings. It has a docstring (one sentence, then a small table of rows
of plan.xlsx that pass and that fail, which the tests run) and ``RULE``. A rule changes nothing and never
merges names. ``values["field"]`` of a slip names the column it speaks of, so that the finding can name the
cell.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property, partial
from typing import TypeVar

from reporting.gathering import gather_rules, module_name
from reporting.language.characters import one_line
from reporting.language.units import fold, names_in_use
from reporting.model import Deadline, Goal, Measure, Place, Plan, Target, Task, Unit, UnitKind
from reporting.model.findings import Kind, Severity

_Thing = TypeVar("_Thing")
_MOST_LISTED = 8


@dataclass(frozen=True, slots=True)
class Slip:
    """One place where a rule does not hold; ``values`` fills the rule's sentences."""

    place: Place = Place()
    values: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""
    task: str = ""


@dataclass(frozen=True)
class PlanView:
    """A plan with everything a rule may look at; ``year`` is the year whose work is reported."""

    plan: Plan
    year: int | None = None
    today: date | None = None

    @cached_property
    def rows(self) -> tuple[Task | Measure, ...]:
        """The rows of sheet 任务: tasks, and measures that wait for a unit."""
        return (*self.plan.tasks, *self.plan.unassigned)

    @cached_property
    def deadlines(self) -> tuple[tuple[Task, Deadline], ...]:
        """Every task that has a deadline, with it."""
        return tuple((task, task.deadline) for task in self.plan.tasks if task.deadline is not None)

    @cached_property
    def targets(self) -> tuple[tuple[Task | Goal, Target], ...]:
        """Every target with the task or overall goal it belongs to."""
        owners: tuple[Task | Goal, ...] = (*self.plan.tasks, *self.plan.goals)
        return tuple((owner, target) for owner in owners for target in owner.targets)

    def names_of(self, unit: Unit) -> set[str]:
        """All names a unit goes by in the year of the plan, as names are compared."""
        return set(map(fold, names_in_use(unit, self.year)))

    @cached_property
    def tasks_by_name(self) -> Mapping[str, list[Task]]:
        """Every name that stands in a task, in order of appearance, with its tasks."""
        tasks: dict[str, list[Task]] = {}
        for task in self.plan.tasks:
            for name in dict.fromkeys((*task.lead, *task.support)):
                tasks.setdefault(name, []).append(task)
        return tasks

    @cached_property
    def known_names(self) -> frozenset[str]:
        """Names and aliases of sheet 单位, and the members of its groups, as names are compared."""
        members = frozenset(fold(member) for unit in self.plan.units for member in unit.members)
        return members.union(*map(self.names_of, self.plan.units))

    @cached_property
    def unlisted_names(self) -> tuple[str, ...]:
        """The names in tasks that sheet 单位 does not have."""
        return tuple(name for name in self.tasks_by_name if fold(name) not in self.known_names)

    @cached_property
    def idle_units(self) -> tuple[Unit, ...]:
        """The units that no task names, neither by themselves nor through a group."""
        named = set(map(fold, self.tasks_by_name))
        reached = {
            member
            for unit in self.plan.units
            if named & self.names_of(unit)
            for member in (*map(fold, unit.members), *self.names_of(unit))
        }
        return tuple(
            unit for unit in self.plan.units if unit.kind is not UnitKind.OPEN and not reached & self.names_of(unit)
        )

    @cached_property
    def looks_renamed(self) -> bool:
        """Whether there are enough idle units for every unlisted name to be one of them by another name."""
        return 0 < len(self.unlisted_names) <= len(self.idle_units)

    @cached_property
    def open_names(self) -> frozenset[str]:
        """The phrases that mean nobody in particular, as names are compared."""
        return frozenset(name for unit in self.plan.units if unit.kind is UnitKind.OPEN for name in self.names_of(unit))


Slips = Iterable[Slip]


@dataclass(frozen=True)
class PlanRule:
    """One rule: its sentences, and the check that yields where it does not hold."""

    severity: Severity
    says: str
    remedy: str
    check: Callable[[PlanView], Slips]

    @cached_property
    def kind(self) -> Kind:
        """The kind of its findings; its code is the name of the file in which its check stands."""
        return Kind(module_name(self.check), self.severity, self.says, self.remedy)


note = partial(PlanRule, Severity.NOTE)
confirm = partial(PlanRule, Severity.CONFIRM)
error = partial(PlanRule, Severity.ERROR)


@cache
def gather() -> tuple[PlanRule, ...]:
    """All rules in the order of their file names.

    Raises ``ValueError`` when a rule has its check from another file.
    """
    return gather_rules(__name__, __path__)


# ---- slips at the things they are about --------------------------------------------------------------


def in_row(row: Task | Measure, column: str, unit: str = "", **values: str) -> Slip:
    """A slip in a row of sheet 任务."""
    return Slip(row.place, {"number": row.number, "field": column, **values}, unit, row.number)


def in_target(owner: Task | Goal, target: Target, column: str, **values: str) -> Slip:
    """A slip in a row of sheet 量化指标."""
    named = {"number": owner.number, "target": target.number or target.name, "field": column, **values}
    place = target.place if target.place != Place() else owner.place
    return Slip(place, named, task=owner.number if isinstance(owner, Task) else "")


def in_unit(unit: Unit, column: str, **values: str) -> Slip:
    """A slip in a row of sheet 单位."""
    return Slip(unit.place, {"owner": unit.name, "found": unit.name, "field": column, **values}, unit.name)


def at_name(name: str, tasks: list[Task], **values: str) -> Slip:
    """A slip about a name in tasks: at the first of them, naming the others."""
    first = tasks[0]
    column = "lead" if name in first.lead else "support"
    told = {"found": name, "tasks": slips_listed(task.number for task in tasks), "field": column, **values}
    return Slip(first.place, told, name, first.number)


# ---- what the rules share ----------------------------------------------------------------------------


def repeated(things: Iterable[_Thing], key: Callable[[_Thing], Hashable]) -> Iterator[tuple[_Thing, int]]:
    """Every thing whose key, unless blank, has been seen before, with how often there is such a thing."""
    every = list(things)
    counts = Counter(key(thing) for thing in every)
    seen: set[Hashable] = set()
    for thing in every:
        if key(thing) and key(thing) in seen:
            yield thing, counts[key(thing)]
        seen.add(key(thing))


def slips_listed(words: Iterable[str]) -> str:
    """The first few of many words, with 等 when there are more."""
    every = list(words)
    return "、".join(every[:_MOST_LISTED]) + ("等" if len(every) > _MOST_LISTED else "")


def beginning(text: str, length: int = 24) -> str:
    """The beginning of a sentence, on one line."""
    flat = one_line(text)
    return flat if len(flat) <= length else flat[:length] + "…"
