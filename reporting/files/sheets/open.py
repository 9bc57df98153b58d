"""The sheets of a workbook of any kind: an .xlsx by calamine where safe, all others by readers of ours.

calamine is many times faster, and aborts the whole process over one cell in the wrong place; so ``file_type``
looks first. Runs while returns and plan documents are read.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from typing import Any

from reporting.files.file_type import MAX_FILE, FileType, look_at_package, sniff
from reporting.files.sheets.comments import read_texts_beside
from reporting.files.sheets.grid import MAX_COLUMNS, MAX_ROWS, MAX_SHEETS, CellsError, Sheet
from reporting.files.sheets.looks import Beside, struck_beside
from reporting.files.sheets.ods import read_ods
from reporting.files.sheets.text import read_text_table
from reporting.files.sheets.word import read_word_tables
from reporting.files.sheets.xls import read_xls
from reporting.files.sheets.xlsx import read_xlsx


@dataclass(frozen=True, slots=True)
class Book:
    """The sheets of a workbook. What ``exact`` ones hold is what their cells show, percentages included.

    Of others ``odd`` has the addresses, on whatever sheet, where a blank may be a formula that failed.
    What is struck out in cells is left out of them; it stands in ``beside``, by the name of its sheet, with
    comments, text boxes and pictures.
    """

    sheets: Sequence[Sheet]
    exact: bool = True
    odd: frozenset[str] = frozenset()
    beside: Mapping[str, Sequence[Beside]] = field(default_factory=dict)
    percents: bool = False
    """Whether, of others, any cell is formatted so that a number shows as a percentage."""


_READERS: dict[FileType, Callable[[bytes, int], list[Sheet]]] = {
    FileType.XLSX: read_xlsx,
    FileType.XLS: read_xls,
    FileType.ODS: read_ods,
    FileType.CSV: read_text_table,
    FileType.WORD: read_word_tables,
}
READABLE = frozenset(_READERS)
"""The kinds of files that sheets can be read from."""


def read_book(data: bytes, kind: FileType) -> Book:
    """Read what people put into a workbook, as fast as is safe: its cells, and what stands beside them.

    Raises ``CellsError`` when it cannot be read.
    """
    if kind is not FileType.XLSX:
        return read_whole(data, kind)
    look = look_at_package(data)
    if look.refused:
        raise CellsError(look.refused)
    if look.plain and not look.struck:
        try:
            beside = read_texts_beside(data) if look.beside else {}
            return Book(_read_fast(data), exact=False, odd=look.odd, beside=beside, percents=look.percents)
        except CellsError:  # calamine is stricter than Excel; the other reader decides
            pass
    return read_whole(data, kind)


def read_whole(data: bytes, kind: FileType) -> Book:
    """Read what people put into a workbook by the reader of ours that sees everything.

    Raises ``CellsError`` when it cannot be read.
    """
    try:
        sheets = read_as_shown(data, kind)
    except CellsError:  # a comment or a font that is damaged must not cost the cells
        return read_exactly(data, kind)
    beside: dict[str, list[Beside]] = {}
    for sheet in sheets:
        found = beside.setdefault(sheet.name, [])
        found += [*struck_beside(sheet.looks.cells), *sheet.looks.beside]
    return Book([_without_struck(sheet) for sheet in sheets], beside=beside)


def _without_struck(sheet: Sheet) -> Sheet:
    """The sheet without what is struck out: 3 struck out before 5 is 5."""
    struck = {at: look.shown for at, look in sheet.looks.cells.items() if look.struck}
    if not struck:
        return sheet
    rows = [list(row) for row in sheet.rows]
    by_number = {sheet.number(at): row for at, row in enumerate(rows)}
    for (number, column), shown in struck.items():
        by_number[number][column - 1] = shown if any(map(_says_something, shown)) else ""
    return replace(sheet, rows=rows)


def _says_something(sign: str) -> bool:
    """Whether a sign that is left between struck ones says anything: no blank and no comma does."""
    return sign.isalnum() or sign in "%％/—-－"


def read_exactly(data: bytes, kind: FileType, most_rows: int = MAX_ROWS) -> Book:
    """Read the sheets of a workbook by the reader of ours that sees everything, so many rows of each.

    Raises ``CellsError`` when it cannot be read.
    """
    if kind not in _READERS:
        raise CellsError(_WHY.get(kind, "不是 Excel 或 WPS 表格"))
    if kind in (FileType.ODS, FileType.WORD):
        refused = look_at_package(data).refused
        if refused:
            raise CellsError(refused)
    return Book(_READERS[kind](data, most_rows))


def read_as_shown(data: bytes, kind: FileType) -> Sequence[Sheet]:
    """Read the sheets of a workbook as a document: with how its cells look, and what stands beside them.

    Raises ``CellsError`` when it cannot be read, or has so many parts or bytes that it is refused.
    """
    refused = look_at_package(data).refused if kind in (FileType.XLSX, FileType.ODS) else ""
    if refused:
        raise CellsError(refused)
    if kind is FileType.XLSX:
        beside = read_texts_beside(data)
        sheets = read_xlsx(data, looks=True)
        return [replace(each, looks=replace(each.looks, beside=beside.get(each.name, ()))) for each in sheets]
    if kind is FileType.ODS:
        return read_ods(data, looks=True)
    if kind is FileType.XLS:
        return read_xls(data, looks=True)
    return read_exactly(data, kind).sheets


@dataclass(frozen=True, slots=True)
class Opened:
    """A workbook of the office's own that came back, whatever program saved it under whatever name."""

    name: str
    data: bytes
    kind: FileType
    sheets: Sequence[Sheet]


MOST_ROWS = 20_000
"""Rows of a sheet of one that are read: two hundred tasks of eighty units are 16,000."""


def open_workbook(path: Path) -> Opened:
    """Read a workbook of the office's own.

    Raises ``OSError`` when there is no such file and ``CellsError``, which says why, when it is none.
    """
    data = path.read_bytes()
    if len(data) > MAX_FILE:
        raise CellsError("文件过大")
    kind = sniff(data)
    return Opened(path.name, data, kind, read_exactly(data, kind, MOST_ROWS).sheets)


_WHY = {
    FileType.EMPTY: "是空文件",
    FileType.ENCRYPTED: "加了密码",
    FileType.XLSB: "是 .xlsb 格式的二进制工作簿",
    FileType.OLD_WORD: "是 Word 文件",
    FileType.PDF: "是 PDF 文件",
    FileType.PICTURE: "是图片",
    FileType.ARCHIVE: "是压缩包，请先解开",
    FileType.FOREIGN_ARCHIVE: "是压缩包，请先解开",
    FileType.DAMAGED: "文件已损坏",
}
"""Why nothing can be read from a file of a kind that has no sheets."""


def _read_fast(data: bytes) -> list[Sheet]:
    from python_calamine import CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        return [_read_sheet(book, meta) for meta in book.sheets_metadata[:MAX_SHEETS]]
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # its own errors, and the panics of Rust, which are no Exception
        raise CellsError from error


def _read_sheet(book: Any, meta: Any) -> Sheet:
    sheet = book.get_sheet_by_name(meta.name)
    rows = sheet.to_python(skip_empty_area=False, nrows=MAX_ROWS)
    height = sheet.end[0] + 1 if sheet.end else 0  # total_height is one short
    merged = tuple(sheet.merged_cell_ranges or ())[:MAX_ROWS]
    visible = "Visible" in str(meta.visible) and "Hidden" not in str(meta.visible)
    return Sheet(meta.name, [row[:MAX_COLUMNS] for row in rows], height, merged, visible)
