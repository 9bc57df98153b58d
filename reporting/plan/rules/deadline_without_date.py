"""A deadline of the kind 日期 has its day, without which nobody can say that a task is late.

| case | 任务编号 | 完成时限 | 时限类型 | 截止日期 | at |
| --- | --- | --- | --- | --- | --- |
| passes | 1 | 持续推进 | 持续 |  |  |
| passes | 1 | 适时 | 日期 | 2026-06-30 |  |
| fails | 1 | 适时 | 日期 |  | 任务 H2 |
| fails | 1 | 适时 | 日期并持续 |  | 任务 H2 |
"""

from reporting.plan.rules import PlanView, Slips, in_row, note


def _check(view: PlanView) -> Slips:
    for task, deadline in view.deadlines:
        if deadline.date is None and deadline.kind in ("date", "date+ongoing"):
            yield in_row(task, "deadline_date", found=deadline.text)


RULE = note(
    "任务{number}的完成时限“{found}”没有对应的截止日期，不能判断是否逾期。",
    "请在“截止日期”一栏填写，例如 2026-06-30。",
    _check,
)
