"""The consolidated workbook come back: what the office verified in it, recorded.

What is verified of a task there is recorded for each of its lead units. The newest word counts: it goes
before what the inspection group brought back, and a later inspection workbook goes before it where it says
otherwise than the one before. Each difference is told with what held till then.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from reporting.documents.consolidated.file.read import Brought, Edit, Key, ShownRow, read_report_book
from reporting.documents.consolidated.verified import COLUMNS, TARGETS, TASKS, shown_target, shown_task
from reporting.language.characters import even_width
from reporting.language.values import format_number, task_number
from reporting.ledger import AmendedReview
from reporting.ledger.verified import NOT_INSPECTED, amend, review_in_force
from reporting.model import UNREPORTED, Consolidation, TaskLine
from reporting.model.findings import DubanError, Finding, Outcome
from reporting.model.review import AmendedField, Amendment, Review, TaskReview
from reporting.office.form import Form
from reporting.office.inbox import keep_original
from reporting.review.sample import lacks_figure
from reporting.review.verified import ReviewCollected
from reporting.review.workbook.kinds import NO_FIGURE, PROGRESS_DIFFERS
from reporting.year.open import Year

_HEADINGS: Mapping[AmendedField, str] = {
    column.field: column.heading for columns in COLUMNS.values() for column in columns
}
_SHOWN_CHANGES = 20


def collect_amendments(year: Year, path: Path, brought: Brought) -> ReviewCollected:
    """Read what the office verified, keep the file, and record each difference; with errors nothing is."""
    ledger, whole, form, number = year.ledger, year.whole, year.form, year.number
    if brought.words.get("year", str(number)) != str(number):
        raise DubanError(f"“{path.name}”是 {brought.words['year']} 年度的汇总表，现在核定的是 {number} 年度。")
    sha256 = hashlib.sha256(brought.data).hexdigest()
    entries = ledger.review_entries(number)
    current = review_in_force(entries) or NOT_INSPECTED
    if any(each.sha256 == sha256 for each in ledger.amended_reviews(number)):
        note = "这份汇总表以前已经收过，没有再登记。"
        return ReviewCollected(current, path, Outcome(notes=(note,)), changed=False)
    shown = review_in_force(entries[: _count_shown(brought, len(entries))])
    edits, findings = read_report_book(path.name, brought, _expected(whole, shown, form), form)
    found = [each for edit in edits for each in _amendments(edit, current)]
    amended = amend(current, found)
    findings += _check_tasks(edits, whole, amended, form)
    if any(each.is_error for each in findings):
        return ReviewCollected(current, path, Outcome(findings=tuple(findings)), changed=False)
    notes = list(_told(found, current))
    if "reviews" not in brought.words:
        copied = f"{path.name} 上没有本程序的记号，可能是复制到新文件中填写的"
        notes.insert(0, f"{copied}，已按现在登记的核定结果比较。请核对改动。")
    if found:
        keep_original(year.workspace.archive, brought.data)
        ledger.add_review(number, AmendedReview(year.now, path.name, sha256, tuple(found)))
    else:
        notes.append("汇总表的核定各栏没有改动。")
    return ReviewCollected(amended, path, Outcome(findings=tuple(findings), notes=tuple(notes)), bool(found))


def _count_shown(brought: Brought, known: int) -> int:
    """How many results had come back when the workbook was written; all that is known, if it does not say."""
    said = brought.words.get("reviews", "")
    return min(int(said), known) if said.isdecimal() else known


# ---- what the workbook showed -----------------------------------------------------------------------


def _expected(whole: Consolidation, review: Review | None, form: Form) -> dict[str, dict[Key, ShownRow]]:
    tasks: dict[Key, ShownRow] = {}
    for line in whole.tasks:
        number, shown = line.task.number, shown_task(line, review, form)
        row = ShownRow(number, line.deciding_units, line.task.content, shown, number)
        tasks[(task_number(number),)] = row
    targets: dict[Key, ShownRow] = {}
    for report in whole.targets:
        target, shown = report.target, shown_target(report, review)
        row = ShownRow(target.number, (report.unit,), target.name, shown, target.task, target.unit)
        targets[task_number(target.number), even_width(report.unit)] = row
    return {TASKS: tasks, TARGETS: targets}


# ---- what was said anew -----------------------------------------------------------------------------


def _amendments(edit: Edit, current: Review) -> Iterator[Amendment]:
    """The edit for each unit it is about, where it is not what holds already."""
    for unit in edit.row.units:
        before = _standing(current, edit.row.number, unit, edit.field)
        after = edit.text or ("" if edit.figure is None else format_number(edit.figure))
        if before != after:
            yield Amendment(
                number=edit.row.number,
                unit=unit,
                field=edit.field,
                before=before,
                raw=edit.raw,
                sheet=edit.place.part,
                cell=edit.place.cell,
                text=edit.text,
                figure=edit.figure,
            )


def _standing(current: Review, number: str, unit: str, field: AmendedField) -> str:
    own = current.targets if field in ("value", "remark") else current.tasks
    found = next((each for each in own if (each.number, each.unit) == (number, unit)), None)
    value = getattr(found, field, None)
    return format_number(value) if isinstance(value, float) else value or ""


def _check_tasks(edits: Sequence[Edit], whole: Consolidation, amended: Review, form: Form) -> Iterator[Finding]:
    """Whether each task that was touched can be scored, and its progress goes with its status."""
    lines = {line.task.number: line for line in whole.tasks}
    reviews = {(each.number, each.unit): each for each in amended.tasks}
    verified = {(each.number, each.unit) for each in amended.targets}
    touched = {each.row.number: each for each in reversed(edits) if each.field in ("status", "progress")}
    for edit in reversed(touched.values()):  # of status and progress of a task the first
        line = lines[edit.row.number]
        figures = {target.number for target in line.task.targets}
        for unit in edit.row.units:
            review = reviews.get((edit.row.number, unit))
            told = any((number, unit) in verified for number in figures)
            finding = _wrong_with(edit, line, review, form, told=told) if review else None
            if finding is not None:
                yield finding
                break


def _wrong_with(edit: Edit, line: TaskLine, review: TaskReview, form: Form, *, told: bool) -> Finding | None:
    where = (edit.place, review.unit, review.number)
    reported = next((each.status for each in line.reports if each.unit == review.unit), "") or UNREPORTED
    told = told or review.progress is not None or review.score is not None
    if not told and lacks_figure(form, reported, review.status):
        return Finding(NO_FIGURE, *where, {"found": review.status, "expected": reported})
    whole = form.whole_progress(review.status)
    if whole is not None and review.progress not in (None, whole):
        shown = format_number(review.progress or 0.0)
        return Finding(PROGRESS_DIFFERS, *where, {"found": review.status, "expected": shown})
    return None


# ---- what is told -----------------------------------------------------------------------------------


def _told(found: Sequence[Amendment], current: Review) -> Iterator[str]:
    """Each difference with what held till then; where the group gave a score, that it stays."""
    for each in found[:_SHOWN_CHANGES]:
        yield f"{_name(each.number, each.unit, each.field)}：{_HEADINGS[each.field]}{_change(each)}。"
    if len(found) > _SHOWN_CHANGES:
        yield f"另有 {len(found) - _SHOWN_CHANGES} 处改动，都已登记。"
    scores = {(each.number, each.unit): each.score for each in current.tasks if each.score is not None}
    changed = [each for each in found if each.field in ("status", "progress")]
    for key in dict.fromkeys((each.number, each.unit) for each in changed):
        if key in scores:
            number, unit = key
            yield (
                f"任务 {number}（{unit}）检查组给了考评得分 {format_number(scores[key])}，仍按这个得分计；"
                "需要改的，请改核定表后再收。"
            )


def _name(number: str, unit: str, field: AmendedField) -> str:
    return f"{'指标' if field in ('value', 'remark') else '任务'} {number}（{unit}）"


def _change(amendment: Amendment) -> str:
    after = amendment.text or ("" if amendment.figure is None else format_number(amendment.figure))
    if not after:
        return f"清空，原为“{amendment.before}”，按未核定处理"
    return f"由“{amendment.before}”改为“{after}”" if amendment.before else f"填为“{after}”"


def with_overruled(year: Year, collected: ReviewCollected) -> ReviewCollected:
    """An inspection workbook that was just recorded: where it goes before what the office had verified."""
    entries = year.ledger.review_entries(year.number)
    before, now = review_in_force(entries[:-1]), review_in_force(entries)
    if not collected.changed or before is None or now is None:
        return collected
    amended = {
        (each.number, each.unit, each.field)
        for entry in year.ledger.amended_reviews(year.number)
        for each in entry.amendments
    }
    notes = [
        f"{_name(number, unit, field)}在汇总表中核定过，"
        f"{_HEADINGS[field]}以这次的核定表为准：由“{was or '（空白）'}”改为“{said or '（空白）'}”。"
        for number, unit, field in sorted(amended)
        if (was := _standing(before, number, unit, field)) != (said := _standing(now, number, unit, field))
    ]
    outcome = replace(collected.outcome, notes=(*collected.outcome.notes, *notes))
    return replace(collected, review=now, outcome=outcome)
