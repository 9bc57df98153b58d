"""A lead that reports a task done names what proves it.

| case | 完成状态 | 完成进度(%) | 佐证材料 |
| --- | --- | --- | --- |
| passes | 已完成 | 100 | 培训照片、签到表 |
| passes | 持续推进 | 60 | |
| fails | 已完成 | 100 | |
| fails | 已完成 | 100 | 无 |
"""

from reporting.returns.columns import Mask
from reporting.returns.rules import Breaches, Rows, RowView, note


def _where(rows: Rows) -> Mask:
    if not rows.is_tasks:
        return rows.any_of(())
    return rows.outcome("done") & rows.lead & rows.nothing("evidence")


def _check(view: RowView) -> Breaches:
    yield view.breach("evidence", status=view.status_name)


RULE = note(
    "完成状态为“{status}”，没有列出佐证材料。",
    "有佐证材料的，请写明文件名称和文号；没有的可以不写，检查验收时再提供。",
    row=_check,
    where=_where,
)
