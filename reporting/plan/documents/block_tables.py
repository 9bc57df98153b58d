"""Tables of a Word document as rows of columns, whatever hands have merged and dragged.

Word keeps for each cell how many columns of an invisible grid it spans. An edge that was dragged in one row
adds a column to the grid that no reader sees: cells that stand below each other are one column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reporting.model import TRACKED
from reporting.plan.documents.block_lines import SeenText, cell_pieces, show_pieces
from reporting.plan.documents.blocks import Blocks, TextCell, TextParagraph, TextRow, TextTable
from reporting.plan.documents.parts import cell_text

MOST_WIDE = 200
"""Columns of a table that is read; Word has 63."""
_LONGEST_REPEATED = 2_000
"""Characters of a cell over several rows that is repeated in each."""
_WORDS = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class SeenRow:
    """A row as a reader sees it, a cell for each column; one that is ``gone`` has only what stands aside."""

    cells: tuple[SeenText, ...] = ()
    aside: tuple[tuple[str, str], ...] = ()
    """(words, why) of what stands aside."""
    gone: bool = False


def shown_rows(table: TextTable) -> Iterator[SeenRow]:
    """The rows of a table; a cell over several rows is repeated in each, one over columns stands in the first."""
    open_cells: dict[int, SeenText] = {}
    deleted = [_take_deleted(row) for row in table.rows]
    placed = _column_starts(table)
    width = max((starts[-1] + 1 for starts in placed if starts), default=0)
    for row, starts, lost in zip(table.rows, placed, deleted, strict=True):
        if row.gone:
            yield SeenRow(aside=((row_words(row), row.gone),), gone=True)
            continue
        own = [_shown(cell) for cell in row.cells]
        aside = (*lost, *((words, why) for cell in own for _, words, why in cell.aside))
        if any(words for words, _ in aside) and not any(_says_something(cell) for cell in own):
            yield SeenRow(aside=tuple(_by_reason(aside)), gone=True)
            continue
        cells = [SeenText()] * width
        above, open_cells = open_cells, {}
        for cell, column, within in zip(row.cells, starts, own, strict=True):
            goes_on = cell.down == "continue" and column in above and above[column].text
            shown = above[column] if goes_on and len(above[column].text) < _LONGEST_REPEATED else within
            if cell.down:
                open_cells[column] = shown
            if not cell.sideways:
                cells[column] = shown
        yield SeenRow(tuple(cells), aside)


def _take_deleted(row: TextRow) -> list[tuple[str, str]]:
    """Take out the cells that tracked changes delete; what stood in them."""
    gone = [cell for cell in row.cells if cell.gone]
    row.cells = [cell for cell in row.cells if not cell.gone]
    return [(_all_words(cell), TRACKED) for cell in gone]


def _shown(cell: TextCell) -> SeenText:
    shown = show_pieces(cell_pieces(cell.blocks))
    return replace(shown, text=cell_text(shown.text))


def _says_something(shown: SeenText) -> bool:
    """Whether a cell has words; a number alone is that of its row."""
    return not shown.only_numbered and _WORDS.search(shown.text) is not None


def _by_reason(aside: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The words of a whole row, once for each reason."""
    for reason in dict.fromkeys(why for _, why in aside):
        yield " ".join(words for words, why in aside if why == reason and words), reason


def _all_words(cell: TextCell) -> str:
    """What stands in a cell that is gone, aside or not."""
    return " ".join("".join(piece.text for piece in cell_pieces(cell.blocks)).split())


def row_words(row: TextRow) -> str:
    """What stands in a row that is gone."""
    return " ".join(filter(None, map(_all_words, row.cells)))


def _column_starts(table: TextTable) -> list[list[int]]:
    """For each row the column, from 0, in which each of its cells begins."""
    edges = _edges(table)
    rows = [_extents(row, edges) for row in table.rows]
    model = max(rows, key=len, default=[])
    known = {start: column for column, (start, _) in enumerate(model)}
    placed = []
    for row in rows:
        starts = _placed(row, model, known)
        if starts is None:
            break
        placed.append(starts)
    else:
        return placed
    every = {start: column for column, start in enumerate(sorted({start for row in rows for start, _ in row}))}
    if len(every) > MOST_WIDE:
        return [list(range(len(row))) for row in rows]
    return [[every[start] for start, _ in row] for row in rows]


def _edges(table: TextTable) -> list[int]:
    """Where each column of the grid begins, in twips; counted where the widths are not known."""
    wanted = max((row.before + sum(cell.span for cell in row.cells) for row in table.rows), default=0)
    known = len(table.widths) >= wanted and all(table.widths[:wanted])
    edges = [0]
    for column in range(wanted):
        edges.append(edges[-1] + (table.widths[column] if known else 1))
    return edges


def _extents(row: TextRow, edges: Sequence[int]) -> list[tuple[int, int]]:
    """From where to where each cell of a row reaches."""
    found = []
    column = row.before
    for cell in row.cells:
        found.append((edges[column], edges[column + cell.span]))
        column += cell.span
    return found


def _placed(
    row: Sequence[tuple[int, int]], model: Sequence[tuple[int, int]], known: dict[int, int]
) -> list[int] | None:
    """The columns of the cells of a row by those of the row with most cells; None where they do not fit."""
    if all(start in known for start, _ in row):
        return [known[start] for start, _ in row]
    if len(row) == len(model) and all(_overlap(one, other) for one, other in zip(row, model, strict=True)):
        return list(range(len(row)))
    starts = [min(range(len(model)), key=lambda column: abs(model[column][0] - start)) for start, _ in row]
    fit = all(
        2 * abs(model[column][0] - start) <= model[column][1] - model[column][0]
        for column, (start, _) in zip(starts, row, strict=True)
    )
    return starts if fit and len(set(starts)) == len(starts) else None


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two cells stand below each other for more than half of the narrower one."""
    common = min(one[1], other[1]) - max(one[0], other[0])
    return 2 * common > min(one[1] - one[0], other[1] - other[0])


def only_lays_out(table: TextTable) -> bool:
    """Whether a table only puts blocks on the page: one column, or hardly more than the tables inside it."""
    rows = [row for row in table.rows if not row.gone]
    if rows and all(len(row.cells) < 2 for row in rows):
        return True
    cells = [cell for row in rows for cell in row.cells]
    inside = sum(_length(_tables_in(cell)) for cell in cells)
    if not inside:
        return False
    beside = sum(_length(_texts_in(cell)) for cell in cells)
    in_rows = sum(sum(_length(_texts_in(cell)) > 0 for cell in row.cells) > 1 for row in rows)
    return in_rows < 2 or inside > beside


def _tables_in(cell: TextCell) -> Blocks:
    return [block for block in cell.blocks if isinstance(block, TextTable)]


def _texts_in(cell: TextCell) -> Blocks:
    return [block for block in cell.blocks if isinstance(block, TextParagraph)]


def _length(blocks: Blocks) -> int:
    """How many characters of text blocks hold."""
    total = 0
    for block in blocks:
        if isinstance(block, TextParagraph):
            total += sum(len(piece.text.strip()) for piece in block.pieces if not piece.look.aside)
            total += sum(map(_length, block.boxes))
        else:
            total += sum(_length(cell.blocks) for row in block.rows for cell in row.cells)
    return total
