"""A status that may mean two of the list is asked about; until then the one that flatters less is entered.

| case | 完成状态 | 完成进度(%) |
| --- | --- | --- |
| passes | 已基本完成 | 95 |
| fails | 已启动 | 60 |
| fails | 已完成，但未验收 | 95 |
| fails | 申请延期 | 60 |
"""

from reporting.returns.rules import confirm, tell_meaning

RULE = confirm(
    "完成状态“{found}”{doubt}，暂按“{expected}”登记。",
    "请从下拉选项中选定一项；确如登记的，请说明。",
    column=lambda weights, _: weights != "confirm",
    facet="weight",
    applies=lambda field: field.type == "status",
    tell=tell_meaning,
)
