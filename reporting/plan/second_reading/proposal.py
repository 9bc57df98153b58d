"""The units of one task as the second reading has them, under full names: what the coordinator may say yes to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reporting.model import Task
from reporting.plan.second_reading.slots import Duty, NameSlot, Shape
from reporting.plan.second_reading.words import AREA, EVERYBODY, FIELD_BEGINS, GOVERNMENT, LEVEL, OFFICE

Units = tuple[tuple[str, ...], tuple[str, ...]]
"""Who leads, and who supports."""


@dataclass(frozen=True, slots=True)
class FirstNames:
    """What the first reading has: ``full`` names for printed ones, and ``elsewhere`` those this one saw elsewhere."""

    full: Mapping[str, str]
    elsewhere: frozenset[str] = frozenset()


def proposed_units(slots: Sequence[NameSlot], task: Task, first: FirstNames, *, first_leads: bool) -> Units | None:
    """Who leads and who supports, in the order of the text; None where that is what the task has, or nobody leads."""
    full = first.full
    names = [_completed(slot.names, full) for slot in slots]
    parts = {part for each in names for _, part in each}
    lead = dict.fromkeys(name for name in task.lead if name in first.elsewhere)
    support = dict.fromkeys(name for name in task.support if name in first.elsewhere)
    for slot, each in zip(slots, names, strict=True):
        for order, (name, part) in enumerate(each):
            own = part
            if name in (*task.lead, *task.support) and (slot.shape is Shape.CELL or part is None):
                own = Duty.LEAD if name in task.lead else Duty.SUPPORT
            elif first_leads and Duty.LEAD not in parts and part is not Duty.SUPPORT:
                own = Duty.SUPPORT if order else Duty.LEAD
            leads = own is Duty.LEAD or (Duty.LEAD not in parts and own is not Duty.SUPPORT)
            (lead if leads else support)[name] = None
    units = tuple(lead), tuple(name for name in support if name not in lead)
    return units if lead and (set(units[0]), set(units[1])) != (set(task.lead), set(task.support)) else None


def _completed(names: Sequence[tuple[str, Duty | None]], full: Mapping[str, str]) -> list[tuple[str, Duty | None]]:
    """The names with what the list leaves out: the level of the first, the end of the last government."""
    completed: list[tuple[str, Duty | None]] = []
    level = ""
    for printed, part in names:
        name = full.get(printed, printed)
        own = LEVEL.match(name)
        level = own.group()[:1] if own else level
        department = OFFICE.search(name) and FIELD_BEGINS.match(name) and name[-1] in "局委办厅"
        lacks = printed not in full and own is None and department and not EVERYBODY.fullmatch(name)
        completed.append((level + name if lacks else name, part))
    end = ""
    for at in range(len(completed) - 1, -1, -1):
        name, part = completed[at]
        government = GOVERNMENT.search(name)
        if government:
            end = government.group()
        elif AREA.fullmatch(name) and names[at][0] not in full:
            completed[at] = (name + end, part)
    return completed
