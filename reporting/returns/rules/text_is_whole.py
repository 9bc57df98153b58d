"""A text was not cut off where old programs cut it.

| case | 完成情况 |
| --- | --- |
| passes | 长×256 |
| fails | 长×255 |
"""

from reporting.model.findings import Kind, Severity
from reporting.returns.rules import Rule

_CUT_AT = (255, 1024, 32767)
"""Where old formats and copying between programs end a text."""
_ENDS = tuple("。！？.!?；;）)”》")


RULE = Rule(
    kind=Kind(
        "text_is_whole",
        Severity.NOTE,
        "{heading}正好 {length} 个字，末尾是“{ending}”，可能被截断了。",
        "请核对末尾是否完整。",
    ),
    column=lambda texts, _: ~texts.str.len().isin(_CUT_AT) | texts.str.endswith(_ENDS),
    facet="said",
    tell=lambda cell, _field, _form: {"length": str(len(cell.raw)), "ending": cell.raw[-10:]},
)
