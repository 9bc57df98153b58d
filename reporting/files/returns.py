"""Returns read: any workbook that came back, to a Return whose every cell carries its place.

Rows are known by their task number and columns by their headings, wherever either was moved to. Most are
read fast; where a figure may be a percentage, or a blank a formula that failed, by the reader that can tell.
Nothing is understood here: ``Cell.value`` is what the sheet holds, and ``check`` evens it out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reporting.files.cells import Book, read_book, read_exactly
from reporting.files.intake import evidence
from reporting.files.returns_signature import read_signature
from reporting.files.returns_table import (
    Table,
    find_table,
    read_header,
    read_rows,
    reworded_columns,
    strays,
)
from reporting.files.sheets import CellsError, Sheet
from reporting.files.sniffing import FileType
from reporting.files.workbook_layout import META, TARGETS, TASKS
from reporting.findings import Finding, Kind, Severity
from reporting.form import Form, FormField
from reporting.model import Cell, Place, Return, Row
from reporting.values import as_text, is_failed, is_formula, is_picture

_MAX_STRAYS = 10

BROKEN_FILE = Kind(
    "file_is_readable",
    Severity.ERROR,
    "文件打不开：{why}。",
    "请用 Excel 或 WPS 打开下发的填报表，另存为 .xlsx 文件后重新报送。",
)
LOCKED_FILE = Kind(
    "file_has_no_password",
    Severity.ERROR,
    "文件打不开：{why}。",
    "请取消打开密码，另存为 .xlsx 文件后重新报送。",
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
NO_RESULT = Kind(
    "formula_has_a_result",
    Severity.ERROR,
    "{heading}是公式“{found}”，文件里没有它的结果。",
    "请改为直接填写文字或数字。",
)
PICTURE = Kind(
    "text_is_not_a_picture",
    Severity.ERROR,
    "{heading}里插入的是图片，读不到图片中的文字。",
    "请改为填写文字；图片作为佐证材料另行报送。",
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


class UnreadableError(Exception):
    """The file cannot be read as a workbook; ``finding`` says why."""

    def __init__(self, finding: Finding, *, ignored: bool = False) -> None:
        """Keep the finding for the receipt; ``ignored`` for what is kept as evidence."""
        super().__init__(finding.message)
        self.finding = finding
        self.ignored = ignored


def read_return(
    name: str, sha256: str, data: bytes, kind: FileType, form: Form
) -> tuple[Return, list[Finding]]:
    """Read a workbook into a Return whose unit is still open (``Return.unit`` is what it calls itself).

    Raises ``UnreadableError`` when it is no workbook or holds no table of ours.
    """
    try:
        book = read_book(data, kind)
        read = _read_book(name, sha256, data, book, kind, form)
        if not book.exact and _is_unsure(read[0], book, form):
            read = _read_book(name, sha256, data, read_exactly(data, kind), kind, form)
    except CellsError as error:
        kind_of_finding = LOCKED_FILE if "密码" in error.reason else BROKEN_FILE
        found = Finding(kind_of_finding, Place(name), values={"why": error.reason})
        raise UnreadableError(found) from error
    return read


def _read_book(
    name: str, sha256: str, data: bytes, book: Book, kind: FileType, form: Form
) -> tuple[Return, list[Finding]]:
    tasks = find_table(book.sheets, form.read_fields, "number", (TASKS,))
    if tasks is None and kind is FileType.WORD:
        raise UnreadableError(evidence(name, kind), ignored=True)
    if tasks is None:
        found = "、".join(sheet.name for sheet in book.sheets if sheet.name not in ("", META)) or "无"
        raise UnreadableError(Finding(NO_TABLE, Place(name), values={"found": found[:200]}))
    others = [sheet for sheet in book.sheets if sheet is not tasks.sheet]
    targets = find_table(others, form.target_fields, "target", (TARGETS,))
    tables = [(tasks, form.read_fields, "number")]
    tables += [(targets, form.target_fields, "target")] if targets else []
    reworded = [each for table, fields, _ in tables for each in _take_reworded(name, table, fields)]
    around = [
        sheet for sheet in others if kind is FileType.WORD and (not targets or sheet is not targets.sheet)
    ]
    header = read_header(name, tasks, around, form)
    signature = read_signature(book.sheets, data)
    sent = Return(
        file=name,
        sha256=sha256,
        unit=signature.unit or (header["unit"].raw if "unit" in header else ""),
        signature=signature,
        header=header,
        rows=tuple(read_rows(name, tasks, form.read_fields, "number")),
        target_rows=tuple(read_rows(name, targets, form.target_fields, "target")) if targets else (),
        task_sheet=Place(name, tasks.sheet.name, tasks.sheet.number(tasks.head)),
        target_sheet=Place(name, targets.sheet.name, targets.sheet.number(targets.head))
        if targets
        else Place(),
        columns=frozenset(tasks.columns),
        target_columns=frozenset(targets.columns) if targets else frozenset(),
    )
    found_here = [
        finding
        for table, fields, key in tables
        for finding in (*_beyond_bounds(name, table, fields, key), *_merged_cells(name, table, fields))
    ]
    found_here += _hidden_rows(sent, [(table, key) for table, _, key in tables])
    unread = [sheet for sheet in others if targets is None or sheet is not targets.sheet]
    found_here += _other_tables(name, unread, tables)
    return sent, [*found_here, *reworded, *_missing_columns(sent, form), *_error_values(sent, form)]


def _take_reworded(name: str, table: Table, fields: Mapping[str, FormField]) -> Iterator[Finding]:
    for key, column in reworded_columns(table, fields).items():
        found = as_text(table.sheet.rows[table.head][column])
        values = {"heading": fields[key].heading, "found": found}
        yield Finding(REWORDED, table.place(name, table.head, column), values=values)
        table.columns[key] = column


def _hidden_rows(sent: Return, tables: Sequence[tuple[Table, str]]) -> Iterator[Finding]:
    """One finding a table: who filters a table forgets what it does not show."""
    for (table, key), rows in zip(tables, (sent.rows, sent.target_rows), strict=False):
        hidden = [row.cells[key].place for row in rows if row.number and row.place.row in table.sheet.hidden]
        if hidden:
            listed = "、".join(str(place.row) for place in hidden[:_MAX_HIDDEN])
            more = f"等 {len(hidden)} " if len(hidden) > _MAX_HIDDEN else ""
            values = {"sheet": table.sheet.name, "rows": f"{listed}{more}".rstrip()}
            yield Finding(HIDDEN, hidden[0], values=values)


def _other_tables(
    name: str, unread: Sequence[Sheet], tables: Sequence[tuple[Table, Mapping[str, FormField], str]]
) -> Iterator[Finding]:
    """One finding for each further sheet with a table that says what the one we read does not say.

    A second copy of the sheet is mostly a draft, but the department may have gone on in the wrong one.
    """
    for table, fields, key in tables:
        read = {row.number: row for row in read_rows(name, table, fields, key)}
        for sheet in unread:
            other = find_table([sheet], fields, key, ())
            rows = read_rows(name, other, fields, key) if other else ()
            different = [
                (row, fields[field].heading, cell)
                for row in rows
                for field, cell in row.cells.items()
                if fields[field].filled and cell.raw
                if row.number not in read or read[row.number].raw(field) != cell.raw
            ]
            if different:
                row, heading, cell = different[0]
                values = {
                    "sheet": sheet.name,
                    "main": table.sheet.name,
                    "count": str(len(different)),
                    "cell": cell.place.cell,
                    "heading": heading,
                    "found": cell.raw[:40],
                }
                yield Finding(OTHER_TABLE, cell.place, task=row.number, values=values)


def _beyond_bounds(name: str, table: Table, fields: Mapping[str, FormField], key: str) -> Iterator[Finding]:
    found = list(strays(name, table, fields, key))
    for each in found[:_MAX_STRAYS]:
        place = Place(name, table.sheet.name, each.row, each.column)
        values = {"sheet": table.sheet.name, "cell": place.cell, "found": each.text[:100]}
        yield Finding(BEYOND_BOUNDS, place, values=values)
    more = len(found) - _MAX_STRAYS + table.sheet.more_strays
    if more > 0:
        place = Place(name, table.sheet.name, table.sheet.height)
        yield Finding(MORE_BEYOND_BOUNDS, place, values={"sheet": table.sheet.name, "found": str(more)})


# ---- cells that only the other reader can tell -----------------------------------------------------------


def _filled_cells(sent: Return, form: Form) -> Iterator[tuple[FormField, Cell, Row]]:
    for rows, fields in ((sent.rows, form.read_fields), (sent.target_rows, form.target_fields)):
        for row in rows:
            for key, cell in row.cells.items():
                if fields[key].filled:
                    yield fields[key], cell, row


def _is_unsure(sent: Return, book: Book, form: Form) -> bool:
    """Whether a blank may be a formula that failed, or a number one that is shown as a percentage.

    Typing 85% into a sheet stores 0.85 with a format, and only the format tells it from 0.85 %.
    """
    blanks = (cell for cell in sent.header.values() if not cell.raw)
    if any(cell.place.cell in book.odd for cell in blanks):
        return True
    return any(
        (not cell.raw and cell.place.cell in book.odd) or _may_be_percent(field, cell, row)
        for field, cell, row in _filled_cells(sent, form)
    )


def _may_be_percent(field: FormField, cell: Cell, row: Row) -> bool:
    if isinstance(cell.value, bool) or not isinstance(cell.value, int | float):
        return False
    if field.type == "quantity":
        share = row.raw("measure") in ("%", "％", "个百分点")
        # 16% typed for a target in 件 is stored as 0.16; what counts things is whole
        return 0 < abs(cell.value) <= 10 and (share or not float(cell.value).is_integer())
    return field.type == "percent" and 0 < cell.value <= 2


# ---- findings ------------------------------------------------------------------------------------------


def _merged_cells(name: str, table: Table, fields: Mapping[str, FormField]) -> Iterator[Finding]:
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
    header = (Row("", sent.header, sent.task_sheet),)
    tables = (
        (header, form.header_fields),
        (sent.rows, form.read_fields),
        (sent.target_rows, form.target_fields),
    )
    for rows, fields in tables:
        for row in rows:
            for key, cell in row.cells.items():
                if fields[key].filled and is_failed(cell.raw):
                    values = {"heading": fields[key].heading, "found": cell.raw[:200]}
                    yield Finding(_failure(cell.raw), cell.place, sent.unit, row.number, values)


def _failure(raw: str) -> Kind:
    if is_picture(raw):
        return PICTURE
    return NO_RESULT if is_formula(raw) else ERROR_VALUE
