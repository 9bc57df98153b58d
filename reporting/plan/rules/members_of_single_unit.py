"""Only a group has members; beside another kind they would be overlooked.

| case | 单位名称 | 类型 | 成员 | at |
| --- | --- | --- | --- | --- |
| passes | 各区 | 成组单位 | 临江区政府 |  |
| fails | 各区 | 单位 | 临江区政府 | 单位 B2 |
| fails | 各区 | 泛指 | 临江区政府 | 单位 B2 |
"""

from reporting.model import UnitKind
from reporting.plan.rules import PlanView, Slips, confirm, in_unit


def _check(view: PlanView) -> Slips:
    for unit in view.plan.units:
        if unit.kind is not UnitKind.GROUP and unit.members:
            yield in_unit(unit, "kind", expected=str(unit.kind))


RULE = confirm(
    "“{found}”的类型是“{expected}”，却列出了成员；成员不会收到填报表。",
    "需要各成员分别填报的，请把类型改为“成组单位”；否则清空成员。",
    _check,
)
