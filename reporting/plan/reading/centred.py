"""Rows of a printed table whose number and unit stand in the middle of their height, as text taken from a page.

负责组织事故现场的环境监测，评估
12 市生态环境局
环境损害。
13 市交通运输局 负责组织运输保障。

What stands above and below a number belongs to its row; a row ends with a full stop.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from reporting.language.units import is_area, looks_like_unit, split_units
from reporting.model import Line
from reporting.plan.notations import Field
from reporting.plan.notations.headings import UNITS, read_headings

ROW = re.compile(r"(?P<number>\d{1,3}) {1,8}(?P<units>[^ ]{2,40})(?: {1,8}(?P<rest>.*))?$")
"""12 市生态环境局, with words of its row behind it or none."""

CLOSED = re.compile(r"[。！？][”）)]?$")
LONGEST_ROW = 40
"""No row has more lines."""

LEAST = 3
"""So many rows one after another show how the table stands."""


def from_centred(lines: Sequence[Line]) -> list[Line]:
    """The lines with the rows of such a table written with tabs."""
    done: list[Line] = []
    at = 0
    while at < len(lines):
        words = lines[at].text.split() if len(lines[at].text) < 100 else []
        order = _columns(words)
        end = _end_of_rows(lines, at + 1) if order else at + 1
        anchors = _anchors(lines[at + 1 : end]) if order else []
        closed = sum(CLOSED.search(line.text.strip()) is not None for line in lines[at + 1 : end]) if anchors else 0
        if not order or len(anchors) < LEAST or anchors[0] == 0 or closed < len(anchors):
            done.append(lines[at])
            at += 1
            continue
        done.append(replace(lines[at], text="\t".join(words)))
        done += _rows(lines[at + 1 : end], anchors, order)
        at = end
    return done


def _columns(words: Sequence[str]) -> tuple[int, int, int] | None:
    """Which of three headings are those of the number, the units and the task."""
    fields = [heading.field for heading in read_headings(words)] if len(words) == 3 else []
    units = [at for at, field in enumerate(fields) if field in UNITS]
    contents = [at for at, field in enumerate(fields) if field is Field.CONTENT]
    if fields[:1] != [Field.NUMBER] or len(units) != 1 or len(contents) != 1:
        return None
    return 0, units[0], contents[0]


def _end_of_rows(lines: Sequence[Line], start: int) -> int:
    """The line after the last number and the words below it that end with a full stop."""
    last = start
    for at in range(start, len(lines)):
        words = lines[at].text.split() if len(lines[at].text) < 100 else []
        if "\t" in lines[at].text or at - last > LONGEST_ROW or _columns(words):
            break
        if _anchor(lines[at].text):
            last = at
    closed = (at for at in range(last, min(len(lines), last + LONGEST_ROW)) if CLOSED.search(lines[at].text.strip()))
    return next(closed, last) + 1


def _anchor(text: str) -> re.Match[str] | None:
    match = ROW.match(text.strip()) if len(text) < 300 else None
    names = split_units(match.group("units")) if match else ()
    return match if names and all(looks_like_unit(name) or is_area(name) for name in names) else None


def _anchors(lines: Sequence[Line]) -> list[int]:
    """Where the rows have their numbers, which must count on."""
    found = [(at, int(match.group("number"))) for at, line in enumerate(lines) if (match := _anchor(line.text))]
    counted = all(two == one + 1 for (_, one), (_, two) in pairwise(found))
    return [at for at, _ in found] if counted else []


def _rows(lines: Sequence[Line], anchors: Sequence[int], order: tuple[int, int, int]) -> list[Line]:
    """One line for each row: the words from its first line to the full stop that closes it."""
    rows: list[Line] = []
    start = 0
    for anchor, following in zip(anchors, [*anchors[1:], len(lines)], strict=True):
        match = _anchor(lines[anchor].text)
        assert match is not None
        closed = (at for at in range(anchor, following) if CLOSED.search(lines[at].text.strip()))
        end = next(closed, following - 1) + 1
        below = [line.text.strip() for line in lines[anchor + 1 : end]]
        words = [*(line.text.strip() for line in lines[start:anchor]), match.group("rest") or "", *below]
        cells = dict(zip(order, (match.group("number"), match.group("units"), "".join(words)), strict=True))
        rows.append(replace(lines[start], text="\t".join(cells[at] for at in range(3))))
        start = end
    return rows
