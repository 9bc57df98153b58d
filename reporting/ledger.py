"""What is owed and what came in: an append-only book in a database.

Receipts, verdicts, findings, issued plans and letters are only ever added; every state is derived from them.
One command is one transaction: a killed command leaves the book as it was.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ColumnElement,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    event,
    func,
    insert,
    select,
)
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.engine import Row as SqlRow
from sqlalchemy.exc import ArgumentError, DatabaseError, SQLAlchemyError

from reporting.findings import DubanError, Finding
from reporting.model import (
    Cell,
    Issue,
    IssuedWorkbook,
    Plan,
    Receipt,
    Return,
    Row,
    Standing,
    Unread,
    Value,
    Verdict,
)
from reporting.review import Inspection, Review

_TABLES = MetaData()

_issues = Table(
    "issues",
    _TABLES,
    Column("id", Integer, primary_key=True),
    Column("at", DateTime, nullable=False),
    Column("year", Integer, nullable=False),
    Column("plan_id", String(64), nullable=False),
    Column("title", Text, nullable=False),
    Column("issuer", Text, nullable=False),
    Column("due", Date, nullable=False),
    Column("plan", Text, nullable=False),
)
_recipients = Table(
    "recipients",
    _TABLES,
    Column("id", Integer, primary_key=True),
    Column("issue", ForeignKey("issues.id"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("unit", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
)
_receipts = Table(
    "receipts",
    _TABLES,
    Column("id", Integer, primary_key=True),
    Column("received", DateTime, nullable=False),
    Column("year", Integer, nullable=False),
    Column("file", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("unit", Text, nullable=False),
    Column("verdict", String(16), nullable=False),
    Column("version", Integer, nullable=False),
    Column("due", Date),
    Column("content", JSON),
    Column("from_inbox", Boolean, nullable=False),
    Index("receipts_by_hash", "sha256"),
)
_findings = Table(
    "findings",
    _TABLES,
    Column("id", Integer, primary_key=True),
    Column("receipt", ForeignKey("receipts.id"), nullable=False, index=True),
    Column("code", String(64), nullable=False),
    Column("severity", String(8), nullable=False),
    Column("sheet", Text, nullable=False),
    Column("cell", String(16), nullable=False),
    Column("task", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("remedy", Text, nullable=False),
    Column("found", Text, nullable=False),
    Column("expected", Text, nullable=False),
)
_letters = Table(
    "letters",
    _TABLES,
    Column("id", Integer, primary_key=True),
    Column("at", DateTime, nullable=False),
    Column("year", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("unit", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
)
_reviews = Table(
    "reviews",
    _TABLES,
    Column("id", Integer, primary_key=True),
    Column("at", DateTime, nullable=False),
    Column("year", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("file", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("content", JSON, nullable=False),
)


@cache
def _plan_adapter() -> TypeAdapter[Plan]:
    return TypeAdapter(Plan)


@cache
def _inspection_adapter() -> TypeAdapter[Inspection]:
    return TypeAdapter(Inspection)


@cache
def _review_adapter() -> TypeAdapter[Review]:
    return TypeAdapter(Review)


@dataclass(frozen=True, slots=True)
class Entry:
    """One receipt with all that belongs to it, to be written into the book.

    ``content`` is the evened-out return as data; None for what is no return.
    """

    receipt: Receipt
    year: int
    version: int
    due: date | None
    content: Mapping[str, Any] | None
    findings: tuple[Finding, ...]
    from_inbox: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that was made for a unit (函件)."""

    at: datetime
    kind: str
    unit: str
    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class IssuedReview:
    """A review workbook that was laid before the inspection group (核定表下发)."""

    at: datetime
    file: str
    sha256: str
    inspection: Inspection


@dataclass(frozen=True, slots=True)
class CollectedReview:
    """A review workbook that the inspection group filled in and brought back (核定表收回)."""

    at: datetime
    file: str
    sha256: str
    review: Review


def plan_to_json(plan: Plan) -> str:
    """The plan as text, stable for the same plan: what ``issue`` freezes and digests.

    Places are left out: sorting the rows of plan.xlsx changes no plan.
    """
    return json.dumps(
        _without_places(_plan_adapter().dump_python(plan, mode="json")), ensure_ascii=False, sort_keys=True
    )


def _without_places(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_places(each) for key, each in value.items() if key != "place"}
    return [_without_places(each) for each in value] if isinstance(value, list) else value


def plan_id(plan: Plan) -> str:
    """The digest by which a plan is known in workbooks and in the book."""
    return hashlib.sha256(plan_to_json(plan).encode()).hexdigest()[:32]


def plan_from_json(text: str) -> Plan:
    """The plan back from ``plan_to_json``; raises ``DubanError`` for what is none."""
    try:
        return _plan_adapter().validate_json(text)
    except ValidationError as error:
        raise DubanError("台账中下发的方案读不出来，可能是其他版本的程序写的。请从备份恢复台账。") from error


def return_to_content(sent: Return) -> dict[str, Any]:
    """A return as data: each cell as its raw text, what we understood, and where it stood."""

    def cell(each: Cell) -> list[Any]:
        return [each.raw, _plain(each.value), each.place.part, each.place.cell]

    def rows(of: Iterable[Row], number: str) -> list[dict[str, Any]]:
        return [
            {
                "number": row.assignment.task.number
                if row.assignment
                else row.target.number
                if row.target
                else number,
                "role": str(row.assignment.role) if row.assignment else "",
                "cells": {key: cell(each) for key, each in row.cells.items()},
            }
            for row in of
            if row.assignment is not None or row.target is not None
        ]

    return {
        "header": {key: cell(each) for key, each in sent.header.items()},
        "rows": rows(sent.rows, ""),
        "targets": rows(sent.target_rows, ""),
    }


def _plain(value: Value) -> str | float | int | bool | None:
    if isinstance(value, Unread) or value is None:
        return None
    return value.isoformat() if isinstance(value, date | datetime) else value


class Ledger:
    """The book of one workspace."""

    def __init__(self, url: str) -> None:
        """Open the book and make its tables if they are missing; raises ``DubanError`` when it cannot."""
        try:
            self._engine: Engine = create_engine(url)
            if make_url(url).get_backend_name() == "sqlite":
                event.listen(self._engine, "connect", _set_up_sqlite)
            _TABLES.create_all(self._engine)
        except (SQLAlchemyError, ArgumentError, ImportError) as error:
            raise DubanError(_explain(url, error)) from error
        self._url = url

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    # ---- issues ----------------------------------------------------------------------------------

    def add_issue(self, issue: Issue) -> None:
        """Record that workbooks went out."""
        with self._writing() as connection:
            result = connection.execute(
                insert(_issues).values(
                    at=issue.at,
                    year=issue.year,
                    plan_id=issue.plan_id,
                    title=issue.title,
                    issuer=issue.issuer,
                    due=issue.due,
                    plan=plan_to_json(issue.plan),
                )
            )
            key = result.inserted_primary_key
            assert key is not None
            connection.execute(
                insert(_recipients),
                [
                    {
                        "issue": key[0],
                        "ordinal": each.ordinal,
                        "unit": each.unit,
                        "file": each.file,
                        "sha256": each.sha256,
                    }
                    for each in issue.workbooks
                ],
            )

    def current_issue(self, year: int) -> Issue | None:
        """The newest issue of a year; None before anything went out."""
        return self._newest_issue(_issues.c.year == year)

    def _newest_issue(self, *conditions: ColumnElement[bool]) -> Issue | None:
        with self._reading() as connection:
            found = connection.execute(
                select(_issues).where(*conditions).order_by(_issues.c.id.desc()).limit(1)
            ).first()
            if found is None:
                return None
            workbooks = connection.execute(
                select(_recipients).where(_recipients.c.issue == found.id).order_by(_recipients.c.ordinal)
            ).all()
        return Issue(
            at=found.at,
            year=found.year,
            plan_id=found.plan_id,
            title=found.title,
            issuer=found.issuer,
            due=found.due,
            plan=plan_from_json(found.plan),
            workbooks=tuple(
                IssuedWorkbook(each.ordinal, each.unit, each.file, each.sha256) for each in workbooks
            ),
        )

    def issue_of(self, year: int, plan: str) -> Issue | None:
        """The newest issue of a year that froze the plan with this id; None when there was none."""
        return self._newest_issue(_issues.c.year == year, _issues.c.plan_id == plan)

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
                self._add_entry(connection, entry)
            # counted after writing, when no other command can write any more
            if seen is not None and self._count_receipts(connection, entries[0].year) != seen + len(entries):
                raise DubanError("另一个命令刚刚登记了来件，这一次没有登记。请再运行一次。")
            self._add_letters(connection, letters, entries[0].year if entries else 0)

    def _count_receipts(self, connection: Connection, year: int) -> int:
        counted = select(func.count()).select_from(_receipts).where(_receipts.c.year == year)
        return int(connection.execute(counted).scalar_one())

    def _add_entry(self, connection: Connection, entry: Entry) -> None:
        receipt = entry.receipt
        result = connection.execute(
            insert(_receipts).values(
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
            )
        )
        key = result.inserted_primary_key
        assert key is not None
        if entry.findings:
            words = [finding.as_json() for finding in entry.findings]
            columns = ("code", "severity", "sheet", "cell", "task", "message", "remedy", "found", "expected")
            connection.execute(
                insert(_findings),
                [{"receipt": key[0]} | {name: each[name] for name in columns} for each in words],
            )

    def _add_letters(self, connection: Connection, letters: Sequence[Letter], year: int) -> None:
        if letters:
            connection.execute(
                insert(_letters),
                [
                    {
                        "at": each.at,
                        "year": year,
                        "kind": each.kind,
                        "unit": each.unit,
                        "file": each.file,
                        "sha256": each.sha256,
                    }
                    for each in letters
                ],
            )

    def add_letters(self, letters: Sequence[Letter], year: int) -> None:
        """Record letters that belong to no receipt, such as reminders."""
        with self._writing() as connection:
            self._add_letters(connection, letters, year)

    def standings(self, year: int, *, with_content: bool = False) -> list[Standing]:
        """All receipts of a year in the order in which they were written."""
        errors: dict[int, int] = {}
        with self._reading() as connection:
            for receipt, severity in connection.execute(select(_findings.c.receipt, _findings.c.severity)):
                if severity == "error":
                    errors[receipt] = errors.get(receipt, 0) + 1
            columns = [column for column in _receipts.c if with_content or column.name != "content"]
            found = connection.execute(
                select(*columns).where(_receipts.c.year == year).order_by(_receipts.c.id)
            ).all()
        return [
            Standing(
                received=each.received,
                file=each.file,
                sha256=each.sha256,
                unit=each.unit,
                verdict=Verdict(each.verdict),
                version=each.version,
                due=each.due,
                errors=errors.get(each.id, 0),
                content=each.content if with_content else None,
                from_inbox=each.from_inbox,
            )
            for each in found
        ]

    def findings_of(self, year: int) -> dict[tuple[str, str], list[dict[str, str]]]:
        """Findings of a year by file and hash of the receipt they belong to."""
        joined = select(_receipts.c.file.label("file"), _receipts.c.sha256, _findings).join(
            _findings, _findings.c.receipt == _receipts.c.id
        )
        found: dict[tuple[str, str], list[dict[str, str]]] = {}
        with self._reading() as connection:
            for each in connection.execute(joined.where(_receipts.c.year == year).order_by(_findings.c.id)):
                words = {
                    key: str(getattr(each, key))
                    for key in ("code", "severity", "sheet", "cell", "task", "message", "remedy")
                }
                found.setdefault((each.file, each.sha256), []).append(words)
        return found

    def letters(self, year: int) -> list[Letter]:
        """All letters of a year in the order in which they were made."""
        with self._reading() as connection:
            found = connection.execute(
                select(_letters).where(_letters.c.year == year).order_by(_letters.c.id)
            ).all()
        return [Letter(each.at, each.kind, each.unit, each.file, each.sha256) for each in found]

    # ---- reviews ---------------------------------------------------------------------------------

    def add_review(self, year: int, review: IssuedReview | CollectedReview) -> None:
        """Record that a review workbook went to the inspection group, or came back from it."""
        issued = isinstance(review, IssuedReview)
        content = (
            _inspection_adapter().dump_python(review.inspection, mode="json")
            if isinstance(review, IssuedReview)
            else _review_adapter().dump_python(review.review, mode="json")
        )
        with self._writing() as connection:
            connection.execute(
                insert(_reviews).values(
                    at=review.at,
                    year=year,
                    kind=_REVIEW_ISSUED if issued else _REVIEW_COLLECTED,
                    file=review.file,
                    sha256=review.sha256,
                    content=content,
                )
            )

    def issued_reviews(self, year: int) -> list[IssuedReview]:
        """All review workbooks that went out in a year, in the order in which they did."""
        return [
            IssuedReview(
                each.at, each.file, each.sha256, _read_back(_inspection_adapter(), each.content, "核定表")
            )
            for each in self._reviews(year, _REVIEW_ISSUED)
        ]

    def current_review(self, year: int) -> CollectedReview | None:
        """The newest review that came back in a year; None before anything was verified."""
        found = self._reviews(year, _REVIEW_COLLECTED)
        if not found:
            return None
        last = found[-1]
        review = _read_back(_review_adapter(), last.content, "核定结果")
        return CollectedReview(last.at, last.file, last.sha256, review)

    def _reviews(self, year: int, kind: str) -> Sequence[SqlRow[Any]]:
        chosen = select(_reviews).where(_reviews.c.year == year, _reviews.c.kind == kind)
        with self._reading() as connection:
            return connection.execute(chosen.order_by(_reviews.c.id)).all()

    def _writing(self) -> _Spoken:
        return _Spoken(self._engine.begin(), self._url)

    def _reading(self) -> _Spoken:
        return _Spoken(self._engine.connect(), self._url)


_REVIEW_ISSUED, _REVIEW_COLLECTED = "issued", "collected"
_Content = TypeVar("_Content")


def _read_back(adapter: TypeAdapter[_Content], content: Any, what: str) -> _Content:
    try:
        return adapter.validate_python(content)
    except ValidationError as error:
        raise DubanError(f"台账中的{what}读不出来，可能是其他版本的程序写的。请从备份恢复台账。") from error


class _Spoken:
    """One transaction or one look; what the database says against it becomes a sentence."""

    def __init__(self, context: AbstractContextManager[Connection], url: str) -> None:
        self._context = context
        self._url = url

    def __enter__(self) -> Connection:
        try:
            return self._context.__enter__()
        except SQLAlchemyError as error:
            raise DubanError(_explain(self._url, error)) from error

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        try:
            self._context.__exit__(kind, error, trace)
        except SQLAlchemyError as failure:
            raise DubanError(_explain(self._url, failure)) from failure
        if isinstance(error, SQLAlchemyError):
            raise DubanError(_explain(self._url, error)) from error


def _set_up_sqlite(connection: Any, _: Any) -> None:
    """Write-ahead logging lets `status` read while `collect` writes; FULL survives a power cut."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA busy_timeout=10000")
    cursor.close()


def _explain(url: str, error: Exception) -> str:
    where = url.removeprefix("sqlite:///").split("@")[-1]
    if isinstance(error, DatabaseError) and "locked" in str(error):
        return f"台账 {where} 正被另一个命令使用。请等它结束后再运行。"
    if isinstance(error, DatabaseError) and "readonly" in str(error):
        return f"台账 {where} 只能读、不能写。请检查文件和文件夹的写入权限。"
    if isinstance(error, DatabaseError) and ("full" in str(error) or "disk I/O" in str(error)):
        return f"无法写入台账 {where}：磁盘已满或有故障。请清理磁盘后再运行，原有登记没有改动。"
    if isinstance(error, DatabaseError) and "not a database" in str(error):
        return f"台账 {where} 不是有效的数据库文件。请从备份恢复，或移走后重新建立。"
    if isinstance(error, DatabaseError) and ("no such" in str(error) or "malformed" in str(error)):
        return f"台账 {where} 已损坏，或者不是本程序建立的。请从备份恢复，或移走后重新建立。"
    return f"无法打开台账 {where}。请检查路径和权限，或 duban.toml 中 [ledger] 的 url。"
