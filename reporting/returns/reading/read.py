"""Returns read: any workbook that came back, to a Return whose every cell carries its place.

Rows are known by their task number and columns by their headings, wherever either was moved to. Most are
read fast; where a figure may be a percentage, or a blank a formula that failed, by the reader that can tell.
Nothing is understood here: ``Cell.value`` is what the sheet holds, and ``check`` evens it out.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from reporting.files.file_type import FileType
from reporting.files.sheets.grid import CellsError, Sheet
from reporting.files.sheets.open import Book, read_as_shown, read_book, read_exactly
from reporting.files.sheets.tables import Table
from reporting.language.values import is_failed, is_formula, is_picture
from reporting.model import Cell, Place, Return, Row
from reporting.model.findings import Finding, Kind, Severity
from reporting.office.form import Form, FormField
from reporting.office.inbox import evidence
from reporting.returns.reading.left_over import FileAccount, hidden_rows
from reporting.returns.reading.noticed import Found, notice
from reporting.returns.reading.signature import read_property_words, read_signature, sheet_pairs
from reporting.returns.reading.tables import find_standing, read_header, read_rows
from reporting.returns.workbook.layout import META
from reporting.returns.workbook.own_words import OwnWords

BROKEN_FILE = Kind(
    "file_is_readable",
    Severity.ERROR,
    "文件打不开：{why}。",
    "请用 Excel 或 WPS 打开下发的填报表，另存为 .xlsx 文件后重新报送。",
)
LOCKED_FILE = Kind(
    "file_has_no_password", Severity.ERROR, "文件打不开：{why}。", "请取消打开密码，另存为 .xlsx 文件后重新报送。"
)
NO_TABLE = Kind(
    "sheet_is_there",
    Severity.ERROR,
    "文件里没有找到填报表：没有一张工作表含有“任务编号”“完成状态”“完成情况”等表头（现有工作表：{found}）。",
    "请在下发的填报表中填写后报送，不要另做表格，也不要删改表头。",
)
NOT_A_RETURN = Kind(
    "file_is_a_return",
    Severity.ERROR,
    "这是{what}，不是填报表。",
    "请运行 review collect，写明这个文件的路径；从收件文件夹移走即可，不影响各单位的填报表。",
)
NO_COLUMN = Kind(
    "column_is_there",
    Severity.ERROR,
    "表中没有“{heading}”这一列。",
    "请在下发的填报表中填写，不要删除或改写表头；可将内容复制到随附的订正表。",
)
NO_OPTIONAL_COLUMN = Kind(
    "optional_column_is_there", Severity.NOTE, "表中没有“{heading}”这一列。", "这一列是选填的，按没有填写登记。"
)
ERROR_VALUE = Kind(
    "formula_gives_a_value", Severity.ERROR, "{heading}是公式，结果为“{found}”。", "请改为直接填写文字或数字。"
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
PICTURE_BESIDE = Kind(
    "picture_is_kept",
    Severity.NOTE,
    "{heading}里插入的是图片，读不到图片中的文字，按没有填写登记，图片在原件中。",
    "这一栏是选填的；要报告的文字请填写，图片作为佐证材料另行报送。",
)


_FilledCell = tuple[FormField, Cell, Row]
"""A cell that the department fills in, with its field and its row."""


class UnreadableError(Exception):
    """The file cannot be read as a workbook; ``finding`` says why."""

    def __init__(self, finding: Finding, *, ignored: bool = False) -> None:
        """Keep the finding for the receipt; ``ignored`` for what is kept as evidence."""
        super().__init__(finding.message)
        self.finding = finding
        self.ignored = ignored


def read_return(name: str, sha256: str, data: bytes, kind: FileType, form: Form) -> tuple[Return, list[Finding]]:
    """Read a workbook into a Return whose unit is still open (``Return.unit`` is what it calls itself).

    Raises ``UnreadableError`` when it is no workbook or holds no table of ours.
    """
    try:
        book = read_book(data, kind)
        read = _read_book(name, sha256, data, book, kind, form)
        if not book.exact and _is_unsure(read.sent, book, form):
            book = replace(read_exactly(data, kind), beside=book.beside)
            read = _read_book(name, sha256, data, book, kind, form)
        sent = read.sent
        if any(_may_be_month(field, cell) for field, cell, _ in _cells_of_tables(sent, form)):
            sent = _with_months(sent, read_as_shown(data, kind), form)
    except CellsError as error:
        kind_of_finding = LOCKED_FILE if "密码" in error.reason else BROKEN_FILE
        found = Finding(kind_of_finding, Place(name), values={"why": error.reason})
        raise UnreadableError(found) from error
    return replace(sent, others=read.account.left_over(book.sheets, book.beside)), read.findings


@dataclass(frozen=True, slots=True)
class _Read:
    """A return with what was noticed, and the account of what was read."""

    sent: Return
    findings: list[Finding]
    account: FileAccount


def _read_book(name: str, sha256: str, data: bytes, book: Book, kind: FileType, form: Form) -> _Read:
    what = _other_workbook(book, data)
    if what:
        raise UnreadableError(Finding(NOT_A_RETURN, Place(name), values={"what": what}))
    stand = find_standing(name, book.sheets, form)
    tasks, targets = stand.tasks, stand.targets
    first = tasks or targets
    if first is None or (tasks is None and kind is FileType.WORD):
        if kind is FileType.WORD:
            raise UnreadableError(evidence(name, kind), ignored=True)
        found = "、".join(sheet.name for sheet in book.sheets if sheet.name not in ("", META)) or "无"
        raise UnreadableError(Finding(NO_TABLE, Place(name), values={"found": found[:200]}))
    read_from = {id(table.sheet) for table in (tasks, targets) if table}
    around = [sheet for sheet in book.sheets if kind is FileType.WORD and id(sheet) not in read_from]
    header = read_header(first, around, form)
    signature = read_signature(book.sheets, data)
    read = [
        Found(table, fields, read_rows(table))
        for table, fields in ((tasks, form.read_fields), (targets, form.target_fields))
        if table is not None
    ]
    rows = {found.table.key: found.rows for found in read}
    own = OwnWords.of(form, hidden_rows(book.sheets))
    account = FileAccount(own, header, [(found.table, found.rows) for found in read], stand.others)
    sent = Return(
        file=name,
        sha256=sha256,
        unit=signature.unit or (header["unit"].raw if "unit" in header else ""),
        signature=signature,
        header=header,
        rows=tuple(rows.get("number", ())),
        target_rows=tuple(rows.get("target", ())),
        task_sheet=_head_of(tasks),
        target_sheet=_head_of(targets),
        columns=frozenset(tasks.columns) if tasks else frozenset(),
        target_columns=frozenset(targets.columns) if targets else frozenset(),
    )
    noticed = notice(read, stand.others)
    return _Read(sent, [*noticed, *_missing_columns(sent, form), *_error_values(sent, form)], account)


_OTHERS = {"review": "检查验收核定表", "consolidated": "汇总表"}
"""Workbooks of ours that another command takes in, by what they say they are."""


def _other_workbook(book: Book, data: bytes) -> str:
    """Which other workbook of ours it is; empty for anything else."""
    words = (dict(sheet_pairs(book.sheets)), read_property_words(data))
    kinds = [each.get("kind", "") for each in words]
    return next((_OTHERS[kind] for kind in kinds if kind in _OTHERS), "")


def _head_of(table: Table | None) -> Place:
    return table.place(table.head) if table else Place()


# ---- cells that only the other reader can tell -----------------------------------------------------------


def _filled_cells(rows: Iterable[Row], fields: Mapping[str, FormField]) -> Iterator[_FilledCell]:
    for row in rows:
        for key, cell in row.cells.items():
            if fields[key].filled:
                yield fields[key], cell, row


def _cells_of_tables(sent: Return, form: Form) -> Iterator[_FilledCell]:
    yield from _filled_cells(sent.rows, form.read_fields)
    yield from _filled_cells(sent.target_rows, form.target_fields)


def _is_unsure(sent: Return, book: Book, form: Form) -> bool:
    """Whether a blank may be a formula that failed, or a number one that is shown as a percentage.

    Typing 85% into a sheet stores 0.85 with a format, and only the format tells it from 0.85 %.
    """
    blanks = (cell for cell in sent.header.values() if not cell.raw)
    if any(cell.place.cell in book.odd for cell in blanks):
        return True
    return any(
        (not cell.raw and cell.place.cell in book.odd)
        or _may_be_percent(field, cell, row)
        or (book.percents and field.is_figure and isinstance(cell.value, int | float))
        for field, cell, row in _cells_of_tables(sent, form)
    )


def _may_be_percent(field: FormField, cell: Cell, row: Row) -> bool:
    if isinstance(cell.value, bool) or not isinstance(cell.value, int | float):
        return False
    if field.type == "quantity":
        share = row.raw("measure") in ("%", "％", "个百分点")
        # 16% typed for a target in 件 is stored as 0.16; what counts things is whole
        return 0 < abs(cell.value) <= 10 and (share or not float(cell.value).is_integer())
    return field.type == "percent" and 0 < cell.value <= 2


_MONTH_ALONE = re.compile(r"(?:19|20)\d\d\s{0,2}[年/.\-]\s{0,2}\d{1,2}\s{0,2}月?(?:份)?")


def _may_be_month(field: FormField, cell: Cell) -> bool:
    """Whether a day may be a month that the sheet stores as its first day: 2026年11月."""
    return field.type == "date" and isinstance(cell.value, date) and cell.value.day == 1


def _with_months(sent: Return, sheets: Sequence[Sheet], form: Form) -> Return:
    """A return in whose tables a day that its cell shows as a month is that month."""
    looks = {(sheet.name, place): look.shown for sheet in sheets for place, look in sheet.looks.cells.items()}

    def as_shown(row: Row, fields: Mapping[str, FormField]) -> Row:
        cells = dict(row.cells)
        for key, cell in row.cells.items():
            shown = looks.get((cell.place.part, (cell.place.row, cell.place.column)), "")
            if _may_be_month(fields[key], cell) and _MONTH_ALONE.fullmatch(shown):
                cells[key] = replace(cell, raw=shown, value=shown)
        return replace(row, cells=cells)

    rows = tuple(as_shown(row, form.read_fields) for row in sent.rows)
    return replace(sent, rows=rows, target_rows=tuple(as_shown(row, form.target_fields) for row in sent.target_rows))


# ---- findings ------------------------------------------------------------------------------------------


def _missing_columns(sent: Return, form: Form) -> Iterator[Finding]:
    asked_for = {key for status in form.status for key in status.needs}
    tables = (
        (sent.columns, form.task, "number", asked_for, sent.task_sheet),
        (sent.target_columns, form.target, "target", set[str](), sent.target_sheet),
    )
    for columns, fields, number, asked, place in tables:
        for each in fields if columns else ():
            if each.key not in columns and (each.filled or each.key == number):
                needed = each.key == number or each.required != "no" or each.key in asked
                kind = NO_COLUMN if needed else NO_OPTIONAL_COLUMN
                yield Finding(kind, place, sent.unit, values={"heading": each.heading})


def _error_values(sent: Return, form: Form) -> Iterator[Finding]:
    header = _filled_cells([Row("", sent.header, sent.task_sheet)], form.header_fields)
    asked_for = {key for status in form.status for key in status.needs}
    for field, cell, row in chain(header, _cells_of_tables(sent, form)):
        if is_failed(cell.raw):
            values = {"heading": field.heading, "found": cell.raw[:200]}
            optional = field.required == "no" and field.key not in asked_for
            yield Finding(_failure(cell.raw, optional=optional), cell.place, sent.unit, row.number, values)


def _failure(raw: str, *, optional: bool) -> Kind:
    if is_picture(raw):
        return PICTURE_BESIDE if optional else PICTURE
    kind = NO_RESULT if is_formula(raw) else ERROR_VALUE
    # what need not be filled in never sends a return back
    return replace(kind, severity=Severity.CONFIRM) if optional else kind
