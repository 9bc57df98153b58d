"""A figure in % that misses its target is not typed as a share of one, 0.985 for 98.5 %.

| case | 完成值 | 计量单位 | 说明 |
| --- | --- | --- | --- |
| passes | 98.5 | % | |
| passes | 0.985 | 亿元 | 两家企业推迟申报。 |
| passes | 0.985 | % | 受市场影响，增长放缓。 |
| fails | 0.985 | % | |
| fails | 1 | % | |
"""

from reporting.language.values import format_number
from reporting.plan.words import goal_text
from reporting.returns.rules import Breaches, RowView, confirm


def _check(view: RowView) -> Breaches:
    target, value = view.row.target, view.figure
    if view.may_be_share and target is not None and value is not None:
        goal = f"{goal_text(target)}{target.unit}"
        yield view.breach("value", expected=f"{format_number(value * 100)}%", goal=goal)


RULE = confirm(
    "完成值填的是 {found}，目标值是 {goal}：填的如是以 1 为百分之百的比例，应为 {expected}。",
    "请核对，改填百分号前的数；确为 {found}% 的，在“说明”栏写明没有达到目标值的原因。",
    row=_check,
    where=lambda rows: (rows.figure > 0) & (rows.figure <= 1) & (rows.goal > 1),
)
