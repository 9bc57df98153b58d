"""The rules: what must hold in a return, one file each, found by ``gather``.

A rule file is named for what must hold and that name is the code of its findings. It has a docstring (one
sentence, then a small table of a row that passes and one that fails, which the tests run) and ``RULE``: an
``error`` sends a return back, a ``confirm`` accepts it with a question, a ``note`` informs.
Scopes, from small to large:

``column``  the cells of a column, whatever stands beside them: a check of the schema that pandera runs over
            the rows of all returns at once
``row``     one row of 任务填报 or 量化指标; where the columns tell which, the others are not visited
``return``  a whole return
``year``    one return beside those of the other units of the year
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property, partial
from typing import Literal

from reporting.gathering import gather_rules, module_name
from reporting.language.characters import even_width
from reporting.language.prose import bare_text, document_numbers
from reporting.model import Assignment, Cell, Comparator, Meaning, Place, Return, Role, Row, Target
from reporting.model.findings import Finding, Kind, Severity
from reporting.office.form import Form, FormField, Outcome, ProgressRule, Status
from reporting.returns.beside_answers import NOTHING_BESIDE, BesideAnswers
from reporting.returns.columns import (
    CellColumns,
    Facet,
    Holding,
    Mask,
    Numbers,
    Series,
    Texts,
    has_percent_sign,
    is_nothing,
    is_own_words,
    once,
)
from reporting.returns.live import LiveRule


@dataclass(frozen=True, slots=True)
class Breach:
    """One place where a rule does not hold; ``values`` fills the rule's sentences."""

    place: Place
    values: Mapping[str, str] = field(default_factory=dict)
    task: str = ""


def plan_number(row: Row) -> str:
    """The number of a row's task or target as the plan writes it; as typed when the plan has none."""
    if row.assignment is not None:
        return row.assignment.task.number
    return row.target.number if row.target is not None else row.number


@dataclass(frozen=True, slots=True)
class Past:
    """What a unit reported a year ago on what is this year a task or a target of its own."""

    result: str = ""
    """完成情况, of a task."""
    figure: float | None = None
    """完成值 in the same unit of measure, of a target."""
    account: str = ""
    """完成状态, 完成进度 and 完成情况 of a task, to be shown."""
    goal: str = ""
    """目标值 of a target with its unit of measure, to be shown."""
    value: str = ""
    """完成值 of a target with its unit of measure, to be shown."""


LastYear = Mapping[str, Mapping[str, Past]]
"""By unit, then by this year's number of the task or target; what is not known is left out."""


def tell_meaning(cell: Cell, _field: FormField, _form: Form) -> Mapping[str, str]:
    """What is entered for a cell that was not plain, and why that is asked about."""
    meaning = cell.meaning or Meaning(cell.value)
    names = "或".join(f"“{each}”" for each in meaning.rivals)
    may_be = f"可能是{names}" if len(meaning.rivals) > 1 else ""
    doubt = "，".join(filter(None, (meaning.doubt, may_be)))
    why = f"{meaning.doubt}，" if meaning.doubt else ""
    return {
        "expected": meaning.shown,
        "doubt": doubt,
        "why": why,
        "more": f"：{meaning.doubt}" if meaning.doubt else "",
    }


@dataclass(frozen=True)
class RowView:
    """A row with everything a rule may look at. ``year`` is the year of the plan."""

    row: Row
    part: Literal["task", "target"]
    form: Form
    year: int
    status: Status | None
    """The status that the unit chose; None where it chose none, or words that are asked about."""
    role: Role
    task_status: Status | None = None
    """For a row of 量化指标: the status the unit chose for the task the target belongs to."""
    may_be: tuple[Status, ...] = ()
    """The statuses that words which are asked about may mean: of this task, or of the one the target belongs to."""
    today: date | None = None
    """The day on which the return is checked; None when nobody says."""
    written_on: date | None = None
    """填报日期 as the unit gave it; ``today`` when it gave none."""
    past: Past | None = None
    data_as_of: date | None = None
    """Up to which day the office asks for figures; a day up to it is asked for, past or not."""
    beside: BesideAnswers = NOTHING_BESIDE
    """What the return holds beside its answers."""

    @property
    def fields(self) -> Mapping[str, FormField]:
        """The columns of the row's sheet."""
        return self.form.task_fields if self.part == "task" else self.form.target_fields

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """What the unit wrote in its own words and that says something, by field key."""
        return {
            key: raw
            for key, each in self.fields.items()
            if each.filled and each.type == "text" and not each.choices and is_own_words(raw := self.row.raw(key))
        }

    @property
    def number(self) -> str:
        """The task or target number as the plan writes it."""
        return plan_number(self.row)

    @property
    def status_name(self) -> str:
        """The status of the list that the unit chose; empty when it is none."""
        return self.status.name if self.status else ""

    def says_nothing(self, key: str) -> bool:
        """Whether a cell that must be filled is not; missing columns are told elsewhere."""
        cell = self.row.cells.get(key)
        return cell is not None and is_nothing(cell.raw, self.fields[key])

    @property
    def figure(self) -> float | None:
        """完成值 of a target of ours, in the plan's unit; None in other rows, for words, and where it is doubted."""
        cell = self.row.cells.get("value") if self.part == "target" and self.row.target else None
        value = cell.value if cell is not None and cell.weight != "confirm" else None
        return value if isinstance(value, int | float) and not isinstance(value, bool) else None

    @property
    def may_be_share(self) -> bool:
        """Whether a figure in % that misses its target may have been typed as a share of one: 0.985 for 98.5.

        With a word beside it a figure is taken as it stands.
        """
        target, value = self.row.target, self.figure
        if target is None or value is None or even_width(target.unit) != "%" or "remark" in self.texts:
            return False
        small = 0 < value <= 1 < target.value and not has_percent_sign(self.row.raw("value"))
        return small and target.op not in ("<", "<=")

    def breach(self, key: str, **values: str) -> Breach:
        """A breach at the cell under ``key``, or at the row when its column is missing."""
        cell = self.row.cells.get(key)
        heading = self.fields[key].heading
        found = cell.raw if cell else ""
        place = cell.place if cell else self.row.place
        return Breach(place, {"heading": heading, "found": found} | values, self.number)


class Rows(CellColumns):
    """The rows of 任务填报 or of 量化指标 of all returns of a run, with what is known of them, as columns."""

    of_value = ()  # whether it can be read is asked beside its target, by rules of rows

    def __init__(
        self, part: Literal["task", "target"], form: Form, views: Sequence[RowView], owners: Sequence[int]
    ) -> None:
        """Take what is known of each row; a column is made of it when it is first looked at."""
        super().__init__(part, form, [view.row for view in views], owners)
        self.views = views
        self.is_tasks = part == "task"

    @property
    def year(self) -> int:
        """The year of the plan."""
        return self.views[0].year if self.views else 1

    @property
    def today(self) -> date | None:
        """The day on which the returns are checked; None when nobody says."""
        return self.views[0].today if self.views else None

    def words(self, key: str) -> Texts:
        """The letters, digits and characters alone of what units wrote of their own in a column."""
        import numpy as np

        return np.array(once(bare_text, self.look(key, "said")), dtype=object)

    @cached_property
    def answering(self) -> Mask:
        """The rows that answer something; of 量化指标 all are looked at."""
        if not self.is_tasks:
            return self.where(True for _ in self.rows)
        return self.any_of(self.typed(key, bool) for key in self.fields)

    @cached_property
    def lead(self) -> Mask:
        """The rows of a unit that leads the task."""
        return self.where(view.role is Role.LEAD for view in self.views)

    def outcome(self, outcome: Outcome) -> Mask:
        """The rows in a status of this outcome."""
        return self.where(view.status and view.status.outcome == outcome for view in self.views)

    def asks(self, progress: ProgressRule) -> Mask:
        """The rows in a status that asks for this progress."""
        return self.where(view.status and view.status.progress == progress for view in self.views)

    def needs(self, key: str) -> Mask:
        """The rows in a status beside which a column must be filled in."""
        return self.where(view.status and key in view.status.needs for view in self.views)

    @cached_property
    def progress(self) -> Numbers:
        """完成进度 of tasks; NaN where it is blank, unreadable, or asked about."""
        import numpy as np

        if not self.is_tasks:
            return np.full(len(self.rows), np.nan)
        return np.where(self.look("progress", "weight") == "confirm", np.nan, self.number("progress"))

    @cached_property
    def figure(self) -> Numbers:
        """完成值 of targets in the plan's unit; NaN where it is no number."""
        return self.numbers(view.figure for view in self.views)

    @cached_property
    def goal(self) -> Numbers:
        """The number that a target must reach."""
        return self.numbers(row.target.value if row.target else None for row in self.rows)

    @cached_property
    def past_figure(self) -> Numbers:
        """完成值 of targets a year ago."""
        return self.numbers(view.past.figure if view.past else None for view in self.views)

    def aims(self, *comparators: Comparator) -> Mask:
        """The targets with one of these comparators."""
        return self.where(row.target and row.target.op in comparators for row in self.rows)

    def numbers(self, values: Iterable[float | None]) -> Numbers:
        """A column of figures, NaN where there is none."""
        import numpy as np

        return np.array(list(values), dtype="float64")


@dataclass(frozen=True, slots=True)
class Earlier:
    """What the workbook in hand was made for, where the plan was issued anew since: its day, its rows.

    ``decided`` tells that nothing but decisions of the office changed it.
    """

    issued: str
    assignments: Mapping[str, Assignment]
    targets: Mapping[str, Target]
    decided: bool = False


Attached = Mapping[str, Sequence[str]]
"""The names of files that came beside returns, in this run or before, by unit; under "" those of nobody."""


@dataclass(frozen=True, slots=True)
class ReturnView:
    """A return with what its unit was asked for; ``names`` are all names the unit goes by."""

    sent: Return
    form: Form
    year: int
    names: tuple[str, ...]
    assignments: Mapping[str, Assignment]
    targets: Mapping[str, Target]
    earlier: Earlier | None = None
    today: date | None = None
    attached: Attached | None = None
    """The files that came beside the returns; None when nobody says."""
    beside: BesideAnswers = NOTHING_BESIDE
    """What the return holds beside its answers."""

    def breach(self, row: Row, key: str, **values: str) -> Breach:
        """A breach at a cell of a row of 任务填报."""
        told = {"heading": self.form.task_fields[key].heading, "found": row.raw(key)}
        return Breach(row.cells[key].place, told | values, plan_number(row))

    def header_breach(self, key: str, **values: str) -> Breach:
        """A breach at a cell of the block above the table that the return has."""
        cell = self.sent.header[key]
        heading = self.form.header_fields[key].heading
        return Breach(cell.place, {"heading": heading, "found": cell.raw} | values)


@dataclass(frozen=True, slots=True)
class Claim:
    """What one unit says of one task or target, as data: from a return in hand, or from the book.

    ``sheet`` and ``cells`` (by field key) tell the office where it stands in the return of that unit.
    """

    unit: str
    number: str
    role: Role
    texts: Mapping[str, str]
    figure: float | None = None
    sheet: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)

    def where(self, key: str) -> str:
        """The cell of the other unit's return, in brackets; empty when it is not known."""
        cell = self.cells.get(key, "")
        return f"（{self.sheet} {cell}）" if cell else ""


class Claims:
    """What the units of a year have said, each unit's newest word: found by number, wording and document."""

    def __init__(self, claims: Iterable[Claim], form: Form) -> None:
        """Index the claims; those of one unit must be of one return."""
        self._by_state: dict[tuple[str, Role, str], list[Claim]] = {}
        self._by_number: dict[str, list[Claim]] = {}
        self._by_words: dict[str, list[Claim]] = {}
        self._by_document: dict[str, list[Claim]] = {}
        for claim in claims:
            self._by_number.setdefault(claim.number, []).append(claim)
            outcome = form.outcome(claim.texts.get("status", ""))
            if outcome is not None:
                self._by_state.setdefault((claim.number, claim.role, outcome), []).append(claim)
            if words := bare_text(claim.texts.get("result", "")):
                self._by_words.setdefault(words, []).append(claim)
            for document in document_numbers(claim.texts.get("evidence", "")):
                self._by_document.setdefault(document, []).append(claim)

    def on(self, number: str) -> Sequence[Claim]:
        """Who says something of this task or target."""
        return self._by_number.get(number, ())

    def having(self, number: str, role: Role, outcome: Outcome) -> Sequence[Claim]:
        """Who has this task, in this role, in a status of this outcome."""
        return self._by_state.get((number, role, outcome), ())

    def saying(self, words: str) -> Sequence[Claim]:
        """Who gave this account, signs and blanks apart."""
        return self._by_words.get(words, ())

    def naming(self, document: str) -> Sequence[Claim]:
        """Who names this document as evidence."""
        return self._by_document.get(document, ())


@dataclass(frozen=True, slots=True)
class UnitView:
    """The rows of one unit's return beside what all units of the year have said, itself among them."""

    unit: str
    rows: Sequence[RowView]
    claims: Claims
    leads: Mapping[str, Sequence[str]]
    """The lead units of the tasks of these rows, as the plan names them, by number."""

    def fellow_leads(self, row: RowView) -> frozenset[str]:
        """The units that the plan names beside this one as leads of the row's task, not by their group."""
        number = row.row.target.task if row.row.target is not None else row.number
        leads = frozenset(self.leads.get(number, ()))
        return leads - {self.unit} if self.unit in leads else frozenset()


def has_tasks(sent: Return) -> bool:
    """Whether a return holds 任务填报 at all."""
    return bool(sent.rows or sent.columns)


def has_targets(sent: Return) -> bool:
    """Whether a return holds 量化指标 at all."""
    return bool(sent.target_rows or sent.target_columns)


def is_filled(row: Row, key: str) -> bool:
    """Whether anything stands in a cell, or in the one that it was joined with."""
    return bool(row.raw(key))


def says_why_nothing(view: RowView, key: str) -> dict[str, str]:
    """Of a cell that must be filled: what stands there instead, and where its content may have gone."""
    raw = view.row.raw(key)
    more = f"：只填了“{raw}”，不能算填写" if raw else ""
    struck = view.beside.struck_at(view.row.cells[key].place)
    more = more or (f"：原有文字“{struck[:30]}”已经划去" if struck else "")
    return {"more": more, "how": _points_elsewhere(view, key)}


_MISPLACED = {"result": ("remark", "problem", "next_step", "evidence"), "value": ("remark",)}
"""Columns into which people write what belongs into another."""


def _points_elsewhere(view: RowView, key: str) -> str:
    """Where the answer to a cell that is empty may stand, as a half-sentence."""
    fields, place = view.fields, view.row.cells[key].place
    # what was done is now and then written into another column of its row, mostly the last
    for other in _MISPLACED.get(key, ()):
        text = view.row.raw(other)
        whole = len(bare_text(text)) >= fields[key].min_length > 0
        if whole if key == "result" else any(sign.isdigit() for sign in text):
            cell = "" if other == "remark" else f"（{view.row.cells[other].place.cell}）"
            return f"；写在“{fields[other].heading}”栏{cell}的，请移到这一栏"
    found = view.beside.points_at(place, in_words=fields[key].type == "text")
    if not found and key == "result":
        found = view.beside.points_at_number(view.number)
    return f"；{found}，是这一格内容的，请写进这一格" if found else ""


def lies_ahead(day: date, raw: str, today: date | None) -> bool:
    """Whether a day is still to come; a month alone, read as its last day, has come with its first."""
    if today is None or day <= today:
        return False
    month_alone = str(day.day) not in even_width(raw)[4:] or raw.endswith(("月", "底", "末"))
    return not (month_alone and (day.year, day.month) == (today.year, today.month))


Breaches = Iterable[Breach]
ColumnCheck = Callable[[Series, FormField], Holding]
RowCheck = Callable[[RowView], Breaches]
ReturnCheck = Callable[[ReturnView], Breaches]
YearCheck = Callable[[UnitView], Breaches]


@dataclass(frozen=True)
class Rule:
    """One rule: its sentences and exactly one of the four checks.

    ``live`` gives the same as spreadsheet conditions for 填报检查; every error that one row shows has it.
    """

    severity: Severity
    says: str
    remedy: str
    office: str = ""
    column: ColumnCheck | None = None
    """Tells of each cell of a column, shown under ``facet``, whether the rule holds."""
    facet: Facet = "text"
    applies: Callable[[FormField], bool] = lambda _: True
    """Which of the columns that can be looked at so a column check is for."""
    bars: bool = False
    """Whether a cell that breaks it cannot be used at all, so that nothing more is said of it."""
    tell: Callable[[Cell, FormField, Form], Mapping[str, str]] = lambda _cell, _field, _form: {}
    """What a column check says of a cell beside its heading and what was found there."""
    row: RowCheck | None = None
    where: Callable[[Rows], Mask] | None = None
    """Of which rows a row check may have something to say; without it every row is visited."""
    whole: ReturnCheck | None = None
    across: YearCheck | None = None
    live: LiveRule | None = None

    @cached_property
    def kind(self) -> Kind:
        """The kind of its findings; its code is the name of the file in which its check stands."""
        check = self.column or self.row or self.whole or self.across
        return Kind(module_name(check), self.severity, self.says, self.remedy, self.office)

    @property
    def scope(self) -> str:
        """column, row, return or year."""
        if self.column is not None:
            return "column"
        if self.row is not None:
            return "row"
        return "return" if self.whole is not None else "year"

    def finding(self, breach: Breach, unit: str) -> Finding:
        """What is told of a place where it does not hold in the return of a unit."""
        return Finding(self.kind, breach.place, unit, breach.task, breach.values)


note = partial(Rule, Severity.NOTE)
confirm = partial(Rule, Severity.CONFIRM)
error = partial(Rule, Severity.ERROR)


@cache
def gather() -> tuple[Rule, ...]:
    """All rules in the order of their file names.

    Raises ``ValueError`` when a rule has its check from another file.
    """
    return gather_rules(__name__, __path__)
