"""Figures are counted up to a day that has come.

| case | 完成值 | 数据截止日期 |
| --- | --- | --- |
| passes | 12 | 2026-11-30 |
| fails | 12 | 2026-12-31 |
"""

from datetime import date

from reporting.returns.columns import Mask
from reporting.returns.rules import Breaches, Rows, RowView, confirm, lies_ahead


def _where(rows: Rows) -> Mask:
    if rows.today is None:
        return rows.any_of(())
    today = rows.today.toordinal()
    return rows.any_of(rows.day(key) > today for key in rows.fields)


def _check(view: RowView) -> Breaches:
    for key, field in view.fields.items():
        day = view.row.value(key)
        if not field.filled or field.type != "date" or not isinstance(day, date):
            continue
        asked_for = view.data_as_of is not None and day <= view.data_as_of
        if not asked_for and lies_ahead(day, view.row.raw(key), view.today):
            yield view.breach(key, expected=f"不晚于 {view.today}")


RULE = confirm("{heading}“{found}”晚于收件当天。", "请核对日期；数字是预计数的，请说明。", row=_check, where=_where)
