"""A text says itself what it says: rows are sorted and merged, and 同上 then points to something else.

| case | 完成情况 |
| --- | --- |
| passes | 会同各区县建立工作台账，实行按月更新。 |
| passes | 同上级部门会商两次，建立了信息通报机制。 |
| fails | 同上 |
| fails | 如前。 |
"""

from reporting.language.prose import points_back
from reporting.returns.columns import each_text
from reporting.returns.rules import confirm

RULE = confirm(
    "{heading}写的是“{found}”，汇总时各项任务分开排列，看不出所指内容。",
    "请写出具体内容。",
    column=lambda texts, _: each_text(texts, lambda text: not points_back(text)),
    facet="said",
)
