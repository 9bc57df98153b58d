"""Every version a unit sent is kept and shown, whichever counts; and who is asked about an older workbook."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

from builders.command import run
from builders.year import (
    EDUCATION,
    JUSTICE,
    RECEIVED_ON,
    RIVER,
    codes,
    collect,
    fill,
    in_book,
    issued_file,
    send,
    set_modified,
    verdicts,
    well,
)

from reporting.commands import remind as remind_command
from reporting.commands import status as status_command
from reporting.commands import status_unit as status_unit_command
from reporting.commands.extend import extend
from reporting.commands.reassign import Reassignment, reassign
from reporting.office.inbox import original_path
from reporting.office.workspace import Workspace

TODAY = datetime(2026, 12, 16, 12)
BLANK = dict.fromkeys(("完成状态", "完成进度(%)", "完成情况", "佐证材料"))
DECIDED_ON = datetime(2026, 12, 3, 9)


def send_two(workspace: Workspace, older: bytes, newer: bytes) -> None:
    for name, data, day in (("先.xlsx", older, 2), ("后.xlsx", newer, 1)):
        set_modified(send(workspace, name, data), RECEIVED_ON - timedelta(days=day))
    collect(workspace)


def test_a_version_that_a_newer_one_of_the_same_run_replaced_is_shown_with_what_it_said(workspace: Workspace) -> None:
    first = well(workspace, rows={"1": {"完成进度(%)": 90, "完成状态": "基本完成"}})
    send_two(workspace, first, well(workspace))
    history = status_unit_command.history(workspace, EDUCATION, TODAY)
    assert [(each.version, each.file, each.verdict) for each in history.versions] == [
        (1, "先.xlsx", "superseded"),
        (2, "后.xlsx", "accepted"),
    ]
    (diff,) = history.changes
    assert [(each.number, each.key, each.before, each.after) for each in diff.changes] == [
        ("1", "status", "基本完成", "已完成"),
        ("1", "progress", "90", "100"),
    ]
    _, said, _ = run("status", "--unit", EDUCATION, "-w", workspace.root)
    assert "被替代" in said
    assert "任务 1 完成进度(%)：“90” → “100”" in said
    # what somebody took out of the archive is not shown, and stops nothing
    original_path(workspace.archive, history.versions[0].sha256).unlink()
    assert status_unit_command.history(workspace, EDUCATION, TODAY).changes == ()


def test_two_versions_of_one_run_are_told_from_the_replaced_to_the_one_that_counts(workspace: Workspace) -> None:
    # the one that counts stands first in the folder, and so in the book
    for name, percent, day in (("乙.xlsx", 90, 2), ("一.xlsx", 80, 1)):
        data = well(workspace, rows={"1": {"完成进度(%)": percent, "完成状态": "基本完成"}})
        set_modified(send(workspace, name, data), RECEIVED_ON - timedelta(days=day))
    (diff,) = collect(workspace).changes
    (told,) = status_unit_command.history(workspace, EDUCATION, TODAY).changes
    for each in (diff, told):
        assert (each.before, each.after) == ("乙.xlsx", "一.xlsx")
        assert [(change.before, change.after) for change in each.changes] == [("90", "80")]


FIRST, SECOND = ({"1": {"完成进度(%)": percent, "完成状态": "基本完成"}} for percent in (80, 90))


def test_the_first_version_sent_once_more_is_the_last_word(workspace: Workspace) -> None:
    first, second = (well(workspace, rows=rows) for rows in (FIRST, SECOND))
    for day, (name, data) in enumerate((("1.xlsx", first), ("2.xlsx", second), ("3.xlsx", first))):
        set_modified(send(workspace, name, data), RECEIVED_ON + timedelta(days=day))
        collected = collect(workspace, now=RECEIVED_ON + timedelta(days=day))
    assert verdicts(collected) == {"1.xlsx": "duplicate", "2.xlsx": "duplicate", "3.xlsx": "accepted"}
    assert [each.message for each in collected.outcome.findings] == [
        "这一份与12月10日收到的第 1 版完全相同，那一版曾被第 2 版替代；这一份是最后报来的，按它登记。"
    ]
    (diff,) = collected.changes
    assert [(each.before, each.after) for each in diff.changes] == [("90", "80")]
    assert in_book(workspace)[-1] == ("3.xlsx", "accepted", EDUCATION, 3)
    # and what equals the version in force is a duplicate again
    send(workspace, "4.xlsx", first)
    again = collect(workspace, now=RECEIVED_ON + timedelta(days=3))
    assert set(verdicts(again).values()) == {"duplicate"}
    assert again.outcome.findings == ()


def test_the_first_version_sent_once_more_in_the_same_run_is_the_last_word(workspace: Workspace) -> None:
    first, second = (well(workspace, rows=rows) for rows in (FIRST, SECOND))
    for day, (name, data) in enumerate((("1.xlsx", first), ("2.xlsx", second), ("3.xlsx", first))):
        set_modified(send(workspace, name, data), RECEIVED_ON + timedelta(days=day))
    collected = collect(workspace)
    assert verdicts(collected) == {"1.xlsx": "duplicate", "2.xlsx": "superseded", "3.xlsx": "accepted"}
    (diff,) = collected.changes
    assert [(each.before, each.after) for each in diff.changes] == [("90", "80")]
    assert set(verdicts(collect(workspace)).values()) == {"duplicate"}


def test_an_older_version_that_was_only_moved_counts_no_more_and_is_told(workspace: Workspace) -> None:
    first, second = (well(workspace, rows=rows) for rows in (FIRST, SECOND))
    for day, (name, data) in enumerate((("1.xlsx", first), ("2.xlsx", second))):
        set_modified(send(workspace, name, data), RECEIVED_ON + timedelta(days=day))
        collect(workspace, now=RECEIVED_ON + timedelta(days=day))
    (workspace.inbox / "旧").mkdir()
    (workspace.inbox / "1.xlsx").rename(workspace.inbox / "旧" / "1.xlsx")
    collected = collect(workspace, now=RECEIVED_ON + timedelta(days=2))
    assert verdicts(collected) == {"2.xlsx": "duplicate", "旧/1.xlsx": "duplicate"}
    (found,) = collected.outcome.findings
    assert found.message == (
        "这一份与12月10日收到的第 1 版完全相同，那一版已被第 2 版替代；"
        "文件不比第 2 版新，没有另行登记，仍以第 2 版为准。"
    )


def test_a_part_of_the_version_in_force_is_a_duplicate(workspace: Workspace) -> None:
    path = issued_file(workspace, EDUCATION)
    parts = fill(path, {"2": BLANK}), fill(path, {"1": BLANK}, {"1-1": None, "1-2": None})
    send_two(workspace, *parts)
    send(workspace, "又.xlsx", parts[0])
    collected = collect(workspace)
    assert (verdicts(collected)["又.xlsx"], collected.outcome.findings) == ("duplicate", ())


def test_parts_are_listed_as_parts_and_not_compared(workspace: Workspace) -> None:
    path = issued_file(workspace, EDUCATION)
    send_two(workspace, fill(path, {"2": BLANK}), fill(path, {"1": BLANK}, {"1-1": None, "1-2": None}))
    history = status_unit_command.history(workspace, EDUCATION, TODAY)
    assert [each.file for each in history.versions] == ["先.xlsx", "后.xlsx"]
    assert [str(each.verdict) for each in history.versions] == ["merged", "accepted"]
    assert history.changes == ()
    assert [each["merged"] for each in history.as_json()["versions"]] == [True, False]
    _, said, _ = run("status", "--unit", EDUCATION, "-w", workspace.root)
    assert "合并" in said


def test_a_file_that_was_judged_again_is_not_compared_with_itself(workspace: Workspace) -> None:
    send(workspace, "a.xlsx", well(workspace, rows={"1": {"完成状态": "差不多了"}}))
    collect(workspace)
    Path(workspace.root / "waivers.toml").write_text(
        f'[[waiver]]\nrule = "status_is_known"\nunit = "{EDUCATION}"\nreason = "专题会议"\napproved_by = "李主任"\n',
        encoding="utf-8",
    )
    again = collect(workspace)
    assert (verdicts(again), again.changes) == ({"a.xlsx": "accepted"}, ())
    history = status_unit_command.history(workspace, EDUCATION, TODAY)
    assert [each.verdict for each in history.versions] == ["returned", "accepted"]
    assert history.changes == ()


def test_who_keeps_an_older_workbook_because_the_office_moved_a_task_is_asked_nothing(workspace: Workspace) -> None:
    old = well(workspace, JUSTICE)
    extend(workspace, EDUCATION, date(2026, 12, 28), "学校放假较晚", DECIDED_ON)
    reassign(workspace, Reassignment("2", JUSTICE, RIVER), "职能调整", DECIDED_ON)
    send(workspace, "旧表.xlsx", old)
    collected = collect(workspace)
    assert verdicts(collected) == {"旧表.xlsx": "accepted"}
    (found,) = (each for each in collected.outcome.findings if each.kind.code == "form_is_current")
    assert str(found.kind.severity) == "note"
    # more time for another unit made this workbook no younger
    assert found.message.startswith("这份表是2026年12月1日下发的")
    assert found.message.endswith("（因我办改派任务，这份表可以继续使用）")
    assert collected.outcome.written == ()


def test_leftovers_of_programs_wait_for_nobody(workspace: Workspace) -> None:
    send(workspace, f"~${EDUCATION}.xlsx", b"\x04user")
    send(workspace, f"{EDUCATION}/Thumbs.db", b"\x00" * 40)
    collect(workspace)
    assert status_command.status(workspace, TODAY).unsettled == ()
    late, _ = remind_command.remind(workspace, datetime(2026, 12, 24, 9))
    assert [each.came for each in late if each.line.unit == EDUCATION] == [()]


def test_what_is_said_of_whose_a_file_is_has_words_in_the_count(workspace: Workspace) -> None:
    send(workspace, "新建工作表.xlsx", fill(issued_file(workspace, EDUCATION), header={"填报单位": JUSTICE}))
    assert codes(collect(workspace)) == ["unit_is_known"]
    _, said, _ = run("rules", "--counts", "-w", workspace.root)
    assert "无法确定是哪个单位报来的：××（错误，1 处，1 个单位）" in said
