"""What reading a return notices beside its cells: hidden rows, other tables, joined cells, what was added.

Runs after the tables were found. Nothing that a unit typed goes unmentioned: what is not read is said.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reporting.files.sheets.tables import Table, tell_doubled, tell_reworded
from reporting.language.values import is_failed
from reporting.model import Place, Row
from reporting.model.findings import Finding, Kind, Severity
from reporting.office.form import FormField
from reporting.returns.reading.tables import read_rows

_MAX_STRAYS = 10

MERGED = Kind(
    "cells_are_not_merged",
    Severity.NOTE,
    "第 {first} 至 {last} 行的{heading}合并成了一格，各行都按“{found}”登记。",
    "各行不同的，请取消合并，逐行填写。",
)
MERGED_TEXT = Kind(
    "account_is_of_one_task",
    Severity.CONFIRM,
    "第 {first} 至 {last} 行的{heading}合并成了一格，是几项任务共用的，各行都按这一格登记。",
    "请取消合并，分别写明各项任务的内容；确实不能分开的，请在“说明”栏写明。",
)
SPLIT = Kind(
    "row_is_single",
    Severity.NOTE,
    "第 {first} 至 {last} 行的{heading}合并成了一格，这几行按任务“{found}”的一行登记。",
    "不是同一项任务的，请取消合并，逐行填写。",
)
BEYOND_BOUNDS = Kind(
    "sheet_is_within_bounds",
    Severity.NOTE,
    "“{sheet}”表的 {cell} 单元格有内容“{found}”，离填报的表格太远，没有读取。",
    "请核对是不是误填：不是填报内容的，请删去；是填报内容的，请移到表格以内后重新报送。",
)
MORE_BEYOND_BOUNDS = Kind(
    "sheet_is_within_bounds",
    Severity.NOTE,
    "“{sheet}”表在离填报的表格很远的地方还有 {found} 处内容，没有读取。",
    "请核对是不是误填：不是填报内容的，请删去；是填报内容的，请移到表格以内后重新报送。",
)
OTHER_TABLE = Kind(
    "table_is_single",
    Severity.CONFIRM,
    "“{sheet}”表另有一份填报内容，有 {count} 格与“{main}”表不同（如 {cell} {heading}“{found}”），没有读取。",
    "请核对以哪一份为准：以“{sheet}”表为准的，请移到“{main}”表后重新报送；只是底稿的，请说明。",
)
HIDDEN = Kind(
    "rows_are_shown",
    Severity.NOTE,
    "“{sheet}”表的第 {rows} 行被隐藏或筛掉了，其中的内容照常读取。",
    "请取消筛选和隐藏，核对这些行的内容。",
)


_MAX_HIDDEN = 10
"""Rows that are named one by one."""
EXTRA_COLUMN = Kind(
    "column_is_of_the_form",
    Severity.NOTE,
    "“{sheet}”表{what}，不是下发的表里的，没有读取：{found}。",
    "原件已经保存；需要报告的内容，请写在“{remark}”栏。",
)
_MAX_SHOWN = 3
"""Cells of a column that a unit added, shown as examples."""


@dataclass(frozen=True, slots=True)
class Found:
    """A table with the fields its columns are read by, and the rows read."""

    table: Table
    fields: Mapping[str, FormField]
    rows: Sequence[Row]


def notice(tables: Sequence[Found], others: Sequence[Table]) -> Iterator[Finding]:
    """All that is to be said about the tables; ``others`` were found and not read."""
    seen: set[str] = set()
    for found in tables:
        if found.table.sheet.name not in seen:
            yield from _beyond_bounds(found.table)
        seen.add(found.table.sheet.name)
        yield from _merged_cells(found)
        yield from _hidden_rows(found)
        yield from _added_columns(found, [each.table for each in tables])
        for other in others:
            yield from _other_table(found, other)
    for found in tables:
        yield from tell_reworded(found.table)
        yield from tell_doubled(found.table)


def _hidden_rows(found: Found) -> Iterator[Finding]:
    """One finding a table: who filters a table forgets what it does not show."""
    table = found.table
    hidden = [row.cells[table.key].place for row in found.rows if row.number and row.place.row in table.sheet.hidden]
    if hidden:
        listed = "、".join(str(place.row) for place in hidden[:_MAX_HIDDEN])
        more = f"等 {len(hidden)} " if len(hidden) > _MAX_HIDDEN else ""
        values = {"sheet": table.sheet.name, "rows": f"{listed}{more}".rstrip()}
        yield Finding(HIDDEN, hidden[0], values=values)


def _other_table(found: Found, other: Table) -> Iterator[Finding]:
    """One finding for a further table that says what the one we read does not say.

    A second copy of the sheet is mostly a draft, but the department may have gone on in the wrong one.
    """
    if found.table.known is not other.known:
        return
    read = {row.number: row for row in found.rows}
    different = [
        (row, field, cell)
        for row in read_rows(other)
        for field, cell in row.cells.items()
        if found.fields[field].filled and cell.raw
        if row.number not in read or read[row.number].raw(field) != cell.raw
    ]
    if different:
        row, key, cell = different[0]
        values = {
            "sheet": other.sheet.name,
            "main": found.table.sheet.name,
            "count": str(len(different)),
            "cell": cell.place.cell,
            "heading": found.fields[key].heading,
            "found": cell.raw[:40],
        }
        # asked about in the row that counts, where there is room for an answer
        here = read[row.number].cells.get(key) if row.number in read else None
        yield Finding(OTHER_TABLE, here.place if here else cell.place, task=row.number, values=values)


def _beyond_bounds(table: Table) -> Iterator[Finding]:
    far = list(table.strays())
    for each in far[:_MAX_STRAYS]:
        place = Place(table.file, table.sheet.name, each.row, each.column)
        values = {"sheet": table.sheet.name, "cell": place.cell, "found": each.text[:100]}
        yield Finding(BEYOND_BOUNDS, place, values=values)
    more = len(far) - _MAX_STRAYS + table.sheet.more_strays
    if more > 0:
        place = Place(table.file, table.sheet.name, table.sheet.height)
        yield Finding(MORE_BEYOND_BOUNDS, place, values={"sheet": table.sheet.name, "found": str(more)})


_ACCOUNTS = frozenset(("result", "problem", "next_step"))
"""What is said of one task alone; a status, or the papers that prove it, may well be those of several."""


def _merged_cells(found: Found) -> Iterator[Finding]:
    """Cells joined over several rows speak for each of them: one finding for all that are joined over the same."""
    spans: dict[tuple[int, int], list[tuple[str, Place]]] = {}
    for inside, ((first, _), (last, _)), place in found.table.merged(found.table.columns):
        spans.setdefault((first + 1, last + 1), []).extend((key, place) for key in inside)
    for (first, last), joined in spans.items():
        rows = [row for row in found.rows if first <= row.place.row <= last]
        keys = [key for key, _ in joined]
        values = {"first": str(first), "last": str(last)}
        if found.table.key in keys and len(rows) == 1:
            heading = found.fields[found.table.key].heading
            values |= {"heading": heading, "found": rows[0].number}
            yield Finding(SPLIT, rows[0].cells[found.table.key].place, task=rows[0].number, values=values)
        filled = [(key, place) for key, place in joined if found.fields[key].filled]
        if len(rows) > 1 and filled:
            kind = MERGED_TEXT if _ACCOUNTS.intersection(keys) else MERGED
            values["heading"] = "、".join(found.fields[key].heading for key, _ in filled)
            values["found"] = "、".join(dict.fromkeys(rows[0].raw(key)[:40] or "空白" for key, _ in filled))
            yield Finding(kind, filled[0][1], task=rows[0].number, values=values)


def _added_columns(found: Found, tables: Iterable[Table]) -> Iterator[Finding]:
    """Columns that a unit put in: their heading, or that they have none, and the first cells of them."""
    table = found.table
    beside = [each for each in tables if each.sheet is table.sheet and each.head == table.head]
    taken = {column for each in beside for column in each.columns.values()}
    taken |= {column for each in beside for _, column in each.doubled}
    numbers = {row.place.row for row in found.rows}
    rows = [at for at in range(table.top, table.bottom) if table.sheet.number(at) in numbers]
    for heading, cells in table.foreign(rows, taken):
        filled = [cell for cell in cells if not is_failed(cell.raw)]
        if filled:
            shown = "；".join(f"{each.place.cell}“{each.raw[:40]}”" for each in filled[:_MAX_SHOWN])
            rest = f" 等 {len(filled)} 格" if len(filled) > _MAX_SHOWN else ""
            letter = heading.place.cell.rstrip("0123456789")
            what = f"多了“{heading.raw[:40]}”一列" if heading.raw else f"的 {letter} 列没有表头，有内容"
            values = {
                "sheet": table.sheet.name,
                "what": what,
                "found": f"{shown}{rest}",
                "remark": found.fields["remark"].heading,
            }
            yield Finding(EXTRA_COLUMN, heading.place, values=values)
