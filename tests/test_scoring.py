"""Scores: worked examples as an office would do them by hand, and laws tried over many made-up years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from math import floor
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.form import Form
from reporting.model import (
    Assignment,
    Consolidation,
    Plan,
    Report,
    Role,
    Target,
    TargetReport,
    Task,
    TaskLine,
    UnitLine,
    UnitState,
)
from reporting.review import (
    EXCELLENT,
    EXEMPT,
    FAILED,
    GOOD,
    GRADES,
    NO_GRADE,
    PASSED,
    PENDING,
    TO_RECTIFY,
    UNQUALIFIED,
    Review,
    Scores,
    TargetReview,
    TaskReview,
    UnitReview,
)
from reporting.scoring import fulfilment, idle_weights, score, worth
from reporting.settings import Deductions, Grades, Scoring

NO_DEDUCTIONS = Deductions(not_sent=0, late=0, missing_item=0)


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
    day = date(2026, 12, 20)
    return Consolidation(
        *("任务分解方案", "澜川市知识产权局", 2026, "", day, day, date(2027, 1, 10)),
        tasks=tuple(lines),
        targets=tuple(targets),
        units=tuple(unit_lines),
        categories=(),
        statuses=(),
    )


def owing(line: TaskLine) -> list[str]:
    """Everybody who owes a word on a task."""
    return [*(each.unit for each in line.reports), *(each.unit for each in line.silent)]


def task_line(number: str, said: Sequence[Said]) -> tuple[TaskLine, list[TargetReport]]:
    goals = [
        Target(f"{number}-{i}", number, f"指标{i}", ">=", goal, "件")
        for i, (goal, _) in enumerate(said[0].figures, 1)
    ]
    task = Task(
        number,
        ("一、夯实基础",),
        f"完成第{number}项工作。",
        tuple(each.unit for each in said if each.role is Role.LEAD),
        tuple(each.unit for each in said if each.role is Role.SUPPORT),
        targets=tuple(goals),
    )
    reports = tuple(
        Report(each.unit, each.role, each.status, each.progress, "做了", "", "", each.evidence, 95, "")
        for each in said
        if each.status
    )
    silent = tuple(Assignment(task, each.unit, each.role) for each in said if not each.status)
    figures = [
        TargetReport(goal, each.unit, value, "", "", "", None, None, value is not None)
        for each in said
        if each.role is Role.LEAD
        for goal, (_, value) in zip(goals, each.figures, strict=True)
    ]
    return TaskLine(task, said[0].status, said[0].progress, reports, silent), figures


def unit_line(
    ordinal: int, unit: str, numbers: Sequence[str], state: UnitState, on_time: bool | None
) -> UnitLine:
    received = datetime(2026, 12, 10) if on_time is not None else None
    return UnitLine(unit, ordinal, state, received, 1, 0, 0, on_time, tuple(numbers), len(numbers), 0)


def one(scores: Scores) -> Any:
    (found,) = scores.tasks
    return found


# ---- one task -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "done", "marks"),
    [
        ("full", 1.0, 100.0),
        ("full", 0.99, 0.0),
        ("pro_rata", 5 / 6, 83.3),
        ("pro_rata", 1.4, 100.0),
        ("four_steps", 1.04, 104.0),
        ("four_steps", 3.0, 110.0),
        ("four_steps", 1.0, 100.0),
        ("four_steps", 0.75, 75.0),
        ("four_steps", 0.6, 60.0),
        ("four_steps", 0.59, 0.0),
    ],
)
def test_each_method_gives_its_marks(method: Any, done: float, marks: float) -> None:
    assert worth(done, Scoring(method=method)) == marks


@pytest.mark.parametrize(
    ("op", "goal", "value", "done"),
    [
        (">=", 6, 5, 5 / 6),
        (">=", 6, 9, 1.5),
        (">=", 6, -1, 0.0),
        ("=", 3, 2, 2 / 3),
        (">", 10, 10, 0.9999),
        ("growth>=", 8, 4, 0.5),
        ("<=", 5, 4, 1.0),
        ("<=", 5, 5, 1.0),
        ("<=", 5, 10, 0.5),
        ("<", 5, 5, 0.9999),
        ("<=", 0, 2, 0.0),
        (">=", 0, 0, 1.0),
    ],
)
def test_fulfilment_goes_by_the_comparator(op: Any, goal: float, value: float, done: float) -> None:
    assert fulfilment(Target("1", "1", "指标", op, goal, "件"), value) == pytest.approx(done)


def test_an_unverified_task_is_scored_from_the_report_and_says_so(form: Form) -> None:
    found = one(score(year(Said(status="滞后", progress=60)), Review(100, 1), Scoring(), form))
    assert (found.points, found.verified) == (60.0, False)
    assert found.formula == "上报状态滞后，上报进度60%，100×60%＝60.0（未核定，按上报情况）"


def test_a_verified_status_goes_before_the_reported_one(form: Form) -> None:
    review = Review(100, 1, tasks=(TaskReview("1", "市教育局", status="未启动"),))
    found = one(score(year(Said()), review, Scoring(), form))
    assert (found.points, found.status, found.verified) == (0.0, "未启动", True)
    assert found.formula == "核定状态未启动，100×0%＝0.0"


def test_reported_progress_does_not_count_against_a_changed_status(form: Form) -> None:
    review = Review(100, 1, tasks=(TaskReview("1", "市教育局", status="滞后"),))
    found = one(score(year(Said()), review, Scoring(), form))
    assert found.points == 0.0
    assert "没有核定进度，按0%计" in found.formula


def test_a_verified_progress_counts(form: Form) -> None:
    review = Review(100, 1, tasks=(TaskReview("1", "市教育局", status="滞后", progress=70),))
    assert one(score(year(Said()), review, Scoring(), form)).formula == "核定进度70%，100×70%＝70.0"


def test_a_verified_figure_goes_before_the_reported_one(form: Form) -> None:
    whole = year(Said(figures=((6, 6),)))
    review = Review(100, 1, targets=(TargetReview("1-1", "市教育局", 5),))
    found = one(score(whole, review, Scoring(), form))
    assert (found.points, found.verified) == (83.3, True)
    assert found.formula == "指标1核定5件，目标≥6件：100×83.33%＝83.3"
    reported = one(score(whole, Review(100, 1), Scoring(), form))
    assert reported.formula == "指标1上报6件，目标≥6件：100×100%＝100.0（未核定，按上报情况）"


def test_several_figures_are_meant_and_a_missing_one_counts_nothing(form: Form) -> None:
    found = one(score(year(Said(figures=((10, 12), (8, None)))), Review(100, 1), Scoring(), form))
    assert found.points == 50.0
    assert "指标2未报完成值，计0.0；（100.0＋0.0）÷2＝50.0" in found.formula


def test_a_part_of_a_joint_figure_is_not_held_against_one_of_several_leads(form: Form) -> None:
    leads = (Said("市农业农村局", figures=((10, 12),)), Said("市林业局", figures=((10, 4),)))
    whole = year(leads)
    first, second = whole.targets
    whole = replace(whole, targets=(replace(first, reached=True), second))
    found = score(whole, Review(100, 1), Scoring(), form).tasks[1]
    assert found.points == 100.0
    assert found.formula.startswith("上报状态已完成，100×100%＝100.0（几个牵头单位可能合计达到目标")
    review = Review(100, 1, targets=(TargetReview("1-1", "市林业局", 4),))
    assert score(whole, review, Scoring(), form).tasks[1].points == 40.0


def test_what_the_group_typed_overrides_and_says_so(form: Form) -> None:
    review = Review(100, 1, tasks=(TaskReview("1", "市教育局", status="已完成", score=95.5, reason="不全"),))
    found = one(score(year(Said()), review, Scoring(), form))
    assert found.points == 95.5
    assert found.formula == "检查组评定95.5（按办法计算为100.0，以检查组评定为准）"


@pytest.mark.parametrize("verified", [False, True])
def test_an_inapplicable_task_does_not_count(form: Form, *, verified: bool) -> None:
    tasks = (TaskReview("1", "市教育局", status="不适用"),) if verified else ()
    said = Said(status="已完成" if verified else "不适用", progress=100 if verified else None)
    scores = score(year(said), Review(100, 1, tasks=tasks), Scoring(), form)
    assert one(scores).points is None
    (unit,) = scores.units
    assert (unit.total, unit.grade) == (None, NO_GRADE)
    assert unit.conclusion == (EXEMPT if verified else PENDING)


def test_a_silent_task_scores_nothing_and_needs_no_mark(form: Form) -> None:
    found = one(score(year(Said(status="")), Review(100, 1), Scoring(), form))
    assert (found.points, found.formula) == (0.0, "未报送，计0.0")


# ---- one unit -------------------------------------------------------------------------------------


def test_a_unit_is_the_weighted_mean_of_its_tasks(form: Form) -> None:
    whole = year(
        (Said("市教育局"), Said("市司法局", role=Role.SUPPORT)),
        (
            Said("市司法局", status="滞后", progress=40),
            Said("市教育局", status="滞后", progress=40, role=Role.SUPPORT),
        ),
    )
    scores = score(whole, Review(100, 1), Scoring(task_weights={"2": 4}), form)
    first, second = scores.units
    # 市教育局: 100 by 1, 40 by 4 × 0.5; 市司法局: 100 by 0.5, 40 by 4
    assert first.mean == 60.0
    assert first.formula == "2项任务加权平均：180÷3＝60.0"
    assert second.mean == 46.7
    assert {each.weight for each in scores.tasks} == {1.0, 2.0, 0.5, 4.0}


def test_weights_of_categories_go_by_the_heading_with_or_without_its_number(form: Form) -> None:
    whole = year(Said())
    for name in ("一、夯实基础", "夯实基础"):
        assert one(score(whole, Review(100, 1), Scoring(category_weights={name: 3}), form)).weight == 3


def test_late_and_missing_evidence_are_taken_off_with_their_reasons(form: Form) -> None:
    whole = year(Said(evidence="无"), Said(), states={"市教育局": (UnitState.ACCEPTED, False)})
    (unit,) = score(whole, Review(100, 1), Scoring(), form).units
    assert unit.total == 97.9
    assert unit.lacking == ("1",)
    assert unit.formula == (
        "2项任务加权平均：200÷2＝100.0；100.0 − 2（迟报） − 0.1（已完成但缺佐证材料1项，每项0.1分） ＝ 97.9"
    )


def test_a_unit_that_sent_nothing_is_not_below_nought(form: Form) -> None:
    whole = year(Said(status=""), states={"市教育局": (UnitState.LATE, None)})
    (unit,) = score(whole, Review(100, 1), Scoring(), form).units
    assert (unit.total, unit.grade, unit.conclusion) == (0.0, UNQUALIFIED, FAILED)
    assert unit.formula.endswith("0.0 − 10（未报送） ＝ −10.0，按0.0计")


def test_bonus_is_capped_and_says_so(form: Form) -> None:
    review = Review(100, 1, units=(UnitReview("市教育局", 9, "国家级表彰"),))
    (unit,) = score(year(Said()), review, Scoring(bonus_cap=5), form).units
    assert (unit.total, unit.bonus) == (105.0, 5)
    assert "＋ 5（加分，检查组给9分，以5分为限） ＝ 105.0" in unit.formula


def verified(*units: str, status: str = "已完成") -> Review:
    return Review(100, 1, tasks=tuple(TaskReview("1", unit, status=status) for unit in units))


def test_a_veto_fails_a_unit_whatever_its_score(form: Form) -> None:
    review = replace(verified("市教育局"), units=(UnitReview("市教育局", veto=True, veto_reason="材料不实"),))
    (unit,) = score(year(Said()), review, Scoring(), form).units
    assert (unit.total, unit.grade, unit.conclusion) == (100.0, UNQUALIFIED, FAILED)
    assert unit.note == "一票否决：材料不实"


def test_without_anything_verified_there_is_no_grade_and_no_conclusion(form: Form) -> None:
    (unit,) = score(year(Said()), Review(100, 1), Scoring(), form).units
    assert (unit.grade, unit.rank, unit.conclusion, unit.unverified) == (NO_GRADE, None, PENDING, 1)


def test_what_is_behind_must_be_put_right(form: Form) -> None:
    whole = year(Said(), Said(status="滞后", progress=90))
    scores = score(whole, verified("市教育局"), Scoring(), form)
    assert scores.units[0].conclusion == TO_RECTIFY
    assert [each.must_rectify for each in scores.tasks] == [False, True]
    assert score(year(Said()), verified("市教育局"), Scoring(), form).units[0].conclusion == PASSED


def test_the_quota_of_excellent_units_is_kept_and_ties_share_a_rank(form: Form) -> None:
    names = ("市教育局", "市司法局", "市公安局", "市财政局")
    whole = year(*([Said(name, status="持续推进", progress=100 - 2 * i) for i, name in enumerate(names)],))
    review = verified(*names, status="持续推进")
    scores = score(whole, review, Scoring(grades=Grades(excellent_quota=50)), form)
    assert [each.grade for each in scores.units] == [EXCELLENT, EXCELLENT, GOOD, GOOD]
    assert scores.units[2].note == "达到优秀分数线，因优秀名额为2个评为良好"
    tied = year(*([Said(name) for name in names],))
    scores = score(tied, verified(*names), Scoring(grades=Grades(excellent_quota=25)), form)
    assert {each.rank for each in scores.units} == {1}
    assert {each.grade for each in scores.units} == {EXCELLENT}


def test_weights_for_nothing_are_said() -> None:
    task = Task("1", ("一、夯实基础",), "完成工作。", ("市教育局",), ())
    plan = Plan("方案", None, 2026, None, (task,))
    words = idle_weights(plan, Scoring(task_weights={"1": 2, "9": 2}, category_weights={"基础": 2}))
    assert len(words) == 2
    assert "任务权重“9”" in words[0]
    assert "类别权重“基础”" in words[1]


def test_thresholds_must_fall() -> None:
    with pytest.raises(ValueError, match="分数线应从高到低"):
        Grades(excellent=80, good=90)


# ---- laws -----------------------------------------------------------------------------------------

STATUSES = ("已完成", "基本完成", "达到序时进度", "持续推进", "滞后", "未启动", "未完成", "不适用", "")
UNITS = ("市教育局", "市司法局", "市公安局", "临江区人民政府")
Method = Literal["full", "pro_rata", "four_steps"]
_METHODS: list[Method] = ["full", "pro_rata", "four_steps"]
METHODS = st.sampled_from(_METHODS)
figures = st.tuples(
    st.integers(1, 50).map(float), st.one_of(st.none(), st.floats(0, 200).map(lambda x: round(x, 1)))
)


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
def years(draw: st.DrawFn) -> tuple[Consolidation, Review, Scoring]:
    """A year, what was verified of it, and the way of scoring."""
    plan = draw(st.lists(tasks(), min_size=1, max_size=5))
    states = {
        unit: draw(
            st.sampled_from([(UnitState.ACCEPTED, True), (UnitState.ACCEPTED, False), (UnitState.LATE, None)])
        )
        for unit in UNITS
    }
    whole = year(*plan, states=states)
    reviews = [
        TaskReview(
            line.task.number,
            unit,
            status=draw(st.sampled_from(STATUSES)),
            progress=draw(st.one_of(st.none(), st.integers(0, 100).map(float))),
            score=draw(st.one_of(st.none(), st.none(), st.integers(0, 100).map(float))),
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
        UnitReview(unit, draw(st.integers(0, 20).map(float)), "依据") for unit in UNITS if draw(st.booleans())
    ]
    scoring = Scoring(
        method=draw(METHODS),
        over_cap=draw(st.integers(0, 20)),
        bonus_cap=draw(st.integers(0, 10)),
        support_share=draw(st.sampled_from([0.0, 0.3, 0.5, 1.0])),
        task_weights={
            str(n): draw(st.sampled_from([0.5, 1.0, 2.0])) for n in range(1, draw(st.integers(1, 3)))
        },
    )
    return whole, Review(100, 1, tasks=tuple(reviews), targets=tuple(values), units=tuple(units)), scoring


def by_hand(  # noqa: PLR0912  # one straight pass, so that it shares nothing with the program
    whole: Consolidation, review: Review, rules: Scoring
) -> dict[str, Fraction | None]:
    """The totals computed apart from the program: in fractions."""

    def round1(value: Fraction) -> Fraction:
        return Fraction(floor(value * 10 + Fraction(1, 2)), 10)

    def marks(done: Fraction) -> Fraction:
        if rules.method == "full":
            return Fraction(100 if done >= 1 else 0)
        if rules.method == "pro_rata":
            return round1(min(done, Fraction(1)) * 100)
        if done >= 1:
            return round1(100 + min((done - 1) * 100, Fraction(rules.over_cap)))
        return round1(done * 100) if done * 100 >= Fraction(rules.least_percent) else Fraction(0)

    said = {(each.number, each.unit): each for each in review.tasks}
    checked = {(each.number, each.unit): each.value for each in review.targets}
    totals: dict[str, Fraction | None] = {}
    for unit in whole.units:
        top = bottom = Fraction(0)
        missing = 0
        for line in whole.tasks:
            own = {each.unit: each for each in line.reports}.get(unit.unit)
            role = own.role if own else {each.unit: each.role for each in line.silent}.get(unit.unit)
            if role is None:
                continue
            if own and own.status == "已完成" and own.evidence == "无":
                missing += 1
            word = said.get((line.task.number, unit.unit))
            figures = [
                each
                for each in whole.targets
                if each.target.task == line.task.number and each.unit == unit.unit
            ]
            known = [checked.get((each.target.number, unit.unit)) for each in figures]
            touched = (
                word is not None and (word.status or word.progress is not None or word.score is not None)
            ) or any(value is not None for value in known)
            status = (word.status if word else "") or (own.status if own else "")
            weight = Fraction(rules.task_weights.get(line.task.number, 1)) * (
                Fraction(1) if role is Role.LEAD else Fraction(str(rules.support_share))
            )
            if word is not None and word.score is not None:
                points = round1(Fraction(word.score))
            elif status == "不适用":
                continue
            elif not touched and own is None:
                points = Fraction(0)
            elif figures and status != "未启动":
                parts = []
                for each, value in zip(figures, known, strict=True):
                    used = each.value if value is None else value
                    parts.append(
                        Fraction(0)
                        if used is None
                        else marks(Fraction(str(used)) / Fraction(each.target.value))
                    )
                points = round1(sum(parts, Fraction(0)) / len(parts))
            elif word is not None and word.progress is not None:
                points = marks(Fraction(word.progress) / 100)
            elif status == "已完成":
                points = marks(Fraction(1))
            elif status == "未启动" or own is None or own.progress is None or status != own.status:
                points = marks(Fraction(0))
            else:
                points = marks(Fraction(own.progress) / 100)
            top, bottom = top + points * weight, bottom + weight
        if not bottom:
            totals[unit.unit] = None
            continue
        given = {each.unit: each.bonus for each in review.units}.get(unit.unit, 0.0)
        off = Fraction(0)
        if unit.state is not UnitState.ACCEPTED:
            off = Fraction(10)
        else:
            off = (Fraction(2) if unit.on_time is False else Fraction(0)) + Fraction(missing, 10)
        raw = round1(top / bottom) + min(Fraction(given), Fraction(rules.bonus_cap)) - off
        totals[unit.unit] = min(max(round1(raw), Fraction(0)), Fraction(100) + Fraction(rules.bonus_cap))
    return totals


@settings(max_examples=200, deadline=None)
@given(case=years())
def test_totals_agree_with_a_computation_apart(
    case: tuple[Consolidation, Review, Scoring], form: Form
) -> None:
    whole, review, rules = case
    expected = by_hand(whole, review, rules)
    found = {each.unit: each.total for each in score(whole, review, rules, form).units}
    assert found == {
        unit: None if total is None else pytest.approx(float(total)) for unit, total in expected.items()
    }


@settings(max_examples=100, deadline=None)
@given(case=years())
def test_scores_stay_within_their_bounds(case: tuple[Consolidation, Review, Scoring], form: Form) -> None:
    whole, review, rules = case
    scores = score(whole, review, rules, form)
    for task in scores.tasks:
        assert task.points is None or 0 <= task.points <= 100 + rules.over_cap
        assert task.formula
    for unit in scores.units:
        assert unit.total is None or 0 <= unit.total <= 100 + rules.bonus_cap
        assert unit.grade in (*GRADES, NO_GRADE)
        assert unit.formula


@settings(max_examples=100, deadline=None)
@given(case=years(), thresholds=st.lists(st.integers(0, 100), min_size=3, max_size=3))
def test_other_thresholds_change_grades_and_conclusions_alone(
    case: tuple[Consolidation, Review, Scoring], thresholds: list[int], form: Form
) -> None:
    whole, review, rules = case
    qualified, good, excellent = sorted(thresholds)
    other = rules.model_copy(update={"grades": Grades(excellent=excellent, good=good, qualified=qualified)})

    def scored(with_rules: Scoring) -> list[object]:
        scores = score(whole, review, with_rules, form)
        tasks = [replace(each, must_rectify=False) for each in scores.tasks]
        return [*tasks, *(replace(each, grade="", note="", conclusion="") for each in scores.units)]

    assert scored(rules) == scored(other)


@settings(max_examples=100, deadline=None)
@given(case=years(), order=st.permutations(range(4)))
def test_the_order_of_units_does_not_matter(
    case: tuple[Consolidation, Review, Scoring], order: list[int], form: Form
) -> None:
    whole, review, rules = case
    turned = replace(whole, units=tuple(whole.units[i] for i in order if i < len(whole.units)))
    rules = rules.model_copy(update={"grades": Grades(excellent_quota=40)})
    first = {each.unit: each for each in score(whole, review, rules, form).units}
    second = {each.unit: each for each in score(turned, review, rules, form).units}
    assert first == second


@settings(max_examples=150, deadline=None)
@given(method=METHODS, goal=st.integers(1, 100), values=st.lists(st.floats(0, 500), min_size=2, max_size=6))
def test_a_greater_figure_never_scores_less(method: Any, goal: int, values: list[float], form: Form) -> None:
    points = [
        one(
            score(year(Said(figures=((float(goal), value),))), Review(100, 1), Scoring(method=method), form)
        ).points
        for value in sorted(values)
    ]
    assert points == sorted(points)


@settings(max_examples=100, deadline=None)
@given(
    method=METHODS,
    status=st.sampled_from(["基本完成", "滞后", "持续推进"]),
    progress=st.lists(st.floats(0, 100), min_size=2),
)
def test_more_progress_never_scores_less(method: Any, status: str, progress: list[float], form: Form) -> None:
    points = [
        one(
            score(year(Said(status=status, progress=each)), Review(100, 1), Scoring(method=method), form)
        ).points
        for each in sorted(progress)
    ]
    assert points == sorted(points)
