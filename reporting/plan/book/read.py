"""Reading plan.xlsx back after a coordinator has worked in it.

Every wrong edit becomes a finding at its cell, all of them at once; only what leaves nothing to read (no such
file, sheet or heading) stops the reading. What was understood from an untidy value is said as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from reporting.language.characters import even_width, one_line
from reporting.model import Goal, Measure, Place, Plan, Task
from reporting.model.findings import Finding
from reporting.plan.book.kinds import ABOUT_LINE_MISSING, YEAR_UNREADABLE
from reporting.plan.book.read_cells import (
    CellFindings,
    Entry,
    Record,
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
    DOCUMENT_NUMBER,
    GOAL,
    ISSUER,
    TARGETS,
    TASKS,
    TITLE,
    UNITS,
    WAITING,
    YEAR,
    Remarks,
)

if TYPE_CHECKING:
    from openpyxl import Workbook

if TYPE_CHECKING:
    from openpyxl import Workbook


@dataclass(frozen=True, slots=True)
class Planbook:
    """plan.xlsx as read: the plan, every wrong edit as a finding at its cell, and where the columns stand."""

    plan: Plan
    findings: tuple[Finding, ...]
    columns: Mapping[str, Mapping[str, int]]
    lines: Mapping[str, Place]
    """Where the lines of 说明 stand, by their keys."""
    unit_rows: Mapping[str, Place] = field(default_factory=dict)
    """Where the names of sheet 单位 stand, those too that were adopted as other names."""
    proposed: frozenset[str] = frozenset()
    """The names beside which 建议 or 采纳 holds something."""
    unanswered: tuple[Place, ...] = ()
    """Where 采纳 is blank beside a proposal."""

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
    return read_book(open_book(path), path.name)


def read_book(book: Workbook, file: str) -> Planbook:
    """Read all four sheets of an open plan.xlsx."""
    said = CellFindings()
    records = {name: _records(book, name, file, said) for name in (UNITS, TASKS, TARGETS)}
    about = read_about(book, file, said)
    year = read_year(about.entries.get(YEAR), said)
    units = UnitReader(said).read(records[UNITS])
    known = {unit.name for unit in units} | {alias.name for unit in units for alias in unit.aliases}
    task_reader, target_reader = TaskReader(known, year, said), TargetReader(said)
    rows = [task_reader.read(record) for record in records[TASKS]]
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
    asked = (record["adopt"] for record in answered if "adopt" in record.entries)
    return Planbook(
        plan,
        findings=tuple(sorted(said.found, key=_in_sheet_order)),
        columns={name: _columns_of(each[0]) for name, each in records.items() if each},
        lines={key: entry.place for word, entry in about.entries.items() if (key := _LINE_KEYS.get(word))},
        unit_rows={one_line(record["name"].text): record["name"].place for record in records[UNITS]},
        proposed=frozenset(one_line(record["name"].text) for record in answered),
        unanswered=tuple(entry.place for entry in asked if not entry.text),
    )


def _records(book: Workbook, name: str, file: str, said: CellFindings) -> list[Record]:
    records, findings = read_records(book, name, file)
    said.found += findings
    return records


def read_planbook(path: Path) -> tuple[Plan, tuple[Finding, ...]]:
    """Read plan.xlsx into a plan, with every wrong edit as a finding at its cell."""
    opened = open_planbook(path)
    return opened.plan, opened.findings


def read_if_planbook(path: Path) -> Planbook | None:
    """Read plan.xlsx; None for a file that is none, such as the document a plan was published in."""
    if path.suffix.lower() != ".xlsx":
        return None
    book = open_book(path)
    there = {even_width(sheet.title) for sheet in book.worksheets}
    return read_book(book, path.name) if there >= {TASKS, UNITS, ABOUT} else None


def read_remarks(path: Path) -> Remarks:
    """The coordinator's own notes beside tasks and units, which no plan holds."""
    book = open_book(path)
    tasks = read_beside(book, TASKS, path.name, ("number", "remark"))
    units = read_beside(book, UNITS, path.name, ("name", "remark"))
    return {
        TASKS: {one_line(number): text for number, text in tasks.items() if text != WAITING},
        UNITS: {one_line(name): text for name, text in units.items()},
    }


_LINE_KEYS = {TITLE: "title", ISSUER: "issuer", DOCUMENT_NUMBER: "document_number", YEAR: "year"}
"""How findings call the lines of 说明."""


def _columns_of(record: Record) -> dict[str, int]:
    return {key: entry.place.column for key, entry in record.entries.items()}


def _is_waiting(task: Task) -> bool:
    """Whether a row names no unit and nothing else that only a task has."""
    return not (task.lead or task.support or task.deadline or task.targets)


def _as_measure(task: Task) -> Measure:
    return Measure(task.number, task.path, task.content, task.place)


def _in_sheet_order(finding: Finding) -> tuple[int, int, int]:
    sheets = (TASKS, TARGETS, UNITS, ABOUT)
    place = finding.place
    return sheets.index(place.part) if place.part in sheets else len(sheets), place.row, place.column


@dataclass(slots=True)
class About:
    """What sheet 说明 says of the plan as a whole."""

    entries: dict[str, Entry] = field(default_factory=dict)
    goals: list[Goal] = field(default_factory=list)

    def text(self, key: str) -> str:
        """What stands beside a label; nothing when the line is not there."""
        return self.entries[key].text if key in self.entries else ""


def read_about(book: Workbook, file: str, said: CellFindings) -> About:
    """All lines of the sheet by their labels, and the overall goals among them."""
    about = About()
    for label, entry in read_pairs(book, ABOUT, file):
        key = even_width(label)
        if key in ABOUT_KEYS:
            about.entries.setdefault(key, entry)
        elif key.startswith(GOAL) and entry.text:
            about.goals.append(Goal(label.removeprefix(GOAL).strip(), entry.text, place=entry.place))
    for key in ABOUT_KEYS:
        if key not in about.entries:
            place = Place(file, ABOUT)
            said.found.append(Finding(ABOUT_LINE_MISSING, place, values={"found": key}))
    return about


def read_year(entry: Entry | None, said: CellFindings) -> int | None:
    """The year of the plan: 2026, 2026年, ２０２６年度; None when it is blank or something else."""
    if entry is None or not entry.text:
        return None
    text = even_width(entry.text).removesuffix("度").removesuffix("年")
    if re.fullmatch(r"[12]\d{3}", text):
        return int(text)
    said.tell(YEAR_UNREADABLE, entry)
    return None
