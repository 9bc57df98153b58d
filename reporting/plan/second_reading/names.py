"""Whether words are the name of an office, and how sure that is: by their ends, their level and known names."""

import re

from reporting.plan.second_reading.words import (
    AREA,
    COLLECTIVE,
    EVERYBODY,
    GENERIC,
    INNER_END,
    JOINT_AFTER_END,
    LEVEL,
    LIST_END_INSIDE,
    NO_BEGINNING,
    OFFICE,
    OFFICE_LABEL,
    PROSE,
    SHORT,
    SURE,
    TIDY_FIELDS,
    WHOLE,
)

LONGEST = 40
"""No name of an office has more characters."""

SHORTEST = 3
"""No name of an office that is not known has fewer."""

MOST_KEPT = 50_000
"""So many words are kept with their costs at a time."""

NONE = 99.0
"""What words cost that are no name at all."""

_STRANGE = re.compile(r"[。：！？《》]|(?<!^)\d{2}")
_HOTLINE = re.compile(r"12\d{3}")
"""What a centre may be called by: 12345热线中心."""


class OfficeNames:
    """What words cost as a name, from 0.5 for one with level and end to 1.2 for one that only ends like one."""

    def __init__(self) -> None:
        self._costs: dict[str, float] = {}

    def cost(self, words: str) -> float:
        """How dear it is to take these words for a name; ``NONE`` for what is none."""
        found = self._costs.get(words)
        if found is None:
            if len(self._costs) >= MOST_KEPT:
                self._costs.clear()
            found = self._costs[words] = _cost(words)
        return found


def _cost(words: str) -> float:
    if not 2 <= len(words) <= LONGEST:
        return NONE
    if EVERYBODY.fullmatch(words) or words in WHOLE:
        return 0.5
    if words in GENERIC:
        return 0.9
    words = _HOTLINE.sub("", words)
    if COLLECTIVE.fullmatch(words):
        return 0.6
    if _STRANGE.search(words) or INNER_END.search(words) or JOINT_AFTER_END.search(words):
        return NONE
    if NO_BEGINNING.match(words) or LIST_END_INSIDE.search(words) or OFFICE_LABEL.fullmatch(words):
        return NONE
    if PROSE.search(TIDY_FIELDS.sub("", words)):
        return NONE
    return _cost_by_end(words)


def _cost_by_end(words: str) -> float:
    level = LEVEL.match(words)
    core = words[level.end() :] if level else words
    if core in SHORT:
        return 0.6 if level else 0.9
    if OFFICE.search(words):
        if OFFICE.fullmatch(words):
            return 1.0 if len(words) > 2 else NONE
        if SURE.search(words):
            return 0.5 if level else 0.8
        if len(words) < SHORTEST:
            return NONE
        return 0.7 if level else 1.2
    return 1.1 if AREA.fullmatch(words) else NONE
