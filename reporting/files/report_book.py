"""The consolidated workbook written: the records of ``outputs.consolidated`` become an .xlsx file.

openpyxl lays out the sheets (widths, print set-up, frozen headings, filters, styles); the rows are then
written into the parts as XML, because openpyxl cannot give a formula the value it comes to, and a workbook
must show its totals also where nothing recalculates: in a preview, on a telephone, to another program.
Whatever a unit or the plan wrote goes in as text. The same records give the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from reporting.files.package import repack, split_package
from reporting.form import Look
from reporting.model import column_letters
from reporting.outputs.consolidated import Book, CellValue, Column, Kind, Marked, Sheet, Table, Tone, Values

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_ILLEGAL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML or Excel refuses; a line break is kept."""
_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""Excel reads _x0041_ in a text as the letter A, so the first stroke of such a text is written as _x005F_."""
_ASCII = re.compile(r"[\x00-\x7f]")
_FORMULA_SIGNS = ("=", "+", "-", "@")
_SHEET_DATA = re.compile(r"<sheetData\s*/>|<sheetData>.*</sheetData>", re.DOTALL)
_DIMENSION = re.compile(r'<dimension ref="[^"]*"\s*/>')
_TITLES = re.compile(r">([^<,]+\$\d+:\$\d+),([^<,]+\$[A-Z]+:\$[A-Z]+)</definedName>")
"""Repeated rows and columns: openpyxl names the rows first, Excel itself the columns."""
_EPOCH = date(1899, 12, 30)

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
_SCRATCH_ROW = 5_000
"""Below whatever openpyxl is told about the first sheet, where its merged cells are."""

_FORMATS: dict[Kind, str] = {
    Kind.COUNT: "#,##0",
    Kind.TALLY: '#,##0;-#,##0;"—"',
    Kind.SHARE: "0.0%",
    Kind.DATE: "yyyy-mm-dd",
    Kind.HEADLINE: "#,##0",
    Kind.HEADLINE_SHARE: "0.0%",
}
_PROSE = frozenset({Kind.TEXT})
_GOOD_FILL = "E2EFDA"
_LINK_INK = "0563C1"
_BAR_INK = "9DC3E6"
_NOTE_INK = "595959"


def write_report_book(book: Book, look: Look) -> bytes:
    """Write the whole workbook in the colours and fonts of ``look``."""
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    worksheets = [workbook.create_sheet(sheet.name) for sheet in book.sheets]
    styles = _Styles(workbook, look)
    contents = [
        _Writer(sheet, worksheet, styles, book.title).write()
        for sheet, worksheet in zip(book.sheets, worksheets, strict=True)
    ]
    workbook.calculation.fullCalcOnLoad = True
    buffer = BytesIO()
    workbook.save(buffer)
    parts = split_package(buffer.getvalue())
    for number, content in enumerate(contents, start=1):
        name = f"xl/worksheets/sheet{number}.xml"
        parts[name] = _fill_sheet(parts[name].decode(), content).encode()
    names = parts["xl/workbook.xml"].decode()
    parts["xl/workbook.xml"] = _TITLES.sub(r">\2,\1</definedName>", names).encode()
    parts["docProps/core.xml"] = _core_properties(book).encode()
    first = "[Content_Types].xml"  # where Excel itself has it, and where sniffers look
    return repack({first: parts[first]} | {name: data for name, data in parts.items() if name != first})


def _fill_sheet(xml: str, content: _Content) -> str:
    """A sheet as openpyxl laid it out, with our rows and the extent they have."""
    xml = _DIMENSION.sub(f'<dimension ref="{content.extent}"/>', xml, count=1)
    if content.links:  # they stand before the print options
        xml = xml.replace("<printOptions", f"<hyperlinks>{content.links}</hyperlinks><printOptions", 1)
    empty = _SHEET_DATA.search(xml)
    assert empty is not None
    return f"{xml[: empty.start()]}<sheetData>{content.rows}</sheetData>{xml[empty.end() :]}"


# ---- styles -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Dress:
    """How a cell looks, by what it is."""

    part: str
    """``body``, ``heading``, ``total``, ``title``, ``note``, ``section`` or ``empty``."""
    kind: Kind = Kind.TEXT
    tone: Tone = ""
    linked: bool = False
    quoted: bool = False
    smaller: float = 0.0
    number_format: str = "General"
    indented: bool = False


class _Styles:
    """Style numbers of the workbook, each made when first asked for on a scratch cell of the first sheet."""

    def __init__(self, workbook: Workbook, look: Look) -> None:
        from openpyxl.styles import Font

        self.look = look
        self.size = look.body_size - 1
        self._sheet = workbook.worksheets[0]
        self._numbers: dict[_Dress, int] = {}
        # column widths count in digits of this font; it must be one that Chinese systems have
        normal = workbook._named_styles["Normal"]  # type: ignore[attr-defined]  # openpyxl has no public way
        normal.font = Font(name="宋体", size=look.body_size)

    def number(self, dress: _Dress) -> int:
        """The style number for a dress."""
        known = self._numbers.get(dress)
        if known is None:
            known = self._numbers[dress] = self._make(dress)
        return known

    def _make(self, dress: _Dress) -> int:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

        look = self.look
        # a scratch cell each: openpyxl shares a cell's styles with its list, so redressing one changes both
        cell = self._sheet.cell(_SCRATCH_ROW, len(self._numbers) + 1)
        name, size, bold, ink = self._font(dress)
        cell.font = Font(
            name=name, size=size, bold=bold, color=f"FF{ink}", underline="single" if dress.linked else None
        )
        fill = self._fill(dress)
        if fill:
            cell.fill = PatternFill("solid", start_color=f"FF{fill}")
        if dress.part in ("body", "heading", "total", "empty"):
            thin = Side(style="thin", color=f"FF{look.border}")
            heavy = Side(style="medium", color=f"FF{look.heading_fill}")
            top = heavy if dress.part == "total" else thin
            cell.border = Border(left=thin, right=thin, top=top, bottom=thin)
        across, indent = _across(dress), 1 if dress.indented else 0
        cell.alignment = Alignment(horizontal=across, vertical=_down(dress), wrap_text=True, indent=indent)
        cell.number_format = dress.number_format
        cell.quotePrefix = dress.quoted
        return int(cell.style_id)

    def _font(self, dress: _Dress) -> tuple[str, float, bool, str]:
        look = self.look
        if dress.part == "title":
            return look.title_font, look.title_size, True, look.heading_fill
        if dress.part == "section":
            return look.heading_font, look.heading_size + 1, False, look.heading_fill
        if dress.part == "heading":
            return look.heading_font, look.heading_size - 1, False, look.heading_ink
        if dress.part == "note":
            return look.body_font, self.size, False, _NOTE_INK
        if dress.kind in (Kind.HEADLINE, Kind.HEADLINE_SHARE):
            return look.heading_font, 20, False, look.heading_fill
        if dress.part == "total" or dress.kind is Kind.CAPTION:
            return look.heading_font, self.size, False, "000000"
        return look.body_font, self.size - dress.smaller, False, _LINK_INK if dress.linked else "000000"

    def _fill(self, dress: _Dress) -> str:
        look = self.look
        if dress.part == "heading":
            return look.heading_fill
        if dress.part == "total" or dress.kind is Kind.CAPTION:
            return look.locked_fill
        return {"good": _GOOD_FILL, "bad": look.error_fill, "open": look.missing_fill, "": ""}[dress.tone]


def _across(dress: _Dress) -> str:
    if dress.part in ("note", "section"):
        return "left"
    if dress.part == "body" and dress.kind is Kind.TEXT:
        return "left"
    return "center"


def _down(dress: _Dress) -> str:
    return "bottom" if dress.part == "section" else "center"


# ---- one sheet ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Content:
    """What a sheet holds: its rows as XML, the range they take up, its links as XML."""

    rows: str
    extent: str
    links: str


@dataclass
class _Writer:
    """One sheet in the making: its rows as XML, and what openpyxl is told about it."""

    sheet: Sheet
    worksheet: Worksheet
    styles: _Styles
    book_title: str
    rows: list[str] = field(default_factory=list)
    heights: list[float] = field(default_factory=list)
    table_starts: list[int] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    printed: int = 1

    def __post_init__(self) -> None:
        spans = [sum(column.span for column in table.columns) for table in self.sheet.tables]
        self.columns = max(spans)
        self.widths = self._widths()

    @property
    def next_row(self) -> int:
        """The row that is written next."""
        return len(self.rows) + 1

    def write(self) -> _Content:
        """Write every row and set the sheet up for screen and paper."""
        self._write_line("title", self.sheet.title, 36)
        for note in self.sheet.notes:
            first, last = self._line_ends()
            height = _height([(note, sum(self.widths[first - 1 : last]))], self.styles.size, 18)
            self._write_line("note", note, height)
        for table in self.sheet.tables:
            if not self.sheet.listed:
                self._write_space()
                self.table_starts.append(len(self.rows) - 1)
            self._write_table(table)
            self.printed = len(self.rows) if table.printed else self.printed
        self._set_up()
        extent = f"A1:{column_letters(self.columns)}{len(self.rows)}"
        return _Content("".join(self.rows), extent, "".join(self.links))

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
        self._add_row([_text(_ref(first, row), self.styles.number(_Dress(part)), text)], height)
        self.worksheet.merge_cells(f"{_ref(first, row)}:{_ref(last, row)}")

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
        style = self.styles.number(_Dress("heading"))
        cells = []
        for start, column in _placed(table.columns):
            cells += self._spread(start, column, row, _text(_ref(start, row), style, column.heading), style)
        texts = [(column.heading, self._room(start, column)) for start, column in _placed(table.columns)]
        self._add_row(cells, _height(texts, self.styles.look.heading_size, 26))

    def _write_values(self, table: Table, values: Values) -> None:
        row = self.next_row
        needed, smaller = 0.0, 0.0
        for smaller in _SMALLER:
            needed = self._needed(table, values, self.widths, smaller)
            if needed <= _TALLEST:
                break
        cells = []
        for (start, column), value in zip(_placed(table.columns), values, strict=True):
            dress = _dress("body", column, value, smaller)
            style = self.styles.number(dress)
            formula = ""
            if column.adds:
                formula = _sum_across(table, column.adds, row)
            cells += self._spread(start, column, row, _cell(_ref(start, row), style, value, formula), style)
            if isinstance(value, Marked) and value.sheet:
                self.links.append(f'<hyperlink ref="{_ref(start, row)}" location="\'{value.sheet}\'!A1"/>')
        self._add_row(cells, min(needed, _TALLEST))

    def _write_empty(self, table: Table) -> None:
        row = self.next_row
        style = self.styles.number(_Dress("empty"))
        whole = Column("", 0, span=sum(column.span for column in table.columns))
        self._add_row(self._spread(1, whole, row, _text(f"A{row}", style, table.empty), style), 30)

    def _write_totals(self, table: Table, totals: Values, last: int) -> None:
        row = self.next_row
        cells = []
        for (start, column), value in zip(_placed(table.columns), totals, strict=True):
            style = self.styles.number(_dress("total", column, value, 0))
            letter = column_letters(start)
            formula = ""
            if column.summed and table.rows:
                formula = f"SUM({letter}{self.first}:{letter}{last})"
            cells += self._spread(start, column, row, _cell(_ref(start, row), style, value, formula), style)
        self._add_row(cells, 24)

    def _spread(self, start: int, column: Column, row: int, cell: str, style: int) -> list[str]:
        """A cell and, where its column lies over several of the sheet, the rest of the merged cell."""
        end = start + column.span - 1
        if end > start:
            self.worksheet.merge_cells(start_row=row, end_row=row, start_column=start, end_column=end)
        return [cell, *(f'<c r="{_ref(at, row)}" s="{style}"/>' for at in range(start + 1, end + 1))]

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
        return _height(texts, self.styles.size - smaller, 22)

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
        tab = {"": look.heading_fill, "good": _GOOD_FILL, "bad": "C00000", "open": "BF9000"}
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


# ---- cells --------------------------------------------------------------------------------------


def _ref(column: int, row: int) -> str:
    return f"{_letters(column)}{row}"


_letters = cache(column_letters)


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
    at = {column.heading: _ref(start, row) for start, column in _placed(table.columns)}
    return f"SUM({at[ends[0]]}:{at[ends[1]]})"


def _dress(part: str, column: Column, value: CellValue, smaller: float) -> _Dress:
    text = value.text if isinstance(value, Marked) else value
    return _Dress(
        part,
        column.kind,
        value.tone if isinstance(value, Marked) else "",
        isinstance(value, Marked) and bool(value.sheet),
        # otherwise Excel would make a formula of it as soon as somebody opens and leaves the cell
        isinstance(text, str) and text.startswith(_FORMULA_SIGNS),
        smaller,
        "General" if isinstance(text, str) or text is None else _number_format(column.kind, text),
        column.kind is Kind.TEXT and column.span > 1,
    )


def _number_format(kind: Kind, value: float | date) -> str:
    if isinstance(value, date):
        return "yyyy-mm-dd"
    if kind in (Kind.FIGURE, Kind.PROGRESS):
        shown = value if kind is Kind.FIGURE else round(value * 100, 4)
        decimals = len(f"{shown:.4f}".rstrip("0").partition(".")[2])
        places = f".{'0' * decimals}" if decimals else ""
        return f"#,##0{places}" if kind is Kind.FIGURE else f"0{places}%"
    return _FORMATS.get(kind, "General")


def _cell(ref: str, style: int, value: CellValue, formula: str) -> str:
    """A cell of its own type; a formula together with the value it comes to."""
    if isinstance(value, Marked):
        value = value.text
    if value is None or isinstance(value, str):
        return _text(ref, style, value or "")
    if isinstance(value, datetime):
        value = value.date()
    number = (value - _EPOCH).days if isinstance(value, date) else value
    written = f"<f>{formula}</f>" if formula else ""
    return f'<c r="{ref}" s="{style}">{written}<v>{number!r}</v></c>'


def _text(ref: str, style: int, text: str) -> str:
    clean = _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if not clean:
        return f'<c r="{ref}" s="{style}"/>'
    written = escape(_ESCAPE_LIKE.sub("_x005F_", clean))
    return f'<c r="{ref}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{written}</t></is></c>'


def _height(texts: Iterable[tuple[str, float]], size: float, least: float) -> float:
    """The height in points that shows each text, set in ``size``, in a column of its width in digits."""
    lines = max((_lines(text, width, size) for text, width in texts), default=1)
    return max(lines * size * 1.36 + 8, least)


def _lines(text: str, width: float, size: float) -> int:
    # seven pixels a digit of the width and four thirds of a pixel a point; the half character is what
    # punctuation that may not begin a line leaves empty at the end of one
    per_line = max((width * 7 - 2) / (size * 4 / 3) - 0.5, 1.0)
    return sum(max(1, ceil(_measure(part) / per_line)) for part in text.split("\n"))


def _measure(text: str) -> float:
    """How wide a text is in hanzi; a letter or digit takes a little more than half of one."""
    return len(text) - 0.45 * len(_ASCII.findall(text))


def _core_properties(book: Book) -> str:
    """Title and author, dated by the day of the figures so that the same content is the same file."""
    day = f"{book.day.isoformat()}T00:00:00Z"
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        "<cp:coreProperties "
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(_ILLEGAL.sub('', book.title))}</dc:title>"
        f"<dc:creator>{escape(_ILLEGAL.sub('', book.author))}</dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{day}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{day}</dcterms:modified></cp:coreProperties>'
    )
