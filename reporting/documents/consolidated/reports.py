"""逐单位填报: every assignment on one line, every column as it was typed."""

from collections.abc import Sequence

from reporting.documents.consolidated.proceedings import Proceedings
from reporting.documents.consolidated.records import (
    CellValue,
    ColumnKind,
    ListColumn,
    ReportSheet,
    ReportTable,
    Values,
)
from reporting.documents.consolidated.verified import UNIT_HEADING
from reporting.documents.consolidated.view import (
    REPORTS,
    BookView,
    as_fraction,
    as_key,
    deadline_words,
    whole_rows,
)
from reporting.language.wording import join_names
from reporting.model import UNREPORTED, Assignment, Report, Task, TaskLine
from reporting.office.form import FormField

NAME = REPORTS
ABOUT = "每个单位的每项任务一行：填报表各栏原文"


_KINDS: dict[str, ColumnKind] = {
    "number": ColumnKind.KEY,
    "role": ColumnKind.LABEL,
    "deadline": ColumnKind.LABEL,
    "status": ColumnKind.LABEL,
    "progress": ColumnKind.PROGRESS,
    "self_score": ColumnKind.FIGURE,
}
_WIDTHS: dict[str, float] = {
    "content": 40,
    "category": 16,
    "lead": 16,
    "support": 24,
    "deadline": 12,
    "status": 9,
    "progress": 8,
    "result": 48,
    "problem": 22,
    "next_step": 22,
    "evidence": 18,
    "remark": 12,
}


def build(view: BookView) -> ReportSheet:
    """Every assignment has its line, in the order of the plan; who is silent is there too."""
    fields = [field for field in view.form.task if field.key not in ("number", "role")]
    older = _headings_of_older_forms(view)
    layout = (
        ListColumn(view.heading("number"), 7, ColumnKind.KEY),
        ListColumn(UNIT_HEADING, 15, ColumnKind.TEXT),
        ListColumn(view.heading("role"), 6, ColumnKind.LABEL),
        *(_report_column(view, field) for field in fields),
        *(ListColumn(heading, 14, ColumnKind.TEXT) for heading in older),
        ListColumn("核定状态", 9, ColumnKind.LABEL),
        ListColumn("核定进度", 8, ColumnKind.PROGRESS),
        ListColumn("考评得分", 8, ColumnKind.FIGURE),
        ListColumn("扣分原因和检查组意见", 18, ColumnKind.TEXT),
    )
    verified = _Verified(view.proceedings)
    lines = [
        values
        for line in view.all.tasks
        for values in (
            *(
                (*_report_values(view, line.task, report, fields, older), *verified.values(line, report.unit))
                for report in line.reports
            ),
            *(
                (*_silent_values(view, assignment, fields, older), *verified.values(line, assignment.unit))
                for assignment in line.silent
            ),
        )
    ]
    told = sum(len(line.reports) for line in view.all.tasks)
    silent = sum(len(line.silent) for line in view.all.tasks)
    note = (
        f"每个单位的每项任务一行，共{told + silent}行：已报送{told}行，未报送{silent}行。{view.note}"
        "文字较长、显示不全的，双击单元格查看。核定和得分各栏供查看，要改的请填在核定表中。"
    )
    table = ReportTable(layout, whole_rows(lines, 3), empty="方案中没有任务。")
    return ReportSheet(
        REPORTS,
        f"{view.all.year}年度任务完成情况逐单位填报",
        (note,),
        (table,),
        frozen=3,
        pages_wide=2,
        large=True,
        whole=True,
    )


class _Verified:
    """What was verified and scored, by task and unit."""

    def __init__(self, proceedings: Proceedings) -> None:
        review, scores = proceedings.review, proceedings.scores
        self._reviews = {(each.number, each.unit): each for each in (review.tasks if review else ())}
        self._scores = {(each.number, each.unit): each for each in (scores.tasks if scores else ())}

    def values(self, line: TaskLine, unit: str) -> Values:
        """Status, progress, score and the words on it; a score computed from the report alone says so."""
        review = self._reviews.get((line.task.number, unit))
        score = self._scores.get((line.task.number, unit))
        words = [review.reason, review.opinion] if review else []
        if score is not None and not score.verified:
            words.append("未核定，按上报情况计分")
        return (
            review.status if review else None,
            as_fraction(review.progress) if review else None,
            score.points if score else None,
            "\n".join(each for each in words if each),
        )


def _headings_of_older_forms(view: BookView) -> tuple[str, ...]:
    """Columns that stood in a return but are no longer in the form: shown, not dropped."""
    present = {field.heading for field in view.form.extra_fields}
    found = (
        heading
        for line in view.all.tasks
        for report in line.reports
        for heading, text in report.extra.items()
        if text and heading not in present
    )
    return tuple(dict.fromkeys(found))


def _report_column(view: BookView, field: FormField) -> ListColumn:
    return ListColumn(
        view.heading(field.key),
        _WIDTHS.get(field.key, max(field.width, 9)),
        _KINDS.get(field.key, ColumnKind.TEXT),
    )


def _report_values(
    view: BookView, task: Task, report: Report, fields: Sequence[FormField], older: Sequence[str]
) -> Values:
    told: dict[str, CellValue] = {
        "status": view.marked(report.status),
        "progress": as_fraction(report.progress),
        "result": report.result,
        "problem": report.problem,
        "next_step": report.next_step,
        "evidence": report.evidence,
        "self_score": report.self_score,
        "remark": report.remark,
    }
    told |= _plan_cells(task)
    cells = (told.get(field.key, report.extra.get(field.heading, "")) for field in fields)
    rest = (report.extra.get(heading, "") for heading in older)
    return (as_key(task.number), report.unit, str(report.role), *cells, *rest)


def _silent_values(
    view: BookView, assignment: Assignment, fields: Sequence[FormField], older: Sequence[str]
) -> Values:
    known = _plan_cells(assignment.task) | {"status": view.marked(UNREPORTED)}
    cells = (known.get(field.key) for field in fields)
    number = as_key(assignment.task.number)
    return (number, assignment.unit, str(assignment.role), *cells, *(None for _ in older))


def _plan_cells(task: Task) -> dict[str, CellValue]:
    return {
        "category": " / ".join(task.path) or task.category,
        "content": task.content,
        "lead": join_names(task.lead),
        "support": join_names(task.support),
        "deadline": deadline_words(task),
    }
