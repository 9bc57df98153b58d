"""Reading plan.xlsx back after a coordinator has worked in it.

Every wrong edit becomes a finding at its cell, all of them at once; only what leaves nothing to read (no such
file, sheet or heading) stops the reading. What was understood from an untidy value is said as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from reporting.files.file_type import FileType
from reporting.files.sheets.grid import Sheet
from reporting.files.sheets.tables import Table
from reporting.language.characters import as_seen, even_width, one_line
from reporting.language.units import classify, fold, names_in_use, written_name
from reporting.model import Goal, Measure, Place, Plan, Task, Unit
from reporting.model.findings import DubanError, Finding
from reporting.plan.book.kinds import ABOUT_LINE_MISSING, YEAR_UNREADABLE
from reporting.plan.book.read_cells import (
    CellFindings,
    PlanCell,
    find_planned,
    find_sheet,
    open_book,
    read_beside,
    read_pairs,
    read_records,
)
from reporting.plan.book.read_targets import TargetReader
from reporting.plan.book.read_tasks import TaskReader
from reporting.plan.book.read_units import UnitReader
from reporting.plan.book.sheets import (
    ABOUT,
    ABOUT_KEYS,
    DECLINED,
    DOCUMENT_NUMBER,
    GOAL,
    ISSUER,
    TARGETS,
    TASKS,
    TITLE,
    UNITS,
    WAITING,
    YEAR,
    Declined,
    KnownNames,
    Remarks,
)


@dataclass(frozen=True, slots=True)
class Planbook:
    """plan.xlsx as read: the plan, every wrong edit as a finding at its cell, and where the columns stand."""

    plan: Plan
    findings: tuple[Finding, ...]
    columns: Mapping[str, Mapping[str, int]]
    """By the name of a sheet, as it is called in the workbook, and the key of a column."""
    lines: Mapping[str, Place]
    """Where the lines of 说明 stand, by their keys."""
    unit_rows: Mapping[str, Place] = field(default_factory=dict)
    """Where the names of sheet 单位 stand, those too that were adopted as other names."""
    proposed: frozenset[str] = frozenset()
    """The names beside which 建议 or 采纳 holds something."""
    unit_sheet: str = UNITS
    """What the sheet 单位 is called in the workbook."""
    is_xlsx: bool = True
    """Whether words can be put into its cells; what another program saved in its own format is only read."""
    unanswered: tuple[Place, ...] = ()
    """Where 采纳 is blank beside a proposal, on sheet 任务 and on sheet 单位."""

    def point(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Findings about rows, each at the very cell of the column it speaks of."""
        for each in findings:
            key, place = each.values.get("field", ""), each.place
            if place.part == ABOUT and key in self.lines:
                yield replace(each, place=self.lines[key])
            elif key in self.columns.get(place.part, {}):
                yield replace(each, place=replace(place, column=self.columns[place.part][key]))
            else:
                yield each


def open_planbook(path: Path) -> Planbook:
    """Read plan.xlsx with the places of its columns.

    A row of 任务 that names no unit, deadline or target waits for the coordinator (``Plan.unassigned``).
    Raises ``DubanError`` when the file, a sheet or a heading is missing.
    """
    book = open_book(path)
    return replace(read_sheets(path.name, book.sheets), is_xlsx=book.kind is FileType.XLSX)


def read_sheets(file: str, sheets: Sequence[Sheet]) -> Planbook:
    """Read the tables and the lines of 说明 on the sheets of an open plan.xlsx."""
    said = CellFindings()
    tables = find_planned(file, sheets)
    records = {}
    for name, table in tables.items():
        records[name], findings = read_records(table)
        said.found += findings
    about = read_about(file, _about_sheet(file, sheets, tables.values()), said)
    year = read_year(about.entries.get(YEAR), said)
    units = UnitReader(said).read(records[UNITS])
    known = KnownNames.of(name for unit in units for name in (unit.name, *(alias.name for alias in unit.aliases)))
    task_reader, target_reader = TaskReader(known, year, said), TargetReader(said)
    rows = [task_reader.read(record) for record in records[TASKS]]
    units = _with_adopted(units, rows, task_reader)
    rows, goals = target_reader.hand_out(target_reader.read(records[TARGETS]), rows, about.goals)
    plan = Plan(
        title=about.text(TITLE),
        issuer=about.text(ISSUER) or None,
        year=year,
        document_number=about.text(DOCUMENT_NUMBER) or None,
        tasks=tuple(row for row in rows if not _is_waiting(row)),
        units=units,
        goals=goals,
        unassigned=tuple(_as_measure(row) for row in rows if _is_waiting(row)),
    )
    answered = [record for record in records[UNITS] if record.text("proposal") or record.text("adopt")]
    asked = [record for record in (*records[TASKS], *answered) if record.text("proposal") and "adopt" in record.entries]
    return Planbook(
        plan,
        findings=tuple(sorted(said.found, key=_in_order_of(tables))),
        columns={table.sheet.name: _columns_of(table) for name, table in tables.items() if records[name]},
        lines={key: entry.place for word, entry in about.entries.items() if (key := _LINE_KEYS.get(word))},
        unit_rows={written_name(record["name"].text): record["name"].place for record in records[UNITS]},
        proposed=frozenset(written_name(record["name"].text) for record in answered),
        unanswered=tuple(record["adopt"].place for record in asked if not record.text("adopt")),
        unit_sheet=tables[UNITS].sheet.name,
    )


def _with_adopted(units: tuple[Unit, ...], rows: Sequence[Task], reader: TaskReader) -> tuple[Unit, ...]:
    """The units with those that only adopted proposals name, and without those that these took the place of.

    A unit about which the coordinator has written anything stays.
    """
    named = {name for row in rows for name in (*row.lead, *row.support)}
    gone = reader.replaced - named
    kept = [unit for unit in units if unit.name not in gone or unit != Unit(unit.name, unit.kind, place=unit.place)]
    known = {fold(name) for unit in kept for name in (*names_in_use(unit), *unit.members)}
    return (*kept, *(Unit(name, classify(name)) for name in reader.adopted if fold(name) not in known))


def read_planbook(path: Path) -> tuple[Plan, tuple[Finding, ...]]:
    """Read plan.xlsx into a plan, with every wrong edit as a finding at its cell."""
    opened = open_planbook(path)
    return opened.plan, opened.findings


def read_if_planbook(path: Path) -> Planbook | None:
    """Read plan.xlsx; None for a file that is none, such as the document a plan was published in."""
    if path.suffix.lower() not in _SUFFIXES:
        return None
    try:
        sheets = open_book(path).sheets
    except DubanError:
        if path.suffix.lower() == ".xlsx":
            raise
        return None  # what is called .xls is often a web page
    there = {even_width(sheet.name) for sheet in sheets}
    return read_sheets(path.name, sheets) if there >= {TASKS, UNITS, ABOUT} else None


_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".et", ".ods")


def read_remarks(path: Path) -> Remarks:
    """The coordinator's own notes beside tasks and units, which no plan holds."""
    tables = find_planned(path.name, open_book(path).sheets)
    tasks = read_beside(tables[TASKS], ("number", "remark"))
    units = read_beside(tables[UNITS], ("name", "remark"))
    return {
        TASKS: {one_line(as_seen(number)): text for number, text in tasks.items() if text != WAITING},
        UNITS: {written_name(name): text for name, text in units.items()},
    }


def read_declined(path: Path) -> Declined:
    """The proposals beside tasks and units to which the coordinator said no."""
    tables = find_planned(path.name, open_book(path).sheets)
    return {name: dict(_declined(tables[name], key)) for name, key in ((TASKS, "number"), (UNITS, "name"))}


def _declined(table: Table, key: str) -> Iterator[tuple[str, str]]:
    if not {key, "proposal", "adopt"} <= table.columns.keys():
        return
    for _, cells in table.rows():
        if one_line(cells["adopt"].raw) == DECLINED and cells["proposal"].raw:
            yield one_line(as_seen(cells[key].raw)), cells["proposal"].raw


_LINE_KEYS = {TITLE: "title", ISSUER: "issuer", DOCUMENT_NUMBER: "document_number", YEAR: "year"}
"""How findings call the lines of 说明."""


def _columns_of(table: Table) -> dict[str, int]:
    return {key: column + 1 for key, column in table.columns.items() if key not in ("remark",)}


def _about_sheet(file: str, sheets: Sequence[Sheet], tables: Iterable[Table]) -> Sheet:
    """The sheet called 说明, or whichever has its lines."""
    taken = [id(table.sheet) for table in tables]
    free = [sheet for sheet in sheets if id(sheet) not in taken]
    if all(even_width(sheet.name) != ABOUT for sheet in free):
        for sheet in free:
            labels = {even_width(label) for label, _ in read_pairs(file, sheet)}
            if labels >= {TITLE, YEAR}:
                return sheet
    return find_sheet(file, sheets, ABOUT)


def _is_waiting(task: Task) -> bool:
    """Whether a row names no unit and nothing else that only a task has."""
    return not (task.lead or task.support or task.deadline or task.targets)


def _as_measure(task: Task) -> Measure:
    return Measure(task.number, task.path, task.content, task.place)


def _in_order_of(tables: Mapping[str, Table]) -> Callable[[Finding], tuple[int, int, int]]:
    sheets = [tables[name].sheet.name for name in (TASKS, TARGETS, UNITS)]

    def order(finding: Finding) -> tuple[int, int, int]:
        place = finding.place
        return sheets.index(place.part) if place.part in sheets else len(sheets), place.row, place.column

    return order


@dataclass(slots=True)
class About:
    """What sheet 说明 says of the plan as a whole."""

    entries: dict[str, PlanCell] = field(default_factory=dict)
    goals: list[Goal] = field(default_factory=list)

    def text(self, key: str) -> str:
        """What stands beside a label; nothing when the line is not there."""
        return self.entries[key].text if key in self.entries else ""


def read_about(file: str, sheet: Sheet, said: CellFindings) -> About:
    """All lines of the sheet by their labels, and the overall goals among them."""
    about = About()
    for label, entry in read_pairs(file, sheet):
        key = even_width(label)
        if key in ABOUT_KEYS:
            about.entries.setdefault(key, entry)
        elif key.startswith(GOAL) and entry.text:
            about.goals.append(Goal(label.removeprefix(GOAL).strip(), entry.text, place=entry.place))
    for key in ABOUT_KEYS:
        if key not in about.entries:
            place = Place(file, sheet.name)
            said.found.append(Finding(ABOUT_LINE_MISSING, place, values={"found": key}))
    return about


def read_year(entry: PlanCell | None, said: CellFindings) -> int | None:
    """The year of the plan: 2026, 2026年, ２０２６年度; None when it is blank or something else."""
    if entry is None or not entry.text:
        return None
    text = even_width(entry.text).removesuffix("度").removesuffix("年")
    if re.fullmatch(r"[12]\d{3}", text):
        return int(text)
    said.tell(YEAR_UNREADABLE, entry)
    return None
