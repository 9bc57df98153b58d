"""A text was not cut off where old programs cut it.

| case | 完成情况 |
| --- | --- |
| passes | 长×256 |
| fails | 长×255 |
"""

from collections.abc import Iterable

from reporting.model.findings import Kind, Severity
from reporting.returns.rules import Breach, RowView, Rule

_CUT_AT = (255, 1024, 32767)
"""Where old formats and copying between programs end a text."""
_ENDS = "。！？.!?；;）)”》"


def _check(view: RowView) -> Iterable[Breach]:
    for key, text in view.texts.items():
        if len(text) in _CUT_AT and text[-1] not in _ENDS:
            yield view.breach(key, length=str(len(text)), ending=text[-10:])


RULE = Rule(
    kind=Kind(
        "text_is_whole",
        Severity.NOTE,
        "{heading}正好 {length} 个字，末尾是“{ending}”，可能被截断了。",
        "请核对末尾是否完整。",
    ),
    row=_check,
)
