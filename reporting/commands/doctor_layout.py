"""A Word document laid beside GB/T 9704-2012, clause by clause."""

from pathlib import Path

from reporting.documents.standard import Judged, judge
from reporting.documents.standard.document import Document
from reporting.documents.standard.read import read_layout
from reporting.files.fonts import lacking_fonts


def check_layout(path: Path) -> tuple[tuple[Judged, ...], tuple[str, ...]]:
    """Lay a document beside GB/T 9704-2012: what came of each clause, and its fonts that are not here.

    Raises ``DubanError`` with a sentence when the file is no Word document that can be read.
    """
    document = read_layout(path)
    return judge(document), lacking_fonts(_fonts_named(document))


def _fonts_named(document: Document) -> frozenset[str]:
    """The East Asian fonts that print anything."""
    return frozenset(
        run.east_asian
        for paragraph in document.everything
        for run in paragraph.runs
        if run.has_hanzi and run.east_asian
    )
