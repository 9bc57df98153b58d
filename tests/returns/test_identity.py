"""Whose a return is, and what several files of one unit make: stages on values."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from io import BytesIO
from typing import Any

import docx
import pytest
from builders.year import RECEIVED_ON, fill, issue_one, issued_file, recipient_of, send, small_plan
from hypothesis import given
from hypothesis import strategies as st

from reporting.commands.collect import collect
from reporting.commands.identify import identify
from reporting.files.file_type import sniff
from reporting.ledger import Ledger
from reporting.ledger.standing import latest_accepted
from reporting.model import Cell, Place, Return, Row, Signature
from reporting.model.findings import DubanError
from reporting.office.form import Form
from reporting.office.workspace import Workspace
from reporting.returns.owner import Identified, Owners, identify_return
from reporting.returns.parts import put_together
from reporting.returns.reading.read import read_return

UNITS = ("市教育局", "市司法局", "临江区人民政府")
ALIASES = {"教育局": "市教育局"}


def known(*, signed: bool = True, plans: frozenset[str] = frozenset({"0" * 32})) -> Owners:
    plan = small_plan()
    return Owners(
        {unit: recipient_of(plan, unit).assignments for unit in UNITS},
        lambda name: ALIASES.get(name, name),
        lambda sent: signed and bool(sent.signature.unit),
        plans,
    )


@pytest.fixture(scope="module")
def sent(form: Form) -> Return:
    """市教育局's return, signed and filled in."""
    return read_in(fill(BytesIO(issue_one(small_plan(), form))), form)


def read_in(data: bytes, form: Form, name: str = "填报表.xlsx") -> Return:
    return replace(read_return(name, "0" * 64, data, sniff(data), form)[0], unit="市教育局")


def written(sent: Return, unit: str) -> Return:
    """The same with another name in the block."""
    place = sent.header["unit"].place
    return replace(sent, header=sent.header | {"unit": Cell(unit, unit or None, place)})


def said(found: Identified) -> list[tuple[str, str, str, str]]:
    return [
        (each.kind.code, str(each.kind.severity), each.place.cell, each.values.get("why", ""))
        for each in found.findings
    ]


def test_the_signature_tells_whose_it_is(sent: Return) -> None:
    assert identify_return(sent, known()) == Identified("市教育局")
    assert identify_return(written(sent, ""), known()) == Identified("市教育局")
    assert identify_return(written(sent, "教育局"), known()) == Identified("市教育局")


def test_the_workbook_of_another_unit_is_for_the_office_to_decide(sent: Return) -> None:
    found = identify_return(written(sent, "市司法局"), known())
    assert found.unit == ""
    assert said(found) == [
        ("unit_is_known", "error", "C3", "表头填报单位写的是“市司法局”，而这份表是下发给“市教育局”的")
    ]


def test_the_word_of_the_office_ends_the_question(sent: Return) -> None:
    found = identify_return(written(sent, "市司法局"), known(), decided="市司法局")
    assert found.unit == "市司法局"
    assert said(found) == [("unit_is_decided", "note", "C3", "")]


@pytest.mark.parametrize(
    ("signature", "why"),
    [
        (Signature(), "这份表没有本办下发时的签名，可能是复制到新文件中填写的"),
        (Signature("f" * 32, "2026", "市教育局", "1", ("1",), "x"), "这份表的签名属于另一次下发，不是本办这次下发的表"),
        (
            Signature("0" * 32, "2026", "市教育局", "1", ("1",), "x"),
            "这份表的签名不符，表中的单位或任务编号可能被改动过",
        ),
    ],
    ids=["missing", "foreign", "wrong"],
)
def test_without_our_signature_it_is_taken_in_and_the_office_is_asked(
    sent: Return, signature: Signature, why: str
) -> None:
    found = identify_return(replace(sent, signature=signature), known(signed=False))
    assert found.unit == "市教育局"
    assert said(found) == [("workbook_is_ours", "confirm", "C3", why)]


def test_without_any_name_the_tasks_tell(sent: Return) -> None:
    nameless = written(replace(sent, signature=Signature()), "")
    found = identify_return(nameless, known(signed=False))
    assert found.unit == "市教育局"
    assert said(found) == [("unit_is_told_by_tasks", "confirm", "C3", "")]
    fewer = replace(nameless, rows=nameless.rows[:1])
    assert said(identify_return(fewer, known(signed=False)))[0][0] == "unit_is_known"


def test_a_name_outside_the_plan_is_asked_about(sent: Return) -> None:
    found = identify_return(written(replace(sent, signature=Signature()), "市教育局政策法规科"), known(signed=False))
    assert said(found) == [("unit_is_known", "error", "C3", "“市教育局政策法规科”不在本次下发的单位中")]


# ---- several files of one unit -----------------------------------------------------------------------


def part(form: Form, name: str, rows: Mapping[str, Mapping[str, Any]], targets: Mapping[str, Any]) -> Return:
    """A return in which only these rows say something."""
    blank = dict.fromkeys(("完成状态", "完成进度(%)", "完成情况", "佐证材料"))
    filled = {number: rows.get(number, blank) for number in ("1", "2")}
    figures = {number: targets.get(number) for number in ("1-1", "1-2")}
    data = fill(BytesIO(issue_one(small_plan(), form)), filled, figures)
    return read_in(data, form, name)


FIRST: dict[str, dict[str, Any]] = {"1": {"完成情况": "建立协调机制，培训教师一百二十人。"}}
SECOND: dict[str, dict[str, Any]] = {"2": {"完成情况": "每季度开展一次普法宣传。"}}


def test_parts_without_a_common_task_are_one_return(form: Form) -> None:
    one = part(form, "一科.xlsx", FIRST, {"1-1": 7, "1-2": 9})
    two = part(form, "二科.xlsx", SECOND, {})
    together = put_together([one, two], form)
    assert together.merged
    assert [(each.kind.code, each.values["files"]) for each in together.findings] == [
        ("parts_are_merged", "一科.xlsx、二科.xlsx")
    ]
    rows = {row.number: (row.raw("progress_text") or row.raw("content"), row.place.file) for row in together.sent.rows}
    assert {number: file for number, (_, file) in rows.items()} == {"1": "一科.xlsx", "2": "二科.xlsx"}
    assert [(row.number, row.raw("value"), row.place.file) for row in together.sent.target_rows] == [
        ("1-1", "7", "一科.xlsx"),
        ("1-2", "9", "一科.xlsx"),
    ]
    assert together.sent.file == "二科.xlsx"


def test_a_new_version_is_no_question(form: Form) -> None:
    one = part(form, "旧.xlsx", FIRST | SECOND, {"1-1": 7, "1-2": 9})
    two = part(
        form, "新.xlsx", {"1": {"完成情况": "建立协调机制，培训教师一百三十人。"}} | SECOND, {"1-1": 8, "1-2": 9}
    )
    together = put_together([one, two], form)
    assert (together.merged, together.sent.file, together.findings) == (False, "新.xlsx", ())


def test_parts_that_overlap_are_asked_about_at_their_cells(form: Form) -> None:
    one = part(form, "一科.xlsx", FIRST, {"1-1": 7, "1-2": 9})
    two = part(form, "二科.xlsx", {"1": {"完成情况": "已经办结。"}} | SECOND, {"1-1": 7})
    together = put_together([one, two], form)
    assert (together.merged, together.sent.file) == (False, "二科.xlsx")
    assert [(each.kind.code, each.task, each.values["found"]) for each in together.findings] == [
        ("parts_are_whole", "", "1-2"),
        ("parts_agree", "1", "建立协调机制，培训教师一百二十人。"),
    ]
    assert together.findings[1].place == next(row.cells["result"].place for row in two.rows if row.number == "1")


def test_an_empty_workbook_stands_for_nobody(form: Form) -> None:
    one = part(form, "填了.xlsx", FIRST | SECOND, {"1-1": 7, "1-2": 9})
    empty = part(form, "空的.xlsx", {}, {})
    assert put_together([one, empty], form).sent.file == "填了.xlsx"
    assert put_together([empty], form).sent.file == "空的.xlsx"


@given(st.sets(st.sampled_from(["1", "2", "1-1", "1-2"])), st.permutations([0, 1]))
def test_the_order_of_parts_does_not_change_what_they_say(form: Form, first: set[str], order: list[int]) -> None:
    sides = [first, {"1", "2", "1-1", "1-2"} - first]
    parts = [
        Return(
            f"{index}.xlsx",
            "",
            "市教育局",
            Signature(),
            {},
            tuple(row_of(number, index) for number in ("1", "2") if number in side),
            tuple(row_of(number, index) for number in ("1-1", "1-2") if number in side),
        )
        for index, side in enumerate(sides)
    ]
    together = put_together([parts[index] for index in order], form)
    rows = [*together.sent.rows, *together.sent.target_rows]
    assert sorted(row.number for row in rows) == ["1", "1-1", "1-2", "2"]
    assert all(row.place.file == f"{0 if row.number in first else 1}.xlsx" for row in rows)


def row_of(number: str, index: int) -> Row:
    place = Place(f"{index}.xlsx", "任务填报", 7, 1)
    key = "value" if "-" in number else "result"
    return Row(number, {key: Cell("已办", "已办", place)}, place)


# ---- the whole way -----------------------------------------------------------------------------------


def test_the_office_names_the_unit_and_the_file_is_taken_in(workspace: Workspace) -> None:
    data = fill(issued_file(workspace, "市教育局"), header={"填报单位": "市司法局"})
    send(workspace, "新建工作表.xlsx", data)
    first = collect(workspace, [], RECEIVED_ON)
    assert [(each.unit, str(each.verdict)) for each in first.receipts] == [("", "unidentified")]
    given = identify(workspace, "新建工作表.xlsx", "市教育局", "电话核实", RECEIVED_ON)
    assert given.decision.words == "文件“新建工作表.xlsx”认定由市教育局报送"
    again = collect(workspace, [], RECEIVED_ON)
    assert [(each.unit, str(each.verdict)) for each in again.receipts] == [("市教育局", "accepted")]
    assert [(each.kind.code, each.place.cell) for each in again.outcome.findings] == [
        ("unit_is_decided", "C3"),
        ("unit_is_right", "C3"),
    ]
    assert again.outcome.findings[1].message.endswith("（经我办核实，按认定的单位登记）")
    assert again.outcome.findings[1].remedy == "不需要处理。"
    with pytest.raises(DubanError, match="已经按市教育局登记"):
        identify(workspace, "新建工作表.xlsx", "市司法局", "又有新情况", RECEIVED_ON)
    with pytest.raises(DubanError, match="找不到文件“没有"):
        identify(workspace, "没有.xlsx", "市教育局", "电话核实", RECEIVED_ON)


def test_two_offices_on_two_days_make_one_return(workspace: Workspace) -> None:
    blank = dict.fromkeys(("完成状态", "完成进度(%)", "完成情况", "佐证材料"))
    path = issued_file(workspace, "市教育局")
    send(workspace, "一科.xlsx", fill(path, {"2": blank}))
    first = collect(workspace, [], RECEIVED_ON)
    assert [str(each.verdict) for each in first.receipts] == ["returned"]
    send(workspace, "二科.xlsx", fill(path, {"1": blank}, {"1-1": None, "1-2": None}))
    second = collect(workspace, [], RECEIVED_ON)
    verdicts = {each.file: str(each.verdict) for each in second.receipts}
    assert verdicts == {"一科.xlsx": "duplicate", "二科.xlsx": "accepted"}
    merged = [each for each in second.outcome.findings if each.kind.code == "parts_are_merged"]
    assert [each.values["files"] for each in merged] == ["一科.xlsx、二科.xlsx"]
    with closing(Ledger(workspace.ledger_url)) as ledger:
        said = latest_accepted(ledger.standings(2026, with_answers=True))["市教育局"].answered
    assert said is not None
    assert [(row.number, row.raw("status")) for row in said.rows] == [("1", "已完成"), ("2", "已完成")]
    assert [row.raw("value") for row in said.targets] == ["12", "12"]


def test_two_offices_on_one_day_make_one_return(workspace: Workspace) -> None:
    blank = dict.fromkeys(("完成状态", "完成进度(%)", "完成情况", "佐证材料"))
    path = issued_file(workspace, "市教育局")
    send(workspace, "一科.xlsx", fill(path, {"2": blank}))
    send(workspace, "二科.xlsx", fill(path, {"1": blank}, {"1-1": None, "1-2": None}))
    collected = collect(workspace, [], RECEIVED_ON)
    assert sorted(str(each.verdict) for each in collected.receipts) == ["accepted", "merged"]
    assert [each.unit for each in collected.receipts] == ["市教育局", "市教育局"]


def test_an_empty_workbook_sent_later_takes_nothing_away(workspace: Workspace) -> None:
    path = issued_file(workspace, "市教育局")
    good = send(workspace, "填了.xlsx", fill(path))
    empty = send(workspace, "空的.xlsx", path.read_bytes())
    os.utime(good, (1, 1))
    os.utime(empty, (2, 2))
    collected = collect(workspace, [], RECEIVED_ON)
    assert {each.file: str(each.verdict) for each in collected.receipts} == {
        "填了.xlsx": "accepted",
        "空的.xlsx": "superseded",
    }


def test_questions_on_a_return_that_is_taken_in_go_to_its_unit(workspace: Workspace) -> None:
    path = issued_file(workspace, "市教育局")
    send(workspace, "教育局.xlsx", fill(path, targets={"1-1": "约12所"}))
    collected = collect(workspace, [], RECEIVED_ON)
    assert [str(each.verdict) for each in collected.receipts] == ["accepted"]
    names = [each.name for each in collected.outcome.written]
    assert names == ["2026_01_市教育局_核实说明_第1次.xlsx", "2026_01_市教育局_核实函_第1次.docx"]
    letter = "\n".join(each.text for each in docx.Document(str(collected.outcome.written[1])).paragraphs)
    assert "经校验，所报内容已经收下，其中部分内容需要核实。" in letter
    assert "关于请核实" in letter
    assert "退回" not in letter


def test_what_only_the_office_can_answer_goes_to_nobody(workspace: Workspace) -> None:
    def unsigned(book: Any) -> None:
        del book["_meta"]
        for name in list(book.custom_doc_props.names):
            del book.custom_doc_props[name]

    send(workspace, "教育局.xlsx", fill(issued_file(workspace, "市教育局"), edit=unsigned))
    collected = collect(workspace, [], RECEIVED_ON)
    assert [str(each.verdict) for each in collected.receipts] == ["accepted"]
    asked = [each for each in collected.outcome.findings if each.kind.code == "workbook_is_ours"]
    assert [(str(each.kind.severity), each.values["why"]) for each in asked] == [
        ("confirm", "这份表没有本办下发时的签名，可能是复制到新文件中填写的")
    ]
    assert collected.outcome.written == ()
