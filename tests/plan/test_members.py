"""Lists of members: which units they name, and to which group of the plan they are offered."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from reporting.commands.plan_import import plan_import
from reporting.model import Line, Place
from reporting.plan.book.read import read_planbook
from reporting.plan.book.sheets import split_proposed_members
from reporting.plan.reading.members import read_members, units_of_post
from reporting.plan.reading.plan import read_plan

LIST = """
澜川市防汛工作领导小组组成人员名单
组  长：李某某  市委常委、副市长
副组长：王  某  市政府副秘书长
- 张大山 市水务局局长
成  员：赵小河 市委宣传部副部长
钱某某 市科技局(市知识产权局)副局长
孙某某 滨江开发区管委会副主任(滨湖区人
民政府副区长)
吴某某 澜川供电公司总经理
各区分管副区长
领导小组办公室设在市水务局。
"""
UNITS = [
    *("市水务局", "市委宣传部", "市科技局(市知识产权局)", "滨江开发区管委会", "滨湖区人民政府"),
    *("澜川供电公司", "各区"),
]


def lines(text: str) -> list[Line]:
    return [Line(words, Place("方案.txt", "", row, 1)) for row, words in enumerate(text.strip("\n").split("\n"), 1)]


def test_the_units_of_a_list_stand_before_the_posts() -> None:
    found = read_members(lines(LIST))
    assert [(members.kind, members.units) for members in found] == [("领导小组", UNITS)]
    assert found[0].place.row == 2


@pytest.mark.parametrize(
    ("post", "units"),
    [
        ("市发展改革委党组成员、副主任", ["市发展改革委"]),
        ("市文化局党组副书记", ["市文化局"]),
        ("市委常委、副市长", []),
        ("市公安局党委委员、副局长", ["市公安局"]),
        ("县委常委、组织部部长、统战部部长", ["县委组织部", "县委统战部"]),
        ("县人民政府县长", []),
        ("云溪镇人民政府镇长", ["云溪镇人民政府"]),
    ],
)
def test_units_of_a_post(post: str, units: list[str]) -> None:
    assert units_of_post(post) == units


def test_blanks_inside_a_name() -> None:
    first = "成　员：何　川　市公安局党委委员、副局长\n"
    found = read_members(lines(f"{first}　　　　　　陆　遥　市教育局副局长\n沈其远　市司法局党委委员"))
    assert [each.units for each in found] == [["市公安局", "市教育局", "市司法局"]]


def test_a_list_of_units_or_of_posts_in_brackets() -> None:
    assert read_members(lines("成员单位：市教育局、市财政局。"))[0].units == ["市教育局", "市财政局"]
    inner = "成员：李某（市教育局副局长）、王某（市财政局局长）"
    assert read_members(lines(inner))[0].units == ["市教育局", "市财政局"]


def test_the_members_are_offered_to_the_group_that_the_tasks_name() -> None:
    reading = read_plan(lines("任务分工\n1.备足物资。（市应急局牵头，领导小组各成员单位配合）\n" + LIST))
    assert not any(unit.members for unit in reading.plan.units)
    offer = next(finding for finding in reading.findings if finding.kind.code == "members_offered")
    assert (offer.place.row, offer.unit, offer.values["count"]) == (5, "领导小组各成员单位", "7")
    assert split_proposed_members(offer.values["members"]) == tuple(UNITS)


def test_two_lists_of_one_kind_are_offered_to_nobody() -> None:
    reading = read_plan(
        lines("任务分工\n1.备足物资。（市应急局牵头，领导小组成员单位配合）\n" + LIST + "\n附件2\n" + LIST)
    )
    assert not [finding for finding in reading.findings if finding.kind.code == "members_offered"]


# ---- one yes away in plan.xlsx -------------------------------------------------------------------------

PLAN = "任务分工\n1.备足物资。（市应急局牵头，领导小组各成员单位配合）\n"
GROUP = "领导小组各成员单位"


@pytest.fixture
def planbook(tmp_path: Path) -> Path:
    return read_again(tmp_path / "plan.xlsx", PLAN + LIST)


def read_again(planbook: Path, text: str) -> Path:
    document = planbook.parent / "方案.txt"
    document.write_text(text, encoding="utf-8")
    plan_import(document, planbook)
    return planbook


def answer(planbook: Path, **cells: str) -> None:
    book = load_workbook(planbook)
    (row,) = [cell.row for cell in book["单位"]["A"] if cell.value == GROUP]
    for column, text in cells.items():
        book["单位"][f"{column}{row}"] = text
    book.save(planbook)


def row_of(planbook: Path) -> tuple[object, ...]:
    (row,) = [row for row in load_workbook(planbook)["单位"].iter_rows() if row[0].value == GROUP]
    return tuple(cell.value for cell in row)


def members(planbook: Path) -> list[str]:
    plan, findings = read_planbook(planbook)
    assert not findings
    return [member for unit in plan.units if unit.name == GROUP for member in unit.members]


def test_without_an_answer_nobody_is_a_member(planbook: Path) -> None:
    assert (row_of(planbook)[2], row_of(planbook)[8]) == (None, "\n".join(["成员：", *UNITS]))
    assert members(planbook) == []
    answer(planbook, J="否")
    assert members(planbook) == []


def test_with_a_yes_the_list_is_taken_over(planbook: Path) -> None:
    answer(planbook, J="是")
    assert members(planbook) == UNITS


def test_what_is_written_by_hand_stays_and_the_list_may_be_shortened(planbook: Path) -> None:
    answer(planbook, C="市气象局\n市水务局", I="成员:市水务局、市委宣传部", J="是")
    assert members(planbook) == ["市气象局", "市水务局", "市委宣传部"]


def test_members_once_taken_over_outlive_the_next_import_and_are_not_offered_again(planbook: Path) -> None:
    answer(planbook, J="是")
    read_again(planbook, PLAN + LIST)
    assert members(planbook) == UNITS
    assert row_of(planbook)[8:10] == (None, None)


def test_a_list_that_was_not_answered_is_offered_again(planbook: Path) -> None:
    read_again(planbook, PLAN + LIST)
    assert row_of(planbook)[8] == "\n".join(["成员：", *UNITS])
