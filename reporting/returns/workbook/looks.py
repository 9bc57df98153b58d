"""How the return workbook looks and behaves: styles, headings, drop-downs, page set-up, protection.

Whatever an office may restyle comes from ``form.toml``. openpyxl is only ever used here and in the base.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from reporting.office.form import Form, FormField
from reporting.returns.live import LivePart, LiveRow
from reporting.returns.workbook.live import live_checks

if TYPE_CHECKING:
    from openpyxl.cell import Cell as SheetCell
    from openpyxl.cell import MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

_CENTRED = {"number", "role", "status", "progress", "self_score", "deadline"}
_CENTRED |= {"target", "goal", "measure", "value"}
_PLAN_HEADING = "595959"
_NOTE_FILL = "DDEBF7"
PAST_INK = "7F7F7F"
"""What was reported a year ago stands in grey: it is there to be looked at."""
_FORMATS = {"date": "yyyy-mm-dd", "text": "@"}
MARKS = ("plain", "error", "confirm", "note")


def number_format(field: FormField) -> str:
    """The number format of a field's cells."""
    if not field.filled:
        return "General"
    # "@" makes Excel keep a leading zero or a 1/2 as typed. Figures stay General: "12件" is still accepted,
    # 80% typed keeps its sign, and 0.## would show 80 as "80."
    return _FORMATS.get(field.type, "General")


class Styles:
    """Dresses cells in the look of ``form.toml``."""

    def __init__(self, form: Form) -> None:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

        self.look = form.look
        self._alignment, self._font, self._fill, self._protection = Alignment, Font, PatternFill, Protection
        thin = Side(style="thin", color=form.look.border)
        self._box = Border(left=thin, right=thin, top=thin, bottom=thin)

    def apply(
        self,
        cell: SheetCell | MergedCell,
        *,
        fill: str = "",
        ink: str = "000000",
        bold: bool = False,
        size: float | None = None,
        font: str = "",
        across: str = "left",
        down: str = "center",
        boxed: bool = True,
        locked: bool = True,
        number_format: str = "General",
    ) -> None:
        """Dress one cell."""
        look = self.look
        cell.font = self._font(
            name=font or look.body_font, size=size or look.body_size, bold=bold, color=f"FF{ink}"
        )
        if fill:
            cell.fill = self._fill("solid", start_color=f"FF{fill}")
        cell.alignment = self._alignment(horizontal=across, vertical=down, wrap_text=True)
        if boxed:
            cell.border = self._box
        cell.protection = self._protection(locked=locked)
        cell.number_format = number_format


def style_of(cell: SheetCell | MergedCell) -> int:
    """The number of a cell's style in the package."""
    return int(cell.style_id)


def set_up_page(sheet: Worksheet, left_footer: str) -> None:
    """A4, as wide as the page, with page numbers."""
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.3
    margins.top, margins.bottom, margins.header, margins.footer = 0.5, 0.6, 0.3, 0.3
    footer: Any = sheet.oddFooter
    footer.left.text = left_footer or None
    footer.right.text = "第 &P 页 共 &N 页"


def protect(sheet: Worksheet) -> None:
    """Lightly: no password; sorting, filtering, sizes, formats and inserting rows stay allowed.

    Excel sorts a protected sheet only where all cells may be edited, so the table is also made a range that
    may be (``workbook_tables``), and what guards the plan's columns there is a drop-down's refusal.
    """
    protection = sheet.protection
    protection.sheet = True
    protection.sort = protection.autoFilter = False
    protection.formatCells = protection.formatRows = protection.formatColumns = False
    protection.insertRows = protection.insertHyperlinks = False


def style_columns(sheet: Worksheet, fields: Sequence[FormField], row: int, dress: Styles) -> dict[str, int]:
    """Dress a prototype row in each of its marks and give back the style numbers as ``key:mark``."""
    look = dress.look
    fills = {"plain": "", "error": look.error_fill, "confirm": look.confirm_fill, "note": _NOTE_FILL}
    styles = {}
    for column, field in enumerate(fields, 1):
        for offset, mark in enumerate(MARKS):
            cell = sheet.cell(row + offset, column)
            dress.apply(
                cell,
                fill=fills[mark] or (look.to_fill if field.filled else look.locked_fill),
                across="center" if field.key in _CENTRED or field.type == "date" else "left",
                # a text that is longer than its row is cut at the end, not at both ends
                down="top" if field.filled and field.type == "text" else "center",
                locked=not field.filled,
                number_format=number_format(field),
            )
            styles[f"{field.key}:{mark}"] = style_of(cell)
    return styles


def lay_out_headings(sheet: Worksheet, fields: Sequence[FormField], row: int, dress: Styles) -> None:
    """The heading of each column, those of the plan in grey."""
    look = dress.look
    for column, field in enumerate(fields, 1):
        lay_out_heading(
            sheet.cell(row, column),
            field.heading,
            look.heading_fill if field.filled else _PLAN_HEADING,
            dress,
        )


def lay_out_heading(cell: SheetCell | MergedCell, heading: str, fill: str, dress: Styles) -> None:
    """One heading of a table."""
    look = dress.look
    cell.value = heading
    dress.apply(
        cell,
        fill=fill,
        ink=look.heading_ink,
        font=look.heading_font,
        size=look.heading_size,
        across="center",
    )


def add_drop_downs(
    sheet: Worksheet, part: LivePart, form: Form, places: Iterable[tuple[FormField, str]]
) -> None:
    """Lists, hints and bounds that warn rather than block, so that pasting works; ``places`` are cells."""
    from openpyxl.worksheet.datavalidation import DataValidation

    row = LiveRow(form, part, lambda _: "")
    for field, cells in places:
        if not field.filled:
            continue
        rule = DataValidation(allow_blank=True)
        if field.type == "status":
            rule = DataValidation(type="list", formula1="status_list", allow_blank=True)
        elif field.choices:
            rule = DataValidation(type="list", formula1=row.list_name(field), allow_blank=True)
        elif field.type in ("percent", "number") and field.min is not None and field.max is not None:
            rule = DataValidation(
                type="decimal",
                operator="between",
                formula1=str(field.min),
                formula2=str(field.max),
                allow_blank=True,
            )
        if rule.type:
            rule.errorStyle = "warning"
            rule.showErrorMessage = True
            rule.errorTitle = field.heading[:30]
            rule.error = f"{field.heading}：{field.hint}"[:220]
        if field.hint:
            rule.showInputMessage = True
            rule.promptTitle = field.heading[:30]
            rule.prompt = field.hint[:250]
        if rule.type or field.hint:
            rule.add(cells)
            sheet.add_data_validation(rule)


def guard_cells(sheet: Worksheet, areas: Iterable[str]) -> None:
    """Refuse typing into cells that come from the plan; sorting and pasting go past this and are checked."""
    from openpyxl.worksheet.datavalidation import DataValidation

    rule = DataValidation(type="custom", formula1="FALSE", allow_blank=True)
    rule.errorStyle, rule.showErrorMessage = "stop", True
    rule.errorTitle, rule.error = (
        "方案内容",
        "这一格来自方案或由公式算出，请勿改动。请按“取消”，在白色、黄色格内填写。",
    )
    for cells in areas:
        rule.add(cells)
    sheet.add_data_validation(rule)


def highlight(sheet: Worksheet, cells: str, condition: str, **look: Any) -> None:
    """Colour cells while a condition holds."""
    from openpyxl.formatting.rule import FormulaRule

    sheet.conditional_formatting.add(cells, FormulaRule(formula=[condition], **look))  # type: ignore[no-untyped-call]


def mark_open_cells(sheet: Worksheet, row: LiveRow, cells_of: dict[str, str]) -> None:
    """Colour what is still missing or wrong by the same conditions as 填报检查; ``cells_of`` by field key."""
    from openpyxl.styles import PatternFill

    missing = PatternFill(bgColor=row.form.look.missing_fill, fill_type="solid")
    wrong = PatternFill(bgColor=row.form.look.error_fill, fill_type="solid")
    for check in live_checks(row):
        highlight(sheet, cells_of[check.key], check.condition, fill=missing if check.missing else wrong)
