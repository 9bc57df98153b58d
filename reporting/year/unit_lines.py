"""Where every unit stands on a day, by what came from it and what the office decided."""

from collections.abc import Sequence
from datetime import date

from reporting.language.units import find_unit
from reporting.ledger.standing import VERSIONS, latest_accepted, latest_by_unit
from reporting.model import Answered, Contact, Issue, Role, Standing, UnitLine, UnitState, Verdict
from reporting.plan.share_out import Recipient
from reporting.year.decisions import outstanding, unit_due


def lines_of_units(
    issue: Issue, recipients: Sequence[Recipient], standings: Sequence[Standing], today: date
) -> tuple[UnitLine, ...]:
    """Where every unit stands: awaited, late, sent back, accepted, with what the office decided since.

    ``standings`` come with their answers when a decision concerns single tasks.
    """
    latest, accepted = latest_by_unit(standings), latest_accepted(standings)
    versions: dict[str, list[Standing]] = {}
    for each in standings:
        if each.verdict in VERSIONS:
            versions.setdefault(each.unit, []).append(each)
    return tuple(
        _unit_line(issue, each, versions.get(each.unit, []), latest.get(each.unit), accepted.get(each.unit), today)
        for each in recipients
    )


def _unit_line(
    issue: Issue,
    recipient: Recipient,
    own: Sequence[Standing],
    newest: Standing | None,
    accepted: Standing | None,
    today: date,
) -> UnitLine:
    led = sum(each.role is Role.LEAD for each in recipient.assignments)
    unit = find_unit(recipient.unit, issue.plan.units)
    tasks = tuple(each.task.number for each in recipient.assignments)
    due = unit_due(issue.decisions, recipient.unit, issue.due, tasks)
    settled = accepted.answered or Answered() if accepted is not None and accepted is newest else None
    return UnitLine(
        unit=recipient.unit,
        ordinal=recipient.ordinal,
        state=_state(newest, due, today),
        received=newest.arrived if newest else None,
        versions=len(own),
        times_returned=sum(each.verdict is Verdict.RETURNED for each in own),
        errors=newest.errors if newest and newest.verdict is Verdict.RETURNED else 0,
        # its first return counts: correcting it later is not lateness
        on_time=min(each.arrived for each in own).date() <= due if own else None,
        tasks=tasks,
        led=led,
        supported=len(recipient.assignments) - led,
        contact=unit.contact if unit else Contact(),
        due=due,
        owed={} if settled is None else outstanding(issue.decisions, recipient.unit, settled),
    )


def _state(newest: Standing | None, due: date, today: date) -> UnitState:
    if newest is None:
        return UnitState.LATE if today > due else UnitState.AWAITED
    return UnitState.ACCEPTED if newest.verdict is Verdict.ACCEPTED else UnitState.RETURNED
