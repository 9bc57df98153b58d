"""Tables that hold one task each, their headings down the first column and the words beside them.

| 重点工作 | 建设标准化农贸市场5处 |
| 牵头单位 | 市商务局 |
| 完成时限 | 2026年9月底 |
"""

from collections.abc import Sequence

from reporting.plan.notations import Field
from reporting.plan.notations.headings import UNITS, read_heading
from reporting.plan.reading.columns import find_columns
from reporting.plan.reading.tables import PlanTable, TableRow
from reporting.plan.reading.text import BREAK, flow

TASKS = (Field.CONTENT, Field.TARGET)
LEAST = 2
"""So many headings, of the task and of its units, make a card."""


def unfold_cards(table: PlanTable) -> PlanTable | None:
    """The table with the headings in its first row and a row for each card; None for another one."""
    if len(table.rows) < LEAST or find_columns(table.rows) is not None:
        return None
    cards: list[tuple[TableRow, dict[str, str]]] = []
    for row in table.rows:
        pairs = _pairs(row)
        if not pairs:
            if cards and (words := [cell for cell in map(flow, row.cells) if cell]):
                last = next(reversed(cards[-1][1]))
                cards[-1][1][last] += BREAK + BREAK.join(dict.fromkeys(words))
            continue
        if not cards or any(name in cards[-1][1] for name, _ in pairs):
            cards.append((row, {}))
        cards[-1][1].update(pairs)
    names = list(dict.fromkeys(name for _, card in cards for name in card))
    fields = [read_heading(name).field for name in names]
    if not any(field in TASKS for field in fields) or not any(field in UNITS for field in fields):
        return None
    rows = [TableRow(tuple(names), table.place)]
    rows += [TableRow(tuple(card.get(name, "") for name in names), row.place) for row, card in cards]
    return PlanTable(tuple(rows), table.drawn, table.damaged)


def _pairs(row: TableRow) -> list[tuple[str, str]]:
    """The headings of a row with the words beside each; nothing where it does not begin with one."""
    cells = [cell for at, cell in enumerate(row.cells) if not at or cell != row.cells[at - 1]]
    while cells and not cells[-1].strip():
        cells.pop()
    if not cells or not _names(cells[0]) or len(cells) > 4:
        return []
    cells += [""] * (len(cells) % 2)
    heads = cells[0::2]
    if not all(map(_names, heads)):
        return [] if len(cells) > 2 else [(_bare(cells[0]), cells[1])]
    return [(_bare(name), words) for name, words in zip(heads, cells[1::2], strict=True)]


def _names(cell: str) -> bool:
    """Whether a cell is the heading of the one beside it."""
    return read_heading(_bare(cell)).field is not None


def _bare(cell: str) -> str:
    return flow(cell).rstrip("：: ")


def heads_card(cells: Sequence[str]) -> bool:
    """Whether two cells are a heading with a colon and what stands beside it."""
    return len(cells) == 2 and cells[0].rstrip().endswith(("：", ":")) and _names(cells[0])
