"""One function per command: read, run the stages, write, give back what was done. Prints nothing.

Only here are the steps of a command put in order, and only here are the clock's values handed down (as
arguments, from the command line). Files are written before the book, and the book in one transaction: a
killed command leaves either the old or the new state, and running it again completes it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reporting.collecting import Collected, collect, lies_in
from reporting.consolidate import latest_by_unit
from reporting.distribution import distribute
from reporting.files.atomic import write_atomic
from reporting.files.workspace import (
    OUT_REMINDED,
    OUT_REPORT,
    Workspace,
    create_workspace,
    explain_os_error,
    read_waivers,
    safe_name,
    write_output,
)
from reporting.findings import DubanError, Finding, Outcome
from reporting.issuing import IssuedNow, Progress, check_plan, current_issue, issue, plan_moved_on
from reporting.ledger import Ledger, Letter
from reporting.model import (
    Consolidation,
    Issue,
    Plan,
    Standing,
    UnitLine,
    UnitState,
    Verdict,
)
from reporting.plan_diff import Change
from reporting.plan_merge import Merged
from reporting.plan_texts import number_key, plan_name
from reporting.proposing import propose_units
from reporting.reviewing import (
    ReviewCollected,
    ReviewIssued,
    collect_review,
    issue_review,
    write_acceptance,
)

if TYPE_CHECKING:
    from reporting.reading.account import Account

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


@dataclass(frozen=True, slots=True)
class Imported:
    """What ``plan import`` did. ``explained`` holds per task number which rule read which words."""

    plan: Plan
    outcome: Outcome
    account: Account
    explained: Mapping[str, tuple[str, ...]]


def import_plan(
    document: Path, output: Path, json_file: Path | None = None, *, keep_existing: bool = False
) -> Imported:
    """Read a plan document and write plan.xlsx (and the machine-readable form) for correction.

    A plan.xlsx that somebody may have worked in is never lost: with ``keep_existing`` it is left alone,
    otherwise it is kept beside the new one under a name of its own. Its edits go into the new one when this
    is a corrected version of the document it was made from; where both changed, a finding says so.
    """
    from reporting.files.documents import read_document
    from reporting.files.imported import write_imported
    from reporting.files.planbook import make_planbook
    from reporting.reading.account import draw_up
    from reporting.reading.plan import plan_json, read_plan
    from reporting.units.registry import propose

    if output.suffix.lower() != ".xlsx":
        raise DubanError(f"任务表只能写成 .xlsx 文件，不能写成“{output.name}”。请改正 -o 后面的文件名。")
    lines = read_document(document)
    reading = read_plan(lines)
    written: list[Path] = []
    notes: list[str] = []
    if json_file is not None:
        text = json.dumps(plan_json(reading.plan), ensure_ascii=False, indent=1)
        write_atomic(json_file, text.encode())
        written.append(json_file)
    findings: tuple[Finding, ...] = reading.findings
    has_content = bool(reading.plan.tasks or reading.plan.unassigned)
    if has_content and output.exists() and keep_existing:
        notes.append(f"{output.name} 已经存在，没有改动；要重新生成，请加 -o {output.name}。")
    elif has_content:
        fresh = replace(reading.plan, title=plan_name(reading.plan.title))
        entry = _merge_previous(output, fresh, findings)
        proposals = propose(entry.plan.units, entry.plan.year, Workspace(output.parent).reforms())
        known = _still_offered(entry.findings, entry.plan)
        findings = (*known, *(each.as_finding() for each in proposals))
        data = make_planbook(entry.plan, findings, entry.remarks)
        notes += [*_replace_planbook(output, data), *entry.notes]
        write_imported(output, fresh)  # after the workbook: cut short between, no edit counts as undone
        written.append(output)
    outcome = Outcome(tuple(written), findings, tuple(notes))
    return Imported(reading.plan, outcome, draw_up(lines, reading.plan), reading.explained)


def explain_plan(document: Path) -> Imported:
    """Read a plan document only to say why it reads as it does; nothing is written."""
    from reporting.files.documents import read_document
    from reporting.reading.account import draw_up
    from reporting.reading.plan import read_plan

    lines = read_document(document)
    reading = read_plan(lines)
    outcome = Outcome(findings=reading.findings)
    return Imported(reading.plan, outcome, draw_up(lines, reading.plan), reading.explained)


@dataclass(frozen=True, slots=True)
class _Entry:
    """What is to be written into plan.xlsx, and what to tell of it."""

    plan: Plan
    findings: tuple[Finding, ...]
    notes: tuple[str, ...] = ()
    remarks: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def _merge_previous(output: Path, fresh: Plan, findings: tuple[Finding, ...]) -> _Entry:
    """The new document with the edits of an earlier plan.xlsx, if it was made from the same document."""
    from reporting.files.imported import read_imported
    from reporting.files.planbook import read_planbook
    from reporting.plan_merge import is_same_document, merge_plans

    base = read_imported(output)
    lost = "原表中的修改没有带入新表"
    if not output.exists():
        return _Entry(fresh, findings)
    if base is None:
        return _Entry(fresh, findings, (f"{lost}。",))
    if not is_same_document(base, fresh):
        return _Entry(fresh, findings, (f"新方案与上次读入的方案差别很大，{lost}。",))
    try:
        mine, wrong = read_planbook(output)
    except DubanError as error:
        return _Entry(fresh, findings, (f"原表读不出来，{lost}。{error}",))
    errors = sum(each.is_error for each in wrong)
    if errors:
        raise DubanError(
            f"{output.name} 中有 {errors} 处填写有误，无法把其中的修改并入新表。请先运行 plan check 并改正；"
            f"不要原有修改的，请把 {output.name} 改名后再读入。"
        )
    merged = merge_plans(base, mine, fresh)
    told = (*merged.address(findings), *merged.findings)
    happened = merged.kept or merged.taken or merged.conflicts
    notes = (_account_of(merged),) if happened else ()
    return _Entry(merged.plan, told, notes, _remarks_of(output, merged))


def _still_offered(findings: Iterable[Finding], plan: Plan) -> Iterator[Finding]:
    """All but offers of members to a group that has some by now, adopted or written by hand."""
    settled = {unit.name for unit in plan.units if unit.members}
    return (each for each in findings if "members" not in each.values or each.unit not in settled)


def _account_of(merged: Merged) -> str:
    sentence = (
        f"已把原表的修改并入新表：保留原表修改 {merged.kept} 处，采用新方案 {merged.taken} 处，"
        f"需要取舍 {merged.conflicts} 处"
    )
    return sentence + ("，见带批注的格子。" if merged.conflicts else "。")


def _remarks_of(output: Path, merged: Merged) -> dict[str, dict[str, str]]:
    """The coordinator's notes at the numbers the tasks have now."""
    from reporting.files.planbook import read_remarks

    (tasks, by_number), (units, by_name) = read_remarks(output).items()
    moved = {merged.moved[number]: text for number, text in by_number.items() if number in merged.moved}
    return {tasks: moved, units: dict(by_name)}


def _replace_planbook(output: Path, data: bytes) -> list[str]:
    """Write plan.xlsx; one that somebody may have worked in is kept beside it, one that is the same stays."""
    if not output.exists():
        write_atomic(output, data)
        return []
    try:
        previous = output.read_bytes()
    except OSError as error:
        raise DubanError(
            f"无法读取已有的 {output}：{explain_os_error(error)}。请关闭正在使用它的程序后再运行。"
        ) from error
    if previous == data:
        return [f"{output.name} 与原来的完全相同，没有改动。"]
    kept = output.with_name(f"{output.stem}-原有-{hashlib.sha256(previous).hexdigest()[:8]}{output.suffix}")
    write_atomic(kept, previous)
    write_atomic(output, data)
    return [f"原有的 {output.name} 已另存为 {kept.name}。"]


@dataclass(frozen=True, slots=True)
class Compared:
    """What ``plan diff`` found between two plan files."""

    changes: tuple[Change, ...]
    outcome: Outcome


def diff_plans(old: Path, new: Path, json_file: Path | None = None) -> Compared:
    """Say what changed between two plans, each a plan.xlsx or a document as it was published.

    A cell that cannot be read is found in its file.
    """
    from reporting import plan_diff

    (before, wrong_before), (after, wrong_after) = _read_either(old), _read_either(new)
    changes = plan_diff.diff_plans(before, after)
    written: tuple[Path, ...] = ()
    if json_file is not None:
        text = json.dumps([each.as_json() for each in changes], ensure_ascii=False, indent=1)
        write_atomic(json_file, text.encode())
        written = (json_file,)
    wrong = tuple(each for each in (*wrong_before, *wrong_after) if each.is_error)
    return Compared(changes, Outcome(written, wrong))


def _read_either(path: Path) -> tuple[Plan, tuple[Finding, ...]]:
    from reporting.files.documents import read_document
    from reporting.files.planbook import read_if_planbook
    from reporting.reading.plan import read_plan

    book = read_if_planbook(path)
    if book is not None:
        return book.plan, book.findings
    reading = read_plan(read_document(path))
    return replace(reading.plan, title=plan_name(reading.plan.title)), reading.findings


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
