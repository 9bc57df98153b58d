"""Receipts as they stand today: what was taken back since counts for nobody, though its entries stay.

When the office revokes its word on whose a file is, the same bytes get a new receipt as of an unknown unit.
Whatever receipts they had before are versions of nobody from then on.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, exists, func, select
from sqlalchemy.engine import Connection
from sqlalchemy.engine import Row as SqlRow

from reporting.ledger.old_rows import TOLD_OF_PARTS, merged_before, parts_told
from reporting.ledger.pages import record_of
from reporting.ledger.records import PartFile
from reporting.ledger.tables import findings, parts, receipts
from reporting.model import Standing, Verdict


def still_counts() -> ColumnElement[bool]:
    """The condition that a receipt was not taken back by a later one of the same bytes."""
    later = receipts.alias("later")
    return ~exists().where(
        later.c.sha256 == receipts.c.sha256,
        later.c.year == receipts.c.year,
        later.c.id > receipts.c.id,
        later.c.verdict == str(Verdict.UNIDENTIFIED),
    )


def of_year(table: Table, year: int) -> Select[Any]:
    """What a table has of the receipts of a year, in the order in which it was written."""
    own = select(table).join(receipts, table.c.receipt == receipts.c.id)
    return own.where(receipts.c.year == year).order_by(table.c.id)


def read_standings(connection: Connection, year: int) -> list[Standing]:
    """All receipts of a year in the order in which they were written.

    One that was taken back is of no unit, but keeps its version.
    """
    found = read_receipts(connection, year)
    errors_of = select(findings.c.receipt, func.count()).where(findings.c.severity == "error")
    counted = connection.execute(errors_of.group_by(findings.c.receipt)).all()
    errors: dict[int, int] = {each[0]: each[1] for each in counted}
    unknown = {each.sha256: each.id for each in found if each.verdict == str(Verdict.UNIDENTIFIED)}
    replaced = any(each.verdict == str(Verdict.SUPERSEDED) for each in found)
    merged = merged_before(found, read_old_parts(connection, found)) if replaced else frozenset()
    first: dict[str, datetime] = {}
    standings = []
    for each in found:
        gone = bool(each.unit) and each.id < unknown.get(each.sha256, 0)
        is_version = gone and each.version > 0
        verdict = Verdict.MERGED if each.id in merged else Verdict(each.verdict)
        standings.append(
            Standing(
                received=each.received,
                file=each.file,
                sha256=each.sha256,
                unit="" if gone else each.unit,
                verdict=Verdict.UNIDENTIFIED if is_version else verdict,
                version=each.version,
                due=None if gone else each.due,
                errors=errors.get(each.id, 0),
                from_inbox=each.from_inbox,
                entry=each.id,
                first=min(first.setdefault(each.sha256, each.received), each.received),
                modified=each.modified,
            )
        )
    return standings


def read_receipts(connection: Connection, year: int) -> Sequence[SqlRow[Any]]:
    """The receipts of a year as they were written, without what was answered in them."""
    columns = [column for column in receipts.c if column.name != "content"]
    return connection.execute(select(*columns).where(receipts.c.year == year).order_by(receipts.c.id)).all()


def read_parts(connection: Connection, year: int) -> dict[int, list[PartFile]]:
    """The other files of a unit that came into a return or were set beside it, by receipt."""
    own = read_receipts(connection, year)
    found = read_old_parts(connection, own)
    for each in connection.execute(of_year(parts, year)):
        found.setdefault(each.receipt, []).append(record_of(PartFile, each))
    return found


def read_old_parts(connection: Connection, own: Sequence[SqlRow[Any]]) -> dict[int, list[PartFile]]:
    """The same of receipts that an older program wrote, which have no entry for it."""
    told = select(findings.c.receipt, findings.c.code, findings.c.message).where(
        findings.c.code.in_(TOLD_OF_PARTS), ~exists().where(parts.c.receipt == findings.c.receipt)
    )
    entries = {each.id for each in own}
    rows = [tuple(each) for each in connection.execute(told.order_by(findings.c.id)) if each[0] in entries]
    return parts_told(rows, own)


VERSIONS = (Verdict.ACCEPTED, Verdict.RETURNED, Verdict.MERGED, Verdict.SUPERSEDED)
"""What became of files that are a version of a unit's return."""

NO_RETURN = (Verdict.UNIDENTIFIED, Verdict.UNREADABLE, Verdict.IGNORED)
"""What became of files that are no return of anybody."""


def latest_by_unit(standings: Sequence[Standing]) -> dict[str, Standing]:
    """Each unit's newest return: what counts. Duplicates and superseded files are no new version."""
    newest: dict[str, Standing] = {}
    for each in standings:
        if each.verdict in (Verdict.ACCEPTED, Verdict.RETURNED) and each.unit:
            newest[each.unit] = each
    return newest


def latest_accepted(standings: Sequence[Standing]) -> dict[str, Standing]:
    """Each unit's newest accepted return: what it has said, while a newer one is still being corrected."""
    return {each.unit: each for each in standings if each.verdict is Verdict.ACCEPTED and each.unit}
