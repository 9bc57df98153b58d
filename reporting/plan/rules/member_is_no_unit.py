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
    kinds = {fold(unit.name): unit.kind for unit in view.plan.units}
    for unit in view.plan.units:
        for name in dict.fromkeys(unit.members):
            kind = kinds.get(fold(name), UnitKind.UNIT)
            if kind is not UnitKind.UNIT and unit.name not in _members(name, view):
                yield in_unit(unit, "members", found=name, expected=str(kind))


def _members(name: str, view: PlanView) -> tuple[str, ...]:
    """What a group holds; one that holds its own holder is member_of_itself's affair."""
    return next(((unit.name, *unit.members) for unit in view.plan.units if fold(unit.name) == fold(name)), ())


RULE = confirm(
    "成组单位“{owner}”的成员“{found}”是{expected}，不会按它的成员分别下发。", "请把具体的单位逐一列为成员。", _check
)
