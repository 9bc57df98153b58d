"""A reported figure is in the unit of its target.

| case | 完成值 | 计量单位 |
| --- | --- | --- |
| passes | 12000万元 | 亿元 |
| passes | 16% | % |
| fails | 1.2亿元 | 件 |
"""

from collections.abc import Iterable

from reporting.language.values import parse_measure, parse_quantity
from reporting.returns.columns import has_words
from reporting.returns.live import LiveCheck, LiveRow, live_any, live_number, live_percent
from reporting.returns.rules import Breaches, RowView, error


def _check(view: RowView) -> Breaches:
    target = view.row.target
    if view.part != "target" or target is None or not view.row.raw("value"):
        return
    quantity = parse_quantity(view.row.raw("value"))
    if quantity is not None and parse_measure(view.row.raw("value"), target.unit) is None:
        yield view.breach("value", expected=target.unit or "不带单位的数字", typed=quantity.unit)


def _live(row: LiveRow) -> Iterable[LiveCheck]:
    if row.part == "target":  # a plain number is in the plan's unit; what may be in another is a percentage
        cell = row.ref("value")
        other = f"AND({live_percent(cell)},NOT({live_any(row.ref('measure'), ('%', '％'))}))"
        yield LiveCheck("value", f"IF({live_number(cell)},{other},FALSE)", "完成值的计量单位与左侧不一致")


RULE = error(
    "完成值“{found}”的计量单位与方案不一致，方案的计量单位是“{expected}”。",
    "请核对是否填错了行，改填以“{expected}”为单位的数字。",
    row=_check,
    where=lambda rows: rows.typed("value", has_words),
    live=_live,
)
