"""A status is one of the list, or a word that means one of them.

| case | 完成状态 |
| --- | --- |
| passes | 已完成 |
| passes | 办结 |
| fails | 差不多了 |
"""

from collections.abc import Iterable

from reporting.returns.live import LiveCheck, LiveRow, live_unlisted
from reporting.returns.rules import error, tell_meaning


def _live(row: LiveRow) -> Iterable[LiveCheck]:
    for field in row.fields:
        if field.type == "status":
            unlisted = live_unlisted(row.ref(field.key), "status_list")
            yield LiveCheck(field.key, unlisted, f"{field.heading}请从下拉选项中选")


RULE = error(
    "完成状态“{found}”不在规定的选项中{more}。",
    "请从下拉选项中选一项：{expected}。",
    column=lambda unread, _: ~unread,
    facet="unread",
    applies=lambda field: field.type == "status",
    bars=True,
    tell=lambda cell, field, form: {**tell_meaning(cell, field, form), "expected": "、".join(form.statuses)},
    live=_live,
)
