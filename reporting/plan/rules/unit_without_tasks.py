"""A listed unit has a task, by itself or through its group; perhaps it is written otherwise there.

| case | 任务编号 | 牵头单位 | 单位名称 | at |
| --- | --- | --- | --- | --- |
| passes | 1 | 市科技局 | 市科技局 |  |
| fails | 1 | 市科技局 | 市科技局 |  |
|  |  |  | 市统计局 | 单位 A3 |
"""

from reporting.plan.rules import PlanView, Slips, in_unit, note


def _check(view: PlanView) -> Slips:
    if not view.looks_renamed:  # otherwise unit_renamed says more
        yield from (in_unit(unit, "name") for unit in view.idle_units)


RULE = note("“{found}”没有任何任务，不会收到填报表。", "请核对任务中的单位名称；确无任务的，不必处理。", _check)
