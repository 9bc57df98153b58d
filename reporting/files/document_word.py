"""A Word document → Lines: paragraphs with the numbers Word only shows, and tables."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, Self

from reporting.files.document_parts import MOST_ROWS, cell_text, lines, refusal, row_texts
from reporting.model import Line

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table
    from docx.text.paragraph import Paragraph


def read_word(path: Path, content: bytes) -> list[Line]:
    """A Word document: paragraphs with their automatic numbers, and tables, in the order of the page."""
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    try:
        document = docx.Document(io.BytesIO(content))
        blocks = list(document.iter_inner_content())
    except (
        PackageNotFoundError,
        SyntaxError,
        KeyError,
        ValueError,
        zipfile.BadZipFile,
        AttributeError,
    ) as error:
        raise refusal(path, "Word 文件已损坏", "请用 Word 或 WPS 打开后重新保存") from error
    numbering = _WordNumbers(document)
    return lines(path, list(_texts(blocks, numbering)))


def _texts(blocks: Iterable[Paragraph | Table], numbering: _WordNumbers) -> Iterator[str]:
    """The lines of paragraphs and tables; a table that holds tables only lays out the page."""
    from docx.table import Table as WordTable

    for block in blocks:
        if not isinstance(block, WordTable):
            text = numbering.number(block) + block.text
            yield from text.replace("\t", " ").split("\n")
        elif block._tbl.xpath("./w:tr/w:tc/w:tbl"):
            for cell in {cell._tc: cell for row in block.rows for cell in row.cells}.values():
                yield from _texts(cell.iter_inner_content(), numbering)
        else:
            yield from row_texts(_word_rows(block))


def _word_rows(table: Table) -> Iterator[list[str]]:
    """Rows of a Word table; a cell joined downwards repeats, one joined sideways stands once."""
    for row in table.rows[:MOST_ROWS] if len(table.rows) > MOST_ROWS else table.rows:
        cells: list[str] = [""] * row.grid_cols_before
        last = None
        for cell in row.cells:
            joined = last is not None and cell._tc is last
            cells.append("" if joined else cell_text(cell.text))
            last = cell._tc
        yield cells


HAN = "零一二三四五六七八九"


def _han(number: int) -> str:
    if number < 10:
        return HAN[number]
    tens, ones = divmod(number, 10)
    head = "十" if tens == 1 else f"{HAN[tens % 10]}十"
    return head + (HAN[ones] if ones else "")


class _Element(Protocol):
    """What we use of an XML element."""

    def get(self, name: str) -> str | None:
        """An attribute."""

    def find(self, name: str) -> Self | None:
        """The first child with a tag."""

    def iter(self, name: str) -> Iterator[Self]:
        """All descendants with a tag."""


class _WordNumbers:
    """The numbers Word shows but does not store as text: counts each list level as Word does."""

    def __init__(self, document: Document) -> None:
        self.levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        self.counts: dict[tuple[str, int], int] = {}
        try:
            root = document.part.numbering_part.element
        except (NotImplementedError, KeyError, AttributeError):
            return
        space = root.nsmap.get("w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main")
        self.w = f"{{{space}}}"
        abstract = {item.get(self.w + "abstractNumId"): item for item in root.iter(self.w + "abstractNum")}
        for item in root.iter(self.w + "num"):
            reference = item.find(self.w + "abstractNumId")
            found = abstract.get(reference.get(self.w + "val")) if reference is not None else None
            if found is not None:
                self._learn(item.get(self.w + "numId"), found)

    def _learn(self, number: str, abstract: _Element) -> None:
        for level in abstract.iter(self.w + "lvl"):
            index = int(level.get(self.w + "ilvl") or 0)
            values = [self._value(level, name) for name in ("numFmt", "lvlText", "start")]
            start = int(values[2]) if values[2].isdecimal() else 1
            self.levels[(number, index)] = (values[0], values[1], start)

    def _value(self, level: _Element, name: str) -> str:
        found = level.find(self.w + name)
        return (found.get(self.w + "val") or "") if found is not None else ""

    def number(self, paragraph: Paragraph) -> str:
        """The automatic number of a paragraph, or nothing."""
        wanted = paragraph._p.find(f"{self.w}pPr/{self.w}numPr") if self.levels else None
        if wanted is None:
            return ""
        level = self._value(wanted, "ilvl")
        index = int(level) if level.isdecimal() else 0
        key = (self._value(wanted, "numId"), index)
        form, text, start = self.levels.get(key, ("", "", 1))
        if not text or form in ("bullet", "none"):
            return ""
        self.counts[key] = self.counts.get(key, start - 1) + 1
        for other in [known for known in self.counts if known[0] == key[0] and known[1] > index]:
            del self.counts[other]
        for above in range(index + 1):
            text = text.replace(f"%{above + 1}", self._shown((key[0], above)))
        return text

    def _shown(self, key: tuple[str, int]) -> str:
        form, _, start = self.levels.get(key, ("decimal", "", 1))
        count = self.counts.get(key, start)
        if "hinese" in form or form.startswith(("japanese", "ideograph", "taiwanese")):
            return _han(count) if count < 100 else str(count)
        return chr(0x245F + count) if "Circle" in form and 1 <= count <= 20 else str(count)
