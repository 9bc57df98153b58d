"""A column with choices holds one of them.

| case | 风险等级 |
| --- | --- |
| passes | 高 |
| passes | 　低 |
| fails | 较高 |
"""

from collections.abc import Iterable

from reporting.language.characters import same_words
from reporting.model import Value
from reporting.model.findings import Kind, Severity
from reporting.office.form import FormField
from reporting.returns.live import LiveCheck, LiveRow, live_unlisted
from reporting.returns.rules import Rule


def _holds(value: Value, field: FormField) -> bool:
    return not isinstance(value, str) or any(same_words(value, choice) for choice in field.choices)


def _live(row: LiveRow) -> Iterable[LiveCheck]:
    for field in row.fields:
        if field.choices:
            unlisted = live_unlisted(row.ref(field.key), row.list_name(field))
            yield LiveCheck(field.key, unlisted, f"{field.heading}请从下拉选项中选")


RULE = Rule(
    kind=Kind(
        "choice_is_known",
        Severity.ERROR,
        "{heading}“{found}”不在规定的选项中。",
        "请从下拉选项中选一项：{expected}。",
    ),
    column=_holds,
    applies=lambda field: field.type == "text" and bool(field.choices),
    live=_live,
)
