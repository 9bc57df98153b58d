"""A figure that misses its target comes with a word of explanation.

| case | 完成值 | 计量单位 | 说明 |
| --- | --- | --- | --- |
| passes | 12 | 件 | |
| passes | 8 | 件 | 两家企业推迟申报。 |
| fails | 8 | 件 | |
| fails | 8 | 件 | 无 |
"""

from reporting.plan.words import goal_text, is_reached
from reporting.returns.columns import Mask
from reporting.returns.rules import Breaches, Rows, RowView, confirm


def _where(rows: Rows) -> Mask:
    missed = (
        view.row.target and view.figure is not None and not is_reached(view.row.target, view.figure)
        for view in rows.views
    )
    return rows.where(missed) & ~rows.says("remark")


def _check(view: RowView) -> Breaches:
    target = view.row.target
    if target is not None and not view.may_be_share:
        yield view.breach("value", expected=f"{goal_text(target)}{target.unit}")


RULE = confirm(
    "完成值 {found} 没有达到目标值 {expected}，“说明”栏没有说明。",
    "请核对完成值；确未达到的，在“说明”栏写明原因。",
    row=_check,
    where=_where,
)
