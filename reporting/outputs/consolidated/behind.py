"""滞后和未完成: what is behind, why, and what comes next."""

from __future__ import annotations

from reporting.model import TaskLine
from reporting.outputs.consolidated.records import Column, Kind, Sheet, Table, Values
from reporting.outputs.consolidated.view import (
    View,
    as_fraction,
    deadline_words,
    joined,
    plan_columns,
    plan_values,
    told_by,
    whole_rows,
)
from reporting.outputs.wording import join_names

NAME = "滞后和未完成"
ABOUT = "滞后、未启动、未完成的任务，原因和下一步计划"


def build(view: View) -> Sheet:
    """The whole sheet."""
    plan = plan_columns(view)
    layout = (
        *plan,
        Column(view.heading("lead"), 14, Kind.TEXT),
        Column(view.heading("deadline"), 12, Kind.LABEL),
        Column(view.heading("status"), 9, Kind.LABEL),
        Column(view.heading("progress"), 8, Kind.PROGRESS),
        Column("目前进展（牵头单位）", 30, Kind.TEXT),
        Column(view.heading("problem"), 27, Kind.TEXT),
        Column(view.heading("next_step"), 27, Kind.TEXT),
    )
    behind = view.tasks_in("behind")
    rows = whole_rows((_behind_values(view, line) for line in behind), len(plan))
    names = join_names(status.name for status in view.form.status if status.outcome == "behind")
    note = f"完成状态为{names}的任务共{len(behind)}项。{view.note}"
    table = Table(layout, rows, empty="没有滞后或未完成的任务。")
    return Sheet(
        NAME, f"{view.all.year}年度滞后和未完成任务", (note,), (table,), frozen=len(plan), tone="bad"
    )


def _behind_values(view: View, line: TaskLine) -> Values:
    return (
        *plan_values(view, line.task),
        join_names(line.task.lead),
        deadline_words(line.task),
        view.marked(line.status),
        as_fraction(line.progress),
        joined(told_by(line.leads, lambda report: report.result)),
        joined(told_by(line.reports, lambda report: report.problem)),
        joined(told_by(line.reports, lambda report: report.next_step)),
    )
