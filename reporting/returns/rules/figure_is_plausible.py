"""A figure is not many times its target: then it is likely in another unit than the plan's.

| case | 完成值 | 计量单位 | 说明 |
| --- | --- | --- | --- |
| passes | 90 | 件 | |
| fails | 138000 | 件 | |
| fails | -3 | 件 | 核减上年多报数。 |
"""

from reporting.plan.words import goal_text
from reporting.returns.columns import Mask
from reporting.returns.rules import Breaches, Rows, RowView, confirm

_MANY = 10
"""From so many times the goal on a figure is asked about; offices' own targets are rarely missed so far."""


def _where(rows: Rows) -> Mask:
    below_zero = (rows.figure < 0) & ~rows.aims("growth>=")
    return below_zero | ((rows.goal > 0) & (rows.figure >= _MANY * rows.goal))


def _check(view: RowView) -> Breaches:
    target = view.row.target
    assert target is not None
    yield view.breach("value", expected=f"{goal_text(target)}{target.unit}", unit=target.unit)


RULE = confirm(
    "完成值 {found} 与目标值 {expected} 相差悬殊。",
    "请核对是不是以“{unit}”为单位，有没有多写或少写几位。",
    row=_check,
    where=_where,
)
