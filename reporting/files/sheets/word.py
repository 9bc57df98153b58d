"""The tables of a .docx as sheets, for a unit that copied the form into Word; its paragraphs as one more.

A cell over several columns stands in the first of them, one over several rows in the first, as in a sheet.
What was inserted is read; what was deleted, struck out or hidden is not, and stands beside the cells with
comments, text boxes, notes and pictures.
"""

import posixpath
import zipfile
from collections.abc import Mapping
from io import BytesIO

from reporting.files.markup import BROKEN_PARTS, parse_part
from reporting.files.sheets.grid import MAX_COLUMNS, MAX_ROWS, MAX_SHEETS, CellsError, Grid, Pieces, Sheet
from reporting.files.sheets.looks import (
    COMMENT,
    DELETED,
    FOOTNOTE,
    PAGE_EDGE,
    PICTURE,
    STRUCK,
    TEXT_BOX,
    UNSHOWN,
    Beside,
)

PARAGRAPHS = "正文"
"""The name of the sheet with the text around the tables, a row for each paragraph."""
_AGAIN = frozenset(("Fallback", "instrText"))
"""What is no text at all: the same once more for older programs, a field's code."""
_ASIDE = {"del": DELETED, "moveFrom": DELETED, "txbxContent": TEXT_BOX}
"""What is no text of the place where it stands: deleted, a text box."""
_UNSAID = {"strike": STRUCK, "dstrike": STRUCK, "vanish": UNSHOWN}
"""How a run is set that is not said."""
_SIDES = (
    ("comments", COMMENT),
    ("footnotes", FOOTNOTE),
    ("endnotes", FOOTNOTE),
    ("header", PAGE_EDGE),
    ("footer", PAGE_EDGE),
)
"""Parts with text beside that of the document, by the beginning of their names."""
_REFERENCES = {"commentReference": COMMENT, "footnoteReference": FOOTNOTE, "endnoteReference": FOOTNOTE}
"""What in the document refers to a comment or a note."""
_MAX_BESIDE = 1_000


def read_word_tables(data: bytes, most_rows: int = MAX_ROWS) -> list[Sheet]:
    """Read the tables of a .docx within bounds, the paragraphs outside of them last.

    Raises ``CellsError`` when it cannot be read.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            sides = _sides(package)
            reader = _DocumentReader(most_rows, sides)
            parse_part(package, "word/document.xml", reader.start, reader.end, reader.text)
    except BROKEN_PARTS as error:
        raise CellsError from error
    reader.paragraphs.beside += [Beside(what, 0, 0, text) for (what, _), text in sides.items()][:_MAX_BESIDE]
    return [*reader.sheets, reader.paragraphs.sheet(PARAGRAPHS)]


def _sides(package: zipfile.ZipFile) -> dict[tuple[str, str], str]:
    """The texts of comments, notes, headers and footers, by what they are and their numbers.

    A part that is damaged has none.
    """
    found: dict[tuple[str, str], str] = {}
    for name in package.namelist():
        folder, _, file = name.rpartition("/")
        what = next((what for start, what in _SIDES if file.startswith(start)), "")
        if folder != "word" or not what or posixpath.splitext(file)[1] != ".xml":
            continue
        reader = _SideReader()
        try:
            parse_part(package, name, reader.start, reader.end, reader.text)
        except CellsError:
            continue
        found |= {(what, number or name): text for number, text in reader.texts().items()}
    return found


class _SideReader:
    """The texts of a part, each comment or note by its number; not those that hold no word, as numbers of pages."""

    def __init__(self) -> None:
        self._found: dict[str, Pieces] = {}
        self._number = ""
        self._again = 0
        self._in_text = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._again += name in _AGAIN
        self._in_text = name in ("t", "delText")
        if name in ("comment", "footnote", "endnote"):
            self._number = attributes.get("id", "")[:20]

    def text(self, piece: str) -> None:
        if self._in_text and not self._again and (self._number in self._found or len(self._found) < _MAX_BESIDE):
            self._found.setdefault(self._number, Pieces()).add(piece)

    def end(self, name: str) -> None:
        self._again -= name in _AGAIN
        self._in_text = False
        if name == "p" and self._number in self._found:
            self._found[self._number].add("\n")

    def texts(self) -> dict[str, str]:
        texts = {number: pieces.take().strip() for number, pieces in self._found.items()}
        return {number: text for number, text in texts.items() if any(map(str.isalpha, text))}


class _DocumentReader:
    def __init__(self, most_rows: int, sides: dict[tuple[str, str], str]) -> None:
        self._most_rows = most_rows
        self._sides = sides
        """What stands in other parts; taken out where the document refers to it."""
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
        self._again = 0
        self._asides: list[str] = []
        """What stands around this place that is no text of it, the innermost last."""
        self._unsaid = ""
        self._in_run = False
        self._beside: dict[str, Pieces] = {}
        """What stands beside the cell or paragraph that is being read."""
        self._in_text = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in _AGAIN or self._again:
            self._again += name in _AGAIN
        elif name in _ASIDE:
            self._asides.append(_ASIDE[name])
        elif not self._start_words(name, attributes) and not self._asides:
            self._start_place(name, attributes)

    def _start_words(self, name: str, attributes: Mapping[str, str]) -> bool:
        """What is inside of a run, wherever that stands."""
        if name == "r":
            self._in_run, self._unsaid = True, ""
        elif name in _UNSAID and self._in_run:
            if attributes.get("val", "1") not in ("0", "false", "off"):
                self._unsaid = self._unsaid or _UNSAID[name]
        elif name in ("t", "delText"):
            self._in_text = True
        elif name in ("blip", "imagedata"):
            self._put_beside(PICTURE, PICTURE)
        elif name in _REFERENCES:
            text = self._sides.pop((_REFERENCES[name], attributes.get("id", "")[:20]), "")
            if text:
                self._put_beside(_REFERENCES[name], text)
        else:
            return False
        return True

    def _start_place(self, name: str, attributes: Mapping[str, str]) -> None:
        """Tables, their cells, and what breaks lines."""
        if name == "tbl":
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
        if not self._in_text or self._again:
            return
        what = self._asides[-1] if self._asides else self._unsaid
        if what:
            self._put_beside(what, piece)
        else:
            self._pieces.add(piece)

    def _put_beside(self, what: str, piece: str) -> None:
        self._beside.setdefault(what, Pieces()).add(piece)

    def _keep_beside(self, grid: Grid, row: int, column: int) -> None:
        """Keep what stands beside a cell or a paragraph; row and column from 1."""
        for what, pieces in self._beside.items():
            text = pieces.take().strip()
            if text and len(grid.beside) < _MAX_BESIDE:
                grid.beside.append(Beside(what, row, column, text))
        self._beside.clear()

    def end(self, name: str) -> None:
        if name in _AGAIN or self._again:
            self._again -= name in _AGAIN
        elif name in _ASIDE:
            if self._asides:
                self._asides.pop()
        elif name in ("t", "delText", "r"):
            self._in_text, self._in_run = False, self._in_run and name != "r"
        elif not self._asides:
            self._end_place(name)
        elif name == "p":
            self._put_beside(self._asides[-1], "\n")

    def _end_place(self, name: str) -> None:
        if name == "p":
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
            self._keep_beside(self.paragraphs, self._paragraph, 1)

    def _end_cell(self) -> None:
        text = self._pieces.take().strip("\n")
        if not self._continued:
            self._grid.put(self._row, self._column, text)
        self._keep_beside(self._grid, self._row + 1, self._column + 1)
        self._column += min(max(self._span, 1), MAX_COLUMNS)


def _number(text: str | None) -> int:
    return min(int(text), MAX_COLUMNS) if text and text.isascii() and text.isdigit() and len(text) < 10 else 1
