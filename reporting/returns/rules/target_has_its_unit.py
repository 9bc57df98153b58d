"""A reported figure is in the unit of its target.

| case | 完成值 | 计量单位 |
| --- | --- | --- |
| passes | 12000万元 | 亿元 |
| passes | 16% | % |
| fails | 1.2亿元 | 件 |
"""

from collections.abc import Iterable

from reporting.language.values import parse_quantity
from reporting.returns.live import LiveCheck, LiveRow, live_any, live_number, live_percent
from reporting.returns.rules import Breaches, RowView, error


def _check(view: RowView) -> Breaches:
    target, cell = view.row.target, view.row.cells.get("value")
    if target is None or cell is None or cell.weight != "error" or (cell.meaning and cell.meaning.doubt):
        return
    quantity = parse_quantity(cell.raw)
    if quantity is not None:
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
    where=lambda rows: rows.look("value", "weight") == "error",
    live=_live,
)
