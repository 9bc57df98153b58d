"""A reported figure is a number.

| case | 完成值 | 计量单位 |
| --- | --- | --- |
| passes | 35 | 家 |
| passes | 35家 | 家 |
| fails | 较多 | 家 |
| fails | 30至35家 | 家 |
"""

from reporting.language.values import parse_quantity, why_no_figure
from reporting.returns.columns import Mask
from reporting.returns.rules import Breaches, Rows, RowView, error


def _where(rows: Rows) -> Mask:
    unread: Mask = rows.look("value", "weight") == "error"
    return unread


def _check(view: RowView) -> Breaches:
    target, cell = view.row.target, view.row.cells.get("value")
    if target is None or cell is None or cell.meaning is None:
        return
    quantity = parse_quantity(cell.value if isinstance(cell.value, int | float) else cell.raw)
    if quantity is None or cell.meaning.doubt:  # another unit is told by target_has_its_unit
        expected = f"以{target.unit or '数'}为单位的数字"
        yield view.breach("value", expected=expected, more=cell.meaning.doubt or why_no_figure(cell.raw))


RULE = error(
    "完成值“{found}”不是数字{more}。",
    "请只填一个数字，计量单位不用写；需要说明的写在“说明”栏。",
    row=_check,
    where=_where,
)
