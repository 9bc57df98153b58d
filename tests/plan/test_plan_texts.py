"""How the plan's own words are shown: its name, goals, headings."""

from __future__ import annotations

import pytest

from reporting.language.numerals import number_key
from reporting.model import Target
from reporting.office.inbox import plain_name
from reporting.plan.words import goal_text, plan_name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        pytest.param("澜川市2026年任务分解方案", "澜川市2026年任务分解方案", id="a plan's own name stays"),
        pytest.param("关于做好年度总结的通知", "关于做好年度总结的通知", id="a notice that carries no plan stays"),
        pytest.param("关于印发《任务分工》的通知", "任务分工", id="the name in book marks"),
        pytest.param(
            "澜川市办公室关于印发《贯彻〈若干措施〉推进计划》的通知",
            "贯彻〈若干措施〉推进计划",
            id="a name within a name",
        ),
        pytest.param("关于印发澜川市知识产权 强市方案的通知", "澜川市知识产权强市方案", id="a broken line"),
        pytest.param("澜川市办公厅印发澜川市工作分解方案的通知", "澜川市工作分解方案", id="no book marks"),
        pytest.param(
            "关于印发澜川市工作方案(2026—2030年)的通知", "澜川市工作方案(2026—2030年)", id="years after the name"
        ),
    ],
)
def test_plan_name_is_taken_out_of_the_title_of_its_notice(title: str, name: str) -> None:
    assert plan_name(title) == name


@pytest.mark.parametrize(
    ("op", "text"), [(">=", "≥10"), (">", "＞10"), ("=", "10"), ("<=", "≤10"), ("<", "＜10"), ("growth>=", "增长≥10")]
)
def test_goal_is_written_with_its_comparator(op: str, text: str) -> None:
    assert goal_text(Target("1-1", "1", "数量", op, 10, "件")) == text  # type: ignore[arg-type]  # from a table


@pytest.mark.parametrize(
    "numbers",
    [
        pytest.param(["1", "2", "2a", "10", "11"], id="plain numbers"),
        pytest.param(["一1", "一2", "二1", "十1", "十一1", "二十1"], id="under headings"),
        pytest.param(["二(一)3", "二(二)1", "二(十)1", "三(一)1"], id="under two headings"),
    ],
)
def test_numbers_sort_as_people_do(numbers: list[str]) -> None:
    backwards = numbers[::-1]
    assert sorted(backwards, key=number_key) == numbers


def test_a_file_is_named_without_where_it_lay() -> None:
    assert plain_name("12月18日/某局.zip!某局/填报表.xlsx") == "填报表.xlsx"
