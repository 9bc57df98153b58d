"""Numbers unique in the plan, as printed where that is enough."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import chain, count, pairwise, zip_longest
from string import ascii_lowercase

from reporting.language.numerals import write_numeral
from reporting.model import Task
from reporting.model.findings import Finding
from reporting.plan.reading import draft as kinds
from reporting.plan.reading.draft import Draft
from reporting.plan.reading.markers import value_of


def number_drafts(drafts: Sequence[Draft]) -> tuple[list[str], list[Finding]]:
    """Numbers unique in the plan: as printed where that is enough, with the markers above where it is not."""
    printed = [draft.printed for draft in drafts if not draft.part]
    restarts = any(draft.markers for draft in drafts) and _restarts(drafts)
    numbers: list[str] = []
    whole = ["".join([*draft.markers, draft.printed]) if restarts else draft.printed for draft in drafts]
    prefixes, findings = _prefixes(drafts, whole)
    taken: set[str] = set()
    some, above = any(printed), ""
    for order, (draft, prefix) in enumerate(zip(drafts, prefixes, strict=True), 1):
        number = prefix + whole[order - 1]
        if not draft.printed:
            number = _free(above if above and some else str(order), taken)
            kind = kinds.NO_NUMBER if some else None
        else:
            kind = kinds.DOUBLE_NUMBER if number in taken and not draft.part else None
            number = _free(number, taken)
            above = number
        if kind:
            values = {"found": draft.printed, "expected": number}
            findings.append(Finding(kind, draft.place, task=number, values=values))
        taken.add(number)
        numbers.append(number)
    return numbers, findings


def _prefixes(drafts: Sequence[Draft], numbers: Sequence[str]) -> tuple[list[str], list[Finding]]:
    """What goes before the numbers of each series, where every table or group begins with 1 again.

    Only where headings have no numbers that would tell them apart; said once for each series.
    """
    none = [""] * len(drafts)
    heads = [at for at, draft in enumerate(drafts) if draft.printed and not draft.part]
    ones = Counter(numbers[at] for at in heads if value_of(drafts[at].printed) == 1)
    tables = {_table_of(drafts[at]) for at in heads}
    if max(ones.values(), default=0) < 2 or (len(tables) < 2 and any(draft.markers for draft in drafts)):
        return none, []
    starts: list[int] = []
    seen: set[str] = set()
    for at, following in zip_longest(heads, heads[1:]):
        again = value_of(drafts[at].printed) == 1 and numbers[at] in seen
        goes_on = following is None or value_of(drafts[following].printed) in (1, 2)
        other = len(tables) < 2 or at == 0 or _table_of(drafts[at]) != _table_of(drafts[at - 1])
        if again and goes_on and other:
            starts.append(at)
            seen = set()
        seen.add(numbers[at])
    word = "表" if len(tables) > 1 else ""
    prefixes = [f"{word}{write_numeral(bisect_right(starts, at) + 1)}" for at in range(len(drafts))]
    values = {"count": str(len(starts) + 1)}
    return (prefixes if starts else none), [
        Finding(kinds.NUMBERS_AGAIN, drafts[at].place, values={**values, "found": prefixes[at]}) for at in starts
    ]


def _table_of(draft: Draft) -> tuple[int, str]:
    """The table a task stands in; sheets of a workbook may follow each other without a line between."""
    return draft.table, draft.place.part if draft.table else ""


MISPRINTS = 2
"""So many numbers printed twice are misprints in a plan that is numbered through."""


def _restarts(drafts: Sequence[Draft]) -> bool:
    """Whether numbers begin again below each heading, and not only one or two are misprinted."""
    heads = [draft for draft in drafts if draft.printed and not draft.part]
    twice = [number for number, count in Counter(draft.printed for draft in heads).items() if count > 1]
    if len(twice) > MISPRINTS or any(value_of(number) == 1 for number in twice):
        return True
    values = [value_of(draft.printed) for draft in heads]
    falls = [at for at in range(1, len(heads)) if heads[at].printed in twice and values[at] < values[at - 1]]
    return any(values[at + 1 : at + 2] in ([], [values[at] + 1]) for at in falls)


def _free(number: str, taken: set[str]) -> str:
    """The number itself, or with the first free letter after it: 3, 3a, 3b … 3z1."""
    far = (f"z{at}" for at in count(len(taken)))
    return next(number + end for end in chain(("",), ascii_lowercase, far) if number + end not in taken)


def out_of_order(tasks: Sequence[Task]) -> list[Finding]:
    """Numbers that leave one out, where the whole plan is numbered through."""
    if not all(task.number.isdecimal() and len(task.number) < 6 for task in tasks):
        return []
    return [
        Finding(
            kinds.ORDER_ODD, after.place, task=after.number, values={"before": before.number, "after": after.number}
        )
        for before, after in pairwise(tasks)
        if int(after.number) != int(before.number) + 1
    ]
