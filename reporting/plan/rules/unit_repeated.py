"""A name stands once in a cell.

| case | 任务编号 | 牵头单位 | 配合单位 | at |
| --- | --- | --- | --- | --- |
| passes | 1 | 市科技局 | 市教育局 |  |
| fails | 1 | 市科技局、市科技局 |  | 任务 D2 |
| fails | 1 | 市科技局 | 市教育局、市体育局、市教育局 | 任务 E2 |
"""

from reporting.language.units import fold
from reporting.plan.rules import PlanView, Slips, in_row, note, repeated


def _check(view: PlanView) -> Slips:
    for task in view.plan.tasks:
        for column, role, names in (("lead", "牵头", task.lead), ("support", "配合", task.support)):
            for name in dict.fromkeys(name for name, _ in repeated(names, fold)):
                yield in_row(task, column, unit=name, role=role, found=name)


RULE = note("任务{number}的{role}单位中，“{found}”写了两次。", "请删除多余的一处。", _check)
