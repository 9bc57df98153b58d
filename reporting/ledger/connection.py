"""One transaction or one look, and what a database says against it as a Chinese sentence."""

from contextlib import AbstractContextManager
from typing import Any

from sqlalchemy.engine import Connection
from sqlalchemy.exc import DatabaseError, SQLAlchemyError

from reporting.model.findings import DubanError


class Spoken:
    """One transaction or one look; what the database says against it becomes a sentence."""

    def __init__(self, context: AbstractContextManager[Connection], url: str) -> None:
        """``context`` gives the connection; ``url`` names the book in the sentence."""
        self._context = context
        self._url = url

    def __enter__(self) -> Connection:
        """Begin; raises ``DubanError`` when the book cannot be opened."""
        try:
            return self._context.__enter__()
        except SQLAlchemyError as error:
            raise DubanError(explain(self._url, error)) from error

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        """Commit or roll back; raises ``DubanError`` when the database refuses."""
        try:
            self._context.__exit__(kind, error, trace)
        except SQLAlchemyError as failure:
            raise DubanError(explain(self._url, failure)) from failure
        if isinstance(error, SQLAlchemyError):
            raise DubanError(explain(self._url, error)) from error


def set_up_sqlite(connection: Any, _: Any) -> None:
    """Write-ahead logging lets `status` read while `collect` writes; FULL survives a power cut."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA busy_timeout=10000")
    cursor.close()


def explain(url: str, error: Exception) -> str:
    """What the database says, as a Chinese sentence with what to do; a password is never shown."""
    where = url.removeprefix("sqlite:///").split("@")[-1]
    if isinstance(error, DatabaseError) and "locking protocol" in str(error):
        return f"台账 {where} 所在的磁盘不支持数据库的锁，可能是网络盘。请把工作台移到本机硬盘上再运行。"
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
