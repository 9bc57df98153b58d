"""A plan told twice: in its text and in a table beside it. Which to take, and what only the other has."""

import re
from collections.abc import Sequence

from reporting.model.findings import Finding, Kind
from reporting.plan.reading import draft as kinds
from reporting.plan.reading.draft import Draft

NO_WORDS = re.compile(r"[\W_]+")
BEGINNING = 10
"""So many characters at the beginning of a task tell it from others."""

NEARLY_ALL = 0.8


def only_here(drafts: Sequence[Draft], others: Sequence[Draft]) -> list[Draft]:
    """The tasks whose words do not stand among the others."""
    told = " ".join(_words(other) for other in others)
    return [draft for draft in drafts if _words(draft)[:BEGINNING] not in told]


def tells_more(text: Sequence[Draft], table: Sequence[Draft]) -> bool:
    """Whether the text is to be taken, not the table: it has more tasks, or says more of the same ones."""
    fewer, more = sorted((text, table), key=len)
    if len(fewer) - len(only_here(fewer, more)) < NEARLY_ALL * len(fewer):
        return len(text) > len(table)
    return _filled(text) > _filled(table)


def _filled(drafts: Sequence[Draft]) -> int:
    """How many units and deadlines the tasks have."""
    return sum(len(draft.lead) + len(draft.support) + bool(draft.deadline) for draft in drafts)


def part_left_out(drafts: Sequence[Draft], taken: Sequence[Draft], where: str) -> list[Finding]:
    """What only the part that was not taken has: tasks, and units of tasks that both have."""
    named = {_words(draft)[:BEGINNING]: {*draft.lead, *draft.support} for draft in taken}
    others = [
        draft
        for draft in drafts
        if {*draft.lead, *draft.support} - named.get(_words(draft)[:BEGINNING], {*draft.lead, *draft.support})
    ]
    return [
        *_said(kinds.PART_LEFT_OUT, only_here(drafts, taken), where, len(taken)),
        *_said(kinds.PART_DIFFERS, others, where, len(taken)),
    ]


def _said(kind: Kind, drafts: Sequence[Draft], where: str, taken: int) -> list[Finding]:
    """One finding for all these tasks, where the first of them stands."""
    if not drafts:
        return []
    values = {"found": where, "count": str(len(drafts)), "first": drafts[0].content[:20], "taken": str(taken)}
    return [Finding(kind, drafts[0].place, values=values)]


def _words(draft: Draft) -> str:
    return NO_WORDS.sub("", draft.content)
