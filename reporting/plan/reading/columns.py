"""Which column of a table holds what: the heading row is found by its words, whatever its order."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from reporting.language import units as unit_names
from reporting.language.measures import part_measure
from reporting.plan.notations import Field
from reporting.plan.notations.headings import UNITS, Heading, heading_words, main_column, read_heading, read_headings
from reporting.plan.reading.area_targets import area_shares
from reporting.plan.reading.tables import TableRow
from reporting.plan.reading.text import flow

HEADING_ROWS = 15
"""How far down a heading row is looked for: a title, the unit that reports and remarks may stand above it."""

BARE = re.compile(r"(?:[≥≤><=＞＜]|不少于|不低于|不超过|达到)? ?\d[\d,]{0,12}(?:\.\d{1,4})?")
"""A target without its measure: 6.5, ≥300."""

SUBHEADING = re.compile(r"第?[一二三四]季度|[上下]半年|\d{1,2}月份?|20\d\d年")
"""A heading of the lower of two rows that says nothing alone: 一季度 under 时间安排."""


@dataclass(frozen=True, slots=True)
class TableColumns:
    """Which column holds which field; ``names`` are the headings as printed."""

    names: tuple[str, ...]
    headings: tuple[Heading, ...]
    content: int

    def all(self, wanted: Field) -> list[int]:
        """The columns of one field, from left to right."""
        return [index for index, heading in enumerate(self.headings) if heading.field is wanted]

    @property
    def fields(self) -> tuple[Field | None, ...]:
        """The field of each column."""
        return tuple(heading.field for heading in self.headings)


def find_columns(rows: Sequence[TableRow]) -> tuple[TableColumns, int] | None:
    """The heading row among the first rows, and the last row of it: it names the task and who does it."""
    for index, row in enumerate(rows[:HEADING_ROWS]):
        if sum(bool(cell.strip()) for cell in row.cells) < 2:
            continue
        lower = _lower_heading(rows, index)
        heading = _both(row, lower) if lower else row
        columns = _columns(heading, rows[index + 1 : index + 40])
        if columns:
            return columns, index + 1 if lower else index
    return None


def is_measure_column(name: str) -> bool:
    """Whether a column tells what the targets beside it are counted in."""
    return heading_words(name) in ("计量单位", "单位")


def is_heading_row(row: TableRow) -> bool:
    """Whether a row holds headings of whatever kind of table: 姓名, 单位及职务."""
    filled = [cell for cell in row.cells if cell.strip()]
    known = sum(read_heading(cell).field is not None or heading_words(cell) == "单位" for cell in filled)
    return known > 1 and known * 2 >= len(filled)


def _columns(row: TableRow, below: Sequence[TableRow]) -> TableColumns | None:
    headings = read_headings(row.cells)
    if not any(heading.field in UNITS for heading in headings):
        headings = [_by_cells(row, index, heading, below) for index, heading in enumerate(headings)]
    if not any(heading.field in UNITS for heading in headings):
        return None
    for stand_in in (Field.TARGET, Field.CATEGORY):
        if not any(heading.field is Field.CONTENT for heading in headings):
            told = [index for index, one in enumerate(headings) if one.field is stand_in]
            last = max((index for index in told if not part_measure(row.cells[index])[1]), default=-1)
            if last >= 0:
                headings[last] = Heading(Field.CONTENT)
    _mark_numbers(headings, below)
    main = main_column(headings)
    if main is None:
        return None
    return TableColumns(tuple(flow(cell) for cell in row.cells), tuple(headings), main)


def _mark_numbers(headings: list[Heading], below: Sequence[TableRow]) -> None:
    """年度任务 beside what is to be done holds targets where its cells are numbers, 分解情况 where areas have some."""
    contents = [index for index, heading in enumerate(headings) if heading.field is Field.CONTENT]
    for index, heading in enumerate(headings):
        cells = [flow(row.cells[index]) for row in below if index < len(row.cells) and row.cells[index].strip()]
        numbers = index in contents[1:] and _mostly(cells, lambda cell: BARE.fullmatch(cell) is not None)
        shares = heading.field in (None, Field.OTHER, Field.CONTENT) and _mostly(
            cells, lambda cell: area_shares(cell) != ()
        )
        if numbers or (shares and (index not in contents or len(contents) > 1)):
            headings[index] = Heading(Field.TARGET)


def _mostly(cells: Sequence[str], holds: Callable[[str], bool]) -> bool:
    return bool(cells) and sum(map(holds, cells)) * 2 > len(cells)


def _by_cells(row: TableRow, index: int, heading: Heading, below: Sequence[TableRow]) -> Heading:
    """单位 alone may head measures (万元) or units: the cells below tell."""
    if heading_words(row.cells[index]) != "单位":
        return heading
    cells = [flow(other.cells[index]) for other in below if index < len(other.cells)]
    units = sum(unit_names.is_firm(name) for cell in cells for name in unit_names.split_units(cell)[:1])
    return Heading(Field.DUTY) if units and units * 2 >= sum(map(bool, cells)) else heading


def _lower_heading(rows: Sequence[TableRow], index: int) -> TableRow | None:
    """The second row of headings, where one over several columns stands above: 责任单位 over 牵头, 配合."""
    if index + 1 >= len(rows) or not is_heading_row(rows[index]):
        return None
    upper, lower = rows[index].cells, rows[index + 1].cells
    lower = (*lower, *[""] * (len(upper) - len(lower)))
    if len(upper) != len(lower) or upper == lower:
        return None
    pairs = [(above.strip(), below.strip()) for above, below in zip(upper, lower, strict=True)]
    own = [(above, below) for above, below in pairs if below and below != above]
    known = [below for _, below in own if read_heading(below).field is not None or SUBHEADING.fullmatch(below)]
    parted = any(not above or above == before for (before, _), (above, _) in pairwise(pairs))
    row = replace(rows[index + 1], cells=lower)
    return row if len(set(known)) > 1 and len(known) == len(own) and parted else None


def _both(upper: TableRow, lower: TableRow) -> TableRow:
    """One heading row made of two; what says nothing alone goes on from what stands above it."""
    cells: list[str] = []
    above = ""
    for over, under in zip((cell.strip() for cell in upper.cells), (c.strip() for c in lower.cells), strict=True):
        above = over or above
        alone = not under or under == over or read_heading(under).field is not None
        cells.append((under or over) if alone else above + under)
    return replace(lower, cells=tuple(cells))


def is_heading_again(row: TableRow, columns: TableColumns) -> bool:
    """Whether a row repeats the headings, as on top of each page."""
    cells = tuple(flow(cell) for cell in row.cells)
    return cells == columns.names or (
        sum(bool(cell) and cell == name for cell, name in zip(cells, columns.names, strict=False)) > 1
        and is_heading_row(row)
    )


def path_columns(rows: Sequence[TableRow], columns: TableColumns) -> list[int]:
    """Columns that group rows: categories, and tasks that repeat over several measures."""
    grouping = columns.all(Field.CATEGORY)
    for index in columns.all(Field.CONTENT):
        if index >= columns.content:
            continue
        texts = [row.cells[index] for row in rows if index < len(row.cells)]
        repeats = any(one and one == other for one, other in pairwise(texts))
        if repeats or (any(texts) and not all(texts)):
            grouping.append(index)
    return sorted(grouping)


def usual_width(rows: Sequence[TableRow]) -> int:
    """How many columns most rows have; of two numbers as frequent the greater."""
    counts = Counter(len(row.cells) for row in rows)
    return max(counts, key=lambda width: (counts[width], width), default=0)


def width_of_rows(rows: Sequence[TableRow]) -> int:
    """How many columns the widest row has."""
    return max((len(row.cells) for row in rows), default=0)
