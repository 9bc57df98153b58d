"""What kind of name a written name is, and which unit of a plan it means."""

import re
from collections.abc import Iterable, Iterator
from functools import cache, cached_property, lru_cache

from reporting.language.characters import as_seen, even_width, one_line
from reporting.language.units.words import (
    AREA_ENDS,
    BUILT,
    CLOSING,
    DOING,
    FIRM_TAILS,
    GOVERNMENT_TAILS,
    GROUP_ENDS,
    LEVELS,
    NO_ENDS,
    NOT_LEVELS,
    OFFICE_TAILS,
    OPEN_WORDS,
    OPENING,
    PLAIN_TAILS,
    SHORT_FORMS,
)
from reporting.model import Alias, Task, Unit, UnitKind

_BRACKETS = str.maketrans("〔〕[]【】〈〉<>", "()()()()()")


@lru_cache(maxsize=8192)
def fold(name: str) -> str:
    """Even out width, blanks, what nobody sees and the style of brackets, for comparing two names."""
    return even_width(name).translate(_BRACKETS)


def written_name(text: str) -> str:
    """A name as it is kept: on one line, in the characters a reader takes it to have."""
    return one_line(as_seen(text))


def bare(name: str) -> str:
    """The name without a bracket at its end: 市委组织部(市招才局) → 市委组织部."""
    name = name.strip()
    if name and name[-1] in CLOSING:
        start = _opening_of_last(name)
        return name[:start].strip() if start > 0 else name
    return name


def _opening_of_last(name: str) -> int:
    depth = 0
    for index in range(len(name) - 1, -1, -1):
        if name[index] in CLOSING:
            depth += 1
        elif name[index] in OPENING:
            depth -= 1
            if depth == 0:
                return index
    return -1


def ending(name: str, tails: tuple[str, ...]) -> str:
    """The longest of the tails a name ends with, if something stands before it."""
    if not name.endswith(tails):
        return ""
    known, lengths = _by_length(tails)
    return next((name[-size:] for size in lengths if len(name) > size and name[-size:] in known), "")


@cache
def _by_length(tails: tuple[str, ...]) -> tuple[frozenset[str], tuple[int, ...]]:
    return frozenset(tails), tuple(sorted({len(tail) for tail in tails}, reverse=True))


ALL_TAILS = GOVERNMENT_TAILS + OFFICE_TAILS + PLAIN_TAILS


@lru_cache(maxsize=8192)
def is_complete(name: str) -> bool:
    """Whether a name ends as names of units do."""
    stem = bare(name)
    return not is_short(stem) and bool(ending(stem, ALL_TAILS)) and NO_ENDS.search(stem) is None


def is_short(stem: str) -> bool:
    """Whether a name is a short form that only ends like a name: 市人社."""
    return stem.endswith(SHORT_FORMS) and stem.removeprefix(rank_of(stem)) in SHORT_FORMS


@lru_cache(maxsize=8192)
def looks_like_unit(name: str) -> bool:
    """Whether this could be a unit or group: 市教育局, 各区, 各市州政府."""
    stem = bare(name)
    if not 2 <= len(stem) <= 45 or any(mark in stem for mark in "。：:？！《》"):
        return False
    if stem.startswith(DOING) and stem.endswith(BUILT):
        return False
    return is_complete(stem) or (stem.startswith(("各", "相关", "有关")) and bool(ending(stem, GROUP_ENDS)))


def is_area(name: str) -> bool:
    """Whether this is an area that may stand for its government: 临江区, 北山经济开发区."""
    stem = bare(name)
    return 2 < len(stem) <= 20 and bool(ending(stem, AREA_ENDS))


def governs(name: str, area: str) -> bool:
    """Whether a unit is the government of an area: 临江区人民政府 of 临江区, also with what stands in a bracket."""
    stem, where = fold(bare(name)), fold(bare(area))
    return is_area(where) and stem.startswith(where) and stem[len(where) :] in GOVERNMENT_TAILS


def is_fuller(name: str, known: str) -> bool:
    """Whether a name is a known one with its place before it or a bracket behind: 青川市公安局 of 市公安局."""
    fuller, stem = fold(bare(name)), fold(bare(known))
    own = stem.removeprefix(rank_of(stem))
    return len(own) > 2 and (fuller == stem or (fuller.endswith(own) and len(fuller) > len(stem)))


def is_firm(name: str) -> bool:
    """Whether a name ends so that hardly anything else can be meant."""
    return looks_like_unit(name) and bool(ending(bare(name), FIRM_TAILS))


def classify(name: str) -> UnitKind:
    """Whether a written name is one department, several, or nobody in particular."""
    stem = bare(name)
    if any(word in stem for word in OPEN_WORDS) and not re.search(r"领导小组.{0,4}成员单位$", stem):
        return UnitKind.OPEN
    if "有关" in stem or "相关" in stem:
        return UnitKind.OPEN
    group_ends = ("成员单位", "领导小组", "联席会议")
    if "各" in stem[:4] or stem.endswith(group_ends) or "、" in stem:
        return UnitKind.GROUP
    return UnitKind.UNIT


def names_in_use(unit: Unit, year: int | None = None) -> Iterator[str]:
    """The names that a unit goes by; in a year, only the other names that were used then.

    The coordinator may have limited them: 市知识产权局(2004-2018) of one office is another office since.
    """
    yield unit.name
    for alias in unit.aliases:
        if year is None or (alias.since or year) <= year <= (alias.until or year):
            yield alias.name


class UnitIndex:
    """The units of a plan by their names; those that are in use in a year, where one is given."""

    def __init__(self, units: Iterable[Unit], year: int | None = None) -> None:
        self._units = tuple(units)
        self._year = year
        self._own: dict[str, Unit] = {}
        for unit in self._units:
            self._own.setdefault(fold(unit.name), unit)

    @cached_property
    def _others(self) -> dict[str, Unit]:
        others: dict[str, Unit] = {}
        for unit in self._units:
            for name in names_in_use(unit, self._year):
                others.setdefault(fold(name), unit)
        return others

    def find(self, name: str) -> Unit | None:
        """The unit of a name, also of another name of it; never by similarity."""
        wanted = fold(name)
        return self._own.get(wanted) or self._others.get(wanted)


def find_unit(name: str, units: Iterable[Unit], year: int | None = None) -> Unit | None:
    """Look one name up among the units of a plan, also under their other names; never by similarity."""
    return UnitIndex(units, year).find(name)


def collect_units(tasks: Iterable[Task]) -> tuple[Unit, ...]:
    """The units a plan's tasks name, once each, in the order of their first appearance."""
    names: dict[str, str] = {}
    for task in tasks:
        for name in (*task.lead, *task.support):
            names.setdefault(fold(name), name)
    return tuple(Unit(name, classify(name), _other_names(name, names)) for name in names.values())


def _other_names(name: str, known: dict[str, str]) -> tuple[Alias, ...]:
    """市委组织部(市招才局) is also known by either half, unless a half is a unit of its own here."""
    stem = bare(name)
    if stem == name.strip():
        return ()
    inner = name.strip()[len(stem) :].strip()[1:-1]
    halves = [half for half in (stem, inner) if is_firm(half) and fold(half) not in known]
    return tuple(Alias(half) for half in halves)


def bracket_spans(text: str) -> list[tuple[int, int]]:
    """The outermost round, square or angle brackets of a text as (opening, closing) positions."""
    spans: list[tuple[int, int]] = []
    depth, start = 0, 0
    for index, char in enumerate(text):
        if char in "(（[［【〔〈<":
            if depth == 0:
                start = index
            depth += 1
        elif char in ")）]］】〕〉>" and depth:
            depth -= 1
            if depth == 0:
                spans.append((start, index))
    return spans


@lru_cache(maxsize=8192)
def rank_of(name: str) -> str:
    """The level a name begins with (市, 区委, 各区、县级市 …), or nothing."""
    group = re.match(r"各[^、]{1,6}、(?:县级市|县|旗|市|区)", name)
    if group:
        return group.group(0)
    if name.startswith(NOT_LEVELS) and not name.startswith("市市场"):
        return ""
    level = next((level for level in LEVELS if name.startswith(level)), "")
    return level if len(name) > len(level) else ""
