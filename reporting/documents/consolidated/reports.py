"""逐单位填报: every assignment on one line, every column as it was typed."""

from reporting.documents.consolidated.lists import Columns, FilledColumn, column, listed
from reporting.documents.consolidated.records import CellValue, ColumnKind, ReportSheet
from reporting.documents.consolidated.verified import UNIT_HEADING
from reporting.documents.consolidated.view import REPORTS, BookView, as_fraction, as_key, deadline_words
from reporting.language.wording import join_names
from reporting.model import UNREPORTED, TaskPart
from reporting.model.review import TaskReview
from reporting.office.form import FormField

NAME = REPORTS
ABOUT = "每个单位的每项任务一行：填报表各栏原文"


_KINDS: dict[str, ColumnKind] = {
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
    columns: Columns[TaskPart] = (
        column(view.heading("number"), 7, lambda part: as_key(part.key[0]), ColumnKind.KEY),
        column(UNIT_HEADING, 15, lambda part: part.assignment.unit),
        column(view.heading("role"), 6, lambda part: str(part.assignment.role), ColumnKind.LABEL),
        *(_field_column(view, field) for field in fields),
        *map(_older_column, _headings_of_older_forms(view)),
        *_verified_columns(view),
    )
    parts = [part for line in view.all.tasks for part in line.parts]
    silent = sum(part.report is None for part in parts)
    note = (
        f"每个单位的每项任务一行，共{len(parts)}行：已报送{len(parts) - silent}行，未报送{silent}行。"
        f"{view.note}文字较长、显示不全的，双击单元格查看。核定和得分各栏供查看，要改的请填在核定表中。"
    )
    table = listed(columns, parts, 3, "方案中没有任务。")
    title = f"{view.all.year}年度任务完成情况逐单位填报"
    return ReportSheet(REPORTS, title, (note,), (table,), frozen=3, pages_wide=2, large=True, whole=True)


def _verified_columns(view: BookView) -> Columns[TaskPart]:
    """Status, progress, score and the words on it; a score computed from the report alone says so."""
    review, scores = view.proceedings.review, view.proceedings.scores
    reviews = {(each.number, each.unit): each for each in (review.tasks if review else ())}
    scored = {(each.number, each.unit): each for each in (scores.tasks if scores else ())}

    def status(part: TaskPart) -> CellValue:
        return reviews[part.key].status if part.key in reviews else None

    def points(part: TaskPart) -> CellValue:
        return scored[part.key].points if part.key in scored else None

    def words(part: TaskPart) -> str:
        found = reviews.get(part.key, TaskReview(*part.key))
        open_ = part.key in scored and not scored[part.key].verified
        said = (found.reason, found.opinion, "未核定，按上报情况计分" if open_ else "")
        return "\n".join(each for each in said if each)

    def progress(part: TaskPart) -> CellValue:
        return as_fraction(reviews[part.key].progress) if part.key in reviews else None

    return (
        column("核定状态", 9, status, ColumnKind.LABEL),
        column("核定进度", 8, progress, ColumnKind.PROGRESS),
        column("考评得分", 8, points, ColumnKind.FIGURE),
        column("扣分原因和检查组意见", 18, words),
    )


def _headings_of_older_forms(view: BookView) -> tuple[str, ...]:
    """Columns that stood in a return but are no longer in the form: shown, not dropped."""
    present = {field.heading for field in view.form.extra_fields}
    reports = (report for line in view.all.tasks for report in line.reports)
    texts = (each for report in reports for each in report.extra.items())
    return tuple(dict.fromkeys(heading for heading, text in texts if text and heading not in present))


def _older_column(heading: str) -> FilledColumn[TaskPart]:
    return column(heading, 14, lambda part: part.report.extra.get(heading, "") if part.report else None)


def _field_column(view: BookView, field: FormField) -> FilledColumn[TaskPart]:
    width, kind = _WIDTHS.get(field.key, max(field.width, 9)), _KINDS.get(field.key, ColumnKind.TEXT)
    return column(view.heading(field.key), width, lambda part: _value(view, field, part), kind)


def _value(view: BookView, field: FormField, part: TaskPart) -> CellValue:
    """What stands in a column of the form: of a silent unit what the plan says, and its silence."""
    task, report = part.assignment.task, part.report
    known: dict[str, CellValue] = {
        "category": " / ".join(task.path) or task.category,
        "content": task.content,
        "lead": join_names(task.lead),
        "support": join_names(task.support),
        "deadline": deadline_words(task),
        "status": view.marked(report.status if report else UNREPORTED),
    }
    if report is not None:
        known |= {
            "progress": as_fraction(report.progress),
            "result": report.result,
            "problem": report.problem,
            "next_step": report.next_step,
            "evidence": report.evidence,
            "self_score": report.self_score,
            "remark": report.remark,
        }
    return known.get(field.key, report.extra.get(field.heading, "") if report else None)
