"""A part of a return is told as one whatever its file is called, in a book of today and in one of before."""

from __future__ import annotations

import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing, nullcontext
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from builders.command import run
from builders.year import (
    EDUCATION,
    JUSTICE,
    RECEIVED_ON,
    collect,
    fill,
    in_book,
    issued_file,
    send,
    set_modified,
    verdicts,
    wrong,
)

from reporting.commands.collect import Collected
from reporting.commands.identify import identify
from reporting.commands.revoke import revoke
from reporting.commands.status_unit import History, history
from reporting.ledger import Ledger
from reporting.model import LetterKind
from reporting.office.workspace import Workspace

TODAY = datetime(2026, 12, 16, 12)
BLANK = dict.fromkeys(("完成状态", "完成进度(%)", "完成情况", "佐证材料"))
HOSTILE = [
    pytest.param("上、下.xlsx", "中.xlsx", "下.xlsx", id="a name with the sign between names"),
    pytest.param("aa.xlsx", "ba.xlsx", "a.xlsx", id="a name that is a part of two others"),
    pytest.param("“一科”.xlsx", "一科.xlsx、二科.xlsx", "一科.xlsx", id="a name that is a list of names"),
    pytest.param("甲，乙。丙.xlsx", "丙。.xlsx", "丙.xlsx", id="names with the signs of sentences"),
    pytest.param("（一）已合并为一份：a.xlsx", "a.xlsx", "一份：a.xlsx", id="a name like the sentence"),
]


def first_part(workspace: Workspace) -> bytes:
    return fill(issued_file(workspace, EDUCATION), {"2": BLANK})


def second_part(workspace: Workspace) -> bytes:
    return fill(issued_file(workspace, EDUCATION), {"1": BLANK}, {"1-1": None, "1-2": None})


def blank(workspace: Workspace) -> bytes:
    return issued_file(workspace, EDUCATION).read_bytes()


def send_parts(workspace: Workspace, one: str, two: str, beside: str) -> Collected:
    """Two parts of a return, the second the newer, and a blank workbook that is no part of it."""
    sent = ((beside, blank, 3), (one, first_part, 2), (two, second_part, 1))
    for name, make, days in sent:
        set_modified(send(workspace, name, make(workspace)), RECEIVED_ON - timedelta(days=days))
    return collect(workspace)


def fates(seen: History) -> dict[str, tuple[str, bool]]:
    """Each version as the JSON of ``status --unit`` has it: its verdict, and whether it was merged."""
    return {each["file"]: (each["verdict"], each["merged"]) for each in seen.as_json()["versions"]}


def as_before(workspace: Workspace) -> None:
    """Make the book as version 3 wrote it: parts and kinds of letters stand in words and names alone."""
    with closing(sqlite3.connect(workspace.root / "ledger.db")) as book:
        for (name,) in book.execute("select name from sqlite_master where type = 'trigger'").fetchall():
            book.execute(f"drop trigger {name}")
        book.execute("drop table parts")
        for table, column in (("findings", "heading"), ("findings", "answer"), ("letters", "letter")):
            book.execute(f"alter table {table} drop column {column}")
        book.execute("update receipts set verdict = 'superseded' where verdict = 'merged'")
        book.execute("pragma user_version = 3")
        book.commit()


AGES = [pytest.param(lambda _: None, id="book of today"), pytest.param(as_before, id="book of before")]


@pytest.mark.parametrize("age", AGES)
@pytest.mark.parametrize(("one", "two", "beside"), HOSTILE)
def test_a_part_is_told_as_one_whatever_it_is_called(
    workspace: Workspace, one: str, two: str, beside: str, age: Callable[[Workspace], None]
) -> None:
    collected = send_parts(workspace, one, two, beside)
    assert verdicts(collected) == {beside: "superseded", one: "merged", two: "accepted"}
    told = {each["file"]: each["verdict"] for each in collected.as_json()["receipts"]}
    assert told == {beside: "superseded", one: "superseded", two: "accepted"}
    age(workspace)
    seen = history(workspace, EDUCATION, TODAY)
    assert fates(seen) == {beside: ("superseded", False), one: ("superseded", True), two: ("accepted", False)}
    assert {name: verdict for name, verdict, *_ in in_book(workspace)} == verdicts(collected)


def test_on_the_screen_a_part_is_merged_and_a_blank_one_replaced(workspace: Workspace) -> None:
    for name, data in (("上、下.xlsx", first_part(workspace)), ("下.xlsx", blank(workspace))):
        set_modified(send(workspace, name, data), RECEIVED_ON - timedelta(days=2))
    send(workspace, "中.xlsx", second_part(workspace))
    _, said, _ = run("collect", "-w", workspace.root, "--date", "2026-12-10")
    assert "共 3 个文件：收下 1，合并 1，被新版本替代 1。" in said


@pytest.mark.parametrize("name", ["上、下.xlsx", "中.xlsx"])
def test_a_part_in_an_archive_is_told_as_one(workspace: Workspace, name: str) -> None:
    """Two members of one name are two files: each is told by its bytes."""
    packed = BytesIO()
    twice = pytest.warns(UserWarning, match="Duplicate name") if name == "中.xlsx" else nullcontext()
    with zipfile.ZipFile(packed, "w") as archive, twice:
        archive.writestr(zipfile.ZipInfo(name, (2026, 12, 8, 9, 0, 0)), first_part(workspace))
        archive.writestr(zipfile.ZipInfo("中.xlsx", (2026, 12, 9, 9, 0, 0)), second_part(workspace))
    send(workspace, "包.zip", packed.getvalue())
    collect(workspace)
    told = [(each.file, str(each.verdict)) for each in history(workspace, EDUCATION, TODAY).versions]
    assert told == [(f"包.zip!{name}", "merged"), ("包.zip!中.xlsx", "accepted")]


@pytest.mark.parametrize("age", AGES)
def test_taking_back_a_file_touches_what_it_came_into_and_no_file_of_a_like_name(
    workspace: Workspace, age: Callable[[Workspace], None]
) -> None:
    nameless = fill(
        issued_file(workspace, EDUCATION), {"1": BLANK}, {"1-1": None, "1-2": None}, header={"填报单位": JUSTICE}
    )
    set_modified(send(workspace, "a.xlsx", nameless), RECEIVED_ON - timedelta(days=2))
    number = identify(workspace, "a.xlsx", EDUCATION, "电话核实", RECEIVED_ON).decision.number
    set_modified(send(workspace, "aa.xlsx", first_part(workspace)), RECEIVED_ON - timedelta(days=1))
    assert verdicts(collect(workspace)) == {"a.xlsx": "merged", "aa.xlsx": "accepted"}
    age(workspace)
    notes = revoke(workspace, number, "听错了单位", RECEIVED_ON).outcome.notes
    assert "市教育局与它一起登记的 aa.xlsx 需要单独核对" in notes[-1]
    assert history(workspace, EDUCATION, TODAY).versions == ()


@pytest.mark.parametrize("age", AGES)
def test_letters_are_known_for_what_they_are_and_go_on_counting(
    workspace: Workspace, age: Callable[[Workspace], None]
) -> None:
    send(workspace, "_核实函_第9次.docx.xlsx", wrong(workspace))
    collect(workspace)
    age(workspace)
    with closing(Ledger(workspace.ledger_url)) as ledger:
        kinds = [each.kind for each in ledger.letters(2026)]
    assert kinds[-3:] == [LetterKind.NOTICE, LetterKind.CORRECTION, LetterKind.RETURN_LETTER]
    assert set(kinds[:-3]) == {LetterKind.WORKBOOK}
    send(workspace, "b.xlsx", fill(issued_file(workspace, EDUCATION), {"1": {"完成状态": "还行"}}))
    assert [path.name for path in collect(workspace).outcome.written] == [
        "2026_01_市教育局_退回修改_第2次.xlsx",
        "2026_01_市教育局_退回函_第2次.docx",
    ]


@pytest.mark.parametrize("age", AGES)
def test_a_blank_of_the_block_is_the_same_in_the_second_letter(
    workspace: Workspace, age: Callable[[Workspace], None]
) -> None:
    from docx import Document

    def nobody(*headings: str) -> bytes:
        return fill(issued_file(workspace, EDUCATION), header=dict.fromkeys(headings))

    send(workspace, "a.xlsx", nobody("填报人", "审核人"))
    collect(workspace)
    age(workspace)
    send(workspace, "b.xlsx", nobody("审核人", "联系电话"))
    _, letter = collect(workspace, now=TODAY).outcome.written
    text = "\n".join(each.text for each in Document(str(letter)).paragraphs)
    assert "上次列示的2处已改正1处，仍有1处没有改正，另有新的问题1处" in text


def test_an_answer_is_a_fact_of_the_finding(workspace: Workspace) -> None:
    targets: dict[str, Any] = {"1-1": {6: 12, 7: datetime(2026, 12, 31), 8: "按全年合同数预计。"}}
    send(workspace, "a.xlsx", fill(issued_file(workspace, EDUCATION), targets=targets))
    collect(workspace)
    for _ in range(2):
        with closing(Ledger(workspace.ledger_url)) as ledger:
            (found,) = [each for own in ledger.findings_of(2026).values() for each in own if each.answer]
        assert (found.code, found.answer.rstrip("。")) == ("data_day_is_past", "按全年合同数预计")
        as_before(workspace)
