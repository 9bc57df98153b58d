"""A Word document as the clauses of the standard look at it: what would be seen, with every style resolved.

Lengths on the sheet are in millimetres, sizes and line spacing in points, indents in characters of 3号
(16 pt), as GB/T 9704-2012 gives them. The records hold no behaviour beyond plain questions about themselves.
"""

import re
from dataclasses import dataclass, field

CHARACTER = 16.0
"""Points of one 3号 character: what Word calls 三号."""
PAGE_FIELD = "\ue000"
"""Stands in a text where Word puts the number of the page."""
_HANZI = re.compile(r"[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one look."""

    text: str
    east_asian: str = ""
    latin: str = ""
    marks: str = ""
    """The font of “ ” — …, which Word takes for Latin unless told otherwise."""
    themed: bool = False
    """Whether a theme decides on its font, which then wins over any name written beside it."""
    size: float = 10.0
    bold: bool = False
    colour: str = ""
    """RRGGBB; empty for the automatic one, which prints black."""
    spacing: float = 0.0
    """Points added between characters."""

    @property
    def has_hanzi(self) -> bool:
        """Whether its East Asian font shows."""
        return _HANZI.search(self.text) is not None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with what holds for it after all styles."""

    runs: tuple[Run, ...] = ()
    marker: str = ""
    """The number Word shows and does not store as text."""
    align: str = "left"
    first: float = 0.0
    """Indent of the first line in characters; negative where the other lines are indented more."""
    left: float = 0.0
    right: float = 0.0
    line: float = 0.0
    """Points where ``rule`` is exact or atLeast, otherwise a multiple of the single line."""
    rule: str = "auto"
    before: float = 0.0
    on_grid: bool = True
    new_page: bool = False
    heading: bool = False
    """Whether it has an outline level."""
    rules: tuple[float, float] = (0.0, 0.0)
    """How thick the lines above and below it are, in points; 0 for none."""
    tabs: tuple[float, ...] = ()
    """Its tab stops in characters from the margin."""
    section: int = 0
    turned: bool = False
    """Whether it stands in a text box whose lines run downwards."""

    @property
    def raw(self) -> str:
        """All it shows, blanks, tabs and line breaks included."""
        return self.marker + "".join(run.text for run in self.runs)

    @property
    def text(self) -> str:
        """What it shows without blanks at its ends."""
        return self.raw.strip().strip("\u3000")

    @property
    def size(self) -> float:
        """The size of most of its characters; of none where it is empty."""
        sizes: dict[float, int] = {}
        for run in self.runs:
            sizes[run.size] = sizes.get(run.size, 0) + len(run.text.strip())
        return max(sizes, key=lambda size: sizes[size]) if sizes else 0.0


@dataclass(frozen=True, slots=True)
class WordRow:
    """A row of a table: whether it is repeated on every page, and the paragraphs of its cells."""

    head: bool
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class WordTable:
    """A table in the flow of the text."""

    rows: tuple[WordRow, ...]
    section: int = 0
    floating: bool = False
    rules: tuple[float, float, float] = (0.0, 0.0, 0.0)
    """How thick its lines are above, between rows and below, in points."""

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs of all its cells."""
        return tuple(paragraph for row in self.rows for paragraph in row.paragraphs)


Block = Paragraph | WordTable


@dataclass(frozen=True, slots=True)
class WordSection:
    """Pages of one make. Lengths in millimetres."""

    width: float = 0.0
    height: float = 0.0
    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    left: float = 0.0
    footer: float = 0.0
    grid: str = ""
    """lines, linesAndChars, snapToChars, or nothing."""
    pitch: float = 0.0
    """Points from line to line of the grid."""
    char_space: float = 0.0
    """Points that the grid adds to a character."""
    first_differs: bool = False
    footers: dict[str, tuple[Paragraph, ...]] = field(default_factory=dict)
    """What stands at the foot of default (odd), even and first pages."""

    @property
    def landscape(self) -> bool:
        """Whether the sheet is turned."""
        return self.width > self.height


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document."""

    blocks: tuple[Block, ...]
    sections: tuple[WordSection, ...]
    even_and_odd: bool = False
    embedded_fonts: bool = False

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs outside of tables."""
        return tuple(block for block in self.blocks if isinstance(block, Paragraph))

    @property
    def tables(self) -> tuple[WordTable, ...]:
        """The tables."""
        return tuple(block for block in self.blocks if isinstance(block, WordTable))

    @property
    def everything(self) -> tuple[Paragraph, ...]:
        """The paragraphs of the text, of all tables, and of the feet of pages."""
        inside = [
            paragraph
            for block in self.blocks
            for paragraph in ([block] if isinstance(block, Paragraph) else block.paragraphs)
        ]
        feet = {id(each): each for section in self.sections for each in section.footers.values()}
        return (*inside, *(paragraph for each in feet.values() for paragraph in each))
