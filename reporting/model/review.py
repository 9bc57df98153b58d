"""The records of inspection and acceptance (检查验收): what the group is shown, what it found, the scores.

Like the records in ``model``: frozen, slotted, and without behaviour that needs a library.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

PAPER, ON_SITE = "书面审核", "实地核查"
METHODS = (PAPER, ON_SITE, "听取汇报", "座谈了解", "电话核查")
"""How a task was looked into (核查方式)."""

COMPLETE, LACKING, HOLLOW, LACKING_AND_HOLLOW = "齐全", "缺佐证材料", "内容空洞", "缺佐证且内容空洞"
MATERIALS = (COMPLETE, LACKING, HOLLOW, LACKING_AND_HOLLOW)
"""What the group says of the material a unit handed in on a task (材料核查)."""

PASSED, TO_RECTIFY, FAILED = "通过", "限期整改", "不通过"
PENDING, EXEMPT = "待核定", "不计分"
"""What the inspection concludes about a unit (验收结论)."""


EXCELLENT, GOOD, QUALIFIED, UNQUALIFIED = "优秀", "良好", "合格", "不合格"
GRADES = (EXCELLENT, GOOD, QUALIFIED, UNQUALIFIED)
NO_GRADE = "不评等次"
"""The grade of a unit of which nothing was verified or nothing counts."""


@dataclass(frozen=True, slots=True)
class InspectedTask:
    """One task of one unit as laid before the inspection group (待核定任务). All texts are as reported."""

    number: str
    unit: str
    role: str
    content: str
    status: str
    progress: str
    figures: str
    result: str
    evidence: str
    self_score: str
    method: str


@dataclass(frozen=True, slots=True)
class InspectedTarget:
    """One figure of one unit as laid before the inspection group (待核定指标)."""

    number: str
    unit: str
    task: str
    name: str
    goal: str
    measure: str
    reported: str


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a review workbook is made of (核定表). ``share`` is the percentage drawn for a visit."""

    title: str
    issuer: str
    year: int
    plan_id: str
    share: int
    seed: int
    tasks: tuple[InspectedTask, ...]
    targets: tuple[InspectedTarget, ...]
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TaskReview:
    """The inspection group's word on one task of one unit (任务核定); blank is as reported."""

    number: str
    unit: str
    method: str = ""
    status: str = ""
    progress: float | None = None
    score: float | None = None
    reason: str = ""
    opinion: str = ""
    material: str = ""
    rectify_by: date | None = None
    """The day by which this one task must be put right; None is the day set for all."""

    @property
    def is_filled(self) -> bool:
        """Whether the group said anything beyond how it looked into the task, and by when to put it right."""
        figures = self.progress is not None or self.score is not None
        return figures or bool(self.status or self.reason or self.opinion or self.material)


@dataclass(frozen=True, slots=True)
class TargetReview:
    """The figure that the inspection group verified (指标核定)."""

    number: str
    unit: str
    value: float
    remark: str = ""


@dataclass(frozen=True, slots=True)
class UnitReview:
    """Extra marks and vetoes of one unit (加分和一票否决), each with its reason."""

    unit: str
    bonus: float = 0.0
    bonus_reason: str = ""
    veto: bool = False
    veto_reason: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """What the inspection group brought back (核定结果)."""

    share: int
    seed: int
    leader: str = ""
    members: str = ""
    began: date | None = None
    ended: date | None = None
    rectify_by: date | None = None
    recheck_on: date | None = None
    """When the group looks again at what had to be put right (复查日期)."""
    conclusion: str = ""
    """What the group says of the year as a whole (检查组总体意见)."""
    dissent: str = ""
    """What members of the group see otherwise (保留意见); dissent is recorded."""
    tasks: tuple[TaskReview, ...] = ()
    targets: tuple[TargetReview, ...] = ()
    units: tuple[UnitReview, ...] = ()

    @property
    def is_filled(self) -> bool:
        """Whether anything was verified at all."""
        return any(each.is_filled for each in self.tasks) or bool(self.targets)


AmendedField = Literal["status", "progress", "opinion", "value", "remark"]


@dataclass(frozen=True, slots=True)
class Amendment:
    """One thing the office verified otherwise in the consolidated workbook (核定改动), with where it stood.

    ``number`` is of a task, or of a target for ``value`` and ``remark``; ``raw`` is what was typed, ``text``
    or ``figure`` what is understood by it, blank for what was taken back; ``before`` is what held till then.
    """

    number: str
    unit: str
    field: AmendedField
    before: str
    raw: str
    sheet: str
    cell: str
    text: str = ""
    figure: float | None = None


@dataclass(frozen=True, slots=True)
class TaskScore:
    """The score of one task of one unit; ``points`` is None when the task does not count."""

    number: str
    unit: str
    role: str
    status: str
    """What counts: the verified status, or the reported one where nothing was verified."""
    weight: float
    points: float | None
    verified: bool
    formula: str
    must_rectify: bool = False


@dataclass(frozen=True, slots=True)
class Deduction:
    """Marks taken off a unit's total, with the reason (扣分)."""

    reason: str
    points: float


@dataclass(frozen=True, slots=True)
class UnitScore:
    """A unit's score, grade and conclusion; ``total`` is None when no task of it counts."""

    unit: str
    mean: float | None
    deductions: tuple[Deduction, ...]
    bonus: float
    total: float | None
    rank: int | None
    grade: str
    conclusion: str
    verified: int
    unverified: int
    formula: str
    note: str = ""
    lacking: tuple[str, ...] = ()
    """The tasks for which evidence is missing."""
    hollow: tuple[str, ...] = ()
    """The tasks of which the group says that nothing of substance was reported."""


@dataclass(frozen=True, slots=True)
class Scores:
    """All scores of a year, tasks and units in the order of the workbook."""

    tasks: tuple[TaskScore, ...]
    units: tuple[UnitScore, ...]


@dataclass(frozen=True, slots=True)
class Verified:
    """What the inspection group brought back, and the scores made of it (核定结果)."""

    review: Review
    scores: Scores
