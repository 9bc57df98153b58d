"""What is written into the book, and what it gives back beyond the records of ``model``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from reporting.model import Receipt
from reporting.model.findings import Finding
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
class Entry:
    """One receipt with all that belongs to it, to be written into the book.

    ``content`` is the evened-out return as data; None for what is no return. ``container`` is the hash of the
    archive the file came in; empty when it came by itself.
    """

    receipt: Receipt
    year: int
    version: int
    due: date | None
    content: Mapping[str, Any] | None
    findings: tuple[Finding, ...]
    from_inbox: bool = False
    container: str = ""
    waived: tuple[Waived, ...] = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """A file that was made to go out (发文): ``kind`` is the folder of the outbox in which it was put."""

    at: datetime
    kind: str
    unit: str
    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Version:
    """One return of a unit as the book has it (第几版).

    ``content`` is empty for one that a newer one of the same run replaced before it was judged.
    """

    received: datetime
    file: str
    sha256: str
    verdict: str
    version: int
    content: Mapping[str, Any]


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
