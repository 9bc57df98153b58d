"""A date is a date.

| case | 数据截止日期 |
| --- | --- |
| passes | 2026-11-30 |
| passes | 2026年11月底 |
| fails | 上个月 |
"""

from collections.abc import Callable, Iterable

from reporting.findings import Kind, Severity
from reporting.form import Form
from reporting.model import Unread
from reporting.rules import LiveCheck, Rule, live_blank, live_number


def _live(form: Form, ref: Callable[[str], str]) -> Iterable[LiveCheck]:
    for field in form.task:
        if field.filled and field.type == "date":
            cell = ref(field.key)
            yield f"AND(NOT({live_blank(cell)}),NOT({live_number(cell)}))", f"{field.heading}请填日期"


RULE = Rule(
    kind=Kind(
        "date_is_readable",
        Severity.ERROR,
        "{heading}“{found}”不是日期。",
        "请填写年、月、日，例如 2026-12-15。",
    ),
    column=lambda value, _: value is not Unread.UNREADABLE,
    applies=lambda field: field.type == "date",
    live=_live,
)
