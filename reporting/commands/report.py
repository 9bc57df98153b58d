"""One function per command: read, run the stages, write, give back what was done. Prints nothing.

Only here are the steps of a command put in order, and only here are the clock's values handed down (as
arguments, from the command line). Files are written before the book, and the book in one transaction: a
killed command leaves either the old or the new state, and running it again completes it. The commands on a
plan stand in ``planning``: they need neither the book nor what is loaded for it.
"""

from __future__ import annotations

from contextlib import closing
from datetime import date, datetime
from pathlib import Path

from reporting.commands.collect import collect
from reporting.commands.decide import extend, identify, reassign, revoke
from reporting.commands.issue import current_issue, issue, plan_moved_on
from reporting.commands.remind import remind
from reporting.commands.review import (
    NOT_REVIEWED,
    ReviewCollected,
    ReviewIssued,
    acceptance_report,
    collect_review,
    current_verified,
    issue_review,
    write_rectifications,
)
from reporting.commands.status import Board, status
from reporting.commands.status_unit import history
from reporting.commands.verify import verify
from reporting.ledger import Ledger
from reporting.ledger.letters import Sending
from reporting.model import Consolidation, Issue
from reporting.model.findings import DubanError, Outcome
from reporting.office.new_workspace import create_workspace
from reporting.office.outbox import OUT_REMINDED, OUT_REPORT, write_output
from reporting.office.waivers import read_waivers
from reporting.office.workspace import Workspace, exclusive
from reporting.plan.share_out import distribute

__all__ = [
    "Board",
    "bulletin",
    "collect",
    "extend",
    "history",
    "identify",
    "init",
    "issue",
    "reassign",
    "remind",
    "report",
    "review_collect",
    "review_issue",
    "review_rectify",
    "revoke",
    "status",
    "verify",
]

# ---- init --------------------------------------------------------------------------------------------


def init(root: Path, year: int) -> Outcome:
    """Make a folder a workspace; what is there already stays."""
    return Outcome(written=tuple(create_workspace(root, year)))


# ---- review ------------------------------------------------------------------------------------------


@exclusive("review issue")
def review_issue(workspace: Workspace, now: datetime, share: int = 100, seed: int = 1) -> ReviewIssued:
    """Write the workbook in which the inspection group verifies what was reported.

    ``share`` percent of each unit's tasks are drawn for a visit, by a draw that anybody can repeat.
    """
    with closing(Ledger(workspace.ledger_url)) as ledger:
        issued = current_issue(workspace, ledger)
        whole = _consolidate(workspace, ledger, issued, now.date())
        return issue_review(workspace, ledger, issued, whole, share=share, seed=seed, now=now)


@exclusive("review collect")
def review_collect(
    workspace: Workspace, path: Path | None, now: datetime, *, instead: bool = False
) -> ReviewCollected:
    """Read back what was verified, by the inspection group or in the consolidated workbook by the office.

    With errors nothing is recorded. ``instead`` has an inspection workbook count in place of all before it.
    """
    from reporting.commands.review_amend import collect_amendments, with_overruled
    from reporting.documents.consolidated.file.read import open_report_book

    with closing(Ledger(workspace.ledger_url)) as ledger:
        issued = current_issue(workspace, ledger)
        whole = _consolidate(workspace, ledger, issued, now.date())
        brought = open_report_book(path) if path is not None else None
        if path is not None and brought is not None:
            if instead:
                raise DubanError("--instead 只用于核定表。收汇总表请去掉 --instead。")
            return collect_amendments(workspace, ledger, whole, path, brought, now)
        collected = collect_review(workspace, ledger, whole, path, now, instead=instead)
        return with_overruled(ledger, collected, whole.year)


@exclusive("review rectify")
def review_rectify(workspace: Workspace, now: datetime) -> Outcome:
    """Write the notices of rectification, from what is verified by now.

    Raises ``DubanError`` before anything was.
    """
    with closing(Ledger(workspace.ledger_url)) as ledger:
        issued = current_issue(workspace, ledger)
        whole = _consolidate(workspace, ledger, issued, now.date())
        verified = current_verified(workspace, ledger, whole)
        if verified is None:
            raise DubanError("还没有核定结果，不能写整改通知。请先运行 review collect 收回核定表。")
        return write_rectifications(workspace, ledger, whole, verified, now)


def _consolidate(workspace: Workspace, ledger: Ledger, issued: Issue, today: date) -> Consolidation:
    from reporting.year.consolidate import consolidate
    from reporting.year.waivers import waivers_told

    standings = ledger.standings(issued.year, with_content=True)
    waivers = waivers_told(read_waivers(workspace), issued, today)
    waivers += [f"{each.words}：{each.reason}" for each in issued.decisions]
    settings, form = workspace.settings, workspace.form
    return consolidate(issued, distribute(issued.plan), standings, settings, form, today, waivers)


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
    from reporting.review.scoring import idle_names

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


@exclusive("bulletin")
def bulletin(workspace: Workspace, now: datetime) -> Outcome:
    """Write the bulletin to all units: who reported, what is behind, with named lists."""
    from reporting.documents import bulletin as output
    from reporting.documents.filling.word import fill_template, left_out

    with closing(Ledger(workspace.ledger_url)) as ledger:
        issued = current_issue(workspace, ledger)
        whole = _consolidate(workspace, ledger, issued, now.date())
        context = output.build(whole, workspace.settings, workspace.form)
        template = workspace.template(output.OUTPUT.template)
        data = fill_template(template, context)
        name = f"{issued.year}年度督查通报_{now:%Y%m%d}.docx"
        sending = Sending(workspace, OUT_REMINDED, now)
        sending.put("", name, data)
        ledger.add_letters(sending.letters, issued.year)
    early = now.date() <= issued.due
    note = f"报送截止日期 {issued.due:%Y-%m-%d} 还没有过，没有报送的单位未列入名单。"
    notes = [*([note] if early else []), *left_out(template, context)]
    return Outcome(sending.written, notes=tuple(notes))
