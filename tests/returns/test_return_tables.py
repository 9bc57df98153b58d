"""The two tables of a return elsewhere than on their own sheets: on one sheet, or each in a .csv."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from builders.formats import as_csv, sheets_of
from builders.year import RECEIVED_ON, fill, issued_file, read_and_check, send

from reporting.commands.collect import collect
from reporting.office.form import Form
from reporting.office.workspace import Workspace

FIGURES = {"1-1": 8, "1-2": 9}


@pytest.fixture(scope="module")
def filled(issued: Workspace) -> bytes:
    return fill(issued_file(issued, "市教育局"), None, FIGURES)


def together(data: bytes, row: int, column: int) -> bytes:
    """量化指标 pasted into 任务填报 with its headings at a cell, its own sheet taken out."""
    import openpyxl

    book = openpyxl.load_workbook(BytesIO(data))
    tasks: Any = book["任务填报"]
    for down, line in enumerate(book["量化指标"].iter_rows(min_row=4, max_row=6, values_only=True)):
        for right, value in enumerate(line):
            tasks.cell(row + down, column + right).value = value
    book.remove(book["量化指标"])
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


@pytest.mark.parametrize(
    ("row", "column", "cell"), [(12, 1, "F13"), (9, 1, "F10"), (6, 18, "W7")], ids=["below", "close", "beside"]
)
def test_both_tables_on_one_sheet_are_read(filled: bytes, form: Form, row: int, column: int, cell: str) -> None:
    sent, findings = read_and_check(together(filled, row, column), form)
    assert findings == ()
    assert [each.number for each in sent.rows] == ["1", "2"]
    assert [(each.number, each.value("value")) for each in sent.target_rows] == [("1-1", 8), ("1-2", 9)]
    assert sent.target_rows[0].cells["value"].place.cell == cell


def test_the_sheet_with_figures_counts_where_there_are_two(filled: bytes, issued: Workspace, form: Form) -> None:
    import openpyxl

    blank = openpyxl.load_workbook(issued_file(issued, "市教育局"))["量化指标"]
    book = openpyxl.load_workbook(BytesIO(together(filled, 12, 1)))
    sheet = book.create_sheet("量化指标")
    for line in blank.iter_rows():
        for cell in line:
            sheet[cell.coordinate].value = cell.value
    saved = BytesIO()
    book.save(saved)
    sent, findings = read_and_check(saved.getvalue(), form)
    assert [each.value("value") for each in sent.target_rows] == [8, 9]
    assert findings == ()


# ---- one .csv a table ------------------------------------------------------------------------------------


def texts(data: bytes, encoding: str) -> tuple[bytes, bytes]:
    sheets = sheets_of(data)
    return as_csv(sheets["任务填报"]).encode(encoding), as_csv(sheets["量化指标"]).encode(encoding)


def collected(workspace: Workspace, files: dict[str, bytes]) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """What became of each file, and what was said that asks something of the unit."""
    for name, data in files.items():
        send(workspace, name, data)
    got = collect(workspace, [], RECEIVED_ON)
    asked = [
        (each.kind.code, each.message + each.remedy)
        for each in got.outcome.findings
        if each.kind.severity != "note" and not each.kind.asks_office
    ]
    return {each.file: str(each.verdict) for each in got.receipts}, asked


NO_TARGETS = (
    "文件里没有“量化指标”表（.csv 文件只存得下一张工作表），2 个指标没有填报。"
    "请在随附的订正表中补填“量化指标”表，保存为 .xlsx 文件报送；"
    "也可以把“任务填报”“量化指标”各存为一个 .csv 文件，一起报送。"
)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_a_csv_of_one_table_is_told_where_the_other_belongs(encoding: str, filled: bytes, workspace: Workspace) -> None:
    tasks, targets = texts(filled, encoding)
    assert collected(workspace, {"填报.csv": tasks}) == (
        {"填报.csv": "returned"},
        [("both_tables_are_sent", NO_TARGETS)],
    )
    # the other half, sent the next day, is all that was missing
    assert collected(workspace, {"指标.csv": targets}) == ({"填报.csv": "duplicate", "指标.csv": "accepted"}, [])


@pytest.mark.parametrize("names", [("1.csv", "2.csv"), ("2.csv", "1.csv")])
def test_two_csv_of_one_unit_make_a_return(names: tuple[str, str], filled: bytes, workspace: Workspace) -> None:
    tasks, targets = texts(filled, "gb18030")
    verdicts, asked = collected(workspace, {names[0]: tasks, names[1]: targets})
    assert sorted(verdicts.values()) == ["accepted", "merged"]
    assert asked == []


def test_targets_alone_go_back_for_the_tasks(filled: bytes, workspace: Workspace) -> None:
    _, targets = texts(filled, "gb18030")
    verdicts, asked = collected(workspace, {"指标.csv": targets})
    assert verdicts == {"指标.csv": "returned"}
    ((code, sentence),) = asked
    assert code == "both_tables_are_sent"
    assert sentence.startswith("文件里没有“任务填报”表（.csv 文件只存得下一张工作表），2 项任务没有填报。")


@pytest.mark.parametrize(("sheet", "said"), [("任务填报", "2 项任务"), ("量化指标", "2 个指标")])
def test_a_sheet_that_was_deleted_is_one_sentence(sheet: str, said: str, issued: Workspace, form: Form) -> None:
    data = fill(issued_file(issued, "市教育局"), None, FIGURES, edit=lambda book: book.remove(book[sheet]))
    _, (finding,) = read_and_check(data, form)
    assert finding.message == f"文件里没有“{sheet}”表，{said}没有填报。"
    assert finding.remedy == f"请在随附的订正表中补填“{sheet}”表，保存为 .xlsx 文件报送。"


# ---- what a unit added -----------------------------------------------------------------------------------


def test_columns_that_a_unit_added_are_said(issued: Workspace, form: Form) -> None:
    def edit(book: Any) -> None:
        for cell, value in {"R6": "责任人", "R7": "王五", "R8": "赵六", "T8": "待领导审定"}.items():
            book["任务填报"][cell].value = value

    data = fill(issued_file(issued, "市教育局"), None, FIGURES, edit=edit)
    assert [(each.kind.code, each.place.cell, each.message) for each in read_and_check(data, form)[1]] == [
        (
            "column_is_of_the_form",
            "R6",
            "“任务填报”表多了“责任人”一列，不是下发的表里的，没有读取：R7“王五”；R8“赵六”。",
        ),
        (
            "column_is_of_the_form",
            "T6",
            "“任务填报”表的 T 列没有表头，有内容，不是下发的表里的，没有读取：T8“待领导审定”。",
        ),
    ]


def test_headings_repeated_on_a_page_are_no_row(issued: Workspace, form: Form) -> None:
    def edit(book: Any) -> None:
        sheet = book["任务填报"]
        sheet.insert_rows(8)
        for cell in sheet[6]:
            sheet.cell(8, cell.column).value = cell.value

    data = fill(issued_file(issued, "市教育局"), None, FIGURES, edit=edit)
    sent, findings = read_and_check(data, form)
    assert ([(each.number, each.place.row) for each in sent.rows], findings) == ([("1", 7), ("2", 9)], ())
