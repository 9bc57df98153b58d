"""A status written in other words than the list has is told: it goes into the totals under the list's word.

| case | 完成状态 | 完成进度(%) |
| --- | --- | --- |
| passes | 已完成 | 100 |
| fails | 办结 | 100 |
"""

from reporting.language.characters import same_words
from reporting.language.values import parse_status
from reporting.returns.columns import Mask
from reporting.returns.rules import Breaches, Rows, RowView, note


def _where(rows: Rows) -> Mask:
    words = rows.form.status_words
    return rows.typed("status", lambda raw: not same_words(raw.rstrip("。"), parse_status(raw, words) or raw))


def _check(view: RowView) -> Breaches:
    if view.part == "task" and view.status is not None:
        yield view.breach("status", expected=view.status.name)


RULE = note("完成状态“{found}”按“{expected}”登记。", "不符合实际的，请改正完成状态。", row=_check, where=_where)
