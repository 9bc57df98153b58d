"""plan.xlsx: what is written comes back, whatever coordinators do to it, and wrong edits are named."""

from __future__ import annotations

import random
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from builders.laws import examples
from builders.plans import NAMES, PLAN, drawn_plans, without_places
from hypothesis import HealthCheck, example, given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.worksheet.worksheet import Worksheet

from reporting.model import Alias, Deadline, Place, Plan, Role, Task
from reporting.model.findings import DubanError, Finding, Kind, Severity
from reporting.plan.book.read import read_planbook
from reporting.plan.book.sheets import (
    TARGET_COLUMNS,
    TASK_COLUMNS,
    UNIT_COLUMNS,
    KnownNames,
    goal_label,
    read_alias,
    split_names,
    write_names,
)
from reporting.plan.book.write import write_planbook
from reporting.plan.share_out import distribute


def reread(path: Path) -> Plan:
    """The plan in a file that has nothing to complain about."""
    plan, findings = read_planbook(path)
    assert [(finding.kind.code, finding.place.cell) for finding in findings] == []
    return without_places(plan)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "plan.xlsx"
    write_planbook(path, PLAN)
    return path


def edit(path: Path, change: Callable[[Workbook], object]) -> None:
    """Do to the file what a coordinator would."""
    workbook = load_workbook(path)
    change(workbook)
    workbook.save(path)


def typed(path: Path, sheet: str, cells: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Type into cells; give code, sheet and cell of all that is found."""

    def change(workbook: Workbook) -> None:
        for address, value in cells.items():
            workbook[sheet][address] = value
            if isinstance(value, int | float):  # as it arrives from another program
                workbook[sheet][address].number_format = "General"

    edit(path, change)
    _, findings = read_planbook(path)
    return [(finding.kind.code, finding.place.part, finding.place.cell) for finding in findings]


def rows_of(sheet: Worksheet) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def refill(sheet: Worksheet, rows: list[list[Any]]) -> None:
    sheet.delete_rows(1, sheet.max_row)
    for row in rows:
        sheet.append(row)
        for cell in sheet[sheet.max_row]:
            if isinstance(cell.value, str) and cell.value.startswith("="):
                cell.data_type = "s"


# ---- what is written comes back ----------------------------------------------------------------


def test_a_plan_comes_back_the_same(book: Path) -> None:
    assert reread(book) == without_places(PLAN)


def test_an_empty_plan_comes_back_the_same(tmp_path: Path) -> None:
    plan = Plan("", None, None, None, ())
    write_planbook(tmp_path / "plan.xlsx", plan)
    assert reread(tmp_path / "plan.xlsx") == plan


def test_everything_read_has_its_cell(book: Path) -> None:
    plan, _ = read_planbook(book)
    assert plan.tasks[0].place == Place("plan.xlsx", "任务", 2, 1)
    assert plan.tasks[2].targets[0].place == Place("plan.xlsx", "量化指标", 4, 1)
    assert plan.units[1].place == Place("plan.xlsx", "单位", 3, 1)
    assert plan.unassigned[0].place.cell == "A6"
    assert plan.goals[0].place == Place("plan.xlsx", "说明", 6, 2)


def test_a_measure_stands_where_the_document_has_it(tmp_path: Path) -> None:
    def at(row: int) -> Place:
        return Place("方案.txt", "", row, 1)

    plan = replace(
        PLAN,
        tasks=tuple(replace(task, place=at(10 * index)) for index, task in enumerate(PLAN.tasks, 1)),
        unassigned=(replace(PLAN.unassigned[0], place=at(15)),),
    )
    write_planbook(tmp_path / "plan.xlsx", plan)
    sheet = load_workbook(tmp_path / "plan.xlsx")["任务"]
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == [1, 11, 2, 3, 10]
    assert reread(tmp_path / "plan.xlsx") == without_places(plan)


@examples(40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(plan=drawn_plans())
def test_any_plan_comes_back_the_same(tmp_path: Path, plan: Plan) -> None:
    path = tmp_path / "plan.xlsx"
    write_planbook(path, plan)
    assert reread(path) == without_places(plan)


def test_a_blank_before_a_known_name_does_not_cut_it() -> None:
    known = ["各区、县级市政府"]
    assert split_names("市教育局、 各区、县级市政府；市司法局", KnownNames.of(known)) == (
        "市教育局",
        *known,
        "市司法局",
    )


@examples(200)
@given(st.lists(NAMES, max_size=4).map(tuple), st.sets(NAMES, max_size=3))
@example(("、”",), set())  # a quotation mark without its other half, and a separator
@example(("甲”、“乙", "丙\\”，丁", "（“；"), set())
@example(("“", "、"), {"“"})  # a name that is known begins like what stands in quotes
def test_any_names_in_one_cell_come_back_the_same(names: tuple[str, ...], known: set[str]) -> None:
    whole = KnownNames.of(known)
    assert split_names(write_names(names, whole), whole) == names


def test_control_characters_are_left_out_and_line_breaks_kept(tmp_path: Path) -> None:
    task = replace(PLAN.tasks[0], content="甲\x00乙\x1f丙\ud800丁\ufffe。\r\n第二段\x0b第三段")
    write_planbook(tmp_path / "plan.xlsx", replace(PLAN, tasks=(task,)))
    assert reread(tmp_path / "plan.xlsx").tasks[0].content == "甲乙丙丁。\n第二段\n第三段"


def test_a_text_beginning_with_an_equals_sign_is_no_formula(book: Path) -> None:
    cell = load_workbook(book)["任务"]["C3"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=把品种权申请辅导送到制种基地", "s", True)


def test_a_text_longer_than_a_cell_is_refused_with_its_place(tmp_path: Path) -> None:
    task = replace(PLAN.tasks[0], content="长" * 40000)
    with pytest.raises(DubanError, match=r"工作表“任务”第2行的“工作内容”有40000个字"):
        write_planbook(tmp_path / "plan.xlsx", replace(PLAN, tasks=(task,)))
    assert not (tmp_path / "plan.xlsx").exists()


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("libreoffice"), reason="LibreOffice is not installed")
def test_a_save_by_libreoffice_keeps_everything(book: Path, tmp_path: Path) -> None:
    out = tmp_path / "saved"
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["libreoffice", "--headless", profile, "--convert-to", "xlsx", "--outdir", str(out), str(book)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert reread(out / "plan.xlsx") == without_places(PLAN)
    sheet = load_workbook(out / "plan.xlsx")["任务"]
    assert {rule.formula1 for rule in sheet.data_validations.dataValidation} >= {'"日期,持续,每年,日期并持续"'}
    assert sheet.print_title_rows == "$1:$1"


# ---- what coordinators may do ------------------------------------------------------------------


def test_sorted_rows_give_the_same_tasks(book: Path) -> None:
    def shuffle(workbook: Workbook) -> None:
        for name in ("任务", "量化指标", "单位"):
            heading, *rows = rows_of(workbook[name])
            random.Random(7).shuffle(rows)
            refill(workbook[name], [heading, *rows])

    edit(book, shuffle)
    plan = reread(book)
    assert {task.number: replace(task, targets=()) for task in plan.tasks} == {
        task.number: replace(task, targets=()) for task in PLAN.tasks
    }
    assert set(plan.targets) == set(PLAN.targets)
    assert set(plan.units) == set(PLAN.units)


def test_columns_in_another_order_with_others_between_change_nothing(book: Path) -> None:
    def turn(workbook: Workbook) -> None:
        for name in ("任务", "量化指标", "单位"):
            rows = [["领导批示", *reversed(row)] for row in rows_of(workbook[name])]
            refill(workbook[name], rows)

    edit(book, turn)
    assert reread(book) == without_places(PLAN)
    plan, _ = read_planbook(book)
    assert plan.tasks[0].place.cell == "L2"


def test_blank_rows_a_title_and_a_far_formatted_cell_change_nothing(book: Path) -> None:
    def spread(workbook: Workbook) -> None:
        sheet = workbook["任务"]
        sheet.insert_rows(4, 2)
        sheet.insert_rows(1)
        sheet["A1"] = "任务分解表（征求意见后）"
        sheet["C1048576"].number_format = "@"
        sheet["C1048576"] = "  "

    edit(book, spread)
    assert reread(book) == without_places(PLAN)


def test_a_deleted_row_is_a_deleted_task(book: Path) -> None:
    edit(book, lambda workbook: workbook["任务"].delete_rows(3))
    assert [task.number for task in reread(book).tasks] == ["1", "3", "10"]


@pytest.mark.parametrize("number", [1, "1", 1.0, " 1 "], ids=["count", "text", "decimal", "blanks around"])
def test_a_number_is_the_same_however_it_is_typed(book: Path, number: object) -> None:
    assert typed(book, "量化指标", {"B2": number}) == []
    assert reread(book) == without_places(PLAN)


def test_a_full_width_number_finds_its_task(book: Path) -> None:
    typed(book, "量化指标", {"B2": "１"})
    assert reread(book).tasks[0].targets == PLAN.tasks[0].targets


def test_cells_merged_downwards_count_for_every_row(book: Path) -> None:
    edit(book, lambda workbook: workbook["任务"].merge_cells("B2:B3"))
    plan, findings = read_planbook(book)
    assert without_places(plan) == without_places(PLAN)
    assert [(finding.kind.code, finding.place.cell) for finding in findings] == [("cells_merged", "B2")]


def test_a_sheet_name_with_a_blank_is_found(book: Path) -> None:
    def rename(workbook: Workbook) -> None:
        workbook["任务"].title = "任务 "
        workbook["任务 "].merge_cells("B2:B3")

    edit(book, rename)
    plan, _ = read_planbook(book)
    assert without_places(plan) == without_places(PLAN)


def test_a_waiting_measure_becomes_a_task_when_a_lead_is_typed(book: Path) -> None:
    assert typed(book, "任务", {"D6": "市司法局"}) == []
    plan = reread(book)
    assert plan.unassigned == ()
    assert plan.tasks[-1] == Task("11", ("三、优化服务",), "探索公证与调解衔接的办法。", ("市司法局",), ())


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("市教育局、各区、县级市政府", ("市教育局", "各区、县级市政府"), id="a known name is not cut"),
        pytest.param("市教育局，市科技局；市财政局", ("市教育局", "市科技局", "市财政局"), id="all separators"),
        pytest.param("市教育局\n\n 市科技局 ", ("市教育局", "市科技局"), id="lines with blanks"),
        pytest.param(
            "市文旅局（市文物局、市版权局）、市科技局", ("市文旅局（市文物局、市版权局）", "市科技局"), id="brackets"
        ),
        pytest.param("“各镇、街道”、市科技局", ("各镇、街道", "市科技局"), id="quotes keep a name whole"),
        pytest.param("各区、县级市政府办", ("各区", "县级市政府办"), id="a longer word is another name"),
        pytest.param("、市科技局、", ("市科技局",), id="separators at the ends"),
    ],
)
def test_units_typed_into_one_cell_are_understood(book: Path, text: str, names: tuple[str, ...]) -> None:
    assert typed(book, "任务", {"E2": text}) == []
    assert reread(book).tasks[0].support == names


@pytest.mark.parametrize(
    ("text", "alias"),
    [
        ("市质监局（2004年—2018年）", Alias("市质监局", 2004, 2018)),
        ("市质监局(2004-)", Alias("市质监局", 2004, None)),
        ("市质监局", Alias("市质监局")),
        ("市委宣传部（市版权局）", Alias("市委宣传部（市版权局）")),
        ("“专班(2018)”", Alias("专班(2018)")),
        ("市质监局(2018-2004)", None),
        ("市质监局(2018)", None),
    ],
)
def test_years_behind_an_alias(text: str, alias: Alias | None) -> None:
    assert read_alias(text) == alias


# ---- what is understood, and said --------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2026年6月底前", date(2026, 6, 30)),
        ("9月底", date(2026, 9, 30)),
        ("2026.11.20", date(2026, 11, 20)),
        ("年底前", date(2026, 12, 31)),
        ("上半年", date(2026, 6, 30)),
        ("10月中旬", date(2026, 10, 20)),
        (46203, date(2026, 6, 30)),
    ],
)
def test_a_day_in_words_is_understood_and_said(book: Path, value: object, day: date) -> None:
    found = typed(book, "任务", {"H2": value})
    assert found == [("deadline_date_understood", "任务", "H2")]
    plan, _ = read_planbook(book)
    assert plan.tasks[0].deadline == Deadline("2026年12月底前", "date", day)


def test_a_date_with_a_time_is_its_day(book: Path) -> None:
    assert typed(book, "任务", {"H2": datetime(2026, 11, 30, 17, 30)}) == []
    assert reread(book).tasks[0].deadline == Deadline("2026年12月底前", "date", date(2026, 11, 30))


@pytest.mark.parametrize(
    ("words", "deadline"),
    [
        ("2026年8月底前", Deadline("2026年8月底前", "date", date(2026, 8, 31))),
        ("长期坚持", Deadline("长期坚持", "ongoing")),
        ("6月底前完成并持续推进", Deadline("6月底前完成并持续推进", "date+ongoing", date(2026, 6, 30))),
        ("每年开展", Deadline("每年开展", "annual")),
    ],
)
def test_words_without_a_kind_are_understood_and_said(book: Path, words: str, deadline: Deadline) -> None:
    found = typed(book, "任务", {"F2": words, "G2": None, "H2": None})
    assert found == [("deadline_understood", "任务", "G2")]
    plan, _ = read_planbook(book)
    assert plan.tasks[0].deadline == deadline


@pytest.mark.parametrize(
    ("kind", "day", "words"),
    [
        ("日期", date(2026, 5, 20), "2026年5月20日前完成"),
        (None, date(2026, 5, 20), "2026年5月20日前完成"),
        ("持续", None, "持续推进"),
        ("日期并持续", date(2026, 5, 20), "2026年5月20日前完成并持续推进"),
    ],
)
def test_a_deadline_without_words_gets_some(book: Path, kind: str | None, day: date | None, words: str) -> None:
    found = typed(book, "任务", {"F2": None, "G2": kind, "H2": day})
    assert found == [("deadline_words_made", "任务", "F2")]
    plan, _ = read_planbook(book)
    deadline = plan.tasks[0].deadline
    assert deadline is not None
    assert (deadline.text, deadline.date) == (words, day)


def test_a_percentage_is_read_as_it_shows(book: Path) -> None:
    def type_percent(workbook: Workbook) -> None:
        workbook["量化指标"]["E2"] = 0.16
        workbook["量化指标"]["E2"].number_format = "0%"
        workbook["量化指标"]["E3"] = "１２．５％"

    edit(book, type_percent)
    plan, findings = read_planbook(book)
    assert [one.value for one in plan.tasks[0].targets] == [16.0, 12.5]
    assert [(one.kind.code, one.place.cell) for one in findings] == [("value_percent", "E2"), ("value_percent", "E3")]


@pytest.mark.parametrize(
    ("word", "op"), [("不少于", ">="), ("≥", ">="), ("＞", ">"), ("不超过", "<="), ("增长", "growth>=")]
)
def test_other_words_for_a_comparison(book: Path, word: str, op: str) -> None:
    assert typed(book, "量化指标", {"D2": word}) == []
    assert reread(book).tasks[0].targets[0].op == op


# ---- wrong edits -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sheet", "cells", "expected"),
    [
        pytest.param("任务", {"A3": datetime(2026, 3, 1)}, ("number_became_date", "A3"), id="3-1 became a date"),
        pytest.param("任务", {"G2": "尽快"}, ("deadline_kind_unknown", "G2"), id="kind of deadline not in the list"),
        pytest.param("任务", {"H2": "待定"}, ("deadline_date_unreadable", "H2"), id="date that is none"),
        pytest.param("任务", {"H2": 2026.1}, ("deadline_date_unreadable", "H2"), id="January or October"),
        pytest.param("任务", {"H2": "2026-02-30"}, ("deadline_date_unreadable", "H2"), id="no such day"),
        pytest.param(
            "任务", {"F2": "尽早", "G2": None, "H2": None}, ("deadline_unclear", "G2"), id="no kind and no hint of it"
        ),
        pytest.param("量化指标", {"B3": "99"}, ("target_without_task", "B3"), id="target of an unknown task"),
        pytest.param("量化指标", {"B3": None}, ("target_without_task", "B3"), id="target of no task"),
        pytest.param("量化指标", {"D3": "左右"}, ("operator_unknown", "D3"), id="comparison not in the list"),
        pytest.param("量化指标", {"D3": None}, ("operator_unknown", "D3"), id="no comparison"),
        pytest.param("量化指标", {"E3": "若干"}, ("value_unreadable", "E3"), id="value that is no number"),
        pytest.param("量化指标", {"E3": "10家"}, ("value_unreadable", "E3"), id="value with its unit"),
        pytest.param("量化指标", {"E3": None}, ("target_without_value", "E3"), id="no value"),
        pytest.param("单位", {"A6": None, "E6": "何渡"}, ("unit_name_missing", "A6"), id="unit without a name"),
        pytest.param("单位", {"B3": "部门"}, ("unit_kind_unknown", "B3"), id="kind of unit not in the list"),
        pytest.param("单位", {"D3": "市科委(04至18)"}, ("alias_unreadable", "D3"), id="years in another style"),
        pytest.param("说明", {"B5": "今年"}, ("year_unreadable", "B5"), id="year that is none"),
        pytest.param("说明", {"A4": "发文"}, ("about_line_missing", ""), id="line of 说明 renamed"),
    ],
)
def test_a_wrong_edit_is_named_at_its_cell(
    book: Path, sheet: str, cells: dict[str, Any], expected: tuple[str, str]
) -> None:
    found = typed(book, sheet, cells)
    code, cell = expected
    assert (code, sheet, cell) in found
    assert [each for each in found if each[0] != "target_without_task" or code == each[0]] == [(code, sheet, cell)]
    for each in read_planbook(book)[1]:  # whatever a sentence names is there to be named
        assert "{" not in each.message + each.remedy


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"B3": "机关"}, "“市科技局”的类型“机关”不在下拉列表中。请选择：单位、成组单位、泛指。"),
        ({"D3": "市科委(04至18)"}, "“市科技局”的别名“市科委(04至18)”看不出使用的年份。"),
    ],
    ids=["kind of unit not in the list", "years in another style"],
)
def test_a_sentence_on_a_unit_names_it(book: Path, cells: dict[str, Any], sentence: str) -> None:
    typed(book, "单位", cells)
    (finding, *_) = (each for each in read_planbook(book)[1] if each.place.part == "单位")
    assert (finding.message + finding.remedy).startswith(sentence)


def test_a_formula_that_went_wrong_is_named(book: Path) -> None:
    def break_formula(workbook: Workbook) -> None:
        cell = workbook["任务"]["F2"]
        cell.value, cell.data_type = "#REF!", "e"

    edit(book, break_formula)
    _, findings = read_planbook(book)
    assert ("cell_shows_error", "F2") in [(each.kind.code, each.place.cell) for each in findings]


def test_every_finding_says_what_and_how(book: Path) -> None:
    typed(book, "任务", {"G2": "尽快", "H2": "待定", "A3": datetime(2026, 3, 1)})
    _, findings = read_planbook(book)
    said = {finding.kind.code: (finding.message, finding.remedy) for finding in findings}
    assert said["deadline_kind_unknown"] == ("时限类型“尽快”不在下拉列表中。", "请选择：日期、持续、每年、日期并持续。")
    assert said["number_became_date"] == (
        "“任务编号”被表格软件改成了日期 2026-03-01。",
        "请把这一格的格式设为“文本”，再重新填写，例如 3-1。",
    )


def test_a_missing_sheet_names_the_nearest(book: Path) -> None:
    def empty(workbook: Workbook) -> None:
        workbook.remove(workbook["量化指标"])
        workbook.create_sheet("量化指标表")

    edit(book, empty)
    with pytest.raises(DubanError, match=r"“plan\.xlsx”中没有工作表“量化指标”。最接近的是“量化指标表”"):
        read_planbook(book)


def test_a_missing_heading_names_the_nearest_with_its_cell(book: Path) -> None:
    def lose(workbook: Workbook) -> None:
        workbook["任务"]["D1"], workbook["任务"]["K1"] = None, "牵头方"

    edit(book, lose)
    with pytest.raises(DubanError, match=r"工作表“任务”中没有表头“牵头单位”。最接近的是 K1 的“牵头方”"):
        read_planbook(book)


@pytest.mark.parametrize("words", ["牵头部门", "哪家牵头"])
def test_a_heading_that_was_rewritten_is_read_and_asked_about(book: Path, words: str) -> None:
    edit(book, lambda workbook: workbook["任务"].__setitem__("D1", words))
    plan, (finding,) = read_planbook(book)
    assert without_places(plan) == without_places(PLAN)
    assert (finding.kind.code, finding.place.cell) == ("heading_is_unchanged", "D1")


def test_two_filled_columns_with_one_heading_are_refused(book: Path) -> None:
    edit(book, lambda workbook: workbook["任务"].__setitem__("J1", "牵头单位"))
    assert read_planbook(book)[1] == ()
    edit(book, lambda workbook: workbook["任务"].__setitem__("J2", "市财政局"))
    (finding,) = read_planbook(book)[1]
    assert (finding.kind.code, finding.place.cell, finding.is_error) == ("heading_is_single", "J1", True)
    assert finding.message == (
        "“plan.xlsx”的工作表“任务”中，表头“牵头单位”出现了两次（D1 和 J1），后一列有内容，没有读取：J2“市财政局”。"
    )


def test_a_formula_without_its_result_is_named(book: Path) -> None:
    edit(book, lambda workbook: workbook["任务"].__setitem__("C2", "=A2&B2"))
    _, (finding,) = read_planbook(book)
    assert (finding.kind.code, finding.place.cell) == ("cell_is_formula", "C2")


def test_a_missing_file_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(DubanError, match=r"找不到“plan\.xlsx”.*duban plan import"):
        read_planbook(tmp_path / "plan.xlsx")


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 cut off", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 encrypted or xls", "甲,乙".encode()]
)
def test_a_file_that_is_no_workbook_says_what_to_do(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(content)
    with pytest.raises(DubanError, match=r"无法读取“plan\.xlsx”.*另存为 xlsx"):
        read_planbook(path)


# ---- the workbook itself -----------------------------------------------------------------------


def test_the_headings_are_the_contract(book: Path) -> None:
    workbook = load_workbook(book)
    assert workbook.sheetnames == ["任务", "量化指标", "单位", "说明"]
    for name, columns in (("任务", TASK_COLUMNS), ("量化指标", TARGET_COLUMNS), ("单位", UNIT_COLUMNS)):
        assert [cell.value for cell in workbook[name][1]] == [column.heading for column in columns if not column.spare]


def test_the_tables_are_made_for_working_in(book: Path) -> None:
    workbook = load_workbook(book)
    for name in ("任务", "量化指标", "单位"):
        sheet = workbook[name]
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert sheet.print_title_rows == "$1:$1"
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.oddFooter is not None
        assert sheet.oddFooter.right.text == "第 &P 页 共 &N 页"
        assert sheet["C2"].alignment.wrap_text


def test_added_rows_get_drop_downs_too(book: Path) -> None:
    workbook = load_workbook(book)
    reach = {
        (name, rule.formula1): max(area.max_row for area in rule.sqref.ranges)
        for name in ("任务", "量化指标", "单位")
        for rule in workbook[name].data_validations.dataValidation
    }
    assert reach["任务", '"日期,持续,每年,日期并持续"'] >= 200
    assert reach["量化指标", '"不低于,高于,等于,不高于,低于,增长不低于"'] >= 200
    assert reach["单位", '"单位,成组单位,泛指"'] >= 200
    assert all(len(formula) <= 255 for _, formula in reach)


def test_numbers_kept_as_text_show_no_green_corner(book: Path) -> None:
    with zipfile.ZipFile(book) as package:
        for part in ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet3.xml"):
            xml = package.read(part).decode()
            assert '</headerFooter><ignoredErrors><ignoredError sqref="A1:Z9999"' in xml


def test_a_missing_lead_and_a_double_number_show_while_typing(book: Path) -> None:
    rules = load_workbook(book)["任务"].conditional_formatting
    formulas = {str(area.sqref): area.rules[0].formula for area in rules}
    assert formulas == {
        "A7:K306": ["COUNTA($A7:$K7)>0"],
        "D2:D306": ["AND(LEN($A2&$C2)>0,LEN(TRIM($D2))=0)"],
        "A2:A306": ['AND($A2<>"",SUMPRODUCT(--($A$2:$A$306&""=$A2&""))>1)'],
    }


@pytest.mark.parametrize("name", ["任务", "量化指标", "单位"])
def test_a_row_that_is_added_gets_lines(book: Path, name: str) -> None:
    sheet = load_workbook(book)[name]
    area = next(iter(sheet.conditional_formatting))
    (rule,) = area.rules
    first = sheet.max_row + 1
    assert str(area.sqref).startswith(f"A{first}:")
    assert rule.formula[0].startswith(f"COUNTA($A{first}:")
    assert rule.dxf.border.left.style == "thin"


def test_a_group_without_members_shows_until_one_is_written(book: Path) -> None:
    _, area = load_workbook(book)["单位"].conditional_formatting
    assert area.rules[0].formula == ['AND($B2="成组单位",LEN(TRIM($C2))=0)']
    assert str(area.sqref).startswith("C2:C")


def test_plain_counts_sort_as_numbers_and_others_stay_text(tmp_path: Path, book: Path) -> None:
    assert [load_workbook(book)["任务"][f"A{row}"].value for row in (2, 5)] == [1, 10]
    other = replace(PLAN, tasks=(replace(PLAN.tasks[0], number="1.10", targets=()), PLAN.tasks[1]))
    write_planbook(tmp_path / "other.xlsx", other)
    sheet = load_workbook(tmp_path / "other.xlsx")["任务"]
    assert [(sheet[cell].value, sheet[cell].number_format) for cell in ("A2", "A3")] == [("1.10", "@"), ("2", "@")]


DOUBT = Kind("doubt", Severity.CONFIRM, "“{found}”可能不是单位名称。", "请核对原文。")
WRONG = Kind("wrong", Severity.ERROR, "没有读到牵头单位。", "请填写。")


def marked(path: Path) -> dict[tuple[str, str], tuple[str, str]]:
    """Comment and colour of every commented cell."""
    cells = [
        (sheet.title, cell)
        for sheet in load_workbook(path).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell, SheetCell) and cell.comment
    ]
    return {
        (name, cell.coordinate): (cell.comment.text, str(cell.fill.start_color.rgb))
        for name, cell in cells
        if cell.comment
    }


OFFER = (
    "【提示】总体目标的指标，方案没有写明由哪个单位负责，现在不下发给任何单位。"
    "要有单位报送的，把“任务编号”改成相关任务的编号，即由该任务的牵头单位填报；"
    "只由其中一个单位填报的，再选“填报单位”。不要单位报送的，不用处理。"
)


def test_the_tasks_near_a_goal_are_named_beside_its_target(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    near = replace(PLAN.goals[0].targets[0], name=PLAN.tasks[1].content[:6])
    write_planbook(path, replace(PLAN, goals=(replace(PLAN.goals[0], targets=(near,)),)))
    ((text, _),) = marked(path).values()
    assert f"内容相近的任务：{PLAN.tasks[1].number}。" in text


def test_a_target_of_a_goal_that_is_given_to_a_task_is_its_lead_s_to_report(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    write_planbook(path, PLAN)
    book = load_workbook(path)
    row = next(row for row in book["量化指标"].iter_rows(min_row=2) if str(row[1].value).startswith("总体目标"))
    row[1].value = PLAN.tasks[0].number
    book.save(path)
    plan = reread(path)
    assert [goal.targets for goal in plan.goals] == [()]
    moved = plan.tasks[0].targets[-1]
    (asked,) = [each for each in distribute(plan).by_task[PLAN.tasks[0].number] if each.role is Role.LEAD]
    assert moved.number == row[0].value
    assert moved in asked.targets


def test_doubts_are_marked_in_their_cells(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    place = Place("方案.txt", "", 31, 1)
    findings = [
        Finding(DOUBT, place, task="2", values={"field": "lead", "found": "市林业局"}),
        Finding(WRONG, task="2", values={"field": "lead"}),
        Finding(DOUBT, task="3", values={"field": "target", "found": "4.5次"}),
        Finding(DOUBT, task="10", values={"found": "白皮书"}),
        Finding(DOUBT, unit="市公安局", values={"found": "市公安局"}),
        Finding(DOUBT, Place("方案.txt", "", 2, 1), values={"found": "附件"}),
    ]
    write_planbook(path, PLAN, findings)
    assert marked(path) == {
        ("任务", "D3"): (
            "【核实】“市林业局”可能不是单位名称。请核对原文。（方案.txt 第31行）\n【错误】没有读到牵头单位。请填写。",
            "FFF8CBAD",
        ),
        ("量化指标", "E4"): ("【核实】“4.5次”可能不是单位名称。请核对原文。", "FFFFE699"),
        ("任务", "A5"): ("【核实】“白皮书”可能不是单位名称。请核对原文。", "FFFFE699"),
        ("单位", "A6"): ("【核实】“市公安局”可能不是单位名称。请核对原文。", "FFFFE699"),
        ("量化指标", "B5"): (OFFER, "FFDDEBF7"),
    }
    about = [row[1].value for row in load_workbook(path)["说明"].iter_rows()]
    assert "“附件”可能不是单位名称。请核对原文。（方案.txt 第2行）" in about
    assert reread(path) == without_places(PLAN)


def test_a_comment_tells_twenty_things_and_how_many_more_there_are(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    write_planbook(path, PLAN, [Finding(DOUBT, task="2", values={"found": f"第{at}处"}) for at in range(1, 32)])
    told = marked(path)["任务", "A3"][0].split("\n")
    assert len(told) == 21
    assert told[19:] == ["【核实】“第20处”可能不是单位名称。请核对原文。", "另有 11 条，导入时已列出。"]


def test_of_two_tasks_with_one_number_the_right_one_is_marked(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    first, second = (Place("方案.txt", "", row, 1) for row in (5, 6))
    twins = (replace(PLAN.tasks[1], place=first), replace(PLAN.tasks[1], place=second))
    findings = [Finding(DOUBT, second, task="2", values={"found": "甲"})]
    write_planbook(path, replace(PLAN, tasks=twins), findings)
    assert [cell for _, cell in marked(path)] == ["A3", "B2"]


def test_a_goal_is_labelled_like_a_task() -> None:
    assert (goal_label("1"), goal_label("")) == ("总体目标 1", "总体目标")
