"""A figure is not many times last year's, nor a small part of it.

| case | 上年完成值 | 完成值 | 计量单位 |
| --- | --- | --- | --- |
| passes | 11 | 12 | 件 |
| passes | 4 | 12 | 件 |
| fails | 1.2 | 12 | 件 |
| fails | 1200 | 12 | 件 |
"""

from reporting.language.values import format_number
from reporting.returns.columns import Mask
from reporting.returns.rules import Breaches, Rows, RowView, confirm

_MANY = 10
"""From so many times last year's figure on, or below its tenth, a slip of the decimal point is likely."""


def _where(rows: Rows) -> Mask:
    now, before = rows.figure, rows.past_figure
    return (now > 0) & (before > 0) & ((now >= _MANY * before) | (before >= _MANY * now))


def _check(view: RowView) -> Breaches:
    before = view.past.figure if view.past else None
    if before is not None and not view.may_be_share:
        yield view.breach("value", expected=format_number(before))


RULE = confirm(
    "完成值 {found} 与上一年度的 {expected} 相差 10 倍以上。",
    "请核对计量单位和小数点；确如所填的，请在“说明”栏写明原因。",
    row=_check,
    where=_where,
)
