"""A figure is one number, not 约, 以上 or 余.

| case | 完成值 | 计量单位 |
| --- | --- | --- |
| passes | 15 | 件 |
| passes | 15件 | 件 |
| fails | 约15 | 件 |
| fails | 10家以上 | 家 |
| fails | 30余件 | 件 |
"""

from collections.abc import Iterable

from reporting.language.values import format_number, parse_quantity
from reporting.model.findings import Kind, Severity
from reporting.returns.rules import Breach, RowView, Rule

_FIGURES = ("percent", "number", "quantity")


def _check(view: RowView) -> Iterable[Breach]:
    for key, field in view.fields.items():
        raw, value = view.row.raw(key), view.row.value(key)
        if not field.filled or field.type not in _FIGURES or not isinstance(value, int | float):
            continue
        if not raw or (raw[0].isdecimal() and raw[-1].isdecimal()):
            continue
        quantity = parse_quantity(raw)
        if quantity is not None and (quantity.approximate or quantity.op not in ("=", "")):
            yield view.breach(key, expected=format_number(value))


RULE = Rule(
    kind=Kind(
        "figure_is_exact",
        Severity.CONFIRM,
        "{heading}“{found}”不是确数，暂按 {expected} 登记。",
        "请改填准确的数字；只有约数的，请说明。",
    ),
    row=_check,
)
