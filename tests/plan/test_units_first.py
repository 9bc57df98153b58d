"""Units that stand before what they have to do, matrices, points inside paragraphs, and columns beside the units."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from reporting.commands.plan_import import plan_import
from reporting.model import Line, Place, Plan
from reporting.plan.book.read import read_planbook
from reporting.plan.book.sheets import split_proposed_members
from reporting.plan.reading.plan import read_plan

UNITS = ("市应急局", "市水利局、市气象局", "各区人民政府")
WORK = ("编制防汛预案并组织演练", "加密水情雨情监测会商", "做好辖区人员转移安置")

FORMS = {
    "label": "{unit}：{work}。",
    "numbered label": "{number}.{unit}：{work}。",
    "title": "（{han}）{unit}。{work}。",
    "blank": "（{han}）{unit} 负责{work}。",
    "verb": "{unit}负责{work}。",
    "subject": "{number}.由{unit}牵头，{work}。",
}


def lines_of(text: str) -> list[Line]:
    return [Line(line, Place("方案.txt", "", row, 1)) for row, line in enumerate(text.splitlines(), 1)]


def plan_of(text: str) -> Plan:
    return read_plan(lines_of(text)).plan


@pytest.mark.parametrize("form", FORMS)
def test_a_unit_before_its_work_leads_it(form: str) -> None:
    body = [
        FORMS[form].format(unit=unit, work=work, number=number, han="一二三"[number - 1])
        for number, (unit, work) in enumerate(zip(UNITS, WORK, strict=True), 1)
    ]
    plan = plan_of("\n".join(["任务分工", *body]))
    assert ["、".join(task.lead) for task in plan.tasks] == list(UNITS)
    assert all(work in task.content for task, work in zip(plan.tasks, WORK, strict=True))
    assert not plan.unassigned


def test_one_unit_with_a_colon_is_no_plan_arranged_by_units() -> None:
    plan = plan_of(
        "任务分工\n1.编制防汛预案。（市应急局）\n2.公布值班电话。（市水利局）\n市水利局：澜川市滨江路8号大厦"
    )
    assert [task.lead for task in plan.tasks] == [("市应急局",), ("市水利局",)]


@pytest.mark.parametrize(
    ("lead", "support", "note"),
    [
        ("●", "○", ""),
        ("★", "☆", ""),
        ("牵头", "配合", ""),
        ("主办", "协办", ""),
        ("○", "●", "说明：○牵头单位，●配合单位。"),
    ],
)
@pytest.mark.parametrize("edge", ["|", ""])
def test_marks_in_a_matrix_say_who_leads(lead: str, support: str, note: str, edge: str) -> None:
    rows = [
        "序号|工作任务|市公安局|市教育局|市民政局",
        f"1|建设安防小区|{lead}||{support}",
        f"2|开展法治教育|{support}|{lead}|",
        f"3|规范社会组织||{support}|{lead}",
    ]
    plan = plan_of("\n".join(["任务安排表", *([note] if note else []), *(f"{edge}{row}{edge}" for row in rows)]))
    assert [(task.lead, task.support) for task in plan.tasks] == [
        (("市公安局",), ("市民政局",)),
        (("市教育局",), ("市公安局",)),
        (("市民政局",), ("市教育局",)),
    ]


@pytest.mark.parametrize(
    ("marks", "numbers"),
    [("①②", ["1.①", "1.②"]), (("一是", "二是"), ["1.一是", "1.二是"]), (("（1）", "（2）"), ["1(1)", "1(2)"])],
)
def test_points_with_units_of_their_own_are_tasks_below_the_title(marks: tuple[str, str], numbers: list[str]) -> None:
    one, two = marks
    plan = plan_of(
        f"一、重点任务\n1.盘活资产。{one}清查闲置房产。（市国资委）{two}处置停产企业。（市工信局牵头，市法院配合）\n"
        "2.完善治理。一是健全制度。二是加强培训。（市国资委）"
    )
    assert [task.number for task in plan.tasks] == [*numbers, "2"]
    assert [(task.lead, task.support) for task in plan.tasks[:2]] == [(("市国资委",), ()), (("市工信局",), ("市法院",))]
    assert [task.path[-1] for task in plan.tasks] == ["1.盘活资产", "1.盘活资产", "一、重点任务"]


@pytest.mark.parametrize("dash", "—－–~至-")
def test_a_line_below_several_points_gives_them_their_units(dash: str) -> None:
    plan = plan_of(
        "一、重点任务\n1.公开经营信息。（市审计局）\n2.规范薪酬管理。\n3.压减管理层级。\n"
        f"以上2{dash}3项由市国资委牵头，市人社局配合。"
    )
    assert [(task.lead, task.support) for task in plan.tasks] == [
        (("市审计局",), ()),
        (("市国资委",), ("市人社局",)),
        (("市国资委",), ("市人社局",)),
    ]


@pytest.mark.parametrize(
    ("written", "whole"),
    [
        ("经委", "区经委"),
        ("财政局", "区财政局"),
        ("海关", "海关"),
        ("各镇人民政府", "各镇人民政府"),
        ("市经委", "市经委"),
    ],
)
def test_a_level_that_the_document_shows_is_put_before_names_without_it(written: str, whole: str) -> None:
    named = ["区经委", "区财政局", "区商务委", "区教育局", "区人社局", "区住建局", "区民政局"]
    points = [f"{number}.做好工作{number}。（牵头单位：{name}）" for number, name in enumerate([*named, written], 1)]
    assert plan_of("\n".join(["任务清单", *points])).tasks[-1].lead == (whole,)


MEMBERS = """组　长：马　骏　市人民政府副市长
成　员：何　川　东岭区人民政府副区长
陆　遥　临江区人民政府副区长
沈其远　市财政局副局长
"""


def test_governments_of_the_list_and_of_the_bracket_are_the_members_of_their_group() -> None:
    text = "任务分工\n1.备足物资。（市应急局，各区人民政府〈含高新区管委会，下同〉）\n2.加强值守。（市公安局）\n"
    reading = read_plan(lines_of(text + "附件：工作专班成员名单\n" + MEMBERS))
    (offer,) = [finding for finding in reading.findings if finding.kind.code == "members_offered"]
    assert offer.unit == "各区人民政府"
    assert split_proposed_members(offer.values["members"]) == ("东岭区人民政府", "临江区人民政府", "高新区管委会")


BESIDE = """任务清单
1.探索混合用地。
责任领导：陈某某
责任单位：市自然资源局
责任科室：利用科
试点地区：东岭区
2.开展数据登记。（市数据局牵头，市财政局保障经费）
"""
COLUMNS = ("责任领导", "责任科室", "适用范围", "分工说明")


def headings(planbook: Path) -> list[object]:
    return [cell.value for cell in load_workbook(planbook)["任务"][1]]


def imported(folder: Path, text: str) -> Path:
    (folder / "方案.txt").write_text(text, encoding="utf-8")
    plan_import(folder / "方案.txt", folder / "plan.xlsx")
    return folder / "plan.xlsx"


def test_columns_beside_the_units_stand_where_they_are_used_and_come_back(tmp_path: Path) -> None:
    planbook = imported(tmp_path, BESIDE)
    assert set(COLUMNS) <= set(headings(planbook))
    one, two = read_planbook(planbook)[0].tasks
    assert (one.leader, one.section, one.scope, one.duties) == ("陈某某", "利用科", "东岭区", "")
    assert (two.leader, two.section, two.scope, two.duties) == ("", "", "", "市财政局保障经费")


def test_without_such_words_there_are_no_such_columns(tmp_path: Path) -> None:
    planbook = imported(tmp_path, "任务清单\n1.探索混合用地。（市自然资源局）\n2.开展数据登记。（市数据局）\n")
    assert not set(COLUMNS) & set(headings(planbook))


def test_what_is_typed_beside_the_units_outlives_the_next_import(tmp_path: Path) -> None:
    planbook = imported(tmp_path, BESIDE)
    book = load_workbook(planbook)
    book["任务"].cell(2, headings(planbook).index("责任科室") + 1).value = "用途管制科"
    book.save(planbook)
    one, two = read_planbook(imported(tmp_path, BESIDE.replace("东岭区", "东岭区、临江区")))[0].tasks
    assert (one.section, one.scope, two.duties) == ("用途管制科", "东岭区、临江区", "市财政局保障经费")
