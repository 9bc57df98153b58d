"""The order in which the blocks of a page are read: text set in columns column by column.

A column is text between blanks that go down through several lines. Columns are read one after the other only
where they are alike and full as set text is; what stands in rows (lists, tables without strokes) stays in rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from reporting.plan.documents.printed_grids import PrintedGrid
from reporting.plan.documents.printed_lines import WIDE, Glyph, PrintedLine, line_of

Block = PrintedLine | PrintedGrid
Span = tuple[float, float]

FEWEST = 3
"""So many lines make a column."""
MANY = 8
"""Beside so many lines of set text, fewer make the last column, where the text ends."""
NARROWEST = 7.0
"""No column of text is narrower than so many characters…"""
ALIKE = 0.55
"""…nor than this share of the widest beside it."""
FULL, SURE = 0.35, 0.2
"""So many of the lines of set text fill their column; with fewer than the second it is none."""
MOST_SPANS = 5_000
"""A page with more stretches of text is a drawing."""
MOST_BANDS = 12
STEPS = 100
"""At so many places across a page, at most, a blank between columns is looked for."""


class Arranged(NamedTuple):
    """The blocks of a page in their order, and whether that is in doubt."""

    blocks: list[Block]
    unsure: bool = False


class Band(NamedTuple):
    """Neighbouring blocks with blanks between columns that go through all of them: from, to, the blanks."""

    first: int
    end: int
    gaps: tuple[Span, ...]


def in_reading_order(blocks: Sequence[Block]) -> Arranged:
    """The blocks of a page, which come from top to bottom, as they are read."""
    if sum(len(spans_of(block)) for block in blocks) > MOST_SPANS:
        return Arranged(list(blocks))
    parts: list[tuple[int, list[Block]]] = []
    waiting = [(0, list(blocks))]
    unsure = False
    for _ in range(MOST_BANDS):
        if not waiting:
            break
        at, rest = waiting.pop()
        band = find_band(rest)
        if band is None:
            parts.append((at, rest))
            continue
        inside = rest[band.first : band.end]
        columns = _columns(inside, band.gaps)
        share = _set_as_text(columns)
        if share >= FULL:
            inside = [block for column in columns for block in column]
        else:
            unsure = unsure or (share >= SURE and not _in_rows(columns, inside))
        parts.append((at + band.first, inside))
        waiting += [(at, rest[: band.first]), (at + band.end, rest[band.end :])]
    ordered = sorted([*parts, *waiting], key=lambda part: part[0])
    return Arranged([block for _, part in ordered for block in part], unsure)


def spans_of(block: Block) -> list[Span]:
    """From where to where the pieces of a block go."""
    return block.spans if isinstance(block, PrintedLine) else [(block.xs[0], block.xs[-1])]


def find_band(blocks: Sequence[Block]) -> Band | None:
    """The neighbouring blocks that most surely stand in columns."""
    sizes = [block.size for block in blocks if isinstance(block, PrintedLine)]
    if len(sizes) < FEWEST:
        return None
    size = median(sizes)
    spans = [spans_of(block) for block in blocks]
    left, right = min(each[0][0] for each in spans), max(each[-1][1] for each in spans)
    step = max(size / 2, (right - left) / STEPS)
    runs = (
        run for count in range(1, int((right - left) / step)) for run in _runs(spans, left + count * step, size / 4)
    )
    best = max(runs, key=lambda run: run.sides, default=None)
    if best is None or not best.sides[0] or (best.sides[0] < FEWEST and best.sides[1] < MANY):
        return None
    first, end = _trimmed(blocks, spans, best.first, best.end, size)
    gaps = tuple(_gaps([span for each in spans[first:end] for span in each], WIDE * size))
    return Band(first, end, gaps) if gaps else None


class _Run(NamedTuple):
    """Neighbouring blocks that leave a place free: how many stand on either side, the fewer first; from, to."""

    sides: tuple[int, int]
    first: int
    end: int


def _runs(spans: Sequence[Sequence[Span]], x: float, room: float) -> Iterator[_Run]:
    """All stretches of blocks that leave a place free."""
    first = before = after = 0
    for at, each in enumerate(spans):
        if any(left - room < x < right + room for left, right in each):
            yield _Run((min(before, after), max(before, after)), first, at)
            first, before, after = at + 1, 0, 0
            continue
        before += any(right <= x for _, right in each)
        after += any(left >= x for left, _ in each)
    yield _Run((min(before, after), max(before, after)), first, len(spans))


def _gaps(spans: Sequence[Span], least: float) -> Iterator[Span]:
    """The blanks between stretches that lie over one another."""
    reached = min(left for left, _ in spans)
    for left, right in sorted(spans):
        if left - reached >= least:
            yield reached, left
        reached = max(reached, right)


def _trimmed(
    blocks: Sequence[Block], spans: Sequence[Sequence[Span]], first: int, end: int, size: float
) -> tuple[int, int]:
    """The band without what only happens to leave its blanks free: a heading above or below it."""
    steps = [one.top - two.top for one, two in pairwise(blocks[first:end])]
    leading = median(steps) if steps else size

    def is_apart(at: int, step: float) -> bool:
        block = blocks[at]
        larger = isinstance(block, PrintedLine) and block.size > 1.15 * size
        return end - first > 2 and len(spans[at]) == 1 and (larger or step > 1.8 * leading)

    while is_apart(first, blocks[first].top - blocks[first + 1].top if end - first > 2 else 0.0):
        first += 1
    while is_apart(end - 1, blocks[end - 2].top - blocks[end - 1].top if end - first > 2 else 0.0):
        end -= 1
    return first, end


def _columns(blocks: Sequence[Block], gaps: Sequence[Span]) -> list[list[Block]]:
    """What stands between the blanks, column by column."""
    columns: list[list[Block]] = [[] for _ in range(len(gaps) + 1)]
    middles = [(left + right) / 2 for left, right in gaps]
    for block in blocks:
        if isinstance(block, PrintedGrid):
            columns[sum(middle < block.xs[0] for middle in middles)].append(block)
            continue
        parts: dict[int, list[Glyph]] = {}
        for glyph in block.glyphs:
            parts.setdefault(sum(middle < glyph.left for middle in middles), []).append(glyph)
        for column, glyphs in parts.items():
            line = line_of(glyphs, (len(columns), column + 1))
            if line.text:
                columns[column].append(line)
    return columns


def _set_as_text(columns: Sequence[Sequence[Block]]) -> float:
    """How much of what stands in columns fills them, as set text does; nothing where they are not alike."""
    lines = [[block for block in column if isinstance(block, PrintedLine)] for column in columns]
    ends_short = len(columns[-1]) < FEWEST
    if ends_short and len(columns[0]) >= MANY and lines[-1]:
        # the last lines of the text, on top of a column of their own
        on_top = lines[-1][0].top > columns[0][0].top - 1.5 * lines[-1][0].size
        lines = lines[:-1] if on_top else []
    if not lines or any(len(column) < FEWEST for column in lines):
        return 0.0
    size = median(line.size for column in lines for line in column)
    edges = [(min(line.left for line in column), max(line.right for line in column)) for column in lines]
    widths = [right - left for left, right in edges]
    if min(widths) < NARROWEST * size or min(widths) < ALIKE * max(widths):
        return 0.0
    full = [right - line.right < 1.6 * size for column, (_, right) in zip(lines, edges, strict=True) for line in column]
    return sum(full) / len(full)


def _in_rows(columns: Sequence[Sequence[Block]], blocks: Sequence[Block]) -> bool:
    """Whether nearly every line has something in more than one column."""
    return sum(len(column) for column in columns) >= 1.6 * len(blocks)
