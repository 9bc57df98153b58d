"""The consolidated workbook brought back: what the office verified in it, read with the care of a return.

Rows are known by task or target number and unit, columns by their headings, wherever either was moved to.
A cell counts only where it says otherwise than the workbook showed when it was written; the other columns are
the units' and are not read back. Every wrong cell becomes a finding at its place, all of them at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reporting.documents.consolidated import KIND
from reporting.documents.consolidated.verified import COLUMNS, TARGETS, TASKS, UNIT_HEADING, Shown, VerifiedColumn
from reporting.files.characters import writable
from reporting.files.sheets.grid import CellsError, Sheet
from reporting.files.sheets.open import open_workbook
from reporting.files.sheets.tables import find_tables, tell_doubled, tell_reworded
from reporting.language.characters import even_width, same_words
from reporting.language.headings import Headings
from reporting.language.values import format_number, is_failed, parse_percent, parse_status, task_number
from reporting.model import Cell, Place
from reporting.model.findings import Finding, Kind
from reporting.model.review import AmendedField
from reporting.office.form import Form
from reporting.returns.reading.signature import read_property_words, sheet_pairs
from reporting.review.workbook import kinds
from reporting.review.workbook.tables import exact_measure, short_words

Key = tuple[str, ...]
"""By what a row is known: the number of a task, or that of a target with the unit."""


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row as the workbook showed it: what it is about, and what was verified by then."""

    number: str
    units: tuple[str, ...]
    words: str
    """The content of the task or the name of the target: whether the row still is the one of its number."""
    shown: Shown
    task: str
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """One cell that says otherwise than it did. ``text`` or ``figure`` is what is understood by it."""

    row: ShownRow
    field: AmendedField
    raw: str
    place: Place
    text: str = ""
    figure: float | None = None


@dataclass(frozen=True, slots=True)
class Brought:
    """A consolidated workbook that was opened: its sheets, and what it says of itself."""

    sheets: Sequence[Sheet]
    words: Mapping[str, str]
    data: bytes = b""
    """The file itself."""


def open_report_book(path: Path) -> Brought | None:
    """Open a file if it is a consolidated workbook of ours; None when it is something else or cannot be read.

    It is known by what it says of itself, else by the columns that no other workbook has.
    """
    try:
        book = open_workbook(path)
    except (OSError, CellsError):
        return None
    words = dict(sheet_pairs(book.sheets)) or read_property_words(book.data)
    brought = Brought(book.sheets, words, book.data)
    if words.get("kind") == KIND:
        return brought
    unknown = not words.get("kind") and not words.get("unit")
    verified = {str(column.field): column.heading for column in COLUMNS[TASKS]}
    own = Headings(TASKS, verified, needed=tuple(verified), least=len(verified))
    return brought if unknown and find_tables(book.name, book.sheets, (own,))[TASKS] else None


def read_report_book(
    name: str, brought: Brought, expected: Mapping[str, Mapping[Key, ShownRow]], form: Form
) -> tuple[list[Edit], list[Finding]]:
    """What was verified otherwise than ``expected`` says, by sheet and row; and what is wrong with it."""
    reader = _BookReader(name, brought.sheets, expected, form)
    edits = [edit for sheet in COLUMNS for edit in reader.read(sheet)]
    return edits, reader.findings


def _headings(form: Form) -> dict[str, Headings]:
    """What a row of each sheet is known by, and the columns that may be edited."""
    task, target = form.task_fields, form.target_fields
    keys = {
        TASKS: {"number": task["number"].heading, "content": task["content"].heading},
        TARGETS: {"number": target["target"].heading, "name": target["name"].heading, "unit": UNIT_HEADING},
    }
    found = {}
    for sheet, columns in COLUMNS.items():
        filled = {str(column.field): column.heading for column in columns}
        found[sheet] = Headings(
            name=sheet,
            words=keys[sheet] | filled,
            needed=("number",),
            least=3,
            filled=frozenset(filled),
            copied=frozenset(keys[sheet]),
        )
    return found


@dataclass
class _BookReader:
    """One pass over a workbook; what is wrong gathers in ``findings``."""

    name: str
    sheets: Sequence[Sheet]
    expected: Mapping[str, Mapping[Key, ShownRow]]
    form: Form
    findings: list[Finding] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.headings = _headings(self.form)
        self.tables = find_tables(self.name, self.sheets, tuple(self.headings.values()))

    def read(self, sheet: str) -> list[Edit]:
        """Everything that was verified otherwise on one of the two sheets."""
        known, table = self.headings[sheet], next(iter(self.tables[sheet]), None)
        columns = table.columns if table is not None else {}
        lacking = "、".join(words for key, words in known.words.items() if key not in columns)
        if table is None or lacking:
            if sheet == TASKS or table is not None or any(each.name == sheet for each in self.sheets):
                place = table.place(table.head) if table is not None else Place(self.name, sheet)
                self._find(kinds.NO_SHEET, place, None, file=self.name, sheet=place.part, found=lacking)
            return []
        if table.sheet.strays:
            stray = table.sheet.strays[0]
            place = Place(self.name, table.sheet.name, stray.row, stray.column)
            self._find(kinds.OUT_OF_BOUNDS, place, None, sheet=table.sheet.name, found=place.cell)
        self.findings += [*tell_reworded(table), *tell_doubled(table)]
        edits: list[Edit] = []
        seen: dict[Key, Cell] = {}
        for _, cells in table.rows():
            edits += self._row(sheet, cells, seen)
        return edits

    def _row(self, sheet: str, cells: Mapping[str, Cell], seen: dict[Key, Cell]) -> Iterator[Edit]:
        number, words = cells["number"], cells["content" if sheet == TASKS else "name"]
        units = [cells["unit"]] if sheet == TARGETS else []
        key = (task_number(number.raw), *(even_width(cell.raw) for cell in units))
        filled = {each: cells[each.field] for each in COLUMNS[sheet]}
        row = self.expected.get(sheet, {}).get(key)
        if row is None:
            if any(cell.raw for cell in filled.values()):
                told = "，".join(cell.raw or "（空白）" for cell in (number, *units))
                self._find(kinds.UNKNOWN_ROW, number.place, None, found=f"“{told}”")
            return
        if key in seen:  # a text too long for one cell goes on in the rows below, where nothing is filled in
            if any(cell.raw for cell in filled.values()):
                values = {"found": f"“{'，'.join(key)}”", "expected": seen[key].place.cell}
                self._find(kinds.DOUBLE_ROW, number.place, row, **values)
            return
        seen[key] = number
        edits = [edit for column, cell in filled.items() if (edit := self._edit(row, column, cell))]
        if edits and not _begins_alike(words.raw, row.words):
            heading = self.headings[sheet].words["content" if sheet == TASKS else "name"]
            told, was = short_words(words.raw), short_words(row.words)
            self._find(kinds.LOCKED_CHANGED, words.place, row, heading=heading, found=told, expected=was)
            return
        raws = {column.field: cell.raw for column, cell in filled.items()}
        if sheet == TARGETS and raws["remark"] and not raws["value"]:
            self._find(kinds.REMARK_ALONE, next(iter(filled.values())).place, row)
            return
        yield from edits

    def _edit(self, row: ShownRow, column: VerifiedColumn, cell: Cell) -> Edit | None:
        """The cell as an edit; None where it says what it said, or is wrong, which is told."""
        was = writable(row.shown[column.field])
        if same_words(cell.raw, was):
            return None
        if not cell.raw:
            return Edit(row, column.field, "", cell.place)
        if is_failed(cell.raw):
            self._find(kinds.NO_RESULT, cell.place, row, heading=column.heading, found=short_words(cell.raw))
            return None
        if column.field in ("opinion", "remark"):
            return Edit(row, column.field, cell.raw, cell.place, text=cell.raw)
        if column.field == "status":
            return self._status(row, was, cell)
        return self._figure(row, column, was, cell)

    def _status(self, row: ShownRow, was: str, cell: Cell) -> Edit | None:
        status = parse_status(cell.value, self.form.status_words)
        if not status:
            words = "、".join(self.form.statuses)
            self._find(kinds.UNKNOWN_STATUS, cell.place, row, found=cell.raw, expected=words)
            return None
        return None if status == was else Edit(row, "status", cell.raw, cell.place, text=status)

    def _figure(self, row: ShownRow, column: VerifiedColumn, was: str, cell: Cell) -> Edit | None:
        progress = column.field == "progress"
        figure = parse_percent(cell.value) if progress else exact_measure(cell.value, row.measure)
        if figure is None or (progress and not 0 <= figure <= 100):
            kind = kinds.BAD_PROGRESS if progress else kinds.BAD_VALUE
            self._find(kind, cell.place, row, found=cell.raw, expected=row.measure)
            return None
        if format_number(figure) == was:
            return None
        return Edit(row, column.field, cell.raw, cell.place, figure=figure)

    def _find(self, kind: Kind, place: Place, row: ShownRow | None, **values: str) -> None:
        unit = row.units[0] if row is not None and len(row.units) == 1 else ""
        self.findings.append(Finding(kind, place, unit, row.task if row is not None else "", values))


def _begins_alike(found: str, was: str) -> bool:
    """Whether a row's words are those of its number; a long text may go on in the rows below."""
    whole = even_width(writable(was))
    return same_words(found, whole) or (len(found) > 1_000 and whole.startswith(even_width(found)))
