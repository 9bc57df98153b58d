"""A figure is counted with the plan's own word: 36件 is asked about where the plan counts in 起.

| case | 完成值 | 计量单位 |
| --- | --- | --- |
| passes | 36起 | 起 |
| passes | 36 | 起 |
| fails | 36件 | 起 |
| fails | 12个 | 家 |
"""

from reporting.language.values import counts_alike, format_number, parse_quantity
from reporting.returns.columns import has_words
from reporting.returns.rules import Breaches, RowView, confirm


def _check(view: RowView) -> Breaches:
    target, value = view.row.target, view.figure
    quantity = parse_quantity(view.row.raw("value")) if target is not None else None
    if target is None or value is None or quantity is None:
        return
    if counts_alike(quantity.unit, target.unit):
        yield view.breach("value", expected=f"{format_number(value)}{target.unit}", measure=target.unit)


RULE = confirm(
    "完成值“{found}”的计量单位与方案的“{measure}”写法不同，暂按 {expected} 登记。",
    "请核对是不是同一口径：是的，只填数字即可；不是的，请改填以“{measure}”为单位的数字。",
    row=_check,
    where=lambda rows: rows.typed("value", has_words),
)
