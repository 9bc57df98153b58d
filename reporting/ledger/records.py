"""What is written into the book, and what it gives back beyond the records of ``model``."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self

from reporting.model import Answered, LetterKind, Receipt
from reporting.model.findings import Finding, Severity
from reporting.model.review import Amendment, Inspection, Review


@dataclass(frozen=True, slots=True)
class Waived:
    """An exception that settled a finding of a receipt (豁免), as it stood when it did."""

    rule: str
    unit: str
    task: str
    reason: str
    approved_by: str


@dataclass(frozen=True, slots=True)
class PartFile:
    """Another file of the same unit that became a part of a return, or was set beside it and differs."""

    file: str
    sha256: str
    merged: bool


@dataclass(frozen=True, slots=True)
class BookedFinding:
    """A finding as the book has it.

    ``heading`` is the field it is about, where it names one; ``answer`` what the unit said to the question.
    """

    code: str
    severity: Severity
    sheet: str
    cell: str
    task: str
    message: str
    remedy: str
    heading: str = ""
    answer: str = ""

    @classmethod
    def of(cls, finding: Finding) -> Self:
        """A finding as the book will have it."""
        return cls(
            finding.kind.code,
            finding.kind.severity,
            finding.place.part,
            finding.place.cell,
            finding.task,
            finding.told_office,
            finding.remedy,
            finding.values.get("heading", ""),
            finding.values.get("answer", ""),
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """One receipt with all that belongs to it, to be written into the book.

    ``answered`` is the evened-out return; None for what is no return, or did not come to be judged.
    ``container`` is the hash of the archive the file came in; empty when it came by itself. ``parts`` are the
    other files of the unit that came into the return, or were set beside it.
    """

    receipt: Receipt
    year: int
    version: int
    due: date | None
    answered: Answered | None
    findings: tuple[Finding, ...]
    from_inbox: bool = False
    container: str = ""
    waived: tuple[Waived, ...] = ()
    parts: tuple[PartFile, ...] = ()
    modified: float | None = None
    """When the file was last changed, in seconds, by the clock of whoever changed it."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A file that was made to go out (发文), with the folder of the outbox in which it was put."""

    at: datetime
    folder: str
    kind: LetterKind
    unit: str
    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Original:
    """What the book says about a file in the archive: its hash, and that of the archive it came in.

    ``container`` is None where the book was written before it was recorded.
    """

    file: str
    sha256: str
    container: str | None


@dataclass(frozen=True, slots=True)
class IssuedReview:
    """A review workbook that was laid before the inspection group (核定表下发)."""

    at: datetime
    file: str
    sha256: str
    inspection: Inspection


@dataclass(frozen=True, slots=True)
class CollectedReview:
    """A review workbook that the inspection group filled in and brought back (核定表收回)."""

    at: datetime
    file: str
    sha256: str
    review: Review


@dataclass(frozen=True, slots=True)
class AmendedReview:
    """A consolidated workbook that the office brought back with words of its own (汇总表核定)."""

    at: datetime
    file: str
    sha256: str
    amendments: tuple[Amendment, ...]


@dataclass(frozen=True, slots=True)
class BookedRun:
    """What a run of ``collect`` told (收件情况), as plain data that only whoever wrote it can read."""

    at: datetime
    told: Any
