"""How tasks, units and targets stand: the words and the counting that all documents share.

A figure that stands in two documents is counted here once, so that they cannot come to differ.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reporting.language.values import format_number
from reporting.model import UNREPORTED, Target, TargetReport, TaskLine, UnitLine, UnitState
from reporting.office.form import Form
from reporting.office.form import Outcome as Group

GROUP_NAMES: dict[Group, str] = {"done": "完成", "ongoing": "推进中", "behind": "滞后", "void": "不计入"}
STATE_NAMES: dict[UnitState, str] = {
    UnitState.AWAITED: "待报送",
    UnitState.LATE: "逾期未报",
    UnitState.RETURNED: "退回修改",
    UnitState.ACCEPTED: "已报送",
}
UNVERIFIED = "未核定"
REACHED, MISSED, UNCLEAR = "达到目标值", "未达到目标值", "暂不能判断"
TARGET_STATES = (REACHED, MISSED, UNCLEAR, UNREPORTED)
"""How a target may stand, in the order in which documents list it."""


@dataclass(frozen=True, slots=True)
class JudgedTarget:
    """A target with the figures of all units that owe one, and how it stands."""

    reports: tuple[TargetReport, ...]
    state: str

    @property
    def target(self) -> Target:
        """The target itself."""
        return self.reports[0].target


def judge_targets(reports: Sequence[TargetReport]) -> list[JudgedTarget]:
    """Put the figures for one target together, so that a target counts once however many units report it."""
    by_target: dict[tuple[str, str], list[TargetReport]] = {}
    for report in reports:
        by_target.setdefault((report.target.task, report.target.number), []).append(report)
    return [JudgedTarget(tuple(members), target_state(members)) for members in by_target.values()]


def target_state(reports: Sequence[TargetReport]) -> str:
    """One miss is a miss; without any figure it is unreported."""
    told = [report.reached for report in reports if report.reported]
    if not told:
        return UNREPORTED
    if False in told:
        return MISSED
    return UNCLEAR if None in told else REACHED


def figure_words(report: TargetReport) -> str:
    """The figure in the unit of the plan, or what was typed where it is no figure."""
    if not report.reported:
        return UNREPORTED
    if report.value is None:
        return report.raw or "—"
    return f"{format_number(report.value)}{report.target.unit}"


# ---- statuses ---------------------------------------------------------------------------------------

_RANKS: dict[Group, int] = {"behind": 3, "ongoing": 2, "done": 1, "void": 0}


def backwardness(status: str, progress: float | None, form: Form) -> tuple[int, float, int]:
    """How far behind a status is: of several that stand for one task the greatest decides."""
    known = form.statuses.get(status)
    rank = _RANKS[known.outcome] if known else 0
    return rank, -(progress or 0.0), list(form.statuses).index(status) if known else 0


# ---- units ------------------------------------------------------------------------------------------

UNKNOWN = "其他"
"""The group of a status that the form does not have."""


def unit_standings(lines: Iterable[TaskLine], form: Form) -> dict[str, Counter[str]]:
    """Each unit's own reports by group, and what it has not reported."""
    standings: dict[str, Counter[str]] = {}
    for line in lines:
        for report in line.reports:
            standings.setdefault(report.unit, Counter())[group_name(report.status, form)] += 1
        for assignment in line.silent:
            standings.setdefault(assignment.unit, Counter())[UNREPORTED] += 1
    return standings


def group_name(status: str, form: Form) -> str:
    """The group of a status in words; 未报送 is a group of its own."""
    group = form.outcome(status)
    if group is None:
        return UNREPORTED if status == UNREPORTED else UNKNOWN
    return GROUP_NAMES[group]


def group_note(form: Form) -> str:
    """Which statuses belong to the groups whose name is none of them."""
    groups: tuple[Group, ...] = ("ongoing", "behind", "void")
    ongoing, behind, void = ("、".join(form.statuses_of(group)) for group in groups)
    return f"“推进中”包括{ongoing}，“滞后”包括{behind}，“不计入”包括{void}。"


ON_TIME, OVERDUE = "按时报送", "逾期报送"
RETURN_PARTS = (ON_TIME, OVERDUE, STATE_NAMES[UnitState.RETURNED], UNREPORTED)


def return_part(line: UnitLine) -> str:
    """Which part of all units that owe a return a unit belongs to."""
    if line.state is UnitState.ACCEPTED:
        return ON_TIME if line.on_time else OVERDUE
    return STATE_NAMES[line.state] if line.state is UnitState.RETURNED else UNREPORTED
