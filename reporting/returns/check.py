"""The rules run over all returns of a run: those of columns, of rows, of whole returns.

Runs after the returns were read and before anything is decided about them. It assumes that every cell
carries its place; it never computes an address. All content errors of a return are found in one pass.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial

from reporting.model import Place, Return, Role, Row
from reporting.model.findings import Finding
from reporting.office.form import Form, Status
from reporting.returns.answers import settle_answered
from reporting.returns.beside_answers import BesideAnswers
from reporting.returns.columns import CellColumns, positions
from reporting.returns.join import Expected, even_all
from reporting.returns.other_content import all_others, by_row
from reporting.returns.rules import (
    Attached,
    Breach,
    Earlier,
    LastYear,
    ReturnView,
    Rows,
    RowView,
    Rule,
    gather,
    plan_number,
)
from reporting.returns.schema import Broken, find_broken
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
    returns: Sequence[Return], expected: Mapping[str, Expected], form: Form, year: int, against: Against = NOTHING_MORE
) -> list[tuple[Return, tuple[Finding, ...]]]:
    """Check every return of a run and give each back, evened out, with its findings in sheet order.

    ``expected`` has an entry for the unit of every return.
    """
    evened = even_all(returns, expected, form, year, against.today)
    others = [
        all_others(sent, form, year, expected[sent.unit].names, against.earlier.get(sent.unit)) for sent in evened
    ]
    tables = tables_of(evened, form, year, against)
    found = _of_rows(evened, tables)
    checked = []
    for sent, findings, pieces in zip(evened, found, others, strict=True):
        asked = expected[sent.unit]
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
            BesideAnswers(sent.others, sent.rows),
        )
        for rule in gather():
            if rule.whole is not None:
                findings += [rule.finding(breach, sent.unit) for breach in rule.whole(view)]
        weighed = set_levels(_without_consequences(findings), against.levels)
        whole = replace(sent, others=by_row(pieces))
        checked.append((whole, in_sheet_order(settle_answered(sent, weighed))))
    return checked


def tables_of(
    returns: Sequence[Return], form: Form, year: int, against: Against = NOTHING_MORE
) -> tuple[Rows, Rows, CellColumns]:
    """任务填报, 量化指标 and the blocks above the tables of returns that were evened out.

    A row that nobody asked for is one finding, not one for each of its cells; it is left out.
    """
    tasks: list[RowView] = []
    targets: list[RowView] = []
    owners: dict[str, list[int]] = {"task": [], "target": []}
    for position, sent in enumerate(returns):
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
            beside=BesideAnswers(sent.others, sent.rows),
        )
        statuses: dict[str, tuple[Status | None, tuple[Status, ...]]] = {}
        for row in sent.rows:
            if row.assignment is not None:
                number, role = row.assignment.task.number, row.assignment.role
                status, may_be = _status_of(row, form)
                statuses.setdefault(number, (status, may_be))
                tasks.append(view(row, "task", status=status, role=role, past=past.get(number), may_be=may_be))
                owners["task"].append(position)
        for row in sent.target_rows:
            if row.target is not None:
                told, may_be = statuses.get(row.target.task, (None, ()))
                before = past.get(row.target.number)
                targets.append(
                    view(row, "target", status=None, role=Role.LEAD, task_status=told, may_be=may_be, past=before)
                )
                owners["target"].append(position)
    blocks = [Row("", sent.header, sent.task_sheet) for sent in returns]
    return (
        Rows("task", form, tasks, owners["task"]),
        Rows("target", form, targets, owners["target"]),
        CellColumns("header", form, blocks, range(len(returns))),
    )


def _status_of(row: Row, form: Form) -> tuple[Status | None, tuple[Status, ...]]:
    """The status of a row, or those it may mean: nothing that follows from a guess is called wrong."""
    value, cell = row.value("status"), row.cells.get("status")
    if not isinstance(value, str) or value not in form.statuses:
        return None, ()
    if cell is None or cell.weight != "confirm":
        return form.statuses[value], ()
    rivals = cell.meaning.rivals if cell.meaning else ()
    return None, tuple(form.statuses[each] for each in dict.fromkeys((value, *rivals)))


def _of_rows(returns: Sequence[Return], tables: Iterable[CellColumns]) -> list[list[Finding]]:
    """What the rules of columns and of rows find, by the position of the return."""
    found: list[list[Finding]] = [[] for _ in returns]
    broken = [(table, find_broken(table)) for table in tables]
    wrong: list[set[Place]] = [set() for _ in returns]
    for bars in (True, False):
        for rule in gather():
            for table, cells in broken if rule.bars is bars else ():
                for owner, breach in _breaches(rule, table, cells):
                    if breach.place not in wrong[owner]:
                        found[owner].append(rule.finding(breach, returns[owner].unit))
        # a cell that is wrong by itself is not also compared with the cells beside it
        wrong = [{finding.place for finding in findings} for findings in found]
    return found


def _breaches(rule: Rule, columns: CellColumns, broken: Broken) -> Iterator[tuple[int, Breach]]:
    """Where a rule of columns or of rows does not hold, with the position of the return."""
    for index, key in broken.get(rule.kind.code, ()):
        row, field = columns.rows[index], columns.fields[key]
        cell = row.cells[key]
        values = {"heading": field.heading, "found": cell.raw, **rule.tell(cell, field, columns.form)}
        yield columns.owners[index], Breach(cell.place, values, plan_number(row))
    if rule.row is not None and isinstance(columns, Rows) and columns.views:
        some = columns.answering if rule.where is None else columns.answering & rule.where(columns)
        for at in positions(some):
            for breach in rule.row(columns.views[at]):
                yield columns.owners[at], breach


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
