"""Arrivals: every file of a run on its way to a verdict, and how it is received.

An arrival is a value. Each step of ``collect`` is a function from all arrivals of the run to new ones, and
what a step found out stands in them: whose a file is, which of several counts, what is wrong with it.
Originals are kept before anything else happens to them; what is the same as before is told by its bytes.
"""

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Self, TypeVar

from reporting.files.disk import NoFile, list_entries, names_beside, shown_name
from reporting.files.file_type import FileType
from reporting.language.likeness import meant_file
from reporting.ledger import PartFile, Waived
from reporting.ledger.standing import VERSIONS, latest_by_unit
from reporting.model import Place, Return, Standing, Verdict
from reporting.model.findings import DubanError, Finding, Kind, Severity
from reporting.model.progress import Progress
from reporting.office.form import Form
from reporting.office.inbox import Incoming, is_ours, name_no_file, original_path, take_file
from reporting.office.workspace import Workspace
from reporting.returns.parts import filled_in
from reporting.returns.reading.bounds import BoundedReader, ReadFile, not_read_through, went_wrong

_Result = TypeVar("_Result")


LATER_AGAIN = Kind(
    "version_is_sent_again",
    Severity.NOTE,
    "这一份与{day}收到的第 {version} 版完全相同，那一版曾被第 {newer} 版替代；这一份是最后报来的，按它登记。",
    "请核对是否确以这一份为准；不是的，请通知报送单位重新报送。",
)
OLDER_AGAIN = Kind(
    "version_is_the_latest",
    Severity.NOTE,
    "这一份与{day}收到的第 {version} 版完全相同，那一版已被第 {newer} 版替代；文件不比第 {newer} 版新，没有另行登记，"
    "仍以第 {newer} 版为准。",
    "确实要以这一份为准的，请打开后另存一次，放进收件文件夹再运行。",
)


@dataclass(frozen=True, slots=True)
class Arrival:
    """One file on its way to a verdict (来件): that of a file nobody can read until a step knows better.

    ``before`` is what the book says of it, when it is judged again.
    """

    incoming: Incoming
    before: Standing | None = None
    unit: str = ""
    verdict: Verdict = Verdict.UNREADABLE
    sent: Return | None = None
    findings: tuple[Finding, ...] = ()
    version: int = 0
    due: date | None = None
    """By when it is to be sent again, where it goes back."""
    in_book: bool = False
    """Whether this very file has a receipt, and needs no other."""
    waived: tuple[Waived, ...] = ()
    parts: tuple[PartFile, ...] = ()
    """The other files of the unit that came into it, or were set beside it."""
    recalled: bool = False
    """Whether it comes from the archive, to be judged again, and does not lie in the inbox any more."""

    @property
    def judged(self) -> Return | None:
        """The return to be checked; None for what is none, became a part of another, or was replaced."""
        return None if self.verdict in (Verdict.MERGED, Verdict.SUPERSEDED) else self.sent

    @property
    def counting(self) -> Return | None:
        """The return that was checked: taken in, or sent back; None for everything else."""
        return self.sent if self.verdict in (Verdict.ACCEPTED, Verdict.RETURNED) else None

    def as_known(self) -> Self:
        """The same file as one that we have already."""
        return replace(self, verdict=Verdict.DUPLICATE, sent=None, findings=())


class InBook:
    """What the book says about files with the same bytes."""

    def __init__(
        self,
        standings: Sequence[Standing],
        excepted: Container[str],
        decided: Mapping[str, str],
        parts: Mapping[int, Sequence[PartFile]],
    ) -> None:
        """``parts`` are the other files that came into a return, by the number of its receipt."""
        self._decided = decided
        self._by_hash = {each.sha256: each for each in standings if each.verdict is not Verdict.DUPLICATE}
        self._booked = {(each.file, each.sha256) for each in standings}
        self._newest = latest_by_unit(standings)
        self._in_force = {each.sha256 for each in self._newest.values()}
        self._in_force |= {
            part.sha256 for each in self._newest.values() for part in parts.get(each.entry, ()) if part.merged
        }
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

    def version_over(self, incoming: Incoming) -> Standing | None:
        """The version that replaced these bytes, where they are an older one of a unit that is sent once more.

        What equals the version in force is a duplicate; so is a file that was only moved within the inbox.
        """
        before = self._by_hash.get(incoming.sha256)
        if before is None or before.verdict not in VERSIONS or before.sha256 in self._in_force or self.has(incoming):
            return None
        return self._newest.get(before.unit)

    def may_change(self, standing: Standing) -> bool:
        """Whether a verdict may turn out otherwise today: a unit now known, an exception now granted."""
        if standing.verdict is Verdict.RETURNED:
            return self._newest[standing.unit] is standing and standing.unit in self._excepted
        return standing.verdict is Verdict.UNIDENTIFIED


def set_aside(arrival: Arrival, error: Exception) -> Arrival:
    """A file over which the program failed: one that cannot be read, with what was wrong."""
    refused = not_read_through(arrival.incoming.name, went_wrong(error))
    return replace(arrival, verdict=Verdict.UNREADABLE, unit="", sent=None, findings=(refused,), version=0)


def spare_others(step: Callable[[tuple[Arrival, ...]], _Result], arrivals: tuple[Arrival, ...]) -> _Result:
    """Take a step with all files of the run; where it fails over one, that one is set aside and the others go on.

    The one is found by halving: the step is taken with ever fewer of the files, so it must leave nothing behind.
    """
    while True:
        try:
            return step(arrivals)
        except DubanError:
            raise
        except Exception as error:  # whatever is in one file, it stops none of the others
            at = _first_failing(step, arrivals)
            if arrivals[at].sent is None:  # it was set aside, or is no return: the step itself is wrong
                raise
            arrivals = (*arrivals[:at], set_aside(arrivals[at], error), *arrivals[at + 1 :])


def _first_failing(step: Callable[[tuple[Arrival, ...]], object], arrivals: tuple[Arrival, ...]) -> int:
    """The place of the first file with which a step fails, that fails with all of them."""
    goes, fails = 0, len(arrivals)
    while fails - goes > 1:
        middle = (goes + fails) // 2
        try:
            step(arrivals[:middle])
            goes = middle
        except Exception:  # noqa: BLE001  which of the files it is, is what is asked
            fails = middle
    return fails - 1


def receive(
    workspace: Workspace, paths: Sequence[Path], known: InBook, reader: BoundedReader, progress: Progress
) -> tuple[Arrival, ...]:
    """Keep every file and read those that can be returns; tell what was seen before.

    Raises ``DubanError`` for an inbox or a path that is not there, or is the folder of what goes out.
    """
    of_run: dict[str, int] = {}
    newest: dict[tuple[str, str], int] = {}
    arrivals: list[Arrival] = []
    files = _inbox_files(workspace, paths)
    for done, (name, path, what) in enumerate(files, 1):
        taken = name_no_file(name, what) if what else take_file(workspace.archive, name, path)
        for incoming, read_now in _opened(taken, known, of_run, reader):
            read = read_now
            before, over = known.find(incoming), known.version_over(incoming)
            again = before is not None and over is not None and _is_later(incoming, over)
            arrival = Arrival(incoming, None if again else before, in_book=known.has(incoming))
            repeated = incoming.sha256 in of_run and not incoming.is_leftover
            # what was never read, such as a link, is known by its name alone
            repeated = repeated or (incoming.ignored and not incoming.sha256 and arrival.in_book)
            first = of_run.get(incoming.sha256)
            if first is not None and repeated and _is_last_word(arrivals, newest, first, arrival):
                arrivals[first], repeated = arrivals[first].as_known(), False
                read = read or reader.read_file(incoming)
            if repeated or (before is not None and not again and not known.may_change(before)):
                unit = before.unit if before else ""
                told = (_told_again(OLDER_AGAIN, incoming, before, over),) if before and over and not repeated else ()
                arrivals.append(replace(arrival, before=None, unit=unit, verdict=Verdict.DUPLICATE, findings=told))
                continue
            arrival = _with_read(arrival, read)
            if again and before is not None and over is not None:
                told = (_told_again(LATER_AGAIN, incoming, before, over),)
                arrival = replace(arrival, findings=(*arrival.findings, *told))
            arrivals.append(arrival)
            _forget_older(arrivals, newest, workspace.form)
            if incoming.sha256 and (arrival.verdict is not Verdict.UNREADABLE or arrival.sent is not None):
                of_run[incoming.sha256] = len(arrivals) - 1
        progress(done, len(files))
    here = {each.incoming.sha256 for each in arrivals}
    for standing in known.to_judge_again():
        if standing.sha256 not in here and original_path(workspace.archive, standing.sha256).is_file():
            arrivals.append(_recall(standing, reader))
    return tuple(arrivals)


def _opened(
    taken: Incoming, known: InBook, of_run: Container[str], reader: BoundedReader
) -> Iterator[tuple[Incoming, ReadFile | None]]:
    """A kept file, or the files in it, with what was read of them; one that we have is not read again."""
    before, over = known.find(taken), known.version_over(taken)
    is_known = before is not None and not known.may_change(before) and not (over and _is_later(taken, over))
    if taken.refused or is_known or taken.sha256 in of_run:
        yield taken, None
    else:
        yield from reader.open_file(taken)


def _is_later(incoming: Incoming, over: Standing) -> bool:
    """Whether a file was changed after the version that counts now."""
    return incoming.modified > (over.received.timestamp() if over.modified is None else over.modified)


def _told_again(kind: Kind, incoming: Incoming, before: Standing, over: Standing) -> Finding:
    """What is said of an older version that lies in the inbox once more."""
    day = f"{before.received.month}月{before.received.day}日"
    values = {"day": day, "version": str(before.version), "newer": str(over.version)}
    return Finding(kind, Place(incoming.name), before.unit, values=values)


def _recall(standing: Standing, reader: BoundedReader) -> Arrival:
    """A file out of the archive; older than anything that lies in the inbox, in the order of the book."""
    incoming = Incoming(standing.file, standing.sha256, b"", FileType.OTHER, modified=0.0, packed=(standing.entry,))
    return _with_read(Arrival(incoming, standing, in_book=True, recalled=True), reader.read_file(incoming))


def _with_read(arrival: Arrival, read: ReadFile | None) -> Arrival:
    """What came with the return that was read, or with why it is none."""
    refused = arrival.incoming.refused
    if refused is None and read is not None and read.sent is not None:
        return replace(arrival, sent=read.sent, findings=read.findings)
    ignored = arrival.incoming.ignored if refused is not None else read is not None and read.ignored
    findings = (refused,) if refused is not None else read.findings if read is not None else ()
    return replace(arrival, verdict=Verdict.IGNORED if ignored else Verdict.UNREADABLE, findings=findings)


def _claim(sent: Return) -> tuple[str, str]:
    """Whose a return says it is: by its signature, and by its block."""
    return sent.signature.unit, sent.header["unit"].raw if "unit" in sent.header else ""


def _is_last_word(
    arrivals: Sequence[Arrival], newest: Mapping[tuple[str, str], int], first: int, arrival: Arrival
) -> bool:
    """Whether the same bytes once more come after another version of the run that replaced them."""
    sent = arrivals[first].sent
    since = newest.get(_claim(sent)) if sent is not None else None
    return since is not None and since != first and age(arrival) > age(arrivals[since])


def _forget_older(arrivals: list[Arrival], newest: dict[tuple[str, str], int], form: Form) -> None:
    """Let go of the rows of a return that a newer one of the same run replaces: only the newest is checked.

    Looks at the last arrival. Ten thousand returns must not stay in memory. What is judged again is told
    apart later; what says anything that the newer one does not may be a part of it.
    """
    at, sent = len(arrivals) - 1, arrivals[-1].sent
    if sent is None or arrivals[at].before is not None:
        return
    claim = _claim(sent)
    other = newest.get(claim)
    if not any(claim) or other is None:
        newest[claim] = at
        return
    old, newest[claim] = sorted((other, at), key=lambda each: age(arrivals[each]))
    older, newer = arrivals[old].sent, arrivals[newest[claim]].sent
    if older and newer and filled_in(older, form) <= filled_in(newer, form):
        arrivals[old] = replace(arrivals[old], sent=replace(older, rows=(), target_rows=()))


def age(arrival: Arrival) -> tuple[float, tuple[int, ...], str]:
    """What tells which of several returns of one unit was changed last."""
    return arrival.incoming.modified, arrival.incoming.packed, arrival.incoming.name


def _inbox_files(workspace: Workspace, paths: Sequence[Path]) -> list[tuple[str, Path, NoFile | None]]:
    """The files to take in with the names they go by: as in the inbox, wherever they stand in it."""
    inbox = workspace.inbox
    if not paths and not inbox.is_dir():
        raise DubanError(f"没有收件文件夹 {inbox}。请建立它，把各单位报来的文件放进去。")
    outbox = (workspace.root / workspace.settings.folders.outbox).resolve()
    ours = [str(path) for path in paths if outbox in (path.resolve(), *path.resolve().parents)]
    if ours:
        raise DubanError(f"{'、'.join(ours)} 是发件文件夹，里面是要发出的文件，不能当作来件收。请核对文件夹。")
    missing = [path for path in paths if not path.exists()]
    if missing:
        near = meant_file(missing[0].name, names_beside(missing[0])) or "请核对文件名"
        raise DubanError(f"找不到 {'、'.join(map(str, missing))}。{near}。")
    named: dict[Path, tuple[str, Path, NoFile | None]] = {}
    names: set[str] = set()
    whole_inbox = inbox.resolve()
    for given in paths or [inbox]:
        whole = given.resolve()
        for path, what in list_entries([given]):
            # a link is named as what it is, and not as what it leads to
            real = path.parent.resolve() / path.name if what else path.resolve()
            if real in named or is_ours(path.name):
                continue
            within = next((each for each in (whole_inbox, whole) if each in real.parents), real.parent)
            name = shown_name(real.relative_to(within).as_posix())
            if name in names:
                name = shown_name(path.as_posix())
            named[real] = (name, real, what)
            names.add(name)
    return list(named.values())
