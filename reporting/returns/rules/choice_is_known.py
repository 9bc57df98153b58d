"""A column with choices holds one of them.

| case | 风险等级 |
| --- | --- |
| passes | 高 |
| passes | 　低 |
| fails | 较高 |
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
        if field.choices:
            unlisted = live_unlisted(row.ref(field.key), row.list_name(field))
            yield LiveCheck(field.key, unlisted, f"{field.heading}请从下拉选项中选")


RULE = error(
    "{heading}“{found}”不在规定的选项中。",
    "请从下拉选项中选一项：{expected}。",
    column=_holds,
    applies=lambda field: bool(field.choices),
    bars=True,
    tell=lambda _cell, field, _form: {"expected": "、".join(field.choices)},
    live=_live,
)
