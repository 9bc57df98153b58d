"""Writing plan.xlsx: the task list as a workbook that a coordinator likes to correct by hand.

Everything the plan holds is in it, and whatever the importer was unsure of is marked in its cell with a light
fill and a comment. Text is written as text, whatever it begins with.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import Workbook

from reporting.files.disk import write_atomic
from reporting.files.xlsx.heights import row_height
from reporting.files.xlsx.looks import highlight
from reporting.files.xlsx.page import Paper, set_up_page, set_up_table, set_widths
from reporting.model import Measure, Place, Plan, Target, Task, Unit, UnitKind, column_letters
from reporting.model.findings import SEVERITY_NAMES, Finding
from reporting.office.form import Look
from reporting.plan.book.sheets import (
    ABOUT,
    ADOPTED,
    COLUMNS,
    DECLINED,
    DOCUMENT_NUMBER,
    ISSUER,
    KIND_WORDS,
    PLAIN,
    TARGETS,
    TASKS,
    TITLE,
    UNITS,
    WAITING,
    YEAR,
    Column,
    Declined,
    KnownNames,
    Remarks,
    goal_label,
    join_aliases,
    join_path,
    write_names,
)
from reporting.plan.goals import goal_offers
from reporting.plan.words import COMPARATOR_WORDS, DEADLINE_WORDS

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

from reporting.plan.book.cells import count_tasks, is_count, letter_of, offer_column, offer_words
from reporting.plan.book.last_year import Listing, add_listing
from reporting.plan.book.looks import INDENT, Paint, finish_book
from reporting.plan.book.marks import OF_TASK, FindingMarks, WrittenRows, sentence_of
from reporting.plan.book.sheets import HOW_TO

SPARE_ROWS = 300
"""How far drop-downs and live marks reach below the last row, for rows that the coordinator adds."""
_TAB_COLOURS = {TASKS: "1F4E79", TARGETS: "2E75B6", UNITS: "70AD47", ABOUT: "7F7F7F"}


def write_planbook(path: Path, plan: Plan, findings: Sequence[Finding] = (), remarks: Remarks | None = None) -> None:
    """Write plan.xlsx with everything the plan holds and ``remarks``, and mark what ``findings`` speak of.

    A finding marks the column named by ``values["field"]``, or else the number of its task. Characters that
    no workbook can hold (control characters) are left out. The file is whole or not written at all.
    """
    write_atomic(path, make_planbook(plan, findings, remarks))


def make_planbook(
    plan: Plan,
    findings: Sequence[Finding] = (),
    remarks: Remarks | None = None,
    listings: Sequence[Listing] = (),
    declined: Declined | None = None,
) -> bytes:
    """The bytes of plan.xlsx, with ``listings`` behind its own sheets; the same plan gives the same bytes.

    ``declined`` proposals are written with the answer they had, so that the next import knows it.
    """
    return _Writer(plan, Look(), remarks or {}, declined or {}).build(findings, listings)


# ---- the workbook -----------------------------------------------------------------------------


class _Writer:
    """One workbook in the making."""

    def __init__(self, plan: Plan, look: Look, remarks: Remarks, declined: Declined) -> None:
        self.plan = plan
        self.look = look
        self.remarks = remarks
        self.declined = declined
        self.book = Workbook()
        self.rows = {name: WrittenRows() for name in (TASKS, TARGETS, UNITS, ABOUT)}
        self.paint = Paint(self.book, look)
        self.counted = all(is_count(row.number) for row in _in_document_order(plan))
        columns = count_tasks(COLUMNS) if self.counted else COLUMNS
        self.columns = {**columns, TASKS: _used(columns[TASKS], plan.tasks)}
        names = [unit.name for unit in plan.units]
        self.unit_names = KnownNames.of(names)
        self.known = KnownNames.of([*names, *(alias.name for unit in plan.units for alias in unit.aliases)])

    def build(self, findings: Sequence[Finding], listings: Sequence[Listing]) -> bytes:
        """Fill all sheets and give the file's bytes."""
        findings = [*findings, *goal_offers(self.plan)]
        sheets = {name: self._new_sheet(name) for name in (TASKS, TARGETS, UNITS, ABOUT)}
        self._fill_tasks(sheets[TASKS], self._proposals_for_tasks(findings))
        self._fill_targets(sheets[TARGETS])
        self._fill_units(sheets[UNITS], self._proposals_among(findings))
        unplaced = FindingMarks(sheets, self.rows, self.paint).mark(findings)
        self._fill_about(sheets[ABOUT], findings, unplaced)
        for listing in listings:
            add_listing(self.book, listing, self.paint, self.plan.title)
        self.book.active = 0
        return finish_book(self.book, self.plan.title)

    def _new_sheet(self, name: str) -> Worksheet:
        sheet = self.book.active if name == TASKS else self.book.create_sheet()
        assert sheet is not None
        sheet.title = name
        sheet.sheet_properties.tabColor = _TAB_COLOURS[name]
        return sheet

    def _fill_tasks(self, sheet: Worksheet, proposals: dict[str, str]) -> None:
        for row, task in enumerate(_in_document_order(self.plan), 2):
            self.rows[TASKS].note(row, task.place, task.number)
            values = self._task_values(task) if isinstance(task, Task) else _measure_values(task)
            values["number"] = self._number(task.number)
            values |= self._remark(TASKS, task.number) | self._proposal(TASKS, task.number, proposals)
            self._write_row(sheet, TASKS, row, values)
        last = self._finish(sheet, TASKS)
        offer_words(sheet, TASKS, "deadline_kind", DEADLINE_WORDS.values(), last)
        offer_words(sheet, TASKS, "adopt", (ADOPTED, DECLINED), last)
        for key in ("lead", "support"):
            offer_column(sheet, TASKS, key, (UNITS, "name", len(self.plan.units)), last)
        self._mark_live(sheet, last)

    def _task_values(self, task: Task) -> dict[str, object]:
        deadline = task.deadline
        return {
            "category": join_path(task.path),
            "content": task.content,
            "lead": write_names(task.lead, self.known),
            "support": write_names(task.support, self.known),
            "deadline": deadline.text if deadline else None,
            "deadline_kind": DEADLINE_WORDS[deadline.kind] if deadline else None,
            "deadline_date": deadline.date if deadline else None,
            **_plain_values(TASKS, task),
        }

    def _remark(self, sheet: str, name: str) -> dict[str, object]:
        text = self.remarks.get(sheet, {}).get(name)
        return {"remark": text} if text else {}

    def _number(self, text: str) -> str | int:
        """A number of a task as a cell keeps it: where all are plain counts, Excel sorts them as such."""
        return int(text) if self.counted and is_count(text) else text

    def _mark_live(self, sheet: Worksheet, last: int) -> None:
        """Show at once, while the coordinator types, a task without a lead and a number used twice."""
        number, content, lead = (letter_of(TASKS, key) for key in ("number", "content", "lead"))
        no_lead = f"AND(LEN(${number}2&${content}2)>0,LEN(TRIM(${lead}2))=0)"
        # COUNTIF would take the texts 1.1 and 1.10 for one number.
        same = f'SUMPRODUCT(--(${number}$2:${number}${last}&""=${number}2&""))'
        twice = f'AND(${number}2<>"",{same}>1)'
        for letter, formula in ((lead, no_lead), (number, twice)):
            highlight(sheet, f"{letter}2:{letter}{last}", formula, fill=self.look.error_fill)

    def _fill_targets(self, sheet: Worksheet) -> None:
        owned = [(task.number, task.number, target) for task in self.plan.tasks for target in task.targets]
        owned += [(goal_label(goal.number), "", target) for goal in self.plan.goals for target in goal.targets]
        for row, (owner, task, target) in enumerate(owned, 2):
            self.rows[TARGETS].note(row, target.place, target.number, *([f"{OF_TASK}{task}"] if task else []))
            values = _target_values(target) | {"task": self._number(owner)}
            self._write_row(sheet, TARGETS, row, values)
        last = self._finish(sheet, TARGETS)
        offer_words(sheet, TARGETS, "op", COMPARATOR_WORDS.values(), last)
        offer_column(sheet, TARGETS, "task", (TASKS, "number", len(self.rows[TASKS].places)), last)
        offer_column(sheet, TARGETS, "reporter", (UNITS, "name", len(self.plan.units)), last)

    def _fill_units(self, sheet: Worksheet, proposals: dict[str, str]) -> None:
        for row, unit in enumerate(self.plan.units, 2):
            self.rows[UNITS].note(row, unit.place, unit.name)
            values = self._unit_values(unit) | self._remark(UNITS, unit.name)
            self._write_row(sheet, UNITS, row, values | self._proposal(UNITS, unit.name, proposals))
        last = self._finish(sheet, UNITS)
        offer_words(sheet, UNITS, "kind", KIND_WORDS, last)
        offer_words(sheet, UNITS, "adopt", (ADOPTED, DECLINED), last)
        self._mark_groups(sheet, last)

    def _proposal(self, sheet: str, name: str, proposals: dict[str, str]) -> dict[str, object]:
        """What is proposed beside a task or unit, or was and is declined."""
        declined = self.declined.get(sheet, {}).get(name)
        if name in proposals:
            return {"proposal": proposals[name]}
        return {"proposal": declined, "adopt": DECLINED} if declined else {}

    def _proposals_for_tasks(self, findings: Sequence[Finding]) -> dict[str, str]:
        """What another reading of the document has for the units of tasks, by number."""
        return {each.task: each.values["proposal"] for each in findings if each.task and "proposal" in each.values}

    def _proposals_among(self, findings: Sequence[Finding]) -> dict[str, str]:
        """What is proposed for units, by name: which unit each may be, or who its members may be."""
        proposals = [each for each in findings if each.values.get("field") == "proposal"]
        return {
            each.unit: each.values["members"] if "members" in each.values else each.values["expected"]
            for each in proposals
        }

    def _mark_groups(self, sheet: Worksheet, last: int) -> None:
        """Show a group whose members are still to be filled in; the colour goes as soon as one is."""
        kind, members = letter_of(UNITS, "kind"), letter_of(UNITS, "members")
        empty = f'AND(${kind}2="{UnitKind.GROUP}",LEN(TRIM(${members}2))=0)'
        highlight(sheet, f"{members}2:{members}{last}", empty, fill=self.look.confirm_fill)

    def _unit_values(self, unit: Unit) -> dict[str, object]:
        return {
            "name": unit.name,
            "kind": str(unit.kind),
            "members": write_names(unit.members, self.unit_names),
            "aliases": join_aliases(unit.aliases, self.unit_names),
            "contact": unit.contact.name,
            "phone": unit.contact.phone,
            "email": unit.contact.email,
            **_plain_values(UNITS, unit),
        }

    def _write_row(self, sheet: Worksheet, name: str, row: int, values: dict[str, object]) -> None:
        self.paint.row(sheet, row, ((column, values.get(column.key)) for column in self.columns[name]))

    def _finish(self, sheet: Worksheet, name: str) -> int:
        """Head the table, prepare it for use and print, and say how far its drop-downs reach."""
        columns, last = self.columns[name], max(sheet.max_row, 1)
        set_widths(sheet, [column.width for column in columns])
        for index, column in enumerate(columns, 1):
            self.paint.added(sheet.column_dimensions[column_letters(index)], column)
            self.paint.heading(sheet.cell(1, index), column.heading)
        sheet.row_dimensions[1].height = 26
        set_up_table(sheet, 1, last, len(columns), 1)
        set_up_page(sheet, Paper(self.plan.title))
        # lines around the rows that the coordinator adds, as soon as something stands in them
        added, letter = last + 1, column_letters(len(columns))
        written = f"COUNTA($A{added}:${letter}{added})>0"
        highlight(sheet, f"A{added}:{letter}{last + SPARE_ROWS}", written, edge=self.look.border)
        return last + SPARE_ROWS

    # ---- 说明 ----

    def _fill_about(self, sheet: Worksheet, findings: Sequence[Finding], unplaced: Sequence[Finding]) -> None:
        set_widths(sheet, (18, 112))
        row = self._write_pairs(sheet, 1, ("项目", "内容"), self._about_values())
        steps = [(word, text) for word, text in HOW_TO if findings or word != "颜色和批注"]
        row = self._write_pairs(sheet, row + 1, ("怎样修改本表", "做法"), steps)
        if unplaced:
            told = [(SEVERITY_NAMES[each.kind.severity], sentence_of(each)) for each in unplaced]
            self._write_pairs(sheet, row + 1, ("其他提示", "导入时发现、不属于某一格的问题"), told)
        sheet.freeze_panes = "A2"
        set_up_page(sheet, Paper(self.plan.title))

    def _about_values(self) -> list[tuple[str, object]]:
        plan = self.plan
        known: list[tuple[str, object]] = [(TITLE, plan.title), (ISSUER, plan.issuer)]
        known += [(DOCUMENT_NUMBER, plan.document_number), (YEAR, plan.year)]
        return known + [(goal_label(goal.number), goal.content) for goal in plan.goals]

    def _write_pairs(
        self, sheet: Worksheet, row: int, heading: tuple[str, str], pairs: Sequence[tuple[str, object]]
    ) -> int:
        """Write a headed block of two columns from ``row`` on, and give the row below it."""
        for index, text in enumerate(heading, 1):
            self.paint.heading(sheet.cell(row, index), text)
        sheet.row_dimensions[row].height = 24
        for key, value in pairs:
            row += 1
            self.paint.label(sheet.cell(row, 1), key)
            column = Column("", "", 112, as_text=isinstance(value, str))
            self.paint.body(sheet.cell(row, 2), column, value, f"工作表“{ABOUT}”第{row}行")
            texts = [(value, column.width - INDENT)] if isinstance(value, str) else []
            sheet.row_dimensions[row].height = row_height(texts, self.look.body_size, 26)
        return row + 1


def _used(columns: Sequence[Column], tasks: Sequence[Task]) -> tuple[Column, ...]:
    """The columns without those spare ones in which no task has anything."""
    return tuple(each for each in columns if not each.spare or any(getattr(task, each.key) for task in tasks))


def _measure_values(measure: Measure) -> dict[str, object]:
    return {"category": join_path(measure.path), "content": measure.content, "remark": WAITING}


def _target_values(target: Target) -> dict[str, object]:
    return {
        "number": target.number,
        "name": target.name,
        "op": COMPARATOR_WORDS[target.op],
        "value": target.value if math.isfinite(target.value) else None,
        "unit": target.unit,
        **_plain_values(TARGETS, target),
    }


def _plain_values(sheet: str, record: object) -> dict[str, object]:
    return {each.key: getattr(record, each.key) for each in PLAIN[sheet]}


def _in_document_order(plan: Plan) -> list[Task | Measure]:
    """Tasks with the measures that wait for a unit between them, where the document has them."""
    before: dict[int, list[Measure]] = {}
    furthest = _furthest(plan.tasks)
    for measure in plan.unassigned:
        so_far = furthest.get(_part(measure.place), []) if measure.place.row else []
        at = bisect_right(so_far, _position(measure.place), key=lambda each: each[0])
        before.setdefault(so_far[at][1] if at < len(so_far) else len(plan.tasks), []).append(measure)
    rows: list[Task | Measure] = []
    for at in range(len(plan.tasks) + 1):
        rows.extend(sorted(before.get(at, ()), key=lambda each: (_part(each.place), _position(each.place))))
        rows.extend(plan.tasks[at : at + 1])
    return rows


def _furthest(tasks: Sequence[Task]) -> dict[tuple[str, str], list[tuple[tuple[int, int], int]]]:
    """By part of the document: how far down the tasks have come, and with which of them, where that grows."""
    furthest: dict[tuple[str, str], list[tuple[tuple[int, int], int]]] = {}
    for at, task in enumerate(tasks):
        so_far = furthest.setdefault(_part(task.place), [])
        if not so_far or so_far[-1][0] < _position(task.place):
            so_far.append((_position(task.place), at))
    return furthest


def _part(place: Place) -> tuple[str, str]:
    return place.file, place.part


def _position(place: Place) -> tuple[int, int]:
    return place.row, place.column
