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

from collections.abc import Sequence

from reporting.language.units import fold
from reporting.model import Alias, Unit
from reporting.plan.rules import PlanView, Slips, confirm, in_unit

_Claim = tuple[int, Alias, Unit]


def _check(view: PlanView) -> Slips:
    claims: dict[str, list[_Claim]] = {}
    for unit in view.plan.units:
        for alias in unit.aliases:
            same = claims.setdefault(fold(alias.name), [])
            same.append((len(same), alias, unit))
    for same in claims.values():
        two = _at_once(same)
        if two:
            unit, another = (each[2] for each in two)
            yield in_unit(unit, "aliases", found=two[0][1].name, owners=f"“{unit.name}”和“{another.name}”")


def _at_once(claims: Sequence[_Claim]) -> list[_Claim]:
    """Two units that used an alias in the same year, in their order; a missing year is open-ended."""
    furthest: _Claim | None = None
    for claim in sorted(claims, key=lambda each: (each[1].since or 0, each[0])):
        if furthest and furthest[2].name != claim[2].name and (claim[1].since or 0) <= _until(furthest):
            return sorted((furthest, claim), key=lambda each: each[0])
        if not furthest or _until(furthest) <= _until(claim):
            furthest = claim
    return []


def _until(claim: _Claim) -> int:
    return claim[1].until or 9999


RULE = confirm(
    "“{found}”同时是{owners}的别名，程序无法判断指哪一个。", "请只保留一处，或者写明别名使用的起止年份。", _check
)
