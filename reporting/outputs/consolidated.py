"""The consolidated workbook (汇总表): everything that was accepted, for reading, filtering and printing.

``build`` runs after the consolidation and makes plain records: sheets of tables of typed values, with the
totals named as such. It opens no file and knows no font; ``files.report_book`` writes the records down.
What units wrote stands here in full: on 任务汇总 by task, on 逐单位填报 cell by cell as it was typed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from reporting.form import Form, FormField
from reporting.form import Outcome as Group
from reporting.model import (
    UNREPORTED,
    Assignment,
    Consolidation,
    Report,
    Role,
    TargetReport,
    Task,
    TaskLine,
    UnitLine,
    UnitState,
)
from reporting.outputs.standings import (
    GROUP_NAMES,
    MISSED,
    REACHED,
    STATE_NAMES,
    TARGET_STATES,
    judge_targets,
    target_state,
)
from reporting.outputs.wording import (
    book,
    chinese_date,
    contact_note,
    join_names,
    percent,
    says_nothing,
    shares,
    year_in,
)
from reporting.plan_texts import goal_text
from reporting.settings import Settings
from reporting.values import format_number

OVERVIEW, TASKS, REPORTS = "概况", "任务汇总", "逐单位填报"
TARGETS, UNITS, BEHIND, MISSING = "量化指标", "单位情况", "滞后和未完成", "未报送单位"
TOTAL = "合计"

MAX_CELL = 32_767
"""Characters that one cell can hold, counted as Excel does: those outside the basic plane count twice."""

_PIECE = 16_000
"""Where a text too long for one cell is cut; even if every character counts twice, a piece fits."""
_PERCENT_SIGN = re.compile(r"\s*[(（][%％][)）]")
"""完成进度(%): the sign in a heading, not wanted where the values carry it themselves."""
_GRID = 12
"""The least number of columns the tables of 概况 are laid over."""


class Kind(StrEnum):
    """What a column holds, and so how its values are shown."""

    KEY = "key"
    """A number of the plan: a whole number where it is one, so that 2 sorts before 10."""
    LABEL = "label"
    """A short text, centred."""
    TEXT = "text"
    """Prose, wrapped."""
    CAPTION = "caption"
    """The name of the value beside it."""
    COUNT = "count"
    """A whole number."""
    TALLY = "tally"
    """A whole number in a large table, where nothing is shown as a dash."""
    FIGURE = "figure"
    """A number with the decimals it has."""
    PROGRESS = "progress"
    """A fraction shown in percent with the decimals it has."""
    SHARE = "share"
    """A fraction shown in percent to one decimal."""
    DATE = "date"
    """A day."""
    HEADLINE = "headline"
    """A figure set large."""
    HEADLINE_SHARE = "headline share"
    """A fraction set large, in percent to one decimal."""


Tone = Literal["", "good", "bad", "open"]
"""Whether something is as it should be (good), is not (bad), or is still to come (open)."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A short text with a tone, or one that leads to another sheet when clicked."""

    text: str
    tone: Tone = ""
    sheet: str = ""


CellValue = str | int | float | date | Marked | None
Values = tuple[CellValue, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    ``summed`` makes its total a formula over the rows; ``adds`` makes each of its values a formula over the
    columns of the same row from the first to the last of the two headings. The values given with the rows
    are what those formulas must come to. ``span`` is over how many columns of the sheet it lies, ``bar``
    draws a fraction as a bar behind its figure.
    """

    heading: str
    width: float
    kind: Kind = Kind.TEXT
    summed: bool = False
    adds: tuple[str, str] | None = None
    span: int = 1
    bar: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its rows in order and, if it has totals, one more row of them.

    ``empty`` is the sentence that stands in place of rows when there are none. What is not ``printed`` is for
    the screen only and stands last on its sheet.
    """

    columns: tuple[Column, ...]
    rows: tuple[Values, ...]
    totals: Values | None = None
    title: str = ""
    empty: str = ""
    headed: bool = True
    printed: bool = True


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. A list has a single table, whose headings stay in sight and can be filtered.

    The ``frozen`` first columns stay in sight; where the sheet is printed over several pages side by side
    (``pages_wide``), they stand on each.
    """

    name: str
    title: str
    notes: tuple[str, ...]
    tables: tuple[Table, ...]
    listed: bool = True
    frozen: int = 0
    pages_wide: int = 1
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class Book:
    """The whole workbook, with what its properties say."""

    title: str
    author: str
    day: date
    sheets: tuple[Sheet, ...]


def build(consolidation: Consolidation, settings: Settings, form: Form) -> Book:
    """Shape the whole workbook."""
    view = _View(consolidation, form)
    lists = (
        _task_sheet(view),
        _report_sheet(view),
        _target_sheet(view),
        _unit_sheet(view),
        _behind_sheet(view),
        _missing_sheet(view),
    )
    title = f"{year_in(consolidation.title, consolidation.year)}{book(consolidation.title)}任务完成情况汇总表"
    overview = _overview(view, title, settings, lists)
    return Book(title, consolidation.issuer, consolidation.as_of, (overview, *lists))


class _View:
    """The Consolidation as the sheets look at it."""

    def __init__(self, consolidation: Consolidation, form: Form) -> None:
        self.all = consolidation
        self.form = form
        self.note = f"数据截至{chinese_date(consolidation.data_as_of)}。"
        self.deeper = any(len(line.task.path) > 1 for line in consolidation.tasks)
        self.by_status: dict[str, list[TaskLine]] = {}
        for line in consolidation.tasks:
            self.by_status.setdefault(line.status, []).append(line)
        unlisted = [name for name in self.by_status if name not in form.statuses and name != UNREPORTED]
        self.statuses = (*form.statuses, *unlisted, UNREPORTED)

    def group(self, status: str) -> Group | None:
        """The group of a status; None for 未报送 and for a word that the form does not have."""
        known = self.form.statuses.get(status)
        return known.outcome if known else None

    def tasks_in(self, group: Group) -> list[TaskLine]:
        """The tasks whose status belongs to a group, in the order of the plan."""
        return [line for line in self.all.tasks if self.group(line.status) == group]

    def units_in(self, *states: UnitState) -> list[UnitLine]:
        """The units that stand so."""
        return [line for line in self.all.units if line.state in states]

    def marked(self, status: str) -> Marked:
        """A status with its tone."""
        tones: dict[Group | None, Tone] = {"done": "good", "behind": "bad"}
        return Marked(status, "open" if status == UNREPORTED else tones.get(self.group(status), ""))

    def heading(self, key: str) -> str:
        """The heading that the form gives a column of 任务填报."""
        return _PERCENT_SIGN.sub("", self.form.task_fields[key].heading)

    def target_heading(self, key: str) -> str:
        """The heading that the form gives a column of 量化指标."""
        return self.form.target_fields[key].heading


# ---- values ------------------------------------------------------------------------------------


def as_key(number: str) -> int | str:
    """A number of the plan as a whole number where that is the same: 7, but 07, 7-1 and （一）1 as text."""
    plain = number.isascii() and number.isdecimal() and len(number) < 15
    return int(number) if plain and str(int(number)) == number else number


def cell_length(text: str) -> int:
    """How many characters a text has by Excel's count."""
    return len(text) + sum(sign > "\uffff" for sign in text) if len(text) > _PIECE else len(text)


def _fraction(progress: float | None) -> float | None:
    return None if progress is None else round(progress / 100, 6)


def _day_or_text(text: str) -> date | str:
    """A date where the text is one in our own way of writing it, else what was typed."""
    try:
        return date.fromisoformat(text) if len(text) == len("2026-12-10") else text
    except ValueError:
        return text


def _named(unit: str, text: str) -> str:
    return f"【{unit}】{text}"


def _standing(report: Report) -> str:
    parts = [report.status] if report.status else []
    parts += [f"{format_number(report.progress)}%"] if report.progress is not None else []
    return f"（{'，'.join(parts)}）" if parts else ""


def _results(reports: Iterable[Report]) -> list[tuple[str, str]]:
    """Each unit with its status, progress and word, whether it wrote much or nothing."""
    return [
        (report.unit, _named(report.unit, f"{_standing(report)}{report.result.strip() or '未填写完成情况'}"))
        for report in reports
    ]


def _told(reports: Iterable[Report], pick: Callable[[Report], str]) -> list[tuple[str, str]]:
    """Each unit that wrote something in a column; a bare 无 stands only on 逐单位填报."""
    return [
        (report.unit, _named(report.unit, pick(report).strip()))
        for report in reports
        if not says_nothing(pick(report))
    ]


def _joined(told: Sequence[tuple[str, str]]) -> str:
    """All units' words, one below the other; whoever does not fit into a cell is referred to by name."""
    whole = "\n".join(text for _, text in told)
    if cell_length(whole) <= MAX_CELL:
        return whole
    kept: list[str] = []
    room = MAX_CELL - 200 - sum(cell_length(unit) + 1 for unit, _ in told)
    left_over = []
    for unit, text in told:
        if cell_length(text) + 1 <= room:
            kept.append(text)
            room -= cell_length(text) + 1
        else:
            left_over.append(unit)
    note = f"（{join_names(left_over)}的内容超出单元格容量，全文见“{REPORTS}”表）"
    return "\n".join([*kept, note])


def _whole(rows: Iterable[Values], repeated: int) -> tuple[Values, ...]:
    """The rows, with a text too long for a cell going on in the rows below under the same first columns."""
    return tuple(part for row in rows for part in _continued(row, repeated))


def _continued(row: Values, repeated: int) -> list[Values]:
    pieces = [_cut(value) if isinstance(value, str) else (value,) for value in row]
    following: list[Values] = [
        tuple(
            row[i] if i < repeated else piece[step] if step < len(piece) else None
            for i, piece in enumerate(pieces)
        )
        for step in range(1, max(map(len, pieces)))
    ]
    return [tuple(piece[0] for piece in pieces), *following]


def _cut(text: str) -> tuple[str, ...]:
    if cell_length(text) <= MAX_CELL:
        return (text,)
    return tuple(text[at : at + _PIECE] for at in range(0, len(text), _PIECE))


# ---- 概况 --------------------------------------------------------------------------------------


def _overview(view: _View, title: str, settings: Settings, lists: Sequence[Sheet]) -> Sheet:
    columns = max(_GRID, len(view.statuses) + 2)
    tables = [
        _facts(view, settings, columns),
        _headlines(view, columns),
        _statuses(view, columns),
        _categories(view),
        _returns(view, columns),
    ]
    if view.all.targets:
        judged = judge_targets(view.all.targets)
        names = {
            state: [each.target.name for each in judged if each.state == state] for state in TARGET_STATES
        }
        tables.append(_tally("四、量化指标", _tally_columns("指标情况", "项数", "指标名称", columns), names))
    tables += _remarks(view, columns)
    tables.append(_contents(lists, columns))
    return Sheet(OVERVIEW, title, (), tuple(tables), listed=False)


def _facts(view: _View, settings: Settings, columns: int) -> Table:
    """What the figures are about: the plan, its issuer, the dates."""
    all_ = view.all
    right = (columns - 1) // 3
    layout = (
        Column("", 27, Kind.CAPTION),
        Column("", 9, Kind.TEXT, span=columns - 3 - right),
        Column("", 9, Kind.CAPTION, span=2),
        Column("", 9, Kind.TEXT, span=right),
    )
    rows: list[Values] = [
        ("方案", all_.title, "年度", f"{all_.year}年"),
        ("文号", all_.document_number or "—", "报送截止日期", chinese_date(all_.due)),
        ("汇总单位", all_.issuer, "数据截至", chinese_date(all_.data_as_of)),
        (
            "联系方式",
            contact_note(settings.contact).strip("（）") or "—",
            "汇总日期",
            chinese_date(all_.as_of),
        ),
    ]
    return Table(layout, tuple(rows), headed=False)


def _headlines(view: _View, columns: int) -> Table:
    """The six figures a leader asks for first; the rate leaves adjusted and inapplicable tasks out."""
    total, done = len(view.all.tasks), len(view.tasks_in("done"))
    counting = total - len(view.tasks_in("void"))
    judged = judge_targets(view.all.targets)
    reached = sum(each.state == REACHED for each in judged)
    figures: list[tuple[str, Kind, CellValue]] = [
        ("任务总数（项）", Kind.HEADLINE, total),
        ("已完成（项）", Kind.HEADLINE, done),
        ("完成率", Kind.HEADLINE_SHARE, done / counting if counting else "—"),
        ("滞后和未完成（项）", Kind.HEADLINE, len(view.tasks_in("behind"))),
        ("未报送（项）", Kind.HEADLINE, len(view.by_status.get(UNREPORTED, ()))),
        ("量化指标达标（项）", Kind.HEADLINE, f"{reached} / {len(judged)}" if judged else "—"),
    ]
    spans = (1, *_spread(columns - 1, len(figures) - 1))
    layout = tuple(
        Column(name, 9, kind, span=span) for (name, kind, _), span in zip(figures, spans, strict=True)
    )
    return Table(layout, (tuple(value for _, _, value in figures),))


def _spread(columns: int, parts: int) -> tuple[int, ...]:
    """Share out columns as evenly as can be, the last parts being the wider ones."""
    least, more = divmod(columns, parts)
    return tuple(least + (part >= parts - more) for part in range(parts))


def _statuses(view: _View, columns: int) -> Table:
    known = {share.name: share for share in view.all.statuses}
    rows: list[Values] = []
    for name in view.statuses:
        share = known.get(name)
        tasks = join_names(line.task.number for line in view.by_status.get(name, ()))
        fraction = round(share.percent / 100, 6) if share else 0.0
        count = share.count if share else 0
        rows.append((view.marked(name) if count else Marked(name), count, fraction, tasks))
    whole = sum(share.count for share in known.values())
    totals: Values = (TOTAL, whole, 1.0 if whole else 0.0, None)
    layout = _tally_columns(view.heading("status"), "项数", view.heading("number"), columns)
    return Table(layout, tuple(rows), totals, "一、任务按完成状态")


def _tally_columns(name: str, count: str, members: str, columns: int) -> tuple[Column, ...]:
    return (
        Column(name, 27, Kind.LABEL),
        Column(count, 9, Kind.COUNT, summed=True),
        Column("占比", 9, Kind.SHARE, summed=True, bar=True),
        Column(members, 9, Kind.TEXT, span=columns - 3),
    )


def _tally(title: str, layout: tuple[Column, ...], parts: Mapping[str, Sequence[str]]) -> Table:
    """How many are in each part, with their share and their names; the parts make up the whole."""
    portions = shares([len(names) for names in parts.values()])
    rows: list[Values] = [
        (part, len(names), round(portion / 100, 6), join_names(names))
        for (part, names), portion in zip(parts.items(), portions, strict=True)
    ]
    whole = sum(len(names) for names in parts.values())
    totals: Values = (TOTAL, whole, 1.0 if whole else 0.0, None)
    return Table(layout, tuple(rows), totals, title)


def _categories(view: _View) -> Table:
    """Categories by status, added up both ways."""
    layout = (
        Column(view.heading("category"), 27, Kind.TEXT),
        *(Column(name, 9, Kind.TALLY, summed=True) for name in view.statuses),
        Column(TOTAL, 9, Kind.TALLY, summed=True, adds=(view.statuses[0], view.statuses[-1])),
    )
    rows: list[Values] = [
        (line.category, *(line.by_status.get(name, 0) for name in view.statuses), line.total)
        for line in view.all.categories
    ]
    counts = [sum(line.by_status.get(name, 0) for line in view.all.categories) for name in view.statuses]
    totals: Values = (TOTAL, *counts, sum(line.total for line in view.all.categories))
    return Table(layout, tuple(rows), totals, "二、任务按类别和完成状态", "方案中没有任务。")


def _returns(view: _View, columns: int) -> Table:
    """Who owed a return and who sent one, as the year-end summary counts them."""
    accepted = view.units_in(UnitState.ACCEPTED)
    parts = {
        "按时报送": [line for line in accepted if line.on_time],
        "逾期报送": [line for line in accepted if not line.on_time],
        "退回修改": view.units_in(UnitState.RETURNED),
        "未报送": view.units_in(UnitState.AWAITED, UnitState.LATE),
    }
    names = {part: [line.unit for line in lines] for part, lines in parts.items()}
    due, sent = len(view.all.units), len(accepted)
    rate = f"，报送率{percent(sent * 100 / due)}" if due else ""
    title = (
        f"三、报送情况：应报{due}个，已报{sent}个（按时{len(parts['按时报送'])}个、"
        f"逾期{len(parts['逾期报送'])}个），退回修改{len(parts['退回修改'])}个，未报{len(parts['未报送'])}个{rate}"
    )
    return _tally(title, _tally_columns("报送情况", "单位数", "单位", columns), names)


def _remarks(view: _View, columns: int) -> list[Table]:
    """What a reader of the figures must know besides: goals nobody was asked about, and exceptions."""
    layout = (Column("编号", 27, Kind.KEY), Column("内容", 9, Kind.TEXT, span=columns - 1))
    tables = []
    if view.all.goals:
        goals = tuple((as_key(goal.number), goal.content) for goal in view.all.goals)
        tables.append(Table(layout, goals, title="总体目标（未确定责任单位，未组织填报）"))
    if view.all.waivers:
        waivers = tuple(enumerate(view.all.waivers, start=1))
        tables.append(Table(layout, waivers, title="经同意按例外情形处理的事项"))
    return tables


_CONTENTS = {
    TASKS: "每项任务一行：状态、进度、各牵头单位和配合单位填报的内容",
    REPORTS: "每个单位的每项任务一行：填报表各栏原文",
    TARGETS: "每个指标的目标值、各单位完成值、完成率、是否达到",
    UNITS: "每个单位的任务数、报送状态、报送日期、报送和退回次数",
    BEHIND: "滞后、未启动、未完成的任务，原因和下一步计划",
    MISSING: "尚无合格填报表的单位、所承担的任务和联系人",
}


def _contents(lists: Sequence[Sheet], columns: int) -> Table:
    layout = (
        Column("工作表（点击转到）", 27, Kind.LABEL),
        Column("行数", 9, Kind.COUNT),
        Column("内容", 9, Kind.TEXT, span=columns - 2),
    )
    rows = tuple(
        (Marked(sheet.name, sheet=sheet.name), len(sheet.tables[0].rows), _CONTENTS[sheet.name])
        for sheet in lists
    )
    return Table(layout, rows, title="本簿各表", printed=False)


# ---- 任务汇总 -----------------------------------------------------------------------------------


def _plan_columns(view: _View) -> tuple[Column, ...]:
    """The columns a task is known by; headings below the category only where the plan has such."""
    return (
        Column(view.heading("number"), 7, Kind.KEY),
        Column(view.heading("category"), 11, Kind.TEXT),
        *([Column("小类", 11, Kind.TEXT)] if view.deeper else []),
        Column(view.heading("content"), 27, Kind.TEXT),
    )


def _plan_values(view: _View, task: Task) -> Values:
    below = (" / ".join(task.path[1:]),) if view.deeper else ()
    return (as_key(task.number), task.category, *below, task.content)


def _deadline(task: Task) -> str:
    return task.deadline.text if task.deadline else ""


def _task_sheet(view: _View) -> Sheet:
    plan = _plan_columns(view)
    layout = (
        *plan,
        Column(view.heading("lead"), 13, Kind.TEXT),
        Column(view.heading("support"), 13, Kind.TEXT),
        Column(view.heading("deadline"), 12, Kind.LABEL),
        Column(view.heading("status"), 9, Kind.LABEL),
        Column(view.heading("progress"), 8, Kind.PROGRESS),
        Column("牵头单位填报", 50, Kind.TEXT),
        Column("配合单位填报", 44, Kind.TEXT),
        Column(view.heading("problem"), 22, Kind.TEXT),
        Column(view.heading("next_step"), 22, Kind.TEXT),
        Column(view.heading("evidence"), 24, Kind.TEXT),
        Column("未报送单位", 12, Kind.TEXT),
    )
    rows = _whole((_task_values(view, line) for line in view.all.tasks), len(plan))
    notes = (
        f"每项任务一行，各单位填报的内容原文照录，【】内为填报单位。{view.note}"
        f"文字较长、显示不全的，双击单元格查看，或见“{REPORTS}”表。",
    )
    table = Table(layout, rows, empty="方案中没有任务。")
    return Sheet(
        TASKS,
        f"{view.all.year}年度任务完成情况汇总",
        notes,
        (table,),
        frozen=len(plan),
        pages_wide=2,
    )


def _task_values(view: _View, line: TaskLine) -> Values:
    task = line.task
    return (
        *_plan_values(view, task),
        join_names(task.lead),
        join_names(task.support),
        _deadline(task),
        view.marked(line.status),
        _fraction(line.progress),
        _joined(_results(line.leads)),
        _joined(_results(line.supporters)),
        _joined(_told(line.reports, lambda report: report.problem)),
        _joined(_told(line.reports, lambda report: report.next_step)),
        _joined(_told(line.reports, lambda report: report.evidence)),
        "\n".join(f"{assignment.unit}（{assignment.role}）" for assignment in line.silent),
    )


# ---- 逐单位填报 ---------------------------------------------------------------------------------

_KINDS: dict[str, Kind] = {
    "number": Kind.KEY,
    "role": Kind.LABEL,
    "deadline": Kind.LABEL,
    "status": Kind.LABEL,
    "progress": Kind.PROGRESS,
    "self_score": Kind.FIGURE,
}
_WIDTHS: dict[str, float] = {
    "content": 40,
    "category": 16,
    "lead": 16,
    "support": 24,
    "deadline": 12,
    "status": 9,
    "progress": 8,
    "result": 48,
    "problem": 22,
    "next_step": 22,
    "evidence": 18,
    "remark": 12,
}
_UNIT_HEADING = "填报单位"


def _report_sheet(view: _View) -> Sheet:
    """Every assignment has its line, in the order of the plan; who is silent is there too."""
    fields = [field for field in view.form.task if field.key not in ("number", "role")]
    older = _headings_of_older_forms(view)
    layout = (
        Column(view.heading("number"), 7, Kind.KEY),
        Column(_UNIT_HEADING, 15, Kind.TEXT),
        Column(view.heading("role"), 6, Kind.LABEL),
        *(_report_column(view, field) for field in fields),
        *(Column(heading, 14, Kind.TEXT) for heading in older),
    )
    lines = [
        values
        for line in view.all.tasks
        for values in (
            *(_report_values(view, line.task, report, fields, older) for report in line.reports),
            *(_silent_values(view, assignment, fields, older) for assignment in line.silent),
        )
    ]
    told = sum(len(line.reports) for line in view.all.tasks)
    silent = sum(len(line.silent) for line in view.all.tasks)
    note = f"每个单位的每项任务一行，共{told + silent}行：已报送{told}行，未报送{silent}行。{view.note}"
    table = Table(layout, _whole(lines, 3), empty="方案中没有任务。")
    return Sheet(
        REPORTS,
        f"{view.all.year}年度任务完成情况逐单位填报",
        (note,),
        (table,),
        frozen=3,
        pages_wide=2,
    )


def _headings_of_older_forms(view: _View) -> tuple[str, ...]:
    """Columns that stood in a return but are no longer in the form: shown, not dropped."""
    present = {field.heading for field in view.form.extra_fields}
    found = (
        heading
        for line in view.all.tasks
        for report in line.reports
        for heading, text in report.extra.items()
        if text and heading not in present
    )
    return tuple(dict.fromkeys(found))


def _report_column(view: _View, field: FormField) -> Column:
    return Column(
        view.heading(field.key),
        _WIDTHS.get(field.key, max(field.width, 9)),
        _KINDS.get(field.key, Kind.TEXT),
    )


def _report_values(
    view: _View, task: Task, report: Report, fields: Sequence[FormField], older: Sequence[str]
) -> Values:
    told: dict[str, CellValue] = {
        "status": view.marked(report.status),
        "progress": _fraction(report.progress),
        "result": report.result,
        "problem": report.problem,
        "next_step": report.next_step,
        "evidence": report.evidence,
        "self_score": report.self_score,
        "remark": report.remark,
    }
    told |= _plan_cells(task)
    cells = (told.get(field.key, report.extra.get(field.heading, "")) for field in fields)
    rest = (report.extra.get(heading, "") for heading in older)
    return (as_key(task.number), report.unit, str(report.role), *cells, *rest)


def _silent_values(
    view: _View, assignment: Assignment, fields: Sequence[FormField], older: Sequence[str]
) -> Values:
    known = _plan_cells(assignment.task) | {"status": view.marked(UNREPORTED)}
    cells = (known.get(field.key) for field in fields)
    number = as_key(assignment.task.number)
    return (number, assignment.unit, str(assignment.role), *cells, *(None for _ in older))


def _plan_cells(task: Task) -> dict[str, CellValue]:
    return {
        "category": " / ".join(task.path) or task.category,
        "content": task.content,
        "lead": join_names(task.lead),
        "support": join_names(task.support),
        "deadline": _deadline(task),
    }


# ---- 量化指标 -----------------------------------------------------------------------------------


def _target_sheet(view: _View) -> Sheet:
    heading = view.target_heading
    layout = (
        Column(heading("target"), 9, Kind.LABEL),
        Column(heading("number"), 8, Kind.KEY),
        Column(heading("name"), 26, Kind.TEXT),
        Column(heading("goal"), 11, Kind.LABEL),
        Column(heading("measure"), 8, Kind.LABEL),
        Column(_UNIT_HEADING, 17, Kind.TEXT),
        Column(heading("value"), 11, Kind.FIGURE),
        Column("填报原文", 12, Kind.LABEL),
        Column("完成率", 9, Kind.SHARE),
        Column("是否达到", 12, Kind.LABEL),
        Column(heading("as_of"), 12, Kind.DATE),
        Column(heading("remark"), 24, Kind.TEXT),
    )
    rows = _whole((_target_values(report) for report in view.all.targets), 3)
    counts = Counter(each.state for each in judge_targets(view.all.targets))
    parts = "，".join(f"{state}{count}项" for state, count in counts.items())
    note = f"指标{sum(counts.values())}项：{parts}。完成率为完成值除以目标值。{view.note}" if counts else ""
    table = Table(layout, rows, empty="本年度任务未设量化指标。")
    return Sheet(TARGETS, f"{view.all.year}年度量化指标完成情况", (note,) if note else (), (table,), frozen=3)


def _target_values(report: TargetReport) -> Values:
    tones: dict[str, Tone] = {REACHED: "good", MISSED: "bad", UNREPORTED: "open"}
    state = target_state([report])
    return (
        report.target.number,
        as_key(report.target.task),
        report.target.name,
        goal_text(report.target),
        report.target.unit,
        report.unit,
        report.value,
        report.raw,
        None if report.ratio is None else round(report.ratio, 6),
        Marked(state, tones.get(state, "")),
        _day_or_text(report.as_of),
        report.remark,
    )


# ---- 单位情况 -----------------------------------------------------------------------------------

_UNKNOWN = "其他"


def _unit_sheet(view: _View) -> Sheet:
    lines, standings = view.all.units, _unit_standings(view)
    groups = [*GROUP_NAMES.values(), UNREPORTED]
    if any(_UNKNOWN in counts for counts in standings.values()):
        groups.append(_UNKNOWN)
    layout = (
        Column("序号", 6, Kind.COUNT),
        Column("单位", 20, Kind.TEXT),
        Column("报送状态", 11, Kind.LABEL),
        Column("最近报送日期", 12, Kind.DATE),
        Column("是否按时", 8, Kind.LABEL),
        Column("报送次数", 7, Kind.TALLY, summed=True),
        Column("退回次数", 7, Kind.TALLY, summed=True),
        Column("牵头任务", 7, Kind.TALLY, summed=True),
        Column("配合任务", 7, Kind.TALLY, summed=True),
        Column("任务合计", 7, Kind.TALLY, summed=True, adds=("牵头任务", "配合任务")),
        *(Column(name, 7, Kind.TALLY, summed=True) for name in groups),
        Column("联系人", 9, Kind.LABEL),
        Column("联系电话", 14, Kind.LABEL),
    )
    rows = tuple(
        _unit_values(number, line, standings.get(line.unit, Counter()), groups)
        for number, line in enumerate(lines, start=1)
    )
    totals: Values = (
        *(TOTAL, None, None, None, None),
        sum(line.versions for line in lines),
        sum(line.times_returned for line in lines),
        sum(line.led for line in lines),
        sum(line.supported for line in lines),
        sum(line.led + line.supported for line in lines),
        *(sum(standings.get(line.unit, Counter())[name] for line in lines) for name in groups),
        *(None, None),
    )
    ends = "、".join(GROUP_NAMES.values())
    note = (
        f"报送截止日期：{chinese_date(view.all.due)}。{ends}按各单位自己填报的状态归类，"
        f"一项任务由几个单位承担的，各计一次。{view.note}"
    )
    table = Table(layout, rows, totals if rows else None, empty="没有承担任务的单位。")
    return Sheet(UNITS, f"{view.all.year}年度各单位报送情况", (note,), (table,), frozen=2)


def _unit_standings(view: _View) -> dict[str, Counter[str]]:
    """Each unit's own reports by group, and what it has not reported."""
    standings: dict[str, Counter[str]] = {}
    for line in view.all.tasks:
        for report in line.reports:
            group = view.group(report.status)
            standings.setdefault(report.unit, Counter())[GROUP_NAMES[group] if group else _UNKNOWN] += 1
        for assignment in line.silent:
            standings.setdefault(assignment.unit, Counter())[UNREPORTED] += 1
    return standings


def _unit_values(number: int, line: UnitLine, counts: Counter[str], groups: Sequence[str]) -> Values:
    on_time = {True: Marked("按时", "good"), False: Marked("逾期", "bad"), None: Marked("—")}[line.on_time]
    return (
        number,
        line.unit,
        _state(line),
        line.received.date() if line.received else None,
        on_time,
        line.versions,
        line.times_returned,
        line.led,
        line.supported,
        line.led + line.supported,
        *(counts[name] for name in groups),
        line.contact.name,
        line.contact.phone,
    )


def _state(line: UnitLine) -> Marked:
    tones: dict[UnitState, Tone] = {
        UnitState.ACCEPTED: "good",
        UnitState.AWAITED: "open",
        UnitState.LATE: "bad",
        UnitState.RETURNED: "bad",
    }
    return Marked(STATE_NAMES[line.state], tones[line.state])


# ---- 滞后和未完成, 未报送单位 --------------------------------------------------------------------


def _behind_sheet(view: _View) -> Sheet:
    plan = _plan_columns(view)
    layout = (
        *plan,
        Column(view.heading("lead"), 14, Kind.TEXT),
        Column(view.heading("deadline"), 12, Kind.LABEL),
        Column(view.heading("status"), 9, Kind.LABEL),
        Column(view.heading("progress"), 8, Kind.PROGRESS),
        Column("目前进展（牵头单位）", 30, Kind.TEXT),
        Column(view.heading("problem"), 27, Kind.TEXT),
        Column(view.heading("next_step"), 27, Kind.TEXT),
    )
    behind = view.tasks_in("behind")
    rows = _whole((_behind_values(view, line) for line in behind), len(plan))
    names = join_names(status.name for status in view.form.status if status.outcome == "behind")
    note = f"完成状态为{names}的任务共{len(behind)}项。{view.note}"
    table = Table(layout, rows, empty="没有滞后或未完成的任务。")
    return Sheet(
        BEHIND, f"{view.all.year}年度滞后和未完成任务", (note,), (table,), frozen=len(plan), tone="bad"
    )


def _behind_values(view: _View, line: TaskLine) -> Values:
    return (
        *_plan_values(view, line.task),
        join_names(line.task.lead),
        _deadline(line.task),
        view.marked(line.status),
        _fraction(line.progress),
        _joined(_told(line.leads, lambda report: report.result)),
        _joined(_told(line.reports, lambda report: report.problem)),
        _joined(_told(line.reports, lambda report: report.next_step)),
    )


def _missing_sheet(view: _View) -> Sheet:
    layout = (
        Column("序号", 6, Kind.COUNT),
        Column("单位", 20, Kind.TEXT),
        Column("报送状态", 11, Kind.LABEL),
        Column("最近报送日期", 12, Kind.DATE),
        Column("退回次数", 7, Kind.TALLY, summed=True),
        Column("尚有问题数", 7, Kind.TALLY, summed=True),
        Column("任务数", 7, Kind.TALLY, summed=True),
        Column("牵头任务编号", 20, Kind.TEXT),
        Column("配合任务编号", 20, Kind.TEXT),
        Column("联系人", 9, Kind.LABEL),
        Column("联系电话", 14, Kind.LABEL),
        Column("电子邮箱", 22, Kind.TEXT),
    )
    lines = view.units_in(UnitState.AWAITED, UnitState.LATE, UnitState.RETURNED)
    led = {(unit, line.task.number) for line in view.all.tasks for unit in _leads(line)}
    rows: tuple[Values, ...] = tuple(
        (
            number,
            line.unit,
            _state(line),
            line.received.date() if line.received else None,
            line.times_returned,
            line.errors,
            len(line.tasks),
            join_names(task for task in line.tasks if (line.unit, task) in led),
            join_names(task for task in line.tasks if (line.unit, task) not in led),
            line.contact.name,
            line.contact.phone,
            line.contact.email,
        )
        for number, line in enumerate(lines, start=1)
    )
    totals: Values = (
        *(TOTAL, None, None, None),
        sum(line.times_returned for line in lines),
        sum(line.errors for line in lines),
        sum(len(line.tasks) for line in lines),
        *(None,) * 5,
    )
    note = f"尚无合格填报表的单位共{len(lines)}个；报送截止日期：{chinese_date(view.all.due)}。{view.note}"
    table = Table(layout, rows, totals if rows else None, empty="各单位均已报送，没有未报送单位。")
    return Sheet(MISSING, f"{view.all.year}年度未报送单位", (note,), (table,), frozen=2, tone="open")


def _leads(line: TaskLine) -> set[str]:
    """Whoever leads a task, also where the plan names a group and a member answers for it."""
    silent = {assignment.unit for assignment in line.silent if assignment.role is Role.LEAD}
    return {*line.task.lead, *silent, *(report.unit for report in line.leads)}
