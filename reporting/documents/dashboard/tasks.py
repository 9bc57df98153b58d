"""The table of tasks: one row each with every unit's words folded away under it, and what filters it."""

from reporting.documents.dashboard.view import DashboardView, Part, share_of
from reporting.language.values import format_number
from reporting.model import UNREPORTED, TaskLine, TaskPart
from reporting.model.review import TaskReview
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
            "units_at": " ".join(str(units[part.assignment.unit]) for part in line.parts),
        }
        for order, line in enumerate(view.all.tasks, start=1)
    ]


def _task(view: DashboardView, line: TaskLine) -> Part:
    task, deadline = line.task, line.task.deadline
    known = line.progress is not None
    verdicts = [_verdict(view, (task.number, unit)) | {"unit": unit} for unit in line.deciding_units]
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
        "behind": view.group(line.status) == "behind",
        "words": [_word(view, part) for part in line.parts],
        "verdicts": verdicts if view.verified else [],
        "score_order": min(points, key=lambda each: float(str(each))) if points else "",
    }


def _word(view: DashboardView, part: TaskPart) -> Part:
    """Everything one unit wrote on a task, whole; of a silent one only that it is."""
    report = part.report
    texts: list[tuple[str, str]] = []
    status = view.status(UNREPORTED)
    if report is not None:
        keys = ("result", "problem", "next_step", "evidence", "remark")
        texts = [(view.heading(key), getattr(report, key)) for key in keys] + list(report.extra.items())
        status = view.status(report.status) if report.status else {"name": "未填写", "key": "other"}
    progress, self_score = (report.progress, report.self_score) if report else (None, None)
    return {
        "unit": part.assignment.unit,
        "role": str(part.assignment.role),
        "status": status,
        "progress": "" if progress is None else f"{format_number(progress)}%",
        "self_score": "" if self_score is None else format_number(self_score),
        "texts": [
            {"label": label, "text": text, "length": len(text) if len(text) > LONG else 0}
            for label, text in texts
            if text.strip()
        ],
        "verdict": _verdict(view, part.key),
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
        "points": "不计分" if score.points is None else f"{score.points:.1f}",
        "order": "" if score.points is None else repr(score.points),
        "formula": score.formula,
        "method": review.method,
        "reason": review.reason,
        "opinion": review.opinion,
    }
