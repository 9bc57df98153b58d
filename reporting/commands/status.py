"""The book at a glance: who is awaited, late, sent back, accepted.

Everything is derived from the book; no state of its own is kept.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from reporting.ledger.standing import latest_accepted
from reporting.model import Decision, Standing, UnitLine, UnitState, Verdict
from reporting.office.inbox import lies_in
from reporting.office.workspace import Workspace
from reporting.year.decisions import decision_as_json, not_revoked
from reporting.year.in_force import plan_moved_on
from reporting.year.open import Year, open_year


@dataclass(frozen=True, slots=True)
class TaskState:
    """Which units still owe their word on a task."""

    number: str
    content: str
    missing: tuple[str, ...]

    @property
    def state(self) -> str:
        """``complete`` when everybody responsible has an accepted return, else ``missing``."""
        return "missing" if self.missing else "complete"


@dataclass(frozen=True, slots=True)
class Board:
    """The book at a glance: every unit and every task."""

    title: str
    year: int
    due: date
    today: date
    units: tuple[UnitLine, ...]
    tasks: tuple[TaskState, ...]
    unsettled: tuple[Standing, ...]
    notes: tuple[str, ...]
    decisions: tuple[Decision, ...] = ()
    """Everything the office decided since the issue, what was taken back as well."""

    def in_force(self, decision: Decision) -> bool:
        """Whether nobody has taken a decision back."""
        return decision in not_revoked(self.decisions)

    def as_json(self) -> dict[str, Any]:
        """The stable form for machines."""
        decided = [decision_as_json(each, in_force=self.in_force(each)) for each in self.decisions]
        return {
            "units": [
                {
                    "unit": each.unit,
                    "state": str(each.state),
                    "received": each.received.isoformat(timespec="seconds") if each.received else None,
                    "errors": each.errors,
                    "tasks": list(each.tasks),
                }
                | _given(each, self.due)
                for each in self.units
            ],
            "tasks": [
                {"number": each.number, "state": each.state, "missing": list(each.missing)} for each in self.tasks
            ],
        } | ({"decisions": decided} if decided else {})


def _given(line: UnitLine, due: date) -> dict[str, Any]:
    """What a decision gives a unit beside the others: its own date, and the tasks it still owes."""
    own = {"due": line.due.isoformat()} if line.due and line.due != due else {}
    owed = {number: until.isoformat() for number, until in line.owed.items()}
    return own | ({"owed": owed} if owed else {})


def status(workspace: Workspace, now: datetime) -> Board:
    """Who is awaited, late, sent back, accepted; which tasks lack whose word."""
    with open_year(workspace, now) as year:
        issued, units = year.issued, year.lines
        silent = [each.unit for each in units if each.state in (UnitState.AWAITED, UnitState.LATE)]
        return Board(
            issued.title,
            issued.year,
            issued.due,
            year.today,
            units,
            tuple(_tasks(year)),
            tuple(_unsettled(year, silent)),
            tuple(plan_moved_on(workspace, issued)),
            year.decisions,
        )


def _tasks(year: Year) -> Iterator[TaskState]:
    """Every task with the units that still owe their word on it."""
    # what was taken in counts, in the reports too, while a newer version is being corrected
    heard = latest_accepted(year.standings)
    settled = {
        (each.unit, number)
        for each in year.lines
        if each.unit in heard
        for number in each.tasks
        if number not in each.owed
    }
    for task in year.issued.plan.tasks:
        owing = year.shares.by_task[task.number]
        missing = (each.unit for each in owing if (each.unit, task.number) not in settled)
        yield TaskState(task.number, task.content, tuple(missing))


def _unsettled(year: Year, silent: Sequence[str]) -> Iterator[Standing]:
    """Files that wait for the coordinator: not since replaced by name, not since taken out of the inbox.

    A photo or a Word file that bears the name of a unit from which nothing else came may be all it sent.
    """
    for each in year.astray:
        bears = each.verdict is not Verdict.IGNORED or each.unit in silent or any(unit in each.file for unit in silent)
        if bears and not (each.from_inbox and not lies_in(year.workspace.inbox, each.file)):
            yield each
