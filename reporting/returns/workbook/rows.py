"""The rows of the two tables as XML: the plan's cells, what was sent, and the columns of ours beside them."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from reporting.files.xlsx.book import Content
from reporting.files.xlsx.heights import row_height
from reporting.files.xlsx.xml import (
    columns_xml,
    formula_cell,
    number_or_text,
    sheet_row,
    text_cell,
    value_cell,
)
from reporting.language.values import as_text, format_number
from reporting.model import Assignment, Cell, Row, Target, Value, column_letters
from reporting.office.form import ANSWER, CHECK_HEADING, Form, FormField
from reporting.plan.share_out import Recipient
from reporting.plan.words import target_texts, task_texts
from reporting.returns.rules import Past
from reporting.returns.workbook.layout import (
    FIRST_META_TASK,
    HEADING_ROW_TARGETS,
    TARGETS,
    TASKS,
    Variant,
    extra_columns,
    header_cells,
    heading_row,
)
from reporting.returns.workbook.live import LAST_META, ROW, summary_formula, targets_summary_formula
from reporting.returns.workbook.marks import Marks, mark_of

_TARGETS_NOTE = "目标值和计量单位来自方案。请填写完成值，只填数字；未达到目标值的，请在“说明”栏写明原因。"


@dataclass(frozen=True, slots=True)
class Tables:
    """The two tables of one unit's workbook; ``row_formula`` is that of 填报检查."""

    form: Form
    year: int
    recipient: Recipient
    variant: Variant
    marks: Marks
    past: Mapping[str, Past]
    styles: Mapping[str, int]
    row_formula: str

    # ---- 任务填报 ------------------------------------------------------------------------------------

    def _style(self, name: str) -> int:
        return self.styles[name]

    def tasks(self) -> Content:
        """任务填报."""
        head, assignments = heading_row(self.form), self.recipient.assignments
        year = self.year
        summary = summary_formula(self.form, self.variant.targets)
        shown = "" if self.variant.correction else f"{CHECK_HEADING}：请填写黄色单元格。"
        extras = extra_columns(self.form, TASKS, self.variant)
        links: list[str] = []
        rows = [
            sheet_row(1, [text_cell("A1", self._style("tasks.title"), f"{year}年度任务完成情况填报表")], 30),
            sheet_row(2, [formula_cell("A2", self._style("tasks.summary"), summary, shown)], 20),
            *self._header_rows(),
            sheet_row(head, self._heading_cells(TASKS), 34),
        ]
        for number, assignment in enumerate(assignments, head + 1):
            rows.append(self._task_row(number, assignment, links))
        texts = [task_texts(each) for each in assignments]
        # the block above the table stands in some of its columns: hidden, nobody could fill it in
        block = {letter for _, *pair in header_cells(self.form).values() for letter in pair}
        columns = self._columns(self.form.task, [each.width for each in extras], texts, block)
        last = column_letters(len(self.form.task) + len(extras))
        editable = f"A{head + 1}:{last}{head + max(1, len(assignments))}"
        return Content(rows, links, columns=columns, editable=editable)

    def _columns(
        self,
        fields: Sequence[FormField],
        extras: Sequence[float],
        rows: Sequence[Mapping[str, str]],
        needed: Container[str] = (),
    ) -> str:
        """The widths of a table's columns; a column of the plan with nothing in it is hidden.

        Columns whose letters are ``needed`` are not.
        """
        hidden = {
            number
            for number, each in enumerate(fields, 1)
            if not each.filled
            and column_letters(number) not in needed
            and not any(texts.get(each.key) for texts in rows)
        }
        return columns_xml([*(each.width for each in fields), *extras], hidden)

    def _heading_cells(self, sheet: str) -> list[str]:
        part, fields = ("task", self.form.task) if sheet == TASKS else ("target", self.form.target)
        headings = [each.heading for each in fields]
        headings += [each.heading for each in extra_columns(self.form, sheet, self.variant)]
        row = heading_row(self.form) if sheet == TASKS else HEADING_ROW_TARGETS
        return [
            text_cell(f"{column_letters(column)}{row}", self._style(f"{part}.heading.{column}"), heading)
            for column, heading in enumerate(headings, 1)
        ]

    def _header_rows(self) -> Iterable[str]:
        by_row: dict[int, list[str]] = {}
        fixed = {"unit": self.recipient.unit, "year": str(self.year)}
        sent = self.marks.correction.sent.header if self.marks.correction else {}
        for key, (row, label, value) in header_cells(self.form).items():
            each, cell = self.form.header_fields[key], sent.get(key)
            cells = by_row.setdefault(row, [])
            cells.append(text_cell(f"{label}{row}", self._style(f"header.{key}.label"), each.heading))
            findings = self.marks.findings_at(cell)
            if cell is None:
                findings = self.marks.findings_of_heading(each.heading)
            style = self._style(f"header.{key}:{'error' if findings else 'plain'}")
            address = f"{value}{row}"
            if key in fixed:
                cells.append(number_or_text(address, style, fixed[key]))
            else:
                cells.append(
                    value_cell(address, style, *(_as_sent(cell) if findings else _tidied(cell, each)))
                )
            if value == "H":
                cells.append(text_cell(f"I{row}", style, ""))
            self.marks.place(cell, findings, TASKS, value, row)
        return [sheet_row(row, cells, 24) for row, cells in sorted(by_row.items())]

    def _task_row(self, row: int, assignment: Assignment, links: list[str]) -> str:
        number, texts = assignment.task.number, task_texts(assignment)
        sent = self.marks.sent_row(number)
        cells = self._plan_and_sent_cells(TASKS, "task", self.form.task, row, texts, sent)
        links += self.marks.back_link(number, TASKS, f"A{row}")
        past = self.past.get(number)
        sized = self._sized(self.form.task, texts, sent)
        for column, extra in enumerate(
            extra_columns(self.form, TASKS, self.variant), len(self.form.task) + 1
        ):
            address, style = f"{column_letters(column)}{row}", self._style(f"task.{extra.style}")
            if extra.style == "check":
                cells.append(formula_cell(address, style, *self._check(row, assignment)))
                continue
            text = {
                "opinion": lambda: self.marks.opinion(number, TASKS),
                "answer": lambda: sent.raw(ANSWER) if sent else "",
                "past": lambda: past.account if past else "",
            }[extra.style]()
            cells.append(text_cell(address, style, text))
            # a long account of last year is cut, so that it does not stretch this year's row
            sized += [(text, extra.width)] if extra.style != "past" else []
        return sheet_row(row, cells, row_height(sized, self.form.look.body_size, 60))

    def _check(self, row: int, assignment: Assignment) -> tuple[str, str]:
        """The formula of 填报检查 in a row, and what it shows before anybody calculates."""
        last = FIRST_META_TASK + len(self.recipient.assignments) - 1
        formula = self.row_formula.replace(LAST_META, str(last)).replace(ROW, str(row))
        if self.variant.correction:  # no value of ours: LibreOffice would show it instead of calculating
            return formula, ""
        missing = (each for each in self.form.task if each.filled and each.is_required(assignment.role))
        return formula, "".join(f"缺{each.heading}；" for each in missing)

    def _sized(
        self, fields: Sequence[FormField], texts: Mapping[str, str], sent: Row | None
    ) -> list[tuple[str, float]]:
        return [(texts.get(each.key) or (sent.raw(each.key) if sent else ""), each.width) for each in fields]

    def _plan_and_sent_cells(
        self,
        sheet: str,
        part: str,
        fields: Sequence[FormField],
        row: int,
        texts: Mapping[str, str],
        sent: Row | None,
    ) -> list[str]:
        cells = []
        for column, each in enumerate(fields, 1):
            letter = column_letters(column)
            cell = sent.cells.get(each.key) if sent else None
            findings = self.marks.findings_at(cell)
            style = self._style(f"{part}.{each.key}:{mark_of(findings)}")
            if each.key in texts:
                cells.append(number_or_text(f"{letter}{row}", style, texts[each.key]))
            else:
                # as it was typed: the raw text where there is no number or date, never our interpretation
                value = _as_sent(cell) if findings else _tidied(cell, each)
                cells.append(value_cell(f"{letter}{row}", style, *value))
            self.marks.place(cell, findings, sheet, letter, row)
        return cells

    # ---- 量化指标 ------------------------------------------------------------------------------------

    def targets(self) -> Content:
        """量化指标."""
        head, targets = HEADING_ROW_TARGETS, self.recipient.targets
        extras = extra_columns(self.form, TARGETS, self.variant)
        tasks = len(self.recipient.assignments)
        summary = targets_summary_formula(self.form, tasks, len(targets), _TARGETS_NOTE)
        shown = "" if self.variant.correction else _TARGETS_NOTE
        links: list[str] = []
        rows = [
            sheet_row(1, [text_cell("A1", self._style("targets.title"), "量化指标完成情况")], 30),
            sheet_row(2, [formula_cell("A2", self._style("targets.summary"), summary, shown)], 20),
            sheet_row(head, self._heading_cells(TARGETS), 34),
        ]
        rows += [self._target_row(row, target, links) for row, target in enumerate(targets, head + 1)]
        texts = [target_texts(each) for each in targets]
        columns = self._columns(self.form.target, [each.width for each in extras], texts)
        last = column_letters(len(self.form.target) + len(extras))
        editable = f"A{head + 1}:{last}{head + len(targets)}"
        return Content(rows, links, columns=columns, editable=editable)

    def _target_row(self, row: int, target: Target, links: list[str]) -> str:
        texts = target_texts(target)
        sent = self.marks.sent_target_row(target.number)
        cells = self._plan_and_sent_cells(TARGETS, "target", self.form.target, row, texts, sent)
        links += self.marks.back_link(target.number, TARGETS, f"A{row}")
        past = self.past.get(target.number)
        before = iter((past.goal, past.value) if past else ("", ""))
        sized = self._sized(self.form.target, texts, sent)
        extras = extra_columns(self.form, TARGETS, self.variant)
        for column, extra in enumerate(extras, len(self.form.target) + 1):
            address, style = f"{column_letters(column)}{row}", self._style(f"target.{extra.style}")
            is_ours = extra.style == "opinion"
            text = self.marks.opinion(target.number, TARGETS) if is_ours else next(before)
            cells.append(text_cell(address, style, text))
            sized.append((text, extra.width))
        return sheet_row(row, cells, row_height(sized, self.form.look.body_size, 34))


def _as_sent(cell: Cell | None) -> tuple[Value, str]:
    """A cell's value for the correction: numbers and dates as such only where the text says the same."""
    if cell is None:
        return None, ""
    if isinstance(cell.value, int | float | date) and as_text(cell.value) == cell.raw:
        return cell.value, cell.raw
    return None, cell.raw


def _tidied(cell: Cell | None, each: FormField) -> tuple[Value, str]:
    """A status or percentage that was understood, in the words and figures that 填报检查 knows.

    Left as typed (办结, ８０％) it would stand marked as wrong in a row that has nothing to put right.
    """
    if cell is not None and each.type == "status" and isinstance(cell.value, str):
        return None, cell.value
    if cell is not None and each.type == "percent" and isinstance(cell.value, int | float):
        return cell.value, format_number(float(cell.value))
    return _as_sent(cell)
