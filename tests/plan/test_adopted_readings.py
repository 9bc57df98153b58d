"""The second reading in plan.xlsx: at its cell, one yes away, and an answer that outlives the next import."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from reporting.commands.init import init
from reporting.commands.plan_import import Imported, plan_import
from reporting.model import Task
from reporting.office.workspace import Workspace
from reporting.plan.book.read import read_planbook
from reporting.plan.book.sheets import join_proposed_units, split_proposed_units
from reporting.plan.check import check_planbook

DOCUMENT = """\
澜川市2026年教育工作要点
一、教育
1.新建学校5所。（市教育局市财政局负责）
2.办好食堂。（市公安局牵头，市公士局配合）
3.培训教师。（市公安局负责）
"""
"""Two names without a mark between them, and one with a wrong character."""
PROPOSAL = "牵头单位：市教育局、市财政局"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    init(tmp_path, 2026)
    read(tmp_path)
    return tmp_path


def read(folder: Path, text: str = DOCUMENT) -> Imported:
    document = folder / "方案.txt"
    document.write_text(text, encoding="utf-8")
    return plan_import(document, folder / "plan.xlsx")


def type_into(folder: Path, sheet: str, **cells: Any) -> None:
    book = load_workbook(folder / "plan.xlsx")
    for cell, value in cells.items():
        book[sheet][cell] = value
    book.save(folder / "plan.xlsx")


def row(folder: Path, sheet: str, number: int) -> dict[str, object]:
    rows = list(load_workbook(folder / "plan.xlsx")[sheet].iter_rows(values_only=True))
    return dict(zip(map(str, rows[0]), rows[number], strict=True))


def tasks(folder: Path) -> dict[str, Task]:
    plan, findings = read_planbook(folder / "plan.xlsx")
    assert findings == ()
    return {task.number: task for task in plan.tasks}


def codes(folder: Path) -> list[tuple[str, str]]:
    return [(each.kind.code, each.place.cell) for each in read_planbook(folder / "plan.xlsx")[1]]


# The words of a proposal


@pytest.mark.parametrize(
    ("lead", "support"),
    [
        (("市教育局",), ()),
        (("市教育局", "市财政局"), ("市民政局",)),
        (("各区、县级市政府",), ("市委组织部（市招才局）",)),
    ],
)
def test_a_proposal_written_and_read_is_the_same(lead: tuple[str, ...], support: tuple[str, ...]) -> None:
    assert split_proposed_units(join_proposed_units(lead, support)) == (lead, support)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("牵头单位: 市教育局，市财政局", (("市教育局", "市财政局"), ())),
        ("配合单位：市财政局\n\n牵头单位：市教育局", (("市教育局",), ("市财政局",))),
        ("市教育局", None),
        ("配合单位：市财政局", None),
        ("", None),
    ],
)
def test_a_proposal_that_was_changed_by_hand(text: str, read: object) -> None:
    assert split_proposed_units(text) == read


# At its cell


def test_the_second_reading_stands_beside_the_task_and_the_doubt_at_the_units(folder: Path) -> None:
    assert row(folder, "任务", 1)["牵头单位"] == "市教育局市财政局"
    assert row(folder, "任务", 1)["建议"] == PROPOSAL
    assert [row(folder, "任务", at)["建议"] for at in (2, 3)] == [None, None]
    comment = load_workbook(folder / "plan.xlsx")["任务"]["D2"].comment
    assert comment is not None
    found = "原文的“市教育局”、“市财政局”没有列为单位；所列的“市教育局市财政局”在原文中不是单独的单位"
    remedy = "请对照原文核对，不对的在 plan.xlsx 中改正。这种读法写在“建议”一栏，属实的，“采纳”一栏选“是”即可。"
    assert comment.text == f"【核实】任务 1 的单位另有一种读法：{found}。{remedy}（方案.txt 第3行）"


def test_a_name_that_may_be_anothers_is_proposed_beside_the_unit(folder: Path) -> None:
    assert row(folder, "单位", 3)["单位名称"] == "市公士局"
    assert row(folder, "单位", 3)["建议"] == "市公安局"


# The answer


def test_without_an_answer_the_task_has_what_is_written(folder: Path) -> None:
    assert tasks(folder)["1"].lead == ("市教育局市财政局",)


def test_one_yes_takes_the_proposal_and_the_list_of_units_follows(folder: Path) -> None:
    type_into(folder, "任务", K2="是")
    assert tasks(folder)["1"].lead == ("市教育局", "市财政局")
    names = [unit.name for unit in read_planbook(folder / "plan.xlsx")[0].units]
    assert names == ["市公安局", "市公士局", "市教育局", "市财政局"]


def test_a_unit_with_a_contact_stays_in_the_list(folder: Path) -> None:
    type_into(folder, "任务", K2="是")
    type_into(folder, "单位", E2="张大山")
    assert "市教育局市财政局" in [unit.name for unit in read_planbook(folder / "plan.xlsx")[0].units]


def test_a_proposal_may_be_changed_before_it_is_adopted(folder: Path) -> None:
    type_into(folder, "任务", J2="牵头单位：市教育局\n配合单位：市财政局、市民政局", K2="是")
    assert (tasks(folder)["1"].lead, tasks(folder)["1"].support) == (("市教育局",), ("市财政局", "市民政局"))


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        pytest.param({"K2": "同意"}, "task_adoption_unclear", id="another word"),
        pytest.param({"J2": "照第二种", "K2": "是"}, "proposal_unreadable", id="yes to what nobody can read"),
        pytest.param({"K3": "是"}, "proposal_unreadable", id="yes to nothing"),
    ],
)
def test_an_answer_that_is_not_clear_is_an_error_at_its_cell(folder: Path, cells: dict[str, str], code: str) -> None:
    type_into(folder, "任务", **cells)
    assert codes(folder) == [(code, "K3" if "K3" in cells else "K2")]
    assert tasks_written(folder)["1"] == ("市教育局市财政局",)


def tasks_written(folder: Path) -> dict[str, tuple[str, ...]]:
    return {task.number: task.lead for task in read_planbook(folder / "plan.xlsx")[0].tasks}


def test_plan_check_reminds_of_what_is_unanswered_sheet_by_sheet(folder: Path) -> None:
    workspace = Workspace(folder)
    reminds = "条建议还没有答复"
    assert [note for note in check_planbook(workspace)[1].notes if reminds in note] == [
        "工作表“任务”中有 1 条建议还没有答复（K2）：属实的，“采纳”一栏选“是”；不属实的，选“否”。",
        "工作表“单位”中有 1 条建议还没有答复（J4）：属实的，“采纳”一栏选“是”；不属实的，选“否”。",
    ]
    type_into(folder, "任务", K2="否")
    type_into(folder, "单位", J4="是")
    assert [note for note in check_planbook(workspace)[1].notes if reminds in note] == []


def test_a_plan_without_the_two_columns_is_read_as_before(folder: Path) -> None:
    book = load_workbook(folder / "plan.xlsx")
    book["任务"].delete_cols(10, 2)
    book.save(folder / "plan.xlsx")
    assert tasks(folder)["1"].lead == ("市教育局市财政局",)


# The next import


def test_what_was_adopted_is_not_asked_again(folder: Path) -> None:
    type_into(folder, "任务", K2="是")
    type_into(folder, "单位", J4="是")
    again = read(folder)
    assert [each.kind.code for each in again.outcome.findings] == []
    assert tasks(folder)["1"].lead == ("市教育局", "市财政局")
    assert row(folder, "任务", 1)["建议"] is None
    assert "市公士局" not in [unit.name for unit in read_planbook(folder / "plan.xlsx")[0].units]


def test_what_was_declined_is_not_asked_again_however_often(folder: Path) -> None:
    type_into(folder, "任务", K2="否")
    type_into(folder, "单位", J4="否")
    for _ in range(2):
        again = read(folder)
        assert [each.kind.code for each in again.outcome.findings] == []
        assert (row(folder, "任务", 1)["建议"], row(folder, "任务", 1)["采纳"]) == (PROPOSAL, "否")
        assert (row(folder, "单位", 3)["建议"], row(folder, "单位", 3)["采纳"]) == ("市公安局", "否")


def test_another_proposal_than_the_declined_one_is_asked(folder: Path) -> None:
    type_into(folder, "任务", K2="否")
    read(folder, DOCUMENT.replace("（市教育局市财政局负责）", "（市教育局市民政局负责）"))
    assert (row(folder, "任务", 1)["建议"], row(folder, "任务", 1)["采纳"]) == ("牵头单位：市教育局、市民政局", None)


def test_a_declined_proposal_goes_with_its_task_to_a_new_number(folder: Path) -> None:
    type_into(folder, "任务", K2="否")
    first, *rest = DOCUMENT.split("1.新建", 1)
    moved = f"{first}1.修缮图书馆。（市文化局负责）\n2.新建{rest[0]}".replace("2.办好", "3.办好").replace(
        "3.培训", "4.培训"
    )
    read(folder, moved)
    assert (row(folder, "任务", 2)["建议"], row(folder, "任务", 2)["采纳"]) == (PROPOSAL, "否")
