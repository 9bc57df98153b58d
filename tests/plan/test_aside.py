"""What stands in a document and is no text of it is said once for each kind, with its places and words."""

from __future__ import annotations

import pytest

from reporting.model import HIDDEN, NOT_READ, STRUCK, TRACKED, Line, Place
from reporting.plan.reading.account import Fate, draw_up
from reporting.plan.reading.plan import Reading, read_plan

TEXT = ["一、重点任务", "1.办好学校。（市教育局）", "2.建设医院。（市卫生健康委、市财政局）"]


def lines_with(*aside: tuple[str, int, str]) -> list[Line]:
    """The text, and pieces of it that stand aside, as (words, row, why)."""
    text = [Line(words, Place("计划.docx", "", row, 1)) for row, words in enumerate(TEXT, 1)]
    return [*text, *(Line(words, Place("计划.docx", "", row, 9), why) for words, row, why in aside)]


def told(reading: Reading) -> list[tuple[str, str]]:
    return [(each.kind.code, each.message) for each in reading.findings if not each.task]


SAID = [
    pytest.param(
        STRUCK,
        "struck_out",
        "文件中有 2 处文字加了删除线，按已经删去处理，没有采用：第2行第9字“市体育局”、第3行第9字“市司法局”。",
        id="struck out",
    ),
    pytest.param(
        HIDDEN,
        "hidden_left_out",
        "文件中有 2 处内容是隐藏的，打开文件时看不到，没有采用：第2行第9字“市体育局”、第3行第9字“市司法局”。",
        id="hidden",
    ),
    pytest.param(
        TRACKED,
        "changes_tracked",
        "文件带有修订，按接受全部修订后的文字读取；删去 2 处：第2行第9字“市体育局”、第3行第9字“市司法局”。",
        id="deleted with changes tracked",
    ),
    pytest.param(
        NOT_READ,
        "piece_not_read",
        "文件中有 2 处内容没有读出：第2行第9字“市体育局”、第3行第9字“市司法局”。",
        id="not read",
    ),
]


@pytest.mark.parametrize(("why", "code", "message"), SAID)
def test_it_is_said_once_and_no_text(why: str, code: str, message: str) -> None:
    lines = lines_with(("市体育局", 2, why), ("市司法局", 3, why))
    reading = read_plan(lines)
    assert told(reading) == [(code, message)]
    assert reading.plan.tasks == read_plan(lines_with()).plan.tasks
    account = draw_up(lines, reading.plan)
    assert account.counts[Fate.LEFT_OUT] == 2
    assert [each.reason for each in account.left_out] == [why]


def test_insertions_alone_are_said_without_a_place() -> None:
    lines = lines_with(("", 2, TRACKED))
    reading = read_plan(lines)
    assert told(reading) == [("changes_tracked", "文件带有修订，按接受全部修订后的文字读取。")]
    assert draw_up(lines, reading.plan).counts[Fate.LEFT_OUT] == 0


def test_of_many_the_first_three_are_quoted_and_long_ones_cut() -> None:
    lines = lines_with(*(("市" * 40, row, STRUCK) for row in range(1, 6)))
    quoted = "、".join(f"第{row}行第9字“{'市' * 24}…”" for row in (1, 2, 3))
    assert told(read_plan(lines))[0][1].endswith(f"5 处文字加了删除线，按已经删去处理，没有采用：{quoted}等。")


def test_each_kind_is_a_finding_of_its_own() -> None:
    lines = lines_with(("甲", 1, HIDDEN), ("乙", 1, STRUCK), ("", 1, TRACKED), ("文本框", 1, NOT_READ))
    codes = [code for code, _ in told(read_plan(lines))]
    assert codes == ["changes_tracked", "struck_out", "hidden_left_out", "piece_not_read"]
