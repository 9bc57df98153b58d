"""The consolidated workbook: written, opened again, and added up by a computation of the test's own."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from dataclasses import replace
from datetime import datetime
from io import BytesIO

import pytest
from builders.consolidated import HIDDEN, SHEETS, block, made, opened, sample_book, table
from builders.samples import CREATE, LEAD, LINES, SUPPORT, TARGETS, UNITS, five_tasks, many_tasks
from builders.year import FORM, OFFICE, a_line, a_report, a_target, a_task, a_unit, consolidate
from openpyxl import load_workbook

from reporting.documents import consolidated, summary
from reporting.documents.consolidated.records import Charts, ReportBook
from reporting.documents.consolidated.view import MAX_CELL
from reporting.files.package import split_package
from reporting.model import UNREPORTED, Contact, TargetReport, UnitState
from reporting.office.form import Form

# ---- what stands where ----------------------------------------------------------------------------


def test_the_sheets_stand_in_order_and_the_first_is_shown() -> None:
    book = sample_book()
    assert book.sheetnames == SHEETS + HIDDEN
    assert [book[name].sheet_state for name in HIDDEN] == ["hidden", "veryHidden"]
    assert book.active is not None
    assert book.active.title == "概况"


def test_overview_gives_the_headline_figures() -> None:
    sheet = sample_book()["概况"]
    assert sheet["A1"].value == "《2026年澜川市知识产权强市建设推进计划》任务完成情况汇总表"
    cells = {cell.value for row in sheet.iter_rows() for cell in row}
    assert {
        "澜知领〔2026〕3号",
        "2026年12月15日",
        "联系人：沈一帆，电话：0599-8123456，电子邮箱：zscq@lanchuan.example",
    } <= cells
    headlines = [value for value in block(sheet, "任务总数（项）")[1] if value is not None]
    assert headlines == [5, 1, 0.25, 2, 1, "1 / 3"]  # 4 tasks count: one was cancelled


def test_overview_counts_statuses_with_shares_that_make_up_the_whole() -> None:
    rows = block(sample_book()["概况"], "完成状态")
    counts = {row[0]: row[1:4] for row in rows[1:]}
    assert counts["已完成"] == (1, 0.2, "1")
    assert counts["基本完成"] == (0, 0, None)
    assert counts[UNREPORTED] == (1, 0.2, "4")
    assert counts["合计"] == (5, 1, None)
    assert sum(row[2] for row in rows[1:-1]) == pytest.approx(1)  # type: ignore[misc]


def test_overview_adds_categories_up_both_ways() -> None:
    rows = block(sample_book()["概况"], "类别")
    headings = rows[0]
    create = dict(zip(headings, rows[1], strict=True))
    assert (create["类别"], create["已完成"], create["滞后"], create["合计"]) == (CREATE, 1, 1, 2)
    protect = dict(zip(headings, rows[2], strict=True))
    assert (protect["未启动"], protect["调整取消"], protect[UNREPORTED], protect["合计"]) == (1, 1, 1, 3)
    whole = dict(zip(headings, rows[3], strict=True))
    assert whole["合计"] == 5
    assert sum(whole[name] for name in headings[1:-1]) == 5  # type: ignore[misc]


def test_overview_tells_who_sent_in_and_what_targets_came_to() -> None:
    sheet = sample_book()["概况"]
    returns = {row[0]: row[1:4] for row in block(sheet, "报送情况")}
    assert returns["按时报送"] == (2, 0.4, "市科技局、市市场监管局")
    assert returns["逾期报送"] == (1, 0.2, "市财政局")
    assert returns["退回修改"] == (1, 0.2, "临澜区人民政府")
    assert returns["未报送"] == (1, 0.2, "市委宣传部")
    titles = [str(row[0]) for row in sheet.iter_rows(values_only=True) if row[0]]
    assert "三、报送情况：应报5个，已报3个（按时2个、逾期1个），退回修改1个，未报1个，报送率60.0%" in titles
    targets = {row[0]: row[1] for row in block(sheet, "指标情况")[1:]}
    assert targets == {"达到目标值": 1, "未达到目标值": 1, "暂不能判断": 0, "未报送": 1, "合计": 3}
    assert "总体目标（未确定责任单位，未组织填报）" in titles
    assert "经同意按例外情形处理的事项" in titles


def test_overview_says_the_same_as_the_year_end_summary() -> None:
    context = summary.build(five_tasks(), OFFICE, FORM)
    words = str(context["target_overview"]) + str(context["returns"]) + str(context["overview"])
    sheet = sample_book()["概况"]
    for state, count in ((row[0], row[1]) for row in block(sheet, "指标情况")[1:-1]):
        assert not count or f"{state}{count}项" in words
    for state, count in ((row[0], row[1]) for row in block(sheet, "完成状态")[1:-1]):
        assert not count or f"{state}{count}项" in words
    assert "按时报送2个，逾期报送1个" in words


def test_a_task_has_one_line_with_every_units_word_and_its_name() -> None:
    first, second, third, fourth, fifth = table(sample_book()["任务汇总"])
    assert first["任务编号"] == 1
    assert first["牵头单位填报"] == (
        "【市科技局】（已完成，100%）新认定培育中心12家。\n覆盖6个产业。\n"
        "【市市场监管局】（已完成，100%）完成备案审核12家。"
    )
    assert first["配合单位填报"] == "【市财政局】（已完成，100%）拨付专项资金360万元。"
    assert first["存在问题及原因"] is None  # 无 stands only on 逐单位填报
    assert first["佐证材料"] == "【市科技局】《认定通知》（澜科〔2026〕8号）"
    assert (second["完成状态"], second["完成进度"]) == ("滞后", 0.665)
    assert second["未报送单位"] == "临澜区人民政府（配合）"
    assert third["牵头单位填报"] == "【市市场监管局】（未启动，0%）未填写完成情况"
    assert third["存在问题及原因"] == "【市市场监管局】选址未落实。\n【市财政局】预算调整待批。"
    assert (fourth["完成状态"], fourth["完成进度"]) == (UNREPORTED, None)
    assert fourth["未报送单位"] == "市委宣传部（牵头）\n市财政局（配合）"
    assert fifth["任务编号"] == "5-1"


def test_every_assignment_has_its_line_with_every_field_as_typed() -> None:
    rows = table(sample_book()["逐单位填报"])
    assert [(row["任务编号"], row["填报单位"], row["角色"]) for row in rows] == [
        (1, "市科技局", "牵头"),
        (1, "市市场监管局", "牵头"),
        (1, "市财政局", "配合"),
        (2, "市市场监管局", "牵头"),
        (2, "临澜区人民政府", "配合"),
        (3, "市市场监管局", "牵头"),
        (3, "市财政局", "配合"),
        (3, "临澜区人民政府", "配合"),
        (4, "市委宣传部", "牵头"),
        (4, "市财政局", "配合"),
        ("5-1", "市科技局", "牵头"),
    ]
    assert rows[0]["完成情况"] == "新认定培育中心12家。\n覆盖6个产业。"
    assert rows[0]["自评分"] == 98.5
    assert rows[1]["存在问题及原因"] == "无"
    assert rows[2]["备注"] == "分两批拨付"
    assert (rows[4]["完成状态"], rows[4]["完成情况"]) == (UNREPORTED, None)
    headings = {field.heading.replace("(%)", "") for field in FORM.task}
    verified = {"核定状态", "核定进度", "考评得分", "扣分原因和检查组意见"}
    assert headings | {"填报单位"} | verified == set(rows[0])


def test_columns_the_office_added_are_there_and_those_of_an_older_form_too() -> None:
    field = FORM.task[-1].model_copy(update={"key": "funds", "heading": "投入资金（万元）"})
    parts = {name: getattr(FORM, name) for name in Form.model_fields}
    form = Form(**(parts | {"task": (*FORM.task[:-1], field, FORM.task[-1])}))
    told = replace(LINES[0].reports[0], extra={"投入资金（万元）": "360", "旧栏目": "留存"})
    line = replace(LINES[0], reports=(told, *LINES[0].reports[1:]))
    rows = table(opened(consolidate((line,), UNITS), form)["逐单位填报"])
    assert list(rows[0])[-7:-4] == ["投入资金（万元）", "备注", "旧栏目"]
    assert (rows[0]["投入资金（万元）"], rows[0]["旧栏目"]) == ("360", "留存")
    assert rows[1]["投入资金（万元）"] is None


def test_targets_show_figure_words_rate_and_whether_reached() -> None:
    first, second, third, fourth = table(sample_book()["量化指标"])
    assert (first["目标值"], first["计量单位"], first["填报单位"]) == ("≥10", "家", "市科技局")
    assert (first["完成值"], first["填报原文"], first["完成率"]) == (12, "12家", 1.2)
    assert first["数据截止日期"] == datetime(2026, 12, 10)
    assert second["数据截止日期"] == "11月底"
    assert (third["完成率"], third["是否达到"]) == (pytest.approx(2 / 3, abs=1e-6), "未达到目标值")
    assert (fourth["完成值"], fourth["完成率"], fourth["是否达到"]) == (None, None, UNREPORTED)


def test_units_show_how_they_stand_and_add_up() -> None:
    *rows, totals = table(sample_book()["单位情况"], "单位")
    states = {row["单位"]: (row["报送状态"], row["是否按时"], row["报送次数"], row["退回次数"]) for row in rows}
    assert states == {
        "市科技局": ("已报送", "按时", 1, 0),
        "市市场监管局": ("已报送", "按时", 2, 1),
        "市财政局": ("已报送", "逾期", 1, 0),
        "临澜区人民政府": ("退回修改", "—", 1, 1),
        "市委宣传部": ("逾期未报", "—", 0, 0),
    }
    assert rows[0]["最近报送日期"] == datetime(2026, 12, 11)
    assert rows[0]["联系电话"] == "0599-8000001"
    for row in rows:
        assert row["牵头任务"] + row["配合任务"] == row["任务合计"]  # type: ignore[operator]
        parts = [row[name] for name in ("完成", "推进中", "滞后", "不计入", UNREPORTED)]
        assert sum(parts) == row["任务合计"]  # type: ignore[arg-type]
    assert (totals["序号"], totals["牵头任务"], totals["配合任务"], totals["任务合计"]) == ("合计", 6, 5, 11)


def test_tasks_behind_stand_with_cause_and_next_step() -> None:
    rows = table(sample_book()["滞后和未完成"])
    assert [(row["任务编号"], row["完成状态"]) for row in rows] == [(2, "滞后"), (3, "未启动")]
    assert rows[0]["存在问题及原因"] == "【市市场监管局】核准周期较长。"
    assert rows[0]["下一步计划"] == "【市市场监管局】2027年1月底前完成。"
    assert rows[0]["目前进展（牵头单位）"] == "【市市场监管局】新注册2件。"


def test_units_without_an_accepted_return_stand_with_tasks_and_contact() -> None:
    *rows, totals = table(sample_book()["未报送单位"], "单位")
    assert [(row["单位"], row["报送状态"], row["尚有问题数"]) for row in rows] == [
        ("临澜区人民政府", "退回修改", 4),
        ("市委宣传部", "逾期未报", 0),
    ]
    assert (rows[0]["牵头任务编号"], rows[0]["配合任务编号"]) == (None, "2、3")
    assert (rows[1]["牵头任务编号"], rows[1]["配合任务编号"]) == ("4", None)
    assert (rows[0]["联系人"], rows[0]["电子邮箱"]) == ("方晓", "fx@linlan.example")
    assert totals["任务数"] == 3


# ---- nothing lost, nothing made of it --------------------------------------------------------------


def test_nothing_a_unit_wrote_is_missing_or_doubled() -> None:
    words = Counter(
        text
        for line in LINES
        for report in line.reports
        for text in (report.result, report.problem, report.next_step, report.evidence, report.remark)
        if text
    )
    book = sample_book()
    shown = Counter(
        row[name]
        for row in table(book["逐单位填报"])
        for name in ("完成情况", "存在问题及原因", "下一步计划", "佐证材料", "备注")
        if row[name] is not None
    )
    assert shown == words
    whole = "\n".join(
        str(row[name])
        for row in table(book["任务汇总"])
        for name in ("牵头单位填报", "配合单位填报", "存在问题及原因", "下一步计划", "佐证材料")
    )
    for text in words:
        if text not in ("无", "分两批拨付"):
            assert whole.count(text) == 1, text


OWN_FORMULA = re.compile(r"=[A-Z0-9$:()*+/&,\-\" ]+|=SUMPRODUCT\((--|)EXACT\('任务汇总'[^\"=]+\)")
"""Functions and addresses alone; the name of no sheet but one."""
HOSTILE = [
    '=HYPERLINK("http://x.example","点击")',
    "+86 599 8123456",
    "-5%（同比）",
    "@市科技局",
    "=1+1",
    '=cmd|" /C calc"!A0',
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_like_a_formula_stays_text(text: str) -> None:
    told = a_report("市科技局", LEAD, "已完成", 100, result=text, problem=text, evidence=text)
    line = a_line(a_task("1", text, text, "市科技局"), "已完成", 100, told)
    unit = a_unit(1, "市科技局", UnitState.LATE, (line,), contact=Contact(text, text, text))
    target = TargetReport(a_target("1-1", text, 10, "家"), "市科技局", None, text, text, text, None, None, True)
    book = opened(consolidate((line,), (unit,), (target,)), values=False)
    found = 0
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert OWN_FORMULA.fullmatch(str(cell.value)), cell.value
                    assert text not in str(cell.value)
                elif cell.value == text:
                    found += 1
                    assert cell.data_type == "s"
                    assert cell.quotePrefix
    assert found >= 8


def test_characters_that_no_workbook_can_hold_are_left_out_and_the_rest_stays() -> None:
    text = "甲\x00乙\x0b丙\x1f & <丁> ]]> _x0041_ 𬭚\r\n末行"
    told = a_report("市科技局", LEAD, "已完成", 100, result=text)
    data = made(consolidate((a_line(a_task("1", "类", "内容", "市科技局"), "已完成", 100, told),)))
    cell = table(load_workbook(BytesIO(data))["逐单位填报"])[0]["完成情况"]
    assert str(cell).replace("_x005F_", "_") == "甲乙\n丙 & <丁> ]]> _x0041_ 𬭚\n末行"
    assert b"_x005F_x0041_" in split_package(data)["xl/worksheets/sheet3.xml"]


def test_words_beyond_what_a_cell_holds_go_on_among_the_single_returns() -> None:
    units = [f"市第{number}局" for number in range(1, 31)]
    reports = [a_report(unit, SUPPORT, "已完成", 100, result=f"{unit}的情况" + "字" * 2900) for unit in units]
    line = a_line(a_task("1", "类", "内容", "市科技局", " ".join(units)), "已完成", 100, *reports)
    book = opened(consolidate((line,)))
    cells = [str(row["配合单位填报"]) for row in table(book["任务汇总"])]
    assert all(len(cell) <= MAX_CELL for cell in cells)
    cell = "".join(cells)  # what is too high for one row goes on in rows below
    told = re.findall(r"【(.+?)】", cell)
    note = re.search(r"（([^（]+)的内容较长，全文见“逐单位填报”表）$", cell)
    assert note is not None
    assert told + note[1].split("、") == units
    rows = table(book["逐单位填报"])
    assert [row["完成情况"] for row in rows[:30]] == [report.result for report in reports]


def test_one_text_too_long_for_a_cell_goes_on_in_the_rows_below() -> None:
    text = "".join(chr(0x4E00 + number % 20000) for number in range(40_000)) + "𬭚" * 10_000
    told = a_report("市科技局", LEAD, "已完成", 100, result=text, remark="短")
    line = a_line(a_task("7", "类", "内容", "市科技局"), "已完成", 100, told)
    book = opened(consolidate((line,)))
    rows = table(book["逐单位填报"])
    assert "".join(str(row["完成情况"]) for row in rows) == text
    assert {(row["任务编号"], row["填报单位"]) for row in rows} == {(7, "市科技局")}
    assert [row["备注"] for row in rows] == ["短"] + [None] * (len(rows) - 1)
    assert [row["完成进度"] for row in rows] == [1] + [None] * (len(rows) - 1)
    assert "市科技局的内容较长" in str(table(book["任务汇总"])[0]["牵头单位填报"])


# ---- how it looks and prints -----------------------------------------------------------------------


def test_lists_keep_headings_in_sight_can_be_filtered_and_print_on_a3_or_a4() -> None:
    book = sample_book()
    large = {"任务汇总", "逐单位填报", "量化指标", "单位情况", "滞后和未完成"}
    for sheet in book.worksheets[: len(SHEETS)]:
        paper = 8 if sheet.title in large else 9
        assert (sheet.page_setup.orientation, int(str(sheet.page_setup.paperSize))) == ("landscape", paper)
        assert sheet.oddFooter is not None
        assert sheet.oddFooter.right is not None
        assert sheet.oddFooter.right.text == "第 &P 页 共 &N 页"
        if sheet.title == "概况":
            continue
        head = int(str(sheet.print_title_rows).split("$")[1].strip(":"))
        assert sheet.freeze_panes is not None
        assert int(re.sub(r"\D", "", sheet.freeze_panes)) == head + 1
        filtered = str(sheet.auto_filter.ref)
        assert filtered.startswith(f"A{head}:") or (filtered == "None" and sheet.max_row == head + 1)
        fill = sheet.cell(head, 1).fill.start_color.rgb
        assert fill == f"FF{FORM.look.heading_fill}"
        assert sheet.cell(head + 1, 1).alignment.wrap_text
    assert book["任务汇总"].print_title_cols == "$A:$C"


def test_overview_leads_to_every_sheet_and_does_not_print_that_list() -> None:
    sheet = sample_book()["概况"]
    links = {str(cell.value): cell for row in sheet.iter_rows() for cell in row if cell.hyperlink}
    assert list(links) == SHEETS[1:]
    assert all(cell.hyperlink and cell.hyperlink.location == f"'{name}'!A1" for name, cell in links.items())
    last_printed = int(str(sheet.print_area).rpartition("$")[2])
    assert all(last_printed < (cell.row or 0) for cell in links.values())


def test_the_filter_leaves_the_totals_out() -> None:
    sheet = sample_book()["单位情况"]
    last = int(str(sheet.auto_filter.ref).rpartition(":")[2].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    assert sheet.cell(last, 2).value == "市委宣传部"
    assert sheet.cell(last + 1, 1).value == "合计"


def test_a_row_is_as_high_as_its_longest_text_needs() -> None:
    def height(text: str) -> float:
        told = a_report("市科技局", LEAD, "已完成", 100, result=text)
        line = a_line(a_task("1", "类", "内容", "市科技局"), "已完成", 100, told)
        sheet = opened(consolidate((line,)))["逐单位填报"]
        at = next(row[0].row for row in sheet.iter_rows() if row[0].value == 1)
        return float(sheet.row_dimensions[at].height or 0)

    assert height("短") < height("长" * 200) < height("长" * 400) <= 409
    assert height("一\n二\n三\n四\n五") > height("一二三四五")


def test_numbers_dates_and_percentages_are_such() -> None:
    book = sample_book()
    sheet = book["任务汇总"]
    column = {cell.value: cell.column for row in sheet.iter_rows() for cell in row if cell.value}
    at = next(row[0].row for row in sheet.iter_rows() if row[0].value == 2)
    progress = sheet.cell(at, column["完成进度"])
    assert (progress.value, progress.number_format) == (0.665, "0.0%")
    received = book["单位情况"]["D5"]
    assert (received.value, received.number_format) == (datetime(2026, 12, 11), "yyyy-mm-dd")


def test_the_same_figures_give_the_same_bytes() -> None:
    first = made(five_tasks())
    assert made(five_tasks()) == first
    with zipfile.ZipFile(BytesIO(first)) as archive:
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_properties_name_the_issuer_and_the_day_of_the_figures() -> None:
    book = sample_book()
    assert book.properties.creator == OFFICE.issuer
    assert (book.properties.created, book.properties.modified) == (datetime(2026, 12, 28),) * 2


# ---- other years ------------------------------------------------------------------------------------


def test_a_year_in_which_nobody_answered() -> None:
    lines = tuple(replace(a_line(line.task, UNREPORTED, None), status=UNREPORTED) for line in LINES)
    units = tuple(a_unit(n, unit.unit, UnitState.AWAITED, lines) for n, unit in enumerate(UNITS, 1))
    targets = tuple(replace(report, value=None, raw="", ratio=None, reached=None, reported=False) for report in TARGETS)
    book = opened(consolidate(lines, units, targets))
    assert [row["完成状态"] for row in table(book["任务汇总"])] == [UNREPORTED] * 5
    assert len(table(book["逐单位填报"])) == 11
    assert {row["报送状态"] for row in table(book["未报送单位"], "单位")[:-1]} == {"待报送"}
    behind = [cell.value for row in book["滞后和未完成"].iter_rows() for cell in row]
    assert "没有滞后或未完成的任务。" in behind
    headlines = [value for value in block(book["概况"], "任务总数（项）")[1] if value is not None]
    assert headlines == [5, 0, 0, 0, 5, "0 / 3"]


def test_a_plan_of_one_task_without_targets() -> None:
    told = a_report("市科技局", LEAD, "已完成", 100, result="完成。")
    line = a_line(a_task("1", "一、总则", "做一件事。", "市科技局"), "已完成", 100, told)
    book = opened(consolidate((line,), (a_unit(1, "市科技局", UnitState.ACCEPTED, (line,)),)))
    assert len(table(book["任务汇总"])) == 1
    words = [cell.value for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert "本年度任务未设量化指标。" in words
    assert "各单位均已报送，没有未报送单位。" in words


def test_an_empty_plan() -> None:
    assert opened(consolidate(())).sheetnames == SHEETS + HIDDEN


def test_headings_below_the_category_get_a_column_of_their_own() -> None:
    task = replace(LINES[0].task, path=(CREATE, "（一）专利", "1.培育"))
    row = table(opened(consolidate((replace(LINES[0], task=task),)))["任务汇总"])[0]
    assert (row["类别"], row["小类"]) == (CREATE, "（一）专利 / 1.培育")


def test_a_status_the_form_does_not_have_is_counted_all_the_same() -> None:
    line = replace(LINES[0], status="牵头单位填报不一致")
    rows = block(opened(consolidate((line, *LINES[1:]), UNITS))["概况"], "类别")
    whole = dict(zip(rows[0], rows[-1], strict=True))
    assert whole["牵头单位填报不一致"] == 1
    assert whole["合计"] == 5


def test_eighty_units_and_two_hundred_tasks_are_all_there() -> None:
    data = made(many_tasks())
    book = load_workbook(BytesIO(data), read_only=True, data_only=True)  # believes the stated extent
    assert book["逐单位填报"].max_row == 3 + 1200
    assert book["任务汇总"].max_row == 3 + 200


def test_the_package_is_sound() -> None:
    with zipfile.ZipFile(BytesIO(made(five_tasks()))) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[0] == "[Content_Types].xml"
    book: ReportBook = consolidated.build(five_tasks(), OFFICE, FORM)
    for sheet in book.sheets:
        for each in sheet.tables:
            if isinstance(each, Charts):
                continue
            assert all(len(row) == len(each.columns) for row in each.rows)


def test_a_row_that_would_be_too_high_is_set_smaller() -> None:
    reports = [a_report(unit, SUPPORT, "已完成", 100, result="字" * 300) for unit in ("甲局", "乙局", "丙局", "丁局")]
    crowded = a_line(a_task("1", "类", "内容", "市科技局", "甲局 乙局 丙局 丁局"), "已完成", 100, *reports)
    lines = (crowded, *(replace(LINES[0], task=replace(LINES[0].task, number=str(n))) for n in range(2, 40)))
    sheet = opened(consolidate(lines))["任务汇总"]
    column = next(cell.column for row in sheet.iter_rows() for cell in row if cell.value == "配合单位填报")
    sizes = {row[0].value: row[column - 1].font.size for row in sheet.iter_rows(min_row=4)}
    assert sizes[1] < sizes[2] == FORM.look.body_size - 1
    assert sheet.row_dimensions[4].height == pytest.approx(409, abs=45)
