"""One line per task from many departments: accepted returns, the plan and the book, to a Consolidation.

The newest accepted return of a unit counts; a later one that went back takes nothing away before it is right.
The status of a task is its leads': where several lead, the least advanced one. Nothing is merged or reworded;
every unit's texts stay its own.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from reporting.language.wording import shares
from reporting.ledger.standing import latest_accepted
from reporting.model.entries import Issue, Standing
from reporting.model.plans import Assignment, Plan, Role, Target, Task
from reporting.model.returns import Answered, AnsweredRow
from reporting.model.review import TaskReview
from reporting.model.whole import UNREPORTED, CategoryLine, Consolidation, Report, Share, TargetReport, TaskLine
from reporting.office.form import Form
from reporting.office.settings import Settings
from reporting.plan.share_out import Distribution
from reporting.plan.words import is_reached, ratio
from reporting.year.standings import backwardness
from reporting.year.unit_lines import lines_of_units


def consolidate(
    issue: Issue, distribution: Distribution, standings: Sequence[Standing], settings: Settings, form: Form, today: date
) -> Consolidation:
    """Put everything the year-end documents need together. ``standings`` come with their answers."""
    accepted = {unit: each.answered or Answered() for unit, each in latest_accepted(standings).items()}
    plan = issue.plan
    reports = _reports(accepted, form)
    lines = tuple(_task_line(task, distribution.by_task[task.number], reports, form) for task in plan.tasks)
    return Consolidation(
        title=settings.title or issue.title,
        issuer=settings.issuer or issue.issuer,
        year=issue.year,
        document_number=plan.document_number or "",
        due=issue.due,
        data_as_of=settings.dates.data_as_of,
        as_of=today,
        tasks=lines,
        targets=tuple(_target_reports(plan, distribution, accepted)),
        units=lines_of_units(issue, distribution.recipients, standings, today),
        categories=_categories(lines, form),
        statuses=_status_shares(lines, form),
        goals=plan.goals,
    )


# ---- tasks -------------------------------------------------------------------------------------------


def _reports(accepted: Mapping[str, Answered], form: Form) -> dict[tuple[str, str], AnsweredRow]:
    """Every accepted row by unit and task number.

    A row that was left blank, as it may be while the task has more time, is silence.
    """
    return {
        (unit, row.number): row
        for unit, answered in accepted.items()
        for row in answered.rows
        if any(row.raw(field.key) for field in form.task if field.filled)
    }


def _report(assignment: Assignment, row: AnsweredRow, form: Form) -> Report:
    return Report(
        unit=assignment.unit,
        role=assignment.role,
        status=str(row.value("status") or row.raw("status")),
        progress=row.figure("progress"),
        result=row.raw("result"),
        problem=row.raw("problem"),
        next_step=row.raw("next_step"),
        evidence=row.raw("evidence"),
        self_score=row.figure("self_score"),
        remark=row.raw("remark"),
        extra={field.heading: row.raw(field.key) for field in form.extra_fields if field.filled},
    )


def _task_line(
    task: Task, assignments: Sequence[Assignment], rows: Mapping[tuple[str, str], AnsweredRow], form: Form
) -> TaskLine:
    answered = [each for each in assignments if (each.unit, task.number) in rows]
    reports = tuple(_report(each, rows[each.unit, task.number], form) for each in answered)
    status, progress = _joint_status(_deciding(task, reports), form)
    silent = tuple(each for each in assignments if each not in answered)
    return TaskLine(task, status, progress, reports, silent)


def _deciding(task: Task, reports: Sequence[Report]) -> Sequence[Report]:
    """Whose word on a task decides: the leads', or everybody's where the plan names no lead."""
    return [report for report in reports if report.role is Role.LEAD] if task.lead else reports


def as_verified(line: TaskLine, reviews: Mapping[tuple[str, str], TaskReview], form: Form) -> TaskLine:
    """A task as the inspection group found it; what it did not verify stays as reported.

    A unit that reported nothing and was verified all the same stands as verified. ``reviews`` are the group's
    words by number of the task and name of the unit.
    """
    found = {unit: review for (number, unit), review in reviews.items() if number == line.task.number}
    told = [_verified(each, found.get(each.unit)) for each in line.reports]
    silent = []
    for each in line.silent:
        review = found.get(each.unit)
        if review is not None and review.status:
            blank = Report(each.unit, each.role, "", None, "", "", "", "", None, "")  # it has said nothing
            told.append(_verified(blank, review))
        else:
            silent.append(each)
    status, progress = _joint_status(_deciding(line.task, told), form)
    return replace(line, status=status, progress=progress, reports=tuple(told), silent=tuple(silent))


def _verified(report: Report, review: TaskReview | None) -> Report:
    if review is None:
        return report
    progress = report.progress if review.progress is None else review.progress
    return replace(report, status=review.status or report.status, progress=progress)


def _joint_status(deciding: Sequence[Report], form: Form) -> tuple[str, float | None]:
    """The least advanced status among those who decide, and the least progress any of them has."""
    if not deciding:
        return UNREPORTED, None
    worst = max(deciding, key=lambda report: backwardness(report.status, report.progress, form))
    if worst.status not in form.statuses:  # a blank that the office waived
        return UNREPORTED, None
    known = [report.progress for report in deciding if report.progress is not None]
    return worst.status, min(known) if known else None


def _categories(lines: Sequence[TaskLine], form: Form) -> tuple[CategoryLine, ...]:
    words = (*form.statuses, UNREPORTED)
    counts: dict[str, dict[str, int]] = {}
    for line in lines:
        by_status = counts.setdefault(line.task.category, dict.fromkeys(words, 0))
        by_status[line.status] += 1
    return tuple(CategoryLine(name, sum(each.values()), each) for name, each in counts.items())


def _status_shares(lines: Sequence[TaskLine], form: Form) -> tuple[Share, ...]:
    words = (*form.statuses, UNREPORTED)
    counts = [sum(line.status == word for line in lines) for word in words]
    return tuple(
        Share(word, count, percent) for word, count, percent in zip(words, counts, shares(counts), strict=True)
    )


# ---- targets -----------------------------------------------------------------------------------------


def _target_reports(plan: Plan, distribution: Distribution, accepted: Mapping[str, Answered]) -> Iterable[TargetReport]:
    rows = {(unit, row.number): row for unit, answered in accepted.items() for row in answered.targets}
    for task in plan.tasks:
        assigned = distribution.by_task[task.number]
        for target in task.targets:
            owing = [each.unit for each in assigned if target in each.targets]
            reports = [_target_report(target, unit, rows.get((unit, target.number))) for unit in owing]
            yield from _judge_jointly(reports) if len(task.lead) > 1 and len(owing) > 1 else reports


def _judge_jointly(reports: Sequence[TargetReport]) -> Sequence[TargetReport]:
    """Figures of several leads for one target: each its own share, or each the whole? The plan does not say.

    Where one figure, or their sum, meets the target, a smaller one beside it is not called a miss: it cannot
    be judged before somebody asks.
    """
    values = [each.value for each in reports if each.value is not None]
    target = reports[0].target
    adds_up = target.op in (">=", ">", "=") and target.unit not in ("%", "个百分点")
    together = adds_up and bool(values) and is_reached(target, sum(values))
    if not (together or any(each.reached for each in reports)):
        return reports
    return [replace(each, reached=None) if each.reached is False else each for each in reports]


def _target_report(target: Target, unit: str, row: AnsweredRow | None) -> TargetReport:
    if row is None:
        return TargetReport(target, unit, None, "", "", "", None, None, reported=False)
    value = row.figure("value")
    return TargetReport(
        target=target,
        unit=unit,
        value=value,
        raw=row.raw("value"),
        as_of=str(row.value("as_of") or row.raw("as_of")),
        remark=row.raw("remark"),
        ratio=ratio(target, value),
        reached=None if value is None else is_reached(target, value),
        reported=bool(row.raw("value")),
    )
