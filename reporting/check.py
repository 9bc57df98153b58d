"""Values evened out, then pandera over all returns of a run at once, then the rules.

Runs after the returns were read and before anything is decided about them. It assumes that every cell
carries its place; it never computes an address. All content errors of a return are found in one pass.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from reporting.answers import settle_answered
from reporting.characters import even_width, is_hollow, same_words
from reporting.distribution import reports_targets
from reporting.findings import Finding
from reporting.form import Form, FormField, Status
from reporting.levels import Levels, set_levels
from reporting.model import Assignment, Cell, Place, Return, Role, Row, Target, Unread, Value
from reporting.rules import (
    Attached,
    Breach,
    Earlier,
    LastYear,
    Past,
    ReturnView,
    RowView,
    Rule,
    gather,
    plan_number,
)
from reporting.rules.figure_in_range import says_range
from reporting.values import (
    is_failed,
    parse_date,
    parse_measure,
    parse_percent,
    parse_quantity,
    parse_status,
    task_number,
    why_no_figure,
)

if TYPE_CHECKING:
    import pandas as pd


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


def check_returns(
    returns: Sequence[Return],
    expected: Mapping[str, Expected],
    form: Form,
    year: int,
    earlier: Mapping[str, Earlier] | None = None,
    today: date | None = None,
    last_year: LastYear | None = None,
    levels: Levels | None = None,
    data_as_of: date | None = None,
    attached: Attached | None = None,
) -> list[tuple[Return, tuple[Finding, ...]]]:
    """Check every return of a run and give each back, evened out, with its findings in sheet order.

    ``expected`` has an entry for the unit of every return, ``earlier`` one for each unit that used a workbook
    of an issue that no longer counts. Without ``today`` no date is in the future, and without ``last_year``
    nothing is compared with it. ``levels`` are those that the office set, ``data_as_of`` is the day up to
    which it asks for figures, and ``attached`` are the files that came beside the returns, if anybody knows.
    """
    evened = [even_out(sent, expected[sent.unit], form, year) for sent in returns]
    by_column = _check_columns(evened, form)
    row_rules = [(rule, rule.row) for rule in gather() if rule.row is not None]
    checked = []
    for position, sent in enumerate(evened):
        asked = expected[sent.unit]
        findings = by_column[position]
        wrong = {finding.place for finding in findings}
        past = (last_year or {}).get(sent.unit, {})
        # a cell that is wrong by itself is not also compared with the cells beside it
        findings += [
            _finding(rule, breach, sent.unit)
            for row_view in view_rows(sent, form, year, today, past, data_as_of)
            for rule, check in row_rules
            for breach in check(row_view)
            if breach.place not in wrong
        ]
        view = ReturnView(
            sent,
            form,
            year,
            (sent.unit, *asked.names),
            asked.assignments,
            asked.targets,
            (earlier or {}).get(sent.unit),
            today,
            attached,
        )
        for rule in gather():
            if rule.whole is not None:
                findings += [_finding(rule, breach, sent.unit) for breach in rule.whole(view)]
        weighed = set_levels(_without_consequences(findings), levels or {})
        checked.append((sent, in_sheet_order(settle_answered(sent, weighed))))
    return checked


def _finding(rule: Rule, breach: Breach, unit: str) -> Finding:
    return Finding(rule.kind, breach.place, unit, breach.task, breach.values)


def _checkable(rows: Iterable[Row]) -> list[Row]:
    """Rows that are ours: a row nobody asked for is one finding, not one for each of its cells."""
    return [row for row in rows if row.assignment is not None or row.target is not None]


def _status_of(row: Row, form: Form) -> Status | None:
    value = row.value("status")
    return form.statuses.get(value) if isinstance(value, str) else None


def view_rows(
    sent: Return,
    form: Form,
    year: int,
    today: date | None = None,
    past: Mapping[str, Past] | None = None,
    data_as_of: date | None = None,
) -> list[RowView]:
    """The rows of an evened-out return that answer something, with all that rules may look at."""
    past = past or {}
    wrote = sent.header["filled_on"].value if "filled_on" in sent.header else None
    days = [day for day in (wrote, today) if isinstance(day, date)]
    written_on = min(days, default=None)
    statuses: dict[str, Status | None] = {}
    views = []
    for row in _checkable(sent.rows):
        assert row.assignment is not None
        number = row.assignment.task.number
        status = _status_of(row, form)
        statuses.setdefault(number, status)
        if any(row.raw(field.key) for field in form.task if field.filled):
            role, own = row.assignment.role, _own_words(row, form.task)
            before = past.get(number)
            views.append(
                RowView(
                    row, "task", form, year, status, role, None, today, written_on, before, own, data_as_of
                )
            )
    for row in _checkable(sent.target_rows):
        assert row.target is not None
        whose, own = statuses.get(row.target.task), _own_words(row, form.target)
        before = past.get(row.target.number)
        views.append(
            RowView(
                row, "target", form, year, None, Role.LEAD, whose, today, written_on, before, own, data_as_of
            )
        )
    return views


def _own_words(row: Row, fields: Iterable[FormField]) -> dict[str, str]:
    """The texts of a row that the unit wrote in its own words and that say something."""
    return {
        each.key: raw
        for each in fields
        if each.filled
        and each.type == "text"
        and not each.choices
        and (raw := row.raw(each.key))
        and not is_hollow(raw)
        and not is_failed(raw)
    }


# ---- columns: one pandera run over all returns -------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Entry:
    """Where one row of the frame came from."""

    position: int
    unit: str
    row: Row


def _check_columns(returns: Sequence[Return], form: Form) -> list[list[Finding]]:
    found: list[list[Finding]] = [[] for _ in returns]
    tables = (
        (form.task_fields, [(i, r, row) for i, r in enumerate(returns) for row in _checkable(r.rows)]),
        (
            form.target_fields,
            [(i, r, row) for i, r in enumerate(returns) for row in _checkable(r.target_rows)],
        ),
        (form.header_fields, [(i, r, Row("", r.header, r.task_sheet)) for i, r in enumerate(returns)]),
    )
    for fields, rows in tables:
        entries = [_Entry(position, sent.unit, row) for position, sent, row in rows]
        for rule, key, index in _failures(fields, [entry.row for entry in entries], form):
            entry = entries[index]
            cell = entry.row.cells[key]
            values = _sentence_values(fields[key], cell, form)
            breach = Breach(cell.place, values, plan_number(entry.row))
            found[entry.position].append(_finding(rule, breach, entry.unit))
    return found


def _sentence_values(field: FormField, cell: Cell, form: Form) -> dict[str, str]:
    expected = field.hint
    if field.type == "status":
        expected = "、".join(form.statuses)
    elif field.choices:
        expected = "、".join(field.choices)
    elif field.min is not None or field.max is not None:
        expected = says_range(field)
    elif field.type == "text":
        expected = str(field.max_length)
    more = why_no_figure(cell.raw) if field.is_figure else ""
    return {"heading": field.heading, "found": cell.raw, "expected": expected, "more": more}


def _failures(
    fields: Mapping[str, FormField], rows: Sequence[Row], form: Form
) -> Iterable[tuple[Rule, str, int]]:
    """Run the column rules as one lazy pandera schema; yields rule, field key and row position.

    Every check is type-guarded and answers for anything: a check that raises would end its column and hide
    all later failures. The index of the frame is the row position and comes back with each failure.
    """
    import pandas as pd
    import pandera.pandas as pa
    from pandera.errors import SchemaErrors

    rules = {rule.kind.code: rule for rule in gather() if rule.column is not None}
    checked = {
        key: [rule for rule in rules.values() if rule.applies(field)]
        for key, field in fields.items()
        if field.filled and field is not form.target_fields["value"]  # compared with its target, by a rule
    }
    checked = {key: applying for key, applying in checked.items() if applying}
    if not rows or not checked:
        return
    frame = pd.DataFrame({key: pd.Series([row.value(key) for row in rows], dtype=object) for key in checked})
    schema = pa.DataFrameSchema(
        {
            key: pa.Column(
                object,
                [_as_check(pa, rule, fields[key]) for rule in applying],
                nullable=True,
                coerce=False,
            )
            for key, applying in checked.items()
        }
    )
    try:
        schema.validate(frame, lazy=True)
    except SchemaErrors as errors:
        yield from _read_errors(errors.schema_errors, rules)


def _as_check(pa: Any, rule: Rule, field: FormField) -> Any:
    """One column rule as a pandera check over the whole column; None (a blank) always passes."""
    holds = rule.column
    assert holds is not None

    def check(series: pd.Series[Any]) -> pd.Series[bool]:
        return series.map(lambda value: value is None or holds(value, field)).astype(bool)

    return pa.Check(check, name=rule.kind.code, ignore_na=False)


def _read_errors(errors: Iterable[Any], rules: Mapping[str, Rule]) -> Iterable[tuple[Rule, str, int]]:
    for error in errors:
        for index in error.failure_cases["index"]:
            yield rules[error.check.name], error.schema.name, int(index)


# ---- the findings of one return ----------------------------------------------------------------------


_ABOUT_ROWS = ("task_is_single", "answers_stand_in_their_rows")
"""Rules about a whole row, beside which what its cells say proves nothing."""


def _without_consequences(findings: Iterable[Finding]) -> list[Finding]:
    """One finding a cell and code; of a row that is wrong as a whole, single cells are not reported."""
    whole = {
        (finding.place.part, finding.place.row): finding.kind.code
        for finding in findings
        if finding.kind.code in _ABOUT_ROWS
    }
    kept: dict[tuple[object, ...], Finding] = {}
    for finding in findings:
        said = whole.get((finding.place.part, finding.place.row), finding.kind.code)
        if finding.kind.code != said:
            continue
        # what has no cell of its own, because the table has no place for it, is told apart by its heading
        heading = "" if finding.place.cell else finding.values.get("heading", "")
        kept.setdefault((finding.kind.code, finding.place, finding.task, heading), finding)
    return list(kept.values())


def in_sheet_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings of a return as its reader meets them."""
    return tuple(sorted(findings, key=lambda each: (each.place.part, each.place.row, each.place.column)))
