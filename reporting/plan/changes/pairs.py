"""The rows of three plans side by side: what is one thing in all of them, and in which order it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from reporting.model import Goal, Target, Task, Unit
from reporting.plan.changes.fields import Pairing, unpaired

Thing = TypeVar("Thing", Task, Target, Goal, Unit)


@dataclass(slots=True, eq=False)
class PlanRow(Generic[Thing]):
    """One thing in the three plans, as far as each has it, and what becomes of it."""

    base: Thing | None = None
    mine: Thing | None = None
    theirs: Thing | None = None
    result: Thing | None = None
    at: tuple[int, int, int] = (-1, -1, -1)
    """Where it stands in each of the three; -1 where it is missing."""


def align(
    pairing: Pairing[Thing], base: Sequence[Thing], mine: Sequence[Thing], theirs: Sequence[Thing]
) -> list[PlanRow[Thing]]:
    """Every thing once, with what stands for it in each of the three plans."""
    to_mine, to_theirs = pairing.pair(base, mine), pairing.pair(base, theirs)
    rows = [_row((base, mine, theirs), (at, to_mine.get(at, -1), to_theirs.get(at, -1))) for at in range(len(base))]
    own = list(unpaired(len(mine), to_mine.values()))
    new = list(unpaired(len(theirs), to_theirs.values()))
    both = pairing.pair([mine[at] for at in own], [theirs[at] for at in new])
    both = {own[at]: new[other] for at, other in both.items()}
    rows += [_row((base, mine, theirs), (-1, at, both.get(at, -1))) for at in own]
    taken = set(both.values())
    return rows + [_row((base, mine, theirs), (-1, -1, at)) for at in new if at not in taken]


def _row(plans: tuple[Sequence[Thing], ...], at: tuple[int, int, int]) -> PlanRow[Thing]:
    base, mine, theirs = (things[place] if place >= 0 else None for things, place in zip(plans, at, strict=True))
    return PlanRow(base, mine, theirs, at=at)


def rows_in_order(rows: Sequence[PlanRow[Thing]]) -> list[PlanRow[Thing]]:
    """What stays, in the document's order, or in the coordinator's where that was changed."""
    there = [row for row in rows if row.result is not None]
    common = sorted((row for row in there if row.base and row.mine), key=lambda row: row.at[1])
    sorted_anew = [row.at[0] for row in common] != sorted(row.at[0] for row in common)
    first, second = (1, 2) if sorted_anew else (2, 1)
    ordered = sorted((row for row in there if row.at[first] >= 0), key=lambda row: row.at[first])
    known = set(map(id, ordered))
    after: dict[int, list[PlanRow[Thing]]] = {}
    anchor = 0
    for row in sorted((row for row in there if row.at[second] >= 0), key=lambda row: row.at[second]):
        if id(row) in known:
            anchor = id(row)
        else:
            after.setdefault(anchor, []).append(row)
    in_order = after.get(0, [])
    for row in ordered:
        in_order.append(row)
        in_order.extend(after.get(id(row), ()))
    return in_order
