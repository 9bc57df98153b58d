"""How tasks, units and targets stand: the words and the counting that all documents share.

A figure that stands in two documents is counted here once, so that they cannot come to differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reporting.form import Outcome as Group
from reporting.model import UNREPORTED, Target, TargetReport, UnitState

GROUP_NAMES: dict[Group, str] = {"done": "完成", "ongoing": "推进中", "behind": "滞后", "void": "不计入"}
STATE_NAMES: dict[UnitState, str] = {
    UnitState.AWAITED: "待报送",
    UnitState.LATE: "逾期未报",
    UnitState.RETURNED: "退回修改",
    UnitState.ACCEPTED: "已报送",
}
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
