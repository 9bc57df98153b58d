"""What changed from one plan to another, task by task and field by field.

Runs for ``plan diff``, and wherever plan.xlsx may have moved on since it was issued. Only what the plans say
counts: neither the order of the rows, nor the cells they stand in, nor width and blanks. A task with another
number and the same words is the same task, numbered otherwise.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, TypeVar

from reporting.language.characters import even_width
from reporting.language.likeness import PairIndex, changed_passages, share_within
from reporting.model import Goal, Plan, Target, Task, Unit
from reporting.plan.changes.fields import (
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
    Pairing,
    PlanField,
    evened,
    field_value,
    rows_of,
    target_in_words,
    unpaired,
    worded,
    words_of,
)

_Thing = TypeVar("_Thing", Task, Target, Goal, Unit)


class ChangeKind(StrEnum):
    """What became of a thing."""

    ADDED = "新增"
    REMOVED = "删去"
    CHANGED = "修改"
    RENUMBERED = "编号改变"


TASK, GOAL, UNIT, ABOUT, HEADING = "任务", "总体目标", "单位", "说明", "类别"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that is not what it was, in words."""

    heading: str
    old: str
    new: str
    gone: tuple[str, ...] = ()
    come: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """The change as a reader takes it in: of many names or much text only what is different."""
        if len(self.gone) + len(self.come) and max(map(_count, (self.old, self.new))) > MOST_NAMES:
            parts = [f"增加 {_listed(self.come)}"] if self.come else []
            return "；".join([*parts, *([f"去掉 {_listed(self.gone)}"] if self.gone else [])])
        if self.old and self.new and len(self.old) + len(self.new) > LONGEST:
            passages = changed_passages(self.old, self.new)
            if len(passages) <= MOST_PASSAGES:
                return "；".join(passages)
        return f"{self.old or '（空）'} → {self.new or '（空）'}"


MOST_NAMES, LONGEST, MOST_PASSAGES = 4, 60, 5
"""Up to how many names and characters both sides are shown whole; with more passages it is another text."""


def _count(words: str) -> int:
    return words.count("、") + 1


def _listed(names: tuple[str, ...]) -> str:
    return "、".join(names)


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is not what it was: a task, an overall goal, a unit, or a line about the whole plan.

    ``name`` is its number or name now (before it was removed, then); ``old_name`` is set when that changed.
    ``words`` are what it says. ``origin`` tells where an added task was taken from, or a removed one went.
    """

    kind: ChangeKind
    what: str
    name: str
    words: str = ""
    old_name: str = ""
    fields: tuple[FieldChange, ...] = ()
    origin: str = ""

    @property
    def label(self) -> str:
        """Its number or name as a list shows it, say ``5→6``."""
        return f"{self.old_name}→{self.name}" if self.old_name else self.name

    def as_json(self) -> dict[str, Any]:
        """The change as ``plan diff --json`` writes it."""
        fields = [{"field": each.heading, "old": each.old, "new": each.new} for each in self.fields]
        return {
            "change": self.kind.name.lower(),
            "what": self.what,
            "name": self.name,
            "old_name": self.old_name or self.name,
            "words": self.words,
            "origin": self.origin,
            "fields": fields,
        }


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


_SORTS = (TASK, HEADING, GOAL, UNIT, ABOUT)

# ---- each sort of thing ------------------------------------------------------------------------------


def _tasks(old: Sequence[Task], new: Sequence[Task]) -> Iterator[Change]:
    matched = list(_matched(TASKS_BY_NUMBER, old, new))
    added, removed = _Origins(matched, is_new=True), _Origins(matched, is_new=False)
    changed: list[Change] = []
    for at, (before, after) in enumerate(matched):
        if before is None or after is None:
            origin = (removed if after is None else added).find(at)
            changed += (replace(each, origin=origin) for each in _come_or_gone(TASK, before, after))
        else:
            fields = (*_fields(before, after, TASK_FIELDS), *_targets(before, after))
            changed += _numbered(TASK, before, after, fields)
    return _gather_headings(changed)


class _Origins:
    """Where the words of added tasks stood before, or those of removed ones stand now.

    They must not stand on both sides of the other task, or else nothing was moved.
    """

    def __init__(self, matched: Sequence[tuple[Task | None, Task | None]], *, is_new: bool) -> None:
        self.is_new = is_new
        self.sources = [before if is_new else after for before, after in matched]
        self.own = [after if is_new else before for before, after in matched]
        self.there, self.here = PairIndex(map(_words, self.sources)), PairIndex(map(_words, self.own))

    def find(self, at: int) -> str:
        """What to say of one row."""
        task, part = self.own[at], self.here.pairs[at]
        if task is None or len(task.content) < SHORTEST_PART:
            return ""
        for other in self.there.likely(part, at):
            source = self.sources[other]
            stays = share_within(part, self.here.pairs[other])
            if source is not None and stays < 0.5 and share_within(part, self.there.pairs[other]) >= PART:
                return f"由原任务 {source.number} 拆出" if self.is_new else f"并入任务 {source.number}"
        return ""


def _words(task: Task | None) -> str:
    return even_width(task.content) if task is not None else ""


SHORTEST_PART, PART = 8, 0.75
"""From when on a task is part of another: so many characters long, and so much of it found there."""


def _gather_headings(changes: Sequence[Change]) -> Iterator[Change]:
    """A heading that changed above several tasks is one change, told once."""
    moved = Counter(each for change in changes for each in change.fields if _is_heading(each))
    common = [each for each, count in moved.items() if count >= 3]
    for change in changes:
        rest = tuple(each for each in change.fields if each not in common)
        if rest or rest == change.fields:
            yield replace(change, fields=rest)
        elif change.old_name:
            yield replace(change, kind=ChangeKind.RENUMBERED, fields=())
    for each in common:
        names = [change.name for change in changes if each in change.fields]
        label = f"（任务 {names[0]} 等 {len(names)} 项）"
        yield Change(ChangeKind.CHANGED, HEADING, label, fields=(each,))


def _is_heading(change: FieldChange) -> bool:
    return change.heading == "类别"


def _goals(old: Sequence[Goal], new: Sequence[Goal]) -> Iterator[Change]:
    for before, after in _matched(GOALS, old, new):
        if before is None or after is None:
            yield from _come_or_gone(GOAL, before, after)
        else:
            fields = (*_fields(before, after, GOAL_FIELDS), *_targets(before, after))
            yield from _numbered(GOAL, before, after, fields)


def _come_or_gone(what: str, before: Task | Goal | None, after: Task | Goal | None) -> Iterator[Change]:
    if after is not None:
        yield Change(ChangeKind.ADDED, what, after.number, worded(after.content))
    elif before is not None:
        yield Change(ChangeKind.REMOVED, what, before.number, worded(before.content))


def _numbered(what: str, before: Task | Goal, after: Task | Goal, fields: tuple[FieldChange, ...]) -> Iterator[Change]:
    """A task that is only numbered otherwise is no task that was changed."""
    if not fields:
        return
    renumbered = before.number != after.number
    others = tuple(each for each in fields if each.heading != NUMBER.heading)
    old_name = before.number if renumbered else ""
    kind = ChangeKind.RENUMBERED if renumbered and not others else ChangeKind.CHANGED
    yield Change(kind, what, after.number, worded(after.content), old_name, others)


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


def _fields(before: object, after: object, fields: Sequence[PlanField]) -> Iterator[FieldChange]:
    for field in fields:
        old, new = field_value(before, field), field_value(after, field)
        if old != new and evened(old) != evened(new):
            gone, come = _names_apart(old, new) if field.is_list else ((), ())
            yield FieldChange(field.heading, words_of(before, field), words_of(after, field), gone, come)


def _names_apart(old: Sequence[object], new: Sequence[object]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names that only one side has."""
    left, right = ({evened(each): worded(each) for each in names} for names in (old, new))
    gone = tuple(words for key, words in left.items() if key not in right)
    return gone, tuple(words for key, words in right.items() if key not in left)
