"""How the cells of a sheet look: what they show, what is struck out in them, what stands out.

A reader is asked for it where a sheet is read as a document; the values of cells are another matter.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

Position = tuple[int, int]
"""Row and column of a cell, from 1."""

MAX_TEXT = 32_767
"""Characters of one cell: what Excel holds."""
BOLD, UNDERLINED = "加粗", "下划线"
COMMENT, TEXT_BOX, PICTURE = "批注", "文本框", "图片"
STRUCK, DELETED, UNSHOWN = "划去的文字", "修订中删去的文字", "隐藏的文字"
PAGE_EDGE, FOOTNOTE = "页眉页脚", "脚注"
"""What stands on a sheet or page beside the text of its cells and paragraphs."""


@dataclass(frozen=True, slots=True)
class Typeface:
    """How text is set, as far as it means something."""

    struck: bool = False
    bold: bool = False
    underlined: bool = False


PLAIN = Typeface()
Run = tuple[str, Typeface | None]
"""A piece of a cell's text and how it is set; None where it is set as the cell is."""


@dataclass(frozen=True, slots=True)
class CellLook:
    """How one cell looks."""

    shown: str
    """What it shows, without what is struck out."""
    struck: str = ""
    emphasis: tuple[tuple[str, str], ...] = ()
    """The words that stand out from its others, each with how: ("加粗", "市教育局")."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A text on a sheet that stands in no cell, at the cell it belongs to; row and column from 1, or 0."""

    what: str
    """批注, 文本框, 划去的文字…"""
    row: int
    column: int
    text: str


@dataclass(frozen=True, slots=True)
class SheetLooks:
    """What a sheet shows, where its reader was asked: the cells that do not show their value as it is."""

    cells: Mapping[Position, CellLook] = field(default_factory=dict)
    columns: frozenset[int] = frozenset()
    """Columns that are hidden, from 1."""
    beside: Sequence[Beside] = ()


def look_of(runs: Sequence[Run], own: Typeface = PLAIN) -> CellLook:
    """How a cell looks whose text comes in runs; ``own`` is how the cell itself is set."""
    pieces = [(text, face or own) for text, face in runs if text]
    kept = [(text, face) for text, face in pieces if not face.struck]
    struck = "".join(text for text, face in pieces if face.struck)
    shown = "".join(text for text, _ in kept)
    return CellLook(shown[:MAX_TEXT], struck.strip()[:MAX_TEXT], tuple(_standing_out(kept)))


def struck_beside(cells: Mapping[Position, CellLook]) -> Iterator[Beside]:
    """What is struck out in cells: it is not said any more, and not lost."""
    for (row, column), look in cells.items():
        if look.struck:
            yield Beside(STRUCK, row, column, look.struck)


def _standing_out(runs: Sequence[tuple[str, Typeface]]) -> Iterator[tuple[str, str]]:
    """The pieces that are set in a way in which others are not; blanks and marks belong to either."""
    for how in (BOLD, UNDERLINED):
        marked = [(text, face.bold if how == BOLD else face.underlined) for text, face in runs]
        worded = {is_marked for text, is_marked in marked if any(sign.isalnum() for sign in text)}
        if len(worded) > 1:
            for is_marked, group in groupby(marked, key=lambda each: each[1]):
                words = "".join(text for text, _ in group).strip()
                if is_marked and words:
                    yield how, words
