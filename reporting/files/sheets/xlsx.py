"""An .xlsx read cell by cell, wherever its cells stand: what the fast reader must not see or cannot tell.

calamine lays a sheet out as one rectangle, and dies of a cell in its last row and column; it gives no number
formats, a failed formula as a blank, and gives up at what other makers leave out. Here a sheet is a stream of
cells. Slower, so only used where it is needed.
"""

import posixpath
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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
    format_of,
    read_iso,
    show_number,
)
from reporting.files.sheets.looks import PLAIN, CellLook, Run, Typeface, look_of
from reporting.files.sheets.number_format import code_of, show
from reporting.files.xlsx.xml import unescaped
from reporting.model import column_number

_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_AREA = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})")
_MAX_STRINGS = 500_000
_MAX_ALL_TEXT = 20_000_000
_MAX_STYLES = 70_000
# <c r="B7" s="3"/>: a cell that is only formatted; whole columns and a million rows may be
_FORMATTED = re.compile(rb'<c r="[A-Z]{1,3}\d{1,7}"(?: s="\d{1,6}")?/>')


def read_xlsx(data: bytes, most_rows: int = MAX_ROWS, *, looks: bool = False) -> list[Sheet]:
    """Read the sheets of an .xlsx within bounds; percentages as the text they show, with ``looks`` how all looks.

    A failed formula gives its error, one without a result its own text, a picture in a cell its formula.
    Raises ``CellsError`` when it cannot be read.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            return _read_book(package, most_rows, looks=looks)
    except BROKEN_PARTS as error:
        raise CellsError from error


@dataclass
class BookParts:
    """What the parts around the sheets say."""

    by_kind: dict[str, str]
    """The parts that the workbook leads to, the first of each kind."""
    sheets: list[tuple[str, str, bool]] = field(default_factory=list)
    """Name, part and visibility of each sheet; no part where it is not one of cells."""
    since_1904: bool = False
    strings: list[str] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)
    """By the number of a style: what its number format shows."""
    looks: bool = False
    """Whether the following are asked for."""
    rich: dict[int, tuple[Run, ...]] = field(default_factory=dict)
    """The runs of those shared texts that have any."""
    codes: list[str] = field(default_factory=list)
    faces: list[Typeface] = field(default_factory=list)
    """By the number of a style: the code of its number format, and how it is set."""


def _read_book(package: zipfile.ZipFile, most_rows: int, *, looks: bool) -> list[Sheet]:
    book = find_parts(package)
    book.looks = looks
    for kind, read in (("sharedStrings", _read_strings), ("styles", _read_styles)):
        if kind in book.by_kind:
            read(package, book.by_kind[kind], book)
    sheets = []
    for name, part, visible in book.sheets[:MAX_SHEETS]:
        if part:
            reader = _SheetReader(book, most_rows)
            parse_part(package, part, reader.start, reader.end, reader.text, _FORMATTED)
            sheets.append(reader.grid.sheet(name, visible=visible))
    if not sheets:
        raise CellsError
    return sheets


def find_parts(package: zipfile.ZipFile) -> BookParts:
    """The sheets of a workbook and the parts they stand in. Raises ``CellsError`` when it is damaged."""
    main = _main_part(package)
    relations = relations_of(package, main)
    book = BookParts({kind: target for target, kind in reversed(relations.values())})

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet":
            part, kind = relations.get(attributes.get("id", ""), ("", ""))
            visible = attributes.get("state", "visible") == "visible"
            book.sheets.append((attributes.get("name", ""), part * (kind == "worksheet"), visible))
        elif name == "workbookPr":
            # an extension of newer programs has an element of that name too, which says nothing of dates
            book.since_1904 = book.since_1904 or attributes.get("date1904", "0") in ("1", "true")

    parse_part(package, main, start, _nothing)
    return book


def _main_part(package: zipfile.ZipFile) -> str:
    """Usually xl/workbook.xml; the package's own relations have the last word."""
    told = (target for target, kind in relations_of(package).values() if kind == "officeDocument")
    usual = (name for name in package.namelist() if name.lower().replace("\\", "/") == "xl/workbook.xml")
    main = next(told, None) or next(usual, None)
    if main is None:
        raise CellsError
    return main


def relations_of(package: zipfile.ZipFile, part: str = "") -> dict[str, tuple[str, str]]:
    """The parts that a part leads to, by the name of the relation, each with its kind; none outside."""
    names = {name.lower().replace("\\", "/"): name for name in package.namelist()}
    folder, _, own = part.replace("\\", "/").rpartition("/")
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


def _read_strings(package: zipfile.ZipFile, part: str, book: BookParts) -> None:
    """Shared texts; of rich ones all pieces, of Japanese and Chinese ones not the reading aids."""
    words = _Words()
    size = 0

    def end(name: str) -> None:
        nonlocal size
        if name == "si":
            text, runs = words.take()
            size += len(text)
            if len(book.strings) >= _MAX_STRINGS or size > _MAX_ALL_TEXT:
                raise CellsError("文件里的文字过多")
            if runs and book.looks:
                book.rich[len(book.strings)] = runs
            book.strings.append(text)
        words.end(name)

    parse_part(package, part, words.start, end, words.text)


class _Words:
    """Collects the text of <t> elements, outside of <rPh>, and how its runs are set."""

    def __init__(self) -> None:
        self._pieces = Pieces()
        self._open = False
        self._aside = 0
        self._face: dict[str, bool] | None = None
        self._runs: list[Run] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "rPh":
            self._aside += 1
        elif name == "rPr":
            self._face = {}
        elif self._face is not None and name in _FACES:
            self._face[_FACES[name]] = _is_on(attributes)
        self._open = name == "t" and not self._aside

    def end(self, name: str) -> None:
        if name == "rPh":
            self._aside -= 1
        elif name == "r":
            face = None if self._face is None else Typeface(**self._face)
            self._runs.append((unescaped(self._pieces.take()), face))
            self._face = None
        self._open = False

    def text(self, piece: str) -> None:
        if self._open:
            self._pieces.add(piece)

    def take(self) -> tuple[str, tuple[Run, ...]]:
        """The whole text, and its runs where it has any."""
        rest = unescaped(self._pieces.take())
        runs = (*self._runs, (rest, None)) if self._runs and rest else tuple(self._runs)
        self._runs.clear()
        return ("".join(text for text, _ in runs) if runs else rest), runs


_FACES = {"strike": "struck", "b": "bold", "u": "underlined"}
"""Elements that say how text is set, by what they say."""


def _is_on(attributes: Mapping[str, str]) -> bool:
    """Whether such an element says so, or the contrary."""
    return attributes.get("val", "1") not in ("0", "false", "none", "off")


def _read_styles(package: zipfile.ZipFile, part: str, book: BookParts) -> None:
    codes: dict[int, str] = {}
    fonts: list[dict[str, bool]] = []
    inside = ""

    def start(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal inside
        if name in ("cellXfs", "fonts", "dxfs"):
            inside = name
        elif name == "numFmt" and inside != "dxfs":
            codes[_number(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif name == "font" and inside == "fonts" and len(fonts) < _MAX_STYLES:
            fonts.append({})
        elif name in _FACES and inside == "fonts" and fonts:
            fonts[-1][_FACES[name]] = _is_on(attributes)
        elif name == "xf" and inside == "cellXfs" and len(book.formats) < _MAX_STYLES:
            number, font = _number(attributes.get("numFmtId")), _number(attributes.get("fontId"))
            book.formats.append(format_of(number, codes.get(number)))
            book.codes.append(code_of(number, codes.get(number)))
            book.faces.append(Typeface(**fonts[font]) if font < len(fonts) else PLAIN)

    def end(name: str) -> None:
        nonlocal inside
        if name == inside:
            inside = ""

    parse_part(package, part, start, end)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


class _SheetReader:
    """The cells of one sheet; one that does not say where it stands stands after the one before."""

    def __init__(self, book: BookParts, most_rows: int) -> None:
        self.grid = Grid(most_rows)
        self._book = book
        self._row = self._column = -1
        self._kind = self._style = self._formula = self._value = ""
        self._in_cell = self._in_formula = self._in_value = self._has_formula = self._is_rich = self._has_value = False
        self._pieces = Pieces()
        self._words = _Words()

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "row":
            self._row = _number(attributes.get("r")) - 1 if attributes.get("r") else self._row + 1
            self._column = -1
            if _is_hidden(attributes, "ht"):
                self.grid.hide(self._row)
        elif name == "col" and _is_hidden(attributes, "width"):
            self.grid.hide_columns(_number(attributes.get("min")) - 1, _number(attributes.get("max")) - 1)
        elif name == "c":
            self._start_cell(attributes)
        elif name in ("v", "f") and self._in_cell:
            self._in_value, self._in_formula = name == "v", name == "f"
            self._has_formula = self._has_formula or name == "f"
            self._pieces.take()
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
        self._in_cell, self._has_formula, self._has_value = True, False, False

    def end(self, name: str) -> None:
        if name == "v":
            self._value, self._in_value = self._pieces.take(), False
            self._has_value = True
        elif name == "f":
            self._formula, self._in_formula = self._pieces.take(), False
        elif name == "c":
            self._in_cell = False
            if self._row >= 0:
                if self._has_formula:
                    self.grid.calculate(self._row, self._column)
                self._end_cell()
        else:
            self._words.end(name)

    def text(self, piece: str) -> None:
        if self._in_value or self._in_formula:
            self._pieces.add(piece)
        elif self._in_cell:
            self._words.text(piece)

    def _end_cell(self) -> None:
        inline, runs = self._words.take()
        value = self._cell(inline)
        self.grid.put(self._row, self._column, value)
        if self._book.looks and value is not None and not isinstance(value, Failed):
            shared = self._kind == "s" and self._book.rich.get(_number(self._value.strip()), ())
            self.grid.look(self._row, self._column, self._look(value, shared or runs))

    def _look(self, value: Any, runs: Sequence[Run]) -> CellLook:
        style = _number(self._style)
        face = self._book.faces[style] if style < len(self._book.faces) else PLAIN
        if runs:
            return look_of(runs, face)
        return look_of([(self._shown(value, style), None)], face)

    def _shown(self, value: Any, style: int) -> str:
        """What the cell shows: a number as its format has it, also one that is read as a date."""
        if isinstance(value, bool):
            return str(value).upper()
        code = self._book.codes[style] if style < len(self._book.codes) else "General"
        if self._kind in ("n", ""):
            number = _as_float(self._value)
            return str(value) if number is None else show(number, code, since_1904=self._book.since_1904)
        return show(value, code) if isinstance(value, str) else str(value)

    def _cell(self, inline: str) -> Any:
        if self._kind == "inlineStr":
            return inline or self._value
        if "DISPIMG(" in self._formula or (self._kind == "e" and self._is_rich):
            return Failed(f"={self._formula or 'DISPIMG()'}")  # a picture in the cell, by WPS or by Excel
        if not self._value and self._has_value and self._kind == "str":
            return None  # the result of the formula is the empty text
        if not self._value:
            return Failed(f"={self._formula or '…'}") if self._has_formula else None
        if self._kind == "s":
            position = _number(self._value.strip())
            return self._book.strings[position] if position < len(self._book.strings) else None
        if self._kind == "b":
            return self._value.strip() == "1"
        if self._kind in ("str", "e"):
            text = unescaped(self._value)
            return text if self._kind == "str" else Failed(text)
        return read_iso(self._value) if self._kind == "d" else self._as_number()

    def _as_number(self) -> Any:
        value = _as_float(self._value)
        if value is None:
            return self._value
        style = _number(self._style)
        kind = self._book.formats[style] if style < len(self._book.formats) else ""
        return show_number(value, kind, since_1904=self._book.since_1904)


def _as_float(text: str) -> float | None:
    """The number that a cell holds; None where it holds none."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if isfinite(value) else None


def _is_hidden(attributes: Mapping[str, str], size: str) -> bool:
    """Whether a row or column is hidden, or has no height or width to be seen in."""
    return attributes.get("hidden", "0") in ("1", "true") or _as_float(attributes.get(size, "")) == 0
