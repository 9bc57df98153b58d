"""A text is not longer than its column allows.

| case | 自评分 | 备注 |
| --- | --- | --- |
| passes | 90 | 按季度报送 |
| fails | 90 | 很长×2001 |
"""

from reporting.findings import Kind, Severity
from reporting.rules import Rule

RULE = Rule(
    kind=Kind(
        "text_is_short_enough",
        Severity.ERROR,
        "{heading}超过 {expected} 字。",
        "请压缩到 {expected} 字以内，详细材料作为附件报送。",
    ),
    column=lambda value, field: not isinstance(value, str) or len(value) <= field.max_length,
    applies=lambda field: field.type == "text",
)
