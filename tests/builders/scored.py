"""Years to be scored, by what each unit said on each task."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from math import floor
from typing import Any, Literal

from hypothesis import strategies as st

from builders.year import a_figure, a_line, a_report, a_target, a_task, a_unit, consolidate
from reporting.model import Consolidation, Role, TargetReport, TaskLine, UnitLine, UnitState
from reporting.model.review import Review, Scores, TargetReview, TaskReview, UnitReview
from reporting.office.settings import Deductions, Grades, Scoring


@dataclass(frozen=True)
class Said:
    """What one unit said on one task; a status of "" is silence."""

    unit: str = "市教育局"
    status: str = "已完成"
    progress: float | None = 100
    role: Role = Role.LEAD
    evidence: str = "澜教发〔2026〕8号"
    figures: tuple[tuple[float, float | None], ...] = ()
    """Goal and reported figure of each target."""


def year(
    *tasks: Sequence[Said] | Said, states: dict[str, tuple[UnitState, bool | None]] | None = None
) -> Consolidation:
    """A year of tasks 1, 2, 3 … by what the units said on each."""
    lines, targets = [], []
    units: dict[str, list[str]] = {}
    for number, said in enumerate(tasks, 1):
        line, own = task_line(str(number), (said,) if isinstance(said, Said) else tuple(said))
        lines.append(line)
        targets += own
        for unit in owing(line):
            units.setdefault(unit, []).append(str(number))
    unit_lines = [
        unit_line(ordinal, unit, numbers, *(states or {}).get(unit, (UnitState.ACCEPTED, True)))
        for ordinal, (unit, numbers) in enumerate(units.items(), 1)
    ]
    about = {"title": "任务分解方案", "issuer": "澜川市知识产权局", "document_number": ""}
    days = {"due": date(2026, 12, 20), "data_as_of": date(2026, 12, 20), "as_of": date(2027, 1, 10)}
    return consolidate(lines, unit_lines, targets, **about, **days)


def owing(line: TaskLine) -> list[str]:
    """Everybody who owes a word on a task."""
    return [*(each.unit for each in line.reports), *(each.unit for each in line.silent)]


def task_line(number: str, said: Sequence[Said]) -> tuple[TaskLine, list[TargetReport]]:
    goals = [a_target(f"{number}-{i}", f"指标{i}", goal, "件") for i, (goal, _) in enumerate(said[0].figures, 1)]
    leads = [each for each in said if each.role is Role.LEAD]
    support = " ".join(each.unit for each in said if each.role is Role.SUPPORT)
    task = a_task(
        number, "一、夯实基础", f"完成第{number}项工作。", " ".join(each.unit for each in leads), support, *goals
    )
    reports = [
        a_report(*(each.unit, each.role, each.status, each.progress), result="做了", evidence=each.evidence)
        for each in said
        if each.status
    ]
    figures = [
        replace(a_figure(goal, each.unit, value), ratio=None, reached=None)
        for each in leads
        for goal, (_, value) in zip(goals, each.figures, strict=True)
    ]
    return a_line(task, said[0].status, said[0].progress, *reports), figures


def unit_line(ordinal: int, unit: str, numbers: Sequence[str], state: UnitState, on_time: bool | None) -> UnitLine:
    received = datetime(2026, 12, 10) if on_time is not None else None
    owed = {"tasks": tuple(numbers), "led": len(numbers), "supported": 0}
    return a_unit(ordinal, unit, state, (), received=received, versions=1, on_time=on_time, **owed)


def one(scores: Scores) -> Any:
    (found,) = scores.tasks
    return found


STATUSES = ("已完成", "基本完成", "达到序时进度", "持续推进", "滞后", "未启动", "未完成", "不适用", "")


UNITS = ("市教育局", "市司法局", "市公安局", "临江区人民政府")


STATES = (
    *((UnitState.ACCEPTED, True), (UnitState.ACCEPTED, False)),
    *((UnitState.LATE, None), (UnitState.RETURNED, None)),
)


Method = Literal["full", "pro_rata", "four_steps"]


_METHODS: list[Method] = ["full", "pro_rata", "four_steps"]


METHODS = st.sampled_from(_METHODS)


figures = st.tuples(st.integers(1, 50).map(float), st.one_of(st.none(), st.floats(0, 200).map(lambda x: round(x, 1))))


@st.composite
def tasks(draw: st.DrawFn) -> list[Said]:
    """One task with one lead, perhaps with figures, and any supporters."""
    units = draw(st.lists(st.sampled_from(UNITS), min_size=1, max_size=4, unique=True))
    own = draw(st.lists(figures, max_size=3))
    return [
        Said(
            unit,
            draw(st.sampled_from(STATUSES)),
            draw(st.one_of(st.none(), st.integers(0, 100).map(float))),
            Role.LEAD if i == 0 else Role.SUPPORT,
            draw(st.sampled_from(["无", "文件"])),
            tuple(own) if i == 0 else (),
        )
        for i, unit in enumerate(units)
    ]


@st.composite
def scorings(draw: st.DrawFn) -> Scoring:
    """A way of scoring: methods, weights, shares, deductions, caps, thresholds and quotas."""
    numbered = st.dictionaries(st.sampled_from(["1", "2", "3"]), METHODS, max_size=2)
    qualified, good, excellent = sorted(draw(st.lists(st.integers(0, 105), min_size=3, max_size=3)))
    quota = st.sampled_from([0.0, 10.0, 25.0, 50.0, 100.0])
    return Scoring(
        method=draw(METHODS),
        task_methods=draw(numbered),
        target_methods={f"{task}-1": method for task, method in draw(numbered).items()},
        category_methods=draw(st.dictionaries(st.just("夯实基础"), METHODS)),
        over_cap=draw(st.integers(0, 20)),
        bonus_cap=draw(st.integers(0, 10)),
        support_share=draw(st.sampled_from([0.0, 0.3, 0.5, 1.0])),
        task_weights=draw(st.dictionaries(st.sampled_from(["1", "2", "3"]), st.sampled_from([0.0, 0.5, 1.5, 2.0]))),
        category_weights=draw(st.dictionaries(st.just("一、夯实基础"), st.sampled_from([0.1, 3.0]))),
        deductions=Deductions(
            not_sent=draw(st.sampled_from([0.0, 10.0])),
            late=draw(st.sampled_from([0.0, 0.25, 2.0])),
            hollow=draw(st.sampled_from([0.0, 0.5, 5.0])),
            missing_item=draw(st.sampled_from([0.0, 0.1, 0.15])),
        ),
        grades=Grades(
            excellent=excellent, good=good, qualified=qualified, excellent_quota=draw(quota), good_quota=draw(quota)
        ),
    )


@st.composite
def years(draw: st.DrawFn) -> tuple[Consolidation, Review, Scoring]:
    """A year, what was verified of it, and the way of scoring."""
    plan = draw(st.lists(tasks(), max_size=5))
    states = {unit: draw(st.sampled_from(STATES)) for unit in UNITS}
    whole = year(*plan, states=states)
    reviews = [
        TaskReview(
            line.task.number,
            unit,
            status=draw(st.sampled_from(STATUSES)),
            progress=draw(st.one_of(st.none(), st.integers(0, 100).map(float))),
            score=draw(st.one_of(st.none(), st.none(), st.integers(0, 1000).map(lambda x: x / 10))),
            material=draw(st.sampled_from(["", "", "齐全", "缺佐证材料", "内容空洞", "缺佐证且内容空洞"])),
        )
        for line in whole.tasks
        for unit in owing(line)
        if draw(st.booleans())
    ]
    values = [
        TargetReview(each.target.number, each.unit, draw(st.integers(0, 80).map(float)))
        for each in whole.targets
        if draw(st.booleans())
    ]
    units = [
        UnitReview(
            *(unit, draw(st.integers(0, 20).map(float)), "依据"),
            veto=draw(st.sampled_from([False, False, True])),
            veto_reason="材料不实",
        )
        for unit in UNITS
        if draw(st.booleans())
    ]
    review = Review(100, 1, tasks=tuple(reviews), targets=tuple(values), units=tuple(units))
    return whole, review, draw(scorings())


def exact(value: float) -> Fraction:
    return Fraction(str(value))


def round1(value: Fraction) -> Fraction:
    return Fraction(floor(value * 10 + Fraction(1, 2)), 10)
