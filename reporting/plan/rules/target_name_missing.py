"""Every target says what is counted.

| case | 指标编号 | 指标名称 | at |
| --- | --- | --- | --- |
| passes | 1-1 | 试点企业 |  |
| fails | 1-1 |  | 量化指标 C2 |
"""

from reporting.plan.rules import PlanView, Slips, in_target, note


def _check(view: PlanView) -> Slips:
    for owner, target in view.targets:
        if not target.name.strip():
            yield in_target(owner, target, "name")


RULE = note("指标“{target}”没有名称，填报的人看不出要填什么数。", "请在“指标名称”一栏填写，例如 新增试点企业。", _check)
