"""A corrected plan document brought into a plan.xlsx that the coordinator has worked in.

Runs on a second ``plan import``. Three plans are laid side by side: what the last import read (base), what
the coordinator made of it (mine), and what the new document says (theirs). Who alone changed something has
it; where both did and differ, the coordinator's word stays and a finding names both.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar

from reporting.findings import Finding, Kind, Severity
from reporting.likeness import changed_passages
from reporting.model import Goal, Measure, Place, Plan, Target, Task, Unit
from reporting.plan_fields import (
    GOAL_FIELDS,
    GOALS,
    PLAN_FIELDS,
    TARGET_FIELDS,
    TARGETS,
    TASK_FIELDS,
    TASKS_IF_ALIKE,
    UNIT_FIELDS,
    UNITS,
    Field,
    Pairing,
    evened,
    in_words,
    rows_of,
    target_in_words,
    unpaired,
    value_of,
    words_of,
)

IMPORT_CONFLICT = Kind(
    "import_conflict",
    Severity.CONFIRM,
    "{what}的“{heading}”，原表已改为“{found}”，新方案为“{expected}”。",
    "现保留原表的写法，请核对取舍，改好或者删去本批注即可。",
)
IMPORT_DELETED = Kind(
    "import_deleted",
    Severity.CONFIRM,
    "{what}已从原表中删去，新方案对它有改动：{expected}。",
    "现仍不列入；需要的，请补上。",
)
IMPORT_WITHDRAWN = Kind(
    "import_withdrawn",
    Severity.CONFIRM,
    "新方案已没有{what}，而原表对它有修改：{found}。",
    "现仍保留，请核对是否删去。",
)
IMPORT_NUMBER_TAKEN = Kind(
    "import_number_taken",
    Severity.CONFIRM,
    "原表中的一项任务与新方案中的另一项任务编号相同，都是“{found}”。",
    "请改成不同的编号。",
)

KINDS = (IMPORT_CONFLICT, IMPORT_DELETED, IMPORT_WITHDRAWN, IMPORT_NUMBER_TAKEN)
"""Every kind of finding of this module."""

_Thing = TypeVar("_Thing", Task, Target, Goal, Unit)
_LONGEST = 80
_WHOLE_TASK = (*TASK_FIELDS, Field("targets", "量化指标"))
_WHOLE_GOAL = (*GOAL_FIELDS, Field("targets", "指标"))
_NAMED_UNIT = (Field("name", "单位名称", "name"), *UNIT_FIELDS)
_MOVED_TARGET = (*TARGET_FIELDS, Field("task", "任务编号", "target"))


@dataclass(slots=True)
class _Account:
    """What happened, as it is counted and told in the end."""

    kept: int = 0
    taken: int = 0
    findings: list[Finding] = field(default_factory=list)
    undecided: dict[tuple[str, str], Finding] = field(default_factory=dict)
    """What earlier imports asked and the coordinator has not answered, by what it is about and heading."""

    def repeat(self, three: _Three, heading: str = "") -> bool:
        """Ask once more what is still open."""
        earlier = self.undecided.get((three.before or three.what, heading))
        if earlier is not None:
            values = dict(earlier.values) | {"target": three.target}
            if heading:
                values["what"] = three.what
            again = replace(earlier, place=three.place, task=three.task, unit=three.unit, values=values)
            self.findings.append(again)
        return earlier is not None


@dataclass(frozen=True, slots=True)
class Merged:
    """The plan with both sides' changes, and what became of them.

    ``moved`` gives the number a task has now for its number in the edited plan; ``renumbered`` for its number
    in the document, missing when it is not in the plan; ``settled`` are the document's numbers of tasks that
    it left alone and the coordinator has worked on.
    """

    plan: Plan
    findings: tuple[Finding, ...]
    kept: int
    taken: int
    moved: dict[str, str]
    renumbered: dict[str, str]
    settled: frozenset[str]

    @property
    def conflicts(self) -> int:
        """How many places the coordinator must decide."""
        return len(self.findings)

    def address(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """What was unsure in reading the document, at the tasks as they are numbered now.

        Said no more where the coordinator has already worked on what the document left alone, nor of tasks
        that are not in the plan.
        """
        for each in findings:
            if not each.task:
                yield each
            elif each.task in self.renumbered and each.task not in self.settled:
                number = self.renumbered[each.task]
                yield replace(each, task=number, values=_renumber(each, number))


def _asked(finding: Finding) -> tuple[str, str]:
    """What a finding of a merge is about, by the numbers of the plan it was said of, and its heading."""
    heading = finding.values.get("heading", "")
    whole_task = finding.task and not heading and not finding.values.get("target")
    return f"任务{finding.task}" if whole_task else finding.values.get("what", ""), heading


def _renumber(finding: Finding, number: str) -> dict[str, str]:
    names = ("task", "number")
    return {key: number if key in names else value for key, value in finding.values.items()}


def is_same_document(base: Plan, theirs: Plan) -> bool:
    """Whether a document can be the corrected version of the last one: a third of the tasks must be there."""
    old, new = rows_of(base), rows_of(theirs)
    return 3 * len(TASKS_IF_ALIKE.pair(old, new)) >= min(len(old), len(new))


def merge_plans(base: Plan, mine: Plan, theirs: Plan, undecided: Iterable[Finding] = ()) -> Merged:
    """Bring what changed from ``base`` to ``theirs`` into ``mine``.

    With an unchanged document the result is ``mine``; with an unedited plan it is ``theirs``. ``undecided``
    are findings of earlier merges that are open still: said again where the document says nothing new.
    """
    account = _Account(undecided={_asked(each): each for each in undecided})
    rows = _align(TASKS_IF_ALIKE, rows_of(base), rows_of(mine), rows_of(theirs))
    for row in rows:
        row.result = _settle_task(row, account)
    merged = _in_order(rows)
    tasks, waiting = _split(merged, mine, theirs)
    head = _merge_fields(_Three("方案", base, mine, theirs), PLAN_FIELDS, account)
    plan = replace(
        mine,
        **head,
        tasks=tuple(tasks),
        unassigned=tuple(waiting),
        units=_merge_units((base, mine, theirs), [row.result for row in merged if row.result], account),
        goals=_merge_goals((base, mine, theirs), account),
    )
    account.findings += _numbers_taken(rows)
    there = [row for row in rows if row.result is not None]
    return Merged(
        plan,
        tuple(account.findings),
        account.kept,
        account.taken,
        {row.mine.number: row.result.number for row in there if row.mine and row.result},
        {row.theirs.number: row.result.number for row in there if row.theirs and row.result},
        frozenset(row.theirs.number for row in there if row.theirs and _is_settled(row)),
    )


# ---- three plans side by side ------------------------------------------------------------------------


@dataclass(slots=True, eq=False)
class _Row(Generic[_Thing]):
    """One thing in the three plans, as far as each has it, and what becomes of it."""

    base: _Thing | None = None
    mine: _Thing | None = None
    theirs: _Thing | None = None
    result: _Thing | None = None
    at: tuple[int, int, int] = (-1, -1, -1)
    """Where it stands in each of the three; -1 where it is missing."""


def _align(
    pairing: Pairing[_Thing], base: Sequence[_Thing], mine: Sequence[_Thing], theirs: Sequence[_Thing]
) -> list[_Row[_Thing]]:
    to_mine, to_theirs = pairing.pair(base, mine), pairing.pair(base, theirs)
    rows = [
        _row((base, mine, theirs), (at, to_mine.get(at, -1), to_theirs.get(at, -1)))
        for at in range(len(base))
    ]
    own = list(unpaired(len(mine), to_mine.values()))
    new = list(unpaired(len(theirs), to_theirs.values()))
    both = pairing.pair([mine[at] for at in own], [theirs[at] for at in new])
    both = {own[at]: new[other] for at, other in both.items()}
    rows += [_row((base, mine, theirs), (-1, at, both.get(at, -1))) for at in own]
    taken = set(both.values())
    return rows + [_row((base, mine, theirs), (-1, -1, at)) for at in new if at not in taken]


def _row(plans: tuple[Sequence[_Thing], ...], at: tuple[int, int, int]) -> _Row[_Thing]:
    base, mine, theirs = (
        things[place] if place >= 0 else None for things, place in zip(plans, at, strict=True)
    )
    return _Row(base, mine, theirs, at=at)


def _in_order(rows: Sequence[_Row[_Thing]]) -> list[_Row[_Thing]]:
    """What stays, in the document's order, or in the coordinator's where that was changed."""
    there = [row for row in rows if row.result is not None]
    common = sorted((row for row in there if row.base and row.mine), key=lambda row: row.at[1])
    sorted_anew = [row.at[0] for row in common] != sorted(row.at[0] for row in common)
    first, second = (1, 2) if sorted_anew else (2, 1)
    ordered = sorted((row for row in there if row.at[first] >= 0), key=lambda row: row.at[first])
    known = set(map(id, ordered))
    before: _Row[_Thing] | None = None
    for row in sorted((row for row in there if row.at[second] >= 0), key=lambda row: row.at[second]):
        if id(row) not in known:
            place = ordered.index(before) + 1 if before is not None else 0
            ordered.insert(place, row)
            known.add(id(row))
        before = row
    return ordered


# ---- one thing ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Three:
    """One thing as the three plans have it, and what to call it; ``base`` is None if both sides added it."""

    what: str
    base: object | None
    mine: object
    theirs: object
    place: Place = Place()
    task: str = ""
    unit: str = ""
    target: str = ""
    before: str = ""
    """What it was called in the edited plan, when that is something else."""


def _merge_fields(three: _Three, fields: Iterable[Field], account: _Account) -> dict[str, Any]:
    """The value of every field, with what happened to it booked."""
    return {each.name: _merge_field(three, each, account) for each in fields}


def _merge_field(three: _Three, which: Field, account: _Account) -> Any:
    mine, theirs = value_of(three.mine, which), value_of(three.theirs, which)
    if three.base is None:  # both sides added it
        if _blank(mine) or _blank(theirs):
            return theirs if _blank(mine) else mine
    else:
        base = value_of(three.base, which)
        edited, corrected = evened(mine) != evened(base), evened(theirs) != evened(base)
        if theirs == base or (edited and not corrected):
            repeated = edited and account.repeat(three, which.heading)
            account.kept += edited and not repeated
            return mine
        if not edited:
            account.taken += corrected
            return theirs
    if evened(mine) != evened(theirs):
        account.findings.append(_conflict(three, which))
    return mine


def _blank(value: object) -> bool:
    return not evened(value)


def _conflict(three: _Three, which: Field) -> Finding:
    values = {
        "what": three.what,
        "heading": which.heading,
        "found": _against(three.base, three.mine, which),
        "expected": _against(three.base, three.theirs, which),
        "field": "target" if three.target else which.column,
        "target": three.target,
    }
    return Finding(IMPORT_CONFLICT, three.place, unit=three.unit, task=three.task, values=values)


def _against(base: object | None, thing: object, which: Field) -> str:
    """What one side says; of a long text only what it made otherwise."""
    words = words_of(thing, which)
    if base is None or len(words) <= _LONGEST:
        return words
    return _short("；".join(changed_passages(words_of(base, which), words)))


def _short(text: str) -> str:
    return text if len(text) <= 2 * _LONGEST else f"{text[: 2 * _LONGEST]}…"


def _differs(one: object, other: object, fields: Iterable[Field]) -> list[str]:
    """The headings of the fields in which two records differ."""
    return [each.heading for each in fields if evened(value_of(one, each)) != evened(value_of(other, each))]


# ---- tasks -------------------------------------------------------------------------------------------


def _settle_task(row: _Row[Task], account: _Account) -> Task | None:
    """What becomes of one task."""
    if row.mine is not None and row.theirs is not None:
        return _merge_task(row, row.mine, row.theirs, account)
    if row.mine is not None:
        return _without_theirs(row, row.mine, account)
    if row.theirs is not None and row.base is not None:
        changes = _task_differs(row.base, row.theirs)
        account.kept += not changes
        if changes:
            account.findings.append(
                _about(IMPORT_DELETED, row.theirs, row.theirs.place, expected="、".join(changes))
            )
        return None
    account.taken += row.theirs is not None
    return row.theirs


def _without_theirs(row: _Row[Task], mine: Task, account: _Account) -> Task | None:
    changes = _task_differs(row.base, mine) if row.base is not None else []
    if row.base is not None and not changes:
        account.taken += 1
        return None
    alone = _Three(f"任务{mine.number}", None, mine, None, task=mine.number)
    repeated = row.base is None and account.repeat(alone)
    account.kept += not changes and not repeated
    if changes:
        account.findings.append(_about(IMPORT_WITHDRAWN, mine, Place(), found="、".join(changes)))
    return mine


def _about(kind: Kind, task: Task, place: Place, **values: str) -> Finding:
    what = f"任务{task.number}“{task.content[:20]}…”" if len(task.content) > 20 else f"任务{task.number}"
    return Finding(kind, place, task=task.number, values={"what": what, "field": "number", **values})


def _merge_task(row: _Row[Task], mine: Task, theirs: Task, account: _Account) -> Task:
    number = mine.number
    if (
        row.base is not None
        and evened(row.base.number) == evened(mine.number)
        and theirs.number != row.base.number
    ):
        number = theirs.number  # as the field itself will be decided, for what is said of the others
    before = f"任务{mine.number}"
    three = _Three(f"任务{number}", row.base, mine, theirs, theirs.place, task=number, before=before)
    fields = _merge_fields(three, TASK_FIELDS, account)
    targets = _merge_targets(row, account, number)
    return replace(mine, **fields, targets=targets, place=theirs.place)


def _merge_targets(row: _Row[Task], account: _Account, number: str) -> tuple[Target, ...]:
    assert row.mine is not None
    assert row.theirs is not None
    base = row.base.targets if row.base is not None else ()
    rows = _align(TARGETS, base, row.mine.targets, row.theirs.targets)
    for each in rows:
        each.result = _settle_target(each, account, number)
    return tuple(each.result for each in _in_order(rows) if each.result is not None)


def _settle_target(row: _Row[Target], account: _Account, task: str) -> Target | None:
    base, mine, theirs = row.base, row.mine, row.theirs
    if mine is not None and theirs is not None:
        what, goes = f"任务{task}的指标{mine.number}", mine.number
        if base is not None and evened(mine.number) == evened(base.number):
            goes = theirs.number
        before = f"任务{mine.task}的指标{mine.number}"
        three = _Three(what, base, mine, theirs, theirs.place, task=task, target=goes, before=before)
        return replace(mine, **_merge_fields(three, _MOVED_TARGET, account), place=theirs.place)
    one = mine or theirs
    if base is None or one is None:
        number = one.number if one is not None else ""
        alone = _Three(f"任务{task}的指标{number}", None, mine, None, task=task, target=number)
        account.kept += mine is not None and not account.repeat(alone)
        account.taken += theirs is not None
        return one
    if not _differs(base, one, TARGET_FIELDS):
        account.kept += mine is None
        account.taken += theirs is None
        return None
    kind = IMPORT_WITHDRAWN if mine is not None else IMPORT_DELETED
    place = theirs.place if theirs is not None else Place()
    words = {"found": target_in_words(one), "expected": target_in_words(one)}
    values = {"what": f"任务{task}的指标{one.number}", "field": "target", "target": one.number, **words}
    account.findings.append(Finding(kind, place, task=task, values=values))
    return mine


def _task_differs(one: Task, other: Task) -> list[str]:
    return _differs(one, other, _WHOLE_TASK)


def _is_settled(row: _Row[Task]) -> bool:
    if row.base is None or row.mine is None or row.theirs is None:
        return False
    return not _task_differs(row.base, row.theirs) and bool(_task_differs(row.base, row.mine))


def _split(rows: Sequence[_Row[Task]], mine: Plan, theirs: Plan) -> tuple[list[Task], list[Measure]]:
    """Tasks, and those rows that still name nobody and nothing that only a task has."""
    in_mine, in_theirs = len(mine.tasks), len(theirs.tasks)
    tasks: list[Task] = []
    waiting: list[Measure] = []
    for row in rows:
        task = row.result
        assert task is not None
        is_empty = not (task.lead or task.support or task.deadline or task.targets)
        as_mine = row.mine is not None and not _task_differs(row.mine, task)
        was_task = row.at[1] < in_mine if as_mine else 0 <= row.at[2] < in_theirs
        if is_empty and not was_task:
            waiting.append(Measure(task.number, task.path, task.content, task.place))
        else:
            tasks.append(task)
    return tasks, waiting


def _numbers_taken(rows: Sequence[_Row[Task]]) -> Iterator[Finding]:
    """Numbers that the document gives anew, and another task has; a slip of the coordinator is no clash."""
    taken = {evened(row.theirs.number) for row in rows if row.result and row.theirs and _is_new_number(row)}
    for row in rows:
        own = row.result if row.theirs is None else None
        if own is not None and evened(own.number) in taken:
            values = {"found": own.number, "field": "number"}
            yield Finding(IMPORT_NUMBER_TAKEN, own.place, task=own.number, values=values)


def _is_new_number(row: _Row[Task]) -> bool:
    return row.base is None or row.theirs is None or evened(row.base.number) != evened(row.theirs.number)


# ---- units and goals ---------------------------------------------------------------------------------


def _names_in(tasks: Iterable[Task]) -> set[Hashable]:
    return {evened(name) for task in tasks for name in (*task.lead, *task.support)}


def _merge_units(
    plans: tuple[Plan, Plan, Plan], tasks: Sequence[Task], account: _Account
) -> tuple[Unit, ...]:
    """The list of units; one that either side dropped comes back if only the other's words still name it."""
    base, mine, theirs = (plan.units for plan in plans)
    named = _names_in(tasks)
    fresh, own = named - _names_in(plans[1].tasks), named - _names_in(plans[2].tasks)

    def settle(row: _Row[Unit]) -> Unit | None:
        if row.mine is not None and row.theirs is not None:
            name = row.mine.name
            three = _Three(f"单位“{name}”", row.base, row.mine, row.theirs, row.theirs.place, unit=name)
            return replace(row.mine, **_merge_fields(three, _NAMED_UNIT, account), place=row.theirs.place)
        if row.mine is not None:
            untouched = row.base is not None and not _differs(row.base, row.mine, UNIT_FIELDS)
            stays = not untouched or evened(row.mine.name) in own
            account.kept += row.base is None
            account.taken += not stays
            return row.mine if stays else None
        if row.theirs is not None and row.base is not None and evened(row.theirs.name) not in fresh:
            account.kept += 1  # deleted by hand, and no task names it anew
            return None
        account.taken += row.theirs is not None
        return row.theirs

    return _merge_all(UNITS, (base, mine, theirs), settle)


def _merge_goals(plans: tuple[Plan, Plan, Plan], account: _Account) -> tuple[Goal, ...]:
    def settle(row: _Row[Goal]) -> Goal | None:
        if row.mine is not None and row.theirs is not None:
            what = f"总体目标{row.mine.number}"
            three = _Three(what, row.base, row.mine, row.theirs, row.theirs.place)
            return replace(row.mine, **_merge_fields(three, _WHOLE_GOAL, account), place=row.theirs.place)
        return _settle_goal(row, account)

    return _merge_all(GOALS, (plans[0].goals, plans[1].goals, plans[2].goals), settle)


def _settle_goal(row: _Row[Goal], account: _Account) -> Goal | None:
    one = row.mine or row.theirs
    if one is None or row.base is None or not _differs(row.base, one, _WHOLE_GOAL):
        return _add_or_drop(row, account)
    kind = IMPORT_WITHDRAWN if row.mine is not None else IMPORT_DELETED
    words = {"found": _short(in_words(one.content)), "expected": _short(in_words(one.content))}
    account.findings.append(Finding(kind, values={"what": f"总体目标{one.number}", **words}))
    return row.mine


def _add_or_drop(row: _Row[Goal], account: _Account) -> Goal | None:
    """What one side alone has: added by it, or dropped by the other."""
    added = row.base is None
    account.kept += (row.mine is not None) == added and bool(row.mine or row.theirs)
    account.taken += (row.theirs is not None) == added and bool(row.mine or row.theirs)
    return (row.mine or row.theirs) if added else None


def _merge_all(
    pairing: Pairing[_Thing],
    plans: tuple[Sequence[_Thing], Sequence[_Thing], Sequence[_Thing]],
    settle: Callable[[_Row[_Thing]], _Thing | None],
) -> tuple[_Thing, ...]:
    rows = _align(pairing, *plans)
    for row in rows:
        row.result = settle(row)
    return tuple(row.result for row in _in_order(rows) if row.result is not None)
