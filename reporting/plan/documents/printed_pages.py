"""Pages of glyphs and ruled strokes → rows of tables and lines of text, as a reader of the page sees them.

Runs in the child that reads a PDF or an OFD file, and knows nothing of either. What stands on every page (heads,
feet, page numbers) is told apart from the text; a table that goes on over pages becomes one, its repeated heading
dropped and a row that was cut made whole.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from reporting.model import HEAD_OR_FOOT, HIDDEN, NOT_READ, ORDER_UNSURE, PICTURE, RECOGNISED, REPEATED_HEADING
from reporting.plan.documents.parts import BREAK
from reporting.plan.documents.printed_columns import Block, in_reading_order
from reporting.plan.documents.printed_grids import Cells, PrintedGrid, PrintedRow, RuledLine, find_grids, go_on
from reporting.plan.documents.printed_lines import Glyph, PrintedLine, fills, lines_of, run_on, runs_of, text_in_cell
from reporting.plan.documents.printed_tables import AlignedColumns, with_aligned_tables

OUTER = 0.12
"""How much of the height, above and below, may hold heads and feet."""

PAGE_NUMBER = re.compile(
    r"(?:[-—–―·• ]{0,4}(?P<number>\d{1,4})[-—–―·• ]{0,4}|第 ?\d{1,4} ?页|[ivxIVX]{1,6})"
    r"(?: ?[/／，,、|共]{1,2} ?\d{1,4} ?页?)?$"
)
"""— 3 —, - 3 -, 第3页, 第 3 页 共 20 页, 3/20."""


@dataclass(frozen=True, slots=True)
class Page:
    """What is printed on one page."""

    number: int
    height: float
    glyphs: Sequence[Glyph]
    rules: Sequence[RuledLine]
    pictures: bool = False
    hidden: Sequence[Glyph] = ()
    """What no reader sees: white, outside of the page, below something."""
    recognised: bool = False
    """Whether it is a scan, and its text what a program took it to be."""
    damaged: bool = False
    """Whether the file has lost it."""
    garbled: bool = False
    """Whether its characters could not be made out."""
    turned: int = 0
    """How many characters stand at another angle than the text; they are not read."""


class PageLine(NamedTuple):
    """A line of text, or a row with tabs between its cells; ``aside`` says why it is no part of the text."""

    text: str
    page: int
    row: int
    aside: str = ""


class _TableLine(NamedTuple):
    """A row of a table, whose texts may still be mended, and where it stands."""

    cells: PrintedRow
    page: int
    row: int


class _ReadPage(NamedTuple):
    """The blocks of a page in the order they are read, between what stands on every page."""

    page: Page
    heads: Sequence[PrintedLine]
    blocks: Sequence[Block]
    feet: Sequence[PrintedLine]
    unsure: bool


def read_pages(pages: Sequence[Page]) -> list[PageLine]:
    """All lines of a document as they are read, with those that stand aside."""
    arranged = list(_arranged([(page, list(_blocks(page))) for page in pages]))
    collector = _GlyphCollector(_edges_by_column(arranged))
    for read in arranged:
        collector.take_page(read)
    return collector.finished()


def _arranged(read: Sequence[tuple[Page, Sequence[Block]]]) -> Iterator[_ReadPage]:
    around = _heads_and_feet(read)
    above: AlignedColumns | None = None
    for page, blocks in read:
        text = [index for index in range(len(blocks)) if (page.number, index) not in around]
        first = text[0] if text else 0
        edge = [(index, block) for index, block in enumerate(blocks) if (page.number, index) in around]
        lines = [(index, block) for index, block in edge if isinstance(block, PrintedLine)]
        found, above = with_aligned_tables([blocks[index] for index in text], above)
        ordered = in_reading_order(found)
        heads, feet = ([block for index, block in lines if (index < first) is top] for top in (True, False))
        yield _ReadPage(page, heads, ordered.blocks, feet, ordered.unsure)


class _GlyphCollector:
    """Takes in lines and tables page by page, and joins what pages and columns have parted."""

    def __init__(self, edges: dict[_Frame, _Edges]) -> None:
        self.joiner = _Joiner(edges)
        self.lines: list[PageLine | _TableLine] = []
        self.table: PrintedGrid | None = None
        self.rows: list[PrintedRow] = []

    def take_page(self, read: _ReadPage) -> None:
        """All of a page."""
        page = read.page
        self.lines.extend(_said_of(read))
        row = 0
        for line in read.heads:
            row += 1
            self.lines.append(PageLine(line.text, page.number, row, HEAD_OR_FOOT))
        for block in read.blocks:
            row += 1
            if isinstance(block, PrintedGrid):
                self.take_table(block, page, row)
                row += len(block.rows) - 1
            else:
                self.take_text(block, page, row)
        for line in read.feet:
            row += 1
            self.lines.append(PageLine(line.text, page.number, row, HEAD_OR_FOOT))

    def take_text(self, line: PrintedLine, page: Page, row: int) -> None:
        """A line of text: of the paragraph before, or of its own."""
        self.table = None
        where = self.joiner.where
        goes_on = self.joiner.goes_on(line, page)
        before = self.lines[where] if goes_on else None
        if isinstance(before, PageLine):
            self.lines[where] = before._replace(text=run_on(before.text, line.text))
        else:
            self.joiner.where = len(self.lines)
            self.lines.append(PageLine(line.text, page.number, row))

    def take_table(self, table: PrintedGrid, page: Page, row: int) -> None:
        """A table, or the rest of the one before."""
        self.joiner.last = None
        if self.table is None or not self.table.goes_on_in(table):
            self.rows = []
        self.table = table
        fresh = go_on(self.rows, table.rows)
        self.rows.extend(each for each in fresh if not each.repeated)
        self.lines.extend(_TableLine(each, page.number, row + step) for step, each in enumerate(fresh))

    def finished(self) -> list[PageLine]:
        """All lines; one with nothing in it parts one table from the next."""
        return [
            line
            if isinstance(line, PageLine)
            else PageLine(line.cells.printed, line.page, line.row, REPEATED_HEADING if line.cells.repeated else "")
            for line in self.lines
        ]


def _said_of(read: _ReadPage) -> Iterator[PageLine]:
    """What must be said of a page besides its text."""
    page = read.page
    if page.damaged or page.garbled:
        why = "本页缺失或已损坏" if page.damaged else "本页的文字，取出的是乱码"
        yield PageLine(why, page.number, 1, NOT_READ)
    elif page.pictures and not (read.blocks or read.heads or read.feet):
        yield PageLine("（本页是图片）", page.number, 1, PICTURE)
    if page.recognised:
        yield PageLine("", page.number, 1, RECOGNISED)
    if read.unsure:
        yield PageLine("", page.number, 1, ORDER_UNSURE)
    for line in lines_of(page.hidden):
        yield PageLine(line.text, page.number, 1, HIDDEN)
    if page.turned:
        yield PageLine(f"与正文方向不同的 {page.turned} 个字", page.number, 1, NOT_READ)


def _blocks(page: Page) -> Iterator[Block]:
    """Tables and lines of text of a page, from top to bottom."""
    grids = find_grids(page.rules)
    inside: dict[int, dict[Cells, list[Glyph]]] = {}
    outside: list[Glyph] = []
    for glyph in page.glyphs:
        x, y = (glyph.left + glyph.right) / 2, glyph.base + glyph.size * 0.35
        found = next((index for index, grid in enumerate(grids) if grid.holds(x, y)), None)
        if found is None:
            outside.append(glyph)
        else:
            inside.setdefault(found, {}).setdefault(grids[found].cell_at(x, y), []).append(glyph)
    blocks: list[tuple[float, Block]] = [(line.base, line) for line in lines_of(outside)]
    for index, grid in enumerate(grids):
        corners = grid.corners()
        words = {cell: _in_cell(lines_of(glyphs), *corners[cell]) for cell, glyphs in inside.get(index, {}).items()}
        blocks.append((grid.top, grid.filled(words)))
    yield from (block for _, block in sorted(blocks, key=lambda each: -each[0]))


def _in_cell(lines: Sequence[PrintedLine], right: float, bottom: float) -> str:
    """The text of a cell; one that may go on in the same cell on the next page ends without a line break."""
    text = text_in_cell(lines, right)
    cut = lines and not text.endswith(BREAK) and lines[-1].base - bottom < 1.5 * lines[-1].size
    return text if cut or not lines else text.rstrip(BREAK) + BREAK


_Frame = tuple[int, int, int]
"""Where lines of text are set alike: the height of the page, and in which of how many columns."""


def _frame_of(page: Page, line: PrintedLine) -> _Frame:
    return (round(page.height), *line.column)


@dataclass(frozen=True, slots=True)
class _Edges:
    """Where lines of text begin and end in one column of pages of one height."""

    left: float
    right: float


def _edges_by_column(read: Sequence[_ReadPage]) -> dict[_Frame, _Edges]:
    """The edges of the text by height of page and column; none where paragraphs do not begin with an indent."""
    by_frame: dict[_Frame, list[PrintedLine]] = {}
    for each in read:
        for block in each.blocks:
            if isinstance(block, PrintedLine):
                by_frame.setdefault(_frame_of(each.page, block), []).append(block)
    edges: dict[_Frame, _Edges] = {}
    for frame, texts in by_frame.items():
        left = _margin(texts)
        right = _right_margin(texts)
        if _begin_with_indent(texts, left, right):
            edges[frame] = _Edges(left, right)
    for (height, count, column), texts in by_frame.items():
        beside = next((edges[each] for each in edges if each[:2] == (height, count)), None)
        if count and beside and (height, count, column) not in edges:  # as wide as the one beside it
            left = min(each.left for each in texts)
            edges[height, count, column] = _Edges(left, left + beside.right - beside.left)
    return edges


def _begin_with_indent(texts: Sequence[PrintedLine], left: float, right: float) -> bool:
    """Whether paragraphs do: most lines below one that is not full; where all are full, several beside flush ones."""
    inner = [line for line in texts if 1.2 * line.size <= line.left - left <= 2.8 * line.size]
    begun = [two for one, two in pairwise(texts) if not fills(one, right, two.text)]
    flush = [line for line in texts if line.left - left < 0.8 * line.size]
    if not begun:
        return 2 <= len(inner) <= len(flush)
    return 2 * sum(1.2 * line.size <= line.left - left <= 2.8 * line.size for line in begun) > len(begun)


def _right_margin(texts: Sequence[PrintedLine]) -> float:
    """Where lines end that go on in the next: the furthest edge at which several end; a title may go further."""
    rights = sorted((each.right for each in texts), reverse=True)
    least = max(2, len(rights) // 20)
    size = median(each.size for each in texts)
    ends = (right for right, other in zip(rights, rights[least - 1 :], strict=False) if right - other < 1.6 * size)
    return next(ends, rights[0])


def _margin(texts: Sequence[PrintedLine]) -> float:
    """Where lines begin that go on with a paragraph: most lines begin there or two characters further in."""
    lefts = Counter(round(each.left) for each in texts)
    size = Counter(each.size for each in texts).most_common(1)[0][0] if texts else 1.0

    def believed(left: int) -> int:
        further = round(left + 2 * size)
        return lefts[left] + sum(lefts[further + step] for step in range(-3, 4))

    return max(lefts, key=believed, default=0)


class _Joiner:
    """Tells whether a line goes on with the paragraph before, by the indent with which paragraphs begin."""

    def __init__(self, edges: dict[_Frame, _Edges]) -> None:
        self.edges = edges
        self.last: PrintedLine | None = None
        self.last_edges: _Edges | None = None
        self.first = True
        self.where = 0

    def goes_on(self, line: PrintedLine, page: Page) -> bool:
        """Whether it does; the line is remembered as the last."""
        edges, before = self.edges.get(_frame_of(page, line)), self.last_edges
        last, self.last, self.last_edges = self.last, line, edges
        if edges is None or before is None or last is None or abs(line.size - last.size) > 0.2 * line.size:
            self.first = True
            return False
        if not fills(last, before.right, line.text):
            self.first = True
            return False
        above, indent = last.left - before.left, line.left - edges.left
        flush = indent < 0.8 * line.size
        hanging = indent > above + 0.8 * line.size if self.first else indent == above
        joined = flush or (hanging and above > 0.8 * last.size)
        self.first = not joined
        return joined


def _page_number(line: PrintedLine) -> re.Match[str] | None:
    """The number of a page, or of the two that stand side by side on one sheet."""
    whole = PAGE_NUMBER.match(line.text)
    parts = [PAGE_NUMBER.match("".join(glyph.text for glyph in run)) for run in runs_of(line)]
    return whole or (parts[0] if len(parts) == 2 and all(parts) else None)


def _heads_and_feet(read: Sequence[tuple[Page, Sequence[Block]]]) -> set[tuple[int, int]]:
    """Page numbers, and words at the edge of many pages and hardly elsewhere; page and position."""
    outer: list[tuple[int, int, str]] = []
    inner: Counter[str] = Counter()
    found: set[tuple[int, int]] = set()
    numbers: list[tuple[int, int, int]] = []
    for page, blocks in read:
        for index, block in enumerate(blocks):
            if not isinstance(block, PrintedLine):
                continue
            words = re.sub(r"\d+|\s", "", block.text)
            number = _page_number(block) if index in (0, len(blocks) - 1) else None
            if min(index, len(blocks) - 1 - index) > 1 or OUTER < block.base / page.height < 1 - OUTER:
                inner[words] += 1
            elif number and block.text.isdecimal():
                numbers.append((page.number, index, int(number["number"]) - page.number))
            elif number:
                found.add((page.number, index))
            else:
                outer.append((page.number, index, words))
    ahead = Counter(by for _, _, by in numbers).most_common(1)
    found.update((page, index) for page, index, by in numbers if by == ahead[0][0])
    counts = Counter(words for _, _, words in outer)
    often = {
        words for words, count in counts.items() if count >= max(2, 0.4 * len(read)) and 4 * inner[words] <= count + 3
    }
    return found | {(page, index) for page, index, words in outer if words in often}
