"""An OpenDocument sheet (.ods) read cell by cell: repeated rows and columns cost nothing.

LibreOffice writes "the same until the end of the sheet" as one element; readers that lay it out as a
rectangle need all the memory there is. Here what is repeated is kept within bounds, and blanks not at all.
"""

import re
import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from math import isfinite
from typing import Any

from reporting.files.markup import BROKEN_PARTS, parse_part
from reporting.files.sheets.grid import (
    MAX_ROWS,
    MAX_SHEETS,
    CellsError,
    Failed,
    Grid,
    Pieces,
    Sheet,
    read_iso,
    show_number,
)

_ASIDE = frozenset(("annotation", "shapes", "frame", "custom-shape", "tracked-changes", "dde-links"))
"""What may hold text inside or beside cells that is not theirs: comments, text boxes."""
_FAILED = re.compile(r"#[A-Z/0]{1,8}[!?]?|Err:\d{3}|错误:\d{3}")  # as LibreOffice shows a failed formula
_MAX_REPEATS = 100
_MAX_PUT = 500_000


def read_ods(data: bytes, most_rows: int = MAX_ROWS) -> list[Sheet]:
    """Read the sheets of an .ods within bounds; percentages as the text they show.

    Raises ``CellsError`` when it cannot be read.
    """
    reader = _ContentReader(most_rows)
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            parse_part(package, "content.xml", reader.start, reader.end, reader.text)
    except BROKEN_PARTS as error:
        raise CellsError from error
    if not reader.sheets:
        raise CellsError
    return reader.sheets


def _count(attributes: Mapping[str, str], name: str) -> int:
    text = attributes.get(name, "1")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 10 else 1


class _ContentReader:
    def __init__(self, most_rows: int) -> None:
        self._most_rows = most_rows
        self.sheets: list[Sheet] = []
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._grid: Grid | None = None
        self._name = ""
        self._visible = True
        self._row = self._column = self._repeated = 0
        self._cells: list[tuple[int, int, Any]] = []
        """First column, how often, and value of the filled cells of the row that is being read."""
        self._cell: Mapping[str, str] | None = None
        self._pieces = Pieces()
        self._paragraphs = 0
        self._aside = self._put = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in _ASIDE or self._aside:
            self._aside += name in _ASIDE
        elif name == "style":
            self._style = attributes.get("name", "")
        elif name == "table-properties" and attributes.get("display") == "false":
            self._hidden_styles.add(self._style)
        elif name == "table" and len(self.sheets) < MAX_SHEETS:
            self._grid, self._name = Grid(self._most_rows), attributes.get("name", "")
            self._visible = attributes.get("style-name", "") not in self._hidden_styles
            self._row = 0
        elif name == "table-row":
            self._column, self._repeated = 0, _count(attributes, "number-rows-repeated")
            self._cells.clear()
        elif name in ("table-cell", "covered-table-cell"):
            self._cell = attributes
            self._pieces.take()
            self._paragraphs = 0
        elif self._cell is not None:
            self._start_text(name, attributes)

    def _start_text(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "p":
            if self._paragraphs:
                self._pieces.add("\n")
            self._paragraphs += 1
        elif name == "s":
            self._pieces.add(" " * min(_count(attributes, "c"), 100))
        elif name in ("tab", "line-break"):
            self._pieces.add("\t" if name == "tab" else "\n")

    def text(self, piece: str) -> None:
        if self._cell is not None and not self._aside and self._paragraphs:
            self._pieces.add(piece)

    def end(self, name: str) -> None:
        if name in _ASIDE or self._aside:
            self._aside -= name in _ASIDE
        elif name in ("table-cell", "covered-table-cell") and self._cell is not None:
            self._end_cell(self._cell, covered=name == "covered-table-cell")
            self._cell = None
        elif name == "table-row" and self._grid is not None:
            self._end_row(self._grid)
        elif name == "table" and self._grid is not None:
            self.sheets.append(self._grid.sheet(self._name, visible=self._visible))
            self._grid = None

    def _end_cell(self, attributes: Mapping[str, str], *, covered: bool) -> None:
        repeated = _count(attributes, "number-columns-repeated")
        text = self._pieces.take()
        value = None if covered else _value(attributes, text)
        if value not in (None, ""):
            self._cells.append((self._column, repeated, value))
            if attributes.get("formula") and self._grid is not None:
                self._grid.calculate(self._row, self._column)
        down, right = _count(attributes, "number-rows-spanned"), _count(attributes, "number-columns-spanned")
        if (down > 1 or right > 1) and self._grid is not None:
            last = (self._row + down - 1, self._column + right - 1)
            self._grid.merge(((self._row, self._column), last))
        self._column += repeated

    def _end_row(self, grid: Grid) -> None:
        """Content that is repeated is kept a hundred times, and once where it ends."""
        for row in _repeats(self._row, self._repeated) if self._cells else ():
            for first, repeated, value in self._cells:
                for column in _repeats(first, repeated):
                    self._put += 1
                    if self._put > _MAX_PUT:
                        raise CellsError("内容过多")
                    grid.put(row, column, value)
        self._row += self._repeated


def _repeats(first: int, count: int) -> Sequence[int]:
    if count <= _MAX_REPEATS:
        return range(first, first + count)
    return [*range(first, first + _MAX_REPEATS), first + count - 1]


def _value(attributes: Mapping[str, str], text: str) -> Any:
    kind = attributes.get("value-type", "")
    formula = attributes.get("formula", "")
    if "DISPIMG(" in formula or (formula and _FAILED.fullmatch(text)):
        return Failed(formula.partition(":")[2] if "DISPIMG(" in formula else text)
    if not kind:
        return Failed(f"={formula.partition('=')[2]}") if formula and not text else text
    if kind == "string":
        return text or attributes.get("string-value", "")
    if kind == "boolean":
        return attributes.get("boolean-value") == "true"
    if kind == "date":
        return read_iso(attributes.get("date-value", text))
    if kind == "time":
        return text
    try:
        number = float(attributes.get("value", ""))
    except ValueError:
        return text
    if not isfinite(number):
        return text
    return show_number(number, "percent" if kind == "percentage" else "")
