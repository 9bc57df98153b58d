"""Return workbooks written: issued to a unit, or sent back with marks.

The base is built once per run (``workbook_base``); each unit's workbook is stamped from it by writing only
the parts that differ and copying the rest as already compressed bytes. A correction is our own workbook with
their values: nobody's file is ever saved again. Everything a department or the plan wrote goes in as text,
so that nothing in our workbooks ever becomes a formula.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from math import ceil
from xml.sax.saxutils import escape

from reporting.distribution import Recipient
from reporting.files.package import PackedPart, join_parts, pack_part
from reporting.files.workbook_base import (
    HEADING_ROW_TARGETS,
    INSTRUCTIONS,
    LAST_PROBLEM,
    LAST_TARGET,
    LAST_TASK,
    META,
    PROBLEM_COLUMNS,
    PROBLEMS,
    ROW,
    TARGETS,
    TASK_COUNT,
    TASKS,
    Base,
    build_base,
    check_column,
    header_cells,
    heading_row,
    live_formula,
    summary_formula,
    task_columns,
)
from reporting.findings import SEVERITY_NAMES, Finding, Severity
from reporting.form import ANSWER, CHECK_HEADING, OPINION_HEADING, Form, FormField
from reporting.model import Assignment, Cell, Place, Return, Row, Signature, Value, column_letters
from reporting.plan_texts import plain_name, target_texts, task_texts
from reporting.settings import Settings
from reporting.values import as_text, format_number, task_number

_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_EXCEL_EPOCH = datetime(1899, 12, 30)
_PROPERTY_LENGTH = 250
MAX_CELL = 32_000
"""Characters in one cell; Excel's own limit is 32,767."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What a return sent back is made of: the return, its findings and the new date."""

    sent: Return
    findings: tuple[Finding, ...]
    new_due: date


@dataclass(frozen=True, slots=True)
class Issuer:
    """What every workbook of one issue shares. ``secret`` signs them and is never written anywhere."""

    plan_id: str
    title: str
    office: str
    settings: Settings
    secret: bytes


def sign(meta: Signature, secret: bytes) -> str:
    """The signature (HMAC-SHA256) of what a workbook says about itself."""
    words = "\n".join((meta.plan, meta.year, meta.unit, meta.form_version, *meta.tasks))
    return hmac.new(secret, words.encode(), hashlib.sha256).hexdigest()


def is_signed(meta: Signature, secret: bytes) -> bool:
    """Whether a workbook's own words carry this workspace's signature."""
    return hmac.compare_digest(meta.signature, sign(meta, secret))


@dataclass
class WorkbookWriter:
    """Stamps return workbooks of one issue."""

    form: Form
    issuer: Issuer
    _bases: dict[tuple[bool, bool], _PackedBase] = field(default_factory=dict)

    def issued(self, recipient: Recipient) -> bytes:
        """The workbook that goes out to a unit."""
        return self._stamp(recipient, None)

    def correction(self, recipient: Recipient, correction: Correction) -> bytes:
        """The workbook that goes back to a unit: its values, our marks, comments and list of problems."""
        return self._stamp(recipient, correction)

    def _stamp(self, recipient: Recipient, correction: Correction | None) -> bytes:
        key = (correction is not None, bool(recipient.targets))
        if key not in self._bases:
            base = build_base(self.form, correction=key[0], with_targets=key[1])
            self._bases[key] = _PackedBase(base, live_formula(self.form))
        return _Stamp(self.form, self.issuer, recipient, correction, self._bases[key]).package()


@dataclass
class _PackedBase:
    base: Base
    live: str

    @cached_property
    def packed(self) -> dict[str, PackedPart]:
        return {name: pack_part(name, data, 9) for name, data in self.base.parts.items()}


# ---- XML of cells ------------------------------------------------------------------------------------


def _clean(text: str) -> str:
    return _ILLEGAL.sub("", text)[:MAX_CELL]


def _text_cell(ref: str, style: int, text: str) -> str:
    if not text:
        return f'<c r="{ref}" s="{style}"/>'
    words = escape(_clean(text))
    return f'<c r="{ref}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{words}</t></is></c>'


def _number_cell(ref: str, style: int, value: float) -> str:
    return f'<c r="{ref}" s="{style}"><v>{value!r}</v></c>'


def _value_cell(ref: str, style: int, value: Value, raw: str) -> str:
    """A value as its own type, so that numbers and dates stay numbers and dates in the sheet."""
    if isinstance(value, bool) or value is None:
        return _text_cell(ref, style, raw)
    if isinstance(value, int | float):
        return _number_cell(ref, style, float(value))
    if isinstance(value, datetime):
        return _number_cell(ref, style, (value - _EXCEL_EPOCH).total_seconds() / 86400)
    if isinstance(value, date):
        return _number_cell(ref, style, (value - _EXCEL_EPOCH.date()).days)
    return _text_cell(ref, style, raw)


def _number_or_text(ref: str, style: int, text: str) -> str:
    """A task number of digits alone is a number, so that the column sorts 2 before 10."""
    if text.isascii() and text.isdigit() and len(text) < 15 and str(int(text)) == text:
        return f'<c r="{ref}" s="{style}"><v>{text}</v></c>'
    return _text_cell(ref, style, text)


def _formula_cell(ref: str, style: int, formula: str, shown: str) -> str:
    if not shown:  # LibreOffice calculates only what has no value yet; Excel is told to calculate all
        return f'<c r="{ref}" s="{style}"><f>{escape(formula)}</f></c>'
    return f'<c r="{ref}" s="{style}" t="str"><f>{escape(formula)}</f><v>{escape(_clean(shown))}</v></c>'


def _row(number: int, cells: Iterable[str], height: float = 0) -> str:
    # a height without customHeight: a first size that Excel adapts when the department types
    size = f' ht="{height:g}"' if height else ""
    return f'<row r="{number}"{size}>{"".join(cells)}</row>'


def _height(texts: Iterable[tuple[str, float]], line: float, least: float) -> float:
    """The height in points that shows each text in a column of its width (in digits)."""
    lines = 1
    for text, width in texts:
        per_line = max(width - 1.0, 1.0)
        needed = sum(
            max(1, ceil(sum(2.1 if ord(sign) > 0x2E7F else 1.1 for sign in part) / per_line))
            for part in text.split("\n")
        )
        lines = max(lines, needed)
    return min(max(lines * line + 6, least), 400.0)


@dataclass
class _Stamp:
    """One workbook in the making."""

    form: Form
    issuer: Issuer
    recipient: Recipient
    correction: Correction | None
    base: _PackedBase
    comments: dict[str, dict[tuple[int, int], str]] = field(default_factory=lambda: {TASKS: {}, TARGETS: {}})
    moved: dict[Place, tuple[str, str]] = field(default_factory=dict)
    """Where a cell of the return stands in the correction: sheet and address."""

    def package(self) -> bytes:
        """All parts, those that differ from the base written anew."""
        sheets = self.base.base.sheet_parts
        tasks, targets = self._tasks(), self._targets()
        new = {sheets[INSTRUCTIONS]: self._instructions(), sheets[TASKS]: tasks, sheets[META]: self._meta()}
        if self.recipient.targets:
            new[sheets[TARGETS]] = targets
        if self.correction is not None:
            new[sheets[PROBLEMS]] = self._problems()
            for number, name in enumerate([TASKS, *([TARGETS] if self.recipient.targets else [])], 1):
                new[f"xl/comments/comment{number}.xml"] = _comments_xml(
                    self.comments[name], self.issuer.office
                )
                new[f"xl/drawings/commentsDrawing{number}.vml"] = _comments_vml(self.comments[name])
        new["xl/workbook.xml"] = self._end_tables(self.base.base.parts["xl/workbook.xml"].decode())
        new["docProps/core.xml"] = self._core_properties()
        new["docProps/custom.xml"] = self._custom_properties()
        new["[Content_Types].xml"] = _add_custom_type(self.base.base.parts["[Content_Types].xml"].decode())
        new["_rels/.rels"] = _add_custom_relation(self.base.base.parts["_rels/.rels"].decode())
        packed = {name: part for name, part in self.base.packed.items() if name not in new}
        written = {name: pack_part(name, text.encode()) for name, text in new.items()}
        parts = packed | written
        # the list of content types stands first, as Excel itself writes it
        names = ["[Content_Types].xml", *(name for name in parts if name != "[Content_Types].xml")]
        return join_parts(parts[name] for name in names)

    # ---- shared ------------------------------------------------------------------------------------

    def _style(self, name: str) -> int:
        return self.base.base.styles[name]

    def _end_tables(self, xml: str) -> str:
        """Put the real last rows where the base has its stand-ins."""
        last_task = heading_row(self.form) + max(1, len(self.recipient.assignments))
        last_target = HEADING_ROW_TARGETS + max(1, len(self.recipient.targets))
        last_problem = 3 + max(1, len(self._listed()))
        return (
            xml.replace(str(LAST_TASK), str(last_task))
            .replace(str(LAST_TARGET), str(last_target))
            .replace(str(LAST_PROBLEM), str(last_problem))
            .replace(TASK_COUNT, str(len(self.recipient.assignments)))
        )

    def _fill_sheet(self, name: str, rows: Iterable[str], merges: Sequence[str] = ()) -> str:
        """The base sheet with its rows replaced."""
        xml = self.base.base.parts[self.base.base.sheet_parts[name]].decode()
        before, _, rest = xml.partition("<sheetData>")
        after = rest.partition("</sheetData>")[2] if rest else ""
        before = re.sub(r'<dimension ref="[^"]*"/>', "", before)
        if merges:
            listed = "".join(f'<mergeCell ref="{merge}"/>' for merge in merges)
            after = re.sub(
                r"<mergeCells.*?</mergeCells>",
                f'<mergeCells count="{len(merges)}">{listed}</mergeCells>',
                after,
            )
        return (
            self._end_tables(before)
            + "<sheetData>"
            + "".join(rows)
            + "</sheetData>"
            + self._end_tables(after)
        )

    @cached_property
    def _meta_words(self) -> Signature:
        tasks = tuple(each.task.number for each in self.recipient.assignments)
        meta = Signature(
            plan=self.issuer.plan_id,
            year=str(self.issuer.settings.year),
            unit=self.recipient.unit,
            form_version=self.form.version,
            tasks=tasks,
        )
        return Signature(
            meta.plan, meta.year, meta.unit, meta.form_version, tasks, sign(meta, self.issuer.secret)
        )

    # ---- 任务填报 ------------------------------------------------------------------------------------

    def _tasks(self) -> str:
        head = heading_row(self.form)
        year = self.issuer.settings.year
        summary = summary_formula(self.form, bool(self.recipient.targets))
        shown = "" if self.correction else "填报检查：请填写黄色单元格。"
        rows = [
            _row(1, [_text_cell("A1", self._style("tasks.title"), f"{year}年度任务完成情况填报表")], 30),
            _row(
                2, [_formula_cell("A2", self._style("tasks.summary"), self._end_tables(summary), shown)], 20
            ),
            *self._header_rows(),
            _row(head, self._heading_cells(TASKS), 34),
        ]
        for number, assignment in enumerate(self.recipient.assignments, head + 1):
            rows.append(self._task_row(number, assignment))
        return self._fill_sheet(TASKS, rows)

    def _heading_cells(self, sheet: str) -> list[str]:
        part, fields = ("task", self.form.task) if sheet == TASKS else ("target", self.form.target)
        headings = [each.heading for each in fields]
        headings += [CHECK_HEADING] if sheet == TASKS else []
        headings += [OPINION_HEADING] if self.correction else []
        headings += [self.form.answer.heading] if self.correction and sheet == TASKS else []
        row = heading_row(self.form) if sheet == TASKS else HEADING_ROW_TARGETS
        return [
            _text_cell(f"{column_letters(column)}{row}", self._style(f"{part}.heading.{column}"), heading)
            for column, heading in enumerate(headings, 1)
        ]

    def _header_rows(self) -> Iterable[str]:
        by_row: dict[int, list[str]] = {}
        fixed = {"unit": self.recipient.unit, "year": str(self.issuer.settings.year)}
        sent = self.correction.sent.header if self.correction else {}
        for key, (row, label, value) in header_cells(self.form).items():
            each = self.form.header_fields[key]
            cells = by_row.setdefault(row, [])
            cells.append(_text_cell(f"{label}{row}", self._style(f"header.{key}.label"), each.heading))
            findings = self._findings_at(sent.get(key)) if key in sent else self._findings_of_heading(each)
            style = self._style(f"header.{key}:{'error' if findings else 'plain'}")
            address = f"{value}{row}"
            if key in fixed:
                cells.append(_number_or_text(address, style, fixed[key]))
            else:
                cell = sent.get(key)
                cells.append(
                    _value_cell(address, style, *(_as_sent(cell) if findings else _tidied(cell, each)))
                )
            if value == "H":
                cells.append(_text_cell(f"I{row}", style, ""))
            self._note(findings, TASKS, address, row, _column_number(value))
        return [_row(row, cells, 24) for row, cells in sorted(by_row.items())]

    def _findings_of_heading(self, each: FormField) -> list[Finding]:
        """Findings about a cell of the block that the return did not even have."""
        if self.correction is None:
            return []
        return [
            finding
            for finding in self.correction.findings
            if finding.values.get("heading") == each.heading and not finding.task
        ]

    def _task_row(self, number: int, assignment: Assignment) -> str:
        texts = task_texts(assignment)
        sent = self._sent_row(assignment.task.number) if self.correction else None
        cells = self._plan_and_sent_cells(TASKS, "task", self.form.task, number, texts, sent)
        check = f"{check_column(self.form)}{number}"
        formula = self.base.live.replace(ROW, str(number))
        missing = (each for each in self.form.task if each.filled and each.is_required(assignment.role))
        shown = "".join(f"缺{each.heading}；" for each in missing)
        opinion = self._opinion(assignment.task.number, targets=False)
        if self.correction:  # no value of ours: LibreOffice would show it instead of calculating
            shown = ""
        cells.append(_formula_cell(check, self._style("task.check"), formula, shown))
        if self.correction:
            column = column_letters(len(self.form.task) + 2)
            cells.append(_text_cell(f"{column}{number}", self._style("task.opinion"), opinion))
            answer = f"{column_letters(len(self.form.task) + 3)}{number}"
            given = sent.raw(ANSWER) if sent else ""
            cells.append(_text_cell(answer, self._style("task.answer"), given))
        shown_texts = [
            (texts.get(each.key) or (sent.raw(each.key) if sent else ""), each.width)
            for each in self.form.task
        ]
        if self.correction:
            shown_texts.append((opinion, 40))
        return _row(number, cells, _height(shown_texts, self.form.look.body_size * 1.4, 60))

    def _plan_and_sent_cells(
        self,
        sheet: str,
        part: str,
        fields: Sequence[FormField],
        number: int,
        texts: Mapping[str, str],
        sent: Row | None,
    ) -> list[str]:
        cells = []
        for column, each in enumerate(fields, 1):
            address = f"{column_letters(column)}{number}"
            cell = sent.cells.get(each.key) if sent else None
            findings = self._findings_at(cell)
            style = self._style(f"{part}.{each.key}:{_mark(findings)}")
            if each.key in texts:
                cells.append(_number_or_text(address, style, texts[each.key]))
            else:
                # as it was typed: the raw text where there is no number or date, never our interpretation
                cells.append(
                    _value_cell(address, style, *(_as_sent(cell) if findings else _tidied(cell, each)))
                )
            if cell is not None:
                self.moved[cell.place] = (sheet, address)
            self._note(findings, sheet, address, number, column)
        return cells

    # ---- 量化指标 ------------------------------------------------------------------------------------

    def _targets(self) -> str:
        if not self.recipient.targets:
            return ""
        note = "目标值和计量单位来自方案。请填写完成值，只填数字；未达到目标值的，请在“说明”栏写明原因。"
        rows = [
            _row(1, [_text_cell("A1", self._style("targets.title"), "量化指标完成情况")], 30),
            _row(2, [_text_cell("A2", self._style("targets.note"), note)], 20),
            _row(HEADING_ROW_TARGETS, self._heading_cells(TARGETS), 34),
        ]
        for number, target in enumerate(self.recipient.targets, HEADING_ROW_TARGETS + 1):
            texts = target_texts(target)
            sent = self._sent_target_row(target.number) if self.correction else None
            cells = self._plan_and_sent_cells(TARGETS, "target", self.form.target, number, texts, sent)
            opinion = ""
            if self.correction:
                opinion = self._opinion(target.number, targets=True)
                column = column_letters(len(self.form.target) + 1)
                cells.append(_text_cell(f"{column}{number}", self._style("target.opinion"), opinion))
            shown = [
                (texts.get(each.key) or (sent.raw(each.key) if sent else ""), each.width)
                for each in self.form.target
            ]
            height = _height([*shown, (opinion, 40)], self.form.look.body_size * 1.4, 34)
            rows.append(_row(number, cells, height))
        return self._fill_sheet(TARGETS, rows)

    # ---- what was sent, and what is wrong with it ----------------------------------------------------

    @cached_property
    def _sent_rows(self) -> dict[str, Row]:
        sent = self.correction.sent.rows if self.correction else ()
        rows: dict[str, Row] = {}
        for row in sent:
            if row.assignment is not None:
                rows.setdefault(row.assignment.task.number, row)
        return rows

    def _sent_row(self, number: str) -> Row | None:
        return self._sent_rows.get(number)

    @cached_property
    def _sent_target_rows(self) -> dict[str, Row]:
        rows: dict[str, Row] = {}
        for row in self.correction.sent.target_rows if self.correction else ():
            if row.target is not None:
                rows.setdefault(row.target.number, row)
        return rows

    def _sent_target_row(self, number: str) -> Row | None:
        return self._sent_target_rows.get(number)

    @cached_property
    def _by_place(self) -> dict[Place, list[Finding]]:
        found: dict[Place, list[Finding]] = {}
        for finding in self.correction.findings if self.correction else ():
            found.setdefault(finding.place, []).append(finding)
        return found

    def _findings_at(self, cell: Cell | None) -> list[Finding]:
        return self._by_place.get(cell.place, []) if cell is not None else []

    def _note(self, findings: Sequence[Finding], sheet: str, address: str, row: int, column: int) -> None:
        """Put the findings of a cell into its comment and remember where the cell stands now."""
        findings = [each for each in findings if each.kind.severity is not Severity.NOTE]
        if not findings:
            return
        words = "\n".join(f"{finding.message}{finding.remedy}" for finding in findings)
        self.comments[sheet][row, column] = words
        for finding in findings:
            self.moved[finding.place] = (sheet, address)

    def _opinion(self, number: str, *, targets: bool) -> str:
        sheet = self.correction.sent.target_sheet.part if self.correction and targets else ""
        if self.correction and not targets:
            sheet = self.correction.sent.task_sheet.part
        findings = [
            finding
            for finding in self._listed()
            if task_number(finding.task) == task_number(number)
            and (finding.place.part in (sheet, "") or not finding.place.part)
        ]
        return "\n".join(f"{n}. {each.message}{each.remedy}" for n, each in enumerate(findings, 1))

    @cached_property
    def _left_out(self) -> dict[tuple[str, int], str]:
        """What was typed in rows that have no place in our tables, by sheet and row: nothing may be lost."""
        if self.correction is None:
            return {}
        placed = {row.place for row in self._sent_rows.values()}
        placed |= {row.place for row in self._sent_target_rows.values()}
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

    def _listed(self) -> list[Finding]:
        found = self.correction.findings if self.correction else ()
        return [finding for finding in found if finding.kind.severity is not Severity.NOTE]

    # ---- 问题清单 ------------------------------------------------------------------------------------

    def _problems(self) -> str:
        assert self.correction is not None
        listed = self._listed()
        columns = [column_letters(n) for n in range(1, len(PROBLEM_COLUMNS) + 1)]
        note = (
            f"来件：{plain_name(self.correction.sent.file)}。共 {len(listed)} 个问题，"
            f"请在本文件中逐项修改后于{_chinese_date(self.correction.new_due)}前重新报送；"
            "没有列出的内容不必改动。"
        )
        if any(finding.kind.severity is Severity.CONFIRM for finding in listed):
            note += f"级别为“核实”的，如所填无误，在该行“{self.form.answer.heading}”栏写明情况即可。"
        heads = [heading for heading, _ in PROBLEM_COLUMNS]
        rows = [
            _row(1, [_text_cell("A1", self._style("problems.title"), "问题清单")], 30),
            _row(2, [_text_cell("A2", self._style("problems.note"), note)], 34),
            _row(
                3,
                [
                    _text_cell(f"{c}3", self._style("problems.heading"), h)
                    for c, h in zip(columns, heads, strict=True)
                ],
                26,
            ),
        ]
        links = []
        for index, finding in enumerate(listed, 1):
            row = index + 3
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
            centred = {0, 1, 5}
            cells = []
            for n, (letter, text) in enumerate(zip(columns, texts, strict=True)):
                kind = "link" if n == 4 and text else "centre" if n in centred else "text"
                cells.append(_text_cell(f"{letter}{row}", self._style(f"problems.{kind}"), text))
            if sheet:
                links.append(
                    f'<hyperlink ref="E{row}" location="\'{sheet}\'!{address}" display="{sheet}!{address}"/>'
                )
            sized = [(text, width) for text, (_, width) in zip(texts, PROBLEM_COLUMNS, strict=True)]
            rows.append(_row(row, cells, _height(sized, 16, 30)))
        xml = self._fill_sheet(PROBLEMS, rows)
        if links:  # hyperlinks stand before the print options
            xml = xml.replace("<printOptions", f"<hyperlinks>{''.join(links)}</hyperlinks><printOptions", 1)
        return xml

    def _now_at(self, finding: Finding) -> tuple[str, str]:
        """The cell of the correction that a finding is about: the cell itself, else its row, else nothing."""
        if finding.place in self.moved:
            return self.moved[finding.place]
        columns = task_columns(self.form)
        for number, each in enumerate(self.recipient.assignments, heading_row(self.form) + 1):
            if task_number(each.task.number) == task_number(finding.task):
                return TASKS, f"{columns['status']}{number}"
        for number, target in enumerate(self.recipient.targets, HEADING_ROW_TARGETS + 1):
            if task_number(target.number) == task_number(finding.task):
                value = column_letters(list(self.form.target_fields).index("value") + 1)
                return TARGETS, f"{value}{number}"
        return "", ""

    # ---- 填报说明, _meta, properties -----------------------------------------------------------------

    def _instructions(self) -> str:
        rows: list[str] = []
        merges = []
        for kind, left, right in _instruction_lines(self.form, self.issuer, self.recipient, self.correction):
            number = len(rows) + 1
            if kind in ("title", "section"):
                rows.append(
                    _row(
                        number,
                        [_text_cell(f"B{number}", self._style(kind), left)],
                        36 if kind == "title" else 30,
                    )
                )
                merges.append(f"B{number}:C{number}")
                continue
            cells = [
                _text_cell(f"B{number}", self._style("label"), left),
                _text_cell(f"C{number}", self._style("strong" if kind == "strong" else "prose"), right),
            ]
            rows.append(_row(number, cells, _height([(left, 20), (right, 92)], 16.5, 24)))
        return self._fill_sheet(INSTRUCTIONS, rows, merges)

    def _meta(self) -> str:
        meta = self._meta_words
        pairs = [
            ("plan", meta.plan),
            ("year", meta.year),
            ("unit", meta.unit),
            ("form_version", meta.form_version),
            ("signature", meta.signature),
            *(("task", number) for number in meta.tasks),
        ]
        rows = [
            _row(number, [_text_cell(f"A{number}", 0, key), _text_cell(f"B{number}", 0, value)])
            for number, (key, value) in enumerate(pairs, 1)
        ]
        return self._fill_sheet(META, rows)

    def _custom_properties(self) -> str:
        meta = self._meta_words
        tasks = "\n".join(meta.tasks)
        pieces = [tasks[i : i + _PROPERTY_LENGTH] for i in range(0, len(tasks), _PROPERTY_LENGTH)]
        pairs = {
            "duban_plan": meta.plan,
            "duban_year": meta.year,
            "duban_unit": meta.unit,
            "duban_form_version": meta.form_version,
            "duban_signature": meta.signature,
        } | {f"duban_tasks_{number}": piece.replace("\n", ",") for number, piece in enumerate(pieces, 1)}
        listed = "".join(
            f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{pid}" name="{name}">'
            f"<vt:lpwstr>{escape(_clean(value))}</vt:lpwstr></property>"
            for pid, (name, value) in enumerate(pairs.items(), 2)
        )
        return (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
            '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
            'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
            f"{listed}</Properties>"
        )

    def _core_properties(self) -> str:
        """Who made it and what it is; dated by the day of issue so that the same content is the same file."""
        day = f"{self.issuer.settings.dates.issue.isoformat()}T00:00:00Z"
        title = f"{self.issuer.settings.year}年度任务完成情况填报表（{self.recipient.unit}）"
        return (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
            "<cp:coreProperties "
            'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
            'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
            f"<dc:title>{escape(_clean(title))}</dc:title><dc:creator>{escape(_clean(self.issuer.office))}</dc:creator>"
            f'<dcterms:created xsi:type="dcterms:W3CDTF">{day}</dcterms:created>'
            f'<dcterms:modified xsi:type="dcterms:W3CDTF">{day}</dcterms:modified></cp:coreProperties>'
        )


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


def _mark(findings: Sequence[Finding]) -> str:
    severities = {finding.kind.severity for finding in findings}
    return next((str(each) for each in Severity if each in severities), "plain")


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _chinese_date(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _add_custom_type(xml: str) -> str:
    entry = (
        '<Override PartName="/docProps/custom.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.custom-properties+xml"/>'
    )
    return xml.replace("</Types>", entry + "</Types>")


def _add_custom_relation(xml: str) -> str:
    entry = (
        '<Relationship Id="rIdCustom" Target="docProps/custom.xml" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"/>'
    )
    return xml.replace("</Relationships>", entry + "</Relationships>")


def _comments_xml(comments: Mapping[tuple[int, int], str], author: str) -> str:
    listed = "".join(
        f'<comment ref="{column_letters(column)}{row}" authorId="0" shapeId="0"><text><r><rPr><sz val="10"/>'
        f'<rFont val="宋体"/></rPr><t xml:space="preserve">{escape(_clean(words))}</t></r></text></comment>'
        for (row, column), words in sorted(comments.items())
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<authors><author>{escape(_clean(author))}</author></authors><commentList>{listed}</commentList></comments>"
    )


def _comments_vml(comments: Mapping[tuple[int, int], str]) -> str:
    """The drawing that Excel wants beside comments: a yellow note of fitting size for each."""
    shapes = "".join(
        f'<v:shape id="_x0000_s{1025 + index}" type="#_x0000_t202" style="position:absolute;margin-left:80pt;'
        f"margin-top:5pt;width:220pt;height:{max(60, 18 * ceil(len(words) / 18) + 12)}pt;z-index:{index + 1};"
        'visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
        '<v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"/></v:textbox>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:AutoFill>False</x:AutoFill>'
        f"<x:Row>{row - 1}</x:Row><x:Column>{column - 1}</x:Column></x:ClientData></v:shape>"
        for index, ((row, column), words) in enumerate(sorted(comments.items()))
    )
    return (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
        'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
        '<o:idmap v:ext="edit" data="1"/></o:shapelayout><v:shapetype id="_x0000_t202" '
        'coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
        f'<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>{shapes}</xml>'
    )


def _instruction_lines(
    form: Form, issuer: Issuer, recipient: Recipient, correction: Correction | None
) -> list[tuple[str, str, str]]:
    """填报说明 line by line: what a department asks before it begins."""
    settings, contact = issuer.settings, issuer.settings.contact
    due = _chinese_date(correction.new_due if correction else settings.dates.due)
    led = sum(each.role == "牵头" for each in recipient.assignments)
    asked = "，".join(part for part in (contact.name, contact.phone, contact.email) if part)
    supported = len(recipient.assignments) - led
    what = f"共 {len(recipient.assignments)} 项任务"
    if led and supported:
        what += f"，其中牵头 {led} 项、配合 {supported} 项"
    else:
        what += "，由本单位牵头" if led else "，由本单位配合"
    if recipient.targets:
        what += f"；量化指标 {len(recipient.targets)} 个"
    lines = [("title", f"{settings.year}年度任务完成情况填报说明", "")]
    if correction:
        count = sum(each.kind.severity is not Severity.NOTE for each in correction.findings)
        lines.append(
            (
                "strong",
                "本次需要修改",
                f"来件有 {count} 处需要修改，逐项列在“问题清单”表，点击可转到所在单元格；"
                "没有列出的内容不必改动。",
            )
        )
    lines += [
        ("label", "填报单位", recipient.unit),
        ("label", "依据", issuer.title),
        ("label", "填报内容", what + "。"),
        ("strong", "报送时间", f"{due}前。数据统计截至{_chinese_date(settings.dates.data_as_of)}。"),
        ("label", "报送方式", _how_to_send(contact.email, contact.address)),
        ("label", "联系人", asked or "见通知"),
        ("section", "一、怎样填", ""),
        ("label", "第一步", f"打开“{TASKS}”表，在表头填写填报人、联系电话、审核人和填报日期。"),
        (
            "label",
            "第二步",
            "逐行填写本单位承担的任务。灰色单元格是方案内容，不要改动；白色、黄色单元格由本单位填写，黄色表示必填而尚未填写。",
        ),
    ]
    if recipient.targets:
        lines.append(
            ("label", "第三步", f"打开“{TARGETS}”表，逐个填写完成值。完成值只填数字，计量单位见左侧一栏。")
        )
    lines += [
        (
            "label",
            "最后",
            f"看“{TASKS}”表第二行和最右侧“{CHECK_HEADING}”列：全部显示“可报送”后，经审核人审核，保存并报送本文件。",
        ),
        ("section", "二、各栏填什么", ""),
    ]
    lines += [("label", each.heading, _field_help(each)) for each in form.task if each.filled]
    if correction:
        lines.append(("label", form.answer.heading, _field_help(form.answer)))
    lines.append(("section", "三、完成状态怎样选", ""))
    lines += [("label", name, _STATUS_HELP.get(name, "按实际情况选用。")) for name in form.statuses]
    lines += [
        ("section", "四、常见问题", ""),
        ("label", "配合单位也要填吗", "要填。只写本单位承担的部分；牵头单位汇总整项任务的情况。"),
        (
            "label",
            "任务与本单位无关",
            "完成状态选“不适用”，在“存在问题及原因”栏写明理由，并与我办联系，请不要删去该行。",
        ),
        (
            "label",
            "内容太长写不下",
            "单元格内可用 Alt+Enter 换行，行高可以拉大；单栏不超过 3000 字，详细材料作为附件报送。",
        ),
        (
            "label",
            "可以筛选、排序、插行吗",
            "可以筛选，也可以调整行高列宽。不需要插行、删行。要排序的，先在“审阅”中撤销工作表保护（没有密码）；"
            "程序按任务编号读取，与行的先后无关，请不要改动任务编号。",
        ),
        ("label", "报错了怎么办", "直接再报送一次，以最后报送的为准，以前的版本由我办留存。"),
        (
            "label",
            "为什么收到退回件",
            "说明来件有需要核对或补充之处。请在退回的文件中按“问题清单”修改后再次报送。",
        ),
    ]
    return lines


def _how_to_send(email: str, address: str) -> str:
    where = f"发送至 {email}" if email else "按通知要求报送"
    at = f"（{address}）" if address else ""
    return (
        f"保存为 Excel 文件（.xlsx）后{where}，不必改文件名；经审核并加盖公章的扫描件和佐证材料一并报送{at}。"
    )


def _field_help(each: FormField) -> str:
    need = {"always": "必填。", "lead": "牵头单位必填。", "no": ""}[each.required]
    return f"{need}{each.hint}{'' if each.hint.endswith('。') or not each.hint else '。'}"


_STATUS_HELP = {
    "已完成": "方案要求的全部内容已经完成，完成进度填 100。",
    "基本完成": "主要内容已经完成，尚有收尾工作，完成进度小于 100。",
    "达到序时进度": "任务尚未到期，进展符合时间要求。",
    "持续推进": "没有明确完结时间的长期任务，年度工作已按要求开展。",
    "滞后": "进展慢于时间要求。须写明原因和下一步计划。",
    "未启动": "尚未开展，完成进度填 0。须写明原因和下一步计划。",
    "未完成": "已到期而没有完成。须写明原因和下一步计划。",
    "调整取消": "经批准调整或取消。须在“存在问题及原因”栏写明依据。",
    "不适用": "任务与本单位无关。须在“存在问题及原因”栏写明理由。",
}
