"""Acceptance scores and grades: what was reported, what was verified and the settings, to marks out of 100.

A task has 100 marks for each unit it is assigned to. What the inspection group verified goes before what the
unit reported; a score the group typed goes before the computed one. What nobody verified is scored from the
report alone and marked 未核定. A unit's total is the weighted mean over its tasks, so that a unit with two
tasks compares with one with twenty; then deductions and extra marks. Every score carries its own formula.

Marks are rounded to one decimal where they are shown, so that a reader who adds them up finds the same.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from reporting.distribution import reports_targets
from reporting.form import Form, Status
from reporting.model import (
    UNREPORTED,
    Assignment,
    Consolidation,
    Plan,
    Report,
    Role,
    Target,
    TargetReport,
    Task,
    UnitLine,
    UnitState,
)
from reporting.outputs.wording import heading_text, says_nothing
from reporting.review import (
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
    Deduction,
    Review,
    Scores,
    TaskReview,
    TaskScore,
    UnitReview,
    UnitScore,
)
from reporting.settings import Grades, Scoring
from reporting.values import format_number

FULL = 100.0
_UNVERIFIED = "（未核定，按上报情况）"
_JOINTLY = "（几个牵头单位可能合计达到目标的指标，核定以前不单独计分）"


def tenth(value: float) -> float:
    """Round to one decimal, halves up, as people do by hand."""
    return math.floor(value * 10 + 0.5 + 1e-9) / 10


def marks(value: float) -> str:
    """Write marks to one decimal."""
    return f"{value:.1f}"


def score(consolidation: Consolidation, review: Review, settings: Scoring, form: Form) -> Scores:
    """Score every task of every unit, then the units, and grade them."""
    tasks = [
        replace(each, must_rectify=_must_rectify(each, settings.grades, form))
        for each in _TaskScorer(consolidation, review, settings, form).score()
    ]
    lacking = missing_evidence(consolidation, form)
    by_unit: dict[str, list[TaskScore]] = {}
    for each in tasks:
        by_unit.setdefault(each.unit, []).append(each)
    reviews = {each.unit: each for each in review.units}
    units = [
        _score_unit(
            line, by_unit.get(line.unit, []), reviews.get(line.unit), lacking.get(line.unit, []), settings
        )
        for line in consolidation.units
    ]
    silent = {line.unit for line in consolidation.units if line.state is not UnitState.ACCEPTED}
    gradable = [each.total is not None and (each.verified > 0 or each.unit in silent) for each in units]
    return Scores(tuple(tasks), _grade(units, gradable, reviews, settings.grades, by_unit))


def idle_weights(plan: Plan, settings: Scoring) -> tuple[str, ...]:
    """Sentences on weights that name no task and no category, since a misspelt one would be silent."""
    numbers = {task.number for task in plan.tasks}
    categories = {name for task in plan.tasks for name in (task.category, heading_text(task.category))}
    return tuple(
        f"duban.toml 中 [scoring] 的{what}“{name}”在方案中没有，不起作用。请核对写法。"
        for what, names, known in (
            ("任务权重", settings.task_weights, numbers),
            ("类别权重", settings.category_weights, categories),
        )
        for name in names
        if name not in known
    )


def task_weight(task: Task, role: Role, settings: Scoring) -> float:
    """What a task weighs for a unit in a role: its own weight, or its category's, by the role's share."""
    own = settings.task_weights.get(task.number)
    if own is None:
        own = settings.category_weights.get(task.category)
    if own is None:
        own = settings.category_weights.get(heading_text(task.category), 1.0)
    return own * (settings.lead_share if role is Role.LEAD else settings.support_share)


# ---- how far done, and what that is worth ---------------------------------------------------------


def fulfilment(target: Target, value: float) -> float:
    """How far a figure fulfils its target: 1 is exactly, more than 1 is more than asked.

    Where less is better it is the goal as a share of the figure. A goal of zero is fulfilled or not.
    """
    if target.op in ("<=", "<"):
        if value <= 0 or value < target.value:
            return 1.0
        reached = target.op == "<=" and value == target.value
        return 1.0 if reached else min(max(target.value / value, 0.0), _JUST_BELOW)
    if target.value <= 0:
        reached = value > target.value if target.op == ">" else value >= target.value
        return 1.0 if reached else 0.0
    ratio = max(value / target.value, 0.0)
    return _JUST_BELOW if target.op == ">" and value == target.value else ratio


_JUST_BELOW = 0.9999
"""A target of 超过10家 is not fulfilled by 10."""


def worth(done: float, settings: Scoring) -> float:
    """The marks for a task done to this extent (1 is wholly), by the method of the settings.

    Full marks or none, marks by proportion, and the four steps 超额加分、完成满分、按比例、不得分 are the
    ways offices are seen to use.
    """
    if settings.method == "full":
        return FULL if done >= 1 else 0.0
    if settings.method == "pro_rata":
        return tenth(FULL * min(done, 1.0))
    if done >= 1:
        return tenth(FULL + min((done - 1) * FULL, settings.over_cap))
    return tenth(FULL * done) if done * FULL >= settings.least_percent else 0.0


def _rule_words(done: float, settings: Scoring) -> str:
    """Why ``worth`` gives what it gives."""
    if settings.method == "full":
        return "完成得满分" if done >= 1 else "没有全部完成，不得分"
    if settings.method == "four_steps":
        if done > 1:
            return f"超额完成，加分不超过{format_number(settings.over_cap)}分"
        if done < 1 and done * FULL < settings.least_percent:
            return f"低于{format_number(settings.least_percent)}%，不得分"
    return ""


# ---- one task of one unit -------------------------------------------------------------------------


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


class _TaskScorer:
    def __init__(self, consolidation: Consolidation, review: Review, settings: Scoring, form: Form) -> None:
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
        cases = [
            case for line in self._all.tasks for case in self._cases(line.reports, line.silent, line.task)
        ]
        cases.sort(key=lambda case: order.get(case.assignment.unit, len(order) + 1))
        return [self._score(case) for case in cases]

    def _cases(self, reports: Iterable[Report], silent: Iterable[Assignment], task: Task) -> Iterable[_Case]:
        for report in reports:
            yield self._case(Assignment(task, report.unit, report.role), report)
        for assignment in silent:
            yield self._case(assignment, None)

    def _case(self, assignment: Assignment, report: Report | None) -> _Case:
        key = (assignment.task.number, assignment.unit)
        owed = self._figures.get(key, []) if reports_targets(assignment) else []
        figures = [(each, self._values.get((each.target.number, each.unit))) for each in owed]
        counting = tuple(
            (each, value)
            for each, value in figures
            if value is not None or not _may_be_shared(each, assignment)
        )
        shared = len(counting) < len(figures)
        return _Case(assignment, report, self._reviews.get(key), counting, shared)

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
        done, words = _extent(case, known)
        return self._worded(f"{words}，", done)

    def _worded(self, words: str, done: float) -> tuple[float, str]:
        """The marks for this extent, and the formula behind ``words``."""
        points = worth(done, self._settings)
        rule = _rule_words(done, self._settings)
        reason = f"（{rule}）" if rule else ""
        if tenth(FULL * done) == points:
            return points, f"{words}100×{_percent(done)}＝{marks(points)}{reason}"
        return points, f"{words}完成{_percent(done)}，得{marks(points)}{reason}"

    def _by_figures(self, case: _Case) -> tuple[float, str]:
        """The mean over the task's targets, each by the method of the settings."""
        parts = [self._figure(report, value) for report, value in case.figures]
        points = tenth(sum(each for each, _ in parts) / len(parts))
        words = "；".join(text for _, text in parts)
        if len(parts) > 1:
            added = "＋".join(marks(each) for each, _ in parts)
            words += f"；（{added}）÷{len(parts)}＝{marks(points)}"
        return points, words

    def _figure(self, report: TargetReport, verified: float | None) -> tuple[float, str]:
        target = report.target
        value, source = (report.value, "上报") if verified is None else (verified, "核定")
        if value is None:
            what = f"上报“{report.raw}”不是数字" if report.raw else "未报完成值"
            return 0.0, f"{target.name}{what}，计0.0"
        done = fulfilment(target, value)
        measured = f"{source}{format_number(value)}{target.unit}，目标{_goal(target)}"
        return self._worded(f"{target.name}{measured}：", done)


def _may_be_shared(report: TargetReport, assignment: Assignment) -> bool:
    """Whether a figure is perhaps one lead's part of what several reach together: nobody can tell unasked."""
    return len(assignment.task.lead) > 1 and report.value is not None and report.reached is None


def _goal(target: Target) -> str:
    signs = {"=": "", "growth>=": "增长≥", ">=": "≥", "<=": "≤"}
    return f"{signs.get(target.op, target.op)}{format_number(target.value)}{target.unit}"


def _percent(done: float) -> str:
    return f"{format_number(round(done * 100, 2))}%"


def _status(case: _Case) -> str:
    if case.review is not None and case.review.status:
        return case.review.status
    return case.report.status if case.report is not None and case.report.status else UNREPORTED


def _extent(case: _Case, known: Status | None) -> tuple[float, str]:
    """How far a task without figures is done, and the words for it.

    A verified progress counts first. A status says it where it leaves no choice (已完成, 未启动). The
    reported progress counts only while the group left the reported status as it is; what nobody told counts
    nothing.
    """
    review, report = case.review, case.report
    status = _status(case)
    source = "核定" if review is not None and review.status else "上报"
    if review is not None and review.progress is not None:
        return review.progress / 100, f"核定进度{format_number(review.progress)}%"
    if known is not None and known.progress == "full":
        return 1.0, f"{source}状态{status}"
    if known is not None and known.progress == "none":
        return 0.0, f"{source}状态{status}"
    if report is None or report.progress is None or _is_changed(case):
        return 0.0, f"{source}状态{status}，没有{'核定' if _is_changed(case) else '填报'}进度，按0%计"
    return min(max(report.progress, 0.0), 100.0) / 100, (
        f"{source}状态{status}，上报进度{format_number(report.progress)}%"
    )


def _is_changed(case: _Case) -> bool:
    """Whether the group verified another status than was reported."""
    reported = case.report.status if case.report is not None else ""
    return case.review is not None and case.review.status not in ("", reported)


# ---- one unit -------------------------------------------------------------------------------------


def _score_unit(
    line: UnitLine,
    tasks: Sequence[TaskScore],
    review: UnitReview | None,
    lacking: Sequence[str],
    settings: Scoring,
) -> UnitScore:
    counting = [each for each in tasks if each.points is not None and each.weight > 0]
    verified = sum(each.verified for each in tasks)
    found = UnitScore(
        unit=line.unit,
        mean=None,
        deductions=tuple(_deductions(line, lacking, settings)),
        bonus=min(review.bonus, settings.bonus_cap) if review else 0.0,
        total=None,
        rank=None,
        grade=NO_GRADE,
        conclusion=PENDING,
        verified=verified,
        unverified=len(tasks) - verified,
        formula="没有计分的任务",
        lacking=tuple(lacking),
    )
    if not counting:  # nothing to conclude once it is verified that nothing applies
        return replace(found, conclusion=EXEMPT) if verified == len(tasks) else found
    total_weight = sum(each.weight for each in counting)
    weighted = math.fsum((each.points or 0.0) * each.weight for each in counting)
    base = tenth(weighted / total_weight)
    taken = sum(each.points for each in found.deductions)
    raw = base + found.bonus - taken
    total = min(max(tenth(raw), 0.0), FULL + settings.bonus_cap)
    formula = _unit_formula(counting, (weighted, total_weight), found, base, raw, total, review)
    return replace(found, mean=base, total=total, formula=formula)


def _unit_formula(
    counting: Sequence[TaskScore],
    sums: tuple[float, float],
    found: UnitScore,
    base: float,
    raw: float,
    total: float,
    review: UnitReview | None,
) -> str:
    weighted, weight = sums
    shown = f"{len(counting)}项任务加权平均：{_figure(weighted)}÷{_figure(weight)}＝{marks(base)}"
    changes = [f" − {_figure(each.points)}（{each.reason}）" for each in found.deductions]
    if found.bonus:
        capped = review is not None and review.bonus > found.bonus
        why = (
            f"加分，检查组给{_figure(review.bonus)}分，以{_figure(found.bonus)}分为限"
            if capped and review
            else "加分"
        )
        changes.append(f" ＋ {_figure(found.bonus)}（{why}）")
    if not changes:
        return shown if total == base else f"{shown}，以{marks(total)}为限"
    found_sum = marks(tenth(raw)).replace("-", "−")
    bound = "" if tenth(raw) == total else f"，按{marks(total)}计"
    return f"{shown}；{marks(base)}{''.join(changes)} ＝ {found_sum}{bound}"


def _figure(value: float) -> str:
    return format_number(round(value, 4))


def _deductions(line: UnitLine, lacking: Sequence[str], settings: Scoring) -> Iterable[Deduction]:
    rules = settings.deductions
    if line.state is not UnitState.ACCEPTED:
        if rules.not_sent and line.tasks:
            what = "退回后没有重新报送" if line.state is UnitState.RETURNED else "未报送"
            yield Deduction(what, rules.not_sent)
        return
    if line.on_time is False and rules.late:
        yield Deduction("迟报", rules.late)
    if lacking and rules.missing_item:
        each = format_number(rules.missing_item)
        yield Deduction(
            f"已完成但缺佐证材料{len(lacking)}项，每项{each}分", round(rules.missing_item * len(lacking), 4)
        )


def missing_evidence(consolidation: Consolidation, form: Form) -> dict[str, list[str]]:
    """By unit, the numbers of tasks that it reported as done without naming any evidence."""
    lacking: dict[str, list[str]] = {}
    for line in consolidation.tasks:
        for report in line.reports:
            status = form.statuses.get(report.status)
            if status is not None and status.outcome == "done" and says_nothing(report.evidence):
                lacking.setdefault(report.unit, []).append(line.task.number)
    return lacking


# ---- ranks, grades, conclusions -------------------------------------------------------------------


def _grade(
    units: Sequence[UnitScore],
    gradable: Sequence[bool],
    reviews: dict[str, UnitReview],
    grades: Grades,
    by_unit: dict[str, list[TaskScore]],
) -> tuple[UnitScore, ...]:
    """Rank and grade the units of which something was verified, and those that sent nothing to verify."""
    totals = [each.total or 0.0 for each, counts in zip(units, gradable, strict=True) if counts]
    places = max(math.floor(len(totals) * grades.excellent_quota / 100 + 1e-9), 1)
    if not grades.excellent_quota:
        places = 0
    graded = []
    for each, counts in zip(units, gradable, strict=True):
        if not counts:
            graded.append(each)
            continue
        total = each.total or 0.0
        rank = 1 + sum(other > total for other in totals)  # equal scores share a rank, in whatever order
        grade, note = _grade_of(total, rank, places, reviews.get(each.unit), grades)
        rectifying = any(task.must_rectify for task in by_unit.get(each.unit, []))
        conclusion = FAILED if grade == UNQUALIFIED else TO_RECTIFY if rectifying else PASSED
        graded.append(replace(each, rank=rank, grade=grade, conclusion=conclusion, note=note))
    return tuple(graded)


def _grade_of(
    total: float, rank: int, places: int, review: UnitReview | None, grades: Grades
) -> tuple[str, str]:
    if review is not None and review.veto:
        return UNQUALIFIED, f"一票否决：{review.veto_reason}"
    if total >= grades.excellent:
        if rank <= places:
            return EXCELLENT, ""
        return GOOD, f"达到优秀分数线，因优秀名额为{places}个评为{GOOD}"
    if total >= grades.good:
        return GOOD, ""
    return (QUALIFIED, "") if total >= grades.qualified else (UNQUALIFIED, "")


def _must_rectify(task: TaskScore, grades: Grades, form: Form) -> bool:
    """Whether a task must still be put right: it is behind or unreported, or scores below 合格."""
    if task.points is None:
        return False
    known = form.statuses.get(task.status)
    behind = known.outcome == "behind" if known else task.status == UNREPORTED
    return behind or task.points < grades.qualified
