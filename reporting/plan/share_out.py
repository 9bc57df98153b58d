"""Who gets which task: the plan's written names to the units that receive a workbook.

A plain unit gets its tasks. A group whose members stand in the plan gives each member the task; without
members it is treated as one unit. An open phrase (各有关单位) gets nothing. Whoever leads a task, under
whatever name, is not listed again as supporting it. Targets are the leads' to report, but one with a unit of
its own (填报单位) is that unit's alone, and who reports a share is not asked for the whole.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reporting.language.units import UnitIndex, classify, fold, governs
from reporting.model import Assignment, Plan, Role, Target, Task, Unit, UnitKind
from reporting.plan.words import target_texts, task_texts


@dataclass(frozen=True, slots=True)
class Recipient:
    """One unit's share of the plan: its tasks, lead first, and the targets it reports.

    ``ordinal`` counts from 1 in the order of the plan's list of units; it stands in file names.
    """

    ordinal: int
    unit: str
    assignments: tuple[Assignment, ...]
    targets: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class Distribution:
    """A plan shared out: who receives a workbook, and who is responsible for each task, leads first."""

    recipients: tuple[Recipient, ...]
    by_task: Mapping[str, tuple[Assignment, ...]]


class _Directory:
    """The plan's list of units, with each written name looked up once."""

    def __init__(self, units: Sequence[Unit], year: int | None) -> None:
        self._units = UnitIndex(units, year)
        self._found: dict[str, tuple[str, ...]] = {}

    def receivers(self, name: str) -> tuple[str, ...]:
        """The units that a written name makes responsible, by their names in the list of units."""
        if name not in self._found:
            self._found[name] = tuple(self._receivers(name))
        return self._found[name]

    def reporter(self, written: str, receivers: Collection[str]) -> str:
        """Which of those who receive a task is meant as the reporter of a target; nobody where none is."""
        if not written:
            return ""
        known = self._units.find(written)
        wanted = known.name if known else written
        same = (unit for unit in receivers if fold(unit) == fold(wanted))
        governing = (unit for unit in receivers if governs(unit, wanted))
        return next(same, "") or next(governing, "")

    def _receivers(self, name: str) -> Iterator[str]:
        unit = self._units.find(name) or Unit(name, classify(name))
        if unit.kind is UnitKind.OPEN:
            return
        if unit.kind is UnitKind.GROUP and unit.members:
            for member in unit.members:
                known = self._units.find(member)
                yield known.name if known else member
        else:
            yield unit.name


def _assign(task: Task, directory: _Directory) -> tuple[Assignment, ...]:
    """Everybody who is responsible for a task, the leads first."""
    roles: dict[str, Role] = {}
    for role, names in ((Role.LEAD, task.lead), (Role.SUPPORT, task.support)):
        for name in names:
            for unit in directory.receivers(name):
                roles.setdefault(unit, role)
    owners = [(target, directory.reporter(target.reporter, roles)) for target in task.targets]

    def targets_of(unit: str, role: Role) -> tuple[Target, ...]:
        leads = role is Role.LEAD or not task.lead
        own = [target for target, owner in owners if owner == unit]
        return tuple(
            target
            for target, owner in owners
            if owner == unit or (leads and not owner and not any(_is_part(each, target) for each in own))
        )

    return tuple(Assignment(task, unit, role, targets_of(unit, role)) for unit, role in roles.items())


def _is_part(share: Target, whole: Target) -> bool:
    """Whether one is a unit's own share of the other: who has 公园（临江区） is not asked for 公园 as well."""
    return share.unit == whole.unit and share.name.startswith(f"{whole.name}（") and share is not whole


def targets_without_reporter(plan: Plan) -> Iterator[tuple[Task, Target]]:
    """The targets that are one unit's to report, but that unit has not the task: its leads will be asked."""
    directory = _Directory(plan.units, plan.year)
    for task in plan.tasks:
        own = [target for target in task.targets if target.reporter]
        receivers = [each.unit for each in _assign(task, directory)] if own else []
        yield from ((task, target) for target in own if not directory.reporter(target.reporter, receivers))


def distribute(plan: Plan) -> Distribution:
    """Share out a plan: all recipients in the order of its list of units, each with its tasks, lead first."""
    directory = _Directory(plan.units, plan.year)
    shares: dict[str, list[Assignment]] = {}
    for unit in plan.units:
        for name in directory.receivers(unit.name):
            shares.setdefault(name, [])
    by_task = {task.number: _assign(task, directory) for task in plan.tasks}
    for assignments in by_task.values():
        for assignment in assignments:
            shares.setdefault(assignment.unit, []).append(assignment)
    owing = [(unit, share) for unit, share in shares.items() if share]
    recipients = tuple(_recipient(ordinal, unit, share) for ordinal, (unit, share) in enumerate(owing, 1))
    return Distribution(recipients, by_task)


def _recipient(ordinal: int, unit: str, share: list[Assignment]) -> Recipient:
    ordered = sorted(share, key=lambda each: each.role is not Role.LEAD)  # stable: plan order within a role
    targets = tuple(target for each in ordered for target in each.targets)
    return Recipient(ordinal, unit, tuple(ordered), targets)


def asked_otherwise(before: Plan, distribution: Distribution) -> list[Recipient]:
    """The units whose workbook asks for something else than the one made from an earlier plan."""
    asked = {each.unit: _asked(each) for each in distribute(before).recipients}
    return [each for each in distribution.recipients if asked.get(each.unit) != _asked(each)]


def _asked(recipient: Recipient) -> list[dict[str, str]]:
    """All that a unit's workbook asks, as text."""
    return [*map(task_texts, recipient.assignments), *map(target_texts, recipient.targets)]
