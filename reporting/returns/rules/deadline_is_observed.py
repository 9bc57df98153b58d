"""A task whose deadline has passed is done, or its lead says that it is not.

| case | 任务编号 | 方案完成时限 | 完成状态 | 完成进度(%) |
| --- | --- | --- | --- | --- |
| passes | 1 | 2026年6月底前 | 已完成 | 100 |
| passes | 1 | 2026年6月底前 | 滞后 | 60 |
| passes | 1 | 2026年12月底前 | 持续推进 | 60 |
| fails | 1 | 2026年6月底前 | 持续推进 | 60 |
"""

from reporting.returns.rules import Breaches, RowView, confirm


def _check(view: RowView) -> Breaches:
    deadline = view.row.assignment.task.deadline if view.row.assignment else None
    if deadline is None or deadline.kind != "date" or deadline.date is None or view.written_on is None:
        return
    if deadline.date < view.written_on:
        yield view.breach("status", deadline=deadline.text)


RULE = confirm(
    "完成时限“{deadline}”已过，完成状态仍为“{found}”。",
    "已经完成的，请改为“已完成”；没有完成的，请改为“滞后”或“未完成”并写明原因；时限已经调整的，请说明。",
    row=_check,
    where=lambda rows: rows.outcome("ongoing") & rows.lead,
)
