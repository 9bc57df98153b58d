"""The book of one workspace: what can be added to it, and what can be asked of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import ColumnElement, Table, create_engine, event, func, insert, select
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.engine import Row as SqlRow
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from reporting.amendments import Entry as ReviewEntry
from reporting.amendments import in_force
from reporting.findings import DubanError
from reporting.ledger import tables
from reporting.ledger.connection import Spoken, explain, set_up_sqlite
from reporting.ledger.frozen import plan_from_json, plan_to_json
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
from reporting.ledger.standing import read_standings, still_counts
from reporting.model import Decision, DecisionKind, Issue, IssuedWorkbook, Role, Standing, Verdict
from reporting.review import Amendment, Inspection, Review

_REVIEW_ISSUED, _REVIEW_COLLECTED, _REVIEW_AMENDED = "issued", "collected", "amended"
_FINDING_WORDS = ("code", "severity", "sheet", "cell", "task", "message", "remedy", "found", "expected")
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


class Ledger:
    """The book of one workspace."""

    def __init__(self, url: str) -> None:
        """Open the book and make its tables if they are missing; raises ``DubanError`` when it cannot."""
        try:
            self._engine: Engine = create_engine(url)
            if make_url(url).get_backend_name() == "sqlite":
                event.listen(self._engine, "connect", set_up_sqlite)
            tables.prepare(self._engine)
        except (SQLAlchemyError, ArgumentError, ImportError) as error:
            raise DubanError(explain(url, error)) from error
        self._url = url

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def _writing(self) -> Spoken:
        return Spoken(self._engine.begin(), self._url)

    def _reading(self) -> Spoken:
        return Spoken(self._engine.connect(), self._url)

    def _all(self, table: Table, *conditions: ColumnElement[bool]) -> Sequence[SqlRow[Any]]:
        with self._reading() as connection:
            return connection.execute(select(table).where(*conditions).order_by(table.c.id)).all()

    def faults(self) -> list[str]:
        """What the database finds wrong with its file, and the guards that are gone, in its own words."""
        with self._reading() as connection:
            return tables.faults(connection)

    # ---- issues ----------------------------------------------------------------------------------

    def add_issue(self, issue: Issue, letters: Sequence[Letter] = ()) -> None:
        """Record that workbooks went out, and the letters that went with them."""
        with self._writing() as connection:
            key = _insert(
                connection,
                tables.issues,
                at=issue.at,
                year=issue.year,
                plan_id=issue.plan_id,
                title=issue.title,
                issuer=issue.issuer,
                due=issue.due,
                plan=plan_to_json(issue.plan),
            )
            connection.execute(
                insert(tables.recipients),
                [
                    {
                        "issue": key,
                        "ordinal": each.ordinal,
                        "unit": each.unit,
                        "file": each.file,
                        "sha256": each.sha256,
                    }
                    for each in issue.workbooks
                ],
            )
            _insert_letters(connection, letters, issue.year)

    def current_issue(self, year: int) -> Issue | None:
        """The newest issue of a year; None before anything went out."""
        found = self._issues(year, limit=1)
        return found[0] if found else None

    def issues(self, year: int) -> list[Issue]:
        """All issues of a year, the newest first."""
        return self._issues(year)

    def _issues(self, year: int, limit: int | None = None) -> list[Issue]:
        own = select(tables.issues).where(tables.issues.c.year == year)
        with self._reading() as connection:
            found = connection.execute(own.order_by(tables.issues.c.id.desc()).limit(limit)).all()
        return [self._issue(each) for each in found]

    def _issue(self, row: SqlRow[Any]) -> Issue:
        workbooks = self._all(tables.recipients, tables.recipients.c.issue == row.id)
        return Issue(
            at=row.at,
            year=row.year,
            plan_id=row.plan_id,
            title=row.title,
            issuer=row.issuer,
            due=row.due,
            plan=plan_from_json(row.plan),
            workbooks=tuple(
                IssuedWorkbook(each.ordinal, each.unit, each.file, each.sha256) for each in workbooks
            ),
        )

    # ---- decisions -------------------------------------------------------------------------------

    def add_decision(
        self,
        year: int,
        decision: Decision,
        letters: Sequence[Letter] = (),
        entries: Sequence[Entry] = (),
    ) -> int:
        """Record a decision of the office with what follows from it at once; gives back its number."""
        with self._writing() as connection:
            key = _insert(
                connection,
                tables.decisions,
                at=decision.at,
                year=year,
                kind=str(decision.kind),
                reason=decision.reason,
                unit=decision.unit,
                task=decision.task,
                until=decision.until,
                receiver=decision.receiver,
                role=str(decision.role or ""),
                revokes=decision.revokes,
                file=decision.file,
                sha256=decision.sha256,
            )
            for entry in entries:
                _add_entry(connection, entry)
            _insert_letters(connection, letters, year)
        return key

    def decisions(self, year: int) -> list[Decision]:
        """All decisions of a year in the order in which they were made, those taken back as well."""
        return [
            Decision(
                at=each.at,
                kind=DecisionKind(each.kind),
                reason=each.reason,
                unit=each.unit,
                task=each.task,
                until=each.until,
                receiver=each.receiver,
                role=Role(each.role) if each.role else None,
                revokes=each.revokes,
                number=each.id,
                file=each.file or "",
                sha256=each.sha256 or "",
            )
            for each in self._all(tables.decisions, tables.decisions.c.year == year)
        ]

    # ---- receipts --------------------------------------------------------------------------------

    def add_entries(
        self, entries: Sequence[Entry], letters: Sequence[Letter] = (), seen: int | None = None
    ) -> None:
        """Write receipts with their findings, and the letters made for them, in one transaction.

        ``seen`` is how many receipts the book held when the verdicts were made. If another command wrote
        since, nothing is written: it may have taken in the same files.
        """
        if not entries and not letters:
            return
        with self._writing() as connection:
            for entry in entries:
                _add_entry(connection, entry)
            # counted after writing, when no other command can write any more
            if seen is not None and _count_receipts(connection, entries[0].year) != seen + len(entries):
                raise DubanError("另一个命令刚刚登记了来件，这一次没有登记。请再运行一次。")
            _insert_letters(connection, letters, entries[0].year if entries else 0)

    def standings(self, year: int, *, with_content: bool = False) -> list[Standing]:
        """All receipts of a year in the order in which they were written."""
        with self._reading() as connection:
            return read_standings(connection, year, with_content=with_content)

    def accepted_contents(self, year: int) -> dict[str, Mapping[str, Any]]:
        """What each unit has said in a year: the content of its newest accepted return."""
        receipts = tables.receipts
        accepted = (
            receipts.c.year == year,
            receipts.c.verdict == str(Verdict.ACCEPTED),
            receipts.c.unit != "",
            still_counts(),
        )
        newest = select(func.max(receipts.c.id)).where(*accepted).group_by(receipts.c.unit)
        return {
            each.unit: each.content
            for each in self._all(receipts, receipts.c.id.in_(newest))
            if each.content is not None
        }

    def versions(self, year: int, unit: str, *, replaced: bool = False) -> list[Version]:
        """Every return of a unit whose content was taken in, in the order in which they came.

        With ``replaced`` those that a newer one of the same run replaced as well.
        """
        receipts = tables.receipts
        verdicts = [Verdict.ACCEPTED, Verdict.RETURNED, *([Verdict.SUPERSEDED] if replaced else [])]
        counted = receipts.c.verdict.in_(list(map(str, verdicts)))
        found = self._all(receipts, receipts.c.year == year, receipts.c.unit == unit, counted, still_counts())
        return [
            Version(each.received, each.file, each.sha256, each.verdict, each.version, each.content or {})
            for each in found
        ]

    def originals(self) -> list[Original]:
        """What must be in the archive: every file that has a receipt, of whatever year."""
        receipts = tables.receipts
        with self._reading() as connection:
            found = connection.execute(
                select(receipts.c.file, receipts.c.sha256, receipts.c.container).order_by(receipts.c.id)
            ).all()
        return [Original(each.file, each.sha256, each.container) for each in found]

    def findings_of(self, year: int) -> dict[int, list[dict[str, str]]]:
        """Findings of a year by the receipt they belong to."""
        receipts, findings = tables.receipts, tables.findings
        joined = select(findings).join(receipts, findings.c.receipt == receipts.c.id)
        found: dict[int, list[dict[str, str]]] = {}
        with self._reading() as connection:
            for each in connection.execute(joined.where(receipts.c.year == year).order_by(findings.c.id)):
                words = {
                    key: str(getattr(each, key))
                    for key in ("code", "severity", "sheet", "cell", "task", "message", "remedy")
                }
                found.setdefault(each.receipt, []).append(words)
        return found

    def waived(self, year: int) -> list[Waived]:
        """Every exception that settled a finding in a year, each once, in the order of first use."""
        joined = (
            select(tables.waivers)
            .join(tables.receipts, tables.waivers.c.receipt == tables.receipts.c.id)
            .where(tables.receipts.c.year == year, still_counts())
        )
        with self._reading() as connection:
            found = connection.execute(joined.order_by(tables.waivers.c.id)).all()
        used = (Waived(each.rule, each.unit, each.task, each.reason, each.approved_by) for each in found)
        return list(dict.fromkeys(used))

    # ---- letters ---------------------------------------------------------------------------------

    def add_letters(self, letters: Sequence[Letter], year: int) -> None:
        """Record letters that belong to no receipt, such as reminders."""
        with self._writing() as connection:
            _insert_letters(connection, letters, year)

    def letters(self, year: int) -> list[Letter]:
        """Everything that went out in a year, in the order in which it was made."""
        return [
            Letter(each.at, each.kind, each.unit, each.file, each.sha256)
            for each in self._all(tables.letters, tables.letters.c.year == year)
        ]

    # ---- reviews ---------------------------------------------------------------------------------

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
            _insert(
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
        review = in_force(self.review_entries(year))
        if review is None:
            return None
        newest = self._reviews(year, _REVIEW_COLLECTED, _REVIEW_AMENDED)[-1]
        return CollectedReview(newest.at, newest.file, newest.sha256, review)

    def _reviews(self, year: int | None, *kinds: str) -> Sequence[SqlRow[Any]]:
        of_year = [] if year is None else [tables.reviews.c.year == year]
        return self._all(tables.reviews, tables.reviews.c.kind.in_(kinds), *of_year)


def _insert(connection: Connection, table: Table, **words: Any) -> int:
    key = connection.execute(insert(table).values(**words)).inserted_primary_key
    assert key is not None
    return int(key[0])


def _insert_letters(connection: Connection, letters: Sequence[Letter], year: int) -> None:
    if letters:
        columns = ("at", "kind", "unit", "file", "sha256")
        rows = [{name: getattr(each, name) for name in columns} | {"year": year} for each in letters]
        connection.execute(insert(tables.letters), rows)


def _count_receipts(connection: Connection, year: int) -> int:
    counted = select(func.count()).select_from(tables.receipts).where(tables.receipts.c.year == year)
    return int(connection.execute(counted).scalar_one())


def _add_entry(connection: Connection, entry: Entry) -> None:
    receipt = entry.receipt
    key = _insert(
        connection,
        tables.receipts,
        received=receipt.received,
        year=entry.year,
        file=receipt.file,
        sha256=receipt.sha256,
        unit=receipt.unit,
        verdict=str(receipt.verdict),
        version=entry.version,
        due=entry.due,
        content=entry.content,
        from_inbox=entry.from_inbox,
        container=entry.container,
    )
    if entry.findings:
        words = [finding.as_json() for finding in entry.findings]
        connection.execute(
            insert(tables.findings),
            [{"receipt": key} | {name: each[name] for name in _FINDING_WORDS} for each in words],
        )
    if entry.waived:
        columns = ("rule", "unit", "task", "reason", "approved_by")
        rows = [{"receipt": key} | {name: getattr(each, name) for name in columns} for each in entry.waived]
        connection.execute(insert(tables.waivers), rows)


def _read_back(adapter: TypeAdapter[_Content], content: Any, what: str) -> _Content:
    try:
        return adapter.validate_python(content)
    except ValidationError as error:
        raise DubanError(f"台账中的{what}读不出来，可能是其他版本的程序写的。请从备份恢复台账。") from error
