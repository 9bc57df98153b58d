"""A reported figure is a number.

| case | 完成值 | 计量单位 |
| --- | --- | --- |
| passes | 35 | 家 |
| passes | 35家 | 家 |
| fails | 较多 | 家 |
| fails | 30至35家 | 家 |
"""

from reporting.language.values import is_failed, parse_quantity, why_no_figure
from reporting.returns.columns import Mask
from reporting.returns.rules import Breaches, Rows, RowView, error


def _where(rows: Rows) -> Mask:
    return rows.typed("value", lambda raw: not is_failed(raw) and parse_quantity(raw) is None)


def _check(view: RowView) -> Breaches:
    target = view.row.target
    if target is not None:
        expected = f"以{target.unit or '数'}为单位的数字"
        yield view.breach("value", expected=expected, more=why_no_figure(view.row.raw("value")))


RULE = error(
    "完成值“{found}”不是数字{more}。",
    "请只填一个数字，计量单位不用写；需要说明的写在“说明”栏。",
    row=_check,
    where=_where,
)
