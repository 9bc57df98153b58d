"""A letter for each unit that is late, firmer each time, and one for whoever is soon due.

Everything is derived from the book: how often a unit was reminded of what it owes now is told by the letters
that went out since that was due.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from reporting.documents import reminder
from reporting.documents.filling.make import Made, make_document
from reporting.language.numerals import number_key
from reporting.language.units import find_unit
from reporting.ledger import Letter
from reporting.ledger.letters import Sending
from reporting.ledger.standing import latest_by_unit
from reporting.model import LetterKind, Standing, UnitLine, UnitState
from reporting.model.findings import Outcome
from reporting.office.inbox import plain_name
from reporting.office.outbox import OUT_REMINDED, safe_name
from reporting.office.workspace import Workspace, exclusive
from reporting.year.open import Year, open_year

MOST_NAMED = 5
"""How many letters of earlier days are named on the screen; after a few rounds there are dozens."""


@dataclass(frozen=True, slots=True)
class Late:
    """One unit that is late, or soon due: since when, for what, and how often it was reminded before.

    ``days`` is below zero for a unit that still has time.
    """

    line: UnitLine
    days: int
    tasks: tuple[str, ...]
    came: tuple[str, ...] = ()
    """What came of it that is no return, as clauses of its letter."""
    earlier: tuple[date, ...] = ()
    """The days on which it was reminded of this before today."""


class Reminded(NamedTuple):
    """What ``remind`` did: each unit that was written to, and the letters."""

    late: list[Late]
    outcome: Outcome


@exclusive("remind")
def remind(workspace: Workspace, now: datetime, ahead: int = 0) -> Reminded:
    """Write a letter for each unit that has not sent, or was sent back and has not sent again in time.

    With ``ahead`` also for those whose date is at most so many days away.
    """
    with open_year(workspace, now) as year:
        issued, today = year.issued, year.today
        latest = latest_by_unit(year.standings)
        late: list[Late] = []
        sending = Sending(workspace, OUT_REMINDED, now)
        for line in year.lines:
            due = _awaited_by(line, latest.get(line.unit), issued.due)
            if due is None or not _is_time(due, today, ahead):
                continue
            tasks = [number for number, until in line.owed.items() if until < today] or line.tasks
            earlier = tuple(_reminded(year.letters, line.unit, due, today))
            each = Late(line, (today - due).days, tuple(tasks), tuple(_came_instead(year, line)), earlier)
            made = _letter(year, each, due)
            kind = LetterKind.REMINDER if each.days > 0 else LetterKind.AHEAD
            name = f"{issued.year}_{line.ordinal:02}_{safe_name(line.unit)}_{kind}_{today:%Y%m%d}.docx"
            sending.put(kind, line.unit, name, made.data, notes=made.notes)
            late.append(each)
        year.ledger.add_letters(sending.letters, issued.year)
    notes = (*sending.notes, *_old_reminders(sending, year.letters))
    return Reminded(late, Outcome(sending.written, notes=notes))


def _is_time(due: date, today: date, ahead: int) -> bool:
    """Whether something is late, or due within so many days where that is wanted."""
    left = (due - today).days
    return left < 0 or 0 < ahead >= left


def _letter(year: Year, late: Late, due: date) -> Made:
    awaited = reminder.Awaited(
        unit=late.line.unit,
        due=due,
        days_late=late.days,
        returned=late.line.state is UnitState.RETURNED,
        tasks=sorted(late.tasks, key=number_key),
        new_due=year.today + timedelta(days=year.settings.resubmit_days) if late.days > 0 else due,
        extended=due != year.issued.due,
        partly=late.line.state is UnitState.ACCEPTED,
        came=late.came,
        earlier=late.earlier,
    )
    context = reminder.build(year.settings, year.issued.issuer, awaited, year.today)
    return make_document(year.workspace, reminder.OUTPUT, context)


_REMINDERS = (LetterKind.REMINDER, LetterKind.AHEAD)


def _reminded(letters: Iterable[Letter], unit: str, due: date, today: date) -> list[date]:
    """The days before today on which a unit was reminded of what has been due since ``due``."""
    days = (each.at.date() for each in letters if each.kind in _REMINDERS and each.unit == unit)
    return sorted({day for day in days if due < day < today})


def _awaited_by(line: UnitLine, newest: Standing | None, due: date) -> date | None:
    """By when something is awaited from a unit: its return, its corrected return, or a task it still owes."""
    if line.state is UnitState.ACCEPTED:
        return min(line.owed.values(), default=None)
    own = line.due or due
    if line.state is UnitState.RETURNED and newest is not None and newest.due is not None:
        return newest.due if own == due else max(newest.due, own)
    return own


def _came_instead(year: Year, line: UnitLine) -> Iterator[str]:
    """What is no return and came from a unit since its last: the day, the file, and what is wrong.

    A file nobody can open, a photo, a scan; as clauses.
    """
    unit = find_unit(line.unit, year.issued.plan.units)
    names = [line.unit, *(alias.name for alias in unit.aliases)] if unit else [line.unit]
    for each in year.astray:
        is_newer = line.received is None or each.received > line.received
        if is_newer and (each.unit == line.unit or any(name in each.file for name in names)):
            found = year.findings.get(each.entry, ())
            why = found[0].message.rstrip("。").replace("这个文件", "该文件") if found else ""
            yield f"{each.received.month}月{each.received.day}日收到的“{plain_name(each.file)}”：{why}"


def _old_reminders(sending: Sending, sent: Iterable[Letter]) -> list[str]:
    """Letters of earlier days still lie there; sending one again, or to a unit that has sent, is a slip."""
    reminders = {each.file for each in sent if each.kind in _REMINDERS}
    old = [name for name in sending.others("*.docx") if name in reminders]
    named = "、".join(old[:MOST_NAMED]) + (f"等 {len(old)} 个文件" if len(old) > MOST_NAMED else "")
    return [f"“{OUT_REMINDED}”文件夹里还有以前写的函，请勿再发：{named}。"] if old else []
