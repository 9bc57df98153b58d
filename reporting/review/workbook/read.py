"""The review workbook read back, with the same care as a return.

Rows are known by task or target number and unit, columns by their headings, wherever either was moved to.
Every wrong cell becomes a finding at its place, all of them at once. With an error nothing may be recorded;
that is for the caller to decide.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from reporting.language.characters import even_width
from reporting.language.values import format_number, parse_date, parse_percent, parse_status, task_number
from reporting.model import Cell, Place, Value
from reporting.model.findings import Finding, Kind
from reporting.model.review import (
    MATERIALS,
    METHODS,
    InspectedTarget,
    InspectedTask,
    Inspection,
    Review,
    TargetReview,
    TaskReview,
    UnitReview,
)
from reporting.office.form import Form
from reporting.returns.reading.tables import read_labels
from reporting.review.sample import lacks_figure
from reporting.review.workbook import kinds
from reporting.review.workbook.open import ReviewBook
from reporting.review.workbook.sheets import ABOUT, GROUP_CELLS, GROUP_DAYS, NO, TARGETS, TASKS, UNITS, YES
from reporting.review.workbook.tables import Cells, Key, RowReader, exact_measure, exact_points

_FULL = 100.0


def read_review_book(
    book: ReviewBook, inspection: Inspection, form: Form, digest: str = "", most: float = _FULL
) -> tuple[Review, list[Finding]]:
    """Read what the group filled in, against the inspection its workbook was made from.

    ``digest`` is the one of that inspection; a workbook without it is read all the same, and it is said.
    ``most`` is how many marks a task may have.
    """
    reader = _Reader(book, inspection, form, most)
    review = reader.read()
    findings = reader.findings
    if digest and book.digest != digest:
        findings.append(Finding(kinds.OTHER_ISSUE, Place(book.name)))
    return review, findings


def rows_left(file: str, inspection: Inspection, review: Review) -> list[Finding]:
    """One finding if there are tasks of which nothing was verified yet."""
    figures = {(each.number, each.unit) for each in review.targets}
    told = {(each.number, each.unit) for each in review.tasks if each.is_filled}
    told |= {(each.task, each.unit) for each in inspection.targets if (each.number, each.unit) in figures}
    left = sum((each.number, each.unit) not in told for each in inspection.tasks)
    return [Finding(kinds.ROWS_LEFT, Place(file, TASKS), values={"found": str(left)})] if left else []


class _Reader:
    """One pass over a workbook; what is wrong gathers in ``findings``."""

    def __init__(self, book: ReviewBook, inspection: Inspection, form: Form, most: float) -> None:
        self.file, self.sheets, self.inspection = book.name, book.sheets, inspection
        self.form, self.most = form, most
        self.tables = book.tables()
        self.findings: list[Finding] = []

    def read(self) -> Review:
        """The whole review, as far as it can be understood."""
        group = self._group()
        targets = self._targets()
        figures = {(each.number, each.unit) for each in targets}
        verified = {(each.task, each.unit) for each in self.inspection.targets if (each.number, each.unit) in figures}
        tasks = [
            self._task(task, cells, with_figures=(task.number, task.unit) in verified)
            for task, cells in self._rows(TASKS, _by_key(self.inspection.tasks))
        ]
        units = self._units()
        review = Review(
            share=self.inspection.share,
            seed=self.inspection.seed,
            **group,
            tasks=tuple(tasks),
            targets=tuple(targets),
            units=tuple(units),
        )
        if not review.is_filled and not any(each.is_error for each in self.findings):
            self._find(kinds.NOTHING_FILLED, Place(self.file, TASKS))
        return review

    def _find(self, kind: Kind, place: Place, unit: str = "", task: str = "", **values: str) -> None:
        self.findings.append(Finding(kind, place, unit, task, values))

    # ---- the group -----------------------------------------------------------------------------------

    def _group(self) -> dict[str, Any]:
        """What the group says about itself, each cell found by the label to its left."""
        labels = {label: key for key, (label, _) in GROUP_CELLS.items()}
        with_tables = {id(table.sheet) for tables in self.tables.values() for table in tables}
        about = [each for each in self.sheets if id(each) not in with_tables]
        cells: dict[str, Cell] = {}
        for sheet in sorted(about, key=lambda each: each.name == ABOUT):  # it has the last word
            cells |= read_labels(self.file, sheet, range(len(sheet.rows)), labels)
        words = {key: cell.raw for key, cell in cells.items() if key not in GROUP_DAYS}
        days = {key: self._date(GROUP_CELLS[key][0], cells[key]) for key in GROUP_DAYS if key in cells}
        known = {key: day for key, day in days.items() if day is not None}
        ordered = [key for key in GROUP_DAYS if key in known]
        for before, after in pairwise(ordered):
            if known[after] < known[before]:
                values = {"found": str(known[after]), "expected": str(known[before])}
                values |= {"heading": GROUP_CELLS[after][0], "before": GROUP_CELLS[before][0]}
                self._find(kinds.DATES_TURNED, cells[after].place, **values)
        return words | known

    def _date(self, heading: str, cell: Cell, unit: str = "", task: str = "") -> date | None:
        day = parse_date(cell.value)
        if day is None and cell.raw:
            self._find(kinds.BAD_DATE, cell.place, unit, task, heading=heading, found=cell.raw)
        return day

    # ---- 任务核定 ------------------------------------------------------------------------------------

    def _rows(self, name: str, expected: Mapping[Key, Any]) -> list[tuple[Any, Cells]]:
        reader = RowReader(self.file, name, self.tables[name], expected)
        rows = list(reader.rows())
        self.findings += reader.findings
        return rows

    def _task(self, task: InspectedTask, cells: Cells, *, with_figures: bool) -> TaskReview:
        where = (task.unit, task.number)
        status = parse_status(cells["verified"].value, self.form.status_words) or ""
        words, filled = tuple(self.form.statuses), cells["verified_progress"]
        self._check_word(kinds.UNKNOWN_STATUS, cells["verified"], where, words, known=status)
        method = self._word(kinds.UNKNOWN_METHOD, cells["method"], where, METHODS)
        material = self._word(kinds.UNKNOWN_MATERIAL, cells["material"], where, MATERIALS)
        progress = self._number(filled, kinds.BAD_PROGRESS, where, parse_percent, "核定进度")
        score = self._number(cells["score"], kinds.BAD_SCORE, where, exact_points, "考评得分", self.most)
        reason = cells["reason"].raw
        if score is not None and score < _FULL and not reason:
            self._find(kinds.NO_REASON, cells["reason"].place, *where, found=format_number(score))
        told = progress is not None or score is not None or with_figures
        wrong = filled.raw or cells["score"].raw  # has a finding of its own
        if not told and not wrong and lacks_figure(self.form, task.status, status):
            self._find(kinds.NO_FIGURE, filled.place, *where, found=status, expected=task.status)
        whole = self.form.whole_progress(status)
        if progress is not None and whole not in (None, progress):  # 已完成 and 未启动 leave no choice
            values = {"found": status, "expected": format_number(progress)}
            self._find(kinds.PROGRESS_DIFFERS, filled.place, *where, **values)
        rectify_by = self._date("整改期限", cells["rectify_by"], *where)
        opinion = cells["opinion"].raw
        return TaskReview(
            *(task.number, task.unit, method, status, progress, score, reason, opinion, material, rectify_by)
        )

    def _word(self, kind: Kind, cell: Cell, where: tuple[str, str], words: tuple[str, ...]) -> str:
        word = even_width(cell.raw)
        self._check_word(kind, cell, where, words, known=word if word in words else "")
        return word if word in words else ""

    def _check_word(
        self, kind: Kind, cell: Cell, where: tuple[str, str], words: tuple[str, ...], *, known: str
    ) -> None:
        if cell.raw and not known:
            self._find(kind, cell.place, *where, found=cell.raw, expected="、".join(words))

    def _number(
        self,
        cell: Cell,
        kind: Kind,
        where: tuple[str, str],
        parse: Callable[[Value], float | None],
        heading: str = "",
        most: float = _FULL,
    ) -> float | None:
        if not cell.raw:
            return None
        number = parse(cell.value)
        if number is None or not 0 <= number <= most:
            self._find(kind, cell.place, *where, found=cell.raw, expected=format_number(most))
            return None
        if heading and 0 < number < 1:  # 0.85 typed for 85%
            values = {"found": cell.raw, "expected": format_number(round(number * 100, 8))}
            self._find(kinds.DOUBTFUL_FIGURE, cell.place, *where, heading=heading, **values)
            return None
        return number

    # ---- 指标核定 and 单位核定 -----------------------------------------------------------------------

    def _targets(self) -> list[TargetReview]:
        if not self.inspection.targets:
            return []
        expected = _by_key(self.inspection.targets)
        found = [self._target(*row) for row in self._rows(TARGETS, expected)]
        return [each for each in found if each is not None]

    def _target(self, target: InspectedTarget, cells: Cells) -> TargetReview | None:
        cell = cells["value"]
        if not cell.raw:
            if cells["remark"].raw:
                self._find(kinds.REMARK_ALONE, cell.place, target.unit, target.task)
            return None
        value = exact_measure(cell.value, target.measure)
        if value is None:
            where = (target.unit, target.task)
            self._find(kinds.BAD_VALUE, cell.place, *where, found=cell.raw, expected=target.measure)
            return None
        return TargetReview(target.number, target.unit, value, cells["remark"].raw)

    def _units(self) -> list[UnitReview]:
        expected: dict[Key, str] = {(even_width(unit),): unit for unit in self.inspection.units}
        found = [self._unit(*row) for row in self._rows(UNITS, expected)]
        return [each for each in found if each.bonus or each.veto]

    def _unit(self, unit: str, cells: Cells) -> UnitReview:
        bonus = self._number(cells["bonus"], kinds.BAD_BONUS, (unit, ""), exact_points) or 0.0
        if bonus and not cells["bonus_reason"].raw:
            self._find(kinds.BONUS_UNFOUNDED, cells["bonus_reason"].place, unit, found=format_number(bonus))
        word = even_width(cells["veto"].raw)
        if word not in ("", YES, NO):
            self._find(kinds.UNKNOWN_VETO, cells["veto"].place, unit, found=word)
        if word == YES and not cells["veto_reason"].raw:
            self._find(kinds.VETO_UNFOUNDED, cells["veto_reason"].place, unit)
        for key, reason, heading, what in (
            ("bonus", "bonus_reason", "加分依据", "加分"),
            ("veto", "veto_reason", "否决事由", "一票否决"),
        ):
            if cells[reason].raw and not cells[key].raw:
                values = {"heading": heading, "found": cells[reason].raw[:40], "expected": what}
                self._find(kinds.REASON_ALONE, cells[key].place, unit, **values)
        reasons = cells["bonus_reason"].raw, cells["veto_reason"].raw
        return UnitReview(unit, bonus, reasons[0], word == YES, reasons[1])


def _by_key(records: Sequence[InspectedTask] | Sequence[InspectedTarget]) -> dict[Key, Any]:
    return {(task_number(each.number), even_width(each.unit)): each for each in records}
