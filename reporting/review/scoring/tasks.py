"""The marks of one task for one unit, each with the formula it comes from (单项得分)."""

from dataclasses import dataclass, replace
from fractions import Fraction

from reporting.language.values import format_number
from reporting.model.plans import Assignment, Target, Task
from reporting.model.review import Review, TaskReview, TaskScore
from reporting.model.whole import UNREPORTED, Consolidation, Report, TargetReport, TaskPart
from reporting.office.form import Form, Status
from reporting.office.settings import Method, Scoring
from reporting.review.scoring.marks import FULL, exact, marks, percentage, tenth
from reporting.review.scoring.methods import fulfilment, quotient, rule_words, task_method, task_weight, worth

_UNVERIFIED = "（未核定，按上报情况）"
_JOINTLY = "（几个牵头单位可能合计达到目标的指标，核定以前不单独计分）"


@dataclass(frozen=True, slots=True)
class _Case:
    """One task of one unit with everything that is known of it."""

    assignment: Assignment
    report: Report | None
    review: TaskReview | None
    figures: tuple[tuple[TargetReport, float | None], ...]
    """Each target the unit reports with the figure the group verified."""
    shared: bool = False
    """Whether figures were left out because several leads may fulfil the target together."""

    @property
    def verified(self) -> bool:
        """Whether the group said anything about the task."""
        told = self.review is not None and self.review.is_filled
        return told or any(value is not None for _, value in self.figures)

    @property
    def verified_or_reported(self) -> bool:
        """Whether anybody said anything about the task."""
        return self.verified or self.report is not None


class TaskScorer:
    """Scores the tasks of a year, each for each of its units."""

    def __init__(self, consolidation: Consolidation, review: Review, settings: Scoring, form: Form) -> None:
        """Look up what was said and verified."""
        self._all = consolidation
        self._settings = settings
        self._form = form
        self._reviews = {(each.number, each.unit): each for each in review.tasks}
        self._values = {(each.number, each.unit): each.value for each in review.targets}
        self._figures: dict[tuple[str, str], list[TargetReport]] = {}
        for each in consolidation.targets:
            self._figures.setdefault((each.target.task, each.unit), []).append(each)

    def score(self) -> list[TaskScore]:
        """The scores in the order of the units, and of the plan within a unit."""
        order = {line.unit: line.ordinal for line in self._all.units}
        cases = [self._case(part) for line in self._all.tasks for part in line.parts]
        cases.sort(key=lambda case: order.get(case.assignment.unit, len(order) + 1))
        return [self._score(case) for case in cases]

    def _case(self, part: TaskPart) -> _Case:
        assignment, report = part
        owed = self._figures.get(part.key, [])
        figures = [(each, self._values.get((each.target.number, each.unit))) for each in owed]
        counting = tuple(
            (each, value) for each, value in figures if value is not None or not _may_be_shared(each, assignment)
        )
        shared = len(counting) < len(figures)
        return _Case(assignment, report, self._reviews.get(part.key), counting, shared)

    def _score(self, case: _Case) -> TaskScore:
        assignment = case.assignment
        status = _status(case)
        known = self._form.statuses.get(status)
        found = TaskScore(
            number=assignment.task.number,
            unit=assignment.unit,
            role=str(assignment.role),
            status=status,
            weight=task_weight(assignment.task, assignment.role, self._settings),
            points=None,
            verified=case.verified,
            formula="",
        )
        mark = _UNVERIFIED if case.report is not None and not case.verified else ""
        if case.review is not None and case.review.score is not None:
            return self._assessed(found, case, case.review.score)
        if known is not None and known.outcome == "void":
            return replace(found, formula=f"{status}，不计分{mark}")
        points, formula = self._computed(case, known)
        joint = _JOINTLY if case.shared else ""
        return replace(found, points=points, formula=f"{formula}{joint}{mark}")

    def _assessed(self, found: TaskScore, case: _Case, assessed: float) -> TaskScore:
        """What the group typed stands; the computed score is told beside it."""
        known = self._form.statuses.get(found.status)
        points = tenth(assessed)
        formula = f"检查组评定{marks(points)}"
        told = case.figures or (case.review is not None and case.review.progress is not None)
        if (known is None or known.outcome != "void") and (told or not _is_changed(case)):
            computed, _ = self._computed(case, known)
            formula += f"（按办法计算为{marks(computed)}，以检查组评定为准）"
        return replace(found, points=points, formula=formula)

    def _computed(self, case: _Case, known: Status | None) -> tuple[float, str]:
        not_begun = known is not None and known.progress == "none"
        if case.figures and case.verified_or_reported and not not_begun:
            return self._by_figures(case)
        if not case.verified_or_reported:
            return 0.0, f"{UNREPORTED}，计0.0"
        done, words, source = _extent(case, known)
        method = task_method(case.assignment.task, self._settings)
        return self._worded(f"{source}，", done, words, method)

    def _worded(self, source: str, done: Fraction, quotient_words: str, method: Method) -> tuple[float, str]:
        """The marks for this extent, and the formula behind the words on where it comes from."""
        points = worth(done, self._settings, method)
        rule = rule_words(done, self._settings, method)
        reason = f"（{rule}）" if rule else ""
        if tenth(FULL * done) == points:
            return points, f"{source}100×{quotient_words}＝{marks(points)}{reason}"
        return points, f"{source}完成{percentage(done)}，得{marks(points)}{reason}"

    def _by_figures(self, case: _Case) -> tuple[float, str]:
        """The mean over the task's targets, each by its method."""
        parts = [self._figure(case.assignment.task, *each) for each in case.figures]
        points = tenth(sum((exact(each) for each, _ in parts), Fraction(0)) / len(parts))
        words = "；".join(text for _, text in parts)
        if len(parts) > 1:
            added = "＋".join(marks(each) for each, _ in parts)
            words += f"；（{added}）÷{len(parts)}＝{marks(points)}"
        return points, words

    def _figure(self, task: Task, report: TargetReport, verified: float | None) -> tuple[float, str]:
        target = report.target
        value, source = (report.value, "上报") if verified is None else (verified, "核定")
        if value is None:
            what = f"上报“{report.raw}”不是数字" if report.raw else "未报完成值"
            return 0.0, f"{target.name}{what}，计0.0"
        measured = f"{source}{format_number(value)}{target.unit}，目标{_goal(target)}"
        method = task_method(task, self._settings, target)
        done, words = fulfilment(target, value), quotient(target, value)
        return self._worded(f"{target.name}{measured}：", done, words, method)


def _may_be_shared(report: TargetReport, assignment: Assignment) -> bool:
    """Whether a figure is perhaps one lead's part of what several reach together: nobody can tell unasked."""
    return len(assignment.task.lead) > 1 and report.value is not None and report.reached is None


def _goal(target: Target) -> str:
    signs = {"=": "", "growth>=": "增长≥", ">=": "≥", "<=": "≤"}
    return f"{signs.get(target.op, target.op)}{format_number(target.value)}{target.unit}"


def _status(case: _Case) -> str:
    if case.review is not None and case.review.status:
        return case.review.status
    return case.report.status if case.report is not None and case.report.status else UNREPORTED


def _extent(case: _Case, known: Status | None) -> tuple[Fraction, str, str]:
    """How far a task without figures is done, how that is written, and where it comes from.

    A verified progress counts first. A status says it where it leaves no choice (已完成, 未启动). The
    reported progress counts only while the group left the reported status as it is; what nobody told counts
    nothing.
    """
    review, report = case.review, case.report
    status = _status(case)
    source = "核定" if review is not None and review.status else "上报"
    if review is not None and review.progress is not None:
        return _progress(review.progress, f"核定进度{format_number(review.progress)}%")
    told = f"{source}状态{status}"
    if known is not None and known.progress in ("full", "none"):
        return _progress(FULL if known.progress == "full" else 0, told)
    if report is None or report.progress is None or _is_changed(case):
        return _progress(0, f"{told}，没有{'核定' if _is_changed(case) else '填报'}进度，按0%计")
    progress = min(max(report.progress, 0.0), float(FULL))
    return _progress(progress, f"{told}，上报进度{format_number(report.progress)}%")


def _progress(progress: float, source: str) -> tuple[Fraction, str, str]:
    return exact(progress) / FULL, f"{format_number(progress)}%", source


def _is_changed(case: _Case) -> bool:
    """Whether the group verified another status than was reported."""
    reported = case.report.status if case.report is not None else ""
    return case.review is not None and case.review.status not in ("", reported)
