"""An alias is not also a unit with a row of its own in the year of the plan.

| case | 单位名称 | 别名 | at |
| --- | --- | --- | --- |
| passes | 市科技局 | 市科委(-2018) |  |
|  | 市科委 |  |  |
| fails | 市科技局 | 市科委 | 单位 D2 |
|  | 市科委 |  |  |
| fails | 市科技局 | 市科委 | 单位 D2 |
|  | 市科委 | 市科技局 | 单位 D3 |
"""

from reporting.language.units import fold
from reporting.model import Alias
from reporting.plan.rules import PlanView, Slips, confirm, in_unit


def _check(view: PlanView) -> Slips:
    listed = {fold(unit.name) for unit in view.plan.units}
    for unit in view.plan.units:
        for alias in unit.aliases:
            own = fold(alias.name) == fold(unit.name)
            if fold(alias.name) in listed and not own and _is_in_use(alias, view.year):
                yield in_unit(unit, "aliases", found=alias.name)


def _is_in_use(alias: Alias, year: int | None) -> bool:
    return year is None or (alias.since or 0) <= year <= (alias.until or 9999)


RULE = confirm(
    "“{found}”是“{owner}”的别名，又在工作表“单位”中单独占一行，现按两个单位处理。",
    "是同一单位的，请删除“{found}”一行；不是的，请从“{owner}”的别名中删去。",
    _check,
)
