"""Reading plan.xlsx back after a coordinator has worked in it.

Every wrong edit becomes a finding at its cell, all of them at once; only what leaves nothing to read (no such
file, sheet or heading) stops the reading. What was understood from an untidy value is said as well.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from reporting.characters import even_width
from reporting.files.planbook_kinds import (
    ABOUT_LINE_MISSING,
    ADOPTION_UNCLEAR,
    ALIAS_UNREADABLE,
    DEADLINE_DATE_UNDERSTOOD,
    DEADLINE_DATE_UNREADABLE,
    DEADLINE_KIND_UNKNOWN,
    DEADLINE_UNCLEAR,
    DEADLINE_UNDERSTOOD,
    DEADLINE_WORDS_MADE,
    NUMBER_BECAME_DATE,
    OPERATOR_UNKNOWN,
    TARGET_WITHOUT_TASK,
    TARGET_WITHOUT_VALUE,
    UNIT_KIND_UNKNOWN,
    UNIT_NAME_MISSING,
    VALUE_PERCENT,
    VALUE_UNREADABLE,
    YEAR_UNREADABLE,
)
from reporting.files.planbook_sheets import (
    ABOUT,
    ABOUT_KEYS,
    ADOPTED,
    COMPARATOR_SYNONYMS,
    DOCUMENT_NUMBER,
    GOAL,
    ISSUER,
    KIND_WORDS,
    TARGETS,
    TASKS,
    TITLE,
    UNITS,
    WAITING,
    YEAR,
    Remarks,
    cut_names,
    goal_label,
    read_alias,
    split_names,
    split_path,
    split_proposed_members,
)
from reporting.files.planbook_table import (
    Entry,
    Record,
    open_book,
    read_beside,
    read_pairs,
    read_records,
)
from reporting.findings import Finding, Kind
from reporting.model import (
    Alias,
    Comparator,
    Contact,
    Deadline,
    DeadlineKind,
    Goal,
    Measure,
    Place,
    Plan,
    Target,
    Task,
    Unit,
    UnitKind,
)
from reporting.plan_texts import COMPARATOR_WORDS, DEADLINE_WORDS
from reporting.reading.deadlines import last_date, read_deadline
from reporting.units import fold
from reporting.units.registry import adopt
from reporting.values import parse_date, task_number

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
    """Read an open plan.xlsx."""
    return _Reader(book, file).read()


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
        TASKS: {_flat(number): text for number, text in tasks.items() if text != WAITING},
        UNITS: {_flat(name): text for name, text in units.items()},
    }


@dataclass(slots=True)
class _About:
    """What sheet 说明 says of the plan as a whole."""

    entries: dict[str, Entry] = field(default_factory=dict)
    goals: list[Goal] = field(default_factory=list)

    def text(self, key: str) -> str:
        return self.entries[key].text if key in self.entries else ""


class _Reader:
    """One reading of one file; collects findings as it goes."""

    def __init__(self, book: Workbook, file: str) -> None:
        self.file = file
        self.book = book
        self.findings: list[Finding] = []

    def read(self) -> Planbook:
        """Read all four sheets."""
        records = {name: self._records(name) for name in (UNITS, TASKS, TARGETS)}
        about = self._read_about()
        year = self._year(about.entries.get(YEAR))
        units = self._read_units(records[UNITS])
        known = {unit.name for unit in units} | {alias.name for unit in units for alias in unit.aliases}
        rows = [self._task(record, known, year) for record in records[TASKS]]
        rows, goals = self._hand_out(self._read_targets(records[TARGETS]), rows, about.goals)
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
        columns = {name: _columns_of(each[0]) for name, each in records.items() if each}
        lines = {key: entry.place for word, entry in about.entries.items() if (key := _LINE_KEYS.get(word))}
        told = tuple(sorted(self.findings, key=_in_sheet_order))
        places = {_flat(record["name"].text): record["name"].place for record in records[UNITS]}
        answered = [record for record in records[UNITS] if record.text("proposal") or record.text("adopt")]
        proposed = frozenset(_flat(record["name"].text) for record in answered)
        asked = (record["adopt"] for record in answered if "adopt" in record.entries)
        unanswered = tuple(entry.place for entry in asked if not entry.text)
        return Planbook(plan, told, columns, lines, places, proposed, unanswered)

    def _records(self, name: str) -> list[Record]:
        records, findings = read_records(self.book, name, self.file)
        self.findings += findings
        return records

    def _tell(self, kind: Kind, entry: Entry, unit: str = "", task: str = "", **values: str) -> None:
        """Add a finding about one cell."""
        named = {"heading": entry.heading, "found": entry.text, **values}
        self.findings.append(Finding(kind, entry.place, unit=unit, task=task, values=named))

    # ---- 说明 ----

    def _read_about(self) -> _About:
        about = _About()
        for label, entry in read_pairs(self.book, ABOUT, self.file):
            key = even_width(label)
            if key in ABOUT_KEYS:
                about.entries.setdefault(key, entry)
            elif key.startswith(GOAL) and entry.text:
                about.goals.append(Goal(label.removeprefix(GOAL).strip(), entry.text, place=entry.place))
        for key in ABOUT_KEYS:
            if key not in about.entries:
                place = Place(self.file, ABOUT)
                self.findings.append(Finding(ABOUT_LINE_MISSING, place, values={"found": key}))
        return about

    def _year(self, entry: Entry | None) -> int | None:
        if entry is None or not entry.text:
            return None
        text = even_width(entry.text).removesuffix("度").removesuffix("年")
        if re.fullmatch(r"[12]\d{3}", text):
            return int(text)
        self._tell(YEAR_UNREADABLE, entry)
        return None

    # ---- 单位 ----

    def _read_units(self, records: Iterable[Record]) -> tuple[Unit, ...]:
        named = []
        for record in records:
            if record["name"].text:
                named.append(record)
            else:
                self._tell(UNIT_NAME_MISSING, record["name"], field="name")
        names = {_flat(record["name"].text) for record in named}
        units = tuple(self._unit(record, names) for record in named)
        return adopt(units, dict(self._adopted(named)))

    def _adopted(self, records: Iterable[Record]) -> Iterator[tuple[str, str]]:
        """The names that the coordinator says are other names, each with whose."""
        for record in records:
            name, means, answer = (_flat(record.text(key)) for key in ("name", "proposal", "adopt"))
            if answer == ADOPTED and means:
                if split_proposed_members(means) is None:
                    yield name, means
            elif answer not in ("", "否"):
                self._tell(ADOPTION_UNCLEAR, record["adopt"], unit=name, field="adopt")

    def _members(self, record: Record, known: set[str]) -> tuple[str, ...]:
        """The members that are written, and then those that were proposed and adopted."""
        written = split_names(record["members"].text, known)
        if _flat(record.text("adopt")) != ADOPTED:
            return written
        proposed = split_proposed_members(record.text("proposal"), known) or ()
        there = {fold(name) for name in written}
        return (*written, *(name for name in proposed if fold(name) not in there))

    def _unit(self, record: Record, known: set[str]) -> Unit:
        name = _flat(record["name"].text)
        return Unit(
            name=name,
            kind=self._unit_kind(record["kind"], name),
            aliases=self._aliases(record["aliases"], name, known),
            members=self._members(record, known),
            contact=Contact(*(_flat(record[key].text) for key in ("contact", "phone", "email"))),
            place=record["name"].place,
        )

    def _unit_kind(self, entry: Entry, unit: str) -> UnitKind:
        text = even_width(entry.text)
        if not text:
            return UnitKind.UNIT
        if text in KIND_WORDS:
            return UnitKind(text)
        self._tell(UNIT_KIND_UNKNOWN, entry, unit=unit, expected="、".join(KIND_WORDS), field="kind")
        return UnitKind.UNIT

    def _aliases(self, entry: Entry, unit: str, known: set[str]) -> tuple[Alias, ...]:
        aliases = []
        for text in cut_names(entry.text, known):
            alias = read_alias(text)
            if alias is None:
                self._tell(ALIAS_UNREADABLE, entry, unit=unit, found=text, field="aliases")
            aliases.append(alias or Alias(text))
        return tuple(aliases)

    # ---- 任务 ----

    def _task(self, record: Record, known: set[str], year: int | None) -> Task:
        number = self._number(record["number"])
        return Task(
            number=number,
            path=split_path(record["category"].text),
            content=record["content"].text,
            lead=split_names(record["lead"].text, known),
            support=split_names(record["support"].text, known),
            deadline=self._deadline(record, number, year),
            place=record["number"].place,
        )

    def _number(self, entry: Entry) -> str:
        """The number of a task or target as it shows; 3-1 typed into a plain cell has become a date."""
        if isinstance(entry.value, datetime | date):
            day = entry.value
            expected = f"{day.month}-{day.day}"
            self._tell(NUMBER_BECAME_DATE, entry, task=expected, expected=expected, field="number")
            return expected
        return _flat(entry.text)

    def _deadline(self, record: Record, task: str, year: int | None) -> Deadline | None:
        words, kind_entry, date_entry = (record[f"deadline{part}"] for part in ("", "_kind", "_date"))
        last_day = self._day(date_entry, task, year)
        if not words.text and not kind_entry.text and not date_entry.text:
            return None
        kind = self._deadline_kind(kind_entry, task)
        if kind is None:
            kind, last_day = self._infer_deadline(words, kind_entry, last_day, (task, year))
        text = words.text
        if not text and (last_day is not None or not date_entry.text):
            text = _deadline_words(kind, last_day)
            self._tell(DEADLINE_WORDS_MADE, words, task=task, expected=text, field="deadline")
        return Deadline(text, kind, last_day)

    def _day(self, entry: Entry, task: str, year: int | None) -> date | None:
        value = entry.value
        if isinstance(value, datetime | date):
            return parse_date(value)
        if not entry.text:
            return None
        # The number 2026.1 may be January or October, so a number is a date only as Excel counts days.
        is_other_number = isinstance(value, bool | int | float) and not 20000 <= value < 80000
        day = None if is_other_number else parse_date(value) or _day_in_words(entry.text, year)
        if day is None:
            self._tell(DEADLINE_DATE_UNREADABLE, entry, task=task, field="deadline_date")
        else:
            expected = day.isoformat()
            self._tell(DEADLINE_DATE_UNDERSTOOD, entry, task=task, expected=expected, field="deadline_date")
        return day

    def _deadline_kind(self, entry: Entry, task: str) -> DeadlineKind | None:
        text = even_width(entry.text)
        kinds = {word: kind for kind, word in DEADLINE_WORDS.items()}
        if text and text not in kinds:
            self._tell(
                DEADLINE_KIND_UNKNOWN,
                entry,
                task=task,
                expected=_listed(DEADLINE_WORDS),
                field="deadline_kind",
            )
        return kinds.get(text)

    def _infer_deadline(
        self, words: Entry, kind_entry: Entry, last_day: date | None, context: tuple[str, int | None]
    ) -> tuple[DeadlineKind, date | None]:
        """Take kind and day from the words where 时限类型 is blank or wrong; a wrong one has been named."""
        task, year = context
        meant = read_deadline(even_width(words.text), year)
        day = last_day or (meant.date if meant else None)
        kind = meant.kind if meant and (day or meant.kind != "date") else "date" if day else None
        if kind == "ongoing" and day:
            kind = "date+ongoing"
        if not kind_entry.text and kind is None:
            expected = _listed(DEADLINE_WORDS)
            self._tell(DEADLINE_UNCLEAR, kind_entry, task=task, found=words.text, expected=expected)
        elif not kind_entry.text and kind is not None and words.text:
            expected = DEADLINE_WORDS[kind] + (f" {day.isoformat()}" if day else "")
            self._tell(DEADLINE_UNDERSTOOD, kind_entry, task=task, found=words.text, expected=expected)
        return kind or "date", day

    # ---- 量化指标 ----

    def _read_targets(self, records: Iterable[Record]) -> list[tuple[Entry, Target]]:
        """All targets that can be read, each with the cell that says whose it is."""
        targets = ((record["task"], self._target(record)) for record in records)
        return [(entry, target) for entry, target in targets if target is not None]

    def _target(self, record: Record) -> Target | None:
        number = self._number(record["number"])
        name = number or record["name"].text
        about = {"task": self._number(record["task"]), "target": name, "field": "target"}
        op = self._operator(record["op"], about)
        value = self._target_value(record, about)
        if op is None or value is None:
            return None
        return Target(
            number=number,
            task=about["task"],
            name=record["name"].text,
            op=op,
            value=value,
            unit=record["unit"].text,
            words=record["words"].text,
            place=record["number"].place,
        )

    def _operator(self, entry: Entry, about: dict[str, str]) -> Comparator | None:
        text = even_width(entry.text)
        words: dict[str, Comparator] = {word: op for op, word in COMPARATOR_WORDS.items()}
        op = (words | COMPARATOR_SYNONYMS).get(text)
        if op is None:
            self._tell(OPERATOR_UNKNOWN, entry, expected=_listed(COMPARATOR_WORDS), **about)
        return op

    def _target_value(self, record: Record, about: dict[str, str]) -> float | None:
        entry = record["value"]
        if not entry.text:
            self._tell(TARGET_WITHOUT_VALUE, entry, number=about["task"], **about)
            return None
        value = _plain_number(entry)
        if value is None:
            self._tell(VALUE_UNREADABLE, entry, **about)
        elif entry.percent or "%" in even_width(entry.text):
            self._tell(VALUE_PERCENT, entry, expected=f"{value:g}", **about)
        return value

    def _hand_out(
        self, targets: list[tuple[Entry, Target]], tasks: list[Task], goals: list[Goal]
    ) -> tuple[list[Task], tuple[Goal, ...]]:
        """Give every target to its task or overall goal; the first of several with one number has it."""
        owners = {task_number(goal_label(goal.number)): -1 - at for at, goal in reversed([*enumerate(goals)])}
        owners |= {task_number(task.number): at for at, task in reversed([*enumerate(tasks)])}
        owned: dict[int, list[Target]] = defaultdict(list)
        for entry, target in targets:
            owner = owners.get(task_number(target.task)) if target.task else None
            if owner is None:
                values = {"target": target.number or target.name, "number": target.task, "field": "target"}
                self._tell(TARGET_WITHOUT_TASK, entry, task=target.task, **values)
            else:
                number = tasks[owner].number if owner >= 0 else goals[-1 - owner].number
                owned[owner].append(replace(target, task=number))
        return (
            [replace(task, targets=tuple(owned[at])) for at, task in enumerate(tasks)],
            tuple(replace(goal, targets=tuple(owned[-1 - at])) for at, goal in enumerate(goals)),
        )


_LINE_KEYS = {TITLE: "title", ISSUER: "issuer", DOCUMENT_NUMBER: "document_number", YEAR: "year"}
"""How findings call the lines of 说明."""


def _columns_of(record: Record) -> dict[str, int]:
    return {key: entry.place.column for key, entry in record.entries.items()}


# ---- words and values -------------------------------------------------------------------------


def _flat(text: str) -> str:
    """A name or number on one line."""
    return " ".join(text.split())


def _listed(words: dict[DeadlineKind, str] | dict[Comparator, str]) -> str:
    return "、".join(words.values())


def _is_waiting(task: Task) -> bool:
    """Whether a row names no unit and nothing else that only a task has."""
    return not (task.lead or task.support or task.deadline or task.targets)


def _as_measure(task: Task) -> Measure:
    return Measure(task.number, task.path, task.content, task.place)


def _in_sheet_order(finding: Finding) -> tuple[int, int, int]:
    sheets = (TASKS, TARGETS, UNITS, ABOUT)
    place = finding.place
    return sheets.index(place.part) if place.part in sheets else len(sheets), place.row, place.column


def _plain_number(entry: Entry) -> float | None:
    """A number without anything else: 12, １,200, 16%, or 0.16 in a cell formatted as a percentage."""
    if isinstance(entry.value, bool | date):
        return None
    if isinstance(entry.value, int | float):
        return round(entry.value * 100, 10) if entry.percent else float(entry.value)
    match = re.fullmatch(r"[-+]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?(?=%?$)%?", even_width(entry.text))
    return float(match[0].replace(",", "").removesuffix("%")) if match else None


_LAST_NUMBER = re.compile(r"[月./-](\d{1,2})[日号]?$")
"""The day at the end of a date: 6月31日, 2026-02-30."""


def _day_in_words(text: str, year: int | None) -> date | None:
    """The last day that words name; no other for one that no calendar has, as a document would be read."""
    even = even_width(text)
    day, named = last_date(even, year), _LAST_NUMBER.search(even)
    return None if day is None or (named is not None and int(named[1]) != day.day) else day


def _deadline_words(kind: DeadlineKind, day: date | None) -> str:
    """What stands on the return where the plan's own words are missing."""
    by = f"{day.year}年{day.month}月{day.day}日前" if day else ""
    words: dict[DeadlineKind, str] = {
        "date": f"{by}完成",
        "ongoing": "持续推进",
        "annual": "每年完成",
        "date+ongoing": f"{by}完成并持续推进",
    }
    return words[kind]
