"""Workbooks as plan documents: what the cells show is the text; what is hidden, struck or elsewhere is said."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from builders.formats import as_ods, as_xls, record
from builders.libreoffice import convert, needs_libreoffice
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from reporting.model import COMMENT, HIDDEN, NOT_READ, STRUCK, Line
from reporting.model.findings import DubanError
from reporting.plan.documents.open import read_document
from reporting.plan.reading.plan import Reading, read_plan

HEAD = ["序号", "工作任务", "牵头单位", "配合单位", "完成时限"]
ROWS: list[list[Any]] = [
    [1, "办好学校", "市教育局", "市财政局", "2026年9月底前"],
    [2, "建设医院", "市卫生健康委", "市财政局", "2026年12月底前"],
    [3, "治理河道", "市水利局", None, "长期坚持"],
]

Edit = Callable[[Worksheet], None]


def saved(folder: Path, *edits: Edit) -> Path:
    """A plan of three tasks in Excel, edited."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "任务"
    for row in (["云河市2026年任务表"], HEAD, *ROWS):
        sheet.append(row)
    for edit in edits:
        edit(sheet)
    path = folder / "计划.xlsx"
    book.save(path)
    return path


def put(cell: str, value: Any, code: str = "General") -> Edit:
    def edit(sheet: Worksheet) -> None:
        sheet[cell] = value
        sheet[cell].number_format = code

    return edit


def text(lines: list[Line]) -> list[list[str]]:
    return [line.text.split("\t") for line in lines if not line.aside][2:]


def aside(lines: list[Line]) -> list[tuple[str, str, str]]:
    return [(line.place.cell or line.place.words, line.text, line.aside) for line in lines if line.aside]


def read(path: Path) -> Reading:
    return read_plan(read_document(path))


def said(path: Path) -> dict[str, str]:
    return {each.kind.code: each.message for each in read(path).findings}


# What a cell shows

SHOWN = [
    pytest.param(date(2026, 9, 1), 'yyyy"年"m"月"', "2026年9月", "2026-09-30", id="year and month"),
    pytest.param(date(2026, 9, 1), "yyyy/m", "2026/9", "2026-09-30", id="year and month with a stroke"),
    pytest.param(date(2026, 9, 1), "mmm-yy", "2026年9月", "2026-09-30", id="Sep-26, as Excel makes of 2026/9"),
    pytest.param(date(2026, 9, 5), "yyyy/m/d", "2026/9/5", "2026-09-05", id="whole date"),
    pytest.param(date(2025, 9, 5), 'm"月"d"日"', "9月5日", "2026-09-05", id="a day of the plan's year"),
]


@pytest.mark.parametrize(("value", "code", "shown", "day"), SHOWN)
def test_a_deadline_is_the_date_that_is_shown(tmp_path: Path, value: date, code: str, shown: str, day: str) -> None:
    deadline = read(saved(tmp_path, put("E3", value, code))).plan.tasks[0].deadline
    assert deadline is not None
    assert (deadline.text, str(deadline.date)) == (shown, day)


CELLS = [
    pytest.param(0.8, "0%", "80%", id="percentage"),
    pytest.param(2.4, "0", "2", id="no decimals"),
    pytest.param(12345, "#,##0", "12,345", id="thousands"),
    pytest.param(3, '"不少于"0"件"', "不少于3件", id="words in the format"),
    pytest.param(99.99999999999997, "General", "100", id="a hair below"),
    pytest.param("市教育", '@"局"', "市教育局", id="words behind a text"),
    pytest.param(True, "General", "TRUE", id="truth"),
]


@pytest.mark.parametrize(("value", "code", "shown"), CELLS)
def test_a_cell_reads_as_it_shows(tmp_path: Path, value: object, code: str, shown: str) -> None:
    assert text(read_document(saved(tmp_path, put("B3", value, code))))[0][1] == shown


@pytest.mark.parametrize(
    ("value", "code", "number", "shown"),
    [
        (date(2026, 1, 1), 'm"月"d"日"', "1-1", "1月1日"),
        (date(2026, 1, 12), "d-mmm", "1-12", "1月12日"),
        (date(2026, 1, 1), "yyyy/m/d", "1-1", "2026/1/1"),
        (date(1930, 2, 1), "mmm-yy", "2-30", "1930年2月"),
    ],
)
def test_a_number_that_became_a_date_is_asked_about_with_its_cell(
    tmp_path: Path, value: date, code: str, number: str, shown: str
) -> None:
    path = saved(tmp_path, put("A3", value, code), lambda sheet: sheet.insert_cols(1))
    reading = read(path)
    assert [task.number for task in reading.plan.tasks] == [number, "2", "3"]
    found = [each for each in reading.findings if each.kind.code == "number_is_a_date"]
    assert [(each.place.cell, each.task, each.values["field"]) for each in found] == [("B3", number, "number")]
    assert found[0].message == (
        f"任务编号一栏写的是日期“{shown}”，可能是输入“{number}”时被表格软件改成了日期，暂按“{number}”编号。"
    )


@pytest.mark.parametrize("number", ["1-1", "1.1", "1.12", "12", "（1）", "一", "2026-1"])
def test_numbers_that_are_none_stay_numbers(tmp_path: Path, number: str) -> None:
    codes = said(saved(tmp_path, put("A3", number, "@")))
    assert "number_is_a_date" not in codes


# What is hidden


def hide_row(sheet: Worksheet) -> None:
    sheet.row_dimensions[4].hidden = True


def hide_column(sheet: Worksheet) -> None:
    sheet.column_dimensions["D"].hidden = True


def filter_rows(sheet: Worksheet) -> None:
    sheet.auto_filter.ref = "A2:E5"
    sheet.auto_filter.add_filter_column(2, ["市教育局"])
    sheet.row_dimensions[4].hidden = sheet.row_dimensions[5].hidden = True


def group_rows(sheet: Worksheet) -> None:
    sheet.row_dimensions.group(4, 5, hidden=True)


SECOND = "2 建设医院 市卫生健康委 市财政局 2026年12月底前"
THIRD = "3 治理河道 市水利局 长期坚持"
HIDING = [
    pytest.param(hide_row, ["1", "3"], [("工作表“任务”第4行", SECOND)], id="a row"),
    pytest.param(filter_rows, ["1"], [("工作表“任务”第4行", SECOND), ("工作表“任务”第5行", THIRD)], id="filtered rows"),
    pytest.param(group_rows, ["1"], [("工作表“任务”第4行", SECOND), ("工作表“任务”第5行", THIRD)], id="a folded group"),
    pytest.param(hide_column, ["1", "2", "3"], [("D2", "配合单位 市财政局 市财政局")], id="a column"),
    pytest.param(put("B4", "建设医院", ";;;"), ["1", "2", "3"], [("B4", "建设医院")], id="a format that shows nothing"),
]  # fmt: skip


@pytest.mark.parametrize(("edit", "numbers", "told"), HIDING)
def test_what_is_hidden_is_left_out_and_said(
    tmp_path: Path, edit: Edit, numbers: list[str], told: list[tuple[str, str]]
) -> None:
    lines = read_document(saved(tmp_path, edit))
    assert [row[0] for row in text(lines)] == numbers
    assert aside(lines) == [(place, words, HIDDEN) for place, words in told]


def test_what_has_no_height_or_width_is_hidden(tmp_path: Path) -> None:
    path = saved(tmp_path, lambda sheet: setattr(sheet.column_dimensions["D"], "width", 9))
    with zipfile.ZipFile(path) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
    flat = sheet.replace('<row r="4"', '<row r="4" ht="0" customHeight="1"').replace('width="9"', 'width="0"')
    assert [told[0] for told in aside(read_document(with_parts(path, {"xl/worksheets/sheet1.xml": flat})))] == [
        "工作表“任务”第4行",
        "D2",
    ]


def test_hidden_rows_and_sheets_are_told_with_their_places(tmp_path: Path) -> None:
    def drafts(sheet: Worksheet) -> None:
        assert sheet.parent is not None
        for name, state in (("草稿", "hidden"), ("WpsReserved_CellImgList", "veryHidden"), ("空表", "hidden")):
            other = sheet.parent.create_sheet(name)
            other.sheet_state = state
        sheet.parent["草稿"].append(["旧任务", "市档案局"])
        sheet.parent["WpsReserved_CellImgList"].append(["ID_1"])

    assert said(saved(tmp_path, hide_row, drafts))["hidden_left_out"] == (
        "文件中有 2 处内容是隐藏的，打开文件时看不到，没有采用："
        "工作表“任务”第4行“2 建设医院 市卫生健康委 市财政局 2026年…”、工作表“草稿”第1行“旧任务 市档案局”。"
    )


def test_of_a_joined_cell_what_is_seen_is_read(tmp_path: Path) -> None:
    def join(sheet: Worksheet) -> None:
        sheet.merge_cells("C3:D4")
        sheet.merge_cells("E3:E5")
        sheet.column_dimensions["C"].hidden = True
        sheet.row_dimensions[3].hidden = True

    assert text(read_document(saved(tmp_path, join))) == [
        ["2", "建设医院", "", "市教育局", "2026年9月底前"],
        ["3", "治理河道", "", "", "2026年9月底前"],
    ]


# What is struck out, and what stands out

STRIKE, BOLD = InlineFont(strike=True), InlineFont(b=True)


def strike_in_cell(sheet: Worksheet) -> None:
    sheet["D3"] = CellRichText("市财政局", TextBlock(STRIKE, "、市体育局"))


def strike_cell(sheet: Worksheet) -> None:
    sheet["D4"].font = Font(strike=True)


def strike_row(sheet: Worksheet) -> None:
    for cell in sheet[4]:
        cell.font = Font(strike=True)


def keep_one_run(sheet: Worksheet) -> None:
    sheet["D3"] = CellRichText(TextBlock(InlineFont(), "市科技局"), "、市财政局")
    sheet["D3"].font = Font(strike=True)


STRIKING = [
    pytest.param(strike_in_cell, "市财政局", [("D3", "、市体育局", STRUCK)], id="some words of a cell"),
    pytest.param(strike_cell, "市财政局", [("D4", "市财政局", STRUCK)], id="a cell"),
    pytest.param(keep_one_run, "市科技局", [("D3", "、市财政局", STRUCK)], id="all of a cell but one run"),
    pytest.param(strike_row, "市财政局", [("工作表“任务”第4行", SECOND, STRUCK)], id="a whole row, once"),
]


@pytest.mark.parametrize(("edit", "support", "told"), STRIKING)
def test_what_is_struck_out_is_left_out_and_said(
    tmp_path: Path, edit: Edit, support: str, told: list[tuple[str, str, str]]
) -> None:
    lines = read_document(saved(tmp_path, edit))
    assert text(lines)[0][3] == support
    assert aside(lines) == told
    assert all("市体育局" not in row for row in text(lines))


def test_words_that_stand_out_are_told_with_the_line(tmp_path: Path) -> None:
    def set_apart(sheet: Worksheet) -> None:
        sheet["C3"] = CellRichText(TextBlock(BOLD, "市教育局"), "、", TextBlock(InlineFont(u="single"), "市科技局"))
        sheet["C4"] = CellRichText(TextBlock(BOLD, "市卫生健康委"), TextBlock(BOLD, "、市财政局"))
        sheet["B2"].font = Font(b=True)

    lines = [line for line in read_document(saved(tmp_path, set_apart)) if line.emphasis]
    assert [(line.place.row, line.emphasis) for line in lines] == [(3, (("加粗", "市教育局"), ("下划线", "市科技局")))]


# What stands elsewhere, or nowhere

DRAWING = """<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:twoCellAnchor><xdr:from><xdr:col>2</xdr:col>
<xdr:colOff>0</xdr:colOff><xdr:row>6</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>4</xdr:col>
<xdr:row>9</xdr:row></xdr:to><xdr:sp><xdr:txBody><a:p><a:r><a:t>注：市发展改革委</a:t></a:r><a:r><a:t>统筹</a:t></a:r></a:p>
<a:p><a:r><a:t>按季调度</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:twoCellAnchor></xdr:wsDr>"""
RELATION = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing" '
    'Target="../drawings/drawing1.xml"/></Relationships>'
)


def with_parts(path: Path, parts: dict[str, str]) -> Path:
    """The workbook with parts added, or written anew."""
    with zipfile.ZipFile(path) as package:
        old = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w") as package:
        for name, content in {**old, **{name: part.encode() for name, part in parts.items()}}.items():
            package.writestr(name, content)
    return path


def test_a_text_box_is_said_with_its_place(tmp_path: Path) -> None:
    parts = {"xl/drawings/drawing1.xml": DRAWING, "xl/worksheets/_rels/sheet1.xml.rels": RELATION}
    path = with_parts(saved(tmp_path), parts)
    assert aside(read_document(path)) == [("C7", "文本框：注：市发展改革委统筹\n按季调度", NOT_READ)]
    assert said(path)["piece_not_read"] == (
        "文件中有 1 处内容没有读出：工作表“任务”C7“文本框：注：市发展改革委统筹 按季调度”。"
    )


def test_comments_failed_formulas_and_cells_far_off_are_said(tmp_path: Path) -> None:
    def edit(sheet: Worksheet) -> None:
        sheet["B3"].comment = Comment("请核对人数", "张三")
        sheet["D3"] = "=VLOOKUP(A3,Sheet9!A:B,2,0)"
        sheet["BZ4"] = "远处的话"

    assert aside(read_document(saved(tmp_path, edit))) == [
        ("D3", "公式 =VLOOKUP(A3,Sheet9!A:B,2,0) 没有结果", NOT_READ),
        ("BZ4", "远处的话", NOT_READ),
        ("B3", "请核对人数", COMMENT),
    ]


SHEET = """<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
<row r="1"><c r="A1" t="inlineStr"><is><t>云河市2026年任务表</t></is></c></row>
<row r="2"><c r="A2" t="inlineStr"><is><r><t>工作</t></r><r><t>任务</t></r><rPh sb="0" eb="1"><t>ｺｳ</t></rPh></is></c>
<c r="B2" t="inlineStr"><is><t>牵头单位</t></is></c></row>
<row r="3"><c r="A3" t="inlineStr"><is><t>办好学校</t><phoneticPr fontId="1"/></is></c>
<c r="B3" t="inlineStr"><is><r><rPr><strike/></rPr><t>市体育局</t></r><r><rPr><b/></rPr><t>市教育局</t></r></is></c>
<c r="C3" t="e"><v>#REF!</v></c></row></sheetData></worksheet>"""


def test_texts_written_into_the_cells_themselves(tmp_path: Path) -> None:
    lines = read_document(with_parts(saved(tmp_path), {"xl/worksheets/sheet1.xml": SHEET}))
    assert [line.text for line in lines if not line.aside] == [
        "云河市2026年任务表",
        "工作任务\t牵头单位",
        "办好学校\t市教育局\t",
    ]
    assert aside(lines) == [("C3", "#REF!（公式出错）", NOT_READ), ("B3", "市体育局", STRUCK)]


# Other formats


def test_an_old_workbook_tells_hidden_rows_columns_and_sheets(tmp_path: Path) -> None:
    row = record(0x208, struct.pack("<HHHHHHI", 2, 0, 4, 0, 0, 0, 0x20))
    column = record(0x7D, struct.pack("<HHHHH", 3, 3, 2048, 0, 1))
    note = record(0x5D, b"\x15\0\x12\0\x19\0\x01\0" + bytes(14))
    words = "请核对".encode("utf-16-le")
    note += record(0x1B6, bytes(10) + struct.pack("<HH", 3, 0) + bytes(4)) + record(0x3C, b"\1" + words)
    note += record(0x1C, struct.pack("<HHHH", 1, 1, 0, 1) + bytes(4))
    path = tmp_path / "计划.xls"
    path.write_bytes(as_xls({"任务": [HEAD, *ROWS], "_草稿": [["旧任务"]]}, {"任务": row + column + note}))
    lines = read_document(path)
    assert [line.text.split("\t")[0] for line in lines if not line.aside] == ["序号", "1", "3"]
    assert aside(lines) == [
        ("工作表“任务”第3行", SECOND, HIDDEN),
        ("D1", "配合单位 市财政局", HIDDEN),
        ("B2", "请核对", COMMENT),
        ("工作表“_草稿”第1行", "旧任务", HIDDEN),
    ]


def test_an_open_document_is_read(tmp_path: Path) -> None:
    path = tmp_path / "计划.ods"
    path.write_bytes(as_ods({"任务": [["云河市2026年任务表"], HEAD, *[[each or "" for each in row] for row in ROWS]]}))
    assert [task.lead for task in read(path).plan.tasks] == [("市教育局",), ("市卫生健康委",), ("市水利局",)]


@needs_libreoffice
@pytest.mark.slow
def test_all_formats_show_and_hide_the_same(tmp_path: Path) -> None:
    edits = (hide_row, strike_in_cell, put("E3", date(2026, 9, 1), 'yyyy"年"m"月"'), put("B5", 0.8, "0%"))
    book = saved(tmp_path, *edits, lambda sheet: setattr(sheet["B3"], "comment", Comment("请核对人数", "张三")))
    expected = read_document(book)
    assert {line.aside for line in expected} == {"", HIDDEN, STRUCK, COMMENT}
    for to in ("xls", "ods", "xlsx"):
        other = read_document(convert(tmp_path, to, [book])["计划"])
        assert [(line.text, line.aside) for line in other] == [(line.text, line.aside) for line in expected]


# What cannot be read


def test_a_binary_workbook_is_named_as_such(tmp_path: Path) -> None:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("xl/workbook.bin", b"\x83")
    path = tmp_path / "计划.xlsb"
    path.write_bytes(buffer.getvalue())
    with pytest.raises(
        DubanError,
        match=r"无法读取“计划\.xlsb”：这是 \.xlsb 格式的二进制工作簿。请用 Excel 或 WPS 打开，另存为 \.xlsx 后再导入。",
    ):
        read_document(path)


def test_too_many_rows_are_refused_and_one_far_below_is_read(tmp_path: Path) -> None:
    far = saved(tmp_path, put("B900000", "远处的话"))
    assert any(line.place.row == 900_000 for line in read_document(far))

    def fill(sheet: Worksheet) -> None:
        for row in range(6, 5_100):
            sheet.cell(row, 2, "任务")

    with pytest.raises(DubanError, match=r"工作表“任务”超过 5000 行。请删除多余的行后重新保存。"):
        read_document(saved(tmp_path, fill))


def test_a_workbook_that_hides_everything_is_refused_for_that(tmp_path: Path) -> None:
    def hide_all(sheet: Worksheet) -> None:
        for row in range(1, 6):
            sheet.row_dimensions[row].hidden = True

    with pytest.raises(DubanError) as caught:
        read_document(saved(tmp_path, hide_all))
    assert str(caught.value) == (
        "无法读取“计划.xlsx”：文件中的文字都是隐藏的，或者加了删除线。请取消隐藏、去掉删除线，保存后再导入。"
    )
