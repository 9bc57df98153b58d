"""An alias that two units used in the same years cannot be told apart.

| case | 单位名称 | 别名 | at |
| --- | --- | --- | --- |
| passes | 市科技局 | 市科委(-2018) |  |
|  | 市教育局 | 市科委(2019-) |  |
| fails | 市科技局 | 市科委 | 单位 D2 |
|  | 市教育局 | 市科委 |  |
| fails | 市科技局 | 市科委(2000-2018) | 单位 D2 |
|  | 市教育局 | 市科委(2018-) |  |
"""

from itertools import combinations

from reporting.language.units import fold
from reporting.model import Alias
from reporting.plan.rules import PlanView, Slips, confirm, in_unit


def _check(view: PlanView) -> Slips:
    claims = [(alias, unit) for unit in view.plan.units for alias in unit.aliases]
    told: set[str] = set()
    for (one, unit), (other, another) in combinations(claims, 2):
        same = fold(one.name) == fold(other.name)
        if same and one.name not in told and unit.name != another.name and _overlap(one, other):
            told.add(one.name)
            yield in_unit(unit, "aliases", found=one.name, owners=f"“{unit.name}”和“{another.name}”")


def _overlap(one: Alias, other: Alias) -> bool:
    """Whether two aliases were used in the same year; a missing year is open-ended."""
    begin = max(one.since or 0, other.since or 0)
    return begin <= min(one.until or 9999, other.until or 9999)


RULE = confirm(
    "“{found}”同时是{owners}的别名，程序无法判断指哪一个。", "请只保留一处，或者写明别名使用的起止年份。", _check
)
