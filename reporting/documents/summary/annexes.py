"""The annexes of the summary: every unit's words whole, targets, late senders, evidence."""

from reporting.documents.summary.view import SummaryView
from reporting.documents.year_view import MOST_LISTED, by_category, late_row, result_row
from reporting.language.values import format_number
from reporting.language.wording import chinese_date, join_names, task_numbers
from reporting.model import UNREPORTED, Report, Role, TaskLine, UnitLine, UnitState

TALL, TALL_NARROW = 100, 40
"""Longer texts fill more than a third of a turned page, so their row may run over the end of it.

Kept together, rows of that height would leave a third of each page empty.
"""


def annex_tasks(view: SummaryView) -> dict[str, object]:
    """Every unit's words on every task, whole, one row each; who is silent is named too."""
    groups = [
        {"category": category, "tasks": [_annex_task(line) for line in lines]}
        for category, lines in by_category(view.all.tasks)
    ]
    return view.head("tasks") | {"groups": groups}


def _annex_task(line: TaskLine) -> dict[str, object]:
    rows = [
        _report_row(report) if report else _silent_row(assignment.unit, assignment.role)
        for assignment, report in line.parts
    ]
    deadline = f"（完成时限：{line.task.deadline.text}）" if line.task.deadline else ""
    return {
        "number": line.task.number,
        "content": f"{line.task.content}{deadline}",
        "rows": rows or [_silent_row(join_names(line.task.lead), Role.LEAD)],
    }


def _report_row(report: Report) -> dict[str, object]:
    progress = "" if report.progress is None else f"\n{format_number(report.progress)}%"
    remarks = [report.remark, *(f"{heading}：{text}" for heading, text in report.extra.items() if text)]
    texts = {
        "result": report.result,
        "problem": report.problem,
        "next_step": report.next_step,
        "remark": "\n".join(filter(None, remarks)),
    }
    return {
        "unit": f"{report.unit}\n（{report.role}）",
        "status": f"{report.status}{progress}",
        "score": "" if report.self_score is None else format_number(report.self_score),
        "tall": len(report.result) > TALL
        or any(len(text) > TALL_NARROW for key, text in texts.items() if key != "result"),
        **texts,
    }


def _silent_row(unit: str, role: Role) -> dict[str, object]:
    blank = dict.fromkeys(("result", "problem", "next_step", "score", "remark"), "")
    return {"unit": f"{unit}\n（{role}）", "status": UNREPORTED, "tall": False, **blank}


def annex_targets(view: SummaryView) -> dict[str, object]:
    """Every figure of every target, one row each; nothing when the plan has no targets."""
    rows = [result_row(report) for target in view.targets for report in target.reports]
    return view.head("targets") | {"rows": rows}


def annex_units(view: SummaryView) -> dict[str, object]:
    """The units from which nothing came, or nothing in time."""
    rows = [
        late_row(line) | {"ordinal": str(ordinal), "state": _unit_state(line), "tasks": _tasks_owed(view, line)}
        for ordinal, line in enumerate(view.units_not_on_time, start=1)
    ]
    due = chinese_date(view.all.due)
    empty = f"各责任单位均在{due}前按时报送，无未按时报送单位。"
    return view.head("units") | {"rows": rows, "note": f"报送截止日期：{due}", "empty": empty}


def _unit_state(line: UnitLine) -> str:
    if line.state is UnitState.ACCEPTED:
        return "逾期报送"
    return "逾期报送，正在退回修改" if line.state is UnitState.RETURNED else UNREPORTED


def _tasks_owed(view: SummaryView, line: UnitLine) -> str:
    """The tasks of a unit in the order of the plan, led and supported alike."""
    if len(line.tasks) > MOST_LISTED:
        return f"共{len(line.tasks)}项"
    numbers = [each.task.number for each in view.all.tasks if each.task.number in line.tasks]
    return f"{task_numbers(numbers)}（共{len(numbers)}项）" if numbers else "—"


def annex_evidence(view: SummaryView) -> dict[str, object]:
    """The documents that units named as proof, by task."""
    rows = [
        {"ordinal": str(ordinal), "task": line.task.number, "unit": report.unit, "evidence": report.evidence}
        for ordinal, (line, report) in enumerate(view.evidence, start=1)
    ]
    return view.head("evidence") | {"rows": rows, "empty": "各单位未填写佐证材料。"}
