"""The office corrects its own word on whose a file is: nothing of it counts any more, and nothing is lost."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import docx
import pytest
from builders.year import (
    EDUCATION,
    JUSTICE,
    RECEIVED_ON,
    RIVER,
    book_of,
    collect,
    fill,
    in_book,
    issued_file,
    send,
    set_modified,
    states,
    verdicts,
)
from builders.year import well as well_filled

from reporting.commands import identify as identify_command
from reporting.commands import report as report_command
from reporting.commands import revoke as revoke_command
from reporting.commands import status as status_command
from reporting.commands import status_unit as status_unit_command
from reporting.commands import verify as verify_command
from reporting.ledger import Ledger
from reporting.model.findings import DubanError
from reporting.office.workspace import Workspace

LATER = RECEIVED_ON + timedelta(days=4)
TODAY = datetime(2026, 12, 16, 12)
FOUND = "新建工作表.xlsx"


def nameless(workspace: Workspace, unit: str = EDUCATION, **words: Any) -> bytes:
    """A unit's workbook with the name of another in the block: the office must say whose it is."""
    return fill(issued_file(workspace, unit), header={"填报单位": JUSTICE}, **words)


def identify(workspace: Workspace, unit: str = EDUCATION, file: str = FOUND) -> int:
    return identify_command.identify(workspace, file, unit, "电话核实", LATER).decision.number


def revoke(workspace: Workspace, number: int) -> tuple[str, ...]:
    return revoke_command.revoke(workspace, number, "听错了单位", LATER).outcome.notes


def counted(workspace: Workspace, task: str = "1") -> list[str]:
    """The units whose words on a task stand in the report."""
    whole, _ = report_command.report(workspace, TODAY)
    (line,) = (each for each in whole.tasks if each.task.number == task)
    return [each.unit for each in line.reports]


def state(workspace: Workspace, unit: str = EDUCATION) -> str:
    return states(workspace, TODAY)[unit]


def test_a_file_whose_unit_is_taken_back_is_nobodys_and_can_be_given_to_another(workspace: Workspace) -> None:
    data = nameless(workspace)
    send(workspace, FOUND, data)
    collect(workspace)
    number = identify(workspace)
    collect(workspace)
    assert state(workspace) == "accepted"
    before = in_book(workspace)
    notes = revoke(workspace, number)
    assert notes == (
        f"“{FOUND}”不再算作市教育局的填报，恢复为无法确定单位。是别的单位报来的，用 identify 重新认定，"
        "再运行 collect。",
    )
    assert state(workspace) == "awaited"
    assert [each.file for each in status_command.status(workspace, TODAY).unsettled] == [FOUND]
    assert counted(workspace) == []
    assert status_unit_command.history(workspace, EDUCATION, TODAY).versions == ()
    # the book only grew
    assert len(in_book(workspace)) == len(before) + 1
    with closing(Ledger(workspace.ledger_url)) as ledger:
        assert [str(each.kind) for each in ledger.decisions(2026)] == ["认定", "撤销"]
        said = ledger.findings_of(2026)[ledger.standings(2026)[-1].entry]
    assert [(each.code, each.message) for each in said] == [
        ("unit_is_still_decided", "原来认定由“市教育局”报送，认定已经撤销（听错了单位）。")
    ]
    # once more is the same decision, and collect alone changes nothing
    assert not revoke_command.revoke(workspace, number, "听错了单位", LATER).is_new
    collect(workspace)
    assert state(workspace) == "awaited"
    identify(workspace, JUSTICE)
    collect(workspace)
    assert (state(workspace), state(workspace, JUSTICE)) == ("awaited", "returned")
    assert [each.message for each in verify_command.verify(workspace).outcome.findings] == []


def test_the_same_unit_may_be_named_again_after_all(workspace: Workspace) -> None:
    send(workspace, FOUND, nameless(workspace))
    collect(workspace)
    identify(workspace)
    collect(workspace)
    revoke(workspace, 1)
    assert identify(workspace) == 3
    assert verdicts(collect(workspace)) == {FOUND: "accepted"}
    assert counted(workspace) == [EDUCATION]


def test_what_was_named_stays_until_it_is_taken_back_and_the_refusal_says_how(workspace: Workspace) -> None:
    send(workspace, FOUND, nameless(workspace))
    collect(workspace)
    identify(workspace)
    collect(workspace)
    with pytest.raises(DubanError, match="要改，请先用 revoke 1 撤销原来的认定"):
        identify(workspace, JUSTICE)


def test_before_it_was_taken_in_there_is_nothing_to_take_back_but_the_word(workspace: Workspace) -> None:
    send(workspace, FOUND, nameless(workspace))
    collect(workspace)
    before = len(book_of(workspace))
    assert revoke(workspace, identify(workspace)) == ()
    assert len(book_of(workspace)) == before


def test_the_units_own_earlier_return_counts_again(workspace: Workspace) -> None:
    send(workspace, "a.xlsx", well_filled(workspace, rows={"1": {"完成情况": "本单位自己写的完成情况。"}}))
    collect(workspace)
    send(workspace, FOUND, nameless(workspace))
    collect(workspace)
    number = identify(workspace)
    collect(workspace, now=LATER)
    assert [each.file for each in status_unit_command.history(workspace, EDUCATION, TODAY).versions] == [
        "a.xlsx",
        FOUND,
    ]
    revoke(workspace, number)
    history = status_unit_command.history(workspace, EDUCATION, TODAY)
    assert [each.file for each in history.versions] == ["a.xlsx"]
    assert (str(history.line.state), history.line.received) == ("accepted", RECEIVED_ON)


@pytest.mark.parametrize("moved", [False, True], ids=["in the inbox", "taken out of the inbox"])
def test_a_return_that_the_file_stood_in_for_is_judged_from_the_archive(workspace: Workspace, moved: bool) -> None:
    """Both came together and the file was the newer: the unit's own was never checked."""
    send(workspace, FOUND, nameless(workspace))
    collect(workspace)
    number = identify(workspace)
    set_modified(workspace.inbox / FOUND, RECEIVED_ON)
    own = send(workspace, "a.xlsx", well_filled(workspace, rows={"1": {"完成状态": "差不多了"}}))
    set_modified(own, RECEIVED_ON - timedelta(days=1))
    assert verdicts(collect(workspace)) == {"a.xlsx": "superseded", FOUND: "accepted"}
    notes = revoke(workspace, number)
    assert "市教育局与它一起登记的 a.xlsx 需要单独核对：请运行 collect" in notes[-1]
    if moved:
        own.unlink()
        (workspace.inbox / FOUND).unlink()
    result = collect(workspace, now=LATER)
    assert verdicts(result)["a.xlsx"] == "returned"
    assert [each.name for each in result.outcome.written] == [
        "2026_01_市教育局_退回修改_第1次.xlsx",
        "2026_01_市教育局_退回函_第1次.docx",
    ]
    assert in_book(workspace)[-1] == ("a.xlsx", "returned", EDUCATION, 1)
    # nothing new happens the next time
    assert set(verdicts(collect(workspace, now=LATER)).values()) <= {"duplicate"}


BLANK = dict.fromkeys(("完成状态", "完成进度(%)", "完成情况", "佐证材料"))


def test_a_part_that_was_not_the_units_is_taken_out_of_what_was_put_together(workspace: Workspace) -> None:
    one = send(workspace, "一科.xlsx", fill(issued_file(workspace, EDUCATION), {"2": BLANK}))
    send(workspace, FOUND, nameless(workspace, rows={"1": BLANK}, targets={"1-1": None, "1-2": None}))
    set_modified(workspace.inbox / FOUND, RECEIVED_ON - timedelta(days=2))
    set_modified(one, RECEIVED_ON - timedelta(days=1))
    number = identify(workspace)
    assert verdicts(collect(workspace)) == {"一科.xlsx": "accepted", FOUND: "merged"}
    assert EDUCATION in counted(workspace, "2")
    revoke(workspace, number)
    assert counted(workspace, "2") == []
    result = collect(workspace, now=LATER)
    assert verdicts(result)["一科.xlsx"] == "returned"
    assert {each.task for each in result.outcome.findings if each.kind.severity == "error"} == {"2"}
    assert "市教育局" not in counted(workspace, "2")


@pytest.mark.parametrize(
    ("name", "data"), [("照片.jpg", b"\xff\xd8\xff\xe0" + bytes(500)), ("报表.rar", b"Rar!\x1a\x07\x00" + bytes(500))]
)
def test_what_is_no_return_is_not_given_to_a_unit(workspace: Workspace, name: str, data: bytes) -> None:
    send(workspace, name, data)
    collect(workspace)
    with pytest.raises(DubanError, match="不是可以核对的填报表，认定了单位也不能登记。请联系市教育局"):
        identify(workspace, file=name)


def test_the_letters_go_on_counting_and_blame_nobody_for_the_file_of_another(workspace: Workspace) -> None:
    send(workspace, FOUND, nameless(workspace, rows={"1": {"完成状态": "差不多了"}}))
    collect(workspace)
    number = identify(workspace)
    assert verdicts(collect(workspace)) == {FOUND: "returned"}
    first = workspace.outbox("退回") / "2026_01_市教育局_退回函_第1次.docx"
    kept = first.read_bytes()
    notes = revoke(workspace, number)
    assert notes[1] == "为这个文件写给市教育局的退回件作废；已经发出的，请告知该单位。"
    send(workspace, "a.xlsx", well_filled(workspace, rows={"2": {"完成状态": "还可以"}}))
    collect(workspace, now=LATER)
    assert first.read_bytes() == kept
    second = workspace.outbox("退回") / "2026_01_市教育局_退回函_第2次.docx"
    text = "\n".join(each.text for each in docx.Document(str(second)).paragraphs)
    assert "上次" not in text


def test_a_later_complete_return_stands_whatever_is_taken_back(workspace: Workspace) -> None:
    send(workspace, FOUND, nameless(workspace))
    collect(workspace)
    number = identify(workspace)
    collect(workspace)
    send(workspace, "b.xlsx", well_filled(workspace, rows={"1": {"完成情况": "后来报的完整的一份情况。"}}))
    collect(workspace, now=LATER)
    assert len(revoke(workspace, number)) == 1
    assert state(workspace) == "accepted"
    collect(workspace, now=LATER)
    assert in_book(workspace)[-1][:2] == (FOUND, "unidentified")


def test_the_day_on_which_a_file_came_is_the_day_on_which_the_unit_sent_it(workspace: Workspace) -> None:
    """The office may take its time over whose it is: that makes nobody late."""
    send(workspace, FOUND, nameless(workspace, RIVER))
    collect(workspace)
    identify_command.identify(workspace, FOUND, RIVER, "电话核实", datetime(2026, 12, 27, 9))
    collect(workspace, now=datetime(2026, 12, 27, 9))
    whole, _ = report_command.report(workspace, datetime(2026, 12, 28, 12))
    (line,) = (each for each in whole.units if each.unit == RIVER)
    assert (line.on_time, line.received) == (True, RECEIVED_ON)


def test_a_file_named_after_it_left_the_inbox_is_taken_in_from_the_archive(workspace: Workspace) -> None:
    send(workspace, FOUND, nameless(workspace))
    collect(workspace)
    (workspace.inbox / FOUND).unlink()
    identify(workspace)
    assert verdicts(collect(workspace)) == {FOUND: "accepted"}
    assert verdicts(collect(workspace)) == {}


def test_an_exception_granted_after_the_file_left_the_inbox_is_applied(workspace: Workspace) -> None:
    path = send(workspace, "a.xlsx", well_filled(workspace, rows={"1": {"完成状态": "差不多了"}}))
    assert verdicts(collect(workspace)) == {"a.xlsx": "returned"}
    path.unlink()
    Path(workspace.root / "waivers.toml").write_text(
        f'[[waiver]]\nrule = "status_is_known"\nunit = "{EDUCATION}"\nreason = "专题会议"\napproved_by = "李主任"\n',
        encoding="utf-8",
    )
    result = collect(workspace, now=LATER)
    assert verdicts(result) == {"a.xlsx": "accepted"}
    assert result.changes == ()  # the very same file is no new version
