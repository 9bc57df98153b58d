"""Glyphs at places → lines of text, and whether one goes on in the next.

Runs in the child that reads a PDF or an OFD file. Knows nothing of either: a page is marks at places, in points,
counted from the lower left corner.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from reporting.language.characters import printed_width
from reporting.plan.documents.parts import BREAK


class Glyph(NamedTuple):
    """One character: its text, left and right edge, base line, and the size of its font."""

    text: str
    left: float
    right: float
    base: float
    size: float


class PrintedLine(NamedTuple):
    """Glyphs on one base line, from left to right, and the column of the page that holds them."""

    text: str
    base: float
    left: float
    right: float
    size: float
    glyphs: tuple[Glyph, ...]
    column: tuple[int, int] = (0, 0)
    """Of how many columns of text it stands in the which, from 1; zeros across the whole page."""

    @property
    def top(self) -> float:
        """How high it begins, about."""
        return self.base + 0.8 * self.size

    @property
    def spans(self) -> list[tuple[float, float]]:
        """From where to where the stretches of it go that no wide blank parts."""
        return [(run[0].left, run[-1].right) for run in runs_of(self)]


WIDE = 0.9
"""A blank of so many times the size of the font parts one stretch of a line from the next."""


def lines_of(glyphs: Iterable[Glyph]) -> list[PrintedLine]:
    """Lines from top to bottom: glyphs on one base line, parted by blanks where a gap is."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda each: -each.base):
        if rows and rows[-1][0].base - glyph.base < 0.4 * max(glyph.size, rows[-1][0].size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    lines = (line_of(sorted(row, key=lambda each: each.left)) for row in rows)
    return [line for line in lines if line.text]


def line_of(row: Sequence[Glyph], column: tuple[int, int] = (0, 0)) -> PrintedLine:
    """One line of glyphs that stand from left to right."""
    seen = [glyph for glyph in row if glyph.text.strip()] or row
    size = max(glyph.size for glyph in seen)
    return PrintedLine(_spelt(row).strip(), row[0].base, seen[0].left, seen[-1].right, size, tuple(row), column)


def runs_of(line: PrintedLine, wide: float = WIDE) -> list[list[Glyph]]:
    """The stretches of a line that no blank so wide parts, without the blanks around them."""
    seen = [glyph for glyph in line.glyphs if glyph.text.strip()]
    runs = [seen[:1]]
    for before, glyph in pairwise(seen):
        if glyph.left - before.right > wide * line.size:
            runs.append([])
        runs[-1].append(glyph)
    return [run for run in runs if run]


def _spelt(row: Sequence[Glyph]) -> str:
    parts: list[str] = []
    before: Glyph | None = None
    for glyph in row:
        if before is not None:
            if glyph.text == before.text and 0 < glyph.left - before.left < 0.2 * glyph.size:
                continue  # printed twice to look bold; at the very same place it is one glyph for two: ——
            gap = glyph.left - before.right
            latin = glyph.text.isascii() and before.text.isascii() and glyph.text.isalnum()
            if gap > 0.8 * glyph.size:
                parts.append(" " * min(40, max(1, round(2 * gap / glyph.size))))
            elif latin and gap > 0.2 * glyph.size and before.text.isalnum():
                parts.append(" ")
        parts.append(glyph.text)
        before = glyph
    return "".join(parts)


UNBREAKABLE = re.compile(r"[(（《“‘〔\[]{0,2}(?:[!-~…]{1,40}|.)[—，。、；：）)》”]{0,2}")
"""What cannot be parted at the end of a line: (2026—2028, GDP, 95%。"""


def fills(line: PrintedLine, right: float, following: str) -> bool:
    """Whether a line ends because there was no room up to the right edge for what follows."""
    word = UNBREAKABLE.match(following)
    room = 0.8 + (printed_width(word[0]) if word else 0.0)
    return right - line.right < room * line.size


def run_on(one: str, two: str) -> str:
    """Two pieces of text as one; Latin words keep a blank between them."""
    latin = one[-1:].isascii() and one[-1:].isalnum() and two[:1].isascii() and two[:1].isalpha()
    return f"{one} {two}" if latin else one + two


def text_in_cell(lines: Sequence[PrintedLine], right: float) -> str:
    """The text of a cell up to its right edge: a line that fills it goes on in the next one."""
    text = ""
    for index, line in enumerate(lines):
        following = lines[index + 1].text if index + 1 < len(lines) else ""
        text = run_on(text, line.text) + ("" if fills(line, right - 0.3 * line.size, following) else BREAK)
    return text
