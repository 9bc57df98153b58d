"""任务汇总: every task on one line, with every unit's words on it."""

from reporting.documents.consolidated.records import ColumnKind, ListColumn, ReportSheet, ReportTable, Values
from reporting.documents.consolidated.verified import TASK_COLUMNS, TASKS, shown_task
from reporting.documents.consolidated.view import (
    NOT_VERIFIED,
    REPORTS,
    BookView,
    joined,
    plan_columns,
    plan_values,
    results,
    standing_columns,
    standing_values,
    told_by,
    verified_columns,
    verified_values,
    whole_rows,
)
from reporting.language.wording import join_names
from reporting.model import TaskLine

NAME = TASKS
ABOUT = "每项任务一行：状态、进度、各牵头单位和配合单位填报的内容，核定状态和进度（可以填写）"


def build(view: BookView) -> ReportSheet:
    """The whole sheet."""
    plan = plan_columns(view)
    layout = (
        *plan,
        ListColumn(view.heading("lead"), 13, ColumnKind.TEXT),
        ListColumn(view.heading("support"), 13, ColumnKind.TEXT),
        *standing_columns(view),
        ListColumn("牵头单位填报", 50, ColumnKind.TEXT),
        ListColumn("配合单位填报", 44, ColumnKind.TEXT),
        ListColumn(view.heading("problem"), 26, ColumnKind.TEXT),
        ListColumn(view.heading("next_step"), 26, ColumnKind.TEXT),
        ListColumn(view.heading("evidence"), 32, ColumnKind.TEXT),
        ListColumn("未报送单位", 12, ColumnKind.TEXT),
        *verified_columns(TASK_COLUMNS, view.form),
    )
    rows = whole_rows((_task_values(view, line) for line in view.all.tasks), len(plan))
    notes = (
        f"每项任务一行，各单位填报的内容原文照录，【】内为填报单位。{view.note}"
        f"核定各栏是对牵头单位这项任务的核定，可以在这里填写或修改，存盘后运行 review collect 收回；"
        f"配合单位的核定情况见“{REPORTS}”表。" + ("" if view.proceedings.review else NOT_VERIFIED),
    )
    table = ReportTable(layout, rows, empty="方案中没有任务。")
    return ReportSheet(
        NAME,
        f"{view.all.year}年度任务完成情况汇总",
        notes,
        (table,),
        frozen=len(plan),
        pages_wide=2,
        large=True,
    )


def _task_values(view: BookView, line: TaskLine) -> Values:
    task = line.task
    return (
        *plan_values(view, task),
        join_names(task.lead),
        join_names(task.support),
        *standing_values(view, line),
        joined(results(line.leads)),
        joined(results(line.supporters)),
        joined(told_by(line.reports, lambda report: report.problem)),
        joined(told_by(line.reports, lambda report: report.next_step)),
        joined(told_by(line.reports, lambda report: report.evidence)),
        "\n".join(f"{assignment.unit}（{assignment.role}）" for assignment in line.silent),
        *verified_values(TASK_COLUMNS, shown_task(line, view.proceedings.review, view.form)),
    )
