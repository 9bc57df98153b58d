"""What changed from one plan to another, task by task and field by field.

Runs for ``plan diff``, and wherever plan.xlsx may have moved on since it was issued. Only what the plans say
counts: neither the order of the rows nor the cells they stand in. A task with another number and the same
words is the same task, numbered otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from reporting.model import Goal, Plan, Target, Task, Unit
from reporting.plan_fields import (
    GOAL_FIELDS,
    GOALS,
    NUMBER,
    PLAN_FIELDS,
    TARGET_FIELDS,
    TARGETS,
    TASK_FIELDS,
    TASKS_BY_NUMBER,
    UNIT_FIELDS,
    UNITS,
    Field,
    Pairing,
    in_words,
    rows_of,
    target_in_words,
    unpaired,
    value_of,
    words_of,
)

_Thing = TypeVar("_Thing", Task, Target, Goal, Unit)


class ChangeKind(StrEnum):
    """What became of a thing."""

    ADDED = "新增"
    REMOVED = "删去"
    CHANGED = "修改"
    RENUMBERED = "编号改变"


TASK, GOAL, UNIT, ABOUT = "任务", "总体目标", "单位", "说明"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that is not what it was, in words."""

    heading: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is not what it was: a task, an overall goal, a unit, or a line about the whole plan.

    ``name`` is its number or name now (before it was removed, then); ``old_name`` is set when that changed.
    ``words`` are what it says.
    """

    kind: ChangeKind
    what: str
    name: str
    words: str = ""
    old_name: str = ""
    fields: tuple[FieldChange, ...] = ()

    @property
    def label(self) -> str:
        """Its number or name as a list shows it, say ``5→6``."""
        return f"{self.old_name}→{self.name}" if self.old_name else self.name


def diff_plans(old: Plan, new: Plan) -> tuple[Change, ...]:
    """Everything that changed, tasks first, each sort in the order of the new plan with what is gone last."""
    return (
        *_tasks(rows_of(old), rows_of(new)),
        *_goals(old.goals, new.goals),
        *_units(old.units, new.units),
        *_about(old, new),
    )


def in_short(changes: Sequence[Change]) -> str:
    """All changes on one line by kind: 新增任务 4；修改任务 1、2；编号改变任务 5→6."""
    groups: dict[tuple[ChangeKind, str], list[str]] = {}
    for change in changes:
        groups.setdefault((change.kind, change.what), []).append(change.label)
    ordered = sorted(groups, key=lambda group: (_SORTS.index(group[1]), list(ChangeKind).index(group[0])))
    return "；".join(f"{kind}{what} {'、'.join(groups[kind, what])}" for kind, what in ordered)


_SORTS = (TASK, GOAL, UNIT, ABOUT)

# ---- each sort of thing ------------------------------------------------------------------------------


def _tasks(old: Sequence[Task], new: Sequence[Task]) -> Iterator[Change]:
    for before, after in _matched(TASKS_BY_NUMBER, old, new):
        if before is None or after is None:
            yield from _come_or_gone(TASK, before, after)
        else:
            fields = (*_fields(before, after, TASK_FIELDS), *_targets(before, after))
            yield from _numbered(TASK, before, after, fields)


def _goals(old: Sequence[Goal], new: Sequence[Goal]) -> Iterator[Change]:
    for before, after in _matched(GOALS, old, new):
        if before is None or after is None:
            yield from _come_or_gone(GOAL, before, after)
        else:
            fields = (*_fields(before, after, GOAL_FIELDS), *_targets(before, after))
            yield from _numbered(GOAL, before, after, fields)


def _come_or_gone(what: str, before: Task | Goal | None, after: Task | Goal | None) -> Iterator[Change]:
    if after is not None:
        yield Change(ChangeKind.ADDED, what, after.number, in_words(after.content))
    elif before is not None:
        yield Change(ChangeKind.REMOVED, what, before.number, in_words(before.content))


def _numbered(
    what: str, before: Task | Goal, after: Task | Goal, fields: tuple[FieldChange, ...]
) -> Iterator[Change]:
    """A task that is only numbered otherwise is no task that was changed."""
    if not fields:
        return
    renumbered = before.number != after.number
    others = tuple(each for each in fields if each.heading != NUMBER.heading)
    old_name = before.number if renumbered else ""
    kind = ChangeKind.RENUMBERED if renumbered and not others else ChangeKind.CHANGED
    yield Change(kind, what, after.number, in_words(after.content), old_name, others)


def _targets(owner: Task | Goal, now: Task | Goal) -> Iterator[FieldChange]:
    for before, after in _matched(TARGETS, owner.targets, now.targets):
        if before is not None and after is not None:
            follows = before.number.removeprefix(owner.number) == after.number.removeprefix(now.number)
            for each in _fields(before, after, TARGET_FIELDS[follows:]):
                yield FieldChange(f"指标{after.number} {each.heading}", each.old, each.new)
        elif after is not None:
            yield FieldChange(f"指标{after.number}", "", target_in_words(after))
        elif before is not None:
            yield FieldChange(f"指标{before.number}", target_in_words(before), "")


def _units(old: Sequence[Unit], new: Sequence[Unit]) -> Iterator[Change]:
    for before, after in _matched(UNITS, old, new):
        if before is not None and after is not None:
            fields = tuple(_fields(before, after, UNIT_FIELDS))
            if fields:
                yield Change(ChangeKind.CHANGED, UNIT, after.name, fields=fields)
        elif after is not None:
            yield Change(ChangeKind.ADDED, UNIT, after.name)
        elif before is not None:
            yield Change(ChangeKind.REMOVED, UNIT, before.name)


def _about(old: Plan, new: Plan) -> Iterator[Change]:
    for field in _fields(old, new, PLAN_FIELDS):
        yield Change(ChangeKind.CHANGED, ABOUT, field.heading, fields=(field,))


# ---- what they share ---------------------------------------------------------------------------------


def _matched(
    pairing: Pairing[_Thing], old: Sequence[_Thing], new: Sequence[_Thing]
) -> Iterator[tuple[_Thing | None, _Thing | None]]:
    """Both plans' records side by side in the order of the new plan, then those that are gone."""
    pairs = pairing.pair(old, new)
    before = {after: at for at, after in pairs.items()}
    for at, thing in enumerate(new):
        yield (old[before[at]] if at in before else None), thing
    for at in unpaired(len(old), pairs):
        yield old[at], None


def _fields(before: object, after: object, fields: Sequence[Field]) -> Iterator[FieldChange]:
    for field in fields:
        if value_of(before, field) != value_of(after, field):
            yield FieldChange(field.heading, words_of(before, field), words_of(after, field))
