"""The consolidated workbook goes out with what is verified, is edited by the office, and comes back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from builders.laws import examples
from builders.libreoffice import XLSX, convert, needs_libreoffice
from builders.year import RECEIVED_ON, copy_workspace, fill, issued_file, send
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import cli
from reporting.commands import collect as collect_command
from reporting.commands import report as report_command
from reporting.commands import verify as verify_command
from reporting.commands.review_collect import review_collect
from reporting.commands.review_issue import review_issue
from reporting.documents.consolidated.file.read import Brought, ShownRow, read_report_book
from reporting.files.sheets.grid import Sheet
from reporting.language.characters import same_words
from reporting.language.values import as_text
from reporting.ledger import Ledger
from reporting.ledger.verified import amend, review_in_force
from reporting.model.findings import DubanError
from reporting.model.review import Amendment, Review, TargetReview, TaskReview
from reporting.office.form import Form
from reporting.office.workspace import Workspace
from reporting.review.verified import ReviewCollected

pytestmark = pytest.mark.slow

DAY = datetime(2026, 12, 31, 12)
NOW = datetime(2027, 1, 10, 9)
ANSWERS: dict[str, dict[str, dict[str, Any]]] = {
    "市教育局": {"1": {"完成状态": "已完成", "完成进度(%)": 100}},
    "市司法局": {},
    "临江区人民政府": {},
    "云山区人民政府": {},
}


@pytest.fixture(scope="module")
def reported_once(issued_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which everybody has answered and a report is written."""
    workspace = copy_workspace(issued_once, tmp_path_factory.mktemp("reported") / "工作台")
    for unit, rows in ANSWERS.items():
        send(workspace, f"{unit}.xlsx", fill(issued_file(workspace, unit), rows))
    collect_command.collect(workspace, [], RECEIVED_ON)
    report_command.report(workspace, DAY)
    return workspace.root


@pytest.fixture
def reported(reported_once: Path, tmp_path: Path) -> Workspace:
    """The same, to be worked in."""
    return copy_workspace(reported_once, tmp_path / "工作台")


def book_path(workspace: Workspace) -> Path:
    """Where the consolidated workbook stands."""
    return workspace.outbox("汇总") / "2026年度任务完成情况汇总表.xlsx"


def row_of(sheet: Any, *key: object) -> int:
    """The row whose cells hold these, wherever they stand."""
    for line in sheet.iter_rows():
        if set(map(str, key)) <= {str(cell.value) for cell in line}:
            return int(line[0].row)
    raise AssertionError(key)


def column_of(sheet: Any, heading: str) -> int:
    """The column with a heading."""
    return next(int(cell.column) for line in sheet.iter_rows(max_row=8) for cell in line if cell.value == heading)


def cells(sheet: Any, key: tuple[object, ...], *headings: str) -> list[object]:
    """What stands in the columns of the row."""
    return [sheet.cell(row_of(sheet, *key), column_of(sheet, heading)).value for heading in headings]


def put(sheet: Any, key: tuple[object, ...], **values: object) -> None:
    """Type into the columns of the row."""
    for heading, value in values.items():
        sheet.cell(row_of(sheet, *key), column_of(sheet, heading)).value = value


def edit(workspace: Workspace, *changes: Callable[[Any], None], name: str = "改过的汇总表.xlsx") -> Path:
    """The workbook as the office brings it back."""
    book = openpyxl.load_workbook(book_path(workspace))
    for change in changes:
        change(book)
    path = workspace.root / name
    book.save(path)
    return path


def verify_task(number: str, **values: object) -> Callable[[Any], None]:
    return lambda book: put(book["任务汇总"], (number, f"{number}"), **values)


def collect(workspace: Workspace, path: Path) -> ReviewCollected:
    return review_collect(workspace, path, NOW)


def codes(collected: ReviewCollected) -> list[tuple[str, str, str]]:
    return [(each.kind.code, each.place.part, each.place.cell) for each in collected.outcome.findings]


def current(workspace: Workspace) -> Review | None:
    with closing(Ledger(workspace.ledger_url)) as ledger:
        found = ledger.current_review(2026)
    return found.review if found else None


def verified(workspace: Workspace) -> dict[tuple[str, str], TaskReview]:
    review = current(workspace)
    return {(each.number, each.unit): each for each in review.tasks} if review else {}


# ---- before anything was verified --------------------------------------------------------------------


def test_before_inspection_the_columns_are_there_and_blank(reported: Workspace) -> None:
    book: Any = openpyxl.load_workbook(book_path(reported))
    for name, headings in {
        "任务汇总": ("核定状态", "核定进度(%)", "核定说明"),
        "量化指标": ("核定完成值", "核定说明", "核定完成率", "核定后是否达到"),
        "单位情况": ("考评得分", "名次", "等次", "验收结论"),
    }.items():
        sheet = book[name]
        for heading in headings:
            column = column_of(sheet, heading)
            head = next(row for row in range(1, 9) if sheet.cell(row, column).value == heading)
            assert {sheet.cell(row, column).value for row in range(head + 1, sheet.max_row + 1)} == {None}
        assert "尚未核定" in "".join(str(sheet.cell(row, column).value) for row in (2, 3) for column in range(1, 9))


def test_the_status_is_chosen_from_a_list_with_a_hint(reported: Workspace) -> None:
    book: Any = openpyxl.load_workbook(book_path(reported))
    rules = {each.promptTitle: each for each in book["任务汇总"].data_validations.dataValidation}
    assert (rules["核定状态"].type, rules["核定状态"].errorStyle) == ("list", "warning")
    assert "下拉" in rules["核定状态"].prompt
    name = str(rules["核定状态"].formula1)
    assert book.defined_names[name].attr_text.startswith("字典!$A$2:$A$")
    listed = [cell.value for cell in book["字典"]["A"]]
    assert listed == ["核定状态", *reported.form.statuses]
    assert set(rules) == {"核定状态", "核定进度(%)", "核定说明"}


def test_an_untouched_workbook_changes_nothing(reported: Workspace) -> None:
    collected = collect(reported, book_path(reported))
    assert not collected.changed
    assert collected.outcome.findings == ()
    assert collected.outcome.notes == ("汇总表的核定各栏没有改动。",)
    assert current(reported) is None


# ---- what the office verified ------------------------------------------------------------------------


def test_what_the_office_verified_is_recorded_for_the_lead_and_stands_in_the_next_workbook(reported: Workspace) -> None:
    path = edit(
        reported,
        verify_task("1", **{"核定状态": "滞后", "核定进度(%)": 60, "核定说明": "现场只有四所"}),
        lambda book: put(book["量化指标"], ("1-1", "市教育局"), **{"核定完成值": "4所", "核定说明": "挂牌名单"}),
    )
    collected = collect(reported, path)
    assert codes(collected) == []
    assert collected.changed
    assert collected.outcome.notes == (
        "任务 1（市教育局）：核定状态填为“滞后”。",
        "任务 1（市教育局）：核定进度(%)填为“60”。",
        "任务 1（市教育局）：核定说明填为“现场只有四所”。",
        "指标 1-1（市教育局）：核定完成值填为“4”。",
        "指标 1-1（市教育局）：核定说明填为“挂牌名单”。",
    )
    assert verified(reported) == {
        ("1", "市教育局"): TaskReview("1", "市教育局", "", "滞后", 60.0, None, "", "现场只有四所")
    }
    review = current(reported)
    assert review is not None
    assert review.targets == (TargetReview("1-1", "市教育局", 4.0, "挂牌名单"),)

    with closing(Ledger(reported.ledger_url)) as ledger:
        (entry,) = ledger.amended_reviews(2026)
    assert {(each.field, each.raw, each.sheet) for each in entry.amendments} == {
        ("status", "滞后", "任务汇总"),
        ("progress", "60", "任务汇总"),
        ("opinion", "现场只有四所", "任务汇总"),
        ("value", "4所", "量化指标"),
        ("remark", "挂牌名单", "量化指标"),
    }
    assert list(reported.archive.rglob(entry.sha256))
    assert not verify_command.verify(reported).outcome.has_errors

    report_command.report(reported, DAY)
    book: Any = openpyxl.load_workbook(book_path(reported))
    tasks, targets = book["任务汇总"], book["量化指标"]
    row = row_of(tasks, "1", "滞后")
    assert [tasks.cell(row, column_of(tasks, each)).value for each in ("核定状态", "核定进度(%)", "核定说明")] == [
        *("滞后", 60, "现场只有四所")
    ]
    row = row_of(targets, "1-1", "市教育局")
    shown = [
        targets.cell(row, column_of(targets, each)).value for each in ("核定完成值", "核定完成率", "核定后是否达到")
    ]
    assert shown == [4, pytest.approx(4 / 6, abs=1e-6), "未达到目标值"]
    assert (reported.outbox("汇总") / "2026年度任务检查验收报告.docx").is_file()


def test_a_workbook_brought_back_twice_counts_once(reported: Workspace) -> None:
    path = edit(reported, verify_task("2", 核定状态="已完成"))
    assert collect(reported, path).changed
    again = collect(reported, path)
    assert not again.changed
    assert again.outcome.notes == ("这份汇总表以前已经收过，没有再登记。",)


def test_a_workbook_that_lay_about_takes_nothing_back_that_was_said_since(reported: Workspace) -> None:
    old = edit(reported, verify_task("2", 核定状态="已完成"), name="先存的.xlsx")
    assert collect(reported, edit(reported, verify_task("1", 核定状态="未启动"), name="后存的.xlsx")).changed
    assert collect(reported, old).changed
    assert {key: each.status for key, each in verified(reported).items()} == {
        ("1", "市教育局"): "未启动",
        ("2", "市司法局"): "已完成",
    }


def test_a_cell_cleared_takes_back_what_was_verified(reported: Workspace) -> None:
    collect(reported, edit(reported, verify_task("2", 核定状态="已完成")))
    report_command.report(reported, DAY)
    collected = collect(reported, edit(reported, verify_task("2", 核定状态=None)))
    assert collected.outcome.notes == ("任务 2（市司法局）：核定状态清空，原为“已完成”，按未核定处理。",)
    assert verified(reported)["2", "市司法局"].status == ""


def test_a_task_led_by_several_is_verified_for_each(reported: Workspace) -> None:
    collected = collect(reported, edit(reported, verify_task("3", 核定状态="已完成")))
    assert codes(collected) == []
    assert {key: each.status for key, each in verified(reported).items()} == {
        ("3", "临江区人民政府"): "已完成",
        ("3", "云山区人民政府"): "已完成",
    }


def test_rows_columns_and_sheets_may_be_moved(reported: Workspace) -> None:
    def turn(book: Any) -> None:
        sheet = book["任务汇总"]
        put(sheet, ("2", "2"), 核定状态="办结")
        sheet.insert_cols(1, 2)
        sheet.insert_rows(2)
        sheet.title = "任务"
        book.move_sheet(sheet, 3)

    assert codes(collect(reported, edit(reported, turn))) == []
    assert verified(reported)["2", "市司法局"].status == "已完成"


# ---- what is wrong -----------------------------------------------------------------------------------


def places(path: Path, *cells: tuple[str, tuple[object, ...], str]) -> list[tuple[str, str]]:
    """The sheet and the address of cells given by sheet, row and heading."""
    book: Any = openpyxl.load_workbook(path)
    return [
        (name, book[name].cell(row_of(book[name], *key), column_of(book[name], heading)).coordinate)
        for name, key, heading in cells
    ]


def test_everything_that_cannot_be_read_is_told_at_its_cell_and_nothing_is_recorded(reported: Workspace) -> None:
    path = edit(
        reported,
        verify_task("1", **{"核定状态": "差不多", "核定进度(%)": 120}),
        verify_task("2", 核定状态="=A1"),
        verify_task("3", 核定状态="已完成"),
        lambda book: put(book["量化指标"], ("1-1", "市教育局"), 核定完成值="约4所"),
        lambda book: put(book["量化指标"], ("1-2", "市教育局"), 核定说明="核对过"),
    )
    collected = collect(reported, path)
    expected = places(
        path,
        ("任务汇总", ("1", "差不多"), "核定状态"),
        ("任务汇总", ("1", "差不多"), "核定进度(%)"),
        ("任务汇总", ("2", "=A1"), "核定状态"),
        ("量化指标", ("1-1", "市教育局"), "核定完成值"),
        ("量化指标", ("1-2", "市教育局"), "核定完成值"),
    )
    assert codes(collected) == [
        (code, *place)
        for code, place in zip(
            (
                "review_status_is_known",
                "review_progress_in_range",
                "verified_is_value",
                "review_value_is_readable",
                "verified_remark_has_value",
            ),
            expected,
            strict=True,
        )
    ]
    assert not collected.changed
    assert current(reported) is None


def test_a_status_that_cannot_be_scored_or_does_not_go_with_the_progress_is_told(reported: Workspace) -> None:
    path = edit(
        reported, verify_task("1", 核定状态="基本完成"), verify_task("2", **{"核定状态": "已完成", "核定进度(%)": 80})
    )
    collected = collect(reported, path)
    assert [(each.kind.code, each.unit, each.task) for each in collected.outcome.findings] == [
        ("review_change_has_figure", "市教育局", "1"),
        ("verified_progress_fits_status", "市司法局", "2"),
    ]
    assert current(reported) is None


def test_a_row_whose_words_are_those_of_another_task_is_not_taken(reported: Workspace) -> None:
    def shift(book: Any) -> None:
        sheet = book["任务汇总"]
        put(sheet, ("2", "2"), 核定状态="已完成")
        sheet.cell(row_of(sheet, "2", "2"), 1).value = 1  # sorted with one column left out
        sheet.cell(row_of(sheet, "3", "3"), 1).value = 2

    collected = collect(reported, edit(reported, shift))
    assert {code for code, _, _ in codes(collected)} & {"review_locked_is_unchanged", "review_row_is_single"}
    assert not collected.changed


def test_a_task_that_is_not_in_the_plan_and_a_double_one_are_told(reported: Workspace) -> None:
    def add(book: Any) -> None:
        sheet = book["任务汇总"]
        put(sheet, ("2", "2"), 核定状态="已完成")
        last = sheet.max_row + 1
        for number, row in (("9", last), ("2", last + 1)):
            sheet.cell(row, 1).value = number
            sheet.cell(row, column_of(sheet, "核定状态")).value = "已完成"

    collected = collect(reported, edit(reported, add))
    assert [code for code, _, _ in codes(collected)] == ["review_row_is_known", "review_row_is_single"]


def test_a_workbook_of_another_year_is_refused(reported: Workspace) -> None:
    def turn_back(book: Any) -> None:
        book["_meta"]["B2"] = "2025"

    with pytest.raises(DubanError, match="是 2025 年度的汇总表"):
        collect(reported, edit(reported, turn_back))


def test_a_copy_without_our_words_is_read_and_told(reported: Workspace) -> None:
    def strip(book: Any) -> None:
        del book["_meta"]
        put(book["任务汇总"], ("2", "2"), 核定状态="已完成")
        for name in list(book.custom_doc_props.names):
            del book.custom_doc_props[name]

    collected = collect(reported, edit(reported, strip))
    assert collected.changed
    assert "上没有本程序的记号" in collected.outcome.notes[0]


# ---- beside the inspection workbook ------------------------------------------------------------------


def inspected(workspace: Workspace, *rows: tuple[str, str, dict[str, object]]) -> ReviewCollected:
    """The inspection workbook brought back with these cells by task, unit and heading."""
    path = review_issue(workspace, NOW).path
    book: Any = openpyxl.load_workbook(path)
    for number, unit, values in rows:
        put(book["任务核定"], (number, unit), **values)
    book.save(path)
    return review_collect(workspace, None, NOW)


def test_the_newest_word_counts_and_the_difference_is_told(reported: Workspace) -> None:
    first = {"核定状态": "滞后", "核定进度(%)": 60, "考评得分": 60, "扣分原因": "只有四所"}
    assert not inspected(reported, ("1", "市教育局", first)).outcome.has_errors
    report_command.report(reported, DAY)
    collected = collect(reported, edit(reported, verify_task("1", **{"核定状态": "已完成", "核定进度(%)": None})))
    assert collected.outcome.notes == (
        "任务 1（市教育局）：核定状态由“滞后”改为“已完成”。",
        "任务 1（市教育局）：核定进度(%)清空，原为“60”，按未核定处理。",
        "任务 1（市教育局）检查组给了考评得分 60，仍按这个得分计；需要改的，请改核定表后再收。",
    )
    now = verified(reported)["1", "市教育局"]
    assert (now.status, now.progress, now.score, now.reason) == ("已完成", None, 60.0, "只有四所")

    # the same inspection workbook again brings nothing back; one that says otherwise counts, and says so
    assert verified(reported)["1", "市教育局"].status == "已完成"
    review_collect(reported, None, NOW)
    assert verified(reported)["1", "市教育局"].status == "已完成"


A_TASK = st.builds(
    TaskReview,
    number=st.sampled_from(["1", "2"]),
    unit=st.sampled_from(["甲局", "乙局"]),
    status=st.sampled_from(["", "已完成", "滞后"]),
    progress=st.sampled_from([None, 60.0]),
    opinion=st.sampled_from(["", "属实"]),
)
REVIEWS = st.lists(A_TASK, unique_by=lambda each: (each.number, each.unit), max_size=4).map(
    lambda tasks: Review(100, 1, tasks=tuple(tasks))
)
AMENDMENTS = st.lists(
    st.builds(
        lambda number, unit, text: Amendment(number, unit, "status", "", text, "任务汇总", "P4", text=text),
        st.sampled_from(["1", "2"]),
        st.sampled_from(["甲局", "乙局"]),
        st.sampled_from(["已完成", "未启动", ""]),
    ),
    max_size=3,
).map(tuple)


@examples(40)
@given(REVIEWS, AMENDMENTS)
def test_the_same_inspection_twice_says_nothing_new(review: Review, amendments: tuple[Amendment, ...]) -> None:
    once = review_in_force([review, amendments])
    again = review_in_force([review, amendments, review])
    assert once is not None
    assert again is not None
    assert {(each.number, each.unit): each for each in once.tasks} == {
        (each.number, each.unit): each for each in again.tasks
    }


@examples(40)
@given(REVIEWS, AMENDMENTS)
def test_amending_twice_is_amending_once(review: Review, amendments: tuple[Amendment, ...]) -> None:
    once = amend(review, amendments)
    assert amend(once, amendments) == once


def test_a_newer_inspection_goes_before_only_where_it_says_otherwise() -> None:
    first = Review(100, 1, tasks=(TaskReview("1", "甲局", status="滞后"), TaskReview("2", "甲局")))
    said = Amendment("1", "甲局", "status", "滞后", "已完成", "任务汇总", "P4", text="已完成")
    newer = replace(first, tasks=(first.tasks[0], TaskReview("2", "甲局", status="未完成")))
    kept = review_in_force([first, (said,), newer])
    assert kept is not None
    assert [each.status for each in kept.tasks] == ["已完成", "未完成"]
    overruling = replace(first, tasks=(TaskReview("1", "甲局", status="未完成"), first.tasks[1]))
    found = review_in_force([first, (said,), overruling])
    assert found is not None
    assert [each.status for each in found.tasks] == ["未完成", ""]


# ---- other programs ----------------------------------------------------------------------------------


@pytest.mark.slow
@needs_libreoffice
@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_a_workbook_saved_by_another_program_comes_back(reported: Workspace, office_folder: Path, kind: str) -> None:
    path = edit(reported, verify_task("2", 核定状态="已完成"))
    saved = convert(office_folder, XLSX if kind == "xlsx" else kind, [path])[path.stem]
    collected = collect(reported, saved)
    assert codes(collected) == []
    assert verified(reported)["2", "市司法局"].status == "已完成"


# ---- whatever is typed -------------------------------------------------------------------------------

TYPED = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-(10**12), 10**12),
    st.sampled_from(["已完成", " 办结 ", "80%", "１００", "约80", "4所", "=1+1", "#REF!", "2026-12-31", "—"]),
    st.booleans(),
    st.just(datetime(2026, 12, 31)),
)


@examples(60)
@given(status=TYPED, progress=TYPED, opinion=TYPED, value=TYPED, remark=TYPED)
def test_whatever_is_typed_is_taken_with_its_raw_text_or_told_at_its_cell(form: Form, **typed: Any) -> None:
    blank = dict.fromkeys(("status", "progress", "opinion", "value", "remark"), "")
    task = ShownRow("1", ("市教育局",), "开展培训。", blank, "1")  # type: ignore[arg-type]
    target = ShownRow("1-1", ("市教育局",), "试点学校", blank, "1", "所")  # type: ignore[arg-type]
    sheets = (
        Sheet(
            "任务汇总",
            [
                ["任务编号", "工作内容", "核定状态", "核定进度(%)", "核定说明"],
                [1, "开展培训。", typed["status"], typed["progress"], typed["opinion"]],
            ],
            2,
        ),
        Sheet(
            "量化指标",
            [
                ["指标编号", "指标名称", "填报单位", "核定完成值", "核定说明"],
                ["1-1", "试点学校", "市教育局", typed["value"], typed["remark"]],
            ],
            2,
        ),
    )
    expected: dict[str, dict[tuple[str, ...], ShownRow]] = {
        "任务汇总": {("1",): task},
        "量化指标": {("1-1", "市教育局"): target},
    }
    edits, findings = read_report_book("汇总表.xlsx", Brought(sheets, {}), expected, form)
    told = {(each.place.part, each.place.cell) for each in findings}
    taken = {(each.place.part, each.place.cell): each for each in edits}
    alone = ("量化指标", "D2") in told  # a remark without its figure is told there, and nothing taken
    for sheet, cell, field in (
        *(("任务汇总", "C2", "status"), ("任务汇总", "D2", "progress"), ("任务汇总", "E2", "opinion")),
        *(("量化指标", "D2", "value"), ("量化指标", "E2", "remark")),
    ):
        raw = as_text(typed[field])
        if not same_words(raw, "") and not (alone and sheet == "量化指标"):
            assert ((sheet, cell) in told) != ((sheet, cell) in taken)
        if (sheet, cell) in taken:
            assert taken[sheet, cell].raw == raw
            assert taken[sheet, cell].text or taken[sheet, cell].figure is not None


def test_the_command_tells_each_change_and_refuses_to_count_it_alone(reported: Workspace) -> None:
    path = edit(reported, verify_task("2", 核定状态="已完成"))
    place = ["-w", str(reported.root), "--date", "2027-01-10"]
    refused = CliRunner().invoke(cli.app, ["review", "collect", str(path), "--instead", *place])
    assert refused.exit_code == 2
    assert "--instead 只用于核定表" in refused.output
    done = CliRunner().invoke(cli.app, ["review", "collect", str(path), *place])
    assert done.exit_code == 0
    assert "任务 2（市司法局）：核定状态填为“已完成”。" in done.output
    bad = edit(reported, verify_task("1", 核定状态="差不多"), name="错的.xlsx")
    told = CliRunner().invoke(cli.app, ["review", "collect", str(bad), *place])
    assert told.exit_code == 1
    assert "核定状态“差不多”不在状态词汇中" in told.output
