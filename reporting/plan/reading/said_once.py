"""Doubts that hold for much of a document, said once for all of it.

What stands at every third task tells nothing about any of them; whoever reads plan.xlsx is to find a mark where
something may be wrong. Which tasks are meant is named in the sentence.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from reporting.model.findings import Finding, Kind
from reporting.plan.reading import draft as kinds

MOST_NAMED = 12
"""So many tasks are named one by one."""


@dataclass(frozen=True, slots=True)
class Folding:
    """When findings of one kind are said together, and as what."""

    together: Kind
    least: int
    """From how many on."""
    share: float = 0.0
    """And from what share of the tasks on."""
    by_words: bool = False
    """Whether only those with the same words are."""


FOLDINGS: Mapping[Kind, Folding] = {
    kinds.OPEN_LIST: Folding(kinds.OPEN_LISTS, 1),
    kinds.WORDS_UNREAD: Folding(kinds.WORDS_LEFT, 1),
    kinds.ORDER_ODD: Folding(kinds.ORDER_BROKEN, 4),
    kinds.SHARED_UNITS: Folding(kinds.UNITS_OF_HEADINGS, 3, 0.25),
    kinds.UNITS_FROM_ABOVE: Folding(kinds.UNITS_OF_MERGED, 3),
    kinds.NO_NUMBER: Folding(kinds.NUMBERS_MISSING, 3),
    kinds.DATE_UNCLEAR: Folding(kinds.DATES_UNCLEAR, 3, by_words=True),
}


def said_once(findings: Sequence[Finding], tasks: int) -> list[Finding]:
    """The findings with those that hold for much of the document folded into one each."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for each in findings:
        if each.kind in FOLDINGS:
            groups.setdefault(_group(each), []).append(each)
    told: list[Finding] = []
    for each in findings:
        folding, group = FOLDINGS.get(each.kind), groups.get(_group(each), [])
        if folding is None or len(group) < folding.least or len(group) < folding.share * tasks:
            told.append(each)
        elif each is group[0]:
            told.append(_together(group, folding))
    return told


def _group(finding: Finding) -> tuple[str, str]:
    folding = FOLDINGS.get(finding.kind)
    return finding.kind.code, finding.values.get("found", "") if folding and folding.by_words else ""


def _together(group: Sequence[Finding], folding: Folding) -> Finding:
    """One finding about the whole document, which names the tasks."""
    words = _WORDS.get(group[0].kind, _found)
    found = group[0].values.get("found", "") if folding.by_words else _listed(map(words, group))
    values = {"count": str(len(group)), "tasks": _listed(each.task for each in group), "found": found}
    return Finding(folding.together, replace(group[0].place, part="", row=0, column=0), values=values)


def _found(finding: Finding) -> str:
    return f"任务 {finding.task}“{finding.values.get('found', '')}”"


def _gap(finding: Finding) -> str:
    return f"{finding.values['before']} 之后是 {finding.values['after']}"


_WORDS: Mapping[Kind, Callable[[Finding], str]] = {kinds.ORDER_ODD: _gap}


def _listed(words: Iterable[str]) -> str:
    every = list(dict.fromkeys(words))
    return "、".join(every[:MOST_NAMED]) + ("等" if len(every) > MOST_NAMED else "")
