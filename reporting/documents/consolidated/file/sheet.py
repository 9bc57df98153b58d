"""One sheet of the consolidated workbook: its rows as XML, and what openpyxl is told about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from openpyxl.formatting.rule import DataBarRule
from openpyxl.worksheet.worksheet import Worksheet

from reporting.documents.consolidated.file.charts import add_charts
from reporting.documents.consolidated.file.layout import Addresses, Block, SheetLayout, placed
from reporting.documents.consolidated.file.page import lay_out_page
from reporting.documents.consolidated.file.styles import Dress
from reporting.documents.consolidated.records import CellValue, Charts, Formula, ListColumn, ReportTable, Toned, Values
from reporting.files.xlsx.book import Content
from reporting.files.xlsx.choices import Offer, add_offer
from reporting.files.xlsx.heights import row_height
from reporting.files.xlsx.page import set_up_table
from reporting.files.xlsx.xml import formula_cell, link_xml, reference, sheet_row, text_cell, value_cell
from reporting.model import column_letters

_BAR_INK = "9DC3E6"


@dataclass(frozen=True, slots=True)
class Sheets:
    """What all sheets share; ``lists`` are the names of the ranges to choose from, by their words."""

    dress: Dress
    addresses: Addresses
    lists: Mapping[tuple[str, ...], str]
    title: str


@dataclass
class SheetWriter:
    """One sheet in the making: its rows as XML, and what openpyxl is told about it."""

    layout: SheetLayout
    worksheet: Worksheet
    shared: Sheets
    rows: list[str] = field(default_factory=list)
    heights: list[float] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    merges: list[str] = field(default_factory=list)
    printed: int = 1

    @property
    def next_row(self) -> int:
        """The row that is written next."""
        return len(self.rows) + 1

    def write(self) -> Content:
        """Write every row and set the sheet up for screen and paper."""
        sheet, widths = self.layout.sheet, self.layout.widths
        self._write_line("title", sheet.title, 36)
        first, last = self._line_ends()
        room, size = sum(widths[first - 1 : last]), self.shared.dress.looks.size
        for note in sheet.notes:
            self._write_line("note", note, row_height([(note, room)], size, 18))
        for block in self.layout.blocks:
            if block.space:
                self._add_row([], 9)
            if block.section:
                self._write_line("section", block.table.title, 26)
            if isinstance(block.table, Charts):
                self._write_charts(block, block.table)
            else:
                self._write_table(block, block.table)
        look, title = self.shared.dress.looks.look, self.shared.title
        lay_out_page(self.worksheet, self.layout, look, title, self.heights, self.printed)
        extent = f"A1:{column_letters(self.layout.columns)}{len(self.rows)}"
        return Content(self.rows, self.links, self.merges, extent=extent)

    # ---- rows ------------------------------------------------------------------------------------

    def _write_line(self, part: str, text: str, height: float) -> None:
        """A line over the whole width of the sheet, or of its first page."""
        row = self.next_row
        first, last = self._line_ends()
        self._add_row([text_cell(reference(first, row), self.shared.dress.line(part), text)], height)
        self._merge(first, last, row)

    def _line_ends(self) -> tuple[int, int]:
        """The columns that a title lies over.

        Of a sheet on pages side by side, the columns that are surely on the first page and not on the others.
        """
        sheet, widths = self.layout.sheet, self.layout.widths
        if sheet.pages_wide == 1:
            return 1, self.layout.columns
        repeated = sum(widths[: sheet.frozen]) * (sheet.pages_wide - 1)
        room = (sum(widths) + repeated) / sheet.pages_wide
        fitting = sum(sum(widths[: end + 1]) <= room for end in range(self.layout.columns))
        return sheet.frozen + 1, max(fitting, sheet.frozen + 1)

    def _add_row(self, cells: Iterable[str], height: float) -> None:
        number = self.next_row
        self.heights.append(height)
        self.rows.append(sheet_row(number, cells, height, fixed=True))

    def _write_charts(self, block: Block, charts: Charts) -> None:
        for _ in range(block.first, block.last + 1):
            self._add_row([], 18)
        add_charts(self.worksheet, charts, (block.first, block.last), self.layout.columns, self.shared.addresses)
        self.printed = len(self.rows)

    def _write_table(self, block: Block, table: ReportTable) -> None:
        if block.head:
            self._write_headings(table)
        assert self.next_row == block.first
        for row in block.rows:
            part = "going on" if row.goes_on else "body"
            cells = self._cells(part, block, table, row.values, row.smaller)
            self._add_row(cells, row.height)
        if not table.rows and table.empty:
            self._write_empty(table)
        if table.totals is not None:
            self._add_row(self._cells("total", block, table, table.totals, 0), 24)
        self._add_bars(block, table)
        self._add_choices(block, table)
        if self.layout.sheet.listed:
            self._make_list(block)
        self.printed = len(self.rows) if table.printed else self.printed

    def _write_headings(self, table: ReportTable) -> None:
        row = self.next_row
        cells = []
        for start, column in placed(table.columns):
            style = self.shared.dress.line("heading to fill" if column.hint else "heading")
            cell = text_cell(reference(start, row), style, column.heading)
            cells += self._spread(start, column, row, cell, style)
        texts = [(column.heading, self.layout.room(start, column)) for start, column in placed(table.columns)]
        self._add_row(cells, row_height(texts, self.shared.dress.looks.heading.size, 26))

    def _cells(self, part: str, block: Block, table: ReportTable, values: Values, smaller: float) -> list[str]:
        row = self.next_row
        cells = []
        for (start, column), value in zip(placed(table.columns), values, strict=True):
            style = self.shared.dress.cell(part, column, value, smaller)
            formula = ""
            if isinstance(value, Formula):
                formula = self.shared.addresses.formula(value, self.layout.sheet.name, block, row, start)
            elif part == "total" and column.summed and table.rows:
                formula = f"SUM({_cells(block, start)})"
            elif part == "body" and column.adds:
                formula = _sum_across(table, column.adds, row)
            ref = reference(start, row)
            cells += self._spread(start, column, row, _cell_xml(ref, style, value, formula), style)
            if isinstance(value, Toned) and value.sheet:
                self.links.append(link_xml(ref, value.sheet, "A1"))
        return cells

    def _merge(self, first: int, last: int, row: int) -> None:
        if last > first:
            self.merges.append(f"{reference(first, row)}:{reference(last, row)}")

    def _write_empty(self, table: ReportTable) -> None:
        row = self.next_row
        style = self.shared.dress.line("empty")
        whole = ListColumn("", 0, span=sum(column.span for column in table.columns))
        self._add_row(self._spread(1, whole, row, text_cell(f"A{row}", style, table.empty), style), 30)

    def _spread(self, start: int, column: ListColumn, row: int, cell: str, style: int) -> list[str]:
        """A cell and, where its column lies over several of the sheet, the rest of the merged cell."""
        end = start + column.span - 1
        if end > start:
            self._merge(start, end, row)
        return [cell, *(f'<c r="{reference(at, row)}" s="{style}"/>' for at in range(start + 1, end + 1))]

    # ---- what openpyxl is told -------------------------------------------------------------------

    def _add_bars(self, block: Block, table: ReportTable) -> None:
        for start, column in placed(table.columns):
            if column.bar and table.rows:
                rule = DataBarRule(  # type: ignore[no-untyped-call]  # openpyxl's stubs have no types for it
                    "num", 0, "num", 1, color=f"FF{_BAR_INK}", showValue=True, minLength=0, maxLength=100
                )
                self.worksheet.conditional_formatting.add(_cells(block, start), rule)

    def _add_choices(self, block: Block, table: ReportTable) -> None:
        """What to fill in, and lists to choose from; they warn rather than block, so that pasting works."""
        for start, column in placed(table.columns):
            if column.hint and table.rows:
                words = self.shared.lists.get(column.choices, "")
                add_offer(self.worksheet, Offer(column.heading, column.hint, words), [_cells(block, start)])

    def _make_list(self, block: Block) -> None:
        """Headings in sight, filtered and repeated; the totals stay outside the filter."""
        frozen = self.layout.sheet.frozen
        set_up_table(self.worksheet, block.head, block.last, self.layout.columns, frozen)
        if not block.rows:
            self.worksheet.auto_filter.ref = None
        if self.layout.sheet.pages_wide > 1:
            self.worksheet.print_title_cols = f"A:{column_letters(frozen)}"


def _cells(block: Block, column: int) -> str:
    """The rows of a table in one column of the sheet."""
    letter = column_letters(column)
    return f"{letter}{block.first}:{letter}{block.last}"


def _cell_xml(ref: str, style: int, value: CellValue, formula: str) -> str:
    """A cell of its own type; a formula together with the value it comes to."""
    if isinstance(value, Toned):
        value = value.text
    if isinstance(value, Formula):
        value = value.value
    if formula and isinstance(value, str | int | float):
        return formula_cell(ref, style, formula, value)
    return value_cell(ref, style, value, value if isinstance(value, str) else "")


def _sum_across(table: ReportTable, ends: tuple[str, str], row: int) -> str:
    at = {column.heading: reference(start, row) for start, column in placed(table.columns)}
    return f"SUM({at[ends[0]]}:{at[ends[1]]})"
