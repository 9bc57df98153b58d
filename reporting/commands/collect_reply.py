"""Sending back: a correction workbook and a letter for each return in which something must be put right.

A return that was taken in with questions gets the same, under another name: the unit answers in column 说明.
The first letter lists what is wrong. A later one refers to the one before it, and says what of it is still
open and what has come new: nobody should have to compare two lists.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from reporting.documents import return_letter
from reporting.documents.filling.make import Made, make_document
from reporting.documents.return_letter import Again, Returned
from reporting.files.sheets.comments import Notes
from reporting.ledger import BookedFinding, Letter
from reporting.ledger.letters import Sending
from reporting.model import LetterKind, Standing, Verdict
from reporting.model.findings import DubanError, Finding, Severity
from reporting.office.outbox import safe_name
from reporting.plan.share_out import Recipient
from reporting.returns.arrivals import Arrival, set_aside
from reporting.returns.rules import LastYear, header_is_filled, required_is_filled, task_is_answered
from reporting.returns.workbook.marks import Correction, own_comments
from reporting.returns.workbook.stamp import WorkbookWriter, workbook_writer
from reporting.year.decisions import unit_due
from reporting.year.open import Year


@dataclass(frozen=True, slots=True)
class Round:
    """How often a unit's returns went back before, when the last did, and what was wrong with it then."""

    times: int = 0
    last: date | None = None
    findings: tuple[BookedFinding, ...] = ()


def reply(
    year: Year, arrivals: Sequence[Arrival], past: LastYear, sending: Sending, notes_of: Callable[[str], Notes]
) -> tuple[Arrival, ...]:
    """Write a correction workbook and a letter for each return that goes back, due in a few days.

    A return that is taken in with questions gets its own, for the unit to answer them. The names count on
    from the rounds before. ``notes_of`` gives the comments in a file, by its hash.
    """
    if not any(_is_answered(each) for each in arrivals):
        return tuple(arrivals)
    rounds = rounds_of(year.standings, year.findings, year.letters)
    queries = _letters_of(year.letters, LetterKind.QUERY)
    issued = year.issued
    writer = workbook_writer(year.workspace, issued.plan, issued.title, issued.issuer, past)
    shares = {each.unit: each for each in year.shares.recipients}
    replied = []
    for arrival in arrivals:
        if not _is_answered(arrival):
            replied.append(arrival)
            continue
        unit, taken_in = arrival.unit, arrival.verdict is Verdict.ACCEPTED
        before = Round(queries[unit]) if taken_in else rounds.get(unit, Round())
        due = _due(year, shares[unit])
        commented = own_comments(notes_of(arrival.incoming.sha256))
        try:
            written = list(_written(year, arrival, _Reply(shares[unit], before, due, commented), writer))
        except DubanError:
            raise
        except Exception as error:  # noqa: BLE001  one return that cannot be marked stops none of the others
            replied.append(set_aside(arrival, error))
            continue
        for kind, suffix, made in written:
            name = f"{year.number}_{shares[unit].ordinal:02}_{safe_name(unit)}_{kind}_第{before.times + 1}次"
            sending.put(kind, unit, f"{name}.{suffix}", made.data, notes=made.notes)
        replied.append(replace(arrival, due=None if taken_in else due))
    return tuple(replied)


def _is_answered(arrival: Arrival) -> bool:
    """Whether a return goes back, or is taken in with questions to its unit."""
    found = arrival.findings
    asks = any(each.kind.severity is Severity.CONFIRM and not each.kind.asks_office for each in found)
    return arrival.counting is not None and (asks or arrival.verdict is Verdict.RETURNED)


def _due(year: Year, share: Recipient) -> date:
    new_due = year.today + timedelta(days=year.settings.resubmit_days)
    tasks = [each.task.number for each in share.assignments]
    return max(new_due, unit_due(year.issued.decisions, share.unit, new_due, tasks))


@dataclass(frozen=True, slots=True)
class _Reply:
    """What a reply is made of beside the return."""

    share: Recipient
    before: Round
    due: date
    comments: Notes


def _written(
    year: Year, arrival: Arrival, to: _Reply, writer: WorkbookWriter
) -> Iterator[tuple[LetterKind, str, Made]]:
    """The workbook and the letter that go with a return, each with its suffix."""
    assert arrival.sent is not None
    taken_in = arrival.verdict is Verdict.ACCEPTED
    found = tuple(each for each in arrival.findings if not each.kind.asks_office)
    asked = [each for each in found if each.kind.severity is not Severity.NOTE]
    correction = Correction(arrival.sent, found, to.due, to.comments)
    yield (
        LetterKind.QUESTIONS if taken_in else LetterKind.CORRECTION,
        "xlsx",
        Made(writer.correction(to.share, correction)),
    )
    again = None if taken_in else _again(to.before, asked)
    returned = Returned(arrival.unit, arrival.incoming.name, asked, to.due, again, taken_in)
    context = return_letter.build(year.settings, year.issued.issuer, returned, year.today)
    yield (
        LetterKind.QUERY if taken_in else LetterKind.RETURN_LETTER,
        "docx",
        make_document(year.workspace, return_letter.OUTPUT, context),
    )


def rounds_of(
    standings: Sequence[Standing], findings: Mapping[int, Sequence[BookedFinding]], letters: Sequence[Letter]
) -> dict[str, Round]:
    """The rounds behind every unit that was sent something back, with what its last letter listed.

    Letters are counted, since one that was written for a file of another unit has its number too; what that
    one listed is nothing to this unit.
    """
    rounds = {unit: Round(times) for unit, times in _letters_of(letters, LetterKind.RETURN_LETTER).items()}
    for each in standings:
        if each.verdict is Verdict.RETURNED:
            listed = findings.get(each.entry, ())
            asked = tuple(finding for finding in listed if finding.severity is not Severity.NOTE)
            times = rounds.get(each.unit, Round()).times
            rounds[each.unit] = Round(times, each.received.date(), asked)
    return rounds


def _letters_of(letters: Sequence[Letter], kind: LetterKind) -> Counter[str]:
    """How many letters of a kind each unit was written."""
    return Counter(each.unit for each in letters if each.kind is kind)


_UNANSWERED, _BLANK, _NO_HEADER = (
    each.RULE.kind.code for each in (task_is_answered, required_is_filled, header_is_filled)
)
"""The rules that say that something is missing."""


def _again(before: Round, findings: Sequence[Finding]) -> Again | None:
    """What of the last letter is still open; None when this is the first."""
    if before.last is None:
        return None
    listed = Counter(_what(each) for each in before.findings)
    still: set[int] = set()
    for position, finding in enumerate(findings):
        what = _what(BookedFinding.of(finding))
        # a figure that was missing still is when its row is gone as well
        blank = (each for each in listed if what[0] == _UNANSWERED and each[:2] == (_BLANK, what[1]))
        same = next((each for each in (what, *blank) if listed[each]), None)
        if same is not None:
            listed[same] -= 1
            still.add(position)
    return Again(before.times + 1, before.last, len(before.findings), frozenset(still))


def _what(finding: BookedFinding) -> tuple[str, ...]:
    """What a finding is about, wherever the row has moved: rule, task, sheet and column.

    What is missing is the same thing whether its row or block is left blank or not there at all.
    """
    if finding.code == _UNANSWERED:
        return finding.code, finding.task
    if finding.code == _NO_HEADER:
        return finding.code, finding.heading
    return finding.code, finding.task, finding.sheet, finding.cell.rstrip("0123456789")
