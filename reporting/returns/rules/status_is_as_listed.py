"""A status written in other words than the list has is told: it goes into the totals under the list's word.

| case | 完成状态 | 完成进度(%) |
| --- | --- | --- |
| passes | 已完成 | 100 |
| fails | 办结 | 100 |
"""

from collections.abc import Iterable

from reporting.language.characters import same_words
from reporting.model.findings import Kind, Severity
from reporting.returns.rules import Breach, RowView, Rule


def _check(view: RowView) -> Iterable[Breach]:
    if view.part != "task" or view.status is None:
        return
    if not same_words(view.row.raw("status").rstrip("。"), view.status.name):
        yield view.breach("status", expected=view.status.name)


RULE = Rule(
    kind=Kind(
        "status_is_as_listed",
        Severity.NOTE,
        "完成状态“{found}”按“{expected}”登记。",
        "不符合实际的，请改正完成状态。",
    ),
    row=_check,
)
