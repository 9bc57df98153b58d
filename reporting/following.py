"""Following up: who is awaited, late, sent back, accepted; and a reminder for whoever is late.

Both commands derive everything from the book and keep no state of their own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from reporting.collecting import lies_in
from reporting.consolidate import latest_accepted, latest_by_unit, unit_lines
from reporting.decisions import in_force
from reporting.distribution import distribute
from reporting.files.intake import is_noise
from reporting.files.outbox import OUT_REMINDED, safe_name, write_output
from reporting.files.workspace import Workspace, exclusive
from reporting.findings import Outcome
from reporting.issuing import current_issue, plan_moved_on
from reporting.ledger import Ledger, Letter
from reporting.model import Decision, Issue, Standing, UnitLine, UnitState, Verdict
from reporting.plan_texts import number_key, plain_name
from reporting.units import find_unit


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
        return decision in in_force(self.decisions)

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
                {"number": each.number, "state": each.state, "missing": list(each.missing)}
                for each in self.tasks
            ],
        } | ({"decisions": decided} if decided else {})


def _given(line: UnitLine, due: date) -> dict[str, Any]:
    """What a decision gives a unit beside the others: its own date, and the tasks it still owes."""
    own = {"due": line.due.isoformat()} if line.due and line.due != due else {}
    owed = {number: until.isoformat() for number, until in line.owed.items()}
    return own | ({"owed": owed} if owed else {})


def decision_as_json(decision: Decision, *, in_force: bool) -> dict[str, Any]:
    """One decision in the stable form for machines."""
    return {
        "number": decision.number,
        "at": decision.at.isoformat(timespec="seconds"),
        "kind": str(decision.kind),
        "unit": decision.unit,
        "task": decision.task,
        "until": decision.until.isoformat() if decision.until else None,
        "receiver": decision.receiver,
        "role": str(decision.role or ""),
        "revokes": decision.revokes or None,
        "reason": decision.reason,
        "in_force": in_force,
    }


def read_standings(ledger: Ledger, issued: Issue) -> list[Standing]:
    """The receipts of the year, with contents where a decision makes one task of a return matter."""
    single = any(each.task for each in issued.decisions)
    return ledger.standings(issued.year, with_content=single)


def status(workspace: Workspace, today: date) -> Board:
    """Who is awaited, late, sent back, accepted; which tasks lack whose word."""
    with closing(Ledger(workspace.ledger_url)) as ledger:
        issued = current_issue(workspace, ledger)
        standings = read_standings(ledger, issued)
        decisions = ledger.decisions(issued.year)
    distribution = distribute(issued.plan)
    units = unit_lines(issued, distribution.recipients, standings, today)
    # what was taken in counts, in the reports too, while a newer version is being corrected
    heard = latest_accepted(standings)
    settled = {
        (each.unit, number)
        for each in units
        if each.unit in heard
        for number in each.tasks
        if number not in each.owed
    }
    tasks = tuple(
        TaskState(
            task.number,
            task.content,
            tuple(
                each.unit
                for each in distribution.by_task[task.number]
                if (each.unit, task.number) not in settled
            ),
        )
        for task in issued.plan.tasks
    )
    silent = [each.unit for each in units if each.state in (UnitState.AWAITED, UnitState.LATE)]
    unsettled = tuple(_unsettled(standings, workspace.inbox, silent))
    notes = tuple(plan_moved_on(workspace, issued))
    return Board(
        issued.title, issued.year, issued.due, today, units, tasks, unsettled, notes, tuple(decisions)
    )


def _unsettled(standings: Sequence[Standing], inbox: Path, silent: Sequence[str]) -> Iterator[Standing]:
    """Files that wait for the coordinator: not since replaced by name, not since taken out of the inbox.

    A photo or a Word file that bears the name of a unit from which nothing else came may be all it sent.
    """
    newest = {each.file: each for each in standings}
    for each in newest.values():
        if each.verdict not in _NO_RETURN or is_noise(each.file):
            continue
        bears = each.verdict is not Verdict.IGNORED or any(unit in each.file for unit in silent)
        if bears and not (each.from_inbox and not lies_in(inbox, each.file)):
            yield each


_NO_RETURN = (Verdict.UNIDENTIFIED, Verdict.UNREADABLE, Verdict.IGNORED)


@dataclass(frozen=True, slots=True)
class Late:
    """One unit that is late: since when, and for what."""

    line: UnitLine
    days: int
    tasks: tuple[str, ...]
    came: tuple[str, ...] = ()
    """What came of it that is no return, as clauses of its letter."""


@exclusive("remind")
def remind(workspace: Workspace, now: datetime) -> tuple[list[Late], Outcome]:
    """Write a letter for each unit that has not sent, or was sent back and has not sent again in time.

    Gives back each such unit with the days it is late, and what was written.
    """
    from reporting.files.word import fill_template
    from reporting.outputs import reminder

    settings, today = workspace.settings, now.date()
    with closing(Ledger(workspace.ledger_url)) as ledger:
        issued = current_issue(workspace, ledger)
        standings = read_standings(ledger, issued)
        latest = latest_by_unit(standings)
        lines = unit_lines(issued, distribute(issued.plan).recipients, standings, today)
        instead = _CameInstead(standings, ledger.findings_of(issued.year), issued)
        late: list[Late] = []
        written: list[Path] = []
        letters: list[Letter] = []
        for line in lines:
            due = _awaited_by(line, latest.get(line.unit), issued.due)
            if due is None or today <= due:
                continue
            tasks = [number for number, until in line.owed.items() if until < today] or line.tasks
            each = Late(line, (today - due).days, tuple(tasks), tuple(instead.of(line)))
            context = reminder.build(
                settings,
                issuer=issued.issuer,
                unit=line.unit,
                due=due,
                days_late=each.days,
                returned=line.state is UnitState.RETURNED,
                tasks=sorted(each.tasks, key=number_key),
                new_due=today + timedelta(days=settings.resubmit_days),
                today=today,
                extended=due != issued.due,
                partly=line.state is UnitState.ACCEPTED,
                came=each.came,
            )
            data = fill_template(workspace.template(reminder.OUTPUT.template), context)
            name = f"{issued.year}_{line.ordinal:02}_{safe_name(line.unit)}_催报函_{today:%Y%m%d}.docx"
            written.append(write_output(workspace.outbox(OUT_REMINDED) / name, data))
            letters.append(Letter(now, OUT_REMINDED, line.unit, name, hashlib.sha256(data).hexdigest()))
            late.append(each)
        known = {(each.file, each.sha256) for each in ledger.letters(issued.year)}
        ledger.add_letters([each for each in letters if (each.file, each.sha256) not in known], issued.year)
    return late, Outcome(tuple(written), notes=tuple(_old_reminders(workspace, written)))


def _awaited_by(line: UnitLine, newest: Standing | None, due: date) -> date | None:
    """By when something is awaited from a unit: its return, its corrected return, or a task it still owes."""
    if line.state is UnitState.ACCEPTED:
        return min(line.owed.values(), default=None)
    own = line.due or due
    if line.state is UnitState.RETURNED and newest is not None and newest.due is not None:
        return newest.due if own == due else max(newest.due, own)
    return own


class _CameInstead:
    """What units sent that is no return: a file nobody can open, a photo, a scan."""

    def __init__(
        self,
        standings: Sequence[Standing],
        findings: Mapping[int, list[dict[str, str]]],
        issued: Issue,
    ) -> None:
        newest = {each.file: each for each in standings}
        self._files = [
            each for each in newest.values() if each.verdict in _NO_RETURN and not is_noise(each.file)
        ]
        self._findings = findings
        self._units = issued.plan.units

    def of(self, line: UnitLine) -> Iterator[str]:
        """What came from a unit since its last return, as clauses: the day, the file, and what is wrong."""
        unit = find_unit(line.unit, self._units)
        names = [line.unit, *(alias.name for alias in unit.aliases)] if unit else [line.unit]
        for each in self._files:
            is_newer = line.received is None or each.received > line.received
            if is_newer and any(name in each.file for name in names):
                found = self._findings.get(each.entry, [])
                why = found[0]["message"].rstrip("。").replace("这个文件", "该文件") if found else ""
                yield f"{each.received.month}月{each.received.day}日收到的“{plain_name(each.file)}”：{why}"


def _old_reminders(workspace: Workspace, written: Sequence[Path]) -> list[str]:
    """Letters of earlier days still lie there; sending one again, or to a unit that has sent, is a slip."""
    names = {path.name for path in written}
    old = sorted(
        path.name for path in workspace.outbox(OUT_REMINDED).glob("*.docx") if path.name not in names
    )
    return [f"“{OUT_REMINDED}”文件夹里还有以前写的催报函，请勿再发：{'、'.join(old)}。"] if old else []
