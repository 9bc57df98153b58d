"""An account of what was done is more than a few words.

| case | 完成情况 |
| --- | --- |
| passes | 建立协调机制并会商四次。培训教师三百人。 |
| fails | 已按要求开展。 |
"""

from collections.abc import Iterable

from reporting.language.prose import bare_text, points_back, points_to_attachment
from reporting.model.findings import Kind, Severity
from reporting.returns.rules import Breach, RowView, Rule


def _check(view: RowView) -> Iterable[Breach]:
    for key, text in view.texts.items():
        least = view.fields[key].min_length
        # what is asked about for another reason is not also called short
        if not least or points_back(text) or points_to_attachment(text):
            continue
        if len(bare_text(text)) < least:
            yield view.breach(key, expected=str(least), length=str(len(bare_text(text))))


RULE = Rule(
    kind=Kind(
        "text_is_long_enough",
        Severity.NOTE,
        "{heading}只有 {length} 个字，一般不少于 {expected} 字。",
        "请写明做了什么、有什么结果；确实没有更多内容的，可以不改。",
    ),
    row=_check,
)
