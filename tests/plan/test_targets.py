"""Which numbers of a sentence are targets: sentences of plans of all kinds, each with what a careful clerk reports on.

``tests/samples/targets/sentences.txt`` has a sentence on a line and its targets, indented, on the lines below it; a
line without targets below is one whose numbers are something else. Headings stand above their group.
"""

import re
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from reporting.model import Line, Place, Target, Unit, UnitKind
from reporting.plan.documents.open import read_document
from reporting.plan.reading.area_targets import settle_areas
from reporting.plan.reading.plan import Reading, read_plan
from reporting.plan.reading.targets import read_targets
from reporting.plan.share_out import distribute

SENTENCES = Path(__file__).parent.parent / "samples" / "targets" / "sentences.txt"
SHARES_OF_AREAS = SENTENCES.parent.parent / "notations" / "shares_of_areas" / "document.txt"
TARGET = re.compile(r" {4}(?P<name>.+) (?P<op>growth>=|>=|<=|>|<|=) (?P<value>[\d.]+) (?P<unit>\S+)")


def sentences() -> Iterator[tuple[str, list[str]]]:
    """Every sentence with the lines of its targets."""
    for block in SENTENCES.read_text(encoding="utf-8").strip().split("\n\n"):
        _, *lines = block.split("\n")
        told: list[tuple[str, list[str]]] = []
        for line in lines:
            if line.startswith("    "):
                assert TARGET.fullmatch(line), line
                told[-1][1].append(line)
            else:
                told.append((line, []))
        yield from told


def as_line(target: Target) -> str:
    return f"    {target.name} {target.op} {target.value:.12g} {target.unit}"


@pytest.mark.parametrize(("sentence", "lines"), list(sentences()))
def test_the_targets_of_a_sentence(sentence: str, lines: list[str]) -> None:
    assert [as_line(target) for target in read_targets(sentence, "1", Place())] == lines


def test_the_collection_is_large_and_has_sentences_without_targets() -> None:
    known = list(sentences())
    assert len(known) >= 200
    assert sum(not lines for _, lines in known) >= 30


@pytest.mark.parametrize("around", [("第一条 ", ""), ("一是", ""), ("", "要加强督促检查，确保落到实处。")])
def test_targets_stay_what_they_are_among_other_words(around: tuple[str, str]) -> None:
    before, after = around
    for sentence, lines in sentences():
        alone = [(t.op, t.value, t.unit) for t in read_targets(sentence, "1", Place())]
        among = [(t.op, t.value, t.unit) for t in read_targets(before + sentence + after, "1", Place())]
        assert among == alone, (sentence, lines)


SHARED = [
    ("公园共计9个（临江区5个、东岭区4个）。", "公园 9 | 公园（临江区） 5 临江区 | 公园（东岭区） 4 东岭区"),
    ("建绿道9公里，其中临江区4公里，东岭区5公里。", "建绿道 9 | 建绿道（临江区） 4 临江区 | 建绿道（东岭区） 5 东岭区"),
    ("临江区、东岭区分别新建书房3家、2家。", "新建书房（临江区） 3 临江区 | 新建书房（东岭区） 2 东岭区"),
    ("新建书房：临江区3家、东岭区2家。", "新建书房（临江区） 3 临江区 | 新建书房（东岭区） 2 东岭区"),
    ("在临江区新建书房3家，在东岭区新建书房2家。", "新建书房（临江区） 3 临江区 | 新建书房（东岭区） 2 东岭区"),
    ("临江区新建3家书房、东岭区新建2家书房。", "书房（临江区） 3 临江区 | 书房（东岭区） 2 东岭区"),
    (
        "旧区改造：临江区12个、5000户，东岭区10个、4000户。",
        "旧区改造（临江区） 12 临江区 | 旧区改造（临江区） 5000 临江区"
        " | 旧区改造（东岭区） 10 东岭区 | 旧区改造（东岭区） 4000 东岭区",
    ),
    ("公园9个（主城区5个、新区4个）。", "公园 9"),
    ("城区新建公园3个、社区新建驿站5个。", "城区新建公园 3 | 社区新建驿站 5"),
    ("临江区、东岭区垃圾分类覆盖率达到98%。", "临江区、东岭区垃圾分类覆盖率 98"),
]
"""What areas get of a number, as it is told; behind each target the area that reports it."""


def told(targets: tuple[Target, ...]) -> str:
    return " | ".join(f"{each.name} {each.value:g} {each.reporter}".strip() for each in targets)


@pytest.mark.parametrize(("sentence", "found"), SHARED)
def test_the_share_of_an_area_is_a_target_of_its_own(sentence: str, found: str) -> None:
    assert told(settle_areas(read_targets(sentence, "1", Place()), ("市园林局", "各区人民政府"))) == found


def test_areas_that_have_not_the_task_report_nothing() -> None:
    whole = read_targets("公园9个（临江区5个、东岭区4个）。", "1", Place())
    assert told(settle_areas(whole, ("市园林局",))) == "公园 9"
    parts = read_targets("临江区新建公园5个、东岭区新建公园4个。", "1", Place())
    assert told(settle_areas(parts, ("市园林局",))) == "新建公园（临江区） 5 | 新建公园（东岭区） 4"
    assert told(settle_areas(parts, ("临江区人民政府", "东岭区管委会"))).count("临江区") == 2


def test_a_district_finds_its_share_in_its_workbook() -> None:
    read = read_plan(read_document(SHARES_OF_AREAS)).plan
    group = Unit("各区（县）人民政府", UnitKind.GROUP, members=("临江区人民政府", "东岭区人民政府", "西河县人民政府"))
    plan = replace(read, units=tuple(group if unit.name == group.name else unit for unit in read.units))
    asked = {each.unit: [f"{t.name} {t.value:g}" for t in each.targets] for each in distribute(plan).recipients}
    assert asked == {
        "市园林局": ["全年新建口袋公园 30", "改造提升老旧公园 4"],
        "临江区人民政府": ["新建绿道（临江区） 12", "全年新建口袋公园（临江区） 12"],
        "东岭区人民政府": ["新建绿道（东岭区） 9", "全年新建口袋公园（东岭区） 10"],
        "西河县人民政府": ["全年新建口袋公园（西河县） 8"],
        "市林业局": ["全年植树 20"],
    }


def read_table(*rows: str) -> Reading:
    """A plan of two tasks with a table of areas under it."""
    tasks = (
        "一、重点任务",
        "1.新建口袋公园30个。（牵头单位：市园林局；配合单位：各区人民政府）",
        "2.改造城市道路12公里。（牵头单位：市住建局）",
    )
    return read_plan([Line(text, Place("方案.txt", "", row)) for row, text in enumerate((*tasks, *rows), 1)])


def test_a_table_of_areas_gives_every_area_its_targets_in_the_task_that_counts_the_same() -> None:
    reading = read_table("区\t口袋公园（个）", "临江区\t12", "东岭区\t18", "合计\t30")
    assert told(reading.plan.tasks[0].targets) == (
        "新建口袋公园 30 | 新建口袋公园（临江区） 12 临江区 | 新建口袋公园（东岭区） 18 东岭区"
    )
    assert [(each.number, each.place.row) for each in reading.plan.tasks[0].targets] == [
        ("1-1", 2),
        ("1-2", 5),
        ("1-3", 6),
    ]
    assert [line.text for line in reading.left_out] == ["一、重点任务"]


@pytest.mark.parametrize(
    ("heading", "name"),
    [("城市道路（公里）", "城市道路"), ("新建驿站（座）", "新建驿站")],
    ids=["no area has it", "none"],
)
def test_what_no_task_of_the_areas_counts_is_asked_about(heading: str, name: str) -> None:
    reading = read_table(f"区\t{heading}", "临江区\t5", "东岭区\t7")
    assert [told(task.targets) for task in reading.plan.tasks] == ["新建口袋公园 30", "改造城市道路 12"]
    (asked,) = [each for each in reading.findings if each.kind.code == "area_shares_open"]
    assert asked.message == f"表格把“{name}”分给 2 个地方（临江区、东岭区），看不出是哪项任务的指标，没有读入。"
    assert asked.place.row == 4
    assert [line.text for line in reading.left_out][-3:] == [f"区\t{heading}", "临江区\t5", "东岭区\t7"]


PIECES = [
    "5家以上、",
    "5000万元以上的项目",
    "1小时响应、",
    "“5",
    "分别达到5%、",
    "等9座",
    "二十",
    "每个区",
    "由5个",
    "A率、",
]


@pytest.mark.slow
@pytest.mark.parametrize("piece", PIECES)
def test_twice_the_text_takes_twice_the_time(piece: str) -> None:
    text = (piece * 400)[:390] + "。"
    times = []
    for length in (20, 80):
        started = time.process_time()
        read_targets(text * length, "1", Place())
        times.append(time.process_time() - started)
    assert times[1] < 0.2 + 8 * times[0]
