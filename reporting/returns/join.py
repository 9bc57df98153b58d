"""Rows joined to what their unit was asked for, and the values in them evened out.

Runs after the returns were read and before they are checked. The raw text of every cell stays.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from reporting.language.characters import even_width, same_words
from reporting.language.values import (
    is_failed,
    parse_date,
    parse_measure,
    parse_percent,
    parse_quantity,
    parse_status,
    task_number,
)
from reporting.model import Assignment, Cell, Place, Return, Row, Target, Unread, Value
from reporting.office.form import Form, FormField
from reporting.plan.share_out import reports_targets
from reporting.returns.rules import Earlier


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
    """Index one unit's assignments; targets belong to the lead (to everybody where nobody leads)."""
    by_number = {task_number(each.task.number): each for each in assignments}
    targets = {
        task_number(target.number): target
        for each in by_number.values()
        if reports_targets(each)
        for target in each.task.targets
    }
    return Expected(by_number, targets, tuple(names))


def even_all(
    returns: Sequence[Return], expected: Mapping[str, Expected], form: Form, year: int
) -> list[Return]:
    """Even out the returns of a run."""
    return [even_out(sent, expected[sent.unit], form, year) for sent in returns]


def even_out(sent: Return, expected: Expected, form: Form, year: int | None = None) -> Return:
    """Join each row to what was asked for and replace each cell's value by what we understand.

    The raw text of every cell stays. A cell that cannot be understood gets ``Unread.UNREADABLE``. A date
    without a year is of ``year``.
    """
    strayed = _strayed(sent.rows, expected.assignments)
    rows = tuple(
        replace(
            row,
            assignment=expected.assignments.get(task_number(row.number)) or strayed.get(row.place),
            cells={
                key: _even_cell(cell, form.read_fields[key], form, year) for key, cell in row.cells.items()
            },
        )
        for row in sent.rows
    )
    lost = _strayed_targets(sent.target_rows, expected.targets)
    target_rows = tuple(_even_target_row(row, expected, form, year, lost) for row in sent.target_rows)
    header = {key: _even_cell(cell, form.header_fields[key], form, year) for key, cell in sent.header.items()}
    return replace(sent, rows=rows, target_rows=target_rows, header=header)


def _strayed(rows: Sequence[Row], assignments: Mapping[str, Assignment]) -> dict[Place, Assignment]:
    """Rows whose number was lost or changed, by the task whose content they still have word for word.

    Only a content that one unanswered task and one such row have tells anything.
    """
    answered = {task_number(row.number) for row in rows}
    missing = [each for number, each in assignments.items() if number not in answered]
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


def _even_target_row(
    row: Row, expected: Expected, form: Form, year: int | None, lost: Mapping[Place, Target]
) -> Row:
    target = expected.targets.get(task_number(row.number)) or lost.get(row.place)
    cells = {key: _even_cell(cell, form.target_fields[key], form, year) for key, cell in row.cells.items()}
    if target is not None and "value" in cells and cells["value"].value is not None:
        value = parse_measure(cells["value"].raw, target.unit)
        cells["value"] = replace(cells["value"], value=Unread.UNREADABLE if value is None else value)
    return replace(row, target=target, cells=cells)


def _even_cell(cell: Cell, field: FormField, form: Form, year: int | None) -> Cell:
    if not cell.raw or is_failed(cell.raw):  # which the reader has said already
        return replace(cell, value=None)
    return replace(cell, value=_understand(cell, field, form, year))


def _understand(cell: Cell, field: FormField, form: Form, year: int | None) -> Value:
    if not field.filled or field.type == "text":
        return cell.raw
    understood: Value
    if field.type == "status":
        understood = parse_status(cell.raw, form.status_words)
    elif field.type == "percent":
        understood = parse_percent(cell.value)
    elif field.type == "date":
        understood = parse_date(cell.value, year)
    else:
        quantity = parse_quantity(cell.value)
        understood = quantity.value if quantity else None
        if field.type == "number" and quantity and quantity.unit not in ("", "分"):
            understood = None
    return Unread.UNREADABLE if understood is None else understood
