"""The next year: what is unfinished or goes on is carried over with its state, the rest is listed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from builders.year import (
    EDUCATION,
    ISSUED_ON,
    JUSTICE,
    MOUNTAIN,
    RECEIVED_ON,
    RIVER,
    SETTINGS,
    TODAY,
    head_review,
    issued_file,
    make_workspace,
    small_plan,
    verify,
    year_of,
)

from reporting.commands.issue import issue
from reporting.commands.review_collect import review_collect
from reporting.commands.review_issue import review_issue
from reporting.commands.rollover import Rolled, rollover
from reporting.commands.status import status
from reporting.model import Alias, Deadline, Unit
from reporting.model.findings import DubanError
from reporting.office.next_settings import settings_of_next_year, year_later
from reporting.office.workspace import Workspace
from reporting.plan.book.read import read_planbook
from reporting.plan.check import check_planbook

BEHIND = {"完成状态": "滞后", "完成进度(%)": 60, "存在问题及原因": "师资不足。", "下一步计划": "明年6月底前补齐。"}
ONGOING = {"完成状态": "持续推进", "完成进度(%)": 100}
DROPPED = {"完成状态": "调整取消", "完成进度(%)": None, "存在问题及原因": "已由市政府常务会议调整。"}


def rolled(workspace: Workspace, output: Path | None = None) -> Rolled:
    done = rollover(workspace, TODAY, output)
    assert done is not None
    return done


def sheet_rows(path: Path, name: str) -> list[tuple[Any, ...]]:
    return list(openpyxl.load_workbook(path)[name].iter_rows(min_row=2, values_only=True))


def test_unfinished_and_lasting_tasks_are_carried_over_and_finished_ones_listed(tmp_path: Path) -> None:
    rows = {EDUCATION: {"1": BEHIND}, JUSTICE: {"2": ONGOING}, RIVER: {}, MOUNTAIN: {}}
    workspace = year_of(tmp_path, rows)
    done = rolled(workspace)
    plan, wrong = read_planbook(workspace.plan_file)
    assert [each for each in wrong if each.is_error] == []
    assert (plan.title, plan.year, plan.document_number) == ("澜川市2027年知识产权工作任务分解方案", 2027, None)
    assert [(task.number, task.content) for task in plan.tasks] == [
        ("1", small_plan().tasks[0].content),
        ("2", small_plan().tasks[1].content),
    ]
    assert [task.lead for task in plan.tasks] == [(EDUCATION,), (JUSTICE,)]
    assert [(each.number, each.task, each.value) for each in plan.targets] == [("1-1", "1", 6), ("1-2", "1", 8)]
    assert [unit.name for unit in plan.units] == [unit.name for unit in small_plan().units]
    assert [row[0:1] + row[3:8] for row in sheet_rows(workspace.plan_file, "上年任务情况")] == [
        ("1", "滞后", 60, "结转", "上年度为“滞后”，没有完成", "1"),
        ("2", "持续推进", 100, "结转", "完成时限为“持续推进”，各年度都要做", "2"),
        ("3", "已完成", 100, "已完成，不列入", "上年度已完成", None),
    ]
    assert [row[8] for row in sheet_rows(workspace.plan_file, "任务")] == [
        "2026年度第1项：滞后，进度60%。",
        "2026年度第2项：持续推进，进度100%。",
    ]
    assert done.began


def test_numbers_of_the_old_year_in_the_settings_are_named(tmp_path: Path) -> None:
    workspace = year_of(tmp_path, {EDUCATION: {"1": BEHIND}})
    path = workspace.root / "duban.toml"
    text = path.read_text(encoding="utf-8")
    text += '\n[document]\nnotice_number = "澜知领办〔2026〕18号"\n'
    text += '\n[scoring]\ntask_methods = { "1" = "四档" }\n'
    path.write_text(text, encoding="utf-8")
    notes = rolled(Workspace(workspace.root)).outcome.notes
    assert [each for each in notes if "duban.toml" in each] == [
        "duban.toml 的 notice_number 是 2026 年的发文字号，请改为新的字号，或者留空。",
        "任务编号已经重排，请核对 duban.toml 中 task_methods 的编号。",
    ]


def test_targets_and_passed_deadlines_are_marked_in_their_cells_with_what_was_reached(tmp_path: Path) -> None:
    workspace = year_of(tmp_path, {EDUCATION: {"1": BEHIND}})
    rolled(workspace)
    book = openpyxl.load_workbook(workspace.plan_file)
    target, deadline = book["量化指标"]["E2"], book["任务"]["F2"]
    assert target.comment is not None
    assert target.comment.text == (
        "【核实】指标1-1的目标值≥6所是2026年度的，市教育局完成7所。"
        "请改为本年度的目标值；目标值不变的，删去这条批注；不再设这项指标的，整行删除。"
    )
    assert deadline.comment is not None
    assert "任务1的完成时限“2026年12月底前”是2026年度的。" in deadline.comment.text
    assert [row[1:] for row in sheet_rows(workspace.plan_file, "上年指标情况")] == [
        ("试点学校", "≥6所", EDUCATION, "7", None, "1-1"),
        ("培训教师", "增长≥8%", EDUCATION, "5%", None, "1-2"),
    ]


def test_plan_check_asks_until_a_target_is_changed_or_its_comment_taken_away(tmp_path: Path) -> None:
    workspace = year_of(tmp_path, {EDUCATION: {"1": BEHIND}})
    rolled(workspace)

    def asked() -> list[str]:
        _, outcome = check_planbook(Workspace(workspace.root), TODAY.date())
        return [each.place.cell for each in outcome.findings if each.kind.code == "target_to_renew"]

    assert asked() == ["E2", "E3"]
    book = openpyxl.load_workbook(workspace.plan_file)
    book["量化指标"]["E2"].value = 9
    book["量化指标"]["E3"].comment = None
    book.save(workspace.plan_file)
    assert asked() == []


def test_what_the_inspection_found_decides_before_what_was_reported(tmp_path: Path) -> None:
    workspace = year_of(tmp_path, {EDUCATION: {}, JUSTICE: {}, RIVER: {}, MOUNTAIN: {}})
    path = review_issue(workspace, RECEIVED_ON).path
    book = openpyxl.load_workbook(path)
    sheet: Any = book["任务核定"]
    head = next(line for line in sheet.iter_rows() if any(cell.value == "核定状态" for cell in line))
    columns = {cell.value: cell.column for cell in head}
    first = next(
        row
        for row in range(head[0].row + 1, sheet.max_row + 1)
        if str(sheet.cell(row, columns["任务编号"]).value) == "1" and sheet.cell(row, columns["角色"]).value == "牵头"
    )
    sheet.cell(first, columns["核定状态"]).value = "未完成"
    sheet.cell(first, columns["核定进度(%)"]).value = 40
    head_review(book)
    book.save(path)
    review_collect(workspace, None, RECEIVED_ON)
    done = rolled(workspace)
    fate = done.rollover.tasks[0]
    assert (fate.line.status, fate.line.progress, fate.fate) == ("未完成", 40, "结转")
    assert done.outcome.notes == ("原有的 plan.xlsx 已另存为 plan_2026.xlsx。",)


def test_silence_is_carried_over_and_what_was_given_up_is_not(tmp_path: Path) -> None:
    workspace = year_of(tmp_path, {JUSTICE: {"2": DROPPED}})
    done = rolled(workspace)
    assert [(each.line.task.number, each.line.status, each.fate, each.why) for each in done.rollover.tasks] == [
        ("1", "未报送", "结转", "上年度没有报送，不知是否完成"),
        ("2", "调整取消", "不再执行，不列入", "上年度为“调整取消”"),
        ("3", "未报送", "结转", "上年度没有报送，不知是否完成"),
    ]
    assert [task.number for task in done.rollover.plan.tasks] == ["1", "2"]
    assert "2026 年度尚未检查验收，各项任务的情况以各单位报送的为准。" in done.outcome.notes


def test_numbers_that_tell_a_place_under_headings_stay(tmp_path: Path) -> None:
    first, second, third = small_plan().tasks
    numbered = (
        replace(first, number="一(一)1", targets=()),
        replace(second, number="一(一)2"),
        replace(third, number="二(一)1"),
    )
    workspace = year_of(tmp_path, {EDUCATION: {}}, replace(small_plan(), tasks=numbered))
    assert [task.number for task in rolled(workspace).rollover.plan.tasks] == ["一(一)2", "二(一)1"]


def test_a_year_in_the_words_of_a_task_is_marked_and_left_as_it_is(tmp_path: Path) -> None:
    first, *others = small_plan().tasks
    words = "2026年12月底前建成校园知识产权教育基地。"
    plan = replace(small_plan(), tasks=(replace(first, content=words, targets=()), *others))
    workspace = year_of(tmp_path, {}, plan)
    done = rolled(workspace)
    assert done.rollover.plan.tasks[0].content == words
    (found,) = [each for each in done.rollover.findings if each.kind.code == "text_names_last_year"]
    assert (found.task, found.values["found"]) == ("1", "2026")


def test_an_alias_that_begins_with_the_new_year_is_the_units_name_from_then_on(tmp_path: Path) -> None:
    school, *others = small_plan().units
    units = (replace(school, aliases=(Alias("市教体局", since=2027),)), *others)
    workspace = year_of(tmp_path, {EDUCATION: {"1": BEHIND}}, replace(small_plan(), units=units))
    rolled(workspace)
    plan, _ = read_planbook(workspace.plan_file)
    assert plan.units[0] == replace(
        school, name="市教体局", aliases=(Alias(EDUCATION, until=2026),), place=plan.units[0].place
    )
    assert plan.tasks[0].lead == ("市教体局",)
    assert plan.tasks[1].support[0] == "市教体局"


REFORM = """
[[reform]]
old = ["教育局"]
new = "{new}"
since = 2027
reason = "2027年机构改革"
"""


@pytest.mark.parametrize(("new", "is_applied"), [("教体局", True), ("司法局", False)], ids=["renamed", "merged"])
def test_the_registry_renames_a_unit_and_only_proposes_to_merge_two(new: str, is_applied: bool, tmp_path: Path) -> None:
    workspace = year_of(tmp_path, {EDUCATION: {"1": BEHIND}})
    (workspace.root / "templates" / "units.toml").write_text(REFORM.format(new=new), encoding="utf-8")
    done = rolled(workspace)
    codes = [each.kind.code for each in done.rollover.findings if each.unit]
    assert codes == (["unit_now_named"] if is_applied else ["unit_proposed"])
    assert done.rollover.plan.tasks[0].lead == (("市教体局",) if is_applied else (EDUCATION,))
    proposed = [row[8] for row in sheet_rows(workspace.plan_file, "单位")]
    assert proposed[0] == (None if is_applied else "市司法局")


def test_last_years_words_and_figures_reach_next_years_workbook_under_new_numbers(tmp_path: Path) -> None:
    first, second, third = small_plan().tasks
    tasks = (replace(second, number="1"), replace(first, number="2", targets=()), replace(third, number="3"))
    tasks = (tasks[0], replace(tasks[1], targets=tuple(_moved(first.targets))), tasks[2])
    rows: dict[str, dict[str, dict[str, Any]]] = {EDUCATION: {"2": BEHIND}, JUSTICE: {"1": DROPPED}}
    figures = {"2-1": 7, "2-2": "5%"}
    workspace = year_of(tmp_path, rows, replace(small_plan(), tasks=tasks), figures)
    rolled(workspace)
    later = Workspace(workspace.root)
    assert later.settings.year == 2027
    issue(later, ISSUED_ON.replace(year=2027))
    book = openpyxl.load_workbook(issued_file(later, EDUCATION))
    head = next(line for line in book["任务填报"].iter_rows() if line[0].value == "任务编号")
    column = next(cell.column for cell in head if cell.value == "上年完成情况（参考）")
    line = next(each for each in book["任务填报"].iter_rows() if str(each[0].value) == "1")
    assert str(line[column - 1].value).startswith("滞后，进度 60%。")
    targets = book["量化指标"]
    assert [targets["I5"].value, targets["J5"].value] == ["≥6所", "7所"]


def _moved(targets: tuple[Any, ...]) -> list[Any]:
    return [replace(each, number=f"2-{order}", task="2") for order, each in enumerate(targets, 1)]


def test_the_old_plan_and_the_book_of_the_old_year_stay(tmp_path: Path) -> None:
    workspace = year_of(tmp_path, {EDUCATION: {}})
    before = workspace.plan_file.read_bytes()
    rolled(workspace)
    assert (workspace.root / "plan_2026.xlsx").read_bytes() == before
    text = (workspace.root / "duban.toml").read_text(encoding="utf-8")
    assert text == SETTINGS.replace("2026-", "2027-").replace("year = 2026", "year = 2027")
    (workspace.root / "duban.toml").write_text(SETTINGS, encoding="utf-8")
    board = status(Workspace(workspace.root), TODAY)
    assert [each.unit for each in board.units if str(each.state) == "accepted"] == [EDUCATION]


def test_it_is_done_once(tmp_path: Path) -> None:
    workspace = year_of(tmp_path, {EDUCATION: {"1": BEHIND}})
    rolled(workspace)
    plan = workspace.plan_file.read_bytes()
    assert rollover(Workspace(workspace.root), TODAY) is None
    assert workspace.plan_file.read_bytes() == plan


def test_a_draft_elsewhere_leaves_the_workspace_in_its_year(tmp_path: Path) -> None:
    workspace = year_of(tmp_path, {EDUCATION: {"1": BEHIND}})
    before = {path: path.read_bytes() for path in workspace.root.glob("*.*") if path.suffix != ".db"}
    done = rolled(workspace, tmp_path / "2027.xlsx")
    assert not done.began
    assert read_planbook(tmp_path / "2027.xlsx")[0].year == 2027
    assert {path: path.read_bytes() for path in before} == before


def test_nothing_can_be_rolled_over_before_anything_went_out(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path / "工作台")
    with pytest.raises(DubanError, match="2026 年度还没有下发填报表。请先运行 issue。"):
        rollover(workspace, TODAY)


def moved(root: Path, text: str) -> str:
    (root / "duban.toml").write_bytes(text.encode())
    return settings_of_next_year(Workspace(root)).decode()


def test_settings_move_on_by_a_year_and_keep_every_other_sign(tmp_path: Path) -> None:
    text = (
        '# 说明 year = 1999\nyear = 2027  # 年度\r\ntitle = "year = 2027"\n[dates]\n'
        'issue = 2027-12-01 # 下发\ndue = 2028-02-29\ndata_as_of=2027-12-31\n[contact]\nname = "2027"\n'
    )
    assert moved(tmp_path, text) == text.replace("year = 2027  #", "year = 2028  #").replace(
        "2027-12", "2028-12"
    ).replace("2028-02-29", "2029-02-28")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("year = 2026\ndates = {issue = 2026-12-01, due = 2026-12-20, {}}\n", id="on one line"),
        pytest.param('"year" = 2026\n[dates]\nissue = 2026-12-01\ndue = 2026-12-20\n{}\n', id="in quotes"),
        pytest.param("year = 2026\ndates.issue = 2026-12-01\ndates.due = 2026-12-20\ndates.{}\n", id="dotted"),
        pytest.param('year = 2026\n[dates]\nissue = "2026-12-01"\ndue = 2026-12-20\n{}\n', id="as a text"),
    ],
)
def test_settings_move_on_however_they_are_written(tmp_path: Path, text: str) -> None:
    text = text.replace("{}", "data_as_of = 2026-12-15")
    assert moved(tmp_path, text) == text.replace("2026", "2027")


def test_a_year_later_is_the_same_day() -> None:
    assert [year_later(each) for each in (date(2027, 3, 1), date(2028, 2, 29))] == [date(2028, 3, 1), date(2029, 2, 28)]


def test_two_units_that_would_get_one_name_are_left_alone(tmp_path: Path) -> None:
    school, justice, *others = small_plan().units
    both = [replace(each, aliases=(Alias("市综合局", since=2027),)) for each in (school, justice)]
    units: tuple[Unit, ...] = (*both, *others)
    workspace = year_of(tmp_path, {}, replace(small_plan(), units=units))
    assert [unit.name for unit in rolled(workspace).rollover.plan.units][:2] == [EDUCATION, JUSTICE]


def test_a_lasting_task_with_a_date_is_marked_too(tmp_path: Path) -> None:
    first, second, third = small_plan().tasks
    lasting = replace(second, deadline=Deadline("2026年6月底前完成并持续推进", "date+ongoing", date(2026, 6, 30)))
    workspace = year_of(tmp_path, {JUSTICE: {}}, replace(small_plan(), tasks=(first, lasting, third)))
    found = [each.task for each in rolled(workspace).rollover.findings if each.kind.code == "deadline_to_renew"]
    assert found == ["1", "2"]


def joint_task(tmp_path: Path) -> Workspace:
    """A year whose first task has two leads, of which one answered."""
    first, *others = small_plan().tasks
    joint = replace(first, lead=(EDUCATION, JUSTICE), support=(), targets=())
    return year_of(tmp_path, {EDUCATION: {}}, replace(small_plan(), tasks=(joint, *others)))


def test_a_task_is_not_finished_while_one_of_its_leads_is_silent(tmp_path: Path) -> None:
    fate = rolled(joint_task(tmp_path)).rollover.tasks[0]
    assert (fate.line.status, fate.fate) == ("已完成", "结转")
    assert fate.why == f"牵头单位{JUSTICE}上年度没有报送，不知是否完成"


@pytest.mark.parametrize(("found", "fate"), [("已完成", "已完成，不列入"), ("未完成", "结转")], ids=["done", "undone"])
def test_a_silent_lead_stands_as_the_inspection_found_it(found: str, fate: str, tmp_path: Path) -> None:
    workspace = joint_task(tmp_path)
    progress = 100 if found == "已完成" else 40
    path = review_issue(workspace, RECEIVED_ON).path
    verify(path, {("1", JUSTICE): {"核定状态": found, "核定进度(%)": progress}})
    assert not review_collect(workspace, None, RECEIVED_ON).outcome.has_errors
    task = rolled(workspace).rollover.tasks[0]
    assert (task.line.status, task.fate) == (found, fate)
