"""Good returns as clerks edit them: at least 98 % are accepted as they are, none with other values than typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from builders.formats import as_csv, as_ods, as_word, as_xls, sheets_of
from builders.year import fill, issue_one, read_and_check, small_plan
from openpyxl.styles import Alignment, Font, PatternFill

from reporting.files.file_type import FileType, sniff
from reporting.office.form import Form
from reporting.returns.reading.read import UnreadableError, read_return

Edit = Callable[[Any], object]

TASKS, TARGETS, HELP = "任务填报", "量化指标", "填报说明"
HEAD, FIRST, LAST = 6, 7, 8
ROWS: dict[str, dict[str, Any]] = {
    "1": {"备注": "含联合会商两次。"},
    "2": {
        "完成状态": "滞后",
        "完成进度(%)": 40,
        "存在问题及原因": "经费没有到位。",
        "下一步计划": "2027年3月底前完成。",
    },
}
FIGURES = {"1-1": 12, "1-2": 13}
ACCEPTED = 0.98


def write(sheet: str, **cells: Any) -> Edit:
    """Type values into cells."""

    def edit(book: Any) -> None:
        for address, value in cells.items():
            book[sheet][address] = value

    return edit


def on(sheet: str, do: Callable[[Any], object]) -> Edit:
    """Do something with a sheet."""
    return lambda book: do(book[sheet])


def merge(*areas: str) -> Edit:
    def edit(book: Any) -> None:
        for area in areas:
            book[TASKS].merge_cells(area)

    return edit


def shown_as(address: str, value: Any, number_format: str) -> Edit:
    def edit(book: Any) -> None:
        book[TASKS][address] = value
        book[TASKS][address].number_format = number_format

    return edit


def sort_rows(book: Any) -> None:
    sheet = book[TASKS]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(FIRST, LAST, max_col=16)]
    for row, values in enumerate(reversed(rows), FIRST):
        for column, value in enumerate(values, 1):
            sheet.cell(row, column).value = value


def insert_column(book: Any) -> None:
    book[TASKS].insert_cols(8)
    for row, value in zip(range(HEAD, LAST + 1), ("责任科室", "综合科", "宣传科"), strict=True):
        book[TASKS].cell(row, 8).value = value


def number_column(book: Any) -> None:
    book[TASKS].insert_cols(1)
    for row, value in zip(range(HEAD, LAST + 1), ("序号", 1, 2), strict=True):
        book[TASKS].cell(row, 1).value = value


def as_text(book: Any) -> None:
    for row in range(FIRST, LAST + 1):
        for column in (1, 9, 14):
            cell = book[TASKS].cell(row, column)
            cell.value = None if cell.value is None else str(cell.value)


def copy_sheet(book: Any) -> None:
    book.copy_worksheet(book[TASKS]).title = "任务填报 (2)"


def filter_rows(book: Any) -> None:
    book[TASKS].auto_filter.ref = "A6:P8"
    book[TASKS].row_dimensions[8].hidden = True


def swap_columns(book: Any) -> None:
    sheet = book[TASKS]
    for row in range(HEAD, LAST + 1):
        one, other = sheet.cell(row, 13), sheet.cell(row, 15)
        one.value, other.value = other.value, one.value


def group_rows(book: Any) -> None:
    book[TASKS].insert_rows(8)
    book[TASKS]["A8"] = "（以上为牵头任务）"


def colour(book: Any) -> None:
    for cell in book[TASKS][FIRST]:
        cell.font, cell.fill = Font(color="FF0000", bold=True), PatternFill("solid", fgColor="FFFF00")
        cell.alignment = Alignment(wrap_text=True)


def lose(*names: str) -> Edit:
    def edit(book: Any) -> None:
        for name in names:
            del book[name]

    return edit


def rename(sheet: str, title: str) -> Edit:
    return lambda book: setattr(book[sheet], "title", title)


EDITS: dict[str, Edit] = {
    "nothing": write(TASKS),
    "序号 for 任务编号": write(TASKS, A6="序号"),
    "编号": write(TASKS, A6="编号"),
    "no heading over the numbers": write(TASKS, A6=None),
    "重点任务": write(TASKS, C6="重点任务"),
    "状态 and 进度": write(TASKS, H6="状态", I6="进度"),
    "（必填）": write(TASKS, H6="完成状态（必填）", J6="*完成情况"),
    "a line break in a heading": write(TASKS, H6="完成\n状态", I6="完成进度\n（%）"),
    "no heading over the statuses": write(TASKS, H6=None),
    "完成率": write(TASKS, I6="完成率（%）"),
    "进展情况": write(TASKS, J6="进展情况"),
    "存在的问题, 下步打算": write(TASKS, K6="存在的问题", L6="下步打算"),
    "附件": write(TASKS, M6="附件"),
    "six headings": write(TASKS, A6="序号", C6="工作任务", H6="状态", I6="进度", J6="进展情况", M6="附件"),
    "完成数": write(TARGETS, F4="完成数", A4="序号"),
    "rows sorted": sort_rows,
    "a column put in": insert_column,
    "a column of numbers put in": number_column,
    "columns changed places": swap_columns,
    "numbers as text": as_text,
    "numbers written anew": write(TASKS, A7=2, A8=1),
    "numbers with a mark": write(TASKS, A7="1、", A8="2、"),
    "dates with dots": write(TASKS, H4="2026.12.9"),
    "a date in words": write(TASKS, H4="2026年12月9日"),
    "a date with the time of day": write(TASKS, H4=datetime(2026, 12, 9, 15, 30)),
    "month and day": write(TASKS, H4="12月9日"),
    "no date": write(TASKS, H4=None),
    "100%": shown_as("I7", 1, "0%"),
    "100% as text": write(TASKS, I7="100%"),
    "40％": write(TASKS, I8="40％"),
    "40.0": shown_as("I8", 40, "0.0"),
    "办结": write(TASKS, H7="办结"),
    "a status with blanks": write(TASKS, H7=" 已 完成 "),
    "a status with a full stop": write(TASKS, H7="已完成。"),
    "全部完成": write(TASKS, H7="已全部完成"),
    "进度滞后": write(TASKS, H8="进度滞后"),
    "无 where nothing is asked": write(TASKS, K7="无", L7="无"),
    "a dash where nothing is asked": write(TASKS, K7="—", L7="/"),
    "12件": write(TARGETS, F5="12件"),
    "category merged": merge("B7:B8"),
    "category written anew": write(TASKS, B7="知识产权保护"),
    "roles and status merged": merge("M7:M8"),
    "the plan's commas in another width": lambda book: write(TASKS, C7=str(book[TASKS]["C7"].value).replace("，", ","))(
        book
    ),
    "a deadline shortened": write(TASKS, G7="12月底"),
    "the unit's full name": write(TASKS, C3="青川市教育局"),
    "a telephone with a dash": write(TASKS, C4="0818-6234 0011"),
    "a telephone as a number": write(TASKS, C4=62340011),
    "rows hidden": filter_rows,
    "rows higher": lambda book: setattr(book[TASKS].row_dimensions[7], "height", 200),
    "columns hidden": lambda book: setattr(book[TASKS].column_dimensions["J"], "hidden", True),
    "colours": colour,
    "unprotected": lambda book: setattr(book[TASKS].protection, "sheet", False),
    "title rows put in": on(TASKS, lambda sheet: sheet.insert_rows(1, 3)),
    "blank rows put in": on(TASKS, lambda sheet: sheet.insert_rows(8, 2)),
    "a line between the rows": group_rows,
    "title changed": write(TASKS, A1="市教育局2026年任务填报表"),
    "a remark below": write(TASKS, A10="注：以上数据截至2026年11月30日。"),
    "a signature below": write(TASKS, A10="单位负责人（签字）：", H10="填报人：林晓", J10="2026年12月9日"),
    "a stamp below": write(TASKS, J11="（盖章）"),
    "a sum below": write(TARGETS, A8="合计", F8=25),
    "the sheet copied": copy_sheet,
    "sheets renamed": lambda book: (rename(TASKS, "Sheet1")(book), rename(TARGETS, "Sheet2")(book)),
    "other sheets deleted": lose(HELP, "字典"),
    "a sheet of its own put in": lambda book: book.create_sheet("通讯录"),
    "check column emptied": write(TASKS, P7=None, P8=None),
    "check column deleted": on(TASKS, lambda sheet: sheet.delete_cols(18)),
    "blanks and line breaks": lambda book: write(TASKS, J7=f"　{book[TASKS]['J7'].value}\n\n")(book),
}


def as_one_csv(data: bytes) -> bytes:
    return as_csv(sheets_of(data)[TASKS]).encode("utf-8-sig")


SAVES: dict[str, Callable[[bytes], bytes]] = {
    "Excel 97": lambda data: as_xls(sheets_of(data)),
    "OpenDocument": lambda data: as_ods(sheets_of(data)),
    "Word": lambda data: as_word(sheets_of(data)[TASKS], "rows"),
}


@pytest.fixture(scope="module")
def blank(form: Form) -> bytes:
    return issue_one(small_plan(), form)


def outcome(data: bytes, form: Form) -> tuple[list[str], dict[tuple[str, str], object]]:
    """What sends a return back, and what was understood, by number and column."""
    try:
        sent, findings = read_and_check(data, form)
    except UnreadableError as error:
        return [error.finding.message], {}
    wrong = [each.message for each in findings if each.is_error]
    asked = {"status", "progress", "result", "value"}
    rows = [row for row in (*sent.rows, *sent.target_rows) if row.assignment or row.target]
    values = {(row.number, key): cell.value for row in rows for key, cell in row.cells.items() if key in asked}
    return wrong, {where: value for where, value in values.items() if value is not None}


def plain(values: dict[tuple[str, str], object]) -> dict[tuple[str, str], str]:
    """Values as texts: without the blanks around them, and 100 for 100.0."""
    return {where: str(value).strip().removesuffix(".0") for where, value in values.items()}


@pytest.mark.slow
def test_good_returns_under_natural_edits_are_accepted_as_they_are(blank: bytes, form: Form) -> None:
    _, right = outcome(fill(BytesIO(blank), ROWS, FIGURES), form)
    refused: list[str] = []
    other: list[str] = []
    for name, edit in EDITS.items():
        wrong, values = outcome(fill(BytesIO(blank), ROWS, FIGURES, edit=edit), form)
        refused += [f"{name}: {wrong}"] if wrong else []
        other += [name] if not wrong and plain(values) != plain(right) else []
    for name, save in SAVES.items():
        wrong, values = outcome(save(fill(BytesIO(blank), ROWS, FIGURES)), form)
        here = {where: value for where, value in plain(right).items() if name != "Word" or where[1] != "value"}
        missing = [each for each in wrong if name != "Word" or "量化指标" not in each]
        refused += [f"{name}: {missing}"] if missing else []
        other += [name] if not wrong and plain(values) != here else []
    count = len(EDITS) + len(SAVES)
    assert count >= 60
    assert len(refused) <= count * (1 - ACCEPTED), "\n".join(refused)
    assert other == []


def test_the_formats_are_those_meant(blank: bytes, form: Form) -> None:
    kinds = [sniff(save(blank)) for save in SAVES.values()]
    assert kinds == [FileType.XLS, FileType.ODS, FileType.WORD]
    sent, _ = read_return("a.csv", "0" * 64, as_one_csv(fill(BytesIO(blank))), FileType.CSV, form)
    assert [row.number for row in sent.rows] == ["1", "2"]
