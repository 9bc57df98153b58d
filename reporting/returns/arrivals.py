"""Receiving: the files of a run read, told whose they are, and put in order of versions.

The first half of ``collect``: originals are kept before anything else happens to them; what is the same as
before is told by its bytes; whose a file is, and which of several of one unit counts, is settled before
anything is checked.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from reporting.files.disk import list_files, names_beside, shown_name
from reporting.files.sniffing import sniff
from reporting.language.likeness import meant
from reporting.ledger import Ledger, PartFile, Waived, as_return
from reporting.ledger.standing import latest_by_unit
from reporting.model import DecisionKind, Issue, Return, Standing, Verdict
from reporting.model.findings import DubanError, Finding
from reporting.model.progress import Progress
from reporting.office.form import Form
from reporting.office.inbox import Incoming, keep_original, open_files, read_original
from reporting.office.workspace import Workspace
from reporting.plan.share_out import Distribution
from reporting.returns.owner import Known, find_owner, identify_return
from reporting.returns.parts import filled_in, put_together
from reporting.returns.rules import Attached


@dataclass
class Arrival:
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
    parts: tuple[PartFile, ...] = ()
    recalled: bool = False
    """Whether it comes from the archive, to be judged again, and does not lie in the inbox any more."""


class InBook:
    """What the book says about files with the same bytes."""

    def __init__(
        self, standings: Sequence[Standing], excepted: Container[str], decided: Mapping[str, str]
    ) -> None:
        self._decided = decided
        self._by_hash = {each.sha256: each for each in standings if each.verdict is not Verdict.DUPLICATE}
        self._booked = {(each.file, each.sha256) for each in standings}
        self._newest = latest_by_unit(standings)
        self._excepted = excepted
        self._taken_back = {each.sha256 for each in standings if each.is_taken_back}

    def to_judge_again(self) -> Iterator[Standing]:
        """What may be judged otherwise though nobody sends it again: its bytes are in the archive."""
        for sha256, standing in self._by_hash.items():
            known = sha256 in self._decided or sha256 in self._taken_back
            if self.may_change(standing) and (standing.verdict is Verdict.RETURNED or known):
                yield standing

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
            return self._newest[standing.unit] is standing and standing.unit in self._excepted
        return standing.verdict is Verdict.UNIDENTIFIED


def receive(workspace: Workspace, paths: Sequence[Path], known: InBook, progress: Progress) -> list[Arrival]:
    """Keep every file and read those that can be returns; tell what was seen before.

    Raises ``DubanError`` for an inbox or a path that is not there, or is the folder of what goes out.
    """
    of_run: set[str] = set()
    newest: dict[tuple[str, str], Arrival] = {}
    arrivals: list[Arrival] = []
    files = _inbox_files(workspace, paths)
    for done, (name, path) in enumerate(files, 1):
        for incoming in open_files([(name, path)]):
            keep_original(workspace.archive, incoming)
            # the bytes are on disk now; ten thousand files must not stay in memory
            arrival = Arrival(replace(incoming, data=b""), in_book=known.has(incoming))
            arrivals.append(arrival)
            before = known.find(incoming)
            repeated = incoming.sha256 in of_run and not incoming.is_leftover
            if repeated or (before is not None and not known.may_change(before)):
                arrival.verdict = Verdict.DUPLICATE
                arrival.unit = before.unit if before else ""
                continue
            arrival.before = before
            _read(workspace, arrival, incoming)
            _forget_older(newest, arrival, workspace.form)
            if arrival.verdict is not Verdict.UNREADABLE or arrival.sent is not None:
                of_run.add(incoming.sha256)
        progress(done, len(files))
    here = {each.incoming.sha256 for each in arrivals}
    for standing in known.to_judge_again():
        data = b"" if standing.sha256 in here else read_original(workspace.archive, standing.sha256)
        if data:
            arrivals.append(_recall(workspace, standing, data))
    return arrivals


def _recall(workspace: Workspace, standing: Standing, data: bytes) -> Arrival:
    """A file out of the archive; older than anything that lies in the inbox, in the order of the book."""
    incoming = Incoming(
        standing.file, standing.sha256, data, sniff(data), modified=0.0, packed=(standing.entry,)
    )
    arrival = Arrival(replace(incoming, data=b""), standing, in_book=True, recalled=True)
    _read(workspace, arrival, incoming)
    return arrival


def _read(workspace: Workspace, arrival: Arrival, incoming: Incoming) -> None:
    """Read what came as a return, or say why it is none."""
    from reporting.returns.reading.read import UnreadableError, read_return

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


def _forget_older(newest: dict[tuple[str, str], Arrival], arrival: Arrival, form: Form) -> None:
    """Let go of the rows of a return that a newer one of the same run replaces: only the newest is checked.

    Ten thousand returns must not stay in memory. What is judged again is told apart later; what says anything
    that the newer one does not may be a part of it.
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
    older, newer = sorted((other, arrival), key=_age)
    newest[claim] = newer
    if older.sent and newer.sent and filled_in(older.sent, form) <= filled_in(newer.sent, form):
        older.sent = replace(older.sent, rows=(), target_rows=())


def _age(arrival: Arrival) -> tuple[float, tuple[int, ...], str]:
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
    missing = [path for path in paths if not path.exists()]
    if missing:
        near = meant(missing[0].name, names_beside(missing[0])) or "请核对文件名"
        raise DubanError(f"找不到 {'、'.join(map(str, missing))}。{near}。")
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


def identify_all(
    workspace: Workspace,
    arrivals: Iterable[Arrival],
    issued: Issue,
    distribution: Distribution,
    decided: Mapping[str, str],
    plans: frozenset[str],
) -> None:
    """Tell whose each return is: ``decided`` are the office's words by hash, ``plans`` all issues by id."""
    from reporting.language.units import find_unit
    from reporting.returns.workbook.stamp import is_signed

    secret = workspace.secret()

    def find(name: str) -> str:
        known = find_unit(name, issued.plan.units, issued.year)
        return known.name if known else name

    known = Known(
        {each.unit: each.assignments for each in distribution.recipients},
        find,
        lambda sent: is_signed(sent.signature, secret),
        plans,
    )
    units: dict[str, str] = {}
    for arrival in arrivals:
        sent = arrival.sent
        if sent is not None:
            found = identify_return(sent, known, decided.get(arrival.incoming.sha256, ""))
            arrival.unit = found.unit
            if found.unit:
                arrival.sent = replace(sent, unit=found.unit)
                own = (replace(each, unit=found.unit) for each in arrival.findings)
                arrival.findings = (*own, *found.findings)
            else:
                arrival.verdict, arrival.sent, arrival.findings = Verdict.UNIDENTIFIED, None, found.findings
        elif arrival.verdict is Verdict.DUPLICATE and not arrival.unit:
            arrival.unit = units.get(arrival.incoming.sha256, "")
        units.setdefault(arrival.incoming.sha256, arrival.unit)


def attribute_evidence(
    arrivals: Iterable[Arrival], standings: Iterable[Standing], distribution: Distribution
) -> None:
    """Whose proof is what came beside the returns, now or before."""
    units = [each.unit for each in distribution.recipients]
    returned = [(each.file, each.unit) for each in standings if each.version and each.unit]
    returned += [(each.incoming.name, each.unit) for each in arrivals if each.sent is not None]
    for arrival in arrivals:
        if arrival.verdict is Verdict.IGNORED and not arrival.incoming.is_leftover:
            arrival.unit = find_owner(arrival.incoming.name, returned, units)
            arrival.findings = tuple(replace(each, unit=arrival.unit) for each in arrival.findings)


def attached_files(arrivals: Iterable[Arrival], standings: Iterable[Standing]) -> Attached:
    """The files that came beside returns, now or before, under the units they are kept for."""
    came = [(each.unit, each.file) for each in standings if each.verdict is Verdict.IGNORED and each.unit]
    came += [
        (each.unit, each.incoming.name)
        for each in arrivals
        if each.verdict is Verdict.IGNORED and not each.incoming.is_leftover
    ]
    by_unit: dict[str, list[str]] = {}
    for unit, name in came:
        by_unit.setdefault(unit, []).append(name)
    return by_unit


def decided_units(issued: Issue) -> dict[str, str]:
    """The unit the office named for single files, by hash."""
    return {each.sha256: each.unit for each in issued.decisions if each.kind is DecisionKind.IDENTIFICATION}


def settle_versions(
    workspace: Workspace,
    ledger: Ledger,
    arrivals: Sequence[Arrival],
    standings: Sequence[Standing],
) -> None:
    """Number the versions of each unit, and make one return of what came together.

    Of several the last changed counts, unless they are parts of one; a part is also put to what the unit sent
    before, if that went back.
    """
    versions: dict[str, int] = {}
    for each in standings:
        if each.unit:
            versions[each.unit] = max(versions.get(each.unit, 0), each.version)
    newest = latest_by_unit(standings)
    by_unit: dict[str, list[Arrival]] = {}
    for arrival in arrivals:
        if arrival.sent is not None:
            by_unit.setdefault(arrival.unit, []).append(arrival)
    for unit, together in by_unit.items():
        own = _without_old(together)
        own.sort(key=_age)
        last = newest.get(unit)
        again = any(each.before is last for each in own)
        before = None if again or last is None or last.verdict is not Verdict.RETURNED else last
        counting = _make_one(workspace, own, _return_of(ledger, before))
        merged = {each.sha256 for each in counting.parts if each.merged}
        own.sort(key=lambda each: each is counting)
        for version, arrival in enumerate(own, versions.get(unit, 0) + 1):
            arrival.version = version
            if arrival is not counting:
                is_part = arrival.incoming.sha256 in merged
                arrival.verdict = Verdict.MERGED if is_part else Verdict.SUPERSEDED


def _make_one(workspace: Workspace, own: Sequence[Arrival], before: Return | None) -> Arrival:
    """Give the return that counts what the others have to add, and tell which it is."""
    returns = [each.sent for each in own if each.sent is not None]
    together = put_together(returns, workspace.form, before)
    counting = next(
        each for each in own if each.sent is not None and each.sent.sha256 == together.sent.sha256
    )
    counting.sent, counting.parts = together.sent, together.parts
    if together.merged:
        # what reading found in the other parts is wrong with the return that they make
        others = (finding for each in own if each is not counting for finding in each.findings)
        counting.findings = (*counting.findings, *others)
    counting.findings = (*counting.findings, *together.findings)
    return counting


def _return_of(ledger: Ledger, standing: Standing | None) -> Return | None:
    """What a unit sent before as a return again; nothing where there is none to add to."""
    answered = ledger.answers([standing.entry]).get(standing.entry) if standing is not None else None
    return as_return(standing, answered) if standing is not None and answered is not None else None


def _without_old(together: Sequence[Arrival]) -> list[Arrival]:
    """Leave aside a return that went back before when there is a new one of the same unit."""
    old = [each for each in together if each.before and each.before.verdict is Verdict.RETURNED]
    if len(old) == len(together):
        return old
    for arrival in old:
        arrival.verdict, arrival.sent, arrival.findings = Verdict.DUPLICATE, None, ()
    return [each for each in together if each.sent is not None]
