"""Ruled strokes → the grid of a table, and a table that goes on over pages.

Strokes are what a program drew: single lines, or the thin boxes some draw instead of lines. A grid is made of
all that touch; a cell without a stroke between it and the next is one with it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from reporting.plan.documents.parts import BREAK, MOST_COLUMNS

NEAR = 2.5
"""Strokes nearer than this, in points, are meant to meet."""

MOST_RULES = 5_000
"""A page with more strokes is a drawing."""

ENDS = ("。", "；", ";", "！", "？", "!", "?")

NUMBER = re.compile(r"[(（]?\d{1,4}[)）.．、]?\v?$")


class RuledLine(NamedTuple):
    """A stroke from left to right or from bottom to top."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def level(self) -> bool:
        """Whether it goes from left to right."""
        return self.right - self.left > self.top - self.bottom


Point = tuple[float, float]


def strokes_of(
    box: tuple[float, float, float, float], pieces: Sequence[tuple[Point, Point]], *, stroked: bool
) -> Iterator[RuledLine]:
    """The strokes of a path: itself where it is thin, else the straight lines it is drawn of."""
    left, bottom, right, top = box
    if min(right - left, top - bottom) <= 3:
        if max(right - left, top - bottom) > 3:
            yield RuledLine(left, bottom, right, top)
        return
    if not stroked and len(pieces) < 6:
        return  # a box of colour behind text
    for (x0, y0), (x1, y1) in pieces:
        if min(abs(x1 - x0), abs(y1 - y0)) <= 1 < max(abs(x1 - x0), abs(y1 - y0)):
            yield RuledLine(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


Cells = tuple[int, int]
"""Row and column of the upper left corner of a cell."""


@dataclass(slots=True)
class PrintedRow:
    """The texts of a row by column; ``repeated`` where it is the heading on top of another page.

    A text that ends with a line break is whole; one without may go on in the same cell on the next page.
    """

    texts: list[str]
    repeated: bool = False
    spanned: frozenset[int] = frozenset()
    """Columns whose cell began in a row above."""

    @property
    def printed(self) -> str:
        """The row as a line, with tabs between its cells."""
        return "\t".join(text.strip(BREAK) for text in self.texts)


@dataclass(frozen=True, slots=True)
class PrintedGrid:
    """A table on one page: where its columns and rows begin, which cells are one, and the rows of text."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    """From the top down."""
    owner: Mapping[Cells, Cells]
    rows: Sequence[PrintedRow] = ()

    @property
    def top(self) -> float:
        """How high it begins."""
        return self.ys[0]

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it."""
        return self.xs[0] <= x <= self.xs[-1] and self.ys[-1] <= y <= self.ys[0]

    def cell_at(self, x: float, y: float) -> Cells:
        """The cell a point lies in."""
        column = bisect_right(self.xs, x, 1, len(self.xs) - 1) - 1
        row = bisect_right(self.ys, -y, 1, len(self.ys) - 1, key=lambda edge: -edge) - 1
        return self.owner[row, column]

    def corners(self) -> dict[Cells, tuple[float, float]]:
        """Where each cell ends: right and bottom."""
        ends: dict[Cells, tuple[float, float]] = {}
        for (row, column), owner in self.owner.items():
            right, bottom = ends.get(owner, (self.xs[0], self.ys[0]))
            ends[owner] = max(right, self.xs[column + 1]), min(bottom, self.ys[row + 1])
        return ends

    def filled(self, words: Mapping[Cells, str]) -> PrintedGrid:
        """With its texts: a cell that spans rows is repeated in each, one that spans columns stands first."""
        rows: list[PrintedRow] = []
        for row in range(len(self.ys) - 1):
            texts: list[str] = []
            spanned: set[int] = set()
            for column in range(len(self.xs) - 1):
                above, left = self.owner[row, column]
                texts.append(words.get((above, left), "") if left == column else "")
                if above < row:
                    spanned.add(column)
            rows.append(PrintedRow(texts, spanned=frozenset(spanned)))
        return replace(self, rows=rows)

    def goes_on_in(self, other: PrintedGrid) -> bool:
        """Whether a table on top of the next page is this one: its columns stand where these stand."""
        return len(self.xs) == len(other.xs) and all(
            abs(one - two) < 4 * NEAR for one, two in zip(self.xs, other.xs, strict=True)
        )


_COMPARED = 60
"""So many rows on either side of a page's end tell how the rows of a table are filled."""


def go_on(before: Sequence[PrintedRow], rows: Sequence[PrintedRow]) -> list[PrintedRow]:
    """The rows on the next page of a table: headings marked, what was cut put back into the row it is of."""
    again = 0
    while again < min(3, len(before), len(rows)) and _same(before[again], rows[again]):
        rows[again].repeated = True
        again += 1
    if again == len(rows) or not before:
        return list(rows)
    last, first = before[-1], rows[again]
    below = rows[again + 1 :]
    spanned = below[0].spanned if below else frozenset()
    if _is_cut(before[-_COMPARED:], first, below[:_COMPARED]):
        for column in spanned:
            whole = last.texts[column] + first.texts[column]
            _write_down(iter(below), column, first.texts[column], whole)
        last.texts = [one + two for one, two in zip(last.texts, first.texts, strict=True)]
        return [*rows[:again], *below]
    for column, (one, two) in enumerate(zip(last.texts, first.texts, strict=True)):
        if one and two and column in last.spanned | spanned and not one.endswith(BREAK):
            _write_down(reversed(before), column, one, one + two)
            _write_down(iter(rows[again:]), column, two, one + two)
    return list(rows)


def _write_down(rows: Iterator[PrintedRow], column: int, old: str, new: str) -> None:
    """Write the whole text of a cell that spans rows into each of them."""
    for row in rows:
        if row.texts[column] != old:
            return
        row.texts[column] = new


def _same(one: PrintedRow, two: PrintedRow) -> bool:
    return [text.replace(BREAK, "") for text in one.texts] == [text.replace(BREAK, "") for text in two.texts]


def _is_cut(before: Sequence[PrintedRow], row: PrintedRow, after: Sequence[PrintedRow]) -> bool:
    """Whether the first row of a page goes on with the last of the page before.

    So it is where a column that is filled everywhere is filled in only one of the two; and, unless both have
    a number, where texts that end in a full stop everywhere else do not end in the last row.
    """
    last = before[-1]
    others = [each for each in (*before[:-1], *after) if any(each.texts)]
    if len(others) < 2 or not any(row.texts):
        return False
    open_sentence = False
    for column, (one, two) in enumerate(zip(last.texts, row.texts, strict=True)):
        if column in last.spanned or column in row.spanned:
            continue
        texts = [each.texts[column] for each in others]
        if all(texts) and bool(one) != bool(two):
            return True
        if NUMBER.match(one) and NUMBER.match(two):
            return False
        ended = sum(_ends(text) for text in texts)
        open_sentence = open_sentence or bool(one and two and ended * 5 >= len(texts) * 4 and not _ends(one))
    return open_sentence


def _ends(text: str) -> bool:
    return text.rstrip(BREAK).endswith(ENDS)


def find_grids(rules: Sequence[RuledLine]) -> list[PrintedGrid]:
    """The tables that strokes draw; a frame around one column of text is none."""
    if not 4 <= len(rules) <= MOST_RULES:
        return []
    grids = (_grid(group) for group in _touching(rules))
    return [grid for grid in grids if grid is not None]


def _touching(rules: Sequence[RuledLine]) -> list[list[RuledLine]]:
    """Strokes in groups that touch each other."""
    parent = list(range(len(rules)))

    def head(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    order = sorted(range(len(rules)), key=lambda index: rules[index].left)
    open_rules: list[int] = []
    for index in order:
        rule = rules[index]
        open_rules = [each for each in open_rules if rules[each].right + NEAR >= rule.left]
        for each in open_rules:
            other = rules[each]
            if other.bottom - NEAR <= rule.top and rule.bottom - NEAR <= other.top:
                parent[head(index)] = head(each)
        open_rules.append(index)
    groups: dict[int, list[RuledLine]] = {}
    for index, rule in enumerate(rules):
        groups.setdefault(head(index), []).append(rule)
    return list(groups.values())


def _edges(values: Sequence[float]) -> list[float]:
    """Positions that are meant to be one, as one."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > 2 * NEAR:
            edges.append(value)
    return edges


def _grid(rules: Sequence[RuledLine]) -> PrintedGrid | None:
    level = [rule for rule in rules if rule.level]
    upright = [rule for rule in rules if not rule.level]
    xs = _edges([_side(rule) for rule in upright])
    ys = _edges([_height(rule) for rule in level])[::-1]
    if len(xs) < 3 or len(ys) < 2 or len(xs) > MOST_COLUMNS:
        return None
    owner: dict[Cells, Cells] = {}
    level.sort(key=_height)
    for row, (upper, lower) in enumerate(pairwise(ys)):
        near = level[
            bisect_left(level, upper - 2 * NEAR, key=_height) : bisect_right(level, upper + 2 * NEAR, key=_height)
        ]
        middle = (upper + lower) / 2
        walls = sorted(_side(rule) for rule in upright if rule.bottom - NEAR < middle < rule.top + NEAR)
        for column, (left, right) in enumerate(pairwise(xs)):
            at = bisect_left(walls, left - 2 * NEAR)
            walled = at < len(walls) and walls[at] <= left + 2 * NEAR
            roofed = any(rule.left - NEAR < (left + right) / 2 < rule.right + NEAR for rule in near)
            if column and not walled:
                owner[row, column] = owner[row, column - 1]
            elif row and not roofed:
                owner[row, column] = owner[row - 1, column]
            else:
                owner[row, column] = (row, column)
    return PrintedGrid(tuple(xs), tuple(ys), owner)


def _height(rule: RuledLine) -> float:
    return (rule.bottom + rule.top) / 2


def _side(rule: RuledLine) -> float:
    return (rule.left + rule.right) / 2
