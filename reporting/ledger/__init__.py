"""What is owed and what came in: an append-only book in a database.

Receipts, verdicts, findings, exceptions, issued plans, decisions and everything that went out are only ever
added; every state is derived from them. One command is one transaction: a killed command leaves the book as
it was.
"""

from reporting.ledger.book import Ledger
from reporting.ledger.frozen import answered_by, as_return, plan_from_json, plan_id, plan_to_json
from reporting.ledger.records import (
    AmendedReview,
    BookedFinding,
    BookedRun,
    CollectedReview,
    Entry,
    IssuedReview,
    Letter,
    Original,
    PartFile,
    Waived,
)
