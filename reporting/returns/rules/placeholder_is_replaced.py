"""Nothing is left of a draft: ××, 待补充, 此处填写.

| case | 完成情况 |
| --- | --- |
| passes | 协调12个部门，印发《协作办法》（第2×3号表略）。 |
| fails | 协调××个部门，印发《协作办法》，已组织实施。 |
| fails | 建立协调机制，会商次数待补充，其余已完成。 |
"""

from reporting.language.characters import same_words
from reporting.language.prose import placeholder_in
from reporting.office.form import FormField
from reporting.returns.columns import each_text
from reporting.returns.rules import confirm


def _left_in(text: str, field: FormField) -> str:
    is_hint = bool(field.hint) and same_words(text, field.hint)
    return text if is_hint else placeholder_in(text)


RULE = confirm(
    "{heading}中还有没有填完的内容“{word}”。",
    "请补填实际内容。",
    column=lambda texts, field: each_text(texts, lambda text: not _left_in(text, field)),
    facet="said",
    tell=lambda cell, field, _form: {"word": _left_in(cell.raw, field)},
)
