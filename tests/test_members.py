"""Lists of members: which units they name, and to which group of the plan they are offered."""

from __future__ import annotations

import pytest

from reporting.model import Line, Place
from reporting.reading.members import read_members, units_of_post
from reporting.reading.plan import read_plan

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
    return [
        Line(words, Place("方案.txt", "", row, 1))
        for row, words in enumerate(text.strip("\n").split("\n"), 1)
    ]


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
        ("县人民政府县长", []),
        ("云溪镇人民政府镇长", ["云溪镇人民政府"]),
    ],
)
def test_units_of_a_post(post: str, units: list[str]) -> None:
    assert units_of_post(post) == units


def test_a_list_of_units_or_of_posts_in_brackets() -> None:
    assert read_members(lines("成员单位：市教育局、市财政局。"))[0].units == ["市教育局", "市财政局"]
    inner = "成员：李某（市教育局副局长）、王某（市财政局局长）"
    assert read_members(lines(inner))[0].units == ["市教育局", "市财政局"]


def test_the_members_are_offered_to_the_group_that_the_tasks_name() -> None:
    reading = read_plan(lines("任务分工\n1.备足物资。（市应急局牵头，领导小组各成员单位配合）\n" + LIST))
    members = {unit.name: unit.members for unit in reading.plan.units}
    assert members == {"市应急局": (), "领导小组各成员单位": tuple(UNITS)}
    offer = next(finding for finding in reading.findings if finding.kind.code == "members_offered")
    assert (offer.place.row, offer.values) == (5, {"found": "领导小组各成员单位", "count": "7"})


def test_two_lists_of_one_kind_are_offered_to_nobody() -> None:
    reading = read_plan(
        lines("任务分工\n1.备足物资。（市应急局牵头，领导小组成员单位配合）\n" + LIST + "\n附件2\n" + LIST)
    )
    assert all(not unit.members for unit in reading.plan.units)
