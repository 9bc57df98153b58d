"""The rules run over all returns of a run: those of columns, of rows, of whole returns.

Runs after the returns were read and before anything is decided about them. It assumes that every cell
carries its place; it never computes an address. All content errors of a return are found in one pass.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from reporting.language.characters import is_hollow
from reporting.language.values import is_failed
from reporting.model import Return, Role, Row
from reporting.model.findings import Finding
from reporting.office.form import Form, FormField, Status
from reporting.returns.answers import settle_answered
from reporting.returns.check_columns import check_columns
from reporting.returns.join import Expected, even_out, known_rows
from reporting.returns.rules import Attached, Earlier, LastYear, ReturnView, RowView, gather
from reporting.returns.severity import Levels, set_levels


@dataclass(frozen=True, slots=True)
class Against:
    """What the returns of a run are checked against, beside the plan: what is not known asks nothing."""

    earlier: Mapping[str, Earlier] = field(default_factory=dict)
    """What each unit was asked for that used a workbook of an issue that no longer counts."""
    today: date | None = None
    """The day on which the returns are checked; without it no date is in the future."""
    last_year: LastYear = field(default_factory=dict)
    levels: Levels = field(default_factory=dict)
    """How much the rules weigh, where the office set it."""
    data_as_of: date | None = None
    """Up to which day the office asks for figures."""
    attached: Attached | None = None
    """The files that came beside the returns; None when nobody says."""


NOTHING_MORE = Against()


def check_returns(
    returns: Sequence[Return],
    expected: Mapping[str, Expected],
    form: Form,
    year: int,
    against: Against = NOTHING_MORE,
) -> list[tuple[Return, tuple[Finding, ...]]]:
    """Check every return of a run and give each back, evened out, with its findings in sheet order.

    ``expected`` has an entry for the unit of every return.
    """
    evened = [even_out(sent, expected[sent.unit], form, year) for sent in returns]
    by_column = check_columns(evened, form)
    row_rules = [(rule, rule.row) for rule in gather() if rule.row is not None]
    checked = []
    for position, sent in enumerate(evened):
        asked = expected[sent.unit]
        findings = by_column[position]
        wrong = {finding.place for finding in findings}
        # a cell that is wrong by itself is not also compared with the cells beside it
        findings += [
            rule.finding(breach, sent.unit)
            for row_view in view_rows(sent, form, year, against)
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
            against.earlier.get(sent.unit),
            against.today,
            against.attached,
        )
        for rule in gather():
            if rule.whole is not None:
                findings += [rule.finding(breach, sent.unit) for breach in rule.whole(view)]
        weighed = set_levels(_without_consequences(findings), against.levels)
        checked.append((sent, in_sheet_order(settle_answered(sent, weighed))))
    return checked


def _status_of(row: Row, form: Form) -> Status | None:
    value = row.value("status")
    return form.statuses.get(value) if isinstance(value, str) else None


def view_rows(
    sent: Return,
    form: Form,
    year: int,
    against: Against = NOTHING_MORE,
) -> list[RowView]:
    """The rows of an evened-out return that answer something, with all that rules may look at."""
    past = against.last_year.get(sent.unit, {})
    wrote = sent.header["filled_on"].value if "filled_on" in sent.header else None
    days = [day for day in (wrote, against.today) if isinstance(day, date)]
    view = partial(
        RowView,
        form=form,
        year=year,
        today=against.today,
        written_on=min(days, default=None),
        data_as_of=against.data_as_of,
    )
    statuses: dict[str, Status | None] = {}
    views = []
    for row in known_rows(sent.rows):
        assert row.assignment is not None
        number = row.assignment.task.number
        status = _status_of(row, form)
        statuses.setdefault(number, status)
        if any(row.raw(each.key) for each in form.task if each.filled):
            role, own = row.assignment.role, _own_words(row, form.task)
            views.append(view(row, "task", status=status, role=role, past=past.get(number), texts=own))
    for row in known_rows(sent.target_rows):
        assert row.target is not None
        views.append(
            view(
                row,
                "target",
                status=None,
                role=Role.LEAD,
                task_status=statuses.get(row.target.task),
                past=past.get(row.target.number),
                texts=_own_words(row, form.target),
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
