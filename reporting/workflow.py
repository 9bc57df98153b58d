"""One function per command: read, run the stages, write, give back what was done. Prints nothing.

Only here are the steps of a command put in order, and only here are the clock's values handed down (as
arguments, from the command line). Files are written before the book, and the book in one transaction: a
killed command leaves either the old or the new state, and running it again completes it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reporting.collecting import Collected, collect, lies_in
from reporting.consolidate import latest_by_unit
from reporting.distribution import distribute
from reporting.files.workspace import (
    OUT_REMINDED,
    OUT_REPORT,
    Workspace,
    create_workspace,
    read_waivers,
    safe_name,
    write_output,
)
from reporting.findings import Outcome
from reporting.issuing import IssuedNow, Progress, current_issue, issue, plan_moved_on
from reporting.ledger import Ledger, Letter
from reporting.model import (
    Consolidation,
    Issue,
    Standing,
    UnitLine,
    UnitState,
    Verdict,
)
from reporting.plan_texts import number_key
from reporting.planning import Compared, Imported, check_plan, diff_plans, explain_plan, import_plan
from reporting.proposing import propose_units
from reporting.reviewing import (
    ReviewCollected,
    ReviewIssued,
    collect_review,
    issue_review,
    write_acceptance,
)

if TYPE_CHECKING:
    pass

__all__ = [
    "Board",
    "Collected",
    "Compared",
    "Imported",
    "IssuedNow",
    "Progress",
    "ReviewCollected",
    "ReviewIssued",
    "TaskState",
    "check_plan",
    "collect",
    "diff_plans",
    "explain_plan",
    "import_plan",
    "init",
    "issue",
    "propose_units",
    "remind",
    "report",
    "review_collect",
    "review_issue",
    "status",
]

# ---- init and plan -----------------------------------------------------------------------------------


def init(root: Path, year: int) -> Outcome:
    """Make a folder a workspace; what is there already stays."""
    return Outcome(written=tuple(create_workspace(root, year)))


# ---- status and remind -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TaskState:
    """Which units still owe their word on a task."""

    number: str
    content: str
    missing: tuple[str, ...]

    @property
    def state(self) -> str:
        """``complete`` when everybody responsible has an accepted return, else ``missing``."""
        return "missing" if self.missing else "complete"


@dataclass(frozen=True, slots=True)
class Board:
    """The book at a glance: every unit and every task."""

    title: str
    year: int
    due: date
    today: date
    units: tuple[UnitLine, ...]
    tasks: tuple[TaskState, ...]
    unsettled: tuple[Standing, ...]
    notes: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The stable form for machines."""
        return {
            "units": [
                {
                    "unit": each.unit,
                    "state": str(each.state),
                    "received": each.received.isoformat(timespec="seconds") if each.received else None,
                    "errors": each.errors,
                    "tasks": list(each.tasks),
                }
                for each in self.units
            ],
            "tasks": [
                {"number": each.number, "state": each.state, "missing": list(each.missing)}
                for each in self.tasks
            ],
        }


def status(workspace: Workspace, today: date) -> Board:
    """Who is awaited, late, sent back, accepted; which tasks lack whose word."""
    from reporting.consolidate import unit_lines

    with closing(Ledger(workspace.ledger_url)) as ledger:
        issued = current_issue(workspace, ledger)
        standings = ledger.standings(issued.year)
    distribution = distribute(issued.plan)
    units = unit_lines(issued.plan, distribution.recipients, standings, issued.due, today)
    settled = {each.unit for each in units if each.state is UnitState.ACCEPTED}
    tasks = tuple(
        TaskState(
            task.number,
            task.content,
            tuple(each.unit for each in distribution.by_task[task.number] if each.unit not in settled),
        )
        for task in issued.plan.tasks
    )
    silent = [each.unit for each in units if each.state in (UnitState.AWAITED, UnitState.LATE)]
    unsettled = tuple(_unsettled(standings, workspace.inbox, silent))
    notes = tuple(plan_moved_on(workspace, issued))
    return Board(issued.title, issued.year, issued.due, today, units, tasks, unsettled, notes)


def _unsettled(standings: Sequence[Standing], inbox: Path, silent: Sequence[str]) -> Iterator[Standing]:
    """Files that wait for the coordinator: not since replaced by name, not since taken out of the inbox.

    A photo or a Word file that bears the name of a unit from which nothing else came may be all it sent.
    """
    newest = {each.file: each for each in standings}
    for each in newest.values():
        gone = each.from_inbox and not lies_in(inbox, each.file)
        instead = each.verdict is Verdict.IGNORED and any(unit in each.file for unit in silent)
        if (each.verdict in (Verdict.UNIDENTIFIED, Verdict.UNREADABLE) or instead) and not gone:
            yield each


def remind(workspace: Workspace, now: datetime) -> tuple[list[tuple[UnitLine, int]], Outcome]:
    """Write a letter for each unit that has not sent, or was sent back and has not sent again in time.

    Gives back each such unit with the days it is late, and what was written.
    """
    from reporting.consolidate import unit_lines
    from reporting.files.word import fill_template
    from reporting.outputs import reminder

    settings, today = workspace.settings, now.date()
    with closing(Ledger(workspace.ledger_url)) as ledger:
        issued = current_issue(workspace, ledger)
        standings = ledger.standings(issued.year)
        latest = latest_by_unit(standings)
        distribution = distribute(issued.plan)
        late: list[tuple[UnitLine, int]] = []
        written: list[Path] = []
        letters: list[Letter] = []
        for line in unit_lines(issued.plan, distribution.recipients, standings, issued.due, today):
            newest = latest.get(line.unit)
            due = newest.due if newest and newest.due and line.state is UnitState.RETURNED else issued.due
            if line.state is UnitState.ACCEPTED or today <= due:
                continue
            days = (today - due).days
            context = reminder.build(
                settings,
                issuer=issued.issuer,
                unit=line.unit,
                due=due,
                days_late=days,
                returned=line.state is UnitState.RETURNED,
                tasks=sorted(line.tasks, key=number_key),
                new_due=today + timedelta(days=settings.resubmit_days),
                today=today,
            )
            data = fill_template(workspace.template(reminder.OUTPUT.template), context)
            name = f"{issued.year}_{line.ordinal:02}_{safe_name(line.unit)}_催报函_{today:%Y%m%d}.docx"
            written.append(write_output(workspace.outbox(OUT_REMINDED) / name, data))
            letters.append(Letter(now, "催报", line.unit, name, hashlib.sha256(data).hexdigest()))
            late.append((line, days))
        known = {(each.file, each.sha256) for each in ledger.letters(issued.year)}
        ledger.add_letters([each for each in letters if (each.file, each.sha256) not in known], issued.year)
    return late, Outcome(tuple(written), notes=tuple(_old_reminders(workspace, written)))


def _old_reminders(workspace: Workspace, written: Sequence[Path]) -> list[str]:
    """Letters of earlier days still lie there; sending one again, or to a unit that has sent, is a slip."""
    names = {path.name for path in written}
    old = sorted(
        path.name for path in workspace.outbox(OUT_REMINDED).glob("*.docx") if path.name not in names
    )
    return [f"“{OUT_REMINDED}”文件夹里还有以前写的催报函，请勿再发：{'、'.join(old)}。"] if old else []


# ---- review ------------------------------------------------------------------------------------------


def review_issue(workspace: Workspace, now: datetime, share: int = 100, seed: int = 1) -> ReviewIssued:
    """Write the workbook in which the inspection group verifies what was reported.

    ``share`` percent of each unit's tasks are drawn for a visit, by a draw that anybody can repeat.
    """
    with closing(Ledger(workspace.ledger_url)) as ledger:
        issued = current_issue(workspace, ledger)
        whole = _consolidate(workspace, ledger, issued, now.date())
        return issue_review(workspace, ledger, issued, whole, share=share, seed=seed, now=now)


def review_collect(workspace: Workspace, path: Path | None, now: datetime) -> ReviewCollected:
    """Read back what the inspection group verified; with errors nothing is recorded."""
    with closing(Ledger(workspace.ledger_url)) as ledger:
        issued = current_issue(workspace, ledger)
        whole = _consolidate(workspace, ledger, issued, now.date())
        return collect_review(workspace, ledger, whole, path, now)


def _consolidate(workspace: Workspace, ledger: Ledger, issued: Issue, today: date) -> Consolidation:
    from reporting.consolidate import consolidate

    standings = ledger.standings(issued.year, with_content=True)
    waivers = [
        f"{each.unit}任务“{each.task}”：{each.reason}（{each.approved_by}同意）"
        if each.task
        else f"{each.unit}：{each.reason}（{each.approved_by}同意）"
        for each in read_waivers(workspace)
        if each.until is None or today <= each.until
    ]
    settings, form = workspace.settings, workspace.form
    return consolidate(issued, distribute(issued.plan), standings, settings, form, today, waivers)


# ---- report ------------------------------------------------------------------------------------------


def report(workspace: Workspace, today: date) -> tuple[Consolidation, Outcome]:
    """Write the consolidated workbook and the year-end summary from all accepted returns.

    Once the inspection group verified anything, the acceptance report is written too.
    """
    from reporting.files.report_book import write_report_book
    from reporting.files.word import fill_template
    from reporting.outputs import consolidated, summary
    from reporting.scoring import idle_weights

    settings, form = workspace.settings, workspace.form
    with closing(Ledger(workspace.ledger_url)) as ledger:
        issued = current_issue(workspace, ledger)
        whole = _consolidate(workspace, ledger, issued, today)
        document = fill_template(
            workspace.template(summary.OUTPUT.template), summary.build(whole, settings, form)
        )
        book = write_report_book(consolidated.build(whole, settings, form), form.look)
        folder = workspace.outbox(OUT_REPORT)
        written = [
            write_output(folder / f"{issued.year}年度任务完成情况汇总表.xlsx", book),
            write_output(folder / f"{issued.year}年度任务完成情况报告.docx", document),
        ]
        accepted, notes = write_acceptance(workspace, ledger, whole)
    if accepted:
        notes = [*notes, *idle_weights(issued.plan, settings.scoring)]
    notes = [*plan_moved_on(workspace, issued), *notes]
    return whole, Outcome((*written, *accepted), notes=tuple(notes))
