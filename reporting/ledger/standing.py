"""Receipts as they stand today: what was taken back since counts for nobody, though its entries stay.

When the office revokes its word on whose a file is, the same bytes get a new receipt as of an unknown unit.
Whatever receipts they had before are versions of nobody from then on.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.engine import Connection

from reporting.ledger.tables import findings, receipts
from reporting.model import (
    Standing,
    Verdict,
)


def still_counts() -> ColumnElement[bool]:
    """The condition that a receipt was not taken back by a later one of the same bytes."""
    later = receipts.alias("later")
    return ~exists().where(
        later.c.sha256 == receipts.c.sha256,
        later.c.year == receipts.c.year,
        later.c.id > receipts.c.id,
        later.c.verdict == str(Verdict.UNIDENTIFIED),
    )


def read_standings(connection: Connection, year: int, *, with_content: bool) -> list[Standing]:
    """All receipts of a year in the order in which they were written.

    One that was taken back is of no unit and has no content, but keeps its version.
    """
    columns = [column for column in receipts.c if with_content or column.name != "content"]
    errors_of = select(findings.c.receipt, func.count()).where(findings.c.severity == "error")
    counted = connection.execute(errors_of.group_by(findings.c.receipt)).all()
    errors: dict[int, int] = {each[0]: each[1] for each in counted}
    found = connection.execute(select(*columns).where(receipts.c.year == year).order_by(receipts.c.id)).all()
    unknown = {each.sha256: each.id for each in found if each.verdict == str(Verdict.UNIDENTIFIED)}
    first: dict[str, datetime] = {}
    standings = []
    for each in found:
        gone = bool(each.unit) and each.id < unknown.get(each.sha256, 0)
        is_version = gone and each.version > 0
        standings.append(
            Standing(
                received=each.received,
                file=each.file,
                sha256=each.sha256,
                unit="" if gone else each.unit,
                verdict=Verdict.UNIDENTIFIED if is_version else Verdict(each.verdict),
                version=each.version,
                due=None if gone else each.due,
                errors=errors.get(each.id, 0),
                content=each.content if with_content and not gone else None,
                from_inbox=each.from_inbox,
                entry=each.id,
                first=min(first.setdefault(each.sha256, each.received), each.received),
            )
        )
    return standings


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
