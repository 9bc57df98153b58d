"""What reading a return notices beside its cells: hidden rows, other tables, joined cells, what was added.

Runs after the tables were found. Nothing that a unit typed goes unmentioned: what is not read is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reporting.language.characters import even_width
from reporting.language.values import is_failed
from reporting.model import Place, Row
from reporting.model.findings import Finding, Kind, Severity
from reporting.office.form import CHECK_HEADING, OPINION_HEADING, FormField
from reporting.returns.reading.tables import Table, read_cell, read_rows, strays
from reporting.returns.workbook.layout import PAST_GOAL, PAST_RESULT, PAST_VALUE

_MAX_STRAYS = 10

MERGED = Kind(
    "cells_are_not_merged",
    Severity.ERROR,
    "{heading}的第 {first} 至 {last} 行合并成了一格，只有第 {first} 行算填写了。",
    "请取消合并，逐行填写。",
)
BEYOND_BOUNDS = Kind(
    "sheet_is_within_bounds",
    Severity.CONFIRM,
    "“{sheet}”表的 {cell} 单元格有内容“{found}”，离填报的表格太远，没有读取。",
    "请核对是不是误填：不是填报内容的，请删去；是填报内容的，请移到表格以内后重新报送。",
)
MORE_BEYOND_BOUNDS = Kind(
    "sheet_is_within_bounds",
    Severity.CONFIRM,
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
_OURS = frozenset((CHECK_HEADING, OPINION_HEADING, PAST_RESULT, PAST_GOAL, PAST_VALUE))
"""Headings of columns of ours that are not read back."""
_MAX_SHOWN = 3
"""Cells of a column that a unit added, shown as examples."""


@dataclass(frozen=True, slots=True)
class Found:
    """A table with the fields its columns are read by, the key of its rows, and the rows read."""

    table: Table
    fields: Mapping[str, FormField]
    key: str
    rows: Sequence[Row]


def notice(name: str, tables: Sequence[Found], others: Sequence[Table]) -> Iterator[Finding]:
    """All that is to be said about the tables; ``others`` were found and not read."""
    seen: set[str] = set()
    for found in tables:
        if found.table.sheet.name not in seen:
            yield from _beyond_bounds(name, found)
        seen.add(found.table.sheet.name)
        yield from _merged_cells(name, found)
        yield from _hidden_rows(found)
        yield from _added_columns(name, found, [each.table for each in tables])
        for other in others:
            yield from _other_table(name, found, other)


def _hidden_rows(found: Found) -> Iterator[Finding]:
    """One finding a table: who filters a table forgets what it does not show."""
    shown = found.table.sheet.hidden
    hidden = [row.cells[found.key].place for row in found.rows if row.number and row.place.row in shown]
    if hidden:
        listed = "、".join(str(place.row) for place in hidden[:_MAX_HIDDEN])
        more = f"等 {len(hidden)} " if len(hidden) > _MAX_HIDDEN else ""
        values = {"sheet": found.table.sheet.name, "rows": f"{listed}{more}".rstrip()}
        yield Finding(HIDDEN, hidden[0], values=values)


def _other_table(name: str, found: Found, other: Table) -> Iterator[Finding]:
    """One finding for a further table that says what the one we read does not say.

    A second copy of the sheet is mostly a draft, but the department may have gone on in the wrong one.
    """
    if found.key not in other.columns or not found.fields.keys() >= other.columns.keys():
        return
    read = {row.number: row for row in found.rows}
    different = [
        (row, found.fields[field].heading, cell)
        for row in read_rows(name, other, found.fields, found.key)
        for field, cell in row.cells.items()
        if found.fields[field].filled and cell.raw
        if row.number not in read or read[row.number].raw(field) != cell.raw
    ]
    if different:
        row, heading, cell = different[0]
        values = {
            "sheet": other.sheet.name,
            "main": found.table.sheet.name,
            "count": str(len(different)),
            "cell": cell.place.cell,
            "heading": heading,
            "found": cell.raw[:40],
        }
        yield Finding(OTHER_TABLE, cell.place, task=row.number, values=values)


def _beyond_bounds(name: str, found: Found) -> Iterator[Finding]:
    table = found.table
    far = list(strays(name, table, found.fields, found.key))
    for each in far[:_MAX_STRAYS]:
        place = Place(name, table.sheet.name, each.row, each.column)
        values = {"sheet": table.sheet.name, "cell": place.cell, "found": each.text[:100]}
        yield Finding(BEYOND_BOUNDS, place, values=values)
    more = len(far) - _MAX_STRAYS + table.sheet.more_strays
    if more > 0:
        place = Place(name, table.sheet.name, table.sheet.height)
        yield Finding(MORE_BEYOND_BOUNDS, place, values={"sheet": table.sheet.name, "found": str(more)})


def _merged_cells(name: str, found: Found) -> Iterator[Finding]:
    """Cells to fill in that were joined over several rows: every library sees a value in the first alone."""
    table, fields = found.table, found.fields
    keys = {column: key for key, column in table.columns.items() if fields[key].filled}
    for (top, left), (bottom, right) in table.sheet.merged:
        inside = [keys[column] for column in sorted(keys) if left <= column <= right]
        if table.head < top < table.bottom and bottom > top and inside:
            place = Place(name, table.sheet.name, top + 1, left + 1)
            heading = "、".join(fields[key].heading for key in inside)
            values = {"heading": heading, "first": str(top + 1), "last": str(bottom + 1)}
            yield Finding(MERGED, place, values=values)


def _added_columns(name: str, found: Found, tables: Iterable[Table]) -> Iterator[Finding]:
    """Columns that a unit put in: their heading, or that they have none, and the first cells of them."""
    table = found.table
    taken = {
        column
        for each in tables
        if each.sheet is table.sheet and each.head == table.head
        for column in each.columns.values()
    }
    known = {even_width(field.heading) for field in found.fields.values()} | {even_width(x) for x in _OURS}
    rows = [row.place.row for row in found.rows]
    positions = [at for at in range(table.head + 1, table.bottom) if table.sheet.number(at) in rows]
    for column in range(max((len(table.sheet.rows[at]) for at in positions), default=0)):
        heading = read_cell(name, table.sheet, table.head, column)
        if column in taken or even_width(heading.raw) in known:
            continue
        cells = [read_cell(name, table.sheet, at, column) for at in positions]
        filled = [cell for cell in cells if cell.raw and not is_failed(cell.raw)]
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
