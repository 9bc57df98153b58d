"""An .xls, or an .et of WPS in that format, read record by record, wherever its cells stand.

Written here because a library in C that reads a damaged .xls may abort the process or ask for terabytes, and
because only the records tell a percentage, a failed formula and a password. Reads Excel 5 to 2003.
"""

import struct
from collections.abc import Callable, Iterator, Sequence
from math import isfinite
from typing import Any

from reporting.files.ole import OleError, OleFile
from reporting.files.sheets.grid import MAX_ROWS, MAX_SHEETS, CellsError, Failed, Grid, Sheet, format_of, show_number

_BOF, _EOF, _CONTINUE, _PASSWORD = 0x809, 0x0A, 0x3C, 0x2F
_SHEET, _DATES, _FORMAT, _STYLE, _STRINGS, _CODEPAGE = 0x85, 0x22, 0x41E, 0xE0, 0xFC, 0x42
_STRING_OF_FORMULA, _MERGED = 0x207, 0xE5
_EXCEL_97 = 0x600
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_MAX_RECORDS = 1_000_000
"""Records that are read of one file, all sheets together."""
_MAX_STRINGS = 500_000

Record = tuple[int, bytes]


def read_xls(data: bytes, most_rows: int = MAX_ROWS) -> list[Sheet]:
    """Read the sheets of an .xls within bounds; percentages as the text they show.

    Raises ``CellsError`` when it cannot be read or has a password.
    """
    try:
        container = OleFile(data)
        name = next((each for each in ("Workbook", "Book", "WORKBOOK", "BOOK") if each in container.names), "")
        return _XlsBook(container.read(name)).sheets(most_rows)
    except (OleError, struct.error, IndexError, ValueError, OverflowError) as error:
        raise CellsError from error


class _XlsBook:
    """What stands before the sheets."""

    def __init__(self, stream: bytes) -> None:
        self._stream = stream
        self._read = 0
        self.is_97 = True
        self.encoding = "gb18030"
        self.since_1904 = False
        self.strings: Sequence[str] = ()
        self._formats: dict[int, str] = {}
        self._styles: list[int] = []
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
            self.strings = _Strings(pieces).read()

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
            self._styles.append(struct.unpack_from("<H", body, 2)[0])
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
        number = self._styles[style] if style < len(self._styles) else 0
        return show_number(value, format_of(number, self._formats.get(number)), since_1904=self.since_1904)

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

    def read(self) -> list[str]:
        count = min(struct.unpack_from("<I", self._pieces[0], 4)[0], _MAX_STRINGS)
        found: list[str] = []
        while len(found) < count and self._more():
            found.append(self._read_one())
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

    def _read_one(self) -> str:
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
        self._skip(4 * runs + extra)
        return text

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
        self._formula: tuple[int, int] | None = None
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
        }

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

    def _number(self, body: bytes) -> None:
        row, column, style, value = struct.unpack_from("<HHHd", body)
        self.grid.put(row, column, self._book.shown(style, value))

    def _short_number(self, body: bytes) -> None:
        row, column, style, packed = struct.unpack_from("<HHHI", body)
        self.grid.put(row, column, self._book.shown(style, _unpack(packed)))

    def _short_numbers(self, body: bytes) -> None:
        row, column = struct.unpack_from("<HH", body)
        for at in range(4, len(body) - 7, 6):
            style, packed = struct.unpack_from("<HI", body, at)
            self.grid.put(row, column, self._book.shown(style, _unpack(packed)))
            column += 1

    def _shared_text(self, body: bytes) -> None:
        row, column, _, position = struct.unpack_from("<HHHI", body)
        if position < len(self._book.strings):
            self.grid.put(row, column, self._book.strings[position])

    def _text(self, body: bytes) -> None:
        row, column = struct.unpack_from("<HH", body)
        self.grid.put(row, column, self._book.text(body, 6, wide=True))

    def _truth_or_error(self, body: bytes) -> None:
        row, column, _, value, is_error = struct.unpack_from("<HHHBB", body)
        self.grid.put(row, column, Failed(_ERRORS.get(value, "#VALUE!")) if is_error else bool(value))

    def _result(self, body: bytes) -> None:
        row, column, style = struct.unpack_from("<HHH", body)
        result = body[6:14]
        self.grid.calculate(row, column)
        self._formula = None
        if result[6:8] != b"\xff\xff":
            self.grid.put(row, column, self._book.shown(style, struct.unpack("<d", result)[0]))
        elif result[0] == 0:
            self._formula = (row, column)
        elif result[0] == 1:
            self.grid.put(row, column, bool(result[2]))
        elif result[0] == 2:
            self.grid.put(row, column, Failed(_ERRORS.get(result[2], "#VALUE!")))

    def _text_of_formula(self, body: bytes) -> None:
        if self._formula is not None:
            self.grid.put(*self._formula, self._book.text(body, 0, wide=True))
            self._formula = None

    def _merged(self, body: bytes) -> None:
        for at in range(2, len(body) - 7, 8):
            top, bottom, left, right = struct.unpack_from("<HHHH", body, at)
            self.grid.merge(((top, left), (bottom, right)))


def _unpack(packed: int) -> float:
    """A number in four bytes: a whole one, or the upper half of a fraction, either perhaps in hundredths."""
    if packed & 2:
        value = float((packed >> 2) - (1 << 30 if packed & 0x80000000 else 0))
    else:
        value = float(struct.unpack("<d", struct.pack("<II", 0, packed & 0xFFFFFFFC))[0])
    return value / 100 if packed & 1 else value
