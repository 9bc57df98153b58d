"""The loop on a small plan: what each command leaves behind, once, twice, and after it was killed."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NoReturn

import docx
import openpyxl
import pytest
from builders.pages import read_page
from builders.year import (
    EDUCATION,
    EVERYBODY,
    ISSUED_ON,
    JUSTICE,
    MOUNTAIN,
    RECEIVED_ON,
    RIVER,
    book_of,
    codes,
    collect,
    copy_workspace,
    fill,
    in_book,
    issued_file,
    make_workspace,
    send,
    set_modified,
    small_plan,
    states,
    tree,
    verdicts,
    well,
    wrong,
)

from reporting.commands import bulletin as bulletin_command
from reporting.commands import collect as collecting
from reporting.commands import collect_reply
from reporting.commands import issue as issue_command
from reporting.commands import remind as remind_command
from reporting.commands import report as report_command
from reporting.commands import status as status_command
from reporting.files import lock
from reporting.ledger import Ledger, book
from reporting.ledger import letters as sending
from reporting.model import Alias, LetterKind, Plan, Unit, UnitKind, Verdict
from reporting.model.findings import DubanError
from reporting.office import inbox as intake
from reporting.office.outbox import OUT_REMINDED, OUT_REPORT
from reporting.office.workspace import Workspace
from reporting.plan.book.write import write_planbook
from reporting.returns import arrivals as receiving

LATER = RECEIVED_ON + timedelta(days=3)


# ---- issue -------------------------------------------------------------------------------------------


def test_each_responsible_unit_gets_a_workbook_and_all_get_one_notice(workspace: Workspace) -> None:
    names = sorted(path.name for path in workspace.outbox("下发").iterdir())
    assert names == [
        "2026_01_市教育局_任务完成情况填报表.xlsx",
        "2026_02_市司法局_任务完成情况填报表.xlsx",
        "2026_03_临江区人民政府_任务完成情况填报表.xlsx",
        "2026_04_云山区人民政府_任务完成情况填报表.xlsx",
        "通知.docx",
    ]


def test_the_same_plan_again_is_no_second_issue_and_gives_the_same_bytes(workspace: Workspace) -> None:
    before = tree(workspace.outbox("下发"))
    again = issue_command.issue(workspace, ISSUED_ON + timedelta(days=2))
    assert not again.changed
    assert again.outcome.notes == ()
    assert _issues(workspace) == 1
    after = tree(workspace.outbox("下发"))
    assert {name: after[name] for name in after if name.endswith(".xlsx")} == {
        name: before[name] for name in before if name.endswith(".xlsx")
    }


def _issues(workspace: Workspace) -> int:
    with closing(sqlite3.connect(workspace.root / "ledger.db")) as connection:
        return int(connection.execute("select count(*) from issues").fetchone()[0])


def _with_new_content(plan: Plan) -> Plan:
    first, second, third = plan.tasks
    return replace(plan, tasks=(first, replace(second, content="开展普法宣传，每月一次。"), third))


def _without_the_third(plan: Plan) -> Plan:
    return replace(plan, tasks=plan.tasks[:2])


def _with_a_fourth(plan: Plan) -> Plan:
    return replace(plan, tasks=(*plan.tasks, replace(plan.tasks[1], number="4", content="编印普法读本一册。")))


def _with_another_unit(plan: Plan) -> Plan:
    return replace(plan, units=(*plan.units, Unit("市财政局")))


def _the_other_way_round(plan: Plan) -> Plan:
    return replace(plan, units=plan.units[::-1])


@pytest.mark.parametrize(
    ("change", "words", "concerned"),
    [
        pytest.param(_with_new_content, "修改任务 2", "市教育局、市司法局", id="a task reworded"),
        pytest.param(_without_the_third, "删去任务 3", "市司法局", id="a task taken out"),
        pytest.param(_with_a_fourth, "新增任务 4", "市教育局、市司法局", id="a task added"),
        pytest.param(_with_another_unit, "新增单位 市财政局", "", id="only the list of units"),
        pytest.param(_the_other_way_round, "排列顺序或者标点、空格有改动", "", id="only the order of the units"),
    ],
)
def test_a_plan_changed_since_the_issue_is_said_and_named(
    workspace: Workspace, change: Callable[[Plan], Plan], words: str, concerned: str
) -> None:
    write_planbook(workspace.plan_file, change(small_plan()))
    sentence = f"plan.xlsx 与 2026-12-01 下发的方案不同：{words}。收件仍按下发时的方案核对。"
    assert collect(workspace).outcome.notes == (sentence,)
    again = issue_command.issue(workspace, ISSUED_ON + timedelta(days=2))
    assert again.changed
    whom = f"请把新的填报表发给：{concerned}。" if concerned else ""
    assert again.outcome.notes[0] == f"与 2026-12-01 下发的相比，本次{words}。{whom}"
    assert _issues(workspace) == 2
    assert collect(workspace).outcome.notes == ()


def test_workbooks_that_are_no_longer_used_are_put_away_and_a_worked_in_one_is_pointed_out(
    workspace: Workspace,
) -> None:
    river = issued_file(workspace, RIVER)
    river.write_bytes(fill(river))
    write_planbook(workspace.plan_file, _without_the_third(small_plan()))
    issued = issue_command.issue(workspace, ISSUED_ON + timedelta(days=1))
    assert issued.outcome.notes[1:] == (
        "上次下发的 1 份填报表不再使用，已移到“下发/已作废”。",
        f"“下发”文件夹里还有不属于本次下发的文件，请勿发出：{river.name}。",
    )
    assert [path.name for path in (workspace.outbox("下发") / "已作废").iterdir()] == [
        "2026_04_云山区人民政府_任务完成情况填报表.xlsx"
    ]


def test_plan_xlsx_sorted_otherwise_is_the_same_plan(workspace: Workspace) -> None:
    write_planbook(workspace.plan_file, replace(small_plan(), tasks=small_plan().tasks[::-1]))
    assert not issue_command.issue(workspace, ISSUED_ON + timedelta(days=1)).changed


def test_the_outbox_is_not_taken_for_the_inbox(workspace: Workspace) -> None:
    with pytest.raises(DubanError, match="是发件文件夹，里面是要发出的文件，不能当作来件收。请核对文件夹。"):
        collect(workspace, workspace.outbox("下发"))
    assert in_book(workspace) == []


def test_a_newer_version_that_goes_back_takes_nothing_out_of_the_report(workspace: Workspace) -> None:
    send(workspace, "一.xlsx", well(workspace, JUSTICE))
    collect(workspace)
    send(workspace, "二.xlsx", issued_file(workspace, JUSTICE).read_bytes())
    collect(workspace, now=LATER)
    board = status_command.status(workspace, LATER)
    assert {each.unit: str(each.state) for each in board.units}[JUSTICE] == "returned"
    whole, _ = report_command.report(workspace, LATER)
    assert whole.tasks[1].status == "已完成"


def test_with_an_error_in_the_plan_nothing_is_issued(tmp_path: Path) -> None:
    first, second, third = small_plan().tasks
    double = replace(small_plan(), tasks=(first, replace(second, number="1"), third))
    workspace = make_workspace(tmp_path / "工作台", double)
    issued = issue_command.issue(workspace, ISSUED_ON)
    assert issued.outcome.has_errors
    assert issued.outcome.written == ()
    assert not workspace.outbox("下发").exists()
    assert not (workspace.root / "ledger.db").exists()


def test_a_plan_that_names_nobody_is_not_issued(tmp_path: Path) -> None:
    tasks = tuple(replace(each, lead=("各有关单位",), support=()) for each in small_plan().tasks)
    workspace = make_workspace(tmp_path / "工作台", replace(small_plan(), tasks=tasks))
    with pytest.raises(DubanError, match="没有可以下发的单位"):
        issue_command.issue(workspace, ISSUED_ON)
    assert not workspace.outbox("下发").exists()


# ---- verdicts ----------------------------------------------------------------------------------------


def test_a_good_return_is_accepted_and_nothing_is_sent_back(workspace: Workspace) -> None:
    send(workspace, "市教育局.xlsx", well(workspace))
    collected = collect(workspace)
    assert verdicts(collected) == {"市教育局.xlsx": "accepted"}
    assert collected.receipts[0].unit == EDUCATION
    assert codes(collected) == []
    assert collected.outcome.written == ()
    assert in_book(workspace) == [("市教育局.xlsx", "accepted", EDUCATION, 1)]


def test_a_wrong_return_goes_back_with_a_correction_workbook_and_a_letter(workspace: Workspace) -> None:
    send(workspace, "市教育局.xlsx", wrong(workspace))
    collected = collect(workspace)
    assert verdicts(collected) == {"市教育局.xlsx": "returned"}
    assert codes(collected) == ["status_is_known"]
    assert [(each.code, each.findings, each.units) for each in collected.rules] == [("status_is_known", 1, 1)]
    assert [path.name for path in collected.outcome.written] == [
        "2026_01_市教育局_退回修改_第1次.xlsx",
        "2026_01_市教育局_退回函_第1次.docx",
    ]
    letter = _text_of(collected.outcome.written[1])
    assert "差不多了" in letter
    assert "2026年12月15日" in letter  # five days from the day it was collected
    assert "问题清单" in openpyxl.load_workbook(collected.outcome.written[0]).sheetnames


def _text_of(path: Path) -> str:
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_a_correction_workbook_put_right_and_sent_again_is_accepted(workspace: Workspace) -> None:
    send(workspace, "市教育局.xlsx", wrong(workspace))
    correction = collect(workspace).outcome.written[0]
    send(workspace, "订正/市教育局.xlsx", fill(correction))
    collected = collect(workspace, now=LATER)
    assert verdicts(collected) == {"市教育局.xlsx": "duplicate", "订正/市教育局.xlsx": "accepted"}
    assert codes(collected) == []
    assert states(workspace, LATER)[EDUCATION] == "accepted"
    assert [version for *_, version in in_book(workspace)] == [1, 2]


def test_a_correction_workbook_sent_again_untouched_goes_back_with_the_same_findings(workspace: Workspace) -> None:
    send(workspace, "市教育局.xlsx", wrong(workspace))
    first = collect(workspace)
    send(workspace, "订正/市教育局.xlsx", first.outcome.written[0].read_bytes())
    second = collect(workspace, now=LATER)
    assert verdicts(second)["订正/市教育局.xlsx"] == "returned"
    assert codes(second) == codes(first)
    assert second.outcome.written[0].name == "2026_01_市教育局_退回修改_第2次.xlsx"


def test_the_same_bytes_under_another_name_are_a_duplicate(workspace: Workspace) -> None:
    data = well(workspace)
    send(workspace, "a.xlsx", data)
    send(workspace, "b.xlsx", data)
    collected = collect(workspace)
    assert verdicts(collected) == {"a.xlsx": "accepted", "b.xlsx": "duplicate"}
    assert {each.unit for each in collected.receipts} == {EDUCATION}


def test_a_second_run_over_the_same_inbox_writes_nothing_anywhere(workspace: Workspace) -> None:
    send(workspace, "good.xlsx", well(workspace))
    send(workspace, "bad.xlsx", wrong(workspace, JUSTICE))
    send(workspace, "无法识别.xlsx", well(workspace, RIVER, edit=_rename_unit))
    send(workspace, "empty.xlsx", b"")
    send(workspace, "photo.png", b"\x89PNG\r\n\x1a\n" + bytes(20))
    first = collect(workspace)
    assert len(in_book(workspace)) == len(first.receipts) == 5
    book, files = book_of(workspace), tree(workspace.root)
    second = collect(workspace, now=LATER)
    assert set(verdicts(second).values()) == {"duplicate"}
    assert second.in_book == set(second.receipts)
    assert second.outcome.written == ()
    assert book_of(workspace) == book
    kept = {name: files[name] for name in files if not name.startswith("ledger.db")}
    assert {name: each for name, each in tree(workspace.root).items() if not name.startswith("ledger.db")} == kept


def _rename_unit(book: Any) -> None:
    """Make a workbook of nobody in the plan: another unit in the block, no word about itself."""
    sheet = book["任务填报"]
    for line in sheet.iter_rows(max_row=5):
        for cell in line:
            if cell.value == "填报单位":
                sheet.cell(cell.row, cell.column + 1).value = "市气象局"
    del book["_meta"]
    for name in list(book.custom_doc_props.names):
        del book.custom_doc_props[name]


def test_of_two_versions_that_came_together_the_later_modified_counts(workspace: Workspace) -> None:
    old = send(workspace, "z旧.xlsx", wrong(workspace))
    new = send(workspace, "a新.xlsx", well(workspace))
    set_modified(old, RECEIVED_ON - timedelta(hours=2))
    set_modified(new, RECEIVED_ON - timedelta(hours=1))
    collected = collect(workspace)
    assert verdicts(collected) == {"a新.xlsx": "accepted", "z旧.xlsx": "superseded"}
    assert sorted(in_book(workspace)) == [
        ("a新.xlsx", "accepted", EDUCATION, 2),
        ("z旧.xlsx", "superseded", EDUCATION, 1),
    ]


def test_the_next_version_replaces_the_last(workspace: Workspace) -> None:
    send(workspace, "first.xlsx", wrong(workspace))
    collect(workspace)
    assert states(workspace, LATER)[EDUCATION] == "returned"
    send(workspace, "second.xlsx", well(workspace))
    collected = collect(workspace, now=LATER)
    assert verdicts(collected)["second.xlsx"] == "accepted"
    assert states(workspace, LATER)[EDUCATION] == "accepted"


def test_a_worse_version_also_replaces_a_good_one(workspace: Workspace) -> None:
    send(workspace, "first.xlsx", well(workspace))
    collect(workspace)
    send(workspace, "second.xlsx", wrong(workspace))
    collect(workspace, now=LATER)
    assert states(workspace, LATER)[EDUCATION] == "returned"


def test_a_file_changed_under_its_old_name_is_a_new_version(workspace: Workspace) -> None:
    send(workspace, "市教育局.xlsx", wrong(workspace))
    collect(workspace)
    send(workspace, "市教育局.xlsx", well(workspace))
    assert verdicts(collect(workspace, now=LATER)) == {"市教育局.xlsx": "accepted"}


def test_a_workbook_of_an_unknown_unit_is_unidentified_and_named(workspace: Workspace) -> None:
    send(workspace, "市气象局.xlsx", well(workspace, edit=_rename_unit))
    collected = collect(workspace)
    assert verdicts(collected) == {"市气象局.xlsx": "unidentified"}
    (finding,) = collected.outcome.findings
    assert finding.kind.code == "unit_is_known"
    assert "“市气象局”不在本次下发的单位中" in finding.message
    assert finding.place.cell != ""
    board = status_command.status(workspace, LATER)
    assert [each.file for each in board.unsettled] == ["市气象局.xlsx"]


def test_a_unit_named_in_a_later_issue_makes_its_waiting_return_count(workspace: Workspace) -> None:
    send(workspace, "市气象局.xlsx", well(workspace, edit=_rename_unit))
    collect(workspace)
    plan = small_plan()
    units = tuple(
        replace(each, aliases=(Alias("市气象局"),)) if each.name == EDUCATION else each for each in plan.units
    )
    write_planbook(workspace.plan_file, replace(plan, units=units))
    issue_command.issue(workspace, RECEIVED_ON)
    collected = collect(workspace, now=LATER)
    assert [(each.unit, each.verdict) for each in collected.receipts] == [(EDUCATION, Verdict.ACCEPTED)]
    assert states(workspace, LATER)[EDUCATION] == "accepted"
    assert verdicts(collect(workspace, now=LATER)) == {"市气象局.xlsx": "duplicate"}
    assert len(in_book(workspace)) == 2


ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
UNREADABLE = [
    pytest.param("垃圾.xlsx", b"\x00\x01 no workbook", "不是 Excel 工作簿", id="garbage"),
    pytest.param("加密.xlsx", ENCRYPTED, "文件加了密码", id="an encrypted workbook"),
    pytest.param("空.xlsx", b"", "空文件", id="an empty file"),
    pytest.param("材料.rar", b"Rar!\x1a\x07\x00" + bytes(30), "压缩包打不开", id="a rar archive"),
    pytest.param("材料.7z", b"7z\xbc\xaf\x27\x1c" + bytes(30), "压缩包打不开", id="a 7z archive"),
    pytest.param("断.xlsx", b"PK\x03\x04" + bytes(200), "文件不完整或者已经损坏", id="a zip cut short"),
    pytest.param("信.txt", "见附件".encode(), "不是 Excel 工作簿", id="a text file"),
]


@pytest.mark.parametrize(("name", "data", "what"), UNREADABLE)
def test_what_cannot_be_read_is_said_once_with_a_way_out(
    workspace: Workspace, name: str, data: bytes, what: str
) -> None:
    send(workspace, name, data)
    collected = collect(workspace)
    assert verdicts(collected) == {name: "unreadable"}
    (finding,) = collected.outcome.findings
    assert what in finding.message
    assert finding.remedy


def test_two_units_that_send_empty_files_are_both_told(workspace: Workspace) -> None:
    send(workspace, "市教育局.xlsx", b"")
    assert verdicts(collect(workspace)) == {"市教育局.xlsx": "unreadable"}
    send(workspace, "市司法局.xlsx", b"")
    send(workspace, "市司法局-2.xlsx", b"")
    collected = collect(workspace, now=LATER)
    assert verdicts(collected) == {
        "市教育局.xlsx": "duplicate",
        "市司法局.xlsx": "unreadable",
        "市司法局-2.xlsx": "unreadable",
    }
    assert codes(collected, "市司法局.xlsx") == ["file_is_a_workbook"]


def test_a_workbook_of_another_kind_is_unreadable_and_its_sheets_are_named(workspace: Workspace) -> None:
    other = openpyxl.Workbook()
    other.active.title = "通讯录"  # type: ignore[union-attr]
    path = workspace.inbox / "通讯录.xlsx"
    other.save(path)
    collected = collect(workspace)
    assert verdicts(collected) == {"通讯录.xlsx": "unreadable"}
    assert "现有工作表：通讯录" in collected.outcome.findings[0].message


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param("现场.png", b"\x89PNG\r\n\x1a\n" + bytes(20), id="a picture"),
        pytest.param("佐证.pdf", b"%PDF-1.7\n" + bytes(20), id="a PDF"),
    ],
)
def test_evidence_is_kept_and_noted_and_breaks_nothing(workspace: Workspace, name: str, data: bytes) -> None:
    send(workspace, f"市教育局/{name}", data)
    collected = collect(workspace)
    assert verdicts(collected) == {f"市教育局/{name}": "ignored"}
    assert codes(collected) == ["file_is_kept"]
    assert not collected.outcome.has_errors


@pytest.mark.parametrize(
    "name", ["~$市教育局.xlsx", "sub/.~lock.a.xlsx#", "Thumbs.db", "._a.xlsx", "desktop.ini", ".DS_Store"]
)
def test_leftovers_of_programs_are_ignored(workspace: Workspace, name: str) -> None:
    send(workspace, name, b"lock")
    collected = collect(workspace)
    assert verdicts(collected) == {name: "ignored"}
    assert codes(collected) == ["file_is_no_leftover"]
    assert not collected.outcome.has_errors


def test_the_mark_that_keeps_the_inbox_in_a_repository_is_no_file(workspace: Workspace) -> None:
    send(workspace, ".gitkeep", b"")
    assert collect(workspace).receipts == ()


def test_folders_inside_the_inbox_are_searched(workspace: Workspace) -> None:
    send(workspace, "十二月/第一批/市教育局.xlsx", well(workspace))
    assert verdicts(collect(workspace)) == {"十二月/第一批/市教育局.xlsx": "accepted"}


def test_what_is_sent_back_always_says_why(workspace: Workspace) -> None:
    send(workspace, "a.xlsx", wrong(workspace))
    send(workspace, "b.xlsx", b"")
    send(workspace, "c.xlsx", well(workspace, JUSTICE, edit=_rename_unit))
    send(workspace, "d.xlsx", b"Rar!\x1a\x07\x00")
    collected = collect(workspace)
    assert sorted(verdicts(collected).values()) == ["returned", "unidentified", "unreadable", "unreadable"]
    for receipt in collected.receipts:
        own = [each for each in collected.outcome.findings if each.place.file == receipt.file]
        assert any(each.is_error for each in own), receipt.file


def test_an_empty_inbox_is_nothing_wrong(workspace: Workspace) -> None:
    collected = collect(workspace)
    assert (collected.receipts, collected.outcome.findings) == ((), ())


# ---- which files -------------------------------------------------------------------------------------


def test_only_the_given_file_is_taken_in(workspace: Workspace, tmp_path: Path) -> None:
    send(workspace, "市司法局.xlsx", well(workspace, JUSTICE))
    path = tmp_path / "附件.xlsx"
    path.write_bytes(well(workspace))
    assert verdicts(collect(workspace, path)) == {"附件.xlsx": "accepted"}


def test_a_given_folder_is_taken_in_with_its_folders(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "邮件" / "一").mkdir(parents=True)
    (tmp_path / "邮件" / "一" / "a.xlsx").write_bytes(well(workspace))
    assert verdicts(collect(workspace, tmp_path / "邮件")) == {"一/a.xlsx": "accepted"}


def test_a_file_given_twice_is_taken_in_once(workspace: Workspace) -> None:
    path = send(workspace, "批/a.xlsx", well(workspace))
    collected = collect(workspace, path, path.parent, workspace.inbox)
    assert verdicts(collected) == {"批/a.xlsx": "accepted"}


def test_a_file_of_the_inbox_given_by_name_is_the_same_file(workspace: Workspace) -> None:
    path = send(workspace, "批/a.xlsx", well(workspace))
    collect(workspace, path)
    collect(workspace)
    assert in_book(workspace) == [("批/a.xlsx", "accepted", EDUCATION, 1)]


def test_two_given_files_of_one_name_keep_apart(workspace: Workspace, tmp_path: Path) -> None:
    for folder, unit in (("一", EDUCATION), ("二", JUSTICE)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "填报表.xlsx").write_bytes(well(workspace, unit))
    collected = collect(workspace, tmp_path / "一", tmp_path / "二")
    assert list(verdicts(collected).values()) == ["accepted", "accepted"]
    assert [each.unit for each in collected.receipts] == [EDUCATION, JUSTICE]


def test_a_path_that_is_not_there_is_named(workspace: Workspace) -> None:
    with pytest.raises(DubanError, match=r"找不到 .*没有\.xlsx"):
        collect(workspace, workspace.inbox / "没有.xlsx")


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps file names as text")
def test_a_name_in_gbk_bytes_is_shown_as_its_sender_wrote_it(workspace: Workspace) -> None:
    raw = os.fsencode(workspace.inbox) + b"/" + "市教育局.xlsx".encode("gb18030")
    with open(raw, "wb") as stream:  # noqa: PTH123 - a Path cannot be made of bytes
        stream.write(well(workspace))
    assert verdicts(collect(workspace)) == {"市教育局.xlsx": "accepted"}
    assert in_book(workspace) == [("市教育局.xlsx", "accepted", EDUCATION, 1)]


def test_a_file_that_cannot_be_opened_does_not_hold_up_the_others(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = send(workspace, "a.xlsx", well(workspace))
    send(workspace, "b.xlsx", well(workspace, JUSTICE))
    opened = os.open

    def open_unless_locked(path: Any, *how: Any, **more: Any) -> int:
        if path == locked.resolve():
            raise PermissionError(13, "Permission denied")
        return opened(path, *how, **more)

    monkeypatch.setattr(os, "open", open_unless_locked)
    for _ in range(2):
        collected = collect(workspace)
        assert verdicts(collected)["a.xlsx"] == "unreadable"
        assert "没有权限" in collected.outcome.findings[0].message
    assert in_book(workspace) == [("a.xlsx", "unreadable", "", 0), ("b.xlsx", "accepted", JUSTICE, 1)]
    monkeypatch.undo()
    assert verdicts(collect(workspace)) == {"a.xlsx": "accepted", "b.xlsx": "duplicate"}


def test_a_folder_that_cannot_be_listed_stops_the_command(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(workspace, "锁/a.xlsx", well(workspace))
    scandir = os.scandir

    def look(path: Any = ".") -> Any:
        if str(path).endswith("锁"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", look)
    with pytest.raises(DubanError, match=r"无法查看文件夹“.*锁”：没有权限"):
        collect(workspace)


# ---- the machine-readable form -----------------------------------------------------------------------


def test_the_json_has_the_documented_shape(workspace: Workspace) -> None:
    data = wrong(workspace)
    send(workspace, "a.xlsx", data)
    send(workspace, "b.xlsx", b"")
    words = json.loads(json.dumps(collect(workspace).as_json()))
    assert list(words) == ["receipts", "findings", "rules", "changes"]
    assert words["receipts"][0] == {
        "file": "a.xlsx",
        "sha256": hashlib.sha256(data).hexdigest(),
        "unit": EDUCATION,
        "verdict": "returned",
    }
    assert words["findings"][0] | {"message": "", "remedy": "", "expected": ""} == {
        "code": "status_is_known",
        "severity": "error",
        "unit": EDUCATION,
        "file": "a.xlsx",
        "sheet": "任务填报",
        "cell": "H7",
        "task": "1",
        "message": "",
        "remedy": "",
        "found": "差不多了",
        "expected": "",
    }
    assert "已完成" in words["findings"][0]["expected"]
    keys = {tuple(each) for each in words["findings"]}
    assert keys == {
        ("code", "severity", "unit", "file", "sheet", "cell", "task", "message", "remedy", "found", "expected")
    }


# ---- waivers -----------------------------------------------------------------------------------------

WAIVER = """\
[[waiver]]
rule = "status_is_known"
unit = "市教育局"
task = "1"
reason = "口径另行商定"
approved_by = "李主任"
until = 2026-12-31
"""


def waive(workspace: Workspace, text: str = WAIVER) -> None:
    (workspace.root / "waivers.toml").write_text(text, encoding="utf-8")


def test_a_waived_error_becomes_a_note_that_says_so(workspace: Workspace) -> None:
    waive(workspace)
    send(workspace, "a.xlsx", wrong(workspace))
    collected = collect(workspace)
    assert verdicts(collected) == {"a.xlsx": "accepted"}
    (finding,) = collected.outcome.findings
    assert (finding.kind.code, str(finding.kind.severity)) == ("status_is_known", "note")
    assert finding.message.endswith("（已豁免：口径另行商定，李主任同意）")
    assert collected.outcome.notes == ()


def test_a_waived_status_counts_as_none_and_is_told_as_it_was_written(workspace: Workspace) -> None:
    waive(workspace)
    send(workspace, "a.xlsx", wrong(workspace))
    collect(workspace)
    whole, outcome = report_command.report(workspace, LATER)
    assert [(each.unit, each.status) for each in whole.tasks[0].reports] == [(EDUCATION, "差不多了")]
    assert whole.tasks[0].status == "未报送"
    assert sum(share.count for share in whole.statuses) == 3
    assert "差不多了" in _all_text(outcome.written[0])
    assert all("口径另行商定" in _all_text(path) for path in outcome.written)


def test_an_exception_granted_after_the_return_went_back_makes_it_count(workspace: Workspace) -> None:
    send(workspace, "a.xlsx", wrong(workspace))
    send(workspace, "b.xlsx", wrong(workspace, JUSTICE))
    collect(workspace)
    waive(workspace)
    collected = collect(workspace, now=LATER)
    assert verdicts(collected) == {"a.xlsx": "accepted", "b.xlsx": "duplicate"}
    assert states(workspace, LATER) == {
        EDUCATION: "accepted",
        JUSTICE: "returned",
        RIVER: "awaited",
        MOUNTAIN: "awaited",
    }
    book = in_book(workspace)
    assert verdicts(collect(workspace, now=LATER)) == {"a.xlsx": "duplicate", "b.xlsx": "duplicate"}
    assert in_book(workspace) == book


def test_an_exception_for_something_else_leaves_what_went_back_as_it_is(workspace: Workspace) -> None:
    send(workspace, "a.xlsx", wrong(workspace))
    collect(workspace)
    waive(workspace, WAIVER.replace("status_is_known", "done_is_complete"))
    collected = collect(workspace, now=LATER)
    assert verdicts(collected) == {"a.xlsx": "duplicate"}
    assert collected.outcome.written == ()
    assert len(in_book(workspace)) == 1


def test_a_new_version_goes_before_one_that_was_waived_too_late(workspace: Workspace) -> None:
    old = send(workspace, "a.xlsx", wrong(workspace))
    collect(workspace)
    waive(workspace)
    new = send(workspace, "b.xlsx", well(workspace))
    set_modified(new, RECEIVED_ON - timedelta(days=2))
    set_modified(old, RECEIVED_ON)
    assert verdicts(collect(workspace, now=LATER)) == {"a.xlsx": "duplicate", "b.xlsx": "accepted"}


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(("2026-12-31", "2026-12-09"), id="an expired exception"),
        pytest.param(('task = "1"', 'task = "2"'), id="an exception for another task"),
        pytest.param(("市教育局", "市司法局"), id="an exception for another unit"),
        pytest.param(("status_is_known", "done_is_complete"), id="an exception from another rule"),
    ],
)
def test_an_exception_that_does_not_cover_changes_nothing(workspace: Workspace, change: tuple[str, str]) -> None:
    waive(workspace, WAIVER.replace(*change))
    send(workspace, "a.xlsx", wrong(workspace))
    assert verdicts(collect(workspace)) == {"a.xlsx": "returned"}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        pytest.param(
            ("status_is_known", "status_is_nown"),
            "没有“status_is_nown”这条规则（您要的可能是“status_is_known”）",
            id="a misspelt rule",
        ),
        pytest.param(
            ("市教育局", "市教育厅"), "“市教育厅”不在本次下发的单位中（您要的可能是“市教育局”）", id="an unknown unit"
        ),
        pytest.param(('"1"', '"99"'), "没有任务“99”", id="an unknown task"),
    ],
)
def test_an_exception_that_can_never_apply_is_said(workspace: Workspace, change: tuple[str, str], words: str) -> None:
    waive(workspace, WAIVER.replace(*change))
    assert collect(workspace).outcome.notes == (f"waivers.toml 第 1 条不起作用：{words}。请核对写法。",)


def test_only_an_exception_that_can_apply_is_reported_as_granted(workspace: Workspace) -> None:
    waive(workspace, WAIVER + WAIVER.replace("status_is_known", "status_is_nown"))
    send(workspace, "a.xlsx", wrong(workspace))
    collect(workspace)
    whole, outcome = report_command.report(workspace, LATER)
    assert whole.waivers == ("市教育局任务1：口径另行商定（李主任同意）",)
    book = openpyxl.load_workbook(next(each for each in outcome.written if each.suffix == ".xlsx"))
    assert [row[8] for row in book["例外和决定"].iter_rows(min_row=4, values_only=True)] == [
        "已用",
        "写法有误，不起作用",
    ]


# ---- status ------------------------------------------------------------------------------------------


def test_units_are_awaited_until_the_due_date_and_late_from_the_next_day(workspace: Workspace) -> None:
    assert set(states(workspace, datetime(2026, 12, 20, 12)).values()) == {"awaited"}
    assert set(states(workspace, datetime(2026, 12, 21, 12)).values()) == {"late"}


def test_the_board_tells_each_unit_and_each_task(workspace: Workspace) -> None:
    send(workspace, "a.xlsx", well(workspace))
    send(workspace, "b.xlsx", wrong(workspace, JUSTICE))
    send(workspace, "c.xlsx", well(workspace, RIVER))
    collect(workspace)
    board = status_command.status(workspace, datetime(2026, 12, 21, 12))
    assert board.as_json() == {
        "units": [
            _unit(EDUCATION, "accepted", "2026-12-10T12:00:00", 0, ["1", "2"]),
            _unit(JUSTICE, "returned", "2026-12-10T12:00:00", 1, ["2", "1", "3"]),
            _unit(RIVER, "accepted", "2026-12-10T12:00:00", 0, ["3"]),
            _unit(MOUNTAIN, "late", None, 0, ["3"]),
        ],
        "tasks": [
            {"number": "1", "state": "missing", "missing": [JUSTICE]},
            {"number": "2", "state": "missing", "missing": [JUSTICE]},
            {"number": "3", "state": "missing", "missing": [MOUNTAIN, JUSTICE]},
        ],
    }


def _unit(unit: str, state: str, received: str | None, errors: int, tasks: list[str]) -> dict[str, object]:
    return {"unit": unit, "state": state, "received": received, "errors": errors, "tasks": tasks}


def test_before_anything_was_issued_every_command_says_to_issue(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path / "工作台")
    for command in (
        lambda: collect(workspace),
        lambda: status_command.status(workspace, LATER),
        lambda: remind_command.remind(workspace, LATER),
        lambda: report_command.report(workspace, LATER),
    ):
        with pytest.raises(DubanError, match="2026 年度还没有下发填报表。请先运行 issue。"):
            command()


# ---- remind ------------------------------------------------------------------------------------------


def test_nobody_is_reminded_on_the_due_date(workspace: Workspace) -> None:
    late, outcome = remind_command.remind(workspace, datetime(2026, 12, 20, 23, 59))
    assert (late, outcome.written) == ([], ())
    assert not workspace.outbox(OUT_REMINDED).exists()


def test_only_late_units_are_reminded_one_letter_each(workspace: Workspace) -> None:
    send(workspace, "a.xlsx", well(workspace))
    collect(workspace)
    late, outcome = remind_command.remind(workspace, datetime(2026, 12, 23, 9))
    assert [(each.line.unit, each.days) for each in late] == [(JUSTICE, 3), (RIVER, 3), (MOUNTAIN, 3)]
    assert [path.name for path in outcome.written] == [
        f"2026_{number:02}_{unit}_催报函_20261223.docx" for number, unit in ((2, JUSTICE), (3, RIVER), (4, MOUNTAIN))
    ]
    text = _text_of(outcome.written[0])
    assert JUSTICE in text
    assert "请贵单位于2026年12月28日前" in text  # five days from the day of the letter


def test_of_many_letters_of_earlier_days_a_few_are_named_and_no_bulletin(workspace: Workspace) -> None:
    remind_command.remind(workspace, datetime(2026, 12, 23, 9))
    bulletin_command.bulletin(workspace, datetime(2026, 12, 24, 9))
    remind_command.remind(workspace, datetime(2026, 12, 26, 9))
    _, outcome = remind_command.remind(workspace, datetime(2026, 12, 29, 9))
    (note,) = outcome.notes
    assert note.startswith("“催报”文件夹里还有以前写的函，请勿再发：2026_01_市教育局_催报函_20261223.docx、")
    assert note.endswith("等 8 个文件。")
    assert note.count(".docx") == 5


def test_a_unit_that_must_correct_is_reminded_after_its_own_new_date(workspace: Workspace) -> None:
    for unit in EVERYBODY:
        send(workspace, f"{unit}.xlsx", wrong(workspace, unit) if unit == EDUCATION else well(workspace, unit))
    collect(workspace, now=datetime(2026, 12, 18, 9))  # five days: 23 December
    assert remind_command.remind(workspace, datetime(2026, 12, 23, 9))[0] == []
    late, outcome = remind_command.remind(workspace, datetime(2026, 12, 24, 9))
    assert [(each.line.unit, each.days) for each in late] == [(EDUCATION, 1)]
    assert len(outcome.written) == 1


def test_reminding_twice_on_a_day_writes_nothing_twice(workspace: Workspace) -> None:
    remind_command.remind(workspace, datetime(2026, 12, 23, 9))
    files = tree(workspace.outbox(OUT_REMINDED))
    remind_command.remind(workspace, datetime(2026, 12, 23, 15))
    assert tree(workspace.outbox(OUT_REMINDED)) == files
    with closing(Ledger(workspace.ledger_url)) as ledger:
        reminded = [each.unit for each in ledger.letters(2026) if each.kind is LetterKind.REMINDER]
        assert reminded == list(EVERYBODY)


def test_each_later_reminder_knows_of_the_earlier_ones(workspace: Workspace) -> None:
    days = [datetime(2026, 12, day, 9) for day in (21, 23, 26)]
    told = [remind_command.remind(workspace, day) for day in days]
    assert [late[0].earlier for late, _ in told] == [(), (days[0].date(),), (days[0].date(), days[1].date())]
    titles = [_text_of(outcome.written[0]).split("\n", 1)[0] for _, outcome in told]
    assert [title[:6] for title in titles] == ["关于商请报送", "关于再次商请", "关于催报20"]
    again, _ = remind_command.remind(workspace, days[2])
    assert again[0].earlier == told[2][0][0].earlier


def test_a_unit_is_reminded_ahead_only_when_that_is_wanted(workspace: Workspace) -> None:
    day = datetime(2026, 12, 17, 9)
    assert remind_command.remind(workspace, day, 2)[0] == []
    late, outcome = remind_command.remind(workspace, day, 3)
    assert [(each.line.unit, each.days) for each in late] == [(unit, -3) for unit in EVERYBODY]
    assert outcome.written[0].name == f"2026_01_{EDUCATION}_提醒函_20261217.docx"
    text = _text_of(outcome.written[0])
    assert text.startswith("关于提醒报送")
    assert "请贵单位于2026年12月20日前" in text.replace("\n", "")
    late, _ = remind_command.remind(workspace, datetime(2026, 12, 21, 9))
    assert [each.earlier for each in late] == [()] * len(EVERYBODY)


# ---- report ------------------------------------------------------------------------------------------


def _all_text(path: Path) -> str:
    """Everything a reader sees in a workbook, a document or a page."""
    if path.suffix == ".docx":
        return _text_of(path)
    if path.suffix == ".html":
        return read_page(path).text
    book = openpyxl.load_workbook(path)
    return "\n".join(str(cell.value) for sheet in book for line in sheet.iter_rows() for cell in line if cell.value)


def test_the_report_holds_every_accepted_word_and_its_figures_add_up(workspace: Workspace) -> None:
    texts = {}
    for unit in EVERYBODY:
        numbers = ("1", "2") if unit == EDUCATION else ("1", "2", "3") if unit == JUSTICE else ("3",)
        texts[unit] = {number: f"{unit}就任务{number}开展了调研会商。" for number in numbers}
        rows = {number: {"完成情况": text} for number, text in texts[unit].items()}
        send(workspace, f"{unit}.xlsx", well(workspace, unit, rows=rows))
    collect(workspace)
    whole, outcome = report_command.report(workspace, LATER)
    assert [path.name for path in outcome.written] == [
        "2026年度任务完成情况汇总表.xlsx",
        "2026年度任务完成情况报告.docx",
        "2026年度任务看板.html",
    ]
    assert all(path.parent == workspace.outbox(OUT_REPORT) for path in outcome.written)
    for path in outcome.written:
        text = _all_text(path)
        assert [words for own in texts.values() for words in own.values() if words not in text] == []
    assert sum(share.count for share in whole.statuses) == len(whole.tasks) == 3
    assert round(sum(share.percent for share in whole.statuses), 1) == 100.0
    assert sum(line.total for line in whole.categories) == 3
    assert [(each.target.number, each.value, each.reached) for each in whole.targets] == [
        ("1-1", 12.0, True),
        ("1-2", 12.0, True),
    ]


def test_the_report_works_when_nobody_has_answered(workspace: Workspace) -> None:
    whole, outcome = report_command.report(workspace, datetime(2026, 12, 28, 12))
    assert {line.status for line in whole.tasks} == {"未报送"}
    assert all("未报送" in _all_text(path) for path in outcome.written)


def test_the_report_leaves_out_what_went_back(workspace: Workspace) -> None:
    words = {"1": {"完成状态": "差不多了", "完成情况": "这段文字已经退回修改。"}}
    send(workspace, "a.xlsx", well(workspace, rows=words))
    collect(workspace)
    whole, outcome = report_command.report(workspace, LATER)
    assert whole.tasks[0].status == "未报送"
    assert all("这段文字已经退回修改" not in _all_text(path) for path in outcome.written)


def test_the_same_report_again_is_the_same_file(workspace: Workspace) -> None:
    report_command.report(workspace, LATER)
    files = tree(workspace.outbox(OUT_REPORT))
    report_command.report(workspace, LATER)
    assert tree(workspace.outbox(OUT_REPORT)) == files


# ---- killed commands ---------------------------------------------------------------------------------


class Killed(BaseException):
    """What a power cut looks like from inside: nothing catches it."""


def _kill_at(monkeypatch: pytest.MonkeyPatch, where: object, name: str, call: int, *, after: bool) -> None:
    """Make the n-th call of a function the last thing that happens, before or after its work."""
    work = getattr(where, name)
    calls = 0

    def dying(*args: Any, **kwargs: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls < call:
            return work(*args, **kwargs)
        if after:
            work(*args, **kwargs)
        raise Killed

    monkeypatch.setattr(where, name, dying)


KILLS = [
    pytest.param(where, name, call, after, id=f"{'after' if after else 'at'} {what}")
    for where, name, call, what in (
        (receiving, "take_file", 1, "the first original"),
        (receiving, "take_file", 3, "the third original"),
        (sending, "write_output", 1, "the first file of the outbox"),
        (sending, "write_output", 2, "the second file of the outbox"),
        (book, "_add_entry", 1, "the first entry of the book"),
        (book, "_add_entry", 3, "the third entry of the book"),
        (book, "_insert_letters", 1, "the letters in the book"),
        (Ledger, "add_entries", 1, "the writing of the book"),
    )
    for after in (False, True)
]


def _fill_inbox(workspace: Workspace) -> None:
    send(workspace, "a.xlsx", wrong(workspace))
    send(workspace, "b.xlsx", well(workspace, JUSTICE))
    send(workspace, "c.xlsx", b"")
    send(workspace, "d.xlsx", wrong(workspace, RIVER))
    for path in workspace.inbox.iterdir():
        set_modified(path, RECEIVED_ON)


def _settled(workspace: Workspace) -> tuple[object, ...]:
    """All that a run leaves: the book without its row ids, the outbox, the archive."""
    with closing(Ledger(workspace.ledger_url)) as ledger:
        letters = ledger.letters(2026)
        findings = ledger.findings_of(2026)
    files = {name: each for name, each in tree(workspace.root).items() if not name.startswith("ledger.db")}
    return book_of(workspace), letters, findings, files


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[object, ...]]:
    """A filled inbox before collect, and all that an undisturbed collect leaves of it."""
    root = tmp_path_factory.mktemp("killed") / "before"
    workspace = make_workspace(root)
    issue_command.issue(workspace, ISSUED_ON)
    _fill_inbox(workspace)
    calm = copy_workspace(root, root.with_name("calm"))
    collect(calm)
    return root, _settled(calm)


@pytest.mark.slow
@pytest.mark.parametrize(("where", "name", "call", "after"), KILLS)
def test_collect_killed_and_run_again_ends_as_if_undisturbed(
    undisturbed: tuple[Path, tuple[object, ...]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    where: object,
    name: str,
    call: int,
    after: bool,
) -> None:
    before, expected = undisturbed
    workspace = copy_workspace(before, tmp_path / "工作台")
    with monkeypatch.context() as patched:
        _kill_at(patched, where, name, call, after=after)
        with pytest.raises(Killed):
            collect(workspace)
    collect(workspace)
    assert _settled(workspace) == expected


@pytest.mark.parametrize("call", [1, 2, 4, 5])
def test_issue_killed_while_writing_and_run_again_ends_as_if_undisturbed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: int
) -> None:
    workspace = make_workspace(tmp_path / "工作台")
    secret = workspace.secret()
    with monkeypatch.context() as patched:
        _kill_at(patched, sending, "write_output", call, after=True)
        with pytest.raises(Killed):
            issue_command.issue(workspace, ISSUED_ON)
    with closing(Ledger(workspace.ledger_url)) as ledger:
        assert ledger.current_issue(2026) is None
    assert issue_command.issue(workspace, ISSUED_ON).changed
    assert workspace.secret() == secret
    _assert_issued_once(workspace)


def test_issue_killed_in_the_book_and_run_again_is_one_issue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = make_workspace(tmp_path / "工作台")
    with monkeypatch.context() as patched:
        _kill_at(patched, Ledger, "add_issue", 1, after=True)
        with pytest.raises(Killed):
            issue_command.issue(workspace, ISSUED_ON)
    assert not issue_command.issue(workspace, ISSUED_ON).changed
    _assert_issued_once(workspace)


def _assert_issued_once(workspace: Workspace) -> None:
    assert _issues(workspace) == 1
    with closing(Ledger(workspace.ledger_url)) as ledger:
        issued = ledger.current_issue(2026)
    assert issued is not None
    on_disk = tree(workspace.outbox("下发"))
    assert {each.file: each.sha256 for each in issued.workbooks} == {
        name: each for name, each in on_disk.items() if name.endswith(".xlsx")
    }
    assert "通知.docx" in on_disk


def test_of_two_collects_at_once_one_books_and_the_other_says_so(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(workspace, "a.xlsx", wrong(workspace))
    reply = collect_reply.reply

    def meanwhile(*args: Any) -> Any:
        with monkeypatch.context() as inner:
            inner.setattr(collecting, "reply", reply)
            collect(workspace)
        return reply(*args)

    with monkeypatch.context() as patched:
        patched.setattr(collecting, "reply", meanwhile)
        patched.setattr(lock, "PATIENCE", 0.0)
        with pytest.raises(DubanError, match=r"正被另一个命令使用（collect，.*请等它结束后再运行"):
            collect(workspace)
    assert in_book(workspace) == []
    collect(workspace)
    assert in_book(workspace) == [("a.xlsx", "returned", EDUCATION, 1)]
    assert verdicts(collect(workspace)) == {"a.xlsx": "duplicate"}


def test_a_full_disk_while_sending_back_books_nothing(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    send(workspace, "a.xlsx", wrong(workspace))

    def full(_path: Path, _data: bytes) -> NoReturn:
        raise DubanError("磁盘空间已满")

    with monkeypatch.context() as patched:
        patched.setattr(sending, "write_output", full)
        with pytest.raises(DubanError, match="磁盘空间已满"):
            collect(workspace)
    assert in_book(workspace) == []
    assert verdicts(collect(workspace)) == {"a.xlsx": "returned"}


def test_the_original_is_kept_before_anything_else(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    data = well(workspace)
    send(workspace, "a.xlsx", data)
    _kill_at(monkeypatch, collecting, "tell_owners", 1, after=False)
    with pytest.raises(Killed):
        collect(workspace)
    sha256 = hashlib.sha256(data).hexdigest()
    assert (workspace.archive / sha256[:2] / sha256).read_bytes() == data


def test_a_plan_with_a_group_of_unknown_members_is_one_recipient(tmp_path: Path) -> None:
    plan = small_plan()
    units = tuple(Unit(each.name, UnitKind.GROUP) if each.kind is UnitKind.GROUP else each for each in plan.units)
    workspace = make_workspace(tmp_path / "工作台", replace(plan, units=units))
    issued = issue_command.issue(workspace, ISSUED_ON)
    if issued.outcome.has_errors:
        pytest.fail("".join(each.message for each in issued.outcome.findings))
    assert [each.unit for each in issued.recipients] == [EDUCATION, JUSTICE, "各区县人民政府"]


def test_intake_knows_no_more_of_a_file_than_the_archive_keeps(workspace: Workspace) -> None:
    send(workspace, "a.xlsx", well(workspace))
    incoming = intake.take_file(workspace.archive, "a.xlsx", workspace.inbox / "a.xlsx")
    collect(workspace)
    kept = workspace.archive / incoming.sha256[:2] / incoming.sha256
    assert kept.read_bytes() == (workspace.inbox / "a.xlsx").read_bytes()


# ---- after a second issue ----------------------------------------------------------------------------


def test_a_return_on_the_workbook_of_an_earlier_issue_is_not_blamed_for_what_the_office_changed(
    workspace: Workspace,
) -> None:
    old = well(workspace, JUSTICE)
    write_planbook(workspace.plan_file, _with_new_content(small_plan()))
    issue_command.issue(workspace, ISSUED_ON + timedelta(days=2))
    send(workspace, "旧表.xlsx", old)
    collected = collect(workspace)
    assert verdicts(collected) == {"旧表.xlsx": "accepted"}
    (finding,) = collected.outcome.findings
    assert finding.kind.code == "form_is_current"
    assert finding.message == "这份表是2026年12月1日下发的，方案后来有调整，涉及本单位的任务（指标）2。"


def test_a_return_on_an_older_workbook_lacks_the_task_added_since(workspace: Workspace) -> None:
    old = well(workspace, JUSTICE)
    write_planbook(workspace.plan_file, _with_a_fourth(small_plan()))
    issue_command.issue(workspace, ISSUED_ON + timedelta(days=2))
    send(workspace, "旧表.xlsx", old)
    assert sorted(codes(collect(workspace))) == ["form_is_current", "task_is_answered"]


def test_a_task_dropped_since_is_no_unknown_task(workspace: Workspace) -> None:
    old = well(workspace, JUSTICE)
    write_planbook(workspace.plan_file, _without_the_third(small_plan()))
    issue_command.issue(workspace, ISSUED_ON + timedelta(days=2))
    send(workspace, "旧表.xlsx", old)
    assert codes(collect(workspace)) == ["form_is_current"]


def test_a_locked_cell_changed_in_an_older_workbook_is_still_a_mistake(workspace: Workspace) -> None:
    def reword(book: Any) -> None:
        sheet = book["任务填报"]
        (cell,) = [cell for row in sheet.iter_rows() for cell in row if cell.value == "各区县建立工作台账。"]
        cell.value = "各区县自行安排。"

    old = fill(issued_file(workspace, JUSTICE), edit=reword)
    write_planbook(workspace.plan_file, _with_new_content(small_plan()))
    issue_command.issue(workspace, ISSUED_ON + timedelta(days=2))
    send(workspace, "旧表.xlsx", old)
    assert sorted(codes(collect(workspace))) == ["form_is_current", "locked_is_unchanged"]


# ---- what still waits --------------------------------------------------------------------------------


def test_a_file_that_could_not_be_read_waits_until_it_is_taken_out_of_the_inbox(workspace: Workspace) -> None:
    send(workspace, "市司法局.rar", b"Rar!\x1a\x07\x01\x00")
    collect(workspace)
    assert [each.file for each in status_command.status(workspace, RECEIVED_ON).unsettled] == ["市司法局.rar"]
    (workspace.inbox / "市司法局.rar").unlink()
    assert status_command.status(workspace, RECEIVED_ON).unsettled == ()


def test_a_file_that_could_not_be_read_waits_until_a_good_one_of_its_name_came(workspace: Workspace) -> None:
    send(workspace, "填报表.xlsx", b"damaged")
    collect(workspace)
    send(workspace, "填报表.xlsx", well(workspace, JUSTICE))
    collect(workspace)
    assert status_command.status(workspace, RECEIVED_ON).unsettled == ()


def test_a_photo_that_bears_the_name_of_a_silent_unit_waits_for_the_coordinator(workspace: Workspace) -> None:
    send(workspace, "市司法局填报表照片.png", b"\x89PNG\r\n\x1a\n")
    send(workspace, "现场照片.png", b"\x89PNG\r\n\x1a\n0")
    collect(workspace)
    waiting = status_command.status(workspace, RECEIVED_ON).unsettled
    assert [each.file for each in waiting] == ["市司法局填报表照片.png"]
    send(workspace, "b.xlsx", well(workspace, JUSTICE))
    collect(workspace)
    assert status_command.status(workspace, RECEIVED_ON).unsettled == ()
