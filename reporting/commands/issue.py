"""Sending out: plan.xlsx checked, shared out, one workbook per unit, the notice, and the plan frozen.

Files are written before the book, and the book in one transaction: a killed command leaves either the old or
the new state, and running it again completes it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from reporting.commands.plan_import import check_plan
from reporting.ledger import Ledger, plan_id
from reporting.ledger.letters import Sending
from reporting.model import Decision, Issue, IssuedWorkbook, Plan
from reporting.model.findings import DubanError, Outcome
from reporting.office.outbox import OUT_ISSUED, OUT_RETIRED, retire_files, safe_name
from reporting.office.workspace import Workspace, exclusive
from reporting.plan.changes.diff import diff_plans, in_short
from reporting.plan.share_out import Distribution, Recipient, distribute
from reporting.plan.words import in_order, target_texts, task_texts
from reporting.returns.rules import LastYear
from reporting.year.consolidate import latest_accepted
from reporting.year.decisions import in_force, reassigned
from reporting.year.last_year import recall

Progress = Callable[[int, int], None]
"""Told how many of how many pieces are done, so that the command line can draw a bar."""


def silent(_done: int, _total: int) -> None:
    """Nobody is watching."""


@dataclass(frozen=True, slots=True)
class IssuedNow:
    """What ``issue`` did: the recipients in order, and whether anything differs from the last issue."""

    recipients: tuple[Recipient, ...]
    outcome: Outcome
    changed: bool


@exclusive("issue")
def issue(workspace: Workspace, now: datetime, progress: Progress = silent) -> IssuedNow:
    """Write one workbook per responsible unit and the covering notice, and freeze the plan in the book.

    With errors in plan.xlsx nothing is written. Issuing the same plan again changes nothing.
    """
    from reporting.documents import notice
    from reporting.documents.filling.word import fill_template, left_out

    settings = workspace.settings
    plan, checked = check_plan(workspace)
    if checked.has_errors:
        return IssuedNow((), checked, changed=False)
    with closing(Ledger(workspace.ledger_url)) as ledger:
        previous = ledger.current_issue(settings.year)
        decided = in_force(ledger.decisions(settings.year))
        counting = reassigned(plan, decided)
        distribution = distribute(counting)
        past = reported_before(ledger, counting, distribution, settings.year)
    if not distribution.recipients:
        raise DubanError(
            "plan.xlsx 中没有可以下发的单位：每项任务的牵头单位都是空白或泛指。请先补齐牵头单位。"
        )
    for sentence in lacking(workspace, plan):
        raise DubanError(sentence)
    title, office = _title(workspace, plan), _office(workspace, plan)
    units = [each.unit for each in distribution.recipients]
    context = notice.build(settings, plan_title=title, issuer=office, units=units, today=now.date())
    template = workspace.template(notice.OUTPUT.template)
    letter = fill_template(template, context)

    writer = workbook_writer(workspace, counting, title, office, past)
    sending = Sending(workspace, OUT_ISSUED, now)
    workbooks: list[IssuedWorkbook] = []
    for done, recipient in enumerate(distribution.recipients, 1):
        name = workbook_name(settings.year, recipient)
        sent = sending.put(recipient.unit, name, writer.issued(recipient))
        workbooks.append(IssuedWorkbook(recipient.ordinal, recipient.unit, name, sent.sha256))
        progress(done, len(distribution.recipients))
    sending.put("", notice.OUTPUT.template, letter)

    issued = Issue(
        now, settings.year, plan_id(plan), title, office, settings.dates.due, plan, tuple(workbooks)
    )
    same = previous is not None and replace(previous, at=now, plan=plan) == issued
    if not same:
        with closing(Ledger(workspace.ledger_url)) as ledger:
            ledger.add_issue(issued, sending.letters)
    notes = [f"第 {each.number} 号决定继续有效：{each.words}。" for each in decided]
    notes += (
        _changes(with_decisions(previous, decided), counting, distribution) if previous is not None else []
    )
    notes += left_out(template, context)
    notes += _without_contact(workspace)
    notes += _retire(sending, previous) if previous is not None else []
    notes += _leftovers(sending)
    outcome = Outcome(sending.written, checked.findings, tuple(notes))
    return IssuedNow(distribution.recipients, outcome, changed=not same)


def workbook_name(year: int, recipient: Recipient) -> str:
    """The file name of a unit's workbook: year, number, unit, kind."""
    return f"{year}_{recipient.ordinal:02}_{safe_name(recipient.unit)}_任务完成情况填报表.xlsx"


def lacking(workspace: Workspace, plan: Plan) -> list[str]:
    """What every document of the issue names and nobody has written down; without it nothing goes out."""
    words = "没有{0}。请在 plan.xlsx“说明”表填写“{1}”，或在 duban.toml 填写 {2}。"
    needed = (
        (_title(workspace, plan), "方案名称", "方案名称", "title"),
        (_office(workspace, plan), "发文机关", "印发机关", "issuer"),
    )
    return [words.format(*where) for known, *where in needed if not known]


def _title(workspace: Workspace, plan: Plan) -> str:
    return workspace.settings.title or plan.title


def _office(workspace: Workspace, plan: Plan) -> str:
    return workspace.settings.issuer or plan.issuer or ""


def workbook_writer(workspace: Workspace, plan: Plan, title: str, office: str, past: LastYear) -> Any:
    """What stamps the workbooks of one issue: with the office's form, its look and its signature."""
    from reporting.returns.workbook.stamp import Issuer, WorkbookWriter

    issuer = Issuer(plan_id(plan), title, office, workspace.settings, workspace.secret())
    return WorkbookWriter(workspace.form, issuer, past)


def reported_before(ledger: Ledger, plan: Plan, distribution: Distribution, year: int) -> LastYear:
    """What the units of a plan reported a year ago, as far as the book has it."""
    before = ledger.current_issue(year - 1)
    if before is None:
        return {}
    standings = ledger.standings(year - 1, with_content=True)
    accepted = {unit: each.content or {} for unit, each in latest_accepted(standings).items()}
    return recall(before.plan, accepted, distribution.recipients, plan.units, year)


def plan_differences(previous: Issue, plan: Plan) -> str:
    """What has changed in the plan since it was issued, by task; empty when nothing has."""
    words = in_short(diff_plans(previous.plan, plan))
    if not words and previous.plan_id != plan_id(plan):
        words = "排列顺序或者标点、空格有改动"
    return words


def _changes(previous: Issue, plan: Plan, distribution: Distribution) -> list[str]:
    """What this issue changes against the last one, and who must get a new workbook."""
    words = plan_differences(previous, plan)
    if not words:
        return []
    concerned = [each.unit for each in asked_otherwise(previous.plan, distribution)]
    sentence = f"与 {previous.at:%Y-%m-%d} 下发的相比，本次{words}。"
    if concerned:
        sentence += f"请把新的填报表发给：{'、'.join(concerned)}。"
    return [sentence]


def asked_otherwise(before: Plan, distribution: Distribution) -> list[Recipient]:
    """The units whose workbook asks for something else than the one made from an earlier plan."""
    asked = {each.unit: _asked(each) for each in distribute(before).recipients}
    return [each for each in distribution.recipients if asked.get(each.unit) != _asked(each)]


def _asked(recipient: Recipient) -> list[dict[str, str]]:
    """All that a unit's workbook asks, as text."""
    return [*map(task_texts, recipient.assignments), *map(target_texts, recipient.targets)]


def _without_contact(workspace: Workspace) -> list[str]:
    contact = workspace.settings.contact
    if contact.name and (contact.phone or contact.email):
        return []
    return ["duban.toml 的 [contact] 没有填写联系人和电话（或邮箱），各单位在填报表和通知中看不到问谁。"]


def _retire(sending: Sending, previous: Issue) -> list[str]:
    """Put workbooks of the last issue that this one has no more out of the way of being sent."""
    names = {path.name for path in sending.written}
    old = {each.file: each.sha256 for each in previous.workbooks if each.file not in names}
    retired = retire_files(sending.folder, old)
    return [f"上次下发的 {retired} 份填报表不再使用，已移到“{OUT_ISSUED}/{OUT_RETIRED}”。"] if retired else []


def _leftovers(sending: Sending) -> list[str]:
    old = sending.others("*.xlsx")
    if not old:
        return []
    return [f"“{OUT_ISSUED}”文件夹里还有不属于本次下发的文件，请勿发出：{'、'.join(old)}。"]


def current_issue(workspace: Workspace, ledger: Ledger) -> Issue:
    """The issue that counts, with the decisions in force; raises ``DubanError`` when nothing went out."""
    year = workspace.settings.year
    issued = ledger.current_issue(year)
    if issued is None:
        raise DubanError(f"{year} 年度还没有下发填报表。请先运行 issue。")
    return with_decisions(issued, ledger.decisions(year))


def with_decisions(issued: Issue, decisions: Sequence[Decision]) -> Issue:
    """An issue with the decisions in force laid over its plan, under the digest of what comes of it."""
    counting = in_force(decisions)
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
    from reporting.files.planbook import read_planbook

    if not workspace.plan_file.exists():
        return []
    try:
        plan, _ = read_planbook(workspace.plan_file)
    except DubanError as error:
        return [f"plan.xlsx 现在读不出来，收件仍按下发时的方案核对。{error}"]
    words = plan_differences(issued, reassigned(in_order(plan), issued.decisions))
    if not words:
        return []
    return [f"plan.xlsx 与 {issued.at:%Y-%m-%d} 下发的方案不同：{words}。收件仍按下发时的方案核对。"]
