"""The review workbook goes out, comes back and is judged cell by cell; the report tells what was verified."""

from __future__ import annotations

import hashlib
import io
import re
import shutil
import subprocess
from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from builders.libreoffice import HAS_LIBREOFFICE, needs_libreoffice
from builders.review import EXPECTED, INSPECTED_ON, Edit, codes, everything, fill_in, put, sample, without_methods
from builders.scored import Said, year
from builders.word import table_rows, text_of
from builders.year import RECEIVED_ON, ROOT, fill, issued_file, send
from typer.testing import CliRunner

import cli
from reporting.commands import report as workflow
from reporting.commands.collect import collect
from reporting.commands.init import init
from reporting.commands.review_collect import review_collect
from reporting.commands.review_issue import review_issue
from reporting.documents import acceptance
from reporting.documents.filling.word import fill_template
from reporting.files.file_type import sniff
from reporting.ledger import CollectedReview, IssuedReview, Ledger
from reporting.model import Consolidation
from reporting.model.findings import DubanError
from reporting.model.review import ON_SITE, PAPER, Inspection, Review, Scores, TaskReview
from reporting.office.form import Form
from reporting.office.settings import Dates, Grades, Scoring, Settings
from reporting.office.workspace import Workspace
from reporting.returns.reading.read import UnreadableError, read_return
from reporting.review.sample import draw, inspect, inspection_digest
from reporting.review.scoring import score
from reporting.review.workbook.open import ReviewBook, open_review
from reporting.review.workbook.read import read_review_book, rows_left
from reporting.review.workbook.sheets import TASK_COLUMNS
from reporting.review.workbook.write import write_review_book

SETTINGS = Settings(
    year=2026,
    recipient="市人民政府",
    dates=Dates(issue=date(2026, 12, 1), due=date(2026, 12, 20), data_as_of=date(2026, 11, 30)),
)


@pytest.fixture
def inspection() -> Inspection:
    return inspect(sample(), "plan-1", share=50, seed=7)


ROWS = {("1", "市教育局"): 4, ("2", "市教育局"): 5, ("1", "市司法局"): 6, ("2", "市司法局"): 7, ("3", "市财政局"): 8}


def open_filled(inspection: Inspection, form: Form, path: Path, edit: Edit) -> ReviewBook:
    """The same, opened."""
    return open_review(fill_in(inspection, form, path, edit))


# ---- going out ------------------------------------------------------------------------------------


def test_every_task_of_every_unit_is_laid_before_the_group(inspection: Inspection) -> None:
    assert [(each.number, each.unit) for each in inspection.tasks] == list(ROWS)
    assert inspection.units == ("市教育局", "市司法局", "市财政局")
    (figure,) = inspection.targets
    assert (figure.number, figure.unit, figure.goal, figure.reported) == ("1-1", "市教育局", "≥6", "6")
    assert inspection.tasks[0].figures == "指标1：6件（目标≥6件）"
    assert inspection.tasks[4].status == "未报送"


@pytest.mark.parametrize(
    ("length", "wide", "upright"),
    [
        pytest.param(100, False, "center", id="short texts need no more room"),
        pytest.param(1500, True, "center", id="a long text widens its column until all of it shows"),
        pytest.param(6000, True, "top", id="of a text that no row can hold the beginning shows"),
    ],
)
def test_what_was_reported_can_be_read_on_paper(
    length: int, wide: bool, upright: str, inspection: Inspection, form: Form
) -> None:
    first, *others = inspection.tasks
    told = replace(inspection, tasks=(replace(first, result="完成情况写得很长。" * (length // 9)), *others))
    book: Any = openpyxl.load_workbook(io.BytesIO(write_review_book(told, "x", form)))
    sheet = book["任务核定"]
    column = next(cell.column_letter for cell in sheet[3] if cell.value == "上报完成情况")
    usual = next(each.width for each in TASK_COLUMNS if each.heading == "上报完成情况")
    width, height = sheet.column_dimensions[column].width, sheet.row_dimensions[4].height
    assert (width > usual) == wide
    assert sheet[f"{column}4"].alignment.vertical == upright
    lines = length / (width / 2) * 10 * 1.2 if upright == "center" else 0  # in points, one line after another
    assert lines <= height <= 409


def test_a_draw_can_be_repeated_and_takes_its_share() -> None:
    numbers = [str(number) for number in range(1, 21)]
    assert draw(numbers, "市教育局", 30, 7) == draw(numbers[::-1], "市教育局", 30, 7)
    assert len(draw(numbers, "市教育局", 30, 7)) == 6
    assert len(draw(["1"], "市教育局", 1, 7)) == 1
    assert set(draw(numbers, "市教育局", 100, 7)) == set(numbers)
    assert draw(numbers, "市教育局", 0, 7) == ()
    assert draw(numbers, "市教育局", 30, 7) != draw(numbers, "市教育局", 30, 8)


def test_a_review_workbook_in_the_inbox_is_told_where_it_belongs(
    inspection: Inspection, form: Form, tmp_path: Path
) -> None:
    data = fill_in(inspection, form, tmp_path / "核定.xlsx", everything).read_bytes()
    with pytest.raises(UnreadableError) as caught:
        read_return("核定.xlsx", "", data, sniff(data), form)
    found = caught.value.finding
    assert (found.kind.code, found.message) == ("file_is_a_return", "这是检查验收核定表，不是填报表。")


def test_the_way_of_looking_is_filled_in_by_the_draw(inspection: Inspection) -> None:
    by_unit = Counter((each.unit, each.method) for each in inspection.tasks)
    assert by_unit["市教育局", ON_SITE] == 1
    assert by_unit["市教育局", PAPER] == 1
    assert by_unit["市财政局", ON_SITE] == 1


def test_the_same_inspection_gives_the_same_bytes(inspection: Inspection, form: Form) -> None:
    assert write_review_book(inspection, "x", form) == write_review_book(inspection, "x", form)


def test_the_workbook_is_ready_to_use(inspection: Inspection, form: Form) -> None:
    book: Any = openpyxl.load_workbook(io.BytesIO(write_review_book(inspection, "x", form)))
    assert book.sheetnames == ["填写说明", "任务核定", "指标核定", "单位核定", "字典", "_meta"]
    assert book["_meta"].sheet_state == "veryHidden"
    assert book["字典"].sheet_state == "hidden"
    for name in book.sheetnames[:-2]:  # no column alone on a page of its own
        assert book[name].sheet_properties.pageSetUpPr.fitToPage
        assert (book[name].page_setup.fitToWidth, book[name].page_setup.fitToHeight) == (1, 0)
    sheet = book["任务核定"]
    assert (sheet.freeze_panes, sheet.print_title_rows, sheet.page_setup.orientation) == ("C4", "$3:$3", "landscape")
    assert sheet.protection.sheet
    assert not sheet.protection.sort
    assert not sheet.protection.autoFilter
    assert sheet["A4"].protection.locked
    assert not sheet["L4"].protection.locked
    lists = {str(each.sqref): each.formula1 for each in sheet.data_validations.dataValidation if each.type == "list"}
    names = ("review_method_list", "review_status_list", "review_material_list", "review_yes_list")
    assert lists == dict(zip(("K4:K8", "L4:L8", "Q4:Q8"), names, strict=False))
    assert set(book.defined_names) == set(names)
    assert "抽签种子 7" in sheet["A2"].value


def test_what_a_unit_wrote_goes_in_as_text(form: Form) -> None:
    shown = inspect(sample(), "p")
    shown = replace(shown, tasks=(replace(shown.tasks[0], result="=1+1\x07", evidence="+A1"), *shown.tasks[1:]))
    book: Any = openpyxl.load_workbook(io.BytesIO(write_review_book(shown, "x", form)))
    assert (book["任务核定"]["H4"].value, book["任务核定"]["H4"].data_type) == ("=1+1", "s")
    assert book["任务核定"]["I4"].value == "+A1"


# ---- coming back ----------------------------------------------------------------------------------


def test_an_untouched_workbook_is_nothing_verified(inspection: Inspection, form: Form, tmp_path: Path) -> None:
    path = fill_in(inspection, form, tmp_path / "核定.xlsx", lambda _book: None)
    review, findings = read_review_book(open_review(path), inspection, form, inspection_digest(inspection))
    assert not review.is_filled
    assert [each.kind.code for each in findings if each.is_error] == ["review_is_filled"]


def test_what_the_group_filled_in_is_read_back(inspection: Inspection, form: Form, tmp_path: Path) -> None:
    path = fill_in(inspection, form, tmp_path / "核定.xlsx", everything)
    review, findings = read_review_book(open_review(path), inspection, form, inspection_digest(inspection))
    assert findings == []
    assert without_methods(review) == EXPECTED


def test_rows_and_columns_may_be_moved(inspection: Inspection, form: Form, tmp_path: Path) -> None:
    def turn(book: Any) -> None:
        everything(book)
        sheet = book["任务核定"]
        rows = [[cell.value for cell in line] for line in sheet.iter_rows(min_row=4, max_row=8)]
        for row, values in enumerate(reversed(rows), 4):
            for column, value in enumerate(values, 1):
                sheet.cell(row, column).value = value
        sheet.insert_cols(1)
        sheet.insert_rows(1)

    path = fill_in(inspection, form, tmp_path / "核定.xlsx", turn)
    review, findings = read_review_book(open_review(path), inspection, form)
    assert findings == []
    assert set(without_methods(review).tasks) == set(EXPECTED.tasks)


def test_words_of_another_width_are_understood(inspection: Inspection, form: Form, tmp_path: Path) -> None:
    edit = put("任务核定", L4=" 办结 ", N4="９５", O4="迟到", A4="１")
    review, findings = read_review_book(open_filled(inspection, form, tmp_path / "a.xlsx", edit), inspection, form)
    assert not any(each.is_error for each in findings)
    assert (review.tasks[0].status, review.tasks[0].score) == ("已完成", 95)


def test_a_percent_typed_into_a_cell_is_a_percent(inspection: Inspection, form: Form, tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        put("任务核定", L7="滞后", M7=0.85)(book)
        book["任务核定"]["M7"].number_format = "0%"

    review, _ = read_review_book(open_filled(inspection, form, tmp_path / "a.xlsx", edit), inspection, form)
    assert review.tasks[3].progress == 85


WRONG: dict[str, tuple[Edit, str, str]] = {
    "status not in the list": (put("任务核定", L4="差不多"), "review_status_is_known", "任务核定 L4"),
    "method not in the list": (put("任务核定", K4="看看"), "review_method_is_known", "任务核定 K4"),
    "score above 100": (put("任务核定", N4=120), "review_score_in_range", "任务核定 N4"),
    "score below 0": (put("任务核定", N4=-1, O4="a"), "review_score_in_range", "任务核定 N4"),
    "score not a number": (put("任务核定", N4="良好"), "review_score_in_range", "任务核定 N4"),
    "score vague": (put("任务核定", N4="约95"), "review_score_in_range", "任务核定 N4"),
    "score shows an error": (put("任务核定", N4="#REF!"), "verified_is_value", "任务核定 N4"),
    "deduction without reason": (put("任务核定", N4=95), "review_deduction_has_reason", "任务核定 O4"),
    "progress above 100": (put("任务核定", L5="滞后", M5=101), "review_progress_in_range", "任务核定 M5"),
    "changed status without a figure": (put("任务核定", L5="滞后"), "review_change_has_figure", "任务核定 M5"),
    "value unreadable": (put("指标核定", H4="五六件"), "review_value_is_readable", "指标核定 H4"),
    "value in another unit": (put("指标核定", H4="5家"), "review_value_is_readable", "指标核定 H4"),
    "value vague": (put("指标核定", H4="5件以上"), "review_value_is_readable", "指标核定 H4"),
    "unknown task": (put("任务核定", A4="77"), "review_row_is_known", "任务核定 A4"),
    "unknown unit": (put("任务核定", B4="市公安局"), "review_row_is_known", "任务核定 A4"),
    "progress against the status": (
        put("任务核定", L4="未启动", M4=80),
        "verified_progress_fits_status",
        "任务核定 M4",
    ),
    "progress that may be a share": (put("任务核定", L5="滞后", M5=0.85), "review_figure_is_whole", "任务核定 M5"),
    "score that may be a share": (put("任务核定", N4=0.9, O4="a"), "review_figure_is_whole", "任务核定 N4"),
    "material not in the list": (put("任务核定", Q4="还行"), "review_material_is_known", "任务核定 Q4"),
    "date of one task unreadable": (put("任务核定", R4="尽快"), "review_date_is_readable", "任务核定 R4"),
    "formula without a result": (put("任务核定", N4="=O4+1"), "verified_is_value", "任务核定 N4"),
    "remark without a value": (put("指标核定", I4="名单重复"), "verified_remark_has_value", "指标核定 H4"),
    "bonus reason without a bonus": (put("单位核定", C4="表彰"), "review_reason_has_figure", "单位核定 B4"),
    "veto reason without a veto": (put("单位核定", E4="不实"), "review_reason_has_figure", "单位核定 D4"),
    "cells joined over rows": (
        lambda book: book["任务核定"].merge_cells("P4:P5"),
        "review_cells_are_not_merged",
        "任务核定 P4",
    ),
    "a cell far outside": (put("任务核定", XFD9="误填"), "verified_within_bounds", "任务核定 XFD9"),
    "double row": (put("任务核定", A5="1"), "review_row_is_single", "任务核定 A5"),
    "added row": (put("任务核定", A9="1", B9="市教育局"), "review_row_is_single", "任务核定 A9"),
    "locked content changed": (put("任务核定", D4="别的工作"), "review_locked_is_unchanged", "任务核定 D4"),
    "reported status changed": (put("任务核定", E7="已完成"), "review_locked_is_unchanged", "任务核定 E7"),
    "goal changed": (put("指标核定", E4="≥5"), "review_locked_is_unchanged", "指标核定 E4"),
    "bonus not a number": (put("单位核定", B4="多"), "review_bonus_in_range", "单位核定 B4"),
    "bonus without reason": (put("单位核定", B4=2), "review_bonus_has_reason", "单位核定 C4"),
    "veto not yes or no": (put("单位核定", D4="也许"), "review_veto_is_known", "单位核定 D4"),
    "veto without reason": (put("单位核定", D4="是"), "review_veto_has_reason", "单位核定 E4"),
    "unit unknown": (put("单位核定", A4="市公安局"), "review_row_is_known", "单位核定 A4"),
    "heading lost": (put("任务核定", N3=None), "review_sheet_is_there", "任务核定 "),
}


@pytest.mark.parametrize("case", WRONG, ids=[words.replace(" ", "-") for words in WRONG])
def test_a_wrong_cell_is_found_at_its_place(case: str, inspection: Inspection, form: Form, tmp_path: Path) -> None:
    edit, code, place = WRONG[case]
    _, findings = read_review_book(open_filled(inspection, form, tmp_path / "核定.xlsx", edit), inspection, form)
    wrong = [each for each in findings if each.is_error]
    assert [(each.kind.code, f"{each.place.part} {each.place.cell}") for each in wrong] == [(code, place)]
    for each in wrong:
        assert each.place.file == "核定.xlsx"
        assert each.message
        assert each.remedy


def test_wrong_dates_are_found(inspection: Inspection, form: Form, tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        everything(book)
        for line in book["填写说明"].iter_rows():
            for cell in line:
                if cell.value == "检查开始日期":
                    book["填写说明"].cell(cell.row, 3).value = "年初"
                if cell.value == "整改期限":
                    book["填写说明"].cell(cell.row, 3).value = "尽快"

    _, findings = read_review_book(open_filled(inspection, form, tmp_path / "a.xlsx", edit), inspection, form)
    assert [each.kind.code for each in findings] == ["review_date_is_readable"] * 2


def test_dates_in_the_wrong_order_are_found(inspection: Inspection, form: Form, tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        everything(book)
        for line in book["填写说明"].iter_rows():
            for cell in line:
                if cell.value == "检查结束日期":
                    book["填写说明"].cell(cell.row, 3).value = "2027-01-10"

    _, findings = read_review_book(open_filled(inspection, form, tmp_path / "a.xlsx", edit), inspection, form)
    assert codes(findings) == ["review_dates_in_order"]


def test_rows_that_were_left_are_counted(inspection: Inspection, form: Form, tmp_path: Path) -> None:
    path = fill_in(inspection, form, tmp_path / "a.xlsx", put("任务核定", L5="持续推进", L6="已完成"))
    review, findings = read_review_book(open_review(path), inspection, form)
    assert review.is_filled
    assert findings == []
    (left,) = rows_left("a.xlsx", inspection, review)
    assert (left.kind.code, left.values["found"]) == ("review_rows_left", "3")
    assert rows_left("a.xlsx", inspection, EXPECTED) == []


def test_a_workbook_of_another_inspection_is_noted(inspection: Inspection, form: Form, tmp_path: Path) -> None:
    path = fill_in(inspection, form, tmp_path / "a.xlsx", everything)
    assert codes(read_review_book(open_review(path), inspection, form, "other")[1]) == ["review_is_current"]


@pytest.mark.parametrize("data", [b"", b"not a workbook", b"PK\x03\x04 broken"])
def test_what_is_no_workbook_is_said(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "核定.xlsx"
    path.write_bytes(data)
    with pytest.raises(DubanError, match=r"核定表“核定.xlsx”打不开"):
        open_review(path)
    with pytest.raises(DubanError, match="找不到或无法读取核定表"):
        open_review(tmp_path / "没有.xlsx")


@pytest.mark.slow
@needs_libreoffice
@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
def test_a_workbook_saved_again_by_libreoffice_is_read(
    ending: str, inspection: Inspection, form: Form, tmp_path: Path
) -> None:
    def edit(book: Any) -> None:
        everything(book)
        put("任务核定", N6="=90+5")(book)

    path = fill_in(inspection, form, tmp_path / "核定.xlsx", edit)
    out = tmp_path / "再存"
    command = [str(HAS_LIBREOFFICE), "--headless", "--convert-to", ending, "--outdir", str(out), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    saved = open_review(out / f"核定.{ending}")
    review, findings = read_review_book(saved, inspection, form, inspection_digest(inspection))
    assert [(each.kind.code, each.place.cell) for each in findings] == [("review_is_typed", "N6")]
    assert without_methods(review) == EXPECTED


# ---- the book -------------------------------------------------------------------------------------


def test_the_ledger_keeps_every_review(inspection: Inspection, tmp_path: Path) -> None:
    ledger = Ledger(f"sqlite:///{tmp_path / 'ledger.db'}")
    assert ledger.current_review(2026) is None
    when = sample().units[0].received
    assert when is not None
    ledger.add_review(2026, IssuedReview(when, "核定.xlsx", "a" * 64, inspection))
    first = replace(EXPECTED, leader="李明")
    ledger.add_review(2026, CollectedReview(when, "核定.xlsx", "b" * 64, first))
    ledger.add_review(2026, CollectedReview(when, "核定.xlsx", "c" * 64, EXPECTED))
    assert [each.inspection for each in ledger.issued_reviews(2026)] == [inspection]
    found = ledger.current_review(2026)
    assert found is not None
    assert (found.review, found.sha256) == (EXPECTED, "c" * 64)
    assert ledger.current_review(2025) is None
    ledger.close()


# ---- the commands ---------------------------------------------------------------------------------


@pytest.fixture
def reported(workspace: Workspace) -> Workspace:
    """A workspace in which 市教育局 has an accepted return; the others sent nothing."""
    send(workspace, "a.xlsx", fill(issued_file(workspace, "市教育局")))
    collect(workspace, [], RECEIVED_ON)
    return workspace


def verify(path: Path, **cells: Any) -> None:
    book = openpyxl.load_workbook(path)
    put("任务核定", **(cells or {"L4": "已完成"}))(book)
    book.save(path)


def report_of(workspace: Workspace) -> Path:
    return workspace.outbox("汇总") / "2026年度任务检查验收报告.docx"


def test_before_a_review_the_report_says_that_it_is_pending(reported: Workspace) -> None:
    _, outcome = workflow.report(reported, datetime(2027, 1, 5, 12))
    assert "尚未核定，未生成检查验收报告。" in outcome.notes
    assert "检查验收报告" not in "".join(path.name for path in outcome.written)
    assert not report_of(reported).exists()


def test_a_review_goes_out_comes_back_and_is_reported(reported: Workspace) -> None:
    issued = review_issue(reported, INSPECTED_ON, 50, 7)
    assert issued.path == reported.outbox("核定") / "2026年度检查验收核定表.xlsx"
    assert issued.changed
    verify(issued.path)
    collected = review_collect(reported, None, INSPECTED_ON)
    assert collected.changed
    assert not collected.outcome.has_errors
    sha256 = hashlib.sha256(issued.path.read_bytes()).hexdigest()
    assert (reported.archive / sha256[:2] / sha256).is_file()
    assert not review_collect(reported, None, INSPECTED_ON).changed
    _, outcome = workflow.report(reported, datetime(2027, 1, 20, 12))
    assert report_of(reported) in outcome.written
    assert "尚未核定，未生成检查验收报告。" not in outcome.notes
    assert "2027年1月20日" in text_of(docx.Document(str(report_of(reported))))


def test_a_wrong_review_is_not_recorded(reported: Workspace) -> None:
    issued = review_issue(reported, INSPECTED_ON)
    verify(issued.path, L4="已完成", N4=90)
    assert review_collect(reported, None, INSPECTED_ON).outcome.has_errors
    workflow.report(reported, datetime(2027, 1, 20, 12))
    assert not report_of(reported).exists()


def test_issuing_again_changes_nothing_and_loses_nothing(reported: Workspace) -> None:
    first = review_issue(reported, INSPECTED_ON, 50, 7)
    data = first.path.read_bytes()
    assert not review_issue(reported, datetime(2027, 1, 9, 12), 50, 7).changed
    assert first.path.read_bytes() == data
    verify(first.path)
    filled = first.path.read_bytes()
    again = review_issue(reported, INSPECTED_ON, 50, 7)
    assert first.path.read_bytes() == filled
    assert "没有改动" in again.outcome.notes[0]


def test_a_filled_in_workbook_is_kept_beside_a_new_one_and_can_still_be_collected(reported: Workspace) -> None:
    first = review_issue(reported, INSPECTED_ON, 50, 7)
    verify(first.path)
    filled = first.path.read_bytes()
    second = review_issue(reported, INSPECTED_ON, 50, 8)
    assert second.changed
    (kept,) = [path for path in first.path.parent.iterdir() if "原有" in path.name]
    assert kept.read_bytes() == filled
    collected = review_collect(reported, kept, INSPECTED_ON)
    assert collected.review.seed == 7
    assert [each.number for each in collected.review.tasks if each.is_filled] == ["1"]


def test_weights_for_what_the_plan_has_not_are_told_when_the_workbook_goes_out(reported: Workspace) -> None:
    path = reported.root / "duban.toml"
    path.write_text(path.read_text(encoding="utf-8") + '\n[scoring]\ntask_weights = { "99" = 2 }\n', encoding="utf-8")
    notes = review_issue(Workspace(reported.root), INSPECTED_ON).outcome.notes
    assert any("scoring.task_weights 写了“99”，方案中没有这项任务" in note for note in notes)


def test_other_words_after_the_issue_are_told(reported: Workspace) -> None:
    issued = review_issue(reported, INSPECTED_ON)
    verify(issued.path)
    row = {"完成状态": "持续推进", "完成进度(%)": 90}
    send(reported, "b.xlsx", fill(issued_file(reported, "市司法局"), rows={"2": row}))
    collect(reported, [], INSPECTED_ON)
    notes = review_collect(reported, None, INSPECTED_ON).outcome.notes
    assert any("上报内容有变化（市司法局）" in note for note in notes)


def test_commands_exit_as_they_should(reported: Workspace) -> None:
    def run(*arguments: str) -> tuple[int, str]:
        result = CliRunner().invoke(cli.app, ["-w", str(reported.root), *arguments, "--date=2027-01-08"])
        return result.exit_code, result.output

    code, said = run("review", "collect")
    assert code == 2
    assert "请先运行 review issue" in said.replace("\n", "")
    code, said = run("review", "issue", "--share", "50", "--seed", "7")
    assert code == 0
    assert "抽取 50%，抽签种子 7" in said.replace("\n", "")
    code, said = run("review", "collect")
    assert code == 1
    assert "review_is_filled" in said
    verify(reported.outbox("核定") / "2026年度检查验收核定表.xlsx")
    assert run("review", "collect")[0] == 0
    code, said = run("report")
    assert code == 0
    assert "检查验收报告.docx" in said.replace("\n", "")


def test_the_settings_that_init_writes_are_the_defaults(tmp_path: Path) -> None:
    init(tmp_path, 2026)
    path = tmp_path / "duban.toml"
    text = path.read_text(encoding="utf-8")
    assert Workspace(tmp_path).settings.scoring == Scoring()
    before, after = text.split("[scoring]", 1)
    lines = [re.sub(r"^# (?=[a-z\[])", "", line) for line in after.splitlines()]
    path.write_text(f"{before}[scoring]{chr(10).join(lines)}", encoding="utf-8")
    found = Workspace(tmp_path).settings.scoring
    assert found.task_weights == {"3": 2, "12": 1.5}
    assert found.target_methods == {"3-1": "four_steps"}
    named = ("task_weights", "category_weights", "task_methods", "category_methods", "target_methods")
    assert found.model_copy(update={key: {} for key in named}) == Scoring()


# ---- the report -----------------------------------------------------------------------------------


def write(review: Review, form: Form, whole: Consolidation | None = None) -> tuple[Any, Scores]:
    whole = whole or sample()
    scores = score(whole, review, Scoring(), form)
    context = acceptance.build(whole, review, scores, SETTINGS, form)
    data = fill_template(ROOT / "templates" / acceptance.OUTPUT.template, context)
    return docx.Document(io.BytesIO(data)), scores


def test_the_report_has_its_seven_parts_and_tells_what_was_verified(form: Form) -> None:
    document, _ = write(EXPECTED, form)
    text = text_of(document)
    parts = (
        *("一、检查验收工作开展情况", "二、总体评价", "三、任务完成情况", "四、核查发现的主要问题"),
        *("五、得分和等次", "六、验收结论", "七、整改要求和建议"),
    )
    assert [text.index(part) for part in parts] == sorted(text.index(part) for part in parts)
    for words in (
        "组长为周正，成员为林晓、陈静",
        "2027年1月11日至2027年1月15日",
        "共有任务5项次、量化指标1项次。检查组核定任务5项次，占100.0%；核定指标1项次。",
        "上报已完成2项次，核定已完成2项次；核定完成率为40.0%（2/5）；核定状态与上报不一致1项次。",
        "市教育局（第1项）：指标1，目标值≥6件，上报6件，核定5件",
        "市司法局：第1项上报已完成，没有写明佐证材料",
        "未报送的单位1个：市财政局。",
        "迟报的单位1个：市司法局。",
        "抽签种子为7",
        "市教育局：国家级表彰，加3分。",
        "市财政局：一票否决：材料不实。",
        "不通过的单位1个：市财政局。",
        "整改期限为2027年2月28日",
        "总体结论请领导小组审定。",
    ):
        assert words in text, words


def test_annexes_bear_the_titles_they_are_listed_under(form: Form) -> None:
    lines = text_of(write(EXPECTED, form)[0]).split("\n")
    listed = [line.removeprefix("附件：") for line in lines if re.match(r"(附件：)?\d\.2026年度", line)]
    titles = [lines[i + 1] for i, line in enumerate(lines) if re.fullmatch(r"附件\d", line)]
    assert listed == [f"{number}.{title}" for number, title in enumerate(titles, 1)]
    assert len(titles) == 4


def test_figures_of_the_report_add_up(form: Form) -> None:
    document, scores = write(EXPECTED, form)
    units = table_rows(document, "单位")  # 各单位任务核定情况 or 各等次单位, whichever comes first
    categories = table_rows(document, "类别")
    for rows in (categories[1:],):
        *lines, total = rows
        for column in (1, 2, 3, 4):
            assert sum(int(line[column]) for line in lines) == int(total[column])
    grades = table_rows(document, "等次")
    assert sum(int(line[1]) for line in grades[1:]) == sum(each.rank is not None for each in scores.units)
    assert units
    totals = {line[1]: line[5] for line in table_rows(document, "名次")[1:]}
    assert totals == {each.unit: "—" if each.total is None else f"{each.total:.1f}" for each in scores.units}
    checked = table_rows(document, "计分依据")[1:]
    points = [line[7] for line in checked if len(line) > 1]
    assert points == [f"{each.points:.1f}" for each in scores.tasks if each.points is not None]


def test_what_was_not_verified_is_marked_everywhere(form: Form) -> None:
    review = replace(EXPECTED, tasks=EXPECTED.tasks[:1], targets=(), units=())
    document, scores = write(review, form)
    text = text_of(document)
    assert "没有核定的任务4项次，考评得分按上报情况计算" in text
    assert "待核定的单位1个：市司法局。" in text
    checked = [line for line in table_rows(document, "计分依据")[1:] if len(line) > 1]
    marked = [line[5] == "未核定" for line in checked]
    assert marked == [not each.verified for each in scores.tasks]
    law = next(each for each in scores.units if each.unit == "市司法局")
    assert (law.grade, law.rank) == ("不评等次", None)


def test_what_the_group_says_of_material_dates_and_the_whole_is_reported(form: Form) -> None:
    first, second, third, *rest = EXPECTED.tasks
    tasks = (
        replace(first, material="缺佐证且内容空洞", opinion="补齐名单"),
        second,
        replace(third, material="齐全"),
        *(replace(each, rectify_by=date(2027, 3, 1)) if each.unit == "市司法局" else each for each in rest),
    )
    review = replace(
        EXPECTED,
        tasks=tasks,
        leader="周正（市知识产权局、副局长）",
        members="林晓（市教育局）、陈静",
        recheck_on=date(2027, 3, 5),
        conclusion="总体较好。",
        dissent="林晓认为抽查偏少。",
    )
    document, scores = write(review, form)
    text = text_of(document)
    for words in (
        "检查验收由澜川市知识产权局组织。",
        "检查组总体意见：总体较好。",
        "市教育局（第1项）：完成第1项工作，经核查佐证材料不全。检查组意见：补齐名单。",
        "市教育局（第1项）：完成第1项工作，填报没有实质性内容。检查组意见：补齐名单。",
        "市教育局：内容空洞1项，每项1分，扣1分。",
        "整改期限分别为2027年2月28日、2027年3月1日。",
        "由检查组复核，并于2027年3月5日复查。",
        "检查组成员的保留意见：林晓认为抽查偏少。",
    ):
        assert words in text, words
    assert "没有写明佐证材料" not in text  # 市司法局 named none, but the group found all there
    assert {each.unit: (each.lacking, each.hollow) for each in scores.units}["市司法局"] == ((), ())
    assert table_rows(document, "单位和职务")[1:] == [
        ["组长", "周正", "市知识产权局、副局长", ""],
        ["成员", "林晓", "市教育局", ""],
        ["成员", "陈静", "", ""],
    ]
    dates = {(row[1], row[2]): row[5] for row in table_rows(document, "整改期限")[1:]}
    assert dates["市司法局", "2"] == "2027年3月1日"
    assert dates["市财政局", "3"] == "2027年2月28日"


def test_the_way_of_scoring_is_told_from_the_settings(form: Form) -> None:
    rules = Scoring(
        method="four_steps",
        task_methods={"1": "full"},
        category_methods={"一、夯实基础": "pro_rata"},
        grades=Grades(excellent_quota=30, good_quota=40),
    )
    names = ("市教育局", "市司法局", "市公安局")
    whole = year([Said(name) for name in names])
    review = Review(0, 0, tasks=tuple(TaskReview("1", name, status="已完成") for name in names))
    scores = score(whole, review, rules, form)
    context = acceptance.build(whole, review, scores, SETTINGS.model_copy(update={"scoring": rules}), form)
    words = [each["text"] for each in context["method"]]  # type: ignore[attr-defined]
    assert "超额完成的加分，每项最多10分，完成的得满分，完成60%以上的按比例得分，不足的不得分" in words[0]
    assert words[1] == "另定计分方法的：“夯实基础”类为“按比例”；第1项为“完成得满分”。"
    assert "优秀不超过评定等次单位的30%，良好不超过评定等次单位的40%，同分的评为同一等次" in words[2]
    assert words[3] == "优秀名额为1个，因同分评为优秀的有3个：市教育局、市司法局、市公安局。"
    assert not any("抽" in each["text"] for each in context["work"])  # type: ignore[attr-defined]


def test_without_a_review_nothing_is_invented(form: Form) -> None:
    document, _ = write(Review(100, 1), form)
    text = text_of(document)
    assert "尚未核定任何任务，暂不作评价。" in text
    assert "通过的单位" not in text.replace("不通过的单位", "")


def test_what_does_not_apply_is_neither_done_nor_passed(form: Form) -> None:
    review = Review(100, 1, tasks=(TaskReview("1", "市教育局", status="不适用"),))
    text = text_of(write(review, form, year(Said(status="不适用", progress=None)))[0])
    assert "已核定的1项次任务中，上报已完成0项次，核定已完成0项次；核定状态与上报不一致0项次。" in text
    assert "没有计分任务，不评等次的单位1个：市教育局。" in text
    assert "不计分的单位1个：市教育局。" in text
    assert "总体通过" not in text
    both = year(Said(status="不适用", progress=None), Said())
    review = replace(review, tasks=(*review.tasks, TaskReview("2", "市教育局", "实地核查", "已完成")))
    text = text_of(write(review, form, both)[0])
    assert "核定完成率为100.0%（1/1，调整取消和不适用的1项次不计）；" in text
    assert "实地核查1项次（涉及1个单位）" in text


def test_a_year_in_which_all_is_well_passes(form: Form) -> None:
    review = Review(100, 1, tasks=(TaskReview("1", "市教育局", status="已完成"),))
    text = text_of(write(review, form, year(Said()))[0])
    assert "2026年度任务总体通过检查验收。" in text
    assert "核查中没有发现上述各类问题。" in text
    assert "没有扣分和加分事项。" in text
    assert "本次检查验收没有提出需要整改的事项。" in text


def test_what_the_group_wrote_is_whole_and_escaped(form: Form) -> None:
    opinion = "材料<不全>&签名缺失；" * 40
    review = Review(100, 1, tasks=(TaskReview("1", "市教育局", status="滞后", progress=10, opinion=opinion),))
    text = text_of(write(review, form, year(Said()))[0])
    assert opinion in text


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not installed")
@needs_libreoffice
def test_the_report_prints(form: Form, tmp_path: Path) -> None:
    document, _ = write(EXPECTED, form)
    path = tmp_path / "报告.docx"
    document.save(str(path))
    command = [str(HAS_LIBREOFFICE), "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    shown = subprocess.run(
        ["pdftotext", str(tmp_path / "报告.pdf"), "-"], check=True, capture_output=True, text=True
    ).stdout
    assert "检查组名单" in shown
