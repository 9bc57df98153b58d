"""The rules of columns, by one pandera run over the rows of all returns.

pandera is fast over one frame with ten thousand rows and slow over a thousand frames with ten. The index of
the frame is the row's position, and leads back to its cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reporting.language.values import why_no_figure
from reporting.model import Cell, Return, Row
from reporting.model.findings import Finding
from reporting.office.form import Form, FormField
from reporting.returns.join import known_rows
from reporting.returns.rules import Breach, Rule, gather, plan_number
from reporting.returns.rules.figure_in_range import says_range

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class _Entry:
    """Where one row of the frame came from."""

    position: int
    unit: str
    row: Row


def check_columns(returns: Sequence[Return], form: Form) -> list[list[Finding]]:
    """What single cells break, by the position of their return.

    The rules of columns run once over the rows of all returns.
    """
    found: list[list[Finding]] = [[] for _ in returns]
    tables = (
        (form.task_fields, [(i, r, row) for i, r in enumerate(returns) for row in known_rows(r.rows)]),
        (
            form.target_fields,
            [(i, r, row) for i, r in enumerate(returns) for row in known_rows(r.target_rows)],
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
            found[entry.position].append(rule.finding(breach, entry.unit))
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
