"""A unit's score: the weighted mean over its tasks, what is taken off and what is added (单位得分)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from reporting.language.characters import is_hollow
from reporting.model import Consolidation, UnitLine, UnitState
from reporting.model.review import (
    EXEMPT,
    HOLLOW,
    LACKING,
    LACKING_AND_HOLLOW,
    NO_GRADE,
    PENDING,
    Deduction,
    Review,
    TaskScore,
    UnitReview,
    UnitScore,
)
from reporting.office.form import Form
from reporting.office.settings import Scoring
from reporting.review.scoring.marks import FULL, exact, figure, marks, tenth


@dataclass(frozen=True, slots=True)
class ScoringFault:
    """What marks are taken off for in a unit's word on one task: no evidence named, or nothing said."""

    unit: str
    number: str
    lacking: bool
    hollow: bool


def scoring_faults(consolidation: Consolidation, review: Review, form: Form) -> list[ScoringFault]:
    """The faults of all reports in the order of the plan.

    Where the inspection group looked at the material its word counts. Else a task that was reported as done
    without naming any evidence lacks it; whether words are hollow is for people alone to say.
    """
    words = {(each.number, each.unit): each.material for each in review.tasks}
    found = []
    for line in consolidation.tasks:
        for report in line.reports:
            word = words.get((line.task.number, report.unit), "")
            unnamed = form.outcome(report.status) == "done" and is_hollow(report.evidence)
            lacking = word in (LACKING, LACKING_AND_HOLLOW) if word else unnamed
            hollow = word in (HOLLOW, LACKING_AND_HOLLOW)
            if lacking or hollow:
                found.append(ScoringFault(report.unit, line.task.number, lacking, hollow))
    return found


def score_unit(
    line: UnitLine,
    tasks: Sequence[TaskScore],
    review: UnitReview | None,
    found: Sequence[ScoringFault],
    settings: Scoring,
) -> UnitScore:
    """The unit's score without rank and grade; None as total where no task counts."""
    counting = [each for each in tasks if each.points is not None and each.weight > 0]
    verified = sum(each.verified for each in tasks)
    lacking = tuple(each.number for each in found if each.lacking)
    hollow = tuple(each.number for each in found if each.hollow)
    unit = UnitScore(
        unit=line.unit,
        mean=None,
        deductions=tuple(_deductions(line, len(lacking), len(hollow), settings)),
        bonus=min(review.bonus, settings.bonus_cap) if review else 0.0,
        total=None,
        rank=None,
        grade=NO_GRADE,
        conclusion=PENDING,
        verified=verified,
        unverified=len(tasks) - verified,
        formula="没有计分的任务",
        lacking=lacking,
        hollow=hollow,
    )
    if not counting:  # nothing to conclude once it is verified that nothing applies
        return replace(unit, conclusion=EXEMPT) if verified == len(tasks) else unit
    weight = sum((exact(each.weight) for each in counting), Fraction(0))
    weighted = sum((exact(each.points or 0.0) * exact(each.weight) for each in counting), Fraction(0))
    base = tenth(weighted / weight)
    taken = sum((exact(each.points) for each in unit.deductions), Fraction(0))
    raw = exact(base) + exact(unit.bonus) - taken
    most = FULL + exact(settings.bonus_cap)
    total = float(min(max(exact(tenth(raw)), Fraction(0)), most))
    formula = _mean_words(counting, base) + _change_words(unit, base, raw, total, review)
    return replace(unit, mean=base, total=total, formula=formula)


def _mean_words(counting: Sequence[TaskScore], base: float) -> str:
    """The mean with all it is made of, say （1×100.0×2项＋0.5×80.0）÷2.5＝96.0; equal parts are counted."""
    count = len(counting)
    if count == 1:
        return f"1项任务：{marks(base)}"
    parts = Counter((each.weight, each.points or 0.0) for each in counting)
    ordered = sorted(parts.items(), key=lambda part: (-part[0][0], -part[0][1]))
    alike = len({weight for weight, _ in parts}) == 1
    terms = [
        ("" if alike else f"{figure(weight)}×") + marks(points) + (f"×{times}项" if times > 1 else "")
        for (weight, points), times in ordered
    ]
    whole = count if alike else figure(sum((exact(each.weight) for each in counting), Fraction(0)))
    added = f"（{'＋'.join(terms)}）" if len(terms) > 1 else terms[0]
    return f"{count}项任务{'' if alike else '加权'}平均：{added}÷{whole}＝{marks(base)}"


def _change_words(unit: UnitScore, base: float, raw: Fraction, total: float, review: UnitReview | None) -> str:
    """What is taken off and added, with the reasons; where it was bounded, that too."""
    changes = [f"−{figure(each.points)}（{each.reason}）" for each in unit.deductions]
    if unit.bonus and review is not None:
        capped = f"，检查组给{figure(review.bonus)}分，以{figure(unit.bonus)}分为限"
        changes.append(f"＋{figure(unit.bonus)}（加分{capped if review.bonus > unit.bonus else ''}）")
    rounded = tenth(raw)
    bound = "" if rounded == total else f"，按{marks(total)}计"
    if not changes:
        return bound
    shown = marks(rounded) if exact(rounded) == raw else f"{figure(raw)}，四舍五入为{marks(rounded)}"
    return f"；{marks(base)}{''.join(changes)}＝{shown}{bound}"


def _deductions(line: UnitLine, lacking: int, hollow: int, settings: Scoring) -> Iterable[Deduction]:
    rules = settings.deductions
    if line.state is not UnitState.ACCEPTED:
        if rules.not_sent and line.tasks:
            what = "退回后没有重新报送" if line.state is UnitState.RETURNED else "未报送"
            yield Deduction(what, rules.not_sent)
        return
    if line.on_time is False and rules.late:
        yield Deduction("迟报", rules.late)
    for what, count, each in (("缺佐证材料", lacking, rules.missing_item), ("内容空洞", hollow, rules.hollow)):
        if count and each:
            yield Deduction(f"{what}{count}项，每项{figure(each)}分", float(exact(each) * count))
