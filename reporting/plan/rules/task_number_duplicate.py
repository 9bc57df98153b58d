"""No two tasks have the same number.

| case | 任务编号 | at |
| --- | --- | --- |
| passes | 1 |  |
|  | 1.1 |  |
|  | 1.10 |  |
| fails | 1 |  |
|  | 2 |  |
|  | 1 | 任务 A4 |
"""

from reporting.language.values import task_number
from reporting.plan.rules import PlanView, Slips, error, in_row, repeated


def _check(view: PlanView) -> Slips:
    for row, times in repeated(view.rows, lambda row: task_number(row.number)):
        yield in_row(row, "number", times=str(times), found=row.number)


RULE = error("任务编号“{number}”出现了{times}次。", "请改成不同的编号；同一任务重复的，删除多余的行。", _check)
