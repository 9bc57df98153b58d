"""The rows of the two tables as XML: the plan's cells, what was sent, and the columns of ours beside them."""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from reporting.files.xlsx.book import Content
from reporting.files.xlsx.heights import row_height
from reporting.files.xlsx.xml import columns_xml, formula_cell, number_or_text, sheet_row, text_cell, value_cell
from reporting.language.values import as_text, format_number
from reporting.model import Assignment, Cell, Role, Row, Target, Value, column_letters
from reporting.office.form import ANSWER, CHECK_HEADING, Form, FormField
from reporting.plan.share_out import Recipient
from reporting.plan.words import target_texts, task_texts
from reporting.returns.rules import Past
from reporting.returns.workbook.layout import (
    FIRST_META_TASK,
    TARGETS,
    TASKS,
    FormTable,
    Variant,
    extra_columns,
    header_cells,
    target_table,
    task_table,
)
from reporting.returns.workbook.live import (
    READY,
    check_formula,
    live_codes,
    said_of,
    summary_formula,
    summary_words,
    targets_summary_formula,
)
from reporting.returns.workbook.marks import Marks, mark_of

_TARGETS_NOTE = "目标值和计量单位来自方案。请填写完成值，只填数字；未达到目标值的，请在“说明”栏写明原因。"


_SHOWN_AS = {"target_is_readable": "figure_is_readable"}
"""Rules that 填报检查 has in another: it asks for a plain number in every column of figures."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One row of a table: the plan's texts, what was sent, the texts of columns of ours by their style."""

    number: str
    texts: Mapping[str, str]
    sent: Row | None
    own: Mapping[str, Iterator[str]]
    check: tuple[str, str] = ("", "")
    """The formula of 填报检查, and what it shows before anybody calculates."""


@dataclass(frozen=True, slots=True)
class Tables:
    """The two tables of one unit's workbook."""

    form: Form
    year: int
    recipient: Recipient
    variant: Variant
    marks: Marks
    past: Mapping[str, Past]
    styles: Mapping[str, int]

    def tasks(self) -> Content:
        """任务填报."""
        summary = summary_formula(self.form, self.variant.targets)
        table = task_table(self.form)
        rows = enumerate(self.recipient.assignments, table.first)
        lines = [self._task_line(row, assignment) for row, assignment in rows]
        shown = self._summary(lines) if self.variant.correction else f"{CHECK_HEADING}：请填写黄色单元格。"
        above = self._top("tasks", f"{self.year}年度任务完成情况填报表", summary, shown)
        above += self._header_rows()
        # the block above the table stands in some of its columns: hidden, nobody could fill it in
        block = {letter for each in header_cells(self.form).values() for letter in (each.label, each.value)}
        return self._table(table, above, lines, block)

    def targets(self) -> Content:
        """量化指标."""
        tasks, targets = len(self.recipient.assignments), self.recipient.targets
        summary = targets_summary_formula(self.form, tasks, len(targets), _TARGETS_NOTE)
        wrong = [(target.number, said) for target in targets if (said := self._target_said(target)) != READY]
        shown = f"还有 {len(wrong)} 个指标没有填好。{wrong[0][0]}：{wrong[0][1]}" if wrong else _TARGETS_NOTE
        shown = shown if self.variant.correction else _TARGETS_NOTE
        above = self._top("targets", "量化指标完成情况", summary, shown)
        lines = [self._target_line(target) for target in targets]
        return self._table(target_table(self.form), above, lines, ())

    def _summary(self, lines: Sequence[_Line]) -> str:
        """What stands above the table of a correction, as the formula comes to it."""
        sent = self.marks.correction.sent if self.marks.correction else None
        header = Row("", sent.header, sent.task_sheet) if sent else None
        needed = [each.key for each in self.form.header if each.filled and each.is_required(Role.LEAD)]
        wrong = {key for _, key in self._wrong(header)} | {key for key in needed if header and not header.raw(key)}
        counts = {
            "open_tasks": sum(line.check[1] != READY for line in lines),
            "open_header": len(wrong),
            "open_targets": sum(self._target_said(target) != READY for target in self.recipient.targets),
        }
        return summary_words(counts)

    def _wrong(self, row: Row | None) -> set[tuple[str, str]]:
        """The rules that do not hold in a row that came in, each with the key of the cell."""
        cells = row.cells if row else {}
        found = {
            (_SHOWN_AS.get(each.kind.code, each.kind.code), key)
            for key, cell in cells.items()
            for each in self.marks.findings_at(cell)
        }
        return found & live_codes(self.form)

    def _task_said(self, assignment: Assignment, sent: Row | None) -> str:
        """What 填报检查 says of a task before anything calculates."""
        needed = [each for each in self.form.task if each.filled and each.is_required(assignment.role)]
        if sent is None or not any(sent.raw(each.key) for each in self.form.task if each.filled):
            return "".join(f"缺{each.heading}；" for each in needed)
        lost = {("required_is_filled", each.key) for each in needed if each.key not in sent.cells}
        return said_of(self.form, "task", self._wrong(sent) | lost)

    def _target_said(self, target: Target) -> str:
        sent = self.marks.sent_row(TARGETS, target.number)
        lost = set() if sent is not None and "value" in sent.cells else {("required_is_filled", "value")}
        return said_of(self.form, "target", self._wrong(sent) | lost)

    def _top(self, name: str, title: str, summary: str, shown: str) -> list[str]:
        return [
            sheet_row(1, [text_cell("A1", self.styles[f"{name}.title"], title)], 30),
            sheet_row(2, [formula_cell("A2", self.styles[f"{name}.summary"], summary, shown)], 20),
        ]

    def _table(self, table: FormTable, above: Sequence[str], lines: Sequence[_Line], needed: Container[str]) -> Content:
        """A sheet; a column of the plan with nothing in it is hidden, unless its letter is ``needed``."""
        extras = extra_columns(self.form, table.sheet, self.variant)
        links: list[str] = []
        rows = [*above, sheet_row(table.head, self._headings(table), 34)]
        for row, line in enumerate(lines, table.first):
            rows.append(self._row(table, row, line))
            links += self.marks.back_link(line.number, table.sheet, f"A{row}")
        hidden = {
            number
            for number, each in enumerate(table.fields, 1)
            if not each.filled
            and column_letters(number) not in needed
            and not any(line.texts.get(each.key) for line in lines)
        }
        columns = columns_xml([*(each.width for each in table.fields), *(each.width for each in extras)], hidden)
        last = column_letters(len(table.fields) + len(extras))
        return Content(rows, links, columns=columns, editable=f"A{table.first}:{last}{table.head + max(1, len(lines))}")

    def _headings(self, table: FormTable) -> list[str]:
        headings = [each.heading for each in table.fields]
        headings += [each.heading for each in extra_columns(self.form, table.sheet, self.variant)]
        cells = []
        for column, heading in enumerate(headings, 1):
            style = self.styles[f"{table.part}.heading.{column}"]
            cells.append(text_cell(f"{column_letters(column)}{table.head}", style, heading))
        return cells

    def _header_rows(self) -> list[str]:
        by_row: dict[int, list[str]] = {}
        fixed = {"unit": self.recipient.unit, "year": str(self.year)}
        sent = self.marks.correction.sent.header if self.marks.correction else {}
        for key, slot in header_cells(self.form).items():
            each, cell, row = self.form.header_fields[key], sent.get(key), slot.row
            cells = by_row.setdefault(row, [])
            cells.append(text_cell(f"{slot.label}{row}", self.styles[f"header.{key}.label"], each.heading))
            findings = self.marks.findings_at(cell)
            if cell is None:
                findings = self.marks.findings_of_heading(each.heading)
            style = self.styles[f"header.{key}:{'error' if findings else 'plain'}"]
            if key in fixed:
                cells.append(number_or_text(slot.ref, style, fixed[key]))
            else:
                cells.append(value_cell(slot.ref, style, *(_as_sent(cell) if findings else tidied(cell, each))))
            if slot.value == "H":
                cells.append(text_cell(f"I{row}", style, ""))
            self.marks.place(cell, findings, TASKS, slot.value, row)
        return [sheet_row(row, cells, 24) for row, cells in sorted(by_row.items())]

    def _task_line(self, row: int, assignment: Assignment) -> _Line:
        number = assignment.task.number
        sent, past = self.marks.sent_row(TASKS, number), self.past.get(number)
        own = {"answer": iter([sent.raw(ANSWER) if sent else ""]), "past": iter([past.account if past else ""])}
        formula = check_formula(FIRST_META_TASK + row - task_table(self.form).first)
        check = formula, self._task_said(assignment, sent)
        return _Line(number, task_texts(assignment), sent, own, check)

    def _target_line(self, target: Target) -> _Line:
        past = self.past.get(target.number)
        own = {"past": iter((past.goal, past.value) if past else ("", ""))}
        return _Line(target.number, target_texts(target), self.marks.sent_row(TARGETS, target.number), own)

    def _row(self, table: FormTable, row: int, line: _Line) -> str:
        part, sheet, fields = table.part, table.sheet, table.fields
        cells, sized = [], []
        for column, each in enumerate(fields, 1):
            letter = column_letters(column)
            cell = line.sent.cells.get(each.key) if line.sent else None
            findings = self.marks.findings_at(cell)
            style = self.styles[f"{part}.{each.key}:{mark_of(findings)}"]
            if each.key in line.texts:
                cells.append(number_or_text(f"{letter}{row}", style, line.texts[each.key]))
            else:
                # as it was typed: the raw text where there is no number or date, never our interpretation
                value = _as_sent(cell) if findings else tidied(cell, each)
                cells.append(value_cell(f"{letter}{row}", style, *value))
            sized.append((line.texts.get(each.key) or (cell.raw if cell else ""), each.width))
            self.marks.place(cell, findings, sheet, letter, row)
        for column, extra in enumerate(extra_columns(self.form, sheet, self.variant), len(fields) + 1):
            address, style = f"{column_letters(column)}{row}", self.styles[f"{part}.{extra.style}"]
            if extra.style == "check":
                cells.append(formula_cell(address, style, *line.check))
                continue
            # what is thought of a row can be said once its cells have their places
            is_ours = extra.style == "opinion"
            text = self.marks.opinion(line.number, sheet) if is_ours else next(line.own[extra.style])
            cells.append(text_cell(address, style, text))
            # a long account of last year is cut, so that it does not stretch this year's row
            if is_ours or extra.style == "past":
                self.marks.own.setdefault(sheet, []).append(text)
            sized += [(text, extra.width)] if extra.style != "past" or sheet == TARGETS else []
        return sheet_row(row, cells, row_height(sized, self.form.look.body_size, 60.0 if sheet == TASKS else 34.0))


def _as_sent(cell: Cell | None) -> tuple[Value, str]:
    """A cell's value for the correction: numbers and dates as such only where the text says the same."""
    if cell is None:
        return None, ""
    if isinstance(cell.value, int | float | date) and as_text(cell.value) == cell.raw:
        return cell.value, cell.raw
    return None, cell.raw


_PLAIN = re.compile(r"(?:0|[1-9]\d{0,8})(?:\.\d{0,6}[1-9])?")
"""A figure as a sheet stores it; 0012 and 85% are texts."""


def tidied(cell: Cell | None, each: FormField) -> tuple[Value, str]:
    """A status or percentage that was understood, in the words and figures that 填报检查 knows.

    Left as typed (办结, ８０％) it would stand marked as wrong in a row that has nothing to put right. What is asked
    about is left: the guess in its place would be an answer that nobody gave.
    """
    if cell is not None and each.is_figure and _PLAIN.fullmatch(cell.raw):
        return float(cell.raw), cell.raw
    if cell is not None and cell.weight == "confirm":
        return _as_sent(cell)
    if cell is not None and each.type == "status" and isinstance(cell.value, str):
        return None, cell.value
    if cell is not None and each.type == "percent" and isinstance(cell.value, int | float):
        return cell.value, format_number(float(cell.value))
    return _as_sent(cell)
