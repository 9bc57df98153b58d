"""The notice of rectification: to the units that did not pass, with the group's words on their own tasks."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from builders.layout import failed
from builders.word import section_between, text_of
from builders.year import EDUCATION, FOUND, JUSTICE, MOUNTAIN, RECEIVED_ON, RIVER, TODAY, Words, verify, year_of

from reporting.commands import report as workflow
from reporting.commands import verify as verify_command
from reporting.commands.review_collect import review_collect
from reporting.commands.review_issue import review_issue
from reporting.commands.review_rectify import review_rectify
from reporting.model.findings import DubanError
from reporting.office.outbox import OUT_REVIEW
from reporting.office.workspace import Workspace


def reviewed(root: Path, words: Words, silent: tuple[str, ...] = ()) -> Workspace:
    """A year in which all but the silent units answered well, and the group found ``words``."""
    units = [unit for unit in (EDUCATION, JUSTICE, RIVER, MOUNTAIN) if unit not in silent]
    workspace = year_of(root, {unit: {} for unit in units}, targets={"1-1": 7, "1-2": "9%"})
    path = review_issue(workspace, RECEIVED_ON).path
    verify(path, words)
    collected = review_collect(workspace, None, RECEIVED_ON)
    assert not collected.outcome.has_errors, [each.message for each in collected.outcome.findings]
    return workspace


def notices(workspace: Workspace) -> dict[str, str]:
    outcome = review_rectify(workspace, TODAY)
    assert [failed(path.read_bytes()) for path in outcome.written if failed(path.read_bytes())] == []
    return {path.name: text_of(docx.Document(io.BytesIO(path.read_bytes()))) for path in outcome.written}


def test_each_unit_that_did_not_pass_gets_its_own_notice(tmp_path: Path) -> None:
    workspace = reviewed(tmp_path, FOUND)
    told = notices(workspace)
    assert list(told) == [f"2026_01_{EDUCATION}_整改通知.docx"]
    text = told[f"2026_01_{EDUCATION}_整改通知.docx"]
    assert text.startswith(f"关于限期整改检查验收发现问题的通知\n{EDUCATION}：\n经2026年度任务检查验收，")
    assert "验收结论为限期整改。现将有关事项通知如下：" in text
    assert "试点学校名单没有公布" in text
    demands = section_between(text, "二、整改要求", "特此通知。")
    assert "（二）于2027年2月28日前完成整改，将书面整改情况和佐证材料报送我办。" in demands
    assert not any(unit in text for unit in (RIVER, MOUNTAIN))


def test_a_silent_unit_is_told_what_was_taken_off(tmp_path: Path) -> None:
    silent = {("3", MOUNTAIN): {"核定状态": "未完成", "核定进度(%)": 0}}
    told = notices(reviewed(tmp_path, silent, silent=(MOUNTAIN,)))
    text = told[f"2026_04_{MOUNTAIN}_整改通知.docx"]
    assert "等次为不合格，验收结论为不通过。" in text
    assert "扣分事项1项：未报送（扣10分）。" in text
    assert "（四）贵单位等次为不合格，请在一个月内向领导小组作出书面整改报告。" in text


def test_written_again_they_are_booked_once_and_one_that_is_out_of_date_is_named(tmp_path: Path) -> None:
    workspace = reviewed(tmp_path, FOUND)
    before = notices(workspace)
    assert notices(workspace) == before
    assert verify_command.verify(workspace).outcome.findings == ()
    verify(workspace.outbox(OUT_REVIEW) / "2026年度检查验收核定表.xlsx", {("1", EDUCATION): {"核定进度(%)": 100}})
    review_collect(workspace, None, RECEIVED_ON)
    outcome = review_rectify(workspace, TODAY)
    assert outcome.written == ()
    assert outcome.notes == (
        f"“核定”文件夹里还有以前写的整改通知，按现在的结论不再需要，请勿发出：2026_01_{EDUCATION}_整改通知.docx。",
    )


def test_nothing_is_written_before_anything_was_verified(workspace: Workspace) -> None:
    with pytest.raises(DubanError, match="还没有核定结果，不能写整改通知。请先运行 review collect 收回核定表。"):
        review_rectify(workspace, TODAY)


def test_the_report_tells_tasks_of_a_unit_that_stand_alike_in_one_point(tmp_path: Path) -> None:
    undone = {"核定状态": "未完成", "核定进度(%)": 40}
    workspace = reviewed(tmp_path, {("1", JUSTICE): undone, ("2", JUSTICE): undone, **FOUND})
    _, outcome = workflow.report(workspace, TODAY)
    (path,) = [each for each in outcome.written if "验收报告" in each.name]
    text = text_of(docx.Document(io.BytesIO(path.read_bytes())))
    after = text[text.index("（一）未完成和滞后") :]
    points = after[: after.index("五、得分和等次")].split("\n")[1:3]
    assert [point.partition("。检查组")[0] for point in points] == [
        f"1.{EDUCATION}（第1项）：建立校园知识产权教育协调机制，上报已完成，核定未完成",
        f"2.{JUSTICE}（第1项、第2项）：上报已完成，核定未完成。",
    ]
