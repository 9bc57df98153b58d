"""The account of an import adds up, and the explanation of a task is told in words a coordinator knows."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders.notations import FOLDERS, SAMPLES
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from reporting.commands.plan_import import plan_import
from reporting.model import HEAD_OR_FOOT, Line, Place
from reporting.plan.documents.open import read_document
from reporting.plan.reading.account import Account, Fate, draw_up
from reporting.plan.reading.plan import read_plan
from reporting.shell.telling.account import account_lines, explain_lines, find_task

TEXT = """\
云河市人民政府办公室关于印发云河市2026年绿色出行工作方案的通知
云政办〔2026〕5号
各区人民政府，市政府各部门：
现将方案印发给你们，请认真落实。
2026年2月3日
一、重点任务
1.新增公交线路5条以上。（牵头单位：市交通运输局；配合单位：市财政局；2026年10月底前）
2.修建绿道20公里。（责任单位：市园林局、各区人民政府）
二、保障措施
各单位要高度重视，压实工作责任，按月报送进展。
抄送：市委各部门。"""


def lines_of(text: str) -> list[Line]:
    return [Line(words, Place("方案.txt", "", row, 1)) for row, words in enumerate(text.split("\n"), 1)]


def account_of(lines: list[Line]) -> Account:
    return draw_up(lines, read_plan(lines).plan)


def test_every_line_has_a_fate_and_what_was_left_out_has_a_reason() -> None:
    account = account_of(lines_of(TEXT))
    left, heading, task = Fate.LEFT_OUT, Fate.HEADING, Fate.TASK
    assert account.fates == (heading, heading, left, left, left, heading, task, task, left, left, left)
    assert [(entry.reason, entry.first.row, entry.last.row) for entry in account.left_out] == [
        ("任务之前的通知、总体要求等", 3, 4),
        ("落款", 5, 5),
        ("任务之后的保障措施、落款等", 9, 10),
        ("版记", 11, 11),
    ]


def test_the_account_in_words() -> None:
    lines = lines_of(TEXT)
    reading = read_plan(lines)
    assert list(account_lines(reading.plan, draw_up(lines, reading.plan), reading.findings)) == [
        "任务        2 项",
        "单位        4 个，其中 1 个代表几个单位",
        "量化指标    2 个",
        "全文        11 行：标题和表头 3 行，任务 2 行，没有采用 6 行",
        "  没有采用  任务之前的通知、总体要求等 2 行（第3—4行）",
        "  没有采用  落款 1 行（第5行）",
        "  没有采用  任务之后的保障措施、落款等 2 行（第9—10行）",
        "  没有采用  版记 1 行（第11行）",
    ]


def test_why_a_task_reads_as_it_does_in_words() -> None:
    reading = read_plan(lines_of(TEXT))
    (task,) = find_task(reading.plan, "1")
    assert list(explain_lines(task, reading.explained["1"])) == [
        "任务 1（第7行）新增公交线路5条以上。",
        "    标题：一、重点任务",
        "    依据：写明牵头：市交通运输局",
        "    依据：写明配合：市财政局",
        "    依据：写明时限：2026年10月底前",
        "    牵头单位：市交通运输局",
        "    配合单位：市财政局",
        "    完成时限：2026年10月底前（2026-10-31）",
        "    量化指标：新增公交线路 不少于5条",
    ]


@pytest.mark.parametrize("name", FOLDERS)
def test_no_explanation_is_left_in_english(name: str) -> None:
    path = next(each for each in (SAMPLES / name).iterdir() if each.stem == "document")
    reading = read_plan(read_document(path))
    assert reading.plan.tasks or reading.plan.unassigned
    for task in reading.plan.tasks:
        for line in explain_lines(task, reading.explained[task.number]):
            assert not any(word in line for word in ("units", "lead", "duty", "support", "column", "deadline"))


@pytest.mark.parametrize("name", FOLDERS)
def test_the_account_of_every_sample_adds_up_and_no_task_is_missing_in_it(name: str) -> None:
    path: Path = next(each for each in (SAMPLES / name).iterdir() if each.stem == "document")
    lines = read_document(path)
    account = account_of(lines)
    assert account.total == sum(fate is not None for fate in account.fates)
    assert account.counts[Fate.LEFT_OUT] == sum(entry.count for entry in account.left_out)


@given(
    st.lists(st.sampled_from(["", "锦绣山河无限好风光", "甲乙丙丁戊己庚辛壬癸", "— 3 —", "2026年3月1日"]), max_size=6)
)
def test_lines_strange_to_the_plan_are_never_dropped_silently(strange: list[str]) -> None:
    lines = lines_of("\n".join([*strange, TEXT, *strange]))
    account = account_of(lines)
    assert account.total == sum(bool(line.text) for line in lines)
    assert account.counts[Fate.LEFT_OUT] == 6 + 2 * sum(bool(each) for each in strange)


def test_heads_and_feet_of_pages_are_named_as_such() -> None:
    lines = [Line("云河市文件", Place("a.pdf", "第1页", 1, 1), HEAD_OR_FOOT), *lines_of(TEXT)]
    assert account_of(lines).left_out[0].reason == "页眉页脚"


DOUBTFUL = """\
一、重点任务
1.新建泵站3座，完成投资20230%。（市水利局、市财政局等）
2.修编规划。（责任单位：市规划局；牵头单位：市规划局、市住建局）
3.改造管网。（市住建局；配合单位：有关方面某某）
4.按期完成普查。（市统计局；三月底前后完成）"""


def test_every_doubt_about_a_task_is_marked_in_its_row_with_the_line_of_the_document(tmp_path: Path) -> None:
    document = tmp_path / "方案.txt"
    document.write_text(DOUBTFUL, encoding="utf-8")
    imported = plan_import(document, tmp_path / "plan.xlsx")
    sheet = load_workbook(tmp_path / "plan.xlsx")["任务"]
    notes = {
        str(row[0].value): "\n".join(cell.comment.text for cell in row if cell.comment) for row in sheet.iter_rows()
    }
    doubts = [each for each in imported.outcome.findings if each.task]
    assert len(doubts) > 2
    for doubt in doubts:
        assert doubt.message in notes[doubt.task]
        assert f"（方案.txt 第{doubt.place.row}行）" in notes[doubt.task]
