"""A task that another unit answers for from now on (改派): its workbook, and letters to both."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from reporting.documents.handover import hand_over
from reporting.model import Decision, DecisionKind, Role
from reporting.model.findings import DubanError
from reporting.office.workspace import Workspace, exclusive
from reporting.plan.share_out import Distribution
from reporting.year.decided import Decided, made_before, reason_given, responsible, task_named, unit_of_plan
from reporting.year.open import open_year


@dataclass(frozen=True, slots=True)
class Reassignment:
    """What the office wants (改派): a task from one unit to another, in which role and by when.

    Without ``role`` the receiver has the role of the giver; without ``until`` it reports by the date of the
    issue, or within the days a corrected return is given, whichever is later.
    """

    task: str
    giver: str
    receiver: str
    role: Role | None = None
    until: date | None = None


@exclusive("reassign")
def reassign(workspace: Workspace, wanted: Reassignment, reason: str, now: datetime) -> Decided:
    """Let another unit answer for a task; it gets a workbook, and whoever had the task owes it no more."""
    with open_year(workspace, now) as year:
        issued = year.issued
        latest = max(issued.due, year.today + timedelta(days=year.settings.resubmit_days))
        decision = Decision(
            at=now,
            kind=DecisionKind.REASSIGNMENT,
            task=task_named(wanted.task, issued),
            reason=reason_given(reason),
            unit=unit_of_plan(wanted.giver, issued),
            until=wanted.until or latest,
            receiver=unit_of_plan(wanted.receiver, issued),
            role=wanted.role,
        )
        known = made_before(decision, issued.decisions, any_date=wanted.until is None, any_role=wanted.role is None)
        if known is not None:
            return known
        decision = replace(decision, role=_check_move(decision, year.shares))
        if decision.until is not None and decision.until < year.today:
            raise DubanError(f"报送日期 {decision.until} 已经过去。请核对日期。")
        return hand_over(year, decision, decision)


def _check_move(decision: Decision, shares: Distribution) -> Role:
    """The role in which the receiver takes the task over; raises ``DubanError`` when it cannot."""
    roles = {each.unit: each.role for each in shares.by_task[decision.task]}
    if decision.unit not in roles:
        who = responsible(decision.task, shares)
        raise DubanError(f"任务 {decision.task} 不由{decision.unit}承担，不能从它改派。{who}")
    if decision.receiver == decision.unit:
        raise DubanError(f"改派前后是同一个单位{decision.unit}。请核对 --from 和 --to。")
    role = decision.role or roles[decision.unit]
    has = roles.get(decision.receiver)
    if has is Role.LEAD and role is Role.SUPPORT:
        raise DubanError(f"{decision.receiver}已经是任务 {decision.task} 的牵头单位，不能再改派为配合单位。")
    return role
