"""Checking real workbooks: one planted mistake is one error at its cell; harmless untidiness is none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from builders.year import expected_of, fill, issue_one, issued_file, office_form, read_and_check, small_plan

from reporting.files.file_type import FileType
from reporting.model import Plan, Task, Unread
from reporting.model.findings import Finding, Severity
from reporting.office.form import Form
from reporting.office.workspace import Workspace
from reporting.returns.check import check_returns
from reporting.returns.reading.read import read_return

Cells = dict[str, Any]

FILLED = ("H", "O")
"""The first and last column that a department fills in on 任务填报."""
LATE = {"完成状态": "滞后", "完成进度(%)": 40, "存在问题及原因": "经费未落实。", "下一步计划": "明年3月底前完成。"}


def blank_row(sheet: Any, row: int) -> None:
    for line in sheet[f"{FILLED[0]}{row}:{FILLED[1]}{row}"]:
        for cell in line:
            cell.value = None


def copy_row(sheet: Any, row: int, to: int) -> None:
    for cell in sheet[row]:
        sheet.cell(to, cell.column).value = cell.value


def on_tasks(change: Callable[[Any], object]) -> Callable[[Any], object]:
    """An edit of 任务填报 alone."""
    return lambda book: change(book["任务填报"])


def both(*changes: Callable[[Any], object]) -> Callable[[Any], object]:
    def change(book: Any) -> None:
        for each in changes:
            each(book)

    return change


def rename(sheet: str, title: str) -> Callable[[Any], object]:
    return lambda book: setattr(book[sheet], "title", title)


def set_cell(sheet: str, cell: str, value: object) -> Callable[[Any], object]:
    def change(book: Any) -> None:
        book[sheet][cell].value = value

    return change


@dataclass(frozen=True)
class Mistake:
    """One planted mistake and the finding it must give."""

    name: str
    code: str
    sheet: str
    cell: str
    rows: dict[str, Cells] = field(default_factory=dict)
    targets: dict[str, Any] = field(default_factory=dict)
    header: Cells = field(default_factory=dict)
    edit: Callable[[Any], object] | None = None


STATUSES = "已完成、基本完成、达到序时进度、持续推进、滞后、未启动、未完成、调整取消、不适用"
TASKS, TARGETS = "任务填报", "量化指标"

MISTAKES = [
    Mistake("an unknown status", "status_is_known", TASKS, "H7", {"1": {"完成状态": "差不多了"}}),
    Mistake("a blank status", "required_is_filled", TASKS, "H7", {"1": {"完成状态": None}}),
    Mistake("a status of blanks", "required_is_filled", TASKS, "H7", {"1": {"完成状态": " 　\n"}}),
    Mistake("done with 80", "done_is_complete", TASKS, "I8", {"2": {"完成进度(%)": 80}}),
    Mistake("done with 1200", "figure_in_range", TASKS, "I7", {"1": {"完成进度(%)": 1200}}),
    Mistake("done with minus 5", "figure_in_range", TASKS, "I7", {"1": {"完成进度(%)": -5}}),
    Mistake("done with 过半", "figure_is_readable", TASKS, "I7", {"1": {"完成进度(%)": "过半"}}),
    Mistake("done with a tick", "figure_is_readable", TASKS, "I7", {"1": {"完成进度(%)": True}}),
    Mistake("a blank progress", "required_is_filled", TASKS, "I7", {"1": {"完成进度(%)": None}}),
    Mistake("behind without a reason", "delay_is_explained", TASKS, "K7", {"1": LATE | {"存在问题及原因": None}}),
    Mistake("behind without a next step", "delay_is_explained", TASKS, "L7", {"1": LATE | {"下一步计划": None}}),
    Mistake("behind with 100", "complete_is_done", TASKS, "I7", {"1": LATE | {"完成进度(%)": 100}}),
    Mistake(
        "not started with 30",
        "not_started_is_zero",
        TASKS,
        "I7",
        {"1": LATE | {"完成状态": "未启动", "完成进度(%)": 30}},
    ),
    Mistake("no account of what was done", "required_is_filled", TASKS, "J8", {"2": {"完成情况": None}}),
    Mistake("an account of blanks", "required_is_filled", TASKS, "J8", {"2": {"完成情况": "  \n　"}}),
    Mistake("an account of 3001 signs", "text_is_short_enough", TASKS, "J8", {"2": {"完成情况": "长" * 3001}}),
    Mistake("a figure in the wrong unit", "target_has_its_unit", TARGETS, "F5", targets={"1-1": "1.2亿元"}),
    Mistake("a figure in words", "target_is_readable", TARGETS, "F5", targets={"1-1": "较多"}),
    Mistake("a blank figure", "required_is_filled", TARGETS, "F6", targets={"1-2": None}),
    Mistake("a missing row", "task_is_answered", TASKS, "", edit=on_tasks(lambda sheet: sheet.delete_rows(8))),
    Mistake("a missing target", "task_is_answered", TARGETS, "", edit=lambda book: book["量化指标"].delete_rows(6)),
    Mistake(
        "a row left wholly blank", "task_is_answered", TASKS, "H8", edit=on_tasks(lambda sheet: blank_row(sheet, 8))
    ),
    Mistake(
        "a row that stands twice", "task_is_single", TASKS, "A9", edit=on_tasks(lambda sheet: copy_row(sheet, 7, 9))
    ),
    Mistake(
        "a row that stands twice, full of mistakes the second time",
        "task_is_single",
        TASKS,
        "A9",
        edit=both(
            on_tasks(lambda sheet: copy_row(sheet, 7, 9)), set_cell(TASKS, "H9", "没做"), set_cell(TASKS, "I9", "许多")
        ),
    ),
    Mistake(
        "a row that stands twice, its number typed differently",
        "task_is_single",
        TASKS,
        "A9",
        edit=both(on_tasks(lambda sheet: copy_row(sheet, 7, 9)), set_cell(TASKS, "A9", "１、")),
    ),
    Mistake(
        "an unknown task number",
        "task_is_known",
        TASKS,
        "A9",
        edit=both(on_tasks(lambda sheet: copy_row(sheet, 8, 9)), set_cell(TASKS, "A9", 99)),
    ),
    Mistake(
        "another unit's task",
        "task_is_known",
        TASKS,
        "A9",
        edit=both(on_tasks(lambda sheet: copy_row(sheet, 8, 9)), set_cell(TASKS, "A9", 3)),
    ),
    Mistake("content without a number", "task_is_known", TASKS, "A9", edit=set_cell(TASKS, "J9", "另开展培训两次。")),
    Mistake(
        "an unknown target number",
        "task_is_known",
        TARGETS,
        "A7",
        edit=both(set_cell(TARGETS, "A7", "9-9"), set_cell(TARGETS, "F7", 3)),
    ),
    Mistake("the wrong year", "year_is_right", TASKS, "F3", header={"填报年度": 2025}),
    Mistake("another unit's name", "unit_is_right", TASKS, "C3", header={"填报单位": "市卫生健康委"}),
    Mistake("nobody named as filling it in", "header_is_filled", TASKS, "H3", header={"填报人": None}),
    Mistake("no telephone", "header_is_filled", TASKS, "C4", header={"联系电话": None}),
    Mistake("nobody named as auditor", "header_is_filled", TASKS, "F4", header={"审核人": "  "}),
    Mistake(
        "a formula that failed", "formula_gives_a_value", TASKS, "I7", edit=lambda book: set_error(book, TASKS, "I7")
    ),
    Mistake(
        "a figure whose formula failed",
        "formula_gives_a_value",
        TARGETS,
        "F5",
        edit=lambda book: set_error(book, TARGETS, "F5"),
    ),
    Mistake(
        "a column that was deleted", "column_is_there", TASKS, "", edit=on_tasks(lambda sheet: sheet.delete_cols(10))
    ),
]


def set_error(book: Any, sheet: str, cell: str) -> None:
    book[sheet][cell].value = "#REF!"
    book[sheet][cell].data_type = "e"


def places(findings: Sequence[Finding]) -> list[tuple[str, str, str]]:
    return [(each.kind.code, each.place.part, each.place.cell) for each in findings]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda each: each.name)
def test_one_mistake_is_one_error_at_its_cell(mistake: Mistake, issued: Workspace, form: Form) -> None:
    path = issued_file(issued, "市教育局")
    data = fill(path, mistake.rows, mistake.targets, mistake.header, mistake.edit)
    _, findings = read_and_check(data, form)
    assert places(findings) == [(mistake.code, mistake.sheet, mistake.cell)]
    (finding,) = findings
    assert finding.kind.severity is Severity.ERROR
    assert finding.unit == "市教育局"
    assert finding.place.file == "填报表.xlsx"


OPTIONAL = [
    ("figure_is_exact", TASKS, "N7", {"1": {"自评分": 101}}, {}, {}),
    ("figure_is_exact", TASKS, "N7", {"1": {"自评分": "优秀"}}, {}, {}),
    ("date_is_unmistakable", TARGETS, "G5", {}, {"1-1": {6: 8, 7: "上个月"}}, {}),
    ("date_is_unmistakable", TASKS, "H4", {}, {}, {"填报日期": "腊月初八"}),
]


@pytest.mark.parametrize(("code", "sheet", "cell", "rows", "targets", "header"), OPTIONAL)
def test_what_need_not_be_filled_in_is_asked_about_and_counts_as_blank(
    code: str, sheet: str, cell: str, rows: Any, targets: Any, header: Any, issued: Workspace, form: Form
) -> None:
    sent, findings = read_and_check(fill(issued_file(issued, "市教育局"), rows, targets, header), form)
    assert places(findings) == [(code, sheet, cell)]
    assert findings[0].kind.severity is Severity.CONFIRM
    assert "暂按 空白 登记" in findings[0].message
    cells = [*sent.rows[0].cells.values(), *sent.target_rows[0].cells.values(), *sent.header.values()]
    assert [each.value for each in cells if each.place.cell == cell and each.place.part == sheet] == [None]


@pytest.mark.parametrize(
    ("sheet", "cell", "words"),
    [
        (TASKS, "C8", "开展普法宣传，每年一次。"),
        (TASKS, "G7", "2027年12月底前"),
        (TASKS, "D8", "牵头"),
        (TASKS, "B7", "知识产权"),
        (TARGETS, "D5", "≥3"),
    ],
    ids=["content", "deadline", "role", "category", "goal"],
)
def test_words_of_the_plan_that_were_changed_are_told_and_those_issued_count(
    sheet: str, cell: str, words: str, issued: Workspace, form: Form
) -> None:
    data = fill(issued_file(issued, "市教育局"), None, {"1-1": 8, "1-2": 9}, edit=set_cell(sheet, cell, words))
    _, findings = read_and_check(data, form)
    assert places(findings) == [("locked_is_unchanged", sheet, cell)]
    assert findings[0].kind.severity is Severity.NOTE


def test_other_words_in_the_place_of_the_plans_are_asked_about(issued: Workspace, form: Form) -> None:
    edit = set_cell(TASKS, "C8", "举办大学生创意竞赛并表彰优秀作品。")
    _, findings = read_and_check(fill(issued_file(issued, "市教育局"), edit=edit), form)
    assert places(findings) == [("row_is_of_its_task", TASKS, "C8")]
    assert findings[0].kind.severity is Severity.CONFIRM


def test_finding_says_what_was_found_what_is_expected_and_what_to_do(issued: Workspace, form: Form) -> None:
    data = fill(issued_file(issued, "市教育局"), {"1": {"完成状态": "差不多了"}})
    _, (finding,) = read_and_check(data, form)
    assert finding.as_json() == {
        "code": "status_is_known",
        "severity": "error",
        "unit": "市教育局",
        "file": "填报表.xlsx",
        "sheet": "任务填报",
        "cell": "H7",
        "task": "1",
        "message": "完成状态“差不多了”不在规定的选项中。",
        "remedy": f"请从下拉选项中选一项：{STATUSES}。",
        "found": "差不多了",
        "expected": STATUSES,
    }


def test_a_row_that_stands_twice_is_told_with_what_the_two_say_differently(issued: Workspace, form: Form) -> None:
    edit = both(on_tasks(lambda sheet: copy_row(sheet, 7, 9)), set_cell(TASKS, "J9", "已办结，另有总结。"))
    _, (finding,) = read_and_check(fill(issued_file(issued, "市教育局"), edit=edit), form)
    assert finding.message == "任务编号“1”填报了不止一次，第 7 行已有，两行的完成情况不同。"


def test_all_mistakes_of_a_return_are_found_in_one_pass_in_the_order_of_the_sheet(
    issued: Workspace, form: Form
) -> None:
    def edit(book: Any) -> None:
        copy_row(book["任务填报"], 7, 9)
        book["任务填报"]["C7"].value = "别的内容"

    data = fill(
        issued_file(issued, "市教育局"),
        {"1": {"完成状态": "滞后", "完成进度(%)": 1200}, "2": {"完成状态": "快了", "完成情况": None}},
        {"1-1": "三亿元", "1-2": "8.5个"},
        {"审核人": None},
        edit,
    )
    _, findings = read_and_check(data, form)
    assert places(findings) == [
        ("header_is_filled", "任务填报", "F4"),
        ("locked_is_unchanged", "任务填报", "C7"),
        ("figure_in_range", "任务填报", "I7"),
        ("delay_is_explained", "任务填报", "K7"),
        ("delay_is_explained", "任务填报", "L7"),
        ("status_is_known", "任务填报", "H8"),
        ("required_is_filled", "任务填报", "J8"),
        ("task_is_single", "任务填报", "A9"),
        ("target_is_readable", "量化指标", "F5"),
        ("target_has_its_unit", "量化指标", "F6"),
    ]


# ---- what must be left alone ---------------------------------------------------------------------------


def sort_rows(sheet: Any) -> None:
    upper, lower = [[cell.value for cell in sheet[row]] for row in (7, 8)]
    for row, values in ((7, lower), (8, upper)):
        for column, value in enumerate(values, 1):
            sheet.cell(row, column).value = value


def move_columns(sheet: Any) -> None:
    """完成状态 to 备注 in reverse order, as a department does that likes to see its text first."""
    for row in range(6, 9):
        values = [cell.value for cell in sheet[row][7:15]]
        for column, value in enumerate(reversed(values), 8):
            sheet.cell(row, column).value = value


def add_column(sheet: Any) -> None:
    sheet.insert_cols(9)
    for row, value in ((6, "科室意见"), (7, "同意"), (8, "同意")):
        sheet.cell(row, 9).value = value


def move_block(sheet: Any) -> None:
    """The labels with the cells beside them into one column at the far left, wherever they stood."""
    pairs = []
    for line in sheet["B3:H4"]:
        for cell in line:
            if cell.value in ("填报单位", "填报年度", "填报人", "联系电话", "审核人", "填报日期"):
                pairs.append((cell.value, sheet.cell(cell.row, cell.column + 1).value))
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))
    for line in sheet["A1:P5"]:
        for cell in line:
            cell.value = None
    sheet.insert_rows(1, 4)
    for row, (label, value) in enumerate(pairs, 2):
        sheet.cell(row, 2).value = f"{label}："
        sheet.cell(row, 3).value = value


def hide(sheet: Any) -> None:
    sheet.auto_filter.add_filter_column(7, ["滞后"])
    for row in (7, 8):
        sheet.row_dimensions[row].hidden = True
    sheet.column_dimensions["J"].hidden = True


def as_percentage(sheet: Any) -> None:
    sheet["I7"].value = 0.85
    sheet["I7"].number_format = "0%"
    sheet["H7"].value = "持续推进"


HARMLESS: list[tuple[str, dict[str, Cells], dict[str, Any], Cells, Callable[[Any], object] | None]] = [
    ("everything as asked", {}, {}, {}, None),
    ("办结 for done", {"1": {"完成状态": "办结"}}, {}, {}, None),
    ("a full stop after the status", {"1": {"完成状态": "完成。"}}, {}, {}, None),
    ("blanks around the status", {"1": {"完成状态": " 已 完成　"}}, {}, {}, None),
    ("a full-width １００", {"1": {"完成进度(%)": "１００"}}, {}, {}, None),
    ("100% typed as text", {"1": {"完成进度(%)": "100%"}}, {}, {}, None),
    ("100 typed as text", {"1": {"完成进度(%)": "100"}}, {}, {}, None),
    ("0.85 shown as 85%", {}, {}, {}, on_tasks(as_percentage)),
    ("12所 for 12", {}, {"1-1": "12所"}, {}, None),
    ("12 所 with a blank", {}, {"1-1": " 12 所 "}, {}, None),
    ("约12所", {}, {"1-1": "约12所"}, {}, None),
    ("8.5% in a target in per cent", {}, {"1-2": "８.５％"}, {}, None),
    ("a number typed as text", {}, {"1-1": "12"}, {}, None),
    ("nothing reached", {}, {"1-1": 0}, {}, None),
    ("a score with 分", {"1": {"自评分": "95分"}}, {}, {}, None),
    ("the day in words", {}, {}, {"填报日期": "2026年12月9日"}, None),
    ("the day with dots", {}, {}, {"填报日期": "2026.12.9"}, None),
    ("no day at all", {}, {}, {"填报日期": None}, None),
    ("the year with 年度", {}, {}, {"填报年度": "2026年度"}, None),
    ("a telephone typed as a number", {}, {}, {"联系电话": 62340011}, None),
    ("line breaks in the content of the plan", {}, {}, {}, set_cell(TASKS, "C8", "开展普法宣传，\n每季度一次。 ")),
    ("rows sorted the other way", {}, {}, {}, on_tasks(sort_rows)),
    ("blank rows put in", {}, {}, {}, on_tasks(lambda sheet: sheet.insert_rows(8, 3))),
    ("blank rows above the headings taken out", {}, {}, {}, on_tasks(lambda sheet: sheet.delete_rows(5))),
    ("columns moved", {}, {}, {}, on_tasks(move_columns)),
    ("a column added", {}, {}, {}, on_tasks(add_column)),
    ("the sheet renamed", {}, {}, {}, rename("任务填报", "Sheet1 (2)")),
    ("both sheets renamed", {}, {}, {}, both(rename("任务填报", "表一"), rename("量化指标", "表二"))),
    ("the sheets in another order", {}, {}, {}, lambda book: book.move_sheet("量化指标", -2)),
    ("rows and columns hidden, a filter on", {}, {}, {}, on_tasks(hide)),
    ("_meta deleted", {}, {}, {}, lambda book: book.remove(book["_meta"])),
    (
        "the instructions and lists deleted",
        {},
        {},
        {},
        both(lambda book: book.remove(book["填报说明"]), lambda book: book.remove(book["字典"])),
    ),
    ("title cells merged once more", {}, {}, {}, on_tasks(lambda sheet: sheet.merge_cells("A5:P5"))),
    ("the block moved to the left", {}, {}, {}, on_tasks(move_block)),
    ("protection taken off", {}, {}, {}, on_tasks(lambda sheet: sheet.protection.disable())),
    ("the check column overwritten", {}, {}, {}, set_cell(TASKS, "P7", "已核")),
    (
        "a task that does not concern the unit",
        {"1": {"完成状态": "不适用", "完成进度(%)": None, "完成情况": None, "存在问题及原因": "职能已划转。"}},
        {"1-1": None, "1-2": None},
        {},
        None,
    ),
    (
        "a task not started, without an account",
        {"1": LATE | {"完成状态": "未启动", "完成进度(%)": 0, "完成情况": None}},
        {},
        {},
        None,
    ),
    ("the number typed as 1、", {}, {}, {}, set_cell(TASKS, "A7", "１、")),
    ("a zero-width blank after the number", {}, {}, {}, set_cell(TASKS, "A7", "1\u200b")),
]


@pytest.mark.parametrize(
    ("rows", "targets", "header", "edit"), [pytest.param(*rest, id=name) for name, *rest in HARMLESS]
)
def test_untidiness_that_harms_nothing_is_no_finding(
    rows: dict[str, Cells],
    targets: dict[str, Any],
    header: Cells,
    edit: Callable[[Any], object] | None,
    issued: Workspace,
    form: Form,
) -> None:
    data = fill(issued_file(issued, "市教育局"), rows, targets, header, edit)
    sent, findings = read_and_check(data, form)
    assert places([finding for finding in findings if finding.is_error]) == []
    assert {row.assignment.task.number for row in sent.rows if row.assignment} == {"1", "2"}
    assert [row.target.number for row in sent.target_rows if row.target] == ["1-1", "1-2"]


def test_rows_that_are_filtered_away_are_read_and_told(issued: Workspace, form: Form) -> None:
    def hide_second(sheet: Any) -> None:
        sheet.row_dimensions[8].hidden = True

    data = fill(issued_file(issued, "市教育局"), {"2": {"完成进度(%)": 80}}, edit=on_tasks(hide_second))
    _, findings = read_and_check(data, form)
    assert places(findings) == [("rows_are_shown", TASKS, "A8"), ("done_is_complete", TASKS, "I8")]
    assert findings[0].message == "“任务填报”表的第 8 行被隐藏或筛掉了，其中的内容照常读取。"


def test_table_copied_into_a_fresh_workbook_with_its_block_is_accepted(issued: Workspace, form: Form) -> None:
    filled = openpyxl.load_workbook(BytesIO(fill(issued_file(issued, "市教育局"))))
    fresh = openpyxl.Workbook()
    first: Any = fresh.active
    for title, sheet in (("任务填报", first), ("量化指标", fresh.create_sheet("Sheet2"))):
        for line in filled[title].iter_rows():
            for cell in line:
                if cell.value is not None and cell.data_type != "f":
                    sheet.cell(cell.row + 2, cell.column + 1).value = cell.value
    saved = BytesIO()
    fresh.save(saved)
    sent, findings = read_and_check(saved.getvalue(), form)
    assert places(findings) == []
    assert sent.header["unit"].raw == "市教育局"
    assert sent.rows[0].cells["status"].place.cell == "I9"


def test_what_is_understood_keeps_the_text_as_typed_and_its_cell(issued: Workspace, form: Form) -> None:
    data = fill(
        issued_file(issued, "市教育局"),
        {"1": {"完成状态": "办结。", "完成进度(%)": "１００％"}, "2": LATE | {"完成进度(%)": "约40%"}},
        {"1-1": "1２ 所"},
        {"填报日期": "2026年12月"},
    )
    sent, findings = read_and_check(data, form)
    assert [(each.kind.code, each.place.cell, each.message) for each in findings] == [
        ("date_is_unmistakable", "H4", "填报日期“2026年12月”没有写哪一天，暂按 2026-12-31 登记。"),
        ("figure_is_as_read", "I8", "完成进度(%)“约40%”不是确数，按 40 登记。"),
    ]
    cells = sent.rows[0].cells
    assert (cells["status"].raw, cells["status"].value, cells["status"].place.cell) == ("办结。", "已完成", "H7")
    assert (cells["progress"].raw, cells["progress"].value) == ("１００％", 100)
    assert (sent.rows[1].raw("progress"), sent.rows[1].value("progress")) == ("约40%", 40)
    figure = sent.target_rows[0].cells["value"]
    assert (figure.raw, figure.value, figure.place.cell) == ("1２ 所", 12, "F5")
    assert sent.header["filled_on"].value == date(2026, 12, 31)


def test_what_is_not_understood_is_marked_and_keeps_its_text(issued: Workspace, form: Form) -> None:
    data = fill(issued_file(issued, "市教育局"), {"1": {"完成进度(%)": "过半"}})
    sent, _ = read_and_check(data, form)
    assert sent.rows[0].cells["progress"].value is Unread.UNREADABLE
    assert sent.rows[0].raw("progress") == "过半"


# ---- numbers of tasks as plans write them ----------------------------------------------------------------


def bracketed_plan() -> Plan:
    """A plan whose tasks are numbered （1） and 2.1, which no sheet may take for anything else."""
    plan = small_plan()
    one = replace(plan.tasks[1], number="（1）", lead=("市教育局",), support=())
    return replace(plan, tasks=(one, replace(one, number="2.10"), replace(one, number="2.1")))


def test_finding_names_the_task_as_the_plan_numbers_it(form: Form) -> None:
    data = issued_by_hand(bracketed_plan(), form, {"（1）": {"完成进度(%)": 80}, "2.10": {"完成情况": None}})
    _, findings = read_and_check(data, form, plan=bracketed_plan())
    assert [(each.kind.code, each.task, each.place.cell) for each in findings] == [
        ("done_is_complete", "（1）", "I7"),
        ("required_is_filled", "2.10", "J8"),
    ]


def issued_by_hand(plan: Plan, form: Form, rows: dict[str, Cells]) -> bytes:
    """市教育局's workbook of a plan, filled in, without a workspace."""
    return fill(BytesIO(issue_one(plan, form)), rows)


# ---- several returns in one run --------------------------------------------------------------------------


def three_returns(issued: Workspace) -> dict[str, bytes]:
    return {
        "市教育局": fill(issued_file(issued, "市教育局"), {"1": {"完成进度(%)": "过半"}}, {"1-1": "三亿元"}),
        "市司法局": fill(issued_file(issued, "市司法局"), {"2": {"完成状态": "快了"}}, header={"填报人": None}),
        "临江区人民政府": fill(issued_file(issued, "临江区人民政府"), {"3": {"完成进度(%)": 2000}}),
    }


def test_findings_of_three_returns_checked_together_are_those_of_each_alone(issued: Workspace, form: Form) -> None:
    sent = []
    for unit, data in three_returns(issued).items():
        each, _ = read_return(f"{unit}.xlsx", "", data, FileType.XLSX, form)
        sent.append(replace(each, unit=unit))
    expected = {each.unit: expected_of(each.unit) for each in sent}
    together = check_returns(sent, expected, form, 2026)
    alone = [check_returns([each], expected, form, 2026)[0] for each in sent]
    backwards = check_returns(sent[::-1], expected, form, 2026)[::-1]
    assert together == alone == backwards
    assert [places(findings) for _, findings in together] == [
        [("figure_is_readable", "任务填报", "I7"), ("target_is_readable", "量化指标", "F5")],
        [("header_is_filled", "任务填报", "H3"), ("status_is_known", "任务填报", "H7")],
        [("figure_in_range", "任务填报", "I7")],
    ]


@pytest.mark.parametrize("count", [1, 3], ids=["one return", "three returns"])
def test_pandera_runs_once_a_table_and_not_once_a_file(
    count: int, issued: Workspace, form: Form, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pandera.pandas as pa

    lengths: list[int] = []
    validate = pa.DataFrameSchema.validate

    def counting(self: Any, frame: Any, *rest: Any, **options: Any) -> Any:
        lengths.append(len(frame))
        return validate(self, frame, *rest, **options)

    monkeypatch.setattr(pa.DataFrameSchema, "validate", counting)
    data = fill(issued_file(issued, "市教育局"))
    one, _ = read_return("填报表.xlsx", "", data, FileType.XLSX, form)
    expected = {"市教育局": expected_of("市教育局")}
    checked = check_returns([replace(one, unit="市教育局")] * count, expected, form, 2026)
    assert len(checked) == count
    assert lengths == [2 * count, 2 * count, count]


# ---- columns that an office added ------------------------------------------------------------------------


def test_column_an_office_added_is_checked_like_any_other() -> None:
    own = office_form()
    rows: dict[str, Cells] = {
        "1": {"风险等级": "较高", "投入经费(万元)": None},
        "2": {"风险等级": None, "投入经费(万元)": None},
    }
    _, findings = read_and_check(issued_by_hand(small_plan(), own, rows), own)
    assert [(each.kind.code, each.place.cell, each.message) for each in findings] == [
        ("text_is_unmistakable", "P7", "风险等级“较高”不在规定的选项中，照原文登记。"),
        ("required_is_filled", "Q7", "没有填写投入经费(万元)。"),
    ]
    assert findings[0].remedy == "请从下拉选项中选一项：高、中、低。"


def test_number_in_a_column_an_office_added_keeps_to_its_bounds() -> None:
    own = office_form()
    rows: dict[str, Cells] = {"1": {"投入经费(万元)": -3}, "2": {"投入经费(万元)": "不少"}}
    _, findings = read_and_check(issued_by_hand(small_plan(), own, rows), own)
    assert [(each.kind.code, each.place.cell) for each in findings] == [
        ("figure_in_range", "Q7"),
        ("figure_is_readable", "Q8"),
    ]
    assert findings[0].message == "投入经费(万元)“-3”超出范围，应不小于 0。"


def test_quantity_in_a_column_an_office_added_must_be_a_figure(form: Form) -> None:
    cost = office_form().task_fields["cost"].model_copy(update={"type": "quantity"})
    own = Form.model_validate(form.model_dump() | {"task": (*form.task, cost)})
    data = issued_by_hand(small_plan(), own, {"1": {cost.heading: "不少"}, "2": {cost.heading: "3万元"}})
    sent, findings = read_and_check(data, own)
    assert places(findings) == [("figure_is_readable", "任务填报", "P7")]
    assert sent.rows[1].value("cost") == 30000


def test_return_on_an_older_form_says_which_column_it_lacks(issued: Workspace) -> None:
    _, findings = read_and_check(fill(issued_file(issued, "市教育局")), office_form())
    assert [each.message for each in findings] == ["表中没有“风险等级”这一列。", "表中没有“投入经费(万元)”这一列。"]


# ---- whoever supports ------------------------------------------------------------------------------------


def test_unit_that_only_supports_is_not_asked_for_targets(issued: Workspace, form: Form) -> None:
    assert set(expected_of("市教育局").targets) == {"1-1", "1-2"}
    assert not expected_of("市司法局").targets
    _, findings = read_and_check(fill(issued_file(issued, "市司法局")), form, "市司法局")
    assert places(findings) == []


def test_task_nobody_leads_is_asked_of_everybody_with_its_targets() -> None:
    plan = small_plan()
    nobody: Task = replace(plan.tasks[0], lead=(), support=("市教育局", "市司法局"))
    plan = replace(plan, tasks=(nobody,))
    assert set(expected_of("市司法局", plan).targets) == set(expected_of("市教育局", plan).targets) == {"1-1", "1-2"}


def test_a_heading_that_was_rewritten_is_read_by_its_neighbours_and_asked_about(issued: Workspace, form: Form) -> None:
    data = fill(issued_file(issued, "市教育局"), edit=set_cell(TASKS, "J6", "工作进展"))
    sent, findings = read_and_check(data, form)
    assert [row.raw("result") for row in sent.rows] == ["已建立机制并按季度会商，完成全部事项。"] * 2
    (finding,) = findings
    assert (finding.kind.code, finding.place.cell) == ("heading_is_unchanged", "J6")
    assert finding.message == "“完成情况”一列的表头被改成了“工作进展”，按原来的列读取。"


def test_a_column_nobody_must_fill_may_be_missing(issued: Workspace, form: Form) -> None:
    data = fill(issued_file(issued, "市教育局"), edit=on_tasks(lambda sheet: sheet.delete_cols(14)))
    _, findings = read_and_check(data, form)
    assert [finding.kind.code for finding in findings] == ["optional_column_is_there"]


@pytest.mark.parametrize("number", [None, "第一项工作", 77])
def test_a_row_that_lost_its_number_is_known_by_its_content(number: object, issued: Workspace, form: Form) -> None:
    data = fill(issued_file(issued, "市教育局"), edit=set_cell(TASKS, "A7", number))
    sent, findings = read_and_check(data, form)
    assert sent.rows[0].assignment is not None
    assert sent.rows[0].assignment.task.number == "1"
    assert places(findings) == [("number_is_as_issued", TASKS, "A7")]
    assert findings[0].kind.severity is Severity.NOTE


def test_rows_numbered_anew_are_known_by_the_words_of_the_plan(issued: Workspace, form: Form) -> None:
    """1 and 2 written where 2 and 1 stood."""
    edit = both(set_cell(TASKS, "A7", 2), set_cell(TASKS, "A8", 1))
    sent, findings = read_and_check(fill(issued_file(issued, "市教育局"), edit=edit), form)
    assert [row.number for row in sent.rows] == ["1", "2"]
    assert places(findings) == [("number_is_as_issued", TASKS, "A7"), ("number_is_as_issued", TASKS, "A8")]
    assert findings[0].message == "任务编号写的是“2”，按这一行的工作内容登记为“1”。"


def test_answers_one_row_too_low_are_said_to_be_perhaps_all_astray(issued: Workspace, form: Form) -> None:
    data = fill(issued_file(issued, "市教育局"), edit=on_tasks(lambda sheet: sheet.move_range("H7:O8", rows=1)))
    _, findings = read_and_check(data, form)
    assert [(each.kind.code, each.place.cell, each.task, each.message) for each in findings] == [
        (LOW, "H7", "1", "第 7 至 9 行所填看来整体低了一行，这一行没有填写完成状态。"),
        (LOW, "H8", "2", "第 7 至 9 行所填看来整体低了一行，这一行写的可能是任务“1”的内容。"),
        (LOW, "H9", "", "第 7 至 9 行所填看来整体低了一行，这一行写的可能是任务“2”的内容。"),
    ]


LOW = "answers_stand_in_their_rows"


def test_headings_pasted_with_the_answers_are_said(issued: Workspace, form: Form) -> None:
    def paste(sheet: Any) -> None:
        sheet.move_range("H6:O8", rows=1)
        for number, each in enumerate(form.task, 1):
            sheet.cell(6, number).value = each.heading

    _, findings = read_and_check(fill(issued_file(issued, "市教育局"), edit=on_tasks(paste)), form)
    assert [(each.kind.code, each.place.cell) for each in findings] == [(LOW, f"H{n}") for n in (7, 8, 9)]
    assert findings[0].message == "第 7 至 9 行所填看来整体低了一行，这一行填的是表头。"


def test_figures_one_row_too_low_are_no_shortfalls(issued: Workspace, form: Form) -> None:
    data = fill(
        issued_file(issued, "市教育局"),
        None,
        {"1-1": 8, "1-2": 9},
        edit=lambda book: book[TARGETS].move_range("F5:F6", rows=1),
    )
    _, findings = read_and_check(data, form)
    assert places(findings) == [(LOW, TARGETS, f"F{row}") for row in (5, 6, 7)]


@pytest.mark.parametrize(
    ("cell", "words"), [("J9", "以上数据截至2026年11月30日。"), ("J11", "注：四季度数据待统计局发布。")]
)
def test_a_remark_below_the_table_sends_nothing_back(cell: str, words: str, issued: Workspace, form: Form) -> None:
    data = fill(issued_file(issued, "市教育局"), None, {"1-1": 8, "1-2": 9}, edit=set_cell(TASKS, cell, words))
    _, findings = read_and_check(data, form)
    assert places(findings) == [("remark_is_in_its_column", TASKS, cell)]
    assert findings[0].kind.severity == "note"


@pytest.mark.parametrize(("cell", "number"), [("A5", "1—1"), ("A6", "1－2")])
def test_a_dash_of_an_input_method_is_a_hyphen(cell: str, number: str, issued: Workspace, form: Form) -> None:
    figures = {"1-1": 8, "1-2": 9}
    data = fill(issued_file(issued, "市教育局"), None, figures, edit=set_cell(TARGETS, cell, number))
    assert read_and_check(data, form)[1] == ()


def test_a_target_whose_number_became_a_date_is_known_by_its_name(issued: Workspace, form: Form) -> None:
    day = set_cell(TARGETS, "A6", date(2026, 1, 2))
    data = fill(issued_file(issued, "市教育局"), None, {"1-1": 8, "1-2": 9}, edit=day)
    sent, findings = read_and_check(data, form)
    assert places(findings) == [("number_is_as_issued", TARGETS, "A6")]
    assert [row.target.number for row in sent.target_rows if row.target] == ["1-1", "1-2"]


def test_headings_with_a_word_more_or_less_are_asked_about(issued: Workspace, form: Form) -> None:
    def reword(sheet: Any) -> None:
        sheet["H6"], sheet["I6"], sheet["J6"] = "完成状态（必填）", "完成进度", "2026年完成情况"

    data = fill(issued_file(issued, "市教育局"), None, {"1-1": 8, "1-2": 9}, edit=on_tasks(reword))
    found = read_and_check(data, form)[1]
    assert places(found) == [("heading_is_unchanged", TASKS, f"{letter}6") for letter in "IJ"]


def test_a_full_stop_left_out_changes_nothing_of_the_plan(issued: Workspace, form: Form) -> None:
    words = small_plan().tasks[0].content.rstrip("。")
    data = fill(issued_file(issued, "市教育局"), None, {"1-1": 8, "1-2": 9}, edit=set_cell(TASKS, "C7", words))
    assert read_and_check(data, form)[1] == ()


def test_an_account_that_goes_on_below_its_table_goes_back(issued: Workspace, form: Form) -> None:
    words = "另举办培训班两期，参训一百二十人。"
    data = fill(issued_file(issued, "市教育局"), None, {"1-1": 8, "1-2": 9}, edit=set_cell(TASKS, "J9", words))
    assert places(read_and_check(data, form)[1]) == [("task_is_known", TASKS, "A9")]


def test_a_task_written_in_without_an_answer_is_asked_about(issued: Workspace, form: Form) -> None:
    data = fill(
        issued_file(issued, "市教育局"),
        None,
        {"1-1": 8, "1-2": 9},
        edit=set_cell(TASKS, "C9", "组织大学生知识产权竞赛。"),
    )
    (finding,) = read_and_check(data, form)[1]
    assert (finding.kind.code, finding.place.cell, finding.kind.severity) == ("nothing_is_added", "C9", "note")


def test_a_line_of_totals_sends_nothing_back(issued: Workspace, form: Form) -> None:
    def add_up(sheet: Any) -> None:
        sheet["A9"], sheet["I9"] = "合 计", 92.5

    _, findings = read_and_check(fill(issued_file(issued, "市教育局"), edit=on_tasks(add_up)), form)
    assert places(findings) == [("total_is_left_out", TASKS, "A9")]
    assert not findings[0].is_error


def test_notes_below_the_table_are_no_tasks(issued: Workspace, form: Form) -> None:
    def sign(sheet: Any) -> None:
        sheet["A12"] = "注：以上数据截至11月底"
        sheet["A14"] = "单位负责人（签字）："

    data = fill(issued_file(issued, "市教育局"), edit=on_tasks(sign))
    assert read_and_check(data, form)[1] == ()


@pytest.mark.parametrize(
    ("figure", "remark", "codes"),
    [
        pytest.param(5, None, ["shortfall_is_explained"], id="missed without a word"),
        pytest.param(5, "两所学校推迟。", ["done_reaches_its_targets"], id="missed and explained, but done"),
        pytest.param(138000, None, ["figure_is_plausible"], id="many times the target"),
    ],
)
def test_a_doubtful_figure_is_asked_about_and_sends_nothing_back(
    figure: float, remark: str | None, codes: list[str], issued: Workspace, form: Form
) -> None:
    data = fill(issued_file(issued, "市教育局"), targets={"1-1": {6: figure, 8: remark}})
    _, findings = read_and_check(data, form)
    assert [finding.kind.code for finding in findings] == codes
    assert not any(finding.is_error for finding in findings)


@pytest.mark.parametrize("word", ["无", "-", "/", "略", "——", "。"])
def test_a_word_that_says_nothing_does_not_fill_a_cell(word: str, issued: Workspace, form: Form) -> None:
    rows: dict[str, Cells] = {"1": LATE | {"存在问题及原因": word}, "2": {"完成情况": word}}
    _, findings = read_and_check(fill(issued_file(issued, "市教育局"), rows), form)
    assert places(findings) == [("delay_is_explained", TASKS, "K7"), ("required_is_filled", TASKS, "J8")]


def test_nothing_to_report_is_no_mistake_where_nothing_is_asked(issued: Workspace, form: Form) -> None:
    rows = {"1": {"存在问题及原因": "无", "下一步计划": "/", "备注": "-"}}
    assert read_and_check(fill(issued_file(issued, "市教育局"), rows), form)[1] == ()


def test_cells_to_fill_in_that_were_merged_are_said_to_be(issued: Workspace, form: Form) -> None:
    data = fill(issued_file(issued, "市教育局"), edit=on_tasks(lambda sheet: sheet.merge_cells("J7:J8")))
    sent, findings = read_and_check(data, form)
    assert places(findings) == [("account_is_of_one_task", TASKS, "J7")]
    assert findings[0].kind.severity is Severity.CONFIRM
    assert findings[0].message == "第 7 至 8 行的完成情况合并成了一格，是几项任务共用的，各行都按这一格登记。"
    assert sent.rows[1].raw("result") == sent.rows[0].raw("result") != ""


def test_one_status_joined_over_two_rows_is_that_of_both_and_one_finding(issued: Workspace, form: Form) -> None:
    def merge(sheet: Any) -> None:
        for area in ("H7:H8", "I7:I8", "M7:M8", "B7:B8"):
            sheet.merge_cells(area)

    sent, findings = read_and_check(fill(issued_file(issued, "市教育局"), edit=on_tasks(merge)), form)
    assert [row.value("status") for row in sent.rows] == ["已完成", "已完成"]
    merged = [each for each in findings if each.kind.code == "cells_are_not_merged"]
    assert [(each.place.cell, each.kind.severity) for each in merged] == [("H7", Severity.NOTE)]
    assert not any(each.is_error for each in findings)


def test_a_number_joined_over_rows_makes_one_row_of_them(issued: Workspace, form: Form) -> None:
    def split(sheet: Any) -> None:
        sheet["J9"], sheet["J10"] = "二是参加论证会2次。", "三是会签意见1份。"
        for column in "ABCDEFG":
            sheet.merge_cells(f"{column}8:{column}10")

    sent, findings = read_and_check(fill(issued_file(issued, "市教育局"), edit=on_tasks(split)), form)
    assert [row.number for row in sent.rows] == ["1", "2"]
    assert sent.rows[1].raw("result").endswith("\n二是参加论证会2次。\n三是会签意见1份。")
    assert [(each.kind.code, each.place.cell) for each in findings] == [("row_is_single", "A8")]
    assert findings[0].message == "第 8 至 10 行的任务编号合并成了一格，这几行按任务“2”的一行登记。"


def test_without_a_block_above_the_table_each_of_its_cells_is_missing(issued: Workspace, form: Form) -> None:
    sent, _ = read_and_check(fill(issued_file(issued, "市教育局")), form)
    expected = {"市教育局": expected_of("市教育局")}
    ((_, findings),) = check_returns([replace(sent, header={})], expected, form, 2026)
    missing = [each.values["heading"] for each in findings if each.kind.code == "header_is_filled"]
    assert missing == ["填报人", "联系电话", "审核人"]


@pytest.mark.parametrize(
    ("first", "second", "asked"),
    [
        ("一、印发办法，培训十期。", "二、编写案例一本，覆盖四百人。", True),
        ("1.印发办法，培训十期。", "2.编写案例一本，覆盖四百人。", True),
        ("一是印发办法，培训十期。", "二是编写案例一本，覆盖四百人。", True),
        ("（一）印发办法，培训十期。", "（二）编写案例一本，覆盖四百人。", True),
        ("①印发办法，培训十期。", "②编写案例一本，覆盖四百人。", True),
        ("印发管理办法，举办培训十期，覆盖企业、", "高校和科研院所四百二十人，编写案例一本。", True),
        ("一、印发办法，培训十期。二、汇编案例。", "二、编写案例一本，覆盖四百人。", False),
        ("1.印发办法，培训十期。", "1.编写案例一本，覆盖四百人。", False),
        ("印发管理办法，举办培训十期。", "二、编写案例一本，覆盖四百人。", False),
        ("1.2万人参加培训，印发办法。", "2.3万人参加宣传，发放资料。", False),
        ("建立协调机制，每季度会商。", "编写案例一本，覆盖四百人。", False),
    ],
)
def test_paragraphs_pasted_down_over_rows_are_asked_about_once(
    first: str, second: str, asked: bool, issued: Workspace, form: Form
) -> None:
    rows = {"1": {"完成情况": first}, "2": {"完成情况": second}}
    _, findings = read_and_check(fill(issued_file(issued, "市教育局"), rows), form)
    found = [each for each in findings if each.kind.code == "paragraphs_stand_in_one_cell"]
    assert [each.place.cell for each in found] == (["J7"] if asked else [])
