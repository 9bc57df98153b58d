"""Glyphs and ruled strokes of pages → rows of tables and lines of text, as a reader of the page sees them.

Runs in the child that reads a PDF. Knows nothing of PDF: a page is marks at places, in points, counted from
the lower left corner. What stands on every page (heads, feet, page numbers) is told apart from the text; a
table that goes on over pages becomes one, its repeated heading dropped and a row that was cut made whole.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from reporting.language.characters import printed_width
from reporting.model import HEAD_OR_FOOT, PICTURE, REPEATED_HEADING
from reporting.plan.documents.parts import BREAK
from reporting.plan.documents.pdf_tables import Cells, PdfGrid, PdfRow, RuledLine, find_grids, go_on

OUTER = 0.12
"""How much of the height, above and below, may hold heads and feet."""

PAGE_NUMBER = re.compile(
    r"(?:[-—–―·• ]{0,4}(?P<number>\d{1,4})[-—–―·• ]{0,4}|第 ?\d{1,4} ?页|[ivxIVX]{1,6})"
    r"(?: ?[/／，,、|共]{1,2} ?\d{1,4} ?页?)?$"
)
"""— 3 —, - 3 -, 第3页, 第 3 页 共 20 页, 3/20."""


class Glyph(NamedTuple):
    """One character: its text, left and right edge, base line, and the size of its font."""

    text: str
    left: float
    right: float
    base: float
    size: float


@dataclass(frozen=True, slots=True)
class Page:
    """What is printed on one page."""

    number: int
    height: float
    glyphs: Sequence[Glyph]
    rules: Sequence[RuledLine]
    pictures: bool = False


class PageLine(NamedTuple):
    """A line of text, or a row with tabs between its cells; ``aside`` says why it is no part of the text."""

    text: str
    page: int
    row: int
    aside: str = ""


class _Text(NamedTuple):
    """A line outside of tables: how high on its page it stands, where it begins and ends, its size."""

    text: str
    base: float
    left: float
    right: float
    size: float


Block = _Text | PdfGrid


class _TableLine(NamedTuple):
    """A row of a table, whose texts may still be mended, and where it stands."""

    cells: PdfRow
    page: int
    row: int


def read_pages(pages: Sequence[Page]) -> list[PageLine]:
    """All lines of a document from top to bottom."""
    read = [(page, list(_blocks(page))) for page in pages]
    around = _heads_and_feet(read)
    collector = _GlyphCollector(_edges_by_height(read, around))
    for page, blocks in read:
        if page.pictures and not blocks:
            collector.lines.append(PageLine("（本页是图片）", page.number, 1, PICTURE))
        row = 0
        for index, block in enumerate(blocks):
            row += 1
            if isinstance(block, PdfGrid):
                collector.take_table(block, page, row)
                row += len(block.rows) - 1
            elif (page.number, index) in around:
                collector.lines.append(PageLine(block.text, page.number, row, HEAD_OR_FOOT))
            else:
                collector.take_text(block, page, row)
    return collector.finished()


class _GlyphCollector:
    """Takes in lines and tables from top to bottom, and joins what pages have parted."""

    def __init__(self, edges: dict[float, _Edges]) -> None:
        self.joiner = _Joiner(edges)
        self.lines: list[PageLine | _TableLine] = []
        self.table: PdfGrid | None = None
        self.rows: list[PdfRow] = []

    def take_text(self, line: _Text, page: Page, row: int) -> None:
        """A line of text: of the paragraph before, or of its own."""
        self.table = None
        where = self.joiner.where
        goes_on = self.joiner.goes_on(line, page)
        before = self.lines[where] if goes_on else None
        if isinstance(before, PageLine):
            self.lines[where] = before._replace(text=_run_on(before.text, line.text))
        else:
            self.joiner.where = len(self.lines)
            self.lines.append(PageLine(line.text, page.number, row))

    def take_table(self, table: PdfGrid, page: Page, row: int) -> None:
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
        words = {cell: _in_cell(lines_of(glyphs), *grid.corner(cell)) for cell, glyphs in inside.get(index, {}).items()}
        blocks.append((grid.top, grid.filled(words)))
    yield from (block for _, block in sorted(blocks, key=lambda each: -each[0]))


def _in_cell(lines: Sequence[_Text], right: float, bottom: float) -> str:
    """The text of a cell: a line that fills it goes on in the next one, also on the next page."""
    text = ""
    for index, line in enumerate(lines):
        following = lines[index + 1].text if index + 1 < len(lines) else ""
        text = _run_on(text, line.text) + ("" if _fills(line, right - 0.3 * line.size, following) else BREAK)
    cut = lines and not text.endswith(BREAK) and lines[-1].base - bottom < 1.5 * lines[-1].size
    return text if cut or not lines else text.rstrip(BREAK) + BREAK


UNBREAKABLE = re.compile(r"[(（《“‘〔\[]{0,2}(?:[!-~…]{1,40}|.)[—，。、；：）)》”]{0,2}")
"""What cannot be parted at the end of a line: (2026—2028, GDP, 95%。"""


def _fills(line: _Text, right: float, following: str) -> bool:
    """Whether a line ends because there was no room for what follows."""
    word = UNBREAKABLE.match(following)
    room = 0.8 + (printed_width(word[0]) if word else 0.0)
    return right - line.right < room * line.size


def lines_of(glyphs: Iterable[Glyph]) -> list[_Text]:
    """Lines from top to bottom: glyphs on one base line, parted by blanks where a gap is."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda each: -each.base):
        if rows and rows[-1][0].base - glyph.base < 0.4 * max(glyph.size, rows[-1][0].size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    texts = (_line(sorted(row, key=lambda each: each.left)) for row in rows)
    return [line for line in texts if line.text]


def _line(row: Sequence[Glyph]) -> _Text:
    seen = [glyph for glyph in row if glyph.text.strip()] or row
    size = max(glyph.size for glyph in seen)
    return _Text(_spelt(row).strip(), row[0].base, seen[0].left, seen[-1].right, size)


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


@dataclass(frozen=True, slots=True)
class _Edges:
    """Where lines of text begin and end on pages of one height."""

    left: float
    right: float


def _edges_by_height(read: Sequence[tuple[Page, Sequence[Block]]], around: set[tuple[int, int]]) -> dict[float, _Edges]:
    """The edges of the text by height of page; none where paragraphs do not begin with an indent."""
    by_height: dict[float, list[_Text]] = {}
    for page, blocks in read:
        by_height.setdefault(round(page.height), []).extend(
            block
            for index, block in enumerate(blocks)
            if isinstance(block, _Text) and (page.number, index) not in around
        )
    edges: dict[float, _Edges] = {}
    for height, texts in by_height.items():
        left = _margin(texts)
        rights = sorted(each.right for each in texts)
        right = rights[len(rights) * 49 // 50] if rights else 0.0
        begun = [two for one, two in pairwise(texts) if not _fills(one, right, two.text)]
        indented = sum(1.2 * each.size <= each.left - left <= 2.8 * each.size for each in begun)
        if indented * 2 > len(begun):
            edges[height] = _Edges(left, right)
    return edges


def _margin(texts: Sequence[_Text]) -> float:
    """Where lines begin that go on with a paragraph: most lines begin there or two characters further in."""
    lefts = Counter(round(each.left) for each in texts)
    size = Counter(each.size for each in texts).most_common(1)[0][0] if texts else 1.0

    def believed(left: int) -> int:
        further = round(left + 2 * size)
        return lefts[left] + sum(lefts[further + step] for step in range(-3, 4))

    return max(lefts, key=believed, default=0)


class _Joiner:
    """Tells whether a line goes on with the paragraph before, by the indent with which paragraphs begin."""

    def __init__(self, edges: dict[float, _Edges]) -> None:
        self.edges = edges
        self.last: _Text | None = None
        self.first = True
        self.where = 0

    def goes_on(self, line: _Text, page: Page) -> bool:
        """Whether it does; the line is remembered as the last."""
        edges = self.edges.get(round(page.height))
        last, self.last = self.last, line
        if edges is None or last is None or abs(line.size - last.size) > 0.2 * line.size:
            self.first = True
            return False
        if not _fills(last, edges.right, line.text):
            self.first = True
            return False
        flush = line.left - edges.left < 0.8 * line.size
        hanging = line.left > last.left + 0.8 * line.size if self.first else line.left == last.left
        indented = last.left - edges.left > 0.8 * last.size
        joined = flush or (hanging and indented)
        self.first = not joined
        return joined


def _run_on(one: str, two: str) -> str:
    latin = one[-1:].isascii() and one[-1:].isalnum() and two[:1].isascii() and two[:1].isalpha()
    return f"{one} {two}" if latin else one + two


def _heads_and_feet(read: Sequence[tuple[Page, Sequence[Block]]]) -> set[tuple[int, int]]:
    """Page numbers, and words at the edge of many pages and hardly elsewhere; page and position."""
    outer: list[tuple[int, int, str]] = []
    inner: Counter[str] = Counter()
    found: set[tuple[int, int]] = set()
    numbers: list[tuple[int, int, int]] = []
    for page, blocks in read:
        for index, block in enumerate(blocks):
            if not isinstance(block, _Text):
                continue
            words = re.sub(r"\d+|\s", "", block.text)
            number = PAGE_NUMBER.match(block.text) if index in (0, len(blocks) - 1) else None
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
