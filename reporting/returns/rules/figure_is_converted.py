"""A figure typed in a multiple of the plan's unit is told as it is entered into the totals.

| case | 完成值 | 计量单位 |
| --- | --- | --- |
| passes | 12 | 亿元 |
| passes | 12亿元 | 亿元 |
| fails | 120000万元 | 亿元 |
| fails | 0.0012万件 | 件 |
"""

import re

from reporting.language.characters import even_width
from reporting.language.values import format_number
from reporting.returns.columns import Mask, once
from reporting.returns.rules import Breaches, Rows, RowView, note

_FIGURE = re.compile(r"-?\d[\d,]{0,30}(?:\.\d{1,20})?")


def _where(rows: Rows) -> Mask:
    typed = rows.numbers(once(_typed_figure, rows.raw("value")))
    return (typed < rows.figure) | (typed > rows.figure)


def _check(view: RowView) -> Breaches:
    target, value = view.row.target, view.figure
    assert target is not None
    assert value is not None
    yield view.breach("value", expected=format_number(value), measure=target.unit)


def _typed_figure(raw: str) -> float | None:
    match = _FIGURE.search(even_width(raw))
    return float(match[0].replace(",", "")) if match else None


RULE = note(
    "完成值“{found}”换算为 {expected} {measure}登记。",
    "换算有误的，请改填以“{measure}”为单位的数字。",
    row=_check,
    where=_where,
)
