"""A decision taken back (撤销); its entry stays in the book, and this one stands beside it."""

from dataclasses import replace
from datetime import datetime

from reporting.commands.revoke_reopen import as_entries, in_words, reopened
from reporting.documents.handover import hand_over
from reporting.model import Decision, DecisionKind
from reporting.model.findings import DubanError, Outcome
from reporting.office.workspace import Workspace, exclusive
from reporting.year.decided import Decided, reason_given, record
from reporting.year.open import Year, open_year


@exclusive("revoke")
def revoke(workspace: Workspace, number: int, reason: str, now: datetime) -> Decided:
    """Take back an extension, a reassignment or the word on whose a file is."""
    with open_year(workspace, now) as year:
        counting = year.issued.decisions
        decision = Decision(now, DecisionKind.REVOCATION, reason_given(reason), revokes=number)
        known = next((each for each in year.decisions if each.revokes == number), None)
        if known is not None:
            return Decided(known, Outcome(), is_new=False)
        taken_back = next((each for each in counting if each.number == number), None)
        if taken_back is None:
            listed = "、".join(str(each.number) for each in counting)
            can = f"可以撤销的有第 {listed} 号" if listed else "现在没有可以撤销的决定"
            raise DubanError(f"没有可以撤销的第 {number} 号决定，{can}。请用 status 核对编号。")
        if taken_back.kind is DecisionKind.IDENTIFICATION:
            return _reopen(year, taken_back, decision)
        if taken_back.kind is DecisionKind.REASSIGNMENT:
            return hand_over(year, taken_back, decision)
        return record(year, decision)


def _reopen(year: Year, taken_back: Decision, decision: Decision) -> Decided:
    """Book that a file is nobody's again, with the receipts that say so, in one transaction."""
    files = reopened(taken_back, year.standings, year.ledger.parts(year.number))
    entries = as_entries(files, taken_back, decision.reason, year.number, decision.at)
    number = year.ledger.add_decision(year.number, decision, entries=entries)
    notes = tuple(in_words(files, taken_back))
    return Decided(replace(decision, number=number), Outcome(notes=notes), is_new=True)
