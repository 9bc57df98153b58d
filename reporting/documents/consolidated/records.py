"""What the consolidated workbook is made of: sheets of tables of typed values, with the totals named as such.

The sheet modules make these records; ``documents.consolidated.file.book`` writes them down.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal


class ColumnKind(StrEnum):
    """What a column holds, and so how its values are shown."""

    KEY = "key"
    """A number of the plan: a whole number where it is one, so that 2 sorts before 10."""
    LABEL = "label"
    """A short text, centred."""
    TEXT = "text"
    """Prose, wrapped."""
    CAPTION = "caption"
    """The name of the value beside it."""
    COUNT = "count"
    """A whole number."""
    TALLY = "tally"
    """A whole number in a large table, where nothing is shown as a dash."""
    FIGURE = "figure"
    """A number with the decimals it has."""
    PROGRESS = "progress"
    """A fraction shown in percent with the decimals it has."""
    SHARE = "share"
    """A fraction shown in percent to one decimal."""
    DATE = "date"
    """A day."""
    HEADLINE = "headline"
    """A figure set large."""
    HEADLINE_SHARE = "headline share"
    """A fraction set large, in percent to one decimal."""


Tone = Literal["", "good", "bad", "open"]
"""Whether something is as it should be (good), is not (bad), or is still to come (open)."""


@dataclass(frozen=True, slots=True)
class Toned:
    """A short text with a tone, or one that leads to another sheet when clicked."""

    text: str
    tone: Tone = ""
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class At:
    """One cell of a table of the same sheet: its column by heading, its row by what stands first in it."""

    table: str
    column: str
    row: str


@dataclass(frozen=True, slots=True)
class Whole:
    """All rows of one column of a list, by the name of the list's sheet and the heading."""

    sheet: str
    column: str


@dataclass(frozen=True, slots=True)
class Label:
    """What stands first in the same row."""


@dataclass(frozen=True, slots=True)
class Above:
    """What stands above the same column."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A value with the formula that comes to it: ``text`` has a pair of braces for each of ``parts``."""

    value: str | int | float
    text: str
    parts: tuple[At | Whole | Label | Above, ...]


CellValue = str | int | float | date | Toned | Formula | None
Values = tuple[CellValue, ...]


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One column of a table.

    ``summed`` makes its total a formula over the rows; ``adds`` makes each of its values a formula over the
    columns of the same row from the first to the last of the two headings. The values given with the rows
    are what those formulas must come to. ``span`` is over how many columns of the sheet it lies, ``bar``
    draws a fraction as a bar behind its figure. ``hint`` tells the office what to fill in where the column is
    for it to edit; ``choices`` is the list it chooses from.
    """

    heading: str
    width: float
    kind: ColumnKind = ColumnKind.TEXT
    summed: bool = False
    adds: tuple[str, str] | None = None
    span: int = 1
    bar: bool = False
    hint: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportTable:
    """One table: its rows in order and, if it has totals, one more row of them.

    ``empty`` is the sentence that stands in place of rows when there are none. What is not ``printed`` is for
    the screen only and stands last on its sheet.
    """

    columns: tuple[ListColumn, ...]
    rows: tuple[Values, ...]
    totals: Values | None = None
    title: str = ""
    empty: str = ""
    headed: bool = True
    printed: bool = True


@dataclass(frozen=True, slots=True)
class Span:
    """What a chart shows: some rows of a column of a table, by the name of its sheet and its title there."""

    sheet: str
    table: str
    column: str
    first: int
    last: int
    """The positions of the first and the last row."""


@dataclass(frozen=True, slots=True)
class Series:
    """One row of bars: its name, its figures, and its colour as six hexadecimal digits.

    ``inks`` are the colours of the single bars, where each has its own.
    """

    name: str
    figures: Span
    values: tuple[float, ...]
    ink: str
    inks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart that the spreadsheet program draws: bars beside each label, of several series end to end."""

    title: str
    labels: Span
    names: tuple[str, ...]
    series: tuple[Series, ...]


@dataclass(frozen=True, slots=True)
class Charts:
    """Charts side by side over the width of the sheet, as high as their bars need."""

    charts: tuple[Chart, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class ReportSheet:
    """One sheet. A list has a single table, whose headings stay in sight and can be filtered.

    The ``frozen`` first columns stay in sight; where the sheet is printed over several pages side by side
    (``pages_wide``), they stand on each; ``large`` asks for A3. Where texts are ``whole``, each stands in one
    cell however long it is; elsewhere what no row can show goes on in rows below.
    """

    name: str
    title: str
    notes: tuple[str, ...]
    tables: tuple[ReportTable | Charts, ...]
    listed: bool = True
    frozen: int = 0
    pages_wide: int = 1
    large: bool = False
    whole: bool = False
    tone: Tone = ""

    @property
    def table(self) -> ReportTable:
        """The single table of a list."""
        (table,) = self.tables
        assert isinstance(table, ReportTable)
        return table


@dataclass(frozen=True, slots=True)
class ReportBook:
    """The whole workbook, with what its properties say."""

    title: str
    author: str
    day: date
    sheets: tuple[ReportSheet, ...]
    words: tuple[tuple[str, str], ...] = ()
    """What it says of itself where nobody looks, to be known again when it comes back."""
