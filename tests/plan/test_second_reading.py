"""The second reading of a plan document: names and slots it finds, and where it differs from the first."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest
from builders.laws import examples
from builders.notations import FOLDERS, SAMPLES
from hypothesis import given
from hypothesis import strategies as st

from reporting.commands.plan_import import explain_plan
from reporting.model import Deadline, Line, Measure, Place, Plan, Task
from reporting.model.findings import Finding
from reporting.plan.reading.draft import DOUBLE_NUMBER, SHARED_UNITS, UNASSIGNED, UNCLEAR_UNIT
from reporting.plan.reading.plan import read_plan
from reporting.plan.second_reading import kinds
from reporting.plan.second_reading.doubts import doubts_of_reading
from reporting.plan.second_reading.names import NONE, OfficeNames
from reporting.plan.second_reading.phrases import PhraseCutter
from reporting.plan.second_reading.resemblance import resembling_names
from reporting.plan.second_reading.slot_finder import SlotFinder
from reporting.plan.second_reading.slots import label_part


def lines(text: str) -> list[Line]:
    return [Line(words, Place("方案.txt", "", row, 1)) for row, words in enumerate(text.strip("\n").split("\n"), 1)]


def task(number: str, row: int, lead: str, support: str = "") -> Task:
    return Task(number, (), "办好这件事。", _names(lead), _names(support), place=Place("方案.txt", "", row, 1))


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def doubts(text: str, *tasks: Task) -> list[Finding]:
    return doubts_of_reading(lines(text), Plan("方案", None, 2026, None, tasks), [])


def told(findings: Iterable[Finding]) -> list[tuple[str, int, str]]:
    return [(each.kind.code, each.place.row, each.values.get("found", "")) for each in findings]


# Names and phrases


@pytest.mark.parametrize(
    "words",
    [
        "市教育局",
        "县委宣传部",
        "财政",
        "各区人民政府",
        "市级有关部门",
        "云河海关",
        "市文化和旅游局",
        "市人力资源社会保障局",
    ],
)
def test_a_name(words: str) -> None:
    assert OfficeNames().cost(words) < NONE


@pytest.mark.parametrize(
    "words", ["由市教育局", "和各区政府", "市水务局等部门", "加强市教育局", "责任单位", "市教育局市财政局", "2026年"]
)
def test_no_name(words: str) -> None:
    assert OfficeNames().cost(words) == NONE


@pytest.mark.parametrize(
    ("phrase", "pieces"),
    [
        ("市教育局牵头", "name:市教育局 deed:牵头"),
        ("市教育局和市财政局按职责分工负责", "name:市教育局 joint:和 name:市财政局 deed:按职责分工负责"),
        ("省农业农村厅和临江市", "name:省农业农村厅 joint:和 name:临江市"),
        ("市文化和旅游局", "name:市文化和旅游局"),
        ("市水务局等市级各有关部门", "name:市水务局 deed:等 name:市级各有关部门"),
        ("省发展改革委会同省有\n关部门负\n责", "name:省发展改革委 deed:会同 name:省有关部门 deed:负责"),
        ("市教\n育局", "name:市教育局"),
        ("市教育局\n市财政局", "name:市教育局 name:市财政局"),
        ("提升水平", "rest:提升水平"),
    ],
)
def test_a_phrase_is_cut_into_names_deeds_and_the_rest(phrase: str, pieces: str) -> None:
    cut = PhraseCutter(OfficeNames()).cut(phrase)
    assert " ".join(f"{snippet.kind.value}:{snippet.words}" for snippet in cut) == pieces


@pytest.mark.parametrize(
    ("label", "part"),
    [
        ("牵头单位", "lead"),
        ("市级牵头责任单位", "lead"),
        ("责任处室", "duty"),
        ("参与配合单位", "support"),
        ("完成时限", "time"),
        ("分管县领导", "none"),
        ("督办单位", "none"),
        ("三、主要任务", "none"),
    ],
)
def test_a_label(label: str, part: str) -> None:
    found = label_part(label)
    assert found is not None
    assert found.value == part


def test_words_that_are_no_label() -> None:
    assert [label_part(words) for words in ("市教育局", "实现了", "好")] == [None, None, None]


# Slots


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        pytest.param("1.办好。（市教育局牵头，市财政局配合）", ["市教育局/lead 市财政局/support"], id="bracket"),
        pytest.param("1.办好。\n牵头单位：市教育局\n责任单位：市财政局", ["市教育局/lead 市财政局/duty"], id="labels"),
        pytest.param(
            "1.办好。\n责任单位：市教育局、财政局、\n民政局", ["市教育局/duty 财政局/duty 民政局/duty"], id="wrapped"
        ),
        pytest.param("1.办好。责任\n单位：市教育局", ["市教育局/duty"], id="label cut by a line break"),
        pytest.param("1.办好。由市教育局牵头，市财政局配合。", ["市教育局/lead 市财政局/support"], id="last sentence"),
        pytest.param("1.办好。（市教育局（牵头）、市财政局）", ["市教育局/lead 市财政局/None"], id="role in brackets"),
        pytest.param("（一）市教育局：负责办好。", ["市教育局/None"], id="unit first"),
        pytest.param("7.市教育局负责，市财政局配合，办好。", ["市教育局/duty 市财政局/support"], id="roles first"),
        pytest.param(
            "1\t办好\t市教育局\n2\t办好\t市财政局", ["市教育局/None", "市财政局/None"], id="cells without headings"
        ),
        pytest.param("序号\t任务\t牵头单位\n1\t办好\t市教育局", ["市教育局/lead"], id="column"),
        pytest.param(
            "办好责任单位各社区居委会、街道办事处", ["各社区居委会/duty 街道办事处/duty"], id="label without colon"
        ),
        pytest.param(
            "1.办好。\n【牵头单位】市教育局【配合单位】市财政局", ["市教育局/lead 市财政局/support"], id="boxed labels"
        ),
        pytest.param("1.办好。\n牵头单位—市教育局\n配合单位—市财政局", ["市教育局/lead 市财政局/support"], id="dash"),
        pytest.param("1.办好。\n责任部门（单位）：市教育局", ["市教育局/duty"], id="label of both"),
        pytest.param("1.办好。\n牵头单位及责任人：市教育局 王某某", ["市教育局/lead"], id="label with a person"),
        pytest.param("1.办好。\n责任单位：市教育局\n责任科室：规划科、安全科", ["市教育局/duty"], id="sections"),
        pytest.param("1.办好。（市教育局统筹，市审计局专项审计）", ["市教育局/lead 市审计局/None"], id="what one does"),
        pytest.param(
            "1.办好。（市教育局统筹，市财政局牵头）", ["市教育局/duty 市财政局/lead"], id="who leads by the word"
        ),
        pytest.param(
            "1.办好。（县住建局，云溪、石桥、白沙三镇政府负责）",
            ["县住建局/duty 云溪镇政府/duty 石桥镇政府/duty 白沙镇政府/duty"],
            id="several places in one name",
        ),
        pytest.param("1.办好。（市总工会、妇联、海关）", ["市总工会/None 妇联/None 海关/None"], id="short names"),
        pytest.param("以上5—7项由市教育局牵头，市财政局配合。", ["市教育局/lead 市财政局/support"], id="for all above"),
        pytest.param(
            "1.办好。（牵头单位：市教育局；\n- 1 -\n云河市文件\n配合单位：市财政局）\n- 2 -\n云河市文件",
            ["市教育局/lead 市财政局/support"],
            id="running heads",
        ),
        pytest.param("责任单位 | 任务\n| 市教育局 | 办好 |\n|  | 办完 |", ["市教育局/duty"], id="an empty first cell"),
        pytest.param("1.办好节水办（市水务局）的事。", [], id="gloss"),
        pytest.param("经市政府同意，由市教育局印发。", [], id="prose"),
        pytest.param("1.办好。（责任领导：李某；责任单位：市教育局）", ["市教育局/duty"], id="people"),
        pytest.param(
            "1.办好。（奉头单位：市教育局；配合单位：市财政局）", ["市教育局/duty 市财政局/support"], id="misread label"
        ),
        pytest.param("序号\t计量单位\t责任单位\n1\t万人\t市人社局", ["市人社局/duty"], id="a measure is no office"),
        pytest.param(
            "┌──┬────┬────┐\n│序号│任务　│牵头单位│\n├──┼────┼────┤\n"
            "│1 │办好　│市教育局│\n│　│它。　│、市财政│\n│　│　　　│局　　　│\n├──┼────┼────┤\n"
            "│2 │办完。│市民政局│\n└──┴────┴────┘",
            ["市教育局/lead 市财政局/lead", "市民政局/lead"],
            id="a table drawn with strokes",
        ),
        pytest.param("1.办好。（云政办发〔2024〕3号）", [], id="the number of a document"),
        pytest.param("《云河市住房和城乡建设\n管理委员会\n关于办好的函》", [], id="a name that a line cuts"),
    ],
)
def test_the_slots_of_a_text(text: str, slots: list[str]) -> None:
    found = SlotFinder(PhraseCutter(OfficeNames())).find(lines(text))
    told = [" ".join(f"{name}/{part and part.value}" for name, part in slot.names) for slot in found]
    assert told == slots


# Where the two readings differ

READ_DIFFERENTLY = "units_read_differently"


@pytest.mark.parametrize(
    ("text", "read", "found"),
    [
        pytest.param(
            "1.办好。（市教育局、市财政局负责）",
            task("1", 1, "市教育局"),
            "原文的“市财政局”没有列为单位",
            id="a unit was lost",
        ),
        pytest.param(
            "1.办好。（省农业农村厅和临江市、北山市政府负责）",
            task("1", 1, "省农业农村厅和临江市政府 北山市政府"),
            "原文的“省农业农村厅”、“临江市”没有列为单位；所列的“省农业农村厅和临江市政府”在原文中不是单独的单位",
            id="two units in one",
        ),
        pytest.param(
            "1.办好。（市教育局牵头，市财政局配合）",
            task("1", 1, "市教育局 市财政局"),
            "“市财政局”似为配合单位",
            id="another role",
        ),
        pytest.param(
            "1.办好。（市教育局负责；试点在临江大道）",
            task("1", 1, "市教育局"),
            "“试点在临江大道”未能识别",
            id="words left over",
        ),
        pytest.param(
            "1.办好。（市教育局、市商务局等市直驻市单位负责）",
            task("1", 1, "市教育局 市商务局等市直驻市单位"),
            "原文的“市商务局”、“市直驻市单位”没有列为单位；所列的“市商务局等市直驻市单位”在原文中不是单独的单位",
            id="a name with more behind it",
        ),
    ],
)
def test_a_difference_is_told_with_what_the_second_reading_made_of_it(text: str, read: Task, found: str) -> None:
    assert told(doubts(text, read)) == [(READ_DIFFERENTLY, 1, found)]


@pytest.mark.parametrize(
    ("text", "tasks"),
    [
        pytest.param("1.办好。（市教育、财政局）", [task("1", 1, "市教育局 市财政局")], id="completed names"),
        pytest.param(
            "1.办好。（市发改委、临江区、北山区政府）",
            [task("1", 1, "市发改委 临江区政府 北山区政府")],
            id="completed governments",
        ),
        pytest.param(
            "1.办好。（各区、县级市政府负责）", [task("1", 1, "各区、县级市政府")], id="a group with a mark in its name"
        ),
        pytest.param(
            "1.办好。（市委组织部（市招才局）牵头）",
            [task("1", 1, "市委组织部（市招才局）")],
            id="a second name in brackets",
        ),
        pytest.param(
            "一、教育（市教育局牵头）\n1.办好。\n2.办完。",
            [task("1", 2, "市教育局"), task("2", 3, "市教育局")],
            id="units of the heading",
        ),
        pytest.param(
            "1.办好。（责任单位：大众燃气、市水务局）",
            [task("1", 1, "大众燃气 市水务局")],
            id="a name that looks like none",
        ),
        pytest.param("1.辦好。（市財政局牽頭）", [task("1", 1, "市財政局")], id="traditional"),
        pytest.param(
            "1.办好。（沿线各县政府、市第一粮库负责）",
            [task("1", 1, "沿线各县政府 市第一粮库")],
            id="printed for itself",
        ),
        pytest.param("1.县教育局编制方案并报批。", [task("1", 1, "县教育局")], id="the subject of a clause"),
        pytest.param("1.办好。（新区财政局、教育局）", [task("1", 1, "新区财政局 新区教育局")], id="offices of a zone"),
    ],
)
def test_what_both_read_alike_is_not_told(text: str, tasks: list[Task]) -> None:
    assert told(doubts(text, *tasks)) == []


def test_the_first_unit_leads_where_the_document_says_so() -> None:
    text = "排在第一位的为牵头单位。\n1.办好。（市教育局、市财政局）"
    assert told(doubts(text, task("1", 2, "市教育局", "市财政局"))) == []


def test_a_task_whose_units_stand_nowhere_is_told() -> None:
    text = "1.办好。（市教育局牵头）\n2.办完。\n3.办妥。（市民政局牵头）"
    read = [task("1", 1, "市教育局"), task("2", 2, "市水务局"), task("3", 3, "市民政局")]
    assert told(doubts(text, *read)) == [(READ_DIFFERENTLY, 2, "此处没有找到写明单位的文字")]


def test_a_task_whose_units_stand_in_its_words_is_not_told() -> None:
    text = "1.办好。（市教育局牵头）\n2.由市水务局办完。\n3.办妥。（市民政局牵头）"
    read = [task("1", 1, "市教育局"), task("2", 2, "市水务局"), task("3", 3, "市民政局")]
    assert told(doubts(text, *read)) == []


def test_where_no_slot_is_found_at_most_tasks_the_second_reading_is_silent() -> None:
    read = [task("1", 1, "市教育局"), task("2", 2, "市水务局"), task("3", 3, "市民政局")]
    assert told(doubts("1.办好\n2.办完\n3.办妥", *read)) == []


# Lines that were left out


def test_a_line_that_names_units_and_belongs_to_no_task_is_told() -> None:
    text = "1.办好。（市教育局牵头）\n二、其他\n办妥。（市水务局牵头，市财政局配合）\n3.办完。（市民政局牵头）"
    plan = Plan("方案", None, 2026, None, (task("1", 1, "市教育局"), task("3", 4, "市民政局")))
    found = doubts_of_reading(lines(text), plan, [Line("二、其他", Place("方案.txt", "", 2, 1))])
    assert told(found) == [("line_left_out_names_units", 3, "市水务局、市财政局")]
    assert found[0].message == "此处写有单位“市水务局、市财政局”，但不在任何一项任务之内。"


def test_whom_a_letter_goes_to_and_who_sends_it_are_no_task() -> None:
    heads = "（一）市教育局：负责办好。\n（二）市财政局：负责办好。"
    text = f"各区人民政府，市政府各部门：\n{heads}\n云河市人民政府\n2026年2月3日"
    assert [row for _, row, _ in told(doubts(text))] == [2, 3]


def test_a_numbered_paragraph_with_an_office_in_charge_is_told_where_its_neighbours_are_tasks() -> None:
    text = (
        "1.市教育局牵头办好。\n二、推进改革\n2.办妥。市水务局与市财政局协同。\n3.要办完。\n三、保障\n4.市委办牵头督查。"
    )
    rest = [Line(each.text, each.place) for each in lines(text)[1:]]
    found = doubts_of_reading(lines(text), Plan("方案", None, 2026, None, (task("1", 1, "市教育局"),)), rest)
    assert told(found) == [("line_left_out_names_units", 3, "市水务局、市财政局")]


def test_a_chapter_of_the_work_of_an_office_is_told_wherever_it_was_left_out() -> None:
    text = "一、县水利局牵头工作（2项）\n1.建水厂。\n二、基本原则\n三、县财政局如何负责筹资呢\n1.办好。（市教育局）"
    left = [Line(each.text, each.place) for each in lines(text)[:4]]
    found = doubts_of_reading(lines(text), Plan("方案", None, 2026, None, (task("1", 5, "市教育局"),)), left)
    assert told(found) == [("line_left_out_names_units", 1, "县水利局")]


def test_a_paragraph_that_begins_with_an_office_is_told_where_tasks_do() -> None:
    text = "市教育局：负责办学。\n市民政局：负责养老。\n商委：负责。\n市水务局要负责供水。\n市财政局：管钱。"
    read = [task("1", 1, "市教育局"), task("2", 2, "市民政局"), task("3", 5, "市财政局")]
    codes = [each for each in told(doubts(text, *read)) if each[0] == "line_left_out_names_units"]
    assert codes == [("line_left_out_names_units", 3, "商委"), ("line_left_out_names_units", 4, "市水务局")]


def test_rows_that_a_task_swallowed_are_told() -> None:
    text = "1.办好。（市教育局牵头）\n办妥\t市水务局、市财政局\n办完\t市民政局、市教育局"
    found = told(doubts(text, task("1", 1, "市教育局")))
    assert ("line_left_out_names_units", 2, "市水务局、市财政局") in found
    assert not [each for each in found if each[1] == 3]


def test_a_measure_whose_heading_names_a_unit_is_told() -> None:
    measures = tuple(
        Measure(str(row), (heading,), "办好。", Place("方案.txt", "", row, 1))
        for row, heading in enumerate(["一、县水利局牵头工作（8项）", "二、加强组织领导"], 1)
    )
    (found,) = doubts_of_reading([], Plan("方案", None, 2026, None, (), (), (), measures), [])
    assert found.message == "事项 1 未写明责任单位，它的标题“一、县水利局牵头工作（8项）”写有“县水利局”，可能由其负责。"


def test_where_no_task_was_read_lines_with_offices_are_told() -> None:
    text = "云河市职责清单\n各县区政府，市委办、市府办：\n市教育局负责办学。市民政局负责养老。\n加强领导。"
    found = doubts_of_reading(lines(text), Plan("方案", None, 2026, None, ()), lines(text))
    assert told(found) == [("line_left_out_names_units", 3, "市教育局、市民政局")]


def test_of_very_many_lines_the_rest_is_counted() -> None:
    text = "\n".join(f"（{row}）市教育局：负责第{row}件事。" for row in range(1, 60))
    found = doubts(text)
    assert len(found) == 41
    assert found[-1].kind is kinds.LINES_NAME_UNITS
    assert found[-1].values["count"] == "19"


# Numbers


def test_the_line_of_a_number_that_is_left_out_is_told() -> None:
    text = "1.办好。（市教育局）\n2.办妥。\n3.办完。（市民政局）"
    found = doubts(text, task("1", 1, "市教育局"), task("3", 3, "市民政局"))
    assert [each for each in told(found) if each[0] == "numbered_line_left_out"] == [("numbered_line_left_out", 2, "2")]


def test_a_task_that_lost_its_number_is_told_with_the_one_it_may_have() -> None:
    text = "4.办好。（市教育局）\n办妥。（市水务局）\n6.办完。（市民政局）"
    read = [task("4", 1, "市教育局"), task("4a", 2, "市水务局"), task("6", 3, "市民政局")]
    (found,) = doubts(text, *read)
    assert (found.kind, found.task, found.values["expected"]) == (kinds.NUMBER_LOST, "4a", "5")


def test_a_number_without_its_mark_is_found_too() -> None:
    text = "（一）办好。（市教育局）\n二办妥。\n（三）办完。（市民政局）"
    (found,) = doubts(text, task("(一)", 1, "市教育局"), task("(三)", 3, "市民政局"))
    assert found.message == "此处编号为“二”，前后的任务 (一) 和 (三) 都已列入，这一项没有列为任务。"


def test_a_heading_between_two_tasks_is_no_task_that_is_missing() -> None:
    text = "1.办好。（市教育局）\n2.其他\n（1）办妥。（市水务局）\n3.办完。（市民政局）"
    read = [task("1", 1, "市教育局"), task("2(1)", 3, "市水务局"), task("3", 4, "市民政局")]
    assert told(doubts(text, *read)) == []


def test_a_number_whose_parts_are_tasks_is_not_missing() -> None:
    text = "3.办好。（市教育局）\n4.办妥。一是办成。（市水务局）\n5.办完。（市民政局）"
    read = [task("3", 1, "市教育局"), task("4.一是", 2, "市水务局"), task("5", 3, "市民政局")]
    assert told(doubts(text, *read)) == []


def test_of_several_without_a_number_that_with_a_title_had_it() -> None:
    text = "（一）办好。（市教育局）\n进一步要求，办妥。\n办好养老。\n（三）办完。（市民政局）"
    read = [task("(一)", 1, "市教育局"), task("(一)a", 2, "市教育局"), task("(一)b", 3, "市教育局")]
    read = [read[0], replace(read[1], content="进一步要求，办妥。"), read[2], task("(三)", 4, "市民政局")]
    (found,) = [each for each in doubts(text, *read) if each.kind is kinds.NUMBER_LOST]
    assert (found.task, found.values["expected"]) == ("(一)b", "二")


def test_a_number_before_a_comma_is_found_too() -> None:
    text = "9.办好。（市教育局）\n10,办妥。\n11.办完。（市民政局）"
    (found,) = doubts(text, task("9", 1, "市教育局"), task("11", 3, "市民政局"))
    assert found.message == "此处编号为“10”，前后的任务 9 和 11 都已列入，这一项没有列为任务。"


# The words of a task by themselves


def odd(
    content: str = "办好这件事。", number: str = "1", path: str = "", text: str = "1.办好。（市教育局）"
) -> list[str]:
    read = replace(task(number, 1, "市教育局"), content=content, path=(path,) if path else ())
    return [each.message for each in doubts(text, read)]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        pytest.param("", "任务 1 没有读出内容。", id="empty"),
        pytest.param("，支持办好。", "任务 1 的内容以“，支持办好。”开头，前面可能缺了文字。", id="begins with a mark"),
        pytest.param(
            "3 .办好环境卫生。",
            "任务 1 的内容以编号开头：“3 .办好环境卫生。”，编号可能没有认出。",
            id="begins with a number",
        ),
        pytest.param(
            "问题二：办好。",
            "任务 1 的内容以编号开头：“问题二：办好。”，编号可能没有认出。",
            id="begins with a counted word",
        ),
        pytest.param(
            "（一）责任领导：高某办好。", "任务 1 的内容中还写有单位：“责任领导：高某办好。”。", id="a leader"
        ),
        pytest.param(
            "十）办好。", "任务 1 的内容以编号开头：“十）办好。”，编号可能没有认出。", id="begins with half a number"
        ),
        pytest.param("办好第12页两件事。", "任务 1 的内容中混有页眉或者页码“第12页”。", id="the number of a page"),
        pytest.param(
            "办好。责任单位：市水务局。", "任务 1 的内容中还写有单位：“责任单位：市水务局。”。", id="a label with units"
        ),
        pytest.param(
            "办好。（市水务局负责）办妥。",
            "任务 1 的内容中还写有单位：“（市水务局负责）办妥。”。",
            id="units in a bracket",
        ),
    ],
)
def test_content_that_is_odd_is_told(content: str, found: str) -> None:
    assert odd(content) == [found]


@pytest.mark.parametrize(
    "content",
    [
        "1.清查资产。2.盘活资产。",
        "（一）清查资产。",
        "一、清查资产。",
        "12月底前办好。",
        "3.5万人培训。",
        "3个月办好。",
        "由责任单位办好。",
    ],
)
def test_content_that_may_be_so_is_not_told(content: str) -> None:
    assert odd(content) == []


@pytest.mark.parametrize(
    ("number", "heading", "reason"),
    [
        pytest.param("1", "五、改善交通、", "这个标题没有写完", id="a heading without end"),
        pytest.param("1", "改善交通。李某某市城管局", "其中写有单位", id="a heading with an office"),
        pytest.param("(5)b", "(6)其他工作", "编号“(5)b”属于另一个标题", id="a number of another heading"),
    ],
)
def test_a_heading_that_is_odd_is_told(number: str, heading: str, reason: str) -> None:
    assert odd(number=number, path=heading) == [f"任务 {number} 记在标题“{heading}”之下，可能不对：{reason}。"]


@pytest.mark.parametrize(
    ("number", "heading"),
    [
        ("1", "一、改善交通"),
        ("1", "改善交通。"),
        ("(5)b", "(5)其他工作"),
        ("二1a", "二、重点任务"),
        ("(五)", "(五)其他工作"),
    ],
)
def test_a_heading_that_may_be_so_is_not_told(number: str, heading: str) -> None:
    assert odd(number=number, path=heading) == []


def test_a_task_under_a_heading_with_its_own_number_is_told_where_its_neighbours_are_not() -> None:
    text = "（五）办好。（市教育局）\n（六）选树典型。办好。（市教育局）\n（七）办完。（市教育局）"
    read = [
        replace(task(number, row, "市教育局"), path=("二、宣传",))
        for row, number in enumerate(["(五)", "(六)", "(七)"], 1)
    ]
    read[1] = replace(read[1], path=("（六）选树典型",))
    assert [each.message for each in doubts(text, *read)] == [
        "任务 (六) 记在标题“（六）选树典型”之下，可能不对：它的编号就是任务的编号。"
    ]
    same = [replace(each, path=(f"（{each.number.strip('()')}）办好",)) for each in read]
    assert doubts(text, *same) == []


def test_one_in_charge_who_stands_only_in_the_content_is_told() -> None:
    content = "办好。市水务局牵头，市民政局配合，制定办法。"
    text = f"1.{content}（市教育局负责）"
    assert "任务 1 的内容中写有由“市水务局”牵头或者负责，没有列为单位。" in odd(content, text=text)


def test_a_lead_that_was_misread_is_told() -> None:
    (found,) = odd(text="1.办好。（市教育局（奉头））")
    assert found == "任务 1 的原文中“奉头”可能是“牵头”，分工可能没有读对。"


def test_units_behind_the_first_point_below_a_task_are_told() -> None:
    text = "一、强化创新\n（一）建设平台。（市教育局）"
    assert odd(number="一", text=text) == [
        "任务 一 的单位写在其下第一点“（一）建设平台。（市教育局）”之后，这一点可能自成一项任务。"
    ]


def test_a_time_beside_the_units_that_is_no_deadline_is_told() -> None:
    text = "1.办好。（市教育局；2026年6月底前完成）"
    assert odd(text=text) == ["任务 1 的单位旁边写有“2026年6月底前完成”，没有列为完成时限。"]
    read = replace(task("1", 1, "市教育局"), deadline=Deadline("2026年6月底前", "date", date(2026, 6, 30)))
    assert doubts(text, read) == []


# Names against names


def resembling(*lists: str) -> list[tuple[str, str]]:
    tasks = [task(str(number), number, names) for number, names in enumerate(lists, 1)]
    return [(each.name, each.means) for each in resembling_names(tasks)]


@pytest.mark.parametrize(
    ("lists", "found"),
    [
        pytest.param(["市政务办", "市政务办", "政务办"], [("政务办", "市政务办")], id="without its level"),
        pytest.param(["市教育局 商务局", "市财政局 商务局"], [("商务局", "市商务局")], id="in a list of one level"),
        pytest.param(["市公安局", "市公士局"], [("市公士局", "市公安局")], id="one wrong character"),
        pytest.param(["区干场监管局"], [("区干场监管局", "区市场监管局")], id="one wrong character in a known field"),
        pytest.param(["县财曰局"], [("县财曰局", "")], id="a character that no department has"),
        pytest.param(["交人运输部"], [("交人运输部", "交通运输部")], id="one wrong character, without level"),
        pytest.param(["县八有关单位"], [("县八有关单位", "")], id="nobody in particular, misread"),
        pytest.param(["市知识产权局", "识产权局"], [("识产权局", "市知识产权局")], id="the beginning lost"),
        pytest.param(["市法院 市教育局", "市法院市教育局"], [("市法院市教育局", "")], id="run together"),
        pytest.param(["区委办(区委外办;持续推进)"], [("区委办(区委外办;持续推进)", "")], id="marks of a deadline"),
        pytest.param(["省#Page68:教育厅"], [("省#Page68:教育厅", "")], id="the number of a page"),
        pytest.param(["省水利厅等部门分工"], [("省水利厅等部门分工", "")], id="words of a role"),
        pytest.param(["市农业己村局"], [("市农业己村局", "市农业农村局")], id="a character beside no neighbour"),
        pytest.param(
            ["区入务办", *["区政务办"] * 3], [("区入务办", "区政务办")], id="one wrong character, by the others"
        ),
        pytest.param(["相入部门"], [("相入部门", "相关部门")], id="nobody in particular, one wrong character"),
        pytest.param(["应急管理部国家邮政局"], [("应急管理部国家邮政局", "")], id="run together, of the state"),
        pytest.param(["市委组织部各子公司"], [("市委组织部各子公司", "")], id="run together with a group"),
        pytest.param(["区责任单位区司法局"], [("区责任单位区司法局", "")], id="a label inside"),
        pytest.param(["市发改委（奉头）"], [("市发改委（奉头）", "")], id="a role that was misread"),
        pytest.param(["市督查室跟进督办"], [("市督查室跟进督办", "")], id="what it does"),
        pytest.param(["各项目牵头单位 各镇（办） 市外侨办 市供水公司 市财政局"], [], id="named by what they are"),
        pytest.param(["市市政工程处 市场监管总局"], [], id="words that begin like a level"),
        pytest.param(["县八建中心"], [("县八建中心", "")], id="a character that scans give for others"),
        pytest.param(["区直曰部门"], [("区直曰部门", "")], id="nobody in particular, misread within"),
        pytest.param(
            ["市人社局 市人防办 团市委 县老干部局 省第八督察组 市入海排污口整治中心"], [], id="seldom, but in words"
        ),
        pytest.param(["宣传处会办公室"], [("宣传处会办公室", "")], id="a word of the role between"),
        pytest.param(["区国投集团各有关镇"], [("区国投集团各有关镇", "")], id="a company and a group run together"),
        pytest.param(["城关街道管委会"], [("城关街道管委会", "")], id="an end that was set to the wrong name"),
        pytest.param(["立案庭局"], [("立案庭局", "")], id="two ends"),
        pytest.param(["区委宣八部"], [("区委宣八部", "区委宣传部")], id="a numeral that was misread"),
        pytest.param(["市安委会有关成员单位 县教科局 市政务服务中心"], [], id="an office and its members"),
        pytest.param(["市政务办", "省政务办", "云东公司", "云西公司"], [], id="told apart by one character"),
        pytest.param(["市教育局", "市体育局", "区教育局"], [], id="offices of their own"),
        pytest.param(["市第一医院", "市第二医院"], [], id="told apart by a number"),
        pytest.param(["市工商局", "市工商联"], [], id="told apart by the end"),
        pytest.param(["商务部", "教育部", "海关总署"], [], id="offices of the state"),
        pytest.param(["市教育局 云河海关 山东黄河河务局"], [], id="offices of a place"),
        pytest.param(["有关单位", "各有关单位", "各有关单位"], [], id="nobody in particular"),
        pytest.param(
            ["市公安局 交警支队", "市公安局交警支队"], [("市公安局交警支队", "")], id="perhaps an office of another"
        ),
    ],
)
def test_names_weighed_against_all_others(lists: list[str], found: list[tuple[str, str]]) -> None:
    assert resembling(*lists) == found


def test_a_level_before_the_name_of_the_place_is_told() -> None:
    tasks = [task("1", 1, "市云河日报社 云河海关 市云水公司")]
    found = resembling_names(tasks, ["云河市2026年工作要点"])
    assert [(each.name, each.means) for each in found] == [("市云河日报社", "云河日报社")]


def test_a_level_that_the_text_has_nowhere_is_told() -> None:
    text = "1.办好。（市政局、环卫处负责）\n2.办妥。（市民政局、财政局负责）\n3.办完。（教育局）\n4.办毕。（市教育局）"
    read = [
        task("1", 1, "市政局 市环卫处"),
        task("2", 2, "市民政局 市财政局"),
        task("3", 3, "市教育局"),
        task("4", 4, "市教育局"),
    ]
    (found,) = [each for each in doubts(text, *read) if each.kind is kinds.LEVEL_ADDED]
    assert found.message == "任务 1 的“市环卫处”在原文中写作“环卫处”，同一处的单位都没有“市”字开头。"


def test_a_name_is_told_at_every_task_with_its_reason() -> None:
    text = "\n".join(f"{number}.办好。（{name}）" for number, name in enumerate(["市政务办"] * 3 + ["政务办"], 1))
    read = [task(str(number), number, name) for number, name in enumerate(["市政务办"] * 3 + ["政务办"], 1)]
    of_unit, found = doubts(text, *read)
    assert (of_unit.unit, of_unit.task, of_unit.values["field"]) == ("政务办", "", "proposal")
    assert (found.task, found.values["field"]) == ("4", "lead")
    assert found.message == "任务 4 的“政务办”可能就是“市政务办”：另有 3 项任务写作“市政务办”。"


# The samples


@pytest.mark.parametrize("name", FOLDERS)
def test_a_document_that_is_read_rightly_brings_no_doubt(name: str) -> None:
    codes = {kind.code for kind in vars(kinds).values() if hasattr(kind, "code")}
    for document in (SAMPLES / name).glob("document.*"):
        assert [each.message for each in explain_plan(document).outcome.findings if each.kind.code in codes] == []


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        pytest.param("1.办好。（责任单位：市水务局、大众水务通）", [], id="listed among names"),
        pytest.param("1.办好大众水务通。", ["大众水务通"], id="not listed"),
    ],
)
def test_an_odd_name_is_doubted_unless_it_is_listed_among_names(text: str, kept: list[str]) -> None:
    read = task("1", 1, "市水务局 大众水务通")
    odd = Finding(UNCLEAR_UNIT, read.place, task="1", values={"task": "1", "found": "大众水务通", "field": "lead"})
    plan = Plan("方案", None, 2026, None, (read,))
    found = doubts_of_reading(lines(text), plan, [], [odd])
    assert [each.values["found"] for each in found if each.kind is UNCLEAR_UNIT] == kept


def test_numbers_that_begin_anew_are_asked_about_once() -> None:
    read = [task(number, row, "市教育局") for row, number in enumerate(["1", "2", "1a", "2a", "3", "3a"], 1)]
    text = "\n".join(f"{row}.办好。（市教育局）" for row in range(1, 7))
    twice = [Finding(DOUBLE_NUMBER, each.place, task=each.number) for each in read if each.number.endswith("a")]
    found = doubts_of_reading(lines(text), Plan("方案", None, 2026, None, tuple(read)), [], twice)
    assert [each.task for each in found if each.kind is DOUBLE_NUMBER] == ["1a", "3a"]


def test_units_that_both_have_from_the_heading_are_settled() -> None:
    text = "一、教育（市教育局牵头）\n1.办好。\n2.办完。"
    read = [task("1", 2, "市教育局"), task("2", 3, "市水务局")]
    first = [Finding(SHARED_UNITS, each.place, task=each.number) for each in read]
    found = doubts_of_reading(lines(text), Plan("方案", None, 2026, None, tuple(read)), [], first)
    assert [each.task for each in found if each.kind is SHARED_UNITS] == ["2"]


@pytest.mark.parametrize(
    ("content", "kept"), [("编制目的为防范内涝", 0), ("成立工作专班组长由", 0), ("完善联农带农机制", 1)]
)
def test_paragraphs_that_are_no_work_wait_for_no_units(content: str, kept: int) -> None:
    first = [Finding(UNASSIGNED, Place("方案.txt", "", 1, 1), values={"content": content})]
    assert len(doubts_of_reading([], Plan("方案", None, 2026, None, ()), [], first)) == kept


# Robustness

PIECES = [
    *("一、", "（一）", "1.", "①", "市教育局", "各区、县级市政府", "责任单位：", "完成时限：", "（", "）", "[", "]"),
    *("、", "，", "；", "。", "等", "和", "牵头", "按职责分工负责", "2026年6月底前", "│", "├", "─", "┼", "|", "\t"),
    *(
        "\v",
        "\n",
        "\n",
        "  ",
        "序号",
        "工作内容",
        "——",
        "\x00",
        "牽頭單位：",
        "有关部门",
        "区",
        "局",
        "市",
        "会同",
        "第",
    ),
]


@examples(300)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_hostile_text_never_raises_and_every_finding_has_its_sentence(text: str) -> None:
    document = [Line(words, Place("x", "", row, 1)) for row, words in enumerate(text.split("\n"), 1)]
    reading = read_plan(document)
    found = doubts_of_reading(document, reading.plan, reading.left_out, reading.findings)
    assert all(each.message and each.remedy for each in found)


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("1.办。（责任单位：" + "、".join(f"市{chr(0x4E00 + at)}局" for at in range(4000)), id="names"),
        pytest.param("责任单位：\n" * 4000, id="labels"),
        pytest.param("1.办（市教育局" + "（" * 8000, id="brackets"),
        pytest.param("1.市教育局负责，" * 4000, id="deeds"),
        pytest.param("\n".join(f"{at}.办好（市{chr(0x4E00 + at)}局）" for at in range(2000)), id="tasks"),
        pytest.param(
            "\n".join(f"{at}.办好。（市{chr(0x4E00 + at)}局牵头，市财政局配合）" for at in range(3000)), id="leads"
        ),
        pytest.param("\n".join(f"一、县水利局牵头工作\n{at}.办好。" for at in range(3000)), id="chapters"),
    ],
)
def test_no_shape_of_text_runs_away(text: str) -> None:
    document = lines(text)
    reading = read_plan(document)
    started = time.process_time()
    doubts_of_reading(document, reading.plan, reading.left_out, reading.findings)
    assert time.process_time() - started < 5  # a fraction of a second is usual
