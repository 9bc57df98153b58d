"""The members of a group are units: neither groups nor open phrases.

| case | 单位名称 | 类型 | 成员 | at |
| --- | --- | --- | --- | --- |
| passes | 各区 | 成组单位 | 临江区政府 |  |
| fails | 各区县 | 成组单位 | 各区 | 单位 C2 |
|  | 各区 | 成组单位 | 临江区政府 |  |
| fails | 各区县 | 成组单位 | 临江区政府、各有关方面 | 单位 C2 |
|  | 各有关方面 | 泛指 |  |  |
"""

from reporting.language.units import fold
from reporting.model import UnitKind
from reporting.plan.rules import PlanView, Slips, confirm, in_unit


def _check(view: PlanView) -> Slips:
    units = {fold(unit.name): unit for unit in reversed(view.plan.units)}
    holding = {name: {fold(each) for each in (unit.name, *unit.members)} for name, unit in units.items()}
    for unit in view.plan.units:
        for name in dict.fromkeys(unit.members):
            member = units.get(fold(name))
            # a group that holds its own holder is member_of_itself's affair
            if member and member.kind is not UnitKind.UNIT and fold(unit.name) not in holding[fold(name)]:
                yield in_unit(unit, "members", found=name, expected=str(member.kind))


RULE = confirm(
    "成组单位“{owner}”的成员“{found}”是{expected}，不会按它的成员分别下发。", "请把具体的单位逐一列为成员。", _check
)
