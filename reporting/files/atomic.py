"""Writing a file so that a killed command leaves either the old or the new one, never half of it."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from pathlib import Path

from reporting.findings import DubanError


def write_atomic(path: Path, data: bytes) -> None:
    """Write ``data`` beside ``path`` and rename it into place.

    Raises ``DubanError`` naming the file when the disk or somebody's open Excel does not let us.
    """
    # A short name of its own: a Chinese file name may already fill the 255 bytes that a name can have.
    beside = path.parent / f".duban-{secrets.token_hex(6)}.tmp"
    try:
        _write_through(beside, data)
        beside.replace(path)
    except OSError as error:
        raise DubanError(_explain(path, error)) from error
    finally:
        with contextlib.suppress(OSError):
            beside.unlink()


def _write_through(path: Path, data: bytes) -> None:
    """Write and wait until the bytes are on the disk, so that the rename never overtakes them."""
    with path.open("xb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _explain(path: Path, error: OSError) -> str:
    name, folder = path.name, path.parent
    if path.is_dir():
        return f"无法写入“{name}”：这个位置已有同名文件夹（{path}）。请将该文件夹改名后再运行。"
    if isinstance(error, FileNotFoundError) or not folder.is_dir():
        return f"无法写入“{name}”：文件夹“{folder}”不存在。请先建立该文件夹，或者核对路径。"
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"无法写入“{name}”：磁盘空间已满。请清理磁盘后再运行，原有文件没有改动。"
    if error.errno == errno.EROFS:
        return f"无法写入“{name}”：文件夹“{folder}”所在的磁盘是只读的。请换一个可以写入的文件夹。"
    if error.errno == errno.ENAMETOOLONG:
        return f"无法写入“{name}”：文件名过长。请缩短文件名后再运行。"
    if isinstance(error, PermissionError) and os.access(folder, os.W_OK) and path.exists():
        return f"无法写入“{name}”：文件可能正在 Excel 或 WPS 中打开。请关闭后再运行，原有文件没有改动。"
    if isinstance(error, PermissionError):
        return f"无法写入“{name}”：没有文件夹“{folder}”的写入权限。请换一个文件夹，或者请管理员授权。"
    return f"无法写入“{name}”：{error.strerror or error}。请排除故障后再运行，原有文件没有改动。"
