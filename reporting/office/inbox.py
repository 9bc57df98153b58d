"""What came in: files and archives opened, told by content, kept by hash.

Nothing is lost: every file, readable or not, goes into the archive under its SHA-256 before anything else
happens to it. Nothing harms: archives are bounded in number, size and depth, and no path of theirs is used.
``open_original`` runs in a child process that may die over a file; what it says crosses as plain data.
"""

import contextlib
import hashlib
import re
import struct
import zipfile
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO

from reporting.files.carriers import Carried, CarrierError, NoOpenerError, read_archive
from reporting.files.disk import BUNDLE_MARKS, NoFile, decoded_name, explain_os_error, keep_by_hash, kept_path
from reporting.files.file_type import BROKEN_ZIP, MAX_FILE, MAX_PARTS, MAX_UNPACKED, FileType, sniff, sniff_package
from reporting.files.mail import read_mail
from reporting.files.outlook import read_outlook_mail
from reporting.model import Place
from reporting.model.findings import Finding, Kind, Severity

_MAX_DEPTH = 2
_MAX_ARCHIVE = 4 * MAX_FILE
_MAX_KEPT = 1024**3
"""Bytes of one file that are kept; a scan or a film may be large, a disk is not to be filled by one."""
_NOISE = ("~$", ".~", "._")
_NOISE_NAMES = {"thumbs.db", "ehthumbs.db", ".ds_store", "desktop.ini"}
_OURS = ".gitkeep"

TOO_BIG = Kind(
    "file_is_small_enough",
    Severity.ERROR,
    "文件过大（超过 {limit}），没有读取。",
    "请只报送填报表本身，去掉插入的图片；佐证材料另行报送。",
)
TOO_BIG_TO_KEEP = Kind(
    "file_is_small_enough",
    Severity.ERROR,
    "文件过大（超过 {limit}），没有读取，也没有存档。",
    "请只报送填报表本身；确需保存的，请把原件另行保管。",
)
NOT_A_FILE = Kind(
    "file_is_a_file", Severity.NOTE, "这是{what}，没有打开。", "需要收的，请把{wanted}放进收件文件夹后再运行。"
)
NOT_A_WORKBOOK = Kind("file_is_a_workbook", Severity.ERROR, "这个文件不是填报表（{what}），无法读取。", "{how}")
KEPT_AS_EVIDENCE = Kind(
    "file_is_kept",
    Severity.NOTE,
    "这个文件不是填报表（{what}），已存档备查。",
    "如需作为填报内容，请让报送单位在填报表中填写后报送。",
)
BROKEN_ARCHIVE = Kind(
    "archive_is_readable", Severity.ERROR, "压缩包打不开：{why}。", "请重新压缩为 .zip 文件，或者直接报送填报表。"
)
NO_OPENER = Kind(
    "archive_can_be_opened",
    Severity.ERROR,
    "这是 RAR、7z 一类的压缩包，本机没有安装打开它的组件。",
    '请用解压软件解开，把里面的文件放进收件文件夹再收；也可以在程序文件夹中运行 python -m pip install ".[archives]" '
    "安装组件，或者请报送单位改用 .zip 格式压缩。",
)
BROKEN_MAIL = Kind(
    "mail_is_readable",
    Severity.ERROR,
    "这是一封邮件，{why}。",
    "请用邮件程序打开它，把附件（包括正文中的超大附件、网盘文件）另存到收件文件夹，再运行。",
)
UNREADABLE_PATH = Kind(
    "path_is_readable", Severity.ERROR, "无法读取这个文件：{why}。", "请关闭正在使用它的程序，检查权限后再运行。"
)

LEFTOVER = Kind(
    "file_is_no_leftover",
    Severity.NOTE,
    "这是办公软件或操作系统留下的临时文件，没有读取。",
    "不用处理；如果有人正打开着同名的填报表，请保存并关闭后再收。",
)

_AS_XLSX = "请用 Excel 或 WPS 打开，另存为 .xlsx 文件后重新报送。"
_REFUSED = {
    FileType.ENCRYPTED: ("文件加了密码", "请取消密码保护后重新报送。"),
    FileType.XLSB: ("Excel 二进制工作簿 .xlsb", _AS_XLSX),
    FileType.IWORK: (
        "苹果 Numbers 或 Pages 文件",
        "请在 Numbers 中选“文件—导出为—Excel”，导出为 .xlsx 文件后重新报送。",
    ),
    FileType.WEB: ("网页或 XML 格式的表格", _AS_XLSX),
    FileType.EMPTY: (
        "空文件",
        "请重新发送，可能传输没有完成；放在网盘（OneDrive 等）里的，可能还没有下载到本机，请先下载再放进收件文件夹。",
    ),
    FileType.SHORTCUT: ("快捷方式或网址，不是文件本身", "请打开它，把所指的文件下载或复制到收件文件夹。"),
    FileType.PLACEHOLDER: (
        "网盘（iCloud）的占位文件，内容还没有下载到本机",
        "请在访达中点“立即下载”，下载后再放进收件文件夹。",
    ),
    FileType.DAMAGED: (
        "文件不完整或者已经损坏",
        "请重新发送，可能传输没有完成；仍打不开的，请在下发的填报表中重新填写后报送。",
    ),
    FileType.OTHER: ("不是 Excel 工作簿", "请用 Excel 或 WPS 打开下发的填报表，填写后存为 .xlsx 文件报送。"),
}
_EVIDENCE = {
    FileType.PDF: "PDF 文件",
    FileType.PICTURE: "图片",
    FileType.WORD: "Word 文档",
    FileType.OLD_WORD: "旧格式的 Word 文档",
    FileType.SLIDES: "演示文稿",
    FileType.LAYOUT: "OFD 版式文件",
}
"""What is no return and may be proof of one. A Word document is one only when it has no table of ours."""


_NO_FILES = {
    NoFile.LINK: ("快捷方式（链接）", "它指向的文件本身"),
    NoFile.PIPE: ("管道", "文件本身"),
    NoFile.SOCKET: ("套接字", "文件本身"),
    NoFile.DEVICE: ("设备", "文件本身"),
}


@dataclass(frozen=True, slots=True)
class Incoming:
    """One file to be registered. ``name`` is relative to the inbox; inside an archive ``a.zip!b.xlsx``.

    ``refused`` holds the finding when it cannot be a return; ``ignored`` is true for what is kept but not
    expected to be one. ``data`` are its bytes as long as they are needed.
    """

    name: str
    sha256: str
    data: bytes
    kind: FileType
    refused: Finding | None = None
    ignored: bool = False
    modified: float = 0.0
    """When the file was last changed, in seconds; tells the newer of two versions that came together."""
    packed: tuple[int, ...] = ()
    """When a file in an archive was last changed, by the archive's own clock: year to second."""
    source_sha256: str = ""
    """The hash of the archive it came in."""
    is_leftover: bool = False
    """Whether a program left it behind, and nobody sent it."""


@dataclass
class _Budget:
    """What one file from outside may still unfold to, over all archives inside it."""

    size: int = MAX_UNPACKED
    parts: int = MAX_PARTS

    def take(self, sizes: Sequence[int]) -> str:
        """Why files of these sizes must not be unpacked, as a Chinese clause; empty when they may be."""
        self.parts -= len(sizes)
        self.size -= sum(sizes)
        if self.parts < 0:
            return f"里面的文件超过 {MAX_PARTS} 个"
        return "解开后过大" if self.size < 0 else ""


def is_noise(name: str) -> bool:
    """Whether a file is a leftover of a program, never sent by anybody: lock files, thumbnails."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    last = parts[-1].lower() if parts else ""
    return last.startswith(_NOISE) or last in (*_NOISE_NAMES, _OURS) or "__MACOSX" in parts


def is_ours(name: str) -> bool:
    """Whether a file keeps an empty folder in place and was never sent."""
    return PurePosixPath(name).name == _OURS


def take_file(archive: Path, name: str, path: Path) -> Incoming:
    """Keep a file as it came, before anything is known of it; one that cannot be is refused.

    Its size is looked at before anything else. Raises ``DubanError`` where the archive does not take it.
    """
    try:
        status = path.stat(follow_symlinks=False)
        if status.st_size > _MAX_KEPT:
            finding = Finding(TOO_BIG_TO_KEEP, Place(name), values={"limit": f"{_MAX_KEPT // 1024**3} GB"})
            return Incoming(name, "", b"", FileType.OTHER, finding)
        sha256 = keep_by_hash(archive, path)
    except OSError as error:
        finding = Finding(UNREADABLE_PATH, Place(name), values={"why": explain_os_error(error)})
        return Incoming(name, "", b"", FileType.OTHER, finding)
    kept = Incoming(name, sha256, b"", FileType.OTHER, modified=status.st_mtime)
    if is_noise(name):
        return replace(kept, refused=Finding(LEFTOVER, Place(name)), ignored=True, is_leftover=True)
    return kept


def name_no_file(name: str, what: NoFile) -> Incoming:
    """What lies in the inbox and is no file: it is named, and not opened."""
    if what is NoFile.BUNDLE:
        return Incoming(name, "", b"", FileType.IWORK, _refusal(name, FileType.IWORK))
    is_what, wanted = _NO_FILES[what]
    finding = Finding(NOT_A_FILE, Place(name), values={"what": is_what, "wanted": wanted})
    return Incoming(name, "", b"", FileType.OTHER, finding, ignored=True)


def open_original(name: str, sha256: str, path: Path) -> Iterator[Incoming]:
    """Tell what a file that is kept is; a large one is not read into memory, only an archive looked into.

    Of an archive its files come, each with its bytes; all else comes with those of the whole file, or with
    none where it is large.
    """
    size = path.stat().st_size
    if size > MAX_FILE:
        with path.open("rb") as stream:
            yield from _open_large(name, sha256, stream, size)
    else:
        yield from open_data(name, path.read_bytes(), 0)


def _open_large(name: str, sha256: str, stream: IO[bytes], size: int) -> Iterator[Incoming]:
    """A scan may be as large as it likes, an archive four times as large as a file; all else is too big."""
    stream.seek(0)
    start = stream.read(4)
    if start == b"PK\x03\x04" and size <= _MAX_ARCHIVE and sniff_package(stream) is FileType.ARCHIVE:
        yield from _open_archive(_Archive(name, sha256, b"", stream, 0, _Budget()))
        return
    stream.seek(0)
    kind = sniff(stream.read(65_536))
    if kind in (FileType.MAIL, FileType.FOREIGN_ARCHIVE) and size <= _MAX_ARCHIVE:
        stream.seek(0)
        yield from open_data(name, stream.read(), 0)
        return
    what = _EVIDENCE.get(kind) if kind in (FileType.PDF, FileType.PICTURE) else None
    finding = Finding(KEPT_AS_EVIDENCE, Place(name), values={"what": what}) if what else _too_big(name)
    yield Incoming(name, sha256, b"", kind, finding, ignored=what is not None)


def _too_big(name: str) -> Finding:
    return Finding(TOO_BIG, Place(name), values={"limit": f"{MAX_FILE // 1024 // 1024} MB"})


def open_data(name: str, data: bytes, depth: int, budget: _Budget | None = None) -> Iterator[Incoming]:
    """Tell what one file is; an archive gives its files, each named after it."""
    sha256 = hashlib.sha256(data).hexdigest()
    kind = sniff(data)
    if kind is FileType.ARCHIVE:
        yield from _open_archive(_Archive(name, sha256, data, BytesIO(data), depth, budget or _Budget()))
    elif kind in _CARRIERS:
        packed = _Archive(name, sha256, data, BytesIO(data), depth, budget or _Budget())
        yield from _open_carrier(packed, kind)
    elif len(data) > MAX_FILE:
        yield Incoming(name, sha256, data, kind, _too_big(name))
    elif kind in _REFUSED:
        yield Incoming(name, sha256, data, kind, _refusal(name, kind))
    elif kind in _EVIDENCE and kind is not FileType.WORD:
        yield Incoming(name, sha256, data, kind, evidence(name, kind), ignored=True)
    else:
        yield Incoming(name, sha256, data, kind)


def _refusal(name: str, kind: FileType) -> Finding:
    what, how = _REFUSED[kind]
    return Finding(NOT_A_WORKBOOK, Place(name), values={"what": what, "how": how})


def evidence(name: str, kind: FileType) -> Finding:
    """The note on a file that is no return and is kept."""
    return Finding(KEPT_AS_EVIDENCE, Place(name), values={"what": _EVIDENCE[kind]})


@dataclass(frozen=True, slots=True)
class _Archive:
    """A .zip on its way to be opened; ``data`` are its bytes unless it is read from the disk."""

    name: str
    sha256: str
    data: bytes
    stream: IO[bytes]
    depth: int
    budget: _Budget

    def refuse(self, why: str) -> Incoming:
        """The archive as a file that cannot be read."""
        finding = Finding(BROKEN_ARCHIVE, Place(self.name), values={"why": why})
        return Incoming(self.name, self.sha256, self.data, FileType.ARCHIVE, finding)


def _open_archive(packed: _Archive) -> Iterator[Incoming]:
    if packed.depth >= _MAX_DEPTH:
        yield packed.refuse("压缩包套了多层压缩包")
        return
    with zipfile.ZipFile(packed.stream) as archive:
        infos = [info for info in archive.infolist() if not info.filename.endswith("/")]
        too_much = packed.budget.take([info.file_size for info in infos])
        if too_much:
            yield packed.refuse(too_much)
            return
        members = [(archive_name(info), info) for info in infos if not is_noise(archive_name(info))]
        if not members:
            yield packed.refuse("里面没有文件")
        folders = _document_folders(name for name, _ in members)
        for folder in folders:
            name = f"{packed.name}!{folder}"
            yield Incoming(name, packed.sha256, packed.data, FileType.IWORK, _refusal(name, FileType.IWORK))
        for name, info in members:
            if not any(name.startswith(f"{folder}/") for folder in folders):
                yield from _open_member(packed, archive, info)


_CARRIERS: dict[FileType, Callable[[bytes], Iterator[Carried]]] = {
    FileType.MAIL: read_mail,
    FileType.OUTLOOK_MAIL: read_outlook_mail,
    FileType.FOREIGN_ARCHIVE: partial(read_archive, most=MAX_FILE),
}


def _open_carrier(packed: _Archive, kind: FileType) -> Iterator[Incoming]:
    """The files in a mail, or in an archive that is no .zip; what came out before it broke off counts."""
    is_mail = kind is not FileType.FOREIGN_ARCHIVE
    whole = Incoming(packed.name, packed.sha256, packed.data, kind)

    def refuse(why: str) -> Incoming:
        finding = Finding(BROKEN_MAIL if is_mail else BROKEN_ARCHIVE, Place(packed.name), values={"why": why})
        return replace(whole, refused=finding)

    if packed.depth >= _MAX_DEPTH:
        yield refuse("套在多层压缩包或邮件里，没有打开" if is_mail else "压缩包套了多层压缩包")
        return
    empty = True
    try:
        for each in _CARRIERS[kind](packed.data):
            too_much = packed.budget.take([len(each.data or b"")])
            if too_much:
                yield refuse(too_much)
                return
            if not is_noise(each.name):
                empty = False
                yield from _open_carried(packed, each)
    except NoOpenerError:
        yield replace(whole, refused=Finding(NO_OPENER, Place(packed.name)))
        return
    except CarrierError as error:
        yield refuse(str(error))
        return
    if empty:
        yield refuse("里面没有附件" if is_mail else "里面没有文件")


def _open_carried(packed: _Archive, carried: Carried) -> Iterator[Incoming]:
    name = f"{packed.name}!{carried.name}"
    if carried.is_link:
        yield replace(name_no_file(name, NoFile.LINK), packed=carried.when)
    elif carried.data is None:  # kept with what it is in, under whose hash it goes
        yield Incoming(name, packed.sha256, packed.data, FileType.OTHER, _too_big(name))
    else:
        for incoming in open_data(name, carried.data, packed.depth + 1, packed.budget):
            yield replace(incoming, packed=(*carried.when, *incoming.packed))


def _document_folders(names: Iterable[str]) -> list[str]:
    """The folders in an archive that are one document each, as Apple's programs save theirs."""
    found = (name.removesuffix(mark) for name in names for mark in BUNDLE_MARKS if name.endswith(f"/{mark}"))
    return list(dict.fromkeys(folder.rstrip("/") for folder in found))


def _open_member(packed: _Archive, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[Incoming]:
    name = f"{packed.name}!{archive_name(info)}"
    if info.file_size > MAX_FILE:  # kept with the archive it is in, under whose hash it goes
        yield Incoming(name, packed.sha256, packed.data, FileType.OTHER, _too_big(name))
        return
    try:
        with archive.open(info) as stream:
            content = stream.read(info.file_size + 1)
    except BROKEN_ZIP:
        yield _damaged(packed, name, info)
        return
    for incoming in open_data(name, content, packed.depth + 1, packed.budget):
        yield replace(incoming, packed=(*info.date_time, *incoming.packed))


def _damaged(packed: _Archive, name: str, info: zipfile.ZipInfo) -> Incoming:
    """A member that cannot be unpacked, kept as the bytes that the archive has of it."""
    values = {"why": f"“{archive_name(info)}”已损坏或加了密码"}
    inside = b""
    with contextlib.suppress(ValueError, OSError, struct.error):  # a directory that points anywhere
        packed.stream.seek(info.header_offset + 26)
        name_size, extra_size = struct.unpack("<HH", packed.stream.read(4))
        packed.stream.seek(info.header_offset + 30 + name_size + extra_size)
        inside = packed.stream.read(min(info.compress_size, MAX_FILE))
    finding = Finding(BROKEN_ARCHIVE, Place(name), values=values)
    return Incoming(name, hashlib.sha256(inside).hexdigest(), inside, FileType.ARCHIVE, finding)


def archive_name(info: zipfile.ZipInfo) -> str:
    """The name of a file in an archive as its sender saw it.

    Without the UTF-8 flag zipfile decodes as cp437, while Chinese Windows tools write GBK (some write UTF-8
    without the flag), so undo and try those.
    """
    if info.flag_bits & 0x800:
        return info.filename
    with contextlib.suppress(UnicodeEncodeError):
        return decoded_name(info.filename.encode("cp437")) or info.filename
    return info.filename


def keep_original(archive: Path, original: Path | bytes) -> str:
    """Keep a file under its hash, which it gives back; what is there already is left alone."""
    return keep_by_hash(archive, original)


def original_path(archive: Path, sha256: str) -> Path:
    """Where the archive keeps the original with this hash."""
    return kept_path(archive, sha256)


def archive_holds(path: Path, hashes: Collection[str]) -> bool:
    """Whether a file is an archive (.zip) in which a file with one of these hashes lies."""
    return any(each.sha256 in hashes for each in open_original(path.name, "", path) if "!" in each.name)


def read_original(archive: Path, sha256: str) -> bytes:
    """An original from the archive; nothing when somebody took it away, which ``verify`` tells."""
    path = original_path(archive, sha256)
    return path.read_bytes() if path.is_file() else b""


def lies_in(inbox: Path, name: str) -> bool:
    """Whether the file of a receipt, or the archive around it, is in the inbox now."""
    return (inbox / name.split("!", 1)[0]).is_file()


def plain_name(file: str) -> str:
    """The bare name of a file that came in: where it lay is the office's own affair."""
    return re.split(r"[/!]", file)[-1]
