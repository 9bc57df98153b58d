"""An .xlsx read cell by cell, wherever its cells stand: what the fast reader must not see or cannot tell.

calamine lays a sheet out as one rectangle, and dies of a cell in its last row and column; it gives no number
formats, a failed formula as a blank, and gives up at what other makers leave out. Here a sheet is a stream of
cells. Slower, so only used where it is needed.
"""

import posixpath
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from math import isfinite
from typing import Any

from reporting.files.markup import BROKEN_PARTS, parse_part
from reporting.files.sheets.grid import (
    MAX_ROWS,
    MAX_SHEETS,
    MAX_TEXT,
    CellsError,
    Failed,
    Grid,
    Sheet,
    format_of,
    read_iso,
    show_number,
)
from reporting.model import column_number

_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_AREA = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")  # _x000D_: a character that XML cannot hold
_MAX_STRINGS = 500_000
_MAX_ALL_TEXT = 20_000_000
# <c r="B7" s="3"/>: a cell that is only formatted; whole columns and a million rows may be
_FORMATTED = re.compile(rb'<c r="[A-Z]{1,3}\d{1,7}"(?: s="\d{1,6}")?/>')


def read_xlsx(data: bytes, most_rows: int = MAX_ROWS) -> list[Sheet]:
    """Read the sheets of an .xlsx within bounds; percentages as the text they show.

    A failed formula gives its error, one without a result its own text, a picture in a cell its formula.
    Raises ``CellsError`` when it cannot be read.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            return _read_book(package, most_rows)
    except BROKEN_PARTS as error:
        raise CellsError from error


@dataclass
class _Book:
    """What the parts around the sheets say, and how many rows of each are read."""

    most_rows: int
    sheets: list[tuple[str, str, bool]] = field(default_factory=list)
    """Name, relation and visibility of each sheet."""
    since_1904: bool = False
    strings: list[str] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)
    """By the number of a style: what its number format shows."""


def _read_book(package: zipfile.ZipFile, most_rows: int) -> list[Sheet]:
    names = {name.lower(): name for name in package.namelist()}
    main = _main_part(package, names)
    book = _Book(most_rows)
    _read_workbook(package, main, book)
    relations = _relations(package, names, main)
    for kind, read in (("sharedStrings", _read_strings), ("styles", _read_styles)):
        part = next((target for target, of_kind in relations.values() if of_kind == kind), None)
        if part is not None:
            read(package, part, book)
    sheets = []
    for name, relation, visible in book.sheets[:MAX_SHEETS]:
        part, kind = relations.get(relation, ("", ""))
        if kind == "worksheet":
            sheets.append(_read_sheet(package, part, book).sheet(name, visible=visible))
    if not sheets:
        raise CellsError
    return sheets


def _main_part(package: zipfile.ZipFile, names: Mapping[str, str]) -> str:
    """Usually xl/workbook.xml; the package's own relations have the last word."""
    if "_rels/.rels" in names:
        for target, kind in _relations(package, names, "").values():
            if kind == "officeDocument":
                return target
    if "xl/workbook.xml" not in names:
        raise CellsError
    return names["xl/workbook.xml"]


def _relations(package: zipfile.ZipFile, names: Mapping[str, str], part: str) -> dict[str, tuple[str, str]]:
    """The parts that a part leads to, by the name of the relation, each with its kind; none outside."""
    folder, _, own = part.rpartition("/")
    path = f"{folder}/_rels/{own}.rels".lstrip("/")
    found: dict[str, tuple[str, str]] = {}

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "").replace("\\", "/")
            whole = target if target.startswith("/") else f"/{folder}/{target}"
            inside = posixpath.normpath(whole).lstrip("/")
            kind = attributes.get("Type", "").rpartition("/")[2]
            if inside.lower() in names:
                found[attributes.get("Id", "")] = (names[inside.lower()], kind)

    if path.lower() in names:
        parse_part(package, names[path.lower()], start, _nothing)
    return found


def _nothing(_: str) -> None:
    return None


def _read_workbook(package: zipfile.ZipFile, part: str, book: _Book) -> None:
    def start(name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet":
            visible = attributes.get("state", "visible") == "visible"
            book.sheets.append((attributes.get("name", ""), attributes.get("id", ""), visible))
        elif name == "workbookPr":
            book.since_1904 = attributes.get("date1904", "0") in ("1", "true")

    parse_part(package, part, start, _nothing)


def _read_strings(package: zipfile.ZipFile, part: str, book: _Book) -> None:
    """Shared texts; of rich ones all pieces, of Japanese and Chinese ones not the reading aids."""
    words = _Words()
    size = 0

    def end(name: str) -> None:
        nonlocal size
        if name == "si":
            text = words.take()
            size += len(text)
            if len(book.strings) >= _MAX_STRINGS or size > _MAX_ALL_TEXT:
                raise CellsError("文件里的文字过多")
            book.strings.append(text)
        words.end(name)

    parse_part(package, part, words.start, end, words.text)


class _Words:
    """Collects the text of <t> elements, outside of <rPh>."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._size = 0
        self._open = False
        self._aside = 0

    def start(self, name: str, _: Mapping[str, str]) -> None:
        if name == "rPh":
            self._aside += 1
        self._open = name == "t" and not self._aside

    def end(self, name: str) -> None:
        if name == "rPh":
            self._aside -= 1
        self._open = False

    def text(self, piece: str) -> None:
        if self._open and self._size <= MAX_TEXT:
            self._pieces.append(piece)
            self._size += len(piece)

    def take(self) -> str:
        whole = "".join(self._pieces)
        self._pieces.clear()
        self._size = 0
        return _unescape(whole)


def _unescape(text: str) -> str:
    if "_x" not in text:
        return text
    return (
        _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text).encode("utf-16", "replace").decode("utf-16")
    )


def _read_styles(package: zipfile.ZipFile, part: str, book: _Book) -> None:
    codes: dict[int, str] = {}
    inside = False

    def start(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal inside
        if name == "numFmt":
            codes[_number(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            inside = True
        elif name == "xf" and inside and len(book.formats) < 70_000:
            number = _number(attributes.get("numFmtId"))
            book.formats.append(format_of(number, codes.get(number)))

    def end(name: str) -> None:
        nonlocal inside
        if name == "cellXfs":
            inside = False

    parse_part(package, part, start, end)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


def _read_sheet(package: zipfile.ZipFile, part: str, book: _Book) -> Grid:
    reader = _SheetReader(book)
    parse_part(package, part, reader.start, reader.end, reader.text, _FORMATTED)
    return reader.grid


class _SheetReader:
    """The cells of one sheet; one that does not say where it stands stands after the one before."""

    def __init__(self, book: _Book) -> None:
        self.grid = Grid(book.most_rows)
        self._book = book
        self._row = self._column = -1
        self._kind = self._style = self._formula = self._value = ""
        self._in_cell = self._in_formula = self._in_value = self._has_formula = self._is_rich = False
        self._pieces: list[str] = []
        self._size = 0
        self._words = _Words()

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "row":
            self._row = _number(attributes.get("r")) - 1 if attributes.get("r") else self._row + 1
            self._column = -1
            if attributes.get("hidden", "0") in ("1", "true"):
                self.grid.hide(self._row)
        elif name == "c":
            self._start_cell(attributes)
        elif name in ("v", "f") and self._in_cell:
            self._in_value, self._in_formula = name == "v", name == "f"
            self._has_formula = self._has_formula or name == "f"
            self._pieces.clear()
            self._size = 0
        elif name == "mergeCell":
            match = _AREA.fullmatch(attributes.get("ref", ""))
            if match:
                top, left, bottom, right = int(match[2]), match[1], int(match[4]), match[3]
                area = ((top - 1, column_number(left) - 1), (bottom - 1, column_number(right) - 1))
                self.grid.merge(area)
        elif self._in_cell:
            self._words.start(name, attributes)

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        match = _ADDRESS.fullmatch(attributes.get("r", ""))
        if match:
            self._row, self._column = int(match[2]) - 1, column_number(match[1]) - 1
        else:
            self._column += 1
        self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
        self._is_rich = "vm" in attributes
        self._formula = self._value = ""
        self._in_cell, self._has_formula = True, False

    def end(self, name: str) -> None:
        if name == "v":
            self._value, self._in_value = "".join(self._pieces), False
        elif name == "f":
            self._formula, self._in_formula = "".join(self._pieces), False
        elif name == "c":
            self._in_cell = False
            if self._row >= 0:
                if self._has_formula:
                    self.grid.calculate(self._row, self._column)
                self.grid.put(self._row, self._column, self._cell())
        else:
            self._words.end(name)

    def text(self, piece: str) -> None:
        if (self._in_value or self._in_formula) and self._size <= MAX_TEXT:
            self._pieces.append(piece)
            self._size += len(piece)
        elif self._in_cell:
            self._words.text(piece)

    def _cell(self) -> Any:
        inline = self._words.take()
        if self._kind == "inlineStr":
            return inline or self._value
        if "DISPIMG(" in self._formula or (self._kind == "e" and self._is_rich):
            return Failed(f"={self._formula or 'DISPIMG()'}")  # a picture in the cell, by WPS or by Excel
        if not self._value:
            return Failed(f"={self._formula or '…'}") if self._has_formula else None
        if self._kind == "s":
            position = _number(self._value.strip())
            return self._book.strings[position] if position < len(self._book.strings) else None
        if self._kind == "b":
            return self._value.strip() == "1"
        if self._kind in ("str", "e"):
            text = _unescape(self._value)
            return text if self._kind == "str" else Failed(text)
        return read_iso(self._value) if self._kind == "d" else self._as_number()

    def _as_number(self) -> Any:
        try:
            value = float(self._value)
        except ValueError:
            return self._value
        if not isfinite(value):
            return self._value
        style = _number(self._style)
        kind = self._book.formats[style] if style < len(self._book.formats) else ""
        return show_number(value, kind, since_1904=self._book.since_1904)
