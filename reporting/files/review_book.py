"""The review workbook (核定表): one for the inspection group, written and read back.

``write_review_book`` lays it out, ``read_review_book`` reads what the group filled in, and both go by the
sheets and headings of ``review_sheets``.
"""

from __future__ import annotations

from reporting.review.workbook.open import ReviewBook, open_review, read_review_file, refuse_foreign
from reporting.review.workbook.read import read_review_book, rows_left
from reporting.review.workbook.write import write_review_book

__all__ = [
    "ReviewBook",
    "open_review",
    "read_review_book",
    "read_review_file",
    "refuse_foreign",
    "rows_left",
    "write_review_book",
]
