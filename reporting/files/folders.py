"""What lies in folders: files in a stable order, names as text, and what a killed command left."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from reporting.files.disk import is_temporary
from reporting.files.os_errors import explain_os_error
from reporting.model.findings import DubanError


def remove_temporaries(*folders: Path, deep: bool = False) -> None:
    """Take away what a killed command left on its way to its place; ``deep`` looks into folders below too."""
    for folder in folders:
        for path, names, files in os.walk(folder):
            for name in filter(is_temporary, files):
                with contextlib.suppress(OSError):  # the next run may be luckier
                    (Path(path) / name).unlink()
            if not deep:
                names.clear()


def list_files(folders: Iterable[Path]) -> list[Path]:
    """All files in folders and below, in a stable order; links inside them are left out."""
    found: list[Path] = []
    for folder in folders:
        if folder.is_file():
            found.append(folder)
            continue
        for path, names, files in os.walk(folder, onerror=_stop_walking):
            names.sort()
            paths = [Path(path) / name for name in sorted(files)]
            found += [each for each in paths if each.is_file() and not each.is_symlink()]
    return found


def _stop_walking(error: OSError) -> None:
    raise DubanError(
        f"无法查看文件夹“{error.filename}”：{explain_os_error(error)}。请检查文件夹的权限后再运行。"
    ) from error


def shown_name(name: str) -> str:
    """A file name as text; Linux keeps names unpacked from Chinese archives as GBK bytes."""
    raw = os.fsencode(name)
    for encoding in ("utf-8", "gb18030"):
        with contextlib.suppress(UnicodeDecodeError):
            return raw.decode(encoding)
    return raw.decode("utf-8", "replace")


def hash_of(path: Path) -> str:
    """The SHA-256 of a file, by which the book knows it."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
