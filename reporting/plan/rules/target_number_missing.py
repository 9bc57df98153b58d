"""Every target has a number, by which a figure that comes back finds it.

| case | 指标编号 | 指标名称 | at |
| --- | --- | --- | --- |
| passes | 1-1 | 试点企业 |  |
| fails |  | 试点企业 | 量化指标 A2 |
"""

from reporting.plan.rules import PlanView, Slips, error, in_target


def _check(view: PlanView) -> Slips:
    for owner, target in view.targets:
        if not target.number.strip():
            yield in_target(owner, target, "number", found=target.name or target.words)


RULE = error("任务{number}的量化指标“{found}”没有指标编号。", "请填写指标编号，例如“{number}-1”。", _check)
