"""Figures are counted up to a day of the year they are for.

| case | 完成值 | 数据截止日期 |
| --- | --- | --- |
| passes | 12 | 2026-11-30 |
| fails | 12 | 2025-11-30 |
"""

from datetime import date

from reporting.returns.columns import Mask
from reporting.returns.rules import Breaches, Rows, RowView, confirm, lies_ahead


def _where(rows: Rows) -> Mask:
    day, first, last = rows.day("as_of"), date(rows.year, 1, 1), date(rows.year, 12, 31)
    return (day < first.toordinal()) | (day > last.toordinal())


def _check(view: RowView) -> Breaches:
    day = view.row.value("as_of") if view.part == "target" else None
    if not isinstance(day, date):
        return
    if not lies_ahead(day, view.row.raw("as_of"), view.today):  # which data_day_is_past asks about
        yield view.breach("as_of", expected=f"{view.year} 年内")


RULE = confirm(
    "{heading}“{found}”不在方案年度内，应为 {expected}。",
    "请核对年份；数字确实只统计到这一天的，请说明。",
    row=_check,
    where=_where,
)
