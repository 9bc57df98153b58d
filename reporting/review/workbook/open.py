"""A review workbook opened, from whatever program it comes: its sheets and what it says of itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reporting.files.disk import explain_os_error, names_beside
from reporting.files.sheets.grid import CellsError, Sheet
from reporting.files.sheets.open import READABLE, read_exactly
from reporting.files.sniffing import MAX_FILE, FileType, sniff
from reporting.language.likeness import meant
from reporting.model.findings import DubanError
from reporting.office.outbox import OUT_REVIEW
from reporting.office.workspace import Workspace
from reporting.returns.reading.signature import sheet_pairs
from reporting.review.workbook.sheets import META, TASKS

MOST_ROWS = 20_000
"""Rows of a sheet that are read: two hundred tasks of eighty units are 16,000."""
_NO_TABLES = (FileType.WORD, FileType.CSV)


@dataclass(frozen=True, slots=True)
class ReviewBook:
    """A workbook as it came back (核定表): its name, its bytes, its sheets and the words of its 记号."""

    name: str
    data: bytes
    kind: FileType
    sheets: Sequence[Sheet]
    words: Mapping[str, str]

    @property
    def digest(self) -> str:
        """By what the inspection is known that it was made from; empty when it does not say."""
        return self.words.get("digest", "")


def review_path(workspace: Workspace) -> Path:
    """Where the review workbook of the year stands."""
    return workspace.outbox(OUT_REVIEW) / f"{workspace.settings.year}年度检查验收核定表.xlsx"


def read_review_file(path: Path) -> bytes:
    """The bytes of a review workbook; raises ``DubanError`` when there is none to read."""
    try:
        return path.read_bytes()
    except OSError as error:
        near = meant(path.name, names_beside(path)) if isinstance(error, FileNotFoundError) else ""
        raise DubanError(
            f"找不到或无法读取核定表“{path}”：{explain_os_error(error)}。"
            f"{near and near + '。'}请核对路径，或先运行 review issue；正在打开的请先关闭。"
        ) from error


def open_review(path: Path) -> ReviewBook:
    """Open a filled-in review workbook: .xlsx, .xls, .et or .ods.

    Raises ``DubanError`` when it is none.
    """
    data = read_review_file(path)
    kind = sniff(data)
    why = "文件过大" if len(data) > MAX_FILE else ""
    if not why and (kind not in READABLE or kind in _NO_TABLES):
        why = _WHY.get(kind, "不是 Excel 或 WPS 表格")
    sheets: Sequence[Sheet] = ()
    if not why:
        try:
            sheets = read_exactly(data, kind, MOST_ROWS).sheets
        except CellsError as error:
            why = error.reason
    if why:
        raise DubanError(f"核定表“{path.name}”打不开：{why}。请用 Excel 或 WPS 另存为 .xlsx 后再收。")
    return ReviewBook(path.name, data, kind, sheets, dict(sheet_pairs(sheets)))


_WHY = {
    FileType.EMPTY: "是空文件",
    FileType.ENCRYPTED: "加了密码",
    FileType.XLSB: "是 .xlsb 格式的二进制工作簿",
    FileType.WORD: "是 Word 文件",
    FileType.PDF: "是 PDF 文件",
    FileType.PICTURE: "是图片",
    FileType.ARCHIVE: "是压缩包，请先解开",
    FileType.FOREIGN_ARCHIVE: "是压缩包，请先解开",
}


def refuse_foreign(book: ReviewBook, year: int) -> None:
    """Raise ``DubanError`` for a workbook that is none of an inspection, or of another year."""
    said = book.words.get("year", "")
    if book.words.get("kind") == "review" and said.isdecimal() and int(said) != year:
        raise DubanError(
            f"“{book.name}”是 {said} 年度的核定表，现在核定的是 {year} 年度。请收本年度的核定表。"
        )
    names = [sheet.name for sheet in book.sheets if sheet.name != META]
    if book.words.get("kind") != "review" and not any(TASKS in name for name in names):
        what = "单位的填报表，请放进 inbox，用 collect 收" if "任务填报" in names else "别的表格"
        shown = "、".join(names[:10]) or "无"
        raise DubanError(f"“{book.name}”不是核定表（现有工作表：{shown}），像是{what}。请核对文件。")
