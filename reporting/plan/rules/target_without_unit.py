"""Every target has its unit: ten of what?

| case | 指标编号 | 计量单位 | at |
| --- | --- | --- | --- |
| passes | 1-1 | 家 |  |
| fails | 1-1 |  | 量化指标 F2 |
"""

from reporting.plan.rules import PlanView, Slips, in_target, note


def _check(view: PlanView) -> Slips:
    for owner, target in view.targets:
        if not target.unit.strip():
            yield in_target(owner, target, "unit")


RULE = note("指标“{target}”没有计量单位。", "请在“计量单位”一栏填写，例如 件、家、%。", _check)
