"""One writing command at a time on a folder, on one machine or on a shared drive.

The lock is the operating system's own, on a file that says who holds it: it goes with the process, however
that ends, so a killed command locks nobody out. A shared drive that knows no locks is told by the file alone:
one that a process of this machine left behind is taken over, one of another machine is left to people.
"""

from __future__ import annotations

import contextlib
import errno
import getpass
import os
import platform
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from reporting.model.findings import DubanError

LOCK_FILE = ".duban-lock"
PATIENCE = 5.0
"""For how many seconds a second command waits before it says who is at work."""
_PAUSE = 0.1
_ELSEWHERE = 1 << 30
"""Windows locks bytes, and nobody may read those: lock one that the file does not have."""
_HELD = (errno.EAGAIN, errno.EACCES, errno.EDEADLK)


class _NoLocksError(Exception):
    """The drive knows no locks."""


@contextlib.contextmanager
def hold(folder: Path, command: str) -> Iterator[bool]:
    """Keep other commands out of a folder; gives whether the last one there was killed.

    Raises ``DubanError`` saying who is at work when the folder is not free within ``PATIENCE`` seconds, or
    when it cannot be written to.
    """
    path = folder / LOCK_FILE
    last = time.monotonic() + PATIENCE
    while (taken := _take(path, command)) is None:
        if time.monotonic() >= last:
            raise DubanError(_who_holds(path))
        time.sleep(_PAUSE)
    handle, after_killed = taken
    try:
        yield after_killed
    finally:
        _let_go(path, handle)


def _take(path: Path, command: str) -> tuple[int, bool] | None:
    """Take the lock: the open file, and whether somebody left it behind; None while it is held."""
    try:
        there = path.exists()
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except PermissionError as error:
        if sys.platform == "win32" and path.exists():  # the holder is just taking the file away
            return None
        raise DubanError(_cannot_write(path)) from error
    except OSError as error:
        raise DubanError(_cannot_write(path)) from error
    try:
        left = os.read(handle, 1000).decode("utf-8", "replace")
        try:
            free = _lock(handle)
        except _NoLocksError:
            free = not there or _left_behind(left)
        if not free or not _is_still_there(path, handle):
            os.close(handle)
            return None
        _sign(handle, command)
    except OSError as error:
        os.close(handle)
        raise DubanError(_cannot_write(path)) from error
    return handle, bool(left)


def _lock(handle: int) -> bool:
    """Ask the system for the lock without waiting; raises ``_NoLocksError`` where it has none."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(handle, _ELSEWHERE, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _HELD:
            return False
        raise _NoLocksError from error
    return True


def _is_still_there(path: Path, handle: int) -> bool:
    """Whether the file that was locked still bears the name: its last holder may have taken it away."""
    try:
        return os.path.samestat(path.stat(), os.fstat(handle))
    except OSError:
        return False


def _sign(handle: int, command: str) -> None:
    words = "\n".join((command, platform.node(), _user(), str(os.getpid())))
    os.lseek(handle, 0, os.SEEK_SET)
    os.ftruncate(handle, 0)
    os.write(handle, words.encode())


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # a service without an account
        return ""


def _left_behind(words: str) -> bool:
    """Whether the one who signed is a process of this machine that is no more."""
    _, host, _, number = (*words.split("\n"), "", "", "", "")[:4]
    if host != platform.node() or not number.isdecimal() or sys.platform == "win32":
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


def _let_go(path: Path, handle: int) -> None:
    # Windows does not take away an open file; elsewhere it must go before anybody else can lock it
    if sys.platform != "win32":
        with contextlib.suppress(OSError):
            path.unlink()
    os.close(handle)
    if sys.platform == "win32":
        with contextlib.suppress(OSError):
            path.unlink()


def _who_holds(path: Path) -> str:
    try:
        words = path.read_text(encoding="utf-8", errors="replace").split("\n")
        since = datetime.fromtimestamp(path.stat().st_mtime)
    except OSError:
        return f"工作台 {path.parent} 正被另一个命令使用。请等它结束后再运行。"
    command, host, user, number = (*words, "", "", "", "")[:4]
    labels = (("", command), ("电脑 ", host), ("用户 ", user), ("进程 ", number))
    who = "，".join(f"{label}{word}" for label, word in labels if word)
    return (
        f"工作台 {path.parent} 正被另一个命令使用（{who}，{since:%m-%d %H:%M} 开始）。请等它结束后再运行；"
        f"确知那台电脑上没有命令在运行的，删去 {path.name} 再运行。"
    )


def _cannot_write(path: Path) -> str:
    return f"无法在 {path.parent} 中写入。请检查这个文件夹的写入权限和磁盘空间，或者换一个可以写入的文件夹。"
