"""A sheet as its readers give it: rows of cells with the numbers they have in the file, within bounds.

Every reader of ours puts the cells it finds into a ``Grid``, wherever they stand: a cell in the last row and
column of a sheet costs no more than one in the first. Runs below all readers of workbooks.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from reporting.files.sheets.looks import MAX_TEXT, Beside, CellLook, Position, SheetLooks
from reporting.files.sheets.number_format import moment_of

MAX_ROWS, MAX_COLUMNS, MAX_SHEETS = 5_000, 200, 50
MAX_CELLS = 100_000
"""Cells with content that are kept of one sheet; fifty tasks fill a hundredth of it."""
_MAX_STRAYS = 20

Area = tuple[tuple[int, int], tuple[int, int]]


class CellsError(Exception):
    """The workbook cannot be read. ``reason`` says why as a Chinese clause."""

    def __init__(self, reason: str = "内容已损坏") -> None:
        """Keep the clause."""
        super().__init__(reason)
        self.reason = reason


class Failed(str):
    """What stands for a value that a cell has not: the error its formula gave, or the formula itself."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Stray:
    """A cell with content outside the bounds of what is read; row and column from 1."""

    row: int
    column: int
    text: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its rows from the first on without a gap, then those far below, which ``far`` numbers."""

    name: str
    rows: Sequence[Sequence[Any]]
    height: int
    """The last row with content, read or not, from 1."""
    merged: Sequence[Area] = ()
    """Cells joined into one: 0-based row and column of the first and the last of each."""
    visible: bool = True
    far: Sequence[int] = ()
    strays: Sequence[Stray] = ()
    more_strays: int = 0
    """How many cells out of bounds there are beyond those in ``strays``."""
    hidden: frozenset[int] = frozenset()
    """Rows that are hidden or filtered away, from 1, where the reader tells."""
    formulas: frozenset[tuple[int, int]] = frozenset()
    """Row and column, from 1, of cells whose content a formula has given, where the reader tells."""
    looks: SheetLooks = field(default_factory=SheetLooks)

    def number(self, row: int) -> int:
        """The number in the file, from 1, of one of ``rows``."""
        near = len(self.rows) - len(self.far)
        return row + 1 if row < near else self.far[row - near]


class Pieces:
    """The text of one cell while it comes in pieces; what is more than a cell holds is let go."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._pieces: list[str] = []
        self._size = 0

    def add(self, piece: str) -> None:
        """Take one more."""
        if self._size <= MAX_TEXT:
            self._pieces.append(piece)
            self._size += len(piece)

    def take(self) -> str:
        """The whole text; the next begins with nothing."""
        whole = "".join(self._pieces)
        self._pieces.clear()
        self._size = 0
        return whole


class Grid:
    """The cells of one sheet while it is read. Positions count from 0; blanks are not kept."""

    def __init__(self, most_rows: int = MAX_ROWS) -> None:
        """Begin with nothing; ``most_rows`` bounds the rows, and in proportion the cells, that are kept."""
        self._most_rows = most_rows
        self._most_cells = MAX_CELLS // MAX_ROWS * most_rows
        self._rows: dict[int, dict[int, Any]] = {}
        self._strays: list[Stray] = []
        self._out = self._kept = self._height = 0
        self.merged: list[Area] = []
        self._hidden: set[int] = set()
        self._formulas: set[tuple[int, int]] = set()
        self._looks: dict[Position, CellLook] = {}
        self._columns: set[int] = set()
        self.beside: list[Beside] = []

    def put(self, row: int, column: int, value: Any) -> None:
        """Keep one cell; one out of bounds is remembered as a stray."""
        if value is None or value == "":
            return
        if isinstance(value, str):
            if len(value) > MAX_TEXT:
                value = value[:MAX_TEXT]
            if value.isspace():
                return
        self._height = max(self._height, row + 1)
        known = row in self._rows
        if (
            column >= MAX_COLUMNS
            or self._kept >= self._most_cells
            or (not known and len(self._rows) >= self._most_rows)
        ):
            self._out += 1
            if len(self._strays) < _MAX_STRAYS:
                self._strays.append(Stray(row + 1, column + 1, str(value)[:100]))
            return
        self._kept += 1
        self._rows.setdefault(row, {})[column] = value

    def look(self, row: int, column: int, look: CellLook) -> None:
        """Remember how a cell looks, if it is kept and does not simply show its value."""
        value = self._rows.get(row, {}).get(column)
        if value is not None and look != CellLook(str(value)):
            self._looks[row + 1, column + 1] = look

    def hide_columns(self, first: int, last: int) -> None:
        """Remember columns that are not shown."""
        self._columns.update(range(first, min(last + 1, MAX_COLUMNS)))

    def calculate(self, row: int, column: int) -> None:
        """Remember a cell with a formula."""
        if len(self._formulas) < self._most_cells:
            self._formulas.add((row + 1, column + 1))

    def hide(self, row: int) -> None:
        """Remember a row that is not shown."""
        if len(self._hidden) < self._most_rows:
            self._hidden.add(row)

    def merge(self, area: Area) -> None:
        """Remember cells that are joined."""
        if len(self.merged) < self._most_rows:
            self.merged.append(area)

    def sheet(self, name: str, *, visible: bool = True) -> Sheet:
        """The sheet as far as it was read."""
        near = [row for row in self._rows if row < self._most_rows]
        last = max(near, default=-1)
        far = sorted(row for row in self._rows if row >= self._most_rows)
        rows = [_row(self._rows.get(row, {})) for row in (*range(last + 1), *far)]
        return Sheet(
            name[:200],
            rows,
            self._height,
            tuple(self.merged),
            visible,
            tuple(row + 1 for row in far),
            tuple(self._strays),
            self._out - len(self._strays),
            frozenset(row + 1 for row in self._hidden if row in self._rows),
            frozenset(self._formulas),
            SheetLooks(self._looks, frozenset(column + 1 for column in self._columns), tuple(self.beside)),
        )


def _row(cells: dict[int, Any]) -> list[Any]:
    row: list[Any] = [""] * (max(cells, default=-1) + 1)
    for column, value in cells.items():
        row[column] = value
    return row


# ---- how numbers are shown -------------------------------------------------------------------------------

_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_PERCENTS = frozenset((9, 10))


def format_of(number: int, code: str | None) -> str:
    """Whether a number format shows a ``date`` or a ``percent``; empty for anything else.

    ``number`` is its place in the list every spreadsheet program knows, ``code`` its text where it has one.
    """
    if code is None:
        return "date" if number in _DATES else "percent" if number in _PERCENTS else ""
    plain = _without_words(code[:255])
    if "%" in plain:
        return "percent"
    return "date" if any(sign in "ymdhsYMDHS年月日" for sign in plain) else ""


def _without_words(code: str) -> str:
    """A format code without what is shown as it stands: "texts", \\x, _x, *x and [Red]; [h] is a time."""
    plain: list[str] = []
    position = 0
    while position < len(code):
        sign = code[position]
        if sign in "\\_*":
            position += 2
            continue
        if sign in '"[':
            end = code.find('"' if sign == '"' else "]", position + 1)
            end = len(code) if end < 0 else end
            inside = code[position + 1 : end]
            if sign == "[" and inside.lower().strip("hms") == "":
                plain.append(inside)
            position = end + 1
            continue
        plain.append(sign)
        position += 1
    return "".join(plain).replace("General", "").replace("G/", "")


def show_number(value: float, kind: str, *, since_1904: bool = False) -> Any:
    """A number as its format has it read: a date, or ``85%`` for 0.85; others stay as they are."""
    if kind == "percent" and value:
        return f"{round(value * 100, 8):.10g}%"
    if kind == "date":
        return _as_date(value, since_1904)
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def _as_date(value: float, since_1904: bool) -> Any:
    if 0 <= value < 1 and not since_1904:
        return (datetime(2000, 1, 1) + timedelta(seconds=round(value * 86_400))).time()
    moment = moment_of(value, since_1904=since_1904)
    if moment is None:
        return value
    return moment.date() if moment.time() == time() else moment


def read_iso(text: str) -> Any:
    """A date as files write it, 2026-12-15T00:00:00; what is none comes back as it is."""
    try:
        moment = datetime.fromisoformat(text.strip()[:19])
    except ValueError:
        return text
    return moment.date() if moment.time() == time() else moment


def filled_grid(rows: Iterable[Sequence[Any]], most_rows: int = MAX_ROWS) -> Grid:
    """A grid of rows that are given whole."""
    grid = Grid(most_rows)
    for row, cells in enumerate(rows):
        for column, value in enumerate(cells):
            grid.put(row, column, value)
    return grid
