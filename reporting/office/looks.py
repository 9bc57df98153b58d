"""How the cells of all our workbooks look, after the look in ``form.toml``: one set, by what a cell is."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from reporting.files.xlsx.looks import Style
from reporting.office.form import Look

GIVEN_HEADING = "595959"
"""Above columns that come from the plan or from a return, where others are filled in."""
OWN_INK, ALARM_INK, LINK_INK, NOTE_INK, PAST_INK = "7F6000", "C00000", "0563C1", "595959", "7F7F7F"
"""What is of ours beside the form, what must be put right, what leads elsewhere, asides, last year's."""
GOOD_FILL, NOTE_FILL, QUIET_FILL = "E2EFDA", "DDEBF7", "F7F7F7"


@dataclass(frozen=True, slots=True)
class Looks:
    """The looks of one workbook; its tables are set ``smaller`` than the form's by so many points."""

    look: Look
    smaller: float = 0.0

    @property
    def size(self) -> float:
        """The size of what stands in the tables, in points."""
        return self.look.body_size - self.smaller

    @property
    def title(self) -> Style:
        """The title of a sheet; black, for an office's headings may be light."""
        look = self.look
        return Style(look.title_font, look.title_size, bold=True, across="center")

    @property
    def section(self) -> Style:
        """A heading between the tables or paragraphs of a sheet."""
        return Style(self.look.heading_font, self.look.heading_size + 1)

    @property
    def aside(self) -> Style:
        """A line below the title."""
        return Style(self.look.body_font, self.size, NOTE_INK)

    @property
    def heading(self) -> Style:
        """The heading of a column."""
        look, size = self.look, self.look.heading_size - self.smaller
        return self._boxed(look.heading_font, size, look.heading_fill, "center", look.heading_ink)

    @property
    def label(self) -> Style:
        """The name of what stands beside it or, in the row of totals, above it."""
        return self._boxed(self.look.heading_font, self.size, self.look.locked_fill, "center")

    @property
    def body(self) -> Style:
        """What stands in a table."""
        return self._boxed(self.look.body_font, self.size)

    @property
    def given(self) -> Style:
        """What stands in a table and is not to be changed."""
        return replace(self.body, fill=self.look.locked_fill)

    @property
    def open(self) -> Style:
        """What stands in a table and is filled in."""
        return replace(self.body, fill=self.look.to_fill, locked=False)

    @property
    def marks(self) -> Mapping[str, str]:
        """The fills of cells to look at, by the severity of what was found there."""
        return {"error": self.look.error_fill, "confirm": self.look.confirm_fill, "note": NOTE_FILL}

    def _boxed(self, font: str, size: float, fill: str = "", across: str = "left", ink: str = "000000") -> Style:
        return Style(font, size, ink, fill=fill, across=across, edge=self.look.border)
