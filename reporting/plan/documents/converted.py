"""Plan documents in formats that LibreOffice opens for us → Lines: .doc, .wps, .rtf, .odt, and those of templates.

LibreOffice turns them into .docx, which is read as any other; where the machine has none, a sentence says what to do.
"""

import struct
from pathlib import Path

from reporting.files.libreoffice import ConversionError, convert_document, find_libreoffice
from reporting.files.ole import OleError, OleFile
from reporting.files.parts import PackageParts
from reporting.files.sheets.grid import CellsError
from reporting.model import Line
from reporting.plan.documents.parts import refused
from reporting.plan.documents.word import read_word

_AS_DOCX = "请用 Word 或 WPS 打开，另存为 .docx 后再导入"
_INSTALL = "请安装 LibreOffice（免费，www.libreoffice.org）后再导入；或者用 Word 或 WPS 打开，另存为 .docx 后再导入"
_LOCKED = ("文件设有打开密码", "请用 Word 或 WPS 输入密码打开，取消密码后另存为 .docx，再导入")
_OPEN_TEXT = "OpenDocument 文本格式"
_ENCRYPTED, _FLAGS_AT = 0x0100, 10
"""A bit in the head of an old Word file, and where it stands ([MS-DOC] 2.5.2, FibBase)."""


def read_old_word(path: Path, content: bytes) -> list[Line]:
    """A .doc, .dot, .wps or .wpt."""
    if _has_password(content):
        raise refused(path, *_LOCKED)
    return _read(path, content, "doc", "旧版 Word 或 WPS 格式")


def read_rich_text(path: Path, content: bytes) -> list[Line]:
    """An .rtf, under whatever name."""
    return _read(path, content, "rtf", "RTF 格式")


def read_open_text(path: Path, content: bytes) -> list[Line]:
    """An .odt or .ott, in its package or as one XML file."""
    if not content.startswith(b"PK"):
        return _read(path, content, "fodt", _OPEN_TEXT)
    if _is_locked(content):
        raise refused(path, *_LOCKED)
    return _read(path, content, "odt", _OPEN_TEXT)


def _read(path: Path, content: bytes, suffix: str, what: str) -> list[Line]:
    if find_libreoffice() is None:
        raise refused(path, f"这是{what}，要由 LibreOffice 转换才能读取，本机没有安装 LibreOffice", _INSTALL)
    try:
        converted = convert_document(content, suffix, "docx")
    except ConversionError as error:
        raise refused(path, f"这是{what}，{error}", _AS_DOCX) from error
    return read_word(path, converted)


def _has_password(content: bytes) -> bool:
    try:
        head = OleFile(content).read("WordDocument")[: _FLAGS_AT + 2]
    except OleError:
        return False
    return len(head) > _FLAGS_AT + 1 and bool(struct.unpack_from("<H", head, _FLAGS_AT)[0] & _ENCRYPTED)


def _is_locked(content: bytes) -> bool:
    """Whether the parts of an OpenDocument package are encrypted."""
    try:
        manifest = PackageParts(content).tree("META-INF/manifest.xml")
    except CellsError:
        return False
    return manifest is not None and next(manifest.iter("encryption-data"), None) is not None
