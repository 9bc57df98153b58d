"""The year put together: the consolidated workbook, the summary, the page, and what the inspection found."""

from __future__ import annotations

from datetime import datetime

from reporting.model import Consolidation
from reporting.model.findings import Outcome
from reporting.model.review import Verified
from reporting.office.outbox import OUT_REPORT, write_output
from reporting.office.workspace import Workspace, exclusive
from reporting.review.scoring import idle_names
from reporting.review.verified import current_verified
from reporting.year.in_force import plan_moved_on
from reporting.year.open import open_year


@exclusive("report")
def report(workspace: Workspace, now: datetime) -> tuple[Consolidation, Outcome]:
    """Write the consolidated workbook, the year-end summary and the page from all accepted returns.

    Once the inspection group verified anything, the acceptance report is written too. All are made before the
    first is written, so that a template that cannot be used leaves last time's files as they were.
    """
    from reporting.commands.report_proceedings import compile_proceedings
    from reporting.documents import consolidated, dashboard, summary
    from reporting.documents.consolidated.file.book import write_report_book
    from reporting.documents.filling.page import fill_page
    from reporting.documents.filling.word import fill_template, left_out

    settings, form = workspace.settings, workspace.form
    with open_year(workspace, now) as year:
        issued, whole = year.issued, year.whole
        verified = current_verified(workspace, year.ledger, whole)
        notes = plan_moved_on(workspace, issued)
        proceedings = compile_proceedings(year, verified)
    template, context = workspace.template(summary.OUTPUT.template), summary.build(whole, settings, form)
    notes = [*notes, *left_out(template, context)]
    made = {
        f"{issued.year}年度任务完成情况汇总表.xlsx": write_report_book(
            consolidated.build(whole, settings, form, proceedings), form.look
        ),
        f"{issued.year}年度任务完成情况报告.docx": fill_template(template, context),
    }
    if verified is None:
        notes = [*notes, NOT_REVIEWED]
    else:
        document, incomplete = acceptance_report(workspace, whole, verified)
        made[f"{issued.year}年度任务检查验收报告.docx"] = document
        notes = [*notes, *incomplete, *idle_names(issued.plan, settings.scoring)]
    made[f"{issued.year}年度任务看板.html"] = fill_page(
        workspace.template(dashboard.OUTPUT.template),
        dashboard.build(whole, settings, form, tuple(made), verified),
    )
    folder = workspace.outbox(OUT_REPORT)
    written = [write_output(folder / name, data) for name, data in made.items()]
    return whole, Outcome(tuple(written), notes=tuple(notes))


NOT_REVIEWED = "尚未核定，未生成检查验收报告。"


def acceptance_report(
    workspace: Workspace, whole: Consolidation, verified: Verified
) -> tuple[bytes, list[str]]:
    """The acceptance report as a Word document, and what its template leaves out."""
    from reporting.documents import acceptance
    from reporting.documents.filling.word import fill_template, left_out

    context = acceptance.build(whole, verified.review, verified.scores, workspace.settings, workspace.form)
    template = workspace.template(acceptance.OUTPUT.template)
    return fill_template(template, context), left_out(template, context)
