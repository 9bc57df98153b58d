"""A name in a list is whole: what only the last of them ends with, or the first begins with, is asked about.

| case | 任务编号 | 牵头单位 | 单位名称 | 类型 | 成员 | at |
| --- | --- | --- | --- | --- | --- | --- |
| passes | 1 | 市教育局、各区县 | 各区县 | 成组单位 | 临江区人民政府、栖云区人民政府 |  |
|  |  |  | 市教育局 |  |  |  |
| passes | 1 | 各区县 | 各区县 | 成组单位 | 临江区、栖云区 |  |
| passes | 1 | 各部门 | 各部门 | 成组单位 | 市教育局、云河港务集团有限公司、市财政局 |  |
| passes | 1 | 临江区、北山县人民政府 | 临江区 |  |  |  |
|  |  |  | 北山县人民政府 |  |  |  |
| fails | 1 | 各区县 | 各区县 | 成组单位 | 临江区、栖云区、北山县人民政府 | 单位 C2 |
| fails | 1 | 各部门 | 各部门 | 成组单位 | 市教育、科技、财政局 | 单位 C2 |
"""

from collections.abc import Sequence

from reporting.language.units import complete_names, fold
from reporting.plan.rules import PlanView, Slips, confirm, in_row, in_unit, slips_listed


def _check(view: PlanView) -> Slips:
    listed = frozenset[str]().union(*map(view.names_of, view.plan.units))
    for unit in view.plan.units:
        short = _cut_short(unit.members, listed)
        if short:
            yield in_unit(unit, "members", **short)
    for task in view.plan.tasks:
        for column, names in (("lead", task.lead), ("support", task.support)):
            short = _cut_short(names, listed)
            if short:
                yield in_row(task, column, **short)


def _cut_short(names: Sequence[str], listed: frozenset[str]) -> dict[str, str]:
    """The names that are perhaps not whole, and what they are in full; one that has a row of its own is whole."""
    pairs = [
        (name, whole)
        for name, whole in zip(names, complete_names(names), strict=True)
        if fold(name) != fold(whole) and fold(name) not in listed
    ]
    if not pairs:
        return {}
    return {"found": slips_listed(name for name, _ in pairs), "expected": slips_listed(whole for _, whole in pairs)}


RULE = confirm(
    "“{found}”可能没有写全，是不是应为“{expected}”？填报表按这里写的名称下发。",
    "没有写全的，请逐个写全称；确是全称的，请在工作表“单位”中列出。",
    _check,
)
