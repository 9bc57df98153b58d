"""Tables found on sheets by their headings, wherever either was moved to, and read row by row.

One finder for every workbook that comes back to the office, so that the same edit is let pass in all of them.
Which texts are the same heading, and what text a cell shows, is a matter of language and comes as ``Known``.
Nothing is understood here: ``Cell.value`` is what the sheet holds, and every cell carries its place.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Protocol

from reporting.files.sheets.grid import Area, Failed, Sheet, Stray
from reporting.model import Cell, Place, Value
from reporting.model.findings import Finding, Kind, Severity

_HEADINGS_WITHIN = 60
_LEAST_UNCHANGED = 2
"""So many headings must be unchanged for the others to be looked for by other words."""
_ROWS_JUDGED = 300
_LONGEST_HEADING = 60
"""Characters; a longer text is an account of something."""

REWORDED = Kind(
    "heading_is_unchanged",
    Severity.NOTE,
    "“{heading}”一列的表头{found}，按原来的列读取。",
    "这一列所填的不是“{heading}”的，请更正；请勿改写表头。",
)

HEADING_TWICE = Kind(
    "heading_is_single",
    Severity.ERROR,
    "“{file}”的工作表“{sheet}”中，表头“{heading}”出现了两次（{first} 和 {second}），"
    "后一列有内容，没有读取：{cell}“{found}”。",
    "请把内容并入前一列，再清空或删除后一列。",
)


class Known(Protocol):
    """What is known of one kind of table beforehand: its headings, and how its cells are put into words."""

    @property
    def name(self) -> str:
        """What its sheet is called."""

    @property
    def words(self) -> Mapping[str, str]:
        """The headings by key, in their order; the first is what a row is known by."""

    @property
    def needed(self) -> tuple[str, ...]:
        """The keys without which there is no table."""

    @property
    def least(self) -> int:
        """How many headings must be there."""

    @property
    def filled(self) -> frozenset[str]:
        """The keys of what is filled in."""

    @property
    def copied(self) -> frozenset[str]:
        """The keys whose cell, joined over several rows, speaks for each of them."""

    def match(self, texts: Sequence[str], first: int = 0) -> dict[str, list[int]]:
        """The positions of each heading among the texts of a row, from ``first`` on."""

    def reworded(self, texts: Sequence[str], columns: Mapping[str, int]) -> dict[str, int]:
        """The positions of headings that were rewritten."""

    def told(self, columns: Mapping[str, int], texts: Mapping[int, Sequence[str]]) -> dict[str, int]:
        """The positions of columns that are known by what stands in them alone."""

    def is_heading(self, key: str, text: str) -> bool:
        """Whether a cell of a column is its heading once more."""

    def is_ours(self, text: str) -> bool:
        """Whether a heading is one of ours that is not read."""

    def show(self, value: Value) -> str:
        """The text that a cell shows."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table on a sheet. Positions count from 0, in the rows read; places are those of the file."""

    file: str
    known: Known
    sheet: Sheet
    head: int
    """The row of the headings."""
    top: int
    """The first row below the headings, which may be joined over several rows."""
    bottom: int
    """The first row below that belongs to another table, or to none."""
    columns: Mapping[str, int]
    """The columns by key."""
    reworded: Collection[str] = ()
    """The keys of those whose heading was rewritten."""
    doubled: Sequence[tuple[str, int]] = ()
    """Further columns with the heading of a key."""

    @property
    def key(self) -> str:
        """What a row is known by."""
        return next(iter(self.known.words))

    def place(self, row: int, column: int = -1) -> Place:
        """Where a row, or one of its cells, stands."""
        return Place(self.file, self.sheet.name, self.sheet.number(row), column + 1)

    def heading(self, column: int) -> Cell:
        """The heading of a column, as it was typed."""
        return self.cell(self.head, column)

    def place_of(self, key: str) -> Place:
        """Where the heading of a column stands, or the row of headings that lacks it."""
        return self.place(self.head, self.columns.get(key, -1))

    def cell(self, row: int, column: int) -> Cell:
        """One cell with its text and its place."""
        return read_cell(self.file, self.sheet, row, column, self.known.show)

    def rows(self) -> Iterator[tuple[int, dict[str, Cell]]]:
        """The rows below the headings that hold anything, each with its position and its cells by key.

        Far below the table only what is known by its key and has something filled in is a row; all else is
        astray there. Headings that are repeated, as on each page of a print, are none.
        """
        joined = self._joined()
        for row in range(self.top, self.bottom):
            if row >= self._near and not self._is_row(row):
                continue
            cells = {key: self.cell(row, column) for key, column in self.columns.items()}
            if joined and any(cell.raw for cell in cells.values()):  # a row of joined cells alone is blank
                self._join(cells, row, joined)
            key = cells.get(self.key)
            if key is not None and self.known.is_heading(self.key, key.raw):
                continue
            if any(cell.raw for cell in cells.values()):
                yield row, cells

    @property
    def _near(self) -> int:
        return len(self.sheet.rows) - len(self.sheet.far)

    def _is_row(self, row: int) -> bool:
        texts = {key: self.cell(row, self.columns[key]).raw for key in self.columns}
        own = texts.pop(self.key, "")
        return bool(own) and any(texts[key] for key in texts if key in self.known.filled)

    def _join(self, cells: dict[str, Cell], row: int, joined: Mapping[tuple[int, int], int]) -> None:
        """Cells joined to one above are blank to readers, not to who looks at them."""
        for key, column in self.columns.items():
            above = joined.get((row, column))
            if above is not None:
                cells[key] = replace(cells[key], joined=True)
                if key in self.known.copied:
                    first = self.cell(above, column)
                    cells[key] = replace(cells[key], raw=first.raw, value=first.value)

    def _joined(self) -> dict[tuple[int, int], int]:
        """The cells that were joined to one above, and its row."""
        merged = sorted(area for area in self.sheet.merged if area[1][0] >= self.top)
        joined: dict[tuple[int, int], int] = {}
        for column in self.columns.values() if merged else ():
            done = self.top  # no row is gone through twice, however many areas lie over each other
            for (top, left), (bottom, right) in merged:
                if left <= column <= right and top >= self.top:
                    rows = range(max(top + 1, done), min(bottom + 1, self.bottom))
                    joined |= {(row, column): top for row in rows}
                    done = max(done, bottom + 1)
        return joined

    def merged(self, keys: Collection[str]) -> Iterator[tuple[tuple[str, ...], Area, Place]]:
        """The areas joined over several rows: the columns of ``keys`` inside, and the first cell's place."""
        at = sorted((column, key) for key, column in self.columns.items() if key in keys)
        for (top, left), (bottom, right) in self.sheet.merged:
            inside = tuple(key for column, key in at if left <= column <= right)
            if self.top <= top < self.bottom and bottom > top and inside:
                area = ((top, left), (bottom, right))
                yield inside, area, Place(self.file, self.sheet.name, top + 1, left + 1)

    def strays(self) -> Iterator[Stray]:
        """The cells with content so far from the table that they were not read."""
        yield from self.sheet.strays
        for row in range(max(self._near, self.top), len(self.sheet.rows)):
            if not self._is_row(row):
                for column in range(len(self.sheet.rows[row])):
                    raw = self.cell(row, column).raw
                    if raw:
                        yield Stray(self.sheet.number(row), column + 1, raw)

    def foreign(self, rows: Sequence[int], taken: Collection[int] = ()) -> Iterator[tuple[Cell, list[Cell]]]:
        """Columns that somebody put in: the heading, perhaps blank, and what stands below it."""
        taken = {*taken, *self.columns.values()}
        for column in range(max((len(self.sheet.rows[row]) for row in rows), default=0)):
            heading = self.heading(column)
            if column in taken or self.known.is_ours(heading.raw):
                continue
            filled = [cell for row in rows if (cell := self.cell(row, column)).raw]
            if filled:
                yield heading, filled


def read_cell(file: str, sheet: Sheet, row: int, column: int, show: Callable[[Value], str]) -> Cell:
    """One cell by the positions of its row and column, with the text it shows and its place."""
    line = sheet.rows[row]
    value = _as_value(line[column]) if column < len(line) else None
    raw = show(value)
    return Cell(raw, value if raw else None, Place(file, sheet.name, sheet.number(row), column + 1))


def _as_value(value: Any) -> Value:
    if isinstance(value, Failed):
        return value
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(value, bool | int | float | datetime | date) or value is None:
        return value
    return str(value)


# ---- finding ---------------------------------------------------------------------------------------------


def find_tables(file: str, sheets: Sequence[Sheet], kinds: Sequence[Known]) -> dict[str, list[Table]]:
    """The tables of each kind by its name: that on the sheet so called first, then those with most headings.

    A sheet has at most one table of a kind; several kinds may stand on one, below or beside each other.
    """
    found: dict[str, list[Table]] = {known.name: [] for known in kinds}
    for sheet in sheets:
        for table in _apart(_on_sheet(file, sheet, kinds)):
            found[table.known.name].append(table)
    for name, tables in found.items():
        tables.sort(key=lambda each: (not _is_called(each.sheet, name), -len(each.columns)))
    return found


def _is_called(sheet: Sheet, name: str) -> bool:
    return "".join(sheet.name.split()) == name


def _on_sheet(file: str, sheet: Sheet, kinds: Sequence[Known]) -> list[Table]:
    """The best table of each kind; below the first rows only those are looked for that are not found yet."""
    best: dict[int, Table] = {}
    covered = _covered(sheet)
    for head in range(len(sheet.rows)):
        wanted = [at for at in range(len(kinds)) if head < _HEADINGS_WITHIN or at not in best]
        if not wanted or (head >= _HEADINGS_WITHIN and not best):
            break
        texts = _texts(sheet, head, covered.get(head, ()))
        for at in wanted:
            table = _table(file, sheet, kinds[at], head, texts)
            if table is not None and (at not in best or len(table.columns) > len(best[at].columns)):
                best[at] = table
    return list(best.values())


def _covered(sheet: Sheet) -> dict[int, list[tuple[int, str]]]:
    """By row the headings that reach into it from a row above, near the top, each with its column."""
    covered: dict[int, list[tuple[int, str]]] = {}
    for (top, left), (bottom, _) in sheet.merged:
        if top < bottom < top + _HEADINGS_WITHIN and top < min(_HEADINGS_WITHIN, len(sheet.rows)):
            words = sheet.rows[top][left] if left < len(sheet.rows[top]) else ""
            for row in range(top + 1, bottom + 1) if isinstance(words, str) and words else ():
                covered.setdefault(row, []).append((left, words))
    return covered


def _texts(sheet: Sheet, head: int, covered: Sequence[tuple[int, str]] = ()) -> list[str]:
    """The texts of a row that may be headings, with those that reach into it from above."""
    texts = [*sheet.rows[head]]
    for column, words in covered:
        texts += [""] * (column + 1 - len(texts))
        texts[column] = texts[column] or words
    return [text if isinstance(text, str) and len(text) <= _LONGEST_HEADING else "" for text in texts]


def _table(file: str, sheet: Sheet, known: Known, head: int, texts: Sequence[str], first: int = 0) -> Table | None:
    """The table whose headings stand in a row, if enough of them do."""
    matched = known.match(texts, first)
    if len(matched) < _LEAST_UNCHANGED:
        return None  # most rows end here
    columns = {key: at[0] for key, at in matched.items()}
    reworded = known.reworded(texts, columns)
    if len(columns) + len(reworded) < known.least:
        return None
    reworded |= _told(sheet, known, head, columns | reworded)
    if any(key not in columns and key not in reworded for key in known.needed):
        return None
    doubled = tuple((key, column) for key, at in matched.items() for column in at[1:])
    columns |= reworded
    ends = [bottom for (top, left), (bottom, _) in sheet.merged if top <= head <= bottom and left in columns.values()]
    top = max([head, *(end for end in ends if end < head + _HEADINGS_WITHIN)]) + 1
    return Table(file, known, sheet, head, top, len(sheet.rows), columns, tuple(reworded), doubled)


def _told(sheet: Sheet, known: Known, head: int, columns: Mapping[str, int]) -> dict[str, int]:
    """Columns that only what stands in them tells."""
    missing = [key for key in (*known.needed, *known.filled) if key not in columns]
    if not missing:
        return {}
    width = min(max(columns.values()) + 3, max(map(len, sheet.rows), default=0))
    rows = sheet.rows[head + 1 : head + 1 + _ROWS_JUDGED]
    taken = {*columns.values()}
    texts = {
        column: [text for row in rows if column < len(row) and (text := known.show(_as_value(row[column])))]
        for column in range(width)
        if column not in taken
    }
    return {key: column for key, column in known.told(columns, texts).items() if key in missing}


def _apart(tables: Sequence[Table]) -> Iterator[Table]:
    """Tables of several kinds on one sheet, each without the rows, or the columns, of the others."""
    for table in tables:
        below = [each.head for each in tables if each.head > table.head]
        beside = [each for each in tables if each is not table and each.head == table.head]
        bounded = replace(table, bottom=min([table.bottom, *below]))
        for other in beside:
            own, first = table.columns[table.key], other.columns[other.key]
            bounded = _left_of(bounded, first) if own < first else _right_of(bounded, own)
        yield bounded


def _left_of(table: Table, first: int) -> Table:
    columns = {key: column for key, column in table.columns.items() if column < first}
    return replace(table, columns=columns, doubled=tuple(each for each in table.doubled if each[1] < first))


def _right_of(table: Table, first: int) -> Table:
    texts = _texts(table.sheet, table.head)
    again = _table(table.file, table.sheet, table.known, table.head, texts, first)
    return table if again is None else replace(again, bottom=table.bottom)


def tell_reworded(table: Table) -> Iterator[Finding]:
    """Tell of each column whose heading was rewritten, or left out."""
    for key in table.reworded:
        shown = table.heading(table.columns[key]).raw
        found = f"被改成了“{shown}”" if shown else "是空的"
        values = {"heading": table.known.words[key], "found": found}
        yield Finding(REWORDED, table.place_of(key), values=values)


def tell_doubled(table: Table) -> Iterator[Finding]:
    """Refuse a further column with the same heading that is filled: nobody can tell which of them counts."""
    for key, column in table.doubled:
        cells = (table.cell(row, column) for row in range(table.top, table.bottom))
        filled = next((cell for cell in cells if cell.raw), None)
        if filled is not None:
            second = table.place(table.head, column)
            values = {"file": table.file, "sheet": table.sheet.name, "heading": table.known.words[key]}
            values |= {"first": table.place_of(key).cell, "second": second.cell}
            values |= {"cell": filled.place.cell, "found": filled.raw[:100]}
            yield Finding(HEADING_TWICE, second, values=values)
