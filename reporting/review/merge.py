"""Several workbooks of one inspection put together: what a newer one says goes before, the rest stays.

Inspectors share the work and each brings back a workbook with part of the rows filled in. A row counts as a
whole: a status from one inspector and a score from another would make up a judgement that nobody gave.
"""

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import TypeVar

from reporting.language.values import format_number
from reporting.model.review import Review, TargetReview, TaskReview, UnitReview
from reporting.review.workbook.sheets import COLUMNS, GROUP_CELLS

_Part = TypeVar("_Part", TaskReview, TargetReview, UnitReview)
_FILLED = (column for columns in COLUMNS.values() for column in columns if column.filled)
_NAMES = {
    **{column.key: column.heading for column in _FILLED},
    **{key: label for key, (label, _) in GROUP_CELLS.items()},
    "status": "核定状态",
    "progress": "核定进度",
}
"""How each part of a review is called, as on the sheets where it is filled in."""


def merge(before: Review, newer: Review) -> Review:
    """What holds after a newer workbook: each row it fills in as it has it, each other as before."""
    told = {(each.number, each.unit): each for each in before.tasks}
    tasks = [each if each.is_filled else told.get((each.number, each.unit), each) for each in newer.tasks]
    known = {(each.number, each.unit) for each in tasks}
    tasks += [each for key, each in told.items() if key not in known]
    group = {key: getattr(newer, key) or getattr(before, key) for key in GROUP_CELLS}
    targets = {(each.number, each.unit): each for each in (*before.targets, *newer.targets)}
    units = {each.unit: each for each in (*before.units, *newer.units)}
    return replace(newer, **group, tasks=tuple(tasks), targets=tuple(targets.values()), units=tuple(units.values()))


def differences(before: Review, after: Review) -> Iterator[str]:
    """A sentence on each thing that was said before and is said otherwise, or no longer, after."""
    for key in GROUP_CELLS:
        was, said = getattr(before, key), getattr(after, key)
        if was and was != said:
            yield f"{_NAMES[key]}由{_quoted(was)}改为{_quoted(said)}。"
    filled = [each for each in before.tasks if each.is_filled]
    yield from _changed("任务", filled, after.tasks)
    yield from _changed("指标", before.targets, after.targets)
    yield from _changed("单位", before.units, after.units)


def _changed(what: str, before: Sequence[_Part], after: Sequence[_Part]) -> Iterator[str]:
    now = {_key(each): each for each in after}
    for each in before:
        number, unit = _key(each)
        name = f"{what} {number}（{unit}）" if number else unit
        said = now.get((number, unit))
        if said is None or (isinstance(said, TaskReview) and not said.is_filled):
            yield f"{name}的核定撤销了。"
            continue
        keys = (field.name for field in fields(each) if field.name not in ("number", "unit"))
        values = ((key, getattr(each, key), getattr(said, key)) for key in keys)
        words = [f"{_NAMES[key]}由{_quoted(was)}改为{_quoted(value)}" for key, was, value in values if was != value]
        if words:
            yield f"{name}{'，'.join(words)}。"


def _key(part: TaskReview | TargetReview | UnitReview) -> tuple[str, str]:
    return ("" if isinstance(part, UnitReview) else part.number), part.unit


def _quoted(value: str | float | date | bool | None) -> str:
    if value is None or value == "":
        return "空白"
    if isinstance(value, bool):
        return f"“{'是' if value else '否'}”"
    return f"“{format_number(value)}”" if isinstance(value, int | float) else f"“{value}”"
