"""What a run of collect said can be had again: on the screen, for programs, and as 收件情况.xlsx to be filtered."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from builders.command import run
from builders.year import EDUCATION, JUSTICE, RIVER, collect, send, well, wrong

from reporting.commands import collect as collecting
from reporting.commands.collect import collect_again
from reporting.model.findings import DubanError
from reporting.office.workspace import Workspace

ON = ("--date", "2026-12-10")
ASKED = {"rows": {"1": {"完成情况": "按季度会商，完成全部事项。", "佐证材料": "=cmd|' /C calc'!A0"}}}


def fill_inbox(workspace: Workspace) -> None:
    send(workspace, "退.xlsx", wrong(workspace))
    send(workspace, "好.xlsx", well(workspace, JUSTICE))
    send(workspace, "=1+1.xlsx", b"x")
    send(workspace, "照片.png", b"\x89PNG\r\n\x1a\n" + bytes(9))


def board(workspace: Workspace) -> Path:
    return workspace.outbox("") / "收件情况.xlsx"


def sheet_rows(workspace: Workspace, name: str) -> list[dict[str, Any]]:
    sheet = openpyxl.load_workbook(BytesIO(board(workspace).read_bytes()))[name]
    head, *rows = sheet.iter_rows(min_row=3)
    return [{str(above.value): cell for above, cell in zip(head, row, strict=True)} for row in rows]


def test_the_last_run_is_told_and_written_again_word_for_word(workspace: Workspace, tmp_path: Path) -> None:
    fill_inbox(workspace)
    one, two = tmp_path / "一.json", tmp_path / "二.json"
    code, said, _ = run("collect", "-w", workspace.root, *ON, "--json", one)
    written = board(workspace).read_bytes()
    board(workspace).unlink()
    again, told, _ = run("collect", "--again", "-w", workspace.root, "--json", two)
    assert told == f"以下是 2026年12月10日 12:00 那一次收件的结果，没有收新的文件。\n{said}"
    assert (code, again) == (1, 1)
    assert json.loads(one.read_text("utf-8")) == json.loads(two.read_text("utf-8"))
    assert board(workspace).read_bytes() == written


def test_a_run_without_anything_new_leaves_the_last_result_and_says_where_it_is(workspace: Workspace) -> None:
    fill_inbox(workspace)
    first = collect(workspace)
    written = board(workspace).read_bytes()
    _, said, _ = run("collect", "-w", workspace.root, *ON)
    assert "没有新文件；以前已登记 4。" in said
    assert "上一次收件的结果，可以用 collect --again 再看。" in said
    assert board(workspace).read_bytes() == written
    assert collect_again(workspace) == first


def test_before_the_first_run_there_is_nothing_to_tell_again(workspace: Workspace) -> None:
    code, _, wrong_words = run("collect", "--again", "-w", workspace.root)
    assert (code, "2026 年度还没有收过件，没有可以再看的结果。请先运行 collect。" in wrong_words) == (2, True)


def test_again_takes_in_nothing(workspace: Workspace) -> None:
    code, _, wrong_words = run("collect", workspace.inbox, "--again", "-w", workspace.root)
    assert (code, "--again 只再看上次收件的结果，不收文件。" in wrong_words) == (2, True)


def test_what_another_version_of_the_program_wrote_is_not_guessed_at(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_inbox(workspace)
    collect(workspace)
    records = collecting.Plain([collecting.Collected])
    monkeypatch.setattr(collecting, "_RECORDS", records)
    with pytest.raises(DubanError, match="上一次收件是用另一个版本的程序做的"):
        collect_again(workspace)


def test_the_workbook_has_a_line_for_each_file_that_leads_to_what_was_written(workspace: Workspace) -> None:
    fill_inbox(workspace)
    collected = collect(workspace)
    rows = sheet_rows(workspace, "收件")
    told = [[row[each].value for each in ("结果", "单位", "文件", "错误", "待核实", "提示")] for row in rows]
    errors = sum(each.is_error for each in collected.outcome.findings if each.unit == EDUCATION)
    assert told == [
        ["读不了", None, "=1+1.xlsx", 1, None, None],
        ["收下", JUSTICE, "好.xlsx", None, None, None],
        ["存档", None, "照片.png", None, None, 1],
        ["退回", EDUCATION, "退.xlsx", errors, None, None],
    ]
    assert all(row["文件"].data_type == "s" for row in rows)
    back = rows[3]
    for heading, suffix in (("订正表或核实表", ".xlsx"), ("函", ".docx")):
        target = back[heading].hyperlink.target
        assert target.startswith("%E9%80%80%E5%9B%9E/2026_01_")  # 退回/
        assert target.endswith(f"_%E7%AC%AC1%E6%AC%A1{suffix}")
        assert back[heading].value == "打开"
    assert back["错误"].hyperlink.location == "'问题'!A6"
    assert rows[1]["函"].hyperlink is None


def test_the_workbook_has_a_line_for_each_finding(workspace: Workspace) -> None:
    fill_inbox(workspace)
    send(workspace, "问.xlsx", well(workspace, RIVER, **ASKED))
    collected = collect(workspace)
    rows = sheet_rows(workspace, "问题")
    assert [(row["文件"].value, row["问题"].value) for row in rows] == [
        (each.place.file, each.told_office) for each in collected.outcome.findings
    ]
    assert [row["单元格"].value or "" for row in rows] == [each.place.cell for each in collected.outcome.findings]
    sheet = openpyxl.load_workbook(board(workspace))["问题"]
    assert sheet.auto_filter.ref == f"A3:J{3 + len(rows)}"


def test_a_workbook_that_cannot_be_written_stops_nothing(workspace: Workspace) -> None:
    fill_inbox(workspace)
    board(workspace).mkdir(parents=True)
    collected = collect(workspace)
    assert len(collected.receipts) == 4
    assert collected.written_to is None
    (note,) = collected.outcome.notes
    assert note.startswith("无法写入“收件情况.xlsx”")
    assert note.endswith("收件不受影响；以后用 collect --again 可以再写一次。")
    board(workspace).rmdir()
    assert collect_again(workspace).written_to == board(workspace)


def test_a_workbook_that_could_not_be_written_is_written_by_the_next_run(workspace: Workspace) -> None:
    fill_inbox(workspace)
    board(workspace).mkdir(parents=True)
    (note,) = collect(workspace).outcome.notes
    assert collect(workspace).outcome.notes == (note,)
    board(workspace).rmdir()
    assert collect(workspace).outcome.notes == ()
    assert len(sheet_rows(workspace, "收件")) == 4
    assert collect_again(workspace).outcome.notes == ()
