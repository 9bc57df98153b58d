"""Conflicts of a second ``plan import`` that the coordinator has not decided yet.

What the import wrote beside a cell is kept with what stood in it. A conflict is open as long as both are
there: she settles it by changing the cell or by taking the comment (on 说明 the line) away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from openpyxl.cell import Cell as SheetCell
from pydantic import TypeAdapter, ValidationError

from reporting.language.characters import even_width
from reporting.model import Place
from reporting.model.findings import Finding, Kind
from reporting.plan.book.marks import sentence_of
from reporting.plan.book.memory import read_extra, write_extra
from reporting.plan.book.read_cells import open_book, text_of
from reporting.plan.book.sheets import ABOUT, COLUMNS

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
    marks = list(_marks(planbook)) if asked else []
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
    marks = list(_marks(planbook))
    found = []
    for each in kept:
        mark = next((mark for mark in marks if each.words in mark.words and each.cell == mark.text), None)
        if mark is not None and each.code in kinds:
            found.append(Finding(kinds[each.code], mark.place, each.unit, each.task, each.values))
    return tuple(found)


def _marks(planbook: Path) -> Iterator[_Mark]:
    """Every cell with a comment, and every line of 说明."""
    for sheet in open_book(planbook).worksheets:
        name = even_width(sheet.title)
        for (row, column), cell in sorted(sheet._cells.items()):
            if not isinstance(cell, SheetCell):
                continue
            place = Place(planbook.name, sheet.title, row, column)
            text = text_of(cell)
            if name in COLUMNS and cell.comment is not None:
                yield _Mark(place, text, even_width(cell.comment.text))
            elif name == ABOUT and column == 2:
                yield _Mark(place, text, even_width(text))
