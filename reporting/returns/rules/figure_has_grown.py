"""A figure that was to grow is not below last year's.

| case | 上年完成值 | 方案指标名称 | 完成值 | 计量单位 |
| --- | --- | --- | --- | --- |
| passes | 11 | 专利增长量 | 12 | 件 |
| passes | 14 | 专利 | 12 | 件 |
| fails | 14 | 专利增长量 | 12 | 件 |
"""

from reporting.language.values import format_number
from reporting.returns.rules import Breaches, RowView, confirm

# 新增 and 增幅 count what came in a year: less than a year ago is no decline
_GROWTH = ("增长", "增加", "提高", "提升")


def _check(view: RowView) -> Breaches:
    target, before = view.row.target, view.past.figure if view.past else None
    if target is None or before is None or target.op == "growth>=":
        return  # a rate of growth may well be below last year's rate
    if any(word in f"{target.name}{target.words}" for word in _GROWTH):
        yield view.breach("value", expected=format_number(before))


RULE = confirm(
    "这是要求增长的指标，完成值 {found} 低于上一年度的 {expected}。",
    "请核对完成值；确有下降的，请在“说明”栏写明原因。",
    row=_check,
    where=lambda rows: rows.figure < rows.past_figure,
)
