"""Paragraphs and tables of a document with all that a reader sees of them, whatever program wrote it.

What is deleted, struck or hidden stays in its place, marked as such, so that it can be said.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class TextLook(NamedTuple):
    """How a piece of text looks; ``aside`` says why it is no text (``STRUCK``, ``HIDDEN``)."""

    bold: bool = False
    underlined: bool = False
    aside: str = ""
    automatic: bool = False
    """Whether it is a number that the program counts."""


class TextPiece(NamedTuple):
    """Text that looks alike; one that stands aside has the words and why they are no text."""

    text: str
    look: TextLook


@dataclass(slots=True)
class TextParagraph:
    """A paragraph with the number that is shown before it, and the text boxes that hang on it."""

    number: str = ""
    pieces: list[TextPiece] = field(default_factory=list)
    boxes: list[Blocks] = field(default_factory=list)

    @property
    def is_seen(self) -> bool:
        """Whether a reader sees any words of it."""
        return any(piece.text.strip() and not piece.look.aside for piece in self.pieces)

    @property
    def is_emptied(self) -> bool:
        """Whether all its words stand aside, so that its number is the number of nothing."""
        return not self.is_seen and any(piece.text.strip() for piece in self.pieces)


@dataclass(slots=True)
class TextCell:
    """A cell: how many columns it spans, and whether it begins or goes on with one over several rows."""

    blocks: Blocks
    span: int = 1
    down: str = ""
    """``restart``, ``continue``, or empty for a cell of one row."""
    sideways: bool = False
    """Whether it only goes on with the cell before it, as old Word documents join cells."""
    gone: bool = False


@dataclass(slots=True)
class TextRow:
    """A row of a table; ``gone`` says why it is none (``TRACKED``, ``HIDDEN``)."""

    before: int = 0
    """Columns left free before the first cell."""
    gone: str = ""
    cells: list[TextCell] = field(default_factory=list)


@dataclass(slots=True)
class TextTable:
    """A table with the widths of its columns, in whatever measure; 0 where they are not known."""

    widths: list[int] = field(default_factory=list)
    rows: list[TextRow] = field(default_factory=list)


Blocks = list[TextParagraph | TextTable]
