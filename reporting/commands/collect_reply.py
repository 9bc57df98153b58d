"""Sending back: a correction workbook and a letter for each return in which something must be put right.

A return that was taken in with questions gets the same, under another name: the unit answers in column 说明.
The first letter lists what is wrong. A later one refers to the one before it, and says what of it is still
open and what has come new: nobody should have to compare two lists.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from reporting.documents import return_letter
from reporting.documents.return_letter import Again
from reporting.ledger import BookedFinding, Letter
from reporting.ledger.letters import Sending
from reporting.model import Issue, LetterKind, Return, Standing, Verdict
from reporting.model.findings import Finding, Severity
from reporting.office.outbox import safe_name
from reporting.office.workspace import Workspace
from reporting.plan.share_out import Recipient
from reporting.returns.rules import LastYear
from reporting.returns.workbook.stamp import workbook_writer


@dataclass(frozen=True, slots=True)
class Round:
    """How often a unit's returns went back before, when the last did, and what was wrong with it then."""

    times: int = 0
    last: date | None = None
    findings: tuple[BookedFinding, ...] = ()


@dataclass(frozen=True, slots=True)
class SentBack:
    """One return on its way back to its unit."""

    recipient: Recipient
    sent: Return
    file: str
    findings: tuple[Finding, ...]
    due: date
    before: Round
    data: bytes = b""
    """The file itself, for the comments in it."""
    taken_in: bool = False
    """Whether nothing is wrong with it, and only questions are asked."""

    @property
    def kinds(self) -> tuple[LetterKind, LetterKind]:
        """What the workbook and the letter are."""
        if self.taken_in:
            return LetterKind.QUESTIONS, LetterKind.QUERY
        return LetterKind.CORRECTION, LetterKind.RETURN_LETTER


def send_back(
    workspace: Workspace, issued: Issue, returns: Sequence[SentBack], past: LastYear, sending: Sending
) -> None:
    """Write what goes back; the names count on from the rounds before."""
    from reporting.documents.filling.word import fill_template
    from reporting.returns.reading.comments import read_comments
    from reporting.returns.workbook.marks import Correction

    writer = workbook_writer(workspace, issued.plan, issued.title, issued.issuer, past)
    for each in returns:
        unit, time = each.recipient.unit, each.before.times + 1
        found = tuple(finding for finding in each.findings if not finding.kind.asks_office)
        asked = [finding for finding in found if finding.kind.severity is not Severity.NOTE]
        context = return_letter.build(
            workspace.settings,
            issuer=issued.issuer,
            unit=unit,
            file=each.file,
            findings=asked,
            new_due=each.due,
            today=sending.at.date(),
            again=None if each.taken_in else _again(each.before, asked),
            taken_in=each.taken_in,
        )
        workbook, letter = each.kinds
        stem = f"{issued.year}_{each.recipient.ordinal:02}_{safe_name(unit)}"
        correction = Correction(each.sent, found, each.due, read_comments(each.data))
        template = workspace.template(return_letter.OUTPUT.template)
        outputs = (
            (workbook, "xlsx", writer.correction(each.recipient, correction)),
            (letter, "docx", fill_template(template, context)),
        )
        for kind, suffix, data in outputs:
            sending.put(kind, unit, f"{stem}_{kind}_第{time}次.{suffix}", data)


def has_questions(findings: Sequence[Finding]) -> bool:
    """Whether anything is asked of the unit."""
    return any(each.kind.severity is Severity.CONFIRM and not each.kind.asks_office for each in findings)


def queries_of(letters: Sequence[Letter]) -> Counter[str]:
    """How often each unit was asked questions on a return that had been taken in."""
    return _written(letters, LetterKind.QUERY)


def rounds_of(
    standings: Sequence[Standing], findings: Mapping[int, Sequence[BookedFinding]], letters: Sequence[Letter]
) -> dict[str, Round]:
    """The rounds behind every unit that was sent something back, with what its last letter listed.

    Letters are counted, since one that was written for a file of another unit has its number too; what that
    one listed is nothing to this unit.
    """
    rounds = {unit: Round(times) for unit, times in _written(letters, LetterKind.RETURN_LETTER).items()}
    for each in standings:
        if each.verdict is Verdict.RETURNED:
            listed = findings.get(each.entry, ())
            asked = tuple(finding for finding in listed if finding.severity is not Severity.NOTE)
            times = rounds.get(each.unit, Round()).times
            rounds[each.unit] = Round(times, each.received.date(), asked)
    return rounds


def _written(letters: Sequence[Letter], kind: LetterKind) -> Counter[str]:
    """How many letters of a kind each unit was written."""
    return Counter(each.unit for each in letters if each.kind is kind)


_UNANSWERED, _BLANK, _NO_HEADER = "task_is_answered", "required_is_filled", "header_is_filled"
"""The rules that say that something is missing."""


def _again(before: Round, findings: Sequence[Finding]) -> Again | None:
    """What of the last letter is still open; None when this is the first."""
    if before.last is None:
        return None
    listed = Counter(
        _what(each.code, each.task, each.sheet, each.cell, each.heading) for each in before.findings
    )
    still: set[int] = set()
    for position, finding in enumerate(findings):
        place, heading = finding.place, finding.values.get("heading", "")
        what = _what(finding.kind.code, finding.task, place.part, place.cell, heading)
        # a figure that was missing still is when its row is gone as well
        blank = (each for each in listed if what[0] == _UNANSWERED and each[:2] == (_BLANK, what[1]))
        same = next((each for each in (what, *blank) if listed[each]), None)
        if same is not None:
            listed[same] -= 1
            still.add(position)
    return Again(before.times + 1, before.last, len(before.findings), frozenset(still))


def _what(code: str, task: str, sheet: str, cell: str, heading: str) -> tuple[str, ...]:
    """What a finding is about, wherever the row has moved: rule, task, sheet and column.

    What is missing is the same thing whether its row or block is left blank or not there at all.
    """
    if code == _UNANSWERED:
        return code, task
    if code == _NO_HEADER:
        return code, heading
    return code, task, sheet, cell.rstrip("0123456789")
