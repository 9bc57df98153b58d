"""Where something stands, and the lines of a document with their places."""

from dataclasses import dataclass


def column_letters(column: int) -> str:
    """Name a 1-based column as spreadsheets do: 1 is A, 27 is AA."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """The 1-based number of a column by its letters: A is 1, XFD 16384."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def split_address(cell: str) -> tuple[int, int]:
    """The 1-based row and column of ``F7``; zeros for an empty address."""
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :] or 0), column_number(letters)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands (位置): a file, a sheet or part of it, and a 1-based row and column.

    For a text document ``part`` is empty, ``row`` is the line and ``column`` the character in that line.
    Zero means "not known" or "the whole of it".
    """

    file: str = ""
    part: str = ""
    row: int = 0
    column: int = 0

    @property
    def cell(self) -> str:
        """The spreadsheet address, say ``F7``; empty when row or column is unknown."""
        return f"{column_letters(self.column)}{self.row}" if self.row and self.column else ""

    @property
    def in_sheet(self) -> bool:
        """Whether it is a place on a sheet, with cells, and not on a page."""
        return bool(self.part) and not (self.part.startswith("第") and self.part.endswith("页"))

    @property
    def words(self) -> str:
        """The place in words, without the file: 第3行第12字, 第2页第5行, 工作表“任务”F7."""
        if not self.row:
            return ""
        if self.in_sheet:
            return f"工作表“{self.part}”{self.cell or f'第{self.row}行'}"
        return f"{self.part}第{self.row}行" + (f"第{self.column}字" if self.column > 1 else "")


HEAD_OR_FOOT, REPEATED_HEADING, PICTURE = "页眉页脚", "重复的表头", "图片"
PAGE_FURNITURE = "网页的导航、菜单、页脚"
"""Why a line of a page is no part of the text."""

STRUCK, HIDDEN, TRACKED = "加了删除线", "隐藏的内容", "修订中删去"
COMMENT, NOT_READ = "批注", "没有读出"
"""Why a piece of a document is no part of the text: the line has its words and its place, and import says it.

One of ``NOT_READ`` says in its text what it is (文本框); one of ``TRACKED`` is empty where nothing was deleted,
only inserted.
"""

RECOGNISED, ORDER_UNSURE = "扫描件上识别出的文字", "排列顺序没有把握"
"""What is said of a page whose text is read, in a line without words: a program took a scan for it; it may be out of
order."""


@dataclass(frozen=True, slots=True)
class Line:
    """One physical line of a plan document (行), or one paragraph of a Word file."""

    text: str
    place: Place
    aside: str = ""
    """Why the line is no part of the text (``HEAD_OR_FOOT``, ``STRUCK``…); empty for text."""
    emphasis: tuple[tuple[str, str], ...] = ()
    """What stands out from the rest of the line, as (how, words): ("加粗", "市教育局"); empty where all looks alike."""


@dataclass(frozen=True, slots=True)
class Item:
    """One numbered paragraph of a document (条目) with the headings above it."""

    marker: str
    level: int
    text: str
    path: tuple[str, ...]
    place: Place
