"""任务汇总: every task on one line, with every unit's words on it."""

from reporting.documents.consolidated.lists import (
    Columns,
    column,
    listed,
    plan_columns,
    standing_columns,
    verified_columns,
)
from reporting.documents.consolidated.records import ReportSheet
from reporting.documents.consolidated.verified import TASK_COLUMNS, TASKS, shown_task
from reporting.documents.consolidated.view import NOT_VERIFIED, REPORTS, BookView, results, told
from reporting.language.wording import join_names
from reporting.model import TaskLine

NAME = TASKS
ABOUT = "每项任务一行：状态、进度、各牵头单位和配合单位填报的内容，核定状态和进度（可以填写）"


def build(view: BookView) -> ReportSheet:
    """The whole sheet."""
    plan, review = plan_columns(view), view.proceedings.review
    shown = {line.task.number: shown_task(line, review, view.form) for line in view.all.tasks}
    columns: Columns[TaskLine] = (
        *plan,
        column(view.heading("lead"), 13, lambda line: join_names(line.task.lead)),
        column(view.heading("support"), 13, lambda line: join_names(line.task.support)),
        *standing_columns(view),
        column("牵头单位填报", 50, lambda line: results(line.leads)),
        column("配合单位填报", 44, lambda line: results(line.supporters)),
        column(view.heading("problem"), 26, lambda line: told(line.reports, "problem")),
        column(view.heading("next_step"), 26, lambda line: told(line.reports, "next_step")),
        column(view.heading("evidence"), 32, lambda line: told(line.reports, "evidence")),
        column("未报送单位", 12, lambda line: "\n".join(f"{each.unit}（{each.role}）" for each in line.silent)),
        *verified_columns(TASK_COLUMNS, view.form, lambda line: shown[line.task.number]),
    )
    note = (
        f"每项任务一行，各单位填报的内容原文照录，【】内为填报单位。{view.note}"
        f"核定各栏是对牵头单位这项任务的核定，可以在这里填写或修改，存盘后运行 review collect 收回；"
        f"配合单位的核定情况见“{REPORTS}”表。" + ("" if review else NOT_VERIFIED)
    )
    table = listed(columns, view.all.tasks, len(plan), "方案中没有任务。")
    title, frozen = f"{view.all.year}年度任务完成情况汇总", len(plan)
    return ReportSheet(NAME, title, (note,), (table,), frozen=frozen, pages_wide=2, large=True)
