"""Nothing is left of a draft: ××, 待补充, 此处填写.

| case | 完成情况 |
| --- | --- |
| passes | 协调12个部门，印发《协作办法》（第2×3号表略）。 |
| fails | 协调××个部门，印发《协作办法》，已组织实施。 |
| fails | 建立协调机制，会商次数待补充，其余已完成。 |
"""

from collections.abc import Iterable

from reporting.language.characters import same_words
from reporting.language.prose import placeholder_in
from reporting.model.findings import Kind, Severity
from reporting.returns.rules import Breach, RowView, Rule


def _check(view: RowView) -> Iterable[Breach]:
    for key, text in view.texts.items():
        hint = view.fields[key].hint
        piece = text if hint and same_words(text, hint) else placeholder_in(text)
        if piece:
            yield view.breach(key, word=piece)


RULE = Rule(
    kind=Kind(
        "placeholder_is_replaced",
        Severity.CONFIRM,
        "{heading}中还有没有填完的内容“{word}”。",
        "请补填实际内容。",
    ),
    row=_check,
)
