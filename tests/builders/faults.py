"""Commands disturbed at a chosen moment: killed, on a full disk, in a folder that may not be written to.

Every step by which a command can change anything outside its process is counted: files opened for writing,
brought to the disk, renamed, linked, taken away, folders made, statements and commits of the book. ``run``
lets a command come to its n-th step and disturbs it there, or kills it after so many milliseconds.

As a program this loads everything once and then runs commands as they are asked for on its input, one line
of JSON each, every one in a process parted from this one, and answers with its exit code.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import signal
import sqlite3
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import docxtpl  # noqa: F401 - loaded once, before the processes part
import openpyxl  # noqa: F401
import pandera.pandas  # noqa: F401
import sqlalchemy.dialects.sqlite.pysqlite  # noqa: F401

import cli
from reporting.commands import report as workflow  # noqa: F401
from reporting.documents.consolidated.file import book as report_book  # noqa: F401
from reporting.shell.telling.screen import console

KILL, HALF, FULL, DENIED, TIMED = "kill", "half", "full", "denied", "timed"
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_CHANGES = {"os.rename", "os.link", "os.mkdir", "os.remove", "os.rmdir", "os.truncate"}
_ERRORS = {FULL: (errno.ENOSPC, "No space left on device"), DENIED: (errno.EACCES, "Permission denied")}


class _Steps:
    """Counts the steps of a command below its folder, and disturbs it at one of them."""

    def __init__(self, root: Path, at: int, how: str) -> None:
        self.count = 0
        self.root, self.at, self.how = str(root), at, how

    def audit(self, name: str, arguments: tuple[Any, ...]) -> None:
        """What Python tells of before it happens."""
        if name == "open":
            path, _, flags = arguments
            if isinstance(flags, int) and flags & _WRITING and self._is_ours(path):
                self.step()
        elif name in _CHANGES and self._is_ours(arguments[0]):
            self.step()

    def _is_ours(self, path: object) -> bool:
        return isinstance(path, str | bytes | os.PathLike) and os.fsdecode(path).startswith(self.root)

    def step(self, handle: int | None = None, *, book: bool = False) -> None:
        """One more step; the one that was chosen is not taken."""
        self.count += 1
        if self.count != self.at:
            return
        if self.how == HALF and handle is not None:
            os.ftruncate(handle, os.fstat(handle).st_size // 2)
        if self.how in (KILL, HALF):
            os.kill(os.getpid(), signal.SIGKILL)
        if book:
            words = "database or disk is full" if self.how == FULL else "attempt to write a readonly database"
            raise sqlite3.OperationalError(words)
        raise OSError(*_ERRORS[self.how])


def _watch(steps: _Steps) -> None:
    sys.addaudithook(steps.audit)
    fsync, connect = os.fsync, sqlite3.dbapi2.connect

    def watched_fsync(handle: Any) -> None:
        steps.step(handle)
        fsync(handle)

    class Cursor(sqlite3.Cursor):
        def execute(self, *arguments: Any) -> Any:
            if not str(arguments[0]).startswith(("SELECT", "PRAGMA")):
                steps.step(book=True)
            return super().execute(*arguments)

        def executemany(self, *arguments: Any) -> Any:
            steps.step(book=True)
            return super().executemany(*arguments)

    class Connection(sqlite3.Connection):
        def cursor(self, *_: Any) -> Any:
            return super().cursor(Cursor)

        def commit(self) -> None:
            if self.in_transaction:
                steps.step(book=True)
            super().commit()

    os.fsync = watched_fsync  # type: ignore[assignment]
    sqlite3.dbapi2.connect = lambda *a, **k: connect(*a, factory=Connection, **k)  # type: ignore[assignment]


def run(root: Path, words: Sequence[str], at: int, how: str, told: Path) -> None:
    """Run a command of the program and disturb it at its n-th step; leave what it said, and its steps."""
    steps = _Steps(root, at, how)
    with told.open("w", encoding="utf-8") as stream, contextlib.redirect_stderr(stream):
        if how == TIMED:  # nobody is told and nothing is tidied up, as with SIGKILL
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.setitimer(signal.ITIMER_REAL, at / 1000)
        else:
            _watch(steps)
        code: object = 0
        try:
            with contextlib.redirect_stdout(stream):
                console.file = stream
                cli.app(list(words))
        except SystemExit as stopped:
            code = stopped.code
        except Exception:  # noqa: BLE001 - a fault of ours: no command may end so
            traceback.print_exc()
            code = 70
        stream.write(f"\n{steps.count}")
    os._exit(code if isinstance(code, int) else 3)


def serve() -> None:
    """Run what is asked for, line by line, until there is no more."""
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if not child:
            run(Path(asked["root"]), asked["words"], asked["at"], asked["how"], Path(asked["told"]))
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    serve()
