"""A percentage or a number is a figure, not words.

| case | 完成进度(%) |
| --- | --- |
| passes | 80 |
| passes | ８０％ |
| fails | 八成左右 |
"""

from collections.abc import Callable, Iterable

from reporting.findings import Kind, Severity
from reporting.form import Form
from reporting.model import Unread
from reporting.rules import LiveCheck, Rule, live_blank, live_number

_FIGURES = ("percent", "number", "quantity")


def _live(form: Form, ref: Callable[[str], str]) -> Iterable[LiveCheck]:
    for field in form.task:
        if field.filled and field.type in _FIGURES:
            cell = ref(field.key)
            yield f"AND(NOT({live_blank(cell)}),NOT({live_number(cell)}))", f"{field.heading}请填数字"


RULE = Rule(
    kind=Kind(
        "figure_is_readable",
        Severity.ERROR,
        "{heading}“{found}”不是数字。",
        "请只填数字，例如 80，不要写文字或单位。",
    ),
    column=lambda value, _: value is not Unread.UNREADABLE,
    applies=lambda field: field.type in _FIGURES,
    live=_live,
)
