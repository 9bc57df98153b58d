"""任务汇总: every task on one line, with every unit's words on it."""

from __future__ import annotations

from reporting.model import TaskLine
from reporting.outputs.consolidated.records import Column, Kind, Sheet, Table, Values
from reporting.outputs.consolidated.view import (
    REPORTS,
    View,
    as_fraction,
    deadline_words,
    joined,
    plan_columns,
    plan_values,
    results,
    told_by,
    whole_rows,
)
from reporting.outputs.wording import join_names

NAME = "任务汇总"
ABOUT = "每项任务一行：状态、进度、各牵头单位和配合单位填报的内容"


def build(view: View) -> Sheet:
    """The whole sheet."""
    plan = plan_columns(view)
    layout = (
        *plan,
        Column(view.heading("lead"), 13, Kind.TEXT),
        Column(view.heading("support"), 13, Kind.TEXT),
        Column(view.heading("deadline"), 12, Kind.LABEL),
        Column(view.heading("status"), 9, Kind.LABEL),
        Column(view.heading("progress"), 8, Kind.PROGRESS),
        Column("牵头单位填报", 50, Kind.TEXT),
        Column("配合单位填报", 44, Kind.TEXT),
        Column(view.heading("problem"), 22, Kind.TEXT),
        Column(view.heading("next_step"), 22, Kind.TEXT),
        Column(view.heading("evidence"), 24, Kind.TEXT),
        Column("未报送单位", 12, Kind.TEXT),
    )
    rows = whole_rows((_task_values(view, line) for line in view.all.tasks), len(plan))
    notes = (
        f"每项任务一行，各单位填报的内容原文照录，【】内为填报单位。{view.note}"
        f"文字较长、显示不全的，双击单元格查看，或见“{REPORTS}”表。",
    )
    table = Table(layout, rows, empty="方案中没有任务。")
    return Sheet(
        NAME,
        f"{view.all.year}年度任务完成情况汇总",
        notes,
        (table,),
        frozen=len(plan),
        pages_wide=2,
    )


def _task_values(view: View, line: TaskLine) -> Values:
    task = line.task
    return (
        *plan_values(view, task),
        join_names(task.lead),
        join_names(task.support),
        deadline_words(task),
        view.marked(line.status),
        as_fraction(line.progress),
        joined(results(line.leads)),
        joined(results(line.supporters)),
        joined(told_by(line.reports, lambda report: report.problem)),
        joined(told_by(line.reports, lambda report: report.next_step)),
        joined(told_by(line.reports, lambda report: report.evidence)),
        "\n".join(f"{assignment.unit}（{assignment.role}）" for assignment in line.silent),
    )
