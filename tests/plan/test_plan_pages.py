"""How a page is read, in PDF and in OFD: columns, tables without strokes, what nobody sees, pages that are turned."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from builders.ofd import ofd
from builders.printing import HEIGHT, MARGIN, WIDTH, Sheet, bare_table, in_columns, letter, printed, table

from reporting.model import HEAD_OR_FOOT, HIDDEN, NOT_READ, ORDER_UNSURE, RECOGNISED, REPEATED_HEADING, Line
from reporting.plan.documents.open import read_document
from reporting.plan.reading.plan import read_plan

pytestmark = pytest.mark.slow

FORMATS: dict[str, Callable[[Sequence[Sheet]], bytes]] = {"pdf": printed, "ofd": ofd}

Read = Callable[[Sequence[Sheet]], list[Line]]


@pytest.fixture(params=FORMATS)
def read(request: pytest.FixtureRequest, tmp_path: Path) -> Read:
    """Reads sheets printed in one of the formats."""
    if request.param == "pdf" and importlib.util.find_spec("pypdfium2") is None:
        pytest.skip("the extra pdf is not installed")

    def of(sheets: Sequence[Sheet]) -> list[Line]:
        path = tmp_path / f"方案.{request.param}"
        path.write_bytes(FORMATS[request.param](sheets))
        return read_document(path)

    return of


def texts(lines: Sequence[Line]) -> list[str]:
    return [line.text for line in lines if not line.aside]


def aside(lines: Sequence[Line]) -> list[tuple[str, str, str]]:
    return [(line.aside, line.place.part, line.text) for line in lines if line.aside]


KINDS = "水电气暖车船书画医药粮油花木鱼茶布纸石瓷"
POINTS = [
    f"{number}.建设{kind}便民服务站，完善{kind}窗口设施，配齐{kind}服务人员，延长服务时间，全年接待{kind}群众不少于"
    f"{number}万人次。（牵头单位：市数据资源管理局；配合单位：市财政局；完成时限：2026年{number % 12 + 1}月底前）"
    for number, kind in enumerate(KINDS, 1)
]

# Columns


@pytest.mark.parametrize(("lefts", "width"), [((60, 310), 22), ((50, 220, 390), 15)], ids=["two", "three"])
def test_columns_are_read_one_after_the_other(read: Read, lefts: tuple[float, ...], width: int) -> None:
    sheet = Sheet()
    sheet.write(120, 740, "云河市数字政府建设工作方案", 18)
    in_columns(sheet, POINTS[:8], lefts, width)
    assert texts(read([sheet])) == ["云河市数字政府建设工作方案", *POINTS[:8]]


def test_columns_whose_lines_stand_at_other_heights(read: Read) -> None:
    sheet = Sheet()
    in_columns(sheet, POINTS[:3], (60,), 22, 700)
    in_columns(sheet, POINTS[3:6], (310,), 22, 693)
    assert texts(read([sheet])) == POINTS[:6]


def test_columns_on_part_of_a_page(read: Read) -> None:
    sheet = Sheet()
    whole = "为做好全市便民服务工作，方便群众就近办理各类事项，结合工作实际，现就有关事项安排如下，请各单位抓好落实。"
    after = "各单位要高度重视此项工作，明确专人负责，逐项抓好落实，及时报送进展，遇有重大问题随时报告，确保按期完成。"
    in_columns(sheet, [whole], (60,), 47, 780)
    in_columns(sheet, POINTS[:4], (60, 310), 22, 720)
    in_columns(sheet, [after], (60,), 47, 480)
    assert texts(read([sheet])) == [whole, *POINTS[:4], after]


def test_columns_go_on_over_pages(read: Read) -> None:
    sheets = [Sheet(), Sheet()]
    for number, sheet in enumerate(sheets, 1):
        sheet.write(250, HEIGHT - 50, "云河市人民政府公报", 9)
        in_columns(sheet, POINTS[10 * number - 10 : 10 * number], (60, 310), 22, 740)
        sheet.write(285, 50, f"— {number} —", 9)
    lines = read(sheets)
    assert texts(lines) == POINTS[:20]
    assert [each[0] for each in aside(lines)] == [HEAD_OR_FOOT] * 4


def test_the_last_lines_alone_in_a_column(read: Read) -> None:
    sheet = Sheet()
    in_columns(sheet, POINTS[:8], (60,), 22, 740)
    sheet.write(310, 740, "成任务。", 10)
    assert texts(read([sheet])) == [*POINTS[:7], f"{POINTS[7]}成任务。"]


def test_a_table_in_one_of_two_columns(read: Read) -> None:
    sheet = Sheet()
    in_columns(sheet, POINTS[:2], (60,), 22, 740)
    table(sheet, 560, [40, 180], [[["序号"], ["工作内容"]], [["1"], ["修建绿道"]]])
    in_columns(sheet, POINTS[2:4], (60,), 22, 490)
    in_columns(sheet, POINTS[4:8], (310,), 22, 740)
    assert texts(read([sheet])) == [*POINTS[:2], "序号\t工作内容", "1\t修建绿道", *POINTS[2:8]]


def test_what_stands_in_rows_is_read_in_rows(read: Read) -> None:
    sheet = Sheet()
    names = ["张  三", "李  四", "王  五", "赵  六", "钱  七"]
    for step, name in enumerate(names):
        sheet.write(80, 700 - 15 * step, name, 10)
        sheet.write(200, 700 - 15 * step, "市发展改革委副主任、一级调研员", 10)
    lines = read([sheet])
    assert [text.split()[-1] for text in texts(lines)] == ["市发展改革委副主任、一级调研员"] * 5
    assert aside(lines) == []


def test_columns_that_are_hardly_full_are_said(read: Read) -> None:
    sheet = Sheet()
    words = ["加强统筹，细化任务分工，定期调度各项工作", *["建成站点"] * 3]
    for step, text in enumerate(words * 2):
        sheet.write(60, 700 - 15 * step, text, 10)
        sheet.write(320, 693 - 15 * step, text, 10)
    lines = read([sheet])
    assert [each[:2] for each in aside(lines)] == [(ORDER_UNSURE, "第1页")]
    (told,) = [each for each in read_plan(lines).findings if each.kind.code == "page_order_unsure"]
    assert told.message == "文件中有 1 页的文字分成几栏排列，读出的先后顺序可能不对：第1页。"


# Tables without strokes

HEADING = [["序号"], ["工作内容"], ["牵头单位"], ["完成时限"]]
ROWS = [
    [["1"], ["新增公交线路5条以上，优化", "站点设置。"], ["市交通运输局"], ["6月底前"]],
    [["2"], ["修建城市绿道20公里。"], ["市园林和林业局、", "市住房和城乡建设", "局"], ["2026年", "底前"]],
    [["3"], ["完善非机动车道标志标线，", "规范停放秩序，设置护栏，", "清理杂物。"], ["市公安局"], ["长期"]],
    [["4"], ["建设停车场3处。"], ["市城管局"], ["年底前"]],
]
READ = [
    "序号\t工作内容\t牵头单位\t完成时限",
    "1\t新增公交线路5条以上，优化站点设置。\t市交通运输局\t6月底前",
    "2\t修建城市绿道20公里。\t市园林和林业局、市住房和城乡建设局\t2026年底前",
    "3\t完善非机动车道标志标线，规范停放秩序，设置护栏，清理杂物。\t市公安局\t长期",
    "4\t建设停车场3处。\t市城管局\t年底前",
]
LEFTS = (60, 100, 260, 370)


@pytest.mark.parametrize(("middle", "gap"), [(False, 0), (True, 0), (False, 8), (True, 8)])
def test_a_table_without_strokes(read: Read, *, middle: bool, gap: float) -> None:
    sheet = Sheet()
    sheet.write(60, 760, "云河市绿色出行任务分解表", 10)
    y = bare_table(sheet, 730, LEFTS, [HEADING, *ROWS], middle=middle, gap=gap)
    sheet.write(60, y - 30, "注：各单位每季度报送一次进展情况，由市交通运输局汇总，报市人民政府。", 10)
    note = "注：各单位每季度报送一次进展情况，由市交通运输局汇总，报市人民政府。"
    assert texts(read([sheet])) == ["云河市绿色出行任务分解表", *READ, note]


@pytest.mark.parametrize("again", [True, False], ids=["headings again", "headings once"])
def test_a_table_without_strokes_over_two_pages(read: Read, *, again: bool) -> None:
    one, two = Sheet(), Sheet()
    cut = [["3"], ["完善非机动车道标志标线，"], ["市公安局"], ["长期"]]
    rest = [[], ["规范停放秩序，设置护栏，", "清理杂物。"], [], []]
    bare_table(one, 730, LEFTS, [HEADING, *ROWS[:2], cut], middle=False)
    bare_table(two, 780, LEFTS, [*([HEADING] if again else []), rest, ROWS[3]], middle=False)
    lines = read([one, two])
    assert texts(lines) == READ
    assert [each[0] for each in aside(lines)] == [REPEATED_HEADING] * again


def test_headings_between_the_rows_of_a_table_without_strokes(read: Read) -> None:
    sheet = Sheet()
    y = bare_table(sheet, 730, LEFTS, [HEADING, *ROWS[:2]], middle=False)
    sheet.write(60, y, "二、加强停车管理，方便群众出行", 10)
    bare_table(sheet, y - 15, LEFTS, ROWS[2:], middle=False)
    assert texts(read([sheet])) == [*READ[:3], "二、加强停车管理，方便群众出行\t\t\t", *READ[3:]]


# What a reader sees


def test_what_nobody_sees_is_left_out_and_said(read: Read) -> None:
    sheet = Sheet()
    sheet.write(MARGIN, 700, "1.修建绿道。（市园林局）", 10)
    sheet.write(MARGIN, 680, "2.建设广场。（市住建局）", 10, ink="1 1 1")
    sheet.write_unseen(MARGIN, 660, "3.建设码头。（市水利局）", 10)
    sheet.write(MARGIN, 640, "4.建设机场。（市发改委）", 10)
    sheet.box(MARGIN - 5, 630, 400, 655, "1 1 1")
    sheet.write(900, 620, "5.建设铁路。（市交通局）", 10)
    sheet.write(MARGIN, 600, "6.建设公园。（市城管局）", 0.5)
    sheet.write(MARGIN, 580, "7.建设学校。（市教育局）", 10)
    lines = read([sheet])
    assert texts(lines) == ["1.修建绿道。（市园林局）", "7.建设学校。（市教育局）"]
    hidden = [text.partition(".")[0] for why, _, text in aside(lines) if why == HIDDEN]
    assert sorted(hidden) == ["2", "3", "4", "5", "6"]
    (told,) = [each for each in read_plan(lines).findings if each.kind.code == "hidden_left_out"]
    assert told.values["count"] == "5"


def test_white_words_on_a_dark_ground_are_read(read: Read) -> None:
    sheet = Sheet()
    sheet.box(50, 690, 545, 720, "0.1 0.2 0.5")
    sheet.write(MARGIN, 700, "一、重点任务", 10, ink="1 1 1")
    sheet.box(50, 640, 545, 680, "0.9 0.9 0.9")
    sheet.write(MARGIN, 660, "1.修建绿道。（市园林局）", 10)
    lines = read([sheet])
    assert texts(lines) == ["一、重点任务", "1.修建绿道。（市园林局）"]
    assert aside(lines) == []


def test_words_that_a_program_laid_over_a_scan_are_read_and_said(read: Read) -> None:
    scans = [Sheet(), Sheet()]
    for sheet in scans:
        sheet.picture()
        sheet.write_unseen(MARGIN, 700, "1.修建绿道。（市园林局）", 10)
    lines = read(scans)
    assert texts(lines) == ["1.修建绿道。（市园林局）"] * 2
    assert [each[:2] for each in aside(lines)] == [(RECOGNISED, "第1页"), (RECOGNISED, "第2页")]
    (told,) = [each for each in read_plan(lines).findings if each.kind.code == "page_is_recognised"]
    assert told.message == "文件中有 2 页是扫描件，文字取自其中附带的识别结果，可能有错字：第1页、第2页。"
    assert told.remedy == "请对照扫描件核对任务、单位和数字。"


def test_words_on_a_picture_of_the_page_are_words(read: Read) -> None:
    sheet = Sheet()
    sheet.picture()
    sheet.write(MARGIN, 700, "1.修建绿道。（市园林局）", 10)
    lines = read([sheet])
    assert (texts(lines), aside(lines)) == (["1.修建绿道。（市园林局）"], [])


def test_words_printed_twice_to_look_bold_are_read_once(read: Read) -> None:
    sheet = Sheet()
    for shift in (0.0, 0.0, 0.4):
        sheet.write(MARGIN + shift, 700, "一、重点任务——一一落实2026年22项", 10)
    assert texts(read([sheet])) == ["一、重点任务——一一落实2026年22项"]


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_page_that_is_turned(read: Read, angle: int) -> None:
    sheet = Sheet()
    lines = [point[start : start + 30] for point in POINTS[:3] for start in range(0, len(point), 30)]
    for row, text in enumerate(lines):
        down, across = 80 + 15 * row, 60
        x, y = {90: (down, across), 180: (540 - across, down), 270: (WIDTH - down, 800 - across)}[angle]
        sheet.write_turned(x, y, text, 10, angle)
    sheet.write(300, 30, "密", 10)
    read_lines = read([sheet])
    assert "".join(texts(read_lines)) == "".join(POINTS[:3])
    assert aside(read_lines) == [(NOT_READ, "第1页", "与正文方向不同的 1 个字")]


def test_the_same_tasks_as_from_text(read: Read, tmp_path: Path) -> None:
    plain = tmp_path / "方案.txt"
    title = ["云河市数字政府建设工作方案", "一、重点任务"]
    plain.write_text("\n".join([*title, *POINTS]), encoding="utf-8")
    wanted = [
        (task.number, task.content, task.lead, task.deadline) for task in read_plan(read_document(plain)).plan.tasks
    ]
    reading = read_plan(read(letter([*title, *POINTS], head="云河市人民政府办公室文件")))
    assert len(wanted) == 20
    assert [(task.number, task.content, task.lead, task.deadline) for task in reading.plan.tasks] == wanted
    assert reading.findings == ()
