"""Ranks, grades and conclusions (名次、等次、验收结论): thresholds, quotas and vetoes over the scores."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from reporting.model import UNREPORTED
from reporting.model.review import (
    EXCELLENT,
    FAILED,
    GOOD,
    GRADES,
    PASSED,
    QUALIFIED,
    TO_RECTIFY,
    UNQUALIFIED,
    TaskScore,
    UnitReview,
    UnitScore,
)
from reporting.office.form import Form
from reporting.office.settings import Grades


def must_rectify(task: TaskScore, grades: Grades, form: Form) -> bool:
    """Whether a task must still be put right: it is behind or unreported, or scores below 合格."""
    if task.points is None:
        return False
    outcome = form.outcome(task.status)
    behind = outcome == "behind" or (outcome is None and task.status == UNREPORTED)
    return behind or task.points < grades.qualified


def grade_units(
    units: Sequence[UnitScore],
    reviews: Mapping[str, UnitReview],
    grades: Grades,
    tasks: Mapping[str, Sequence[TaskScore]],
) -> Iterator[UnitScore]:
    """Rank and grade the units, from the best down.

    Units with equal scores share a rank and a grade, in whatever order they stand; so the last place of a
    quota may go to several. A vetoed unit is ranked behind all others and takes no place of a quota.
    """
    vetoed = {unit for unit, review in reviews.items() if review.veto}

    def order(each: UnitScore) -> tuple[bool, float]:
        return each.unit in vetoed, -(each.total or 0.0)

    bounds = grades.places(len(units))
    given: dict[str, int] = dict.fromkeys(GRADES, 0)
    rank = 1
    for (is_vetoed, _), group in groupby(sorted(units, key=order), key=order):
        equals = list(group)
        grade, note = _grade_of(equals[0].total or 0.0, grades, bounds, given)
        if not is_vetoed:
            given[grade] += len(equals)
        for each in equals:
            if is_vetoed:
                grade, note = UNQUALIFIED, f"一票否决：{reviews[each.unit].veto_reason}"
            rectifying = any(task.must_rectify for task in tasks.get(each.unit, ()))
            conclusion = FAILED if grade == UNQUALIFIED else TO_RECTIFY if rectifying else PASSED
            yield replace(each, rank=rank, grade=grade, conclusion=conclusion, note=note)
        rank += len(equals)


def _grade_of(
    total: float, grades: Grades, bounds: Mapping[str, int | None], given: Mapping[str, int]
) -> tuple[str, str]:
    """The best grade whose threshold is reached and whose places are not all taken; a note where one was."""
    thresholds = {EXCELLENT: grades.excellent, GOOD: grades.good, QUALIFIED: grades.qualified}
    full: list[str] = []
    for grade, least in thresholds.items():
        if total < least:
            continue
        places = bounds.get(grade)
        if places is None or given[grade] < places:
            if not full:
                return grade, ""
            names = "、".join(f"{each}名额为{bounds[each]}个" for each in full)
            return grade, f"达到{full[0]}分数线，因{names}，评为{grade}"
        full.append(grade)
    return UNQUALIFIED, ""
