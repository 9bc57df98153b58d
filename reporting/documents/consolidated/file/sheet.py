"""One sheet of the consolidated workbook: its rows as XML, and what openpyxl is told about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reporting.documents.consolidated.file.cells import cell_xml
from reporting.documents.consolidated.file.charts import add_charts
from reporting.documents.consolidated.file.layout import Addresses, Block, SheetLayout, placed
from reporting.documents.consolidated.file.page import set_up_page
from reporting.documents.consolidated.file.styles import Dress, Styles, dress_for
from reporting.documents.consolidated.records import Charts, Formula, ListColumn, ReportTable, Toned, Values
from reporting.files.xlsx.heights import row_height
from reporting.files.xlsx.xml import link_xml, reference, text_xml
from reporting.model import column_letters

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_BAR_INK = "9DC3E6"


@dataclass(frozen=True, slots=True)
class Content:
    """What a sheet holds: its rows as XML, the range they take up, its links as XML."""

    rows: str
    extent: str
    links: str


@dataclass
class SheetWriter:
    """One sheet in the making: its rows as XML, and what openpyxl is told about it.

    ``lists`` are the names of the ranges that columns choose from, by their words.
    """

    layout: SheetLayout
    worksheet: Worksheet
    styles: Styles
    addresses: Addresses
    lists: Mapping[tuple[str, ...], str]
    book_title: str
    rows: list[str] = field(default_factory=list)
    heights: list[float] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
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
        for note in sheet.notes:
            self._write_line(
                "note", note, row_height([(note, sum(widths[first - 1 : last]))], self.styles.size, 18)
            )
        for block in self.layout.blocks:
            if block.space:
                self._add_row([], 9)
            if block.section:
                self._write_line("section", block.table.title, 26)
            if isinstance(block.table, Charts):
                self._write_charts(block, block.table)
            else:
                self._write_table(block, block.table)
        set_up_page(
            self.worksheet, self.layout, self.styles.look, self.book_title, self.heights, self.printed
        )
        extent = f"A1:{column_letters(self.layout.columns)}{len(self.rows)}"
        return Content("".join(self.rows), extent, "".join(self.links))

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
        self.rows.append(f'<row r="{number}" ht="{height:g}" customHeight="1">{"".join(cells)}</row>')

    def _write_charts(self, block: Block, charts: Charts) -> None:
        for _ in range(block.first, block.last + 1):
            self._add_row([], 18)
        add_charts(self.worksheet, charts, (block.first, block.last), self.layout.columns, self.addresses)
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
            style = self.styles.number(Dress("heading to fill" if column.hint else "heading"))
            cell = text_xml(reference(start, row), style, column.heading)
            cells += self._spread(start, column, row, cell, style)
        texts = [(column.heading, self.layout.room(start, column)) for start, column in placed(table.columns)]
        self._add_row(cells, row_height(texts, self.styles.look.heading_size, 26))

    def _cells(
        self, part: str, block: Block, table: ReportTable, values: Values, smaller: float
    ) -> list[str]:
        row = self.next_row
        cells = []
        for (start, column), value in zip(placed(table.columns), values, strict=True):
            style = self.styles.number(dress_for(part, column, value, smaller))
            formula = ""
            if isinstance(value, Formula):
                formula = self.addresses.formula(value, self.layout.sheet.name, block, row, start)
            elif part == "total" and column.summed and table.rows:
                letter = column_letters(start)
                formula = f"SUM({letter}{block.first}:{letter}{block.last})"
            elif part == "body" and column.adds:
                formula = _sum_across(table, column.adds, row)
            ref = reference(start, row)
            cells += self._spread(start, column, row, cell_xml(ref, style, value, formula), style)
            if isinstance(value, Toned) and value.sheet:
                self.links.append(link_xml(ref, value.sheet, "A1"))
        return cells

    def _write_empty(self, table: ReportTable) -> None:
        row = self.next_row
        style = self.styles.number(Dress("empty"))
        whole = ListColumn("", 0, span=sum(column.span for column in table.columns))
        self._add_row(self._spread(1, whole, row, text_xml(f"A{row}", style, table.empty), style), 30)

    def _spread(self, start: int, column: ListColumn, row: int, cell: str, style: int) -> list[str]:
        """A cell and, where its column lies over several of the sheet, the rest of the merged cell."""
        end = start + column.span - 1
        if end > start:
            self.worksheet.merge_cells(start_row=row, end_row=row, start_column=start, end_column=end)
        return [cell, *(f'<c r="{reference(at, row)}" s="{style}"/>' for at in range(start + 1, end + 1))]

    # ---- what openpyxl is told -------------------------------------------------------------------

    def _add_bars(self, block: Block, table: ReportTable) -> None:
        from openpyxl.formatting.rule import DataBarRule

        for start, column in placed(table.columns):
            if column.bar and table.rows:
                letter = column_letters(start)
                rule = DataBarRule(  # type: ignore[no-untyped-call]  # openpyxl's stubs have no types for it
                    "num", 0, "num", 1, color=f"FF{_BAR_INK}", showValue=True, minLength=0, maxLength=100
                )
                self.worksheet.conditional_formatting.add(f"{letter}{block.first}:{letter}{block.last}", rule)

    def _add_choices(self, block: Block, table: ReportTable) -> None:
        """What to fill in, and lists to choose from; they warn rather than block, so that pasting works."""
        from openpyxl.worksheet.datavalidation import DataValidation

        for start, column in placed(table.columns):
            if not column.hint or not table.rows:
                continue
            rule = DataValidation(allow_blank=True)
            if column.choices:
                rule = DataValidation(type="list", formula1=self.lists[column.choices], allow_blank=True)
                rule.errorStyle, rule.showErrorMessage = "warning", True
                rule.errorTitle, rule.error = column.heading, f"{column.heading}：{column.hint}"
            rule.showInputMessage, rule.promptTitle, rule.prompt = True, column.heading, column.hint
            letter = column_letters(start)
            rule.add(f"{letter}{block.first}:{letter}{block.last}")
            self.worksheet.add_data_validation(rule)

    def _make_list(self, block: Block) -> None:
        """Headings in sight, filtered and repeated; the totals stay outside the filter."""
        frozen = self.layout.sheet.frozen
        self.worksheet.freeze_panes = f"{column_letters(frozen + 1)}{block.first}"
        if block.rows:
            last = column_letters(self.layout.columns)
            self.worksheet.auto_filter.ref = f"A{block.head}:{last}{block.last}"
        self.worksheet.print_title_rows = f"{block.head}:{block.head}"
        if self.layout.sheet.pages_wide > 1:
            self.worksheet.print_title_cols = f"A:{column_letters(frozen)}"


def _sum_across(table: ReportTable, ends: tuple[str, str], row: int) -> str:
    at = {column.heading: reference(start, row) for start, column in placed(table.columns)}
    return f"SUM({at[ends[0]]}:{at[ends[1]]})"
