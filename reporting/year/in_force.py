"""The issue that counts: what went out with the decisions in force laid over it, beside today's plan.xlsx."""

from collections.abc import Sequence
from dataclasses import replace

from reporting.ledger import Ledger, plan_id
from reporting.model import Decision, Issue, Plan
from reporting.model.findings import DubanError
from reporting.office.workspace import Workspace
from reporting.plan.changes.diff import diff_plans, in_short
from reporting.plan.words import in_order
from reporting.year.decisions import not_revoked, reassigned


def plan_differences(previous: Issue, plan: Plan) -> str:
    """What has changed in the plan since it was issued, by task; empty when nothing has."""
    words = in_short(diff_plans(previous.plan, plan))
    if not words and previous.plan_id != plan_id(plan):
        words = "排列顺序或者标点、空格有改动"
    return words


def with_decisions(issued: Issue, decisions: Sequence[Decision]) -> Issue:
    """An issue with the decisions in force laid over its plan, under the digest of what comes of it."""
    counting = not_revoked(decisions)
    plan = reassigned(issued.plan, counting)
    digest = issued.plan_id if plan is issued.plan else plan_id(plan)
    return replace(issued, plan=plan, plan_id=digest, decisions=counting)


def issue_of(ledger: Ledger, year: int, plan: str) -> tuple[Issue, bool] | None:
    """The newest issue whose workbooks bear this digest, as it stood then; None when there was none.

    Its day is the first on which it was so: more time for a unit makes no workbook younger. Also whether it
    is the issue that counts, so that only decisions of the office have changed anything since.
    """
    decisions = ledger.decisions(year)
    for age, issued in enumerate(ledger.issues(year)):
        for made in range(len(decisions) + 1):
            then = with_decisions(issued, decisions[:made])
            if then.plan_id == plan:
                day = issued.at if made == 0 else max(issued.at, decisions[made - 1].at)
                return replace(then, at=day), age == 0
    return None


def plan_moved_on(workspace: Workspace, issued: Issue) -> list[str]:
    """Say when plan.xlsx is no longer what was issued; returns are checked against what was issued."""
    from reporting.plan.book.read import read_planbook

    if not workspace.plan_file.exists():
        return []
    name = workspace.plan_file.name
    try:
        plan, _ = read_planbook(workspace.plan_file)
    except DubanError as error:
        return [f"{name} 现在读不出来，收件仍按下发时的方案核对。{error}"]
    except Exception as error:  # noqa: BLE001  a plan that somebody damaged stops no return from being taken in
        return [
            f"{name} 现在读不出来（{type(error).__name__}），收件仍按下发时的方案核对。"
            "请用 Excel 或 WPS 打开它核对，打不开的，请从备份恢复。"
        ]
    words = plan_differences(issued, reassigned(in_order(plan), issued.decisions))
    if not words:
        return []
    return [f"{name} 与 {issued.at:%Y-%m-%d} 下发的方案不同：{words}。收件仍按下发时的方案核对。"]
