"""Tables that lost their lines, and documents with several tables or with a table beside the text."""

from __future__ import annotations

import pytest

from reporting.model import Line, Place
from reporting.plan.reading.plan import Reading, read_plan


def read(text: str, file: str = "计划.txt") -> Reading:
    rows = enumerate(text.strip("\n").split("\n"), 1)
    return read_plan([Line(words, Place(file, "", row, 1)) for row, words in rows])


def shown(reading: Reading) -> list[tuple[str, str, str, str, str]]:
    return [
        (task.number, "/".join(task.path), task.content, "、".join(task.lead), "、".join(task.support))
        for task in reading.plan.tasks
    ]


ONE_BLANK = """
云河市养老服务提升工作任务分工表
重点任务 序号 具体举措 牵头单位 配合单位 完成时限
一、织密网络 1 新建社区食堂12家 市民政局 市财政局、市住建局 2026年10月
2 出台助餐补贴办法 市民政局 市财政局 2026年6月
二、建强队伍 3 培训护理员300人次 市人社局 市民政局、市教育局 长期坚持
"""


def test_cells_parted_by_one_blank_with_the_category_only_once() -> None:
    reading = read(ONE_BLANK)
    assert shown(reading) == [
        ("1", "一、织密网络", "新建社区食堂12家", "市民政局", "市财政局、市住建局"),
        ("2", "一、织密网络", "出台助餐补贴办法", "市民政局", "市财政局"),
        ("3", "二、建强队伍", "培训护理员300人次", "市人社局", "市民政局、市教育局"),
    ]
    assert not reading.findings


def test_units_in_one_cell_may_be_parted_by_a_blank() -> None:
    reading = read(
        "序号\t重点任务\t牵头单位\t配合单位\t完成时限\n"
        "1\t压缩企业开办时间\t市市场监管局\t市税务局 市公安局\t6月底前\n"
        "2\t优化不动产登记 提升服务质量\t市 自 然 资 源 局\t市税务局\t9月底前\n"
    )
    assert shown(reading) == [
        ("1", "", "压缩企业开办时间", "市市场监管局", "市税务局、市公安局"),
        ("2", "", "优化不动产登记提升服务质量", "市自然资源局", "市税务局"),
    ]


def test_cells_parted_by_one_blank_without_numbers() -> None:
    reading = read(
        "清源区重点任务清单\n工作任务 责任单位 完成时限\n"
        "修缮校舍8所 区教育局、区住建局 2026年8月\n整治内涝点5处 区水务局 2026年5月\n"
    )
    assert [(task.content, task.lead) for task in reading.plan.tasks] == [
        ("修缮校舍8所", ("区教育局", "区住建局")),
        ("整治内涝点5处", ("区水务局",)),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "关于工作任务 责任单位 完成时限的说明\n各单位要 对照清单 认真落实\n",
        "工作任务 责任单位 完成时限\n请各单位 按照清单 抓好落实\n2026年 继续推进 各项工作\n",
    ],
)
def test_sentences_with_blanks_are_no_rows(text: str) -> None:
    assert not read(text).plan.tasks


CELL_PER_LINE = """
云河市校园安全任务清单
序号
工作任务
牵头单位
配合单位
完成时限
1
排查校舍隐患
市教育局
市住建局
市财政局
市公安局
2026年5月
2
整治校园周边秩序
市公安局
市教育局、市城管局
2026年6月
"""


def test_units_on_lines_of_their_own_below_two_columns_are_said_to_be_unsure() -> None:
    reading = read(CELL_PER_LINE)
    found = [(one.kind.code, one.task) for one in reading.findings]
    assert found == [("units_divided_by_guess", "1")]
    assert reading.plan.tasks[1].support == ("市教育局", "市城管局")


def codes(reading: Reading) -> list[str]:
    return [finding.kind.code for finding in reading.findings]


HEADINGS = "序号\t工作任务\t责任单位\n"


def test_tables_that_each_begin_with_one_are_told_apart_and_said_once() -> None:
    reading = read(
        "云河市重点任务\n民生类\n"
        + HEADINGS
        + "1\t修缮校舍\t市教育局\n2\t改造管网\t市水务局\n3\t整治河道\t市水务局\n城建类\n"
        + HEADINGS
        + "1\t拓宽道路\t市住建局\n2\t增设路灯\t市住建局\n3\t新建公园\t市园林局\n"
    )
    assert [task.number for task in reading.plan.tasks] == ["表一1", "表一2", "表一3", "表二1", "表二2", "表二3"]
    assert codes(reading) == ["numbering_restarts"]


def test_groups_without_numbers_that_each_begin_with_one() -> None:
    reading = read(
        "云河市重点任务\n类别\t"
        + HEADINGS
        + "民生\t1\t修缮校舍\t市教育局\n\t2\t改造管网\t市水务局\n"
        + "城建\t1\t拓宽道路\t市住建局\n\t2\t增设路灯\t市住建局\n"
    )
    assert [task.number for task in reading.plan.tasks] == ["一1", "一2", "二1", "二2"]
    assert codes(reading) == ["numbering_restarts"]


def test_a_table_that_goes_on_needs_no_prefix() -> None:
    reading = read(
        "云河市重点任务\n"
        + HEADINGS
        + "1\t修缮校舍\t市教育局\n2\t改造管网\t市水务局\n— 2 —\n"
        + HEADINGS
        + "3\t拓宽道路\t市住建局\n"
    )
    assert [task.number for task in reading.plan.tasks] == ["1", "2", "3"]


TEXT = """
云河市2026年重点工作安排
1.修缮乡村校舍八所，改善办学条件。（市教育局）
2.改造老旧供水管网，保障用水安全。（市水务局）
3.整治城区河道，消除黑臭水体。（市水务局）
"""
TABLE = """
附件
序号\t工作任务\t牵头单位\t配合单位\t完成时限
1\t修缮乡村校舍八所，改善办学条件\t市教育局\t市财政局\t2026年8月
2\t改造老旧供水管网，保障用水安全\t市水务局\t市住建局\t2026年9月
3\t整治城区河道，消除黑臭水体\t市水务局\t市城管局\t2026年10月
"""


def test_the_same_tasks_in_text_and_table_are_taken_from_the_richer_part() -> None:
    reading = read(TEXT.rstrip() + TABLE)
    assert [task.support for task in reading.plan.tasks] == [("市财政局",), ("市住建局",), ("市城管局",)]
    assert not codes(reading)


def test_other_tasks_in_the_text_are_said_to_be_left_out() -> None:
    reading = read(TEXT.rstrip() + "\n4.新建口袋公园六处，方便群众休闲。（市园林局）" + TABLE)
    assert codes(reading) == ["part_left_out"]
    found = reading.findings[0]
    assert (found.values["count"], found.values["taken"], found.place.row) == ("1", "3", 5)


def test_units_that_only_the_other_part_names_are_said() -> None:
    reading = read(TEXT.replace("市教育局", "市体育局").rstrip() + TABLE)
    assert codes(reading) == ["units_differ_between_parts"]
    assert reading.findings[0].values["count"] == "1"


def test_title_and_year_from_the_name_where_the_table_has_none() -> None:
    table = "序号\t工作任务\t责任单位\t完成时限\n1\t修缮校舍\t市教育局\t6月底前\n2\t改造管网\t市水务局\t9月底前"
    reading = read(table, "云河市2027年实事清单.xlsx")
    deadline = reading.plan.tasks[0].deadline
    assert (reading.plan.title, reading.plan.year) == ("云河市2027年实事清单", 2027)
    assert deadline is not None
    assert str(deadline.date) == "2027-06-30"
    assert codes(reading) == ["head_from_name"]
    assert "head_from_name" not in codes(read("云河市2026年实事清单\n" + table, "云河市2027年实事清单.xlsx"))


def test_tasks_without_a_number_are_counted_on_from_the_last_that_has_one() -> None:
    rows = ["序号\t工作内容\t牵头单位", "3\t修建绿道\t市园林局"]
    rows += [f"\t修建第{count}处绿道\t市园林局" for count in range(1, 30)]
    plan = read_plan([Line(text, Place("表.csv", "", row, 1)) for row, text in enumerate(rows, 1)]).plan
    numbers = [task.number for task in plan.tasks]
    assert numbers[:4] + numbers[26:] == ["3", "3a", "3b", "3c", "3z", "3z27", "3z28", "3z29"]
