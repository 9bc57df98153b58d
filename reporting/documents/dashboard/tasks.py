"""The table of tasks: one row each with every unit's words folded away under it, and what filters it."""

from reporting.documents.dashboard.view import BEHIND, DashboardView, Part, assignments_of, share_of
from reporting.language.values import format_number
from reporting.model import UNREPORTED, Assignment, Report, Role, TaskLine
from reporting.model.review import TaskReview, TaskScore
from reporting.year.standings import UNVERIFIED

LONG = 600
"""A longer text of a unit is folded away on its own, with its length beside its name."""


def filters(view: DashboardView) -> Part:
    """What the table of tasks can be narrowed to; a row refers to each by its position here."""
    return {
        "categories": [line.category for line in view.all.categories],
        "units": view.unit_names,
        "statuses": list(view.statuses),
    }


def task_rows(view: DashboardView) -> list[Part]:
    """The rows, in the order of the plan."""
    categories = {line.category: at for at, line in enumerate(view.all.categories)}
    units = {unit: at for at, unit in enumerate(view.unit_names)}
    return [
        _task(view, line)
        | {
            "order": order,
            "category_at": categories[line.task.category],
            "status_at": view.statuses.index(line.status),
            "units_at": " ".join(str(units[each.unit]) for each in assignments_of(line)),
        }
        for order, line in enumerate(view.all.tasks, start=1)
    ]


def _task(view: DashboardView, line: TaskLine) -> Part:
    task, deadline = line.task, line.task.deadline
    known = line.progress is not None
    leads = [each.unit for each in assignments_of(line) if each.role is Role.LEAD or not task.lead]
    words = [_told(view, line, report) for report in line.reports]
    words += [_silent(view, line, assignment) for assignment in line.silent]
    verdicts = [_verdict(view, (task.number, unit)) | {"unit": unit} for unit in leads]
    points = [each["order"] for each in verdicts if each["order"] != ""]
    return {
        "number": task.number,
        "category": task.category,
        "content": task.content,
        "lead": list(task.lead),
        "support": list(task.support),
        "deadline": deadline.text if deadline else "",
        "day": deadline.date.isoformat() if deadline and deadline.date else "",
        "status": view.status(line.status),
        "progress": f"{format_number(line.progress or 0)}%" if known else "—",
        "progress_order": repr(line.progress) if known else "",
        "width": share_of(min(max(line.progress or 0.0, 0.0), 100.0), 100) if known else "",
        "behind": view.group(line.status) == BEHIND,
        "words": words,
        "verdicts": verdicts if view.verified else [],
        "score_order": min(points, key=lambda each: float(str(each))) if points else "",
    }


def _told(view: DashboardView, line: TaskLine, report: Report) -> Part:
    """Everything one unit wrote on a task, whole."""
    written = {
        "result": report.result,
        "problem": report.problem,
        "next_step": report.next_step,
        "evidence": report.evidence,
        "remark": report.remark,
    }
    texts = [(view.heading(key), text) for key, text in written.items()] + list(report.extra.items())
    return {
        "unit": report.unit,
        "role": str(report.role),
        "status": view.status(report.status) if report.status else {"name": "未填写", "key": "other"},
        "progress": "" if report.progress is None else f"{format_number(report.progress)}%",
        "self_score": "" if report.self_score is None else format_number(report.self_score),
        "texts": [
            {"label": label, "text": text, "length": len(text) if len(text) > LONG else 0}
            for label, text in texts
            if text.strip()
        ],
        "verdict": _verdict(view, (line.task.number, report.unit)),
    }


def _silent(view: DashboardView, line: TaskLine, assignment: Assignment) -> Part:
    return {
        "unit": assignment.unit,
        "role": str(assignment.role),
        "status": view.status(UNREPORTED),
        "progress": "",
        "self_score": "",
        "texts": [],
        "verdict": _verdict(view, (line.task.number, assignment.unit)),
    }


def _verdict(view: DashboardView, key: tuple[str, str]) -> Part:
    """What the inspection group found of one task of one unit, and its marks; empty before any review."""
    score = view.scores.get(key)
    if score is None:
        return {"known": False, "order": ""}
    review = view.reviews.get(key, TaskReview(*key))
    return {
        "known": True,
        "status": view.status(score.status) if score.verified else {"name": UNVERIFIED, "key": "other"},
        "points": _points(score),
        "order": "" if score.points is None else repr(score.points),
        "formula": score.formula,
        "method": review.method,
        "reason": review.reason,
        "opinion": review.opinion,
    }


def _points(score: TaskScore) -> str:
    return "不计分" if score.points is None else f"{score.points:.1f}"
