"""A figure lies between the smallest and the largest its column allows.

| case | 完成进度(%) |
| --- | --- |
| passes | 0 |
| passes | 100 |
| passes | 120 |
| fails | 1200 |
| fails | -5 |
"""

from collections.abc import Iterable
from math import inf

from reporting.language.values import format_number
from reporting.office.form import FormField
from reporting.returns.columns import Holding, Series
from reporting.returns.live import LiveCheck, LiveRow, live_figure, live_number
from reporting.returns.rules import error


def _holds(figures: Series, field: FormField) -> Holding:
    least = -inf if field.min is None else field.min
    most = inf if field.max is None else field.max
    return figures.isna() | figures.between(least, most)


def _live(row: LiveRow) -> Iterable[LiveCheck]:
    for field in row.fields:
        if field.required == "no" or not (field.is_figure and _applies(field)):
            continue
        cell = row.ref(field.key)
        figure = live_figure(field, cell)
        outside = []
        if field.min is not None:
            outside.append(f"{figure}<{format_number(field.min)}")
        if field.max is not None:
            outside.append(f"{figure}>{format_number(field.max)}")
        wrong = f"IF({live_number(cell)},OR({','.join(outside)}),FALSE)"
        yield LiveCheck(field.key, wrong, f"{field.heading}{says_range(field)}")


def says_range(field: FormField) -> str:
    """The range of a field in words, say 应在 0 至 100 之间."""
    if field.min is None:
        return f"应不大于 {format_number(field.max or 0)}"
    if field.max is None:
        return f"应不小于 {format_number(field.min)}"
    return f"应在 {format_number(field.min)} 至 {format_number(field.max)} 之间"


def expected_of(field: FormField) -> str:
    """What stands in a field that holds a figure or a day: its range in words, or its hint."""
    return says_range(field) if _applies(field) else field.hint


def _applies(field: FormField) -> bool:
    return field.min is not None or field.max is not None


RULE = error(
    "{heading}“{found}”超出范围，{expected}。",
    "请核对后改为{heading}的实际数，{expected}。",
    column=_holds,
    facet="number",
    applies=_applies,
    bars=True,
    tell=lambda _cell, field, _form: {"expected": says_range(field), "more": ""},
    live=_live,
)
