"""How cells look, said once: a ``Style`` is everything about one, ``Styles`` are those of a workbook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.styles import Font, PatternFill

TEXT_FORMAT, DAY_FORMAT = "@", "yyyy-mm-dd"
FORMULA_SIGNS = ("=", "+", "-", "@")
"""A text that begins with one is ``quoted``: else Excel makes a formula of it once its cell is edited."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell looks; colours as six hexadecimal digits, empty for none."""

    font: str
    size: float
    ink: str = "000000"
    bold: bool = False
    underlined: bool = False
    fill: str = ""
    edge: str = ""
    """The colour of a thin line around the cell."""
    heavy_top: str = ""
    """The colour of a heavy line above it instead."""
    across: str = "left"
    down: str = "center"
    indent: int = 0
    locked: bool = True
    number_format: str = "General"
    quoted: bool = False


class Styles:
    """The styles of one workbook, each made when first asked for."""

    def __init__(self, book: Workbook, size: float) -> None:
        from openpyxl.styles import Font

        self._book = book
        self._made: dict[Style, Any] = {}
        # column widths count in digits of this font; it must be one that Chinese systems have
        normal = book._named_styles["Normal"]  # type: ignore[attr-defined]  # openpyxl has no public way
        normal.font = Font(name="宋体", size=size)

    def number(self, style: Style) -> int:
        """The number of a style in the package."""
        return int(self._cell_in(style).style_id)

    def dress(self, cell: Any, style: Style) -> None:
        """Dress a cell of openpyxl's; cells of one style share it, and none may be dressed any other way."""
        cell._style = self._cell_in(style)._style

    def _cell_in(self, style: Style) -> Any:
        made = self._made.get(style)
        if made is None:
            made = self._made[style] = self._make(style)
        return made

    def _make(self, style: Style) -> Any:
        from openpyxl.styles import Alignment, Protection
        from openpyxl.styles.styleable import StyleableObject

        cell: Any = StyleableObject(self._book.worksheets[0])  # stands in no sheet
        cell.font = font_of(style)
        if style.fill:
            cell.fill = solid(style.fill)
        if style.edge:
            cell.border = box(style.edge, style.heavy_top)
        cell.alignment = Alignment(horizontal=style.across, vertical=style.down, wrap_text=True, indent=style.indent)
        cell.protection = Protection(locked=style.locked)
        cell.number_format = style.number_format
        cell.quotePrefix = style.quoted
        return cell


def font_of(style: Style) -> Font:
    """The font of a style as openpyxl knows it."""
    from openpyxl.styles import Font

    font = Font(name=style.font, size=style.size, bold=style.bold, color=f"FF{style.ink}")
    return font + Font(underline="single") if style.underlined else font


def solid(colour: str) -> PatternFill:
    """A fill of one colour for a cell."""
    from openpyxl.styles import PatternFill

    return PatternFill("solid", start_color=f"FF{colour}")


def box(colour: str, heavy_top: str = "") -> Any:
    """A thin line around a cell, the upper one heavy where it has a colour of its own."""
    from openpyxl.styles import Border, Side

    thin = Side(style="thin", color=f"FF{colour}")
    top = Side(style="medium", color=f"FF{heavy_top}") if heavy_top else thin
    return Border(left=thin, right=thin, top=top, bottom=thin)


def highlight(sheet: Any, cells: str, condition: str, *, fill: str = "", ink: str = "", edge: str = "") -> None:
    """Colour cells while a condition holds."""
    from openpyxl.formatting.rule import FormulaRule
    from openpyxl.styles import Font, PatternFill

    look: dict[str, Any] = {}
    if fill:
        look["fill"] = PatternFill(bgColor=f"FF{fill}", fill_type="solid")
    if ink:
        look["font"] = Font(color=f"FF{ink}", bold=True)
    if edge:
        look["border"] = box(edge)
    rule = FormulaRule(formula=[condition], **look)  # type: ignore[no-untyped-call]
    sheet.conditional_formatting.add(cells, rule)
