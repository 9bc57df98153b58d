"""Paragraphs and tables of a document → its Lines."""

from __future__ import annotations

from pathlib import Path

from reporting.model import Line, Place
from reporting.plan.documents.block_lines import SeenText, paragraph_lines
from reporting.plan.documents.block_tables import MOST_WIDE, only_lays_out, row_words, shown_rows
from reporting.plan.documents.blocks import Blocks, TextParagraph, TextTable
from reporting.plan.documents.parts import MOST_ROWS, refused, row_texts


class DocumentLines:
    """The lines of a document as they come, counted from 1."""

    def __init__(self, path: Path, save_less: str) -> None:
        """Begin with none; ``save_less`` says what to do about a table that is too large to be read."""
        self._path = path
        self._save_less = save_less
        self._row = 0
        self.lines: list[Line] = []

    def put(self, shown: SeenText) -> None:
        """Take in one line, with what stands aside in it."""
        self._row += 1
        text = shown.text.replace("\t", " ")
        self.lines.append(Line(text, self._place(1), emphasis=shown.emphasis))
        self.lines += [Line(words, self._place(offset + 1), why) for offset, words, why in shown.aside]

    def _place(self, column: int) -> Place:
        return Place(self._path.name, "", self._row, column)

    def put_blocks(self, blocks: Blocks) -> None:
        """Take in paragraphs and tables; of a table that only lays out the page what is in its cells."""
        for block in blocks:
            if isinstance(block, TextParagraph):
                for shown in paragraph_lines(block):
                    self.put(shown)
                for box in block.boxes:
                    self.put_blocks(box)
            elif only_lays_out(block):
                for row in block.rows:
                    if row.gone:
                        self.put(SeenText(aside=((0, row_words(row), row.gone),)))
                    for cell in row.cells if not row.gone else ():
                        self.put_blocks(cell.blocks)
            else:
                self._put_rows(block)

    def _put_rows(self, table: TextTable) -> None:
        if len(table.rows) > MOST_ROWS:
            raise refused(self._path, f"表格超过 {MOST_ROWS} 行", self._save_less)
        if max(len(row.cells) for row in table.rows) > MOST_WIDE:
            raise refused(self._path, f"表格超过 {MOST_WIDE} 列", self._save_less)
        rows = list(shown_rows(table))
        kept = [row for row in rows if not row.gone]
        texts = iter(row_texts([cell.text for cell in row.cells] for row in kept))
        for row in rows:
            self._row += 1
            if not row.gone:
                emphasis = tuple(each for cell in row.cells for each in cell.emphasis)
                self.lines.append(Line(next(texts), self._place(1), emphasis=emphasis))
            self.lines += [Line(words, self._place(1), why) for words, why in row.aside]
