"""What the cells of each column must hold: one pandera schema made of the form and of the rules of columns.

pandera is fast over one frame with ten thousand rows and slow over a thousand frames with ten. Every column
of the frame is of one type whatever was typed (``Facet``), so that a text among figures hides nothing beside
it. The index of the frame is the row's position, and leads back to its cell.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from reporting.office.form import FormField
from reporting.returns.columns import DTYPES, CellColumns, Facet, Holding, Series
from reporting.returns.rules import ColumnCheck, Rule, gather

Broken = dict[str, list[tuple[int, str]]]
"""By the code of a rule of columns: the positions of the rows and the keys of the columns that break it."""
Checks = dict[tuple[str, Facet], list[Rule]]
"""The rules of columns by the key of the column and what of it they look at."""


def find_broken(columns: CellColumns, rules: Sequence[Rule] | None = None) -> Broken:
    """Run the rules of columns, or some of them, over all rows at once."""
    import pandas as pd
    from pandera.errors import SchemaErrors

    checks = _checks(columns, gather() if rules is None else rules)
    if not checks or not columns.rows:
        return {}
    seen = {each: columns.look(*each) for each in checks}
    frame = pd.DataFrame({_name(*each): pd.Series(made, dtype=made.dtype) for each, made in seen.items()})
    broken: Broken = {}
    try:
        _schema(columns.fields, checks).validate(frame, lazy=True)
    except SchemaErrors as errors:
        for error in errors.schema_errors:
            key, _, _ = str(error.schema.name).partition(" ")
            found = ((int(index), key) for index in error.failure_cases["index"])
            broken.setdefault(error.check.name, []).extend(found)
    return broken


def find_doubles(units: Sequence[str], numbers: Sequence[str]) -> list[int]:
    """The positions of rows in which a unit answers for a task for which it answered in a row above."""
    import pandas as pd
    import pandera.pandas as pa
    from pandera.errors import SchemaErrors

    frame = pd.DataFrame({"unit": pd.Series(units, dtype=object), "number": pd.Series(numbers, dtype=object)})
    schema = pa.DataFrameSchema(unique=list(frame.columns), report_duplicates="exclude_first")
    try:
        schema.validate(frame, lazy=True)
    except SchemaErrors as errors:
        return sorted({int(index) for each in errors.schema_errors for index in each.failure_cases["index"]})
    return []


def _checks(columns: CellColumns, rules: Sequence[Rule]) -> Checks:
    checks: Checks = {}
    for key, field in columns.fields.items():
        facets = columns.facets(key)
        for rule in rules:
            if rule.column is not None and rule.facet in facets and rule.applies(field):
                checks.setdefault((key, rule.facet), []).append(rule)
    return checks


def _holds(check: ColumnCheck, field: FormField, seen: Series) -> Holding:
    return check(seen, field)


def _name(key: str, facet: Facet) -> str:
    return f"{key} {facet}"


def _schema(fields: Mapping[str, FormField], checks: Checks) -> Any:
    """A column of the schema for each facet of a field that a rule looks at, of the type of that facet."""
    import pandera.pandas as pa

    def as_check(rule: Rule, field: FormField) -> Any:
        assert rule.column is not None
        return pa.Check(partial(_holds, rule.column, field), name=rule.kind.code, ignore_na=False)

    return pa.DataFrameSchema(
        {
            _name(key, facet): pa.Column(
                DTYPES.get(facet, "object"), [as_check(rule, fields[key]) for rule in rules], nullable=True
            )
            for (key, facet), rules in checks.items()
        }
    )
