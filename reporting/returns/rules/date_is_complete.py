"""A date is one day with its year; what it is taken for where it is not is told.

| case | 数据截止日期 |
| --- | --- |
| passes | 2026-11-30 |
| passes | 2026年11月底 |
| fails | 11月底 |
| fails | 1-11月 |
| fails | 前三季度 |
"""

from reporting.returns.rules import note, tell_meaning

RULE = note(
    "{heading}“{found}”{doubt}，按 {expected} 登记。",
    "有误的请改为完整的年、月、日。",
    column=lambda weights, _: weights != "note",
    facet="weight",
    applies=lambda field: field.type == "date",
    tell=tell_meaning,
)
