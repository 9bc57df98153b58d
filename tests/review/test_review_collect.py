"""Review workbooks as they really come back: other formats, parts by several inspectors, wrong files."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from builders.formats import as_ods, as_xls, sheets_of
from builders.laws import examples
from builders.review import EXPECTED, INSPECTED_ON, Edit, codes, everything, fill_in, put, sample, without_methods
from builders.year import RECEIVED_ON, fill, issued_file, send
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import cli
from reporting.commands.collect import collect
from reporting.commands.review_collect import review_collect
from reporting.commands.review_issue import review_issue
from reporting.ledger import Ledger
from reporting.model.findings import DubanError, Finding
from reporting.model.review import Inspection, Review, TargetReview, TaskReview, UnitReview
from reporting.office.form import Form
from reporting.office.workspace import Workspace
from reporting.review.merge import differences, merge
from reporting.review.sample import draw, inspect, inspection_digest
from reporting.review.workbook.open import open_review
from reporting.review.workbook.read import read_review_book
from reporting.review.workbook.sheets import TASK_COLUMNS
from reporting.review.workbook.write import write_review_book


@pytest.fixture(scope="module")
def inspection() -> Inspection:
    return inspect(sample(), "plan-1", share=50, seed=7)


def read(path: Path, inspection: Inspection, form: Form, most: float = 100.0) -> tuple[Review, list[Finding]]:
    digest = inspection_digest(inspection)
    return read_review_book(open_review(path), inspection, form, digest, most)


def shown(findings: Sequence[Finding]) -> list[tuple[str, str, str]]:
    return [(each.kind.code, each.place.cell, each.message) for each in findings]


# ---- formats ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("maker", "name"), [(as_xls, "核定.xls"), (as_xls, "核定.et"), (as_ods, "核定.ods")])
def test_other_formats_are_read_alike(
    maker: Any, name: str, inspection: Inspection, form: Form, tmp_path: Path
) -> None:
    sheets = sheets_of(fill_in(inspection, form, tmp_path / "a.xlsx", everything).read_bytes())
    (tmp_path / name).write_bytes(maker(sheets))
    review, findings = read(tmp_path / name, inspection, form)
    assert findings == []
    assert without_methods(review) == EXPECTED


def test_a_workbook_without_the_newer_columns_is_read(inspection: Inspection, form: Form, tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        everything(book)
        book["任务核定"].delete_cols(17, 2)

    review, findings = read(fill_in(inspection, form, tmp_path / "a.xlsx", edit), inspection, form)
    assert findings == []
    assert without_methods(review) == EXPECTED


def test_sheets_may_be_renamed_and_columns_of_the_units_left_out(
    inspection: Inspection, form: Form, tmp_path: Path
) -> None:
    def edit(book: Any) -> None:
        everything(book)
        book["任务核定"].delete_cols(8, 2)
        book["任务核定"].title = "任务核定（定稿）"
        book["单位核定"].title = "单位"

    review, findings = read(fill_in(inspection, form, tmp_path / "a.xlsx", edit), inspection, form)
    assert findings == []
    assert without_methods(review) == EXPECTED


def test_rows_may_be_sorted_set_apart_and_left_out(inspection: Inspection, form: Form, tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        everything(book)
        sheet = book["任务核定"]
        rows = [[cell.value for cell in line] for line in sheet.iter_rows(min_row=4, max_row=8)]
        sheet.delete_rows(4, 5)
        for at, row in zip((5, 7, 30), sorted(rows, key=lambda row: str(row[1]))[:3], strict=True):
            for column, value in enumerate(row, 1):
                sheet.cell(at, column).value = value

    review, findings = read(fill_in(inspection, form, tmp_path / "a.xlsx", edit), inspection, form)
    assert findings == []
    kept = sorted(EXPECTED.tasks, key=lambda each: each.unit)[:3]
    assert list(without_methods(review).tasks) == kept


def test_a_sheet_that_is_gone_counts_as_blank_and_is_told(inspection: Inspection, form: Form, tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        everything(book)
        book.remove(book["指标核定"])

    review, findings = read(fill_in(inspection, form, tmp_path / "a.xlsx", edit), inspection, form)
    assert codes(findings) == ["review_table_is_there"]
    assert not any(each.is_error for each in findings)
    assert (review.targets, len(review.tasks)) == ((), 5)


def test_formulas_with_results_are_taken_and_told(inspection: Inspection, form: Form, tmp_path: Path) -> None:
    path = fill_in(inspection, form, tmp_path / "a.xlsx", put("任务核定", N4=95, O4="缺签字", P4="补签"))
    data = _with_formula(path.read_bytes(), b'r="N4"', b"100-5")
    path.write_bytes(data)
    review, findings = read(path, inspection, form)
    assert review.tasks[0].score == 95
    assert shown(findings) == [("review_is_typed", "N4", "考评得分是公式，按算出的结果“95”登记。")]
    assert not findings[0].is_error


def _with_formula(data: bytes, cell: bytes, formula: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(out, "w") as changed:
        for name in package.namelist():
            part = package.read(name)
            part = re.sub(rb"(<c " + cell + rb"[^>]*>)(<v>)", rb"\1<f>" + formula + rb"</f>\2", part, count=1)
            changed.writestr(name, part)
    return out.getvalue()


def test_filtered_rows_are_read_and_told(inspection: Inspection, form: Form, tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        everything(book)
        book["任务核定"].row_dimensions[5].hidden = True

    review, findings = read(fill_in(inspection, form, tmp_path / "a.xlsx", edit), inspection, form)
    assert shown(findings) == [
        ("review_rows_are_shown", "", "“任务核定”表的第 5 行被隐藏或筛掉了，其中的内容照常读取。")
    ]
    assert without_methods(review) == EXPECTED


def test_a_copy_that_says_otherwise_is_an_error_and_one_that_does_not_is_none(
    inspection: Inspection, form: Form, tmp_path: Path
) -> None:
    def copy(book: Any) -> None:
        everything(book)
        book.copy_worksheet(book["任务核定"]).title = "任务核定 (2)"

    def go_on_in_it(book: Any) -> None:
        copy(book)
        book["任务核定 (2)"]["P4"].value = "补签"

    assert read(fill_in(inspection, form, tmp_path / "a.xlsx", copy), inspection, form)[1] == []
    _, findings = read(fill_in(inspection, form, tmp_path / "b.xlsx", go_on_in_it), inspection, form)
    assert [(each.kind.code, each.place.part, each.place.cell) for each in findings] == [
        ("review_table_is_single", "任务核定 (2)", "P4")
    ]
    assert "有 1 格与“任务核定”表不同（如 P4 检查组意见“补签”）" in findings[0].message


def test_times_of_day_anywhere_are_no_obstacle(inspection: Inspection, form: Form, tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        everything(book)
        for sheet, cell in (("任务核定", "T2"), ("填写说明", "F20"), ("_meta", "A9"), ("_meta", "B9")):
            book[sheet][cell].value = time(9, 30)
        put("任务核定", N4=time(9, 30))(book)

    _, findings = read(fill_in(inspection, form, tmp_path / "a.xlsx", edit), inspection, form)
    assert [(each.kind.code, each.place.cell) for each in findings] == [("review_score_in_range", "N4")]


def test_everything_wrong_is_told_at_once_with_its_cell(inspection: Inspection, form: Form, tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        put("任务核定", L4="差不多", N4=120, E6="滞后", K7="看看", N7="优", L8="未启动", N8=80)(book)
        put("任务核定", A9="88", B9="市公安局", L9="已完成")(book)
        put("指标核定", H4="约5件")(book)
        put("单位核定", B4=2, D5="可能", D6="是")(book)

    _, findings = read(fill_in(inspection, form, tmp_path / "a.xlsx", edit), inspection, form)
    assert [(each.kind.code, f"{each.place.part} {each.place.cell}", each.unit, each.task) for each in findings] == [
        ("review_value_is_readable", "指标核定 H4", "市教育局", "1"),
        ("review_locked_is_unchanged", "任务核定 E6", "市司法局", "1"),
        ("review_row_is_known", "任务核定 A9", "市公安局", ""),
        ("review_status_is_known", "任务核定 L4", "市教育局", "1"),
        ("review_score_in_range", "任务核定 N4", "市教育局", "1"),
        ("review_method_is_known", "任务核定 K7", "市司法局", "2"),
        ("review_score_in_range", "任务核定 N7", "市司法局", "2"),
        ("review_deduction_has_reason", "任务核定 O8", "市财政局", "3"),
        ("review_bonus_has_reason", "单位核定 C4", "市教育局", ""),
        ("review_veto_is_known", "单位核定 D5", "市司法局", ""),
        ("review_veto_has_reason", "单位核定 E6", "市财政局", ""),
    ]
    assert findings[4].message == "考评得分“120”不是 0 到 100 的数字。"
    assert findings[4].remedy == "请填 0 到 100 的数字，如 95；不评定的留空。"


def test_more_than_a_hundred_marks_where_more_is_rewarded(inspection: Inspection, form: Form, tmp_path: Path) -> None:
    path = fill_in(inspection, form, tmp_path / "a.xlsx", put("任务核定", N4=108))
    review, findings = read(path, inspection, form, most=110)
    assert (review.tasks[0].score, findings) == (108, [])
    book: Any = openpyxl.load_workbook(_saved(write_review_book(inspection, "x", form, 110), tmp_path))
    rules = {str(each.sqref): each for each in book["任务核定"].data_validations.dataValidation}
    assert (rules["N4:N8"].formula2, "0 到 110" in rules["N4:N8"].prompt) == ("110", True)


def _saved(data: bytes, folder: Path) -> Path:
    path = folder / "saved.xlsx"
    path.write_bytes(data)
    return path


def test_what_the_group_says_of_the_whole_and_of_single_tasks_is_read(
    inspection: Inspection, form: Form, tmp_path: Path
) -> None:
    words = {"复查日期": "2027-03-05", "检查组总体意见": "总体较好。", "保留意见": "林晓：抽查偏少"}

    def edit(book: Any) -> None:
        everything(book)
        put("任务核定", Q6="缺佐证且内容空洞", R7="2027-03-01")(book)
        for line in book["填写说明"].iter_rows():
            for cell in line:
                if cell.value in words:
                    book["填写说明"].cell(cell.row, cell.column + 1).value = words[cell.value]

    review, findings = read(fill_in(inspection, form, tmp_path / "a.xlsx", edit), inspection, form)
    assert findings == []
    assert review.recheck_on == date(2027, 3, 5)
    assert (review.conclusion, review.dissent) == ("总体较好。", "林晓：抽查偏少")
    assert [each.material for each in review.tasks] == ["", "", "缺佐证且内容空洞", "", ""]
    assert [each.rectify_by for each in review.tasks][3] == date(2027, 3, 1)


@pytest.mark.slow
def test_a_workbook_of_many_rows_is_read_to_its_end(form: Form, tmp_path: Path) -> None:
    shown = inspect(sample(), "plan-1")
    many = tuple(replace(shown.tasks[0], number=str(number)) for number in range(1, 6001))
    large = replace(shown, tasks=many, targets=(), units=("市教育局",))
    keys = [column.key for column in TASK_COLUMNS]
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("任务核定")
    sheet.append([column.heading for column in TASK_COLUMNS])
    for each in many:
        cells = [str(getattr(each, key, "")) for key in keys]
        cells[keys.index("verified")] = "未启动" if each.number == "6000" else ""
        sheet.append(cells)
    book.save(tmp_path / "a.xlsx")
    review, findings = read_review_book(open_review(tmp_path / "a.xlsx"), large, form)
    assert [(each.number, each.status) for each in review.tasks if each.is_filled] == [("6000", "未启动")]
    assert not any(each.is_error for each in findings)


ODD_VALUES: list[Any] = [
    *("", "=1+1", "#REF!", "１２３", "1e400", "-0", "nan", "是", "2027-13-40", "{{ x }}", "<a>&", "9" * 300),
    *("\u200b", "约95", "95分", "九十五", "12月底", "无", "同上", 0, -1, 1e308, 3.14159, 0.5, True, None),
    *(date(2027, 1, 1), time(3, 4), '=DISPIMG("ID",1)'),
]
OddEdit = tuple[str, int, int, Any]


@pytest.mark.slow
@examples(120)
@given(
    edits=st.lists(
        st.tuples(
            st.sampled_from(["任务核定", "指标核定", "单位核定", "填写说明", "_meta"]),
            st.integers(1, 12),
            st.integers(1, 20),
            st.sampled_from(ODD_VALUES),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_whatever_stands_in_a_cell_is_read_or_told(
    edits: list[OddEdit], inspection: Inspection, form: Form, tmp_path_factory: pytest.TempPathFactory
) -> None:
    def edit(book: Any) -> None:
        everything(book)
        for sheet, row, column, value in edits:
            cell = book[sheet].cell(row, column)
            if type(cell).__name__ != "MergedCell":
                cell.value = value

    path = fill_in(inspection, form, tmp_path_factory.mktemp("odd") / "a.xlsx", edit)
    review, findings = read(path, inspection, form, most=110)
    for finding in findings:
        assert finding.message
        assert finding.remedy
        assert finding.place.file == "a.xlsx"
    for task in review.tasks:
        assert task.score is None or 0 <= task.score <= 110
        assert task.progress is None or 0 <= task.progress <= 100
        assert task.status in ("", *form.statuses)


# ---- what is refused ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("核定.xlsx", b"", "是空文件"),
        ("核定.xlsx", b"%PDF-1.7 x", "是 PDF 文件"),
        ("核定.xlsx", b"\x89PNG\r\n\x1a\n", "是图片"),
        ("核定.xlsx", b"Rar!\x1a\x07\x00", "是压缩包，请先解开"),
        ("核定.xlsx", b"PK\x03\x04 broken", "文件已损坏"),
        ("核定.csv", "任务编号,单位\n1,市教育局\n".encode(), "不是 Excel 或 WPS 表格"),
    ],
)
def test_what_is_no_workbook_is_told_with_what_it_is(name: str, data: bytes, why: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(DubanError) as caught:
        open_review(tmp_path / name)
    assert str(caught.value) == f"核定表“{name}”打不开：{why}。请用 Excel 或 WPS 另存为 .xlsx 后再收。"


@pytest.fixture
def reported(workspace: Workspace) -> Workspace:
    """A workspace in which two units have accepted returns and the review workbook is out."""
    send(workspace, "a.xlsx", fill(issued_file(workspace, "市教育局")))
    collect(workspace, [], RECEIVED_ON)
    review_issue(workspace, INSPECTED_ON)
    return workspace


def copy_of(workspace: Workspace, name: str, edit: Edit) -> Path:
    """An inspector's own copy of the review workbook."""
    source = workspace.outbox("核定") / "2026年度检查验收核定表.xlsx"
    book = openpyxl.load_workbook(source)
    edit(book)
    path = workspace.root / name
    book.save(path)
    return path


def rows_by_key(workspace: Workspace) -> dict[tuple[str, str], int]:
    book: Any = openpyxl.load_workbook(workspace.outbox("核定") / "2026年度检查验收核定表.xlsx")
    return {(str(line[0].value), str(line[1].value)): line[0].row for line in book["任务核定"].iter_rows(min_row=4)}


def test_a_foreign_file_and_one_of_another_year_are_refused(reported: Workspace) -> None:
    def of_last_year(book: Any) -> None:
        for line in book["_meta"].iter_rows():
            if line[0].value == "year":
                line[1].value = "2025"

    path = copy_of(reported, "去年.xlsx", of_last_year)
    with pytest.raises(DubanError) as caught:
        review_collect(reported, path, INSPECTED_ON)
    assert str(caught.value) == ("“去年.xlsx”是 2025 年度的核定表，现在核定的是 2026 年度。请收本年度的核定表。")
    with pytest.raises(DubanError) as caught:
        review_collect(reported, issued_file(reported, "市教育局"), INSPECTED_ON)
    assert "不是核定表" in str(caught.value)
    assert "像是单位的填报表，请放进 inbox，用 collect 收" in str(caught.value)


# ---- several inspectors -------------------------------------------------------------------------------


def test_parts_by_two_inspectors_are_put_together(reported: Workspace) -> None:
    first, second, *_ = rows_by_key(reported).items()
    one = copy_of(reported, "甲.xlsx", put("任务核定", **{f"L{first[1]}": "已完成"}))
    two = copy_of(reported, "乙.xlsx", put("任务核定", **{f"L{second[1]}": "未启动", f"P{second[1]}": "尽快启动"}))
    assert review_collect(reported, one, INSPECTED_ON).changed
    collected = review_collect(reported, two, INSPECTED_ON)
    filled = {(each.number, each.unit): each.status for each in collected.review.tasks if each.is_filled}
    assert filled == {first[0]: "已完成", second[0]: "未启动"}
    assert not any("改为" in note or "撤销" in note for note in collected.outcome.notes)
    again = review_collect(reported, one, INSPECTED_ON)
    assert not again.changed
    assert again.review == collected.review
    assert again.outcome.notes == ("这份核定表以前已经收过，没有再登记；要以它为准的，请加 --instead。",)


def test_a_row_that_two_inspectors_filled_in_is_the_newer_ones_and_it_is_told(reported: Workspace) -> None:
    ((number, unit), row), *_ = rows_by_key(reported).items()
    one = {f"L{row}": "已完成", f"N{row}": 90, f"O{row}": "缺签字"}
    two = {f"L{row}": "已完成", f"N{row}": 80, f"O{row}": "缺签字", f"Q{row}": "缺佐证材料"}
    review_collect(reported, copy_of(reported, "甲.xlsx", put("任务核定", **one)), INSPECTED_ON)
    path = copy_of(reported, "乙.xlsx", put("任务核定", **two))
    collected = review_collect(reported, path, INSPECTED_ON)
    assert collected.outcome.notes[0] == (
        f"任务 {number}（{unit}）考评得分由“90”改为“80”，材料核查由空白改为“缺佐证材料”。"
    )
    ledger = Ledger(reported.ledger_url)
    assert [each.file for each in ledger.collected_reviews(2026)] == ["甲.xlsx", "乙.xlsx"]
    ledger.close()


def test_one_workbook_may_count_instead_of_all_before(reported: Workspace) -> None:
    first, second, *_ = rows_by_key(reported).items()
    one = copy_of(reported, "甲.xlsx", put("任务核定", **{f"L{first[1]}": "已完成"}))
    two = copy_of(reported, "乙.xlsx", put("任务核定", **{f"L{second[1]}": "未启动"}))
    review_collect(reported, one, INSPECTED_ON)
    runner = CliRunner()
    arguments = ["-w", str(reported.root), "review", "collect", str(two), "--instead", "--date=2027-01-09"]
    result = runner.invoke(cli.app, arguments)
    assert result.exit_code == 0, result.output
    number, unit = first[0]
    assert f"任务 {number}（{unit}）的核定撤销了。" in result.output.replace("\n", "")
    ledger = Ledger(reported.ledger_url)
    current = ledger.current_review(2026)
    ledger.close()
    assert current is not None
    assert [(each.number, each.unit) for each in current.review.tasks if each.is_filled] == [second[0]]


# ---- laws ---------------------------------------------------------------------------------------------

STATUSES = st.sampled_from(["", "已完成", "滞后"])
UNITS = ("市教育局", "市司法局")


@st.composite
def reviews(draw: st.DrawFn) -> Review:
    tasks = [
        TaskReview(str(number), unit, "书面审核", draw(STATUSES), score=draw(st.sampled_from([None, 90.0])))
        for number in range(1, 4)
        for unit in UNITS
    ]
    targets = [TargetReview("1-1", unit, draw(st.sampled_from([5.0, 6.0]))) for unit in UNITS if draw(st.booleans())]
    units = [UnitReview(unit, 2.0, "表彰") for unit in UNITS if draw(st.booleans())]
    leader = draw(st.sampled_from(["", "周正", "林晓"]))
    return Review(100, 1, leader, tasks=tuple(tasks), targets=tuple(targets), units=tuple(units))


@examples(60)
@given(before=reviews(), newer=reviews())
def test_nothing_is_lost_in_a_merge_and_every_change_is_told(before: Review, newer: Review) -> None:
    merged = merge(before, newer)
    assert merge(merged, newer) == merged
    told = {(each.number, each.unit): each for each in newer.tasks}
    for each in before.tasks:
        now = next(one for one in merged.tasks if (one.number, one.unit) == (each.number, each.unit))
        own = told[each.number, each.unit]
        assert now == (own if own.is_filled or not each.is_filled else each)
    assert {(each.number, each.unit) for each in (*before.targets, *newer.targets)} == {
        (each.number, each.unit) for each in merged.targets
    }
    changed = [
        each
        for each in (*before.tasks, *before.targets, *before.units)
        if (not isinstance(each, TaskReview) or each.is_filled)
        and each not in (*merged.tasks, *merged.targets, *merged.units)
    ]
    words = list(differences(before, merged))
    assert len(words) == len(changed) + (before.leader not in ("", merged.leader))
    assert list(differences(merged, merged)) == []


@examples(60)
@given(
    order=st.permutations([str(number) for number in range(1, 13)]),
    share=st.integers(0, 100),
    seed=st.integers(0, 10_000),
)
def test_the_draw_depends_on_seed_and_tasks_and_not_on_their_order(order: list[str], share: int, seed: int) -> None:
    drawn = draw(order, "市教育局", share, seed)
    assert set(drawn) == set(draw(sorted(order), "市教育局", share, seed))
    assert len(drawn) == -(-12 * share // 100)
    fewer = draw(order, "市教育局", share // 2, seed)
    assert set(fewer) <= set(drawn)  # a smaller share is part of a larger one
