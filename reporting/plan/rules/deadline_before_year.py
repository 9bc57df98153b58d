"""A last day lies in the year of the plan or later; before it is nearly always last year's text.

| case | 任务编号 | 完成时限 | 时限类型 | 截止日期 | at |
| --- | --- | --- | --- | --- | --- |
| passes | 1 | 1月1日前 | 日期 | 2026-01-01 |  |
|  | 2 | 持续推进 | 持续 |  |  |
| fails | 1 | 2025年底前 | 日期 | 2025-12-31 | 任务 H2 |
"""

from reporting.plan.rules import PlanView, Slips, confirm, in_row


def _check(view: PlanView) -> Slips:
    for task, deadline in view.deadlines:
        if view.year is not None and deadline.date is not None and deadline.date.year < view.year:
            found = deadline.date.isoformat()
            yield in_row(task, "deadline_date", found=found, expected=str(view.year))


RULE = confirm(
    "任务{number}的截止日期{found}早于方案年度{expected}年。", "请核对截止日期；确已到期的，不必处理。", _check
)
