"""An account of what was done is more than a few words.

| case | 完成情况 |
| --- | --- |
| passes | 建立协调机制并会商四次。培训教师三百人。 |
| fails | 已培训教师。 |
"""

from reporting.language.prose import bare_text, points_back, points_to_attachment
from reporting.returns.columns import each_text
from reporting.returns.rules import note
from reporting.returns.rules.result_is_told_here import is_told_here


def _is_enough(text: str, least: int) -> bool:
    # what is asked about for another reason is not also called short
    return len(bare_text(text)) >= least or points_back(text) or points_to_attachment(text) or not is_told_here(text)


RULE = note(
    "{heading}只有 {length} 个字，一般不少于 {expected} 字。",
    "请写明做了什么、有什么结果；确实没有更多内容的，可以不改。",
    column=lambda texts, field: each_text(texts, lambda text: _is_enough(text, field.min_length)),
    facet="said",
    applies=lambda field: field.min_length > 0,
    tell=lambda cell, field, _form: {"expected": str(field.min_length), "length": str(len(bare_text(cell.raw)))},
)
