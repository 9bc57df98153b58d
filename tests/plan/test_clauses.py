"""Who does what in the words of a clause: the verbs are an open class, the marks of who leads are many."""

from __future__ import annotations

import pytest

from reporting.model import Line, Place, Task
from reporting.plan.reading.plan import read_plan

VERBS = """
督办 查处 出台细则 统一执行 先行试点 属地落实 兜底保障 保障经费 提供技术支撑 抓好落实 跟踪监测 汇总报送 审核把关
组织编写 加强监管 开展培训 筹措资金 受理投诉 跟进服务 分片包干 分级负责 具体实施 密切配合 通力协作 协同推进 联动处置
积极参与 做好宣传 制定办法 编制预算 分段建设 完成改造 办理手续 履行监管职责 承担主体责任 部署安排 检查指导 督促整改
引导规范 争取政策 维护秩序 运营管理 严格执法 强化督查 全力推进 依法处置 按职责落实 定期调度 及时报告 认真组织
逐级压实责任 大力推广 切实保障 确保供应 深入排查 主动对接 分头推进 共同推动 参加会商 支持建设 协助调查 指导基层
监督检查 供稿 施教 专项审计 巡回讲解 把脉问诊 夯实基础 疏导交通
"""
"""What offices are told to do, known and unknown to the reader."""

FORMS = {
    "one": ("（市教育局牵头，市财政局{verb}）", ("市财政局",)),
    "two": ("（市教育局牵头，市财政局、市公安局{verb}）", ("市财政局", "市公安局")),
    "group": ("（由市教育局牵头、市财政局{verb}，各区人民政府配合）", ("市财政局", "各区人民政府")),
}
"""A clause with a verb behind names, and whom it names beside the lead."""


def tasks_of(*texts: str) -> tuple[Task, ...]:
    """The tasks of a plan; all its points must be tasks."""
    lines = [Line(text, Place("计划.txt", "", row, 1)) for row, text in enumerate(texts, 1)]
    plan = read_plan(lines).plan
    assert not plan.unassigned
    return plan.tasks


def task_with(clause: str) -> Task:
    """A task that closes with a clause, beside one whose units are beyond doubt."""
    return tasks_of(f"1.办好社区学校，延长开放时间。{clause}", "2.完善借阅服务。（市文旅局）")[0]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("verb", VERBS.split())
def test_whatever_a_unit_does_is_no_part_of_its_name(verb: str, form: str) -> None:
    clause, others = FORMS[form]
    task = task_with(clause.format(verb=verb))
    assert (task.lead, sorted(task.support)) == (("市教育局",), sorted(others))


def test_the_verbs_are_many() -> None:
    assert len(set(VERBS.split())) >= 60


@pytest.mark.parametrize(
    ("clause", "lead", "support"),
    [
        ("（市教育局统筹，市财政局落实）", ("市教育局",), ("市财政局",)),
        ("（市教育局统筹协调，市财政局、市公安局配合）", ("市教育局",), ("市财政局", "市公安局")),
        ("（市教育局统筹，市财政局牵头，市公安局配合）", ("市财政局",), ("市教育局", "市公安局")),
        ("（市教育局牵头统筹，市财政局配合）", ("市教育局",), ("市财政局",)),
        ("（市教育局牵头，市财政局统筹资金）", ("市教育局",), ("市财政局",)),
    ],
)
def test_who_coordinates_leads_unless_another_leads(
    clause: str, lead: tuple[str, ...], support: tuple[str, ...]
) -> None:
    task = task_with(clause)
    assert (task.lead, task.support) == (lead, support)


@pytest.mark.parametrize(
    ("clause", "duties"),
    [
        ("（市教育局牵头，市财政局保障经费）", "市财政局保障经费"),
        ("（市教育局牵头，市财政局保障经费，市公安局疏导交通）", "市财政局保障经费；市公安局疏导交通"),
        ("（市教育局牵头，市财政局、市公安局按职责分工负责）", ""),
        ("（市教育局牵头，市财政局密切配合）", ""),
        ("（市教育局牵头，各区人民政府〈含开发区管委会，下同〉配合）", "各区人民政府含开发区管委会"),
    ],
)
def test_what_a_unit_does_is_kept_where_it_says_more_than_a_role(clause: str, duties: str) -> None:
    assert task_with(clause).duties == duties


NOTES = {
    "the first": ("列首位的为牵头单位", ("市文旅局",), ("市教育局", "市财政局")),
    "the first of several": ("由多个单位负责的，排第一位的为牵头单位", ("市文旅局",), ("市教育局", "市财政局")),
    "marked": ("标★的为牵头单位，其余为配合单位", ("市教育局",), ("市文旅局", "市财政局")),
    "marked, said otherwise": ("★为牵头单位", ("市教育局",), ("市文旅局", "市财政局")),
    "before the comma": ("逗号前为牵头单位，逗号后为配合单位", ("市文旅局", "市教育局"), ("市财政局",)),
}
PLACES = {
    "note above": ("说明：{note}。", "{clause}）", ""),
    "in the heading": ("一、重点任务（{note}）", "{clause}）", ""),
    "note below": ("一、重点任务", "{clause}）", "注：{note}。"),
    "bracket below": ("一、重点任务", "{clause}）", "（{note}）"),
    "in the first bracket": ("一、重点任务", "{clause}，{note}，下同）", ""),
    "behind a semicolon": ("一、重点任务", "{clause}；{note}）", ""),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", NOTES)
def test_who_leads_is_said_once_wherever_it_stands(kind: str, place: str) -> None:
    note, lead, support = NOTES[kind]
    above, first, below = (words.format(note=note, clause="（市民政局") for words in PLACES[place])
    texts = [above, f"1.建设文化驿站。{first}", "2.开放阅览空间。（市文旅局、★市教育局，市财政局）", below]
    one, two = tasks_of(*filter(None, texts))
    assert (one.lead, one.support) == (("市民政局",), ())
    assert (two.lead, two.support) == (lead, support)


@pytest.mark.parametrize("mark", "★☆*＊●○▲△※◆◇")
@pytest.mark.parametrize("written", ["{mark}市教育局", "市教育局{mark}", "（{mark}）市教育局"])
def test_marks_stand_before_or_behind_the_name(mark: str, written: str) -> None:
    name = written.format(mark=mark)
    one, two = tasks_of(
        f"说明：标注“{mark}”的为牵头单位。",
        f"1.建设文化驿站。（市文旅局、{name}）",
        "2.开放阅览空间。（牵头单位：市文旅局；配合单位：市财政局）",
    )
    assert (one.lead, one.support) == (("市教育局",), ("市文旅局",))
    assert (two.lead, two.support) == (("市文旅局",), ("市财政局",))


@pytest.mark.parametrize("words", ["加粗", "黑体", "粗体"])
def test_bold_units_lead_where_the_document_says_so(words: str) -> None:
    lines = [
        Line(f"说明：{words}的为牵头单位。", Place("计划", "", 1, 1)),
        Line("1.建设文化驿站。（市文旅局、市教育局）", Place("计划", "", 2, 1), emphasis=(("加粗", "市教育局"),)),
        Line("2.开放阅览空间。（市文旅局、市财政局）", Place("计划", "", 3, 1), emphasis=(("下划线", "市文旅局"),)),
    ]
    one, two = read_plan(lines).plan.tasks
    assert (one.lead, one.support) == (("市教育局",), ("市文旅局",))
    assert (two.lead, two.support) == (("市文旅局", "市财政局"), ())


@pytest.mark.parametrize(
    ("label", "column"),
    [
        ("试点地区", "scope"),
        ("实施范围", "scope"),
        ("适用范围", "scope"),
        ("责任领导", "leader"),
        ("分管市领导", "leader"),
        ("联系人及电话", "leader"),
        ("责任科室", "section"),
        ("责任处室", "section"),
        ("涉及事项", "duties"),
        ("资金来源", "duties"),
    ],
)
@pytest.mark.parametrize("layout", ["bracket", "lines"])
def test_what_is_no_unit_has_a_column_of_its_own(label: str, column: str, layout: str) -> None:
    parts = ["牵头单位：市教育局", f"{label}：甲类综合", "配合单位：市财政局"]
    texts = [f"1.办好社区学校。（{'；'.join(parts)}）"] if layout == "bracket" else ["1.办好社区学校。", *parts]
    (task,) = tasks_of(*texts)
    assert (task.lead, task.support) == (("市教育局",), ("市财政局",))
    kept = {name: getattr(task, name) for name in ("leader", "section", "scope", "duties") if getattr(task, name)}
    assert list(kept) == [column]
    assert kept[column].endswith("甲类综合")


def test_a_section_is_the_unit_where_no_other_is_named() -> None:
    one, two = tasks_of(
        "1.编印宣传手册。", "责任科室：综合科", "完成时限：2026年6月底前", "2.更新办事指南。", "责任科室：业务科"
    )
    assert (one.lead, one.section) == (("综合科",), "")
    assert (two.lead, two.section) == (("业务科",), "")
