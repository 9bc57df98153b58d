"""A figure with 万 or 亿 alone, for a target counted in 万 or 亿, may mean either.

| case | 完成值 | 计量单位 |
| --- | --- | --- |
| passes | 13 | 万件 |
| passes | 13万件 | 万件 |
| fails | 13万 | 万件 |
"""

from reporting.language.values import format_number, parse_quantity, split_unit
from reporting.returns.columns import has_words
from reporting.returns.rules import Breaches, RowView, confirm


def _check(view: RowView) -> Breaches:
    target, value, raw = view.row.target, view.figure, view.row.raw("value")
    if target is None or value is None or not raw or split_unit(target.unit)[0] == 1:
        return
    quantity = parse_quantity(raw)
    if quantity is not None and not quantity.unit and quantity.value != value:
        yield view.breach("value", expected=format_number(value), measure=target.unit)


RULE = confirm(
    "完成值“{found}”没有写单位，而计量单位是“{measure}”，暂按 {expected} {measure}登记。",
    "请只填以“{measure}”为单位的数字。",
    row=_check,
    where=lambda rows: rows.typed("value", has_words),
)
