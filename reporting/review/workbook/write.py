"""The review workbook written: one for the inspection group, with everything known filled in.

It looks like the return workbook (fonts and colours from ``form.toml``), is protected as lightly, and keeps
its drop-downs on a sheet of their own. The same inspection gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from reporting.files.package import repack
from reporting.files.xlsx.book import Properties, describe, save_parts
from reporting.files.xlsx.choices import Offer, add_lists, add_offer
from reporting.files.xlsx.heights import TALLEST, needed_height, row_height
from reporting.files.xlsx.looks import DAY_FORMAT, TEXT_FORMAT, Style, Styles
from reporting.files.xlsx.page import Paper, protect, set_up_page, set_up_table, set_widths
from reporting.files.xlsx.xml import put_text
from reporting.language.values import format_number
from reporting.model import column_letters
from reporting.model.review import Inspection, UnitReview
from reporting.office.form import Form, Look
from reporting.office.looks import GIVEN_HEADING, OWN_INK, Looks
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
    ReviewColumn,
)

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet


def write_review_book(inspection: Inspection, digest: str, form: Form, most: float = 100.0) -> bytes:
    """Write the workbook; ``digest`` is kept in it so that it is known again when it comes back.

    ``most`` is how many marks a task may have.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    first = book.create_sheet(ABOUT)
    dress = _Dress(book, form.look)
    _lay_out_about(first, inspection, dress)
    tables: dict[str, Sequence[Any]] = {TASKS: inspection.tasks, TARGETS: inspection.targets}
    tables[UNITS] = [UnitReview(unit) for unit in inspection.units]
    for name, records in tables.items():
        if records or name == TASKS:
            _lay_out_table(book.create_sheet(name), records, inspection, dress, most)
    lists = {STATUS_LIST: ("核定状态", tuple(form.statuses)), **LISTS}
    add_lists(book, dress.styles, lists, (dress.looks.heading, dress.looks.body))
    _write_meta(book.create_sheet(META), inspection, digest)
    title = f"{inspection.year}年度任务检查验收核定表"
    about = Properties(title, inspection.issuer, date(inspection.year, 1, 1))
    parts = save_parts(book)
    return repack(parts | describe(parts, about))


class _Dress:
    """How cells look: one point smaller than the form's, since the tables have more columns."""

    def __init__(self, book: Workbook, look: Look) -> None:
        self.looks = Looks(look, smaller=1)
        self.styles = Styles(book, look.body_size)

    def put(self, cell: Any, text: str, style: Style) -> None:
        """Write a text into a cell and dress it."""
        put_text(cell, text)
        self.styles.dress(cell, style)


# ---- the first sheet ------------------------------------------------------------------------------


def _lay_out_about(sheet: Worksheet, inspection: Inspection, dress: _Dress) -> None:
    looks = dress.looks
    sheet.sheet_view.showGridLines = False
    set_widths(sheet, (3, 20, 92))
    dress.put(sheet["B1"], f"{inspection.year}年度任务检查验收核定表", looks.title)
    sheet.merge_cells("B1:C1")
    sheet.row_dimensions[1].height = 34
    row = 3
    for label, text in _instructions(inspection):
        _pair(sheet, row, label, text, dress)
        row += 1
    dress.put(sheet.cell(row + 1, 2), "检查组填写", looks.section)
    for offset, (key, (label, hint)) in enumerate(GROUP_CELLS.items(), row + 2):
        _pair(sheet, offset, label, "", dress)
        kind = DAY_FORMAT if key in GROUP_DAYS else TEXT_FORMAT
        dress.styles.dress(sheet.cell(offset, 3), replace(looks.open, number_format=kind))
        add_offer(sheet, Offer(label, hint), [f"C{offset}"])
        if key in ("conclusion", "dissent"):  # there is something to write here
            sheet.row_dimensions[offset].height = 60
    protect(sheet)
    set_up_page(sheet, Paper(inspection.title, landscape=False))


def _pair(sheet: Worksheet, row: int, label: str, text: str, dress: _Dress) -> None:
    dress.put(sheet.cell(row, 2), label, dress.looks.label)
    dress.put(sheet.cell(row, 3), text, dress.looks.body)
    sheet.row_dimensions[row].height = row_height([(text, 92)], dress.looks.size, 26)


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
    yield ("分头填写", "几个检查组分头核查的，各填一份，只填自己核查的任务，收回以后合在一起；同一项任务以后收的为准")
    yield "注意", "可以排序、筛选、调整列宽；行按任务编号和单位辨认，不要增加行，也不要改动编号和单位名称"


# ---- the tables -----------------------------------------------------------------------------------


def _lay_out_table(
    sheet: Worksheet, records: Sequence[Any], inspection: Inspection, dress: _Dress, most: float
) -> None:
    looks, name = dress.looks, sheet.title
    columns = [_wide_enough(column, records, looks.size) for column in COLUMNS[name]]
    last = HEADING_ROW + len(records)
    sheet.sheet_view.showGridLines = False
    title = replace(looks.title, size=looks.title.size - 2, across="left")
    dress.put(sheet["A1"], f"{inspection.year}年度任务检查验收核定表——{name}", title)
    dress.put(sheet["A2"], _legend(name, inspection), replace(looks.aside, ink=OWN_INK))
    for row, height in ((1, 28), (2, 20)):
        sheet.merge_cells(f"A{row}:{column_letters(len(columns))}{row}")
        sheet.row_dimensions[row].height = height
    set_widths(sheet, [column.width for column in columns])
    for index, column in enumerate(columns, 1):
        # blue above what is to fill in, grey above what is given
        style = looks.heading if column.filled else replace(looks.heading, fill=GIVEN_HEADING)
        dress.put(sheet.cell(HEADING_ROW, index), column.heading, style)
        if column.filled:
            letter = column_letters(index)
            cells = f"{letter}{HEADING_ROW + 1}:{letter}{max(last, HEADING_ROW + 1)}"
            add_offer(sheet, _offer(column, most), [cells])
    sheet.row_dimensions[HEADING_ROW].height = 34
    styles = [_body_style(column, looks) for column in columns]
    for row, record in enumerate(records, HEADING_ROW + 1):
        _write_row(sheet, row, list(zip(columns, styles, strict=True)), record, dress)
    set_up_table(sheet, HEADING_ROW, last, len(columns), 1 if name == UNITS else 2)
    sheet.print_area = f"A1:{column_letters(len(columns))}{last}"
    protect(sheet)
    set_up_page(sheet, Paper(inspection.title, large=name == TASKS))


_WIDEST = 110.0
"""So wide a column shows some 1,500 characters in the tallest row there can be; any wider reads badly."""


def _wide_enough(column: ReviewColumn, records: Sequence[Any], size: float) -> ReviewColumn:
    """A column of what was reported, wider where a row cannot be tall enough to show all of a cell."""
    if column.filled or column.centred:
        return column
    texts = [str(getattr(record, column.key)) for record in records]
    wide = column.width
    while wide < _WIDEST and needed_height([(text, wide) for text in texts], size, 0) > TALLEST:
        wide = min(wide * 1.2, _WIDEST)
    return replace(column, width=wide)


def _legend(name: str, inspection: Inspection) -> str:
    if name == TASKS and inspection.share < 100:
        return f"抽查比例 {inspection.share}%，抽签种子 {inspection.seed}；蓝色表头的列由检查组填写"
    return "蓝色表头的列由检查组填写"


def _body_style(column: ReviewColumn, looks: Looks) -> Style:
    """Text stays as typed; figures stay General, so that 80% typed keeps its sign."""
    figures = ("verified_progress", "score", "value", "bonus")
    return replace(
        looks.open if column.filled else looks.given,
        across="center" if column.centred else "left",
        number_format="General" if column.key in figures else TEXT_FORMAT,
    )


def _write_row(
    sheet: Worksheet, row: int, columns: Sequence[tuple[ReviewColumn, Style]], record: Any, dress: _Dress
) -> None:
    texts = [
        str(getattr(record, column.key)) if not column.filled or column.key == "method" else "" for column, _ in columns
    ]
    widths = (column.width for column, _ in columns)
    height = needed_height(zip(texts, widths, strict=True), dress.looks.size, 30)
    for index, ((_, style), text) in enumerate(zip(columns, texts, strict=True), 1):
        # the beginning of a text must show
        dress.put(sheet.cell(row, index), text, style if height <= TALLEST else replace(style, down="top"))
    sheet.row_dimensions[row].height = min(height, TALLEST)


def _offer(column: ReviewColumn, most: float) -> Offer:
    shown = format_number(most)
    bounds = {"verified_progress": ("0", "100"), "score": ("0", shown), "bonus": ("0", "100")}
    hint = f"填 0 到 {shown} 的数字；留空则按考评办法计算" if column.key == "score" else column.hint
    return Offer(column.heading, hint, column.words, bounds.get(column.key))


def _write_meta(sheet: Worksheet, inspection: Inspection, digest: str) -> None:
    sheet.sheet_state = "veryHidden"
    words = {"kind": "review", "year": str(inspection.year), "plan": inspection.plan_id, "digest": digest}
    for row, pair in enumerate(words.items(), 1):
        for column, word in enumerate(pair, 1):
            put_text(sheet.cell(row, column), word)
