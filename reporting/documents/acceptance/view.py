"""The inspected year as the sections of the report look at it: tasks of units, figures, annexes."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from reporting.documents.blocks import Block, text_block
from reporting.language.wording import clause, stopped, task_numbers
from reporting.model import UNREPORTED, Assignment, Consolidation, Report, Target, Task, TaskLine
from reporting.model.review import Review, Scores, TaskReview, TaskScore
from reporting.office.form import Form
from reporting.year.standings import GroupedYear

ANNEXES = {
    "scores": "考评得分汇总表",
    "tasks": "逐项核查表",
    "rectify": "问题和整改清单",
    "group": "检查组名单",
}


def annex_label(key: str) -> str:
    """The label of an annex, say 附件1."""
    return f"附件{list(ANNEXES).index(key) + 1}"


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


class AcceptanceView(GroupedYear):
    """The year as the sections look at it: entries by unit in the order of the list of units."""

    def __init__(self, consolidation: Consolidation, review: Review, scores: Scores, form: Form) -> None:
        super().__init__(consolidation, form)
        self.review, self.scores = review, scores
        self._reviews = {(each.number, each.unit): each for each in review.tasks}
        self._scores = {(each.number, each.unit): each for each in scores.tasks}
        ordinals = {line.unit: line.ordinal for line in consolidation.units}
        self.entries = sorted(
            (entry for line in consolidation.tasks for entry in self._entries(line)),
            key=lambda entry: ordinals.get(entry.assignment.unit, len(ordinals) + 1),
        )
        values = {(each.number, each.unit): each.value for each in review.targets}
        self.figures = [
            Figure(each.target, each.unit, each.value, each.raw, values[each.target.number, each.unit])
            for each in consolidation.targets
            if (each.target.number, each.unit) in values
        ]
        self.ranked = sorted(scores.units, key=lambda each: (each.rank is None, each.rank or 0))
        self.annexes = {key: f"{consolidation.year}年度{title}" for key, title in ANNEXES.items()}

    def _entries(self, line: TaskLine) -> Iterable[Inspected]:
        told = [(Assignment(line.task, each.unit, each.role), each) for each in line.reports]
        for assignment, report in [*told, *((each, None) for each in line.silent)]:
            key = (line.task.number, assignment.unit)
            yield Inspected(line.task, assignment, report, self._reviews.get(key), self._scores[key])

    @property
    def verified(self) -> list[Inspected]:
        """What the group verified."""
        return [entry for entry in self.entries if entry.score.verified]

    def is_done(self, status: str) -> bool:
        """Whether a status belongs to those that mean done."""
        return self.group(status) == "done"

    def is_behind(self, status: str) -> bool:
        """Whether a status belongs to those that mean behind."""
        return self.group(status) == "behind"

    def is_void(self, status: str) -> bool:
        """Whether a status belongs to those of tasks that were adjusted or do not apply."""
        return self.group(status) == "void"

    def annex(self, key: str) -> str:
        """The label of an annex, say 附件1."""
        return f"附件{list(self.annexes).index(key) + 1}"

    def head(self, key: str) -> dict[str, object]:
        """Label and title of an annex."""
        return {"label": self.annex(key), "title": self.annexes[key]}


def average(values: Iterable[float]) -> str:
    """A mean to one decimal, halves up as all marks; a dash for none."""
    found = [Fraction(str(value)) for value in values]
    return f"{floor(sum(found) / len(found) * 10 + Fraction(1, 2)) / 10:.1f}" if found else "—"


def optional(value: float | None) -> str:
    """Marks to one decimal; a dash for none."""
    return "—" if value is None else f"{value:.1f}"


def point(ordinal: int, text: str) -> Block:
    """A numbered point, ended by a full stop."""
    return text_block(f"{ordinal}.{stopped(text)}")
