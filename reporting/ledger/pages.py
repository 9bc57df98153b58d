"""The open book: one transaction at a time, and rows in the order in which they were written."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Table, create_engine, event, insert, select
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.engine import Row as SqlRow
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from reporting.ledger import tables
from reporting.ledger.connection import Spoken, explain, set_up_sqlite
from reporting.model.findings import DubanError


class Pages:
    """An open book, whatever is asked of it."""

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


def insert_row(connection: Connection, table: Table, **words: Any) -> int:
    """Add one row and give back its number."""
    key = connection.execute(insert(table).values(**words)).inserted_primary_key
    assert key is not None
    return int(key[0])
