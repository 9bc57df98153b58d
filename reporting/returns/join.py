"""Rows joined to what their unit was asked for, and the values in them evened out.

Runs after the returns were read and before they are checked. The raw text of every cell stays.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from reporting.language.characters import even_width, same_words
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
    strayed = _strayed(sent.rows, expected.assignments)
    rows: list[Row] = []
    for typed in sent.rows:
        row = _numbered(typed, expected.assignments)
        assignment = expected.assignments.get(task_number(row.number)) or strayed.get(row.place)
        cells = reader.task_cells(row, RowContext(assignment, rows[-1] if rows else None, day))
        rows.append(Row(row.number, cells, row.place, assignment, row.target))
    lost = _strayed_targets(sent.target_rows, expected.targets)
    target_rows = []
    for row in sent.target_rows:
        target = expected.targets.get(task_number(row.number)) or lost.get(row.place)
        target_rows.append(Row(row.number, reader.target_cells(row, target, day), row.place, row.assignment, target))
    return replace(sent, rows=tuple(rows), target_rows=tuple(target_rows), header=header)


_AROUND_NUMBER = re.compile(r"^(?:任务|工作|序号|编号|第|No\.?)*0*(?=\d)|(?:项|号|条)$", re.IGNORECASE)


def _numbered(row: Row, assignments: Mapping[str, Assignment]) -> Row:
    """A row whose number stands among words, 任务5 or 04, with the number that it is beside the plan's own text."""
    number = task_number(row.number)
    bare = _AROUND_NUMBER.sub("", number)
    if number in assignments or bare not in assignments:
        return row
    known = assignments[bare]
    return replace(row, number=bare) if same_words(row.raw("content"), known.task.content) else row


def _strayed(rows: Sequence[Row], assignments: Mapping[str, Assignment]) -> dict[Place, Assignment]:
    """Rows whose number was lost or changed, by the task whose content they still have word for word.

    Only a content that one unanswered task and one such row have tells anything.
    """
    answered = {task_number(row.number) for row in rows}
    missing = [each for number, each in assignments.items() if number not in answered]
    if not missing:
        return {}
    unknown = [row for row in rows if task_number(row.number) not in assignments]
    found: dict[Place, Assignment] = {}
    for each in missing:
        same = [row for row in unknown if same_words(row.raw("content"), each.task.content)]
        alike = [other for other in missing if same_words(other.task.content, each.task.content)]
        if len(same) == 1 and len(alike) == 1:
            found[same[0].place] = each
    return found


def _strayed_targets(rows: Sequence[Row], targets: Mapping[str, Target]) -> dict[Place, Target]:
    """The same of targets, by name: to a spreadsheet program that opens a text 2-1 is a day in February."""
    answered = {task_number(row.number) for row in rows}
    if targets.keys() <= answered:
        return {}
    names = Counter(even_width(each.name) for each in targets.values())
    missing = {
        even_width(each.name): each
        for number, each in targets.items()
        if number not in answered and names[even_width(each.name)] == 1
    }
    unknown = [row for row in rows if task_number(row.number) not in targets]
    twice = Counter(even_width(row.raw("name")) for row in unknown)
    return {
        row.place: missing[name]
        for row in unknown
        if (name := even_width(row.raw("name"))) in missing and twice[name] == 1
    }
