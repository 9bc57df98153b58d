"""What all sheets share: how they look at the consolidation, and how words and figures stand in cells."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from reporting.documents.consolidated.proceedings import Proceedings
from reporting.documents.consolidated.records import Tone, Toned, Values
from reporting.documents.year_view import YearView
from reporting.language.characters import is_hollow
from reporting.language.values import format_number
from reporting.language.wording import join_names
from reporting.model import UNREPORTED, Consolidation, Report, Task, TaskLine, UnitLine, UnitState
from reporting.office.form import Form
from reporting.office.form import Outcome as Group
from reporting.year.standings import STATE_NAMES

REPORTS = "逐单位填报"
"""The sheet on which every unit's words stand in full; other sheets refer to it."""
TOTAL = "合计"
NOT_VERIFIED = "尚未核定，核定各栏为空。"

MAX_CELL = 32_767
"""Characters that one cell can hold, counted as Excel does: those outside the basic plane count twice."""

MAX_LINE = 8_000
"""Characters of one cell on the line of a task: a dozen rows of the greatest height, more than a page."""
_PIECE = 16_000
"""Where a text too long for one cell is cut; even if every character counts twice, a piece fits."""
_PERCENT_SIGN = re.compile(r"\s*[(（][%％][)）]")
"""完成进度(%): the sign in a heading, not wanted where the values carry it themselves."""


class BookView(YearView):
    """The Consolidation as the sheets look at it."""

    def __init__(self, consolidation: Consolidation, form: Form, proceedings: Proceedings) -> None:
        super().__init__(consolidation, form)
        self.proceedings = proceedings
        self.note = f"数据截至{self.day}。"
        self.deeper = any(len(line.task.path) > 1 for line in consolidation.tasks)
        self.by_status: dict[str, list[TaskLine]] = {}
        for line in consolidation.tasks:
            self.by_status.setdefault(line.status, []).append(line)
        unlisted = [name for name in self.by_status if name not in form.statuses and name != UNREPORTED]
        self.statuses = (*form.statuses, *unlisted, UNREPORTED)

    def overdue(self) -> list[TaskLine]:
        """The tasks that are going on though their deadline is past, by the day of the figures."""
        day, dated = self.all.data_as_of, ((line, line.task.deadline) for line in self.tasks_in("ongoing"))
        return [line for line, due in dated if due and due.kind == "date" and due.date and due.date < day]

    def marked(self, status: str) -> Toned:
        """A status with its tone."""
        tones: dict[Group | None, Tone] = {"done": "good", "behind": "bad"}
        return Toned(status, "open" if status == UNREPORTED else tones.get(self.group(status), ""))

    def heading(self, key: str) -> str:
        """The heading that the form gives a column of 任务填报."""
        return _PERCENT_SIGN.sub("", self.form.task_fields[key].heading)

    def target_heading(self, key: str) -> str:
        """The heading that the form gives a column of 量化指标."""
        return self.form.target_fields[key].heading


# ---- values --------------------------------------------------------------------------------------


def as_key(number: str) -> int | str:
    """A number of the plan as a whole number where that is the same: 7, but 07, 7-1 and （一）1 as text."""
    plain = number.isascii() and number.isdecimal() and len(number) < 15
    return int(number) if plain and str(int(number)) == number else number


def cell_length(text: str) -> int:
    """How many characters a text has by Excel's count."""
    return len(text) + sum(sign > "\uffff" for sign in text) if len(text) > _PIECE else len(text)


def as_fraction(progress: float | None) -> float | None:
    """A progress of 0 to 100 as a fraction."""
    return None if progress is None else round(progress / 100, 6)


def day_or_text(text: str) -> date | str:
    """A date where the text is one in our own way of writing it, else what was typed."""
    try:
        return date.fromisoformat(text) if len(text) == len("2026-12-10") else text
    except ValueError:
        return text


def _standing(report: Report) -> str:
    parts = [report.status] if report.status else []
    parts += [f"{format_number(report.progress)}%"] if report.progress is not None else []
    return f"（{'，'.join(parts)}）" if parts else ""


def results(reports: Iterable[Report]) -> str:
    """Each unit with its status, progress and word, whether it wrote much or nothing."""
    return _joined([(each.unit, f"{_standing(each)}{each.result.strip() or '未填写完成情况'}") for each in reports])


def told(reports: Iterable[Report], key: Literal["result", "problem", "next_step", "evidence"]) -> str:
    """Each unit that wrote something in a column; a bare 无 stands only on 逐单位填报."""
    texts = [(each.unit, str(getattr(each, key))) for each in reports]
    return _joined([(unit, text.strip()) for unit, text in texts if not is_hollow(text)])


def _joined(words: Sequence[tuple[str, str]]) -> str:
    """All units' words, one below the other; whoever does not fit into the line is referred to by name."""
    named = [(unit, f"【{unit}】{text}") for unit, text in words]
    whole = "\n".join(text for _, text in named)
    if cell_length(whole) <= MAX_LINE:
        return whole
    kept: list[str] = []
    room = MAX_LINE - 200 - sum(cell_length(unit) + 1 for unit, _ in named)
    left_over = []
    for unit, text in named:
        if cell_length(text) + 1 <= room:
            kept.append(text)
            room -= cell_length(text) + 1
        else:
            left_over.append(unit)
    note = f"（{join_names(left_over)}的内容较长，全文见“{REPORTS}”表）"
    return "\n".join([*kept, note])


def whole_rows(rows: Iterable[Values], repeated: int) -> tuple[Values, ...]:
    """The rows, with a text too long for a cell going on in the rows below under the same first columns."""
    return tuple(part for row in rows for part in _continued(row, repeated))


def _continued(row: Values, repeated: int) -> list[Values]:
    pieces = [_cut(value) if isinstance(value, str) else (value,) for value in row]
    following: list[Values] = [
        tuple(row[i] if i < repeated else piece[step] if step < len(piece) else None for i, piece in enumerate(pieces))
        for step in range(1, max(map(len, pieces)))
    ]
    return [tuple(piece[0] for piece in pieces), *following]


def _cut(text: str) -> tuple[str, ...]:
    if cell_length(text) <= MAX_CELL:
        return (text,)
    return tuple(text[at : at + _PIECE] for at in range(0, len(text), _PIECE))


def deadline_words(task: Task) -> str:
    """The deadline in the words of the plan."""
    return task.deadline.text if task.deadline else ""


def unit_state(line: UnitLine) -> Toned:
    """How a unit stands, with its tone."""
    tones: dict[UnitState, Tone] = {UnitState.ACCEPTED: "good", UnitState.AWAITED: "open"}
    return Toned(STATE_NAMES[line.state], tones.get(line.state, "bad"))


def received_day(line: UnitLine) -> date | None:
    """The day on which a unit's newest return came."""
    return line.received.date() if line.received else None
