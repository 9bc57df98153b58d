"""A unit that is to report a target of an overall goal is asked through one of its tasks.

| case | 总体目标 | 指标编号 | 任务编号 | 填报单位 | at |
| --- | --- | --- | --- | --- | --- |
| passes | 1 | 1-1 | 1 | 市科技局 |  |
| fails | 1 | 1-1 | 总体目标 1 | 市科技局 | 量化指标 B2 |
"""

from reporting.model import Goal
from reporting.plan.rules import PlanView, Slips, confirm, in_target


def _check(view: PlanView) -> Slips:
    for owner, target in view.targets:
        if isinstance(owner, Goal) and target.reporter:
            yield in_target(owner, target, "task", found=target.reporter)


RULE = confirm(
    "指标“{target}”写了填报单位“{found}”，但仍属于总体目标，不会下发给它。",
    "请把“任务编号”改成“{found}”牵头或配合的一项任务的编号。",
    _check,
)
