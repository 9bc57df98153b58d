"""A unit that leads a task does not support it too, under whatever name.

| case | 任务编号 | 牵头单位 | 配合单位 | 单位名称 | 别名 | at |
| --- | --- | --- | --- | --- | --- | --- |
| passes | 1 | 市科技局 | 市教育局 | 市科技局 |  |  |
|  | 2 | 市教育局 | 市科技局 | 市教育局 |  |  |
| fails | 1 | 市科技局 | 市教育局、市科技局 | 市科技局 |  | 任务 E2 |
|  |  |  |  | 市教育局 |  |  |
| fails | 1 | 市科技局 | 市科委 | 市科技局 | 市科委 | 任务 E2 |
"""

from reporting.language.units import fold
from reporting.plan.rules import PlanView, Slips, confirm, in_row


def _check(view: PlanView) -> Slips:
    own_name = {name: unit.name for unit in view.plan.units for name in view.names_of(unit)}
    for task in view.plan.tasks:
        leads = {own_name.get(fold(name), fold(name)) for name in task.lead}
        for name in dict.fromkeys(task.support):
            if own_name.get(fold(name), fold(name)) in leads:
                yield in_row(task, "support", unit=name, found=name)


RULE = confirm("任务{number}中，“{found}”既是牵头单位又是配合单位。", "请只保留一处。", _check)
