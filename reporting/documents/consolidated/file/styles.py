"""How the cells of the consolidated workbook look, by what they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from reporting.documents.consolidated.records import CellValue, ColumnKind, Formula, ListColumn, Tone, Toned
from reporting.office.form import Look

if TYPE_CHECKING:
    from openpyxl import Workbook

_FORMULA_SIGNS = ("=", "+", "-", "@")
_SCRATCH_ROW = 5_000
"""Below whatever openpyxl is told about the first sheet, where its merged cells are."""
_FORMATS: dict[ColumnKind, str] = {
    ColumnKind.COUNT: "#,##0",
    ColumnKind.TALLY: '#,##0;-#,##0;"—"',
    ColumnKind.SHARE: "0.0%",
    ColumnKind.DATE: "yyyy-mm-dd",
    ColumnKind.HEADLINE: "#,##0",
    ColumnKind.HEADLINE_SHARE: "0.0%",
}
GOOD_FILL = "E2EFDA"
_LINK_INK = "0563C1"
_NOTE_INK = "595959"
_TO_FILL_HEADING = "7F6000"
"""The brown above the columns that the office may edit."""


@dataclass(frozen=True, slots=True)
class Dress:
    """How a cell looks, by what it is."""

    part: str
    """What the cell is: ``title``, ``note``, ``section``, ``heading``, ``body``, ``empty`` or ``total``.

    ``heading to fill`` and ``body to fill`` are those of columns for the office to edit.
    """
    kind: ColumnKind = ColumnKind.TEXT
    tone: Tone = ""
    linked: bool = False
    quoted: bool = False
    smaller: float = 0.0
    number_format: str = "General"
    indented: bool = False


class Styles:
    """Style numbers of the workbook, each made when first asked for on a scratch cell of the first sheet."""

    def __init__(self, workbook: Workbook, look: Look) -> None:
        from openpyxl.styles import Font

        self.look = look
        self.size = look.body_size - 1
        self._sheet = workbook.worksheets[0]
        self._numbers: dict[Dress, int] = {}
        # column widths count in digits of this font; it must be one that Chinese systems have
        normal = workbook._named_styles["Normal"]  # type: ignore[attr-defined]  # openpyxl has no public way
        normal.font = Font(name="宋体", size=look.body_size)

    def number(self, dress: Dress) -> int:
        """The style number for a dress."""
        known = self._numbers.get(dress)
        if known is None:
            known = self._numbers[dress] = self._make(dress)
        return known

    def _make(self, dress: Dress) -> int:
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
        if dress.part not in ("title", "note", "section"):
            thin = Side(style="thin", color=f"FF{look.border}")
            heavy = Side(style="medium", color=f"FF{look.heading_fill}")
            top = heavy if dress.part == "total" else thin
            cell.border = Border(left=thin, right=thin, top=top, bottom=thin)
        across, indent = _across(dress), 1 if dress.indented else 0
        cell.alignment = Alignment(horizontal=across, vertical=_down(dress), wrap_text=True, indent=indent)
        cell.number_format = dress.number_format
        cell.quotePrefix = dress.quoted
        return int(cell.style_id)

    def _font(self, dress: Dress) -> tuple[str, float, bool, str]:
        look = self.look
        if dress.part == "title":
            return look.title_font, look.title_size, True, look.heading_fill
        if dress.part == "section":
            return look.heading_font, look.heading_size + 1, False, look.heading_fill
        if dress.part.startswith("heading"):
            return look.heading_font, look.heading_size - 1, False, look.heading_ink
        if dress.part == "note":
            return look.body_font, self.size, False, _NOTE_INK
        if dress.kind in (ColumnKind.HEADLINE, ColumnKind.HEADLINE_SHARE):
            return look.heading_font, 20, False, look.heading_fill
        if dress.part == "total" or dress.kind is ColumnKind.CAPTION:
            return look.heading_font, self.size, False, "000000"
        return look.body_font, self.size - dress.smaller, False, _LINK_INK if dress.linked else "000000"

    def _fill(self, dress: Dress) -> str:
        look = self.look
        if dress.part == "heading":
            return look.heading_fill
        if dress.part == "heading to fill":
            return _TO_FILL_HEADING
        if dress.part == "total" or dress.kind is ColumnKind.CAPTION:
            return look.locked_fill
        if dress.part == "body to fill":
            return look.missing_fill
        return {"good": GOOD_FILL, "bad": look.error_fill, "open": look.missing_fill, "": ""}[dress.tone]


def _across(dress: Dress) -> str:
    if dress.part in ("note", "section"):
        return "left"
    if dress.part.startswith("body") and dress.kind is ColumnKind.TEXT:
        return "left"
    return "center"


def _down(dress: Dress) -> str:
    return "bottom" if dress.part == "section" else "center"


def dress_for(part: str, column: ListColumn, value: CellValue, smaller: float) -> Dress:
    """The dress of a value in a column, set ``smaller`` points smaller than others."""
    text = value.text if isinstance(value, Toned) else value.value if isinstance(value, Formula) else value
    if part == "going on":  # nothing is filled in there, only in the row above
        part = "body"
    elif column.hint and part == "body":
        part = "body to fill"
    return Dress(
        part,
        column.kind,
        value.tone if isinstance(value, Toned) else "",
        isinstance(value, Toned) and bool(value.sheet),
        # otherwise Excel would make a formula of it as soon as somebody opens and leaves the cell
        isinstance(text, str) and text.startswith(_FORMULA_SIGNS),
        smaller,
        "General" if isinstance(text, str) or text is None else _number_format(column.kind, text),
        column.kind is ColumnKind.TEXT and column.span > 1,
    )


def _number_format(kind: ColumnKind, value: float | date) -> str:
    if isinstance(value, date):
        return "yyyy-mm-dd"
    if kind in (ColumnKind.FIGURE, ColumnKind.PROGRESS):
        shown = value if kind is ColumnKind.FIGURE else round(value * 100, 4)
        decimals = len(f"{shown:.4f}".rstrip("0").partition(".")[2])
        places = f".{'0' * decimals}" if decimals else ""
        return f"#,##0{places}" if kind is ColumnKind.FIGURE else f"0{places}%"
    return _FORMATS.get(kind, "General")
