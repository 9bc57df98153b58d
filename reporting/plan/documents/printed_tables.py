"""Tables without strokes: columns told by how the words of a page stand below their headings.

A table begins with a line that holds headings (序号 工作内容 牵头单位) and goes on while its lines leave the blanks
between them free. Which lines make one row is told by the distances between them, or by where the number stands:
in the first line of its row, or in the middle of it. Where none of that comes out even, it is no table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from reporting.model import Place
from reporting.plan.documents.parts import BREAK, MOST_COLUMNS
from reporting.plan.documents.printed_columns import Block, Span
from reporting.plan.documents.printed_grids import PrintedGrid, PrintedRow
from reporting.plan.documents.printed_lines import Glyph, PrintedLine, line_of, runs_of, text_in_cell
from reporting.plan.notations import Field
from reporting.plan.notations.headings import read_heading
from reporting.plan.reading.columns import is_heading_row
from reporting.plan.reading.tables import TableRow

APART = 0.45
"""A blank of so many times the size of the font parts one cell from the next."""
LONGEST_HEADING = 80
FEWEST_ROWS = 2
JUMP = 1.25
"""Rows stand so many times further apart than the lines of a cell."""


class AlignedColumns(NamedTuple):
    """Where the columns of a table begin and end, and which is believed to hold the numbers of its rows."""

    xs: tuple[float, ...]
    numbers: int | None
    way: int = 0
    """By which of the ways its rows were told apart, from 1; 0 where none was needed so far."""

    def is_like(self, other: AlignedColumns) -> bool:
        """Whether the table on another page may be this one."""
        return len(self.xs) == len(other.xs) and self.numbers == other.numbers


class _Cut(NamedTuple):
    """Whether a row may have been cut by the top of the page, and by its bottom."""

    above: bool
    below: bool


class _Body(NamedTuple):
    """The lines of a table from one block to another, and where its columns are."""

    columns: AlignedColumns
    end: int


def with_aligned_tables(
    blocks: Sequence[Block], above: AlignedColumns | None
) -> tuple[list[Block], AlignedColumns | None]:
    """The blocks of a page with its tables; ``above`` is the one that reached down to the end of the page before.

    Also which table reaches down to the end of this page.
    """
    found: list[Block] = []
    at = 0
    while at < len(blocks):
        table = _table_at(blocks, at, above if at == 0 else None)
        if table is None:
            found.append(blocks[at])
            at += 1
        else:
            grid, columns, at = table
            found.append(grid)
            if at == len(blocks):
                return found, columns
    return found, None


def _table_at(
    blocks: Sequence[Block], at: int, above: AlignedColumns | None
) -> tuple[PrintedGrid, AlignedColumns, int] | None:
    top = blocks[at]
    head = _headings(top)
    if head:
        body = _body(blocks, at + 1, head)
    elif above is not None:
        body = _Body(above, _reach(blocks, at, above.xs))
    else:
        return None
    if body is None or not isinstance(top, PrintedLine):
        return None
    lines = [block for block in blocks[at + bool(head) : body.end] if isinstance(block, PrintedLine)]
    cut = _Cut(above is not None and above.is_like(body.columns), body.end == len(blocks))
    known = body.columns._replace(way=above.way) if above is not None and cut.above else body.columns
    rows, way = _rows(lines, known, cut)
    if not rows or (head and not cut.above and len(rows) < FEWEST_ROWS):
        return None
    rows = [_cells([top], body.columns.xs), *rows] if head else rows
    printed = [PrintedRow(_texts(cells)) for cells in rows]
    if cut.below:
        printed[-1].texts = [text.rstrip(BREAK) for text in printed[-1].texts]
    tops = (max(line.top for cell in cells for line in cell) for cells in rows)
    columns = (above if cut.above and above else known)._replace(way=way)  # so that it goes on where the other ends
    return PrintedGrid(columns.xs, (*tops, lines[-1].base), {}, printed), columns, body.end


def _headings(block: Block) -> list[list[Glyph]]:
    """The headings of a table, where a line is one."""
    if not isinstance(block, PrintedLine) or len(block.text) > LONGEST_HEADING:
        return []
    runs = runs_of(block, APART)
    if not 2 <= len(runs) <= MOST_COLUMNS:
        return []
    texts = [line_of(run).text for run in runs]
    fields = {read_heading(text).field for text in texts}
    names_work = fields & {Field.NUMBER, Field.CONTENT, Field.CATEGORY}
    return runs if names_work and is_heading_row(TableRow(tuple(texts), Place())) else []


def _body(blocks: Sequence[Block], first: int, head: Sequence[Sequence[Glyph]]) -> _Body | None:
    """What stands below headings and leaves a blank between each two of them free."""
    middles = [(run[0].left + run[-1].right) / 2 for run in head]
    own = [(run[0].left, run[-1].right) for run in head]
    free = [list(_without(gap, own, 0.0)) for gap in pairwise(middles)]
    end = first
    for at in range(first, len(blocks)):
        block = blocks[at]
        if not isinstance(block, PrintedLine):
            break
        spans = [(run[0].left, run[-1].right) for run in runs_of(block, APART)]
        left = [[span for gap in gaps for span in _without(gap, spans, 0.2 * block.size)] for gaps in free]
        if all(left):
            free, end = left, at + 1
        elif len(spans) > 1 or at > end + 1:
            break
    if end == first:
        return None
    inner = [max(gap, key=lambda span: span[1] - span[0]) for gap in free]
    lines = [block for block in blocks[first - 1 : end] if isinstance(block, PrintedLine)]
    xs = (
        min(line.left for line in lines),
        *((left + right) / 2 for left, right in inner),
        max(line.right for line in lines),
    )
    texts = [line_of(run).text for run in head]
    numbers = next((at for at, text in enumerate(texts) if read_heading(text).field is Field.NUMBER), None)
    return _Body(AlignedColumns(xs, numbers), end)


def _without(gap: Span, spans: Sequence[Span], least: float) -> Iterator[Span]:
    """What stretches of text leave of a blank."""
    reached, end = gap
    for left, right in spans:
        if reached < right and left < end:
            if left - reached > least:
                yield reached, left
            reached = max(reached, right)
    if end - reached > least:
        yield reached, end


def _reach(blocks: Sequence[Block], first: int, xs: Sequence[float]) -> int:
    """How far down a page the lines of a table go that began on another."""
    end = first
    for at in range(first, len(blocks)):
        block = blocks[at]
        if not isinstance(block, PrintedLine):
            break
        spans = [(run[0].left, run[-1].right) for run in runs_of(block, APART)]
        if not any(left < x < right for x in xs[1:-1] for left, right in spans):
            end = at + 1
        elif len(spans) > 1 or at > end + 1:
            break
    return end


def _cells(lines: Sequence[PrintedLine], xs: Sequence[float]) -> list[list[PrintedLine]]:
    """The lines of a row by column; one across several columns stands in the first."""
    cells: list[list[PrintedLine]] = [[] for _ in range(len(xs) - 1)]
    for line in lines:
        if _crosses(line, xs):
            cells[0].append(line)
            continue
        for column, glyphs in _by_column(line, xs).items():
            cells[column].append(line_of(glyphs))
    return cells


def _crosses(line: PrintedLine, xs: Sequence[float]) -> bool:
    return any(run[0].left < x < run[-1].right for run in runs_of(line, APART) for x in xs[1:-1])


def _by_column(line: PrintedLine, xs: Sequence[float]) -> dict[int, list[Glyph]]:
    found: dict[int, list[Glyph]] = {}
    for glyph in line.glyphs:
        if glyph.text.strip():
            found.setdefault(sum(x <= glyph.left for x in xs[1:-1]), []).append(glyph)
    return found


def _texts(cells: Sequence[Sequence[PrintedLine]]) -> list[str]:
    texts = []
    for lines in cells:
        right = max((line.right for line in lines), default=0.0)
        text = text_in_cell(lines, right)
        texts.append(text.rstrip(BREAK) + BREAK if text else "")
    return texts


_Rows = list[tuple[int, int]]
"""From which line to which each goes."""


def _rows(
    lines: Sequence[PrintedLine], columns: AlignedColumns, cut: _Cut
) -> tuple[list[list[list[PrintedLine]]], int]:
    """The rows of a table, each with its cells, and by which way they were told; none where they cannot be."""
    rows: list[list[list[PrintedLine]]] = []
    way = columns.way
    parts = list(_parts(lines, columns.xs))
    for order, (part, crossing) in enumerate(parts, 1):
        if crossing:
            rows.append(_cells(part, columns.xs))
            continue
        filled = [set(_by_column(line, columns.xs)) for line in part]
        known = range(len(columns.xs) - 1) if columns.numbers is None else (columns.numbers,)
        own = _Cut(cut.above and order == 1, cut.below and order == len(parts))
        groups = (_grouped(part, [key in each for each in filled], own, way) for key in known)
        found, way = next((group for group in groups if group[0]), ([], way))
        if not found:
            return [], way
        rows += [_cells(part[first:end], columns.xs) for first, end in found]
    return rows, way


def _parts(lines: Sequence[PrintedLine], xs: Sequence[float]) -> Iterator[tuple[list[PrintedLine], bool]]:
    """The lines between those that go across several columns, and these."""
    part: list[PrintedLine] = []
    for line in lines:
        if _crosses(line, xs):
            if part:
                yield part, False
            yield [line], True
            part = []
        else:
            part.append(line)
    if part:
        yield part, False


def _grouped(lines: Sequence[PrintedLine], keyed: Sequence[bool], cut: _Cut, way: int) -> tuple[_Rows, int]:
    """The rows, each with one line that is keyed, and by which way they were told; none where that cannot be."""
    if not any(keyed):
        return ([(0, len(lines))] if cut.above else []), way
    if all(keyed):
        return [(at, at + 1) for at in range(len(lines))], way
    ways = {1: _by_distance, 2: _from_the_top, 3: _around_the_middle}
    for each in (way, *ways) if way else ways:
        rows = ways[each](lines, keyed, cut)
        if rows:
            return rows, each
    return [], way


def _by_distance(lines: Sequence[PrintedLine], keyed: Sequence[bool], cut: _Cut) -> _Rows:
    steps = [one.top - two.top for one, two in pairwise(lines)]
    for lower, upper in pairwise(sorted(steps)):
        if upper >= JUMP * max(lower, 0.1):
            starts = [0, *(at for at, step in enumerate(steps, 1) if step >= upper)]
            rows = list(pairwise([*starts, len(lines)]))
            keys = [sum(keyed[first:end]) for first, end in rows]
            whole = keys[cut.above and not keys[0] : len(keys) - (cut.below and not keys[-1])]
            if all(key == 1 for key in whole):
                return rows
    return []


def _from_the_top(lines: Sequence[PrintedLine], keyed: Sequence[bool], cut: _Cut) -> _Rows:
    starts = [at for at, key in enumerate(keyed) if key]
    if starts[0] and not cut.above:
        return []
    return list(pairwise(dict.fromkeys([0, *starts, len(lines)])))


def _around_the_middle(lines: Sequence[PrintedLine], keyed: Sequence[bool], cut: _Cut) -> _Rows:
    """Each row reaches as far below the line with its number as above it."""
    first_key = keyed.index(True)
    for start in range(first_key + 1 if cut.above else 1):
        rows = _chain(lines, keyed, start)
        reached = rows[-1][1] if rows else 0
        if rows and (reached == len(lines) or (cut.below and not any(keyed[reached:]))):
            before = [(0, start)] if start else []
            last, end = rows[-1]
            if reached < len(lines):  # a row that is cut begins at its top, with its number
                rows[-1:] = [(last, len(lines))] if end - last == 1 else [(last, end), (end, len(lines))]
            return [*before, *rows]
    return []


def _chain(lines: Sequence[PrintedLine], keyed: Sequence[bool], start: int) -> _Rows:
    """Rows from a line on, as far as they come out even."""
    rows: _Rows = []
    first = start
    for at in range(start, len(lines)):
        if not keyed[at]:
            continue
        if at < first:
            return []
        bottom = 2 * lines[at].top - lines[first].top
        end = at + 1
        while end < len(lines) and not keyed[end] and lines[end].top > bottom - 0.3 * lines[end].size:
            end += 1
        if abs(lines[end - 1].top - bottom) > 0.6 * lines[at].size:
            return rows if not any(keyed[at + 1 :]) else []
        rows.append((first, end))
        first = end
    return rows
