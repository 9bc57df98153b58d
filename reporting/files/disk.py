"""The disk: files read with a sentence when they cannot be, and written whole or not at all."""

import contextlib
import errno
import hashlib
import json
import os
import re
import secrets
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import IO

from reporting.model.findings import DubanError

_TEMPORARY = re.compile(r"\.duban-[0-9a-f]{12}\.tmp")
_UNREAD = "无法读取“{path}”：{why}。请核对路径，并确认没有被其他程序占用。"


def read_file(path: Path, sentence: str = _UNREAD) -> bytes:
    """The bytes of a file; raises ``DubanError`` with ``sentence``, ``{why}`` being what the system says."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise DubanError(sentence.format(path=path, name=path.name, why=explain_os_error(error))) from error


@contextlib.contextmanager
def told_why(what: str, remedy: str) -> Iterator[None]:
    """Raise ``DubanError`` where the disk refuses: what could not be done, why, and what to do about it."""
    try:
        yield
    except OSError as error:
        raise DubanError(f"{what}：{explain_os_error(error)}。{remedy}") from error


def make_folder(path: Path) -> None:
    """Make a folder and those above it; one that is there stays."""
    path.mkdir(parents=True, exist_ok=True)


def take_away(path: Path) -> None:
    """Take a file away, if it is there."""
    path.unlink(missing_ok=True)


def write_atomic(path: Path, data: bytes | Path) -> None:
    """Write ``data``, or copy a file too big to be held in memory, beside ``path`` and rename it into place.

    Raises ``DubanError`` naming the file when the disk or somebody's open Excel does not let us.
    """
    _put(path, lambda beside: _write_through(beside, data))


def write_json(path: Path, words: object) -> None:
    """Write the stable form for machines, as ``write_atomic`` does."""
    write_atomic(path, json.dumps(words, ensure_ascii=False, indent=1).encode())


def write_private(path: Path, data: bytes) -> None:
    """Write a file that only its owner may read; one that another command made meanwhile stays.

    Raises ``DubanError`` naming the file when the disk does not let us.
    """
    _put(path, lambda beside: _write_through(beside, data, mode=0o600), _link_unless_there)


def is_temporary(name: str) -> bool:
    """Whether a file was on its way to its place when a command was killed."""
    return _TEMPORARY.fullmatch(name) is not None


def _replace(beside: Path, path: Path) -> None:
    beside.replace(path)


def _link_unless_there(beside: Path, path: Path) -> None:
    try:
        os.link(beside, path)
    except FileExistsError:
        return
    except OSError:  # a disk without links, such as a USB stick
        if not path.exists():
            beside.replace(path)


def _temporary_name() -> str:
    return f".duban-{secrets.token_hex(6)}.tmp"


def check_writable(path: Path) -> None:
    """Try whether a file can be written, without touching one that is there.

    Raises ``DubanError`` as ``write_atomic`` does, before anything was done that cannot be had again.
    """
    if path.is_dir():
        raise DubanError(_explain(path, IsADirectoryError()))
    _put(path, lambda beside: _write_through(beside, b""), lambda _, __: None)


def _put(path: Path, write: Callable[[Path], None], settle: Callable[[Path, Path], None] = _replace) -> None:
    """Write a file beside its place, then settle it there; nothing is left beside it in the end."""
    # short and our own: a Chinese file name may already fill the 255 bytes that a name can have
    beside = path.parent / _temporary_name()
    try:
        write(beside)
        settle(beside, path)
    except OSError as error:
        raise DubanError(_explain(path, error)) from error
    finally:
        with contextlib.suppress(OSError):
            beside.unlink()


def _write_through(path: Path, data: bytes | Path, mode: int = 0o666) -> None:
    """Write and wait until the bytes are on the disk, so that the rename never overtakes them.

    ``mode`` is who may do what with the file, before the user's own mask.
    """
    with open(path, "xb", opener=partial(os.open, mode=mode)) as stream:
        if isinstance(data, Path):
            with data.open("rb") as source:
                shutil.copyfileobj(source, stream)
        else:
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


_OS_ERRORS = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.ENOENT: "文件或文件夹不存在",
    errno.EEXIST: "已有同名的文件",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "这是一个文件夹，不是文件",
    errno.ENOSPC: "磁盘空间已满",
    errno.EROFS: "磁盘是只读的",
    errno.ENAMETOOLONG: "文件名过长",
    errno.EBUSY: "正被其他程序使用",
    errno.EIO: "磁盘读写出错",
}


def explain_os_error(error: OSError) -> str:
    """What the system has against it, as a Chinese clause where we have one."""
    return _OS_ERRORS.get(error.errno or 0) or error.strerror or str(error)


def remove_temporaries(*folders: Path, deep: bool = False) -> None:
    """Take away what a killed command left on its way to its place; ``deep`` looks into folders below too."""
    for folder in folders:
        for path, names, files in os.walk(folder):
            for name in filter(is_temporary, files):
                with contextlib.suppress(OSError):  # the next run may be luckier
                    (Path(path) / name).unlink()
            if not deep:
                names.clear()


class NoFile(StrEnum):
    """What may stand in a folder and is no file that could be read."""

    LINK = "link"
    PIPE = "pipe"
    SOCKET = "socket"
    DEVICE = "device"
    BUNDLE = "bundle"
    """A document that is a folder, as Apple's programs save theirs."""


_NO_FILES = (
    (stat.S_ISLNK, NoFile.LINK),
    (stat.S_ISFIFO, NoFile.PIPE),
    (stat.S_ISSOCK, NoFile.SOCKET),
    (stat.S_ISBLK, NoFile.DEVICE),
    (stat.S_ISCHR, NoFile.DEVICE),
)
BUNDLE_MARKS = ("Index.zip", "Index/Document.iwa")
"""What lies in the folder that is a document of Pages, Numbers or Keynote."""


def list_files(folders: Iterable[Path]) -> list[Path]:
    """All files in folders and below, in a stable order; links inside them are left out."""
    return [path for path, what in list_entries(folders) if what is None]


def list_entries(folders: Iterable[Path]) -> list[tuple[Path, NoFile | None]]:
    """All that stands in folders and below, in a stable order, with what it is where it is no file.

    A link is never followed, but one that is named itself.
    """
    found: list[tuple[Path, NoFile | None]] = []
    for folder in folders:
        if folder.is_file() or (folder.exists() and not folder.is_dir()):
            found.append((folder, _what_it_is(folder, folder.stat().st_mode)))
            continue
        if _is_bundle(folder):
            found.append((folder, NoFile.BUNDLE))
            continue
        for path, names, files in os.walk(folder, onerror=_stop_walking):
            apart = [name for name in names if (Path(path) / name).is_symlink() or _is_bundle(Path(path) / name)]
            names[:] = sorted(set(names) - set(apart))
            found += _look_at_each(Path(path) / name for name in sorted([*files, *apart]))
    return found


def _look_at_each(paths: Iterable[Path]) -> Iterator[tuple[Path, NoFile | None]]:
    for path in paths:
        with contextlib.suppress(FileNotFoundError):  # taken away since
            yield path, _what_it_is(path, path.lstat().st_mode)


def _what_it_is(path: Path, mode: int) -> NoFile | None:
    if stat.S_ISDIR(mode):
        return NoFile.BUNDLE if _is_bundle(path) else NoFile.LINK
    return next((what for is_so, what in _NO_FILES if is_so(mode)), None)


def _is_bundle(folder: Path) -> bool:
    return any((folder / name).is_file() for name in BUNDLE_MARKS)


def open_regular(path: Path) -> IO[bytes]:
    """Open a file for reading that is one, and no link, pipe or the like that was put in its place.

    Raises ``OSError`` where it is none, or cannot be read; never waits.
    """
    careful = sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY", "O_CLOEXEC"))
    stream = os.fdopen(os.open(path, os.O_RDONLY | careful), "rb")
    if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
        stream.close()
        raise OSError(errno.EINVAL, "不是普通文件")
    return stream


_AT_ONCE = 32 * 1024 * 1024
"""Bytes of a file that are held in memory; what is larger is copied piece by piece."""


def keep_by_hash(folder: Path, original: Path | bytes) -> str:
    """Keep bytes in a folder under their SHA-256, which it gives back; what is there already is left alone.

    The hash and the copy are of one read, and what was written is read back. Raises ``OSError`` where the
    original cannot be read, and ``DubanError`` where the folder does not take it.
    """
    if isinstance(original, bytes):
        return _keep(folder, original)
    with open_regular(original) as stream:
        start = stream.read(_AT_ONCE + 1)
        return _keep(folder, start) if len(start) <= _AT_ONCE else _keep_large(folder, start, stream)


def kept_path(folder: Path, sha256: str) -> Path:
    """Where a folder keeps the bytes with this hash."""
    return folder / sha256[:2] / sha256


def _keep(folder: Path, data: bytes) -> str:
    sha256 = hashlib.sha256(data).hexdigest()
    path = kept_path(folder, sha256)
    with _told_of(folder):
        if _holds(path, sha256):
            return sha256
        path.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(path, data)
    return _read_back(path, sha256)


def _keep_large(folder: Path, start: bytes, rest: IO[bytes]) -> str:
    digest = hashlib.sha256(start)
    with _told_of(folder):
        folder.mkdir(parents=True, exist_ok=True)
    beside = folder / _temporary_name()
    try:
        with _told_of(folder):
            out = beside.open("xb")
        with out:
            piece = start
            while piece:
                with _told_of(folder):
                    out.write(piece)
                piece = rest.read(_AT_ONCE)
                digest.update(piece)
            with _told_of(folder):
                out.flush()
                os.fsync(out.fileno())
        sha256 = digest.hexdigest()
        path = kept_path(folder, sha256)
        with _told_of(folder):
            if _holds(path, sha256):
                return sha256
            path.parent.mkdir(parents=True, exist_ok=True)
            beside.replace(path)
        return _read_back(path, sha256)
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


def _told_of(folder: Path) -> contextlib.AbstractContextManager[None]:
    return told_why(f"无法写入存档文件夹 {folder}", "请检查写入权限和磁盘空间。")


def _holds(path: Path, sha256: str) -> bool:
    """Whether a file is there and is what its name says; one that a crash cut short is not."""
    return path.is_file() and hash_of(path) == sha256


def _read_back(path: Path, sha256: str) -> str:
    with _told_of(path.parent.parent):
        if hash_of(path) != sha256:
            raise OSError(errno.EIO, "")
    return sha256


def _stop_walking(error: OSError) -> None:
    raise DubanError(
        f"无法查看文件夹“{error.filename}”：{explain_os_error(error)}。请检查文件夹的权限后再运行。"
    ) from error


def names_beside(path: Path) -> list[str]:
    """What stands in the folder of a file, whether that file is there or not; nothing where none can look."""
    with contextlib.suppress(OSError):
        return sorted(each.name for each in path.parent.iterdir())
    return []


def shown_name(name: str) -> str:
    """A file name as text; Linux keeps names unpacked from Chinese archives as GBK bytes."""
    raw = os.fsencode(name)
    return decoded_name(raw) or raw.decode("utf-8", "replace")


def decoded_name(raw: bytes) -> str:
    """A file name from its bytes, which Chinese Windows tools write as GBK; empty where it is neither."""
    for encoding in ("utf-8", "gb18030"):
        with contextlib.suppress(UnicodeDecodeError):
            return raw.decode(encoding)
    return ""


def hash_of(path: Path) -> str:
    """The SHA-256 of a file, by which the book knows it, read piece by piece."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
