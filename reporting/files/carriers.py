"""What carries other files: mails as mail programs save them, and archives that are no .zip.

Gives the files inside, each with its name and when it was last changed. Runs in a child process, within bounds:
whoever asks counts the files and their bytes, and stops when it is enough.
"""

import contextlib
import importlib
import locale
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from reporting.files.disk import decoded_name

Moment = tuple[int, ...]
"""By the carrier's own clock: year, month, day, hour, minute, second; empty where it has none."""


@dataclass(frozen=True, slots=True)
class Carried:
    """One file inside: its name as its sender saw it, its bytes, and when it was changed."""

    name: str
    data: bytes | None
    """None for what is larger than it may be, and for a link."""
    when: Moment = ()
    is_link: bool = False


class CarrierError(Exception):
    """It cannot be opened; the text says why as a Chinese clause."""


class NoOpenerError(CarrierError):
    """The component that opens it is not installed here."""


_LOCALES = ("C.UTF-8", "en_US.UTF-8", "zh_CN.UTF-8", "")
"""Under any of them libarchive can give Chinese names; the first that the system knows is taken."""


def opens_archives() -> bool:
    """Whether the component that opens RAR and 7z is installed, and finds its library."""
    try:
        _opener()
    except NoOpenerError:
        return False
    return True


def _opener() -> Any:
    try:
        return importlib.import_module("libarchive")
    except (ImportError, OSError, AttributeError, TypeError) as error:  # the last three: the library itself is missing
        raise NoOpenerError from error


def read_archive(data: bytes, most: int) -> Iterator[Carried]:
    """The files of a RAR, 7z, tar or cabinet file, by libarchive; of one larger than ``most`` not the bytes.

    Raises ``NoOpenerError`` where libarchive is not there, and ``CarrierError`` where it cannot go on.
    """
    libarchive = _opener()
    for name in _LOCALES:
        with contextlib.suppress(locale.Error):
            locale.setlocale(locale.LC_CTYPE, name)
            break
    try:
        with libarchive.memory_reader(data, format_name=_format_of(data)) as archive:
            for entry in archive:
                if entry.isdir:
                    continue
                yield _carried(entry, most)
    except libarchive.ArchiveError as error:
        raise CarrierError(_why(str(error))) from error


_FORMATS = ((b"Rar!\x1a\x07\x01\x00", "rar5"), (b"Rar!", "rar"), (b"7z\xbc\xaf", "7zip"), (b"MSCF", "cab"))


def _format_of(data: bytes) -> str:
    """The format by its first bytes: left to itself, libarchive takes a workbook that is stored in it for a .zip."""
    return next((name for begins, name in _FORMATS if data.startswith(begins)), "tar")


def _carried(entry: Any, most: int) -> Carried:
    path = entry.pathname
    name = decoded_name(path) if isinstance(path, bytes) else path
    moment: Moment = ()
    if entry.mtime is not None:
        with contextlib.suppress(OverflowError, OSError, ValueError):
            import time

            moment = tuple(time.localtime(entry.mtime)[:6])
    if not entry.isfile:
        return Carried(name or "未命名", None, moment, is_link=True)
    pieces, size = [], 0
    for piece in entry.get_blocks():
        size += len(piece)
        if size > most:
            return Carried(name or "未命名", None, moment)
        pieces.append(piece)
    return Carried(name or "未命名", b"".join(pieces), moment)


def _why(said: str) -> str:
    if "encrypt" in said.lower() or "passphrase" in said.lower():
        return "加了密码"
    if "volume" in said.lower() or "multivolume" in said.lower():
        return "是分卷压缩的，缺少其他分卷"
    return "文件不完整、已损坏，或者压缩方法不认识"
