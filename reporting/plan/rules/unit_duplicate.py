"""Every unit has one row: two contradict each other sooner or later.

| case | 单位名称 | at |
| --- | --- | --- |
| passes | 市科技局 |  |
|  | 区科技局 |  |
| fails | 市科技局 |  |
|  | 市科技局 | 单位 A3 |
"""

from reporting.plan.rules import PlanView, Slips, error, in_unit, repeated


def _check(view: PlanView) -> Slips:
    for unit, times in repeated(view.plan.units, lambda unit: unit.name):
        yield in_unit(unit, "name", times=str(times))


RULE = error("工作表“单位”中，“{found}”出现了{times}次。", "请合并为一行。", _check)
