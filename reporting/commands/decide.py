"""Decisions of the office on work that has gone out: more time, another unit, and taking either back.

A decision is one entry in the book. What follows from it (who owes what by when) is derived by whoever asks;
only the workbooks that ask for something else now are written again, before the entry, like all files.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from reporting.commands.decide_reopen import as_entries, in_words, reopened
from reporting.commands.decide_transfer import issue_again, write_transfer
from reporting.files.disk import hash_of, names_beside
from reporting.language.likeness import meant
from reporting.language.units import find_unit
from reporting.language.values import task_number
from reporting.ledger import Ledger
from reporting.ledger.letters import Sending
from reporting.ledger.standing import latest_accepted
from reporting.model import Decision, DecisionKind, Issue, Role, Standing, UnitKind, Verdict
from reporting.model.findings import DubanError, Outcome
from reporting.office.outbox import OUT_ISSUED
from reporting.office.workspace import Workspace, exclusive
from reporting.plan.share_out import Distribution, distribute
from reporting.year.decisions import extended_due, extended_tasks, in_force
from reporting.year.in_force import current_issue, with_decisions


@dataclass(frozen=True, slots=True)
class Decided:
    """What came of a decision; ``is_new`` is false when the very same one was in force already."""

    decision: Decision
    outcome: Outcome
    is_new: bool


@exclusive("extend")
def extend(
    workspace: Workspace, unit: str, until: date, reason: str, now: datetime, task: str = ""
) -> Decided:
    """Give a unit more time, for its whole return or for one task of it."""
    with closing(Ledger(workspace.ledger_url)) as ledger:
        issued = current_issue(workspace, ledger)
        distribution = distribute(issued.plan)
        name = _recipient(unit, issued, distribution)
        number = _task(task, issued) if task else ""
        if number and name not in {each.unit for each in distribution.by_task[number]}:
            raise DubanError(f"任务 {number} 不由{name}承担，不能给它延期。{_who(number, distribution)}")
        due = extended_due(issued.decisions, name, issued.due)
        due = extended_tasks(issued.decisions, name).get(number, due)
        decision = Decision(now, DecisionKind.EXTENSION, _reason(reason), name, number, until)
        known = _known(decision, issued.decisions)
        if known is None and until <= due:
            raise DubanError(f"{name}原定 {due} 报送，延期的日期 {until} 应当更晚。请核对日期。")
        return _record(workspace, ledger, issued, decision, known)


@exclusive("reassign")
def reassign(
    workspace: Workspace,
    task: str,
    giver: str,
    receiver: str,
    reason: str,
    now: datetime,
    role: Role | None = None,
    until: date | None = None,
) -> Decided:
    """Let another unit answer for a task; it gets a workbook, and the one that had the task owes it no more.

    Without ``role`` the receiver has the role of the giver; without ``until`` it reports by the date of the
    issue, or within the days a corrected return is given, whichever is later.
    """
    with closing(Ledger(workspace.ledger_url)) as ledger:
        issued = current_issue(workspace, ledger)
        number = _task(task, issued)
        latest = max(issued.due, now.date() + timedelta(days=workspace.settings.resubmit_days))
        decision = Decision(
            now,
            DecisionKind.REASSIGNMENT,
            _reason(reason),
            _unit(giver, issued),
            number,
            until or latest,
            _unit(receiver, issued),
            role,
        )
        known = _known(decision, issued.decisions, any_date=until is None, any_role=role is None)
        if known is None:
            decision = replace(decision, role=_check_move(decision, distribute(issued.plan)))
            if decision.until is not None and decision.until < now.date():
                raise DubanError(f"报送日期 {decision.until} 已经过去。请核对日期。")
        return _record(workspace, ledger, issued, decision, known)


@exclusive("identify")
def identify(workspace: Workspace, file: str, unit: str, reason: str, now: datetime) -> Decided:
    """Name the unit a file belongs to, where nothing in it tells or it tells two things.

    ``file`` is a path, or the name under which the book has the file. What was taken in under a unit already
    stays that unit's: this is for files of nobody.
    """
    with closing(Ledger(workspace.ledger_url)) as ledger:
        issued = current_issue(workspace, ledger)
        name = _recipient(unit, issued, distribute(issued.plan))
        standings = ledger.standings(issued.year)
        shown, sha256 = _file(file, workspace, standings)
        owned = next((each for each in standings if each.sha256 == sha256 and each.unit), None)
        newest = next((each for each in reversed(standings) if each.sha256 == sha256), None)
        decision = Decision(
            now, DecisionKind.IDENTIFICATION, _reason(reason), name, file=shown, sha256=sha256
        )
        known = _known(decision, issued.decisions)
        if known is None and owned is not None:
            named = next((each for each in issued.decisions if each.sha256 == sha256), None)
            what = (
                f"要改，请先用 revoke {named.number} 撤销原来的认定。"
                if named
                else "有误的，请该单位重新报送。"
            )
            raise DubanError(f"文件“{shown}”已经按{owned.unit}登记，不能再认定。{what}")
        if known is None and newest is not None and newest.verdict in (Verdict.UNREADABLE, Verdict.IGNORED):
            raise DubanError(
                f"文件“{shown}”不是可以核对的填报表，认定了单位也不能登记。请联系{name}用下发的填报表重新报送。"
            )
        if known is None and any(each.sha256 == sha256 for each in issued.decisions):
            raise DubanError(f"文件“{shown}”已经认定过。要改，请先用 revoke 撤销原来的认定。")
        return _record(workspace, ledger, issued, decision, known)


@exclusive("revoke")
def revoke(workspace: Workspace, number: int, reason: str, now: datetime) -> Decided:
    """Take a decision back; its entry stays, and this one stands beside it."""
    with closing(Ledger(workspace.ledger_url)) as ledger:
        issued = current_issue(workspace, ledger)
        decisions = ledger.decisions(issued.year)
        decision = Decision(now, DecisionKind.REVOCATION, _reason(reason), revokes=number)
        known = next((each for each in decisions if each.revokes == number), None)
        if known is None and number not in {each.number for each in issued.decisions}:
            listed = "、".join(str(each.number) for each in issued.decisions)
            can = f"可以撤销的有第 {listed} 号" if listed else "现在没有可以撤销的决定"
            raise DubanError(f"没有可以撤销的第 {number} 号决定，{can}。请用 status 核对编号。")
        revoked = next(each for each in decisions if each.number == number)
        if known is None and revoked.kind is DecisionKind.IDENTIFICATION:
            return _take_back(ledger, issued, revoked, decision)
        return _record(workspace, ledger, issued, decision, known)


# ---- what was typed ----------------------------------------------------------------------------------


def _reason(text: str) -> str:
    if not text.strip():
        raise DubanError(
            "没有写明理由。延期、改派、认定和撤销都要在 --reason 后面写明理由，会写入台账和报告。"
        )
    return text.strip()


def _file(text: str, workspace: Workspace, standings: Sequence[Standing]) -> tuple[str, str]:
    """The name and hash of a file, given as a path or as it is named in the book."""
    booked = [each for each in standings if each.file == text]
    if booked:
        return text, booked[-1].sha256
    for path in (Path(text), workspace.inbox / text):
        if path.is_file():
            return path.name, hash_of(path)
    near = meant(text, {*(each.file for each in standings), *names_beside(workspace.inbox / text)})
    raise DubanError(f"找不到文件“{text}”。{near or '请写收件文件夹里的文件名，或者 collect 列出的名称'}。")


def _task(text: str, issued: Issue) -> str:
    found = [each.number for each in issued.plan.tasks if task_number(each.number) == task_number(text)]
    if not found:
        near = meant(text, [each.number for each in issued.plan.tasks]) or "请核对任务编号"
        raise DubanError(f"下发的方案中没有任务“{text}”。{near}。")
    return found[0]


def _unit(text: str, issued: Issue) -> str:
    known = find_unit(text, issued.plan.units)
    members = {name for each in issued.plan.units for name in each.members}
    if known is not None and known.kind is UnitKind.UNIT:
        return known.name
    if known is None and text in members:
        return text
    if known:
        raise DubanError(f"“{text}”是成组单位或者泛指，请写明是其中哪一个单位。")
    near = meant(text, [*(each.name for each in issued.plan.units), *sorted(members)]) or "请核对名称"
    raise DubanError(f"“{text}”不在下发方案的单位表中，{near}。")


def _recipient(text: str, issued: Issue, distribution: Distribution) -> str:
    names = [each.unit for each in distribution.recipients]
    known = find_unit(text, issued.plan.units)
    name = known.name if known else text
    if name not in names:
        near = meant(text, names) or f"请核对单位名称；下发的有 {'、'.join(names)}"
        raise DubanError(f"“{text}”不在本次下发的单位中。{near}。")
    return name


def _who(number: str, distribution: Distribution) -> str:
    named = (f"{each.unit}（{each.role}）" for each in distribution.by_task[number])
    return f"承担这项任务的有 {'、'.join(named)}。"


def _check_move(decision: Decision, distribution: Distribution) -> Role:
    """The role in which the receiver takes the task over; raises ``DubanError`` when it cannot."""
    roles = {each.unit: each.role for each in distribution.by_task[decision.task]}
    if decision.unit not in roles:
        raise DubanError(
            f"任务 {decision.task} 不由{decision.unit}承担，不能从它改派。{_who(decision.task, distribution)}"
        )
    if decision.receiver == decision.unit:
        raise DubanError(f"改派前后是同一个单位{decision.unit}。请核对 --from 和 --to。")
    role = decision.role or roles[decision.unit]
    has = roles.get(decision.receiver)
    if has is Role.LEAD and role is Role.SUPPORT:
        raise DubanError(f"{decision.receiver}已经是任务 {decision.task} 的牵头单位，不能再改派为配合单位。")
    return role


def _known(
    decision: Decision, decisions: Sequence[Decision], *, any_date: bool = False, any_role: bool = False
) -> Decision | None:
    """The same decision if it is in force already: a command that is run twice decides once."""
    for each in decisions:
        same = replace(
            each,
            at=decision.at,
            number=0,
            until=decision.until if any_date else each.until,
            role=decision.role if any_role else each.role,
        )
        if same == decision:
            return each
    return None


# ---- what follows ------------------------------------------------------------------------------------


def _record(
    workspace: Workspace, ledger: Ledger, before: Issue, decision: Decision, known: Decision | None
) -> Decided:
    """Write the workbooks that ask for something else from now on and the letters on it, then the entry."""
    decisions = ledger.decisions(before.year)
    number = known.number if known else max((each.number for each in decisions), default=0) + 1
    entries = decisions if known else [*decisions, replace(decision, number=number)]
    base = ledger.current_issue(before.year)
    assert base is not None
    after = with_decisions(base, in_force(entries))
    sending = Sending(workspace, OUT_ISSUED, decision.at)
    notes = issue_again(workspace, ledger, before, after, sending)
    recorded = known or replace(decision, number=number)
    if known is None:
        moved = next((each for each in decisions if each.number == decision.revokes), recorded)
        if moved.kind is DecisionKind.REASSIGNMENT:
            write_transfer(workspace, ledger, before, after, moved, recorded, sending)
        ledger.add_decision(before.year, decision, sending.letters)
        notes += _already_in(ledger, before.year, decision)
    return Decided(recorded, Outcome(sending.written, notes=tuple(notes)), is_new=known is None)


def _take_back(ledger: Ledger, issued: Issue, revoked: Decision, decision: Decision) -> Decided:
    """Book that a file is nobody's again, with the receipts that say so, in one transaction."""
    files = reopened(revoked, ledger.standings(issued.year), ledger.parts(issued.year))
    entries = as_entries(files, revoked, decision.reason, issued.year, decision.at)
    number = ledger.add_decision(issued.year, decision, entries=entries)
    notes = tuple(in_words(files, revoked))
    return Decided(replace(decision, number=number), Outcome(notes=notes), is_new=True)


def _already_in(ledger: Ledger, year: int, decision: Decision) -> list[str]:
    """Say when the unit that is given more time, or takes a task over, has sent its return already."""
    unit = decision.receiver or decision.unit
    if unit not in latest_accepted(ledger.standings(year)):
        return []
    if decision.kind is DecisionKind.EXTENSION:
        return [f"{unit}的填报表已经收下，已报的内容继续有效。"]
    return [
        f"{decision.receiver}的填报表已经收下，其中没有任务 {decision.task}。"
        "请它用新的填报表报一份完整的，在收到以前原来的内容继续有效。"
    ]
