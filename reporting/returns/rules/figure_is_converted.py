"""A figure typed in a multiple of the plan's unit is told as it is entered into the totals.

| case | 完成值 | 计量单位 |
| --- | --- | --- |
| passes | 12 | 亿元 |
| passes | 12亿元 | 亿元 |
| fails | 120000万元 | 亿元 |
| fails | 0.0012万件 | 件 |
"""

import re
from collections.abc import Iterable

from reporting.language.characters import even_width
from reporting.language.values import format_number
from reporting.model.findings import Kind, Severity
from reporting.returns.rules import Breach, RowView, Rule

_FIGURE = re.compile(r"-?\d[\d,]{0,30}(?:\.\d{1,20})?")


def _check(view: RowView) -> Iterable[Breach]:
    target, value = view.row.target, view.figure
    typed = _FIGURE.search(even_width(view.row.raw("value")))
    if target is None or value is None or typed is None:
        return
    if float(typed[0].replace(",", "")) != value:
        yield view.breach("value", expected=format_number(value), measure=target.unit)


RULE = Rule(
    kind=Kind(
        "figure_is_converted",
        Severity.NOTE,
        "完成值“{found}”换算为 {expected} {measure}登记。",
        "换算有误的，请改填以“{measure}”为单位的数字。",
    ),
    row=_check,
)
