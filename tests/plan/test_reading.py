"""Reading a plan step by step: text, tables, tree, clauses, deadlines, targets, numbers, findings."""

from __future__ import annotations

import time
from datetime import date

import pytest
from builders.laws import examples
from hypothesis import given
from hypothesis import strategies as st

from reporting.model import Line, Place, Task
from reporting.model.findings import Severity
from reporting.plan.notations import STANDARD_LABELS, Field, gather
from reporting.plan.reading.deadlines import read_deadline
from reporting.plan.reading.lead_rules import LeadRule
from reporting.plan.reading.markers import find_marker, value_of
from reporting.plan.reading.paragraphs import paragraphs
from reporting.plan.reading.plan import Reading, choose_notation, plan_json, read_plan
from reporting.plan.reading.tables import PlanTable, cut_blocks
from reporting.plan.reading.targets import read_targets
from reporting.plan.reading.text import flow, tidy
from reporting.plan.reading.unit_clauses import read_clause


def lines(text: str) -> list[Line]:
    return [Line(words, Place("计划.txt", "", row, 1)) for row, words in enumerate(text.strip("\n").split("\n"), 1)]


def read(text: str) -> Reading:
    return read_plan(lines(text))


def codes(reading: Reading) -> list[tuple[str, int, str]]:
    return [(finding.kind.code, finding.place.row, finding.task) for finding in reading.findings]


# Text


def test_tidy_changes_no_visible_character() -> None:
    assert tidy("\ufeff\u3000工 作 内 容\u200b A B（一）① ㎡ ") == "工作内容 A B（一）① ㎡"


@given(st.text())
def test_tidying_twice_changes_nothing(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


def test_flow_joins_what_a_cell_has_broken() -> None:
    assert flow("建立健全\v管理体系") == "建立健全管理体系"
    assert flow("use of\vopen data") == "use of open data"
    assert flow("重点推进20\v个项目") == "重点推进20个项目"


def grid(text: str) -> list[list[str]]:
    table = next(block for block in cut_blocks(lines(text)) if isinstance(block, PlanTable))
    return [[flow(cell) for cell in row.cells] for row in table.rows]


def test_drawn_columns_are_counted_not_measured() -> None:
    drawn = """
┌─┬───┬──┐
│类│内容│单位│
├─┼───────┼──┤
│甲│很长很长的一格│短│
│ ├─┼──────┤
│类│第二项│市教│
│ │ │育局│
└─┴─┴─┘"""
    assert grid(drawn) == [["类", "内容", "单位"], ["甲类", "很长很长的一格", "短"], ["甲类", "第二项", "市教育局"]]


def test_heavy_and_ascii_strokes_are_strokes_too() -> None:
    heavy = "┏━┳━┓\n┃甲┃乙┃\n┣━╋━┫\n┃1┃2┃\n┗━┻━┛"
    ascii_drawn = "+---+---+\n| 甲 | 乙 |\n+---+---+\n| 1 | 2-3 |\n| 0 |   |\n+---+---+"
    assert grid(heavy) == [["甲", "乙"], ["1", "2"]]
    assert grid(ascii_drawn) == [["甲", "乙"], ["10", "2-3"]]


def test_cells_joined_sideways_keep_the_columns_after_them() -> None:
    drawn = """
┌─┬─┬─┬─┐
│甲│乙│丙│丁│
├─┼─┴─┼─┤
│1│合并的格│4│
├─┼─┬─┼─┤
│5│6│7│8│
└─┴─┴─┴─┘"""
    assert grid(drawn) == [["甲", "乙", "丙", "丁"], ["1", "合并的格", "", "4"], ["5", "6", "7", "8"]]


def test_a_row_with_too_many_cells_is_kept_and_said() -> None:
    reading = read("""
┌─┬──┬──┐
│序号│工作内容│责任单位│
├─┼──┼──┤
│1│办好│学校│市教育局│
└─┴──┴──┘""")
    assert ("table_row_damaged", 4, "") in codes(reading)
    assert reading.plan.tasks[0].content == "办好"


# Tables of other offices


def test_a_table_with_other_headings_in_another_order() -> None:
    reading = read("""
配合部门	完成时间	任务名称	牵头部门（单位）	编号	类别	备注
市财政局	6月底前	整合政务外网	市数据局	一-1	数字底座	续建
	全年	清理数据	市数据局、各区政府	一-2	数字底座	""")
    assert [(task.number, task.path, task.content, task.lead, task.support) for task in reading.plan.tasks] == [
        ("一-1", ("数字底座",), "整合政务外网", ("市数据局",), ("市财政局",)),
        ("一-2", ("数字底座",), "清理数据", ("市数据局", "各区政府"), ()),
    ]
    assert [task.deadline.text if task.deadline else "" for task in reading.plan.tasks] == ["6月底前", "全年"]
    assert codes(reading)[0] == ("column_left_out", 1, "")
    assert reading.findings[0].message == "表中“备注”一栏没有导入。"


def test_units_over_several_rows_of_one_task_are_put_together() -> None:
    reading = read("""
序号	工作任务	责任单位	完成时限
1	办好学校	市教育局	2026年底前
1	办好学校	市财政局	2026年底前
2	建设医院	市卫健委牵头，市财政局配合	2026年6月""")
    assert [(task.number, task.lead, task.support) for task in reading.plan.tasks] == [
        ("1", ("市教育局", "市财政局"), ()),
        ("2", ("市卫健委",), ("市财政局",)),
    ]


def test_a_task_cut_by_a_page_goes_on_in_the_next_table() -> None:
    page = "┌─┬──┬──┐\n│序号│工作内容│责任单位│\n├─┼──┼──┤\n{}\n└─┴──┴──┘\n"
    reading = read(
        page.format("│1│办好社区│市教育局│") + page.format("│ │学校。│市财政局│\n├─┼──┼──┤\n│2│修路│市交通局│")
    )
    assert [(task.number, task.content, task.lead) for task in reading.plan.tasks] == [
        ("1", "办好社区学校。", ("市教育局", "市财政局")),
        ("2", "修路", ("市交通局",)),
    ]


def test_section_rows_head_the_rows_below_and_numbers_may_restart() -> None:
    reading = read(
        """
序号	工作任务	责任单位
一、教育
1	办好学校	市教育局
2	发展幼教	市教育局
二、卫生
1	建设医院	市卫健委""".replace("一、教育", "一、教育\t\t").replace("二、卫生", "二、卫生\t\t")
    )
    assert [(task.path, task.content) for task in reading.plan.tasks] == [
        (("一、教育",), "办好学校"),
        (("一、教育",), "发展幼教"),
        (("二、卫生",), "建设医院"),
    ]
    assert len({task.number for task in reading.plan.tasks}) == 3


def test_a_heading_of_two_rows_is_one_heading() -> None:
    reading = read("""
序号	重点任务	责任单位		完成时限
序号	重点任务	牵头单位	配合单位	完成时限
1	办好学校	市教育局	市财政局、市住建局	2026年6月
2	建设医院	市卫健委		持续推进""")
    assert [(task.number, task.lead, task.support) for task in reading.plan.tasks] == [
        ("1", ("市教育局",), ("市财政局", "市住建局")),
        ("2", ("市卫健委",), ()),
    ]


def test_numbers_in_the_content_and_a_category_written_once() -> None:
    reading = read("""
类别	重点任务	责任单位（列第一位的为牵头单位）
数字底座	1.建设算力中心	市数据局、市财政局
	2.整合外网	市政务局
应用	3.上线平台	市数据局""")
    assert [(task.number, task.path, task.content, task.lead, task.support) for task in reading.plan.tasks] == [
        ("1", ("数字底座",), "建设算力中心", ("市数据局",), ("市财政局",)),
        ("2", ("数字底座",), "整合外网", ("市政务局",), ()),
        ("3", ("应用",), "上线平台", ("市数据局",), ()),
    ]


# Markers and paragraphs


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        ("一、重点任务", "han", "一"),
        ("（十二）办好学校", "han bracket", "(十二)"),
        ("3．办好学校", "arabic", "3"),
        ("12.办好学校", "arabic", "12"),
        ("(2)办好学校", "arabic bracket", "(2)"),
        ("1.2 办好学校", "dotted", "1.2"),
        ("第三条 办好学校", "article", "第三条"),
        ("②办好学校", "circle", "②"),
        ("11.121人才工程", "arabic", "11"),
        ("3.15分钟便民圈", "arabic", "3"),
        ("2.5G基站", "arabic", "2"),
    ],
)
def test_markers(text: str, kind: str, number: str) -> None:
    marker = find_marker(text)
    assert marker is not None
    assert (marker.kind.name, marker.number) == (kind, number)


@pytest.mark.parametrize(
    "text", ["2026年办好学校", "一是办好学校", "3.5万人受益", "3.125亿元", "30家企业", "第三方", "市教育局"]
)
def test_what_is_no_marker(text: str) -> None:
    assert find_marker(text) is None


@pytest.mark.parametrize(
    ("text", "value"), [("十", 10), ("十二", 12), ("二十", 20), ("二十三", 23), ("①", 1), ("x", 0)]
)
def test_what_the_number_of_a_marker_counts(text: str, value: int) -> None:
    assert value_of(text) == value


def test_a_paragraph_cut_by_a_page_is_whole_again() -> None:
    text = """
1.完善服务网络。建设街道养老综合体，提高社

— 3 —

区服务能力。（牵头单位：市民政局；配合单位：临

江区政府）

2.发展社区食堂。"""
    assert [line.text for line in paragraphs(lines(text), STANDARD_LABELS)] == [
        "1.完善服务网络。建设街道养老综合体，提高社区服务能力。（牵头单位：市民政局；配合单位：临江区政府）",
        "2.发展社区食堂。",
    ]


# Clauses


@pytest.mark.parametrize(
    "words", ["特色小镇", "GDP", "含概算", "以下简称市数据局", "2026年3月9日", "试行", "临江区、北山县", "一期"]
)
def test_brackets_that_name_no_units(words: str) -> None:
    assert read_clause(words, STANDARD_LABELS) is None


@pytest.mark.parametrize(
    ("words", "lead", "support", "deadline"),
    [
        ("市教育局", ("市教育局",), (), ""),
        ("市教育局、市财政局按职责分工负责；持续推进", ("市教育局", "市财政局"), (), "持续推进"),
        ("市教育局，2026年底前完成", ("市教育局",), (), "2026年底前完成"),
        ("市教育局牵头，市财政局、各区政府按职责分工负责", ("市教育局",), ("市财政局", "各区政府"), ""),
        ("市教育局牵头、市财政局配合", ("市教育局",), ("市财政局",), ""),
        ("市教育局会同市财政局负责", ("市教育局",), ("市财政局",), ""),
        ("由市教育局负责，市财政局参与", ("市教育局",), ("市财政局",), ""),
        ("牵头单位:市教育局;责任单位:各区政府;完成时限:6月底前", ("市教育局",), ("各区政府",), "6月底前"),
        ("责任单位：市教育局，临江区、北山县政府", ("市教育局", "临江区政府", "北山县政府"), (), ""),
        ("税务局、财政局负责，排在第一位的部门为牵头部门，下同", ("税务局",), ("财政局",), ""),
        ("市教育局、市教育局、市财政局", ("市教育局", "市财政局"), (), ""),
        ("责任单位：市教育局牵头，市财政局配合", ("市教育局",), ("市财政局",), ""),
        ("市民政局（6月底前）", ("市民政局",), (), "6月底前"),
        ("市教育局、市财政局分别牵头，各区配合", ("市教育局", "市财政局"), ("各区",), ""),
        ("市教育局牵头抓总，市财政局依据各自职责协同配合", ("市教育局",), ("市财政局",), ""),
        ("市教育局负责牵头，市财政局负责配合", ("市教育局",), ("市财政局",), ""),
        ("市教育局牵头组织，市财政局参加", ("市教育局",), ("市财政局",), ""),
        ("市教育局、市财政局协同负责", ("市教育局", "市财政局"), (), ""),
        ("市财政局、市教育局（牵头）、市民政局（配合）", ("市教育局",), ("市财政局", "市民政局"), ""),
        ("银保监会及各地区按职责分工负责", ("银保监会", "各地区"), (), ""),
        ("县消防救援大队", ("县消防救援大队",), (), ""),
        ("市商务局牵头，市直相关部门及云河经开区抓好落实", ("市商务局",), ("市直相关部门", "云河经开区"), ""),
        ("以上工作由省商务厅牵头，各市州、县市区配合", ("省商务厅",), ("各市州、县市区",), ""),
        ("市数据局负责建设，市司法局负责应用", ("市数据局", "市司法局"), (), ""),
        ("市司法局指导，各镇街具体实施", ("各镇街",), ("市司法局",), ""),
        ("市司法局、市委党校按职能分工抓落实", ("市司法局", "市委党校"), (), ""),
        ("区司法局、区法院，各行政机关", ("区司法局", "区法院", "各行政机关"), (), ""),
        ("完成时限：每季度", (), (), "每季度"),
        (
            "省发展改革委、财政厅、能源局牵头督导，市国土房管、广播电视局参与",
            ("省发展改革委", "省财政厅", "省能源局"),
            ("市国土房管局", "市广播电视局"),
            "",
        ),
        (
            "国务院办公厅牵头，国务院有关部门和各省、自治区、直辖市人民政府配合",
            ("国务院办公厅",),
            ("国务院有关部门", "各省、自治区、直辖市人民政府"),
            "",
        ),
        (
            "市卫健委、红十字会、某某共同体、市民政局等和各区政府负责",
            ("市卫健委", "市红十字会", "某某共同体", "市民政局", "各区政府"),
            (),
            "",
        ),
        (
            "住建部牵头，财政部等国务院相关部门及各地区按职责分工负责",
            ("住建部",),
            ("财政部", "国务院相关部门", "各地区"),
            "",
        ),
    ],
)
def test_clauses(words: str, lead: tuple[str, ...], support: tuple[str, ...], deadline: str) -> None:
    clause = read_clause(words, STANDARD_LABELS)
    assert clause is not None
    assert (clause.lead, clause.support, clause.deadline) == (lead, support, deadline)


def test_the_first_unit_leads_only_where_the_plan_says_so() -> None:
    words = "市教育局、市财政局"
    plain = read_clause(words, STANDARD_LABELS)
    ranked = read_clause(words, STANDARD_LABELS, rule=LeadRule(first=True))
    assert plain is not None
    assert ranked is not None
    assert (plain.lead, plain.support) == (("市教育局", "市财政局"), ())
    assert (ranked.lead, ranked.support) == (("市教育局",), ("市财政局",))


def test_a_remark_on_all_tasks_names_no_unit_of_this_one() -> None:
    clause = read_clause("责任单位：省商务厅。各项任务均涉及各市人民政府，不再做分工，下同。", STANDARD_LABELS)
    assert clause is not None
    assert clause.lead == ("省商务厅",)
    assert clause.unread == ("各项任务均涉及各市人民政府", "不再做分工")


def test_a_remark_in_a_clause_is_handed_back() -> None:
    clause = read_clause("省工改办负责，6月底前完成。以下各项均需各市州政府落实", STANDARD_LABELS)
    assert clause is not None
    assert (clause.lead, clause.unread) == (("省工改办",), ("以下各项均需各市州政府落实",))


# Deadlines and targets


@pytest.mark.parametrize(
    ("text", "kind", "day"),
    [
        ("2025年12月底前完成", "date", date(2025, 12, 31)),
        ("2025年底前完成", "date", date(2025, 12, 31)),
        ("2月底前", "date", date(2024, 2, 29)),
        ("6月30日前", "date", date(2024, 6, 30)),
        ("2025年6月前", "date", date(2025, 5, 31)),
        ("上半年", "date", date(2024, 6, 30)),
        ("第三季度末", "date", date(2024, 9, 30)),
        ("2024年6月底前完成方案，2025年3月底前建成", "date", date(2025, 3, 31)),
        ("2024年6月底前完成并持续推进", "date+ongoing", date(2024, 6, 30)),
        ("持续推进", "ongoing", None),
        ("长期坚持", "ongoing", None),
        ("每年4月底前完成", "annual", None),
        ("按上级要求", "date", None),
        ("13月底前", "date", None),
        ("2024.06.30", "date", date(2024, 6, 30)),
        ("2025-3-15前", "date", date(2025, 3, 15)),
        ("2024-2026年", "date", date(2026, 12, 31)),
        ("2024年4月—10月", "date", date(2024, 10, 31)),
        ("“十四五”末", "date", date(2025, 12, 31)),
        ("十五五期末", "date", date(2030, 12, 31)),
        ("2025年春季学期开学前", "date", None),
        ("2025年汛期前", "date", None),
        ("即日起", "ongoing", None),
        ("即日起至2024年9月底", "date", date(2024, 9, 30)),
        ("立行立改，长期坚持", "ongoing", None),
    ],
)
def test_deadlines(text: str, kind: str, day: date | None) -> None:
    deadline = read_deadline(text, 2024)
    assert deadline is not None
    assert (deadline.text, deadline.kind, deadline.date) == (text, kind, day)


def test_a_day_that_no_month_has_is_no_date() -> None:
    reading = read("2026年工作要点\n一、重点任务\n1.建成平台。（市数据局，6月31日前）")
    deadline = reading.plan.tasks[0].deadline
    assert deadline is not None
    assert (deadline.text, deadline.date) == ("6月31日前", None)
    assert [code for code, _, _ in codes(reading)] == ["deadline_unclear"]


@pytest.mark.parametrize("text", ["", " ", "/", "—", "无"])
def test_no_words_are_no_deadline(text: str) -> None:
    assert read_deadline(text, 2024) is None


def targets(content: str) -> list[tuple[str, str, float, str]]:
    return [(t.name, t.op, t.value, t.unit) for t in read_targets(content, "7", Place())]


@pytest.mark.parametrize(
    "content",
    [
        "贯彻落实2025年工作部署。",
        "依据澜政〔2025〕12号文件。",
        "推进“三个一”工程。",
        "第3批企业。",
        "4·26宣传周。",
        "做好1件事的宣传",
        "对年纳税5000万元以上的项目优先供地。",
        "对4.5吨以下货车不再限行。",
        "给予每家企业100万元奖励。",
        "已建成学校12所。",
        "正版率到达20260%。",
    ],
)
def test_numbers_that_are_no_targets(content: str) -> None:
    assert targets(content) == []


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("建立各类工作站10家以上。", [("建立各类工作站", ">=", 10, "家")]),
        ("登记总量达到13万件以上;", [("登记总量", ">=", 13, "万件")]),
        ("投诉率控制在0.5%以内，", [("投诉率", "<=", 0.5, "%")]),
        ("年申请量增长16%以上。", [("年申请量", "growth>=", 16, "%")]),
        ("经费投入突破3亿元。", [("经费投入", ">", 3, "亿元")]),
        ("图书馆、书房分别达到20个、120个。", [("图书馆", ">=", 20, "个"), ("书房", ">=", 120, "个")]),
        ("平均办理时限压缩50%以上。", [("平均办理时限压缩", ">=", 50, "%")]),
        ("新建充电桩1000至1500个，走访5—8家。", [("新建充电桩", ">=", 1000, "个"), ("走访", ">=", 5, "家")]),
        ("覆盖率由80%提高到90%。", [("覆盖率", ">=", 90, "%")]),
        ("将审批时限压减到3-5个工作日。", [("审批时限", "<=", 5, "个工作日")]),
        ("能耗下降3%，投诉量减少10%。", [("能耗下降", ">=", 3, "%"), ("投诉量减少", ">=", 10, "%")]),
        (
            "地区生产总值增长6%左右，力争6.5%。",
            [("地区生产总值", "growth>=", 6, "%"), ("地区生产总值", "growth>=", 6.5, "%")],
        ),
        (
            "二氧化硫、氮氧化物和氨氮排放量比2025年分别下降15%、10%和6%。",
            [("二氧化硫下降", ">=", 15, "%"), ("氮氧化物下降", ">=", 10, "%"), ("氨氮排放量下降", ">=", 6, "%")],
        ),
        ("浓度控制在30微克/立方米以下。", [("浓度", "<=", 30, "微克/立方米")]),
        ("粮食产量稳定在50万吨以上。", [("粮食产量", ">=", 50, "万吨")]),
        ("结案率、办结率均达到98%。", [("结案率", ">=", 98, "%"), ("办结率", ">=", 98, "%")]),
        ("发现率不低于5%。", [("发现率", ">=", 5, "%")]),
        ("将办理时间压减至4个工作日以内。", [("办理时间", "<=", 4, "个工作日")]),
        ("选拔100名青年人才、20名领军人才。", [("青年人才", "=", 100, "名"), ("领军人才", "=", 20, "名")]),
        (
            "每年引进10名专家，60名技师，200名技工。",
            [("专家", "=", 10, "名"), ("技师", "=", 60, "名"), ("技工", "=", 200, "名")],
        ),
        ("新增实验室5家以上、工作站15个。", [("新增实验室", ">=", 5, "家"), ("工作站", "=", 15, "个")]),
        ("归集数据2,900万条次以上。", [("归集数据", ">=", 2900, "万条次")]),
        ("新建幼儿园5所，改造校舍2万平方米。", [("新建幼儿园", "=", 5, "所"), ("改造校舍", "=", 2, "万平方米")]),
        ("残疾人就业；目标值：≥3万人", [("残疾人就业", ">=", 3, "万人")]),
        ("整治提升老街；目标值：50条", [("整治提升老街", "=", 50, "条")]),
        ("河流水质达标率；目标值：85%以上", [("河流水质达标率", ">=", 85, "%")]),
        ("万元产值水耗；目标值：下降3%", [("万元产值水耗下降", ">=", 3, "%")]),
        ("大棚；目标：新建5亩、改造2亩", [("大棚新建", "=", 5, "亩"), ("大棚改造", "=", 2, "亩")]),
        ("出险率＜1%", [("出险率", "<", 1, "%")]),
        ("整治提升50条老街", [("老街", "=", 50, "条")]),
        ("年末床位增加200张", [("年末床位", "growth>=", 200, "张")]),
        ("危桥改造12座、受益群众1.2万户", [("危桥改造", "=", 12, "座"), ("受益群众", "=", 1.2, "万户")]),
        ("入托率达到4%、增长1%", [("入托率", ">=", 4, "%"), ("入托率", "growth>=", 1, "%")]),
        (
            "窗口覆盖率达到98%以上、网办率分别达到95%和90%",
            [("窗口覆盖率", ">=", 98, "%"), ("网办率", ">=", 95, "%"), ("网办率", ">=", 90, "%")],
        ),
        (
            "评级达标率分别达到县级90%、乡级80%",
            [("评级达标率（县级）", ">=", 90, "%"), ("评级达标率（乡级）", ">=", 80, "%")],
        ),
        ("平均等候不超过0.5个工作日", [("平均等候", "<=", 0.5, "个工作日")]),
        ("申请材料，减少10%", [("申请材料减少", ">=", 10, "%")]),
        ("20家以上", [("20家", ">=", 20, "家")]),
    ],
)
def test_targets(content: str, found: list[tuple[str, str, float, str]]) -> None:
    assert targets(content) == found


def test_targets_are_numbered_within_their_task() -> None:
    found = read_targets("新建学校5所。培训教师不少于300人次。", "二(一)3", Place("a", "", 4, 1))
    assert [(t.number, t.task, t.words, t.place.row) for t in found] == [
        ("二(一)3-1", "二(一)3", "5所", 4),
        ("二(一)3-2", "二(一)3", "不少于300人次", 4),
    ]


# The head


@pytest.mark.parametrize(
    ("text", "head"),
    [
        (
            "澜川市人民政府办公室关于印发\n澜川市节水行动方案的通知\n澜政办〔2026〕3 号\n"
            "各区人民政府：\n请遵照执行。\n澜川市人民政府办公室\n二O二六年一月五日",
            ("澜川市人民政府办公室关于印发澜川市节水行动方案的通知", "澜川市人民政府办公室", 2026, "澜政办〔2026〕3号"),
        ),
        (
            "澜川市人民政府文件\n澜政〔2025〕9号\n市人民政府关于加快发展旅游的意见\n各区人民政府：",
            ("市人民政府关于加快发展旅游的意见", "澜川市人民政府", 2025, "澜政〔2025〕9号"),
        ),
        (
            "关于印发2026年水务工作要点的通知\n各科室：\n现印发。\n市水务工作领导\n小组办公室\n2026年2月1日",
            ("关于印发2026年水务工作要点的通知", "市水务工作领导小组办公室", 2026, None),
        ),
        (
            "2026年水务工作要点\n一、水源\n澜川市水务局办公室 2026年3月9日印发",
            ("2026年水务工作要点", "澜川市水务局办公室", 2026, None),
        ),
        ("一、水源\n1.保护水源。（市水务局）", ("", None, None, None)),
        ("为节约用水，制定本方案。\n1.保护水源。（市水务局）", ("", None, None, None)),
        (
            "澜川市节水行动方案（2026—2028年）\n一、工作目标\n二、重点任务\n三、保障措施",
            ("澜川市节水行动方案", None, 2026, None),
        ),
        (
            "澜川市人民政府\n关于加快节水型社会建设的若干举措\n一、水源",
            ("澜川市人民政府关于加快节水型社会建设的若干举措", "澜川市人民政府", None, None),
        ),
        (
            "澜川市贯彻落实省政府关于节水的工作方案\n一、水源",
            ("澜川市贯彻落实省政府关于节水的工作方案", None, None, None),
        ),
        (
            "澜川市政府办公室转发市水务局关于节水的意见\n一、水源",
            ("澜川市政府办公室转发市水务局关于节水的意见", "澜川市政府办公室", None, None),
        ),
    ],
    ids=[
        *("signed", "letterhead", "wrapped office", "imprint", "no head", "a sentence"),
        *("several years", "office above", "of another office", "passed on"),
    ],
)
def test_title_issuer_year_and_number(text: str, head: tuple[str, str | None, int | None, str | None]) -> None:
    plan = read(text).plan
    assert (plan.title, plan.issuer, plan.year, plan.document_number) == head


def test_the_signature_is_no_part_of_the_last_task() -> None:
    reading = read("1.保护水源。（市水务局）\n澜川市水务局\n2026年3月9日")
    assert reading.plan.tasks[0].content == "保护水源。"
    assert codes(reading) == []


def test_a_label_may_say_only_when() -> None:
    reading = read("1.建设水厂，（市水务局，时间：2026年6月）")
    assert reading.plan.tasks[0].deadline is not None
    assert reading.plan.tasks[0].deadline.date == date(2026, 6, 30)


def test_points_inside_a_paragraph_that_name_their_own_units_are_tasks() -> None:
    reading = read(
        "（二）办好学校。1.修缮校舍。（市教育局负责）2.培训教师。（市财政局牵头，市教育局配合）3.配备校车。（市交通局）"
    )
    assert [(task.number, task.path, task.content) for task in reading.plan.tasks] == [
        ("1", ("（二）办好学校",), "修缮校舍。"),
        ("2", ("（二）办好学校",), "培训教师。"),
        ("3", ("（二）办好学校",), "配备校车。"),
    ]
    whole = read("（二）办好学校。1.修缮校舍。2.培训教师。（市教育局）").plan.tasks
    assert [(task.number, task.content) for task in whole] == [("(二)", "办好学校。1.修缮校舍。2.培训教师。")]


def test_a_closing_sentence_names_the_units_of_all_points() -> None:
    reading = read(
        "第二条 办好学校。\n（一）新建学校2所。\n（二）培训教师。\n本条由县教育局牵头，县财政局配合。\n"
        "第三条 节约用水。更换龙头，责任单位为县水务局、县住建局。\n"
        "第四条 总结。县政府办牵头，各乡镇配合，于12月底前完成。"
    )
    assert [(task.number, task.lead, task.support) for task in reading.plan.tasks] == [
        ("第二条", ("县教育局",), ("县财政局",)),
        ("第三条", ("县水务局", "县住建局"), ()),
        ("第四条", ("县政府办",), ("各乡镇",)),
    ]
    assert reading.plan.tasks[2].deadline is not None
    assert reading.plan.tasks[0].targets[0].name == "新建学校"


def test_a_caption_between_two_clauses_is_no_content() -> None:
    reading = read("（一）节约用水。（市水务局牵头）具体措施：更换龙头。（市住建局）\n（二）增绿。（市园林局）")
    assert [task.content for task in reading.plan.tasks] == ["节约用水。", "更换龙头。", "增绿。"]


def test_a_sentence_on_standing_duties_is_no_task() -> None:
    reading = read("一、节水\n1.更换龙头。（市水务局）\n二、要求\n（一）加强领导。市节水办公室负责统筹协调。")
    assert [task.number for task in reading.plan.tasks] == ["1"]


def test_one_strange_name_among_several_units_is_kept_and_said() -> None:
    reading = read("1.办好学校。（市教育局、市财政局、市住建局，未来教育联合体）")
    assert reading.plan.tasks[0].lead == ("市教育局", "市财政局", "市住建局", "未来教育联合体")
    assert codes(reading) == [("unit_unclear", 1, "1")]


def test_units_and_deadline_each_in_brackets() -> None:
    task = read("1.学法。(责任单位：区司法局，各单位)(完成时限：每季度)").plan.tasks[0]
    assert task.lead == ("区司法局", "各单位")
    assert task.deadline is not None
    assert task.deadline.kind == "annual"


def test_each_clause_before_a_semicolon_closes_its_own_words() -> None:
    reading = read(
        "1.完善设施。一是改造供水管网50公里（市水务局）；二是改造燃气管网（市城管局）；三是报主管部门（市水务局）；四是验收。"
        "（市住建局负责）"
    )
    assert [(task.number, task.content, task.lead) for task in reading.plan.tasks] == [
        ("1", "完善设施。一是改造供水管网50公里", ("市水务局",)),
        ("1a", "二是改造燃气管网", ("市城管局",)),
        ("1b", "三是报主管部门（市水务局）；四是验收。", ("市住建局",)),
    ]
    assert [target.name for target in reading.plan.tasks[0].targets] == ["改造供水管网"]


def test_units_on_a_line_below_the_last_point_are_those_of_all() -> None:
    reading = read("（四）增绿。\n1.新建公园。\n2.新建绿道。\n（责任单位：市园林局）\n（五）节水。（市水务局）")
    assert [(task.number, task.content) for task in reading.plan.tasks] == [
        ("(四)", "增绿。1.新建公园。2.新建绿道。"),
        ("(五)", "节水。"),
    ]
    assert codes(reading) == []


def test_a_number_that_falls_back_has_begun_again() -> None:
    reading = read(
        "一、任务\n（二）增绿。（市园林局）\n（三）节水。（市水务局）\n二、保障\n（一）领导。\n（二）资金。（市财政局）"
    )
    assert [task.number for task in reading.plan.tasks] == ["一(二)", "一(三)", "二(二)"]


def test_points_of_a_notice_without_a_date_are_no_measures() -> None:
    reading = read(
        "关于印发《澜川市节水工作要点》的通知\n各区人民政府：\n现印发给你们，并提出如下要求：\n"
        "一、提高认识。各单位要高度重视。\n二、加强检查。市水务局要加强检查。\n"
        "澜川市节水工作要点\n为推进节水，制定本要点。\n"
        "一、保护水源\n1.保护水库。（市水务局）\n2.保护河道。（市水务局）\n二、节约用水\n3.更换龙头。（市住建局）"
    )
    assert [task.path for task in reading.plan.tasks] == [("一、保护水源",)] * 2 + [("二、节约用水",)]
    assert codes(reading) == []
    assert reading.plan.unassigned == ()


def test_tasks_right_below_a_notice_are_not_below_its_last_point() -> None:
    reading = read(
        "现印发给你们，请落实。\n一、高度重视。各单位要认真研究。\n二、加强督查。市政府督查室要加强检查。\n"
        "1.保护水库。（牵头单位：市水务局）\n2.保护河道。（牵头单位：市水务局）"
    )
    assert [task.path for task in reading.plan.tasks] == [(), ()]


def test_units_of_a_heading_above_points_with_units_are_said() -> None:
    reading = read("（一）保护水源（牵头单位：市水务局）\n1.保护水库。（市林业局）\n2.保护河道。（市城管局）")
    assert [task.lead for task in reading.plan.tasks] == [("市林业局",), ("市城管局",)]
    assert codes(reading) == [("units_of_heading_left_out", 1, "")]


def test_a_verb_no_rule_knows_joins_no_name() -> None:
    reading = read("1.办好学校。（责任单位：市教育局牵头指挥、市财政局）")
    assert (reading.plan.tasks[0].lead, reading.plan.tasks[0].support) == (("市教育局",), ("市财政局",))


# The whole plan


def test_numbers_that_restart_take_the_markers_above() -> None:
    reading = read(
        "一、教育\n1.办好学校。（市教育局）\n二、卫生\n（一）医疗\n1.建设医院。（市卫健委）\n2.培训医生。（市卫健委）"
    )
    assert [task.number for task in reading.plan.tasks] == ["一1", "二(一)1", "二(一)2"]


def test_a_number_printed_twice_gets_a_letter_and_is_said() -> None:
    reading = read("1.办好学校。（市教育局）\n2.发展幼教。（市教育局）\n2.修缮校舍。（市住建局）")
    assert [task.number for task in reading.plan.tasks] == ["1", "2", "2a"]
    assert ("number_not_unique", 3, "2a") in codes(reading)


def test_one_misprinted_number_does_not_renumber_the_plan() -> None:
    reading = read(
        "一、教育\n1.办好学校。（市教育局）\n2.发展幼教。（市教育局）\n二、住房\n2.修缮校舍。（市住建局）\n4.建设公寓。（市住建局）"
    )
    assert [task.number for task in reading.plan.tasks] == ["1", "2", "2a", "4"]
    assert ("number_not_unique", 5, "2a") in codes(reading)


def test_a_paragraph_with_two_clauses_is_two_tasks() -> None:
    reading = read(
        "一、创新\n3.培育企业50家。（市科技局牵头）推动成果转化。（市科技局、市教育局负责）\n4.引才。（市人社局）"
    )
    assert [(task.number, task.content, task.lead) for task in reading.plan.tasks] == [
        ("3", "培育企业50家。", ("市科技局",)),
        ("3a", "推动成果转化。", ("市科技局", "市教育局")),
        ("4", "引才。", ("市人社局",)),
    ]


def test_units_of_a_heading_go_to_the_point_that_names_none() -> None:
    reading = read("一、环境（牵头单位：市发改委）\n1.简化审批。（责任单位：市政务局）\n2.健全服务。")
    assert [(task.number, task.path, task.lead) for task in reading.plan.tasks] == [
        ("1", ("一、环境",), ("市政务局",)),
        ("2", ("一、环境",), ("市发改委",)),
    ]
    assert ("units_from_heading", 3, "2") in codes(reading)


def test_a_point_without_units_among_tasks_waits_to_be_assigned() -> None:
    reading = read("一、教育\n1.办好学校。（市教育局）\n2.加强宣传。\n3.发展幼教。（市教育局）")
    assert [(measure.number, measure.content) for measure in reading.plan.unassigned] == [("一2", "加强宣传。")]
    assert ("task_without_units", 3, "一2") in codes(reading)


def test_points_below_a_task_belong_to_it() -> None:
    reading = read("""
一、扩大开放。主要包括：
（1）办好博览会；
（2）拓展友城；
（3）培育企业。（市商务局、市外办）
二、强化保障。责任单位：市财政局
（1）安排资金。
（2）加强审计。""")
    assert [(task.number, task.content, task.lead) for task in reading.plan.tasks] == [
        ("一", "扩大开放。主要包括：（1）办好博览会；（2）拓展友城；（3）培育企业。", ("市商务局", "市外办")),
        ("二", "强化保障。（1）安排资金。（2）加强审计。", ("市财政局",)),
    ]


def test_paragraphs_without_numbers_are_counted() -> None:
    reading = read("澜川市2026年教育工作安排\n办好学校。（市教育局）\n建设校舍。（市住建局）")
    assert [(task.number, task.content) for task in reading.plan.tasks] == [("1", "办好学校。"), ("2", "建设校舍。")]


def test_labels_inside_a_paragraph_and_the_word_in_a_sentence() -> None:
    reading = read("1.推进改革 责任单位：市教育局 配合单位：市财政局\n2.压实各责任单位：层层落实。（市住建局）")
    assert [(task.content, task.lead, task.support) for task in reading.plan.tasks] == [
        ("推进改革", ("市教育局",), ("市财政局",)),
        ("压实各责任单位：层层落实。", ("市住建局",), ()),
    ]


def test_a_closing_note_lets_the_first_unit_lead() -> None:
    text = "1.办好学校。（市教育、财政局）\n2.建设医院。（市卫健委）\n"
    note = "（注：凡由多个部门负责的，排在第一位的部门为牵头部门。）"
    assert [task.support for task in read(text).plan.tasks] == [(), ()]
    assert [task.support for task in read(text + note).plan.tasks] == [("市财政局",), ()]
    assert read(text + note).plan.tasks[1].content == "建设医院。"


def test_a_unit_with_two_roles_leads_and_is_said() -> None:
    reading = read("1.办好学校。\n牵头单位：市教育局\n责任单位：各区政府、市教育局\n完成时限：2026年底前")
    task = reading.plan.tasks[0]
    assert (task.lead, task.support) == (("市教育局",), ("各区政府",))
    assert codes(reading) == [("unit_named_twice", 1, "1")]
    assert reading.findings[0].message.startswith("任务 1 中“市教育局”同时列为")


def test_every_task_says_where_it_stands_and_why() -> None:
    reading = read("澜川市2026年教育工作要点\n一、教育\n1.办好学校。（市教育、财政局；6月底前完成）")
    task = reading.plan.tasks[0]
    assert task.place == Place("计划.txt", "", 3, 1)
    assert reading.explained == {"1": ("units: 市教育局、市财政局", "deadline: 6月底前完成")}
    assert task.deadline is not None
    assert task.deadline.date == date(2026, 6, 30)


def test_nothing_readable_is_an_error_that_says_what_to_do() -> None:
    reading = read("关于召开会议的通知\n请各单位参加。")
    assert [finding.kind.severity for finding in reading.findings] == [Severity.ERROR]
    assert reading.findings[0].message == "《关于召开会议的通知》中没有读出任何任务。"
    assert reading.findings[0].remedy


def test_no_lines_at_all() -> None:
    reading = read_plan([])
    assert reading.plan.tasks == ()
    assert [finding.kind.code for finding in reading.findings] == ["no_tasks"]


def test_the_json_has_exactly_the_documented_keys() -> None:
    plan = read("澜川市2026年教育工作要点\n一、教育\n1.新建学校5所。（市教育局；持续推进）").plan
    assert plan_json(plan) == {
        "title": "澜川市2026年教育工作要点",
        "issuer": None,
        "year": 2026,
        "document_number": None,
        "tasks": [
            {
                "number": "1",
                "path": ["一、教育"],
                "content": "新建学校5所。",
                "lead": ["市教育局"],
                "support": [],
                "deadline": {"text": "持续推进", "kind": "ongoing", "date": None},
                "indicators": [{"name": "新建学校", "op": "=", "value": 5, "unit": "所"}],
            }
        ],
        "goals": [],
        "unassigned": [],
        "findings": [],
    }


def test_the_json_tells_what_is_unsure_with_task_column_and_line() -> None:
    reading = read("澜川市2026年教育工作要点\n一、教育\n1.新建学校5所。（责任单位：市教育局、督查科普）")
    assert plan_json(reading.plan, reading.findings)["findings"] == [
        {
            "code": "unit_unclear",
            "severity": "confirm",
            "task": "1",
            "message": "任务 1 的单位名称“督查科普”不像一个完整的单位名称。",
            "remedy": "请核对原文，在 plan.xlsx 中改为规范名称。",
            "found": "督查科普",
            "expected": "",
            "field": "lead",
            "line": 3,
        }
    ]


# Robustness

PIECES = [
    *("一、", "（一）", "1.", "(1)", "①", "市教育局", "各区、县级市政府", "责任单位：", "完成时限：", "（", "）", "["),
    *("]", "、", "，", "；", "。", "等", "和", "牵头", "负责", "持续推进", "2026年6月底前", "达到5件", "│", "├"),
    *("─", "┼", "┌", "|", "\t", "\v", "\n", "\n", " ", "序号", "工作内容", "责任单位", "续", "〈", "〉"),
    *("第一条", "1.2", "附件", "a", "\x00", "牽頭單位：", " | ", "   ", "——", "具体措施：", "2．", "5家以上"),
    *("序号   工作内容   责任单位", "\n1\n", "2026年2月3日", "每年", "20260%", "第", "页"),
]


@examples(400)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_hostile_text_never_raises_and_numbers_stay_unique(text: str) -> None:
    reading = read_plan([Line(words, Place("x", "", row, 1)) for row, words in enumerate(text.split("\n"), 1)])
    numbers = [task.number for task in reading.plan.tasks]
    assert len(set(numbers)) == len(numbers)
    assert all(number for number in numbers)
    assert all(finding.message for finding in reading.findings)
    assert set(reading.explained) == set(numbers)


@examples(200)
@given(st.text(max_size=300))
def test_any_text_reads_without_error(text: str) -> None:
    reading = read_plan(lines(text))
    assert isinstance(reading.plan.title, str)
    assert all(isinstance(task, Task) for task in reading.plan.tasks)


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        *("(" * 50_000, "()" * 25_000, "市局和" * 15_000, "责任单位：" * 10_000, " （一）" * 10_000, "1." * 25_000),
        *("现将《" * 10_000, "——" * 20_000, "。1." * 15_000, "a | b " * 10_000, "牽頭 " * 15_000),
        *("达到5件、" * 10_000, "│" * 50_000, "├─" * 25_000, "1、x。" + "（市教育局）。" * 7_000),
    ],
    ids=[
        "open",
        "pairs",
        "joints",
        "labels",
        "markers",
        "dots",
        "quotes",
        "dashes",
        "points",
        "edges",
        "script",
        "amounts",
        "bars",
        "rules",
        "clauses",
    ],
)
def test_no_expression_runs_away_on_hostile_text(text: str) -> None:
    started = time.process_time()
    read_plan([Line("1、a。（" + text + "）", Place()), Line(text, Place())])
    assert time.process_time() - started < 60  # seconds are usual; one that runs away takes hours


@pytest.mark.slow
def test_a_thousand_tasks_are_read_one_by_one() -> None:
    units = "市教育、财政、民政局，各区、县级市政府"
    body = "完善服务网络，健全工作机制，推动各项措施落实到位，不断提高群众满意度。" * 5
    text = "一、重点任务\n" + "\n".join(
        f"{number}.{body}（{units}按职责分工负责；2026年{number % 12 + 1}月底前完成）" for number in range(1, 1001)
    )
    reading = read(text)
    assert len(text) > 200_000
    assert len(reading.plan.tasks) == 1000
    assert reading.plan.tasks[999].support == ()
    assert reading.plan.tasks[999].lead == ("市教育局", "市财政局", "市民政局", "各区、县级市政府")


def test_the_notation_with_most_signs_reads_the_document() -> None:
    chosen = choose_notation(lines("1.办好学校。\n牵头单位：市教育局\n责任单位：各区政府"))
    assert chosen.name == "labelled_lines"
    assert chosen.labels.field("牵头单位") is Field.LEAD
    assert {notation.name for notation in gather()} >= {"drawn_table", "table_rows", "assigned_nowhere"}


# The covering notice, and both a text and a table


def test_points_of_the_covering_notice_are_no_measures() -> None:
    reading = read("""
澜川市人民政府关于印发2026年民生实事任务分解方案的通知
各区人民政府：
一、各责任单位要制定工作方案。
二、每季度末报送进展情况。
澜川市人民政府
2026年1月8日
2026年民生实事任务分解方案
一、教育
（一）新建学校5所
责任单位：市教育局
（二）改造教室40间
责任单位：市教育局
二、交通
（一）修复公路25公里
责任单位：市交通局""")
    assert [task.number for task in reading.plan.tasks] == ["一(一)", "一(二)", "二(一)"]
    assert reading.plan.unassigned == ()
    assert reading.findings == ()


def test_a_text_beside_a_table_is_said_to_be_left_out() -> None:
    reading = read("""
一、主要任务
1.完善目录。（市数据局）
附表
序号	任务	责任单位
1	清理数据	市数据局
2	整合外网	市政务局""")
    assert [task.content for task in reading.plan.tasks] == ["清理数据", "整合外网"]
    message = "文件的正文中另有 1 项写明了单位的任务（第一项为“完善目录。”），不在已导入的 2 项之内，没有导入。"
    assert [finding.message for finding in reading.findings] == [message]
    assert "1.完善目录。（市数据局）" in [line.text for line in reading.left_out]


def test_a_figure_that_cannot_be_meant_is_no_target_but_a_finding() -> None:
    reading = read("一、重点任务\n1.正版率到达20260%。（市版权局）")
    assert reading.plan.targets == ()
    assert ("figure_damaged", 2, "1") in codes(reading)


def test_a_point_that_ends_with_a_semicolon_has_the_units_of_the_next() -> None:
    reading = read(
        "一、重点任务\n1、调整清单。\n责任单位：市委编办\n2、取消证明20项；\n3、推行一件事一次办30项。\n"
        "责任单位：市数据局\n完成时间：2026年10月底前\n4、公开目录。\n责任单位：市司法局"
    )
    assert [(task.number, task.lead, task.deadline is not None) for task in reading.plan.tasks] == [
        ("1", ("市委编办",), False),
        ("2", ("市数据局",), True),
        ("3", ("市数据局",), True),
        ("4", ("市司法局",), False),
    ]
    assert codes(reading) == [("units_from_heading", 4, "2")]


def test_people_in_brackets_of_their_own_are_no_words_of_the_task() -> None:
    reading = read(
        "一、重点任务\n1.新增学位3000个。【牵头市领导：周某】【牵头单位：市教育局】【责任单位：市财政局】\n"
        "2.改造小区20个。【责任单位：市住建局】【分管领导：李某】"
    )
    assert [(task.content, task.lead, task.support) for task in reading.plan.tasks] == [
        ("新增学位3000个。", ("市教育局",), ("市财政局",)),
        ("改造小区20个。", ("市住建局",), ()),
    ]
    assert [task.leader for task in reading.plan.tasks] == ["周某", "李某"]
    assert codes(reading) == []


def test_a_last_sentence_with_roles_and_a_deadline() -> None:
    task = read(
        "1.压实责任。每季度召开会议。县消防救援大队牵头，县公安局和各乡镇（街道）配合，2026年3月底前完成。"
    ).plan.tasks[0]
    assert (task.lead, task.support) == (("县消防救援大队",), ("县公安局", "各乡镇（街道）"))
    assert task.deadline is not None
    assert task.deadline.date == date(2026, 3, 31)


def test_people_named_beside_the_units_have_a_column() -> None:
    lines_of = "{}.办好实事。\n牵头领导：李某\n牵头单位：市教育局"
    reading = read("一、重点任务\n" + "\n".join(lines_of.format(number) for number in (1, 2, 3)))
    assert [task.content for task in reading.plan.tasks] == ["办好实事。"] * 3
    assert [task.leader for task in reading.plan.tasks] == ["李某"] * 3
    assert reading.findings == ()


def test_traditional_characters_are_written_as_printed() -> None:
    reading = read("一、重點任務\n1.辦好學校。（責任單位：市教育局、市財政局）")
    assert [(task.content, task.lead) for task in reading.plan.tasks] == [("辦好學校。", ("市教育局", "市財政局"))]
    assert reading.plan.tasks[0].path == ("一、重點任務",)
    assert reading.explained["1"] == ("duty: 市教育局、市財政局",)


def test_cells_with_a_bar_after_each_and_numbers_with_gaps() -> None:
    reading = read("""
序号 |
重点工作 |
牵头单位 |
完成时限 |
一、教育 |
12 |
办好学校 |
市教育局 |
全年 |
二、卫生 |
15 |
建设医院 |
市卫健委 |
年底前 |""")
    assert [(task.number, task.path, task.content, task.lead) for task in reading.plan.tasks] == [
        ("12", ("一、教育",), "办好学校", ("市教育局",)),
        ("15", ("二、卫生",), "建设医院", ("市卫健委",)),
    ]
    assert ("numbering_not_continuous", 11, "15") in codes(reading)


def test_the_enclosed_plan_gives_the_title_where_none_stands_above() -> None:
    reading = read(
        "澜政办字〔2026〕1号\n各区：\n现将《澜川市2026年教育工作要点》印发给你们，请落实。\n1.办好学校。（市教育局）"
    )
    assert reading.plan.title == "澜川市2026年教育工作要点"
    assert reading.plan.document_number == "澜政办字〔2026〕1号"


@pytest.mark.parametrize(
    ("text", "tasks"),
    [
        pytest.param(
            "各单位要认真落实。\n加强商标保护。\n责任单位：市司法局\n推进专利运用。\n责任单位：市教育局",
            [("加强商标保护。", "市司法局"), ("推进专利运用。", "市教育局")],
            id="units on a line of their own where nothing is numbered",
        ),
        pytest.param(
            "1.建设平台，重点是：1.摸清底数；2.统一标准。责任单位：市教育局\n2.推进应用。责任单位：市司法局",
            [("建设平台，重点是：1.摸清底数；2.统一标准。", "市教育局"), ("推进应用。", "市司法局")],
            id="a paragraph that counts from one inside",
        ),
        pytest.param(
            "┌──┬─────┬────┐\n│序号│任务│责任单位│\n├──┼─────┼────┤\n│1│建设平台。│市教育局│\n└──┴─────┴────┘\n"
            "各单位要加强领导。",
            [("建设平台。", "市教育局")],
            id="a paragraph after a drawn table",
        ),
    ],
)
def test_what_stands_around_a_task_is_no_task(text: str, tasks: list[tuple[str, str]]) -> None:
    found = read(f"2026年知识产权工作要点\n{text}").plan.tasks
    assert [(each.content, *each.lead) for each in found] == tasks
