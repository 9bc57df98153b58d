"""滞后和未完成: what is behind, why, and what comes next."""

import re
from collections.abc import Iterable

from reporting.documents.consolidated.lists import Columns, column, listed, plan_columns, standing_columns
from reporting.documents.consolidated.records import ColumnKind, ReportSheet, Toned
from reporting.documents.consolidated.view import BookView, told
from reporting.language.wording import join_names
from reporting.model import Report, TaskLine

NAME = "滞后和未完成"
ABOUT = "滞后、未启动、未完成和已过时限的任务，原因、下一步计划和新的完成时间"
NO_DATE = "未写明"
_DAY = r"(?:\d{1,2}月(?:\d{1,2}[日号]|[上中下]旬|[底末初])?|第?[一二三四1-4]季度|[上下]半年|年[底末初])"
_WHEN = re.compile(rf"(?:20\d\d年|明年|次年|今年)?{_DAY}[以之]?前?|(?:20\d\d年|明年|次年)[底末内初]?[以之]?前?")
"""2027年2月底前, 明年一季度, 12月31日前: a time as units write it in 下一步计划."""
_OVERDUE, _BEHIND = Toned("已过时限", "open"), Toned("滞后", "bad")


def build(view: BookView) -> ReportSheet:
    """The whole sheet."""
    plan = plan_columns(view)
    columns: Columns[TaskLine] = (
        *plan,
        column(view.heading("lead"), 14, lambda line: join_names(line.task.lead)),
        *standing_columns(view),
        column("情形", 9, lambda line: _OVERDUE if view.group(line.status) == "ongoing" else _BEHIND, ColumnKind.LABEL),
        column("目前进展（牵头单位）", 30, lambda line: told(line.leads, "result")),
        column(view.heading("problem"), 27, lambda line: told(line.reports, "problem")),
        column(view.heading("next_step"), 27, lambda line: told(line.reports, "next_step")),
        column("新的完成时间（摘自下一步计划）", 13, lambda line: new_dates(line.leads)),
    )
    behind, overdue = view.tasks_in("behind"), view.overdue()
    late = {line.task.number for line in (*behind, *overdue)}
    lines = [line for line in view.all.tasks if line.task.number in late]
    names = join_names(view.form.statuses_of("behind"))
    note = f"完成状态为{names}的任务共{len(behind)}项"
    note += f"；另有{len(overdue)}项已过完成时限，仍在推进" if overdue else ""
    table = listed(columns, lines, len(plan), "没有滞后或未完成的任务。")
    title, notes = f"{view.all.year}年度滞后和未完成任务", (f"{note}。{view.note}",)
    return ReportSheet(NAME, title, notes, (table,), frozen=len(plan), large=True, tone="bad")


def new_dates(reports: Iterable[Report]) -> str:
    """The times that the lead units name in their next steps, in their own words."""
    found = [match[0] for report in reports for match in _WHEN.finditer(report.next_step)]
    return "、".join(dict.fromkeys(found)) or NO_DATE
