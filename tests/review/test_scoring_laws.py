"""Scores over many made-up years: computed again apart, read out of their formulas, and what may change."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from math import floor
from typing import Any

import pytest
from builders.laws import examples
from builders.scored import METHODS, UNITS, Said, exact, one, round1, scorings, year, years
from hypothesis import given
from hypothesis import strategies as st

from reporting.model import Consolidation, Role, UnitState
from reporting.model.review import GRADES, NO_GRADE, Review, Scores
from reporting.office.form import Form
from reporting.office.settings import Scoring
from reporting.review.scoring import score


def by_hand(  # noqa: PLR0912  # one straight pass, so that it shares nothing with the program
    whole: Consolidation, review: Review, rules: Scoring
) -> dict[str, tuple[Fraction | None, str]]:
    """The totals and grades computed apart from the program: in fractions."""

    def marks(done: Fraction, method: str) -> Fraction:
        if method == "full":
            return Fraction(100 if done >= 1 else 0)
        if method == "pro_rata":
            return round1(min(done, Fraction(1)) * 100)
        if done >= 1:
            return round1(100 + min((done - 1) * 100, Fraction(rules.over_cap)))
        return round1(done * 100) if done * 100 >= Fraction(rules.least_percent) else Fraction(0)

    said = {(each.number, each.unit): each for each in review.tasks}
    checked = {(each.number, each.unit): each.value for each in review.targets}
    extra = {each.unit: each for each in review.units}
    totals: dict[str, Fraction | None] = {}
    graded = []
    for unit in whole.units:
        top = bottom = Fraction(0)
        missing = hollow = seen = 0
        for line in whole.tasks:
            own = {each.unit: each for each in line.reports}.get(unit.unit)
            role = own.role if own else {each.unit: each.role for each in line.silent}.get(unit.unit)
            if role is None:
                continue
            word = said.get((line.task.number, unit.unit))
            material = word.material if word else ""
            names_none = own is not None and own.status == "已完成" and own.evidence == "无"
            missing += bool(own) and ("缺佐证" in material or (not material and names_none))
            hollow += bool(own) and "空洞" in material
            general = rules.task_methods.get(line.task.number, rules.category_methods.get("夯实基础", rules.method))
            targets = [
                each for each in whole.targets if each.target.task == line.task.number and each.unit == unit.unit
            ]
            known = [checked.get((each.target.number, unit.unit)) for each in targets]
            touched = (
                word is not None and (word.status or material or word.progress is not None or word.score is not None)
            ) or any(value is not None for value in known)
            seen += bool(touched)
            status = (word.status if word else "") or (own.status if own else "")
            share = Fraction(1) if role is Role.LEAD else exact(rules.support_share)
            weight = share * exact(
                rules.task_weights.get(line.task.number, rules.category_weights.get("一、夯实基础", 1))
            )
            if word is not None and word.score is not None:
                points = exact(word.score)
            elif status == "不适用":
                continue
            elif not touched and own is None:
                points = Fraction(0)
            elif targets and status != "未启动":
                parts = []
                for each, value in zip(targets, known, strict=True):
                    used = each.value if value is None else value
                    method = rules.target_methods.get(each.target.number, general)
                    parts.append(
                        Fraction(0) if used is None else marks(exact(used) / Fraction(each.target.value), method)
                    )
                points = round1(sum(parts, Fraction(0)) / len(parts))
            elif word is not None and word.progress is not None:
                points = marks(Fraction(word.progress) / 100, general)
            elif status == "已完成":
                points = marks(Fraction(1), general)
            elif status == "未启动" or own is None or own.progress is None or status != own.status:
                points = marks(Fraction(0), general)
            else:
                points = marks(Fraction(own.progress) / 100, general)
            top, bottom = top + points * weight, bottom + weight
        if not bottom:
            totals[unit.unit] = None
            continue
        given = extra[unit.unit].bonus if unit.unit in extra else 0.0
        off = exact(rules.deductions.not_sent)
        if unit.state is UnitState.ACCEPTED:
            off = exact(rules.deductions.late) if unit.on_time is False else Fraction(0)
            off += exact(rules.deductions.missing_item) * missing + exact(rules.deductions.hollow) * hollow
        raw = round1(top / bottom) + min(Fraction(given), Fraction(rules.bonus_cap)) - off
        totals[unit.unit] = min(max(round1(raw), Fraction(0)), Fraction(100) + Fraction(rules.bonus_cap))
        if seen or unit.state is not UnitState.ACCEPTED:
            graded.append(unit.unit)

    # the best first; equals are graded at once, and a full grade hands on to the next one
    limits = rules.grades
    found = dict.fromkeys(totals, NO_GRADE)
    vetoed = [unit for unit in graded if unit in extra and extra[unit].veto]
    found |= dict.fromkeys(vetoed, "不合格")
    ranked = [unit for unit in graded if unit not in vetoed]
    taken = Counter[str]()
    for total in sorted({totals[unit] or Fraction(0) for unit in ranked}, reverse=True):
        equals = [unit for unit in ranked if totals[unit] == total]
        grade = "不合格"
        for name, least, quota in (
            ("优秀", limits.excellent, limits.excellent_quota),
            ("良好", limits.good, limits.good_quota),
            ("合格", limits.qualified, 100),
        ):
            places = max(floor(len(graded) * quota / 100), 1 if quota else 0) if quota < 100 else 10_000
            if total >= exact(least) and taken[name] < places:
                grade = name
                break
        taken[grade] += len(equals)
        found |= dict.fromkeys(equals, grade)
    return {unit: (total, found[unit]) for unit, total in totals.items()}


@pytest.mark.slow
@examples(80)
@given(case=years())
def test_totals_and_grades_agree_with_a_computation_apart(
    case: tuple[Consolidation, Review, Scoring], form: Form
) -> None:
    whole, review, rules = case
    found = {each.unit: (each.total, each.grade) for each in score(whole, review, rules, form).units}
    assert found == {
        unit: (None if total is None else float(total), grade)
        for unit, (total, grade) in by_hand(whole, review, rules).items()
    }


# ---- the formulas -----------------------------------------------------------------------------------

_TIMES = re.compile(r"(?<=\d)项(?=[＋）÷])")  # 100.0×9项÷10
_ASIDE = re.compile(r"（[^（）]*[\u4e00-\u9fff][^（）]*）")
_EQUATION = re.compile(r"([\d.＋−×÷%（）]+)＝(−?[\d.]+)")
_LAST = re.compile(r"(?:＝|得|计|按|评定|四舍五入为|项任务：)(−?\d+\.\d)")


def worked_out(expression: str) -> Fraction:
    """What a reader with a pocket calculator gets."""
    plain = expression.translate(str.maketrans("＋−×÷（）", "+-*/()")).replace("%", "/100")
    plain = re.sub(r"\d+(?:\.\d+)?", lambda number: f"Fraction('{number[0]}')", plain)
    return Fraction(eval(plain, {"Fraction": Fraction}))  # digits and signs alone pass _EQUATION


def equations(formula: str) -> list[tuple[Fraction, Fraction]]:
    """Both sides of each equation of a formula, with what stands in brackets aside left out."""
    plain = _ASIDE.sub("", _TIMES.sub("", formula))
    return [(worked_out(left), Fraction(right.replace("−", "-"))) for left, right in _EQUATION.findall(plain)]


def test_a_formula_is_worked_out() -> None:
    formula = "3项任务加权平均：（1×100.0×2项＋0.5×80.0）÷2.5＝96.0；96.0−2（迟报）＝94.0"
    assert equations(formula) == [(Fraction(96), Fraction(96)), (Fraction(94), Fraction(94))]


@examples(60)
@given(case=years())
def test_every_formula_gives_its_score(case: tuple[Consolidation, Review, Scoring], form: Form) -> None:
    whole, review, rules = case
    scores = score(whole, review, rules, form)
    for task in scores.tasks:
        for left, right in equations(task.formula):
            assert round1(left) == right, task.formula
        if task.points is not None and "检查组评定" not in task.formula:
            assert _LAST.findall(task.formula)[-1] == f"{task.points:.1f}", task.formula
    for unit in scores.units:
        for left, right in equations(unit.formula):
            assert right in (left, round1(left)), unit.formula
        if unit.total is not None:
            assert _LAST.findall(unit.formula)[-1].replace("−", "-") == f"{unit.total:.1f}", unit.formula
            taken = sum((exact(each.points) for each in unit.deductions), Fraction(0))
            raw = exact(unit.mean or 0.0) + exact(unit.bonus) - taken
            assert exact(unit.total) == min(max(round1(raw), Fraction(0)), 100 + exact(rules.bonus_cap))


@examples(25)
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
        assert (unit.rank is None) == (unit.grade == NO_GRADE)


# ---- what depends on what -----------------------------------------------------------------------------


def without(scores: Scores, **left_out: Any) -> list[object]:
    """All scores with some of their fields evened out."""
    task_fields = {key: value for key, value in left_out.items() if key == "must_rectify"}
    unit_fields = {key: value for key, value in left_out.items() if key != "must_rectify"}
    return [
        *(replace(each, **task_fields) for each in scores.tasks),
        *(replace(each, **unit_fields) for each in scores.units),
    ]


@examples(25)
@given(case=years(), other=scorings())
def test_other_thresholds_and_quotas_change_grades_and_conclusions_alone(
    case: tuple[Consolidation, Review, Scoring], other: Scoring, form: Form
) -> None:
    whole, review, rules = case
    turned = rules.model_copy(update={"grades": other.grades})
    blank: dict[str, Any] = {"must_rectify": False, "grade": "", "note": "", "conclusion": ""}
    first, second = (without(score(whole, review, each, form), **blank) for each in (rules, turned))
    assert first == second


@examples(25)
@given(case=years(), other=scorings())
def test_other_deductions_change_no_task_and_no_mean(
    case: tuple[Consolidation, Review, Scoring], other: Scoring, form: Form
) -> None:
    whole, review, rules = case
    turned = rules.model_copy(update={"deductions": other.deductions, "bonus_cap": other.bonus_cap})
    first, second = score(whole, review, rules, form), score(whole, review, turned, form)
    assert first.tasks == second.tasks
    assert [each.mean for each in first.units] == [each.mean for each in second.units]


@examples(25)
@given(case=years(), other=scorings())
def test_other_weights_change_no_marks_of_a_task(
    case: tuple[Consolidation, Review, Scoring], other: Scoring, form: Form
) -> None:
    whole, review, rules = case
    turned = rules.model_copy(update={"task_weights": other.task_weights, "support_share": other.support_share})
    first, second = score(whole, review, rules, form), score(whole, review, turned, form)
    assert [replace(each, weight=0) for each in first.tasks] == [replace(each, weight=0) for each in second.tasks]


@examples(25)
@given(case=years(), order=st.permutations(range(4)))
def test_the_order_of_units_does_not_matter(
    case: tuple[Consolidation, Review, Scoring], order: list[int], form: Form
) -> None:
    whole, review, rules = case
    turned = replace(whole, units=tuple(whole.units[i] for i in order if i < len(whole.units)))
    first = {each.unit: each for each in score(whole, review, rules, form).units}
    second = {each.unit: each for each in score(turned, review, rules, form).units}
    assert first == second


@examples(25)
@given(case=years())
def test_a_better_score_never_has_a_worse_grade(case: tuple[Consolidation, Review, Scoring], form: Form) -> None:
    whole, review, rules = case
    vetoed = {each.unit for each in review.units if each.veto}
    units = [each for each in score(whole, review, rules, form).units if each.rank and each.unit not in vetoed]
    ordered = sorted(units, key=lambda each: -(each.total or 0.0))
    places = [GRADES.index(each.grade) for each in ordered]
    assert places == sorted(places)
    assert [each.rank for each in ordered] == sorted(each.rank or 0 for each in ordered)


@examples(25)
@given(method=METHODS, goal=st.integers(1, 100), values=st.lists(st.floats(0, 500), min_size=2, max_size=6))
def test_a_greater_figure_never_scores_less(method: Any, goal: int, values: list[float], form: Form) -> None:
    points = [
        one(score(year(Said(figures=((float(goal), value),))), Review(100, 1), Scoring(method=method), form)).points
        for value in sorted(values)
    ]
    assert points == sorted(points)


@examples(25)
@given(
    method=METHODS,
    status=st.sampled_from(["基本完成", "滞后", "持续推进"]),
    progress=st.lists(st.floats(0, 100), min_size=2, max_size=6),
)
def test_more_progress_never_scores_less(method: Any, status: str, progress: list[float], form: Form) -> None:
    points = [
        one(score(year(Said(status=status, progress=each)), Review(100, 1), Scoring(method=method), form)).points
        for each in sorted(progress)
    ]
    assert points == sorted(points)


@pytest.mark.parametrize("status", ["不适用", ""], ids=["nothing applies", "nothing sent"])
def test_years_at_the_edge(status: str, form: Form) -> None:
    state = (UnitState.ACCEPTED, True) if status else (UnitState.LATE, None)
    whole = year(*([Said(unit, status, None)] for unit in UNITS), states=dict.fromkeys(UNITS, state))
    review = Review(100, 1)
    for unit in score(whole, review, Scoring(), form).units:
        expected = (None, NO_GRADE, None) if status else (0.0, "不合格", 1)
        assert (unit.total, unit.grade, unit.rank) == expected
