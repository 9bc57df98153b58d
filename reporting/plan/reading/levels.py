"""Names without the level that the same office has elsewhere in the document: 经委 beside 区经委.

A list may name its level with the first office only, with some, or with none; the document as a whole shows
which level its offices belong to.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from reporting.language.units import fold, is_of_level, rank_of
from reporting.plan.reading.draft import Draft

LEAST, MOST = 6, 0.85
"""So many offices of one level, and so large a share of all that could have one, make it that of the others."""


PLACE = re.compile(
    r"(?:^|《|^中共)(?!中共)([\u4e00-\u9fff]{2,4}?)(?:省|市|自治州|州|盟|县|自治县|新区|区|旗|镇|乡|街道)"
)
"""The place whose plan it is, at the beginning of the title or the name of the office."""

RIVER = re.compile(r"(?!江河|河湖|江湖|湖河)[\u4e00-\u9fff]{1,2}[河江湖](?!长|道)")
"""A name that begins with that of a river: 松河水文局."""


def without_own_place(drafts: Sequence[Draft], heads: Sequence[str], text: str) -> list[Draft]:
    """The drafts without a level before names that begin with the document's own place or a river.

    A list shares its level with those after it, but who is called after the place itself needs none:
    市教育局、临江师范学院 in a plan of 临江市. What the document prints with its level keeps it.
    """
    places = tuple({match.group(1) for head in heads for match in PLACE.finditer(head)})
    pairs = ((name, name.removeprefix(rank_of(name))) for name in _names(drafts))
    named = ((name, rest) for name, rest in pairs if rest != name and len(rest) > 4 and _is_named(rest, places))
    full = {name: rest for name, rest in islice(named, MOST_NAMES) if rest in text and name not in text}
    return [_completed(draft, full) for draft in drafts] if full else list(drafts)


MOST_NAMES = 100
"""No plan has more names of that kind; the text is looked through for each of them."""


def _names(drafts: Sequence[Draft]) -> Iterator[str]:
    return iter(dict.fromkeys(name for draft in drafts for name in (*draft.lead, *draft.support)))


def _is_named(name: str, places: tuple[str, ...]) -> bool:
    """Whether a name begins with that of a place of the document or of a river."""
    return name.startswith(places) or RIVER.match(name) is not None


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
