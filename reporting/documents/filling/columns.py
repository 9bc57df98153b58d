"""Gives the columns of a finished table room by how much stands in them.

A table asks for it by its title (Word: 表格属性, 可选文字, 标题), so an office switches it off by deleting
that title; the widths it drew itself then stay. Columns of prose share the room they have together; all
others, and the width of the whole table, stay as the template has them.
"""

from __future__ import annotations

import html
import math
import re
from collections.abc import Sequence
from itertools import accumulate, pairwise

from reporting.language.characters import printed_width

ASKS = '<w:tblCaption w:val="列宽随内容"/>'
"""The title of a table whose columns follow their content."""
_PROSE = '<w:pStyle w:val="TableText"/>'
"""The style of a cell of prose (公文表格文字); centred cells hold names and figures, whose width is known."""
_TABLE = re.compile(r"<w:tbl>.*?</w:tbl>", re.DOTALL)
_ROW = re.compile(r"<w:tr[ >].*?</w:tr>", re.DOTALL)
_CELL = re.compile(r"<w:tc>.*?</w:tc>", re.DOTALL)
_GRID = re.compile(r'(<w:gridCol w:w=")(\d+)"')
_WIDE = re.compile(r'(<w:tcW w:w=")(\d+)"')
_SPAN = re.compile(r'<w:gridSpan w:val="(\d+)"')
_LINE = re.compile(r"<w:br/>|</w:p>")
_TAG = re.compile(r"<[^>]*>")
_CHARACTER, _MARGINS = 210, 160
"""A character of a table (5号, 10.5 pt), and what a cell keeps free at both sides, in twips."""
_TALLEST, _WIDE_ENOUGH = 8, 10
"""A cell gets no more lines than these where so many characters in a line can prevent it."""


def fit_columns(document: str) -> str:
    """Set the widths anew in each table that asks for it; everything else stays as it is."""
    return _TABLE.sub(_fit, document) if ASKS in document else document


def _fit(found: re.Match[str]) -> str:
    table = found.group()
    head, mark, body = table.partition("</w:tblGrid>")
    grid = [int(twips) for _, twips in _GRID.findall(head)]
    rows = [_CELL.findall(row) for row in _ROW.findall(body)]
    whole = [cells for cells in rows if len(cells) == len(grid)]
    if ASKS not in head or len(whole) < 2:
        return table
    edges = [0, *accumulate(_widths(grid, whole[0], whole[1:]))]
    new = iter([right - left for left, right in pairwise(edges)])
    head = _GRID.sub(lambda each: f'{each.group(1)}{next(new)}"', head)
    return head + mark + _ROW.sub(lambda row: _set(row.group(), edges), body)


def _set(row: str, edges: Sequence[int]) -> str:
    """A row with each cell as wide as the columns it lies over."""
    at = 0

    def cell(found: re.Match[str]) -> str:
        nonlocal at
        begin = at
        spanned = _SPAN.search(found.group())
        at = min(at + (int(spanned.group(1)) if spanned else 1), len(edges) - 1)
        return _WIDE.sub(lambda each: f'{each.group(1)}{edges[at] - edges[begin]}"', found.group(), count=1)

    return _CELL.sub(cell, row)


def _widths(grid: Sequence[int], heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    """The columns of prose by their content; each has room for its heading, and none more than it needs."""
    prose = [at for at, cell in enumerate(rows[0]) if _PROSE in cell]
    room = sum(grid[at] for at in prose)
    told = {at: [_lines(row[at]) for row in rows] for at in prose}
    least: dict[int, int] = {}
    for wide in range(_WIDE_ENOUGH, 0, -1):
        for at in prose:
            longest = max(sum(lines) for lines in told[at])
            needed = (min(longest, 4, wide), min(longest / _TALLEST, wide))
            least[at] = _room(max(*_lines(heads[at]), *needed))
        if sum(least.values()) < room:
            break
    most = {at: max(least[at], _room(max(max(lines) for lines in told[at]))) for at in prose}
    # Of all shares that of the roots makes the cells of all columns together lowest.
    weights = {at: math.sqrt(1 + sum(sum(lines) for lines in told[at])) for at in prose}
    shared = _share(room, least, most, weights)
    return [shared.get(at, twips) for at, twips in enumerate(grid)]


def _lines(cell: str) -> list[float]:
    """How many characters each line of a cell is wide as it was written; at least one line."""
    return [printed_width(html.unescape(_TAG.sub("", line))) for line in _LINE.split(cell)]


def _room(characters: float) -> int:
    return math.ceil(characters * _CHARACTER) + _MARGINS


def _share(room: int, least: dict[int, int], most: dict[int, int], weights: dict[int, float]) -> dict[int, int]:
    """Share out room by weight between what each needs at least and at most; what is left over is spread."""
    if sum(least.values()) >= room:
        return {}
    shared: dict[int, int] = {}
    open_, left = dict(weights), room
    while open_:
        rate = left / sum(open_.values())
        short = {at: least[at] for at, weight in open_.items() if weight * rate < least[at]}
        full = {at: most[at] for at, weight in open_.items() if weight * rate > most[at]}
        over = sum(open_[at] * rate - most[at] for at in full)
        under = sum(least[at] - open_[at] * rate for at in short)
        settled = short if under >= over else full
        if not settled:
            settled = {at: int(weight * rate) for at, weight in open_.items()}
        shared |= settled
        left = room - sum(shared.values())
        open_ = {at: weight for at, weight in open_.items() if at not in shared}
    shared[max(shared, key=lambda at: weights[at])] += left
    return shared
