"""The steps of inspection and acceptance: the review workbook out, back in, and the acceptance report.

``workflow`` runs them with the year put together; like the other steps they write files before the book.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from reporting.files.disk import write_atomic
from reporting.ledger import CollectedReview, IssuedReview, Ledger
from reporting.ledger.letters import Sending
from reporting.model import Consolidation, Issue, LetterKind
from reporting.model.findings import DubanError, Finding, Outcome
from reporting.model.review import Inspection, Review, Verified
from reporting.office.inbox import Incoming, keep_original
from reporting.office.outbox import OUT_REVIEW, safe_name, write_output
from reporting.office.workspace import Workspace, exclusive
from reporting.review.merge import differences, merge
from reporting.review.sample import inspect, inspection_digest
from reporting.review.scoring import idle_names
from reporting.review.verified import ReviewCollected, ReviewIssued, current_verified
from reporting.review.workbook.open import open_review, read_review_file, refuse_foreign
from reporting.review.workbook.read import read_review_book, rows_left
from reporting.review.workbook.write import write_review_book
from reporting.year.open import open_year

_SHOWN_CHANGES = 20


def review_path(workspace: Workspace) -> Path:
    """Where the review workbook of the year stands."""
    return workspace.outbox(OUT_REVIEW) / f"{workspace.settings.year}年度检查验收核定表.xlsx"


def issue_review(
    workspace: Workspace,
    ledger: Ledger,
    issued: Issue,
    whole: Consolidation,
    *,
    share: int,
    seed: int,
    now: datetime,
) -> ReviewIssued:
    """Write the workbook for the inspection group and record what it was shown.

    A workbook that somebody worked in is never lost: it stays when nothing changed, and is kept beside the
    new one under a name of its own when something did.
    """
    inspection = inspect(whole, issued.plan_id, share, seed)
    if not inspection.tasks:
        raise DubanError("没有可以核定的任务：方案中没有任务落实到单位。")
    most = workspace.settings.scoring.most_points
    data = write_review_book(inspection, inspection_digest(inspection), workspace.form, most)
    path = review_path(workspace)
    known = ledger.issued_reviews(issued.year)
    same = bool(known) and known[-1].inspection == inspection
    notes = list(idle_names(issued.plan, workspace.settings.scoring))
    if _was_filled_in(path, data, known):
        if same:
            note = f"{path.name} 已经填写过，上报内容没有变化，没有改动。"
            return ReviewIssued(inspection, path, Outcome(notes=(note, *notes)), changed=False)
        notes.append(_keep_beside(path))
    written = write_output(path, data)
    if not same:
        sha256 = hashlib.sha256(data).hexdigest()
        ledger.add_review(issued.year, IssuedReview(now, path.name, sha256, inspection))
    return ReviewIssued(inspection, path, Outcome((written,), notes=tuple(notes)), changed=not same)


def _was_filled_in(path: Path, data: bytes, known: Sequence[IssuedReview]) -> bool:
    """Whether a workbook stands there that is none of ours as we wrote it."""
    if not path.is_file():
        return False
    there = read_review_file(path)
    return there != data and hashlib.sha256(there).hexdigest() not in {each.sha256 for each in known}


def _keep_beside(path: Path) -> str:
    data = read_review_file(path)
    kept = path.with_name(f"{path.stem}-原有-{hashlib.sha256(data).hexdigest()[:8]}{path.suffix}")
    write_atomic(kept, data)
    return (
        f"原有的 {path.name} 已另存为 {kept.name}，其中填写的内容没有带入新表；要收原有的，请写明它的路径。"
    )


def collect_review(
    workspace: Workspace,
    ledger: Ledger,
    whole: Consolidation,
    path: Path | None,
    now: datetime,
    *,
    instead: bool = False,
) -> ReviewCollected:
    """Read a filled-in workbook, keep it, and record what was verified; with errors nothing is recorded.

    What a workbook leaves blank stays as another one had it before, unless it counts ``instead`` of them.
    One that was collected before changes nothing, so that running the command again takes nothing back.
    """
    known = ledger.issued_reviews(whole.year)
    if not known:
        raise DubanError(f"{whole.year} 年度还没有生成核定表。请先运行 review issue。")
    path = path or review_path(workspace)
    book = open_review(path)
    refuse_foreign(book, whole.year)
    sha256 = hashlib.sha256(book.data).hexdigest()
    own = [each for each in known if inspection_digest(each.inspection) == book.digest]
    shown = (own or known)[-1].inspection
    came = ledger.collected_reviews(whole.year)
    if not instead and any(each.sha256 == sha256 for each in came):
        note = "这份核定表以前已经收过，没有再登记；要以它为准的，请加 --instead。"
        return ReviewCollected(came[-1].review, path, _outcome([], [note]), changed=False)
    most = workspace.settings.scoring.most_points
    review, findings = read_review_book(book, shown, workspace.form, inspection_digest(shown), most)
    if any(finding.is_error for finding in findings):
        return ReviewCollected(review, path, _outcome(findings), changed=False)
    merged = merge(came[-1].review, review) if came and not instead else review
    notes = _told(came[-1].review, merged) if came else []
    findings += rows_left(path.name, shown, merged)
    keep_original(workspace.archive, Incoming(path.name, sha256, book.data, book.kind))
    ledger.add_review(whole.year, CollectedReview(now, path.name, sha256, merged))
    changed = not came or came[-1].review != merged
    return ReviewCollected(merged, path, _outcome(findings, [*notes, *_moved_on(shown, whole)]), changed)


def _told(before: Review, after: Review) -> list[str]:
    """What was verified before and is said otherwise now, the first of many in full."""
    told = list(differences(before, after))
    if len(told) <= _SHOWN_CHANGES:
        return told
    return [*told[:_SHOWN_CHANGES], f"另有 {len(told) - _SHOWN_CHANGES} 处与以前登记的不同，都以这次的为准。"]


def _outcome(findings: Sequence[Finding], notes: Sequence[str] = ()) -> Outcome:
    return Outcome(findings=tuple(findings), notes=tuple(notes))


def _moved_on(shown: Inspection, whole: Consolidation) -> list[str]:
    """Say when units sent other words after the workbook had gone to the group."""
    before = {(each.number, each.unit): each for each in shown.tasks}
    now = {(each.number, each.unit): each for each in inspect(whole, "", shown.share, shown.seed).tasks}
    moved = {key for key in before.keys() | now.keys() if before.get(key) != now.get(key)}
    if not moved:
        return []
    units = "、".join(dict.fromkeys(unit for _, unit in sorted(moved)))
    return [
        f"生成核定表以后，{len(moved)} 项次任务的上报内容有变化（{units}）。"
        "核定结果仍然有效；需要重新核定的，请再运行 review issue。"
    ]


def write_rectifications(
    workspace: Workspace, ledger: Ledger, whole: Consolidation, verified: Verified, now: datetime
) -> Outcome:
    """Write a notice for each unit that the inspection did not simply pass, and book what goes out."""
    from reporting.documents import rectification
    from reporting.documents.acceptance.view import AcceptanceView
    from reporting.documents.filling.word import fill_template

    view = AcceptanceView(whole, verified.review, verified.scores, workspace.form)
    ordinals = {line.unit: line.ordinal for line in whole.units}
    template = workspace.template(rectification.OUTPUT.template)
    made: dict[str, tuple[str, bytes]] = {}
    for found in rectification.units_to_rectify(view):
        context = rectification.build(view, found, workspace.settings, now.date())
        name = f"{whole.year}_{ordinals.get(found.unit, 0):02}_{safe_name(found.unit)}_整改通知.docx"
        made[name] = found.unit, fill_template(template, context)
    sending = Sending(workspace, OUT_REVIEW, now)
    for name, (unit, data) in made.items():
        sending.put(LetterKind.RECTIFICATION, unit, name, data)
    ledger.add_letters(sending.letters, whole.year)
    old = sending.others("*_整改通知.docx")
    note = f"“{OUT_REVIEW}”文件夹里还有以前写的整改通知，按现在的结论不再需要，请勿发出：{'、'.join(old)}。"
    return Outcome(sending.written, notes=(note,) if old else ())


@exclusive("review issue")
def review_issue(workspace: Workspace, now: datetime, share: int = 100, seed: int = 1) -> ReviewIssued:
    """Write the workbook in which the inspection group verifies what was reported.

    ``share`` percent of each unit's tasks are drawn for a visit, by a draw that anybody can repeat.
    """
    with open_year(workspace, now) as year:
        return issue_review(workspace, year.ledger, year.issued, year.whole, share=share, seed=seed, now=now)


@exclusive("review collect")
def review_collect(
    workspace: Workspace, path: Path | None, now: datetime, *, instead: bool = False
) -> ReviewCollected:
    """Read back what was verified, by the inspection group or in the consolidated workbook by the office.

    With errors nothing is recorded. ``instead`` has an inspection workbook count in place of all before it.
    """
    from reporting.commands.review_amend import collect_amendments, with_overruled
    from reporting.documents.consolidated.file.read import open_report_book

    with open_year(workspace, now) as year:
        ledger, whole = year.ledger, year.whole
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
    with open_year(workspace, now) as year:
        ledger, whole = year.ledger, year.whole
        verified = current_verified(workspace, ledger, whole)
        if verified is None:
            raise DubanError("还没有核定结果，不能写整改通知。请先运行 review collect 收回核定表。")
        return write_rectifications(workspace, ledger, whole, verified, now)
