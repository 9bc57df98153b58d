"""A Word document → Lines: what a reader sees of it, with the numbers Word only shows, and nothing it hides."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.etree.ElementTree import Element

from reporting.files.parts import PackageParts
from reporting.files.sheets.grid import CellsError
from reporting.model import NOT_READ, Line
from reporting.plan.documents.block_lines import SeenText
from reporting.plan.documents.blocks import Blocks
from reporting.plan.documents.document_lines import DocumentLines
from reporting.plan.documents.parts import refused
from reporting.plan.documents.word_body import BodyReader, plain_text
from reporting.plan.documents.word_numbers import ListNumbers
from reporting.plan.documents.word_styles import WordStyles

_SAVE_AGAIN, _SAVE_LESS = "请用 Word 或 WPS 打开后重新保存", "请用 Word 或 WPS 打开，只保留任务分解部分，另存为 .docx"
_SIDE_PARTS = {"styles": "样式", "numbering": "自动编号", "footnotes": "脚注", "endnotes": "尾注", "comments": "批注"}
"""Parts beside the text, each with what is lost with it."""
_NOTES = ("footnotes", "endnotes")


def read_word(path: Path, content: bytes) -> list[Line]:
    """A Word document: paragraphs and rows of tables in the order of the page, notes last."""
    try:
        return _Document(path, PackageParts(content)).lines()
    except CellsError as error:
        if error.reason == CellsError().reason:
            raise refused(path, "Word 文件已损坏", _SAVE_AGAIN) from error
        raise refused(path, f"Word 文件{error.reason.removeprefix('文件')}", _SAVE_LESS) from error


_FLAT_PART = re.compile(
    rb'<pkg:part\b[^>]{0,400}\bpkg:name="/([^"]{1,200})"[^>]{0,400}>\s{0,99}<pkg:xmlData[^>]{0,99}>'
)


def read_flat_word(path: Path, content: bytes) -> list[Line]:
    """A Word document saved as one XML file, which holds the parts of a .docx one after the other."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        for part in _FLAT_PART.finditer(content):
            end = content.find(b"</pkg:xmlData>", part.end())
            package.writestr(part[1].decode("utf-8", "replace"), content[part.end() : max(end, part.end())])
    return read_word(path, packed.getvalue())


class _Document:
    """The parts of one document, each read once."""

    def __init__(self, path: Path, parts: PackageParts) -> None:
        self._path = path
        self._parts = parts
        self._main = parts.main if parts.main in parts.names else "word/document.xml"
        self._lost: list[str] = []
        self._places = self._side_parts()
        self._styles = WordStyles(self._tree("styles"))
        self._numbering = self._tree("numbering")

    def _side_parts(self) -> Mapping[str, str]:
        """Where the parts beside the text are; a package that does not say has them where Word puts them."""
        folder = self._main.rpartition("/")[0]
        usual = {kind: f"{folder}/{kind}.xml" for kind in _SIDE_PARTS}
        try:
            related = {kind: part for kind, part in self._parts.relations(self._main).values() if kind in _SIDE_PARTS}
        except CellsError:
            related = {}
        return usual | {kind: part for kind, part in related.items() if part in self._parts.names}

    def _tree(self, kind: str) -> Element | None:
        try:
            return self._parts.tree(self._places[kind])
        except CellsError:
            self._lost.append(_SIDE_PARTS[kind])
            return None

    def _notes(self, kind: str) -> Mapping[str, Blocks]:
        if self._places[kind] not in self._parts.names:
            return {}
        reader = BodyReader(self._styles, ListNumbers(None))
        try:
            self._parts.parse(self._places[kind], reader.start, reader.end, reader.text)
        except CellsError:
            self._lost.append(_SIDE_PARTS[kind])
        return reader.notes

    def _body(self, comments: Mapping[str, Blocks]) -> BodyReader:
        """The text; a table of contents that never ends is read as text, since all after it is in it."""
        for leave_contents in (True, False):
            reader = BodyReader(self._styles, ListNumbers(self._numbering), comments, leave_contents=leave_contents)
            self._parts.parse(self._main, reader.start, reader.end, reader.text)
            if reader.finish():
                break
        return reader

    def lines(self) -> list[Line]:
        """All lines. Raises ``CellsError`` when the text cannot be read."""
        body = self._body(self._notes("comments"))
        page = DocumentLines(self._path, _SAVE_LESS)
        page.put_blocks(body.blocks)
        notes = {kind: self._notes(kind) for kind in _NOTES}
        for kind, number in dict.fromkeys(body.references):
            words = " ".join(plain_text(notes[f"{kind}s"].get(number, [])).split())
            if words:
                page.put(SeenText(words if words.startswith(("注", "（注")) else f"注：{words}"))
        for what in self._lost:
            page.put(SeenText(aside=((0, what, NOT_READ),)))
        return page.lines
