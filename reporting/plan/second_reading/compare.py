"""What the two readings make of each task's offices, and where they differ."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from reporting.model import Line, Place, Task
from reporting.plan.second_reading.layout import even
from reporting.plan.second_reading.passages import Passage
from reporting.plan.second_reading.proposal import FirstNames, Units, proposed_units
from reporting.plan.second_reading.slots import Duty, NameSlot, Shape
from reporting.plan.second_reading.words import EVERYBODY, FIRST_LEADS, GENERIC, LEVEL, OFFICE, SHORT, SURE

MOST_COMPARED = 150
"""So many names of one task are looked at one by one; no real task has as many."""

SHORTEST = 6
"""A name of no more characters is one, unless it ends like too many other words."""
_PARTED = re.compile(r"、|[及和与](?=相关|有关|各)")
_WEAK = frozenset("会社组馆台场业队区体")

_ZONE = re.compile(r"(?:新|高新|经开|开发|示范|度假)区")
"""What the offices of a zone begin with, as those of a district with 区: 新区财政局."""

_WHOLE_PLACE = re.compile(r"全[国省市区县州]")

_GLOSS = re.compile(r"（[^（）]*）")


@dataclass(slots=True)
class TaskWords:
    """Tasks that begin at one line, and the slots from there to the next thing that was read."""

    line: int
    tasks: list[int]
    slots: list[NameSlot] = field(default_factory=list)
    passage: Passage = field(default_factory=lambda: Passage(()))


@dataclass(frozen=True, slots=True)
class Difference:
    """How the two readings of one passage differ, in full names of the first and printed ones of the second."""

    tasks: tuple[int, ...]
    only_first: tuple[str, ...] = ()
    only_second: tuple[str, ...] = ()
    roles: tuple[tuple[str, Duty], ...] = ()
    rest: tuple[str, ...] = ()
    no_slot: bool = False
    """Whether neither a slot nor any of the task's units stands in its passage."""
    unseen: bool = False
    """Whether this reading saw no slot, though the task has units."""
    proposal: Units | None = None
    """Who leads and who supports as the second reading has it, where that is another answer."""

    @property
    def is_none(self) -> bool:
        """Whether the two readings agree."""
        return not (self.only_first or self.only_second or self.roles or self.rest or self.no_slot)


def plain(name: str) -> str:
    """A name to compare by: even, without brackets that explain."""
    text = even(name).replace("\n", "")
    return _GLOSS.sub("", text) or text


def names_within(name: str) -> list[str]:
    """各区、县级市政府 is one group for the first reading; here each part is a name."""
    return [part for part in _PARTED.split(plain(name)) if len(part) > 1]


def likeness_of(printed: str, name: str) -> int:
    """Whether a printed name can be what a full name was completed from: 3 the same, 0 not."""
    if printed == name:
        return 3
    if name.endswith(printed) and _is_level(name[: -len(printed)]):
        return 2
    if name.startswith(printed) and OFFICE.fullmatch(name[len(printed) :]):
        return 2
    at = name.find(printed)
    if at > 0 and _is_level(name[:at]) and OFFICE.fullmatch(name[at + len(printed) :]):
        return 2
    return 1 if printed.endswith(name) and _is_level(printed[: -len(name)]) else 0


def _is_level(words: str) -> bool:
    return words in ("各", "县级市") or (LEVEL.fullmatch(words) or _ZONE.fullmatch(words)) is not None


def pair_names(printed: Sequence[str], names: Sequence[str]) -> tuple[dict[str, str], list[str], list[str]]:
    """(full name → printed name, printed names left, full names left)."""
    same = set(printed) & set(names)
    paired = {name: name for name in names if name in same}
    left = [each for each in printed if each not in same][:MOST_COMPARED]
    lost = [name for name in names if name not in same][:MOST_COMPARED]
    for least in (2, 1):
        for name in lost:
            found = next((each for each in left if likeness_of(each, name) == least), None)
            if found is not None and name not in paired:
                paired[name] = found
                left.remove(found)
    known = [name for name in names if name in paired][:MOST_COMPARED]
    again = [each for each in left if not any(likeness_of(each, name) > 1 for name in known)]
    return paired, again, [name for name in lost if name not in paired]


def compare_words(
    words: TaskWords, tasks: Sequence[Task], above: Sequence[NameSlot], *, first_leads: bool
) -> Difference:
    """Lay the slots of a passage beside the tasks read from it; ``above`` are those of the headings over it."""
    group = [tasks[index] for index in words.tasks]
    said = any(slot.said for slot in words.slots)
    slots = [slot for slot in words.slots if slot.said or not said or slot.shape is not Shape.BRACKET]
    slots = [slot for slot in slots if slot.shape is not Shape.HEAD] or slots
    have = [(plain(name), part) for slot in slots for name, part in slot.names]
    leads = {part for task in group for name in task.lead for part in names_within(name)}
    supports = {part for task in group for name in task.support for part in names_within(name)}
    every = [name for task in group for name in (*task.lead, *task.support)]
    names = list(dict.fromkeys(part for name in every for part in names_within(name)))
    paired, only_second, only_first = pair_names(list(dict.fromkeys(name for name, _ in have)), names)
    whole = "\n".join(map(plain, every))
    rest = [each for slot in slots for each in slot.rest if each.replace("\n", "") not in whole]
    only_first, only_second = _without_joined(only_first, list(filter(_is_sure, only_second)))
    unknown = {each.replace("\n", "") for slot in slots for each in slot.rest}
    only_first = [name for name in only_first if not any(likeness_of(each, name) for each in unknown)]
    if only_first and above:
        only_first = pair_names([plain(name) for slot in above for name, _ in slot.names], only_first)[2]
    within = {name: [each for each in only_second if each in name] for name in only_first}
    several = {name for name, parts in within.items() if len(parts) > 1 and any(map(SURE.search, parts))}
    only_first = [name for name in only_first if name in several or not words.passage.has(name)]
    single = [name for name in names if name not in several]
    only_second = [each for each in only_second if not _cut_otherwise(each, single, words.passage)]
    unseen = bool(names) and not slots
    roles = _roles(paired, have, (leads, supports), first_leads=first_leads) if _tell_roles(slots, group) else ()
    found = Difference(
        tuple(words.tasks),
        () if unseen else tuple(only_first),
        tuple(only_second),
        roles,
        tuple(rest),
        no_slot=unseen and len(only_first) == len(names),
        unseen=unseen,
    )
    if found.is_none or not (only_first or only_second or roles) or len(group) > 1:
        return found
    full = {printed: _whole_of(name, every) for name, printed in paired.items()}
    kept = [_without(slot, set(only_second) | set(full)) for slot in slots]
    own = {*full.values(), *(name for name in every if set(names_within(name)) & set(only_first))}
    first = FirstNames(full, frozenset(every) - own)
    return replace(found, proposal=proposed_units(kept, group[0], first, first_leads=first_leads))


def _cut_otherwise(printed: str, names: Sequence[str], passage: Passage) -> bool:
    """Whether the first reading has more or less of these words for its name, and the text bears it out."""
    return any((name in printed or printed in name) and passage.has(name) for name in names[:MOST_COMPARED])


def _whole_of(name: str, every: Sequence[str]) -> str:
    """The name of the plan that a part belongs to: 各区、县级市政府 of 各区."""
    return next((each for each in every if name in names_within(each)), name)


def _without(slot: NameSlot, sure: set[str]) -> NameSlot:
    """The slot with even names, and without those that may be none."""
    names = [(plain(name), part) for name, part in slot.names]
    return replace(slot, names=[(name, part) for name, part in names if name in sure])


def _is_sure(printed: str) -> bool:
    """Whether a name can hardly be anything else; 参会安排确定行 only ends like an office."""
    if printed in GENERIC or printed in SHORT or _WHOLE_PLACE.fullmatch(printed):
        return False
    firm = SURE.search(printed) or LEVEL.match(printed) or EVERYBODY.fullmatch(printed)
    return firm is not None or (len(printed) <= SHORTEST and printed[-1] not in _WEAK)


def _without_joined(only_first: list[str], only_second: list[str]) -> tuple[list[str], list[str]]:
    """全区经济运行 and 各专班, which are one group for the first reading, are no difference."""
    joined = {
        one + two: (one, two) for one, two in pairwise(only_second) if two.startswith(("各", "有关", "相关", "成员"))
    }
    both = [name for name in only_first if name in joined]
    taken = {part for name in both for part in joined[name]}
    return [name for name in only_first if name not in both], [name for name in only_second if name not in taken]


def names_with_added_level(words: TaskWords, tasks: Sequence[Task]) -> Iterator[tuple[int, str]]:
    """(task, name) of units whose level stands neither before them nor before any other name of their passage."""
    printed = {plain(name) for slot in words.slots for name, _ in slot.names}
    levels = {name[0] for name in printed if LEVEL.match(name)}
    for index in words.tasks:
        for name in (*tasks[index].lead, *tasks[index].support):
            bare = plain(name)
            if bare not in printed and bare[1:] in printed and bare[0] in _LEVELS - levels:
                yield index, name


_LEVELS = frozenset("省市区县州旗镇乡")


def covers(slots: Sequence[NameSlot], task: Task) -> bool:
    """Whether all units of a task stand in slots elsewhere, such as that of the heading above it."""
    printed = list(dict.fromkeys(plain(name) for slot in slots for name, _ in slot.names))
    names = list(dict.fromkeys(part for name in (*task.lead, *task.support) for part in names_within(name)))
    return not pair_names(printed, names)[2]


def _tell_roles(slots: Sequence[NameSlot], group: Sequence[Task]) -> bool:
    """Whether roles can be told at all: in cells without a heading they cannot, nor of several tasks."""
    return len(group) == 1 and all(slot.shape is not Shape.CELL for slot in slots)


def _roles(
    paired: dict[str, str],
    have: Sequence[tuple[str, Duty | None]],
    read: tuple[set[str], set[str]],
    *,
    first_leads: bool,
) -> tuple[tuple[str, Duty], ...]:
    """Names to which the two readings give different roles, each with that of the second."""
    parts = {part for _, part in have}
    leads, supports = read
    found = []
    if parts == {Duty.SUPPORT} and all(name in paired for name in leads):
        return ()  # 指导部门 alone: whoever leads, the text names nobody else
    for name, printed in paired.items():
        own = {part for each, part in have if each == printed}
        if Duty.LEAD in parts:
            expected = Duty.LEAD if Duty.LEAD in own else Duty.SUPPORT
        else:
            expected = Duty.SUPPORT if own == {Duty.SUPPORT} else Duty.LEAD
        there = Duty.LEAD if name in leads else Duty.SUPPORT
        sure = Duty.LEAD in parts or not first_leads
        if sure and expected is not there and not (name in leads and name in supports):
            found.append((name, expected))
    return tuple(found)


def words_of_tasks(
    lines: Sequence[Line], tasks: Sequence[Task], others: Sequence[Place], slots: Sequence[NameSlot]
) -> tuple[list[TaskWords], list[NameSlot], list[int]]:
    """The slots by the tasks they belong to: what stands last before them; those that belong to none; and the lines."""
    index = LineIndex(lines)
    begins: dict[int, TaskWords | None] = {index.line(place): None for place in others}
    for number, task in enumerate(tasks):
        at = index.line(task.place)
        words = begins.get(at)
        if words is None:
            begins[at] = TaskWords(at, [number])
        else:
            words.tasks.append(number)
    begins.pop(-1, None)
    starts = sorted(begins)
    free: list[NameSlot] = []
    for start, following in pairwise((*starts, len(lines))):
        words = begins[start]
        if words is not None:
            words.passage = Passage(lines[start:following])
    for slot in slots:
        at = bisect_right(starts, slot.line) - 1
        owner = begins[starts[at]] if at >= 0 else None
        (free if owner is None else owner.slots).append(slot)
    return [words for words in begins.values() if words is not None], free, _lines_of_none(begins, len(lines))


def _lines_of_none(begins: Mapping[int, TaskWords | None], count: int) -> list[int]:
    """The lines from whatever is no task to the next task."""
    starts = sorted(begins)
    return [
        line
        for start, following in pairwise((*starts, count))
        if begins[start] is None
        for line in range(max(0, start), following)
    ]


class LineIndex:
    """Finds lines by their places."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.by_place: dict[tuple[str, int, int], int] = {}
        self.by_row: dict[tuple[str, int], int] = {}
        for index, line in enumerate(lines):
            self.by_place.setdefault((line.place.part, line.place.row, line.place.column), index)
            self.by_row.setdefault((line.place.part, line.place.row), index)

    def line(self, place: Place) -> int:
        """The index of the line at a place; -1 where there is none."""
        exact = self.by_place.get((place.part, place.row, place.column))
        return exact if exact is not None else self.by_row.get((place.part, place.row), -1)


def says_first_leads(lines: Sequence[Line]) -> bool:
    """Whether the document says that the first of several offices leads."""
    return any(FIRST_LEADS.search(even(line.text)) for line in lines)
