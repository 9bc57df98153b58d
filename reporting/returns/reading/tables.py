"""The tables of a return found on its sheets, wherever they were moved to, and read row by row.

A table is known by its headings, a row by its task number, and every cell carries the address it was read
from. Nothing is understood here: ``Cell.value`` is what the sheet holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from reporting.files.sheets.grid import MAX_ROWS, Sheet, Stray
from reporting.language.characters import even_width
from reporting.language.values import as_text, task_number
from reporting.model import Cell, Place, Row, Value
from reporting.office.form import Form, FormField
from reporting.returns.workbook.layout import TARGETS, TASKS

_HEADINGS_WITHIN = 60
_LEAST_HEADINGS = 4
_OF_LAST_YEAR = ("上年", "去年", "上一年")
_WORDING = ("content", "name")
"""What a row is about. One without a number that says it is something that the unit added."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table found on a sheet: the position of the row of its headings, and columns by field key."""

    sheet: Sheet
    head: int
    columns: dict[str, int]
    bottom: int
    """The position of the first row below that belongs to another table, or of none."""

    def place(self, name: str, row: int, column: int) -> Place:
        """Where one of its cells stands, by the positions of its row and column."""
        return Place(name, self.sheet.name, self.sheet.number(row), column + 1)


@dataclass(frozen=True, slots=True)
class Standing:
    """The tables of a return, wherever they stand; ``others`` were found as well and are not read."""

    tasks: Table | None
    targets: Table | None
    others: tuple[Table, ...] = ()


def find_tables(sheets: Sequence[Sheet], form: Form) -> Standing:
    """Find 任务填报 and 量化指标: mostly on sheets of their own, now and then pasted onto one.

    Of two tables of targets the one is read that has figures.
    """
    tasks = _find_table(sheets, form.read_fields, "number", (TASKS,))
    others = [sheet for sheet in sheets if tasks is None or sheet is not tasks.sheet]
    apart = _find_table(others, form.target_fields, "target", (TARGETS,))
    together = _find_table([tasks.sheet], form.target_fields, "target", (), tasks) if tasks else None
    if tasks is not None and together is not None:
        tasks, together = _bounded(tasks, together), _bounded(together, tasks)
    targets, spare = apart, together
    if together is not None and (apart is None or not _says_anything(apart, form.target_fields)):
        targets, spare = together, apart
    unread = [sheet for sheet in others if targets is None or sheet is not targets.sheet]
    copies = [
        _find_table([sheet], fields, key, ())
        for fields, key in ((form.read_fields, "number"), (form.target_fields, "target"))
        for sheet in unread
    ]
    found = {id(each.sheet): each for each in (spare,) if each is not None}
    spares = [each for each in copies if each is not None and id(each.sheet) not in found]
    return Standing(tasks, targets, (*found.values(), *spares))


def _bounded(table: Table, other: Table) -> Table:
    """A table without the rows, or the columns, of another on its sheet."""
    if other.head == table.head:
        first = min(other.columns.values())
        left = {key: column for key, column in table.columns.items() if column < first}
        return replace(table, columns=left) if left else table
    return replace(table, bottom=other.head) if other.head > table.head else table


def _says_anything(table: Table, fields: Mapping[str, FormField]) -> bool:
    return any(
        read_cell("", table.sheet, row, column).raw
        for row in range(table.head + 1, table.bottom)
        for key, column in table.columns.items()
        if fields[key].filled
    )


def _find_table(
    sheets: Sequence[Sheet],
    fields: Mapping[str, FormField],
    key: str,
    preferred: Sequence[str],
    beside: Table | None = None,
) -> Table | None:
    """The table whose heading row shows most of the headings; a sheet of the right name goes first.

    ``beside`` is a table on the same sheet whose own headings are not to be taken.
    """
    best: Table | None = None
    for sheet in sorted(sheets, key=lambda each: each.name not in preferred):
        rows = len(sheet.rows) if beside else _HEADINGS_WITHIN
        for head, row in enumerate(sheet.rows[:rows]):
            columns = _match_headings(row, fields, _own_columns(row, fields[key], head, beside))
            if key not in columns or len(columns) < _LEAST_HEADINGS:
                continue
            if best is None or len(columns) > len(best.columns):
                best = Table(sheet, head, columns, len(sheet.rows))
    return best


def _own_columns(row: Sequence[Any], key: FormField, head: int, beside: Table | None) -> int:
    """From which column on the headings of a table stand that has another to its left."""
    if beside is None or beside.head != head:
        return 0
    return next((at for at, value in enumerate(row) if even_width(as_text(value)) == key.heading), len(row))


def _match_headings(row: Sequence[Any], fields: Mapping[str, FormField], first: int = 0) -> dict[str, int]:
    by_heading = {even_width(field.heading): key for key, field in fields.items()}
    longest = 2 * max(map(len, by_heading))  # 完 成 状 态 is a heading too; an account of a task is none
    columns: dict[str, int] = {}
    for column, value in enumerate(row):
        key = by_heading.get(even_width(value)) if isinstance(value, str) and len(value) <= longest else None
        if key is not None and column >= first:
            columns.setdefault(key, column)
    return columns


def reworded_columns(table: Table, fields: Mapping[str, FormField]) -> dict[str, int]:
    """Columns whose heading was rewritten: known by standing just between those that follow each other, or by
    the words of the old heading in the new one.

    The heading must say something: an empty one is a column that was put in.
    """
    headings = table.sheet.rows[table.head]
    taken = set(table.columns.values())
    keys = list(fields)
    found: dict[str, int] = {}
    for position, key in enumerate(keys[1:-1], 1):
        before, after = table.columns.get(keys[position - 1]), table.columns.get(keys[position + 1])
        if key in table.columns or before is None or after is None or after != before + 2:
            continue
        column = before + 1
        if column not in taken and column < len(headings) and as_text(headings[column]):
            found[key] = column
    for key, field in fields.items():
        if field.filled and key not in table.columns and key not in found:
            alike = [
                at
                for at, heading in enumerate(headings)
                if at not in taken and at not in found.values() and _is_reworded(as_text(heading), field)
            ]
            if len(alike) == 1:
                found[key] = alike[0]
    return found


def _is_reworded(heading: str, field: FormField) -> bool:
    """Whether a heading is that of a field with something added or left out: 完成状态（必填）, 完成进度."""
    core = even_width(field.heading).partition("(")[0]
    text = even_width(heading)
    other = text != even_width(field.heading)  # else it is the very column, of a table beside this one
    return other and core in text and len(text) <= 2 * len(core) + 4 and not text.startswith(_OF_LAST_YEAR)


def _as_value(value: Any) -> Value:
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_\n", "\n")
    if isinstance(value, bool | int | float | datetime | date) or value is None:
        return value
    return str(value)


def read_cell(name: str, sheet: Sheet, row: int, column: int) -> Cell:
    """One cell by the positions of its row and column, with its text and its place."""
    line = sheet.rows[row]
    value = _as_value(line[column]) if column < len(line) else None
    raw = as_text(value)
    return Cell(raw, value if raw else None, Place(name, sheet.name, sheet.number(row), column + 1))


def read_rows(name: str, table: Table, fields: Mapping[str, FormField], key: str) -> Iterator[Row]:
    """The rows below the headings; one with nothing but formulas, borders or blanks is none.

    Far below the table only what has a number and something filled in is a row; all else is astray there.
    """
    joined = _joined_cells(table)
    heading = even_width(fields[key].heading)
    for row in range(table.head + 1, table.bottom):
        if table.sheet.number(row) > MAX_ROWS and not _is_row(name, table, fields, key, row):
            continue
        cells = {each: read_cell(name, table.sheet, row, column) for each, column in table.columns.items()}
        for each, column in table.columns.items():
            if (row, column) in joined:
                cells[each] = replace(cells[each], joined=True)
                if not fields[each].filled and each != key:  # 类别 of several tasks made one cell
                    top = read_cell(name, table.sheet, joined[row, column], column)
                    cells[each] = replace(cells[each], raw=top.raw, value=top.value)
        number = cells[key].raw if key in cells else ""
        if even_width(number) == heading:  # the headings again, as a page of print begins with them
            continue
        if number or any(cells[each].raw for each in cells if fields[each].filled or each in _WORDING):
            yield Row(task_number(number), cells, Place(name, table.sheet.name, table.sheet.number(row)))


def _joined_cells(table: Table) -> dict[tuple[int, int], int]:
    """The cells that were joined to one above, and its row: blank to readers, not to who looks at them."""
    joined: dict[tuple[int, int], int] = {}
    merged = sorted(table.sheet.merged)
    for column in table.columns.values():
        done = table.head  # no row is gone through twice, however many areas lie over each other
        for (top, left), (bottom, right) in merged:
            if left <= column <= right:
                joined |= {
                    (row, column): top for row in range(max(top, done) + 1, min(bottom + 1, table.bottom))
                }
                done = max(done, bottom)
    return joined


def _is_row(name: str, table: Table, fields: Mapping[str, FormField], key: str, row: int) -> bool:
    raws = {
        each: read_cell(name, table.sheet, row, column).raw
        for each, column in table.columns.items()
        if each == key or fields[each].filled
    }
    return bool(raws.pop(key, "")) and any(raws.values())


def strays(name: str, table: Table, fields: Mapping[str, FormField], key: str) -> Iterator[Stray]:
    """The cells with content so far from the table that they were not read."""
    yield from table.sheet.strays
    near = len(table.sheet.rows) - len(table.sheet.far)
    for row in range(max(near, table.head + 1), len(table.sheet.rows)):
        if not _is_row(name, table, fields, key, row):
            for column in range(len(table.sheet.rows[row])):
                raw = read_cell(name, table.sheet, row, column).raw
                if raw:
                    yield Stray(table.sheet.number(row), column + 1, raw)


# ---- the block above the table ---------------------------------------------------------------------------


def read_header(name: str, table: Table, around: Iterable[Sheet], form: Form) -> dict[str, Cell]:
    """The block above the table: each label's value stands to its right, or after a colon in the same cell.

    ``around`` are sheets that may hold the block when the table stands alone: the rest of a Word document.
    """
    labels = {even_width(field.heading): key for key, field in form.header_fields.items()}
    header = _read_labels(name, table.sheet, range(table.head), labels)
    for sheet in around:
        for key, cell in _read_labels(name, sheet, range(len(sheet.rows)), labels).items():
            if not header.get(key, Cell("", None, cell.place)).raw:
                header[key] = cell
    return header


def _read_labels(name: str, sheet: Sheet, rows: Iterable[int], labels: Mapping[str, str]) -> dict[str, Cell]:
    # 填报人：林晓　联系电话：62340011 in one cell, as people type it
    spaced = [r"[ \u3000\t]{0,5}".join(re.escape(sign) for sign in label) for label in labels]
    inline = re.compile(rf"({'|'.join(sorted(spaced, key=len, reverse=True))})[ \u3000\t]{{0,5}}[:：]")
    found: dict[str, Cell] = {}
    for row in rows:
        for column, value in enumerate(sheet.rows[row]):
            if not isinstance(value, str) or len(value) > 500:
                continue
            key = labels.get(even_width(value).rstrip(":"))
            if key is not None:
                found.setdefault(key, _beside(name, sheet, row, column, labels))
                continue
            pieces = inline.split(value)
            for label, words in zip(pieces[1::2], pieces[2::2], strict=True):
                cell = read_cell(name, sheet, row, column)
                raw = as_text(words).strip(" \u3000\t，,；;")
                found.setdefault(labels[even_width(label)], replace(cell, raw=raw, value=raw or None))
    return found


def _beside(name: str, sheet: Sheet, row: int, column: int, labels: Mapping[str, str]) -> Cell:
    for right in range(column + 1, min(column + 4, len(sheet.rows[row]))):
        cell = read_cell(name, sheet, row, right)
        if even_width(cell.raw).rstrip(":") in labels:
            break
        if cell.raw:
            return cell
    # the next label, where the cells between were deleted, is no answer
    return replace(read_cell(name, sheet, row, column + 1), raw="", value=None)
