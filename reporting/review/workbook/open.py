"""A review workbook opened, from whatever program it comes: its sheets and what it says of itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reporting.files.disk import explain_os_error, names_beside
from reporting.files.file_type import FileType
from reporting.files.sheets.grid import CellsError, Sheet
from reporting.files.sheets.open import open_workbook
from reporting.files.sheets.tables import Table, find_tables
from reporting.language.likeness import meant_file
from reporting.model.findings import DubanError
from reporting.office.outbox import OUT_REVIEW
from reporting.office.workspace import Workspace
from reporting.returns.reading.signature import sheet_pairs
from reporting.review.workbook.sheets import HEADINGS, META, TASKS


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

    def tables(self) -> dict[str, list[Table]]:
        """Its tables by the names of their sheets, wherever they stand."""
        return find_tables(self.name, self.sheets, tuple(HEADINGS.values()))


def review_path(workspace: Workspace) -> Path:
    """Where the review workbook of the year stands."""
    return workspace.outbox(OUT_REVIEW) / f"{workspace.settings.year}年度检查验收核定表.xlsx"


def _not_there(path: Path, error: OSError) -> DubanError:
    near = meant_file(path.name, names_beside(path)) if isinstance(error, FileNotFoundError) else ""
    return DubanError(
        f"找不到或无法读取核定表“{path}”：{explain_os_error(error)}。"
        f"{near and near + '。'}请核对路径，或先运行 review issue；正在打开的请先关闭。"
    )


def open_review(path: Path) -> ReviewBook:
    """Open a filled-in review workbook, in any format in which a return may come.

    Raises ``DubanError`` when it is none.
    """
    try:
        book = open_workbook(path)
    except OSError as error:
        raise _not_there(path, error) from error
    except CellsError as error:
        why = f"核定表“{path.name}”打不开：{error.reason}。请用 Excel 或 WPS 另存为 .xlsx 后再收。"
        raise DubanError(why) from error
    return ReviewBook(book.name, book.data, book.kind, book.sheets, dict(sheet_pairs(book.sheets)))


def refuse_foreign(book: ReviewBook, year: int) -> None:
    """Raise ``DubanError`` for a workbook that is none of an inspection, or of another year."""
    said = book.words.get("year", "")
    if book.words.get("kind") == "review" and said.isdecimal() and int(said) != year:
        raise DubanError(f"“{book.name}”是 {said} 年度的核定表，现在核定的是 {year} 年度。请收本年度的核定表。")
    names = [sheet.name for sheet in book.sheets if sheet.name != META]
    known = any(TASKS in name for name in names) or any(book.tables()[TASKS])
    if book.words.get("kind") != "review" and not known:
        what = "单位的填报表，请放进 inbox，用 collect 收" if "任务填报" in names else "别的表格"
        shown = "、".join(names[:10]) or "无"
        raise DubanError(f"“{book.name}”不是核定表（现有工作表：{shown}），像是{what}。请核对文件。")
