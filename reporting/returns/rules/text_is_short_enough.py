"""A text is not longer than its column allows.

| case | 自评分 | 备注 |
| --- | --- | --- |
| passes | 90 | 按季度报送 |
| fails | 90 | 很长×2001 |
"""

from collections.abc import Iterable

from reporting.returns.live import LiveCheck, LiveRow
from reporting.returns.rules import error


def _live(row: LiveRow) -> Iterable[LiveCheck]:
    for field in row.fields:
        if field.type == "text" and not field.choices:
            wrong = f"LEN({row.ref(field.key)})>{field.max_length}"
            yield LiveCheck(field.key, wrong, f"{field.heading}超过 {field.max_length} 字")


RULE = error(
    "{heading}超过 {expected} 字。",
    "请压缩到 {expected} 字以内，详细材料作为附件报送。",
    column=lambda texts, field: texts.str.len() <= field.max_length,
    applies=lambda field: not field.choices,
    bars=True,
    tell=lambda _cell, field, _form: {"expected": str(field.max_length)},
    live=_live,
)
