"""Slots that belong to no task: lines that were left out although offices stand in them."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from reporting.model import Line, Place
from reporting.model.findings import Finding
from reporting.plan.second_reading import kinds
from reporting.plan.second_reading.compare import TaskWords
from reporting.plan.second_reading.layout import even
from reporting.plan.second_reading.slots import NameSlot, Shape
from reporting.plan.second_reading.words import EVERYBODY, FOOT, OFFICE


def doubted_lines(
    lines: Sequence[Line], free: Sequence[NameSlot], words: Sequence[TaskWords], told: Collection[Place]
) -> Iterator[Finding]:
    """Slots that belong to no task, where tasks are: between the first and the last, or anywhere without any."""
    first, last = (words[0].line, words[-1].line) if words else (-1, len(lines))
    heads = sum(slot.shape is Shape.HEAD for slot in free)
    shapes = Counter(slot.shape for slot in [slot for each in words for slot in each.slots] or free)
    usual = max(shapes, key=lambda shape: shapes[shape], default=None)
    before = -2
    for slot in free:
        place = lines[slot.line].place
        inside = first < slot.line and (slot.line < last or slot.said or (heads > 1 and slot.shape is Shape.HEAD))
        listed = slot.shape in (Shape.CELL, Shape.COLUMN)
        follows = listed and slot.line - before <= 2
        before = slot.line if listed or place in told else before
        known = follows or place in told or FOOT.search(lines[slot.line].text)
        names_some = _names_office(slot) or (slot.said and slot.shape is usual)
        if inside and not known and names_some and not _addresses_or_signs(slot, lines):
            names = [name for name, _ in slot.names]
            found = "、".join(dict.fromkeys(names[:4])) + ("等" if len(names) > 4 else "")
            yield Finding(kinds.LINE_NAMES_UNITS, place, values={"found": found})


def _names_office(slot: NameSlot) -> bool:
    """Whether one surely is an office: no place, not just anybody, no number of a document."""
    offices = (name for name, _ in slot.names if OFFICE.search(name) and not EVERYBODY.fullmatch(name))
    return (slot.said or not slot.rest) and any(offices)


def _addresses_or_signs(slot: NameSlot, lines: Sequence[Line]) -> bool:
    """Whether these are whom a letter goes to, or who sends it: its line ends with a colon, or a date follows."""
    if slot.said or slot.shape is Shape.HEAD:
        return False
    after = [even(line.text) for line in lines[slot.line + 1 : slot.line + 4] if line.text.strip()]
    return slot.closing == "：" or not after or _DATE.match(after[0]) is not None


_DATE = re.compile(r"(?:\d{4}|二[〇○零O0]..)年.{1,3}月.{1,3}日")
