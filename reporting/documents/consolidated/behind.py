"""滞后和未完成: what is behind, why, and what comes next."""

import re
from collections.abc import Iterable

from reporting.documents.consolidated.records import (
    ColumnKind,
    ListColumn,
    ReportSheet,
    ReportTable,
    Toned,
    Values,
)
from reporting.documents.consolidated.view import (
    BookView,
    joined,
    plan_columns,
    plan_values,
    standing_columns,
    standing_values,
    told_by,
    whole_rows,
)
from reporting.language.wording import join_names
from reporting.model import Report, TaskLine

NAME = "滞后和未完成"
ABOUT = "滞后、未启动、未完成和已过时限的任务，原因、下一步计划和新的完成时间"
NO_DATE = "未写明"
_DAY = r"(?:\d{1,2}月(?:\d{1,2}[日号]|[上中下]旬|[底末初])?|第?[一二三四1-4]季度|[上下]半年|年[底末初])"
_WHEN = re.compile(
    rf"(?:20\d\d年|明年|次年|今年)?{_DAY}[以之]?前?|(?:20\d\d年|明年|次年)[底末内初]?[以之]?前?"
)
"""2027年2月底前, 明年一季度, 12月31日前: a time as units write it in 下一步计划."""


def build(view: BookView) -> ReportSheet:
    """The whole sheet."""
    plan = plan_columns(view)
    layout = (
        *plan,
        ListColumn(view.heading("lead"), 14, ColumnKind.TEXT),
        *standing_columns(view),
        ListColumn("情形", 9, ColumnKind.LABEL),
        ListColumn("目前进展（牵头单位）", 30, ColumnKind.TEXT),
        ListColumn(view.heading("problem"), 27, ColumnKind.TEXT),
        ListColumn(view.heading("next_step"), 27, ColumnKind.TEXT),
        ListColumn("新的完成时间（摘自下一步计划）", 13, ColumnKind.TEXT),
    )
    behind, overdue = view.tasks_in("behind"), view.overdue()
    late = {line.task.number for line in (*behind, *overdue)}
    listed = [line for line in view.all.tasks if line.task.number in late]
    rows = whole_rows((_behind_values(view, line) for line in listed), len(plan))
    names = join_names(view.form.statuses_of("behind"))
    note = f"完成状态为{names}的任务共{len(behind)}项"
    note += f"；另有{len(overdue)}项已过完成时限，仍在推进" if overdue else ""
    table = ReportTable(layout, rows, empty="没有滞后或未完成的任务。")
    return ReportSheet(
        NAME,
        f"{view.all.year}年度滞后和未完成任务",
        (f"{note}。{view.note}",),
        (table,),
        frozen=len(plan),
        large=True,
        tone="bad",
    )


def _behind_values(view: BookView, line: TaskLine) -> Values:
    return (
        *plan_values(view, line.task),
        join_names(line.task.lead),
        *standing_values(view, line),
        Toned("已过时限", "open") if view.group(line.status) == "ongoing" else Toned("滞后", "bad"),
        joined(told_by(line.leads, lambda report: report.result)),
        joined(told_by(line.reports, lambda report: report.problem)),
        joined(told_by(line.reports, lambda report: report.next_step)),
        new_dates(line.leads),
    )


def new_dates(reports: Iterable[Report]) -> str:
    """The times that the lead units name in their next steps, in their own words."""
    found = [match[0] for report in reports for match in _WHEN.finditer(report.next_step)]
    return "、".join(dict.fromkeys(found)) or NO_DATE
