"""A figure is one that can be meant: no year run into a percentage, no share over the whole.

| case | 指标编号 | 指标名称 | 比较 | 目标值 | 计量单位 | 原文 | at |
| --- | --- | --- | --- | --- | --- | --- | --- |
| passes | 1-1 | 产值增长率 | 不低于 | 120 | % |  |  |
|  | 1-2 | 线上办理率 | 不低于 | 100 | % |  |  |
|  | 1-3 | 发放贷款 | 不低于 | 20230 | 万元 |  |  |
|  | 1-4 | 产值 | 增长不低于 | 300 | % |  |  |
| fails | 1-1 | 线上办理率 | 不低于 | 20230 | % |  | 量化指标 E2 |
| fails | 1-1 | 线上办理率 | 不低于 | 950 | % |  | 量化指标 E2 |
| fails | 1-1 | 试点企业 | 不低于 | -5 | 家 |  | 量化指标 E2 |
|  | 1-2 | 降幅 | 不低于 | 0.5 | % | 下降0.5%以上 |  |
| fails | 1-1 | 抽检合格率 | 不低于 | 0.985 | % | 抽检合格率达到98.5%以上 | 量化指标 E2 |
"""

import re

from reporting.language.characters import even_width
from reporting.model import Target
from reporting.plan.rules import PlanView, Slips, confirm, in_target

MOST = 1000
"""No percentage of a plan is higher."""
_SHARE = re.compile(r"(?:覆盖|办理|合格|达标|满意|完成|普及|入学|办结|参保|执行|优良|处理|利用)率|占比|比重")


def _check(view: PlanView) -> Slips:
    for owner, target in view.targets:
        why = _why_odd(target)
        if why:
            yield in_target(owner, target, "value", found=f"{target.value:g}", unit=target.unit, why=why)


def _why_odd(target: Target) -> str:
    if target.value < 0:
        return "是负数"
    if even_width(target.unit) != "%":
        return ""
    if target.value > MOST:
        return "可能是年份或别的数字混进了百分比"
    if 0 < target.value <= 1 and f"{target.value * 100:g}%" in even_width(target.words):
        return "可能是把百分数写成了小数"
    is_share = _SHARE.search(target.name) is not None and "增" not in target.name
    return "这样的比例不会超过100%" if is_share and target.value > 100 and target.op != "growth>=" else ""


RULE = confirm("指标“{target}”的目标值{found}{unit}不合常理，{why}。", "请对照方案原文核对。", _check)
