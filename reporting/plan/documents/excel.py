"""An Excel or WPS workbook → Lines."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from reporting.files.file_type import FileType, refuse_package
from reporting.files.sheets.grid import MAX_ROWS, CellsError, Sheet
from reporting.files.sheets.open import read_book
from reporting.model import Line, Place
from reporting.plan.documents.parts import MOST_COLUMNS, refused, row_texts

_SAVE_AGAIN = "请用 Excel 或 WPS 打开后重新保存"


def read_workbook(path: Path, content: bytes) -> list[Line]:
    """An .xlsx: every sheet that shows something, row by row."""
    reason = refuse_package(content)
    if reason:
        raise refused(path, f"工作簿{reason}", "请删除多余的内容，另存为 .xlsx 后再导入")
    try:
        return _lines(path, read_book(content, FileType.XLSX).sheets)
    except CellsError as error:
        raise refused(path, "工作簿已损坏或设有密码", _SAVE_AGAIN) from error


def read_old_workbook(path: Path, content: bytes) -> list[Line]:
    """An .xls or .et."""
    try:
        return _lines(path, read_book(content, FileType.XLS).sheets)
    except CellsError as error:
        raise refused(path, "工作簿已损坏或设有密码", f"{_SAVE_AGAIN}为 .xlsx") from error


def _lines(path: Path, sheets: Sequence[Sheet]) -> list[Line]:
    lines: list[Line] = []
    for sheet in sheets:
        if sheet.visible and sheet.height > MAX_ROWS:
            raise refused(path, f"工作表“{sheet.name}”超过 {MAX_ROWS} 行", "请删除多余的行后重新保存")
        if sheet.visible:
            lines.extend(_sheet_lines(path, sheet))
    return lines


def _sheet_lines(path: Path, sheet: Sheet) -> Iterator[Line]:
    rows = [[_shown(value) for value in row] for row in sheet.rows]
    for (top, left), (bottom, right) in sheet.merged:
        for below in range(top + 1, min(bottom + 1, len(rows))):
            if left < len(rows[below]) and right - left < MOST_COLUMNS:
                rows[below][left] = rows[top][left]
    filled = [(number, row[:MOST_COLUMNS]) for number, row in enumerate(rows, 1) if any(row)]
    for (number, _), text in zip(filled, row_texts(row for _, row in filled), strict=True):
        yield Line(text, Place(path.name, sheet.name, number, 1))


def _shown(value: object) -> str:
    """A cell's value as text: a whole number without .0, a date as 2025-12-31."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if hasattr(value, "isoformat"):
        return str(value.isoformat())[:10]
    return str(value) if value is not None else ""
