"""Workbooks go out: plan.xlsx checked, shared out, one workbook per unit, the notice, and the plan frozen.

Files are written before the book, and the book in one transaction: a killed command leaves either the old or
the new state, and running it again completes it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from reporting.documents import notice
from reporting.documents.filling.make import make_document
from reporting.ledger import plan_id
from reporting.ledger.letters import Sending
from reporting.model import Issue, IssuedWorkbook, LetterKind, Plan
from reporting.model.findings import DubanError, Outcome
from reporting.model.progress import Progress, silent
from reporting.office.outbox import OUT_ISSUED, OUT_RETIRED
from reporting.office.workspace import Workspace, exclusive
from reporting.plan.check import check_planbook, issuer_of, lacking, title_of
from reporting.plan.share_out import Distribution, Recipient, asked_otherwise, distribute
from reporting.returns.workbook.stamp import workbook_name, workbook_writer
from reporting.year.decisions import not_revoked, reassigned
from reporting.year.in_force import plan_differences, with_decisions
from reporting.year.open import Year, open_year


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
    plan, checked = check_planbook(workspace)
    if checked.has_errors:
        return IssuedNow((), checked, changed=False)
    with open_year(workspace, now) as year:
        return _issue(year, plan, checked, progress)


def _issue(year: Year, plan: Plan, checked: Outcome, progress: Progress) -> IssuedNow:
    workspace, settings, previous = year.workspace, year.settings, year.previous
    decided = not_revoked(year.decisions)
    counting = reassigned(plan, decided)
    distribution = distribute(counting)
    past = year.reported_before(counting, distribution)
    if not distribution.recipients:
        name = workspace.plan_file.name
        raise DubanError(f"{name} 中没有可以下发的单位：每项任务的牵头单位都是空白或泛指。请先补齐牵头单位。")
    for sentence in lacking(workspace, plan):
        raise DubanError(sentence)
    title, office = title_of(workspace, plan), issuer_of(workspace, plan)
    units = [each.unit for each in distribution.recipients]
    context = notice.build(settings, plan_title=title, issuer=office, units=units, today=year.today)
    letter = make_document(workspace, notice.OUTPUT, context)

    writer = workbook_writer(workspace, counting, title, office, past)
    sending = Sending(workspace, OUT_ISSUED, year.now)
    workbooks: list[IssuedWorkbook] = []
    for done, recipient in enumerate(distribution.recipients, 1):
        name = workbook_name(settings.year, recipient)
        sent = sending.put(LetterKind.WORKBOOK, recipient.unit, name, writer.issued(recipient))
        workbooks.append(IssuedWorkbook(recipient.ordinal, recipient.unit, name, sent.sha256))
        progress(done, len(distribution.recipients))
    sending.put(LetterKind.NOTICE, "", notice.OUTPUT.template, letter.data, notes=letter.notes)

    issued = Issue(year.now, settings.year, plan_id(plan), title, office, settings.dates.due, plan, tuple(workbooks))
    same = previous is not None and replace(previous, at=year.now, plan=plan) == issued
    if not same:
        year.ledger.add_issue(issued, sending.letters)
    notes = [f"第 {each.number} 号决定继续有效：{each.words}。" for each in decided]
    if previous is not None:
        notes += _changes(with_decisions(previous, decided), counting, distribution)
    notes += [*sending.notes, *_without_contact(workspace), *_put_aside(sending, previous)]
    outcome = Outcome(sending.written, checked.findings, tuple(notes))
    return IssuedNow(distribution.recipients, outcome, changed=not same)


def _changes(previous: Issue, plan: Plan, distribution: Distribution) -> Iterator[str]:
    """What this issue changes against the last one, and who must get a new workbook."""
    words = plan_differences(previous, plan)
    if words:
        concerned = "、".join(each.unit for each in asked_otherwise(previous.plan, distribution))
        send = f"请把新的填报表发给：{concerned}。" if concerned else ""
        yield f"与 {previous.at:%Y-%m-%d} 下发的相比，本次{words}。{send}"


def _without_contact(workspace: Workspace) -> Iterator[str]:
    contact = workspace.settings.contact
    if not contact.name or not (contact.phone or contact.email):
        yield "duban.toml 的 [contact] 没有填写联系人和电话（或邮箱），各单位在填报表和通知中看不到问谁。"


def _put_aside(sending: Sending, previous: Issue | None) -> Iterator[str]:
    """Put workbooks of the last issue that this one has no more out of the way of being sent."""
    old = {each.file: each.sha256 for each in previous.workbooks} if previous is not None else {}
    retired = sending.retire(old)
    if retired:
        yield f"上次下发的 {retired} 份填报表不再使用，已移到“{OUT_ISSUED}/{OUT_RETIRED}”。"
    left = sending.others("*.xlsx")
    if left:
        yield f"“{OUT_ISSUED}”文件夹里还有不属于本次下发的文件，请勿发出：{'、'.join(left)}。"
