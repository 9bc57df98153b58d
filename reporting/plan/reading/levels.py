"""Names without the level that the same office has elsewhere in the document: 经委 beside 区经委.

A list may name its level with the first office only, with some, or with none; the document as a whole shows
which level its offices belong to.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from reporting.language.units import fold, is_of_level, rank_of
from reporting.plan.reading.draft import Draft

LEAST, MOST = 6, 0.85
"""So many offices of one level, and so large a share of all that could have one, make it that of the others."""


def complete_levels(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts with the level put before names that lack it, where the document shows which it is."""
    counts = Counter(name for draft in drafts for name in (*draft.lead, *draft.support))
    whole = {name: level for name in counts if (level := rank_of(name)) and not name.startswith("各")}
    by_core: dict[str, set[str]] = {}
    for name, level in whole.items():
        by_core.setdefault(fold(name.removeprefix(level)), set()).add(level)
    usual = _usual_level(counts, whole)
    full: dict[str, str] = {}
    for name in counts:
        if rank_of(name) or name.startswith("各"):
            continue
        levels = by_core.get(fold(name), set())
        level = next(iter(levels)) if len(levels) == 1 else usual if not levels and is_of_level(name) else ""
        if level:
            full[name] = level + name
    return [_completed(draft, full) for draft in drafts] if full else list(drafts)


def _usual_level(counts: Counter[str], whole: dict[str, str]) -> str:
    """The level of nearly all offices of the document; nothing where they differ or are few."""
    levels = Counter(dict.fromkeys(whole.values(), 0))
    for name, level in whole.items():
        levels[level[0]] += counts[name]
    bare = sum(count for name, count in counts.items() if name not in whole and is_of_level(name))
    level, most = levels.most_common(1)[0] if levels else ("", 0)
    return level if most >= LEAST and most >= MOST * (sum(levels.values()) + bare) else ""


def _completed(draft: Draft, full: dict[str, str]) -> Draft:
    lead = tuple(dict.fromkeys(full.get(name, name) for name in draft.lead))
    support = tuple(dict.fromkeys(full.get(name, name) for name in draft.support))
    return replace(draft, lead=lead, support=tuple(name for name in support if name not in lead))
