"""A text that only points to an attachment comes with the attachment's name.

| case | 完成情况 | 佐证材料 |
| --- | --- | --- |
| passes | 全年完成培训四期，覆盖教师三百人，详见附件1。 | |
| passes | 详见附件1。 | 附件1：培训工作总结 |
| fails | 详见附件1。 | |
| fails | 见附表 | 无 |
"""

from reporting.language.prose import points_to_attachment
from reporting.returns.columns import Mask
from reporting.returns.rules import Breaches, Rows, RowView, confirm


def _where(rows: Rows) -> Mask:
    pointing = rows.any_of(rows.says(key, points_to_attachment) for key in rows.fields)
    return pointing & ~rows.says("evidence")


def _check(view: RowView) -> Breaches:
    for key, text in view.texts.items() if view.part == "task" else ():
        if points_to_attachment(text):
            yield view.breach(key)


RULE = confirm(
    "{heading}只写了“{found}”，“佐证材料”栏没有写明是哪一份附件。",
    "请在{heading}中写明主要内容，或在“佐证材料”栏写明附件名称并随表报送。",
    row=_check,
    where=_where,
)
