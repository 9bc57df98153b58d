"""The plan has at least one task.

| case | 任务编号 | at |
| --- | --- | --- |
| passes | 1 |  |
| fails |  |  |
"""

from reporting.plan.rules import PlanView, Slip, Slips, error


def _check(view: PlanView) -> Slips:
    if not view.rows:
        yield Slip()


RULE = error("方案中没有一项任务。", "请在工作表“任务”中逐行填写任务。", _check)
