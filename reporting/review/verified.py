"""What was verified by now, scored, and what collecting it came to."""

from dataclasses import dataclass
from pathlib import Path

from reporting.ledger import Ledger
from reporting.model import Consolidation
from reporting.model.findings import Outcome
from reporting.model.review import Review, Verified
from reporting.office.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ReviewCollected:
    """What ``review collect`` did; with errors nothing was recorded."""

    review: Review
    path: Path
    outcome: Outcome
    changed: bool


def current_verified(workspace: Workspace, ledger: Ledger, whole: Consolidation) -> Verified | None:
    """What the inspection group brought back last, scored; None before any review was collected."""
    from reporting.review.scoring import score

    found = ledger.current_review(whole.year)
    if found is None:
        return None
    scores = score(whole, found.review, workspace.settings.scoring, workspace.form)
    return Verified(found.review, scores)
