"""What the book holds: what went out, what came in and became of it, and what the office decided."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from reporting.model.plans import Plan, Role
from reporting.model.returns import Answered


class Verdict(StrEnum):
    """What became of a file that was sent to us (处理结果)."""

    ACCEPTED = "accepted"
    RETURNED = "returned"
    MERGED = "merged"
    """A part of a return, put together with the others of its unit in the file that counts (合并)."""
    SUPERSEDED = "superseded"
    DUPLICATE = "duplicate"
    UNIDENTIFIED = "unidentified"
    UNREADABLE = "unreadable"
    IGNORED = "ignored"

    @property
    def for_machines(self) -> str:
        """The word in the stable form for machines, in which a part that was merged is superseded."""
        return str(Verdict.SUPERSEDED if self is Verdict.MERGED else self)


class LetterKind(StrEnum):
    """What a file that goes out is (发文种类); the word stands in its name."""

    WORKBOOK = "填报表"
    NOTICE = "通知"
    TRANSFER = "改派函"
    CORRECTION = "退回修改"
    RETURN_LETTER = "退回函"
    QUESTIONS = "核实说明"
    QUERY = "核实函"
    REMINDER = "催报函"
    AHEAD = "提醒函"
    BULLETIN = "督查通报"
    RECTIFICATION = "整改通知"


@dataclass(frozen=True, slots=True)
class Receipt:
    """The entry of one received file in the book (收文登记)."""

    file: str
    sha256: str
    received: datetime
    unit: str
    verdict: Verdict


class DecisionKind(StrEnum):
    """What was decided (决定种类)."""

    EXTENSION = "延期"
    REASSIGNMENT = "改派"
    IDENTIFICATION = "认定"
    REVOCATION = "撤销"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision of the office (延期、改派、认定、撤销) as it stands in the book.

    ``unit`` is who was given more time, or who gives a task away; ``task`` is empty for a whole return.
    ``until`` is the new date, ``receiver`` and ``role`` tell who takes the task over, ``revokes`` is the
    number of the decision that is taken back; ``file`` and ``sha256`` are of a file that was found to be the
    unit's. ``number`` is 0 before the book has given one.
    """

    at: datetime
    kind: DecisionKind
    reason: str
    unit: str = ""
    task: str = ""
    until: date | None = None
    receiver: str = ""
    role: Role | None = None
    revokes: int = 0
    number: int = 0
    file: str = ""
    sha256: str = ""

    @property
    def words(self) -> str:
        """What was decided, as one clause without the reason."""
        day = f"{self.until.year}年{self.until.month}月{self.until.day}日" if self.until else ""
        if self.kind is DecisionKind.EXTENSION:
            what = f"任务 {self.task} " if self.task else "整份填报表"
            return f"{self.unit}{what}延期至{day}报送"
        if self.kind is DecisionKind.REASSIGNMENT:
            until = f"，{day}前报送" if day else ""
            return f"任务 {self.task} 由{self.unit}改派{self.receiver}{self.role}{until}"
        if self.kind is DecisionKind.IDENTIFICATION:
            return f"文件“{self.file}”认定由{self.unit}报送"
        return f"撤销第 {self.revokes} 号决定"


@dataclass(frozen=True, slots=True)
class IssuedWorkbook:
    """One workbook that went out."""

    ordinal: int
    unit: str
    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Issue:
    """What went out in a year: the plan as it stood then, frozen, and the workbooks made from it.

    ``decisions`` are those of the office in force since; the plan has them laid over it already.
    """

    at: datetime
    year: int
    plan_id: str
    title: str
    issuer: str
    due: date
    plan: Plan
    workbooks: tuple[IssuedWorkbook, ...]
    decisions: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """One receipt as it stands in the book. ``errors`` counts its findings of that severity.

    ``from_inbox`` tells whether the file lay in the inbox when it was booked, ``entry`` is the number of the
    receipt. ``answered`` is what its unit said, where that was asked for and this is the receipt that counts.
    ``first`` is when the same bytes came for the first time: being judged again makes nothing late.
    """

    received: datetime
    file: str
    sha256: str
    unit: str
    verdict: Verdict
    version: int
    due: date | None
    errors: int
    answered: Answered | None = None
    from_inbox: bool = False
    entry: int = 0
    first: datetime | None = None
    modified: float | None = None
    """When the file was last changed, in seconds; None where it is not known."""

    @property
    def arrived(self) -> datetime:
        """When the file came in, whenever it was judged."""
        return self.first or self.received

    @property
    def is_taken_back(self) -> bool:
        """Whether it was a version of a unit until the office took its word on the file back."""
        return self.verdict is Verdict.UNIDENTIFIED and self.version > 0
