"""Scores, ranks, grades and conclusions of a made-up year by the words of docs/scoring.md, counted anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import floor
from typing import Any

from builders.years.told import GROUPS, LEAD, SENT, UNCLEAR, UNREPORTED, Part, Told, hollow
from reporting.model import Target
from reporting.model.review import Review, TaskReview


def exact(value: float) -> Fraction:
    """A figure as it is written."""
    return Fraction(repr(value))


def tenth(value: Fraction) -> Fraction:
    """To one decimal, halves up."""
    return Fraction(floor(value * 10 + Fraction(1, 2)), 10)


def shown(value: Fraction | None) -> str:
    """As the documents show it."""
    return "—" if value is None else f"{float(value):.1f}"


@dataclass(frozen=True, slots=True)
class Mark:
    """The marks of one task of one unit; None where it does not count."""

    part: Part
    review: TaskReview | None
    status: str
    verified: bool
    points: Fraction | None
    weight: Fraction

    @property
    def reported(self) -> str:
        """What the unit said."""
        return (self.part.answer.status if self.part.answer else "") or UNREPORTED

    @property
    def self_score(self) -> float | None:
        """The unit's own score."""
        return self.part.answer.self_score if self.part.answer else None

    @property
    def changed(self) -> bool:
        """Whether another status was verified than reported."""
        return self.review is not None and self.review.status not in ("", self.reported)

    def must_mend(self, least: Fraction = Fraction(60)) -> bool:
        """Whether it must be put right."""
        if self.points is None:
            return False
        return GROUPS[self.status] == "滞后" or self.status == UNREPORTED or self.points < least


@dataclass(slots=True)
class Total:
    """A unit's score."""

    unit: str
    mean: Fraction | None
    taken: Fraction
    bonus: Fraction
    total: Fraction | None
    verified: int
    owed: int
    veto: bool = False
    rank: int | None = None
    grade: str = "不评等次"
    conclusion: str = "待核定"


class Scored:
    """The scores of a year whose review came back."""

    def __init__(self, told: Told, review: Review) -> None:
        self.told, self.review = told, review
        self._settings: dict[str, Any] = {
            "method": "pro_rata",
            "support_share": 0.5,
            "task_weights": {},
            "grades.excellent_quota": 100.0,
        } | told.year.scoring
        self._reviews = {(each.number, each.unit): each for each in review.tasks}
        self._values = {(each.number, each.unit): each.value for each in review.targets}
        self._unclear = {(row.target.number, row.unit) for row in told.rows if row.state == UNCLEAR}
        self._figures = {(row.target.number, row.unit): row.figure for row in told.rows}
        self.marks = [self._mark(part) for part in told.parts]

    def verified_value(self, target: Target, unit: str) -> float | None:
        """The figure that was verified of a target that the unit owes."""
        return self._values.get((target.number, unit)) if (target.number, unit) in self._figures else None

    @property
    def verified(self) -> list[Mark]:
        """What was verified."""
        return [each for each in self.marks if each.verified]

    # ---- tasks ---------------------------------------------------------------------------------------

    def _mark(self, part: Part) -> Mark:
        review = self._reviews.get((part.task.number, part.unit))
        said = review is not None and (
            any((review.status, review.reason, review.opinion, review.material))
            or review.progress is not None
            or review.score is not None
        )
        owes = part.role == LEAD or not part.task.lead
        targets = [each for each in part.task.targets if owes]
        values = [self.verified_value(each, part.unit) for each in targets]
        verified = said or any(each is not None for each in values)
        status = (review.status if review else "") or (part.answer.status if part.answer else "")
        weight = exact(self._settings["task_weights"].get(part.task.number, 1.0))
        share = Fraction(1) if part.role == LEAD else exact(self._settings["support_share"])
        points = self._points(part, review, status or UNREPORTED, targets, verified)
        return Mark(part, review, status or UNREPORTED, verified, points, weight * share)

    def _points(
        self, part: Part, review: TaskReview | None, status: str, targets: Sequence[Target], verified: bool
    ) -> Fraction | None:
        if review is not None and review.score is not None:
            return tenth(exact(review.score))
        if GROUPS[status] == "不计入":
            return None
        if not verified and part.answer is None:
            return Fraction(0)
        counted = [each for each in targets if not self._left_out(part, each)]
        if counted and status != "未启动":
            marks = [self._by_figure(part, each) for each in counted]
            return tenth(sum(marks, Fraction(0)) / len(marks))
        return self._worth(self._extent(part, review, status))

    def _left_out(self, part: Part, target: Target) -> bool:
        """Figures of several leads that may reach the target together wait until somebody verifies them."""
        figure = self._figures.get((target.number, part.unit))
        told = figure is not None and figure.value is not None
        several = len(self.told.lead_names(part.task)) > 1
        open_ = (target.number, part.unit) in self._unclear
        return several and told and open_ and self.verified_value(target, part.unit) is None

    def _by_figure(self, part: Part, target: Target) -> Fraction:
        value = self.verified_value(target, part.unit)
        if value is None:
            figure = self._figures.get((target.number, part.unit))
            value = figure.value if figure else None
        return Fraction(0) if value is None else self._worth(_fulfilled(target, exact(value)))

    def _extent(self, part: Part, review: TaskReview | None, status: str) -> Fraction:
        if review is not None and review.progress is not None:
            return exact(review.progress) / 100
        if status in ("已完成", "未启动"):
            return Fraction(status == "已完成")
        reported = part.answer.status if part.answer else ""
        changed = review is not None and review.status not in ("", reported)
        if part.answer is None or part.answer.progress is None or changed:
            return Fraction(0)
        return exact(part.answer.progress) / 100

    def _worth(self, extent: Fraction) -> Fraction:
        method = self._settings["method"]
        if method == "full":
            return Fraction(100 if extent >= 1 else 0)
        if method == "pro_rata":
            return tenth(100 * min(extent, Fraction(1)))
        if extent >= 1:
            return tenth(100 + min((extent - 1) * 100, Fraction(10)))
        return tenth(100 * extent) if extent * 100 >= 60 else Fraction(0)

    # ---- units ---------------------------------------------------------------------------------------

    @cached_property
    def totals(self) -> list[Total]:
        """Every unit with its rank, grade and conclusion, in the order of the plan."""
        found = [self._total(unit) for unit in self.told.units]
        states = {each.unit: each.state for each in self.told.standings}
        graded = [each for each in found if each.total is not None and (each.verified or states[each.unit] != SENT)]
        self._grade(graded)
        return found

    def _total(self, unit: str) -> Total:
        own = [each for each in self.marks if each.part.unit == unit]
        counting = [each for each in own if each.points is not None and each.weight]
        words = next((each for each in self.review.units if each.unit == unit), None)
        bonus = min(exact(words.bonus), Fraction(5)) if words else Fraction(0)
        taken = self._taken(unit, own)
        verified = sum(each.verified for each in own)
        total = Total(unit, None, taken, bonus, None, verified, len(own), bool(words and words.veto))
        if not counting:
            total.conclusion = "不计分" if verified == len(own) else "待核定"
            return total
        weighted = sum(((each.points or Fraction(0)) * each.weight for each in counting), Fraction(0))
        total.mean = tenth(weighted / sum((each.weight for each in counting), Fraction(0)))
        total.total = min(max(tenth(total.mean + bonus - taken), Fraction(0)), Fraction(105))
        return total

    def _taken(self, unit: str, own: Sequence[Mark]) -> Fraction:
        standing = next(each for each in self.told.standings if each.unit == unit)
        if standing.state != SENT:
            return Fraction(10)
        late = Fraction(0 if standing.on_time else 2)
        lacking, empty = self.faults(own)
        return late + Fraction(len(lacking), 10) + len(empty)

    def faults(self, own: Sequence[Mark]) -> tuple[list[Mark], list[Mark]]:
        """Where evidence lacks and where words are hollow."""
        lacking, empty = [], []
        for each in own:
            if each.part.answer is None:
                continue
            word = each.review.material if each.review else ""
            named = not hollow(each.part.answer.evidence)
            if "缺佐证" in word or (not word and each.part.answer.status == "已完成" and not named):
                lacking.append(each)
            if "空洞" in word:
                empty.append(each)
        return lacking, empty

    def _grade(self, graded: list[Total]) -> None:
        quota = self._settings["grades.excellent_quota"]
        places = max(floor(len(graded) * quota / 100), 1) if quota < 100 else len(graded)
        ordered = sorted(graded, key=lambda each: (each.veto, -(each.total or 0)))
        for each in ordered:
            ahead = [one for one in ordered if (one.veto, -(one.total or 0)) < (each.veto, -(each.total or 0))]
            each.rank = len(ahead) + 1
            total = each.total or Fraction(0)
            best = sum(one.grade == "优秀" and not one.veto for one in ahead)
            steps = [(90, "优秀"), (80, "良好"), (60, "合格"), (0, "不合格")]
            each.grade = next(name for least, name in steps if total >= least)
            if each.grade == "优秀" and best >= places:
                each.grade = "良好"
            if each.veto:
                each.grade = "不合格"
            own = [mark for mark in self.marks if mark.part.unit == each.unit]
            mending = any(mark.must_mend() for mark in own)
            each.conclusion = "不通过" if each.grade == "不合格" else "限期整改" if mending else "通过"

    def to_mend(self) -> list[Mark]:
        """What must be put right, of units about which there is a conclusion."""
        open_ = {each.unit for each in self.totals if each.conclusion == "待核定"}
        return [each for each in self.marks if each.must_mend() and each.part.unit not in open_]


def _fulfilled(target: Target, value: Fraction) -> Fraction:
    goal = exact(target.value)
    if target.op in ("<=", "<"):
        if value <= 0 or value < goal or (target.op == "<=" and value == goal):
            return Fraction(1)
        return min(goal / value, Fraction(9999, 10000))
    if goal == 0:
        return Fraction(value > 0 if target.op == ">" else value >= 0)
    if target.op == ">" and value == goal:
        return Fraction(9999, 10000)
    return value / goal
