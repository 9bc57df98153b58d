"""What a unit answers to a question: a ``confirm`` with an answer becomes a note that carries it.

The answer stands in the row asked about, in column 说明: in 量化指标 that of every workbook, in 任务填报 that
of a correction. It answers all questions of its row. Nothing is believed or disbelieved: the office reads it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from reporting.language.characters import is_hollow
from reporting.language.prose import bare_text, points_back
from reporting.model import Cell, Return, Row
from reporting.model.findings import Finding, Severity
from reporting.office.form import ANSWER

_SHOWN = 200
"""Characters of an answer that are shown with the question; the whole stays in its cell and in the book."""

_REMEDY = "是否认可，请我办审阅。"


def settle_answered(sent: Return, findings: Iterable[Finding]) -> list[Finding]:
    """The findings, with those confirms as notes whose row has an answer that says something."""
    answers = {**_answers(sent.rows, ANSWER), **_answers(sent.target_rows, "remark")}
    return [_settle(finding, answers) for finding in findings]


def _answers(rows: Sequence[Row], key: str) -> dict[tuple[str, int], Cell]:
    return {
        (row.place.part, row.place.row): row.cells[key]
        for row in rows
        if key in row.cells and _says_something(row.cells[key].raw)
    }


def _says_something(text: str) -> bool:
    return not is_hollow(text) and not points_back(text) and len(bare_text(text)) > 1


def _settle(finding: Finding, answers: dict[tuple[str, int], Cell]) -> Finding:
    cell = answers.get((finding.place.part, finding.place.row))
    # what is asked about the answer itself is not answered by it
    if cell is None or finding.kind.severity is not Severity.CONFIRM or finding.place == cell.place:
        return finding
    answer = cell.raw if len(cell.raw) <= _SHOWN else f"{cell.raw[:_SHOWN]}……"
    says = f"{finding.kind.says}单位说明：{{answer}}。"
    # the unit did what the remedy asks; what is left is for the office to judge
    kind = replace(finding.kind, severity=Severity.NOTE, says=says, remedy=_REMEDY)
    return replace(finding, kind=kind, values={**finding.values, "answer": answer.rstrip("。")})
