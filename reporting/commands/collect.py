"""Taking in: every file in the inbox gets a receipt and a verdict, and what is wrong goes back.

Originals are kept first; letters and correction workbooks are written next; the book comes last, in one
transaction. The steps are those of ``collect``, in its order; each works on the arrivals of the whole run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from reporting.commands.collect_reply import Round, SentBack, has_questions, queries_of, rounds_of, send_back
from reporting.ledger import Entry, Ledger, answered_by
from reporting.ledger.letters import Sending
from reporting.ledger.standing import latest_accepted, latest_by_unit
from reporting.model import Answered, Issue, LetterKind, Receipt, Standing, Verdict
from reporting.model.findings import Outcome
from reporting.model.progress import Progress, silent
from reporting.office.form import Form
from reporting.office.inbox import lies_in, read_original
from reporting.office.outbox import OUT_RETURNED
from reporting.office.waivers import Waiver
from reporting.office.workspace import Workspace, exclusive
from reporting.plan.share_out import Distribution, Recipient, distribute
from reporting.returns.arrivals import (
    Arrival,
    InBook,
    attached_files,
    attribute_evidence,
    decided_units,
    identify_all,
    receive,
    settle_versions,
)
from reporting.returns.changes import ReturnDiff, compare_returns
from reporting.returns.counts import RuleCount, tally
from reporting.returns.rules import Attached, Earlier, LastYear
from reporting.year.decisions import unit_due
from reporting.year.excused import settle
from reporting.year.in_force import issue_of, plan_moved_on
from reporting.year.open import open_year

_COUNTING, _REPLACED = (Verdict.ACCEPTED, Verdict.RETURNED), (Verdict.MERGED, Verdict.SUPERSEDED)


@dataclass(frozen=True, slots=True)
class Collected:
    """What ``collect`` did, file by file. ``in_book`` are the receipts that were there before this run."""

    receipts: tuple[Receipt, ...]
    outcome: Outcome
    in_book: frozenset[Receipt]
    rules: tuple[RuleCount, ...]
    """Which rules spoke, how often and in how many units."""
    letters: frozenset[LetterKind] = frozenset()
    """What kinds of letters and workbooks were written."""
    changes: tuple[ReturnDiff, ...] = ()
    """For each unit that had sent before: what its new version says otherwise."""

    def as_json(self) -> dict[str, Any]:
        """The stable form for machines."""
        return {
            "receipts": [
                {
                    "file": each.file,
                    "sha256": each.sha256,
                    "unit": each.unit,
                    "verdict": each.verdict.for_machines,
                }
                for each in self.receipts
            ],
            "findings": [finding.as_json() for finding in self.outcome.findings],
            "rules": [each.as_json() for each in self.rules],
            "changes": [each.as_json() for each in self.changes],
        }


@exclusive("collect")
def collect(
    workspace: Workspace, paths: Sequence[Path], now: datetime, progress: Progress = silent
) -> Collected:
    """Take in everything in the inbox (or the paths): a receipt and a verdict for each file.

    Originals are kept first; letters and correction workbooks are written next; the book comes last, in one
    transaction.
    """
    with open_year(workspace, now) as year:
        ledger, issued, distribution, standings = year.ledger, year.issued, year.shares, year.standings
        waivers = year.exceptions.waivers
        decided = decided_units(issued)
        # a waiver, more time for a task or a task that went to another unit may settle what was sent back
        excepted = {each.unit for each in waivers} | {each.unit for each in issued.decisions}
        arrivals = receive(workspace, paths, InBook(standings, excepted, decided), progress)
        plans = frozenset(each.plan_id for each in ledger.issues(issued.year)) | {issued.plan_id}
        identify_all(workspace, arrivals, issued, distribution, decided, plans)
        attribute_evidence(arrivals, standings, distribution)
        settle_versions(workspace, ledger, arrivals, standings)
        earlier = _earlier_forms(arrivals, issued, ledger)
        past = year.reported_before(issued.plan, distribution)
        attached = attached_files(arrivals, standings)
        _check(workspace, arrivals, issued, distribution, waivers, earlier, past, attached, ledger, now)
        _drop_unchanged(arrivals)
        arrivals = [each for each in arrivals if not (each.recalled and each.in_book)]
        changes = _compare(workspace.form, arrivals, ledger, standings)
        sending = Sending(workspace, OUT_RETURNED, now)
        _send_back(workspace, ledger, arrivals, issued, distribution, standings, past, sending)
        entries = [_entry(each, issued.year, workspace.inbox, now) for each in arrivals if not each.in_book]
        ledger.add_entries(entries, sending.letters, seen=len(standings))
    receipts = tuple(_receipt(each, now) for each in arrivals)
    findings = tuple(finding for each in arrivals for finding in each.findings)
    notes = [*year.exceptions.idle(), *plan_moved_on(workspace, issued)]
    in_book = frozenset(_receipt(each, now) for each in arrivals if each.in_book)
    outcome = Outcome(sending.written, findings, tuple(notes))
    letters = frozenset(each.kind for each in sending.letters)
    return Collected(receipts, outcome, in_book, tally(findings), letters, tuple(changes))


def _receipt(arrival: Arrival, now: datetime) -> Receipt:
    return Receipt(arrival.incoming.name, arrival.incoming.sha256, now, arrival.unit, arrival.verdict)


def _check(
    workspace: Workspace,
    arrivals: Sequence[Arrival],
    issued: Issue,
    distribution: Distribution,
    waivers: Sequence[Waiver],
    earlier: Mapping[str, Earlier],
    past: LastYear,
    attached: Attached,
    ledger: Ledger,
    now: datetime,
) -> None:
    """Check all returns of the run at once, beside what others sent before, and give each its verdict."""
    from reporting.language.units import find_unit, names_in_use
    from reporting.returns.check import Against
    from reporting.returns.check_across import check_year
    from reporting.returns.join import expect
    from reporting.returns.severity import read_levels

    counting = [each for each in arrivals if each.sent is not None and each.verdict not in _REPLACED]
    if not counting:
        return
    shares = {each.unit: each for each in distribution.recipients}
    expected = {}
    for arrival in counting:
        known = find_unit(arrival.unit, issued.plan.units)
        names = list(names_in_use(known, issued.year)) if known else []
        expected[arrival.unit] = expect(shares[arrival.unit].assignments, names)
    returns = [each.sent for each in counting if each.sent is not None]
    checked = check_year(
        returns,
        expected,
        _still_asked(ledger.standings(issued.year, with_answers=True), shares),
        workspace.form,
        issued.year,
        Against(
            earlier,
            now.date(),
            past,
            read_levels(workspace.settings.rules),
            workspace.settings.dates.data_as_of,
            attached,
        ),
    )
    for arrival, (sent, findings) in zip(counting, checked, strict=True):
        arrival.sent = sent
        older = earlier.get(arrival.unit)
        moved = older is not None and older.decided
        found = (*arrival.findings, *findings)
        arrival.findings, arrival.waived = settle(sent, found, issued, waivers, now.date(), moved=moved)
        wrong = any(finding.is_error for finding in arrival.findings)
        arrival.verdict = Verdict.RETURNED if wrong else Verdict.ACCEPTED


def _still_asked(standings: Sequence[Standing], shares: Mapping[str, Recipient]) -> dict[str, Answered]:
    """What units have said of the tasks that are theirs; not of those given to others since."""
    kept = {}
    for unit, standing in latest_accepted(standings).items():
        share, answered = shares.get(unit), standing.answered
        if share is not None and answered is not None:
            tasks = {each.task.number for each in share.assignments}
            targets = {each.number for each in share.targets}
            kept[unit] = Answered(
                rows=tuple(each for each in answered.rows if each.number in tasks | targets),
                targets=tuple(each for each in answered.targets if each.number in tasks | targets),
            )
    return kept


def _earlier_forms(arrivals: Iterable[Arrival], issued: Issue, ledger: Ledger) -> dict[str, Earlier]:
    """What the workbooks of earlier issues asked for, by unit: a unit may not have heard of the new one."""
    from reporting.returns.join import as_issued

    issues: dict[str, tuple[Issue, bool] | None] = {}
    found: dict[str, Earlier] = {}
    for arrival in arrivals:
        sent = arrival.sent
        if sent is None or arrival.verdict in _REPLACED or sent.signature.plan in ("", issued.plan_id):
            continue
        plan = sent.signature.plan
        if plan not in issues:
            issues[plan] = issue_of(ledger, issued.year, plan)
        known = issues[plan]
        if known is not None:
            older, is_decided = known
            shares = {each.unit: each.assignments for each in distribute(older.plan).recipients}
            day = f"{older.at.year}年{older.at.month}月{older.at.day}日"
            found[arrival.unit] = as_issued(day, shares.get(arrival.unit, ()), decided=is_decided)
    return found


def _drop_unchanged(arrivals: Iterable[Arrival]) -> None:
    """A file judged again with the same result is what it was: a file that we have."""
    for arrival in arrivals:
        before = arrival.before
        if before is None:
            continue
        if (arrival.verdict, arrival.unit) == (before.verdict, before.unit):
            arrival.verdict, arrival.sent, arrival.findings = Verdict.DUPLICATE, None, ()
        elif arrival.verdict is not Verdict.DUPLICATE:
            arrival.in_book = False


def _compare(
    form: Form, arrivals: Iterable[Arrival], ledger: Ledger, standings: Sequence[Standing]
) -> list[ReturnDiff]:
    """Lay each new version beside the last one of its unit; a file that is judged again is no new version."""
    newest = latest_by_unit(standings)
    compared = []
    for arrival in arrivals:
        before = newest.get(arrival.unit)
        if arrival.sent is None or arrival.verdict not in _COUNTING or before is None:
            continue
        if before.sha256 != arrival.incoming.sha256:
            then = ledger.answers([before.entry]).get(before.entry, Answered())
            after = arrival.incoming.name, answered_by(arrival.sent)
            compared.append(compare_returns(arrival.unit, (before.file, then), after, form))
    return compared


def _send_back(
    workspace: Workspace,
    ledger: Ledger,
    arrivals: Sequence[Arrival],
    issued: Issue,
    distribution: Distribution,
    standings: Sequence[Standing],
    past: LastYear,
    sending: Sending,
) -> None:
    """Write a correction workbook and a letter for each return that goes back, due in a few days.

    A return that is taken in with questions gets its own, for the unit to answer them.
    """
    concerned = [
        each
        for each in arrivals
        if each.sent is not None
        and (
            each.verdict is Verdict.RETURNED
            or (each.verdict is Verdict.ACCEPTED and has_questions(each.findings))
        )
    ]
    if not concerned:
        return
    shares = {each.unit: each for each in distribution.recipients}
    out = ledger.letters(issued.year)
    rounds = rounds_of(standings, ledger.findings_of(issued.year), out)
    queries = queries_of(out)
    new_due = sending.at.date() + timedelta(days=workspace.settings.resubmit_days)
    returns = []
    for arrival in concerned:
        assert arrival.sent is not None
        taken_in = arrival.verdict is Verdict.ACCEPTED
        tasks = [each.task.number for each in shares[arrival.unit].assignments]
        due = max(new_due, unit_due(issued.decisions, arrival.unit, new_due, tasks))
        arrival.due = None if taken_in else due
        before = Round(queries[arrival.unit]) if taken_in else rounds.get(arrival.unit, Round())
        returns.append(
            SentBack(
                shares[arrival.unit],
                arrival.sent,
                arrival.incoming.name,
                arrival.findings,
                due,
                before,
                read_original(workspace.archive, arrival.incoming.sha256),
                taken_in,
            )
        )
    send_back(workspace, issued, returns, past, sending)


def _entry(arrival: Arrival, year: int, inbox: Path, now: datetime) -> Entry:
    counting = arrival.sent if arrival.verdict in _COUNTING else None
    receipt = _receipt(arrival, now)
    lies_in_inbox = lies_in(inbox, receipt.file)
    return Entry(
        receipt,
        year,
        arrival.version,
        arrival.due,
        answered_by(counting) if counting is not None else None,
        arrival.findings,
        lies_in_inbox,
        arrival.incoming.source_sha256,
        arrival.waived,
        arrival.parts,
    )
