"""The tables of a .docx as sheets, for a unit that copied the form into Word; its paragraphs as one more.

A cell over several columns stands in the first of them, one over several rows in the first, as in a sheet.
"""

import zipfile
from collections.abc import Mapping
from io import BytesIO

from reporting.files.markup import BROKEN_PARTS, parse_part
from reporting.files.sheets.grid import MAX_COLUMNS, MAX_ROWS, MAX_SHEETS, CellsError, Grid, Pieces, Sheet

PARAGRAPHS = "正文"
"""The name of the sheet with the text around the tables, a row for each paragraph."""
_ASIDE = frozenset(("del", "moveFrom", "Fallback", "instrText", "txbxContent"))
"""What is no text of the place where it stands: deleted, a field's code, a text box."""


def read_word_tables(data: bytes, most_rows: int = MAX_ROWS) -> list[Sheet]:
    """Read the tables of a .docx within bounds, the paragraphs outside of them last.

    Raises ``CellsError`` when it cannot be read.
    """
    reader = _DocumentReader(most_rows)
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            parse_part(package, "word/document.xml", reader.start, reader.end, reader.text)
    except BROKEN_PARTS as error:
        raise CellsError from error
    return [*reader.sheets, reader.paragraphs.sheet(PARAGRAPHS)]


class _DocumentReader:
    def __init__(self, most_rows: int) -> None:
        self._most_rows = most_rows
        self.sheets: list[Sheet] = []
        self.paragraphs = Grid()
        self._paragraph = 0
        self._depth = 0
        """How many tables stand around this place; of one inside a cell only the text counts."""
        self._grid = Grid()
        self._row = self._column = 0
        self._span = 1
        self._continued = False
        self._joined: dict[int, tuple[int, int]] = {}
        """First row and last row of the cell over several rows that is open in a column."""
        self._pieces = Pieces()
        self._aside = 0
        self._in_text = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in _ASIDE or self._aside:
            self._aside += name in _ASIDE
        elif name == "tbl":
            self._depth += 1
            if self._depth == 1:
                self._start_table()
        elif name == "tc" and self._depth == 1:
            self._span, self._continued = 1, False
            self._pieces.take()
        elif name == "gridSpan" and self._depth == 1:
            self._span = _number(attributes.get("val"))
        elif name == "gridBefore" and self._depth == 1:
            self._column += _number(attributes.get("val"))
        elif name == "vMerge" and self._depth == 1:
            self._merge_down(restart=attributes.get("val") == "restart")
        elif name == "t":
            self._in_text = True
        elif name in ("tab", "br", "cr"):
            self._pieces.add("\t" if name == "tab" else "\n")

    def _start_table(self) -> None:
        self._pieces.take()
        self._grid = Grid(self._most_rows)
        self._row = self._column = 0
        self._joined.clear()

    def _merge_down(self, *, restart: bool) -> None:
        self._continued = not restart
        first = self._row if restart else self._joined.get(self._column, (self._row, 0))[0]
        if restart:
            self._close_join(self._column)
        self._joined[self._column] = (first, self._row)

    def _close_join(self, column: int) -> None:
        first, last = self._joined.pop(column, (0, 0))
        if last > first:
            self._grid.merge(((first, column), (last, column)))

    def text(self, piece: str) -> None:
        if self._in_text and not self._aside:
            self._pieces.add(piece)

    def end(self, name: str) -> None:
        if name in _ASIDE or self._aside:
            self._aside -= name in _ASIDE
        elif name == "t":
            self._in_text = False
        elif name == "p":
            self._end_paragraph()
        elif name == "tc" and self._depth == 1:
            self._end_cell()
        elif name == "tr" and self._depth == 1:
            self._row, self._column = self._row + 1, 0
        elif name == "tbl":
            self._depth -= 1
            if not self._depth and len(self.sheets) < MAX_SHEETS:
                for column in list(self._joined):
                    self._close_join(column)
                self.sheets.append(self._grid.sheet(f"第{len(self.sheets) + 1}个表格"))
                self._pieces.take()

    def _end_paragraph(self) -> None:
        if self._depth:
            self._pieces.add("\n")
        else:
            self.paragraphs.put(self._paragraph, 0, self._pieces.take().strip())
            self._paragraph += 1

    def _end_cell(self) -> None:
        text = self._pieces.take().strip("\n")
        if not self._continued:
            self._grid.put(self._row, self._column, text)
        self._column += min(max(self._span, 1), MAX_COLUMNS)


def _number(text: str | None) -> int:
    return min(int(text), MAX_COLUMNS) if text and text.isascii() and text.isdigit() and len(text) < 10 else 1
