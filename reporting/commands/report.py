"""The year put together: the consolidated workbook, the summary, the page, and what the inspection found."""

from datetime import datetime
from typing import NamedTuple

from reporting.commands.report_proceedings import compile_proceedings
from reporting.documents import acceptance, consolidated, dashboard, summary
from reporting.documents.consolidated.file.book import write_report_book
from reporting.documents.filling.make import make_document
from reporting.model import Consolidation
from reporting.model.findings import Outcome
from reporting.office.outbox import OUT_REPORT, write_output
from reporting.office.workspace import Workspace, exclusive
from reporting.review.scoring import idle_names
from reporting.review.verified import current_verified
from reporting.year.in_force import plan_moved_on
from reporting.year.open import open_year

NOT_REVIEWED = "尚未核定，未生成检查验收报告。"


class Reported(NamedTuple):
    """What ``report`` put together, and the files it wrote."""

    whole: Consolidation
    outcome: Outcome


@exclusive("report")
def report(workspace: Workspace, now: datetime) -> Reported:
    """Write the consolidated workbook, the year-end summary and the page from all accepted returns.

    Once the inspection group verified anything, the acceptance report is written too. All are made before the
    first is written, so that a template that cannot be used leaves last time's files as they were.
    """
    settings, form = workspace.settings, workspace.form
    with open_year(workspace, now) as year:
        issued, whole = year.issued, year.whole
        verified = current_verified(workspace, year.ledger, whole)
        notes = plan_moved_on(workspace, issued)
        proceedings = compile_proceedings(year, verified)
    named = f"{issued.year}年度任务"
    told = make_document(workspace, summary.OUTPUT, summary.build(whole, settings, form))
    book = consolidated.build(whole, settings, form, proceedings)
    made = {f"{named}完成情况汇总表.xlsx": write_report_book(book, form.look), f"{named}完成情况报告.docx": told.data}
    notes += told.notes
    if verified is None:
        notes.append(NOT_REVIEWED)
    else:
        context = acceptance.build(whole, verified.review, verified.scores, settings, form)
        accepted = make_document(workspace, acceptance.OUTPUT, context)
        made[f"{named}检查验收报告.docx"] = accepted.data
        notes += [*accepted.notes, *idle_names(issued.plan, settings.scoring)]
    context = dashboard.build(whole, settings, form, tuple(made), verified)
    made[f"{named}看板.html"] = make_document(workspace, dashboard.OUTPUT, context).data
    folder = workspace.outbox(OUT_REPORT)
    written = [write_output(folder / name, data) for name, data in made.items()]
    return Reported(whole, Outcome(tuple(written), notes=tuple(notes)))
