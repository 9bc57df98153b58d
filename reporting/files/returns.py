"""Returns read: any workbook that came back, to a Return whose every cell carries its place.

Rows are known by their task number and columns by their headings, wherever either was moved to. calamine
reads the cells; openpyxl is opened only where a figure may be a percentage, which calamine cannot tell.
Nothing is understood here: ``Cell.value`` is what the sheet holds, and ``check`` evens it out.
"""

from __future__ import annotations

import contextlib
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from html import unescape
from io import BytesIO
from typing import Any

from reporting.characters import even_width
from reporting.files.cells import MAX_ROWS, CellsError, Sheet, read_cells, read_cells_apart
from reporting.files.sniffing import FileType, has_error_cells, refuse_package
from reporting.files.workbook_base import META, TARGETS, TASKS
from reporting.findings import Finding, Kind, Severity
from reporting.form import Form, FormField
from reporting.model import Cell, Place, Return, Row, Signature, Value
from reporting.values import as_text, format_number, is_failed, is_picture, task_number

_HEADINGS_WITHIN = 60
_LEAST_HEADINGS = 4

BROKEN_FILE = Kind(
    "file_is_readable",
    Severity.ERROR,
    "文件打不开：{why}。",
    "请用 Excel 或 WPS 打开下发的填报表，另存为 .xlsx 文件后重新报送。",
)
NO_TABLE = Kind(
    "sheet_is_there",
    Severity.ERROR,
    "文件里没有找到填报表：没有一张工作表含有“任务编号”“完成状态”“完成情况”等表头（现有工作表：{found}）。",
    "请在下发的填报表中填写后报送，不要另做表格，也不要删改表头。",
)
NO_COLUMN = Kind(
    "column_is_there",
    Severity.ERROR,
    "表中没有“{heading}”这一列。",
    "请在下发的填报表中填写，不要删除或改写表头；可将内容复制到随附的订正表。",
)
NO_OPTIONAL_COLUMN = Kind(
    "optional_column_is_there",
    Severity.NOTE,
    "表中没有“{heading}”这一列。",
    "这一列是选填的，按没有填写登记。",
)
REWORDED = Kind(
    "heading_is_unchanged",
    Severity.CONFIRM,
    "“{heading}”一列的表头被改成了“{found}”，按原来的列读取。",
    "请核对这一列所填的是不是“{heading}”；请勿改写表头。",
)
MERGED = Kind(
    "cells_are_not_merged",
    Severity.ERROR,
    "{heading}的第 {first} 至 {last} 行合并成了一格，只有第 {first} 行算填写了。",
    "请取消合并，逐行填写。",
)
ERROR_VALUE = Kind(
    "formula_gives_a_value",
    Severity.ERROR,
    "{heading}是公式，结果为“{found}”。",
    "请改为直接填写文字或数字。",
)


BEYOND_BOUNDS = Kind(
    "sheet_is_within_bounds",
    Severity.ERROR,
    "“{sheet}”表在第 {found} 行还有内容，第 {expected} 行以后没有读取。",
    "请把内容移到表格以内，删去以外的内容后重新报送。",
)


PICTURE = Kind(
    "text_is_not_a_picture",
    Severity.ERROR,
    "{heading}里插入的是图片，读不到图片中的文字。",
    "请改为填写文字；图片作为佐证材料另行报送。",
)


class UnreadableError(Exception):
    """The file cannot be read as a workbook; ``finding`` says why."""

    def __init__(self, finding: Finding) -> None:
        """Keep the finding for the receipt."""
        super().__init__(finding.message)
        self.finding = finding


@dataclass(frozen=True, slots=True)
class _Table:
    """A table found on a sheet: the 0-based row of its headings, and columns by field key."""

    sheet: Sheet
    head: int
    columns: dict[str, int]


def read_return(
    name: str, sha256: str, data: bytes, kind: FileType, form: Form
) -> tuple[Return, list[Finding]]:
    """Read a workbook into a Return whose unit is still open (``Return.unit`` is what it calls itself).

    Raises ``UnreadableError`` when it is no workbook or holds no table of ours.
    """
    sheets = _read_sheets(name, data, kind)
    tasks = _find_table(sheets, form.read_fields, "number", (TASKS,))
    if tasks is None:
        found = "、".join(sheet.name for sheet in sheets if sheet.name != META) or "无"
        raise UnreadableError(Finding(NO_TABLE, Place(name), values={"found": found[:200]}))
    others = [sheet for sheet in sheets if sheet is not tasks.sheet]
    targets = _find_table(others, form.target_fields, "target", (TARGETS,))
    reworded: list[Finding] = []
    for table, fields in ((tasks, form.read_fields), (targets, form.target_fields)):
        if table is None:
            continue
        for key, column in _reworded(table, fields).items():
            place = Place(name, table.sheet.name, table.head + 1, column + 1)
            found = as_text(table.sheet.rows[table.head][column])
            reworded.append(Finding(REWORDED, place, values={"heading": fields[key].heading, "found": found}))
            table.columns[key] = column
    header = _read_header(name, tasks, form)
    signature = _read_signature(sheets) or _read_properties(data) or Signature()
    target_rows = tuple(_read_rows(name, targets, form.target_fields, "target")) if targets else ()
    sent = Return(
        file=name,
        sha256=sha256,
        unit=signature.unit or (header["unit"].raw if "unit" in header else ""),
        signature=signature,
        header=header,
        rows=tuple(_read_rows(name, tasks, form.read_fields, "number")),
        target_rows=target_rows,
        task_sheet=Place(name, tasks.sheet.name, tasks.head + 1),
        target_sheet=Place(name, targets.sheet.name, targets.head + 1) if targets else Place(),
        columns=frozenset(tasks.columns),
        target_columns=frozenset(targets.columns) if targets else frozenset(),
    )
    sent = _with_percentages(_with_errors(sent, data, kind, form), data, kind, form)
    bounds = _beyond_bounds(name, (tasks, targets))
    merged = [
        finding
        for table, fields in ((tasks, form.read_fields), (targets, form.target_fields))
        if table is not None
        for finding in _merged_cells(name, table, fields)
    ]
    return sent, [*bounds, *reworded, *merged, *_missing_columns(sent, form), *_error_values(sent, form)]


def _beyond_bounds(name: str, tables: Iterable[_Table | None]) -> Iterator[Finding]:
    for table in tables:
        if table is not None and table.sheet.height > MAX_ROWS:
            found, expected = str(table.sheet.height), str(MAX_ROWS)
            values = {"sheet": table.sheet.name, "found": found, "expected": expected}
            yield Finding(BEYOND_BOUNDS, Place(name, table.sheet.name, table.sheet.height), values=values)


def _merged_cells(name: str, table: _Table, fields: Mapping[str, FormField]) -> Iterator[Finding]:
    """Cells to fill in that were joined over several rows: every library sees a value in the first alone."""
    keys = {column: key for key, column in table.columns.items() if fields[key].filled}
    for (top, left), (bottom, right) in table.sheet.merged:
        inside = [keys[column] for column in sorted(keys) if left <= column <= right]
        if top > table.head and bottom > top and inside:
            place = Place(name, table.sheet.name, top + 1, left + 1)
            heading = "、".join(fields[key].heading for key in inside)
            values = {"heading": heading, "first": str(top + 1), "last": str(bottom + 1)}
            yield Finding(MERGED, place, values=values)


def _missing_columns(sent: Return, form: Form) -> Iterator[Finding]:
    asked_for = {key for status in form.status for key in status.needs}
    for each in form.task:
        if each.key not in sent.columns and (each.filled or each.key == "number"):
            needed = each.key == "number" or each.required != "no" or each.key in asked_for
            kind = NO_COLUMN if needed else NO_OPTIONAL_COLUMN
            yield Finding(kind, sent.task_sheet, sent.unit, values={"heading": each.heading})
    if sent.target_columns:
        for each in form.target:
            if each.key not in sent.target_columns and (each.filled or each.key == "target"):
                needed = each.key == "target" or each.required != "no"
                kind = NO_COLUMN if needed else NO_OPTIONAL_COLUMN
                yield Finding(kind, sent.target_sheet, sent.unit, values={"heading": each.heading})


def _error_values(sent: Return, form: Form) -> Iterator[Finding]:
    for rows, fields in ((sent.rows, form.read_fields), (sent.target_rows, form.target_fields)):
        for row in rows:
            for key, cell in row.cells.items():
                if fields[key].filled and is_failed(cell.raw):
                    kind = PICTURE if is_picture(cell.raw) else ERROR_VALUE
                    values = {"heading": fields[key].heading, "found": cell.raw}
                    yield Finding(kind, cell.place, sent.unit, row.number, values)


# ---- sheets ------------------------------------------------------------------------------------------


def _read_sheets(name: str, data: bytes, kind: FileType) -> list[Sheet]:
    if kind in (FileType.XLSX, FileType.ODS):
        why = refuse_package(data)
        if why:
            raise UnreadableError(Finding(BROKEN_FILE, Place(name), values={"why": why}))
    try:
        return read_cells(data) if kind is FileType.XLSX else read_cells_apart(data)
    except CellsError as error:
        raise UnreadableError(Finding(BROKEN_FILE, Place(name), values={"why": "内容已损坏"})) from error


def _as_value(value: Any) -> Value:
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_\n", "\n")
    if isinstance(value, bool | int | float | datetime | date) or value is None:
        return value
    if isinstance(value, time | timedelta):
        return str(value)
    return str(value)


def _cell(name: str, sheet: Sheet, row: int, column: int) -> Cell:
    line = sheet.rows[row]
    value = _as_value(line[column]) if column < len(line) else None
    raw = as_text(value)
    return Cell(raw, value if raw else None, Place(name, sheet.name, row + 1, column + 1))


# ---- finding tables ----------------------------------------------------------------------------------


def _find_table(
    sheets: Sequence[Sheet], fields: Mapping[str, FormField], key: str, preferred: Sequence[str]
) -> _Table | None:
    """The table whose heading row shows most of the headings; a sheet of the right name goes first."""
    best: _Table | None = None
    for sheet in sorted(sheets, key=lambda each: each.name not in preferred):
        for head, row in enumerate(sheet.rows[:_HEADINGS_WITHIN]):
            columns = _match_headings(row, fields)
            if key not in columns or len(columns) < _LEAST_HEADINGS:
                continue
            if best is None or len(columns) > len(best.columns):
                best = _Table(sheet, head, columns)
    return best


def _match_headings(row: Sequence[Any], fields: Mapping[str, FormField]) -> dict[str, int]:
    by_heading = {even_width(field.heading): key for key, field in fields.items()}
    columns: dict[str, int] = {}
    for column, value in enumerate(row):
        key = by_heading.get(even_width(value)) if isinstance(value, str) else None
        if key is not None:
            columns.setdefault(key, column)
    return columns


def _reworded(table: _Table, fields: Mapping[str, FormField]) -> dict[str, int]:
    """Columns whose heading was rewritten, known by standing just between those that follow each other.

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
    return found


def _read_rows(name: str, table: _Table, fields: Mapping[str, FormField], key: str) -> Iterator[Row]:
    """The rows below the headings; one with nothing but formulas, borders or blanks is none."""
    filled = [each for each in fields if fields[each].filled and each in table.columns]
    for row in range(table.head + 1, len(table.sheet.rows)):
        cells = {each: _cell(name, table.sheet, row, column) for each, column in table.columns.items()}
        number = cells[key].raw if key in cells else ""
        if number or any(cells[each].raw for each in filled):
            yield Row(task_number(number), cells, Place(name, table.sheet.name, row + 1))


def _read_header(name: str, table: _Table, form: Form) -> dict[str, Cell]:
    """The block above the table: each label's value stands in the next filled cell to its right."""
    labels = {even_width(field.heading): key for key, field in form.header_fields.items()}
    header: dict[str, Cell] = {}
    for row in range(table.head):
        line = table.sheet.rows[row]
        for column, value in enumerate(line):
            key = labels.get(even_width(value).rstrip(":")) if isinstance(value, str) else None
            if key is not None:
                header.setdefault(key, _beside(name, table.sheet, row, column, labels))
    return header


def _beside(name: str, sheet: Sheet, row: int, column: int, labels: Mapping[str, str]) -> Cell:
    for right in range(column + 1, min(column + 4, len(sheet.rows[row]))):
        cell = _cell(name, sheet, row, right)
        if even_width(cell.raw) in labels:
            break
        if cell.raw:
            return cell
    return _cell(name, sheet, row, column + 1)


# ---- what the workbook says about itself -------------------------------------------------------------


def _read_signature(sheets: Sequence[Sheet]) -> Signature | None:
    meta = next((sheet for sheet in sheets if sheet.name == META), None)
    if meta is None:
        return None
    pairs = [(as_text(_as_value(row[0])), as_text(_as_value(row[1]))) for row in meta.rows if len(row) > 1]
    words = dict(pairs)
    if not words.get("unit"):
        return None
    return Signature(
        plan=words.get("plan", ""),
        year=words.get("year", ""),
        unit=words["unit"],
        form_version=words.get("form_version", ""),
        tasks=tuple(value for key, value in pairs if key == "task"),
        signature=words.get("signature", ""),
    )


# <property fmtid="{…}" pid="2" name="duban_unit"><vt:lpwstr>市教育局</vt:lpwstr>; every program has its own
# order of attributes, and some declare the namespace at each value
_PROPERTY = re.compile(
    r"""name=["']duban_(\w{1,20})["'][^>]{0,200}>\s{0,20}<(?:\w{1,10}:)?lpwstr\b[^>]{0,200}>([^<]{0,4000})<"""
)


def _read_properties(data: bytes) -> Signature | None:
    """The same words from the document properties, which survive when the sheet is deleted."""
    with contextlib.suppress(zipfile.BadZipFile, KeyError, OSError, ValueError, RuntimeError):
        with zipfile.ZipFile(BytesIO(data)) as archive:
            xml = archive.read("docProps/custom.xml")[:1_000_000].decode("utf-8", "replace")
        words = {key: unescape(value) for key, value in _PROPERTY.findall(xml)}
        if words.get("unit"):
            pieces = sorted(
                (int(key.removeprefix("tasks_")), value)
                for key, value in words.items()
                if re.fullmatch(r"tasks_\d{1,4}", key)
            )
            tasks = "".join(value for _, value in pieces)
            return Signature(
                plan=words.get("plan", ""),
                year=words.get("year", ""),
                unit=words["unit"],
                form_version=words.get("form_version", ""),
                tasks=tuple(tasks.split(",")) if tasks else (),
                signature=words.get("signature", ""),
            )
    return None


# ---- formulas that failed ----------------------------------------------------------------------------


def _with_errors(sent: Return, data: bytes, kind: FileType, form: Form) -> Return:
    """Put #REF! and its like back into the cells that calamine gave as blanks."""
    if kind is not FileType.XLSX or not has_error_cells(data):
        return sent
    suspects = {
        cell.place
        for rows, fields in ((sent.rows, form.read_fields), (sent.target_rows, form.target_fields))
        for row in rows
        for key, cell in row.cells.items()
        if fields[key].filled and not cell.raw
    }
    errors = _look_up(data, suspects, lambda cell: str(cell.value) if cell.data_type == "e" else "")

    def shown(cell: Cell) -> Cell:
        return Cell(errors[cell.place], errors[cell.place], cell.place) if cell.place in errors else cell

    return _map_cells(sent, shown) if errors else sent


def _look_up(data: bytes, places: Iterable[Place], look: Callable[[Any], str]) -> dict[Place, str]:
    """What openpyxl sees in some cells, where it sees anything."""
    from openpyxl import load_workbook

    try:
        book = load_workbook(BytesIO(data), data_only=True)
        seen = {place: look(book[place.part].cell(place.row, place.column)) for place in places}
    except Exception:  # noqa: BLE001  # openpyxl raises anything at foreign styles; then all stays as read
        return {}
    return {place: words for place, words in seen.items() if words}


def _map_cells(sent: Return, change: Callable[[Cell], Cell]) -> Return:
    def map_row(row: Row) -> Row:
        return replace(row, cells={key: change(cell) for key, cell in row.cells.items()})

    rows, target_rows = tuple(map(map_row, sent.rows)), tuple(map(map_row, sent.target_rows))
    return replace(sent, rows=rows, target_rows=target_rows)


# ---- percentages -------------------------------------------------------------------------------------


def _with_percentages(sent: Return, data: bytes, kind: FileType, form: Form) -> Return:
    """Turn cells that are formatted as percentages into the text they show: 0.85 becomes ``85%``.

    Typing 85% into a sheet stores 0.85 with a format, and only the format tells it from 0.85 %.
    """
    if kind is not FileType.XLSX:
        return sent
    suspects = {
        cell.place
        for rows, fields in ((sent.rows, form.read_fields), (sent.target_rows, form.target_fields))
        for row in rows
        for key, cell in row.cells.items()
        if key in fields and fields[key].filled and _may_be_percent(fields[key], cell, row)
    }
    formats = _look_up(data, suspects, lambda cell: str(cell.number_format)) if suspects else {}

    def shown(cell: Cell) -> Cell:
        if "%" not in formats.get(cell.place, "") or not isinstance(cell.value, int | float):
            return cell
        text = f"{format_number(round(float(cell.value) * 100, 8))}%"
        return Cell(text, text, cell.place)

    return _map_cells(sent, shown) if formats else sent


def _may_be_percent(field: FormField, cell: Cell, row: Row) -> bool:
    if isinstance(cell.value, bool) or not isinstance(cell.value, int | float):
        return False
    if field.type == "quantity":
        return row.raw("measure") in ("%", "％", "个百分点") and 0 < abs(cell.value) <= 10
    return field.type == "percent" and 0 < cell.value <= 2
