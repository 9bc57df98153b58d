"""Findings at the cells of plan.xlsx that they speak of: a light fill and a comment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from openpyxl.cell import Cell as SheetCell
from openpyxl.comments import Comment

from reporting.files.characters import writable
from reporting.files.xlsx.heights import row_height
from reporting.files.xlsx.xml import escaped
from reporting.model import Place
from reporting.model.findings import SEVERITY_NAMES, Finding, Severity
from reporting.plan.book.sheets import TARGETS, TASKS, UNITS

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet
from reporting.plan.book.cells import cell_at, column_of
from reporting.plan.book.looks import Paint


@dataclass(slots=True)
class WrittenRows:
    """Where things stand in the workbook that is being written."""

    places: dict[int, Place] = field(default_factory=dict)
    names: dict[str, list[int]] = field(default_factory=dict)
    first_at: dict[tuple[str, Place], int] = field(default_factory=dict)
    """The first row of a name, and of any (the name ""), at a place in the document."""

    def note(self, row: int, place: Place, *names: str) -> None:
        """Remember a row with the names it goes by."""
        self.places[row] = place
        for name in ("", *names):
            self.names.setdefault(name, []).append(row)
            self.first_at.setdefault((name, place), row)

    def find(self, name: str, place: Place) -> int | None:
        """The row of a thing by its name; its place in the document decides between several, or for none."""
        rows = self.names.get(name, [])
        here = self.first_at.get((name, place)) if place.row else None
        if name and rows and (len(rows) == 1 or here is None):
            return rows[0]
        return here


_FIELDS = {"path": "category", "date": "deadline_date"}
"""Other words for columns that a finding may use."""
OF_TASK = "任务 "
_MOST_TOLD = 20
"""Sentences in one comment; a cell with hundreds of them could not be opened by Excel."""
_WEIGHT = (Severity.NOTE, Severity.CONFIRM, Severity.ERROR)


class FindingMarks:
    """Puts findings into the cells they speak of."""

    def __init__(self, sheets: dict[str, Worksheet], rows: dict[str, WrittenRows], paint: Paint) -> None:
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
            self._mark_cell(cell_at(self.sheets[name], row, column), told)
        return unplaced

    def _locate(self, finding: Finding) -> tuple[str, int, int] | None:
        field_name = finding.values.get("field", "")
        if field_name == "target":
            found = self._locate_target(finding)
            if found is not None:
                return found
        row = self.rows[TASKS].find(finding.task, finding.place)
        if row is not None:
            return TASKS, row, column_of(TASKS, _FIELDS.get(field_name, field_name))
        row = self.rows[UNITS].find(finding.unit, finding.place) if finding.unit else None
        return None if row is None else (UNITS, row, column_of(UNITS, field_name))

    def _locate_target(self, finding: Finding) -> tuple[str, int, int] | None:
        rows = self.rows[TARGETS]
        row = rows.find(finding.values.get("target", ""), finding.place)
        if row is None and finding.task:
            row = rows.find(f"{OF_TASK}{finding.task}", finding.place)
        return None if row is None else (TARGETS, row, column_of(TARGETS, finding.values.get("column", "value")))

    def _mark_cell(self, cell: SheetCell, findings: Sequence[Finding]) -> None:
        worst = max((finding.kind.severity for finding in findings), key=_WEIGHT.index)
        self.paint.mark(cell, worst)
        told = list(dict.fromkeys(f"【{SEVERITY_NAMES[each.kind.severity]}】{sentence_of(each)}" for each in findings))
        more = [f"另有 {len(told) - _MOST_TOLD} 条，导入时已列出。"] if len(told) > _MOST_TOLD else []
        text = "\n".join([*told[:_MOST_TOLD], *more])
        comment = Comment(escaped(text), "duban")
        # in pixels, four of which are three points
        comment.width, comment.height = 320, round(row_height([(text, 42)], 10, 0) / 0.75) + 16
        cell.comment = comment


def sentence_of(finding: Finding) -> str:
    """What is wrong and what to do, with where the document says it."""
    where = f"（{finding.place.file} {finding.place.words}）" if finding.place.file and finding.place.row else ""
    return writable(f"{finding.message}{finding.remedy}{where}")
