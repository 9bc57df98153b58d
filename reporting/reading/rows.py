"""Rows of tables → drafts of tasks: headings are found by their words, whatever their order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from reporting.findings import Finding
from reporting.model import Line
from reporting.notations import LOOSE_HEADINGS, Field, Notation, field_of, heading_words
from reporting.reading import draft as kinds
from reporting.reading.clauses import named_twice, rank_roles, read_cell
from reporting.reading.draft import Draft
from reporting.reading.tables import Table, TableRow
from reporting.reading.text import BREAK, CLOSE_ROUND, OPEN_ROUND, flow

CONTINUED = re.compile(
    rf"[{re.escape(OPEN_ROUND)}〈]?续[{re.escape(CLOSE_ROUND)}〉]?$|[{re.escape(OPEN_ROUND)}]接上[页表][{re.escape(CLOSE_ROUND)}]$"
)
"""What a category carries over a page: 五 (续)."""

NUMBERED = re.compile(r"[(（]?(\d{1,3})[)）]?[.．、]?(?=[^\d.．、年月%万亿个])")
"""The number before a task in a table without a column for it: 3.建设绿道."""

FILLERS = "/／-—–无 　"


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds which field; ``names`` are the headings as printed."""

    names: tuple[str, ...]
    fields: tuple[Field | None, ...]
    content: int

    def all(self, wanted: Field) -> list[int]:
        """The columns of one field, from left to right."""
        return [index for index, found in enumerate(self.fields) if found is wanted]


@dataclass(slots=True)
class RowsRead:
    """What the tables of a document gave."""

    drafts: list[Draft] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    left_out: list[Line] = field(default_factory=list)


def find_columns(rows: Sequence[TableRow], notation: Notation) -> tuple[Columns, int] | None:
    """The heading row among the first rows: it names the content and at least one kind of unit."""
    for index, row in enumerate(rows[:6]):
        fields = [_field_of_heading(heading_words(cell), notation) for cell in row.cells]
        has_units = any(found in (Field.LEAD, Field.DUTY, Field.SUPPORT) for found in fields)
        contents = [number for number, found in enumerate(fields) if found is Field.CONTENT]
        if not contents or not has_units:
            continue
        lower = _second_heading(rows, index, notation)
        if lower is not None:
            found = find_columns([lower], notation)
            return (found[0], index + 1) if found else None
        order = notation.columns[Field.CONTENT]
        names = [heading_words(cell) for cell in row.cells]
        best = min(contents, key=lambda number: order.index(names[number]) if names[number] in order else 99)
        return Columns(tuple(flow(cell) for cell in row.cells), tuple(fields), best), index
    return None


def _second_heading(rows: Sequence[TableRow], index: int, notation: Notation) -> TableRow | None:
    """Where 责任单位 stands over 牵头单位 and 配合单位: one heading row made of both."""
    if index + 1 >= len(rows):
        return None
    upper, lower = rows[index], rows[index + 1]
    names = [heading_words(cell) for cell in lower.cells]
    known = [
        name for name in names if field_of(name, notation.columns) in (Field.LEAD, Field.DUTY, Field.SUPPORT)
    ]
    if len(set(known)) < 2 or len(upper.cells) != len(lower.cells) or lower.cells == upper.cells:
        return None
    cells = (below or above for above, below in zip(upper.cells, lower.cells, strict=True))
    return TableRow(tuple(cells), lower.place)


def _field_of_heading(words: str, notation: Notation) -> Field | None:
    if not words or len(words) > 16:
        return None
    exact = field_of(words, notation.columns)
    return exact or next((found for pattern, found in LOOSE_HEADINGS if pattern.search(words)), None)


def read_tables(tables: Sequence[tuple[Table, str]], notation: Notation, *, first_leads: bool) -> RowsRead:
    """Read every table with tasks; one without a heading row has the columns of the last."""
    read = RowsRead()
    columns: Columns | None = None
    for table, heading in tables:
        found = find_columns(table.rows, notation)
        if found is None and (columns is None or _width(table) != len(columns.names)):
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
        body = [row for row in table.rows[start:] if not _is_heading_again(row, columns)]
        before = _Before(heading, goes_on and bool(read.drafts), first_leads, table.drawn)
        _read_body(body, columns, notation, read, before)
        read.findings.extend(
            Finding(kinds.ROW_DAMAGED, place, values={"found": str(place.row)}) for place in table.damaged
        )
    return read


def _width(table: Table) -> int:
    return max((len(row.cells) for row in table.rows), default=0)


def _as_line(row: TableRow) -> Line:
    return Line("\t".join(flow(cell) for cell in row.cells), row.place)


def _is_heading_again(row: TableRow, columns: Columns) -> bool:
    return tuple(flow(cell) for cell in row.cells) == columns.names


def _say_left_out_columns(columns: Columns, table: Table, read: RowsRead) -> None:
    for index, (name, found) in enumerate(zip(columns.names, columns.fields, strict=True)):
        unknown = found is None or found is Field.OTHER
        filled = any(index < len(row.cells) and row.cells[index].strip() for row in table.rows)
        if unknown and name and filled:
            read.findings.append(Finding(kinds.COLUMN_LEFT_OUT, table.place, values={"found": name}))


@dataclass(frozen=True, slots=True)
class _Before:
    """What was known before the body of a table is read."""

    heading: str
    goes_on: bool
    first_leads: bool
    drawn: bool


def _read_body(
    rows: Sequence[TableRow], columns: Columns, notation: Notation, read: RowsRead, before: _Before
) -> None:
    sections: tuple[str, ...] = (before.heading,) if before.heading else ()
    path_columns = _path_columns(rows, columns)
    previous: TableRow | None = None
    for order, printed in enumerate(rows):
        cells = (*printed.cells, *[""] * (len(columns.names) - len(printed.cells)))
        row = TableRow(cells, printed.place)
        section = _section(row, columns)
        if not section and not before.drawn:
            row = _with_category_above(row, previous, columns, path_columns)
        if section:
            sections = (section,)
            continue
        if not any(_task_cells(cells, columns)):
            read.left_out.append(_as_line(row))
            continue
        draft = _draft(row, columns, path_columns, sections, notation, first_leads=before.first_leads)
        if read.drafts and _same_task(row, previous, columns):
            read.drafts[-1] = _merge(read.drafts[-1], draft)
        elif read.drafts and _continues(draft, columns, first=order == 0 and before.goes_on):
            read.drafts[-1] = _merge(read.drafts[-1], draft, content=True)
        elif draft.content:
            read.drafts.append(draft)
        else:
            read.left_out.append(_as_line(row))
            shown = " ".join(flow(cell) for cell in cells if cell)
            read.findings.append(Finding(kinds.ROW_LEFT_OUT, row.place, values={"found": shown[:60]}))
        previous = row


def _with_category_above(
    row: TableRow, previous: TableRow | None, columns: Columns, path_columns: Sequence[int]
) -> TableRow:
    """A category written only in the first row of its tasks holds for those below it too."""
    kinds_of_category = (Field.CATEGORY, Field.CATEGORY_NUMBER)
    where = [index for index, found in enumerate(columns.fields) if found in kinds_of_category]
    where = sorted({*where, *path_columns})
    if previous is None or not where or any(row.cells[index].strip() for index in where):
        return row
    cells = list(row.cells)
    for index in where:
        cells[index] = previous.cells[index]
    return TableRow(tuple(cells), row.place)


def _task_cells(cells: Sequence[str], columns: Columns) -> list[str]:
    """The cells that make a row a task: all but the category, which a drawn filler row may share."""
    kept = (None, Field.CATEGORY, Field.CATEGORY_NUMBER, Field.OTHER)
    return [
        cell for cell, found in zip(cells, columns.fields, strict=False) if found not in kept and cell.strip()
    ]


def _path_columns(rows: Sequence[TableRow], columns: Columns) -> list[int]:
    """Columns that group rows: categories, and tasks that repeat over several measures."""
    grouping = columns.all(Field.CATEGORY)
    for index in columns.all(Field.CONTENT):
        texts = [row.cells[index] for row in rows if index < len(row.cells)]
        repeats = any(one and one == other for one, other in pairwise(texts))
        spans = index < columns.content and any(texts) and not all(texts)
        if index != columns.content and (repeats or spans):
            grouping.append(index)
    return sorted(grouping)


def _section(row: TableRow, columns: Columns) -> str:
    """A row with one text across all columns heads the rows below: 一、夯实基础."""
    texts = {flow(cell) for cell in row.cells if cell.strip()}
    if len(texts) != 1:
        return ""
    text = texts.pop()
    where = next(index for index, cell in enumerate(row.cells) if cell.strip())
    spans = sum(bool(cell.strip()) for cell in row.cells) > 1
    first = where == 0 and columns.content != 0 and not text.isdecimal()
    category = columns.fields[where] in (Field.CATEGORY, Field.CATEGORY_NUMBER)
    return text if (spans or first) and not category and len(text) <= 60 else ""


def _same_task(row: TableRow, previous: TableRow | None, columns: Columns) -> bool:
    """A task whose units take several rows comes with number and content repeated."""
    if previous is None:
        return False
    keys = [columns.content, *columns.all(Field.NUMBER)]
    return all(row.cells[key] == previous.cells[key] for key in keys) and bool(
        row.cells[columns.content].strip()
    )


def _continues(draft: Draft, columns: Columns, *, first: bool) -> bool:
    """A row without number on top of a page, or without content, belongs to the task before."""
    if draft.printed or not columns.all(Field.NUMBER):
        return False
    return first or not draft.content


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


def _draft(
    row: TableRow,
    columns: Columns,
    path_columns: Sequence[int],
    sections: tuple[str, ...],
    notation: Notation,
    *,
    first_leads: bool,
) -> Draft:
    by_role: dict[Field, list[str]] = {}
    rules: list[str] = []
    open_ended = False
    for role in (Field.LEAD, Field.DUTY, Field.SUPPORT):
        for index in columns.all(role):
            for found_role, found in read_cell(row.cells[index], role, notation.labels):
                by_role.setdefault(found_role, []).extend(found.names)
                open_ended = open_ended or found.open_ended
                rules.append(f"column {columns.names[index]}: {found_role} {'、'.join(found.names)}")
    lead, support = rank_roles(by_role, first_leads=first_leads)
    path, markers = _path(row, columns, path_columns)
    deadline = next((flow(row.cells[index]).strip(FILLERS) for index in columns.all(Field.DEADLINE)), "")
    return Draft(
        printed=_number(row, columns),
        markers=markers,
        path=(*sections, *path),
        content=_content(row, columns, path_columns),
        lead=lead,
        support=support,
        deadline=deadline,
        place=row.place,
        rules=(*rules, *((f"column {Field.DEADLINE}: {deadline}",) if deadline else ())),
        twice=named_twice(by_role),
        open_ended=open_ended,
    )


def _number(row: TableRow, columns: Columns) -> str:
    numbers = columns.all(Field.NUMBER)
    if not numbers:
        marker = NUMBERED.match(row.cells[columns.content])
        return marker.group(1) if marker else ""
    return flow(row.cells[numbers[-1]]).strip(" .．、。()（）")


def _content(row: TableRow, columns: Columns, path_columns: Sequence[int]) -> str:
    """The content, after the name of the task where the table gives both: 名称：内容."""
    named = [
        flow(row.cells[index])
        for index in columns.all(Field.CONTENT)
        if index < columns.content and index not in path_columns
    ]
    content = flow(row.cells[columns.content])
    if not columns.all(Field.NUMBER) and (marker := NUMBERED.match(content)):
        content = content[marker.end() :].strip()
    parts = [part for part in (*named, content) if part]
    return "：".join(dict.fromkeys(parts))


def _path(
    row: TableRow, columns: Columns, path_columns: Sequence[int]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """一 + 建立健全体系 → 一、建立健全体系; (续) is the same category on the next page."""
    numbers = [_plain(row.cells[index]) for index in columns.all(Field.CATEGORY_NUMBER)]
    names = [_plain(row.cells[index]) for index in path_columns]
    path = [name for name in names if name]
    if numbers and numbers[0]:
        path = [f"{numbers[0].rstrip('、.．')}、{path[0]}", *path[1:]] if path else numbers
    markers = [number.rstrip("、.．") for number in numbers if number]
    return tuple(path), tuple(markers)


def _plain(cell: str) -> str:
    text = flow(cell.replace(BREAK + "(", "(").replace(BREAK + "（", "（"))
    return CONTINUED.sub("", text).strip()
