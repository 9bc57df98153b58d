"""One row of a table → the draft of a task."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from reporting.language.measures import part_measure
from reporting.plan.notations import Field, Notation
from reporting.plan.notations.headings import UNITS
from reporting.plan.reading.area_targets import area_shares
from reporting.plan.reading.beside_units import is_kept_column
from reporting.plan.reading.columns import BARE, TableColumns, is_measure_column
from reporting.plan.reading.draft import Draft
from reporting.plan.reading.lead_rules import LeadRule, take_marks
from reporting.plan.reading.markers import find_marker
from reporting.plan.reading.tables import TableRow
from reporting.plan.reading.text import BREAK, CLOSE_ROUND, OPEN_ROUND, flow
from reporting.plan.reading.unit_clauses import named_twice, rank_roles, read_unit_cell

OPENS, CLOSES = re.escape(OPEN_ROUND), re.escape(CLOSE_ROUND)
CONTINUED = re.compile(rf"[{OPENS}〈]?续[{CLOSES}〉]?$|[{OPENS}]接上[页表][{CLOSES}]$")
"""What a category carries over a page: 五 (续)."""

NUMBERED = re.compile(r"[(（]?(\d{1,3})[)）]?[.．、]?(?=[^\d.．、年月%万亿个])")
"""The number before a task in a table without a column for it: 3.建设绿道."""

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DATE_FOR_NUMBER = re.compile(
    r"(?:\d{4}[年./-])?(?P<month>\d{1,2})[月./-](?P<day>\d{1,2})日?(?: 0{1,2}:00(?::00)?)?"
    r"|\d\d(?P<short>\d\d)年(?P<only>\d{1,2})月"
    rf"|(?P<first>\d{{1,2}})-(?P<name>{'|'.join(_MONTHS)})"
)
"""What 1-1 is shown as when it was typed into a cell for numbers: 1月1日, 2026/1/1, 1-Jan, for 2-30 also 1930年2月."""

FILLERS = "/／-—–无 　"


class Sections:
    """The rows that head those below them, as deep as their markers: 一、 over （一）."""

    def __init__(self, heading: str) -> None:
        self.open: list[tuple[float, str]] = [(0, heading)] if heading else []

    def add(self, text: str) -> None:
        """Take in a heading; it closes those of its own rank and below."""
        marker = find_marker(text)
        rank = marker.kind.rank if marker else 0
        self.open = [(above, words) for above, words in self.open if marker and above < rank]
        self.open.append((rank, text))

    @property
    def markers(self) -> tuple[str, ...]:
        """The numbers of these headings."""
        found = (find_marker(words) for _, words in self.open)
        return tuple(marker.number for marker in found if marker)

    @property
    def path(self) -> tuple[str, ...]:
        """The headings that stand above the next row."""
        return tuple(words for _, words in self.open)


def draft_of_row(
    row: TableRow,
    columns: TableColumns,
    grouping: Sequence[int],
    sections: Sections,
    notation: Notation,
    rule: LeadRule,
) -> Draft:
    """The task a row holds, below the headings that stand above it."""
    by_role: dict[Field, list[str]] = {}
    rules: list[str] = []
    open_ended = False
    marked: frozenset[str] = frozenset()
    for index, heading in enumerate(columns.headings):
        if heading.field not in UNITS:
            continue
        rule = replace(rule, first=True) if heading.first_leads and not rule.given else rule
        cell, signed = take_marks(row.cells[index])
        marked |= signed
        for found_role, found in read_unit_cell(cell, heading.field, notation.labels, rule):
            by_role.setdefault(found_role, []).extend(found.names)
            open_ended = open_ended or found.open_ended
            rules.append(f"column {columns.names[index]}: {found_role} {'、'.join(found.names)}")
    lead, support = rank_roles(by_role, rule, marked)
    remarks = tuple(
        (columns.names[index], flow(row.cells[index]).strip(FILLERS))
        for index in sorted([*columns.all(Field.OTHER), *columns.all(Field.SECTION)])
        if is_kept_column(columns.names[index])
    )
    path, markers = _path(row, columns, grouping)
    deadlines = [flow(row.cells[index]).strip(FILLERS) for index in columns.all(Field.DEADLINE)]
    deadline = next(filter(None, deadlines), "")
    number, date_for_number = _number(row, columns, grouping)
    return Draft(
        printed=number,
        date_for_number=date_for_number,
        markers=(*sections.markers, *markers),
        path=(*sections.path, *path),
        content=_content(row, columns, grouping),
        lead=lead,
        support=support,
        deadline=deadline,
        place=row.place,
        rules=(*rules, *((f"column {Field.DEADLINE}: {deadline}",) if deadline else ())),
        twice=named_twice(by_role),
        remarks=remarks,
        open_ended=open_ended,
    )


def _number(row: TableRow, columns: TableColumns, grouping: Sequence[int]) -> tuple[str, tuple[str, int]]:
    """The number of a row, and the date that it was made out of, with its column from 1, where it was one."""
    numbers = columns.all(Field.NUMBER)
    if numbers:
        text = flow(row.cells[numbers[-1]]).strip(" .．、。()（）")
        meant = _number_in_date(text)
        return (meant, (text, numbers[-1] + 1)) if meant else (text, ("", 0))
    markers = (NUMBERED.match(flow(row.cells[index])) for index in _told(columns, grouping))
    return next((marker.group(1) for marker in markers if marker), ""), ("", 0)


def _number_in_date(text: str) -> str:
    """The number that a program made a date of; a number such as 1.2 or 1-1 is none."""
    match = DATE_FOR_NUMBER.fullmatch(text)
    if match is None or not ("月" in text or len(text) > 7 or match["name"]):
        return ""
    if match["name"]:
        return f"{_MONTHS.index(match['name']) + 1}-{int(match['first'])}"
    return f"{int(match['month'] or match['only'])}-{int(match['day'] or match['short'])}"


def _told(columns: TableColumns, grouping: Sequence[int]) -> list[int]:
    """The columns of content that do not group rows, from the most telling: its number goes before others."""
    where = [index for index in columns.all(Field.CONTENT) if index not in grouping]
    return sorted(where, key=lambda index: index != columns.content)


def _content(row: TableRow, columns: TableColumns, grouping: Sequence[int]) -> str:
    """The content, after the name of the task where the table gives both, and before its targets."""
    where = sorted(_told(columns, grouping))
    texts = {index: flow(row.cells[index]) for index in where}
    for index in _told(columns, grouping):
        if not columns.all(Field.NUMBER) and (marker := NUMBERED.match(texts[index])):
            texts[index] = texts[index][marker.end() :].strip()
            break
    content = texts[columns.content]
    named = [texts[index].rstrip("。；;：:") for index in where if index < columns.content]
    more = [texts[index] for index in where if index > columns.content]
    targets = [
        f"{part_measure(columns.names[index])[0]}：{text}"
        for index in columns.all(Field.TARGET)
        if (text := _target(row, index, columns, content)) and text not in content
    ]
    head = "：".join(dict.fromkeys(part for part in (*named, content) if part))
    return _sentences(dict.fromkeys(part for part in (head, *more, *targets) if part))


def _target(row: TableRow, index: int, columns: TableColumns, content: str) -> str:
    """What is to be reached; a bare number takes its measure from its column, its heading, or the task's name."""
    text = flow(row.cells[index]).strip(FILLERS)
    shares = area_shares(text)
    if not shares and not BARE.fullmatch(text):
        return text
    measures = [at for at, name in enumerate(columns.names) if is_measure_column(name)]
    beside = flow(row.cells[measures[0]]) if measures else ""
    measure = beside or part_measure(columns.names[index])[1] or part_measure(content.rstrip("。；;"))[1]
    if shares:
        return "，".join(f"{area}{amount}{unit or measure}" for area, amount, unit in shares)
    return text + measure


def _sentences(parts: Iterable[str]) -> str:
    """Texts of several cells, one after the other: a full stop goes between them where there is no mark."""
    joined = ""
    for part in parts:
        mark = "；" if joined and joined[-1] not in "。；！？;.:：" else ""
        joined += mark + part
    return joined


def _path(row: TableRow, columns: TableColumns, grouping: Sequence[int]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """一 + 建立健全体系 → 一、建立健全体系; (续) is the same category on the next page."""
    numbers = [_plain(row.cells[index]) for index in columns.all(Field.CATEGORY_NUMBER)]
    names = [_plain(row.cells[index]) for index in grouping]
    path = [name for name in names if name]
    if numbers and numbers[0]:
        path = [f"{numbers[0].rstrip('、.．')}、{path[0]}", *path[1:]] if path else numbers
    markers = [number.rstrip("、.．") for number in numbers if number]
    return tuple(path), tuple(markers)


def _plain(cell: str) -> str:
    """A category in one line, without the mark that it goes on from the page before."""
    text = flow(cell.replace(BREAK + "(", "(").replace(BREAK + "（", "（"))
    return CONTINUED.sub("", text).strip()
