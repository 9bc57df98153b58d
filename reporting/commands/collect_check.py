"""Judging: the returns of a run checked beside all that the book has, and what the office settled of it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from reporting.language.units import UnitIndex, names_in_use
from reporting.ledger.standing import latest_accepted
from reporting.model import Answered, Issue, Verdict
from reporting.plan.share_out import distribute
from reporting.returns.arrivals import Arrival
from reporting.returns.check import Against
from reporting.returns.join import as_issued, expect
from reporting.returns.other_content import tell_others
from reporting.returns.owner import attached_files
from reporting.returns.rules import Earlier
from reporting.returns.severity import read_levels
from reporting.year.excused import settle
from reporting.year.in_force import issue_of
from reporting.year.open import Year


def look_up(year: Year, arrivals: Iterable[Arrival]) -> Against:
    """What the returns of a run are checked against, beside the plan."""
    arrivals = tuple(arrivals)
    return Against(
        _earlier_forms(year, arrivals),
        year.today,
        year.reported_before(year.issued.plan, year.shares),
        read_levels(year.settings.rules),
        year.settings.dates.data_as_of,
        attached_files(arrivals, year.standings),
    )


def _earlier_forms(year: Year, arrivals: Iterable[Arrival]) -> dict[str, Earlier]:
    """What the workbooks of earlier issues asked for, by unit: a unit may not have heard of the new one."""
    issues: dict[str, tuple[Issue, bool] | None] = {}
    found: dict[str, Earlier] = {}
    for arrival in arrivals:
        sent = arrival.judged
        if sent is None or sent.signature.plan in ("", year.issued.plan_id):
            continue
        plan = sent.signature.plan
        if plan not in issues:
            issues[plan] = issue_of(year.ledger, year.number, plan)
        known = issues[plan]
        if known is not None:
            older, is_decided = known
            shares = {each.unit: each.assignments for each in distribute(older.plan).recipients}
            day = f"{older.at.year}年{older.at.month}月{older.at.day}日"
            found[arrival.unit] = as_issued(day, shares.get(arrival.unit, ()), decided=is_decided)
    return found


def check(year: Year, arrivals: Iterable[Arrival], against: Against) -> tuple[Arrival, ...]:
    """Check all returns of the run at once, beside what others sent before; each has its findings then."""
    from reporting.returns.check_across import check_year

    arrivals = tuple(arrivals)
    returns = [each.judged for each in arrivals if each.judged is not None]
    if not returns:
        return arrivals
    shares = {each.unit: each for each in year.shares.recipients}
    expected = {}
    units = UnitIndex(year.issued.plan.units)
    for each in returns:
        known = units.find(each.unit)
        names = list(names_in_use(known, year.number)) if known else []
        expected[each.unit] = expect(shares[each.unit].assignments, names)
    checked = iter(check_year(returns, expected, _still_asked(year), year.form, year.number, against))

    def with_findings(arrival: Arrival) -> Arrival:
        if arrival.judged is None:
            return arrival
        sent, findings = next(checked)
        found = (*arrival.findings, *findings)
        return replace(arrival, sent=sent, findings=(*found, *tell_others(sent, found)))

    return tuple(with_findings(each) for each in arrivals)


def _still_asked(year: Year) -> Mapping[str, Answered]:
    """What units have said of the tasks that are theirs; not of those given to others since."""
    kept = {}
    accepted = latest_accepted(year.contents)
    for share in year.shares.recipients:
        answered = accepted[share.unit].answered if share.unit in accepted else None
        if answered is not None:
            numbers = {each.task.number for each in share.assignments}
            numbers |= {each.number for each in share.targets}
            kept[share.unit] = Answered(
                rows=tuple(each for each in answered.rows if each.number in numbers),
                targets=tuple(each for each in answered.targets if each.number in numbers),
            )
    return kept


def give_verdicts(year: Year, arrivals: Iterable[Arrival], against: Against) -> tuple[Arrival, ...]:
    """Settle what the office decided or waived, and give each return its verdict."""

    def judged(arrival: Arrival) -> Arrival:
        sent = arrival.judged
        if sent is None:
            return arrival
        older = against.earlier.get(arrival.unit)
        moved = older is not None and older.decided
        waivers = year.exceptions.waivers
        findings, waived = settle(sent, arrival.findings, year.issued, waivers, year.today, moved=moved)
        wrong = any(each.is_error for each in findings)
        verdict = Verdict.RETURNED if wrong else Verdict.ACCEPTED
        return replace(arrival, findings=findings, waived=waived, verdict=verdict)

    return tuple(judged(each) for each in arrivals)
