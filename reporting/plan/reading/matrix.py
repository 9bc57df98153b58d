"""Tables with tasks down and units across, and a mark where a unit has a part in a task.

| 序号 | 工作任务 | 市教育局 | 市财政局 | 市公安局 |
| 1 | 建设平安校园 | ● | ○ | ○ |
"""

import re
from collections.abc import Mapping, Sequence

from reporting.language.units import is_firm, is_short, looks_like_unit, may_be_name
from reporting.plan.notations import Field
from reporting.plan.notations.headings import read_heading
from reporting.plan.reading.tables import PlanTable, TableRow
from reporting.plan.reading.text import flow

STRONG, WEAK = "●★■▲◆√✓✔◎", "○☆□△◇×"
"""Signs of the lead and of the others, where a table has both and does not say which is which."""

WORDS: Mapping[str, Field] = {
    **dict.fromkeys(("牵头", "主办", "主责", "牵头单位", "A", "主"), Field.LEAD),
    **dict.fromkeys(("责任", "负责", "责任单位", "承办"), Field.DUTY),
    **dict.fromkeys(("配合", "协办", "参与", "协助", "配合单位", "B", "协", "辅"), Field.SUPPORT),
}

SAYS = re.compile(
    rf"[“\"（(]?([{STRONG}{WEAK}A-Z])[”\"）)]?(?:为|是|表示|代表|[：:—－-])?\s?"
    "(牵头|主办|主责|责任|负责|配合|协办|参与|协助)"
)
"""What a mark means: ●牵头单位，○配合单位."""

LEAST_UNITS, HEADING_ROWS = 2, 8


def unfold_matrix(table: PlanTable, notes: str) -> PlanTable | None:
    """The table with a column of leads and one of supports in place of those of the units; None for another one.

    ``notes`` are the words around the table, which may say what its marks mean.
    """
    for index, row in enumerate(table.rows[:HEADING_ROWS]):
        if not heads_matrix(row.cells):
            continue
        names = {at: flow(cell) for at, cell in enumerate(row.cells) if _heads_unit(flow(cell))}
        body = table.rows[index + 1 :]
        marks = {mark for line in body for at in names if (mark := _mark(line, at))}
        if not body or not marks or any(len(mark) > 4 for mark in marks):
            continue
        said = {mark: WORDS[word] for mark, word in SAYS.findall(notes + "".join(map(flow, row.cells)))}
        roles = {mark: said.get(mark) or _usual_role(mark, marks) for mark in marks}
        if not all(roles.values()):
            continue
        return _unfolded(table, index, names, {mark: role for mark, role in roles.items() if role})
    return None


def heads_matrix(cells: Sequence[str]) -> bool:
    """Whether these are headings of a table with units across: one of the task, two or more that are units."""
    named = [_heads_unit(flow(cell)) for cell in cells]
    told = [read_heading(cell).field for cell, unit in zip(cells, named, strict=True) if not unit]
    return sum(named) >= LEAST_UNITS and Field.CONTENT in told


def _heads_unit(cell: str) -> bool:
    short = is_short(cell) or may_be_name(cell)
    return (
        1 < len(cell) <= 20 and read_heading(cell).field is None and (short or is_firm(cell) or looks_like_unit(cell))
    )


def _mark(row: TableRow, at: int) -> str:
    return flow(row.cells[at]).strip("/-—无 ") if at < len(row.cells) else ""


def _usual_role(mark: str, marks: set[str]) -> Field | None:
    """What a mark means that the table does not explain."""
    if mark in WORDS:
        return WORDS[mark]
    if mark in STRONG + WEAK and len(mark) == 1:
        both = any(other in STRONG for other in marks) and any(other in WEAK for other in marks)
        return (Field.LEAD if mark in STRONG else Field.SUPPORT) if both else Field.DUTY
    return None


def _unfolded(table: PlanTable, index: int, names: Mapping[int, str], roles: Mapping[str, Field]) -> PlanTable:
    heading = table.rows[index]
    kept = [at for at in range(len(heading.cells)) if at not in names]
    rows = [TableRow((*(heading.cells[at] for at in kept), "牵头单位", "责任单位", "配合单位"), heading.place)]
    for row in table.rows[index + 1 :]:
        given: dict[Field, list[str]] = {Field.LEAD: [], Field.DUTY: [], Field.SUPPORT: []}
        for at, name in names.items():
            role = roles.get(_mark(row, at))
            if role is not None:
                given[role].append(name)
        cells = [row.cells[at] if at < len(row.cells) else "" for at in kept]
        rows.append(TableRow((*cells, *("、".join(listed) for listed in given.values())), row.place))
    return PlanTable((*table.rows[:index], *rows), table.drawn, table.damaged)


def notes_around(texts: Sequence[str]) -> str:
    """The words around the tables of a document that explain marks."""
    return "\n".join(text for text in texts if SAYS.search(text))[:2000]
