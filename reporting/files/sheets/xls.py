"""An .xls, or an .et of WPS in that format, read record by record, wherever its cells stand.

Written here because a library in C that reads a damaged .xls may abort the process or ask for terabytes, and
because only the records tell a percentage, a failed formula and a password. Reads Excel 5 to 2003.
"""

import struct
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from math import isfinite
from typing import Any

from reporting.files.ole import OleError, OleFile
from reporting.files.sheets.grid import MAX_ROWS, MAX_SHEETS, CellsError, Failed, Grid, Sheet, format_of, show_number
from reporting.files.sheets.looks import COMMENT, PICTURE, PLAIN, TEXT_BOX, Beside, CellLook, Typeface, look_of
from reporting.files.sheets.number_format import code_of, show

_BOF, _EOF, _CONTINUE, _PASSWORD = 0x809, 0x0A, 0x3C, 0x2F
_SHEET, _DATES, _FORMAT, _STYLE, _STRINGS, _CODEPAGE = 0x85, 0x22, 0x41E, 0xE0, 0xFC, 0x42
_STRING_OF_FORMULA, _MERGED = 0x207, 0xE5
_ROW, _COLUMNS, _FONT = 0x208, 0x7D, 0x31
_OBJECT, _TEXT, _NOTE = 0x5D, 0x1B6, 0x1C
_COMMENT, _PICTURE = 0x19, 0x08
"""The kinds of objects that hold the text of a comment, and a picture."""
_BOLD = 600
"""How heavy a font is that is called bold; usual is 400."""
_EXCEL_97 = 0x600
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_MAX_RECORDS = 1_000_000
"""Records that are read of one file, all sheets together."""
_MAX_STRINGS = 500_000
_MAX_BESIDE = 1_000

Record = tuple[int, bytes]


def read_xls(data: bytes, most_rows: int = MAX_ROWS, *, looks: bool = False) -> list[Sheet]:
    """Read the sheets of an .xls within bounds; percentages as the text they show, with ``looks`` how all looks.

    Raises ``CellsError`` when it cannot be read or has a password.
    """
    try:
        container = OleFile(data)
        name = next((each for each in ("Workbook", "Book", "WORKBOOK", "BOOK") if each in container.names), "")
        return _XlsBook(container.read(name), looks=looks).sheets(most_rows)
    except (OleError, struct.error, IndexError, ValueError, OverflowError) as error:
        raise CellsError from error


class _XlsBook:
    """What stands before the sheets."""

    def __init__(self, stream: bytes, *, looks: bool) -> None:
        self._stream = stream
        self.looks = looks
        self._read = 0
        self.is_97 = True
        self.encoding = "gb18030"
        self.since_1904 = False
        self.strings: Sequence[str] = ()
        self.rich: dict[int, Sequence[tuple[int, int]]] = {}
        """By the number of a shared text: where each of its runs begins, and with which font."""
        self._formats: dict[int, str] = {}
        self._styles: list[tuple[int, int]] = []
        """Number of the format and of the font of each style."""
        self._fonts: list[Typeface] = []
        self._sheets: list[tuple[str, int, bool]] = []
        self._read_globals()

    def records(self, start: int) -> Iterator[Record]:
        """The records from a place in the stream on."""
        position = start
        while position + 4 <= len(self._stream):
            self._read += 1
            if self._read > _MAX_RECORDS:
                raise CellsError("内容过多")
            kind, length = struct.unpack_from("<HH", self._stream, position)
            yield kind, self._stream[position + 4 : position + 4 + length]
            position += 4 + length

    def _read_globals(self) -> None:
        pieces: list[bytes] = []
        """The body of the table of strings and of all that continue it."""
        first, in_strings = True, False
        for kind, body in self.records(0):
            if first and kind != _BOF:
                raise CellsError("是很旧的 Excel 格式")
            first = False
            if kind == _EOF:
                break
            if kind == _STRINGS or (kind == _CONTINUE and in_strings):
                pieces.append(body)
                in_strings = True
                continue
            in_strings = False
            self._read_global(kind, body)
        if pieces:
            strings = _Strings(pieces)
            self.strings = strings.read()
            self.rich = strings.rich if self.looks else {}

    def _read_global(self, kind: int, body: bytes) -> None:
        if kind == _BOF:
            self.is_97 = struct.unpack_from("<H", body)[0] >= _EXCEL_97
        elif kind == _PASSWORD:
            raise CellsError("文件加了密码")
        elif kind == _DATES:
            self.since_1904 = body[:2] == b"\1\0"
        elif kind == _CODEPAGE:
            self.encoding = {1252: "cp1252", 950: "cp950"}.get(struct.unpack_from("<H", body)[0], "gb18030")
        elif kind == _STYLE:
            font, number = struct.unpack_from("<HH", body)
            self._styles.append((number, font))
        elif kind == _FONT:
            _, flags, _, weight, _, underlined = struct.unpack_from("<HHHHHB", body)
            self._fonts.append(Typeface(bool(flags & 8), weight >= _BOLD, underlined > 0))
        elif kind == _FORMAT:
            (number,) = struct.unpack_from("<H", body)
            self._formats[number] = self.text(body, 2, wide=self.is_97)
        elif kind == _SHEET and len(self._sheets) < MAX_SHEETS:
            position, state, sort = struct.unpack_from("<IBB", body)
            if sort == 0:  # a sheet of cells, not of a chart
                self._sheets.append((self.text(body, 6, wide=False), position, state & 3 == 0))

    def text(self, body: bytes, at: int, *, wide: bool) -> str:
        """A text that begins with its length, in one byte or, ``wide``, in two."""
        length = struct.unpack_from("<H" if wide else "<B", body, at)[0]
        at += 2 if wide else 1
        if not self.is_97:
            return body[at : at + length].decode(self.encoding, "replace")
        flags = body[at]
        at += 1 + (2 if flags & 8 else 0) + (4 if flags & 4 else 0)
        if flags & 1:
            return body[at : at + 2 * length].decode("utf-16-le", "replace")
        return body[at : at + length].decode("latin-1")

    def shown(self, style: int, value: float) -> Any:
        """A number as its style has it read."""
        if not isfinite(value):
            return None
        number, _ = self._style(style)
        return show_number(value, format_of(number, self._formats.get(number)), since_1904=self.since_1904)

    def look(self, style: int, value: float | str, runs: Sequence[tuple[int, int]] = ()) -> CellLook:
        """How a cell looks that holds a number, or a text with runs of other fonts in it."""
        number, font = self._style(style)
        code = code_of(number, self._formats.get(number))
        if not runs or not isinstance(value, str):
            return look_of([(show(value, code, since_1904=self.since_1904), None)], self._face(font))
        starts = [0, *(start for start, _ in runs), len(value)]
        fonts = [font, *(each for _, each in runs)]
        pieces = [(value[a:b], self._face(each)) for (a, b), each in zip(pairwise(starts), fonts, strict=True)]
        return look_of(pieces)

    def _style(self, style: int) -> tuple[int, int]:
        return self._styles[style] if style < len(self._styles) else (0, 0)

    def _face(self, font: int) -> Typeface:
        """How a font sets text; there is no font number 4."""
        at = font - (font > 4)
        return self._fonts[at] if at < len(self._fonts) else PLAIN

    def sheets(self, most_rows: int) -> list[Sheet]:
        """All sheets of cells."""
        if not self._sheets:
            raise CellsError
        found = []
        for name, position, visible in self._sheets:
            reader = _XlsSheetReader(self, most_rows)
            reader.read(self.records(position))
            found.append(reader.grid.sheet(name, visible=visible))
        return found


class _Strings:
    """The table of strings; one may go on in the next record, which says anew how its characters are kept."""

    def __init__(self, pieces: Sequence[bytes]) -> None:
        self._pieces = pieces
        self._piece = 0
        self._at = 8
        self.rich: dict[int, Sequence[tuple[int, int]]] = {}

    def read(self) -> list[str]:
        count = min(struct.unpack_from("<I", self._pieces[0], 4)[0], _MAX_STRINGS)
        found: list[str] = []
        while len(found) < count and self._more():
            text, runs = self._read_one()
            if runs:
                self.rich[len(found)] = runs
            found.append(text)
        return found

    def _more(self) -> bool:
        while self._piece < len(self._pieces) and self._at >= len(self._pieces[self._piece]):
            self._piece, self._at = self._piece + 1, 0
        return self._piece < len(self._pieces)

    def _skip(self, length: int) -> None:
        while length > 0 and self._more():
            step = min(length, len(self._pieces[self._piece]) - self._at)
            self._at += step
            length -= step

    def _runs(self, count: int) -> list[tuple[int, int]]:
        """Where runs begin, each with its font; a run never lies across the end of a record."""
        runs: list[tuple[int, int]] = []
        for _ in range(count):
            if not self._more() or len(self._pieces[self._piece]) - self._at < 4:
                self._skip(4 * (count - len(runs)))
                break
            runs.append(struct.unpack_from("<HH", self._pieces[self._piece], self._at))
            self._at += 4
        return runs

    def _read_one(self) -> tuple[str, list[tuple[int, int]]]:
        piece = self._pieces[self._piece]
        length, flags = struct.unpack_from("<HB", piece, self._at)
        self._at += 3
        runs = extra = 0
        if flags & 8:
            (runs,) = struct.unpack_from("<H", piece, self._at)
            self._at += 2
        if flags & 4:
            (extra,) = struct.unpack_from("<I", piece, self._at)
            self._at += 4
        text = self._characters(length, flags)
        found = self._runs(runs)
        self._skip(extra)
        return text, found

    def _characters(self, length: int, flags: int) -> str:
        parts: list[str] = []
        while length > 0:
            if self._at >= len(self._pieces[self._piece]):
                if not self._more():
                    break
                flags = self._pieces[self._piece][self._at]
                self._at += 1
            piece = self._pieces[self._piece]
            width = 2 if flags & 1 else 1
            fits = min(length, (len(piece) - self._at) // width)
            if fits <= 0:
                break
            raw = piece[self._at : self._at + fits * width]
            parts.append(raw.decode("utf-16-le" if width == 2 else "latin-1", "replace"))
            self._at += fits * width
            length -= fits
        return "".join(parts)


class _XlsSheetReader:
    def __init__(self, book: _XlsBook, most_rows: int) -> None:
        self.grid = Grid(most_rows)
        self._book = book
        self._formula: tuple[int, int, int] | None = None
        """Where the formula stands whose text comes in a record of its own."""
        self._readers: dict[int, Callable[[bytes], None]] = {
            0x203: self._number,
            0x27E: self._short_number,
            0xBD: self._short_numbers,
            0xFD: self._shared_text,
            0x204: self._text,
            0xD6: self._text,
            0x205: self._truth_or_error,
            0x06: self._result,
            0x206: self._result,
            0x406: self._result,
            _STRING_OF_FORMULA: self._text_of_formula,
            _MERGED: self._merged,
            _ROW: self._row,
            _COLUMNS: self._columns,
        }
        if book.looks:
            notes = _Notes(self.grid.beside)
            self._readers |= {_OBJECT: notes.object, _TEXT: notes.text, _CONTINUE: notes.go_on, _NOTE: notes.note}

    def read(self, records: Iterator[Record]) -> None:
        """Read to the end of the sheet; charts inside it have beginnings and ends of their own."""
        depth = 0
        for kind, body in records:
            depth += (kind == _BOF) - (kind == _EOF)
            if depth <= 0:
                return
            reader = self._readers.get(kind) if depth == 1 else None
            if reader is not None:
                reader(body)

    def _row(self, body: bytes) -> None:
        row, _, _, _, _, _, flags = struct.unpack_from("<HHHHHHI", body)
        if flags & 0x20:
            self.grid.hide(row)

    def _columns(self, body: bytes) -> None:
        first, last, width, _, flags = struct.unpack_from("<HHHHH", body)
        if flags & 1 or width == 0:
            self.grid.hide_columns(first, last)

    def _put_number(self, row: int, column: int, style: int, value: float) -> None:
        self.grid.put(row, column, self._book.shown(style, value))
        if self._book.looks and isfinite(value):
            self.grid.look(row, column, self._book.look(style, value))

    def _put_text(self, row: int, column: int, style: int, text: str, shared: int = -1) -> None:
        self.grid.put(row, column, text)
        if self._book.looks:
            self.grid.look(row, column, self._book.look(style, text, self._book.rich.get(shared, ())))

    def _number(self, body: bytes) -> None:
        self._put_number(*struct.unpack_from("<HHHd", body))

    def _short_number(self, body: bytes) -> None:
        row, column, style, packed = struct.unpack_from("<HHHI", body)
        self._put_number(row, column, style, _unpack(packed))

    def _short_numbers(self, body: bytes) -> None:
        row, column = struct.unpack_from("<HH", body)
        for at in range(4, len(body) - 7, 6):
            style, packed = struct.unpack_from("<HI", body, at)
            self._put_number(row, column, style, _unpack(packed))
            column += 1

    def _shared_text(self, body: bytes) -> None:
        row, column, style, position = struct.unpack_from("<HHHI", body)
        if position < len(self._book.strings):
            self._put_text(row, column, style, self._book.strings[position], position)

    def _text(self, body: bytes) -> None:
        row, column, style = struct.unpack_from("<HHH", body)
        self._put_text(row, column, style, self._book.text(body, 6, wide=True))

    def _truth_or_error(self, body: bytes) -> None:
        row, column, _, value, is_error = struct.unpack_from("<HHHBB", body)
        self.grid.put(row, column, Failed(_ERRORS.get(value, "#VALUE!")) if is_error else bool(value))

    def _result(self, body: bytes) -> None:
        row, column, style = struct.unpack_from("<HHH", body)
        result = body[6:14]
        self.grid.calculate(row, column)
        self._formula = None
        if result[6:8] != b"\xff\xff":
            self._put_number(row, column, style, struct.unpack("<d", result)[0])
        elif result[0] == 0:
            self._formula = (row, column, style)
        elif result[0] == 1:
            self.grid.put(row, column, bool(result[2]))
        elif result[0] == 2:
            self.grid.put(row, column, Failed(_ERRORS.get(result[2], "#VALUE!")))

    def _text_of_formula(self, body: bytes) -> None:
        if self._formula is not None:
            self._put_text(*self._formula, self._book.text(body, 0, wide=True))
            self._formula = None

    def _merged(self, body: bytes) -> None:
        for at in range(2, len(body) - 7, 8):
            top, bottom, left, right = struct.unpack_from("<HHHH", body, at)
            self.grid.merge(((top, left), (bottom, right)))


class _Notes:
    """The texts of comments and text boxes: an object, then its text, then perhaps the cell it belongs to."""

    def __init__(self, beside: list[Beside]) -> None:
        self._beside = beside
        self._kind = self._number = self._left = 0
        self._comments: dict[int, str] = {}
        self._text = ""

    def object(self, body: bytes) -> None:
        if len(body) >= 8 and body[:2] == b"\x15\0":
            self._kind, self._number = struct.unpack_from("<HH", body, 4)
            if self._kind == _PICTURE and len(self._beside) < _MAX_BESIDE:
                self._beside.append(Beside(PICTURE, 0, 0, f"{PICTURE} {self._number}"))

    def text(self, body: bytes) -> None:
        (self._left,) = struct.unpack_from("<H", body, 10)
        self._text = ""

    def go_on(self, body: bytes) -> None:
        if self._left <= 0 or not body:
            return
        wide = body[0] & 1
        found = body[1:].decode("utf-16-le" if wide else "latin-1", "ignore")[: self._left]
        self._left -= max(1, len(found))
        self._text += found
        if self._left <= 0:
            self._keep(self._text.strip())

    def _keep(self, text: str) -> None:
        if self._kind == _COMMENT:
            self._comments[self._number] = text
        elif text and len(self._beside) < _MAX_BESIDE:
            self._beside.append(Beside(TEXT_BOX, 0, 0, text))

    def note(self, body: bytes) -> None:
        row, column, _, number = struct.unpack_from("<HHHH", body)
        text = self._comments.pop(number, "")
        if text and len(self._beside) < _MAX_BESIDE:
            self._beside.append(Beside(COMMENT, row + 1, column + 1, text))


def _unpack(packed: int) -> float:
    """A number in four bytes: a whole one, or the upper half of a fraction, either perhaps in hundredths."""
    if packed & 2:
        value = float((packed >> 2) - (1 << 30 if packed & 0x80000000 else 0))
    else:
        value = float(struct.unpack("<d", struct.pack("<II", 0, packed & 0xFFFFFFFC))[0])
    return value / 100 if packed & 1 else value
