"""Who filled in the return and who checked it are people with names.

| case | 填报人 | 审核人 |
| --- | --- | --- |
| passes | 林晓 | 周正 |
| passes | 林晓（办公室） | 周正 |
| passes | 林晓、周敏 | 周正 |
| fails | / | 周正 |
| fails | 综合科 | 周正 |
| fails | 林晓 | 62340012 |
| fails | 林晓 | 同上 |
| fails | 林晓 | 张主任 |
"""

from reporting.returns.rules import confirm, tell_meaning

RULE = confirm(
    "表头的{heading}“{found}”{doubt}。",
    "请填写姓名，便于核对。",
    column=lambda weights, _: weights != "confirm",
    facet="weight",
    applies=lambda field: field.key in ("reporter", "auditor"),
    tell=tell_meaning,
)
