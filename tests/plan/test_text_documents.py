"""Plans as text and as tables of text: encodings, delimiters, ends of lines, all on one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from reporting.model import Line, Place
from reporting.plan.documents.open import read_document
from reporting.plan.reading.account import Fate, draw_up
from reporting.plan.reading.plan import read_plan
from reporting.plan.reading.run_on import part_run_on


def texts(path: Path) -> list[str]:
    return [line.text for line in read_document(path) if line.text]


def read(path: Path, content: str | bytes) -> list[str]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return texts(path)


# Encodings


def test_blanks_of_old_input_methods_are_blanks(tmp_path: Path) -> None:
    old = "\u3000\u3000一、重点任务\n\u3000\u30001.办好学校。（市教育局）\n".encode("gbk").replace(
        b"\xa1\xa1", b"\xa3\xa0"
    )
    assert read(tmp_path / "计划.txt", old) == ["\u3000\u3000一、重点任务", "\u3000\u30001.办好学校。（市教育局）"]


def test_text_in_the_encoding_of_taiwan_is_told_by_its_characters(tmp_path: Path) -> None:
    text = "一、重點任務\n1.辦好學校，完成建設任務。（市教育局）\n"
    assert read(tmp_path / "計劃.txt", text.encode("big5")) == text.splitlines()


@pytest.mark.parametrize("text", ["一、重点任务\n1.办好学校。（市教育局）", "名称，籍贯\n张翊，睢阳"])
def test_text_of_the_mainland_is_never_taken_for_it(tmp_path: Path, text: str) -> None:
    assert read(tmp_path / "计划.txt", text.encode("gb18030")) == text.splitlines()


def test_a_few_damaged_bytes_are_shown_as_such(tmp_path: Path) -> None:
    content = bytearray(("一、重点任务\n" + "1.办好学校，改善条件。（市教育局）\n" * 8).encode("gb18030"))
    content[40:41] = b"\xff"
    path = tmp_path / "计划.txt"
    path.write_bytes(content)
    assert any("\ufffd" in text for text in texts(path))
    assert "characters_lost" in {each.kind.code for each in read_plan(read_document(path)).findings}


def test_ends_of_lines_of_every_kind(tmp_path: Path) -> None:
    content = "一、甲\r\n二、乙\r三、丙\u2028四、丁\u2029五、戊\x0c六、己\x85七、庚"
    assert read(tmp_path / "计划.txt", content) == [
        f"{n}、{w}" for n, w in zip("一二三四五六七", "甲乙丙丁戊己庚", strict=True)
    ]


# Tables of text

HEAD = ["序号", "工作任务", "牵头单位", "配合单位"]
ROWS = [["1", "办好学校，改善条件", "市教育局", "市财政局"], ["2", "建设医院，添置设备", "市卫生健康委", ""]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "，", "；"])
def test_whatever_parts_the_cells(tmp_path: Path, delimiter: str) -> None:
    rows = [[cell.replace("，", "、") if delimiter == "，" else cell for cell in row] for row in (HEAD, *ROWS)]
    note = "云河市2026年任务表。说明：各单位抓紧落实"
    content = "\n".join([note, *(delimiter.join(row) for row in rows)])
    assert read(tmp_path / "计划.csv", content) == [note, *("\t".join(row) for row in rows)]


@pytest.mark.parametrize("delimiter", [";", "|", "\t", "#"])
def test_the_first_line_may_name_it_and_is_none_of_the_table(tmp_path: Path, delimiter: str) -> None:
    content = "\r\n".join([f"sep={delimiter}", *(delimiter.join(row) for row in (HEAD, *ROWS))])
    path = tmp_path / "计划.csv"
    assert read(path, content) == ["\t".join(row) for row in (HEAD, *ROWS)]
    assert read_document(path)[0].place == Place("计划.csv", "", 1, 1)


def test_a_quotation_mark_that_is_never_closed_keeps_the_rows_apart(tmp_path: Path) -> None:
    content = '序号,任务,牵头单位\n1,"办好学校,市教育局\n2,建设医院,市卫生健康委\n'
    assert read(tmp_path / "计划.csv", content)[1:] == ["1\t办好学校\t市教育局", "2\t建设医院\t市卫生健康委"]


def test_what_stands_beside_the_table_is_said_and_changes_no_task(tmp_path: Path) -> None:
    path = tmp_path / "计划.csv"
    content = "序号,工作任务,牵头单位\n夯实基础,,,核对\n1,办好学校,市教育局,上年结转,续\n2,建设医院,市卫生健康委\n"
    path.write_text(content, encoding="utf-8")
    lines = read_document(path)
    reading = read_plan(lines)
    assert [(task.number, task.path, task.lead) for task in reading.plan.tasks] == [
        ("1", ("夯实基础",), ("市教育局",)),
        ("2", ("夯实基础",), ("市卫生健康委",)),
    ]
    assert [(each.kind.code, each.place.row, each.message) for each in reading.findings if not each.task] == [
        (
            "beside_table_left_out",
            2,
            "表格有 2 行在没有表头的栏内（或者表格右侧）写有文字，没有导入：“核对”“上年结转；续”。",
        )
    ]


def test_a_column_without_a_heading_is_said_too(tmp_path: Path) -> None:
    path = tmp_path / "计划.csv"
    path.write_text("序号,,工作任务,牵头单位\n1,急,办好学校,市教育局\n2,,建设医院,市卫生健康委\n", encoding="utf-8")
    reading = read_plan(read_document(path))
    said = [each.values["found"] for each in reading.findings if each.kind.code == "beside_table_left_out"]
    assert (len(reading.plan.tasks), said) == (2, ["急"])


# All on one line


PLAN = [
    "云河市人民政府办公室关于印发《云河市2026年为民实事方案》的通知",
    "云河市2026年为民实事方案",
    "一、办好教育",
    "1.新建公办幼儿园4所。（市教育局）",
    "2.推进一、二、三产业融合，培训职工300人，达标率98.5%。（市人力资源社会保障局）",
    "二、改善医疗",
    "1.建设社区医院2家。（市卫生健康委）",
    "2.添置设备。按照第（三）项要求落实。（市财政局）",
    "三、保障措施",
]


def test_a_plan_on_one_line_is_parted_where_its_numbers_count_on(tmp_path: Path) -> None:
    path = tmp_path / "方案.txt"
    path.write_text("".join(PLAN), encoding="utf-8")
    lines = read_document(path)
    assert [line.text for line in lines] == PLAN
    assert [line.place.column for line in lines] == [1 + len("".join(PLAN[:at])) for at in range(len(PLAN))]
    account = draw_up(lines, read_plan(lines).plan)
    assert (account.counts[Fate.TASK], account.total) == (4, 9)


LONG = "办好学校，改善条件，" * 30


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([f"1.{LONG}2.{LONG}3.{LONG}（市教育局）", LONG, LONG], id="one paragraph of a long document"),
        pytest.param([f"1.办好学校{LONG}2.建设医院。"], id="two numbers are no list"),
        pytest.param(["1.办好学校。2.建设医院。3.修路。"], id="a short line"),
        pytest.param([f"一\t1.{LONG}\t2.甲\t3.乙"], id="a row of a table"),
        pytest.param([f"{LONG}推进一、二、三产业、四、五"], id="a list in a sentence"),
    ],
)
def test_other_lines_stay_whole(lines: list[str]) -> None:
    document = [Line(text, Place("计划.txt", "", row, 1)) for row, text in enumerate(lines, 1)]
    assert part_run_on(document) == document


@pytest.mark.parametrize("delimiter", [",", ";", "，"])
def test_a_table_of_text_under_the_name_of_a_text(tmp_path: Path, delimiter: str) -> None:
    rows = [[cell.replace("，", "、") for cell in row] for row in (HEAD, *ROWS)]
    content = "\n".join(["云河市2026年任务表", *(delimiter.join(row) for row in rows)])
    assert read(tmp_path / "计划.txt", content)[1:] == ["\t".join(row) for row in rows]
    prose = "各区人民政府，市政府各部门，各有关单位：\n一、重点任务\n1.办好学校，改善条件。（市教育局，市财政局）"
    for sign in "，,":
        assert read(tmp_path / "方案.txt", prose.replace("，", sign)) == prose.replace("，", sign).splitlines()


@pytest.mark.parametrize(
    ("words", "asked"), [("2026.1", True), ("2026.10", False), ("2026.9", False), ("2026年1月", False)]
)
def test_a_month_that_may_have_lost_its_zero_is_asked_about(tmp_path: Path, words: str, asked: bool) -> None:
    path = tmp_path / "计划.csv"
    path.write_text(
        f"序号,工作任务,牵头单位,完成时限\n1,办好学校,市教育局,{words}\n2,修路,市交通局,\n", encoding="utf-8"
    )
    codes = {each.kind.code for each in read_plan(read_document(path)).findings}
    assert ("deadline_month_unclear" in codes) == asked
