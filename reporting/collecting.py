"""Taking in: every file in the inbox gets a receipt and a verdict, and what is wrong goes back.

Originals are kept first; letters and correction workbooks are written next; the book comes last, in one
transaction. The steps are those of ``collect``, in its order; each works on the arrivals of the whole run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from reporting.decisions import dated_tasks, unit_due
from reporting.distribution import Distribution, Recipient, distribute
from reporting.files.intake import read_original
from reporting.files.outbox import OUT_RETURNED
from reporting.files.waivers import Waiver, read_waivers
from reporting.files.workspace import Workspace, exclusive
from reporting.findings import Finding, Outcome, Severity
from reporting.form import Form
from reporting.identity import DECIDED
from reporting.issuing import Progress, current_issue, issue_of, plan_moved_on, reported_before, silent
from reporting.ledger import Entry, Ledger, Waived, return_to_content
from reporting.model import Issue, Receipt, Return, Standing, Verdict
from reporting.receiving import (
    Arrival,
    InBook,
    attached_files,
    attribute_evidence,
    decided_units,
    identify_all,
    receive,
    settle_versions,
)
from reporting.return_diff import ReturnDiff, compare_returns
from reporting.returning import Round, SentBack, has_questions, queries_of, rounds_of, send_back
from reporting.rules import Attached, Earlier, LastYear
from reporting.sending import Sending
from reporting.tally import RuleCount, tally

_OTHER_NAME, _OLDER_FORM = "unit_is_right", "form_is_current"
"""The rules that say that the block names another unit, and that the plan was changed since."""


@dataclass(frozen=True, slots=True)
class Collected:
    """What ``collect`` did, file by file. ``in_book`` are the receipts that were there before this run."""

    receipts: tuple[Receipt, ...]
    outcome: Outcome
    in_book: frozenset[Receipt]
    rules: tuple[RuleCount, ...]
    """Which rules spoke, how often and in how many units."""
    changes: tuple[ReturnDiff, ...] = ()
    """For each unit that had sent before: what its new version says otherwise."""

    def as_json(self) -> dict[str, Any]:
        """The stable form for machines."""
        return {
            "receipts": [
                {"file": each.file, "sha256": each.sha256, "unit": each.unit, "verdict": str(each.verdict)}
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
    with closing(Ledger(workspace.ledger_url)) as ledger:
        issued = current_issue(workspace, ledger)
        distribution = distribute(issued.plan)
        standings = ledger.standings(issued.year)
        waivers = read_waivers(workspace)
        decided = decided_units(issued)
        # a waiver, more time for a task or a task that went to another unit may settle what was sent back
        excepted = {each.unit for each in waivers} | {each.unit for each in issued.decisions}
        arrivals = receive(workspace, paths, InBook(standings, excepted, decided), progress)
        plans = frozenset(each.plan_id for each in ledger.issues(issued.year)) | {issued.plan_id}
        identify_all(workspace, arrivals, issued, distribution, decided, plans)
        attribute_evidence(arrivals, standings, distribution)
        settle_versions(workspace, ledger, issued.year, arrivals, standings)
        earlier = _earlier_forms(arrivals, issued, ledger)
        past = reported_before(ledger, issued.plan, distribution, issued.year)
        attached = attached_files(arrivals, standings)
        _check(workspace, arrivals, issued, distribution, waivers, earlier, past, attached, ledger, now)
        _drop_unchanged(arrivals)
        arrivals = [each for each in arrivals if not (each.recalled and each.in_book)]
        changes = _compare(workspace.form, arrivals, ledger, issued.year)
        sending = Sending(workspace, OUT_RETURNED, now)
        _send_back(workspace, ledger, arrivals, issued, distribution, standings, past, sending)
        entries = [_entry(each, issued.year, workspace.inbox, now) for each in arrivals if not each.in_book]
        ledger.add_entries(entries, sending.letters, seen=len(standings))
    receipts = tuple(_receipt(each, now) for each in arrivals)
    findings = tuple(finding for each in arrivals for finding in each.findings)
    notes = [*_idle_waivers(waivers, issued, distribution, now.date()), *plan_moved_on(workspace, issued)]
    in_book = frozenset(_receipt(each, now) for each in arrivals if each.in_book)
    outcome = Outcome(sending.written, findings, tuple(notes))
    return Collected(receipts, outcome, in_book, tally(findings), tuple(changes))


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
    from reporting.across import check_year
    from reporting.check import expect
    from reporting.levels import read_levels
    from reporting.units import find_unit, names_in_use

    counting = [each for each in arrivals if each.sent is not None and each.verdict is not Verdict.SUPERSEDED]
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
        _still_asked(ledger.accepted_contents(issued.year), shares),
        workspace.form,
        issued.year,
        earlier=earlier,
        today=now.date(),
        last_year=past,
        levels=read_levels(workspace.settings.rules),
        data_as_of=workspace.settings.dates.data_as_of,
        attached=attached,
    )
    for arrival, (sent, findings) in zip(counting, checked, strict=True):
        arrival.sent = sent
        older = earlier.get(arrival.unit)
        found = _believe((*arrival.findings, *findings), moved=older is not None and older.decided)
        postponed = _postpone(sent, found, issued, now.date())
        arrival.findings, arrival.waived = _settle(postponed, waivers, now.date())
        wrong = any(finding.is_error for finding in arrival.findings)
        arrival.verdict = Verdict.RETURNED if wrong else Verdict.ACCEPTED


def _still_asked(
    contents: Mapping[str, Mapping[str, Any]], shares: Mapping[str, Recipient]
) -> dict[str, dict[str, Any]]:
    """What units have said of the tasks that are theirs; not of those given to others since."""
    kept = {}
    for unit, content in contents.items():
        share = shares.get(unit)
        if share is not None:
            numbers = {each.task.number for each in share.assignments}
            numbers |= {each.number for each in share.targets}
            kept[unit] = {
                part: [row for row in content.get(part, ()) if row["number"] in numbers]
                for part in ("rows", "targets")
            }
    return kept


def _earlier_forms(arrivals: Iterable[Arrival], issued: Issue, ledger: Ledger) -> dict[str, Earlier]:
    """What the workbooks of earlier issues asked for, by unit: a unit may not have heard of the new one."""
    from reporting.check import as_issued

    issues: dict[str, tuple[Issue, bool] | None] = {}
    found: dict[str, Earlier] = {}
    for arrival in arrivals:
        sent = arrival.sent
        if (
            sent is None
            or arrival.verdict is Verdict.SUPERSEDED
            or sent.signature.plan in ("", issued.plan_id)
        ):
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


def _idle_waivers(
    waivers: Sequence[Waiver], issued: Issue, distribution: Distribution, today: date
) -> list[str]:
    """Say which exceptions do not apply: a misspelt or an expired one would otherwise be silent."""
    from reporting.catalogue import catalogue

    rules = {entry.kind.code for entry in catalogue()} if waivers else set()
    units = {each.unit for each in distribution.recipients}
    tasks = {task.number for task in issued.plan.tasks} | {each.number for each in issued.plan.targets}
    notes = []
    for number, each in enumerate(waivers, 1):
        wrong = [
            what
            for what, known in (
                (f"没有“{each.rule}”这条规则", each.rule in rules),
                (f"“{each.unit}”不在本次下发的单位中", each.unit in units),
                (f"没有任务“{each.task}”", each.task in ("", *tasks)),
            )
            if not known
        ]
        if wrong:
            notes.append(f"waivers.toml 第 {number} 条不起作用：{'，'.join(wrong)}。请核对写法。")
        elif each.until is not None and each.until < today:
            notes.append(
                f"waivers.toml 第 {number} 条（{each.unit}，{each.rule}）已于 {each.until} 到期，不再起作用。"
                "还需要的，请经批准后改写 until。"
            )
    return notes


def _settle(
    findings: Iterable[Finding], waivers: Sequence[Waiver], today: date
) -> tuple[tuple[Finding, ...], tuple[Waived, ...]]:
    """Turn what the office waived into notes that say so; gives the exceptions that were used as well."""
    settled: list[Finding] = []
    used: dict[Waived, None] = {}
    for finding in findings:
        rule = finding.kind.code
        covering = (each for each in waivers if each.covers(rule, finding.unit, finding.task, today))
        waiver = next(covering, None)
        if waiver is None or finding.kind.severity is Severity.NOTE:
            settled.append(finding)
            continue
        settled.append(_as_note(finding, f"（已豁免：{waiver.reason}，{waiver.approved_by}同意）"))
        used[Waived(waiver.rule, waiver.unit, waiver.task, waiver.reason, waiver.approved_by)] = None
    return tuple(settled), tuple(used)


def _believe(findings: Sequence[Finding], *, moved: bool) -> list[Finding]:
    """Nobody is held up or asked for what the office itself decided.

    Where it said whose a file is, another name in the block is settled; where it ``moved`` a task to another
    unit, an older workbook is.
    """
    settled = {_OLDER_FORM: "（因我办改派任务，这份表可以继续使用）"} if moved else {}
    if any(each.kind.code == DECIDED.code for each in findings):
        settled[_OTHER_NAME] = "（经我办核实，按认定的单位登记）"
    return [
        _as_settled(each, settled[each.kind.code]) if each.kind.code in settled else each for each in findings
    ]


def _as_settled(finding: Finding, reason: str) -> Finding:
    """The same as a note on which nobody has anything to do."""
    note = _as_note(finding, reason)
    return replace(note, kind=replace(note.kind, remedy="不需要处理。"))


def _as_note(finding: Finding, reason: str) -> Finding:
    """The same finding as a note with the reason why it holds nobody up."""
    says = finding.kind.says + reason.replace("{", "{{").replace("}", "}}")
    return replace(finding, kind=replace(finding.kind, severity=Severity.NOTE, says=says))


def _postpone(sent: Return, findings: Iterable[Finding], issued: Issue, today: date) -> list[Finding]:
    """Turn what is missing on tasks for which the unit was given more time into notes.

    So is a task that it took over since its workbook went out: it may still answer in the old one.
    """
    given = dated_tasks(issued.decisions, sent.unit)
    later = {
        number: until for number, until in given.items() if today <= until and not _is_begun(sent, number)
    }
    covered = {target.number: target.task for target in issued.plan.targets if target.task in later}
    settled = []
    for finding in findings:
        until = later.get(covered.get(finding.task, finding.task))
        is_open = until is not None and finding.kind.severity is not Severity.NOTE
        settled.append(_as_note(finding, f"（这一项可在 {until} 前补报）") if is_open else finding)
    return settled


def _is_begun(sent: Return, number: str) -> bool:
    """Whether the row of a task says what its state is; one that does is checked as any other."""
    rows = (row for row in sent.rows if row.assignment and row.assignment.task.number == number)
    return any(row.raw("status") for row in rows)


def _compare(form: Form, arrivals: Iterable[Arrival], ledger: Ledger, year: int) -> list[ReturnDiff]:
    """Lay each new version beside the last one of its unit; a file that is judged again is no new version."""
    compared = []
    for arrival in arrivals:
        if arrival.sent is None or arrival.verdict not in (Verdict.ACCEPTED, Verdict.RETURNED):
            continue
        versions = ledger.versions(year, arrival.unit)
        if versions and versions[-1].sha256 != arrival.incoming.sha256:
            before, after = versions[-1], return_to_content(arrival.sent)
            compared.append(
                compare_returns(
                    arrival.unit,
                    (before.file, before.content),
                    (arrival.incoming.name, after),
                    form,
                )
            )
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
    content = None
    if arrival.sent is not None and arrival.verdict in (Verdict.ACCEPTED, Verdict.RETURNED):
        content = return_to_content(arrival.sent)
    receipt = _receipt(arrival, now)
    lies_in_inbox = lies_in(inbox, receipt.file)
    return Entry(
        receipt,
        year,
        arrival.version,
        arrival.due,
        content,
        arrival.findings,
        lies_in_inbox,
        arrival.incoming.source_sha256,
        arrival.waived,
    )


def lies_in(inbox: Path, name: str) -> bool:
    """Whether the file of a receipt, or the archive around it, is in the inbox now."""
    return (inbox / name.split("!", 1)[0]).is_file()
