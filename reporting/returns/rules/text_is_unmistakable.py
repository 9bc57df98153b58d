"""What a column with choices holds that need not be filled in is one of them, or is asked about.

| case | 风险等级 |
| --- | --- |
| passes | 高 |
| passes | |
| fails | 较高 |
"""

from reporting.returns.rules import confirm, tell_meaning

RULE = confirm(
    "{heading}“{found}”{doubt}，照原文登记。",
    "请从下拉选项中选一项。",
    column=lambda weights, _: weights != "confirm",
    facet="weight",
    applies=lambda field: bool(field.choices),
    tell=tell_meaning,
)
