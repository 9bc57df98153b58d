"""What became of every line of a document: the account with which an import ends.

Reading takes tasks out of lines wherever it finds them; this goes over the lines again and asks of each
whether its words stand in what was taken. A line whose words stand nowhere was left out, whatever reading
thought of it, so that nothing can be dropped silently.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby

from reporting.language.characters import one_line
from reporting.model import Line, Place, Plan
from reporting.plan.reading.columns import is_heading_row
from reporting.plan.reading.pages import PAGE_LINE
from reporting.plan.reading.paragraphs import CLOSING_DATE, FURNITURE, REMARK
from reporting.plan.reading.tables import TableRow

LABEL = re.compile(r"牵头|责任|配合|负责|单位|部门|时限|完成|参与|协办|主办")
"""Words of a line that names units or a deadline, which stand in the plan in other words."""

MEMBERS = re.compile(r"(?:副?组\s{0,4}长|成\s{0,4}员|副?主\s{0,4}任|召\s{0,4}集\s{0,4}人)[：: \u3000]")
LAST = re.compile(r"抄送|共印|主题词|.{0,60}日\s?印发")
PIECE_OF_ROW = re.compile(r"[\t│|]| {2,40}|\u3000{1,40}")
PIECES = re.compile(r"[^\W_]+")
BOX = re.compile(r"[─-╿|+\-=\s]*$")
"""A line that only draws a table."""


class Fate(StrEnum):
    """What a line became."""

    HEADING = "标题和表头"
    TASK = "任务"
    GOAL = "总体目标"
    MEASURE = "待分工措施"
    LEFT_OUT = "没有采用"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Lines in a row that were left out for one reason."""

    reason: str
    first: Place
    last: Place
    count: int
    text: str
    """The beginning of the first."""


@dataclass(frozen=True, slots=True)
class Account:
    """All lines with something on them, by what they became; adds up to the whole document."""

    fates: tuple[Fate | None, ...]
    """For each line of the document; None for one with nothing on it."""
    left_out: tuple[LeftOut, ...]
    counts: Mapping[Fate, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many lines have something on them."""
        return sum(self.counts.values())


def draw_up(lines: Sequence[Line], plan: Plan) -> Account:
    """The account of a document that was read into a plan."""
    taken = _Taken(plan, Counter((line.place.part, line.place.row) for line in lines if not line.aside))
    fates: list[Fate | None] = []
    current: Fate | None = None
    for line in lines:
        if BOX.match(line.text):
            fates.append(None)
        elif line.aside or PAGE_LINE.match(line.text.strip()):
            fates.append(Fate.LEFT_OUT)
        else:
            current = taken.fate(line, current)
            fates.append(current)
    counts = {fate: fates.count(fate) for fate in Fate}
    return Account(tuple(fates), tuple(_left_out(lines, fates)), counts)


class _Taken:
    """The words that stand in the plan."""

    def __init__(self, plan: Plan, lines_at: Mapping[tuple[str, int], int]) -> None:
        self.lines_at = lines_at
        self.begun = False
        self.starts: dict[tuple[str, int], list[tuple[str, Fate]]] = {}
        tasks = [(task.place, task.content, Fate.TASK) for task in plan.tasks]
        goals = [(goal.place, goal.content, Fate.GOAL) for goal in plan.goals]
        measures = [(measure.place, measure.content, Fate.MEASURE) for measure in plan.unassigned]
        for place, content, fate in (*tasks, *goals, *measures):
            self.starts.setdefault((place.part, place.row), []).append((_bare(content)[:6], fate))
        paths = {step for task in plan.tasks for step in task.path}
        paths |= {step for measure in plan.unassigned for step in measure.path}
        self.headings = {_bare(step) for step in (*paths, plan.title, plan.document_number or "")}
        self.headings.discard("")
        self.grams: set[str] = set()
        for text in (*(content for _, content, _ in (*tasks, *goals, *measures)), *paths, plan.title):
            self.grams.update(_grams(text))
        for task in plan.tasks:
            for name in (*task.lead, *task.support, task.deadline.text if task.deadline else ""):
                self.grams.update(_grams(name))

    def fate(self, line: Line, current: Fate | None) -> Fate:
        """What a line became, after lines that became ``current``."""
        words = _bare(line.text)
        where = (line.place.part, line.place.row)
        here = self.starts.get(where, [])
        alone = self.lines_at[where] == 1
        starts = next((fate for head, fate in here if alone or head[:4] in words or words in head), None)
        if starts is not None:
            self.begun = True
            return starts
        if words in self.headings or _heads_table(line) or self._is_part_of_heading(words):
            return Fate.HEADING
        if not self.begun:
            return Fate.LEFT_OUT
        continues = current in (Fate.TASK, Fate.GOAL, Fate.MEASURE)
        grams = list(_grams(line.text))
        known = sum(gram in self.grams for gram in grams)
        if grams and known * 5 >= 2 * len(grams):
            return current if current and continues else Fate.TASK
        if continues and (LABEL.search(line.text) or not grams) and not FURNITURE.match(line.text.strip()):
            return current or Fate.TASK
        return Fate.LEFT_OUT

    def _is_part_of_heading(self, words: str) -> bool:
        """A heading that was wrapped, or with units behind it."""
        if not 3 < len(words) < 80:
            return False
        behind = (len(each) > 5 and words.startswith(each) for each in self.headings)
        return any(behind) or any(words in each for each in self.headings)


def _heads_table(line: Line) -> bool:
    """Whether a line is the heading of a table: 序号, 工作内容, 牵头单位."""
    cells = tuple(PIECE_OF_ROW.split(line.text.strip("│|")))
    return len(cells) > 1 and len(line.text) < 200 and is_heading_row(TableRow(cells, line.place))


def _bare(text: str) -> str:
    return "".join(PIECES.findall(text))


def _grams(text: str) -> Iterator[str]:
    """Every four characters in a row, within what marks and strokes part."""
    for piece in PIECES.findall(text):
        for start in range(max(0, len(piece) - 3)):
            yield piece[start : start + 4]


def _left_out(lines: Sequence[Line], fates: Sequence[Fate | None]) -> Iterator[LeftOut]:
    used = [index for index, fate in enumerate(fates) if fate in (Fate.TASK, Fate.GOAL, Fate.MEASURE)]
    first, last = (used[0], used[-1]) if used else (len(lines), len(lines))
    reasons = [
        (line, _reason(line, before=index < first, after=index > last) if fate is Fate.LEFT_OUT else "")
        for index, (line, fate) in enumerate(zip(lines, fates, strict=True))
        if fate is not None
    ]
    for reason, group in groupby(reasons, key=lambda each: each[1]):
        found = [line for line, _ in group]
        if reason:
            text = one_line(found[0].text)[:30]
            yield LeftOut(reason, found[0].place, found[-1].place, len(found), text)


def _reason(line: Line, *, before: bool, after: bool) -> str:
    text = line.text.strip()
    if line.aside:
        return line.aside
    reasons = {
        "页码": PAGE_LINE.match(text),
        "成员名单": MEMBERS.search(text[:40]),
        "落款": CLOSING_DATE.match(text),
        "版记": LAST.match(text),
        "附件、来源等说明": FURNITURE.match(text),
        "附注": REMARK.match(text),
        "任务之前的通知、总体要求等": before,
        "任务之后的保障措施、落款等": after,
    }
    return next((reason for reason, holds in reasons.items() if holds), "任务之间没有写明单位的文字")
