"""What the office decides about work that has gone out: extensions, reassignments, and taking either back.

A decision is an entry in the book with its reason and is never changed; a later entry takes it back. The plan
as issued stays as it is: whoever needs to know who owes what today lays the decisions in force over it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from reporting.model import Answered, Decision, DecisionKind, Plan, Role, Task, Unit
from reporting.plan.share_out import distribute


def not_revoked(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The decisions that nobody has taken back, in the order in which they were made."""
    entries = tuple(decisions)
    revoked = {each.revokes for each in entries if each.kind is DecisionKind.REVOCATION}
    return tuple(each for each in entries if each.kind is not DecisionKind.REVOCATION and each.number not in revoked)


def extended_due(decisions: Sequence[Decision], unit: str, due: date) -> date:
    """By when a unit's return is due: the date it was given last, or that of the issue."""
    given = [each.until for each in _extensions(decisions, unit) if not each.task and each.until]
    return given[-1] if given else due


def unit_due(decisions: Sequence[Decision], unit: str, due: date, tasks: Sequence[str]) -> date:
    """By when something is due from a unit: not before its first task, if each has its own date."""
    own, given = extended_due(decisions, unit, due), dated_tasks(decisions, unit)
    if not tasks or any(number not in given for number in tasks):
        return own
    return max(own, min(given[number] for number in tasks))


def dated_tasks(decisions: Sequence[Decision], unit: str) -> dict[str, date]:
    """Tasks for which a unit has a date of its own: taken over, or given more time; the latter counts."""
    received = {number: each.until for number, each in received_tasks(decisions, unit).items() if each.until}
    return received | extended_tasks(decisions, unit)


def extended_tasks(decisions: Sequence[Decision], unit: str) -> dict[str, date]:
    """Single tasks for which a unit was given more time, by number, with the date that was given last."""
    return {each.task: each.until for each in _extensions(decisions, unit) if each.task and each.until}


def received_tasks(decisions: Sequence[Decision], unit: str) -> dict[str, Decision]:
    """Tasks that a unit has taken over from another, by number."""
    return {each.task: each for each in decisions if each.kind is DecisionKind.REASSIGNMENT and each.receiver == unit}


def outstanding(decisions: Sequence[Decision], unit: str, answered: Answered) -> dict[str, date]:
    """Tasks that a unit still owes beside what was accepted of it, by number, with their date.

    Only a decision makes such tasks: more time for one task, or a task taken over after the return came.
    """
    given = dated_tasks(decisions, unit)
    return {number: until for number, until in given.items() if not _says_anything(answered, number)}


def _says_anything(answered: Answered, number: str) -> bool:
    """Whether an accepted return says anything on a task: its status, which every answer has."""
    return any(each.raw("status") for each in answered.rows if each.number == number)


def _extensions(decisions: Sequence[Decision], unit: str) -> list[Decision]:
    return [each for each in decisions if each.kind is DecisionKind.EXTENSION and each.unit == unit]


def reassigned(plan: Plan, decisions: Sequence[Decision]) -> Plan:
    """The plan with every reassignment in force laid over it; the very same plan when there is none.

    A unit that had no task before comes last in the list, so that no other unit's number moves.
    """
    moves = [each for each in decisions if each.kind is DecisionKind.REASSIGNMENT]
    if not moves:
        return plan
    before = {each.unit for each in distribute(plan).recipients}
    tasks = {task.number: task for task in plan.tasks}
    for move in moves:
        if move.task in tasks:
            tasks[move.task] = _move(plan, tasks[move.task], move)
    new = [name for name in dict.fromkeys(each.receiver for each in moves) if name not in before]
    units = (*(each for each in plan.units if each.name not in new), *_units(plan.units, new))
    return replace(plan, tasks=tuple(tasks.values()), units=units)


def _units(units: Sequence[Unit], names: Sequence[str]) -> list[Unit]:
    known: Mapping[str, Unit] = {each.name: each for each in units}
    return [known.get(name, Unit(name)) for name in names]


def _move(plan: Plan, task: Task, move: Decision) -> Task:
    """A task whose giver is written out of its role and whose receiver is written into one.

    Groups of units are written out by member, since one member may give the task away and the others not.
    """
    shared = distribute(replace(plan, tasks=(task,))).by_task[task.number]
    giver = next((each.role for each in shared if each.unit == move.unit), Role.LEAD)
    role = move.role or giver
    names: dict[Role, list[str]] = {Role.LEAD: [], Role.SUPPORT: []}
    for each in shared:
        if each.unit == move.unit and role is each.role:
            names[role].append(move.receiver)
        elif each.unit not in (move.unit, move.receiver):
            names[each.role].append(each.unit)
    if move.receiver not in names[role]:
        names[role].append(move.receiver)
    own = {target for each in shared if each.unit == move.unit for target in each.targets if target.reporter}
    targets = tuple(replace(each, reporter=move.receiver) if each in own else each for each in task.targets)
    return replace(task, lead=tuple(names[Role.LEAD]), support=tuple(names[Role.SUPPORT]), targets=targets)


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
