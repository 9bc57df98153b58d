"""The tables of the book, what keeps them append-only, and how a book of an older version is brought up.

Runs when a book is opened. Every step of bringing up looks first whether it is needed, and the version is
written last: cut short anywhere, the next opening goes on where this one stopped.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    inspect,
    text,
)
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.types import TypeEngine

from reporting.model.findings import DubanError

VERSION = 6
"""Counted up with every change of the tables; SQLite keeps it in the file."""

TABLES = MetaData()

_Kind = type[TypeEngine[Any]] | TypeEngine[Any] | ForeignKey
_HASH, _WORD = String(64), String(16)


def _table(name: str, *, blank: Sequence[str] = (), **columns: _Kind) -> Table:
    """A table of numbered rows with these columns, of which some may be blank."""
    made = [Column(key, kind, nullable=key in blank) for key, kind in columns.items()]
    return Table(name, TABLES, Column("id", Integer, primary_key=True), *made)


def _of_receipt(name: str, *, blank: Sequence[str] = (), **columns: _Kind) -> Table:
    """A table of what belongs to a receipt."""
    table = _table(name, blank=blank, receipt=ForeignKey("receipts.id"), **columns)
    Index(f"ix_{name}_receipt", table.c.receipt)
    return table


issues = _table("issues", at=DateTime, year=Integer, plan_id=_HASH, title=Text, issuer=Text, due=Date, plan=Text)
recipients = _table("recipients", issue=ForeignKey("issues.id"), ordinal=Integer, unit=Text, file=Text, sha256=_HASH)
receipts = _table(
    "receipts",
    blank=("due", "content", "container", "modified"),
    received=DateTime,
    year=Integer,
    file=Text,
    sha256=_HASH,
    unit=Text,
    verdict=_WORD,
    version=Integer,
    due=Date,
    content=JSON,
    from_inbox=Boolean,
    # since version 2; null in what version 1 wrote
    container=_HASH,
    # since version 5; null in what older ones wrote
    modified=Float,
)
Index("receipts_by_hash", receipts.c.sha256)
findings = _of_receipt(
    "findings",
    blank=("heading", "answer"),
    code=_HASH,
    severity=String(8),
    sheet=Text,
    cell=_WORD,
    task=Text,
    message=Text,
    remedy=Text,
    found=Text,
    expected=Text,
    # since version 4; null in what older ones wrote
    heading=Text,
    answer=Text,
)
parts = _of_receipt("parts", file=Text, sha256=_HASH, merged=Boolean)
waivers = _of_receipt("waivers", rule=_HASH, unit=Text, task=Text, reason=Text, approved_by=Text)
letters = _table(
    "letters",
    blank=("letter",),
    at=DateTime,
    year=Integer,
    kind=_WORD,
    unit=Text,
    file=Text,
    sha256=_HASH,
    # since version 4; null in what older ones wrote, ``kind`` being the folder of the outbox
    letter=_WORD,
)
decisions = _table(
    "decisions",
    blank=("until", "file", "sha256"),
    at=DateTime,
    year=Integer,
    kind=_WORD,
    reason=Text,
    unit=Text,
    task=Text,
    until=Date,
    receiver=Text,
    role=_WORD,
    revokes=Integer,
    file=Text,
    sha256=_HASH,
)
# since version 6
runs = _table("runs", at=DateTime, year=Integer, told=JSON)
reviews = _table("reviews", at=DateTime, year=Integer, kind=_WORD, file=Text, sha256=_HASH, content=JSON)


def prepare(engine: Engine) -> None:
    """Make the tables that are missing and bring up those of an older version.

    Raises ``DubanError`` for a book that a newer program wrote.
    """
    with engine.connect() as connection:
        is_sqlite = engine.dialect.name == "sqlite"
        version = int(connection.execute(text("PRAGMA user_version")).scalar_one()) if is_sqlite else 0
    if version > VERSION:
        raise DubanError("台账是用新版本的程序写的，这个版本读不了。请改用新版本的程序。")
    if is_sqlite and version == VERSION:
        return
    with engine.connect() as connection:
        _refuse_foreign(connection)
    TABLES.create_all(engine)
    with engine.begin() as connection:
        _add_columns(connection)
        if is_sqlite:
            _forbid_changes(connection)
            connection.execute(text(f"PRAGMA user_version = {VERSION}"))


def _refuse_foreign(connection: Connection) -> None:
    """Leave a database alone that has tables of our names with other columns: another program made it."""
    inspector = inspect(connection)
    for name in set(inspector.get_table_names()) & set(TABLES.tables):
        there = {column["name"] for column in inspector.get_columns(name)}
        needed = {column.name for column in TABLES.tables[name].columns if not column.nullable}
        if needed - there:
            raise DubanError(
                f"台账 {_name_of(connection)} 已损坏，或者不是本程序建立的。请从备份恢复，或移走后重新建立。"
            )


def _name_of(connection: Connection) -> str:
    url = connection.engine.url
    return url.database or url.host or url.get_backend_name()


def _add_columns(connection: Connection) -> None:
    """Add the columns that a table of an older version lacks; what stands in it stays."""
    inspector = inspect(connection)
    for table in TABLES.sorted_tables:
        there = {column["name"] for column in inspector.get_columns(table.name)}
        for column in table.columns:
            if column.name not in there and column.nullable:
                kind = column.type.compile(connection.dialect)
                connection.execute(text(f"ALTER TABLE {table.name} ADD COLUMN {column.name} {kind}"))


def _forbid_changes(connection: Connection) -> None:
    """Let the database itself refuse what would change the past."""
    for table in TABLES.tables:
        for action in ("UPDATE", "DELETE"):
            connection.execute(
                text(
                    f"CREATE TRIGGER IF NOT EXISTS {table}_no_{action.lower()} BEFORE {action} ON {table} "
                    "BEGIN SELECT RAISE(ABORT, 'the book is append-only'); END"
                )
            )


def faults(connection: Connection) -> list[str]:
    """What SQLite finds wrong with the file, and the guards against changes that somebody took away."""
    if connection.dialect.name != "sqlite":
        return []
    said = [str(each[0]) for each in connection.execute(text("PRAGMA integrity_check"))]
    names = text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    there = {str(each[0]) for each in connection.execute(names)}
    guards = {f"{table}_no_{action}" for table in TABLES.tables for action in ("update", "delete")}
    return [each for each in said if each != "ok"] + sorted(guards - there)
