"""Conflicts of a second ``plan import`` that the coordinator has not decided yet.

What the import wrote beside a cell is kept with what stood in it. A conflict is open as long as both are
there: she settles it by changing the cell or by taking the comment (on 说明 the line) away.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from reporting.files.file_type import FileType
from reporting.files.sheets.comments import read_notes
from reporting.files.sheets.open import Opened
from reporting.language.characters import even_width
from reporting.language.values import as_text
from reporting.model import Place
from reporting.model.findings import Finding, Kind
from reporting.plan.book.marks import sentence_of
from reporting.plan.book.memory import read_extra, write_extra
from reporting.plan.book.read_cells import open_book
from reporting.plan.book.sheets import COLUMNS

_NAME = "undecided"


@dataclass(frozen=True, slots=True)
class _Kept:
    """One conflict as it was written: its words beside the cell, and what stood in it."""

    code: str
    words: str
    cell: str
    unit: str
    task: str
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Mark:
    """A cell that something is said about."""

    place: Place
    text: str
    words: str


def keep_undecided(planbook: Path, findings: Iterable[Finding]) -> None:
    """Remember what has just been written into a workbook for the coordinator to decide."""
    asked = {even_width(sentence_of(each)): each for each in findings}
    marks = _marks(open_book(planbook)) if asked else []
    kept = [
        _Kept(each.kind.code, words, mark.text, each.unit, each.task, dict(each.values))
        for words, each in asked.items()
        for mark in marks
        if words in mark.words
    ]
    write_extra(planbook, _NAME, TypeAdapter(list[_Kept]).dump_python(kept, mode="json"))


def read_undecided(planbook: Path, kinds: Mapping[str, Kind]) -> tuple[Finding, ...]:
    """What is still open, each at the cell where it stands now."""
    try:
        kept = TypeAdapter(list[_Kept]).validate_python(read_extra(planbook, _NAME) or [])
    except ValidationError:
        return ()
    if not kept:
        return ()
    book = open_book(planbook)
    marks = _marks(book) if book.kind is FileType.XLSX else None
    found = []
    for each in kept:
        place = _place(each, marks, planbook.name)
        if place is not None and each.code in kinds:
            found.append(Finding(kinds[each.code], place, each.unit, each.task, each.values))
    return tuple(found)


def _place(kept: _Kept, marks: Sequence[_Mark] | None, file: str) -> Place | None:
    """Where a conflict is still open; where no comments can be read, somewhere in the file."""
    if marks is None:
        return Place(file)
    places = (mark.place for mark in marks if kept.words in mark.words and kept.cell == mark.text)
    return next(places, None)


def _marks(book: Opened) -> list[_Mark]:
    """Every cell with a comment, and every line of 说明."""
    marks = []
    notes = sorted(read_notes(book.data).items())
    for sheet in book.sheets:
        rows = {sheet.number(at): line for at, line in enumerate(sheet.rows)}
        for (name, row, column), note in notes:
            if name == sheet.name:
                text = as_text(rows.get(row, ())[column - 1]) if column <= len(rows.get(row, ())) else ""
                marks.append(_Mark(Place(book.name, name, row, column), text, even_width(note.text)))
        if even_width(sheet.name) not in COLUMNS:
            for row, line in rows.items():
                text = as_text(line[1]) if len(line) > 1 else ""
                marks.append(_Mark(Place(book.name, sheet.name, row, 2), text, even_width(text)))
    return marks
