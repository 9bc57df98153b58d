"""Somebody must answer for every task.

| case | 任务编号 | 工作内容 | 牵头单位 | 配合单位 | at |
| --- | --- | --- | --- | --- | --- |
| passes | 1 | 开展评审。 | 市科技局 |  |  |
| fails | 1 | 开展评审。 |  | 市科技局 | 任务 D2 |
| fails | 1 | 开展评审。 |  |  | 任务 D2 |
"""

from reporting.model import Task
from reporting.plan.rules import PlanView, Slips, error, in_row


def _check(view: PlanView) -> Slips:
    for row in view.rows:
        if row.content.strip() and not (isinstance(row, Task) and row.lead):  # else it has been named
            yield in_row(row, "lead")


RULE = error("任务{number}没有牵头单位。", "请在“牵头单位”一栏填写；有几个单位的，排在第一位的负责汇总。", _check)
