"""A group is not its own member, nor a member of its members.

| case | 单位名称 | 类型 | 成员 | at |
| --- | --- | --- | --- | --- |
| passes | 各区 | 成组单位 | 临江区政府 |  |
| fails | 各区 | 成组单位 | 临江区政府、各区 | 单位 C2 |
| fails | 各区 | 成组单位 | 各县 | 单位 C2 |
|  | 各县 | 成组单位 | 各区 | 单位 C3 |
"""

from collections.abc import Mapping

from reporting.language.units import fold
from reporting.model import UnitKind
from reporting.plan.rules import PlanView, Slips, error, in_unit

_MOST = 500
"""Groups within groups are followed no further than through so many."""


def _check(view: PlanView) -> Slips:
    members = {fold(unit.name): unit.members for unit in view.plan.units if unit.kind is UnitKind.GROUP}
    for unit in view.plan.units:
        through = _way_back(unit.name, members)
        if through is not None:
            yield in_unit(unit, "members", through=f"（经由“{through}”）" if fold(through) != fold(unit.name) else "")


def _way_back(name: str, members: Mapping[str, tuple[str, ...]]) -> str | None:
    """The member through which a group is found within itself."""
    for first in members.get(fold(name), ()):
        waiting, seen = [first], set[str]()
        while waiting and len(seen) < _MOST:
            each = waiting.pop()
            if fold(each) == fold(name):
                return first
            if fold(each) not in seen:
                seen.add(fold(each))
                waiting += members.get(fold(each), ())
    return None


RULE = error("成组单位“{found}”的成员中有它自己{through}。", "请从“成员”一栏删除这个名称。", _check)
