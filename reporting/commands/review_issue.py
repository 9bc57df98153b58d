"""The review workbook laid before the inspection group: all that was reported, ready to be verified."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from reporting.files.disk import read_file, write_atomic
from reporting.ledger import IssuedReview
from reporting.model.findings import DubanError, Outcome
from reporting.model.review import Inspection
from reporting.office.outbox import write_output
from reporting.office.workspace import Workspace, exclusive
from reporting.review.sample import inspect, inspection_digest
from reporting.review.scoring import idle_names
from reporting.review.workbook.open import review_path
from reporting.review.workbook.write import write_review_book
from reporting.year.open import open_year

_UNREAD = "无法读取核定表“{path}”：{why}。正在打开的请先关闭。"


@dataclass(frozen=True, slots=True)
class ReviewIssued:
    """What ``review issue`` did."""

    inspection: Inspection
    path: Path
    outcome: Outcome
    changed: bool


@exclusive("review issue")
def review_issue(workspace: Workspace, now: datetime, share: int = 100, seed: int = 1) -> ReviewIssued:
    """Write the workbook in which the inspection group verifies what was reported, and record what it shows.

    ``share`` percent of each unit's tasks are drawn for a visit, by a draw that anybody can repeat. A
    workbook that somebody worked in is never lost: it stays when nothing changed, and is kept beside the new
    one under a name of its own when something did.
    """
    scoring = workspace.settings.scoring
    with open_year(workspace, now) as year:
        inspection = inspect(year.whole, year.issued.plan_id, share, seed)
        if not inspection.tasks:
            raise DubanError("没有可以核定的任务：方案中没有任务落实到单位。")
        digest = inspection_digest(inspection)
        data = write_review_book(inspection, digest, workspace.form, scoring.most_points)
        path = review_path(workspace)
        known = year.ledger.issued_reviews(year.number)
        same = bool(known) and known[-1].inspection == inspection
        notes = list(idle_names(year.issued.plan, scoring))
        there = read_file(path, _UNREAD) if path.is_file() else data
        if there != data and _hash(there) not in {each.sha256 for each in known}:  # somebody worked in it
            if same:
                note = f"{path.name} 已经填写过，上报内容没有变化，没有改动。"
                return ReviewIssued(inspection, path, Outcome(notes=(note, *notes)), changed=False)
            kept = path.with_name(f"{path.stem}-原有-{_hash(there)[:8]}{path.suffix}")
            write_atomic(kept, there)
            notes.append(
                f"原有的 {path.name} 已另存为 {kept.name}，其中填写的内容没有带入新表；要收原有的，请写明它的路径。"
            )
        written = write_output(path, data)
        if not same:
            year.ledger.add_review(year.number, IssuedReview(now, path.name, _hash(data), inspection))
    return ReviewIssued(inspection, path, Outcome((written,), notes=tuple(notes)), changed=not same)


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
