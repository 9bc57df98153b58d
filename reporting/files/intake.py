"""What came in: files and archives opened, told by content, kept by hash.

Nothing is lost: every file, readable or not, goes into the archive under its SHA-256 before anything else
happens to it. Nothing harms: archives are bounded in number, size and depth, and no path of theirs is used.
"""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path, PurePosixPath

from reporting.files.atomic import write_atomic
from reporting.files.sniffing import MAX_FILE, MAX_PARTS, MAX_UNPACKED, FileType, sniff
from reporting.findings import DubanError, Finding, Kind, Severity
from reporting.model import Place

_MAX_DEPTH = 2
_NOISE = ("~$", ".~", "._")
_NOISE_NAMES = {"thumbs.db", ".ds_store", "desktop.ini", ".gitkeep"}

TOO_BIG = Kind(
    "file_is_small_enough",
    Severity.ERROR,
    "文件过大（超过 {limit}），没有读取。",
    "请只报送填报表本身，去掉插入的图片；佐证材料另行报送。",
)
NOT_A_WORKBOOK = Kind(
    "file_is_a_workbook",
    Severity.ERROR,
    "这个文件不是填报表（{what}），无法读取。",
    "{how}",
)
KEPT_AS_EVIDENCE = Kind(
    "file_is_kept",
    Severity.NOTE,
    "这个文件不是填报表（{what}），已存档备查。",
    "如需作为填报内容，请让报送单位在填报表中填写后报送。",
)
BROKEN_ARCHIVE = Kind(
    "archive_is_readable",
    Severity.ERROR,
    "压缩包打不开：{why}。",
    "请重新压缩为 .zip 文件，或者直接报送填报表。",
)
UNREADABLE_PATH = Kind(
    "path_is_readable",
    Severity.ERROR,
    "无法读取这个文件：{why}。",
    "请关闭正在使用它的程序，检查权限后再运行。",
)

_REFUSED = {
    FileType.ENCRYPTED: ("文件加了密码", "请取消密码保护后重新报送。"),
    FileType.FOREIGN_ARCHIVE: ("RAR 或 7z 压缩包", "请改用 .zip 格式压缩，或者直接报送填报表。"),
    FileType.EMPTY: ("空文件", "请重新发送，可能传输没有完成。"),
    FileType.OTHER: ("不是 Excel 工作簿", "请用 Excel 或 WPS 打开下发的填报表，填写后存为 .xlsx 文件报送。"),
}
_EVIDENCE = {FileType.PDF: "PDF 文件", FileType.PICTURE: "图片", FileType.WORD: "Word 文档"}


@dataclass(frozen=True, slots=True)
class Incoming:
    """One file to be registered. ``name`` is relative to the inbox; inside an archive ``a.zip!b.xlsx``.

    ``refused`` holds the finding when it cannot be a return; ``ignored`` is true for what is kept but not
    expected to be one.
    """

    name: str
    sha256: str
    data: bytes
    kind: FileType
    refused: Finding | None = None
    ignored: bool = False
    modified: float = 0.0
    """When the file was last changed, in seconds; tells the newer of two versions that came together."""
    container: bytes = field(default=b"", repr=False)
    """The archive it came in, kept as well."""


def is_noise(name: str) -> bool:
    """Whether a file is a leftover of a program, never sent by anybody: lock files, thumbnails."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    last = parts[-1].lower() if parts else ""
    return last.startswith(_NOISE) or last in _NOISE_NAMES or "__MACOSX" in parts


def open_files(paths: Iterable[tuple[str, Path]]) -> Iterator[Incoming]:
    """Read each file, and the files inside each archive, one after the other."""
    for name, path in paths:
        if is_noise(name):
            continue
        try:
            status = path.stat()
            size = status.st_size
            data = b"" if size > MAX_FILE * 4 else path.read_bytes()
        except OSError as error:
            finding = Finding(UNREADABLE_PATH, Place(name), values={"why": error.strerror or str(error)})
            yield Incoming(name, "", b"", FileType.OTHER, finding)
            continue
        if size > MAX_FILE * 4:
            yield Incoming(name, _hash_file(path), b"", FileType.OTHER, _too_big(name))
            continue
        for incoming in open_data(name, data, 0):
            inside = "!" in incoming.name and incoming.data is not data
            yield replace(incoming, modified=status.st_mtime, container=data if inside else b"")


def _too_big(name: str) -> Finding:
    return Finding(TOO_BIG, Place(name), values={"limit": f"{MAX_FILE // 1024 // 1024} MB"})


def _hash_file(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def open_data(name: str, data: bytes, depth: int) -> Iterator[Incoming]:
    """Tell what one file is; an archive gives its files, each named after it."""
    sha256 = hashlib.sha256(data).hexdigest()
    kind = sniff(data)
    if kind is FileType.ARCHIVE:
        yield from _open_archive(name, sha256, data, depth)
    elif len(data) > MAX_FILE:
        yield Incoming(name, sha256, data, kind, _too_big(name))
    elif kind in _REFUSED:
        what, how = _REFUSED[kind]
        finding = Finding(NOT_A_WORKBOOK, Place(name), values={"what": what, "how": how})
        yield Incoming(name, sha256, data, kind, finding)
    elif kind in _EVIDENCE:
        finding = Finding(KEPT_AS_EVIDENCE, Place(name), values={"what": _EVIDENCE[kind]})
        yield Incoming(name, sha256, data, kind, finding, ignored=True)
    else:
        yield Incoming(name, sha256, data, kind)


def _open_archive(name: str, sha256: str, data: bytes, depth: int) -> Iterator[Incoming]:
    def refuse(why: str) -> Incoming:
        finding = Finding(BROKEN_ARCHIVE, Place(name), values={"why": why})
        return Incoming(name, sha256, data, FileType.ARCHIVE, finding)

    if depth >= _MAX_DEPTH:
        yield refuse("压缩包套了多层压缩包")
        return
    with zipfile.ZipFile(BytesIO(data)) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        if len(infos) > MAX_PARTS:
            yield refuse(f"里面的文件超过 {MAX_PARTS} 个")
            return
        if sum(info.file_size for info in infos) > MAX_UNPACKED:
            yield refuse("解开后过大")
            return
        opened = 0
        for info in infos:
            inside = archive_name(info)
            if is_noise(inside):
                continue
            opened += 1
            member = f"{name}!{inside}"
            try:
                content = _read_member(archive, info)
            except (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, RuntimeError, EOFError):
                finding = Finding(
                    BROKEN_ARCHIVE, Place(member), values={"why": f"“{inside}”已损坏或加了密码"}
                )
                yield Incoming(member, sha256, data, FileType.ARCHIVE, finding)
                continue
            yield from open_data(member, content, depth + 1)
        if not opened:
            yield refuse("里面没有文件")


def _read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    with archive.open(info) as stream:
        return stream.read(min(info.file_size, MAX_UNPACKED) + 1)


def archive_name(info: zipfile.ZipInfo) -> str:
    """The name of a file in an archive as its sender saw it.

    Without the UTF-8 flag zipfile decodes as cp437, while Chinese Windows tools write GBK (some write UTF-8
    without the flag), so undo and try those.
    """
    if info.flag_bits & 0x800:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def keep_original(archive: Path, incoming: Incoming) -> Path:
    """Keep a file in the archive under its hash; one that is there already is left alone."""
    path = archive / incoming.sha256[:2] / incoming.sha256
    try:
        if path.is_file() and path.stat().st_size == len(incoming.data):
            return path
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DubanError(
            f"无法写入存档文件夹 {archive}：{error.strerror}。请检查写入权限和磁盘空间。"
        ) from error
    write_atomic(path, incoming.data)
    return path
