"""A task changes hands after the workbooks went out: the workbooks that ask for something else, and letters.

Files are written before the book, as everywhere; who owes what follows from the decision alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from reporting.documents import transfer
from reporting.ledger import Ledger
from reporting.ledger.letters import Sending
from reporting.ledger.standing import latest_accepted
from reporting.model import Assignment, Decision, DecisionKind, Issue, LetterKind, Role
from reporting.office.outbox import retire_files, safe_name
from reporting.office.workspace import Workspace
from reporting.plan.share_out import Distribution, Recipient, asked_otherwise, distribute
from reporting.returns.workbook.stamp import workbook_name, workbook_writer
from reporting.year.decisions import extended_due
from reporting.year.in_force import reported_before


def issue_again(
    workspace: Workspace, ledger: Ledger, before: Issue, after: Issue, sending: Sending
) -> list[str]:
    """Stamp the workbooks of the units for which something changes, and put away those of nobody.

    Gives back what the office should know.

    Where a unit has no task left, or has one again, the numbers of those behind it move, and so do the names
    of their workbooks; what these ask stays, so they need not be sent again.
    """
    distribution, shares = distribute(after.plan), distribute(before.plan).recipients
    concerned = {each.unit for each in asked_otherwise(before.plan, distribution)}
    named = {workbook_name(after.year, each) for each in shares}
    names = {workbook_name(after.year, each): each for each in distribution.recipients}
    stamped = {name: each for name, each in names.items() if each.unit in concerned or name not in named}
    if stamped:
        past = reported_before(ledger, after.plan, distribution, after.year)
        writer = workbook_writer(workspace, after.plan, after.title, after.issuer, past)
        for name, recipient in stamped.items():
            data = writer.issued(recipient)
            sending.put(LetterKind.WORKBOOK, recipient.unit, name, data, is_news=recipient.unit in concerned)
    workbooks = (each for each in ledger.letters(after.year) if each.kind is LetterKind.WORKBOOK)
    hashes = {each.file: each.sha256 for each in workbooks}
    retire_files(sending.folder, {name: hashes[name] for name in named - names.keys() if name in hashes})
    staying = {each.unit for each in distribution.recipients}
    gone = [each.unit for each in shares if each.unit not in staying]
    return [f"{unit}没有任务了，不用再报送，已写明在给它的改派函中。" for unit in gone]


def write_transfer(
    workspace: Workspace,
    ledger: Ledger,
    before: Issue,
    after: Issue,
    moved: Decision,
    by: Decision,
    sending: Sending,
) -> None:
    """Write to the unit that takes a task over, and to the one that had it.

    ``moved`` is the reassignment, ``by`` the decision that is made now: the same one, or its revocation.
    """
    from reporting.documents.filling.word import fill_template

    is_back = by.kind is DecisionKind.REVOCATION
    giver, receiver = (moved.receiver, moved.unit) if is_back else (moved.unit, moved.receiver)
    then, now = distribute(before.plan), distribute(after.plan)
    had, has = _roles(then.by_task[moved.task]), _roles(now.by_task[moved.task])
    content = next(each.content for each in after.plan.tasks if each.number == moved.task)
    role = has.get(receiver, Role.LEAD)
    move = transfer.Move(moved.task, content, giver, receiver, had.get(giver, role), role, by.reason, is_back)
    accepted = latest_accepted(ledger.standings(after.year))
    for unit in (receiver, giver):
        share = transfer.UnitShare(
            unit,
            _others(now, unit, moved.task),
            unit in accepted,
            had.get(unit) if unit == receiver else None,
        )
        context = transfer.build(
            workspace.settings,
            plan_title=after.title,
            issuer=after.issuer,
            move=move,
            share=share,
            due=_due(workspace, after, moved, by),
            today=by.at.date(),
        )
        data = fill_template(workspace.template(transfer.OUTPUT.template), context)
        name = f"{after.year}_{_ordinal(unit, now, then):02}_{safe_name(unit)}_改派函_第{by.number}号.docx"
        sending.put(LetterKind.TRANSFER, unit, name, data)


def _roles(assignments: Sequence[Assignment]) -> Mapping[str, Role]:
    return {each.unit: each.role for each in assignments}


def _others(distribution: Distribution, unit: str, task: str) -> int:
    """How many tasks a unit has beside this one."""
    own = (each for each in distribution.recipients if each.unit == unit)
    return sum(each.task.number != task for share in own for each in share.assignments)


def _ordinal(unit: str, *distributions: Distribution) -> int:
    """The number of a unit in the first of these lists that has it."""
    shares: list[Recipient] = [each for one in distributions for each in one.recipients if each.unit == unit]
    return shares[0].ordinal


def _due(workspace: Workspace, after: Issue, moved: Decision, by: Decision) -> date:
    """By when the task is to be reported by whom has it now."""
    if by is moved and moved.until is not None:
        return moved.until
    own = extended_due(after.decisions, moved.unit, after.due)
    return max(own, by.at.date() + timedelta(days=workspace.settings.resubmit_days))
