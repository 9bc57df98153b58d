"""A date that may be two days, or that lies in another year, is asked about; one that is no day counts as blank.

| case | 数据截止日期 |
| --- | --- |
| passes | 2026-11-30 |
| passes | 15/11/2026 |
| fails | 05/11/2026 |
| fails | 上个月 |
| fails | 2026-11-31 |
"""

from reporting.returns.rules import confirm, tell_meaning

RULE = confirm(
    "{heading}“{found}”{doubt}，暂按 {expected} 登记。",
    "请填写年、月、日，例如 2026-12-15。",
    column=lambda weights, _: weights != "confirm",
    facet="weight",
    applies=lambda field: field.type == "date",
    tell=tell_meaning,
)
