"""Rows joined to what their unit was asked for, and the values in them evened out.

Runs after the returns were read and before they are checked. The raw text of every cell stays.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from reporting.language.characters import even_width
from reporting.language.values import task_number
from reporting.model import Assignment, Place, Return, Row, Target
from reporting.office.form import Form
from reporting.returns.rules import Earlier
from reporting.returns.words.cells import CellReader, RowContext


@dataclass(frozen=True, slots=True)
class Expected:
    """What one unit was asked for: its tasks and targets by evened-out number, and the names it goes by."""

    assignments: Mapping[str, Assignment]
    targets: Mapping[str, Target]
    names: tuple[str, ...]


def as_issued(day: str, assignments: Iterable[Assignment], *, decided: bool = False) -> Earlier:
    """What an older workbook of a unit asked for, as ``expect`` has it for the one that counts."""
    asked = expect(assignments)
    return Earlier(day, asked.assignments, asked.targets, decided)


def expect(assignments: Iterable[Assignment], names: Sequence[str] = ()) -> Expected:
    """Index one unit's assignments and the targets it reports."""
    by_number = {task_number(each.task.number): each for each in assignments}
    targets = {task_number(target.number): target for each in by_number.values() for target in each.targets}
    return Expected(by_number, targets, tuple(names))


def even_all(
    returns: Sequence[Return], expected: Mapping[str, Expected], form: Form, year: int, today: date | None = None
) -> list[Return]:
    """Even out the returns of a run; what stands in many cells is understood once."""
    reader = CellReader(form, year, today)
    return [_even(sent, expected[sent.unit], reader) for sent in returns]


def even_out(sent: Return, expected: Expected, form: Form, year: int | None = None) -> Return:
    """Join each row to what was asked for and replace each cell's value by what we understand.

    The raw text of every cell stays. A cell that cannot be understood gets ``Unread.UNREADABLE``. A date
    without a year is of ``year``.
    """
    return _even(sent, expected, CellReader(form, year))


def _even(sent: Return, expected: Expected, reader: CellReader) -> Return:
    header = reader.header(sent.header)
    day = reader.written_on(header)
    asked = {number: (each, each.task.content) for number, each in expected.assignments.items()}
    whose = _whose(sent.rows, asked, "content")
    rows: list[Row] = []
    for row in sent.rows:
        assignment = whose.get(row.place)
        cells = reader.task_cells(row, RowContext(assignment, rows[-1] if rows else None, day))
        number = assignment.task.number if assignment is not None else row.number
        rows.append(Row(number, cells, row.place, assignment, row.target))
    aims = {number: (each, each.name) for number, each in expected.targets.items()}
    aimed = _whose(sent.target_rows, aims, "name")
    target_rows = tuple(_even_target_row(row, aimed.get(row.place), reader, day) for row in sent.target_rows)
    return replace(sent, rows=tuple(rows), target_rows=target_rows, header=header)


_Asked = TypeVar("_Asked")


def _whose(rows: Sequence[Row], asked: Mapping[str, tuple[_Asked, str]], key: str) -> dict[Place, _Asked]:
    """What each row is about, of what was asked for: by its number and by the plan's words in it.

    Where the two do not agree the words decide, if they are those of one task and of one row: numbers are
    written anew (1, 2, 3…), lost, or changed by a spreadsheet program (to which a text 2-1 is a day in
    February); words that were changed belong to the number.
    """
    counted = Counter(_plain(words) for _, words in asked.values())
    by_words = {plain: number for number, (_, words) in asked.items() if counted[plain := _plain(words)] == 1}
    told = {row.place: by_words.get(_plain(row.raw(key))) for row in rows}
    agreed = {each for row in rows if (each := told[row.place]) == task_number(row.number)}
    once = Counter(told.values())
    found: dict[Place, _Asked] = {}
    for row in rows:
        number, words = task_number(row.number), told[row.place]
        meant = words if words is not None and words not in agreed and once[words] == 1 else number
        if meant in asked:
            found[row.place] = asked[meant][0]
    return found


_STOPS = "。．.；;，,"


def _plain(words: str) -> str:
    """The plan's words as they are compared: without width, blanks and the mark at their end."""
    return even_width(words).rstrip(_STOPS)


def _even_target_row(row: Row, target: Target | None, reader: CellReader, day: date | None) -> Row:
    number = target.number if target is not None else row.number
    return Row(number, reader.target_cells(row, target, day), row.place, row.assignment, target)
