"""A member of a group is named once, under whatever name.

| case | 单位名称 | 类型 | 成员 | 别名 | at |
| --- | --- | --- | --- | --- | --- |
| passes | 各区 | 成组单位 | 临江区政府、栖云区政府 |  |  |
| fails | 各区 | 成组单位 | 临江区政府、临江区政府 |  | 单位 C2 |
| fails | 各区 | 成组单位 | 临江区政府、临江区 |  | 单位 C2 |
|  | 临江区政府 | 单位 |  | 临江区 |  |
"""

from reporting.language.units import fold
from reporting.plan.rules import PlanView, Slips, in_unit, note, repeated


def _check(view: PlanView) -> Slips:
    own_name = {name: unit.name for unit in view.plan.units for name in view.names_of(unit)}
    for unit in view.plan.units:
        for name, times in repeated((own_name.get(fold(name), name) for name in unit.members), fold):
            yield in_unit(unit, "members", found=name, times=str(times))


RULE = note("成组单位“{owner}”的成员“{found}”写了{times}次。", "请删除多余的一处。", _check)
