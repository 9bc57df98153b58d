"""What the book holds of the inspection: workbooks out and back, and what the office verified itself."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError
from sqlalchemy.engine import Row as SqlRow

from reporting.ledger import tables
from reporting.ledger.pages import Pages, insert_row
from reporting.ledger.records import AmendedReview, CollectedReview, IssuedReview
from reporting.ledger.verified import ReviewEntry, review_in_force
from reporting.model.findings import DubanError
from reporting.model.review import Amendment, Inspection, Review

_Record = TypeVar("_Record")
_Content = TypeVar("_Content")


@dataclass(frozen=True)
class _Kind(Generic[_Record, _Content]):
    """One kind of entry: its record, which has ``content`` behind time, file and hash, and what that is."""

    name: str
    record: Callable[..., _Record]
    content: str
    type: Any
    words: str

    @cached_property
    def _adapter(self) -> TypeAdapter[_Content]:
        return TypeAdapter(self.type)

    def write(self, record: object) -> Any:
        """The content of a record as data."""
        return self._adapter.dump_python(getattr(record, self.content), mode="json")

    def read(self, row: SqlRow[Any]) -> _Content:
        """The content of a row back."""
        try:
            return self._adapter.validate_python(row.content)
        except ValidationError as error:
            raise DubanError(f"台账中的{self.words}读不出来，可能是其他版本的程序写的。请从备份恢复台账。") from error

    def read_all(self, rows: Sequence[SqlRow[Any]]) -> list[_Record]:
        """The records of rows."""
        return [self.record(each.at, each.file, each.sha256, self.read(each)) for each in rows]


_ISSUED = _Kind[IssuedReview, Inspection]("issued", IssuedReview, "inspection", Inspection, "核定表")
_COLLECTED = _Kind[CollectedReview, Review]("collected", CollectedReview, "review", Review, "核定结果")
_AMENDED = _Kind[AmendedReview, tuple[Amendment, ...]](
    "amended", AmendedReview, "amendments", tuple[Amendment, ...], "核定结果"
)


class ReviewPages(Pages):
    """The pages of the inspection."""

    def add_review(self, year: int, review: IssuedReview | CollectedReview | AmendedReview) -> None:
        """Record that a review workbook went to the group or came back, or what the office verified."""
        kind = next(each for each in (_ISSUED, _COLLECTED, _AMENDED) if each.record is type(review))
        with self._writing() as connection:
            content = kind.write(review)
            insert_row(connection, tables.reviews, review, year=year, kind=kind.name, content=content)

    def issued_reviews(self, year: int) -> list[IssuedReview]:
        """All review workbooks that went out in a year, in the order in which they did."""
        return _ISSUED.read_all(self._reviews(year, _ISSUED.name))

    def collected_reviews(self, year: int | None = None) -> list[CollectedReview]:
        """All review workbooks that came back, in the order in which they did; of one year if it is given."""
        return _COLLECTED.read_all(self._reviews(year, _COLLECTED.name))

    def amended_reviews(self, year: int | None = None) -> list[AmendedReview]:
        """All consolidated workbooks that came back verified; years as for ``collected_reviews``."""
        return _AMENDED.read_all(self._reviews(year, _AMENDED.name))

    def review_entries(self, year: int) -> list[ReviewEntry]:
        """Everything that was verified in a year, by the group or by the office, in its order."""
        return [
            _COLLECTED.read(each) if each.kind == _COLLECTED.name else _AMENDED.read(each)
            for each in self._reviews(year, _COLLECTED.name, _AMENDED.name)
        ]

    def current_review(self, year: int) -> CollectedReview | None:
        """What is verified by now, with the file that was the last to say so; None before anything was."""
        review = review_in_force(self.review_entries(year))
        if review is None:
            return None
        newest = self._reviews(year, _COLLECTED.name, _AMENDED.name)[-1]
        return CollectedReview(newest.at, newest.file, newest.sha256, review)

    def _reviews(self, year: int | None, *kinds: str) -> Sequence[SqlRow[Any]]:
        of_year = [] if year is None else [tables.reviews.c.year == year]
        return self._all(tables.reviews, tables.reviews.c.kind.in_(kinds), *of_year)
