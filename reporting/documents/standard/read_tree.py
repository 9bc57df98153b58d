"""The parts of a Word document as plain trees, read within bounds, for the layout check.

Names stand without their namespaces, so that a document in the strict form of the standard (ISO/IEC 29500)
reads like any other. Nothing here knows what an element means.
"""

import posixpath
import zipfile
from io import BytesIO
from xml.etree.ElementTree import Element, TreeBuilder

from reporting.files.file_type import MAX_PARTS, MAX_UNPACKED, FileType, sniff
from reporting.files.markup import BROKEN_PARTS, parse_part
from reporting.files.sheets.grid import CellsError
from reporting.model.findings import DubanError

MAX_FILE = 64 * 1024 * 1024
"""Bytes of a document that is looked at; with pictures one of an office rarely has more than a few."""

_AS_DOCX = "请用 Word 或 WPS 打开，另存为 .docx 后再检查"
_REFUSALS = {
    FileType.EMPTY: ("文件是空的", "请换一份文件"),
    FileType.OLD_WORD: ("这是旧版 Word、WPS 或 RTF 格式", _AS_DOCX),
    FileType.PDF: ("这是 PDF", "版面检查只看 Word 文档，请检查生成它的 .docx"),
    FileType.LAYOUT: ("这是 OFD 版式文件", "版面检查只看 Word 文档，请检查生成它的 .docx"),
    FileType.ENCRYPTED: ("文件设有打开密码", "请取消密码后重新保存"),
    FileType.PICTURE: ("这是图片", "版面检查只看 Word 文档（.docx）"),
    FileType.WEB: ("这是网页或 XML 格式", _AS_DOCX),
    FileType.FOREIGN_ARCHIVE: ("这是压缩包", "请先解压，再检查其中的 .docx"),
    FileType.ARCHIVE: ("这是压缩包", "请先解压，再检查其中的 .docx"),
}
_NO_WORD = ("这不是 Word 文档（.docx），或者文件已损坏", "请用 Word 或 WPS 打开后重新保存")


def not_laid(name: str, problem: str, remedy: str) -> DubanError:
    """The sentence that says why a document cannot be checked and what to do."""
    return DubanError(f"无法检查“{name}”：{problem}。{remedy}。")


class Parts:
    """The parts of one document that are asked for, each read once."""

    def __init__(self, name: str, data: bytes) -> None:
        """Raises ``DubanError`` with a sentence when the bytes are no Word document that may be opened."""
        self._name = name
        kind = sniff(data)
        if kind is not FileType.WORD:
            raise not_laid(name, *_REFUSALS.get(kind, _NO_WORD))
        try:
            self._package = zipfile.ZipFile(BytesIO(data))
            infos = self._package.infolist()
        except BROKEN_PARTS as error:
            raise not_laid(name, *_NO_WORD) from error
        if len(infos) > MAX_PARTS or sum(info.file_size for info in infos) > MAX_UNPACKED:
            raise not_laid(name, "文件解开后过大", "请删去不需要的图片等内容后重新保存")
        self.names = frozenset(info.filename for info in infos)
        main = self.related("", "officeDocument")
        self.main = main[0] if main else "word/document.xml"

    def tree(self, part: str) -> Element | None:
        """A part as a tree, or None where the document has no such part."""
        if part not in self.names:
            return None
        builder = TreeBuilder()
        try:
            parse_part(self._package, part, builder.start, builder.end, builder.data)
            return builder.close()
        except CellsError as error:
            raise not_laid(self._name, str(error) or _NO_WORD[0], _NO_WORD[1]) from error

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part refers to inside the document, by id: the last word of the kind, and the part."""
        folder, name = posixpath.split(part)
        root = self.tree(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: dict[str, tuple[str, str]] = {}
        for each in root if root is not None else ():
            if each.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, each.get("Target") or ""))
                kind = (each.get("Type") or "").rpartition("/")[2]
                found[each.get("Id") or ""] = (kind, target.lstrip("/"))
        return found

    def related(self, part: str, kind: str) -> list[str]:
        """The parts of one kind that a part refers to."""
        return [target for found, target in self.relations(part).values() if found == kind]
