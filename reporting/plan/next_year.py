"""Next year's plan out of this year's (年度结转): what is unfinished or goes on is carried over.

What is not carried over is listed. Nothing is decided that only the office can decide: words of the plan
stay as they are; a target, a deadline or a year in the text that was last year's is marked where it
stands, with what was reached.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Literal

from reporting.language.units import find_unit, fold
from reporting.language.units.registry import Proposal, Reform, propose
from reporting.language.values import format_number
from reporting.model.findings import Finding, Kind, Severity
from reporting.model.places import Place
from reporting.model.plans import Alias, Plan, Role, Target, Task, Unit
from reporting.model.review import Review
from reporting.model.whole import UNREPORTED, Consolidation, TargetReport, TaskLine
from reporting.office.form import Form
from reporting.plan.words import goal_text

TARGET_TO_RENEW = Kind(
    "target_to_renew",
    Severity.CONFIRM,
    "指标{target}的目标值{expected}是{year}年度的，{found}。",
    "请改为本年度的目标值；目标值不变的，删去这条批注；不再设这项指标的，整行删除。",
)
DEADLINE_TO_RENEW = Kind(
    "deadline_to_renew",
    Severity.CONFIRM,
    "任务{number}的完成时限“{found}”是{year}年度的。",
    "请改为本年度的完成时限，并一并改正“截止日期”；时限不变的，删去这条批注。",
)
TEXT_NAMES_LAST_YEAR = Kind(
    "text_names_last_year",
    Severity.NOTE,
    "任务{number}的工作内容中写有“{found}年”，是上一年度的说法。",
    "请按本年度的要求修改；不必修改的，删去这条批注。",
)
UNIT_RENAMED = Kind(
    "unit_now_named",
    Severity.NOTE,
    "“{found}”自{year}年起名为“{expected}”，各项任务中已经改用新名称，原名称列为别名。{reason}",
    "请核对；属实的，删去这条批注，不属实的，把名称改回。",
)
KINDS = (TARGET_TO_RENEW, TEXT_NAMES_LAST_YEAR, UNIT_RENAMED)
"""What ``plan check`` goes on asking until it is settled; of dates that have passed its own rules speak."""

Fate = Literal["结转", "已完成，不列入", "不再执行，不列入"]
CARRIED: Fate = "结转"
FINISHED: Fate = "已完成，不列入"
DROPPED: Fate = "不再执行，不列入"

_LASTING = ("ongoing", "annual", "date+ongoing")
"""Kinds of deadline that come back every year, however this year's part went."""


@dataclass(frozen=True, slots=True)
class TaskFate:
    """What becomes of one task of the old plan (结转情况). ``number`` is the new one, empty when left out."""

    line: TaskLine
    fate: Fate
    why: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class TargetFate:
    """One target of the old plan with what was reported and verified; ``number`` as in ``TaskFate``."""

    report: TargetReport
    verified: float | None
    number: str = ""

    @property
    def reached(self) -> str:
        """What was reached, in words: the verified figure before the reported one."""
        target = self.report.target
        if self.verified is not None:
            return f"{self.report.unit}核定完成{format_number(self.verified)}{target.unit}"
        if self.report.value is not None:
            return f"{self.report.unit}完成{format_number(self.report.value)}{target.unit}"
        return f"{self.report.unit}没有报送完成值"


@dataclass(frozen=True, slots=True)
class Rollover:
    """The draft of next year's plan, what is marked in it, remarks by task, and what became of each task."""

    year: int
    plan: Plan
    findings: tuple[Finding, ...]
    remarks: Mapping[str, str]
    tasks: tuple[TaskFate, ...]
    targets: tuple[TargetFate, ...]

    def count(self, fate: Fate) -> int:
        """How many tasks met with this fate."""
        return sum(each.fate == fate for each in self.tasks)


def roll_over(
    plan: Plan,
    whole: Consolidation,
    verified: Sequence[TaskLine],
    review: Review | None,
    reforms: Sequence[Reform],
    form: Form,
) -> Rollover:
    """Draw next year's plan from this year's as issued, with everything that was reported and verified.

    ``verified`` are the tasks as the inspection found them, or as reported; ``plan`` has the decisions of the
    office laid over it.
    """
    year = whole.year + 1
    fates = _number(plan, [_fate_of(line, form) for line in verified])
    units, renamed = _renamed_units(plan.units, year, reforms)
    names = {each.name: each.means for each in renamed}
    carried = [_carry(each, names) for each in fates if each.fate == CARRIED]
    fresh = Plan(
        title=(plan.title or whole.title).replace(str(whole.year), str(year)),
        issuer=plan.issuer,
        year=year,
        document_number=None,
        tasks=tuple(carried),
        units=units,
        goals=plan.goals,
    )
    aims = _targets(whole, fates, review)
    findings = (
        *_target_findings(aims, whole.year),
        *_goal_findings(plan, whole.year),
        *_task_findings(carried, whole.year),
        *(_as_finding(each, year) for each in renamed),
        *(each.as_finding() for each in _new_proposals(fresh.units, whole.year, reforms)),
    )
    remarks = {each.number: _remark(each, whole.year) for each in fates if each.number}
    return Rollover(year, fresh, findings, remarks, tuple(fates), tuple(aims))


# ---- tasks -------------------------------------------------------------------------------------------


def _fate_of(line: TaskLine, form: Form) -> TaskFate:
    outcome = form.outcome(line.status)
    deadline = line.task.deadline
    if outcome == "void":
        return TaskFate(line, DROPPED, f"上年度为“{line.status}”")
    if deadline is not None and deadline.kind in _LASTING:
        return TaskFate(line, CARRIED, f"完成时限为“{deadline.text}”，各年度都要做")
    silent = [each.unit for each in line.silent if each.role is Role.LEAD]
    if outcome == "done" and silent:
        return TaskFate(line, CARRIED, f"牵头单位{'、'.join(silent)}上年度没有报送，不知是否完成")
    if outcome == "done":
        return TaskFate(line, FINISHED, f"上年度{line.status}")
    if line.status == UNREPORTED:
        return TaskFate(line, CARRIED, "上年度没有报送，不知是否完成")
    return TaskFate(line, CARRIED, f"上年度为“{line.status}”，没有完成")


def _number(plan: Plan, fates: Iterable[TaskFate]) -> list[TaskFate]:
    """Give the tasks that go on their new numbers: from 1 on, where the old ones were such a count.

    Numbers such as 二（一）3 say where a task stands under its headings, and stay.
    """
    counts = all(task.number.isdecimal() for task in plan.tasks)
    numbers = (str(number) for number in count(1))
    return [
        replace(each, number=next(numbers) if counts else each.line.task.number) if each.fate == CARRIED else each
        for each in fates
    ]


def _carry(fate: TaskFate, names: Mapping[str, str]) -> Task:
    task, number = fate.line.task, fate.number
    targets = (
        replace(
            each,
            number=f"{number}-{order}",
            task=number,
            place=Place(),
            reporter=names.get(each.reporter, each.reporter),
        )
        for order, each in enumerate(task.targets, 1)
    )
    return replace(
        task,
        number=number,
        lead=tuple(names.get(each, each) for each in task.lead),
        support=tuple(names.get(each, each) for each in task.support),
        targets=tuple(targets),
        place=Place(),
    )


def _remark(fate: TaskFate, year: int) -> str:
    """This year's state of a task, as it stands beside it in next year's plan."""
    line = fate.line
    progress = f"，进度{format_number(line.progress)}%" if line.progress is not None else ""
    return f"{year}年度第{line.task.number}项：{line.status}{progress}。"


def _task_findings(tasks: Sequence[Task], year: int) -> Iterator[Finding]:
    for task in tasks:
        deadline = task.deadline
        dated = deadline is not None and deadline.date is not None and deadline.date.year <= year
        if deadline is not None and (dated or str(year) in deadline.text):
            values = {"number": task.number, "found": deadline.text, "year": str(year), "field": "deadline"}
            yield Finding(DEADLINE_TO_RENEW, task=task.number, values=values)
        if f"{year}年" in task.content:
            values = {"number": task.number, "found": str(year), "field": "content"}
            yield Finding(TEXT_NAMES_LAST_YEAR, task=task.number, values=values)


# ---- targets -----------------------------------------------------------------------------------------


def _targets(whole: Consolidation, fates: Iterable[TaskFate], review: Review | None) -> list[TargetFate]:
    figures = {(each.number, each.unit): each.value for each in review.targets} if review else {}
    new = {
        target.number: f"{fate.number}-{order}"
        for fate in fates
        if fate.number
        for order, target in enumerate(fate.line.task.targets, 1)
    }
    return [
        TargetFate(each, figures.get((each.target.number, each.unit)), new.get(each.target.number, ""))
        for each in whole.targets
    ]


def _target_findings(aims: Sequence[TargetFate], year: int) -> Iterator[Finding]:
    told: dict[str, list[TargetFate]] = {}
    for each in aims:
        if each.number:
            told.setdefault(each.number, []).append(each)
    for number, reports in told.items():
        yield _to_renew(
            reports[0].report.target, number, year, "，".join(dict.fromkeys(each.reached for each in reports))
        )


def _goal_findings(plan: Plan, year: int) -> Iterator[Finding]:
    """The overall goals: no unit reports on them alone."""
    for goal in plan.goals:
        for target in goal.targets:
            yield _to_renew(target, target.number, year, "属于总体目标")


def _to_renew(target: Target, number: str, year: int, reached: str) -> Finding:
    goal = f"{goal_text(target)}{target.unit}"
    values = {"field": "target", "target": number, "year": str(year), "expected": goal, "found": reached}
    return Finding(TARGET_TO_RENEW, task=number.rpartition("-")[0], values=values)


# ---- units -------------------------------------------------------------------------------------------


def _renamed_units(
    units: Sequence[Unit], year: int, reforms: Sequence[Reform]
) -> tuple[tuple[Unit, ...], list[Proposal]]:
    """The units under the names they have in the new year.

    A name that the office itself gave from a year on (an alias with years) is taken, and a renaming that the
    registry dates to the new year. Neither merges anything: where the new name is that of another unit of the
    plan, it stays a proposal.
    """
    renamed = [
        each for each in (*_own_names(units, year), *_renamings(units, year, reforms)) if not _is_anothers(each, units)
    ]
    several = Counter(fold(each.means) for each in renamed)  # two units of one new name would be a merger
    certain = [each for each in renamed if several[fold(each.means)] == 1]
    names = {each.name: each.means for each in certain}
    return tuple(_under_new_names(unit, names, year) for unit in units), certain


def _is_anothers(renamed: Proposal, units: Sequence[Unit]) -> bool:
    """Whether the new name is already one of another unit's."""
    others = (unit for unit in units if fold(unit.name) != fold(renamed.name))
    return find_unit(renamed.means, others) is not None


def _own_names(units: Iterable[Unit], year: int) -> Iterator[Proposal]:
    for unit in units:
        for alias in unit.aliases:
            if alias.since == year:
                yield Proposal(unit.name, alias.name, "据 plan.xlsx 工作表“单位”的别名。")


def _renamings(units: Sequence[Unit], year: int, reforms: Sequence[Reform]) -> Iterator[Proposal]:
    new = [each for each in reforms if each.since == year and not each.kept]
    for each in propose(units, year, new):
        yield replace(each, reason=f"依据：{each.reason}。")


def _under_new_names(unit: Unit, names: Mapping[str, str], year: int) -> Unit:
    """A unit by its new name, the old one an alias until the year before; a group lists the new names."""
    members = tuple(names.get(each, each) for each in unit.members)
    if unit.name not in names:
        return replace(unit, members=members)
    name = names[unit.name]
    aliases = (each for each in unit.aliases if fold(each.name) != fold(name))
    return replace(unit, name=name, members=members, aliases=(Alias(unit.name, until=year - 1), *aliases))


def _new_proposals(units: Sequence[Unit], year: int, reforms: Sequence[Reform]) -> Iterator[Proposal]:
    """What the registry proposes from the new year on; what it proposed before was answered then."""
    before = {(each.name, each.means) for each in propose(units, year, reforms)}
    for each in propose(units, year + 1, reforms):
        if (each.name, each.means) not in before:
            yield each


def _as_finding(renamed: Proposal, year: int) -> Finding:
    values = {
        "found": renamed.name,
        "expected": renamed.means,
        "reason": renamed.reason,
        "year": str(year),
        "field": "name",
    }
    return Finding(UNIT_RENAMED, unit=renamed.means, values=values)
