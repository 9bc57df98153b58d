"""The return workbook as a department gets it: contract, protection, look, live check; and the correction."""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from builders.libreoffice import convert, needs_libreoffice
from builders.year import (
    GOOD_ROW,
    expected_of,
    fill,
    issue_one,
    office_form,
    read_and_check,
    recipient_of,
    small_plan,
    writer_of,
)
from lxml import etree  # type: ignore[import-untyped]

from reporting.files.file_type import FileType, sniff
from reporting.model import Plan, Return, Signature
from reporting.model.findings import Severity
from reporting.office.form import Form
from reporting.returns.check import check_returns
from reporting.returns.reading.read import UnreadableError, read_return
from reporting.returns.workbook.live import target_helpers, task_helpers
from reporting.returns.workbook.marks import Correction
from reporting.returns.workbook.stamp import is_signed, sign

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
NEW_DUE = date(2026, 12, 25)

TASK_HEADINGS = (
    *("任务编号", "类别", "工作内容", "角色", "牵头单位", "配合单位", "完成时限"),
    *("完成状态", "完成进度(%)", "完成情况", "存在问题及原因", "下一步计划", "佐证材料", "自评分", "备注"),
    "填报检查",
)
TARGET_HEADINGS = ("指标编号", "任务编号", "指标名称", "目标值", "计量单位", "完成值", "数据截止日期", "说明")


def open_book(data: bytes) -> Any:
    return openpyxl.load_workbook(BytesIO(data))


def values_of(sheet: Any, cells: str) -> list[list[Any]]:
    return [[cell.value for cell in line] for line in sheet[cells]]


@pytest.fixture(scope="module")
def data(form: Form) -> bytes:
    """市教育局's workbook: leads task 1 with two targets, supports task 2."""
    return issue_one(small_plan(), form)


@pytest.fixture(scope="module")
def book(data: bytes) -> Any:
    return open_book(data)


# ---- contract --------------------------------------------------------------------------------------------


def test_sheets_stand_in_the_order_of_the_contract(book: Any) -> None:
    assert book.sheetnames == ["填报说明", "任务填报", "量化指标", "字典", "_meta"]
    assert [sheet.sheet_state for sheet in book] == [*["visible"] * 3, "hidden", "veryHidden"]
    assert book.active.title == "填报说明"


def test_unit_without_targets_has_no_sheet_for_them(form: Form) -> None:
    without = open_book(issue_one(small_plan(), form, "市司法局"))
    assert without.sheetnames == ["填报说明", "任务填报", "字典", "_meta"]
    assert "量化指标" not in str(without["任务填报"]["A2"].value)


def test_headings_are_exactly_those_of_the_contract(book: Any) -> None:
    assert values_of(book["任务填报"], "A6:P6") == [list(TASK_HEADINGS)]
    assert values_of(book["量化指标"], "A4:H4") == [list(TARGET_HEADINGS)]
    assert (book["任务填报"].max_column, book["量化指标"].max_column) == (16, 8)


def test_block_has_each_label_with_its_cell_to_the_right(book: Any) -> None:
    assert values_of(book["任务填报"], "B3:H3") == [["填报单位", "市教育局", None, "填报年度", 2026, "填报人", None]]
    assert values_of(book["任务填报"], "B4:H4") == [["联系电话", None, None, "审核人", None, "填报日期", None]]


def test_rows_say_what_the_plan_says_lead_first(book: Any) -> None:
    content = "建立校园知识产权教育协调机制，培育试点学校6所以上，培训教师增长8%以上。"
    assert values_of(book["任务填报"], "A7:G8") == [
        [1, "一、夯实基础", content, "牵头", "市教育局", "市司法局", "2026年12月底前"],
        [*(2, "一、夯实基础", "开展普法宣传，每季度一次。", "配合"), *("市司法局", "市教育局、各有关单位", "持续推进")],
    ]
    assert values_of(book["任务填报"], "H7:O8") == [[None] * 8] * 2
    assert values_of(book["量化指标"], "A5:H6") == [
        ["1-1", 1, "试点学校", "≥6", "所", None, None, None],
        ["1-2", 1, "培训教师", "增长≥8", "%", None, None, None],
    ]


@pytest.mark.parametrize(
    ("sheet", "open_cells", "locked_cells"),
    [
        ("任务填报", ["H7:O8", "H3:I3", "C4", "F4", "H4"], ["A7:G8", "A6:P6", "P7:P8", "C3", "F3", "A1", "A2"]),
        ("量化指标", ["F5:H6"], ["A5:E6", "A4:H4"]),
    ],
)
def test_only_what_the_department_fills_in_is_unlocked(
    book: Any, sheet: str, open_cells: list[str], locked_cells: list[str]
) -> None:
    def locks(areas: list[str]) -> set[bool]:
        cells = [book[sheet][area] for area in areas]
        flat = [c for area in cells for line in (area if isinstance(area, tuple) else ((area,),)) for c in line]
        return {cell.protection.locked for cell in flat}

    assert locks(open_cells) == {False}
    assert locks(locked_cells) == {True}


@pytest.mark.parametrize("sheet", ["任务填报", "量化指标"])
def test_protection_has_no_password_and_allows_daily_work(book: Any, sheet: str) -> None:
    protection = book[sheet].protection
    assert protection.sheet
    assert protection.password is None
    allowed = ("sort", "autoFilter", "formatRows", "formatColumns", "formatCells", "insertRows")
    assert {name: getattr(protection, name) for name in allowed} == dict.fromkeys(allowed, False)


def test_drop_down_takes_its_list_from_the_sheet_of_lists_and_warns_only(book: Any, form: Form) -> None:
    rules = {str(rule.sqref): rule for rule in book["任务填报"].data_validations.dataValidation}
    status = rules["H7:H8"]
    assert (status.type, status.formula1, status.errorStyle) == ("list", "status_list", "warning")
    assert book.defined_names["status_list"].attr_text == "字典!$A$2:$A$10"
    assert [line[0] for line in values_of(book["字典"], "A2:A10")] == list(form.statuses)
    progress = rules["I7:I8"]
    assert (progress.type, progress.formula1, progress.formula2) == ("decimal", "0.0", "100.0")
    assert progress.errorStyle == "warning"


@pytest.mark.parametrize("sheet", ["任务填报", "量化指标"])
def test_no_drop_down_is_a_literal_list_and_no_hint_is_longer_than_excel_takes(book: Any, sheet: str) -> None:
    rules = book[sheet].data_validations.dataValidation
    assert rules
    for rule in rules:
        assert '"' not in (rule.formula1 or "")
        assert len(rule.prompt or "") <= 255
        assert len(rule.error or "") <= 225
        assert len(rule.promptTitle or "") <= 32


def test_what_is_missing_is_coloured_by_the_conditions_of_the_check_column(book: Any) -> None:
    marks = {
        str(area.sqref): [rule.formula[0] for rule in rules]
        for area, rules in book["任务填报"].conditional_formatting._cf_rules.items()
    }
    assert {"H7:H8", "I7:I8", "J7:J8", "K7:K8", "L7:L8", "H3", "C4", "F4", "P7:P8"} <= marks.keys()
    said = "".join(str(cell.value) for cell in book["_meta"][6])
    for area in ("H7:H8", "I7:I8", "J7:J8", "K7:K8", "L7:L8"):
        for condition in marks[area]:
            words = re.fullmatch(r'ISNUMBER\(FIND\("；(.+；)","；"&\$P7\)\)', condition)
            assert words is not None
            assert f'"{words[1]}"' in said
    targets = book["量化指标"].conditional_formatting._cf_rules
    assert {str(area.sqref) for area in targets} == {"F5:F6", "H5:H6"}


@pytest.mark.parametrize(("sheet", "titles", "frozen"), [("任务填报", "$6:$6", "D7"), ("量化指标", "$4:$4", "C5")])
def test_sheet_prints_on_a4_across_with_its_headings_on_every_page(
    book: Any, sheet: str, titles: str, frozen: str
) -> None:
    page = book[sheet]
    assert (page.page_setup.paperSize, page.page_setup.orientation) == (9, "landscape")
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 0)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.print_title_rows == titles
    assert page.oddFooter.right.text == "第 &P 页 共 &N 页"
    assert page.oddFooter.left.text.startswith("填报单位（盖章）：")
    assert page.freeze_panes == frozen


def test_filter_covers_the_table_and_no_more(book: Any) -> None:
    assert book["任务填报"].auto_filter.ref == "A6:P8"
    assert book["任务填报"].print_area == "'任务填报'!$A$1:$O$8"


def test_meta_sheet_and_document_properties_say_the_same(book: Any, data: bytes) -> None:
    pairs = [(line[0], line[1]) for line in values_of(book["_meta"], "A1:B7")]
    words = dict(pairs)
    assert [key for key, _ in pairs] == ["plan", "year", "unit", "form_version", "signature", "task", "task"]
    assert (words["plan"], words["year"], words["unit"]) == ("0" * 32, "2026", "市教育局")
    properties = {each.name: each.value for each in book.custom_doc_props.props}
    assert properties == {
        "duban_plan": words["plan"],
        "duban_year": "2026",
        "duban_unit": "市教育局",
        "duban_form_version": words["form_version"],
        "duban_signature": words["signature"],
        "duban_tasks_1": "1,2",
    }
    meta = Signature("0" * 32, "2026", "市教育局", "1", ("1", "2"), words["signature"])
    assert is_signed(meta, b"secret")
    assert not is_signed(meta, b"another office")
    assert not is_signed(replace(meta, unit="市司法局"), b"secret")
    assert b"secret" not in data


def test_many_tasks_are_spread_over_properties_that_office_programs_keep(form: Form) -> None:
    plan = small_plan()
    tasks = tuple(replace(plan.tasks[1], number=f"{n}.{m}") for n in range(1, 21) for m in range(1, 11))
    data = issue_one(replace(plan, tasks=tasks), form)
    properties = {each.name: each.value for each in open_book(data).custom_doc_props.props}
    pieces = [value for name, value in properties.items() if name.startswith("duban_tasks_")]
    assert len(pieces) > 1
    assert max(map(len, pieces)) <= 255
    assert "".join(pieces).split(",") == [task.number for task in tasks]


def test_same_content_is_the_same_file_to_the_byte(form: Form, data: bytes) -> None:
    assert issue_one(small_plan(), form) == data
    other = replace(small_plan(), title="另一个方案")
    assert issue_one(other, form) != data


def formulas(book: Any) -> dict[str, str]:
    return {
        f"{sheet.title}!{cell.coordinate}": cell.value
        for sheet in book
        for line in sheet.iter_rows()
        for cell in line
        if cell.data_type == "f"
    }


OUR_FORMULAS = {"任务填报!A2", "任务填报!P7", "任务填报!P8", "量化指标!A2"}
OUR_FORMULAS |= {f"_meta!D{row}" for row in (1, 2, 3, 4)}


def test_no_formula_stands_anywhere_but_in_the_check_column_and_the_sums_of_it(book: Any) -> None:
    found = set(formulas(book))
    assert found >= OUR_FORMULAS
    assert all(re.fullmatch(r"_meta!(D|A[E-Z]|B[A-Z])[6-9]", each) for each in found - OUR_FORMULAS)


def test_formulas_show_something_before_anybody_recalculates(data: bytes) -> None:
    shown = openpyxl.load_workbook(BytesIO(data), data_only=True)["任务填报"]
    assert shown["A2"].value == "填报检查：请填写黄色单元格。"
    assert shown["P7"].value == "缺完成状态；缺完成进度(%)；缺完成情况；"


def test_the_formula_of_a_row_is_short_and_so_are_those_behind_it(form: Form, book: Any) -> None:
    assert [book["任务填报"][f"P{row}"].value for row in (7, 8)] == ["='_meta'!$D6", "='_meta'!$D7"]
    for helpers in (task_helpers(form), target_helpers(form)):
        assert len(helpers.says) < 200
        assert max(len(formula) for formula in helpers.columns.values()) < 1400


def test_quotes_in_words_of_the_office_do_not_break_the_formula(form: Form) -> None:
    cost = office_form().task_fields["cost"].model_copy(update={"heading": '投入"专项"经费'})
    own = Form.model_validate(form.model_dump() | {"task": (*form.task, cost)})
    formulas = task_helpers(own).columns.values()
    assert any('"缺投入""专项""经费；"' in formula for formula in formulas)
    assert all(formula.count('"') % 2 == 0 for formula in formulas)


def test_status_list_without_a_kind_of_progress_leaves_no_empty_or(form: Form) -> None:
    statuses = tuple(each for each in form.status if each.progress != "part")
    own = form.model_validate(form.model_dump() | {"status": statuses})
    assert not any("OR()" in formula for formula in task_helpers(own).columns.values())


# ---- text stays text -------------------------------------------------------------------------------------

HOSTILE = ["=1+1", "+86 20 1234", "-完成", "@张三", '=HYPERLINK("http://x","y")', '<b>&amp;"', "第一行\n第二行"]


def hostile_plan(words: str) -> Plan:
    plan = small_plan()
    first, *rest = plan.tasks
    goal = replace(first.targets[0], name=words)
    return replace(plan, tasks=(replace(first, content=words, path=(words,), targets=(goal,)), *rest))


@pytest.mark.parametrize("words", HOSTILE)
def test_words_of_the_plan_stay_text_in_the_issued_workbook(words: str, form: Form) -> None:
    book = open_book(issue_one(hostile_plan(words), form))
    for cell in (book["任务填报"]["C7"], book["任务填报"]["B7"], book["量化指标"]["C5"]):
        assert (cell.value, cell.data_type) == (words, "s")
    assert set(formulas(book)) >= OUR_FORMULAS


@pytest.mark.parametrize("words", HOSTILE)
def test_words_of_a_department_stay_text_in_the_correction(words: str, form: Form) -> None:
    def edit(book: Any) -> None:
        for cell in ("J7", "H8"):
            book["任务填报"][cell].value = words
            book["任务填报"][cell].data_type = "s"

    book = open_book(correct(fill(BytesIO(issue_one(small_plan(), form)), edit=edit), form))
    assert (book["任务填报"]["J7"].value, book["任务填报"]["J7"].data_type) == (words, "s")
    assert (book["任务填报"]["H8"].value, book["任务填报"]["H8"].data_type) == (words, "s")
    assert book["问题清单"]["G4"].value == words
    # one formula of ours for each problem listed, whether it was dealt with
    others = {each for each in formulas(book) if not each.startswith("_meta!")}
    assert others - OUR_FORMULAS <= {"问题清单!J4", "问题清单!J5"}


def test_control_characters_in_the_plan_are_left_out_and_are_no_change_when_it_comes_back(form: Form) -> None:
    plan = hostile_plan("建立\x01机\x0b制\x1f，\ud800定期\uffff会商。")
    data = issue_one(plan, form)
    assert open_book(data)["任务填报"]["C7"].value == "建立机\n制，定期会商。"
    plan = hostile_plan("建立\x01机\x0b制\x1f，定期会商。")
    _, findings = read_and_check(fill(BytesIO(issue_one(plan, form))), form, plan=plan)
    assert [each.kind.code for each in findings] == []


def parts_of(data: bytes) -> Iterator[tuple[str, Any]]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            yield name, etree.fromstring(archive.read(name))


XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def test_every_part_is_well_formed_and_line_breaks_stay(form: Form) -> None:
    plan = hostile_plan("第一行\n第二行")
    issued = issue_one(plan, form)
    corrected = correct(fill(BytesIO(issued), {"1": {"完成状态": "甲\n乙"}}), form, plan=plan)
    for data, sheet, words in ((issued, 2, "第一行\n第二行"), (corrected, 3, "甲\n乙")):
        tasks = dict(parts_of(data))[f"xl/worksheets/sheet{sheet}.xml"]
        texts = {each.text: each.get(XML_SPACE) for each in tasks.iter(f"{MAIN}t")}
        assert texts[words] == "preserve"


def test_package_lists_every_part_once_and_its_content_types_first(data: bytes) -> None:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        names = archive.namelist()
    assert names[0] == "[Content_Types].xml"
    assert len(set(names)) == len(names)
    types = dict(parts_of(data))["[Content_Types].xml"]
    overrides = [each.get("PartName") for each in types if each.get("PartName")]
    assert len(set(overrides)) == len(overrides)
    assert {name.lstrip("/") for name in overrides} <= set(names)


# ---- correction ------------------------------------------------------------------------------------------


def correct(data: bytes, form: Form, unit: str = "市教育局", plan: Plan | None = None) -> bytes:
    """The correction of a filled-in workbook, as ``collect`` writes it."""
    plan = plan or small_plan()
    sent, findings = read_and_check(data, form, unit, plan)
    correction = Correction(sent, findings, NEW_DUE)
    return writer_of(plan, form).correction(recipient_of(plan, unit), correction)


ERR: dict[str, dict[str, Any]] = {
    "1": {"完成状态": "滞后", "完成进度(%)": 1200, "下一步计划": "明年完成。", "自评分": 95, "备注": "0012"},
    "2": {"完成状态": "快了", "完成进度(%)": "１００", "完成情况": "开展宣传四次。\n覆盖万人。"},
}


def filled(form: Form, **changes: Any) -> bytes:
    return fill(BytesIO(issue_one(small_plan(), form)), **changes)


@pytest.fixture(scope="module")
def corrected(form: Form) -> Any:
    """The correction of a return with errors on every sheet."""
    targets = {"1-1": "12亿元", "1-2": {6: 8.5, 7: date(2026, 11, 30), 8: "按备案人数统计"}}
    header = {"审核人": None, "填报日期": "2026年12月9日"}
    return open_book(correct(filled(form, rows=ERR, targets=targets, header=header), form))


def test_correction_opens_on_the_list_of_problems(corrected: Any) -> None:
    assert corrected.sheetnames == ["填报说明", "问题清单", "任务填报", "量化指标", "字典", "_meta"]
    assert corrected.active.title == "问题清单"


def test_values_of_the_department_are_there_as_typed(corrected: Any) -> None:
    sheet = corrected["任务填报"]
    assert values_of(sheet, "H7:O8") == [
        ["滞后", 1200, GOOD_ROW["完成情况"], None, "明年完成。", GOOD_ROW["佐证材料"], 95, "0012"],
        ["快了", 100, "开展宣传四次。\n覆盖万人。", None, None, GOOD_ROW["佐证材料"], None, None],
    ]
    assert sheet["I7"].data_type == "n"
    assert sheet["O7"].data_type == "s"
    assert values_of(sheet, "B3:H4") == [
        ["填报单位", "市教育局", None, "填报年度", 2026, "填报人", "林晓"],
        ["联系电话", "62340011", None, "审核人", None, "填报日期", "2026年12月9日"],
    ]
    assert values_of(corrected["量化指标"], "F5:H6") == [
        ["12亿元", None, None],
        [8.5, datetime(2026, 11, 30), "按备案人数统计"],
    ]
    assert corrected["量化指标"]["G6"].number_format == "yyyy-mm-dd"


ERROR_CELLS = {("任务填报", cell) for cell in ("F4", "I7", "K7", "H8")} | {("量化指标", "F5")}


def test_error_cells_and_no_others_are_filled_in_the_colour_of_errors(corrected: Any, form: Form) -> None:
    found = {
        (sheet.title, cell.coordinate)
        for sheet in (corrected["任务填报"], corrected["量化指标"])
        for line in sheet.iter_rows()
        for cell in line
        if cell.fill.start_color.rgb == f"FF{form.look.error_fill}"
    }
    assert found == ERROR_CELLS


def test_error_cells_and_no_others_have_a_comment_with_the_sentence(corrected: Any) -> None:
    comments = {
        (sheet.title, cell.coordinate): cell.comment.text
        for sheet in (corrected["任务填报"], corrected["量化指标"])
        for line in sheet.iter_rows()
        for cell in line
        if cell.comment
    }
    assert comments.keys() == ERROR_CELLS
    assert comments["任务填报", "I7"] == (
        "【校验意见】\n完成进度(%)“1200”超出范围，应在 0 至 100 之间。"
        "请核对后改为完成进度(%)的实际数，应在 0 至 100 之间。"
    )
    assert comments["任务填报", "F4"] == "【校验意见】\n表头的审核人没有填写。请在表头“审核人”右侧的格内填写。"


def test_list_of_problems_has_every_error_with_a_link_to_its_cell(corrected: Any) -> None:
    sheet = corrected["问题清单"]
    assert values_of(sheet, "A3:I3") == [
        ["序号", "任务编号", "栏目", "来件位置", "本表位置（点击转到）", "级别", "现填内容", "问题", "修改要求"]
    ]
    rows = values_of(sheet, "A4:H8")
    assert [row[:7] for row in rows] == [
        ["1", None, "审核人", "任务填报 F4", "任务填报!F4", "错误", None],
        ["2", "1", "完成进度(%)", "任务填报 I7", "任务填报!I7", "错误", "1200"],
        ["3", "1", "存在问题及原因", "任务填报 K7", "任务填报!K7", "错误", None],
        ["4", "2", "完成状态", "任务填报 H8", "任务填报!H8", "错误", "快了"],
        ["5", "1-1", "完成值", "量化指标 F5", "量化指标!F5", "错误", "12亿元"],
    ]
    assert rows[2][7] == "完成状态为“滞后”，但没有填写存在问题及原因。"
    assert sheet.max_row == 8
    links = {cell.coordinate: cell.hyperlink.location for (cell,) in sheet["E4:E8"]}
    assert links == {
        "E4": "'任务填报'!F4",
        "E5": "'任务填报'!I7",
        "E6": "'任务填报'!K7",
        "E7": "'任务填报'!H8",
        "E8": "'量化指标'!F5",
    }
    assert sheet["A2"].value == (
        "来件：填报表.xlsx。共 5 个问题，请在本文件中逐项修改后于2026年12月25日前重新报送；没有列出的内容不必改动。"
    )


def test_opinion_column_says_what_is_wrong_in_its_row(corrected: Any) -> None:
    tasks, targets = corrected["任务填报"], corrected["量化指标"]
    assert (tasks["Q6"].value, targets["I4"].value) == ("校验意见", "校验意见")
    assert tasks["Q7"].value == (
        "1. 完成进度(%)“1200”超出范围，应在 0 至 100 之间。"
        "请核对后改为完成进度(%)的实际数，应在 0 至 100 之间。\n"
        "2. 完成状态为“滞后”，但没有填写存在问题及原因。"
        "请补填存在问题及原因；如完成状态选错，请改正完成状态。"
    )
    assert targets["I5"].value.startswith("1. 完成值“12亿元”的计量单位与方案不一致")
    assert targets["I6"].value is None


def test_correction_filled_in_rightly_is_accepted_when_it_comes_back(form: Form) -> None:
    first = filled(form, rows=ERR, targets={"1-1": "12亿元"}, header={"审核人": None})

    def put_right(book: Any) -> None:
        book["任务填报"]["F4"].value = "周正"
        book["任务填报"]["K7"].value = "经费未落实。"
        book["任务填报"]["I7"].value = 60
        book["任务填报"]["H8"].value = "已完成"
        book["量化指标"]["F5"].value = 12

    again = open_book(correct(first, form))
    put_right(again)
    saved = BytesIO()
    again.save(saved)
    sent, findings = read_and_check(saved.getvalue(), form)
    assert [each.kind.code for each in findings if each.kind.severity is not Severity.NOTE] == []
    assert sent.signature.unit == "市教育局"
    assert is_signed(sent.signature, b"secret")
    assert sent.rows[1].raw("result") == "开展宣传四次。\n覆盖万人。"


def test_correction_sent_back_unchanged_has_the_same_errors(form: Form) -> None:
    first = filled(form, rows=ERR, targets={"1-1": "12亿元"}, header={"审核人": None})
    _, before = read_and_check(first, form)
    _, after = read_and_check(correct(first, form), form)
    assert [(e.kind.code, e.place.cell) for e in after] == [(e.kind.code, e.place.cell) for e in before]


def add_rows(*rows: Mapping[str, Any]) -> Callable[[Any], object]:
    def edit(book: Any) -> None:
        for number, row in enumerate(rows, 9):
            for letter, value in row.items():
                book["任务填报"][f"{letter}{number}"].value = value

    return edit


def test_what_was_typed_in_a_row_that_has_no_place_stands_in_the_list_of_problems(form: Form) -> None:
    edit = add_rows(
        {"A": 1, "H": "滞后", "J": "第二次填的情况。"}, {"A": 99, "J": "别处的任务。"}, {"J": "没有编号的情况。"}
    )
    sheet = open_book(correct(filled(form, edit=edit), form))["问题清单"]
    assert [(row[1], row[3], row[6]) for row in values_of(sheet, "A4:G6")] == [
        ("1", "任务填报 A9", "任务编号：1；完成状态：滞后；完成情况：第二次填的情况。"),
        ("99", "任务填报 A10", "任务编号：99；完成情况：别处的任务。"),
        (None, "任务填报 A11", "完成情况：没有编号的情况。"),
    ]


def test_what_was_typed_for_an_unknown_target_stands_in_the_list_of_problems(form: Form) -> None:
    def edit(book: Any) -> None:
        book["量化指标"]["A7"].value = "9-9"
        book["量化指标"]["F7"].value = 33

    sheet = open_book(correct(filled(form, edit=edit), form))["问题清单"]
    assert sheet["G4"].value == "指标编号：9-9；完成值：33"


def test_missing_row_comes_back_blank_with_its_opinion(form: Form) -> None:
    edit: Callable[[Any], object] = lambda book: book["任务填报"].delete_rows(8)  # noqa: E731
    book = open_book(correct(filled(form, edit=edit), form))
    assert values_of(book["任务填报"], "A8:C8") == [[2, "一、夯实基础", "开展普法宣传，每季度一次。"]]
    assert book["任务填报"]["Q8"].value.startswith("1. 任务“2”没有填报：表中没有这一行。")
    assert book["问题清单"]["E4"].hyperlink.location == "'任务填报'!H8"


def test_moved_rows_and_columns_come_back_in_their_places_with_the_marks_on_them(form: Form) -> None:
    def edit(book: Any) -> None:
        sheet = book["任务填报"]
        sheet.insert_cols(8)
        sheet.insert_rows(1, 3)

    book = open_book(correct(filled(form, rows={"2": {"完成进度(%)": 1200}}, edit=edit), form))
    assert values_of(book["任务填报"], "H8:I8") == [["已完成", 1200]]
    assert book["任务填报"]["I8"].comment.text.startswith("【校验意见】\n完成进度(%)“1200”超出范围")
    assert values_of(book["问题清单"], "D4:E4") == [["任务填报 J11", "任务填报!I8"]]


def test_task_whose_number_has_brackets_gets_its_opinion(form: Form) -> None:
    plan = small_plan()
    plan = replace(plan, tasks=(replace(plan.tasks[1], number="（一）1"), *plan.tasks[2:]))
    data = fill(BytesIO(issue_one(plan, form)), {"（一）1": {"完成情况": None}})
    book = open_book(correct(data, form, plan=plan))
    assert book["任务填报"]["Q7"].value == "1. 没有填写完成情况。请补填完成情况。"
    assert book["问题清单"]["B4"].value == "（一）1"


# ---- columns that an office added ------------------------------------------------------------------------


def test_column_an_office_added_is_in_the_workbook_with_its_drop_down_and_live_check() -> None:
    own = office_form()
    book = open_book(issue_one(small_plan(), own))
    sheet = book["任务填报"]
    assert [cell.value for cell in sheet[6]][15:] == ["风险等级", "投入经费(万元)", "填报检查"]
    (drop_down,) = [e for e in sheet.data_validations.dataValidation if str(e.sqref) == "P7:P8"]
    assert (drop_down.type, drop_down.formula1, drop_down.errorStyle) == ("list", "risk_list", "warning")
    assert book.defined_names["risk_list"].attr_text == "字典!$B$2:$B$4"
    assert values_of(book["字典"], "B1:B4") == [["风险等级"], ["高"], ["中"], ["低"]]
    assert not sheet["P7"].protection.locked
    formula = "".join(str(cell.value) for cell in book["_meta"][6])
    assert "风险等级请从下拉选项中选" not in formula  # what need not be filled in is asked about when it comes in
    assert '"缺投入经费(万元)；"' in formula
    assert '任务填报!$D7="牵头"' in formula
    assert '"投入经费(万元)应不小于 0；"' in formula
    assert ["风险等级", "从下拉选项中选一项。"] in values_of(book["填报说明"], "B1:C60")
    assert ["投入经费(万元)", "牵头单位必填。填写实际支出的万元数。"] in values_of(book["填报说明"], "B1:C60")


def test_live_check_of_a_blank_row_asks_the_lead_for_what_the_lead_must_fill() -> None:
    sheet = openpyxl.load_workbook(BytesIO(issue_one(small_plan(), office_form())), data_only=True)["任务填报"]
    common = "缺完成状态；缺完成进度(%)；缺完成情况；"
    assert (sheet["R7"].value, sheet["R8"].value) == (f"{common}缺投入经费(万元)；", common)


def test_lists_of_two_sheets_with_the_same_key_do_not_mix(form: Form) -> None:
    def with_choices(fields: Any, *choices: str) -> tuple[Any, ...]:
        return tuple(each.model_copy(update={"choices": choices}) if each.key == "remark" else each for each in fields)

    changes = {"task": with_choices(form.task, "甲", "乙"), "target": with_choices(form.target, "丙")}
    book = open_book(issue_one(small_plan(), Form.model_validate(form.model_dump() | changes)))
    lists = {name: each.attr_text for name, each in book.defined_names.items()}
    assert lists["remark_list"] == "字典!$B$2:$B$3"
    assert lists["target_remark_list"] == "字典!$C$2:$C$2"
    (drop_down,) = [each for each in book["量化指标"].data_validations.dataValidation if str(each.sqref) == "H5:H6"]
    assert drop_down.formula1 == "target_remark_list"


# ---- LibreOffice -----------------------------------------------------------------------------------------


def contents(sent: Return) -> Any:
    """What a return says, without its places."""
    return (
        {key: (cell.raw, cell.value) for key, cell in sent.header.items()},
        [{key: (cell.raw, cell.value) for key, cell in row.cells.items()} for row in sent.rows],
        [{key: (cell.raw, cell.value) for key, cell in row.cells.items()} for row in sent.target_rows],
    )


@pytest.mark.slow
@needs_libreoffice
@pytest.mark.parametrize(
    ("to", "kind"),
    [("xlsx:Calc MS Excel 2007 XML", FileType.XLSX), ("ods", FileType.ODS), ("xls:MS Excel 97", FileType.XLS)],
    ids=["as xlsx", "as ods", "as xls"],
)
def test_return_saved_again_by_libreoffice_says_the_same(
    to: str, kind: FileType, form: Form, office_folder: Path
) -> None:
    rows: dict[str, dict[str, Any]] = {
        "1": {"完成情况": "建成机制，印发办法两件。\n开展培训四次。", "备注": "0012", "自评分": 95.5},
        "2": {"完成状态": "持续推进", "完成进度(%)": "８０％"},
    }
    targets = {"1-1": "12 所", "1-2": {6: 8.25, 7: date(2026, 11, 30)}}
    data = fill(BytesIO(issue_one(small_plan(), form)), rows, targets)
    path = office_folder / "填报表 最终版.xlsx"
    path.write_bytes(data)
    (saved,) = convert(office_folder, to, [path]).values()
    again = saved.read_bytes()
    assert sniff(again) is kind
    before, _ = read_and_check(data, form)
    after, findings = read_and_check(again, form)
    assert [each.kind.code for each in findings] == []
    assert contents(after) == contents(before)
    assert after.signature == before.signature
    assert is_signed(after.signature, b"secret")


def test_signature_covers_everything_a_workbook_says_about_itself() -> None:
    meta = Signature("方案", "2026", "市教育局", "1", ("1", "2"))
    signed = sign(meta, b"secret")
    others = [
        replace(meta, plan="别的"),
        replace(meta, year="2025"),
        replace(meta, unit="市司法局"),
        replace(meta, form_version="2"),
        replace(meta, tasks=("1",)),
    ]
    assert signed not in {sign(other, b"secret") for other in others}
    assert re.fullmatch("[0-9a-f]{64}", signed)


def test_order_of_returns_does_not_change_a_workbook(form: Form) -> None:
    """One writer stamps many workbooks; none leaves a trace in the next."""
    writer = writer_of(small_plan(), form)
    units = ("市教育局", "市司法局", "临江区人民政府")
    first = [writer.issued(recipient_of(small_plan(), unit)) for unit in units]
    backwards = [writer.issued(recipient_of(small_plan(), unit)) for unit in reversed(units)]
    assert first == backwards[::-1]


def test_fresh_workbook_read_back_is_an_empty_return_with_the_same_tasks(data: bytes, form: Form) -> None:
    sent, found = read_return("空表.xlsx", "", data, FileType.XLSX, form)
    assert not found
    assert [row.number for row in sent.rows] == ["1", "2"]
    assert not any(row.raw(each.key) for row in sent.rows for each in form.task if each.filled)
    ((_, findings),) = check_returns(
        [replace(sent, unit="市教育局")], {"市教育局": expected_of("市教育局")}, form, 2026
    )
    assert [(each.kind.code, each.place.cell) for each in findings] == [
        ("header_is_filled", "H3"),
        ("header_is_filled", "C4"),
        ("header_is_filled", "F4"),
        ("task_is_answered", "H7"),
        ("task_is_answered", "H8"),
        ("required_is_filled", "F5"),
        ("required_is_filled", "F6"),
    ]


@pytest.mark.slow
@needs_libreoffice
def test_damaged_old_workbook_never_takes_the_program_with_it(form: Form, office_folder: Path) -> None:
    path = office_folder / "旧版.xlsx"
    path.write_bytes(fill(BytesIO(issue_one(small_plan(), form))))
    (saved,) = convert(office_folder, "xls:MS Excel 97", [path]).values()
    whole, chance, outcomes = saved.read_bytes(), random.Random(2026), set()
    for _ in range(40):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 30, 200))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            sent, _ = read_return("旧版.xls", "", bytes(data), FileType.XLS, form)
            outcomes.add(type(sent).__name__)
        except UnreadableError as error:
            outcomes.add(error.finding.kind.code)
    assert outcomes <= {"Return", "file_is_readable", "sheet_is_there"}
    assert "file_is_readable" in outcomes


# ---- 填报说明 ----------------------------------------------------------------------------------------------


def help_of(plan: Plan) -> list[list[str]]:
    """The lines of 填报说明 in the workbook of 市教育局."""
    return values_of(openpyxl.load_workbook(BytesIO(issue_one(plan, office_form())))["填报说明"], "B1:C60")


def test_instructions_begin_with_three_steps() -> None:
    lines = help_of(small_plan())
    assert [left for left, _ in lines[:5]] == [
        "2026年度任务完成情况填报说明",
        "第一步",
        "第二步",
        "第三步",
        "一、填报要求",
    ]
    steps = [right for _, right in lines[1:4]]
    assert steps[0].startswith(
        "打开“任务填报”表，在表头填写填报人、联系电话、审核人、填报日期，再逐行填写白色和黄色的格。"
    )
    assert steps[1] == "看“任务填报”表第二行和最右边的“填报检查”列：哪一行不是“可报送”，就按它说的补填、改正。"
    assert steps[2].endswith("前报送本文件和佐证材料。")
    colours = dict(lines)["颜色"]
    assert "黄色是必填而还没有填的，橙色是填得不对的" in colours


def test_a_lead_beside_others_is_told_whose_work_to_report() -> None:
    plan = small_plan()
    assert not any(left.endswith("我填谁的") for left, _ in help_of(plan) if left)
    first = replace(plan.tasks[0], lead=("市教育局", "市司法局", "市科技局"))
    lines = dict(help_of(replace(plan, tasks=(first, *plan.tasks[1:]))))
    answer = lines["有 3 个牵头单位，我填谁的"]
    assert answer.startswith("任务 1 由几个单位共同牵头。只填本单位牵头的那一部分：")
    assert "按进展最慢的计" in answer
    assert "全年应办 12 次、办了 9 次的，填 75" in lines["长期任务进度填多少"]
