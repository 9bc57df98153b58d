"""Tables of plans as offices draw them up: their headings, rows that are no tasks, cells that were lost."""

from __future__ import annotations

import pytest

from reporting.model import Line, Place
from reporting.plan.notations import Field
from reporting.plan.notations.headings import read_heading
from reporting.plan.reading.plan import Reading, read_plan

LEAD, DUTY, SUPPORT, CONTENT = Field.LEAD, Field.DUTY, Field.SUPPORT, Field.CONTENT
CATEGORY, DEADLINE, TARGET, OTHER = Field.CATEGORY, Field.DEADLINE, Field.TARGET, Field.OTHER


def read(text: str) -> Reading:
    rows = enumerate(text.strip("\n").split("\n"), 1)
    return read_plan([Line(line, Place("plan.txt", "", number, 1)) for number, line in rows])


def codes(reading: Reading) -> list[str]:
    return [finding.kind.code for finding in reading.findings]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("市教育局", None),
        ("云河市2026年重点工作任务", None),
        ("单位", None),
        ("序 号", Field.NUMBER),
        ("任务编号", Field.NUMBER),
        ("市级牵头部门（单位）", LEAD),
        ("牵头（责任）单位", LEAD),
        ("主管单位", LEAD),
        ("牵头及配合单位", DUTY),
        ("责任主体与协同单位", DUTY),
        ("落实科室", DUTY),
        ("责任单位及责任人", DUTY),
        ("责任单位（排在首位的为牵头单位）", DUTY),
        ("协同配合部门", SUPPORT),
        ("会办单位", SUPPORT),
        ("督办单位", OTHER),
        ("计量单位", OTHER),
        ("分管市领导", OTHER),
        ("责任人", OTHER),
        ("监督电话", OTHER),
        ("1-9月工作完成情况", OTHER),
        ("完成标准", OTHER),
        ("交办时间", OTHER),
        ("办结时限", DEADLINE),
        ("完成时间及要求", DEADLINE),
        ("计划完成日期", DEADLINE),
        ("2026年度目标", TARGET),
        ("目标值", TARGET),
        ("二级指标", CATEGORY),
        ("重点领域", CATEGORY),
        ("目标任务", CONTENT),
        ("民生实事", CONTENT),
        ("建设内容及目标", CONTENT),
        ("具体举措", CONTENT),
        ("督办事项", CONTENT),
    ],
)
def test_a_heading_is_read_from_its_end(heading: str, field: Field | None) -> None:
    assert read_heading(heading).field is field


def test_a_title_two_rows_of_headings_a_total_and_notes() -> None:
    reading = read(
        """
云河市2026年重点工作任务分解表
填报单位：市督查室			单位：项
序号	重点工作	具体举措	责任单位		完成时限	备注
			牵头单位	配合单位
一、稳增长
1	扩大投资	新开工项目120个。	市发改委	市财政局	年底前
2		开展集中开工。	市发改委		每季度
（一）兴产业
3	培育企业	新增规上企业30家。	市工信局		年底前	新增
合计	3项
注：备注栏标“新增”的为今年新列任务。""".replace("稳增长", "稳增长\t\t").replace("兴产业", "兴产业\t\t")
    )
    assert [(task.path, task.content, task.lead, task.support) for task in reading.plan.tasks] == [
        (("一、稳增长", "扩大投资"), "新开工项目120个。", ("市发改委",), ("市财政局",)),
        (("一、稳增长", "扩大投资"), "开展集中开工。", ("市发改委",), ()),
        (("一、稳增长", "（一）兴产业", "培育企业"), "新增规上企业30家。", ("市工信局",), ()),
    ]
    assert codes(reading) == ["column_left_out"]
    left_out = "\n".join(line.text for line in reading.left_out)
    assert "合计" in left_out
    assert "填报单位" in left_out


def test_a_column_of_targets_goes_with_the_task() -> None:
    reading = read("""
序号	工作任务	年度目标	责任部门
1	推进一网通办	网上可办率达到100%	市政务局""")
    task = reading.plan.tasks[0]
    assert task.content == "推进一网通办；年度目标：网上可办率达到100%"
    assert [(target.name, target.op, target.value) for target in task.targets] == [("网上可办率", ">=", 100)]


def test_a_list_of_members_below_is_no_plan() -> None:
    reading = read("""
序号	工作任务	责任单位
1	建设平台	市数据局

领导小组成员名单
姓名	单位	职务
孙某	市数据局	局长
李某	市财政局	副局长""")
    assert [task.content for task in reading.plan.tasks] == ["建设平台"]
    assert any("孙某" in line.text for line in reading.left_out)


def test_units_alone_over_a_column_of_units_or_of_measures() -> None:
    reading = read("""
序号	工作任务	单位
1	建设平台	市数据局
2	清理数据	市数据局、各区政府""")
    assert [task.lead for task in reading.plan.tasks] == [("市数据局",), ("市数据局", "各区政府")]
    measures = read("序号\t项目名称\t单位\t数量\n1\t新增学位\t个\t800\n2\t修建道路\t公里\t30")
    assert not measures.plan.tasks


def test_one_column_for_lead_and_others_begins_with_the_lead() -> None:
    reading = read("""
序号	工作任务	牵头及配合单位
1	建设平台	市数据局、市财政局""")
    assert (reading.plan.tasks[0].lead, reading.plan.tasks[0].support) == (("市数据局",), ("市财政局",))


def test_a_category_left_blank_below_one_that_is_not() -> None:
    reading = read("""
一级指标	二级指标	工作举措	牵头单位
开办企业	压缩时间	推行一日办结	市市场监管局
		推行一照多址	市市场监管局
	降低成本	免费刻制公章	市公安局
办理许可		优化流程	市住建局""")
    assert [task.path for task in reading.plan.tasks] == [
        ("开办企业", "压缩时间"),
        ("开办企业", "压缩时间"),
        ("开办企业", "降低成本"),
        ("办理许可",),
    ]


def test_rows_shortened_by_copying_are_filled_by_what_their_cells_say() -> None:
    reading = read("""
类别 | 实事名称 | 年度目标 | 责任单位 | 分管领导 | 进展情况 | 完成时限 |
教育 | 1.改建学校 | 改建教学楼2座 | 区教育局 | 刘一 | 正在施工 | 年底前 |
2.铺设操场 | 铺设操场13处 | 区教育局 | 刘一 | 已完成五成 | 年底前 | |
医疗 | 3.建设医院 | 建成门诊楼1座 | 区卫健局 | 陈二 | 已封顶 | | |""")
    assert [(task.number, task.path, task.lead) for task in reading.plan.tasks] == [
        ("1", ("教育",), ("区教育局",)),
        ("2", ("教育",), ("区教育局",)),
        ("3", ("医疗",), ("区卫健局",)),
    ]
    assert [task.deadline.text if task.deadline else "" for task in reading.plan.tasks] == ["年底前", "年底前", ""]


def test_units_missing_below_a_cell_that_spanned_rows_are_taken_over_and_said() -> None:
    reading = read("""
序号	工作任务	具体举措	牵头单位	配合单位	完成时限
1	优化服务	办成跨省通办事项100项	市政务局	市公安局	2026年6月底
2		推行容缺受理
3	完善监管	建立修复机制	市发改委		2026年9月底""")
    second = reading.plan.tasks[1]
    assert (second.path, second.lead, second.support) == (("优化服务",), ("市政务局",), ("市公安局",))
    assert second.deadline is not None
    assert second.deadline.text == "2026年6月底"
    assert codes(reading) == ["units_from_row_above"]
    assert reading.findings[0].task == "2"


def test_rows_with_tabs_that_lost_a_cell() -> None:
    reading = read("""
序号	改革事项	改革举措	牵头部门	参加部门	进度安排
1	国企改革	完成公司制改革	市国资委	市财政局、市人社局	2026年6月底前
2	推进战略性重组	市国资委		2026年9月底前""")
    second = reading.plan.tasks[1]
    assert (second.path, second.content, second.lead, second.support) == (
        ("国企改革",),
        "推进战略性重组",
        ("市国资委",),
        (),
    )


def test_rules_of_equals_signs_and_markdown_rows_that_head_others() -> None:
    drawn = read("""
+----+----------+----------+
| 序号 | 督办事项 | 主办单位 |
+====+==========+==========+
| 1  | 学校选址 | 区教育局 |
+----+----------+----------+
| 2  | 改造道路 | 区住建局 |
+----+----------+----------+""")
    assert [task.content for task in drawn.plan.tasks] == ["学校选址", "改造道路"]
    marked = read("""
| 序号 | 任务 | 责任分工 |
|---|---|---|
| （一）扩大内需 |||
| 1 | 发放消费券 | 牵头：市商务局；配合：市财政局 |
| （二）稳定外贸 |||
| 2 | 培育企业 | 市商务局、临江海关 |""")
    assert [(task.path, task.lead, task.support) for task in marked.plan.tasks] == [
        (("（一）扩大内需",), ("市商务局",), ("市财政局",)),
        (("（二）稳定外贸",), ("市商务局", "临江海关"), ()),
    ]


def test_a_row_that_only_names_a_group_is_no_task() -> None:
    reading = read("""
编号	工作事项	目标任务	牵头科室
1	数据底座
1.1		归集数据5亿条	数据科
2	数字政府
2.1		上线办事专区	政务科""")
    assert [(task.number, task.path) for task in reading.plan.tasks] == [("1.1", ("数据底座",)), ("2.1", ("数字政府",))]
    assert not reading.findings


def test_a_bare_target_takes_its_measure_from_beside() -> None:
    reading = read("""
序号	指标名称	计量单位	目标值	牵头单位
1	新增就业	万人	3.5	市人社局""")
    task = reading.plan.tasks[0]
    assert task.content == "新增就业；目标值：3.5万人"
    assert [(target.value, target.unit) for target in task.targets] == [(3.5, "万人")]


def test_a_list_below_tasks_in_running_text_is_no_text() -> None:
    reading = read("""
一、主要任务
1.推进预算公开。（责任单位：县财政局）
2.推进权责公开。（责任单位：县委编办）
附件：联系人名单
序号	单位	联系人	电话
1	县财政局	张三	123
2	县委编办	李四	456""")
    assert len(reading.plan.tasks) == 2
    assert not reading.plan.unassigned
    assert any("张三" in line.text for line in reading.left_out)


def test_numbers_that_restart_below_section_rows_take_their_marks() -> None:
    reading = read("""
序号	工作任务	责任单位
一、教育
1	办好学校	市教育局
2	发展幼教	市教育局
二、卫生
1	建设医院	市卫健委""")
    assert [task.number for task in reading.plan.tasks] == ["一1", "一2", "二1"]
    assert not reading.findings


def test_cells_copied_one_by_one_keep_their_deadlines_beside_numbers() -> None:
    cells = ["序号", "实事", "责任单位", "完成时限"]
    for number, name in enumerate(("修路", "建园", "种树", "通水"), 1):
        cells.extend([str(number), f"{name}{number}处。", "县住建局", "县财政局", "12月底前"])
    reading = read("安禾县2026年实事清单\n" + "\n".join(cells))
    assert [task.lead for task in reading.plan.tasks] == [("县住建局", "县财政局")] * 4
    assert all(task.deadline and task.deadline.text == "12月底前" for task in reading.plan.tasks)


def test_cells_parted_by_one_blank_are_told_by_what_they_say() -> None:
    reading = read("""
安禾县2026年重点工作任务表
序号  目标任务 牵头单位  责任单位
2 落实“七长制”，加强 控辍保学。 县教育局 各乡镇人民政府
13 扩大托育供给，新增托位
300个。 县卫健局 县财政局
以上任务请抓好落实。""")
    assert [(task.number, task.content, task.lead, task.support) for task in reading.plan.tasks] == [
        ("2", "落实“七长制”，加强控辍保学。", ("县教育局",), ("各乡镇人民政府",)),
        ("13", "扩大托育供给，新增托位300个。", ("县卫健局",), ("县财政局",)),
    ]


def test_a_word_cut_from_a_list_of_units_and_a_deadline_are_no_headings() -> None:
    reading = read(
        "一、重点任务\n1.完善物价补贴机制，及时足额发放。\n牵头单位：市发改委\n责任单位：市财政局等市级各有关\n部门\n"
        "完成时限：2026年12月底前\n四、工作要求\n（一）加强领导。定期听取汇报。\n（二）完善机制。做好督办。"
    )
    assert [(task.lead, task.deadline and task.deadline.text) for task in reading.plan.tasks] == [
        (("市发改委",), "2026年12月底前")
    ]
    assert "part_left_out" not in codes(reading)
