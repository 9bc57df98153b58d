"""Every unit has one row: two contradict each other sooner or later.

| case | 单位名称 | at |
| --- | --- | --- |
| passes | 市科技局 |  |
|  | 区科技局 |  |
| fails | 市科技局 |  |
|  | 市科技局 | 单位 A3 |
"""

from collections.abc import Iterable

from reporting.model.findings import Kind, Severity
from reporting.plan.rules import PlanRule, PlanView, Slip, in_unit, repeated


def _check(view: PlanView) -> Iterable[Slip]:
    for unit, times in repeated(view.plan.units, lambda unit: unit.name):
        yield in_unit(unit, "name", times=str(times))


RULE = PlanRule(
    Kind(
        "unit_duplicate",
        Severity.ERROR,
        "工作表“单位”中，“{found}”出现了{times}次。",
        "请合并为一行。",
    ),
    _check,
)
