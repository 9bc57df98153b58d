"""Writing plan.xlsx: the task list as a workbook that a coordinator likes to correct by hand.

Everything the plan holds is in it, and whatever the importer was unsure of is marked in its cell with a light
fill and a comment. Text is written as text, whatever it begins with.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties

from reporting.files.atomic import write_atomic
from reporting.files.package import repack, split_package
from reporting.files.planbook_sheets import (
    ABOUT,
    ADOPTED,
    COLUMNS,
    DAY_FORMAT,
    DOCUMENT_NUMBER,
    ISSUER,
    KIND_WORDS,
    TARGETS,
    TASKS,
    TITLE,
    UNITS,
    WAITING,
    YEAR,
    Column,
    Remarks,
    goal_label,
    join_aliases,
    join_names,
    join_path,
    join_proposed_members,
)
from reporting.findings import SEVERITY_NAMES, DubanError, Finding, Severity
from reporting.form import Look
from reporting.model import Measure, Place, Plan, Target, Task, Unit, UnitKind, column_letters
from reporting.plan_texts import COMPARATOR_WORDS, DEADLINE_WORDS

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

SPARE_ROWS = 300
"""How far drop-downs and live marks reach below the last row, for rows that the coordinator adds."""
LONGEST_TEXT = 32767
"""What one cell of a workbook holds."""

_NOTE_FILL = "DDEBF7"
_TAB_COLOURS = {TASKS: "1F4E79", TARGETS: "2E75B6", UNITS: "70AD47", ABOUT: "7F7F7F"}

HOW_TO = (
    ("改任务", "一行是一项任务。直接在格子里改；要加任务，接着最后一行往下写；不要的任务，整行删除。"),
    ("任务编号", "每项任务一个编号，不能重复。下发以后各单位按编号填报，编号不要再变。"),
    ("类别", "写任务所属的标题；有几级标题的，从大到小写，中间用“ / ”（斜杠前后各一个空格）隔开。"),
    (
        "牵头、配合单位",
        "可以写几个单位，一行写一个（同一格内换行按 Alt+Enter），也可以用顿号隔开。"
        "名称本身带顿号的（例如“各区、县级市政府”），先写进工作表“单位”，或者加上引号“ ”。"
        "没有牵头单位的任务，格子显示为浅红色，补上以后才能下发。",
    ),
    (
        "完成时限",
        "“完成时限”照方案的原话写；“时限类型”从下拉列表中选；“截止日期”写最后一天，例如 2026-06-30。"
        "长期工作选“持续”，不写截止日期。",
    ),
    (
        "量化指标",
        "“任务编号”与工作表“任务”一致；属于总体目标的，写“总体目标 1”。"
        "“目标值”只写数字，单位写在“计量单位”：增长16%以上，写 增长不低于、16、%。",
    ),
    (
        "单位",
        "“单位”收到一份填报表；“成组单位”列出成员的，由各成员分别填报，没有列出成员的，整体下发一份；"
        "“泛指”（例如“各有关单位”）不下发。成员、别名一行写一个；别名只在某些年份用过的，写成“市知识产权局(2004-2018)”。",
    ),
    (
        "建议、采纳",
        "机构改革以后改了名、并入别的单位的，“建议”一栏写着它现在可能是哪个单位。属实的，“采纳”选“是”，"
        "原来的名称即作为别名，两个名称合发一份填报表。文件附有组成人员名单的，“建议”一栏写着“成员：”和名单中的单位，"
        "可以先增删；“采纳”选“是”，即列为成员。不采纳的，选“否”。程序不会自行合并。",
    ),
    ("可以放心做", "排序、筛选、调整列的顺序和宽度、增加自己的列、在“备注”里做记号，都不影响使用。"),
    ("请不要做", "不要改工作表的名称和第一行表头的文字，不要删除整列，不要把几项任务的格子合并。"),
    (
        "颜色和批注",
        "带底色和批注的格子，是导入时拿不准的地方，请对照方案核对。批注可以删除，底色不影响使用。",
    ),
    ("改完以后", "保存为 xlsx 格式并关闭文件，再运行“duban plan check”检查一遍。"),
)


def write_planbook(
    path: Path, plan: Plan, findings: Sequence[Finding] = (), remarks: Remarks | None = None
) -> None:
    """Write plan.xlsx with everything the plan holds and ``remarks``, and mark what ``findings`` speak of.

    A finding marks the column named by ``values["field"]``, or else the number of its task. Characters that
    no workbook can hold (control characters) are left out. The file is whole or not written at all.
    """
    write_atomic(path, make_planbook(plan, findings, remarks))


def make_planbook(plan: Plan, findings: Sequence[Finding] = (), remarks: Remarks | None = None) -> bytes:
    """The bytes of plan.xlsx; the same plan gives the same bytes."""
    return _Writer(plan, Look(), remarks or {}).build(findings)


# ---- the workbook -----------------------------------------------------------------------------


@dataclass(slots=True)
class _Rows:
    """Where things stand in the workbook that is being written."""

    places: dict[int, Place] = field(default_factory=dict)
    names: dict[str, list[int]] = field(default_factory=dict)

    def note(self, row: int, place: Place, *names: str) -> None:
        """Remember a row with the names it goes by."""
        self.places[row] = place
        for name in names:
            self.names.setdefault(name, []).append(row)

    def find(self, name: str, place: Place) -> int | None:
        """The row of a thing by its name; its place in the document decides between several, or for none."""
        rows = self.names.get(name, []) if name else list(self.places)
        if len(rows) == 1 and name:
            return rows[0]
        here = [row for row in rows if place.row and self.places[row] == place]
        first = rows[:1] if name else []
        return next(iter(here or first), None)


class _Writer:
    """One workbook in the making."""

    def __init__(self, plan: Plan, look: Look, remarks: Remarks) -> None:
        self.plan = plan
        self.look = look
        self.remarks = remarks
        self.book = Workbook()
        self.rows = {name: _Rows() for name in (TASKS, TARGETS, UNITS, ABOUT)}
        self.paint = _Paint(look)
        _set_default_font(self.book, look)
        self.counted = all(_is_count(row.number) for row in _in_document_order(plan))
        self.columns = _count_tasks(COLUMNS) if self.counted else COLUMNS
        self.unit_names = {unit.name for unit in plan.units}
        self.known = self.unit_names | {alias.name for unit in plan.units for alias in unit.aliases}

    def build(self, findings: Sequence[Finding]) -> bytes:
        """Fill all sheets and give the file's bytes."""
        sheets = {name: self._new_sheet(name) for name in (TASKS, TARGETS, UNITS, ABOUT)}
        self._fill_tasks(sheets[TASKS])
        self._fill_targets(sheets[TARGETS])
        self._fill_units(sheets[UNITS], self._proposals_among(findings))
        unplaced = _Marks(sheets, self.rows, self.paint).mark(findings)
        self._fill_about(sheets[ABOUT], findings, unplaced)
        self.book.active = 0
        self.book.properties.title = clean_text(self.plan.title)
        self.book.properties.creator = "duban"
        buffer = BytesIO()
        self.book.save(buffer)
        return _finish(buffer.getvalue())

    def _new_sheet(self, name: str) -> Worksheet:
        sheet = self.book.active if name == TASKS else self.book.create_sheet()
        assert sheet is not None
        sheet.title = name
        sheet.sheet_properties.tabColor = _TAB_COLOURS[name]
        return sheet

    def _fill_tasks(self, sheet: Worksheet) -> None:
        for row, task in enumerate(_in_document_order(self.plan), 2):
            self.rows[TASKS].note(row, task.place, task.number)
            values = self._task_values(task) if isinstance(task, Task) else _measure_values(task)
            values["number"] = self._number(task.number)
            values |= self._remark(TASKS, task.number)
            self._write_row(sheet, TASKS, row, values)
        last = self._finish(sheet, TASKS)
        _choose(sheet, TASKS, "deadline_kind", DEADLINE_WORDS.values(), last)
        for key in ("lead", "support"):
            _choose_from(sheet, TASKS, key, (UNITS, "name", len(self.plan.units)), last)
        self._mark_live(sheet, last)

    def _task_values(self, task: Task) -> dict[str, object]:
        deadline = task.deadline
        return {
            "category": join_path(task.path),
            "content": task.content,
            "lead": join_names(task.lead, self.known),
            "support": join_names(task.support, self.known),
            "deadline": deadline.text if deadline else None,
            "deadline_kind": DEADLINE_WORDS[deadline.kind] if deadline else None,
            "deadline_date": deadline.date if deadline else None,
        }

    def _remark(self, sheet: str, name: str) -> dict[str, object]:
        text = self.remarks.get(sheet, {}).get(name)
        return {"remark": text} if text else {}

    def _number(self, text: str) -> str | int:
        """A number of a task as a cell keeps it: where all are plain counts, Excel sorts them as such."""
        return int(text) if self.counted and _is_count(text) else text

    def _mark_live(self, sheet: Worksheet, last: int) -> None:
        """Show at once, while the coordinator types, a task without a lead and a number used twice."""
        number, content, lead = (_letter(TASKS, key) for key in ("number", "content", "lead"))
        red = PatternFill(bgColor=f"FF{self.look.error_fill}", fill_type="solid")
        no_lead = f"AND(LEN(${number}2&${content}2)>0,LEN(TRIM(${lead}2))=0)"
        # COUNTIF would take the texts 1.1 and 1.10 for one number.
        same = f'SUMPRODUCT(--(${number}$2:${number}${last}&""=${number}2&""))'
        twice = f'AND(${number}2<>"",{same}>1)'
        for letter, formula in ((lead, no_lead), (number, twice)):
            rule = FormulaRule([formula], fill=red)  # type: ignore[no-untyped-call]
            sheet.conditional_formatting.add(f"{letter}2:{letter}{last}", rule)

    def _fill_targets(self, sheet: Worksheet) -> None:
        owned = [(task.number, task.number, target) for task in self.plan.tasks for target in task.targets]
        owned += [
            (goal_label(goal.number), "", target) for goal in self.plan.goals for target in goal.targets
        ]
        for row, (owner, task, target) in enumerate(owned, 2):
            self.rows[TARGETS].note(
                row, target.place, target.number, *([f"{_OF_TASK}{task}"] if task else [])
            )
            values = _target_values(target) | {"task": self._number(owner)}
            self._write_row(sheet, TARGETS, row, values)
        last = self._finish(sheet, TARGETS)
        _choose(sheet, TARGETS, "op", COMPARATOR_WORDS.values(), last)
        _choose_from(sheet, TARGETS, "task", (TASKS, "number", len(self.rows[TASKS].places)), last)

    def _fill_units(self, sheet: Worksheet, proposals: dict[str, str]) -> None:
        for row, unit in enumerate(self.plan.units, 2):
            self.rows[UNITS].note(row, unit.place, unit.name)
            values = self._unit_values(unit) | self._remark(UNITS, unit.name)
            self._write_row(sheet, UNITS, row, values | {"proposal": proposals.get(unit.name)})
        last = self._finish(sheet, UNITS)
        _choose(sheet, UNITS, "kind", KIND_WORDS, last)
        _choose(sheet, UNITS, "adopt", (ADOPTED,), last)
        self._mark_groups(sheet, last)

    def _proposals_among(self, findings: Sequence[Finding]) -> dict[str, str]:
        """What is proposed for units, by name: which unit each may be, or who its members may be."""
        proposals = [each for each in findings if each.values.get("field") == "proposal"]
        return {
            each.unit: join_proposed_members(each.values["members"].split("\n"), self.unit_names)
            if "members" in each.values
            else each.values["expected"]
            for each in proposals
        }

    def _mark_groups(self, sheet: Worksheet, last: int) -> None:
        """Show a group whose members are still to be filled in; the colour goes as soon as one is."""
        kind, members = _letter(UNITS, "kind"), _letter(UNITS, "members")
        empty = f'AND(${kind}2="{UnitKind.GROUP}",LEN(TRIM(${members}2))=0)'
        yellow = PatternFill(bgColor=f"FF{self.look.confirm_fill}", fill_type="solid")
        rule = FormulaRule([empty], fill=yellow)  # type: ignore[no-untyped-call]
        sheet.conditional_formatting.add(f"{members}2:{members}{last}", rule)

    def _unit_values(self, unit: Unit) -> dict[str, object]:
        return {
            "name": unit.name,
            "kind": str(unit.kind),
            "members": join_names(unit.members, self.unit_names),
            "aliases": join_aliases(unit.aliases, self.unit_names),
            "contact": unit.contact.name,
            "phone": unit.contact.phone,
            "email": unit.contact.email,
        }

    def _write_row(self, sheet: Worksheet, name: str, row: int, values: dict[str, object]) -> None:
        lines = 1
        for index, column in enumerate(self.columns[name], 1):
            cell = _cell(sheet, row, index)
            self.paint.body(cell, column)
            value = values.get(column.key)
            _put(cell, value, f"工作表“{name}”第{row}行的“{column.heading}”")
            lines = max(lines, _count_lines(value, column.width))
        sheet.row_dimensions[row].height = _height(lines, self.look.body_size)

    def _finish(self, sheet: Worksheet, name: str) -> int:
        """Head the table, prepare it for use and print, and say how far its drop-downs reach."""
        columns = self.columns[name]
        for index, column in enumerate(columns, 1):
            letter = column_letters(index)
            sheet.column_dimensions[letter].width = column.width
            if column.cell_format:  # for rows that are added below
                sheet.column_dimensions[letter].number_format = column.cell_format
            cell = _cell(sheet, 1, index)
            cell.value = column.heading
            self.paint.heading(cell)
        sheet.row_dimensions[1].height = 26
        sheet.freeze_panes = "B2"
        last = max(sheet.max_row, 1)
        sheet.auto_filter.ref = f"A1:{column_letters(len(columns))}{last}"
        sheet.print_title_rows = "1:1"
        _set_up_page(sheet, self.plan.title)
        return last + SPARE_ROWS

    # ---- 说明 ----

    def _fill_about(self, sheet: Worksheet, findings: Sequence[Finding], unplaced: Sequence[Finding]) -> None:
        sheet.column_dimensions["A"].width = 18
        sheet.column_dimensions["B"].width = 112
        row = self._write_pairs(sheet, 1, ("项目", "内容"), self._about_values())
        steps = [(word, text) for word, text in HOW_TO if findings or word != "颜色和批注"]
        row = self._write_pairs(sheet, row + 1, ("怎样修改本表", "做法"), steps)
        if unplaced:
            told = [(SEVERITY_NAMES[each.kind.severity], sentence_of(each)) for each in unplaced]
            self._write_pairs(sheet, row + 1, ("其他提示", "导入时发现、不属于某一格的问题"), told)
        sheet.freeze_panes = "A2"
        _set_up_page(sheet, self.plan.title)

    def _about_values(self) -> list[tuple[str, object]]:
        plan = self.plan
        known: list[tuple[str, object]] = [(TITLE, plan.title), (ISSUER, plan.issuer)]
        known += [(DOCUMENT_NUMBER, plan.document_number), (YEAR, plan.year)]
        return known + [(goal_label(goal.number), goal.content) for goal in plan.goals]

    def _write_pairs(
        self, sheet: Worksheet, row: int, heading: tuple[str, str], pairs: Sequence[tuple[str, object]]
    ) -> int:
        """Write a headed block of two columns from ``row`` on, and give the row below it."""
        for column, text in enumerate(heading, 1):
            cell = _cell(sheet, row, column)
            cell.value = text or None
            self.paint.heading(cell)
        sheet.row_dimensions[row].height = 24
        for key, value in pairs:
            row += 1
            label, body = _cell(sheet, row, 1), _cell(sheet, row, 2)
            self.paint.label(label)
            self.paint.body(body, Column("", "", 0, as_text=isinstance(value, str)))
            _put(label, key, f"工作表“{ABOUT}”第{row}行")
            _put(body, value, f"工作表“{ABOUT}”第{row}行")
            sheet.row_dimensions[row].height = _height(_count_lines(value, 112), self.look.body_size) + 4
        return row + 1


def _measure_values(measure: Measure) -> dict[str, object]:
    return {
        "category": join_path(measure.path),
        "content": measure.content,
        "remark": WAITING,
    }


def _target_values(target: Target) -> dict[str, object]:
    return {
        "number": target.number,
        "name": target.name,
        "op": COMPARATOR_WORDS[target.op],
        "value": target.value if math.isfinite(target.value) else None,
        "unit": target.unit,
        "words": target.words,
    }


def _in_document_order(plan: Plan) -> list[Task | Measure]:
    """Tasks with the measures that wait for a unit between them, where the document has them."""
    rows: list[Task | Measure] = list(plan.tasks)
    for measure in plan.unassigned:
        after = (at for at, row in enumerate(rows) if _stands_before(measure.place, row.place))
        rows.insert(next(after, len(rows)), measure)
    return rows


def _stands_before(one: Place, other: Place) -> bool:
    same = (one.file, one.part) == (other.file, other.part)
    return same and one.row > 0 and (one.row, one.column) < (other.row, other.column)


# ---- findings in their cells ------------------------------------------------------------------

_FIELDS = {"path": "category", "date": "deadline_date"}
"""Other words for columns that a finding may use."""
_OF_TASK = "任务 "
_WEIGHT = (Severity.NOTE, Severity.CONFIRM, Severity.ERROR)


class _Marks:
    """Puts findings into the cells they speak of."""

    def __init__(self, sheets: dict[str, Worksheet], rows: dict[str, _Rows], paint: _Paint) -> None:
        self.sheets, self.rows, self.paint = sheets, rows, paint

    def mark(self, findings: Sequence[Finding]) -> list[Finding]:
        """Fill and comment every cell that findings speak of; give back those that belong to no cell."""
        by_cell: dict[tuple[str, int, int], list[Finding]] = {}
        unplaced: list[Finding] = []
        for finding in findings:
            where = self._locate(finding)
            if where is None:
                unplaced.append(finding)
            else:
                by_cell.setdefault(where, []).append(finding)
        for (name, row, column), told in by_cell.items():
            self._mark_cell(_cell(self.sheets[name], row, column), told)
        return unplaced

    def _locate(self, finding: Finding) -> tuple[str, int, int] | None:
        field_name = finding.values.get("field", "")
        if field_name == "target":
            found = self._locate_target(finding)
            if found is not None:
                return found
        row = self.rows[TASKS].find(finding.task, finding.place)
        if row is not None:
            return TASKS, row, _column(TASKS, _FIELDS.get(field_name, field_name))
        row = self.rows[UNITS].find(finding.unit, finding.place) if finding.unit else None
        return None if row is None else (UNITS, row, _column(UNITS, field_name))

    def _locate_target(self, finding: Finding) -> tuple[str, int, int] | None:
        rows = self.rows[TARGETS]
        row = rows.find(finding.values.get("target", ""), finding.place)
        if row is None and finding.task:
            row = rows.find(f"{_OF_TASK}{finding.task}", finding.place)
        return None if row is None else (TARGETS, row, _column(TARGETS, "value"))

    def _mark_cell(self, cell: SheetCell, findings: Sequence[Finding]) -> None:
        worst = max((finding.kind.severity for finding in findings), key=_WEIGHT.index)
        self.paint.mark(cell, worst)
        told = dict.fromkeys(
            f"【{SEVERITY_NAMES[each.kind.severity]}】{sentence_of(each)}" for each in findings
        )
        comment = Comment("\n".join(told), "duban")
        comment.width = 320
        comment.height = 24 + 19 * sum(_count_lines(text, 42) for text in told)
        cell.comment = comment


def sentence_of(finding: Finding) -> str:
    """What is wrong and what to do, with where the document says it."""
    where = (
        f"（{finding.place.file} {finding.place.words}）" if finding.place.file and finding.place.row else ""
    )
    return clean_text(f"{finding.message}{finding.remedy}{where}")


# ---- cells ------------------------------------------------------------------------------------

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot hold, so no workbook can either."""
_BREAKS = re.compile("\r\n|[\r\x0b\x0c]")
"""Line breaks as Windows, old Macs, Word and page ends write them."""
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""Excel takes _x000D_ in a text for the character; an escaped underscore keeps it as typed."""


def clean_text(text: str) -> str:
    """Leave out what a workbook cannot hold; every kind of line break becomes a plain one."""
    return _ILLEGAL.sub("", _BREAKS.sub("\n", text))


def _put(cell: SheetCell, value: object, where: str) -> None:
    """Write a value: text stays text, whatever it begins with; plain numbers are numbers."""
    if isinstance(value, str):
        _put_text(cell, value, where)
    elif isinstance(value, date) and value.year < 1905:
        _put_text(cell, value.isoformat(), where)  # before Excel's own calendar begins
    elif isinstance(value, date):
        cell.value = value
        cell.number_format = DAY_FORMAT
    elif isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        cell.value = int(value)
    elif isinstance(value, int | float):
        cell.value = value


def _is_count(text: str) -> bool:
    """Whether the number of a task is a plain count such as 12; 1.2 and 007 are not."""
    return text.isascii() and text.isdecimal() and len(text) < 10 and str(int(text)) == text


def _count_tasks(columns: dict[str, tuple[Column, ...]]) -> dict[str, tuple[Column, ...]]:
    """The columns with task numbers as numbers, also in the rows that are added."""
    keys = {TASKS: "number", TARGETS: "task"}
    return {
        name: tuple(replace(one, as_text=False) if one.key == keys.get(name) else one for one in each)
        for name, each in columns.items()
    }


def _put_text(cell: SheetCell, value: str, where: str) -> None:
    text = _ESCAPED.sub("_x005F_", clean_text(value).strip())
    if len(text) > LONGEST_TEXT:
        raise DubanError(
            f"{where}有{len(text)}个字，超过一个单元格能容纳的{LONGEST_TEXT}个字。请把这一项拆成几项后再导入。"
        )
    if not text:
        return
    cell.value = text
    cell.data_type = "s"  # openpyxl would make a formula of "=…" and an error of "#N/A"
    if text[0] in "=+-@":
        cell.quotePrefix = True  # so that Excel does not either when the cell is edited


def _cell(sheet: Worksheet, row: int, column: int) -> SheetCell:
    cell = sheet.cell(row, column)
    assert isinstance(cell, SheetCell)  # nothing is merged here
    return cell


def _letter(name: str, key: str) -> str:
    return column_letters(_column(name, key))


def _column(name: str, key: str) -> int:
    """The column of a key on a sheet; the first column stands for anything unknown."""
    return next((at for at, column in enumerate(COLUMNS[name], 1) if column.key == key), 1)


def _choose(sheet: Worksheet, name: str, key: str, words: Iterable[str], last: int) -> None:
    """A drop-down of a few fixed words; it warns rather than blocks, so that pasting works."""
    choice = DataValidation("list", formula1=f'"{",".join(words)}"', allow_blank=True, showErrorMessage=True)
    choice.errorStyle = "warning"
    choice.errorTitle = "不在下拉列表中"
    choice.error = "请从下拉列表中选择一项。"
    choice.add(f"{_letter(name, key)}2:{_letter(name, key)}{last}")
    sheet.add_data_validation(choice)


def _choose_from(sheet: Worksheet, name: str, key: str, source: tuple[str, str, int], last: int) -> None:
    """A drop-down of what stands in a column of another sheet, with room for rows added there."""
    other, other_key, filled = source
    letter = _letter(other, other_key)
    choice = DataValidation(
        "list", formula1=f"'{other}'!${letter}$2:${letter}${filled + 31}", allow_blank=True
    )
    choice.showErrorMessage = False  # several units in one cell are none of the list
    choice.add(f"{_letter(name, key)}2:{_letter(name, key)}{last}")
    sheet.add_data_validation(choice)


# ---- looks ------------------------------------------------------------------------------------


class _Paint:
    """Fonts, fills and borders, made once and shared by all cells."""

    def __init__(self, look: Look) -> None:
        line = Side(style="thin", color=f"FF{look.border}")
        self._box = Border(left=line, right=line, top=line, bottom=line)
        self._body = Font(name=look.body_font, size=look.body_size)
        self._label = Font(name=look.heading_font, size=look.body_size)
        self._heading = Font(name=look.heading_font, size=look.heading_size, color=f"FF{look.heading_ink}")
        self._dark = _fill(look.heading_fill)
        self._pale = _fill(look.locked_fill)
        self._marks = {
            Severity.ERROR: _fill(look.error_fill),
            Severity.CONFIRM: _fill(look.confirm_fill),
            Severity.NOTE: _fill(_NOTE_FILL),
        }
        self._left = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
        self._middle = Alignment(horizontal="center", vertical="center", wrap_text=True)

    def body(self, cell: SheetCell, column: Column) -> None:
        """A cell the coordinator may change."""
        cell.font, cell.border = self._body, self._box
        cell.alignment = self._middle if column.centred else self._left
        if column.cell_format:
            cell.number_format = column.cell_format

    def label(self, cell: SheetCell) -> None:
        """The name of a line on 说明."""
        cell.font, cell.border, cell.alignment, cell.fill = self._label, self._box, self._left, self._pale

    def heading(self, cell: SheetCell) -> None:
        """The dark row on top of a table."""
        cell.font, cell.border, cell.alignment = self._heading, self._box, self._middle
        cell.fill = self._dark

    def mark(self, cell: SheetCell, severity: Severity) -> None:
        """A cell to look at."""
        cell.fill = self._marks[severity]


def _fill(colour: str) -> PatternFill:
    return PatternFill("solid", start_color=f"FF{colour}")


def _set_default_font(book: Workbook, look: Look) -> None:
    """Column widths count in digits of the default font; make it one that Chinese systems have."""
    normal = book._named_styles["Normal"]  # type: ignore[attr-defined]  # openpyxl has no public way
    normal.font = Font(name="宋体", size=look.body_size)


def _set_up_page(sheet: Worksheet, title: str) -> None:
    """A4 landscape, as wide as the page, the plan's title above and the page number below."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    margins.left = margins.right = 0.5
    margins.top, margins.bottom, margins.header, margins.footer = 0.6, 0.7, 0.3, 0.35
    sheet.print_options.horizontalCentered = True
    above = " ".join(clean_text(title).split())[:80].replace("&", "&&")  # & begins a code there
    for part, text in ((sheet.oddHeader, f"{above} &A".strip()), (sheet.oddFooter, "第 &P 页 共 &N 页")):
        assert part is not None
        part.center.text = text


def _count_lines(value: object, width: float) -> int:
    """How many lines a text takes in a column of this width, a Chinese character being two digits wide."""
    if not isinstance(value, str):
        return 1
    room = max(width - 3, 2)  # the indent and the cell's own margins
    return sum(max(1, math.ceil(_digits_wide(line) * 1.06 / room)) for line in value.split("\n"))


def _digits_wide(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text)


def _height(lines: int, size: float) -> float:
    """Points for so many lines; Excel allows 409."""
    return min(409.0, max(22.0, lines * size * 1.42 + 7))


_TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
"""When the file was made; left out, since the same plan is to give the same bytes."""


def _finish(data: bytes) -> bytes:
    """Put right what openpyxl cannot write: numbers kept as text are meant so, and rows may grow.

    The first is an element whose place is right behind the footer; without it numbers show green corners.
    """
    end = b"</headerFooter>"
    quiet = b'<ignoredErrors><ignoredError sqref="A1:Z9999" numberStoredAsText="1"/></ignoredErrors>'
    parts = split_package(data)
    for name, content in parts.items():
        if name.startswith("xl/worksheets/sheet"):
            # a first height that grows when the coordinator types more, not one that is fixed
            parts[name] = content.replace(end, end + quiet).replace(b' customHeight="1"', b"")
    parts["docProps/core.xml"] = _TIMES.sub(rb"\g<1>2000-01-01T00:00:00Z", parts["docProps/core.xml"])
    return repack(parts)
