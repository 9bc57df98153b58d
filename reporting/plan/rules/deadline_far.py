"""A last day lies within the years that plans are made for.

| case | 任务编号 | 完成时限 | 时限类型 | 截止日期 | at |
| --- | --- | --- | --- | --- | --- |
| passes | 1 | 2035年底前 | 日期 | 2035-12-31 |  |
| fails | 1 | 2062年底前 | 日期 | 2062-12-31 | 任务 H2 |
"""

from reporting.plan.rules import PlanView, Slips, confirm, in_row

FARTHEST = 15
"""Plans look ahead to the next but two of the five-year plans at most."""


def _check(view: PlanView) -> Slips:
    for task, deadline in view.deadlines:
        if view.year is not None and deadline.date is not None and deadline.date.year > view.year + FARTHEST:
            found = deadline.date.isoformat()
            yield in_row(task, "deadline_date", found=found, expected=str(view.year))


RULE = confirm(
    "任务{number}的截止日期{found}离方案年度{expected}年太远，可能写错了年份。",
    "请核对截止日期；无误的，不必处理。",
    _check,
)
