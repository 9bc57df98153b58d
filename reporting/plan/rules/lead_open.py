"""A task led by 各有关单位 alone goes to nobody.

| case | 任务编号 | 牵头单位 | 单位名称 | 类型 | at |
| --- | --- | --- | --- | --- | --- |
| passes | 1 | 市科技局、各有关单位 | 市科技局 | 单位 |  |
|  |  |  | 各有关单位 | 泛指 |  |
| fails | 1 | 各有关单位 | 各有关单位 | 泛指 | 任务 D2 |
"""

from reporting.language.units import fold
from reporting.plan.rules import PlanView, Slips, confirm, in_row


def _check(view: PlanView) -> Slips:
    for task in view.plan.tasks:
        if task.lead and view.open_names.issuperset(map(fold, task.lead)):
            yield in_row(task, "lead", found="、".join(task.lead))


RULE = confirm(
    "任务{number}的牵头单位只有泛指的“{found}”，没有单位会收到这项任务的填报表。", "请写明具体的牵头单位。", _check
)
