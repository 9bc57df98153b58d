"""A corrected plan document brought into a plan.xlsx that the coordinator has worked in.

Runs on a second ``plan import``. Three plans are laid side by side: what the last import read (base), what
the coordinator made of it (mine), and what the new document says (theirs). Who alone changed something has
it; where both did and differ, the coordinator's word stays and a finding names both.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from reporting.model import Goal, Measure, Place, Plan, Target, Task, Unit
from reporting.model.findings import Finding, Kind
from reporting.plan.changes.conflicts import (
    IMPORT_DELETED,
    IMPORT_NUMBER_TAKEN,
    IMPORT_WITHDRAWN,
    Merging,
    Three,
    asked_about,
    differing,
    merge_fields,
    shortened,
)
from reporting.plan.changes.fields import (
    GOAL_FIELDS,
    GOALS,
    PLAN_FIELDS,
    TARGET_FIELDS,
    TARGETS,
    TASK_FIELDS,
    TASKS_IF_ALIKE,
    UNIT_FIELDS,
    UNITS,
    Pairing,
    PlanField,
    evened,
    rows_of,
    target_in_words,
    worded,
)
from reporting.plan.changes.pairs import PlanRow, Thing, align, rows_in_order

_WHOLE_TASK = (*TASK_FIELDS, PlanField("targets", "量化指标"))
_WHOLE_GOAL = (*GOAL_FIELDS, PlanField("targets", "指标"))
_NAMED_UNIT = (PlanField("name", "单位名称", "name"), *UNIT_FIELDS)
_MOVED_TARGET = (*TARGET_FIELDS, PlanField("task", "任务编号", "target"))


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
    account = Merging(undecided={asked_about(each): each for each in undecided})
    rows = align(TASKS_IF_ALIKE, rows_of(base), rows_of(mine), rows_of(theirs))
    for row in rows:
        row.result = _settle_task(row, account)
    merged = rows_in_order(rows)
    tasks, waiting = _split(merged, mine, theirs)
    head = merge_fields(Three("方案", base, mine, theirs), PLAN_FIELDS, account)
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


# ---- tasks -------------------------------------------------------------------------------------------


def _settle_task(row: PlanRow[Task], account: Merging) -> Task | None:
    """What becomes of one task."""
    if row.mine is not None and row.theirs is not None:
        return _merge_task(row, row.mine, row.theirs, account)
    if row.mine is not None:
        return _without_theirs(row, row.mine, account)
    if row.theirs is not None and row.base is not None:
        changes = _task_differs(row.base, row.theirs)
        account.kept += not changes
        if changes:
            account.findings.append(_about(IMPORT_DELETED, row.theirs, row.theirs.place, expected="、".join(changes)))
        return None
    account.taken += row.theirs is not None
    return row.theirs


def _without_theirs(row: PlanRow[Task], mine: Task, account: Merging) -> Task | None:
    changes = _task_differs(row.base, mine) if row.base is not None else []
    if row.base is not None and not changes:
        account.taken += 1
        return None
    alone = Three(f"任务{mine.number}", None, mine, None, task=mine.number)
    repeated = row.base is None and account.repeat(alone)
    account.kept += not changes and not repeated
    if changes:
        account.findings.append(_about(IMPORT_WITHDRAWN, mine, Place(), found="、".join(changes)))
    return mine


def _about(kind: Kind, task: Task, place: Place, **values: str) -> Finding:
    what = f"任务{task.number}“{task.content[:20]}…”" if len(task.content) > 20 else f"任务{task.number}"
    return Finding(kind, place, task=task.number, values={"what": what, "field": "number", **values})


def _merge_task(row: PlanRow[Task], mine: Task, theirs: Task, account: Merging) -> Task:
    number = mine.number
    if row.base is not None and evened(row.base.number) == evened(mine.number) and theirs.number != row.base.number:
        number = theirs.number  # as the field itself will be decided, for what is said of the others
    before = f"任务{mine.number}"
    three = Three(f"任务{number}", row.base, mine, theirs, theirs.place, task=number, before=before)
    fields = merge_fields(three, TASK_FIELDS, account)
    targets = _merge_targets(row, account, number)
    return replace(mine, **fields, targets=targets, place=theirs.place)


def _merge_targets(row: PlanRow[Task], account: Merging, number: str) -> tuple[Target, ...]:
    assert row.mine is not None
    assert row.theirs is not None
    base = row.base.targets if row.base is not None else ()
    rows = align(TARGETS, base, row.mine.targets, row.theirs.targets)
    for each in rows:
        each.result = _settle_target(each, account, number)
    return tuple(each.result for each in rows_in_order(rows) if each.result is not None)


def _settle_target(row: PlanRow[Target], account: Merging, task: str) -> Target | None:
    base, mine, theirs = row.base, row.mine, row.theirs
    if mine is not None and theirs is not None:
        what, goes = f"任务{task}的指标{mine.number}", mine.number
        if base is not None and evened(mine.number) == evened(base.number):
            goes = theirs.number
        before = f"任务{mine.task}的指标{mine.number}"
        three = Three(what, base, mine, theirs, theirs.place, task=task, target=goes, before=before)
        return replace(mine, **merge_fields(three, _MOVED_TARGET, account), place=theirs.place)
    one = mine or theirs
    if base is None or one is None:
        number = one.number if one is not None else ""
        alone = Three(f"任务{task}的指标{number}", None, mine, None, task=task, target=number)
        account.kept += mine is not None and not account.repeat(alone)
        account.taken += theirs is not None
        return one
    if not differing(base, one, TARGET_FIELDS):
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
    return differing(one, other, _WHOLE_TASK)


def _is_settled(row: PlanRow[Task]) -> bool:
    if row.base is None or row.mine is None or row.theirs is None:
        return False
    return not _task_differs(row.base, row.theirs) and bool(_task_differs(row.base, row.mine))


def _split(rows: Sequence[PlanRow[Task]], mine: Plan, theirs: Plan) -> tuple[list[Task], list[Measure]]:
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


def _numbers_taken(rows: Sequence[PlanRow[Task]]) -> Iterator[Finding]:
    """Numbers that the document gives anew, and another task has; a slip of the coordinator is no clash."""
    taken = {evened(row.theirs.number) for row in rows if row.result and row.theirs and _is_new_number(row)}
    for row in rows:
        own = row.result if row.theirs is None else None
        if own is not None and evened(own.number) in taken:
            values = {"found": own.number, "field": "number"}
            yield Finding(IMPORT_NUMBER_TAKEN, own.place, task=own.number, values=values)


def _is_new_number(row: PlanRow[Task]) -> bool:
    return row.base is None or row.theirs is None or evened(row.base.number) != evened(row.theirs.number)


# ---- units and goals ---------------------------------------------------------------------------------


def _names_in(tasks: Iterable[Task]) -> set[Hashable]:
    return {evened(name) for task in tasks for name in (*task.lead, *task.support)}


def _merge_units(plans: tuple[Plan, Plan, Plan], tasks: Sequence[Task], account: Merging) -> tuple[Unit, ...]:
    """The list of units; one that either side dropped comes back if only the other's words still name it."""
    base, mine, theirs = (plan.units for plan in plans)
    named = _names_in(tasks)
    fresh, own = named - _names_in(plans[1].tasks), named - _names_in(plans[2].tasks)

    def settle(row: PlanRow[Unit]) -> Unit | None:
        if row.mine is not None and row.theirs is not None:
            name = row.mine.name
            three = Three(f"单位“{name}”", row.base, row.mine, row.theirs, row.theirs.place, unit=name)
            return replace(row.mine, **merge_fields(three, _NAMED_UNIT, account), place=row.theirs.place)
        if row.mine is not None:
            untouched = row.base is not None and not differing(row.base, row.mine, UNIT_FIELDS)
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


def _merge_goals(plans: tuple[Plan, Plan, Plan], account: Merging) -> tuple[Goal, ...]:
    def settle(row: PlanRow[Goal]) -> Goal | None:
        if row.mine is not None and row.theirs is not None:
            what = f"总体目标{row.mine.number}"
            three = Three(what, row.base, row.mine, row.theirs, row.theirs.place)
            return replace(row.mine, **merge_fields(three, _WHOLE_GOAL, account), place=row.theirs.place)
        return _settle_goal(row, account)

    return _merge_all(GOALS, (plans[0].goals, plans[1].goals, plans[2].goals), settle)


def _settle_goal(row: PlanRow[Goal], account: Merging) -> Goal | None:
    one = row.mine or row.theirs
    if one is None or row.base is None or not differing(row.base, one, _WHOLE_GOAL):
        return _add_or_drop(row, account)
    kind = IMPORT_WITHDRAWN if row.mine is not None else IMPORT_DELETED
    words = {"found": shortened(worded(one.content)), "expected": shortened(worded(one.content))}
    account.findings.append(Finding(kind, values={"what": f"总体目标{one.number}", **words}))
    return row.mine


def _add_or_drop(row: PlanRow[Goal], account: Merging) -> Goal | None:
    """What one side alone has: added by it, or dropped by the other."""
    added = row.base is None
    account.kept += (row.mine is not None) == added and bool(row.mine or row.theirs)
    account.taken += (row.theirs is not None) == added and bool(row.mine or row.theirs)
    return (row.mine or row.theirs) if added else None


def _merge_all(
    pairing: Pairing[Thing],
    plans: tuple[Sequence[Thing], Sequence[Thing], Sequence[Thing]],
    settle: Callable[[PlanRow[Thing]], Thing | None],
) -> tuple[Thing, ...]:
    rows = align(pairing, *plans)
    for row in rows:
        row.result = settle(row)
    return tuple(row.result for row in rows_in_order(rows) if row.result is not None)
