"""Why a task is behind, and what comes next, is said of this task.

| case | 完成状态 | 完成进度(%) | 完成情况 | 存在问题及原因 | 下一步计划 |
| --- | --- | --- | --- | --- | --- |
| passes | 滞后 | 40 | 完成选址和可行性研究，其他工作尚未开始。 | 用地手续尚未办结。 | 明年3月底前完成。 |
| passes | 持续推进 | 60 | 已建立机制并按季度会商，办结事项十二件。 | 认识不足。 | 加大力度。 |
| fails | 滞后 | 40 | 完成选址和可行性研究，其他工作尚未开始。 | 客观原因。 | 明年3月底前完成。 |
"""

from reporting.language.prose import is_empty_talk
from reporting.returns.columns import Mask
from reporting.returns.rules import Breaches, Rows, RowView, confirm

_ASKED = ("problem", "next_step")


def _where(rows: Rows) -> Mask:
    empty = rows.any_of(rows.typed(key, is_empty_talk) for key in _ASKED if key in rows.fields)
    return rows.outcome("behind") & empty


def _check(view: RowView) -> Breaches:
    for key in _ASKED if view.part == "task" else ():
        if is_empty_talk(view.texts.get(key, "")):
            how = "具体原因" if key == "problem" else "采取什么措施、何时完成"
            yield view.breach(key, how=how)


RULE = confirm(
    "{heading}“{found}”不具体。", "请写明{how}；没有更多内容的，请在“说明”栏写明。", row=_check, where=_where
)
