"""A figure among words is told as it was read.

| case | 完成进度(%) |
| --- | --- |
| passes | 80 |
| passes | 已完成80% |
| fails | 约八成 |
| fails | 4/5 |
"""

from reporting.returns.rules import note, tell_meaning

RULE = note(
    "{heading}“{found}”{why}按 {expected} 登记。",
    "有误的，请改填一个数字。",
    column=lambda weights, _: weights != "note",
    facet="weight",
    applies=lambda field: field.is_figure,
    tell=tell_meaning,
)
