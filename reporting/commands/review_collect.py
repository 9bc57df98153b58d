"""What was verified comes back: in the review workbook by the inspection group, in the 汇总表 by the office.

The workbook is kept first and the book comes last. With errors nothing is recorded.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from reporting.commands.review_collect_amend import collect_amendments, with_overruled
from reporting.documents.consolidated.file.read import open_report_book
from reporting.ledger import CollectedReview
from reporting.model import Consolidation
from reporting.model.findings import DubanError, Finding, Outcome
from reporting.model.review import Inspection, Review
from reporting.office.inbox import keep_original
from reporting.office.workspace import Workspace, exclusive
from reporting.review.merge import differences, merge
from reporting.review.sample import inspect, inspection_digest
from reporting.review.verified import ReviewCollected
from reporting.review.workbook.open import open_review, refuse_foreign, review_path
from reporting.review.workbook.read import read_review_book, rows_left
from reporting.year.open import Year, open_year

_SHOWN_CHANGES = 20


@exclusive("review collect")
def review_collect(workspace: Workspace, path: Path | None, now: datetime, *, instead: bool = False) -> ReviewCollected:
    """Read back what was verified, by the inspection group or in the consolidated workbook by the office.

    With errors nothing is recorded. ``instead`` has an inspection workbook count in place of all before it.
    """
    with open_year(workspace, now) as year:
        brought = open_report_book(path) if path is not None else None
        if path is None or brought is None:
            collected = _collect(year, path or review_path(workspace), instead=instead)
            return with_overruled(year, collected)
        if instead:
            raise DubanError("--instead 只用于核定表。收汇总表请去掉 --instead。")
        return collect_amendments(year, path, brought)


def _collect(year: Year, path: Path, *, instead: bool) -> ReviewCollected:
    """Read a filled-in review workbook, keep it, and record what was verified.

    What a workbook leaves blank stays as another one had it before, unless it counts ``instead`` of them.
    One that was collected before changes nothing, so that running the command again takes nothing back.
    """
    workspace, ledger, whole = year.workspace, year.ledger, year.whole
    known = ledger.issued_reviews(whole.year)
    if not known:
        raise DubanError(f"{whole.year} 年度还没有生成核定表。请先运行 review issue。")
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
    keep_original(workspace.archive, book.data)
    ledger.add_review(whole.year, CollectedReview(year.now, path.name, sha256, merged))
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
