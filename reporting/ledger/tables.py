"""The tables of the book, what keeps them append-only, and how a book of an older version is brought up.

Runs when a book is opened. Every step of bringing up looks first whether it is needed, and the version is
written last: cut short anywhere, the next opening goes on where this one stopped.
"""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
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

from reporting.model.findings import DubanError

VERSION = 4
"""Counted up with every change of the tables; SQLite keeps it in the file."""

TABLES = MetaData()

issues = Table(
    "issues",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("at", DateTime, nullable=False),
    Column("year", Integer, nullable=False),
    Column("plan_id", String(64), nullable=False),
    Column("title", Text, nullable=False),
    Column("issuer", Text, nullable=False),
    Column("due", Date, nullable=False),
    Column("plan", Text, nullable=False),
)
recipients = Table(
    "recipients",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("issue", ForeignKey("issues.id"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("unit", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
)
receipts = Table(
    "receipts",
    TABLES,
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
    # since version 2; null in what version 1 wrote
    Column("container", String(64)),
    Index("receipts_by_hash", "sha256"),
)
findings = Table(
    "findings",
    TABLES,
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
    # since version 4; null in what older ones wrote
    Column("heading", Text),
    Column("answer", Text),
)
parts = Table(
    "parts",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("receipt", ForeignKey("receipts.id"), nullable=False, index=True),
    Column("file", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("merged", Boolean, nullable=False),
)
waivers = Table(
    "waivers",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("receipt", ForeignKey("receipts.id"), nullable=False, index=True),
    Column("rule", String(64), nullable=False),
    Column("unit", Text, nullable=False),
    Column("task", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("approved_by", Text, nullable=False),
)
letters = Table(
    "letters",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("at", DateTime, nullable=False),
    Column("year", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("unit", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    # since version 4; null in what older ones wrote, ``kind`` being the folder of the outbox
    Column("letter", String(16)),
)
decisions = Table(
    "decisions",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("at", DateTime, nullable=False),
    Column("year", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("task", Text, nullable=False),
    Column("until", Date),
    Column("receiver", Text, nullable=False),
    Column("role", String(16), nullable=False),
    Column("revokes", Integer, nullable=False),
    Column("file", Text),
    Column("sha256", String(64)),
)
reviews = Table(
    "reviews",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("at", DateTime, nullable=False),
    Column("year", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("file", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("content", JSON, nullable=False),
)


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
