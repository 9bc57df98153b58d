"""Returns beside each other: what no return shows by itself, told by the rules about the year.

Runs after each return was checked by itself. A unit's newest word counts: its return in hand, else what the
book has of it. Findings are given for returns in hand alone; what the book holds was judged when it came.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from reporting.model import Answered, Return, Role
from reporting.model.findings import Finding
from reporting.office.form import Form
from reporting.returns.answers import settle_answered
from reporting.returns.check import NOTHING_MORE, Against, check_returns, in_sheet_order, tables_of
from reporting.returns.columns import positions
from reporting.returns.join import Expected
from reporting.returns.rules import Claim, Claims, RowView, UnitView, gather
from reporting.returns.severity import Levels, set_levels


def check_year(
    returns: Sequence[Return],
    expected: Mapping[str, Expected],
    book: Mapping[str, Answered],
    form: Form,
    year: int,
    against: Against = NOTHING_MORE,
) -> list[tuple[Return, tuple[Finding, ...]]]:
    """Check every return of a run as ``check_returns`` does, then all beside each other."""
    checked = check_returns(returns, expected, form, year, against)
    between = check_across([sent for sent, _ in checked], book, form, year, against.levels)
    return [(sent, in_sheet_order((*findings, *more))) for (sent, findings), more in zip(checked, between, strict=True)]


def check_across(
    returns: Sequence[Return], book: Mapping[str, Answered], form: Form, year: int, levels: Levels | None = None
) -> list[tuple[Finding, ...]]:
    """What contradicts or repeats itself between units: the findings of each return in hand, evened out.

    ``book`` is what was accepted before, by unit, as the ledger keeps it; a return in hand replaces it.
    """
    views: list[list[RowView]] = [[] for _ in returns]
    for table in tables_of(returns, form, year)[:2]:
        for index in positions(table.answering):
            views[table.owners[index]].append(table.views[index])
    in_hand = {sent.unit for sent in returns}
    claims = [claim for sent, rows in zip(returns, views, strict=True) for claim in _claims_of(sent, rows)]
    for unit, answered in book.items():
        if unit not in in_hand:
            claims += claims_in_book(unit, answered)
    known = Claims(claims, form)
    rules = [(rule, rule.across) for rule in gather() if rule.across is not None]
    found = []
    for sent, rows in zip(returns, views, strict=True):
        asked = [view.row.assignment for view in rows if view.row.assignment is not None]
        leads = {each.task.number: each.task.lead for each in asked}
        view = UnitView(sent.unit, rows, known, leads)
        findings = [rule.finding(breach, sent.unit) for rule, check in rules for breach in check(view)]
        found.append(tuple(settle_answered(sent, set_levels(findings, levels or {}))))
    return found


def _claims_of(sent: Return, rows: Iterable[RowView]) -> Iterator[Claim]:
    for view in rows:
        cells = view.row.cells
        texts = {**view.texts, "status": view.status.name if view.status else ""}
        texts["value"] = view.row.raw("value")
        yield Claim(
            unit=sent.unit,
            number=view.number,
            role=view.role,
            texts=texts,
            figure=view.figure,
            sheet=view.row.place.part,
            cells={key: cell.place.cell for key, cell in cells.items()},
        )


def claims_in_book(unit: str, answered: Answered) -> Iterator[Claim]:
    """What a unit's accepted return says, as the book has it."""
    for row in (*answered.rows, *answered.targets):
        texts = {key: cell.raw for key, cell in row.cells.items()}
        if "status" in row.cells:
            texts["status"] = str(row.value("status") or "")
        yield Claim(
            unit=unit,
            number=row.number,
            role=row.role or Role.LEAD,
            texts=texts,
            figure=row.figure("value"),
            sheet=next((cell.sheet for cell in row.cells.values()), ""),
            cells={key: cell.cell for key, cell in row.cells.items()},
        )
