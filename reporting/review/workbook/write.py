"""The review workbook written: one for the inspection group, with everything known filled in.

It looks like the return workbook (fonts and colours from ``form.toml``), is protected as lightly, and keeps
its drop-downs on a sheet of their own. The same inspection gives the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Any

from reporting.files.package import repack, split_package
from reporting.files.xlsx.heights import TALLEST, row_height
from reporting.files.xlsx.xml import ILLEGAL
from reporting.language.values import format_number
from reporting.model import column_letters
from reporting.model.review import Inspection
from reporting.office.form import Form, Look
from reporting.review.workbook.sheets import (
    ABOUT,
    COLUMNS,
    GROUP_CELLS,
    GROUP_DAYS,
    HEADING_ROW,
    LISTS,
    META,
    STATUS_LIST,
    TARGETS,
    TASKS,
    UNITS,
    WORDS,
    Column,
)

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_TIMES = re.compile(r"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def write_review_book(inspection: Inspection, digest: str, form: Form, most: float = 100.0) -> bytes:
    """Write the workbook; ``digest`` is kept in it so that it is known again when it comes back.

    ``most`` is how many marks a task may have.
    """
    from openpyxl import Workbook

    book = Workbook()
    first = book.active
    assert first is not None
    first.title = ABOUT
    dress = _Dress(form.look)
    dress.set_default_font(book)
    _lay_out_about(first, inspection, form, dress)
    tables: dict[str, Sequence[Any]] = {TASKS: inspection.tasks, TARGETS: inspection.targets}
    tables[UNITS] = [_UnitRow(unit) for unit in inspection.units]
    for name, records in tables.items():
        if records or name == TASKS:
            _lay_out_table(book.create_sheet(name), _columns(name, most), records, inspection, dress)
    _lay_out_words(book, form, inspection, dress)
    _write_meta(book.create_sheet(META), inspection, digest)
    buffer = BytesIO()
    book.save(buffer)
    parts = split_package(buffer.getvalue())
    core = parts["docProps/core.xml"].decode()
    parts["docProps/core.xml"] = _TIMES.sub(rf"\g<1>{inspection.year}-01-01T00:00:00Z", core).encode()
    return repack(parts)


def _columns(name: str, most: float) -> Sequence[Column]:
    """The columns with the marks there may be in the hint."""
    hint = f"填 0 到 {format_number(most)} 的数字；留空则按考评办法计算"
    return [replace(each, hint=hint) if each.key == "score" else each for each in COLUMNS[name]]


class _UnitRow:
    """A unit on 单位核定, with nothing about it filled in yet."""

    def __init__(self, unit: str) -> None:
        self.unit = unit


class _Dress:
    """How cells look, after the look in ``form.toml``."""

    def __init__(self, look: Look) -> None:
        from openpyxl.styles import Border, Side

        self.look = look
        thin = Side(style="thin", color=look.border)
        self._box = Border(left=thin, right=thin, top=thin, bottom=thin)

    def set_default_font(self, book: Workbook) -> None:
        """Column widths count in digits of the default font; make it one that Chinese systems have."""
        from openpyxl.styles import Font

        normal = book._named_styles["Normal"]  # type: ignore[attr-defined]  # openpyxl has no public way
        normal.font = Font(name="宋体", size=self.look.body_size)

    def apply(
        self,
        cell: Any,
        *,
        fill: str = "",
        ink: str = "000000",
        size: float | None = None,
        font: str = "",
        bold: bool = False,
        across: str = "left",
        upright: str = "center",
        boxed: bool = True,
        locked: bool = True,
        number_format: str = "General",
    ) -> None:
        """Dress one cell."""
        from openpyxl.styles import Alignment, Font, PatternFill, Protection

        look = self.look
        cell.font = Font(
            name=font or look.body_font, size=size or look.body_size - 1, bold=bold, color=f"FF{ink}"
        )
        if fill:
            cell.fill = PatternFill("solid", start_color=f"FF{fill}")
        cell.alignment = Alignment(horizontal=across, vertical=upright, wrap_text=True)
        if boxed:
            cell.border = self._box
        cell.protection = Protection(locked=locked)
        cell.number_format = number_format

    def heading(self, cell: Any, *, filled: bool = True) -> None:
        """Dress a heading: blue above what is to fill in, grey above what is given."""
        look = self.look
        self.apply(
            cell,
            fill=look.heading_fill if filled else "595959",
            ink=look.heading_ink,
            font=look.heading_font,
            across="center",
        )


def _put(cell: Any, text: str) -> None:
    """Write a text as a text, be it one that begins with = or +."""
    clean = ILLEGAL.sub("", text)
    cell.value = clean or None
    if clean.startswith("="):
        cell.data_type = "s"


# ---- the first sheet ------------------------------------------------------------------------------


def _lay_out_about(sheet: Worksheet, inspection: Inspection, form: Form, dress: _Dress) -> None:
    look = form.look
    sheet.sheet_view.showGridLines = False
    for column, width in (("A", 3), ("B", 20), ("C", 92)):
        sheet.column_dimensions[column].width = width
    sheet.merge_cells("B1:C1")
    _put(sheet["B1"], f"{inspection.year}年度任务检查验收核定表")
    dress.apply(
        sheet["B1"], boxed=False, font=look.title_font, size=look.title_size, bold=True, across="center"
    )
    sheet.row_dimensions[1].height = 34
    row = 3
    for label, text in _instructions(inspection):
        _pair(sheet, row, label, text, dress)
        row += 1
    _put(sheet.cell(row + 1, 2), "检查组填写")
    dress.apply(sheet.cell(row + 1, 2), boxed=False, font=look.heading_font, size=look.heading_size + 1)
    for offset, (key, (label, hint)) in enumerate(GROUP_CELLS.items(), row + 2):
        _pair(sheet, offset, label, "", dress)
        number_format = "yyyy-mm-dd" if key in GROUP_DAYS else "@"
        dress.apply(sheet.cell(offset, 3), fill=look.to_fill, locked=False, number_format=number_format)
        _hint(sheet, f"C{offset}", label, hint)
        if key in ("conclusion", "dissent"):  # there is something to write here
            sheet.row_dimensions[offset].height = 60
    _protect(sheet)
    _set_up_page(sheet, inspection, landscape=False)


def _pair(sheet: Worksheet, row: int, label: str, text: str, dress: _Dress) -> None:
    left, right = sheet.cell(row, 2), sheet.cell(row, 3)
    _put(left, label)
    _put(right, text)
    dress.apply(left, fill=dress.look.locked_fill, font=dress.look.heading_font, across="center")
    dress.apply(right)
    sheet.row_dimensions[row].height = min(row_height([(text, 92)], dress.look.body_size - 1, 26), TALLEST)


def _instructions(inspection: Inspection) -> Iterable[tuple[str, str]]:
    drawn = sum(each.method == "实地核查" for each in inspection.tasks)
    yield "方案", inspection.title
    yield "组织单位", inspection.issuer
    extent = f"{len(inspection.units)} 个单位，{len(inspection.tasks)} 项次任务"
    yield "核定范围", f"{extent}，{len(inspection.targets)} 项次指标"
    if inspection.share >= 100:
        yield "实地核查", "全部任务列为实地核查；改为其他方式的，在“核查方式”一列选择"
    else:
        yield (
            "抽查办法",
            f"每个单位按 {inspection.share}% 抽取实地核查的任务，不足一项的抽一项，共 {drawn} 项次，"
            f"其余书面审核。抽签种子为 {inspection.seed}：对“种子|单位|任务编号”取 SHA-256 摘要，"
            "在本单位内从小到大取前几项，任何人都可以重复验证",
        )
    yield (
        f"“{TASKS}”表",
        "灰色表头的列是单位上报的内容，不要改动；蓝色表头的列由检查组填写。核定过的任务都要选“核定状态”，"
        "没有核定的任务整行留空，报告中会注明“未核定”。“考评得分”可以不填，由程序按考评办法计算；填了的以所填为准，"
        "不满 100 分的必须写明“扣分原因”。佐证材料不全、内容空洞的，在“材料核查”一列选择，按考评办法扣分",
    )
    if inspection.targets:
        yield f"“{TARGETS}”表", "填写核实后的完成值，只填数字；没有核定的留空，得分按上报值计算并注明"
    yield f"“{UNITS}”表", "有加分或一票否决事项的才填，并写明依据"
    yield (
        "分头填写",
        "几个检查组分头核查的，各填一份，只填自己核查的任务，收回以后合在一起；同一项任务以后收的为准",
    )
    yield "注意", "可以排序、筛选、调整列宽；行按任务编号和单位辨认，不要增加行，也不要改动编号和单位名称"


# ---- the tables -----------------------------------------------------------------------------------


def _lay_out_table(
    sheet: Worksheet, columns: Sequence[Column], records: Sequence[Any], inspection: Inspection, dress: _Dress
) -> None:
    look, name = dress.look, sheet.title
    columns = [_wide_enough(column, records, look.body_size - 1) for column in columns]
    last_column = column_letters(len(columns))
    last = HEADING_ROW + len(records)
    sheet.sheet_view.showGridLines = False
    _put(sheet["A1"], f"{inspection.year}年度任务检查验收核定表——{name}")
    dress.apply(sheet["A1"], boxed=False, font=look.title_font, size=look.title_size - 2, bold=True)
    _put(sheet["A2"], _legend(name, inspection))
    dress.apply(sheet["A2"], boxed=False, ink="7F6000")
    for row, height in ((1, 28), (2, 20)):
        sheet.merge_cells(f"A{row}:{last_column}{row}")
        sheet.row_dimensions[row].height = height
    for index, column in enumerate(columns, 1):
        head = sheet.cell(HEADING_ROW, index, column.heading)
        dress.heading(head, filled=column.filled)
        sheet.column_dimensions[column_letters(index)].width = column.width
    sheet.row_dimensions[HEADING_ROW].height = 34
    for row, record in enumerate(records, HEADING_ROW + 1):
        _write_row(sheet, row, columns, record, dress)
    _add_drop_downs(sheet, columns, HEADING_ROW + 1, max(last, HEADING_ROW + 1))
    sheet.freeze_panes = f"C{HEADING_ROW + 1}" if name != UNITS else f"B{HEADING_ROW + 1}"
    sheet.auto_filter.ref = f"A{HEADING_ROW}:{last_column}{last}"
    sheet.print_title_rows = f"{HEADING_ROW}:{HEADING_ROW}"
    sheet.print_area = f"A1:{last_column}{last}"
    _protect(sheet)
    _set_up_page(sheet, inspection, landscape=True, wide=name == TASKS)


_WIDEST = 110.0
"""So wide a column shows some 1,500 characters in the tallest row there can be; any wider reads badly."""


def _wide_enough(column: Column, records: Sequence[Any], size: float) -> Column:
    """A column of what was reported, wider where a row cannot be tall enough to show all of a cell."""
    if column.filled or column.centred:
        return column
    texts = [str(getattr(record, column.key)) for record in records]
    wide = column.width
    while wide < _WIDEST and row_height([(text, wide) for text in texts], size, 0) > TALLEST:
        wide = min(wide * 1.2, _WIDEST)
    return replace(column, width=wide)


def _legend(name: str, inspection: Inspection) -> str:
    if name == TASKS and inspection.share < 100:
        return f"抽查比例 {inspection.share}%，抽签种子 {inspection.seed}；蓝色表头的列由检查组填写"
    return "蓝色表头的列由检查组填写"


def _write_row(sheet: Worksheet, row: int, columns: Sequence[Column], record: Any, dress: _Dress) -> None:
    look = dress.look
    given = [column.key for column in columns if not column.filled or column.key == "method"]
    texts = [str(getattr(record, column.key)) if column.key in given else "" for column in columns]
    widths = (column.width for column in columns)
    height = row_height(zip(texts, widths, strict=True), look.body_size - 1, 30)
    for index, (column, text) in enumerate(zip(columns, texts, strict=True), 1):
        cell = sheet.cell(row, index)
        _put(cell, text)
        dress.apply(
            cell,
            upright="center" if height <= TALLEST else "top",  # the beginning of a text must show
            fill=look.to_fill if column.filled else look.locked_fill,
            across="center" if column.centred else "left",
            locked=not column.filled,
            number_format=_number_format(column),
        )
    sheet.row_dimensions[row].height = min(height, TALLEST)


def _number_format(column: Column) -> str:
    """Text stays as typed; figures stay General, so that 80% typed keeps its sign."""
    figures = ("verified_progress", "score", "value", "bonus")
    return "General" if column.key in figures else "@"


def _add_drop_downs(sheet: Worksheet, columns: Sequence[Column], first: int, last: int) -> None:
    """Lists and hints; they warn rather than block, so that pasting works."""
    for index, column in enumerate(columns, 1):
        if column.filled:
            letter = column_letters(index)
            _hint(sheet, f"{letter}{first}:{letter}{last}", column.heading, column.hint, column)


def _hint(sheet: Worksheet, cells: str, title: str, hint: str, column: Column | None = None) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    rule = DataValidation(allow_blank=True)
    if column is not None and column.words:
        rule = DataValidation(type="list", formula1=column.words, allow_blank=True)
    elif column is not None and column.key in ("verified_progress", "score", "bonus"):
        most = re.findall(r"到 (\d+(?:\.\d+)?) 的数字", hint)
        rule = DataValidation(type="decimal", operator="between", formula1="0", formula2=most[0])
    if rule.type:
        rule.errorStyle, rule.showErrorMessage = "warning", True
        rule.errorTitle, rule.error = title, f"{title}：{hint}"
    rule.showInputMessage, rule.promptTitle, rule.prompt = True, title, hint
    rule.add(cells)
    sheet.add_data_validation(rule)


def _protect(sheet: Worksheet) -> None:
    """Lightly: no password; sorting, filtering, sizes and formats stay allowed."""
    protection = sheet.protection
    protection.sheet = True
    protection.sort = protection.autoFilter = False
    protection.formatCells = protection.formatRows = protection.formatColumns = False


def _set_up_page(sheet: Worksheet, inspection: Inspection, *, landscape: bool, wide: bool = False) -> None:
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.paperSize = 8 if wide else 9  # A3 for what nobody could read on A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.header, margins.footer = 0.55, 0.65, 0.3, 0.3
    footer: Any = sheet.oddFooter
    footer.left.text = inspection.title.replace("&", "&&")
    footer.right.text = "第 &P 页 共 &N 页"


# ---- lists and what the workbook says about itself ------------------------------------------------


def _lay_out_words(book: Workbook, form: Form, inspection: Inspection, dress: _Dress) -> None:
    """字典: one column a list; drop-downs point here, since a literal list over 255 characters corrupts."""
    from openpyxl.workbook.defined_name import DefinedName

    sheet = book.create_sheet(WORDS)
    lists = {STATUS_LIST: ("核定状态", tuple(form.statuses)), **LISTS}
    for index, (name, (heading, words)) in enumerate(lists.items(), 1):
        letter = column_letters(index)
        dress.heading(sheet.cell(1, index, heading))
        for row, word in enumerate(words, 2):
            _put(sheet.cell(row, index), word)
            dress.apply(sheet.cell(row, index))
        sheet.column_dimensions[letter].width = 20
        book.defined_names[name] = DefinedName(
            name, attr_text=f"{WORDS}!${letter}$2:${letter}${len(words) + 1}"
        )
    sheet.protection.sheet = True
    _set_up_page(sheet, inspection, landscape=True)


def _write_meta(sheet: Worksheet, inspection: Inspection, digest: str) -> None:
    sheet.sheet_state = "veryHidden"
    for row, (key, value) in enumerate(
        (
            ("kind", "review"),
            ("year", str(inspection.year)),
            ("plan", inspection.plan_id),
            ("digest", digest),
        ),
        1,
    ):
        sheet.cell(row, 1, key)
        sheet.cell(row, 2, value)
