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

from reporting.consolidate import latest_by_unit
from reporting.decisions import extended_due, extended_tasks
from reporting.distribution import Distribution, Recipient, distribute
from reporting.files.intake import Incoming, keep_original, open_files
from reporting.files.workspace import (
    Waiver,
    Workspace,
    exclusive,
    list_files,
    read_waivers,
    shown_name,
)
from reporting.findings import DubanError, Finding, Kind, Outcome, Severity
from reporting.form import Form
from reporting.issuing import Progress, current_issue, issue_of, plan_moved_on, reported_before, silent
from reporting.ledger import Entry, Ledger, Letter, Waived, return_to_content
from reporting.model import Issue, Place, Receipt, Return, Standing, Verdict
from reporting.return_diff import ReturnDiff, compare_returns
from reporting.returning import Round, SentBack, rounds_of, send_back
from reporting.rules import Earlier, LastYear
from reporting.tally import RuleCount, tally

UNKNOWN_UNIT = Kind(
    "unit_is_known",
    Severity.ERROR,
    "无法确定是哪个单位报来的：{why}。",
    "请在表头“填报单位”填写方案中的单位全称后重新报送；或由我办核实后，改正表头再收。",
)
NOT_SIGNED = Kind(
    "workbook_is_ours",
    Severity.NOTE,
    "这份表没有本办下发时的签名，或签名不符，可能是复制到新文件中填写的。",
    "内容已照常核对；如有疑问，请与报送单位核实。",
)


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


@dataclass
class _Arrival:
    """One file on its way to a verdict. ``before`` is what the book says of it, when it is judged again."""

    incoming: Incoming
    before: Standing | None = None
    unit: str = ""
    verdict: Verdict = Verdict.UNREADABLE
    sent: Return | None = None
    findings: tuple[Finding, ...] = ()
    version: int = 0
    due: date | None = None
    in_book: bool = False
    waived: tuple[Waived, ...] = ()


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
        arrivals = _receive(workspace, paths, _Known(standings, waivers), progress)
        _identify(workspace, arrivals, issued, distribution)
        _settle_versions(arrivals, standings)
        earlier = _earlier_forms(arrivals, issued, ledger)
        past = reported_before(ledger, issued.plan, distribution, issued.year)
        _check(workspace, arrivals, issued, distribution, waivers, earlier, past, ledger, now)
        _drop_unchanged(arrivals)
        changes = _compare(workspace.form, arrivals, ledger, issued.year)
        written, letters = _send_back(workspace, ledger, arrivals, issued, distribution, standings, past, now)
        entries = [_entry(each, issued.year, workspace.inbox, now) for each in arrivals if not each.in_book]
        ledger.add_entries(entries, letters, seen=len(standings))
    receipts = tuple(_receipt(each, now) for each in arrivals)
    findings = tuple(finding for each in arrivals for finding in each.findings)
    notes = [*_idle_waivers(waivers, issued, distribution, now.date()), *plan_moved_on(workspace, issued)]
    in_book = frozenset(_receipt(each, now) for each in arrivals if each.in_book)
    outcome = Outcome(tuple(written), findings, tuple(notes))
    return Collected(receipts, outcome, in_book, tally(findings), tuple(changes))


def _receipt(arrival: _Arrival, now: datetime) -> Receipt:
    return Receipt(arrival.incoming.name, arrival.incoming.sha256, now, arrival.unit, arrival.verdict)


class _Known:
    """What the book says about files with the same bytes."""

    def __init__(self, standings: Sequence[Standing], waivers: Sequence[Waiver]) -> None:
        self._by_hash = {each.sha256: each for each in standings if each.verdict is not Verdict.DUPLICATE}
        self._booked = {(each.file, each.sha256) for each in standings}
        self._newest = latest_by_unit(standings)
        self._waived = {each.unit for each in waivers}

    def find(self, incoming: Incoming) -> Standing | None:
        """The last verdict on these bytes; what could not be read is no reason to pass over another file."""
        found = self._by_hash.get(incoming.sha256) if incoming.sha256 else None
        unread = found is not None and found.verdict is Verdict.UNREADABLE
        return None if unread and not self.has(incoming) else found

    def has(self, incoming: Incoming) -> bool:
        """Whether this very file has a receipt."""
        return (incoming.name, incoming.sha256) in self._booked

    def may_change(self, standing: Standing) -> bool:
        """Whether a verdict may turn out otherwise today: a unit now known, an exception now granted."""
        if standing.verdict is Verdict.RETURNED:
            return self._newest[standing.unit] is standing and standing.unit in self._waived
        return standing.verdict is Verdict.UNIDENTIFIED


def _receive(
    workspace: Workspace, paths: Sequence[Path], known: _Known, progress: Progress
) -> list[_Arrival]:
    """Keep every file and read those that can be returns; tell what was seen before."""
    of_run: set[str] = set()
    newest: dict[tuple[str, str], _Arrival] = {}
    arrivals: list[_Arrival] = []
    files = _inbox_files(workspace, paths)
    for done, (name, path) in enumerate(files, 1):
        for incoming in open_files([(name, path)]):
            keep_original(workspace.archive, incoming)
            # the bytes are on disk now; ten thousand files must not stay in memory
            arrival = _Arrival(replace(incoming, data=b""), in_book=known.has(incoming))
            arrivals.append(arrival)
            before = known.find(incoming)
            repeated = incoming.sha256 in of_run and not incoming.is_leftover
            if repeated or (before is not None and not known.may_change(before)):
                arrival.verdict = Verdict.DUPLICATE
                arrival.unit = before.unit if before else ""
                continue
            arrival.before = before
            _read(workspace, arrival, incoming)
            _forget_older(newest, arrival)
            if arrival.verdict is not Verdict.UNREADABLE or arrival.sent is not None:
                of_run.add(incoming.sha256)
        progress(done, len(files))
    return arrivals


def _read(workspace: Workspace, arrival: _Arrival, incoming: Incoming) -> None:
    """Read what came as a return, or say why it is none."""
    from reporting.files.returns import UnreadableError, read_return

    if incoming.refused is not None:
        arrival.verdict = Verdict.IGNORED if incoming.ignored else Verdict.UNREADABLE
        arrival.findings = (incoming.refused,)
        return
    try:
        arrival.sent, findings = read_return(
            incoming.name, incoming.sha256, incoming.data, incoming.kind, workspace.form
        )
        arrival.findings = tuple(findings)
    except UnreadableError as error:
        arrival.verdict = Verdict.IGNORED if error.ignored else Verdict.UNREADABLE
        arrival.findings = (error.finding,)


def _forget_older(newest: dict[tuple[str, str], _Arrival], arrival: _Arrival) -> None:
    """Let go of the rows of a return that a newer one of the same run replaces: only the newest is checked.

    Ten thousand returns must not stay in memory. What is judged again is told apart later.
    """
    sent = arrival.sent
    if sent is None or arrival.before is not None:
        return
    written = sent.header["unit"].raw if "unit" in sent.header else ""
    claim = (sent.signature.unit, written)
    other = newest.get(claim)
    if not any(claim) or other is None:
        newest[claim] = arrival
        return
    older, newest[claim] = sorted((other, arrival), key=_age)
    if older.sent is not None:
        older.sent = replace(older.sent, rows=(), target_rows=())


def _age(arrival: _Arrival) -> tuple[float, tuple[int, ...], str]:
    """What tells which of several returns of one unit was changed last."""
    return arrival.incoming.modified, arrival.incoming.packed, arrival.incoming.name


def _inbox_files(workspace: Workspace, paths: Sequence[Path]) -> list[tuple[str, Path]]:
    """The files to take in with the names they go by: as in the inbox, wherever they stand in it."""
    inbox = workspace.inbox
    if not paths and not inbox.is_dir():
        raise DubanError(f"没有收件文件夹 {inbox}。请建立它，把各单位报来的文件放进去。")
    outbox = (workspace.root / workspace.settings.folders.outbox).resolve()
    ours = [str(path) for path in paths if outbox in (path.resolve(), *path.resolve().parents)]
    if ours:
        raise DubanError(
            f"{'、'.join(ours)} 是发件文件夹，里面是要发出的文件，不能当作来件收。请核对文件夹。"
        )
    missing = [str(path) for path in paths if not path.exists()]
    if missing:
        raise DubanError(f"找不到 {'、'.join(missing)}。请核对文件名。")
    named: dict[Path, str] = {}
    names: set[str] = set()
    whole_inbox = inbox.resolve()
    for given in paths or [inbox]:
        whole = given.resolve()
        for path in list_files([given]):
            real = path.resolve()
            if real in named:
                continue
            within = next((each for each in (whole_inbox, whole) if each in real.parents), real.parent)
            name = shown_name(real.relative_to(within).as_posix())
            if name in names:
                name = shown_name(path.as_posix())
            named[real] = name
            names.add(name)
    return [(name, path) for path, name in named.items()]


def _identify(
    workspace: Workspace, arrivals: Iterable[_Arrival], issued: Issue, distribution: Distribution
) -> None:
    """Whose is it: what the workbook says about itself, then the block above the table."""
    from reporting.files.workbooks import is_signed
    from reporting.units import find_unit

    recipients = {each.unit for each in distribution.recipients}
    secret = workspace.secret()
    for arrival in arrivals:
        sent = arrival.sent
        if sent is None:
            continue
        written = sent.header["unit"].raw if "unit" in sent.header else ""
        for name in (sent.signature.unit, written):
            known = find_unit(name, issued.plan.units, issued.year) if name else None
            unit = known.name if known else name
            if unit in recipients:
                arrival.unit = unit
                break
        if not arrival.unit:
            arrival.verdict = Verdict.UNIDENTIFIED
            name = sent.signature.unit or written
            why = f"“{name}”不在本次下发的单位中" if name else "表中没有填报单位"
            place = sent.header["unit"].place if "unit" in sent.header else Place(sent.file)
            arrival.findings = (Finding(UNKNOWN_UNIT, place, values={"why": why, "found": name}),)
            arrival.sent = None
            continue
        arrival.sent = replace(sent, unit=arrival.unit)
        own = [replace(each, unit=arrival.unit) for each in arrival.findings]
        if not is_signed(sent.signature, secret):
            own.append(Finding(NOT_SIGNED, Place(sent.file), arrival.unit))
        arrival.findings = tuple(own)
    units = {each.incoming.sha256: each.unit for each in arrivals if each.unit}
    for arrival in arrivals:
        if arrival.verdict is Verdict.DUPLICATE and not arrival.unit:
            arrival.unit = units.get(arrival.incoming.sha256, "")


def _settle_versions(arrivals: Sequence[_Arrival], standings: Sequence[Standing]) -> None:
    """Number the versions of each unit; of several that came together the last changed counts."""
    versions: dict[str, int] = {}
    for each in standings:
        if each.unit:
            versions[each.unit] = max(versions.get(each.unit, 0), each.version)
    by_unit: dict[str, list[_Arrival]] = {}
    for arrival in arrivals:
        if arrival.sent is not None:
            by_unit.setdefault(arrival.unit, []).append(arrival)
    for unit, together in by_unit.items():
        own = _without_old(together)
        own.sort(key=_age)
        for version, arrival in enumerate(own, versions.get(unit, 0) + 1):
            arrival.version = version
        for arrival in own[:-1]:
            arrival.verdict = Verdict.SUPERSEDED


def _without_old(together: Sequence[_Arrival]) -> list[_Arrival]:
    """Leave aside a return that went back before when there is a new one of the same unit."""
    old = [each for each in together if each.before and each.before.verdict is Verdict.RETURNED]
    if len(old) == len(together):
        return old
    for arrival in old:
        arrival.verdict, arrival.sent, arrival.findings = Verdict.DUPLICATE, None, ()
    return [each for each in together if each.sent is not None]


def _check(
    workspace: Workspace,
    arrivals: Sequence[_Arrival],
    issued: Issue,
    distribution: Distribution,
    waivers: Sequence[Waiver],
    earlier: Mapping[str, Earlier],
    past: LastYear,
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
    )
    for arrival, (sent, findings) in zip(counting, checked, strict=True):
        arrival.sent = sent
        postponed = _postpone(sent, (*arrival.findings, *findings), issued, now.date())
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


def _earlier_forms(arrivals: Iterable[_Arrival], issued: Issue, ledger: Ledger) -> dict[str, Earlier]:
    """What the workbooks of earlier issues asked for, by unit: a unit may not have heard of the new one."""
    from reporting.check import as_issued

    issues: dict[str, Issue | None] = {}
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
        older = issues[plan]
        if older is not None:
            shares = {each.unit: each.assignments for each in distribute(older.plan).recipients}
            day = f"{older.at.year}年{older.at.month}月{older.at.day}日"
            found[arrival.unit] = as_issued(day, shares.get(arrival.unit, ()))
    return found


def _drop_unchanged(arrivals: Iterable[_Arrival]) -> None:
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


def _as_note(finding: Finding, reason: str) -> Finding:
    """The same finding as a note with the reason why it holds nobody up."""
    says = finding.kind.says + reason.replace("{", "{{").replace("}", "}}")
    return replace(finding, kind=replace(finding.kind, severity=Severity.NOTE, says=says))


def _postpone(sent: Return, findings: Iterable[Finding], issued: Issue, today: date) -> list[Finding]:
    """Turn what is missing on tasks for which the unit was given more time into notes."""
    later = {
        number: until
        for number, until in extended_tasks(issued.decisions, sent.unit).items()
        if today <= until and not _is_begun(sent, number)
    }
    covered = {target.number: target.task for target in issued.plan.targets if target.task in later}
    settled = []
    for finding in findings:
        until = later.get(covered.get(finding.task, finding.task))
        is_open = until is not None and finding.kind.severity is not Severity.NOTE
        settled.append(_as_note(finding, f"（已同意延期至 {until}）") if is_open else finding)
    return settled


def _is_begun(sent: Return, number: str) -> bool:
    """Whether the row of a task says what its state is; one that does is checked as any other."""
    rows = (row for row in sent.rows if row.assignment and row.assignment.task.number == number)
    return any(row.raw("status") for row in rows)


def _compare(form: Form, arrivals: Iterable[_Arrival], ledger: Ledger, year: int) -> list[ReturnDiff]:
    """Lay each new version beside the last one of its unit."""
    compared = []
    for arrival in arrivals:
        if arrival.sent is None or arrival.verdict not in (Verdict.ACCEPTED, Verdict.RETURNED):
            continue
        versions = ledger.versions(year, arrival.unit)
        if versions:
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
    arrivals: Sequence[_Arrival],
    issued: Issue,
    distribution: Distribution,
    standings: Sequence[Standing],
    past: LastYear,
    now: datetime,
) -> tuple[list[Path], list[Letter]]:
    """Write a correction workbook and a letter for each return that goes back, due in a few days."""
    wrong = [each for each in arrivals if each.verdict is Verdict.RETURNED and each.sent is not None]
    if not wrong:
        return [], []
    shares = {each.unit: each for each in distribution.recipients}
    rounds = rounds_of(standings, ledger.findings_of(issued.year))
    new_due = now.date() + timedelta(days=workspace.settings.resubmit_days)
    returns = []
    for arrival in wrong:
        assert arrival.sent is not None
        arrival.due = max(new_due, extended_due(issued.decisions, arrival.unit, new_due))
        before = rounds.get(arrival.unit, Round())
        returns.append(
            SentBack(
                shares[arrival.unit],
                arrival.sent,
                arrival.incoming.name,
                arrival.findings,
                arrival.due,
                before,
                arrival.incoming.data,
            )
        )
    return send_back(workspace, issued, returns, past, now)


def _entry(arrival: _Arrival, year: int, inbox: Path, now: datetime) -> Entry:
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
