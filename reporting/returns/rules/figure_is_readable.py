"""A percentage or a number is a figure, not words.

| case | 完成进度(%) |
| --- | --- |
| passes | 80 |
| passes | ８０％ |
| passes | 八成左右 |
| fails | 过半 |
"""

from collections.abc import Iterable, Mapping

from reporting.language.values import why_no_figure
from reporting.model import Cell
from reporting.office.form import Form, FormField
from reporting.returns.live import LiveCheck, LiveRow, live_no_number, live_percent
from reporting.returns.rules import error
from reporting.returns.rules.figure_in_range import expected_of


def _tell(cell: Cell, field: FormField, _form: Form) -> Mapping[str, str]:
    doubt = cell.meaning.doubt if cell.meaning else ""
    return {"expected": expected_of(field), "more": doubt or why_no_figure(cell.raw)}


def _live(row: LiveRow) -> Iterable[LiveCheck]:
    for field in row.fields:
        if field.is_figure and field.required != "no":
            cell = row.ref(field.key)
            wrong = live_no_number(cell)
            if field.type == "number":  # 90% is no score
                wrong = f"OR({wrong},{live_percent(cell)})"
            yield LiveCheck(field.key, wrong, f"{field.heading}请填数字")


RULE = error(
    "{heading}“{found}”不是数字{more}。",
    "请只填一个数字，例如 80，不要写文字或单位。",
    column=lambda unread, _: ~unread,
    facet="unread",
    applies=lambda field: field.is_figure,
    bars=True,
    tell=_tell,
    live=_live,
)
