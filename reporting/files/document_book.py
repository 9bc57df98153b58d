"""An Excel or WPS workbook → Lines."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from reporting.files.document_parts import MOST_COLUMNS, MOST_ROWS, refusal, row_texts
from reporting.model import Line, Place

if TYPE_CHECKING:
    from python_calamine import CalamineSheet


def read_workbook(path: Path, content: bytes) -> list[Line]:
    """An Excel or WPS workbook: every sheet that shows something, row by row."""
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

    lines: list[Line] = []
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for meta in book.sheets_metadata:
            if meta.visible != SheetVisibleEnum.Visible:
                continue
            sheet = book.get_sheet_by_name(meta.name)
            if sheet.total_height > MOST_ROWS or sheet.total_width > 1000:
                raise refusal(path, f"工作表“{meta.name}”行列过多", "请删除多余的空行空列后重新保存")
            lines.extend(_sheet_lines(path, meta.name, sheet))
    except (CalamineError, zipfile.BadZipFile, ValueError, KeyError) as error:
        raise refusal(path, "工作簿已损坏或设有密码", "请用 Excel 或 WPS 打开后重新保存") from error
    return lines


def _sheet_lines(path: Path, name: str, sheet: CalamineSheet) -> Iterator[Line]:
    rows = [[_shown(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        for below in range(top + 1, min(bottom + 1, len(rows))):
            if left < len(rows[below]) and right - left < MOST_COLUMNS:
                rows[below][left] = rows[top][left]
    filled = [(number, row[:MOST_COLUMNS]) for number, row in enumerate(rows, 1) if any(row)]
    for (number, _), text in zip(filled, row_texts(row for _, row in filled), strict=True):
        yield Line(text, Place(path.name, name, number, 1))


def _shown(value: object) -> str:
    """A cell's value as text: a whole number without .0, a date as 2025-12-31."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if hasattr(value, "isoformat"):
        return str(value.isoformat())[:10]
    return str(value) if value is not None else ""
