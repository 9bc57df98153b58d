"""A column with choices that must be filled in holds one of them.

| case | 主管领导意见 |
| --- | --- |
| passes | 同意 |
| passes | 　同意 |
| fails | 基本同意 |
"""

from collections.abc import Iterable

from reporting.language.characters import even_width
from reporting.office.form import FormField
from reporting.returns.columns import Holding, Series, each_text
from reporting.returns.live import LiveCheck, LiveRow, live_unlisted
from reporting.returns.rules import error


def _holds(texts: Series, field: FormField) -> Holding:
    choices = {even_width(choice) for choice in field.choices}
    return each_text(texts, lambda text: even_width(text) in choices)


def _live(row: LiveRow) -> Iterable[LiveCheck]:
    for field in row.fields:
        if field.choices and field.required != "no":
            unlisted = live_unlisted(row.ref(field.key), row.list_name(field))
            yield LiveCheck(field.key, unlisted, f"{field.heading}请从下拉选项中选")


RULE = error(
    "{heading}“{found}”不在规定的选项中。",
    "请从下拉选项中选一项：{expected}。",
    column=_holds,
    applies=lambda field: bool(field.choices) and field.required != "no",
    bars=True,
    tell=lambda _cell, field, _form: {"expected": "、".join(field.choices)},
    live=_live,
)
