"""A figure is one number, not 约, 以上 or 余.

| case | 完成值 | 计量单位 |
| --- | --- | --- |
| passes | 15 | 件 |
| passes | 15件 | 件 |
| fails | 约15 | 件 |
| fails | 10家以上 | 家 |
| fails | 30余件 | 件 |
"""

from collections.abc import Mapping

from reporting.language.values import format_number, parse_quantity
from reporting.model import Cell
from reporting.office.form import Form, FormField
from reporting.returns.columns import each_text
from reporting.returns.rules import confirm


def _is_exact(raw: str) -> bool:
    if raw[0].isdecimal() and raw[-1].isdecimal():
        return True
    quantity = parse_quantity(raw)
    return quantity is None or not (quantity.approximate or quantity.op not in ("=", ""))


def _tell(cell: Cell, _field: FormField, _form: Form) -> Mapping[str, str]:
    assert isinstance(cell.value, int | float)
    return {"expected": format_number(cell.value)}


RULE = confirm(
    "{heading}“{found}”不是确数，暂按 {expected} 登记。",
    "请改填准确的数字；只有约数的，请说明。",
    column=lambda figures, _: each_text(figures, _is_exact),
    facet="figure",
    tell=_tell,
)
