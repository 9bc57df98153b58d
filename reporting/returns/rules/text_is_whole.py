"""A text was not cut off where old programs cut it.

| case | 完成情况 |
| --- | --- |
| passes | 长×256 |
| fails | 长×255 |
"""

from reporting.returns.rules import note

_CUT_AT = (255, 1024, 32767)
"""Where old formats and copying between programs end a text."""
_ENDS = tuple("。！？.!?；;）)”》")


RULE = note(
    "{heading}正好 {length} 个字，末尾是“{ending}”，可能被截断了。",
    "请核对末尾是否完整。",
    column=lambda texts, _: ~texts.str.len().isin(_CUT_AT) | texts.str.endswith(_ENDS),
    facet="said",
    tell=lambda cell, _field, _form: {"length": str(len(cell.raw)), "ending": cell.raw[-10:]},
)
