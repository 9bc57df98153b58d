"""Return workbooks written: issued to a unit, or sent back with marks.

The base is built once per run (``base``); each unit's workbook is stamped from it by writing only
the parts that differ and copying the rest as already compressed bytes.
"""

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from reporting.files.package import join_parts, pack_part
from reporting.files.xlsx.book import Content, Properties, describe, fill_sheet
from reporting.files.xlsx.choices import LISTS
from reporting.files.xlsx.heights import row_height
from reporting.files.xlsx.xml import comments_vml, comments_xml, fitting_text, formula_cell, sheet_row, text_cell
from reporting.ledger import plan_id
from reporting.model import OtherContent, Plan, Signature
from reporting.office.form import Form
from reporting.office.outbox import safe_name
from reporting.office.settings import Settings
from reporting.office.workspace import Workspace
from reporting.plan.share_out import Recipient
from reporting.returns.rules import LastYear, Past
from reporting.returns.workbook.base import Base, build_base
from reporting.returns.workbook.help import instruction_lines
from reporting.returns.workbook.layout import (
    BELOW,
    FIRST_META_TASK,
    HEADING_ROW_OTHERS,
    HEADING_ROW_PROBLEMS,
    INSTRUCTIONS,
    LAST_OTHER,
    LAST_PROBLEM,
    META,
    META_KEYS,
    OTHERS,
    PROBLEMS,
    TARGETS,
    TASKS,
    Variant,
    target_table,
    task_table,
)
from reporting.returns.workbook.live import (
    FIRST_META,
    FIRST_TARGET,
    LAST_META,
    LAST_TARGET,
    META_ROW,
    ROW,
    count_formulas,
)
from reporting.returns.workbook.marks import Correction, Marks
from reporting.returns.workbook.others import others_content, others_of
from reporting.returns.workbook.own_words import noted
from reporting.returns.workbook.rows import Tables

_PROPERTY_LENGTH = 250


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
    # as bytes: of texts only ASCII can be compared in constant time, and this one is from outside
    return hmac.compare_digest(meta.signature.encode("utf-8", "replace"), sign(meta, secret).encode())


@dataclass
class WorkbookWriter:
    """Stamps return workbooks of one issue.

    ``past`` is what units reported a year ago, by unit and by this year's number of the task or target.
    """

    form: Form
    issuer: Issuer
    past: Mapping[str, Mapping[str, Past]] = field(default_factory=dict)

    def issued(self, recipient: Recipient) -> bytes:
        """The workbook that goes out to a unit."""
        return self._stamp(recipient, None)

    def correction(self, recipient: Recipient, correction: Correction) -> bytes:
        """The workbook that goes back to a unit: its values, our marks, comments and list of problems."""
        return self._stamp(recipient, correction)

    def _stamp(self, recipient: Recipient, correction: Correction | None) -> bytes:
        past = self.past.get(recipient.unit, {})
        marks = Marks(self.form, recipient, correction, self.issuer.office)
        others = others_of(marks)
        variant = Variant(
            correction=correction is not None,
            targets=bool(recipient.targets),
            past_tasks=any(each.task.number in past for each in recipient.assignments),
            past_targets=any(each.number in past for each in recipient.targets),
            others=bool(others),
        )
        base = build_base(self.form, variant)
        return _Stamp(self.form, self.issuer, recipient, correction, past, base, marks, others).package()


@dataclass
class _Stamp:
    """One workbook in the making."""

    form: Form
    issuer: Issuer
    recipient: Recipient
    correction: Correction | None
    past: Mapping[str, Past]
    base: Base
    _marks: Marks
    _others: tuple[OtherContent, ...]

    def package(self) -> bytes:
        """All parts, those that differ from the base written anew."""
        sheets = self.base.sheet_parts
        tables = self._tables()
        new = {
            sheets[INSTRUCTIONS]: self._fill(INSTRUCTIONS, self._instructions()),
            sheets[TASKS]: self._fill(TASKS, tables.tasks()),
        }
        if self.recipient.targets:
            new[sheets[TARGETS]] = self._fill(TARGETS, tables.targets())
        if self.correction is not None:
            self._marks.place_other_comments()
            new[sheets[PROBLEMS]] = self._fill(PROBLEMS, self._marks.problems(self.base.styles))
            for number, name in enumerate([TASKS, *([TARGETS] if self.recipient.targets else [])], 1):
                notes = self._marks.notes[name]
                new[f"xl/comments/comment{number}.xml"] = comments_xml(notes)
                new[f"xl/drawings/commentsDrawing{number}.vml"] = comments_vml(notes)
        if self._others:
            new[sheets[OTHERS]] = self._fill(OTHERS, others_content(self._others, self._marks, self.base.styles))
        new[sheets[META]] = self._fill(META, Content(self._meta()))
        parts = self.base.parts
        new["xl/workbook.xml"] = self._end_tables(parts["xl/workbook.xml"].decode())
        settings = self.issuer.settings
        title = f"{settings.year}年度任务完成情况填报表（{self.recipient.unit}）"
        about = Properties(title, self.issuer.office, settings.dates.issue, self._words())
        written = {name: text.encode() for name, text in new.items()} | describe(parts, about)
        anew = {name: pack_part(name, data) for name, data in written.items()}
        return join_parts((self.base.packed | anew).values())

    # ---- shared ------------------------------------------------------------------------------------

    def _style(self, name: str) -> int:
        return self.base.styles[name]

    def _end_tables(self, xml: str) -> str:
        """Put the real last rows where the base has its stand-ins."""
        for stand_in, row in self._ends.items():
            xml = xml.replace(stand_in, row)
        return xml

    @cached_property
    def _ends(self) -> dict[str, str]:
        ends = {
            LAST_PROBLEM: HEADING_ROW_PROBLEMS + max(1, len(self._marks.listed)),
            LAST_OTHER: HEADING_ROW_OTHERS + max(1, len(self._others)),
        }
        tasks, targets = self.recipient.assignments, self.recipient.targets
        for table, rows in ((task_table(self.form), len(tasks)), (target_table(self.form), len(targets))):
            last = table.head + max(1, rows)
            ends |= {table.last: last, table.below: last + BELOW}
        ends[FIRST_TARGET] = FIRST_META_TASK + len(tasks)
        ends[LAST_TARGET] = ends[FIRST_TARGET] + max(1, len(targets)) - 1
        return {str(stand_in): str(row) for stand_in, row in ends.items()}

    def _tables(self) -> Tables:
        return Tables(
            self.form,
            self.issuer.settings.year,
            self.recipient,
            self.base.variant,
            self._marks,
            self.past,
            self.base.styles,
        )

    def _fill(self, name: str, content: Content) -> str:
        """The base sheet with its rows, and what differs between units put around them."""
        base = self._end_tables(self.base.parts[self.base.sheet_parts[name]].decode())
        return fill_sheet(base, content)

    @cached_property
    def _signature(self) -> Signature:
        tasks = tuple(each.task.number for each in self.recipient.assignments)
        plan, year, unit = self.issuer.plan_id, str(self.issuer.settings.year), self.recipient.unit
        meta = Signature(plan, year, unit, self.form.version, tasks)
        return replace(meta, signature=sign(meta, self.issuer.secret))

    # ---- 填报说明, _meta, properties -----------------------------------------------------------------

    def _instructions(self) -> Content:
        rows: list[str] = []
        merges = []
        lines = instruction_lines(
            self.form,
            self.issuer.settings,
            self.issuer.title,
            self.recipient,
            new_due=self.correction.new_due if self.correction else None,
            findings=self.correction.findings if self.correction else (),
        )
        for number, (kind, left, right) in enumerate(lines, 1):
            self._marks.own.setdefault(INSTRUCTIONS, []).extend((left, right))
            if kind in ("title", "section"):
                height = 36 if kind == "title" else 30
                rows.append(sheet_row(number, [text_cell(f"B{number}", self._style(kind), left)], height))
                merges.append(f"B{number}:C{number}")
                continue
            cells = [
                text_cell(f"B{number}", self._style("label"), left),
                text_cell(f"C{number}", self._style("strong" if kind == "strong" else "prose"), right),
            ]
            rows.append(sheet_row(number, cells, row_height([(left, 20), (right, 92)], self.form.look.body_size, 24)))
        return Content(rows, merges=merges)

    def _meta(self) -> list[str]:
        """What the workbook says about itself, the plan's texts to compare with, the sums of the checks."""
        meta, tasks, targets = self._signature, self.recipient.assignments, self.recipient.targets
        lines = [(key, getattr(meta, key), "", "") for key in META_KEYS]
        lines += [("task", each.task.number, _bare(each.task.content), "") for each in tasks]
        lines += [("target", each.number, _bare(each.name), "") for each in targets]
        helpers = self._helper_cells()
        counts = count_formulas(self.form, self.base.header_formula, len(tasks), len(targets))
        for position, formula in enumerate(counts):
            lines[position] = (*lines[position][:3], self._end_tables(formula))
        lines += [(*line, "") for line in noted({**self._marks.own, LISTS: self.base.listed})]
        rows = []
        for number, (key, word, joined, formula) in enumerate(lines, 1):
            cells = [text_cell(f"{c}{number}", 0, text) for c, text in zip("ABC", (key, word, joined), strict=True)]
            cells += [formula_cell(f"D{number}", 0, formula, "")] if formula else []
            rows.append(sheet_row(number, [*cells, *helpers.get(number, ())]))
        return rows

    def _helper_cells(self) -> dict[int, list[str]]:
        """By row of _meta what is understood of a row of the tables, and what is said of it."""
        cells: dict[int, list[str]] = {}
        first = FIRST_META_TASK
        for table, rows, helpers in (
            (task_table(self.form), self.recipient.assignments, self.base.task_helpers),
            (target_table(self.form), self.recipient.targets, self.base.target_helpers),
        ):
            last = first + len(rows) - 1
            formulas = {"D": helpers.says, **helpers.columns}
            formulas = {
                letter: self._end_tables(formula.replace(FIRST_META, str(first)).replace(LAST_META, str(last)))
                for letter, formula in formulas.items()
            }
            for at in range(len(rows)):
                row, meta_row = str(table.first + at), str(first + at)
                cells[first + at] = [
                    formula_cell(f"{letter}{meta_row}", 0, formula.replace(META_ROW, meta_row).replace(ROW, row), "")
                    for letter, formula in formulas.items()
                ]
            first = last + 1
        return cells

    def _words(self) -> dict[str, str]:
        meta = self._signature
        tasks = "\n".join(meta.tasks)
        pieces = [tasks[i : i + _PROPERTY_LENGTH] for i in range(0, len(tasks), _PROPERTY_LENGTH)]
        words = {f"duban_{key}": getattr(meta, key) for key in META_KEYS}
        for number, piece in enumerate(pieces, 1):
            words[f"duban_tasks_{number}"] = piece.replace("\n", ",")
        return words


_UNCOUNTED = re.compile("[\\x00-\\x20\u3000\u00a0\u200b\ufeff。]")


def _bare(text: str) -> str:
    """The plan's words of a row as the formulas compare them: without blanks and full stops."""
    return _UNCOUNTED.sub("", fitting_text(text))


def workbook_name(year: int, recipient: Recipient) -> str:
    """The file name of a unit's workbook: year, number, unit, kind."""
    return f"{year}_{recipient.ordinal:02}_{safe_name(recipient.unit)}_任务完成情况填报表.xlsx"


def workbook_writer(workspace: Workspace, plan: Plan, title: str, office: str, past: LastYear) -> WorkbookWriter:
    """What stamps the workbooks of one issue: with the office's form, its look and its signature."""
    issuer = Issuer(plan_id(plan), title, office, workspace.settings, workspace.secret())
    return WorkbookWriter(workspace.form, issuer, past)
