"""One sheet of the consolidated workbook: its rows as XML, and what openpyxl is told about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from reporting.files.report_cells import cell_xml, reference, row_height, text_xml
from reporting.files.report_styles import GOOD_FILL, Dress, Styles, dress_for
from reporting.model import column_letters
from reporting.outputs.consolidated.records import Column, Kind, Marked, Sheet, Table, Values

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_TALLEST = 409.0
"""The height of a row in points that Excel does not go beyond."""
_SMALLER = (0.0, 1.0, 2.0)
"""By how many points the text of a row may be set smaller so that the row shows all of it."""
_WIDER = (1.0, 1.25, 1.5)
"""By how much the prose columns of a list may be widened for long texts."""
_FITTING = 0.95
"""The share of the rows for which prose columns are widened; the few longest are not worth a wider sheet."""
_PAGE_WIDTH = 1046
"""Printable width of A4 landscape between our margins, in pixels at 96 to the inch."""
_PAGE_HEIGHT = 505
"""Printable height of A4 landscape between our margins, in points."""
_ROW_LIMIT = 1_048_576
_PROSE = frozenset({Kind.TEXT})
_BAR_INK = "9DC3E6"


@dataclass(frozen=True, slots=True)
class Content:
    """What a sheet holds: its rows as XML, the range they take up, its links as XML."""

    rows: str
    extent: str
    links: str


@dataclass
class SheetWriter:
    """One sheet in the making: its rows as XML, and what openpyxl is told about it."""

    sheet: Sheet
    worksheet: Worksheet
    styles: Styles
    book_title: str
    rows: list[str] = field(default_factory=list)
    heights: list[float] = field(default_factory=list)
    table_starts: list[int] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    printed: int = 1

    def __post_init__(self) -> None:
        """Work out how wide everything is."""
        spans = [sum(column.span for column in table.columns) for table in self.sheet.tables]
        self.columns = max(spans)
        self.widths = self._widths()

    @property
    def next_row(self) -> int:
        """The row that is written next."""
        return len(self.rows) + 1

    def write(self) -> Content:
        """Write every row and set the sheet up for screen and paper."""
        self._write_line("title", self.sheet.title, 36)
        for note in self.sheet.notes:
            first, last = self._line_ends()
            height = row_height([(note, sum(self.widths[first - 1 : last]))], self.styles.size, 18)
            self._write_line("note", note, height)
        for table in self.sheet.tables:
            if not self.sheet.listed:
                self._write_space()
                self.table_starts.append(len(self.rows) - 1)
            self._write_table(table)
            self.printed = len(self.rows) if table.printed else self.printed
        self._set_up()
        extent = f"A1:{column_letters(self.columns)}{len(self.rows)}"
        return Content("".join(self.rows), extent, "".join(self.links))

    def _widths(self) -> list[float]:
        """The columns of the sheet: each as wide as the widest that lies on it alone."""
        widths = [0.0] * self.columns
        for table in self.sheet.tables:
            for start, column in _placed(table.columns):
                if column.span == 1:
                    widths[start - 1] = max(widths[start - 1], column.width)
                else:
                    for each in range(start - 1, start - 1 + column.span):
                        widths[each] = max(widths[each], column.width)
        return self._widened(widths) if self.sheet.listed else widths

    def _widened(self, widths: list[float]) -> list[float]:
        """The prose columns wider where otherwise many rows could not show their text."""
        table = self.sheet.tables[0]
        prose = [
            index for index, column in enumerate(table.columns) if column.kind in _PROSE and column.width > 20
        ]
        for factor in _WIDER:
            tried = [width * factor if index in prose else width for index, width in enumerate(widths)]
            heights = sorted(self._needed(table, row, tried, 0) for row in table.rows)
            if not heights or heights[int((len(heights) - 1) * _FITTING)] <= _TALLEST:
                break
        return tried

    # ---- rows ------------------------------------------------------------------------------------

    def _write_line(self, part: str, text: str, height: float) -> None:
        """A line over the whole width of the sheet, or of its first page."""
        row = self.next_row
        first, last = self._line_ends()
        self._add_row([text_xml(reference(first, row), self.styles.number(Dress(part)), text)], height)
        self.worksheet.merge_cells(f"{reference(first, row)}:{reference(last, row)}")

    def _line_ends(self) -> tuple[int, int]:
        """The columns that a title lies over.

        Of a sheet on pages side by side, the columns that are surely on the first page and not on the others.
        """
        if self.sheet.pages_wide == 1:
            return 1, self.columns
        repeated = sum(self.widths[: self.sheet.frozen]) * (self.sheet.pages_wide - 1)
        room = (sum(self.widths) + repeated) / self.sheet.pages_wide
        fitting = sum(sum(self.widths[: end + 1]) <= room for end in range(self.columns))
        return self.sheet.frozen + 1, max(fitting, self.sheet.frozen + 1)

    def _write_space(self) -> None:
        self._add_row([], 9)

    def _add_row(self, cells: Iterable[str], height: float) -> None:
        number = self.next_row
        assert number <= _ROW_LIMIT, self.sheet.name
        self.heights.append(height)
        self.rows.append(f'<row r="{number}" ht="{height:g}" customHeight="1">{"".join(cells)}</row>')

    def _write_table(self, table: Table) -> None:
        if table.title:
            self._write_line("section", table.title, 26)
        if table.headed:
            self._write_headings(table)
        self.first = self.next_row
        for row in table.rows:
            self._write_values(table, row)
        last = self.next_row - 1
        if not table.rows and table.empty:
            self._write_empty(table)
        if table.totals is not None:
            self._write_totals(table, table.totals, last)
        self._add_bars(table, last)
        if self.sheet.listed:
            self._make_list(table, last)

    def _write_headings(self, table: Table) -> None:
        row = self.next_row
        style = self.styles.number(Dress("heading"))
        cells = []
        for start, column in _placed(table.columns):
            cells += self._spread(
                start, column, row, text_xml(reference(start, row), style, column.heading), style
            )
        texts = [(column.heading, self._room(start, column)) for start, column in _placed(table.columns)]
        self._add_row(cells, row_height(texts, self.styles.look.heading_size, 26))

    def _write_values(self, table: Table, values: Values) -> None:
        row = self.next_row
        needed, smaller = 0.0, 0.0
        for smaller in _SMALLER:
            needed = self._needed(table, values, self.widths, smaller)
            if needed <= _TALLEST:
                break
        cells = []
        for (start, column), value in zip(_placed(table.columns), values, strict=True):
            dress = dress_for("body", column, value, smaller)
            style = self.styles.number(dress)
            formula = ""
            if column.adds:
                formula = _sum_across(table, column.adds, row)
            cells += self._spread(
                start, column, row, cell_xml(reference(start, row), style, value, formula), style
            )
            if isinstance(value, Marked) and value.sheet:
                self.links.append(
                    f'<hyperlink ref="{reference(start, row)}" location="\'{value.sheet}\'!A1"/>'
                )
        self._add_row(cells, min(needed, _TALLEST))

    def _write_empty(self, table: Table) -> None:
        row = self.next_row
        style = self.styles.number(Dress("empty"))
        whole = Column("", 0, span=sum(column.span for column in table.columns))
        self._add_row(self._spread(1, whole, row, text_xml(f"A{row}", style, table.empty), style), 30)

    def _write_totals(self, table: Table, totals: Values, last: int) -> None:
        row = self.next_row
        cells = []
        for (start, column), value in zip(_placed(table.columns), totals, strict=True):
            style = self.styles.number(dress_for("total", column, value, 0))
            letter = column_letters(start)
            formula = ""
            if column.summed and table.rows:
                formula = f"SUM({letter}{self.first}:{letter}{last})"
            cells += self._spread(
                start, column, row, cell_xml(reference(start, row), style, value, formula), style
            )
        self._add_row(cells, 24)

    def _spread(self, start: int, column: Column, row: int, cell: str, style: int) -> list[str]:
        """A cell and, where its column lies over several of the sheet, the rest of the merged cell."""
        end = start + column.span - 1
        if end > start:
            self.worksheet.merge_cells(start_row=row, end_row=row, start_column=start, end_column=end)
        return [cell, *(f'<c r="{reference(at, row)}" s="{style}"/>' for at in range(start + 1, end + 1))]

    def _room(self, start: int, column: Column, widths: Sequence[float] | None = None) -> float:
        return sum((widths or self.widths)[start - 1 : start - 1 + column.span])

    def _needed(self, table: Table, values: Values, widths: Sequence[float], smaller: float) -> float:
        texts = []
        for (start, column), value in zip(_placed(table.columns), values, strict=True):
            if column.kind in (Kind.HEADLINE, Kind.HEADLINE_SHARE):
                return 40.0
            text = value.text if isinstance(value, Marked) else value
            if isinstance(text, str):
                texts.append((text, self._room(start, column, widths)))
        return row_height(texts, self.styles.size - smaller, 22)

    # ---- what openpyxl is told -------------------------------------------------------------------

    def _add_bars(self, table: Table, last: int) -> None:
        from openpyxl.formatting.rule import DataBarRule

        for start, column in _placed(table.columns):
            if column.bar and table.rows:
                letter = column_letters(start)
                rule = DataBarRule(  # type: ignore[no-untyped-call]  # openpyxl's stubs have no types for it
                    "num", 0, "num", 1, color=f"FF{_BAR_INK}", showValue=True, minLength=0, maxLength=100
                )
                self.worksheet.conditional_formatting.add(f"{letter}{self.first}:{letter}{last}", rule)

    def _make_list(self, table: Table, last: int) -> None:
        """Headings in sight, filtered and repeated; the totals stay outside the filter."""
        head = self.first - 1
        frozen = self.sheet.frozen
        self.worksheet.freeze_panes = f"{column_letters(frozen + 1)}{self.first}"
        if table.rows:
            self.worksheet.auto_filter.ref = f"A{head}:{column_letters(self.columns)}{last}"
        self.worksheet.print_title_rows = f"{head}:{head}"
        if self.sheet.pages_wide > 1:
            self.worksheet.print_title_cols = f"A:{column_letters(frozen)}"

    def _set_up(self) -> None:
        from openpyxl.worksheet.properties import PageSetupProperties

        worksheet, look = self.worksheet, self.styles.look
        for index, width in enumerate(self.widths, start=1):
            worksheet.column_dimensions[column_letters(index)].width = width
        worksheet.sheet_view.showGridLines = False
        tab = {"": look.heading_fill, "good": GOOD_FILL, "bad": "C00000", "open": "BF9000"}
        worksheet.sheet_properties.tabColor = tab[self.sheet.tone]
        worksheet.page_setup.orientation = "landscape"
        worksheet.page_setup.paperSize = 9  # A4
        worksheet.print_options.horizontalCentered = True
        margins = worksheet.page_margins
        margins.left = margins.right = 0.4
        margins.top, margins.bottom, margins.header, margins.footer = 0.55, 0.65, 0.3, 0.3
        footer = worksheet.oddFooter
        assert footer is not None
        texts = (self.book_title.replace("&", "&&"), self.sheet.name, "第 &P 页 共 &N 页")
        for part, text in zip((footer.left, footer.center, footer.right), texts, strict=True):
            assert part is not None
            part.text, part.size = text, 9
        worksheet.print_area = f"A1:{column_letters(self.columns)}{self.printed}"
        if self.sheet.listed:
            worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
            worksheet.page_setup.fitToWidth, worksheet.page_setup.fitToHeight = self.sheet.pages_wide, 0
            worksheet.page_setup.pageOrder = "overThenDown"
        else:
            self._keep_tables_whole()

    def _keep_tables_whole(self) -> None:
        """Print several tables at a fixed scale, with a new page before one that would be torn apart."""
        from openpyxl.worksheet.pagebreak import Break

        # Excel ignores page breaks when it is told to fit a page, so the scale is worked out here, for the
        # widest digits that a substitute for the default font has
        scale = min(1.0, _PAGE_WIDTH / sum(width * 9.4 for width in self.widths))
        self.worksheet.page_setup.scale = int(scale * 100)
        room = _PAGE_HEIGHT / scale
        page_began = 0
        starts = [start for start in self.table_starts if start < self.printed]
        for began, ended in zip(starts, [*starts[1:], self.printed], strict=True):
            height = sum(self.heights[page_began:ended])
            if height > room and began > page_began:
                self.worksheet.row_breaks.append(Break(id=began))
                page_began = began


@cache
def _placed(columns: tuple[Column, ...]) -> tuple[tuple[int, Column], ...]:
    """Each column with the column of the sheet it begins on."""
    starts = []
    at = 1
    for column in columns:
        starts.append((at, column))
        at += column.span
    return tuple(starts)


def _sum_across(table: Table, ends: tuple[str, str], row: int) -> str:
    at = {column.heading: reference(start, row) for start, column in _placed(table.columns)}
    return f"SUM({at[ends[0]]}:{at[ends[1]]})"
