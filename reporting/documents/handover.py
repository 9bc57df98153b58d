"""A task changes hands after the workbooks went out: the workbooks that ask for something else, and letters.

Files are written before the book, as everywhere; who owes what follows from the decision alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from reporting.documents import transfer
from reporting.documents.filling.make import make_document
from reporting.ledger.letters import Sending
from reporting.ledger.standing import latest_accepted
from reporting.model import Assignment, Decision, DecisionKind, Issue, LetterKind, Role
from reporting.office.outbox import OUT_ISSUED, safe_name
from reporting.plan.share_out import Distribution, Recipient, asked_otherwise, distribute
from reporting.returns.workbook.stamp import workbook_name, workbook_writer
from reporting.year.decided import Decided, record
from reporting.year.decisions import extended_due
from reporting.year.open import Year


def hand_over(year: Year, moved: Decision, by: Decision) -> Decided:
    """Write the workbooks that ask for something else from now on and the letters on it, then the entry.

    ``moved`` is the reassignment, ``by`` the decision that is made now: the same one, or its revocation.
    """
    number = year.ledger.next_decision()
    after = year.issued_with(replace(by, number=number))
    move = _HandOver(year, after, distribute(after.plan), moved, by)
    sending = Sending(year.workspace, OUT_ISSUED, by.at)
    notes = move.issue_again(sending)
    move.write_letters(sending, number)
    return record(year, by, sending, [*notes, *sending.notes])


@dataclass(frozen=True, slots=True)
class _HandOver:
    """One task on its way: the year before, the issue and the shares as they are after it."""

    year: Year
    after: Issue
    shares: Distribution
    moved: Decision
    by: Decision

    def issue_again(self, sending: Sending) -> list[str]:
        """Stamp the workbooks of the units for which something changes, and put away those of nobody.

        Gives back what the office should know.

        Where a unit has no task left, or has one again, the numbers of those behind it move, and so do the
        names of their workbooks; what these ask stays, so they need not be sent again.
        """
        year, after, before = self.year, self.after, self.year.shares.recipients
        concerned = {each.unit for each in asked_otherwise(year.issued.plan, self.shares)}
        named = {workbook_name(after.year, each) for each in before}
        names = {workbook_name(after.year, each): each for each in self.shares.recipients}
        stamped = {name: each for name, each in names.items() if each.unit in concerned or name not in named}
        if stamped:
            past = year.reported_before(after.plan, self.shares)
            writer = workbook_writer(year.workspace, after.plan, after.title, after.issuer, past)
            for name, recipient in stamped.items():
                data = writer.issued(recipient)
                news = recipient.unit in concerned
                sending.put(LetterKind.WORKBOOK, recipient.unit, name, data, is_news=news)
        workbooks = (each for each in year.letters if each.kind is LetterKind.WORKBOOK)
        hashes = {each.file: each.sha256 for each in workbooks}
        sending.retire({name: hashes[name] for name in named - names.keys() if name in hashes})
        staying = {each.unit for each in self.shares.recipients}
        gone = [each.unit for each in before if each.unit not in staying]
        return [f"{unit}没有任务了，不用再报送，已写明在给它的改派函中。" for unit in gone]

    def write_letters(self, sending: Sending, number: int) -> None:
        """Write to the unit that takes the task over, and to the one that had it."""
        year, after, moved, by = self.year, self.after, self.moved, self.by
        is_back = by.kind is DecisionKind.REVOCATION
        giver, receiver = (moved.receiver, moved.unit) if is_back else (moved.unit, moved.receiver)
        had, has = _roles(year.shares.by_task[moved.task]), _roles(self.shares.by_task[moved.task])
        content = next(each.content for each in after.plan.tasks if each.number == moved.task)
        role = has.get(receiver, Role.LEAD)
        move = transfer.Move(moved.task, content, giver, receiver, had.get(giver, role), role, by.reason, is_back)
        accepted = latest_accepted(year.standings)
        for unit in (receiver, giver):
            earlier = had.get(unit) if unit == receiver else None
            share = transfer.UnitShare(unit, self._others(unit), unit in accepted, earlier)
            context = transfer.build(year.settings, after, move, share, self._due(), by.at.date())
            made = make_document(year.workspace, transfer.OUTPUT, context)
            name = f"{after.year}_{self._ordinal(unit):02}_{safe_name(unit)}_改派函_第{number}号.docx"
            sending.put(LetterKind.TRANSFER, unit, name, made.data, notes=made.notes)

    def _others(self, unit: str) -> int:
        """How many tasks a unit has beside this one."""
        own = (each for each in self.shares.recipients if each.unit == unit)
        return sum(each.task.number != self.moved.task for share in own for each in share.assignments)

    def _ordinal(self, unit: str) -> int:
        """The number of a unit in the list as it is now, or as it was before."""
        shares: Sequence[Recipient] = (*self.shares.recipients, *self.year.shares.recipients)
        return next(each.ordinal for each in shares if each.unit == unit)

    def _due(self) -> date:
        """By when the task is to be reported by whom has it now."""
        if self.by is self.moved and self.moved.until is not None:
            return self.moved.until
        own = extended_due(self.after.decisions, self.moved.unit, self.after.due)
        return max(own, self.by.at.date() + timedelta(days=self.year.settings.resubmit_days))


def _roles(assignments: Sequence[Assignment]) -> Mapping[str, Role]:
    return {each.unit: each.role for each in assignments}
