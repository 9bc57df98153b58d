"""A group that tasks name has members, or gets one workbook as a whole.

| case | 任务编号 | 牵头单位 | 单位名称 | 类型 | 成员 | at |
| --- | --- | --- | --- | --- | --- | --- |
| passes | 1 | 各区 | 各区 | 成组单位 | 临江区政府 |  |
| passes | 1 | 市科技局 | 市科技局 | 单位 |  |  |
| fails | 1 | 各区 | 各区 | 成组单位 |  | 单位 C2 |
"""

from reporting.language.units import fold
from reporting.model import UnitKind
from reporting.plan.rules import PlanView, Slips, confirm, in_unit


def _check(view: PlanView) -> Slips:
    named = set(map(fold, view.tasks_by_name))
    for unit in view.plan.units:
        if unit.kind is UnitKind.GROUP and not unit.members and named & view.names_of(unit):
            yield in_unit(unit, "members")


RULE = confirm(
    "成组单位“{found}”没有列出成员，将作为一个整体下发一份填报表。",
    "需要各成员分别填报的，请在“成员”一栏一行一个列出。",
    _check,
)
