"""Sheet 说明 of plan.xlsx: what it says of the plan as a whole."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reporting.language.characters import even_width
from reporting.model import Goal, Place
from reporting.model.findings import Finding
from reporting.plan.book.kinds import ABOUT_LINE_MISSING, YEAR_UNREADABLE
from reporting.plan.book.read_cells import CellFindings, Entry, read_pairs
from reporting.plan.book.sheets import ABOUT, ABOUT_KEYS, GOAL

if TYPE_CHECKING:
    from openpyxl import Workbook


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
