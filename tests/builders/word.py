"""Fills a Word document and reads it again: its words, its tables, what stands between two headings."""

from __future__ import annotations

import io

import docx
from docx.document import Document
from docx.oxml.ns import qn

from builders.year import FORM, OFFICE, ROOT
from reporting.documents import Output, summary
from reporting.documents.filling.word import fill_template
from reporting.model import Consolidation
from reporting.office.settings import Settings

TEMPLATES = ROOT / "templates"


def filled(output: Output, context: dict[str, object]) -> Document:
    return docx.Document(io.BytesIO(fill_template(TEMPLATES / output.template, context)))


def summarise(consolidation: Consolidation, settings: Settings = OFFICE) -> Document:
    return filled(summary.OUTPUT, summary.build(consolidation, settings, FORM))


def text_of(document: Document) -> str:
    """All paragraphs in and outside tables, one a line, line breaks as line feeds."""
    lines = []
    for paragraph in document.element.body.iter(qn("w:p")):
        parts = [
            "\n" if piece.tag == qn("w:br") else piece.text or "" for piece in paragraph.iter(qn("w:t"), qn("w:br"))
        ]
        lines.append("".join(parts))
    return "\n".join(lines)


def table_rows(document: Document, heading: str) -> list[list[str]]:
    """The rows of the table whose first heading row holds ``heading``; ``cell.text`` is too slow here."""
    for table in document.element.body.iter(qn("w:tbl")):
        rows = [
            ["".join(t.text or "" for t in cell.iter(qn("w:t"))) for cell in row.iter(qn("w:tc"))]
            for row in table.iter(qn("w:tr"))
        ]
        if heading in rows[0]:
            return rows
    raise AssertionError(heading)


def section_between(text: str, start: str, end: str) -> str:
    return text[text.index(start) : text.index(end)]
