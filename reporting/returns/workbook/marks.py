"""What a correction adds to a return workbook: the unit's own values found again, our marks, 问题清单.

A correction is our own workbook with their values: nobody's file is ever saved again. Of the comments in the
return the sender's own stay, and those of ours from the round before go.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import islice

from reporting.files.sheets.comments import Notes
from reporting.files.xlsx.book import Content
from reporting.files.xlsx.heights import row_height
from reporting.files.xlsx.xml import Note, formula_cell, link_xml, sheet_row, text_cell
from reporting.language.values import task_number
from reporting.language.wording import chinese_date
from reporting.model import Cell, Place, Return, Row, column_letters, column_number
from reporting.model.findings import SEVERITY_NAMES, Finding, Severity
from reporting.office.form import Form
from reporting.office.inbox import plain_name
from reporting.plan.share_out import Recipient
from reporting.returns.rules import plan_number
from reporting.returns.workbook.layout import (
    HEADING_ROW_PROBLEMS,
    PROBLEM_COLUMNS,
    PROBLEMS,
    TARGETS,
    TASKS,
    target_table,
    task_table,
)
from reporting.returns.workbook.own_words import COMMENTS, OUR_MARK, THEIR_MARK, sender_part

_MAX_COMMENTS = 500
_MAX_LENGTH = 2_000
_SETTLED, _OPEN = "已处理", "待处理"
"""What 修改情况 says of a problem, by formula: whether its cell was changed, or has an answer."""


def own_comments(notes: Notes) -> Notes:
    """The sender's own of the comments of a return."""
    cut = ((place, Note(note.author[:100], note.text[:_MAX_LENGTH])) for place, note in notes.items())
    owned = ((place, _own(note)) for place, note in cut)
    return dict(islice(((place, note) for place, note in owned if note.text), _MAX_COMMENTS))


def _own(note: Note) -> Note:
    """What the sender wrote of a comment."""
    author, text = sender_part(note.text)
    return Note(author if note.text.startswith(OUR_MARK) else note.author, text)


@dataclass(frozen=True, slots=True)
class Correction:
    """What a return sent back is made of: the return, its findings, the new date, the sender's comments."""

    sent: Return
    findings: tuple[Finding, ...]
    new_due: date
    comments: Notes = field(default_factory=dict)


@dataclass
class Marks:
    """A return laid over the rows of its unit's workbook; without a correction there is nothing to lay."""

    form: Form
    recipient: Recipient
    correction: Correction | None
    office: str
    notes: dict[str, dict[tuple[int, int], Note]] = field(default_factory=lambda: {TASKS: {}, TARGETS: {}})
    moved: dict[Place, tuple[str, str]] = field(default_factory=dict)
    """Where a cell of the return stands in the correction: sheet and address."""
    own: dict[str, list[str]] = field(default_factory=dict)
    """The texts of ours in this workbook alone, by sheet, and those of the comments."""

    # ---- what was sent -----------------------------------------------------------------------------

    def sent_row(self, sheet: str, number: str) -> Row | None:
        """The row of the return that answers a task on 任务填报, or a target on 量化指标."""
        return self._sent_rows.get((sheet, number))

    @cached_property
    def _sent_rows(self) -> dict[tuple[str, str], Row]:
        rows: dict[tuple[str, str], Row] = {}
        sent = self.correction.sent if self.correction else None
        for sheet, own in ((TASKS, sent.rows), (TARGETS, sent.target_rows)) if sent else ():
            for row in own:
                if row.assignment is not None or row.target is not None:
                    rows.setdefault((sheet, plan_number(row)), row)
        return rows

    @cached_property
    def _left_out(self) -> dict[tuple[str, int], str]:
        """What was typed in rows that have no place in our tables, by sheet and row: nothing may be lost."""
        if self.correction is None:
            return {}
        placed = {row.place for row in self._sent_rows.values()}
        sent = self.correction.sent
        tables = ((sent.rows, self.form.task_fields), (sent.target_rows, self.form.target_fields))
        return {
            (row.place.part, row.place.row): "；".join(
                f"{each.heading}：{row.raw(key)}" for key, each in fields.items() if row.raw(key)
            )
            for rows, fields in tables
            for row in rows
            if row.place not in placed
        }

    # ---- what is wrong with it ---------------------------------------------------------------------

    @property
    def _findings(self) -> tuple[Finding, ...]:
        return self.correction.findings if self.correction else ()

    @cached_property
    def listed(self) -> list[Finding]:
        """The findings that ask something of the department, in the order of 问题清单."""
        return [each for each in self._findings if each.kind.severity is not Severity.NOTE]

    @cached_property
    def _by_place(self) -> dict[Place, list[Finding]]:
        found: dict[Place, list[Finding]] = {}
        for finding in self._findings:
            found.setdefault(finding.place, []).append(finding)
        return found

    def findings_at(self, cell: Cell | None) -> list[Finding]:
        """The findings about a cell of the return."""
        return self._by_place.get(cell.place, []) if cell is not None else []

    def findings_of_heading(self, heading: str) -> list[Finding]:
        """Findings about a cell of the block that the return did not even have."""
        return [each for each in self._findings if each.values.get("heading") == heading and not each.task]

    def place(self, cell: Cell | None, findings: Sequence[Finding], sheet: str, letter: str, row: int) -> None:
        """Say where a cell of the return stands now, and put its findings and comment beside it."""
        if cell is not None:
            self.moved[cell.place] = (sheet, f"{letter}{row}")
        for finding in findings:
            self.moved[finding.place] = (sheet, f"{letter}{row}")
        asking = [each for each in findings if each.kind.severity is not Severity.NOTE]
        ours = "\n".join(f"{finding.message}{finding.remedy}" for finding in asking)
        theirs = self._comment_at(cell)
        if ours:
            text = f"{OUR_MARK}\n{ours}"
            if theirs is not None:
                text += f"\n{THEIR_MARK}{theirs.author}\n{theirs.text}"
            self.notes[sheet][row, column_number(letter)] = Note(self.office, text)
            self.own.setdefault(COMMENTS, []).append(text)
        elif theirs is not None:
            self.notes[sheet][row, column_number(letter)] = theirs

    def _comment_at(self, cell: Cell | None) -> Note | None:
        if cell is None or self.correction is None:
            return None
        return self.correction.comments.get((cell.place.part, cell.place.row, cell.place.column))

    def place_other_comments(self) -> None:
        """Keep comments of cells that have no place in our tables, at the title of the first of them."""
        if self.correction is None:
            return
        placed = {(place.part, place.row, place.column) for place in self.moved}
        others = [
            note.text if (row, column) == (1, 1) else f"{Place('', sheet, row, column).cell}：{note.text}"
            for (sheet, row, column), note in sorted(self.correction.comments.items())
            if (sheet, row, column) not in placed
        ]
        if others:
            text = f"{OUR_MARK}\n{THEIR_MARK}\n" + "\n".join(others)
            self.notes[TASKS][1, 1] = Note(self.office, text)
            self.own.setdefault(COMMENTS, []).append(text)

    def opinion(self, number: str, sheet: str) -> str:
        """What 校验意见 says in the row of a task or target."""
        return "\n".join(f"{n}. {each.message}{each.remedy}" for n, each in enumerate(self._about(number, sheet), 1))

    def back_link(self, number: str, sheet: str, ref: str) -> list[str]:
        """A link from the number of a row to the first of its problems in 问题清单, when it has any.

        Not from 校验意见: LibreOffice shows a text with a link on a single line.
        """
        about = self._about(number, sheet)
        if not about:
            return []
        row = HEADING_ROW_PROBLEMS + 1 + self.listed.index(about[0])
        return [link_xml(ref, PROBLEMS, f"A{row}", f"点击转到“{PROBLEMS}”")]

    def _about(self, number: str, sheet: str) -> list[Finding]:
        if self.correction is None:
            return []
        sent = self.correction.sent
        part = (sent.task_sheet if sheet == TASKS else sent.target_sheet).part
        ours = (sent.task_sheet.part, sent.target_sheet.part, "")
        return [
            finding
            for finding in self.listed
            if task_number(finding.task) == task_number(number)
            and (
                finding.place.part in (part, "")
                or (finding.place.part not in ours and self._now_at(finding)[0] == sheet)
            )
        ]

    # ---- 问题清单 ----------------------------------------------------------------------------------

    def problems(self, style: Mapping[str, int]) -> Content:
        """问题清单; every cell of the tables must have been placed before."""
        assert self.correction is not None
        columns = [column_letters(n) for n in range(1, len(PROBLEM_COLUMNS) + 1)]
        severities = {finding.kind.severity for finding in self.listed}
        asked = "修改" if Severity.ERROR in severities else "核实"
        due = chinese_date(self.correction.new_due)
        note = (
            f"来件：{plain_name(self.correction.sent.file)}。共 {len(self.listed)} 个问题，"
            f"请在本文件中逐项{asked}后于{due}前重新报送；没有列出的内容不必改动。"
        )
        if Severity.CONFIRM in severities:
            note += f"级别为“核实”的，如所填无误，在该行“{self.form.answer.heading}”栏写明情况即可。"
        head = HEADING_ROW_PROBLEMS
        headings = [
            text_cell(f"{letter}{head}", style["problems.heading"], heading)
            for letter, (heading, _) in zip(columns, PROBLEM_COLUMNS, strict=True)
        ]
        self.own.setdefault(PROBLEMS, []).append(note)
        rows = [
            sheet_row(1, [text_cell("A1", style["problems.title"], PROBLEMS)], 30),
            sheet_row(2, [text_cell("A2", style["problems.note"], note)], 34),
            sheet_row(head, headings, 26),
        ]
        links = []
        for index, finding in enumerate(self.listed, 1):
            row = index + head
            sheet, address = self._now_at(finding)
            rows.append(self._problem_row(finding, index, row, style))
            if sheet:
                links.append(link_xml(f"E{row}", sheet, address))
        return Content(rows, links)

    def _problem_row(self, finding: Finding, index: int, row: int, style: Mapping[str, int]) -> str:
        sheet, address = self._now_at(finding)
        texts = (
            str(index),
            finding.task,
            finding.values.get("heading", ""),
            f"{finding.place.part} {finding.place.cell}".strip(),
            f"{sheet}!{address}" if sheet else "",
            SEVERITY_NAMES[finding.kind.severity],
            self._left_out.get((finding.place.part, finding.place.row), finding.values.get("found", "")),
            finding.message,
            finding.remedy,
        )
        self.own.setdefault(PROBLEMS, []).extend(texts)
        cells = []
        for column, text in enumerate(texts, 1):
            look = "link" if column == 5 and text else "centre" if column in (1, 2, 6) else "text"
            cells.append(text_cell(f"{column_letters(column)}{row}", style[f"problems.{look}"], text))
        last = f"{column_letters(len(PROBLEM_COLUMNS))}{row}"
        formula = self._settled_formula(finding, row)
        if formula:
            cells.append(formula_cell(last, style["problems.centre"], formula, _OPEN))
        else:
            cells.append(text_cell(last, style["problems.centre"], ""))
        sized = [(text, width) for text, (_, width) in zip(texts, PROBLEM_COLUMNS, strict=False)]
        return sheet_row(row, cells, row_height(sized, self.form.look.body_size, 30))

    def _settled_formula(self, finding: Finding, row: int) -> str:
        """The formula of 修改情况, where the cell as it was sent is what 现填内容 shows."""
        sheet, address = self._now_at(finding)
        cell = self._sent_cells.get(finding.place)
        was = cell.raw if cell is not None else ""
        table = task_table(self.form) if sheet == TASKS else target_table(self.form)
        number = int("".join(sign for sign in address if sign.isdigit()) or 0)
        if not sheet or finding.values.get("found", "") != was or isinstance(cell and cell.value, date):
            return ""  # what the cell shows is not what stands in 现填内容
        same = f'EXACT({sheet}!{address}&"",$G{row}&"")'
        if finding.kind.severity is Severity.CONFIRM and number > table.head:
            column = column_letters(len(table.fields) + 3) if sheet == TASKS else table.columns["remark"]
            same = f"AND({same},LEN(TRIM({sheet}!{column}{number}))=0)"
        return f'IF({same},"{_OPEN}","{_SETTLED}")'

    @cached_property
    def _sent_cells(self) -> dict[Place, Cell]:
        assert self.correction is not None
        sent = self.correction.sent
        cells = [cell for row in (*sent.rows, *sent.target_rows) for cell in row.cells.values()]
        cells += sent.header.values()
        return {cell.place: cell for cell in cells}

    def _now_at(self, finding: Finding) -> tuple[str, str]:
        """The cell of the correction that a finding is about: the cell itself, else its row, else nothing."""
        if finding.place in self.moved:
            return self.moved[finding.place]
        tasks = [each.task.number for each in self.recipient.assignments]
        targets = [each.number for each in self.recipient.targets]
        for table, numbers in ((task_table(self.form), tasks), (target_table(self.form), targets)):
            for row, number in enumerate(numbers, table.first):
                if task_number(number) == task_number(finding.task):
                    # the column it names, where its cell has no place here: in a copy of the sheet, say
                    named = (each.key for each in table.fields if each.heading == finding.values.get("heading"))
                    return table.sheet, f"{table.columns[next(named, table.asked)]}{row}"
        return "", ""


def mark_of(findings: Sequence[Finding]) -> str:
    """How a cell with these findings is filled: by the gravest of them."""
    if not findings:
        return "plain"
    severities = {finding.kind.severity for finding in findings}
    return next(str(each) for each in Severity if each in severities)
