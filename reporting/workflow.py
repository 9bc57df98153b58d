"""One function per command: read, run the stages, write, give back what was done. Prints nothing.

Only here are the steps of a command put in order, and only here are the clock's values handed down (as
arguments, from the command line). Files are written before the book, and the book in one transaction: a
killed command leaves either the old or the new state, and running it again completes it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from reporting.consolidate import latest_by_unit
from reporting.distribution import Distribution, Recipient, distribute
from reporting.files.atomic import write_atomic
from reporting.files.intake import Incoming, keep_original, open_files
from reporting.files.workspace import (
    OUT_ISSUED,
    OUT_REMINDED,
    OUT_REPORT,
    OUT_RETURNED,
    Waiver,
    Workspace,
    create_workspace,
    explain_os_error,
    list_files,
    read_waivers,
    safe_name,
    shown_name,
    write_output,
)
from reporting.findings import DubanError, Finding, Kind, Outcome, Severity
from reporting.ledger import Entry, Ledger, Letter, plan_id, return_to_content
from reporting.model import (
    Consolidation,
    Issue,
    IssuedWorkbook,
    Place,
    Plan,
    Receipt,
    Return,
    Standing,
    UnitLine,
    UnitState,
    Verdict,
)
from reporting.plan_texts import plan_name
from reporting.reviewing import (
    ReviewCollected,
    ReviewIssued,
    collect_review,
    issue_review,
    write_acceptance,
)

Progress = Callable[[int, int], None]
"""Told how many of how many pieces are done, so that the command line can draw a bar."""


def _silent(_done: int, _total: int) -> None:
    """Nobody is watching."""


# ---- init and plan -----------------------------------------------------------------------------------


def init(root: Path, year: int) -> Outcome:
    """Make a folder a workspace; what is there already stays."""
    return Outcome(written=tuple(create_workspace(root, year)))


@dataclass(frozen=True, slots=True)
class Imported:
    """What ``plan import`` did. ``explained`` holds per task number which rule read which words."""

    plan: Plan
    outcome: Outcome
    left_out: tuple[str, ...]
    notation: str
    explained: Mapping[str, tuple[str, ...]]


def import_plan(
    document: Path, output: Path, json_file: Path | None = None, *, keep_existing: bool = False
) -> Imported:
    """Read a plan document and write plan.xlsx (and the machine-readable form) for correction.

    A plan.xlsx that somebody may have worked in is never lost: with ``keep_existing`` it is left alone,
    otherwise it is kept beside the new one under a name of its own.
    """
    from reporting.files.documents import read_document
    from reporting.files.planbook import write_planbook
    from reporting.reading.plan import plan_json, read_plan

    if output.suffix.lower() != ".xlsx":
        raise DubanError(f"任务表只能写成 .xlsx 文件，不能写成“{output.name}”。请改正 -o 后面的文件名。")
    reading = read_plan(read_document(document))
    written: list[Path] = []
    notes: list[str] = []
    if json_file is not None:
        text = json.dumps(plan_json(reading.plan), ensure_ascii=False, indent=1)
        write_atomic(json_file, text.encode())
        written.append(json_file)
    has_content = bool(reading.plan.tasks or reading.plan.unassigned)
    if has_content and output.exists() and keep_existing:
        notes.append(f"{output.name} 已经存在，没有改动；要重新生成，请加 -o {output.name}。")
    elif has_content:
        notes += _keep_previous(output)
        write_planbook(output, replace(reading.plan, title=plan_name(reading.plan.title)), reading.findings)
        written.append(output)
    outcome = Outcome(tuple(written), reading.findings, tuple(notes))
    left_out = tuple(line.text.strip() for line in reading.left_out if line.text.strip())
    return Imported(reading.plan, outcome, left_out, reading.notation, reading.explained)


def _keep_previous(output: Path) -> list[str]:
    if not output.exists():
        return []
    try:
        data = output.read_bytes()
    except OSError as error:
        raise DubanError(
            f"无法读取已有的 {output}：{explain_os_error(error)}。请关闭正在使用它的程序后再运行。"
        ) from error
    kept = output.with_name(f"{output.stem}-原有-{hashlib.sha256(data).hexdigest()[:8]}{output.suffix}")
    write_atomic(kept, data)
    return [f"原有的 {output.name} 已另存为 {kept.name}，其中的修改没有带入新表。"]


def check_plan(workspace: Workspace) -> tuple[Plan, Outcome]:
    """Read plan.xlsx as the coordinator left it and look at it as a careful colleague would."""
    from reporting.files.planbook import read_planbook
    from reporting.plan_check import check_plan as look

    plan, findings = read_planbook(workspace.plan_file)
    return plan, Outcome(findings=(*findings, *look(plan, workspace.settings.year)))


# ---- issue -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class IssuedNow:
    """What ``issue`` did: the recipients in order, and whether anything differs from the last issue."""

    recipients: tuple[Recipient, ...]
    outcome: Outcome
    changed: bool


def issue(workspace: Workspace, now: datetime, progress: Progress = _silent) -> IssuedNow:
    """Write one workbook per responsible unit and the covering notice, and freeze the plan in the book.

    With errors in plan.xlsx nothing is written. Issuing the same plan again changes nothing.
    """
    from reporting.files.word import fill_template
    from reporting.outputs import notice

    settings = workspace.settings
    plan, checked = check_plan(workspace)
    if checked.has_errors:
        return IssuedNow((), checked, changed=False)
    distribution = distribute(plan)
    if not distribution.recipients:
        raise DubanError(
            "plan.xlsx 中没有可以下发的单位：每项任务的牵头单位都是空白或泛指。请先补齐牵头单位。"
        )
    title, office = _title(workspace, plan), _office(workspace, plan)
    units = [each.unit for each in distribution.recipients]
    context = notice.build(settings, plan_title=title, issuer=office, units=units, today=now.date())
    letter = fill_template(workspace.template(notice.OUTPUT.template), context)

    writer = _writer(workspace, plan, title, office)
    written: list[Path] = []
    workbooks: list[IssuedWorkbook] = []
    for done, recipient in enumerate(distribution.recipients, 1):
        data = writer.issued(recipient)
        path = workspace.outbox(OUT_ISSUED) / workbook_name(settings.year, recipient)
        written.append(write_output(path, data))
        workbooks.append(
            IssuedWorkbook(recipient.ordinal, recipient.unit, path.name, hashlib.sha256(data).hexdigest())
        )
        progress(done, len(distribution.recipients))
    written.append(write_output(workspace.outbox(OUT_ISSUED) / notice.OUTPUT.template, letter))

    with closing(Ledger(workspace.ledger_url)) as ledger:
        previous = ledger.current_issue(settings.year)
        issued = Issue(
            now, settings.year, plan_id(plan), title, office, settings.dates.due, plan, tuple(workbooks)
        )
        same = previous is not None and replace(previous, at=now, plan=plan) == issued
        if not same:
            ledger.add_issue(issued)
    notes = _differences(previous, plan) if previous is not None else []
    notes += _leftovers(workspace, {path.name for path in written})
    outcome = Outcome(tuple(written), checked.findings, tuple(notes))
    return IssuedNow(distribution.recipients, outcome, changed=not same)


def workbook_name(year: int, recipient: Recipient) -> str:
    """The file name of a unit's workbook: year, number, unit, kind."""
    return f"{year}_{recipient.ordinal:02}_{safe_name(recipient.unit)}_任务完成情况填报表.xlsx"


def _title(workspace: Workspace, plan: Plan) -> str:
    title = workspace.settings.title or plan.title
    if not title:
        raise DubanError("没有方案名称。请在 plan.xlsx“说明”表填写“方案名称”，或在 duban.toml 填写 title。")
    return title


def _office(workspace: Workspace, plan: Plan) -> str:
    office = workspace.settings.issuer or plan.issuer or ""
    if not office:
        raise DubanError("没有发文机关。请在 plan.xlsx“说明”表填写“印发机关”，或在 duban.toml 填写 issuer。")
    return office


def _writer(workspace: Workspace, plan: Plan, title: str, office: str) -> Any:
    from reporting.files.workbooks import Issuer, WorkbookWriter

    issuer = Issuer(plan_id(plan), title, office, workspace.settings, workspace.secret())
    return WorkbookWriter(workspace.form, issuer)


def _differences(previous: Issue, plan: Plan) -> list[str]:
    """What has changed in the plan since it was issued, by task."""
    old = {task.number: replace(task, place=Place(), targets=()) for task in previous.plan.tasks}
    new = {task.number: replace(task, place=Place(), targets=()) for task in plan.tasks}
    parts = {
        "新增": [number for number in new if number not in old],
        "删去": [number for number in old if number not in new],
        "修改": [number for number in new if number in old and new[number] != old[number]],
    }
    words = [f"{name}任务 {'、'.join(numbers)}" for name, numbers in parts.items() if numbers]
    if not words and previous.plan_id != plan_id(plan):
        words = ["单位、指标或说明有改动"]
    return [f"plan.xlsx 与 {previous.at:%Y-%m-%d} 下发的方案不同：{'；'.join(words)}。"] if words else []


def _leftovers(workspace: Workspace, names: set[str]) -> list[str]:
    folder = workspace.outbox(OUT_ISSUED)
    old = sorted(path.name for path in folder.glob("*.xlsx") if path.name not in names)
    if not old:
        return []
    return [f"“{OUT_ISSUED}”文件夹里还有不属于本次下发的文件，请勿发出：{'、'.join(old)}。"]


# ---- collect -----------------------------------------------------------------------------------------


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
    rules: Mapping[str, int]

    def as_json(self) -> dict[str, Any]:
        """The stable form for machines."""
        return {
            "receipts": [
                {"file": each.file, "sha256": each.sha256, "unit": each.unit, "verdict": str(each.verdict)}
                for each in self.receipts
            ],
            "findings": [finding.as_json() for finding in self.outcome.findings],
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


def collect(
    workspace: Workspace, paths: Sequence[Path], now: datetime, progress: Progress = _silent
) -> Collected:
    """Take in everything in the inbox (or the paths): a receipt and a verdict for each file.

    Originals are kept first; letters and correction workbooks are written next; the book comes last, in one
    transaction.
    """
    with closing(Ledger(workspace.ledger_url)) as ledger:
        issued = _current_issue(workspace, ledger)
        distribution = distribute(issued.plan)
        standings = ledger.standings(issued.year)
        waivers = read_waivers(workspace)
        arrivals = _receive(workspace, paths, _Known(standings, waivers), progress)
        _identify(workspace, arrivals, issued, distribution)
        _settle_versions(arrivals, standings)
        _check(workspace, arrivals, issued, distribution, waivers, now)
        _drop_unchanged(arrivals)
        written, letters = _send_back(workspace, arrivals, issued, distribution, now)
        entries = [_entry(each, issued.year, now) for each in arrivals if not each.in_book]
        ledger.add_entries(entries, letters, seen=len(standings))
    receipts = tuple(_receipt(each, now) for each in arrivals)
    findings = tuple(finding for each in arrivals for finding in each.findings)
    notes = [*_idle_waivers(waivers, issued, distribution), *_plan_moved_on(workspace, issued)]
    in_book = frozenset(_receipt(each, now) for each in arrivals if each.in_book)
    return Collected(receipts, Outcome(tuple(written), findings, tuple(notes)), in_book, _hurting(findings))


def _receipt(arrival: _Arrival, now: datetime) -> Receipt:
    return Receipt(arrival.incoming.name, arrival.incoming.sha256, now, arrival.unit, arrival.verdict)


def _current_issue(workspace: Workspace, ledger: Ledger) -> Issue:
    issued = ledger.current_issue(workspace.settings.year)
    if issued is None:
        raise DubanError(f"{workspace.settings.year} 年度还没有下发填报表。请先运行 issue。")
    return issued


def _plan_moved_on(workspace: Workspace, issued: Issue) -> list[str]:
    """Say when plan.xlsx is no longer what was issued; returns are checked against what was issued."""
    from reporting.files.planbook import read_planbook

    if not workspace.plan_file.exists():
        return []
    try:
        plan, _ = read_planbook(workspace.plan_file)
    except DubanError as error:
        return [f"plan.xlsx 现在读不出来，收件仍按下发时的方案核对。{error}"]
    return [f"{each}收件仍按下发时的方案核对。" for each in _differences(issued, plan)]


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
    arrivals: list[_Arrival] = []
    files = _inbox_files(workspace, paths)
    for done, (name, path) in enumerate(files, 1):
        for incoming in open_files([(name, path)]):
            keep_original(workspace.archive, incoming)
            # the bytes are on disk now; ten thousand files must not stay in memory
            arrival = _Arrival(replace(incoming, data=b""), in_book=known.has(incoming))
            arrivals.append(arrival)
            before = known.find(incoming)
            if incoming.sha256 in of_run or (before is not None and not known.may_change(before)):
                arrival.verdict = Verdict.DUPLICATE
                arrival.unit = before.unit if before else ""
                continue
            arrival.before = before
            _read(workspace, arrival, incoming)
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
        arrival.findings = (error.finding,)


def _inbox_files(workspace: Workspace, paths: Sequence[Path]) -> list[tuple[str, Path]]:
    """The files to take in with the names they go by: as in the inbox, wherever they stand in it."""
    inbox = workspace.inbox
    if not paths and not inbox.is_dir():
        raise DubanError(f"没有收件文件夹 {inbox}。请建立它，把各单位报来的文件放进去。")
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
            known = find_unit(name, issued.plan.units) if name else None
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
        own.sort(key=lambda each: (each.incoming.modified, each.incoming.packed, each.incoming.name))
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
    now: datetime,
) -> None:
    """Check all returns of the run at once and give each its verdict."""
    from reporting.check import check_returns, expect
    from reporting.units import find_unit

    counting = [each for each in arrivals if each.sent is not None and each.verdict is not Verdict.SUPERSEDED]
    if not counting:
        return
    shares = {each.unit: each for each in distribution.recipients}
    expected = {}
    for arrival in counting:
        known = find_unit(arrival.unit, issued.plan.units)
        names = [alias.name for alias in known.aliases] if known else []
        expected[arrival.unit] = expect(shares[arrival.unit].assignments, names)
    returns = [each.sent for each in counting if each.sent is not None]
    checked = check_returns(returns, expected, workspace.form, issued.year)
    for arrival, (sent, findings) in zip(counting, checked, strict=True):
        arrival.sent = sent
        arrival.findings = _waive((*arrival.findings, *findings), waivers, now.date())
        wrong = any(finding.is_error for finding in arrival.findings)
        arrival.verdict = Verdict.RETURNED if wrong else Verdict.ACCEPTED


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


def _idle_waivers(waivers: Sequence[Waiver], issued: Issue, distribution: Distribution) -> list[str]:
    """Say which exceptions can never apply, since a misspelt one would otherwise be silent."""
    from reporting.rules import gather

    rules = {rule.kind.code for rule in gather()}
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
    return notes


def _waive(findings: Iterable[Finding], waivers: Sequence[Waiver], today: date) -> tuple[Finding, ...]:
    """Turn what the office waived into notes that say so."""
    return tuple(_settle(finding, waivers, today) for finding in findings)


def _settle(finding: Finding, waivers: Sequence[Waiver], today: date) -> Finding:
    found = (each for each in waivers if each.covers(finding.kind.code, finding.unit, finding.task, today))
    waiver = next(found, None)
    if waiver is None or finding.kind.severity is Severity.NOTE:
        return finding
    reason = f"（已豁免：{waiver.reason}，{waiver.approved_by}同意）".replace("{", "{{").replace("}", "}}")
    kind = replace(finding.kind, severity=Severity.NOTE, says=finding.kind.says + reason)
    return replace(finding, kind=kind)


def _send_back(
    workspace: Workspace,
    arrivals: Sequence[_Arrival],
    issued: Issue,
    distribution: Distribution,
    now: datetime,
) -> tuple[list[Path], list[Letter]]:
    """Write a correction workbook and a letter for each return that goes back."""
    from reporting.files.word import fill_template
    from reporting.files.workbooks import Correction
    from reporting.outputs import return_letter

    settings = workspace.settings
    shares = {each.unit: each for each in distribution.recipients}
    writer = _writer(workspace, issued.plan, issued.title, issued.issuer)
    new_due = now.date() + timedelta(days=settings.resubmit_days)
    written: list[Path] = []
    letters: list[Letter] = []
    for arrival in arrivals:
        if arrival.verdict is not Verdict.RETURNED or arrival.sent is None:
            continue
        recipient = shares[arrival.unit]
        arrival.due = new_due
        stem = f"{issued.year}_{recipient.ordinal:02}_{safe_name(arrival.unit)}"
        correction = Correction(arrival.sent, arrival.findings, new_due)
        context = return_letter.build(
            settings,
            issuer=issued.issuer,
            unit=arrival.unit,
            file=arrival.incoming.name,
            findings=[each for each in arrival.findings if each.kind.severity is not Severity.NOTE],
            new_due=new_due,
            today=now.date(),
        )
        outputs = {
            f"{stem}_退回修改_第{arrival.version}次.xlsx": writer.correction(recipient, correction),
            f"{stem}_退回函_第{arrival.version}次.docx": fill_template(
                workspace.template(return_letter.OUTPUT.template), context
            ),
        }
        for name, data in outputs.items():
            written.append(write_output(workspace.outbox(OUT_RETURNED) / name, data))
            letters.append(Letter(now, "退回", arrival.unit, name, hashlib.sha256(data).hexdigest()))
    return written, letters


def _entry(arrival: _Arrival, year: int, now: datetime) -> Entry:
    content = None
    if arrival.sent is not None and arrival.verdict in (Verdict.ACCEPTED, Verdict.RETURNED):
        content = return_to_content(arrival.sent)
    return Entry(_receipt(arrival, now), year, arrival.version, arrival.due, content, arrival.findings)


def _hurting(findings: Iterable[Finding]) -> dict[str, int]:
    """How often each rule sent something back, the worst first."""
    counts: dict[str, int] = {}
    for finding in findings:
        if finding.is_error:
            counts[finding.kind.code] = counts.get(finding.kind.code, 0) + 1
    return dict(sorted(counts.items(), key=lambda each: (-each[1], each[0])))


# ---- status and remind -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TaskState:
    """Which units still owe their word on a task."""

    number: str
    content: str
    missing: tuple[str, ...]

    @property
    def state(self) -> str:
        """``complete`` when everybody responsible has an accepted return, else ``missing``."""
        return "missing" if self.missing else "complete"


@dataclass(frozen=True, slots=True)
class Board:
    """The book at a glance: every unit and every task."""

    title: str
    year: int
    due: date
    today: date
    units: tuple[UnitLine, ...]
    tasks: tuple[TaskState, ...]
    unsettled: tuple[Standing, ...]
    notes: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The stable form for machines."""
        return {
            "units": [
                {
                    "unit": each.unit,
                    "state": str(each.state),
                    "received": each.received.isoformat(timespec="seconds") if each.received else None,
                    "errors": each.errors,
                    "tasks": list(each.tasks),
                }
                for each in self.units
            ],
            "tasks": [
                {"number": each.number, "state": each.state, "missing": list(each.missing)}
                for each in self.tasks
            ],
        }


def status(workspace: Workspace, today: date) -> Board:
    """Who is awaited, late, sent back, accepted; which tasks lack whose word."""
    from reporting.consolidate import unit_lines

    with closing(Ledger(workspace.ledger_url)) as ledger:
        issued = _current_issue(workspace, ledger)
        standings = ledger.standings(issued.year)
    distribution = distribute(issued.plan)
    units = unit_lines(issued.plan, distribution.recipients, standings, issued.due, today)
    settled = {each.unit for each in units if each.state is UnitState.ACCEPTED}
    tasks = tuple(
        TaskState(
            task.number,
            task.content,
            tuple(each.unit for each in distribution.by_task[task.number] if each.unit not in settled),
        )
        for task in issued.plan.tasks
    )
    unsettled = tuple(
        each for each in standings if each.verdict in (Verdict.UNIDENTIFIED, Verdict.UNREADABLE)
    )
    notes = tuple(_plan_moved_on(workspace, issued))
    return Board(issued.title, issued.year, issued.due, today, units, tasks, unsettled, notes)


def remind(workspace: Workspace, now: datetime) -> tuple[list[tuple[UnitLine, int]], Outcome]:
    """Write a letter for each unit that has not sent, or was sent back and has not sent again in time.

    Gives back each such unit with the days it is late, and what was written.
    """
    from reporting.consolidate import unit_lines
    from reporting.files.word import fill_template
    from reporting.outputs import reminder

    settings, today = workspace.settings, now.date()
    with closing(Ledger(workspace.ledger_url)) as ledger:
        issued = _current_issue(workspace, ledger)
        standings = ledger.standings(issued.year)
        latest = latest_by_unit(standings)
        distribution = distribute(issued.plan)
        late: list[tuple[UnitLine, int]] = []
        written: list[Path] = []
        letters: list[Letter] = []
        for line in unit_lines(issued.plan, distribution.recipients, standings, issued.due, today):
            newest = latest.get(line.unit)
            due = newest.due if newest and newest.due and line.state is UnitState.RETURNED else issued.due
            if line.state is UnitState.ACCEPTED or today <= due:
                continue
            days = (today - due).days
            context = reminder.build(
                settings,
                issuer=issued.issuer,
                unit=line.unit,
                due=due,
                days_late=days,
                returned=line.state is UnitState.RETURNED,
                tasks=line.tasks,
                new_due=today + timedelta(days=settings.resubmit_days),
                today=today,
            )
            data = fill_template(workspace.template(reminder.OUTPUT.template), context)
            name = f"{issued.year}_{line.ordinal:02}_{safe_name(line.unit)}_催报函_{today:%Y%m%d}.docx"
            written.append(write_output(workspace.outbox(OUT_REMINDED) / name, data))
            letters.append(Letter(now, "催报", line.unit, name, hashlib.sha256(data).hexdigest()))
            late.append((line, days))
        known = {(each.file, each.sha256) for each in ledger.letters(issued.year)}
        ledger.add_letters([each for each in letters if (each.file, each.sha256) not in known], issued.year)
    return late, Outcome(tuple(written))


# ---- review ------------------------------------------------------------------------------------------


def review_issue(workspace: Workspace, now: datetime, share: int = 100, seed: int = 1) -> ReviewIssued:
    """Write the workbook in which the inspection group verifies what was reported.

    ``share`` percent of each unit's tasks are drawn for a visit, by a draw that anybody can repeat.
    """
    with closing(Ledger(workspace.ledger_url)) as ledger:
        issued = _current_issue(workspace, ledger)
        whole = _consolidate(workspace, ledger, issued, now.date())
        return issue_review(workspace, ledger, issued, whole, share=share, seed=seed, now=now)


def review_collect(workspace: Workspace, path: Path | None, now: datetime) -> ReviewCollected:
    """Read back what the inspection group verified; with errors nothing is recorded."""
    with closing(Ledger(workspace.ledger_url)) as ledger:
        issued = _current_issue(workspace, ledger)
        whole = _consolidate(workspace, ledger, issued, now.date())
        return collect_review(workspace, ledger, whole, path, now)


def _consolidate(workspace: Workspace, ledger: Ledger, issued: Issue, today: date) -> Consolidation:
    from reporting.consolidate import consolidate

    standings = ledger.standings(issued.year, with_content=True)
    waivers = [
        f"{each.unit}任务“{each.task}”：{each.reason}（{each.approved_by}同意）"
        if each.task
        else f"{each.unit}：{each.reason}（{each.approved_by}同意）"
        for each in read_waivers(workspace)
        if each.until is None or today <= each.until
    ]
    settings, form = workspace.settings, workspace.form
    return consolidate(issued, distribute(issued.plan), standings, settings, form, today, waivers)


# ---- report ------------------------------------------------------------------------------------------


def report(workspace: Workspace, today: date) -> tuple[Consolidation, Outcome]:
    """Write the consolidated workbook and the year-end summary from all accepted returns.

    Once the inspection group verified anything, the acceptance report is written too.
    """
    from reporting.files.report_book import write_report_book
    from reporting.files.word import fill_template
    from reporting.outputs import consolidated, summary
    from reporting.scoring import idle_weights

    settings, form = workspace.settings, workspace.form
    with closing(Ledger(workspace.ledger_url)) as ledger:
        issued = _current_issue(workspace, ledger)
        whole = _consolidate(workspace, ledger, issued, today)
        document = fill_template(
            workspace.template(summary.OUTPUT.template), summary.build(whole, settings, form)
        )
        book = write_report_book(consolidated.build(whole, settings, form), form.look)
        folder = workspace.outbox(OUT_REPORT)
        written = [
            write_output(folder / f"{issued.year}年度任务完成情况汇总表.xlsx", book),
            write_output(folder / f"{issued.year}年度任务完成情况报告.docx", document),
        ]
        accepted, notes = write_acceptance(workspace, ledger, whole)
    if accepted:
        notes = [*notes, *idle_weights(issued.plan, settings.scoring)]
    notes = [*_plan_moved_on(workspace, issued), *notes]
    return whole, Outcome((*written, *accepted), notes=tuple(notes))
