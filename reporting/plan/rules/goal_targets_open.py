"""Targets of overall goals are given to a task, or nobody reports them.

| case | 总体目标 | 指标编号 | 任务编号 | at |
| --- | --- | --- | --- | --- |
| passes | 1 | 1-1 | 1 |  |
| fails | 1 | 一-1 | 总体目标 1 | 量化指标 B2 |
|  | 2 | 一-2 | 总体目标 1 |  |
"""

from reporting.model import Goal
from reporting.plan.rules import PlanView, Slips, in_target, note, slips_listed


def _check(view: PlanView) -> Slips:
    waiting = [(owner, target) for owner, target in view.targets if isinstance(owner, Goal) and not target.reporter]
    if waiting:
        found = slips_listed(target.number or target.name for _, target in waiting)
        yield in_target(*waiting[0], "task", found=found, count=str(len(waiting)))


RULE = note(
    "总体目标有{count}个指标（{found}）没有交给任何任务，不下发，也没有单位报送。",
    "要有单位报送的，把“任务编号”改成相关任务的编号，由该任务的牵头单位填报；不要单位报送的，不用处理。",
    _check,
)
