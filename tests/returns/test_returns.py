"""Reading what came back: any workbook to a Return of cells with places, or a sentence why not."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from builders.formats import as_ods, sheets_of
from builders.year import fill, issue_one, office_form, read_and_check, small_plan

from reporting.files.file_type import FileType, sniff
from reporting.files.package import repack, split_package
from reporting.model import Return, column_letters
from reporting.model.findings import Finding
from reporting.office.form import Form
from reporting.returns.reading.read import UnreadableError, read_return
from reporting.returns.reading.signature import read_properties

TASKS = "xl/worksheets/sheet2.xml"


@pytest.fixture(scope="module")
def filled(form: Form) -> bytes:
    """市教育局's workbook, well filled in."""
    return fill(BytesIO(issue_one(small_plan(), form)))


def read(data: bytes, form: Form, name: str = "填报表.xlsx") -> tuple[Return, list[Finding]]:
    return read_return(name, "0" * 64, data, sniff(data), form)


def refused(data: bytes, form: Form) -> Finding:
    with pytest.raises(UnreadableError) as caught:
        read(data, form)
    return caught.value.finding


def changed(data: bytes, part: str, change: Callable[[str], str]) -> bytes:
    parts = split_package(data)
    before = parts[part].decode()
    after = change(before)
    assert after != before, "the change did not happen"
    return repack(parts | {part: after.encode()})


def edited(data: bytes, edit: Callable[[Any], object]) -> bytes:
    book = openpyxl.load_workbook(BytesIO(data))
    edit(book)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def on_tasks(**values: Any) -> Callable[[Any], object]:
    """Put values into cells of 任务填报."""

    def edit(book: Any) -> None:
        for cell, value in values.items():
            book["任务填报"][cell].value = value

    return edit


# ---- what is read ----------------------------------------------------------------------------------------


def test_every_cell_has_its_text_and_its_place(filled: bytes, form: Form) -> None:
    sent, found = read(filled, form)
    assert not found
    assert sent.unit == "市教育局"
    assert (sent.task_sheet.part, sent.task_sheet.row) == ("任务填报", 6)
    assert (sent.target_sheet.part, sent.target_sheet.row) == ("量化指标", 4)
    assert sent.columns == set(form.task_fields)
    assert sent.target_columns == set(form.target_fields)
    assert [(row.number, row.place.row) for row in sent.rows] == [("1", 7), ("2", 8)]
    assert [(row.number, row.place.row) for row in sent.target_rows] == [("1-1", 5), ("1-2", 6)]
    progress = sent.rows[1].cells["progress"]
    assert (progress.raw, progress.value) == ("100", 100)
    assert (progress.place.file, progress.place.part, progress.place.cell) == ("填报表.xlsx", "任务填报", "I8")
    assert {key: (cell.raw, cell.place.cell) for key, cell in sent.header.items()} == {
        "unit": ("市教育局", "C3"),
        "year": ("2026", "F3"),
        "reporter": ("林晓", "H3"),
        "phone": ("62340011", "C4"),
        "auditor": ("周正", "F4"),
        "filled_on": ("2026-12-09", "H4"),
    }
    assert sent.header["filled_on"].value in (date(2026, 12, 9), datetime(2026, 12, 9))


def test_workbook_says_whose_it_is_and_what_it_asked_for(filled: bytes, form: Form) -> None:
    sent, _ = read(filled, form)
    assert (sent.signature.unit, sent.signature.year, sent.signature.form_version) == ("市教育局", "2026", "1")
    assert sent.signature.tasks == ("1", "2")


def without_meta(data: bytes) -> bytes:
    return edited(data, lambda book: book.remove(book["_meta"]))


def test_document_properties_say_the_same_when_the_hidden_sheet_is_gone(filled: bytes, form: Form) -> None:
    with_sheet, _ = read(filled, form)
    without, _ = read(without_meta(filled), form)
    assert without.signature == with_sheet.signature


def test_document_properties_are_read_as_each_program_writes_them(filled: bytes, form: Form) -> None:
    def rewrite(xml: str) -> str:
        """As LibreOffice does: the name last, the namespace declared once, no entities for Chinese."""
        plain = re.sub(r' xmlns:vt="[^"]*"', "", xml)
        return re.sub(r'(name="\w+") (fmtid="[^"]*" pid="\d+")', r"\2 \1", plain)

    as_openpyxl, _ = read(without_meta(filled), form)
    as_libreoffice, _ = read(changed(without_meta(filled), "docProps/custom.xml", rewrite), form)
    parts = split_package(issue_one(small_plan(), form))
    ours = repack({name: part for name, part in parts.items() if name != "xl/worksheets/sheet5.xml"})
    assert as_libreoffice.signature == as_openpyxl.signature
    assert as_openpyxl.signature.tasks == ("1", "2")
    assert read_properties(ours) == as_openpyxl.signature


def test_workbook_without_either_is_known_by_the_block_above_the_table(filled: bytes, form: Form) -> None:
    parts = split_package(without_meta(filled))
    parts["docProps/custom.xml"] = b"<Properties/>"
    sent, _ = read(repack(parts), form)
    assert (sent.unit, sent.signature.unit) == ("市教育局", "")


def test_check_column_is_never_read(filled: bytes, form: Form) -> None:
    sent, _ = read(edited(filled, on_tasks(P7="缺完成状态；", P12="多余")), form)
    assert len(sent.rows) == 2
    assert not any("缺完成状态；" in cell.raw for row in sent.rows for cell in row.cells.values())


def test_line_breaks_of_windows_become_plain_ones(filled: bytes, form: Form) -> None:
    sent, _ = read(edited(filled, on_tasks(J7="第一行\r\n第二行_x000D_\n第三行")), form)
    assert sent.rows[0].raw("result") == "第一行\n第二行\n第三行"


def test_copy_of_the_sheet_beside_it_does_not_count(filled: bytes, form: Form) -> None:
    def edit(book: Any) -> None:
        copy = book.copy_worksheet(book["任务填报"])
        copy.title = "任务填报 (2)"
        copy["H7"].value = "滞后"
        book.move_sheet(copy, -4)

    sent, findings = read(edited(filled, edit), form)
    assert sent.task_sheet.part == "任务填报"
    assert sent.rows[0].raw("status") == "已完成"
    (finding,) = findings
    assert (finding.kind.code, finding.place.part, finding.place.cell) == ("table_is_single", "任务填报", "H7")
    assert finding.message == (
        "“任务填报 (2)”表另有一份填报内容，有 1 格与“任务填报”表不同（如 H7 完成状态“滞后”），没有读取。"
    )


@pytest.mark.parametrize("emptied", [False, True])
def test_copy_of_the_sheet_that_says_nothing_else_is_nobodys_concern(emptied: bool, filled: bytes, form: Form) -> None:
    def edit(book: Any) -> None:
        copy = book.copy_worksheet(book["任务填报"])
        for cells in copy["H7:O8"] if emptied else ():
            for cell in cells:
                cell.value = None

    assert read(edited(filled, edit), form)[1] == []


def test_headings_are_found_whatever_their_width_blanks_and_line_breaks(filled: bytes, form: Form) -> None:
    sent, found = read(edited(filled, on_tasks(I6="完成进度\n（％）", H6=" 完成 状态 ", A6="任务\n编号")), form)
    assert not found
    assert sent.columns == set(form.task_fields)


def test_three_hundred_blank_formatted_rows_are_no_rows(filled: bytes, form: Form) -> None:
    letters = [column_letters(column) for column in range(1, 17)]
    rows = "".join(
        f'<row r="{row}">{"".join(f"""<c r="{letter}{row}" s="5"/>""" for letter in letters)}</row>'
        for row in range(9, 309)
    )
    data = changed(filled, TASKS, lambda xml: xml.replace("</sheetData>", f"{rows}</sheetData>"))
    sent, findings = read_and_check(data, form)
    assert len(sent.rows) == 2
    assert not findings


def test_wrong_dimension_does_not_hide_rows(filled: bytes, form: Form) -> None:
    data = changed(filled, TASKS, lambda xml: re.sub('<dimension ref="[^"]*"', '<dimension ref="A1"', xml))
    assert [row.number for row in read(data, form)[0].rows] == ["1", "2"]


def test_workbook_called_xls_is_read_for_what_it_is(filled: bytes, form: Form) -> None:
    sent, found = read(filled, form, "填报表(最终版).xls")
    assert not found
    assert sent.rows[0].place.file == "填报表(最终版).xls"


# ---- percentages and formulas ----------------------------------------------------------------------------


def percent(cell: str, value: float, number_format: str, sheet: str = "任务填报") -> Callable[[Any], object]:
    def edit(book: Any) -> None:
        book[sheet][cell].value = value
        book[sheet][cell].number_format = number_format

    return edit


@pytest.mark.parametrize(
    ("value", "number_format", "raw"),
    [
        (0.85, "0%", "85%"),
        (0.855, "0.0%", "85.5%"),
        (1, "0.00%", "100%"),
        (1.2, "0%", "120%"),
        (0, "0%", "0"),
        (85, "0", "85"),
        (0.85, "General", "0.85"),
    ],
)
def test_percentage_is_what_the_cell_shows(
    value: float, number_format: str, raw: str, filled: bytes, form: Form
) -> None:
    sent, _ = read(edited(filled, percent("I7", value, number_format)), form)
    assert sent.rows[0].raw("progress") == raw


def test_figure_of_a_target_in_per_cent_is_what_the_cell_shows(filled: bytes, form: Form) -> None:
    sent, findings = read_and_check(edited(filled, percent("F6", 0.085, "0.0%", "量化指标")), form)
    assert not findings
    assert (sent.target_rows[1].raw("value"), sent.target_rows[1].value("value")) == ("8.5%", 8.5)


def test_a_percentage_where_things_are_counted_is_not_taken_for_its_hundredth(filled: bytes, form: Form) -> None:
    sent, findings = read_and_check(edited(filled, percent("F5", 0.16, "0%", "量化指标")), form)
    assert sent.target_rows[0].raw("value") == "16%"
    assert [(each.kind.code, each.place.cell) for each in findings if each.is_error] == [("target_has_its_unit", "F5")]


def test_share_of_one_without_a_percent_format_is_asked_about_and_never_guessed(filled: bytes, form: Form) -> None:
    _, findings = read_and_check(edited(filled, percent("I7", 0.85, "General")), form)
    assert [(each.kind.code, each.message) for each in findings] == [
        ("figure_is_exact", "完成进度(%)“0.85”可能是以 1 为百分之百的比例，也可能是 0.85%，暂按 85 登记。")
    ]


def with_error(cell: str, error: str, sheet: str = "任务填报") -> Callable[[Any], object]:
    def edit(book: Any) -> None:
        book[sheet][cell].value = error
        book[sheet][cell].data_type = "e"

    return edit


@pytest.mark.parametrize("error", ["#REF!", "#DIV/0!", "#N/A", "#NAME?", "#VALUE!"])
def test_failed_formula_is_said_with_what_the_cell_shows(error: str, filled: bytes, form: Form) -> None:
    sent, (finding,) = read(edited(filled, with_error("N8", error)), form)
    assert sent.rows[1].raw("self_score") == error
    assert (finding.kind.code, finding.place.cell, finding.task) == ("formula_gives_a_value", "N8", "2")
    assert finding.message == f"自评分是公式，结果为“{error}”。"


def test_failed_formula_in_the_check_column_is_nobodys_mistake(filled: bytes, form: Form) -> None:
    sent, findings = read_and_check(edited(filled, with_error("P7", "#NAME?")), form)
    assert not findings
    assert len(sent.rows) == 2


@pytest.mark.parametrize("formula", ["=SUM(A1:A3)", "=1+2", "=字典!A1", "=I8"])
def test_formula_whose_result_the_file_does_not_hold_is_said(formula: str, filled: bytes, form: Form) -> None:
    sent, findings = read_and_check(edited(filled, on_tasks(I7=formula)), form)
    found = [(each.kind.code, each.place.cell, each.values["found"]) for each in findings if each.is_error]
    assert found == [("formula_has_a_result", "I7", formula)]
    assert sent.rows[0].value("progress") is None


def test_formula_in_the_block_is_said_as_well(filled: bytes, form: Form) -> None:
    _, findings = read_and_check(edited(filled, on_tasks(H4="=TODAY()")), form)
    assert ("formula_has_a_result", "H4") in [(each.kind.code, each.place.cell) for each in findings]


@pytest.mark.parametrize("text", ["= 完成", "=", "==重点==", "=完成全部事项"])
def test_text_that_begins_with_the_sign_of_equality_is_a_text(text: str, filled: bytes, form: Form) -> None:
    def edit(book: Any) -> None:
        book["任务填报"]["O7"].value = text
        book["任务填报"]["O7"].data_type = "s"

    sent, findings = read_and_check(edited(filled, edit), form)
    assert not [each for each in findings if each.kind.code.startswith("formula")]
    assert sent.rows[0].raw("remark") == text


def test_picture_inside_a_cell_is_said_to_be_one(filled: bytes, form: Form) -> None:
    data = changed(
        filled,
        TASKS,
        lambda xml: re.sub(
            r'<c r="J7" s="(\d+)".*?</c>',
            r'<c r="J7" s="\1" t="str"><f>_xlfn.DISPIMG("ID_0A",1)</f><v>=DISPIMG("ID_0A",1)</v></c>',
            xml,
        ),
    )
    _, findings = read_and_check(data, form)
    assert [(each.kind.code, each.place.cell, each.message) for each in findings] == [
        ("text_is_not_a_picture", "J7", "完成情况里插入的是图片，读不到图片中的文字。")
    ]


# ---- what is refused -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "column", "address"),
    [(1_048_576, 16_384, "XFD1048576"), (1_000_000, 10, "J1000000"), (8, 16_384, "XFD8"), (6000, 1, "A6000")],
)
def test_stray_cell_is_said_with_its_address_and_the_rest_is_read(
    row: int, column: int, address: str, filled: bytes, form: Form
) -> None:
    data = edited(filled, lambda book: book["任务填报"].cell(row, column, "误填"))
    sent, findings = read_and_check(data, form)
    assert [(each.kind.code, str(each.kind.severity), each.place.part, each.place.cell) for each in findings] == [
        ("sheet_is_within_bounds", "note", "任务填报", address)
    ]
    assert findings[0].message == f"“任务填报”表的 {address} 单元格有内容“误填”，离填报的表格太远，没有读取。"
    assert [each.raw("result") for each in sent.rows] == [each.raw("result") for each in read(filled, form)[0].rows]


def test_stray_cell_on_a_sheet_that_is_not_ours_is_nobodys_mistake(filled: bytes, form: Form) -> None:
    data = edited(filled, lambda book: book.create_sheet("草稿").cell(1_048_576, 16_384, "x"))
    assert read_and_check(data, form)[1] == ()


def test_task_far_below_the_others_is_read_with_its_address(filled: bytes, form: Form) -> None:
    def move(book: Any) -> None:
        sheet = book["任务填报"]
        for column in range(1, 16):
            sheet.cell(1_000_000, column).value = sheet.cell(8, column).value
            sheet.cell(8, column).value = None

    sent, findings = read_and_check(edited(filled, move), form)
    assert findings == ()
    assert [(each.number, each.place.row) for each in sent.rows] == [("1", 7), ("2", 1_000_000)]
    assert sent.rows[1].cells["result"].place.cell == "J1000000"


def test_of_many_stray_cells_ten_are_named_and_the_rest_counted(filled: bytes, form: Form) -> None:
    def scatter(book: Any) -> None:
        for row in range(900_000, 900_030):
            book["任务填报"].cell(row, 300, "x")

    _, findings = read_and_check(edited(filled, scatter), form)
    assert [each.kind.code for each in findings] == ["sheet_is_within_bounds"] * 11
    assert "还有 20 处内容" in findings[-1].message


def test_columns_formatted_to_the_end_of_the_sheet_are_no_content(filled: bytes, form: Form) -> None:
    cells = "".join(f'<c r="{column_letters(column)}7" s="1"/>' for column in range(17, 16_385))
    data = changed(
        filled,
        TASKS,
        lambda xml: re.sub(r'(<c r="O7".*?</c>|<c r="O7"[^>]*/>)(.*?)</row>', rf"\1\2{cells}</row>", xml, count=1),
    )
    sent, findings = read_and_check(data, form)
    assert findings == ()
    assert len(sent.rows) == 2


def test_workbook_without_our_table_says_which_sheets_it_has(form: Form) -> None:
    book = openpyxl.Workbook()
    first: Any = book.active
    first.title = "工作总结"
    first.append(["任务编号", "完成状态"])
    book.create_sheet("附件")
    saved = BytesIO()
    book.save(saved)
    finding = refused(saved.getvalue(), form)
    assert finding.kind.code == "sheet_is_there"
    assert finding.values["found"] == "工作总结、附件"
    assert finding.remedy == "请在下发的填报表中填写后报送，不要另做表格，也不要删改表头。"


def test_missing_column_is_one_finding_and_not_one_for_each_row(filled: bytes, form: Form) -> None:
    _, findings = read_and_check(edited(filled, lambda book: book["任务填报"].delete_cols(9)), form)
    assert [each.message for each in findings] == ["表中没有“完成进度(%)”这一列。"]


def test_missing_column_of_the_targets_is_said_as_well(filled: bytes, form: Form) -> None:
    _, findings = read_and_check(edited(filled, lambda book: book["量化指标"].delete_cols(6)), form)
    assert [(each.message, each.place.part) for each in findings] == [("表中没有“完成值”这一列。", "量化指标")]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        pytest.param(b"PK\x03\x04" + bytes(200), FileType.XLSX, id="a damaged package"),
        pytest.param(b"", FileType.XLSX, id="nothing"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), FileType.XLS, id="a damaged .xls"),
        pytest.param(b"<html>", FileType.XLS, id="a web page"),
        pytest.param(repack({"xl/workbook.xml": b"<workbook/>"}), FileType.XLSX, id="a package without sheets"),
        pytest.param(repack({"xl/workbook.bin": b""}), FileType.XLSX, id="a binary workbook"),
        pytest.param(repack({"mimetype": b"x", "content.xml": b"<a"}), FileType.ODS, id="a damaged .ods"),
    ],
)
def test_what_cannot_be_read_is_a_sentence(data: bytes, kind: FileType, form: Form) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_return("x.xlsx", "", data, kind, form)
    finding = caught.value.finding
    assert finding.kind.code in ("file_is_readable", "sheet_is_there")
    assert finding.message == str(caught.value)
    assert finding.remedy.endswith("。")


def damaged(data: bytes, chance: random.Random) -> bytes:
    """One part of a package changed at random, in a package that is otherwise whole."""
    parts = split_package(data)
    name = chance.choice([each for each in parts if each.startswith("xl/") and each.endswith((".xml", ".rels"))])
    part = bytearray(parts[name])
    at = chance.randrange(len(part))
    if chance.random() < 0.3:
        del part[at : at + chance.randrange(1, 200)]
    elif chance.random() < 0.5:
        part = part[:at]
    else:
        for _ in range(chance.choice([1, 5, 20])):
            part[chance.randrange(len(part))] = chance.choice(b'0123456789<>"/-A')
    return repack(parts | {name: bytes(part)})


@pytest.mark.slow
def test_damage_of_any_kind_is_read_or_refused_and_nothing_else(filled: bytes, form: Form) -> None:
    chance = random.Random(2026)
    outcomes = set()
    for _ in range(250):
        try:
            sent, _ = read_return("x.xlsx", "", damaged(filled, chance), FileType.XLSX, form)
            outcomes.add(type(sent).__name__)
        except UnreadableError as error:
            outcomes.add(error.finding.kind.code)
    assert outcomes <= {"Return", "file_is_readable", "sheet_is_there"}
    assert {"Return", "file_is_readable"} <= outcomes


# ---- other kinds of workbook -----------------------------------------------------------------------------


def test_opendocument_return_says_the_same(filled: bytes, form: Form) -> None:
    data = as_ods(sheets_of(filled))
    assert sniff(data) is FileType.ODS
    sent, findings = read_and_check(data, form)
    assert [each.kind.code for each in findings] == []
    assert sent.signature == read(filled, form)[0].signature
    assert sent.rows[0].cells["progress"].place.cell == "I7"


def test_opendocument_rows_repeated_to_the_end_of_the_sheet_do_no_harm(filled: bytes, form: Form) -> None:
    after = (
        '<table:table-row table:number-rows-repeated="1048560">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    sent, findings = read_and_check(as_ods(sheets_of(filled), after), form)
    assert len(sent.rows) == 2
    assert not findings


# ---- the form may differ ---------------------------------------------------------------------------------


def test_column_an_office_added_is_read_by_its_heading() -> None:
    own = office_form()
    data = fill(BytesIO(issue_one(small_plan(), own)), {"1": {"风险等级": "高", "投入经费(万元)": 12.5}})
    sent, _ = read(data, own)
    assert (sent.rows[0].raw("risk"), sent.rows[0].cells["cost"].value) == ("高", 12.5)
    assert sent.rows[0].cells["cost"].place.cell == "Q7"
