"""The open book: one transaction at a time, rows in the order in which they were written, records as rows.

What the database says against it becomes a Chinese sentence.
"""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import fields
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import ColumnElement, Table, create_engine, event, insert, select
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.engine import Row as SqlRow
from sqlalchemy.exc import ArgumentError, DatabaseError, SQLAlchemyError

from reporting.ledger import tables
from reporting.model.findings import DubanError

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_Record = TypeVar("_Record", bound="DataclassInstance")


class _Spoken:
    """One transaction or one look; what the database says against it becomes a sentence."""

    def __init__(self, context: AbstractContextManager[Connection], url: str) -> None:
        self._context = context
        self._url = url

    def __enter__(self) -> Connection:
        """Begin; raises ``DubanError`` when the book cannot be opened."""
        try:
            return self._context.__enter__()
        except SQLAlchemyError as error:
            raise DubanError(_explain(self._url, error)) from error

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        """Commit or roll back; raises ``DubanError`` when the database refuses."""
        try:
            self._context.__exit__(kind, error, trace)
        except SQLAlchemyError as failure:
            raise DubanError(_explain(self._url, failure)) from failure
        if isinstance(error, SQLAlchemyError):
            raise DubanError(_explain(self._url, error)) from error


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
            raise DubanError(_explain(url, error)) from error
        self._url = url

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def _writing(self) -> _Spoken:
        return _Spoken(self._engine.begin(), self._url)

    def _reading(self) -> _Spoken:
        return _Spoken(self._engine.connect(), self._url)

    def _all(self, table: Table, *conditions: ColumnElement[bool]) -> Sequence[SqlRow[Any]]:
        with self._reading() as connection:
            return connection.execute(select(table).where(*conditions).order_by(table.c.id)).all()

    def faults(self) -> list[str]:
        """What the database finds wrong with its file, and the guards that are gone, in its own words."""
        with self._reading() as connection:
            return tables.faults(connection)


def row_of(table: Table, *records: object, **more: Any) -> dict[str, Any]:
    """The columns of a table that the records have under the same names, and ``more``."""
    names = [column.name for column in table.c]
    row = {name: getattr(each, name) for each in records for name in names if hasattr(each, name)} | more
    return {name: str(value) if isinstance(value, StrEnum) else value for name, value in row.items()}


def insert_row(connection: Connection, table: Table, *records: object, **more: Any) -> int:
    """Add one row, as ``row_of`` has it, and give back its number."""
    key = connection.execute(insert(table).values(row_of(table, *records, **more))).inserted_primary_key
    assert key is not None
    return int(key[0])


def insert_all(connection: Connection, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    """Add these rows, as ``row_of`` makes them."""
    if listed := list(rows):
        connection.execute(insert(table), listed)


def record_of(record: type[_Record], row: SqlRow[Any], /, **more: Any) -> _Record:
    """A record of a row: its fields are the columns of the same names, and ``more``."""
    there = row._mapping
    return record(**{each.name: there[each.name] for each in fields(record) if each.name in there} | more)


def set_up_sqlite(connection: Any, _: Any) -> None:
    """Write-ahead logging lets `status` read while `collect` writes; FULL survives a power cut."""
    cursor = connection.cursor()
    for each in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
        cursor.execute(f"PRAGMA {each}")
    cursor.close()


_SENTENCES = {
    ("locking protocol",): "台账 {where} 所在的磁盘不支持数据库的锁，可能是网络盘。请把工作台移到本机硬盘上再运行。",
    ("locked",): "台账 {where} 正被另一个命令使用。请等它结束后再运行。",
    ("readonly",): "台账 {where} 只能读、不能写。请检查文件和文件夹的写入权限。",
    ("full", "disk I/O"): "无法写入台账 {where}：磁盘已满或有故障。请清理磁盘后再运行，原有登记没有改动。",
    ("not a database",): "台账 {where} 不是有效的数据库文件。请从备份恢复，或移走后重新建立。",
    ("no such", "malformed"): "台账 {where} 已损坏，或者不是本程序建立的。请从备份恢复，或移走后重新建立。",
}


def _explain(url: str, error: Exception) -> str:
    """What the database says, as a Chinese sentence with what to do; a password is never shown."""
    where = url.removeprefix("sqlite:///").split("@")[-1]
    said = str(error) if isinstance(error, DatabaseError) else ""
    for signs, sentence in _SENTENCES.items():
        if any(sign in said for sign in signs):
            return sentence.format(where=where)
    return f"无法打开台账 {where}。请检查路径和权限，或 duban.toml 中 [ledger] 的 url。"
