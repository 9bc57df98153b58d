"""Sheet 任务 of plan.xlsx: what is to be done, by whom and by when."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime

from reporting.language.characters import as_seen, even_width, one_line
from reporting.language.values import parse_date
from reporting.model import Deadline, DeadlineKind, Task
from reporting.plan.book.kinds import (
    DEADLINE_DATE_UNDERSTOOD,
    DEADLINE_DATE_UNREADABLE,
    DEADLINE_KIND_UNKNOWN,
    DEADLINE_UNCLEAR,
    DEADLINE_UNDERSTOOD,
    DEADLINE_WORDS_MADE,
    NUMBER_BECAME_DATE,
    PROPOSAL_UNREADABLE,
    TASK_ADOPTION_UNCLEAR,
)
from reporting.plan.book.read_cells import CellFindings, PlanCell, Record
from reporting.plan.book.sheets import (
    ADOPTED,
    DECLINED,
    TASKS,
    KnownNames,
    split_names,
    split_path,
    split_proposed_units,
)
from reporting.plan.reading.deadlines import last_date, read_deadline
from reporting.plan.words import DEADLINE_WORDS


class TaskReader:
    """Reads the rows of one sheet; what is wrong in them goes to ``said``.

    ``known`` are the names that sheet 单位 has: one of them with a comma in it is not cut.
    """

    def __init__(self, known: KnownNames, year: int | None, said: CellFindings) -> None:
        self.known = known
        self.year = year
        self.said = said
        self.adopted: dict[str, None] = {}
        """The names in the proposals that were adopted."""
        self.replaced: set[str] = set()
        """The names that stand in the tasks in their place."""

    def read(self, record: Record) -> Task:
        """One row as a task."""
        number = read_number(record["number"], self.said)
        lead, support = self._units(record, number)
        task = Task(
            number=number,
            path=split_path(record["category"].text),
            content=record["content"].text,
            lead=lead,
            support=support,
            deadline=self._deadline(record, number),
            place=record["number"].place,
        )
        return replace(task, **record.plain(TASKS))

    def _units(self, record: Record, task: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Who leads and who supports: what is written, or the proposal that was adopted."""
        written = tuple(split_names(record[key].text, self.known) for key in ("lead", "support"))
        answer = one_line(record.text("adopt"))
        if answer == ADOPTED:
            proposed = split_proposed_units(record.text("proposal"), self.known)
            if proposed is not None:
                self.adopted.update(dict.fromkeys(name for names in proposed for name in names))
                self.replaced.update(name for names in written for name in names)
                return proposed
            self.said.tell(PROPOSAL_UNREADABLE, record["adopt"], task=task, field="adopt")
        elif answer not in ("", DECLINED):
            self.said.tell(TASK_ADOPTION_UNCLEAR, record["adopt"], task=task, field="adopt")
        return written[0], written[1]

    def _deadline(self, record: Record, task: str) -> Deadline | None:
        words, kind_entry, date_entry = (record[f"deadline{part}"] for part in ("", "_kind", "_date"))
        last_day = self._day(date_entry, task)
        if not words.text and not kind_entry.text and not date_entry.text:
            return None
        kind = self._deadline_kind(kind_entry, task)
        if kind is None:
            kind, last_day = self._infer_deadline(words, kind_entry, last_day, task)
        text = words.text
        if not text and (last_day is not None or not date_entry.text):
            text = _deadline_words(kind, last_day)
            self.said.tell(DEADLINE_WORDS_MADE, words, task=task, expected=text, field="deadline")
        return Deadline(text, kind, last_day)

    def _day(self, entry: PlanCell, task: str) -> date | None:
        value = entry.value
        if isinstance(value, datetime | date):
            return parse_date(value)
        if not entry.text:
            return None
        # The number 2026.1 may be January or October, so a number is a date only as Excel counts days.
        is_other_number = isinstance(value, bool | int | float) and not 20000 <= value < 80000
        day = None if is_other_number else parse_date(value) or _day_in_words(entry.text, self.year)
        if day is None:
            self.said.tell(DEADLINE_DATE_UNREADABLE, entry, task=task, field="deadline_date")
        else:
            expected = day.isoformat()
            self.said.tell(DEADLINE_DATE_UNDERSTOOD, entry, task=task, expected=expected, field="deadline_date")
        return day

    def _deadline_kind(self, entry: PlanCell, task: str) -> DeadlineKind | None:
        text = even_width(entry.text)
        kinds = {word: kind for kind, word in DEADLINE_WORDS.items()}
        if text and text not in kinds:
            self.said.tell(
                DEADLINE_KIND_UNKNOWN,
                entry,
                task=task,
                expected="、".join(DEADLINE_WORDS.values()),
                field="deadline_kind",
            )
        return kinds.get(text)

    def _infer_deadline(
        self, words: PlanCell, kind_entry: PlanCell, last_day: date | None, task: str
    ) -> tuple[DeadlineKind, date | None]:
        """Take kind and day from the words where 时限类型 is blank or wrong; a wrong one has been named."""
        meant = read_deadline(even_width(words.text), self.year)
        day = last_day or (meant.date if meant else None)
        kind = meant.kind if meant and (day or meant.kind != "date") else "date" if day else None
        if kind == "ongoing" and day:
            kind = "date+ongoing"
        if not kind_entry.text and kind is None:
            expected = "、".join(DEADLINE_WORDS.values())
            self.said.tell(DEADLINE_UNCLEAR, kind_entry, task=task, found=words.text, expected=expected)
        elif not kind_entry.text and kind is not None and words.text:
            expected = DEADLINE_WORDS[kind] + (f" {day.isoformat()}" if day else "")
            self.said.tell(DEADLINE_UNDERSTOOD, kind_entry, task=task, found=words.text, expected=expected)
        return kind or "date", day


def read_number(entry: PlanCell, said: CellFindings) -> str:
    """The number of a task or target as it shows; 3-1 typed into a plain cell has become a date."""
    if isinstance(entry.value, datetime | date):
        day = entry.value
        expected = f"{day.month}-{day.day}"
        said.tell(NUMBER_BECAME_DATE, entry, task=expected, expected=expected, field="number")
        return expected
    return one_line(as_seen(entry.text))


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
