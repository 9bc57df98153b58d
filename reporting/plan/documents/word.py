"""A Word document → Lines: paragraphs with the numbers Word only shows, and tables."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from reporting.model import Line
from reporting.plan.documents.parts import MOST_ROWS, cell_text, lines, refused, row_texts
from reporting.plan.documents.word_numbers import ListNumbers, level_index

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
    except (PackageNotFoundError, SyntaxError, KeyError, ValueError, zipfile.BadZipFile, AttributeError) as error:
        raise refused(path, "Word 文件已损坏", "请用 Word 或 WPS 打开后重新保存") from error
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


class _WordNumbers:
    """The automatic numbers of the paragraphs of one document, in their order."""

    def __init__(self, document: Document) -> None:
        self._numbers = ListNumbers(None)
        self._w = ""
        try:
            root = document.part.numbering_part.element
        except (NotImplementedError, KeyError, AttributeError):
            return
        space = root.nsmap.get("w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main")
        self._w = f"{{{space}}}"
        self._numbers = ListNumbers(root, self._w)

    def number(self, paragraph: Paragraph) -> str:
        """The automatic number of a paragraph, or nothing."""
        w = self._w
        wanted = paragraph._p.find(f"{w}pPr/{w}numPr") if w else None
        if wanted is None:
            return ""
        number, level = wanted.find(f"{w}numId"), wanted.find(f"{w}ilvl")
        index = level_index(level.get(f"{w}val") if level is not None else None)
        return self._numbers.next((number.get(f"{w}val") or "") if number is not None else "", index)
