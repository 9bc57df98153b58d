"""What was pasted stands in the rows it was written for, not one row below.

| case | 任务编号 | 完成状态 | 完成进度(%) | 完成情况 | 存在问题及原因 | 下一步计划 | 佐证材料 |
| --- | --- | --- | --- | --- | --- | --- | --- |
| passes | 1 | 已完成 | 100 | 已建立机制并按季度会商，形成纪要四份。 | | | 纪要 |
| passes | 2 | 已完成 | 100 | 已开展培训四期，覆盖中小学教师三百人。 | | | 总结 |
| fails | 1 | | | | | | |
| fails | 2 | 已完成 | 100 | 已建立机制并按季度会商，形成纪要四份。 | | | 纪要 |
| fails | | 已完成 | 100 | 已开展培训四期，覆盖中小学教师三百人。 | | | 总结 |
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from reporting.language.characters import even_width
from reporting.model import Row
from reporting.office.form import FormField
from reporting.returns.rules import Breach, Breaches, ReturnView, error, is_filled, plan_number

_NEAR = 2
"""So many rows below the table are looked at for what was pasted beyond its last row."""
_HEADINGS = 2
"""A row with so many headings in the cells to fill in is the head of what was pasted."""


def _check(view: ReturnView) -> Breaches:
    yield from _breaches(view.sent.rows, view.form.task_fields, "任务")
    yield from _breaches(view.sent.target_rows, view.form.target_fields, "指标")


def _breaches(rows: Sequence[Row], fields: Mapping[str, FormField], what: str) -> Iterator[Breach]:
    filled = [field for field in fields.values() if field.filled]
    asked = sorted((row for row in rows if row.assignment or row.target), key=lambda row: row.place.row)
    if not asked:
        return
    last = asked[-1].place.row
    below = next(
        (row for row in rows if not row.number and last < row.place.row <= last + _NEAR and _says(row, filled)), None
    )
    first, shifted = _where_it_begins(asked, below, filled)
    if first is None:
        return
    block = [*asked[asked.index(first) :], *([below] if below else [])]
    span = {"first": str(first.place.row), "last": str(block[-1].place.row)}
    key = shifted[0].key
    for above, row in zip([None, *block], block, strict=False):
        place = row.cells[key].place if key in row.cells else row.place
        whose = f"{what}“{plan_number(above)}”" if above else ""
        blank = "填的是表头" if row.raw(key) else f"没有填写{shifted[0].heading}"
        of = f"这一行写的可能是{whose}的内容" if whose else f"这一行{blank}"
        values = {"heading": shifted[0].heading, "found": row.raw(key), "of": of, **span}
        yield Breach(place, values, plan_number(row) if row is not below else "")


def _where_it_begins(
    asked: Sequence[Row], below: Row | None, filled: Sequence[FormField]
) -> tuple[Row | None, list[FormField]]:
    """The row that was left blank, or has the headings; and the columns that were pasted too low."""
    headings = {field.key: even_width(field.heading) for field in filled}
    for row in asked:
        heads = [field for field in filled if _is_heading(row.raw(field.key), headings[field.key])]
        if len(heads) >= _HEADINGS:
            return row, heads
    if below is None:
        return None, []
    needed = [field for field in filled if field.required == "always" and is_filled(below, field.key)]
    for row in reversed(asked):
        blank = [field for field in needed if not is_filled(row, field.key)]
        if blank:
            return row, blank
    return None, []


def _is_heading(raw: str, heading: str) -> bool:
    return bool(raw) and even_width(raw) == heading


def _says(row: Row, filled: Iterable[FormField]) -> bool:
    return any(field.required == "always" and row.raw(field.key) for field in filled)


RULE = error(
    "第 {first} 至 {last} 行所填看来整体低了一行，{of}。",
    "请逐行核对，将这几行所填的内容各上移一行；没有错行的，请补填第 {first} 行，表格下方的内容移到有关的行。",
    whole=_check,
)
