"""Rows of tables → drafts of tasks: headings are found by their words, whatever their order."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from reporting.model import Line, Place
from reporting.model.findings import Finding
from reporting.plan.notations import Field, Notation
from reporting.plan.notations.headings import UNITS
from reporting.plan.reading import draft as kinds
from reporting.plan.reading.beside_units import is_kept_column
from reporting.plan.reading.columns import (
    TableColumns,
    find_columns,
    is_heading_again,
    is_heading_row,
    is_measure_column,
    path_columns,
    usual_width,
)
from reporting.plan.reading.draft import Draft
from reporting.plan.reading.lead_rules import LeadRule
from reporting.plan.reading.row_drafts import Sections, draft_of_row
from reporting.plan.reading.tables import PlanTable, TableRow
from reporting.plan.reading.text import flow

TOTAL = re.compile(r"[(（]?(?:合|总|小|共)\s*计[)）]?[:：]?(?:\s*\d{1,5}\s*[项件个条])?")
"""What begins a row of sums: 合计."""

NOTE = re.compile(
    r"(?:备?注|说\s*明|(?:填表|填报|填写|制表|报送|有关)(?:说明|要求|日期|单位|人)|审核人|联系人|单位负责人)[:：]|[※*]"
)
"""What begins a remark in the last row of a table: 注：…"""

SECTION = re.compile(
    r"[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十]{1,3}部分"
)
"""How a row that heads those below it begins, also where the first column holds tasks."""


@dataclass(slots=True)
class RowsRead:
    """What the tables of a document gave."""

    drafts: list[Draft] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    left_out: list[Line] = field(default_factory=list)
    beside: list[tuple[Place, str]] = field(default_factory=list)
    """What stands in no column with a heading, row by row."""


def read_tables(tables: Sequence[tuple[PlanTable, str]], notation: Notation, rule: LeadRule) -> RowsRead:
    """Read every table with tasks; one without a heading row has the columns of the last."""
    read = RowsRead()
    columns: TableColumns | None = None
    for order, (table, heading) in enumerate(tables, 1):
        found = find_columns(table.rows)
        if found is None and not (columns and _goes_on(table, columns)):
            read.left_out.extend(_as_line(row) for row in table.rows)
            continue
        goes_on = found is None or (columns is not None and found[0].names == columns.names)
        if found is not None:
            columns, start = found[0], found[1] + 1
        else:
            start = 0
        assert columns is not None
        if not goes_on:
            _say_left_out_columns(columns, table, read)
        read.left_out.extend(_as_line(row) for row in table.rows[: max(0, start - 1)])
        body = [row for row in table.rows[start:] if not is_heading_again(row, columns)]
        before = _Before(heading, goes_on and bool(read.drafts), rule, table.drawn, order)
        _read_body(body, columns, notation, read, before)
        _say_beside(read)
        read.findings.extend(
            Finding(kinds.ROW_DAMAGED, place, values={"found": str(place.row)}) for place in table.damaged
        )
    return read


def _goes_on(table: PlanTable, columns: TableColumns) -> bool:
    """Whether a table without headings of tasks goes on with the one before; another has its own."""
    return usual_width(table.rows) == len(columns.names) and not any(map(is_heading_row, table.rows[:2]))


def _as_line(row: TableRow) -> Line:
    return Line("\t".join(flow(cell) for cell in row.cells), row.place)


def _say_left_out_columns(columns: TableColumns, table: PlanTable, read: RowsRead) -> None:
    for index, (name, found) in enumerate(zip(columns.names, columns.fields, strict=True)):
        unknown = found is None or found in (Field.OTHER, Field.SECTION)
        filled = any(index < len(row.cells) and row.cells[index].strip() for row in table.rows)
        used = is_kept_column(name) or (is_measure_column(name) and Field.TARGET in columns.fields)
        if unknown and name and filled and not used:
            read.findings.append(Finding(kinds.COLUMN_LEFT_OUT, table.place, values={"found": name}))


def _say_beside(read: RowsRead) -> None:
    """One finding for a table, at the first note beside it."""
    if read.beside:
        found = "”“".join(text[:30] for _, text in read.beside[:3])
        values = {"count": str(len(read.beside)), "found": found}
        read.findings.append(Finding(kinds.BESIDE_TABLE, read.beside[0][0], values=values))
        read.left_out.extend(Line(text, place) for place, text in read.beside)
        read.beside.clear()


@dataclass(frozen=True, slots=True)
class _Before:
    """What was known before the body of a table is read."""

    heading: str
    goes_on: bool
    rule: LeadRule
    drawn: bool
    order: int


def _read_body(
    rows: Sequence[TableRow], columns: TableColumns, notation: Notation, read: RowsRead, before: _Before
) -> None:
    sections = Sections(before.heading)
    whole = [row for row in rows if not _says_nothing(row, read)]
    rows = [_fitted(row, columns) for row in whole]
    tasks = [row for row in rows if not section_of(row, columns)]
    grouping = path_columns(tasks, columns)
    previous: TableRow | None = None
    for order, printed in enumerate(rows):
        section = section_of(printed, columns)
        beside = _beside(whole[order], columns, is_section=bool(section))
        if beside:
            read.beside.append((printed.place, beside))
        if section:
            sections.add(section)
            continue
        row = printed if before.drawn else _with_category_above(printed, previous, columns, grouping)
        row = _as_above(row, previous)
        if not any(_task_cells(row.cells, columns)):
            read.left_out.append(_as_line(row))
            continue
        draft = draft_of_row(row, columns, grouping, sections, notation, before.rule)
        draft = replace(draft, table=before.order)
        if read.drafts and _same_task(row, previous, columns):
            read.drafts[-1] = _merge(read.drafts[-1], draft)
        elif read.drafts and _continues(draft, columns, first=order == 0 and before.goes_on):
            read.drafts[-1] = _merge(read.drafts[-1], draft, content=True)
        elif draft.content:
            read.drafts.append(_with_units_above(draft, row, previous, columns, read))
        elif _only_names_group(row, columns, grouping):
            read.left_out.append(_as_line(row))
        else:
            read.left_out.append(_as_line(row))
            shown = " ".join(flow(cell) for cell in row.cells if cell)
            read.findings.append(Finding(kinds.ROW_LEFT_OUT, row.place, values={"found": shown[:60]}))
        previous = row


def _fitted(row: TableRow, columns: TableColumns) -> TableRow:
    """The row as wide as the headings; what stands to the right of the last is a note beside the table."""
    width = len(columns.names)
    return replace(row, cells=(*row.cells[:width], *[""] * (width - len(row.cells))))


def _beside(row: TableRow, columns: TableColumns, *, is_section: bool) -> str:
    """What stands in no column with a heading; the text of a row that heads others may stand in any."""
    named = [bool(name) or is_section for name in columns.names]
    outside = (flow(cell) for at, cell in enumerate(row.cells) if at >= len(named) or not named[at])
    return "；".join(filter(None, outside))


def _says_nothing(row: TableRow, read: RowsRead) -> bool:
    """A total, a note on the table or the numbers of its columns is no task; it is kept as left out."""
    cells = [flow(cell) for cell in row.cells if cell.strip()]
    counted = len(cells) > 2 and cells == [str(number) for number in range(1, len(cells) + 1)]
    said = bool(cells) and (
        TOTAL.fullmatch(cells[0]) is not None or all(NOTE.match(cell) is not None for cell in cells)
    )
    if said or counted:
        read.left_out.append(_as_line(row))
    return said or counted


AS_ABOVE = re.compile(r"[(（]?同上[)）]?|同前|〃|″")
"""What stands in a cell for the words of the cell above it."""


def _as_above(row: TableRow, previous: TableRow | None) -> TableRow:
    """The row with the words of the row above where a cell only says that they are the same."""
    if previous is None or not any(AS_ABOVE.fullmatch(cell.strip()) for cell in row.cells):
        return row
    pairs = zip(row.cells, previous.cells, strict=True)
    return replace(row, cells=tuple(above if AS_ABOVE.fullmatch(cell.strip()) else cell for cell, above in pairs))


def _with_category_above(
    row: TableRow, previous: TableRow | None, columns: TableColumns, grouping: Sequence[int]
) -> TableRow:
    """A category that is blank is the one above, unless one to its left has changed."""
    where = sorted({*grouping, *columns.all(Field.CATEGORY_NUMBER)})
    if previous is None or not where:
        return row
    cells = list(row.cells)
    for index in where:
        if not cells[index].strip():
            cells[index] = previous.cells[index]
        elif cells[index] != previous.cells[index]:
            break
    return replace(row, cells=tuple(cells))


def _task_cells(cells: Sequence[str], columns: TableColumns) -> list[str]:
    """The cells that make a row a task: all but the category, which a drawn filler row may share."""
    kept = (None, Field.CATEGORY, Field.CATEGORY_NUMBER, Field.OTHER, Field.SECTION)
    return [cell for cell, found in zip(cells, columns.fields, strict=False) if found not in kept and cell.strip()]


def section_of(row: TableRow, columns: TableColumns) -> str:
    """A row with one text across all columns heads the rows below: 一、夯实基础."""
    texts = {flow(cell) for cell in row.cells if cell.strip()}
    if len(texts) != 1:
        return ""
    text = texts.pop()
    where = next(index for index, cell in enumerate(row.cells) if cell.strip())
    spans = sum(bool(cell.strip()) for cell in row.cells) > 1
    marked = SECTION.match(text) is not None
    first = where == 0 and (columns.content != 0 or marked) and not text.isdecimal()
    category = columns.headings[where].field in (Field.CATEGORY, Field.CATEGORY_NUMBER) and not marked
    return text if (spans or first) and not category and len(text) <= 60 else ""


def _same_task(row: TableRow, previous: TableRow | None, columns: TableColumns) -> bool:
    """A task whose units take several rows comes with number and content repeated."""
    if previous is None:
        return False
    keys = [columns.content, *columns.all(Field.NUMBER)]
    return all(row.cells[key] == previous.cells[key] for key in keys) and bool(row.cells[columns.content].strip())


def _continues(draft: Draft, columns: TableColumns, *, first: bool) -> bool:
    """A row without number on top of a page, or without content, belongs to the task before."""
    if draft.printed or not columns.all(Field.NUMBER):
        return False
    return first or not draft.content


def _with_units_above(
    draft: Draft, row: TableRow, previous: TableRow | None, columns: TableColumns, read: RowsRead
) -> Draft:
    """Where no cell names a unit, a cell above may have spanned the row before the table was copied."""
    named = any(row.cells[index].strip() for wanted in UNITS for index in columns.all(wanted))
    above = read.drafts[-1] if read.drafts and previous is not None else None
    if named or above is None or not above.lead:
        return draft
    deadline = draft.deadline or above.deadline
    return replace(draft, lead=above.lead, support=above.support, deadline=deadline, from_above=True)


def _only_names_group(row: TableRow, columns: TableColumns, grouping: Sequence[int]) -> bool:
    """A row with nothing but a number and the name of a group, which the rows below it take over."""
    named = [index for index, cell in enumerate(row.cells) if cell.strip()]
    return all(index in grouping or columns.headings[index].field is Field.NUMBER for index in named)


def _merge(one: Draft, other: Draft, *, content: bool = False) -> Draft:
    lead = tuple(dict.fromkeys([*one.lead, *other.lead]))
    support = tuple(name for name in dict.fromkeys([*one.support, *other.support]) if name not in lead)
    return replace(
        one,
        lead=lead,
        support=support,
        content=one.content + other.content if content else one.content,
        deadline=one.deadline or other.deadline,
        rules=(*one.rules, *other.rules),
        open_ended=one.open_ended or other.open_ended,
    )
