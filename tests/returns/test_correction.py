"""The correction over several rounds: comments, links, answers, and what it shows as settled."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from builders.libreoffice import XLSX, convert, needs_libreoffice
from builders.year import RECEIVED_ON, fill, issued_file, read_and_check, send
from openpyxl.comments import Comment

from reporting.commands.collect import collect
from reporting.files.sheets.comments import read_notes
from reporting.office.workspace import Workspace
from reporting.returns.workbook.marks import own_comments


def saved_book(book: Any) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def note(cell: Any, text: str, author: str = "林晓") -> None:
    cell.comment = Comment(text, author)


def comments_of(book: Any) -> dict[str, tuple[str, str]]:
    return {
        cell.coordinate: (cell.comment.author, cell.comment.text)
        for line in book["任务填报"].iter_rows()
        for cell in line
        if cell.comment
    }


def test_senders_comments_stay_over_the_rounds_and_ours_go_when_settled(workspace: Workspace) -> None:
    def comment(book: Any) -> None:
        sheet = book["任务填报"]
        note(sheet["J7"], "数据来自教育统计年报。")
        note(sheet["N7"], "自评已经局务会审定。")
        note(sheet["C8"], "这项去年由司法局牵头。")
        note(sheet["P3"], "请尽快回复。")

    first = fill(
        issued_file(workspace, "市教育局"),
        {"1": {"自评分": 120}, "2": {"完成状态": "快了"}},
        {"1-1": 7, "1-2": 9},
        edit=comment,
    )
    send(workspace, "一.xlsx", first)
    collect(workspace, (), now=RECEIVED_ON)
    (back,) = workspace.outbox("退回").glob("*市教育局_退回修改_第1次.xlsx")
    book = openpyxl.load_workbook(back)
    found = comments_of(book)
    assert found["J7"] == ("林晓", "数据来自教育统计年报。")
    assert found["C8"] == ("林晓", "这项去年由司法局牵头。")
    assert found["N7"][1].startswith("【校验意见】\n自评分“120”超出范围")
    assert found["N7"][1].endswith("\n【来件批注】林晓\n自评已经局务会审定。")
    assert found["H8"][1].startswith("【校验意见】")
    assert found["A1"][1] == "【校验意见】\n【来件批注】\nP3：请尽快回复。"

    book["任务填报"]["N7"].value = 95  # one of two is put right
    send(workspace, "二.xlsx", saved_book(book))
    collect(workspace, (), now=datetime(2026, 12, 11, 12))
    (back,) = workspace.outbox("退回").glob("*市教育局_退回修改_第2次.xlsx")
    book = openpyxl.load_workbook(back)
    found = comments_of(book)
    assert found["N7"] == ("林晓", "自评已经局务会审定。")  # ours is gone, theirs is back
    assert found["H8"][1].count("【校验意见】") == 1
    assert found["A1"][1] == "【校验意见】\n【来件批注】\nP3：请尽快回复。"

    book["任务填报"]["H8"].value = "已完成"
    send(workspace, "三.xlsx", saved_book(book))
    last = collect(workspace, (), now=datetime(2026, 12, 12, 12))
    assert [str(each.verdict) for each in last.receipts if each.file == "三.xlsx"] == ["accepted"]


def test_links_lead_from_the_list_to_the_cells_and_back(workspace: Workspace) -> None:
    data = fill(
        issued_file(workspace, "市教育局"), {"2": {"完成状态": "快了", "自评分": -1}}, {"1-1": "很多", "1-2": 9}
    )
    send(workspace, "一.xlsx", data)
    collect(workspace, (), now=RECEIVED_ON)
    (back,) = workspace.outbox("退回").glob("*市教育局_退回修改_第1次.xlsx")
    book = openpyxl.load_workbook(back)
    listed = book["问题清单"]
    there = [listed[f"E{row}"].hyperlink.location for row in (4, 5, 6)]
    assert there == ["'任务填报'!H8", "'任务填报'!N8", "'量化指标'!F5"]
    assert book["任务填报"]["A7"].hyperlink is None
    assert book["任务填报"]["A8"].hyperlink.location == "'问题清单'!A4"
    assert book["量化指标"]["A5"].hyperlink.location == "'问题清单'!A6"
    assert listed["J4"].value == '=IF(EXACT(任务填报!H8&"",$G4&""),"待处理","已处理")'


def test_answer_to_a_question_is_typed_beside_it_and_read_back(workspace: Workspace) -> None:
    """A confirm goes back only beside an error; answered in 说明 it is settled."""
    form = workspace.form
    first = fill(issued_file(workspace, "市教育局"), {"2": {"完成状态": "快了"}}, {"1-1": 2, "1-2": 9})
    send(workspace, "一.xlsx", first)
    collect(workspace, (), now=RECEIVED_ON)
    (back,) = workspace.outbox("退回").glob("*市教育局_退回修改_第1次.xlsx")
    book = openpyxl.load_workbook(back)
    assert "LEN(TRIM(量化指标!H5))=0" in book["问题清单"]["J5"].value
    book["任务填报"]["H8"].value = "已完成"
    book["量化指标"]["H5"].value = "两所学校推迟到明年挂牌。"
    _, findings = read_and_check(saved_book(book), form)
    assert [each.kind.code for each in findings if str(each.kind.severity) != "note"] == []


def test_comments_of_a_file_that_is_no_workbook_are_none() -> None:
    assert own_comments(read_notes(b"")) == {}
    assert own_comments(read_notes(b"PK\x03\x04 cut short")) == {}


@pytest.mark.slow
@needs_libreoffice
def test_correction_put_right_in_libreoffice_is_a_return_like_any_other(
    workspace: Workspace, office_folder: Path
) -> None:
    """Only the cells of the list are changed, and the file is saved by another program."""
    data = fill(issued_file(workspace, "市教育局"), {"2": {"完成状态": "快了"}}, {"1-1": 7, "1-2": 9}, {"审核人": None})
    send(workspace, "一.xlsx", data)
    collect(workspace, (), now=RECEIVED_ON)
    (back,) = workspace.outbox("退回").glob("*市教育局_退回修改_第1次.xlsx")
    book = openpyxl.load_workbook(back)
    for row in (4, 5):
        sheet, _, address = book["问题清单"][f"E{row}"].hyperlink.location.partition("!")
        assert book[sheet.strip("'")][address].value in (None, "快了")
        book[sheet.strip("'")][address].value = {"F4": "周正", "H8": "已完成"}[address]
    path = office_folder / "订正.xlsx"
    path.write_bytes(saved_book(book))
    (saved,) = convert(office_folder, XLSX, [path]).values()
    shown = openpyxl.load_workbook(saved, data_only=True)
    assert [shown["问题清单"][cell].value for cell in ("J4", "J5")] == ["已处理", "已处理"]
    assert shown["任务填报"]["A2"].value == "填报检查：各项均已填写，可以报送。"
    send(workspace, "二.xlsx", saved.read_bytes())
    again = collect(workspace, (), now=datetime(2026, 12, 11, 12))
    assert [str(each.verdict) for each in again.receipts if each.file == "二.xlsx"] == ["accepted"]


def test_a_question_about_a_copy_of_the_sheet_leads_to_its_own_cell(workspace: Workspace) -> None:
    def copy(book: Any) -> None:
        other = book.copy_worksheet(book["任务填报"])
        other.title = "底稿"
        other["J8"].value = "组织普法宣传活动六次，覆盖学校七十所。"

    data = fill(issued_file(workspace, "市教育局"), None, {"1-1": 7, "1-2": 9}, edit=copy)
    send(workspace, "一.xlsx", data)
    collect(workspace, (), now=RECEIVED_ON)
    (asked,) = workspace.outbox("退回").glob("*市教育局*.xlsx")
    book = openpyxl.load_workbook(asked)
    row = [cell.value for cell in book["问题清单"][4]]
    assert row[1:5] == ["2", "完成情况", "任务填报 J8", "任务填报!J8"]
    assert str(book["任务填报"]["Q8"].value).startswith("1. “底稿”表另有一份填报内容")
