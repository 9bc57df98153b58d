"""Scores: worked examples as an office would do them by hand; the laws are in ``test_scoring_laws``."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from builders.scored import Said, one, year

from reporting.model import Plan, Role, Target, Task, UnitState
from reporting.model.review import (
    EXCELLENT,
    EXEMPT,
    FAILED,
    GOOD,
    NO_GRADE,
    PASSED,
    PENDING,
    QUALIFIED,
    TO_RECTIFY,
    UNQUALIFIED,
    Review,
    Scores,
    TargetReview,
    TaskReview,
    UnitReview,
)
from reporting.office.form import Form
from reporting.office.settings import METHOD_NAMES, Deductions, Grades, Scoring
from reporting.review.scoring import fulfilment, idle_names, score, tenth, worth

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
    assert found.formula == "指标1核定5件，目标≥6件：100×5÷6＝83.3"
    reported = one(score(whole, Review(100, 1), Scoring(), form))
    assert reported.formula == "指标1上报6件，目标≥6件：100×6÷6＝100.0（未核定，按上报情况）"


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
        (Said("市司法局", status="滞后", progress=40), Said("市教育局", status="滞后", progress=40, role=Role.SUPPORT)),
    )
    scores = score(whole, Review(100, 1), Scoring(task_weights={"2": 4}), form)
    first, second = scores.units
    # 市教育局: 100 by 1, 40 by 4 × 0.5; 市司法局: 100 by 0.5, 40 by 4
    assert first.mean == 60.0
    assert first.formula == "2项任务加权平均：（2×40.0＋1×100.0）÷3＝60.0"
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
    assert unit.formula == ("2项任务平均：100.0×2项÷2＝100.0；100.0−2（迟报）−0.1（缺佐证材料1项，每项0.1分）＝97.9")


def test_a_unit_that_sent_nothing_is_not_below_nought(form: Form) -> None:
    whole = year(Said(status=""), states={"市教育局": (UnitState.LATE, None)})
    (unit,) = score(whole, Review(100, 1), Scoring(), form).units
    assert (unit.total, unit.grade, unit.conclusion) == (0.0, UNQUALIFIED, FAILED)
    assert unit.formula.endswith("1项任务：0.0；0.0−10（未报送）＝−10.0，按0.0计")


def test_bonus_is_capped_and_says_so(form: Form) -> None:
    review = Review(100, 1, units=(UnitReview("市教育局", 9, "国家级表彰"),))
    (unit,) = score(year(Said()), review, Scoring(bonus_cap=5), form).units
    assert (unit.total, unit.bonus) == (105.0, 5)
    assert "100.0＋5（加分，检查组给9分，以5分为限）＝105.0" in unit.formula


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
    assert scores.units[2].note == "达到优秀分数线，因优秀名额为2个，评为良好"
    tied = year(*([Said(name) for name in names],))
    scores = score(tied, verified(*names), Scoring(grades=Grades(excellent_quota=25)), form)
    assert {each.rank for each in scores.units} == {1}
    assert {each.grade for each in scores.units} == {EXCELLENT}


def test_weights_for_nothing_are_said() -> None:
    task = Task("1", ("一、夯实基础",), "完成工作。", ("市教育局",), ())
    plan = Plan("方案", None, 2026, None, (task,))
    words = idle_names(plan, Scoring(task_weights={"1": 2, "9": 2}, category_weights={"基础": 2}))
    assert len(words) == 2
    assert words[0] == ("duban.toml 中的 scoring.task_weights 写了“9”，方案中没有这项任务，不起作用。请核对写法。")
    assert words[1] == (
        "duban.toml 中的 scoring.category_weights 写了“基础”，方案中没有这个类别，不起作用。您要的可能是“夯实基础”。"
    )
    methods = {"task_methods": {"1": "四档"}, "target_methods": {"1-9": "四档"}}
    (left,) = idle_names(plan, Scoring.model_validate(methods))
    assert "scoring.target_methods 写了“1-9”，方案中没有这项指标" in left


def test_every_grade_has_its_places_and_who_finds_none_is_graded_below(form: Form) -> None:
    names = ("市教育局", "市司法局", "市公安局", "市财政局")
    whole = year(*([Said(name, status="持续推进", progress=100 - i) for i, name in enumerate(names)],))
    grades = Grades(excellent_quota=25, good_quota=50)
    scores = score(whole, verified(*names, status="持续推进"), Scoring(grades=grades), form)
    assert [each.grade for each in scores.units] == [EXCELLENT, GOOD, GOOD, QUALIFIED]
    assert scores.units[3].note == "达到优秀分数线，因优秀名额为1个、良好名额为2个，评为合格"


def test_a_vetoed_unit_is_ranked_last_and_takes_no_place(form: Form) -> None:
    names = ("市教育局", "市司法局")
    whole = year([Said(names[0]), Said(names[1], status="持续推进", progress=95)])
    review = replace(verified(*names), units=(UnitReview(names[0], veto=True, veto_reason="材料不实"),))
    review = replace(review, tasks=(review.tasks[0], TaskReview("1", names[1], status="持续推进")))
    scores = score(whole, review, Scoring(grades=Grades(excellent_quota=50)), form)
    assert [(each.rank, each.grade) for each in scores.units] == [(2, UNQUALIFIED), (1, EXCELLENT)]


@pytest.mark.parametrize(
    ("material", "lacking", "hollow"),
    [
        ("", True, False),
        ("齐全", False, False),
        ("缺佐证材料", True, False),
        ("内容空洞", False, True),
        ("缺佐证且内容空洞", True, True),
    ],
)
def test_what_the_group_says_of_the_material_counts(form: Form, material: str, lacking: bool, hollow: bool) -> None:
    review = Review(100, 1, tasks=(TaskReview("1", "市教育局", material=material),))
    (unit,) = score(year(Said(evidence="无")), review, Scoring(), form).units
    assert (unit.lacking, unit.hollow) == (("1",) if lacking else (), ("1",) if hollow else ())
    taken = [each.reason for each in unit.deductions]
    expected = (["缺佐证材料1项，每项0.1分"] if lacking else []) + (["内容空洞1项，每项1分"] if hollow else [])
    assert taken == expected
    assert unit.total == pytest.approx(100 - 0.1 * lacking - hollow)


@pytest.mark.parametrize(
    ("words", "marks", "named"),
    [
        ({"method": "完成得满分"}, 0.0, ""),
        ({"method": "完成得满分", "category_methods": {"夯实基础": "按比例"}}, 50.0, "pro_rata"),
        ({"category_methods": {"一、夯实基础": "按比例"}, "task_methods": {"1": "四档"}}, 0.0, "four_steps"),
        ({"task_methods": {"1": "四档"}, "target_methods": {"1-1": "pro_rata"}}, 50.0, ""),
    ],
)
def test_the_nearest_method_counts(form: Form, words: dict[str, object], marks: float, named: str) -> None:
    rules = Scoring.model_validate(words)
    found = one(score(year(Said(figures=((6, 3),))), Review(100, 1), rules, form))
    assert found.points == marks
    used = {each: method for each, method in METHOD_NAMES.items() if f"本项计分方法为“{method}”" in found.formula}
    assert list(used) == ([named] if named else [])


def test_a_score_between_two_tenths_is_rounded_in_the_open(form: Form) -> None:
    whole = year(Said(), states={"市教育局": (UnitState.ACCEPTED, False)})
    (unit,) = score(whole, Review(100, 1), Scoring(deductions=Deductions(late=0.25)), form).units
    assert unit.formula == "1项任务：100.0；100.0−0.25（迟报）＝99.75，四舍五入为99.8"
    assert unit.total == 99.8


@pytest.mark.parametrize(("value", "rounded"), [(86.25, 86.3), (86.35, 86.4), (0.05, 0.1), (1.005, 1.0)])
def test_halves_are_rounded_up_as_written(value: float, rounded: float) -> None:
    assert tenth(value) == rounded


def test_a_year_without_tasks_has_no_scores(form: Form) -> None:
    assert score(year(), Review(100, 1), Scoring(), form) == Scores((), ())


def test_a_weight_of_nought_leaves_a_task_out(form: Form) -> None:
    whole = year(Said(), Said(status="滞后", progress=10))
    scores = score(whole, verified("市教育局"), Scoring(task_weights={"2": 0}), form)
    assert scores.units[0].total == 100.0
    assert scores.units[0].formula == "1项任务：100.0"
    nothing = score(whole, verified("市教育局"), Scoring(task_weights={"1": 0, "2": 0}), form)
    assert (nothing.units[0].total, nothing.units[0].grade) == (None, NO_GRADE)


def test_thresholds_must_fall() -> None:
    with pytest.raises(ValueError, match="分数线应从高到低"):
        Grades(excellent=80, good=90)
