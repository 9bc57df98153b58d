"""Lines that name units and nothing else, above the points those units are to do: 市教育局：."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from reporting.language.units import is_firm, rank_of, split_units
from reporting.model import Line
from reporting.plan.reading.markers import Marker, MarkerKind, find_marker

UNIT_LINE = MarkerKind("unit", 0, re.compile(r"(?!)"), "市教育局：")
"""A heading that has no number: its units stand for one. Its rank depends on what it heads."""

HEAD = re.compile(r"^(?P<units>[^：:。；，,0-9]{3,40})(?:[：:] ?(?P<rest>.*)|$)", re.S)


def units_of_heading(text: str) -> tuple[str, ...]:
    """The units that are all a heading says: 一、市教育局（牵头单位）."""
    words = re.sub(r"[(（].{1,8}[)）]$", "", text.strip("。；;：: "))
    names = split_units(words) if 3 <= len(words) <= 40 else ()
    return names if all(is_firm(name) and (rank_of(name) or name[0] == "各") for name in names) else ()


def unit_lines(lines: Sequence[Line]) -> list[Line]:
    """Lines that only name units above numbered points (市教育局：1.…) apart from what they head."""
    heads = [_parted(line) for line in lines]
    following = [*lines[1:], Line("", lines[-1].place)] if lines else []
    known = [
        head is not None and _counts(head[1] or after.text, colon=line.text != head[0])
        for line, head, after in zip(lines, heads, following, strict=True)
    ]
    if sum(known) < 2:
        return list(lines)
    parted: list[Line] = []
    for line, head, whole in zip(lines, heads, known, strict=True):
        if head and whole:
            parted.append(replace(line, text=f"{head[0]}："))
            parted.extend([replace(line, text=head[1])] if head[1] else [])
        else:
            parted.append(line)
    return parted


def _counts(text: str, *, colon: bool) -> bool:
    """Whether numbered points begin here; without a colon the first must be number one."""
    marker = find_marker(text)
    return marker is not None and (colon or marker.value == 1)


def _parted(line: Line) -> tuple[str, str] | None:
    match = HEAD.match(line.text[:4000]) if find_marker(line.text) is None else None
    if match is None or not units_of_heading(match.group("units")):
        return None
    return match.group("units"), (match.group("rest") or "") + line.text[4000:]


def unit_markers(lines: Sequence[Line]) -> dict[int, Marker]:
    """Markers for lines that head numbered points with nothing but units, by their place in the list."""
    found: dict[int, Marker] = {}
    for index, (line, after) in enumerate(pairwise(lines)):
        below = find_marker(after.text)
        units = units_of_heading(line.text) if below and line.text.endswith("：") else ()
        if below is None or not units:
            continue
        kind = replace(UNIT_LINE, rank=below.kind.rank - 0.25)
        found[index] = Marker(kind, "", units[0])
    return found if len(found) > 1 else {}
