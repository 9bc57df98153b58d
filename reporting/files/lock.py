"""One writing command at a time on a folder, on one machine or on a shared drive.

The lock is the operating system's own (``filelock``): it goes with the process, however that ends, so a
killed command locks nobody out. On a drive that knows no locks the file alone tells: one that a process of
this machine left behind is taken over, one of another machine is left to people. Beside it lies a note of
who holds it, because Windows lets nobody read a locked file.
"""

from __future__ import annotations

import contextlib
import errno
import getpass
import os
import platform
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from reporting.model.findings import DubanError

if TYPE_CHECKING:
    from filelock import BaseFileLock

LOCK_FILE = ".duban-lock"
HOLDER_FILE = ".duban-lock-by"
PATIENCE = 5.0
"""For how many seconds a second command waits before it says who is at work."""
_PAUSE = 0.1
_NO_LOCKS = (errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP, errno.EINVAL)
"""What drives say that know no locks."""


@contextlib.contextmanager
def hold(folder: Path, command: str) -> Iterator[bool]:
    """Keep other commands out of a folder; gives whether one may have been killed there before.

    Raises ``DubanError`` saying who is at work when the folder is not free within ``PATIENCE`` seconds, or
    when it cannot be written to.
    """
    from filelock import Timeout

    if not folder.is_dir():  # filelock would make it
        raise DubanError(_cannot_write(folder))
    path, holder = folder / LOCK_FILE, folder / HOLDER_FILE
    after_killed = path.exists()
    try:
        lock = _acquired(path, was_there=after_killed)
    except Timeout as error:
        raise DubanError(_who_holds(folder)) from error
    except OSError as error:
        raise DubanError(_cannot_write(folder)) from error
    try:
        try:
            holder.write_text("\n".join((command, platform.node(), _user(), str(os.getpid()))), "utf-8")
        except OSError as error:
            raise DubanError(_cannot_write(folder)) from error
        yield after_killed
    finally:
        # before anybody else can lock it; Windows takes an open file away only when it is let go
        for left in (holder, path) if sys.platform != "win32" else (holder,):
            with contextlib.suppress(OSError):
                left.unlink()
        lock.release()


def _acquired(path: Path, *, was_there: bool) -> BaseFileLock:
    """The system's lock on a file; on a drive that has none, a file that only one can make."""
    from filelock import FileLock, SoftFileLock

    lock: BaseFileLock = FileLock(path, PATIENCE, poll_interval=_PAUSE, fallback_to_soft=False)
    try:
        lock.acquire()
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
        if not was_there:  # made a moment ago by asking for the lock; it says nothing
            path.unlink(missing_ok=True)
        lock = SoftFileLock(path, PATIENCE, poll_interval=_PAUSE)
        lock.acquire()
    return lock


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # a service without an account
        return ""


def _who_holds(folder: Path) -> str:
    path = folder / HOLDER_FILE
    try:
        words = path.read_text(encoding="utf-8", errors="replace").split("\n")
        since = datetime.fromtimestamp(path.stat().st_mtime)
    except OSError:
        return (
            f"工作台 {folder} 正被另一个命令使用。请等它结束后再运行；确知没有命令在运行的，删去 {LOCK_FILE} 再运行。"
        )
    command, host, user, number = (*words, "", "", "", "")[:4]
    labels = (("", command), ("电脑 ", host), ("用户 ", user), ("进程 ", number))
    who = "，".join(f"{label}{word}" for label, word in labels if word)
    return (
        f"工作台 {folder} 正被另一个命令使用（{who}，{since:%m-%d %H:%M} 开始）。请等它结束后再运行；"
        f"确知那台电脑上没有命令在运行的，删去 {LOCK_FILE} 再运行。"
    )


def _cannot_write(folder: Path) -> str:
    return f"无法在 {folder} 中写入。请检查这个文件夹的写入权限和磁盘空间，或者换一个可以写入的文件夹。"
