"""What must stand in the documents of a made-up year, counted anew from the answers of the units.

Nothing here comes from the program but the records of the plan: who owes what, which return counts, how a
task stands, how many there are of each, which targets are reached. The rules are those of docs/guide.zh.md.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from builders.years.made import AS_OF, BLANK, DUE, GROUP, OPEN, STATUSES, Answer, Figure, Year
from reporting.model import Decision, DecisionKind, Target, Task, Verdict

UNREPORTED = "未报送"
LEAD, SUPPORT = "牵头", "配合"
GROUPS = {
    **{"已完成": "完成", "基本完成": "推进中", "达到序时进度": "推进中", "持续推进": "推进中"},
    **{"滞后": "滞后", "未启动": "滞后", "未完成": "滞后", "调整取消": "不计入", "不适用": "不计入"},
    **{UNREPORTED: UNREPORTED, "": "其他"},
}
_BACKWARD = {"滞后": 3, "推进中": 2, "完成": 1, "不计入": 0}
REACHED, MISSED, UNCLEAR = "达到目标值", "未达到目标值", "暂不能判断"
TARGET_STATES = (REACHED, MISSED, UNCLEAR, UNREPORTED)
SENT, RETURNED, LATE, AWAITED = "已报送", "退回修改", "逾期未报", "待报送"
_HOLLOW = ("", "无", "/")


def hollow(text: str) -> bool:
    """Whether nothing was written."""
    return text.strip() in _HOLLOW


def lines_of(text: str) -> list[str]:
    """A text by its lines."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def percent(part: int | float, whole: int | float) -> str:
    """A share in percent, as a calculator shows it, to one decimal."""
    exact = Decimal(repr(part)) * 100 / Decimal(repr(whole))
    return f"{exact.quantize(Decimal('0.1'), ROUND_HALF_UP)}%"


def written(value: float) -> str:
    """A figure without needless decimals."""
    return f"{value:.10g}"


def add_up(counts: Sequence[int], shown: Sequence[str]) -> str:
    """What is wrong with the shares shown for counts that make up a whole; empty when nothing is.

    They add up to 100.0; each is its count's share to one decimal, but the greatest of those that are not
    exact may take the difference.
    """
    total = sum(counts)
    tenths = [round(float(text.rstrip("%")) * 10) for text in shown]
    if not total:
        return "" if not any(tenths) else f"nothing to share, yet {shown}"
    off = [abs(tenth - count * 1000 / total) for tenth, count in zip(tenths, counts, strict=True)]
    most = max((count for count in counts if count * 1000 % total), default=0)
    fair = all(
        each <= 0.5 + 1e-9 or (count == most and each <= 0.5 * len(counts) + 1e-9)
        for each, count in zip(off, counts, strict=True)
    )
    return "" if sum(tenths) == 1000 and fair else f"{shown} for {list(counts)}"


def bare(category: str) -> str:
    """A category without its number."""
    return re.sub(r"^[一二三四五六七]、", "", category)


def goal_of(target: Target) -> str:
    """What a target asks for, without its unit."""
    signs = {">=": "≥", ">": "＞", "=": "", "<=": "≤", "<": "＜", "growth>=": "增长≥"}
    return f"{signs[target.op]}{written(target.value)}"


@dataclass(frozen=True, slots=True)
class Part:
    """One task of one unit, with what the unit's counting return says on it; None is silence."""

    task: Task
    unit: str
    role: str
    answer: Answer | None

    @property
    def group(self) -> str:
        """How the unit itself says the task stands."""
        return GROUPS[self.answer.status] if self.answer else UNREPORTED


@dataclass(frozen=True, slots=True)
class Row:
    """One target of one unit."""

    target: Target
    unit: str
    figure: Figure | None
    state: str

    @property
    def ratio(self) -> str:
        """The figure in percent of its goal; a dash where more is not better."""
        value = self.figure.value if self.figure else None
        if value is None or not self.target.value or self.target.op in ("<", "<="):
            return "—"
        return percent(value, self.target.value)

    @property
    def words(self) -> str:
        """The figure as the documents show it."""
        if self.figure is None or not self.figure.raw:
            return UNREPORTED
        return self.figure.raw if self.figure.value is None else written(self.figure.value) + self.target.unit


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one unit stands."""

    unit: str
    state: str
    on_time: bool | None
    received: date | None
    versions: int
    returned: int
    errors: int


class Told:
    """A year counted."""

    def __init__(self, year: Year) -> None:
        self.year = year
        self.tasks = year.plan.tasks
        self.kept = {each.unit: each for each in year.sent if each.verdict is Verdict.ACCEPTED}
        self.parts = [part for task in self.tasks for part in self._parts(task)]

    @cached_property
    def nobody(self) -> bool:
        """Whether there is not one word on any task."""
        return not any(part.answer for part in self.parts)

    # ---- who owes what -------------------------------------------------------------------------------

    @cached_property
    def members(self) -> tuple[str, ...]:
        """The units that a group stands for."""
        return next((each.members for each in self.year.plan.units if each.name == GROUP), ())

    def _moves(self, task: Task) -> list[Decision]:
        moving = DecisionKind.REASSIGNMENT
        return [each for each in self.year.decisions if each.kind is moving and each.task == task.number]

    def _owing(self, task: Task, *, moved: bool = True) -> list[tuple[str, str]]:
        """Units with their roles, after what was given away or before."""
        found: dict[str, str] = {}
        for role, names in ((LEAD, task.lead), (SUPPORT, task.support)):
            for name in names:
                for unit in self.members if name == GROUP else () if name == OPEN else (name,):
                    found.setdefault(unit, role)
        owing = list(found.items())
        for move in self._moves(task) if moved else ():
            owing = [(move.receiver if unit == move.unit else unit, role) for unit, role in owing]
        return owing

    def _parts(self, task: Task) -> Iterator[Part]:
        for unit, role in self._owing(task):
            sent = self.kept.get(unit)
            answer = sent.answers.get(task.number, BLANK) if sent else BLANK
            yield Part(task, unit, role, None if answer == BLANK else answer)

    def lead_names(self, task: Task) -> list[str]:
        """Who leads a task, in the words of the plan, or as the office decided since."""
        moved = self._moves(task)
        return [part.unit for part in self.of(task) if part.role == LEAD] if moved else list(task.lead)

    def of(self, task: Task) -> list[Part]:
        """Everybody's part in a task."""
        return self._by_task[task.number]

    @cached_property
    def _by_task(self) -> dict[str, list[Part]]:
        found: dict[str, list[Part]] = {task.number: [] for task in self.tasks}
        for part in self.parts:
            found[part.task.number].append(part)
        return found

    @cached_property
    def units(self) -> list[str]:
        """Every unit that owes a return, in the order of the plan's list.

        Whoever had no task before one was given to it comes last, so that no other's place moves.
        """
        owing = {part.unit for part in self.parts}
        before = {unit for task in self.tasks for unit, _ in self._owing(task, moved=False)}
        listed = [name for unit in self.year.plan.units for name in (unit.members or (unit.name,))]
        given = [each.receiver for each in self.year.decisions]
        ordered = [name for name in listed if name in before] + [name for name in given if name not in before]
        return [name for name in dict.fromkeys(ordered) if name in owing]

    # ---- how tasks stand -----------------------------------------------------------------------------

    def status(self, task: Task) -> str:
        """The status of a task: its least advanced lead's."""
        return self._joint(task)[0]

    def progress(self, task: Task) -> float | None:
        """The least progress of those who decide."""
        return self._joint(task)[1]

    def _joint(self, task: Task) -> tuple[str, float | None]:
        deciding = [
            part.answer
            for part in self.of(task)
            if part.answer is not None and part.answer.status and (part.role == LEAD or not task.lead)
        ]
        if not deciding:
            return UNREPORTED, None
        worst = max(
            deciding,
            key=lambda each: (_BACKWARD[GROUPS[each.status]], -(each.progress or 0), STATUSES.index(each.status)),
        )
        known = [each.progress for each in deciding if each.progress is not None]
        return worst.status, min(known) if known else None

    @cached_property
    def statuses(self) -> Counter[str]:
        """How many tasks have each status."""
        return Counter(self.status(task) for task in self.tasks)

    @cached_property
    def groups(self) -> Counter[str]:
        """How many tasks belong to each group."""
        return Counter(GROUPS[self.status(task)] for task in self.tasks)

    def in_group(self, *groups: str) -> list[Task]:
        """The tasks of some groups."""
        return [task for task in self.tasks if GROUPS[self.status(task)] in groups]

    @property
    def counting(self) -> int:
        """The tasks that count for the rate."""
        return len(self.tasks) - self.groups["不计入"]

    @property
    def rate(self) -> str:
        """The completion rate."""
        return percent(self.groups["完成"], self.counting) if self.counting else "—"

    def categories(self) -> list[str]:
        """The categories in the order of the plan."""
        return list(dict.fromkeys(task.category for task in self.tasks))

    def of_category(self, category: str) -> list[Task]:
        """The tasks of a category."""
        return [task for task in self.tasks if task.category == category]

    def overdue(self) -> list[Task]:
        """What is going on though its day is past by the day of the figures."""
        return [
            task
            for task in self.in_group("推进中")
            if task.deadline and task.deadline.kind == "date" and (task.deadline.date or AS_OF) < AS_OF
        ]

    def by_unit(self, unit: str) -> Counter[str]:
        """A unit's tasks as it says itself that they stand."""
        return Counter(part.group for part in self.parts if part.unit == unit)

    # ---- targets -------------------------------------------------------------------------------------

    @cached_property
    def rows(self) -> list[Row]:
        """Every figure that is owed."""
        return [row for task in self.tasks for target in task.targets for row in self._rows(task, target)]

    def _rows(self, task: Task, target: Target) -> list[Row]:
        figures: list[tuple[str, Figure | None]] = []
        for part in self.of(task):
            if part.role == LEAD or not task.lead:
                sent = self.kept.get(part.unit)
                figures.append((part.unit, sent.figures.get(target.number) if sent else None))
        values = [figure.value for _, figure in figures if figure and figure.value is not None]
        sums = target.op in (">=", ">", "=") and target.unit != "%"
        shared = len(self.lead_names(task)) > 1 and (
            any(_meets(target, each) for each in values) or (sums and values and _meets(target, sum(values)))
        )
        return [Row(target, unit, figure, _state(target, figure, bool(shared))) for unit, figure in figures]

    @cached_property
    def target_states(self) -> dict[str, str]:
        """How each target stands, counted once however many units report it."""
        return {target.number: self._target_state(target) for task in self.tasks for target in task.targets}

    def _target_state(self, target: Target) -> str:
        states = {row.state for row in self.rows if row.target is target} - {UNREPORTED}
        return next((state for state in (MISSED, UNCLEAR, REACHED) if state in states), UNREPORTED)

    # ---- units ---------------------------------------------------------------------------------------

    def due(self, unit: str) -> date:
        """By when a unit's return is due."""
        given = [
            each.until
            for each in self.year.decisions
            if each.kind is DecisionKind.EXTENSION and each.unit == unit and not each.task and each.until
        ]
        return given[-1] if given else DUE

    @cached_property
    def standings(self) -> list[Standing]:
        """Every unit's standing."""
        return [self._standing(unit) for unit in self.units]

    def _standing(self, unit: str) -> Standing:
        own = [each for each in self.year.sent if each.unit == unit]
        judged = [each for each in own if each.verdict is not Verdict.SUPERSEDED]
        newest = judged[-1] if judged else None
        late = self.year.today > self.due(unit)
        return Standing(
            unit,
            (LATE if late else AWAITED) if newest is None else _STATES[newest.verdict],
            min(each.at for each in own).date() <= self.due(unit) if own else None,
            newest.at.date() if newest else None,
            len(own),
            sum(each.verdict is Verdict.RETURNED for each in own),
            newest.errors if newest and newest.verdict is Verdict.RETURNED else 0,
        )

    def in_state(self, *states: str) -> list[Standing]:
        """The units that stand so."""
        return [each for each in self.standings if each.state in states]

    @cached_property
    def return_parts(self) -> dict[str, int]:
        """The units by how they sent."""
        sent = self.in_state(SENT)
        on_time = sum(bool(each.on_time) for each in sent)
        return {
            "按时报送": on_time,
            "逾期报送": len(sent) - on_time,
            "退回修改": len(self.in_state(RETURNED)),
            UNREPORTED: len(self.in_state(LATE, AWAITED)),
        }

    def decided(self) -> list[str]:
        """What the office decided, as the reports tell it."""
        return [_decision_words(each) for each in self.year.decisions]


_STATES = {Verdict.ACCEPTED: SENT, Verdict.RETURNED: RETURNED}


def _decision_words(each: Decision) -> str:
    if each.kind is DecisionKind.EXTENSION and each.until:
        what = f"任务 {each.task} " if each.task else "整份填报表"
        day = f"{each.until.year}年{each.until.month}月{each.until.day}日"
        return f"{each.unit}{what}延期至{day}报送：{each.reason}"
    return f"任务 {each.task} 由{each.unit}改派{each.receiver}{each.role}：{each.reason}"


def _meets(target: Target, value: float) -> bool:
    if target.op in ("<=", "<"):
        return value < target.value or (target.op == "<=" and value == target.value)
    return value > target.value or (target.op != ">" and value == target.value)


def _state(target: Target, figure: Figure | None, shared: bool) -> str:
    if figure is None or not figure.raw:
        return UNREPORTED
    if figure.value is None:
        return UNCLEAR
    return REACHED if _meets(target, figure.value) else UNCLEAR if shared else MISSED
