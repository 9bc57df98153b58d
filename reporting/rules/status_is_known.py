"""A status is one of the list, or a word that means one of them.

| case | 完成状态 |
| --- | --- |
| passes | 已完成 |
| passes | 办结 |
| fails | 差不多了 |
"""

from collections.abc import Callable, Iterable

from reporting.findings import Kind, Severity
from reporting.form import Form
from reporting.model import Unread
from reporting.rules import LiveCheck, Rule, live_unlisted


def _live(_: Form, ref: Callable[[str], str]) -> Iterable[LiveCheck]:
    yield live_unlisted(ref("status"), "status_list"), "完成状态请从下拉选项中选"


RULE = Rule(
    kind=Kind(
        "status_is_known",
        Severity.ERROR,
        "完成状态“{found}”不在规定的选项中。",
        "请从下拉选项中选一项：{expected}。",
    ),
    column=lambda value, _: value is not Unread.UNREADABLE,
    applies=lambda field: field.type == "status",
    live=_live,
)
