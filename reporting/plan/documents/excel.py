"""An Excel or WPS workbook → Lines: what its cells show; what it hides, or shows elsewhere, stands aside."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reporting.files.file_type import FileType
from reporting.files.sheets.grid import MAX_CELLS, MAX_ROWS, CellsError, Failed, Sheet
from reporting.files.sheets.looks import PICTURE, Beside, CellLook
from reporting.files.sheets.open import read_as_shown
from reporting.model import COMMENT, HIDDEN, NOT_READ, STRUCK, Line, Place
from reporting.plan.documents.parts import MOST_COLUMNS, cell_text, refused, row_texts

_SAVE_AGAIN = "请用 Excel 或 WPS 打开后重新保存"
_OF_PROGRAMS = ("WpsReserved_", "_xl")
"""How sheets are named in which programs keep things of their own."""
_MOST_ASIDE = 500
"""Pieces of one sheet that are named one by one."""


def read_workbook(path: Path, content: bytes) -> list[Line]:
    """An .xlsx or .xlsm: every sheet that shows something, row by row."""
    return _read(path, content, FileType.XLSX)


def read_old_workbook(path: Path, content: bytes) -> list[Line]:
    """An .xls or .et."""
    return _read(path, content, FileType.XLS)


def read_open_workbook(path: Path, content: bytes) -> list[Line]:
    """An .ods."""
    return _read(path, content, FileType.ODS)


def _read(path: Path, content: bytes, kind: FileType) -> list[Line]:
    try:
        sheets = read_as_shown(content, kind)
    except CellsError as error:
        again = _SAVE_AGAIN if kind is FileType.XLSX else f"{_SAVE_AGAIN}为 .xlsx"
        if "密码" in error.reason:
            again = "请用 Excel 或 WPS 输入密码打开，取消密码后另存，再导入"
        raise refused(path, f"工作簿{error.reason.removeprefix('文件').removeprefix('内容')}", again) from error
    return [line for sheet in sheets for line in _lines(path, sheet)]


def _lines(path: Path, sheet: Sheet) -> Iterator[Line]:
    if sheet.visible and sheet.height > MAX_ROWS and sheet.more_strays:
        raise refused(path, f"工作表“{sheet.name}”超过 {MAX_ROWS} 行", "请删除多余的行后重新保存")
    if sheet.visible:
        page = _SheetPage(path.name, sheet)
        yield from page.text()
        yield from page.aside[:_MOST_ASIDE]
    elif not sheet.name.startswith(_OF_PROGRAMS):
        yield from _hidden_sheet(path.name, sheet)


def _hidden_sheet(file: str, sheet: Sheet) -> Iterator[Line]:
    """The first words of a sheet that is hidden."""
    for row, cells in enumerate(sheet.rows):
        words = " ".join(str(value) for value in cells if value not in (None, ""))
        if words.strip():
            yield Line(words, Place(file, sheet.name, sheet.number(row)), HIDDEN)
            return


@dataclass(slots=True)
class _Cell:
    """What one cell shows, and the words in it that stand out."""

    text: str = ""
    emphasis: tuple[tuple[str, str], ...] = ()


class _SheetPage:
    """One sheet as who opens it sees it; what is no text of it gathers in ``aside``."""

    def __init__(self, file: str, sheet: Sheet) -> None:
        self.aside: list[Line] = []
        self._file, self._sheet = file, sheet
        self._hidden = {row for row in range(len(sheet.rows)) if sheet.number(row) in sheet.hidden}
        self._columns = {column - 1 for column in sheet.looks.columns}
        self._struck: dict[int, dict[int, str]] = {}
        self._cells = [[self._cell(row, at, value) for at, value in enumerate(sheet.rows[row])] for row in self._rows]
        self._join()
        self._say_struck()
        self._leave_out_hidden()
        for beside in sheet.looks.beside:
            if beside.what != PICTURE:
                self._say_beside(beside)
        for stray in sheet.strays:
            self._say(stray.row, stray.column, stray.text, NOT_READ)

    @property
    def _rows(self) -> range:
        return range(len(self._sheet.rows))

    def _say(self, row: int, column: int, text: str, why: str) -> None:
        self.aside.append(Line(text, Place(self._file, self._sheet.name, row, column), why))

    def _cell(self, row: int, column: int, value: object) -> _Cell:
        """The cell; what it holds and does not show is said unless its row or column is hidden as a whole."""
        if value is None or value == "":
            return _Cell()
        number = self._sheet.number(row)
        seen = row not in self._hidden and column not in self._columns
        if column >= MOST_COLUMNS:
            self._say(number, column + 1, str(value), NOT_READ)
            return _Cell()
        if isinstance(value, Failed):
            if seen:
                self._say(number, column + 1, _why_failed(value), NOT_READ)
            return _Cell()
        look = self._sheet.looks.cells.get((number, column + 1), CellLook(_plain(value)))
        if look.struck and seen:
            self._struck.setdefault(row, {})[column] = look.struck
        elif not look.shown.strip() and seen:
            self._say(number, column + 1, str(value), HIDDEN)
        return _Cell(cell_text(look.shown), look.emphasis)

    def _join(self) -> None:
        """A cell joined over several rows stands in each, in the first of its columns that is seen."""
        numbers = [self._sheet.number(row) - 1 for row in self._rows]
        left_to_join = MAX_CELLS
        for (top, left), (bottom, right) in self._sheet.merged:
            first = bisect_left(numbers, top)
            whole = first < len(numbers) and numbers[first] == top and left < len(self._cells[first])
            if not whole or right - left >= MOST_COLUMNS:
                continue
            cell = self._cells[first][left]
            seen = next((at for at in range(left, right + 1) if at not in self._columns), left)
            rows = range(first, bisect_right(numbers, bottom))[:left_to_join]
            left_to_join -= len(rows)
            for line in (self._cells[row] for row in rows):
                line += [_Cell() for _ in range(seen + 1 - len(line))]
                line[seen] = replace(cell)

    def _say_struck(self) -> None:
        """What is struck out, cell by cell; a row of which nothing else is left, once."""
        for row, cells in self._struck.items():
            number = self._sheet.number(row)
            if len(cells) > 1 and not any(cell.text for cell in self._cells[row]):
                self._say(number, 0, " ".join(cells.values()), STRUCK)
                continue
            for column, words in cells.items():
                self._say(number, column + 1, words, STRUCK)

    def _leave_out_hidden(self) -> None:
        """Rows and columns that are hidden, or filtered away, are said once each."""
        for row in sorted(self._hidden):
            self._say_hidden(self._sheet.number(row), 0, [cell.text for cell in self._cells[row]])
            self._cells[row] = []
        for column in sorted(self._columns):
            cells = [line[column] if column < len(line) else _Cell() for line in self._cells]
            self._say_hidden(0, column + 1, [cell.text for cell in cells])
            for cell in cells:
                cell.text, cell.emphasis = "", ()

    def _say_hidden(self, row: int, column: int, texts: Sequence[str]) -> None:
        words = " ".join(filter(None, texts))
        if words:
            first = next((self._sheet.number(at) for at, text in enumerate(texts) if text), 0)
            self._say(row or first, column, words, HIDDEN)

    def _say_beside(self, beside: Beside) -> None:
        if beside.what == COMMENT:
            self._say(beside.row, beside.column, beside.text, COMMENT)
        else:
            self._say(beside.row, beside.column, f"{beside.what}：{beside.text}", NOT_READ)

    def text(self) -> Iterator[Line]:
        """The rows that show something."""
        filled = [(row, self._cells[row]) for row in self._rows if any(cell.text for cell in self._cells[row])]
        texts = row_texts([cell.text for cell in line] for _, line in filled)
        for (row, line), text in zip(filled, texts, strict=True):
            place = Place(self._file, self._sheet.name, self._sheet.number(row), 1)
            yield Line(text, place, emphasis=tuple(each for cell in line for each in cell.emphasis))


def _plain(value: object) -> str:
    """The text of a value that shows as it is."""
    return str(value).upper() if isinstance(value, bool) else str(value)


def _why_failed(value: str) -> str:
    """What stands in a cell that has no value."""
    if "DISPIMG(" in value:
        return "图片"
    return f"公式 {value} 没有结果" if value.startswith("=") else f"{value}（公式出错）"
