"""What the book holds of the inspection: workbooks out and back, and what the office verified itself."""

from collections.abc import Sequence
from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from sqlalchemy.engine import Row as SqlRow

from reporting.ledger import tables
from reporting.ledger.pages import Pages, insert_row
from reporting.ledger.records import AmendedReview, CollectedReview, IssuedReview
from reporting.ledger.verified import ReviewEntry, review_in_force
from reporting.model.findings import DubanError
from reporting.model.review import Amendment, Inspection, Review

_REVIEW_ISSUED, _REVIEW_COLLECTED, _REVIEW_AMENDED = "issued", "collected", "amended"
_Content = TypeVar("_Content")


@cache
def _inspection_adapter() -> TypeAdapter[Inspection]:
    return TypeAdapter(Inspection)


@cache
def _review_adapter() -> TypeAdapter[Review]:
    return TypeAdapter(Review)


@cache
def _amendments_adapter() -> TypeAdapter[tuple[Amendment, ...]]:
    return TypeAdapter(tuple[Amendment, ...])


class ReviewPages(Pages):
    """The pages of the inspection."""

    def add_review(self, year: int, review: IssuedReview | CollectedReview | AmendedReview) -> None:
        """Record that a review workbook went to the group or came back, or what the office verified."""
        if isinstance(review, IssuedReview):
            kind = _REVIEW_ISSUED
            content = _inspection_adapter().dump_python(review.inspection, mode="json")
        elif isinstance(review, CollectedReview):
            kind = _REVIEW_COLLECTED
            content = _review_adapter().dump_python(review.review, mode="json")
        else:
            kind = _REVIEW_AMENDED
            content = _amendments_adapter().dump_python(review.amendments, mode="json")
        with self._writing() as connection:
            insert_row(
                connection,
                tables.reviews,
                at=review.at,
                year=year,
                kind=kind,
                file=review.file,
                sha256=review.sha256,
                content=content,
            )

    def issued_reviews(self, year: int) -> list[IssuedReview]:
        """All review workbooks that went out in a year, in the order in which they did."""
        return [
            IssuedReview(
                each.at, each.file, each.sha256, _read_back(_inspection_adapter(), each.content, "核定表")
            )
            for each in self._reviews(year, _REVIEW_ISSUED)
        ]

    def collected_reviews(self, year: int | None = None) -> list[CollectedReview]:
        """All review workbooks that came back, in the order in which they did; of one year if it is given."""
        return [
            CollectedReview(
                each.at, each.file, each.sha256, _read_back(_review_adapter(), each.content, "核定结果")
            )
            for each in self._reviews(year, _REVIEW_COLLECTED)
        ]

    def amended_reviews(self, year: int | None = None) -> list[AmendedReview]:
        """All consolidated workbooks that came back verified; years as for ``collected_reviews``."""
        return [
            AmendedReview(
                each.at, each.file, each.sha256, _read_back(_amendments_adapter(), each.content, "核定结果")
            )
            for each in self._reviews(year, _REVIEW_AMENDED)
        ]

    def review_entries(self, year: int) -> list[ReviewEntry]:
        """Everything that was verified in a year, by the group or by the office, in its order."""
        return [
            _read_back(_review_adapter(), each.content, "核定结果")
            if each.kind == _REVIEW_COLLECTED
            else _read_back(_amendments_adapter(), each.content, "核定结果")
            for each in self._reviews(year, _REVIEW_COLLECTED, _REVIEW_AMENDED)
        ]

    def current_review(self, year: int) -> CollectedReview | None:
        """What is verified by now, with the file that was the last to say so; None before anything was."""
        review = review_in_force(self.review_entries(year))
        if review is None:
            return None
        newest = self._reviews(year, _REVIEW_COLLECTED, _REVIEW_AMENDED)[-1]
        return CollectedReview(newest.at, newest.file, newest.sha256, review)

    def _reviews(self, year: int | None, *kinds: str) -> Sequence[SqlRow[Any]]:
        of_year = [] if year is None else [tables.reviews.c.year == year]
        return self._all(tables.reviews, tables.reviews.c.kind.in_(kinds), *of_year)


def _read_back(adapter: TypeAdapter[_Content], content: Any, what: str) -> _Content:
    try:
        return adapter.validate_python(content)
    except ValidationError as error:
        raise DubanError(f"台账中的{what}读不出来，可能是其他版本的程序写的。请从备份恢复台账。") from error
