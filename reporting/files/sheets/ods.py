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
    MAX_COLUMNS,
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
from reporting.files.sheets.looks import (
    COMMENT,
    MAX_TEXT,
    PICTURE,
    PLAIN,
    TEXT_BOX,
    Beside,
    CellLook,
    Typeface,
    look_of,
)

_ASIDE = frozenset(("annotation", "shapes", "frame", "custom-shape", "tracked-changes", "dde-links"))
"""What may hold text inside or beside cells that is not theirs: comments, text boxes."""
_FAILED = re.compile(r"#[A-Z/0]{1,8}[!?]?|Err:\d{3}|错误:\d{3}")  # as LibreOffice shows a failed formula
_MAX_REPEATS = 100
_MAX_PUT = 500_000
_MAX_STYLES = 10_000
_WITH_TEXT = frozenset(("annotation", "frame", "custom-shape"))
"""Those of them whose text a reader sees."""


def read_ods(data: bytes, most_rows: int = MAX_ROWS, *, looks: bool = False) -> list[Sheet]:
    """Read the sheets of an .ods within bounds; percentages as the text they show, with ``looks`` how all looks.

    Raises ``CellsError`` when it cannot be read.
    """
    reader = _ContentReader(most_rows, looks=looks)
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
    def __init__(self, most_rows: int, *, looks: bool) -> None:
        self._most_rows = most_rows
        self._looks = looks
        self._faces: dict[str, Typeface] = {}
        """How the styles of cells and of runs set text, by their names."""
        self._column_styles: list[str] = []
        self._runs: list[tuple[str, Typeface | None]] = []
        self._spans: list[str] = []
        self._beside = ""
        self._in_note = 0
        self.sheets: list[Sheet] = []
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._grid: Grid | None = None
        self._name = ""
        self._visible = True
        self._hidden = False
        self._row = self._column = self._repeated = 0
        self._cells: list[tuple[int, int, Any, CellLook | None]] = []
        """First column, how often, value and look of the filled cells of the row that is being read."""
        self._cell: Mapping[str, str] | None = None
        self._pieces = Pieces()
        self._paragraphs = 0
        self._aside = self._put = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in _ASIDE or self._aside:
            self._start_aside(name)
        elif name == "style":
            self._style = attributes.get("name", "")
        elif name == "text-properties" and self._looks and self._style and len(self._faces) < _MAX_STYLES:
            self._faces[self._style] = _face(attributes)
        elif name == "table-properties" and attributes.get("display") == "false":
            self._hidden_styles.add(self._style)
        elif name == "table" and len(self.sheets) < MAX_SHEETS:
            self._grid, self._name = Grid(self._most_rows), attributes.get("name", "")
            self._visible = attributes.get("style-name", "") not in self._hidden_styles
            self._row = 0
            self._column_styles.clear()
        elif name == "table-column" and self._grid is not None:
            self._start_column(self._grid, attributes)
        elif name == "table-row":
            self._column, self._repeated = 0, _count(attributes, "number-rows-repeated")
            self._cells.clear()
            self._hidden = attributes.get("visibility", "visible") != "visible"
        elif name in ("table-cell", "covered-table-cell"):
            self._cell = attributes
            self._pieces.take()
            self._runs.clear()
            self._spans.clear()
            self._paragraphs = 0
        elif self._cell is not None:
            self._start_text(name, attributes)

    def _start_aside(self, name: str) -> None:
        self._aside += name in _ASIDE
        if name == "image" and self._looks and self._grid is not None and len(self._grid.beside) < _MAX_STYLES:
            place = (self._row + 1, self._column + 1) if self._cell is not None else (0, 0)
            self._grid.beside.append(Beside(PICTURE, *place, PICTURE))
        if name == "p":
            self._in_note += 1
            self._beside += "\n" if self._beside else ""
        elif self._aside == 1 and name in _ASIDE:
            self._beside = ""

    def _start_column(self, grid: Grid, attributes: Mapping[str, str]) -> None:
        repeated = min(_count(attributes, "number-columns-repeated"), MAX_COLUMNS)
        first = len(self._column_styles)
        if attributes.get("visibility", "visible") != "visible":
            grid.hide_columns(first, first + repeated - 1)
        if first < MAX_COLUMNS:
            self._column_styles += [attributes.get("default-cell-style-name", "")] * repeated

    def _start_text(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "p":
            if self._paragraphs:
                self._pieces.add("\n")
            self._paragraphs += 1
        elif name == "s":
            self._pieces.add(" " * min(_count(attributes, "c"), 100))
        elif name in ("tab", "line-break"):
            self._pieces.add("\t" if name == "tab" else "\n")
        elif name == "span":
            self._end_run()
            self._spans.append(attributes.get("style-name", ""))

    def _end_run(self) -> None:
        text = self._pieces.take()
        if text:
            self._runs.append((text, self._faces.get(self._spans[-1]) if self._spans else None))

    def text(self, piece: str) -> None:
        if self._aside:
            if self._looks and self._in_note and len(self._beside) < MAX_TEXT:
                self._beside += piece
        elif self._cell is not None and self._paragraphs:
            self._pieces.add(piece)

    def end(self, name: str) -> None:
        if name in _ASIDE or self._aside:
            self._aside -= name in _ASIDE
            self._in_note -= name == "p"
            if name in _WITH_TEXT:
                self._keep_aside(name)
        elif name == "style":
            self._style = ""
        elif name == "span" and self._cell is not None and self._spans:
            self._end_run()
            self._spans.pop()
        elif name in ("table-cell", "covered-table-cell") and self._cell is not None:
            self._end_cell(self._cell, covered=name == "covered-table-cell")
            self._cell = None
        elif name == "table-row" and self._grid is not None:
            self._end_row(self._grid)
        elif name == "table" and self._grid is not None:
            self.sheets.append(self._grid.sheet(self._name, visible=self._visible))
            self._grid = None

    def _keep_aside(self, name: str) -> None:
        """Keep a comment at its cell, and what else stands on the sheet."""
        text, self._beside = self._beside.strip(), ""
        if text and self._looks and self._grid is not None and len(self._grid.beside) < _MAX_STYLES:
            place = (self._row + 1, self._column + 1) if self._cell is not None else (0, 0)
            self._grid.beside.append(Beside(COMMENT if name == "annotation" else TEXT_BOX, *place, text))

    def _end_cell(self, attributes: Mapping[str, str], *, covered: bool) -> None:
        repeated = _count(attributes, "number-columns-repeated")
        self._end_run()
        text = "".join(piece for piece, _ in self._runs)
        value = None if covered else _value(attributes, text)
        if value not in (None, ""):
            self._cells.append((self._column, repeated, value, self._look(attributes, value, text)))
            if attributes.get("formula") and self._grid is not None:
                self._grid.calculate(self._row, self._column)
        down, right = _count(attributes, "number-rows-spanned"), _count(attributes, "number-columns-spanned")
        if (down > 1 or right > 1) and self._grid is not None:
            last = (self._row + down - 1, self._column + right - 1)
            self._grid.merge(((self._row, self._column), last))
        self._column += repeated

    def _look(self, attributes: Mapping[str, str], value: Any, text: str) -> CellLook | None:
        """How the cell looks: the file holds the text that it shows."""
        if not self._looks or isinstance(value, Failed):
            return None
        known = self._column_styles[self._column] if self._column < len(self._column_styles) else ""
        face = self._faces.get(attributes.get("style-name", known), PLAIN)
        return look_of(self._runs if text else [(str(value), None)], face)

    def _end_row(self, grid: Grid) -> None:
        """Content that is repeated is kept a hundred times, and once where it ends."""
        for row in _repeats(self._row, self._repeated) if self._cells else ():
            if self._hidden:
                grid.hide(row)
            for first, repeated, value, look in self._cells:
                for column in _repeats(first, repeated):
                    self._put += 1
                    if self._put > _MAX_PUT:
                        raise CellsError("内容过多")
                    grid.put(row, column, value)
                    if look is not None:
                        grid.look(row, column, look)
        self._row += self._repeated


def _face(attributes: Mapping[str, str]) -> Typeface:
    """How a style sets text; the names of its attributes are without their namespaces."""
    struck = attributes.get("text-line-through-style", attributes.get("text-line-through-type", "none"))
    underlined = attributes.get("text-underline-style", "none")
    return Typeface(struck != "none", attributes.get("font-weight") == "bold", underlined != "none")


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
