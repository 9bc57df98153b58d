"""The same harmless edit is let pass in all four workbooks that come back to the office, in every format."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from builders.formats import as_ods, as_xls, sheets_of
from builders.libreoffice import convert, needs_libreoffice
from builders.review import everything, sample
from builders.review import fill_in as fill_review
from builders.year import RECEIVED_ON, Edit, collect, copy_workspace, fill, issued_file, send, small_plan
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.commands.report import report
from reporting.documents.consolidated.file.read import Key, ShownRow, open_report_book, read_report_book
from reporting.documents.consolidated.verified import Shown
from reporting.files.file_type import FileType, sniff
from reporting.files.sheets.open import read_book, read_exactly
from reporting.language.values import task_number
from reporting.model.findings import Finding, Severity
from reporting.office.form import Form
from reporting.plan.book.read import read_planbook
from reporting.returns.reading.read import read_return
from reporting.review.sample import inspect
from reporting.review.workbook.open import open_review
from reporting.review.workbook.read import read_review_book

Read = tuple[object, list[Finding]]


@dataclass(frozen=True)
class Kind:
    """One of the four: its file as it came back, the sheet of its first table, two headings, its reader."""

    data: bytes
    suffix: str
    sheet: str
    key: str
    filled: str
    read: Callable[[Path], Read]


def read_a_return(path: Path, form: Form) -> Read:
    data = path.read_bytes()
    sent, findings = read_return(path.name, "0" * 64, data, sniff(data), form)
    rows = [(row.number, {key: cell.raw for key, cell in row.cells.items()}) for row in sent.rows]
    targets = [(row.number, {key: cell.raw for key, cell in row.cells.items()}) for row in sent.target_rows]
    return (rows, targets, {key: cell.raw for key, cell in sent.header.items()}), findings


def read_a_plan(path: Path) -> Read:
    plan, findings = read_planbook(path)
    tasks = [(task.number, task.path, task.content, task.lead, task.support, task.deadline) for task in plan.tasks]
    targets = [(each.number, each.task, each.name, each.op, each.value, each.unit) for each in plan.targets]
    units = [(unit.name, unit.kind, unit.members, unit.contact) for unit in plan.units]
    return (plan.title, plan.year, tasks, targets, units), list(findings)


def read_a_report(path: Path, form: Form) -> Read:
    blank: Shown = {"status": "", "progress": "", "opinion": ""}
    tasks: dict[Key, ShownRow] = {
        (task_number(each.number),): ShownRow(each.number, each.lead, each.content, blank, each.number)
        for each in small_plan().tasks
    }
    brought = open_report_book(path)
    assert brought is not None
    edits, findings = read_report_book(path.name, brought, {"任务汇总": tasks, "量化指标": {}}, form)
    return [(each.row.number, each.field, each.text, each.figure) for each in edits], findings


def typed_into_the_report(data: bytes) -> bytes:
    book = openpyxl.load_workbook(BytesIO(data))
    sheet: Any = book["任务汇总"]
    head = head_of(sheet, "核定状态")
    at = {cell.value: cell.column for cell in sheet[head]}
    for row in sheet.iter_rows(min_row=head + 1):
        if row[at["任务编号"] - 1].value in (1, "1"):
            row[at["核定状态"] - 1].value = "基本完成"
            row[at["核定进度(%)"] - 1].value = 90
            row[at["核定说明"] - 1].value = "尚有一项未验收。"
    return saved(book)


def saved(book: Any) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def head_of(sheet: Any, heading: str) -> int:
    """The row in which a heading stands."""
    return next(row for row in range(1, 30) if heading in [cell.value for cell in sheet[row]] and sheet.max_column > 3)


@pytest.fixture(scope="module")
def kinds(issued_once: Path, tmp_path_factory: pytest.TempPathFactory, form: Form) -> dict[str, Kind]:
    """The four workbooks, made by the program and filled in."""
    folder = tmp_path_factory.mktemp("alike")
    workspace = copy_workspace(issued_once, folder / "工作台")
    returned = fill(issued_file(workspace, "市教育局"), None, {"1-1": 8, "1-2": 9})
    send(workspace, "a.xlsx", returned)
    collect(workspace, now=RECEIVED_ON)
    report(workspace, datetime(2026, 12, 31, 12))
    (book,) = workspace.outbox("汇总").glob("*汇总表.xlsx")
    inspection = inspect(sample(), "plan-1", share=50, seed=7)
    review = fill_review(inspection, form, folder / "核定.xlsx", everything)

    def read_a_review(path: Path) -> Read:
        return read_review_book(open_review(path), inspection, form)

    return {
        "return": Kind(returned, "填报表", "任务填报", "任务编号", "完成状态", lambda path: read_a_return(path, form)),
        "plan": Kind(workspace.plan_file.read_bytes(), "plan", "任务", "任务编号", "牵头单位", read_a_plan),
        "review": Kind(review.read_bytes(), "核定表", "任务核定", "任务编号", "核定状态", read_a_review),
        "report": Kind(
            typed_into_the_report(book.read_bytes()),
            *("汇总表", "任务汇总", "任务编号", "核定状态"),
            lambda path: read_a_report(path, form),
        ),
    }


WORKBOOKS = ("return", "plan", "review", "report")

# ---- edits -------------------------------------------------------------------------------------------

Change = Callable[[Any, Kind], None]


def headings(rewrite: Callable[[str], str]) -> Change:
    """All headings of the first table written in another way."""

    def change(book: Any, kind: Kind) -> None:
        sheet = book[kind.sheet]
        for cell in sheet[head_of(sheet, kind.filled)]:
            if isinstance(cell.value, str):
                cell.value = rewrite(cell.value)

    return change


def unmerged(sheet: Any) -> None:
    for area in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(area))


def title_above(book: Any, kind: Kind) -> None:
    sheet = book[kind.sheet]
    unmerged(sheet)
    sheet.insert_rows(1, 2)
    sheet["A1"] = "内部资料 注意保存"


def foreign_columns(book: Any, kind: Kind) -> None:
    sheet = book[kind.sheet]
    head = head_of(sheet, kind.filled)
    unmerged(sheet)
    sheet.insert_cols(1)
    sheet.cell(head, 1).value = "序号"
    sheet.cell(head, sheet.max_column + 2).value = "经办人"


def moved_column(book: Any, kind: Kind) -> None:
    sheet = book[kind.sheet]
    head = head_of(sheet, kind.filled)
    unmerged(sheet)
    at = next(cell.column for cell in sheet[head] if cell.value == kind.filled)
    for row in range(head, sheet.max_row + 1):
        values = [cell.value for cell in sheet[row]]
        values.insert(0, values.pop(at - 1))
        for column, value in enumerate(values, 1):
            sheet.cell(row, column).value = value


def two_rows_of_headings(book: Any, kind: Kind) -> None:
    sheet = book[kind.sheet]
    head = head_of(sheet, kind.filled)
    unmerged(sheet)
    sheet.insert_rows(head + 1)
    for cell in list(sheet[head]):
        if cell.value is not None:
            sheet.merge_cells(start_row=head, end_row=head + 1, start_column=cell.column, end_column=cell.column)


def group_above(book: Any, kind: Kind) -> None:
    """The first heading over two rows, one over all the others above them."""
    sheet = book[kind.sheet]
    head = head_of(sheet, kind.filled)
    unmerged(sheet)
    sheet.insert_rows(head)
    first = next(cell for cell in sheet[head + 1] if cell.value == kind.key)
    sheet.cell(head, first.column).value, first.value = first.value, None
    sheet.merge_cells(start_row=head, end_row=head + 1, start_column=first.column, end_column=first.column)
    sheet.cell(head, first.column + 1).value = "本项任务的情况"


def hidden(book: Any, kind: Kind) -> None:
    sheet = book[kind.sheet]
    sheet.row_dimensions[head_of(sheet, kind.filled) + 1].hidden = True
    sheet.column_dimensions["B"].hidden = True


def filtered(book: Any, kind: Kind) -> None:
    sheet = book[kind.sheet]
    sheet.auto_filter.ref = f"A{head_of(sheet, kind.filled)}:C{sheet.max_row}"


def renamed(title: str) -> Change:
    return lambda book, kind: setattr(book[kind.sheet], "title", title)


def shuffled(book: Any, kind: Kind) -> None:
    book.move_sheet(kind.sheet, 3)
    book.create_sheet("随手记", 0)["A1"] = "下周开会"


def repeated_headings(book: Any, kind: Kind) -> None:
    sheet = book[kind.sheet]
    head = head_of(sheet, kind.filled)
    unmerged(sheet)
    sheet.insert_rows(head + 2)
    for cell in list(sheet[head]):
        sheet.cell(head + 2, cell.column).value = cell.value


EDITS: dict[str, Change] = {
    "必填": headings(lambda words: f"{words}（必填）"),
    "必填 in half width": headings(lambda words: f"{words}(必填)"),
    "in black brackets": headings(lambda words: f"【必填】{words}"),
    "how to fill in": headings(lambda words: f"{words}（没有变化可不填）"),
    "star": headings(lambda words: f"*{words}"),
    "star of an input method": headings(lambda words: f"{words} ★"),
    "other star": headings(lambda words: f"※{words}＊"),
    "blanks inside": headings(" ".join),
    "line break": headings(lambda words: f"{words[:2]}\n{words[2:]}"),
    "full width": headings(lambda words: words.replace("(", "（").replace(")", "）").replace("%", "％")),
    "colon": headings(lambda words: f"{words}："),
    "invisible sign": headings(lambda words: f"\u200b{words[:1]}\ufeff{words[1:]}\u200e"),
    "title above": title_above,
    "foreign columns": foreign_columns,
    "moved column": moved_column,
    "headings over two rows": two_rows_of_headings,
    "group above the headings": group_above,
    "hidden row and column": hidden,
    "filter": filtered,
    "sheet renamed": renamed("一览"),
    "sheet name with blanks": renamed("新 建 表 "),
    "sheets moved": shuffled,
    "headings on each page": repeated_headings,
}


def asked(findings: Sequence[Finding]) -> list[tuple[str, str]]:
    """What more than a note was said, with its cells."""
    return [(each.kind.code, each.place.cell) for each in findings if each.kind.severity != Severity.NOTE]


def read_edited(kind: Kind, change: Edit | None, path: Path) -> Read:
    if change is None:
        path.write_bytes(kind.data)
    else:
        book = openpyxl.load_workbook(BytesIO(kind.data))
        change(book)
        book.save(path)
    return kind.read(path)


@pytest.mark.slow
@pytest.mark.parametrize("name", EDITS)
@pytest.mark.parametrize("workbook", WORKBOOKS)
def test_the_same_edit_is_let_pass_in_all_four(
    workbook: str, name: str, kinds: dict[str, Kind], tmp_path: Path
) -> None:
    kind = kinds[workbook]
    plain, _ = read_edited(kind, None, tmp_path / f"{kind.suffix}.xlsx")
    read, findings = read_edited(kind, lambda book: EDITS[name](book, kind), tmp_path / f"{kind.suffix}改.xlsx")
    assert asked(findings) == []
    assert read == plain


@pytest.mark.parametrize("workbook", WORKBOOKS)
def test_a_heading_that_was_rewritten_is_read_and_told_in_all_four(
    workbook: str, kinds: dict[str, Kind], tmp_path: Path
) -> None:
    kind = kinds[workbook]

    def reword(book: Any) -> None:
        for cell in book[kind.sheet][head_of(book[kind.sheet], kind.filled)]:
            cell.value = f"2026年{cell.value}" if cell.value == kind.filled else cell.value

    plain, _ = read_edited(kind, None, tmp_path / f"{kind.suffix}.xlsx")
    read, findings = read_edited(kind, reword, tmp_path / f"{kind.suffix}改.xlsx")
    assert [each.kind.code for each in findings] == ["heading_is_unchanged"]
    assert asked(findings) == []
    assert f"“{kind.filled}”一列的表头被改成了“2026年{kind.filled}”" in findings[-1].message
    assert read == plain


@pytest.mark.parametrize("workbook", WORKBOOKS)
def test_two_filled_columns_of_one_heading_are_told_alike_in_all_four(
    workbook: str, kinds: dict[str, Kind], tmp_path: Path
) -> None:
    kind = kinds[workbook]

    def double(book: Any) -> None:
        sheet = book[kind.sheet]
        head, last = head_of(sheet, kind.filled), sheet.max_column + 1
        sheet.cell(head, last).value, sheet.cell(head + 1, last).value = kind.filled, "另填的"

    path = tmp_path / f"{kind.suffix}.xlsx"
    (finding,) = [each for each in read_edited(kind, double, path)[1] if each.kind.code == "heading_is_single"]
    assert finding.is_error
    assert finding.message.startswith(f"“{path.name}”的工作表“{kind.sheet}”中，表头“{kind.filled}”出现了两次（")
    assert finding.message.endswith("“另填的”。")


# ---- formats -----------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("name", [".xls", ".et", ".ods", ".xlsx", ".xlsm"])
@pytest.mark.parametrize("save", ["xls", "ods", "xlsx"])
@pytest.mark.parametrize("workbook", WORKBOOKS)
def test_every_format_under_any_name_is_read_alike(
    workbook: str, save: str, name: str, kinds: dict[str, Kind], tmp_path: Path
) -> None:
    kind = kinds[workbook]
    plain, _ = read_edited(kind, None, tmp_path / f"{kind.suffix}.xlsx")
    path = tmp_path / f"{kind.suffix}另存{name}"
    if save == "xlsx":
        path.write_bytes(kind.data)
    else:
        path.write_bytes((as_xls if save == "xls" else as_ods)(sheets_of(kind.data)))
    read, findings = kind.read(path)
    assert asked(findings) == []
    assert read == plain


@pytest.mark.slow
@needs_libreoffice
@pytest.mark.parametrize("to", ["xls", "ods", "xlsx"])
def test_what_libreoffice_saved_is_read_alike(
    to: str, kinds: dict[str, Kind], office_folder: Path, tmp_path: Path
) -> None:
    paths = {}
    for name, kind in kinds.items():
        paths[name] = tmp_path / f"{name}.xlsx"
        paths[name].write_bytes(kind.data)
    made = convert(office_folder, to, paths.values())
    for name, kind in kinds.items():
        read, findings = kind.read(made[name])
        assert (name, asked(findings), read) == (name, [], kind.read(paths[name])[0])


# ---- texts -------------------------------------------------------------------------------------------

PIECES: tuple[str, ...] = ("_x0041_", "_x005F_x0041_", "_X0041_", "_x000D_", "=1+1", "'", "\n", "\t")
PIECES += ("😀", "𠮷", "\ud7ff", "\ue000", "甲", " ")


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map("".join))
def test_any_text_is_read_as_it_stands_in_any_format(text: str) -> None:
    """No reader takes for an escape what is none in its format: only an .xlsx escapes."""
    rows: list[list[Any]] = [[f"甲{text}乙"]]
    escaped = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", f"甲{text}乙")
    book = openpyxl.Workbook()
    cell: Any = book.worksheets[0].cell(1, 1)
    cell.value, cell.data_type = escaped, "s"
    made = {FileType.XLS: as_xls({"表": rows}), FileType.ODS: as_ods({"表": rows}), FileType.XLSX: saved(book)}
    for kind, data in made.items():
        assert {kind: read_exactly(data, kind).sheets[0].rows[0][0]} == {kind: rows[0][0]}
    assert read_book(made[FileType.XLSX], FileType.XLSX).sheets[0].rows[0][0] == rows[0][0]
