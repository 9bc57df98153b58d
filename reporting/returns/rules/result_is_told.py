"""An account of what was done is not the wording of the task itself.

| case | 任务编号 | 方案工作内容 | 完成情况 |
| --- | --- | --- | --- |
| passes | 1 | 建立部门协调机制，每季度会商一次以上。 | 已建立协调机制，全年会商四次，形成纪要四份。 |
| fails | 1 | 建立部门协调机制，每季度会商一次以上。 | 建立部门协调机制，每季度会商一次以上。 |
"""

from reporting.language.characters import even_width
from reporting.returns.columns import Mask, once
from reporting.returns.rules import Breaches, Rows, RowView, confirm


def _where(rows: Rows) -> Mask:
    told = once(even_width, rows.look("result", "said"))
    tasks = [row.assignment.task.content if row.assignment else "" for row in rows.rows]
    return rows.where(text and text == task for text, task in zip(told, once(even_width, tasks), strict=True))


def _check(view: RowView) -> Breaches:
    yield view.breach("result")


RULE = confirm(
    "完成情况与工作内容完全相同，看不出完成了什么。", "请写明实际做了什么、结果怎样。", row=_check, where=_where
)
