"""A status in other words than the list has, which mean one of it, is told where they could be taken otherwise.

| case | 完成状态 | 完成进度(%) |
| --- | --- | --- |
| passes | 已完成 | 100 |
| passes | 办结 | 100 |
| passes | 已全部完成 | 100 |
| fails | 绝大部分完成 | 95 |
| fails | 阶段性完成 | 60 |
"""

from reporting.returns.rules import note, tell_meaning

RULE = note(
    "完成状态“{found}”按“{expected}”登记。",
    "不符合实际的，请改正完成状态。",
    column=lambda weights, _: weights != "note",
    facet="weight",
    applies=lambda field: field.type == "status",
    tell=tell_meaning,
)
