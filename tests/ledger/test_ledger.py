"""The book: only added to, one command one transaction, and what the database says is said as a sentence."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, NoReturn

import pytest
from builders.year import ISSUED_ON, RECEIVED_ON, small_plan
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import OperationalError

from reporting.ledger import (
    BookedFinding,
    Entry,
    Ledger,
    Letter,
    answered_by,
    book,
    pages,
    plan_from_json,
    plan_id,
    plan_to_json,
)
from reporting.ledger.frozen import answered_from_json, answered_to_json
from reporting.ledger.standing import latest_by_unit
from reporting.model import (
    Answer,
    Answered,
    Assignment,
    Cell,
    Issue,
    IssuedWorkbook,
    LetterKind,
    Place,
    Plan,
    Receipt,
    Return,
    Role,
    Row,
    Signature,
    Standing,
    Task,
    Unread,
    Verdict,
)
from reporting.model.findings import DubanError, Finding, Kind, Severity

KIND = Kind("figure_in_range", Severity.ERROR, "“{found}”超出范围。", "请改正。")
NOTE = Kind("file_is_kept", Severity.NOTE, "已存档。")


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'ledger.db'}"


@pytest.fixture
def ledger(url: str) -> Iterator[Ledger]:
    with closing(Ledger(url)) as opened:
        yield opened


def entry(file: str, verdict: Verdict = Verdict.ACCEPTED, unit: str = "市教育局", version: int = 1) -> Entry:
    receipt = Receipt(file, file.ljust(64, "0"), RECEIVED_ON, unit, verdict)
    return Entry(receipt, 2026, version, None, Answered(), ())


def an_issue(plan: Plan | None = None, at: datetime = ISSUED_ON, year: int = 2026) -> Issue:
    plan = plan or small_plan()
    books = (IssuedWorkbook(1, "市教育局", "a.xlsx", "0" * 64), IssuedWorkbook(2, "市司法局", "b.xlsx", "1" * 64))
    return Issue(at, year, plan_id(plan), plan.title, "办公室", date(2026, 12, 20), plan, books)


# ---- the frozen plan ---------------------------------------------------------------------------------


def test_a_plan_written_and_read_is_equal() -> None:
    assert plan_from_json(plan_to_json(small_plan())) == small_plan()


def test_the_digest_does_not_depend_on_where_a_task_stands_in_the_sheet() -> None:
    plan = small_plan()
    moved = replace(plan, tasks=tuple(replace(each, place=Place("plan.xlsx", "任务", 9, 1)) for each in plan.tasks))
    assert plan_id(moved) == plan_id(plan)


@given(content=st.text(min_size=1), number=st.text(min_size=1))
def test_any_change_of_a_task_changes_the_digest(content: str, number: str) -> None:
    plan = small_plan()
    first, *others = plan.tasks
    changed = replace(plan, tasks=(replace(first, content=content, number=number), *others))
    assert (plan_id(changed) == plan_id(plan)) is (changed == plan)


def test_a_frozen_plan_of_another_program_is_said() -> None:
    with pytest.raises(DubanError, match="台账中下发的方案读不出来"):
        plan_from_json('{"title": 3}')


# ---- issues ------------------------------------------------------------------------------------------


def test_before_anything_went_out_there_is_no_issue(ledger: Ledger) -> None:
    assert ledger.current_issue(2026) is None


def test_an_issue_comes_back_as_it_was(ledger: Ledger) -> None:
    ledger.add_issue(an_issue())
    assert ledger.current_issue(2026) == an_issue()


def test_the_newest_issue_of_a_year_counts_and_years_keep_apart(ledger: Ledger) -> None:
    later = an_issue(replace(small_plan(), title="修订方案"), ISSUED_ON + timedelta(days=1))
    for each in (an_issue(), later, an_issue(year=2025)):
        ledger.add_issue(each)
    assert ledger.current_issue(2026) == later
    assert ledger.current_issue(2025) == an_issue(year=2025)


# ---- receipts ----------------------------------------------------------------------------------------


def test_receipts_come_back_in_the_order_in_which_they_were_written(ledger: Ledger) -> None:
    ledger.add_entries([entry("b"), entry("a", Verdict.UNREADABLE, "")])
    ledger.add_entries([entry("c", version=2)])
    assert [(each.file, each.verdict, each.version) for each in ledger.standings(2026)] == [
        ("b", Verdict.ACCEPTED, 1),
        ("a", Verdict.UNREADABLE, 1),
        ("c", Verdict.ACCEPTED, 2),
    ]


def test_receipts_of_another_year_are_not_told(ledger: Ledger) -> None:
    ledger.add_entries([replace(entry("a"), year=2025)])
    assert ledger.standings(2026) == []


def test_answers_come_only_when_asked_for(ledger: Ledger) -> None:
    ledger.add_entries([entry("a")])
    assert ledger.standings(2026)[0].answered is None
    assert ledger.standings(2026, with_answers=True)[0].answered == Answered()


def test_findings_belong_to_their_receipt_and_only_errors_are_counted(ledger: Ledger) -> None:
    place = Place("a", "任务填报", 7, 9)
    found = Finding(KIND, place, "市教育局", "1", {"found": "120", "expected": "0 至 100"})
    ledger.add_entries([replace(entry("a"), findings=(found, Finding(NOTE, place))), entry("b")])
    assert [(each.file, each.errors) for each in ledger.standings(2026)] == [("a", 1), ("b", 0)]
    findings = ledger.findings_of(2026)
    first, _ = ledger.standings(2026)
    assert list(findings) == [first.entry]
    assert [each.code for each in findings[first.entry]] == ["figure_in_range", "file_is_kept"]
    assert findings[first.entry][0] == BookedFinding(
        "figure_in_range", Severity.ERROR, "任务填报", "I7", "1", "“120”超出范围。", "请改正。"
    )


def test_letters_come_back_in_the_order_in_which_they_were_made(ledger: Ledger) -> None:
    letters = [
        Letter(RECEIVED_ON, "催报", LetterKind.REMINDER, unit, f"{unit}.docx", "0" * 64) for unit in ("甲局", "乙局")
    ]
    ledger.add_letters(letters, 2026)
    assert ledger.letters(2026) == letters
    assert ledger.letters(2025) == []


def test_an_entry_that_fails_takes_the_whole_command_with_it(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> NoReturn:
        raise OperationalError("insert", {}, Exception("disk I/O error"))

    monkeypatch.setattr(book, "_insert_letters", fail)
    with pytest.raises(DubanError, match="磁盘已满或有故障"):
        ledger.add_entries([entry("a"), entry("b")], [Letter(RECEIVED_ON, "退回", LetterKind.QUERY, "", "x", "0")])
    assert ledger.standings(2026) == []


def test_the_book_can_be_read_while_another_command_writes(url: str, ledger: Ledger) -> None:
    ledger.add_entries([entry("a")])
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as writer:
        writer.execute("begin immediate")
        assert [each.file for each in ledger.standings(2026)] == ["a"]


# ---- a book that cannot be used ----------------------------------------------------------------------


def _no_database(path: Path) -> None:
    path.write_bytes(b"this is no database, but long enough to look like one" * 20)


def _a_folder(path: Path) -> None:
    path.mkdir()


def _another_program(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("create table receipts (number integer)")
        connection.commit()


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        pytest.param(_no_database, "不是有效的数据库文件", id="no database"),
        pytest.param(_a_folder, "无法打开台账", id="a folder of that name"),
        pytest.param(_another_program, "不是本程序建立的", id="tables of another program"),
    ],
)
def test_a_book_that_is_none_is_said_with_its_name(tmp_path: Path, spoil: Any, words: str) -> None:
    path = tmp_path / "ledger.db"
    spoil(path)
    with pytest.raises(DubanError, match=words) as error, closing(Ledger(f"sqlite:///{path}")) as ledger:
        ledger.standings(2026)
    assert str(path) in str(error.value)


def test_a_book_cut_short_is_said(tmp_path: Path, url: str) -> None:
    with closing(Ledger(url)) as ledger:
        ledger.add_entries([entry(str(number)) for number in range(200)])
    path = tmp_path / "ledger.db"
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2 // 4096 * 4096])
    with pytest.raises(DubanError, match="台账"), closing(Ledger(url)) as ledger:
        ledger.standings(2026)


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("nonsense", id="no URL at all"),
        pytest.param("nosuchdatabase://host/x", id="an unknown database"),
        pytest.param("sqlite:////nowhere/at/all/ledger.db", id="a folder that is not there"),
    ],
)
def test_an_address_that_leads_nowhere_is_said(url: str) -> None:
    with pytest.raises(DubanError, match=r"无法打开台账.*\[ledger\] 的 url"):
        Ledger(url)


def test_a_password_in_the_address_is_never_shown() -> None:
    with pytest.raises(DubanError) as error:
        Ledger("nosuchdatabase://office:geheim@host/book")
    assert "geheim" not in str(error.value)


# ---- what counts -------------------------------------------------------------------------------------


def test_what_each_unit_has_said_is_its_newest_accepted_return(ledger: Ledger) -> None:
    said = [
        ("a", Verdict.ACCEPTED, "甲局", 2026),
        ("b", Verdict.ACCEPTED, "甲局", 2026),
        ("c", Verdict.RETURNED, "甲局", 2026),
        ("d", Verdict.RETURNED, "乙局", 2026),
        ("e", Verdict.ACCEPTED, "丙局", 2026),
        ("f", Verdict.ACCEPTED, "丁局", 2025),
    ]
    ledger.add_entries(
        [
            replace(
                entry(f"{name}.xlsx", verdict, unit),
                year=year,
                answered=Answered({"reporter": Answer(name, name, "", "")}),
            )
            for name, verdict, unit, year in said
        ]
    )
    answers = {each.unit: each.answered for each in ledger.standings(2026, with_answers=True) if each.answered}
    assert {unit: each.header["reporter"].raw for unit, each in answers.items()} == {"甲局": "b", "丙局": "e"}


def standing(unit: str, verdict: Verdict, version: int = 1) -> Standing:
    return Standing(RECEIVED_ON, f"{unit}{version}", "", unit, verdict, version, None, 0)


def test_the_newest_return_of_a_unit_counts_whatever_became_of_it() -> None:
    first, second = standing("甲", Verdict.ACCEPTED), standing("甲", Verdict.RETURNED, 2)
    assert latest_by_unit([first, second]) == {"甲": second}
    assert latest_by_unit([second, first]) == {"甲": first}


@pytest.mark.parametrize(
    "verdict", [Verdict.DUPLICATE, Verdict.SUPERSEDED, Verdict.UNIDENTIFIED, Verdict.UNREADABLE, Verdict.IGNORED]
)
def test_what_is_no_new_version_changes_nothing(verdict: Verdict) -> None:
    first = standing("甲", Verdict.ACCEPTED)
    assert latest_by_unit([first, standing("甲", verdict, 2)]) == {"甲": first}


@pytest.mark.parametrize(
    ("says", "words"),
    [
        ("locking protocol", "所在的磁盘不支持数据库的锁，可能是网络盘。请把工作台移到本机硬盘上再运行。"),
        ("disk I/O error", "磁盘已满或有故障"),
        ("unable to open database file", "无法打开台账"),
    ],
)
def test_a_disk_on_which_no_book_can_be_kept_is_said_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, says: str, words: str
) -> None:
    """As a network drive answers when the book is opened with a log of its own."""

    def refuse(*_: Any) -> NoReturn:
        raise sqlite3.OperationalError(says)

    monkeypatch.setattr(pages, "set_up_sqlite", refuse)
    with pytest.raises(DubanError, match=words):
        Ledger(f"sqlite:///{tmp_path / 'ledger.db'}")


def test_a_return_is_kept_as_typed_and_as_understood_with_its_places() -> None:
    place = Place("a.xlsx", "任务填报", 7, 9)
    task = Task("1", (), "内容。", ("甲局",), ())
    cells = {
        "progress": Cell("80%", 80.0, place),
        "filled_on": Cell("12月9日", date(2026, 12, 9), place),
        "self_score": Cell("很好", Unread.UNREADABLE, place),
        "remark": Cell("", None, place),
    }
    rows = (Row("1", cells, place, Assignment(task, "甲局", Role.LEAD)), Row("99", cells, place))
    sent = Return("a.xlsx", "0", "甲局", Signature(), {"reporter": Cell("林晓", "林晓", place)}, rows, ())
    answered = answered_by(sent)
    assert answered_to_json(answered) == {
        "header": {"reporter": ["林晓", "林晓", "任务填报", "I7"]},
        "rows": [
            {
                "number": "1",
                "role": "牵头",
                "cells": {
                    "progress": ["80%", 80.0, "任务填报", "I7"],
                    "filled_on": ["12月9日", "2026-12-09", "任务填报", "I7"],
                    "self_score": ["很好", None, "任务填报", "I7"],
                    "remark": ["", None, "任务填报", "I7"],
                },
            }
        ],
        "targets": [],
    }
    assert answered_from_json(answered_to_json(answered)) == answered
