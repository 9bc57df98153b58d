"""The inspected year as the sections of the report look at it: tasks of units, figures, annexes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import floor

from reporting.documents.year_view import YearView
from reporting.language.wording import clause, task_numbers
from reporting.model import UNREPORTED, Assignment, Consolidation, Report, Target, Task
from reporting.model.review import PENDING, Review, Scores, TaskReview, TaskScore
from reporting.office.form import Form
from reporting.office.form import Outcome as Group

ANNEXES = {"scores": "考评得分汇总表", "tasks": "逐项核查表", "rectify": "问题和整改清单", "group": "检查组名单"}


@dataclass(frozen=True, slots=True)
class Inspected:
    """One task of one unit with all that is known of it."""

    task: Task
    assignment: Assignment
    report: Report | None
    review: TaskReview | None
    score: TaskScore

    @property
    def reported(self) -> str:
        """The status the unit reported."""
        return (self.report.status if self.report is not None else "") or UNREPORTED

    @property
    def verified_status(self) -> str:
        """The status the group verified; empty when it left it open."""
        return self.review.status if self.review is not None else ""

    @property
    def name(self) -> str:
        """The unit with the number and the first clause of the task."""
        return f"{self.assignment.unit}（{task_numbers([self.task.number])}）：{clause(self.task.content)}"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that the group verified, beside the one reported."""

    target: Target
    unit: str
    reported: float | None
    raw: str
    verified: float

    @property
    def differs(self) -> bool:
        """Whether the group found another figure than was reported."""
        return self.reported is None or abs(self.reported - self.verified) > 1e-9


class AcceptanceView(YearView):
    """The year as the sections look at it: entries by unit in the order of the list of units."""

    def __init__(self, consolidation: Consolidation, review: Review, scores: Scores, form: Form) -> None:
        super().__init__(consolidation, form)
        self.review, self.scores = review, scores
        reviews = {(each.number, each.unit): each for each in review.tasks}
        scored = {(each.number, each.unit): each for each in scores.tasks}
        ordinals = {line.unit: line.ordinal for line in consolidation.units}
        self.entries = sorted(
            (
                Inspected(line.task, *part, reviews.get(part.key), scored[part.key])
                for line in consolidation.tasks
                for part in line.parts
            ),
            key=lambda entry: ordinals.get(entry.assignment.unit, len(ordinals) + 1),
        )
        values = {(each.number, each.unit): each.value for each in review.targets}
        self.figures = [
            Figure(each.target, each.unit, each.value, each.raw, values[each.target.number, each.unit])
            for each in consolidation.targets
            if (each.target.number, each.unit) in values
        ]
        self.ranked = sorted(scores.units, key=lambda each: (each.rank is None, each.rank or 0))
        self.annexes = [f"{consolidation.year}年度{title}" for title in ANNEXES.values()]

    @property
    def verified(self) -> list[Inspected]:
        """What the group verified."""
        return [entry for entry in self.entries if entry.score.verified]

    @property
    def self_scored(self) -> list[tuple[Inspected, float, float]]:
        """What was verified and scored and has a self score, with that score and the marks given."""
        return [
            (entry, entry.report.self_score, entry.score.points)
            for entry in self.verified
            if entry.report is not None and entry.report.self_score is not None
            if entry.score.points is not None
        ]

    @property
    def changed(self) -> list[Inspected]:
        """What was verified otherwise than the unit reported it."""
        return [entry for entry in self.verified if entry.verified_status not in ("", entry.reported)]

    @property
    def to_rectify(self) -> list[Inspected]:
        """What must be put right, by the units about which there is a conclusion."""
        pending = {each.unit for each in self.scores.units if each.conclusion == PENDING}
        found = (entry for entry in self.entries if entry.score.must_rectify)
        return [entry for entry in found if entry.assignment.unit not in pending]

    def rectify_day(self, entry: Inspected) -> date | None:
        """By when one task must be put right: the day set for it, else the one set for all."""
        own = entry.review.rectify_by if entry.review is not None else None
        return own or self.review.rectify_by

    @property
    def by_unit(self) -> dict[str, list[Inspected]]:
        """The entries of each unit."""
        found: dict[str, list[Inspected]] = {}
        for entry in self.entries:
            found.setdefault(entry.assignment.unit, []).append(entry)
        return found

    def count(self, group: Group, statuses: Iterable[str]) -> int:
        """How many of these statuses belong to a group."""
        return sum(self.group(status) == group for status in statuses)

    def annex(self, key: str) -> str:
        """The label of an annex, say 附件1."""
        return f"附件{list(ANNEXES).index(key) + 1}"

    def head(self, key: str) -> dict[str, object]:
        """Label and title of an annex."""
        return {"label": self.annex(key), "title": f"{self.all.year}年度{ANNEXES[key]}"}


def average(values: Iterable[float]) -> str:
    """A mean to one decimal, halves up as all marks; a dash for none."""
    found = [Fraction(str(value)) for value in values]
    return f"{floor(sum(found) / len(found) * 10 + Fraction(1, 2)) / 10:.1f}" if found else "—"


def optional(value: float | None) -> str:
    """Marks to one decimal; a dash for none."""
    return "—" if value is None else f"{value:.1f}"
