"""Taking in: every file in the inbox gets a receipt and a verdict, and what is wrong goes back.

Originals are kept first; letters and correction workbooks are written next; the book comes last, in one
transaction.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from reporting.commands.collect_check import check, give_verdicts, look_up
from reporting.commands.collect_reply import reply
from reporting.documents.intake import INTAKE_FILE, IntakeLine, intake_workbook
from reporting.files.plain import Plain, PlainError
from reporting.language.units import UnitIndex
from reporting.ledger import BookedRun, Entry, Letter, answered_by
from reporting.ledger.letters import Sending
from reporting.ledger.standing import latest_by_unit
from reporting.model import Answered, LetterKind, Place, Receipt, Verdict
from reporting.model.findings import DubanError, Finding, Kind, Outcome, Severity
from reporting.model.progress import Progress, silent
from reporting.office.inbox import lies_in
from reporting.office.looks import Looks
from reporting.office.outbox import OUT_RETURNED, write_output
from reporting.office.workspace import Workspace, exclusive
from reporting.returns.arrivals import Arrival, InBook, receive, spare_others
from reporting.returns.changes import AnswerChange, ReturnDiff, compare_returns
from reporting.returns.counts import RuleCount, tally
from reporting.returns.owner import Owners, attribute_evidence, decided_units, tell_owners
from reporting.returns.reading.bounds import BoundedReader
from reporting.returns.rules import LastYear
from reporting.returns.versions import answers_in, settle_versions
from reporting.returns.workbook.stamp import is_signed
from reporting.year.in_force import plan_moved_on
from reporting.year.open import Year, open_year


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
    lines: tuple[IntakeLine, ...] = ()
    """File by file what is told of it; not of those that the book had already."""
    at: datetime = datetime.min
    written_to: Path | None = None
    """The workbook that says the same; None where there was nothing new, or it could not be written."""

    def as_json(self) -> dict[str, Any]:
        """The stable form for machines."""
        return {
            "receipts": [
                {"file": each.file, "sha256": each.sha256, "unit": each.unit, "verdict": each.verdict.for_machines}
                for each in self.receipts
            ],
            "findings": [finding.as_json() for finding in self.outcome.findings],
            "rules": [each.as_json() for each in self.rules],
            "changes": [each.as_json() for each in self.changes],
        }


@exclusive("collect")
def collect(workspace: Workspace, paths: Sequence[Path], now: datetime, progress: Progress = silent) -> Collected:
    """Take in everything in the inbox (or the paths): a receipt and a verdict for each file.

    Each step is a function from all arrivals of the run to new ones.
    """
    with BoundedReader(workspace.archive, workspace.form) as reader, open_year(workspace, now) as year:
        sending = Sending(workspace, OUT_RETURNED, now)
        arrivals = receive(workspace, paths, _in_book(year), reader, progress)
        arrivals, changes, past = spare_others(lambda each: _judge(year, each, reader), arrivals)
        arrivals = reply(year, arrivals, past, sending, reader.notes_of)
        collected = write_intake(workspace, _collected(year, arrivals, changes, sending))
        if not collected.lines:
            collected = _with_last_intake(year, collected)
        _write_into_book(year, arrivals, sending.letters, collected)
    return collected


@exclusive("collect")
def collect_again(workspace: Workspace) -> Collected:
    """What the last run told that took in anything, and its workbook written once more.

    Raises ``DubanError`` when there was none, or another version of the program wrote it into the book.
    """
    with open_year(workspace) as year:
        run = year.ledger.last_run(year.number)
    if run is None:
        raise DubanError(f"{year.number} 年度还没有收过件，没有可以再看的结果。请先运行 collect。")
    collected = _told_in(run)
    if collected is None:
        raise DubanError("上一次收件是用另一个版本的程序做的，它的结果不能再看。各单位的情况请用 status 查看。")
    return write_intake(workspace, collected)


def _told_in(run: BookedRun) -> Collected | None:
    """What a run told; None when another version of the program wrote it into the book."""
    try:
        told = _RECORDS.unpack(run.told["run"]) if run.told["records"] == _RECORDS.digest else None
    except (PlainError, LookupError, TypeError):
        return None
    return told if isinstance(told, Collected) else None


def _with_last_intake(year: Year, collected: Collected) -> Collected:
    """Write 收件情况.xlsx of the last run where that run could not, because somebody had it open."""
    run = year.ledger.last_run(year.number)
    last = None if run is None else _told_in(run)
    if last is None or last.written_to is not None:
        return collected
    failed = (note for note in write_intake(year.workspace, last).outcome.notes if note.endswith(_LATER))
    outcome = replace(collected.outcome, notes=(*collected.outcome.notes, *failed))
    return replace(collected, outcome=outcome)


_LATER = "收件不受影响；以后用 collect --again 可以再写一次。"
"""How the note ends on a 收件情况.xlsx that could not be written."""


def write_intake(workspace: Workspace, collected: Collected) -> Collected:
    """Write 收件情况.xlsx where there is anything new; that it cannot be written stops nothing, and is told."""
    if not collected.lines:
        return collected
    path = workspace.outbox("") / INTAKE_FILE
    title = f"{workspace.settings.title} {workspace.settings.year}年度"
    made = intake_workbook(title, collected.at, collected.lines, Looks(workspace.form.look, smaller=1))
    notes = tuple(note for note in collected.outcome.notes if not note.endswith(_LATER))  # of an earlier attempt
    try:
        written = write_output(path, made)
    except DubanError as error:
        notes, written = (*notes, f"{error}{_LATER}"), None
    return replace(collected, outcome=replace(collected.outcome, notes=notes), written_to=written)


def _judge(
    year: Year, arrivals: tuple[Arrival, ...], reader: BoundedReader
) -> tuple[tuple[Arrival, ...], tuple[ReturnDiff, ...], LastYear]:
    """Whose each return is, which counts, what is wrong with it; what was changed; what was said a year ago."""
    arrivals = tell_owners(arrivals, _known(year))
    arrivals = attribute_evidence(arrivals, year.standings, year.shares.recipients, year.issued.plan.units)
    arrivals = settle_versions(arrivals, year.standings, year.form, year.ledger)
    against = look_up(year, arrivals)
    arrivals = check(year, arrivals, against)
    arrivals = give_verdicts(year, arrivals, against)
    arrivals = tuple(_without_unchanged(arrivals))
    return arrivals, tuple(_changes(year, arrivals, reader)), against.last_year


def _collected(year: Year, arrivals: Sequence[Arrival], changes: tuple[ReturnDiff, ...], sending: Sending) -> Collected:
    """What is to be told of the run, made before anything is in the book."""
    notes = (*sending.notes, *year.exceptions.idle(), *plan_moved_on(year.workspace, year.issued))
    findings = tuple(finding for each in arrivals for finding in each.findings)
    written = {(each.unit, each.kind): f"{each.folder}/{each.file}" for each in sending.letters}

    def line(arrival: Arrival) -> IntakeLine:
        unit = arrival.unit if arrival.counting is not None else ""
        workbook, letter = (
            next((written[unit, kind] for kind in kinds if (unit, kind) in written), "") for kinds in _SENT_WITH
        )
        return IntakeLine(_receipt(arrival, year.now), arrival.findings, workbook, letter)

    return Collected(
        tuple(_receipt(each, year.now) for each in arrivals),
        Outcome(sending.written, findings, notes),
        frozenset(_receipt(each, year.now) for each in arrivals if each.in_book),
        tally(findings),
        frozenset(each.kind for each in sending.letters),
        changes,
        tuple(line(each) for each in arrivals if not (each.in_book and each.verdict is Verdict.DUPLICATE)),
        year.now,
    )


_SENT_WITH = ((LetterKind.CORRECTION, LetterKind.QUESTIONS), (LetterKind.RETURN_LETTER, LetterKind.QUERY))
"""What is written for a return: the workbook, and the letter."""
_RECORDS = Plain(
    [
        *(Collected, Receipt, Verdict, Outcome, Finding, Kind, Severity, Place),
        *(RuleCount, LetterKind, ReturnDiff, AnswerChange, IntakeLine),
    ]
)
"""All that is told of a run."""


def _in_book(year: Year) -> InBook:
    """What the book says of files, and which of them may be judged otherwise by now.

    A waiver, more time for a task or a task that went to another unit may settle what was sent back.
    """
    issued = year.issued
    excepted = {each.unit for each in year.exceptions.waivers} | {each.unit for each in issued.decisions}
    return InBook(year.standings, excepted, decided_units(issued.decisions), year.ledger.parts(year.number))


def _known(year: Year) -> Owners:
    """What tells whose a return is."""
    issued, secret = year.issued, year.workspace.secret()
    units = UnitIndex(issued.plan.units, issued.year)

    def find(name: str) -> str:
        known = units.find(name)
        return known.name if known else name

    return Owners(
        {each.unit: each.assignments for each in year.shares.recipients},
        find,
        lambda sent: is_signed(sent.signature, secret),
        frozenset(each.plan_id for each in year.ledger.issues(year.number)) | {issued.plan_id},
        decided_units(issued.decisions),
    )


def _without_unchanged(arrivals: Iterable[Arrival]) -> Iterator[Arrival]:
    """A file judged again with the same result is a file that we have; one that was recalled did not come."""
    for each in arrivals:
        judged, before = each, each.before
        if before is not None and each.verdict is not Verdict.DUPLICATE:
            same = (each.verdict, each.unit) == (before.verdict, before.unit)
            judged = each.as_known() if same else replace(each, in_book=False)
        if not (judged.recalled and judged.in_book):
            yield judged


def _changes(year: Year, arrivals: Sequence[Arrival], reader: BoundedReader) -> Iterator[ReturnDiff]:
    """Lay each new version beside the last one of its unit; a file that is judged again is no new version.

    Where the book has none yet, it is the one of the same run that the new one replaced.
    """
    newest = latest_by_unit(year.standings)
    replaced = {each.unit: each for each in sorted(arrivals, key=lambda each: each.version) if _is_replaced(each)}
    for arrival in arrivals:
        sent, unit = arrival.counting, arrival.unit
        before, other = newest.get(unit), replaced.get(unit)
        if sent is None or (before is not None and before.sha256 == arrival.incoming.sha256):
            continue
        if before is not None:
            then = before.file, year.ledger.answers([before.entry]).get(before.entry, Answered())
        elif other is not None and (old := reader.read_file(other.incoming).sent) is not None:
            asked = next(each.assignments for each in year.shares.recipients if each.unit == unit)
            then = other.incoming.name, answers_in(old, asked, year.form, year.number)
        else:
            continue
        yield compare_returns(unit, then, (arrival.incoming.name, answered_by(sent)), year.form)


def _is_replaced(arrival: Arrival) -> bool:
    return arrival.verdict is Verdict.SUPERSEDED and not arrival.in_book


def _write_into_book(year: Year, arrivals: Iterable[Arrival], letters: Sequence[Letter], collected: Collected) -> None:
    """Every file with its receipt, the letters, and what is told of all, in one transaction."""
    entries = [
        Entry(
            _receipt(each, year.now),
            year.number,
            each.version,
            each.due,
            answered_by(each.counting) if each.counting is not None else None,
            each.findings,
            lies_in(year.workspace.inbox, each.incoming.name),
            each.incoming.source_sha256,
            each.waived,
            each.parts,
            each.incoming.modified or None,
        )
        for each in arrivals
        if not each.in_book
    ]
    run = BookedRun(year.now, {"records": _RECORDS.digest, "run": _RECORDS.pack(collected)})
    year.ledger.add_entries(entries, letters, len(year.standings), run)


def _receipt(arrival: Arrival, now: datetime) -> Receipt:
    return Receipt(arrival.incoming.name, arrival.incoming.sha256, now, arrival.unit, arrival.verdict)
