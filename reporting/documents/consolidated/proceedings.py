"""What the consolidated workbook tells beside the returns: what was verified, asked, waived and decided."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from reporting.model import OtherContent
from reporting.model.review import Review, Scores


@dataclass(frozen=True, slots=True)
class Question:
    """What a unit's accepted return was asked about, or what does not agree between units (矛盾和疑点)."""

    unit: str
    task: str
    where: str
    """The sheet and the cell of the return."""
    says: str
    settled: str = ""
    """How it was settled; empty while it is open."""


@dataclass(frozen=True, slots=True)
class Exemption:
    """What the office agreed to do otherwise (例外和决定): a rule waived, more time, a task reassigned."""

    kind: str
    unit: str
    task: str
    what: str
    reason: str
    by: str = ""
    day: date | None = None
    standing: str = ""


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that came beside a unit's return: a photograph, a scan, a document (佐证文件)."""

    unit: str
    file: str
    received: date


@dataclass(frozen=True, slots=True)
class SentContent:
    """What a unit put into its return beside the answers (其他内容)."""

    unit: str
    content: OtherContent


@dataclass(frozen=True, slots=True)
class Proceedings:
    """Everything of a year that is no report (办理情况)."""

    review: Review | None = None
    """What was verified by now; None before anything was."""
    scores: Scores | None = None
    reviews: int = 0
    """How many results had come back by now; a workbook brought back is compared with what those were."""
    plan_id: str = ""
    questions: tuple[Question, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    files: tuple[SentFile, ...] = ()
    others: tuple[SentContent, ...] = ()
    filled_by: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What stands in the block above the table of each unit's return: who filled it in, and when, by field key."""


NOTHING = Proceedings()
