"""What is owed and what came in: an append-only book in a database.

Receipts, verdicts, findings, exceptions, issued plans, decisions and everything that went out are only ever
added; every state is derived from them. One command is one transaction: a killed command leaves the book as
it was.
"""

from reporting.ledger.book import Ledger
from reporting.ledger.frozen import (
    content_to_return,
    plan_from_json,
    plan_id,
    plan_to_json,
    return_to_content,
)
from reporting.ledger.records import (
    AmendedReview,
    CollectedReview,
    Entry,
    IssuedReview,
    Letter,
    Original,
    Version,
    Waived,
)

__all__ = [
    "AmendedReview",
    "CollectedReview",
    "Entry",
    "IssuedReview",
    "Ledger",
    "Letter",
    "Original",
    "Version",
    "Waived",
    "content_to_return",
    "plan_from_json",
    "plan_id",
    "plan_to_json",
    "return_to_content",
]
