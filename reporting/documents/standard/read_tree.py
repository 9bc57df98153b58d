"""A Word document for the layout check: its parts as plain trees, or the sentence why it cannot be checked."""

from xml.etree.ElementTree import Element

from reporting.files.file_type import FileType, sniff
from reporting.files.parts import PackageParts
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


class Parts(PackageParts):
    """The parts of one document that are asked for."""

    def __init__(self, name: str, data: bytes) -> None:
        """Raises ``DubanError`` with a sentence when the bytes are no Word document that may be opened."""
        self._name = name
        kind = sniff(data)
        if kind is not FileType.WORD:
            raise not_laid(name, *_REFUSALS.get(kind, _NO_WORD))
        try:
            super().__init__(data)
        except CellsError as error:
            raise self._damaged(error) from error

    def tree(self, part: str) -> Element | None:
        """A part as a tree, or None where the document has no such part."""
        try:
            return super().tree(part)
        except CellsError as error:
            raise self._damaged(error) from error

    def _damaged(self, error: CellsError) -> DubanError:
        return not_laid(self._name, error.reason, _NO_WORD[1])
