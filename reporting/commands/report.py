"""One function per command: read, run the stages, write, give back what was done. Prints nothing.

Only here are the steps of a command put in order, and only here are the clock's values handed down (as
arguments, from the command line). Files are written before the book, and the book in one transaction: a
killed command leaves either the old or the new state, and running it again completes it. The commands on a
plan stand in ``planning``: they need neither the book nor what is loaded for it.
"""

from __future__ import annotations

from contextlib import closing
from datetime import date

from reporting.ledger import Ledger
from reporting.model import Consolidation
from reporting.model.findings import Outcome
from reporting.model.review import Verified
from reporting.office.outbox import OUT_REPORT, write_output
from reporting.office.workspace import Workspace, exclusive
from reporting.review.scoring import idle_names
from reporting.review.verified import current_verified
from reporting.year.in_force import current_issue, plan_moved_on
from reporting.year.open import _consolidate

# ---- init --------------------------------------------------------------------------------------------


# ---- review ------------------------------------------------------------------------------------------


# ---- report ------------------------------------------------------------------------------------------


@exclusive("report")
def report(workspace: Workspace, today: date) -> tuple[Consolidation, Outcome]:
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
    with closing(Ledger(workspace.ledger_url)) as ledger:
        issued = current_issue(workspace, ledger)
        whole = _consolidate(workspace, ledger, issued, today)
        verified = current_verified(workspace, ledger, whole)
        notes = plan_moved_on(workspace, issued)
        proceedings = compile_proceedings(workspace, ledger, issued, whole, verified, today)
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
