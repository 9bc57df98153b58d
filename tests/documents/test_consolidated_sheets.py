"""The sheets beside tasks and units, what is verified on each, the charts, and rows too high for a page."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import pytest
from builders.consolidated import block, made, table
from builders.samples import CREATE, LEAD, LINES, PROTECT, SUPPORT, UNITS, five_tasks, many_tasks
from builders.year import FORM, a_line, a_report, a_task, a_unit, consolidate
from openpyxl import Workbook, load_workbook

from reporting.documents.consolidated.behind import new_dates
from reporting.documents.consolidated.proceedings import Exemption, Proceedings, Question, SentFile
from reporting.files.package import split_package
from reporting.model import UNREPORTED, Contact, Deadline, TaskLine, UnitState
from reporting.model.review import PASSED, TO_RECTIFY, Review, Scores, TargetReview, TaskReview, TaskScore, UnitScore

PROCEEDINGS = Proceedings(
    review=Review(
        100,
        1,
        tasks=(
            TaskReview("1", "市科技局", status="基本完成", progress=90, score=88, reason="缺备案", opinion="补备案"),
            TaskReview("1", "市市场监管局", status="已完成", opinion="属实"),
            TaskReview("2", "市市场监管局", status="滞后", progress=66),
        ),
        targets=(TargetReview("1-1", "市科技局", 9, "扣除重复1家"),),
    ),
    scores=Scores(
        (
            TaskScore("1", "市科技局", "牵头", "基本完成", 1, 88, verified=True, formula=""),
            TaskScore("5-1", "市科技局", "牵头", "调整取消", 1, 70, verified=False, formula=""),
        ),
        (
            UnitScore("市科技局", 88, (), 0, 88.5, 1, "优秀", PASSED, 1, 1, ""),
            UnitScore("市市场监管局", 70, (), 0, 70, 2, "合格", TO_RECTIFY, 2, 0, ""),
        ),
    ),
    reviews=2,
    plan_id="abc",
    questions=(
        Question("市科技局", "1", "量化指标 F5", "完成值填的是 12，共同牵头的市市场监管局填的是 10。"),
        Question("市财政局", "3", "任务填报 H9", "与牵头单位所填不一致。", "单位已说明，请审阅"),
    ),
    exemptions=(
        Exemption("豁免", "市财政局", "3", "没有填写佐证。", "涉密", "李主任", date(2026, 12, 31), "已用"),
        Exemption("延期", "市科技局", "", "第 1 号决定：市科技局整份填报表延期", "年底结账", standing="有效"),
    ),
    files=(SentFile("市科技局", "市科技局/挂牌照片.jpg", date(2026, 12, 12)),),
)


@cache
def verified_book() -> Workbook:
    """The sample after inspection, opened."""
    return load_workbook(BytesIO(made(five_tasks(), proceedings=PROCEEDINGS)), data_only=True)


# ---- what is verified --------------------------------------------------------------------------------


def test_a_task_shows_the_least_advanced_of_its_leads_verified_statuses() -> None:
    first, second, third, *_ = table(verified_book()["任务汇总"])
    assert (first["核定状态"], first["核定进度(%)"]) == ("基本完成", 90)
    assert first["核定说明"] == "【市科技局】补备案\n【市市场监管局】属实"
    assert (second["核定状态"], second["核定进度(%)"], second["核定说明"]) == ("滞后", 66, None)
    assert (third["核定状态"], third["核定进度(%)"]) == (None, None)


def test_a_task_of_which_one_lead_is_not_verified_shows_no_status() -> None:
    review = PROCEEDINGS.review
    assert review is not None
    part = replace(PROCEEDINGS, review=replace(review, tasks=review.tasks[:1]))
    book = load_workbook(BytesIO(made(five_tasks(), proceedings=part)), data_only=True)
    assert table(book["任务汇总"])[0]["核定状态"] is None
    assert table(book["逐单位填报"])[0]["核定状态"] == "基本完成"


def test_each_unit_of_a_task_shows_what_was_verified_and_its_score() -> None:
    rows = table(verified_book()["逐单位填报"])
    shown = [
        (row["核定状态"], row["核定进度"], row["考评得分"], row["扣分原因和检查组意见"]) for row in (rows[0], rows[2])
    ]
    assert shown == [("基本完成", 0.9, 88, "缺备案\n补备案"), (None, None, None, None)]
    assert (rows[-1]["考评得分"], rows[-1]["扣分原因和检查组意见"]) == (70, "未核定，按上报情况计分")


def test_units_show_score_rank_grade_and_conclusion() -> None:
    *rows, _ = table(verified_book()["单位情况"], "单位")
    assert [tuple(row[name] for name in ("考评得分", "名次", "等次", "验收结论")) for row in rows[:3]] == [
        (88.5, 1, "优秀", PASSED),
        (70, 2, "合格", TO_RECTIFY),
        (None, None, None, None),
    ]


def test_targets_show_the_verified_figure_and_whether_it_reaches() -> None:
    first, second, *_ = table(verified_book()["量化指标"])
    assert (first["完成率"], first["是否达到"]) == (1.2, "达到目标值")
    verified = [first[name] for name in ("核定完成值", "核定说明", "核定完成率", "核定后是否达到")]
    assert verified == [9, "扣除重复1家", 0.9, "未达到目标值"]
    assert [second[name] for name in ("核定完成值", "核定完成率", "核定后是否达到")] == [None, None, None]


def test_overview_tells_the_grades_after_inspection_alone() -> None:
    grades = {row[0]: row[1] for row in block(verified_book()["概况"], "等次")[1:]}
    assert grades == {"优秀": 1, "良好": 0, "合格": 1, "不合格": 0, "不评等次": 0, "合计": 2}
    before = load_workbook(BytesIO(made(five_tasks())), data_only=True)["概况"]
    assert "等次" not in {row[0] for row in before.iter_rows(values_only=True)}


# ---- the other sheets --------------------------------------------------------------------------------


def test_problems_are_grouped_and_equal_words_stand_once() -> None:
    same = a_line(
        a_task("6", PROTECT, "加强维权援助。", "市市场监管局", "市财政局"),
        "滞后",
        10,
        a_report("市市场监管局", LEAD, "滞后", 10, problem="选址未落实。", next_step="抓紧。"),
        a_report("市财政局", SUPPORT, "滞后", 10, problem="无"),
    )
    book = load_workbook(BytesIO(made(consolidate((*LINES, same), UNITS))), data_only=True)
    rows = table(book["问题汇总"], "序号")
    assert [(row["类别"], row["存在问题及原因"], row["填报单位"], row["任务编号"]) for row in rows] == [
        (CREATE, "核准周期较长。", "市市场监管局", 2),
        (PROTECT, "选址未落实。", "市市场监管局", "3、6"),
        (PROTECT, "预算调整待批。", "市财政局", 3),
        (PROTECT, "改由市发展改革委统筹。", "市科技局", "5-1"),
    ]
    assert rows[1]["下一步计划"] == "2027年2月底前确定选址。\n抓紧。"
    assert "共4条" in str(book["问题汇总"]["A2"].value)


def test_evidence_stands_by_task_with_what_is_lacking_and_the_files_that_came() -> None:
    rows = table(verified_book()["佐证材料"])
    assert [(row["任务编号"], row["填报单位"], row["来源"], row["佐证材料"]) for row in rows] == [
        (1, "市科技局", "填报", "《认定通知》（澜科〔2026〕8号）"),
        (1, "市市场监管局", "未列佐证", None),
        (1, "市财政局", "未列佐证", None),
        (None, "市科技局", "来件", "市科技局/挂牌照片.jpg"),
    ]


def test_questions_tell_whether_they_are_settled() -> None:
    rows = table(verified_book()["矛盾和疑点"], "序号")
    assert [(row["填报单位"], row["位置"], row["处理情况"]) for row in rows] == [
        ("市科技局", "量化指标 F5", "待核实"),
        ("市财政局", "任务填报 H9", "单位已说明，请审阅"),
    ]
    assert "2处，其中1处待核实" in str(verified_book()["矛盾和疑点"]["A2"].value)


def test_exemptions_and_decisions_stand_with_reason_and_who_agreed() -> None:
    rows = table(verified_book()["例外和决定"], "序号")
    assert [(row["种类"], row["单位"], row["理由"], row["同意人"], row["状态"]) for row in rows] == [
        ("豁免", "市财政局", "涉密", "李主任", "已用"),
        ("延期", "市科技局", "年底结账", None, "有效"),
    ]


def test_a_task_that_is_past_its_deadline_stands_among_the_late_ones() -> None:
    overdue = a_task("7", CREATE, "上半年开展专项行动。", "市科技局")
    overdue = replace(overdue, deadline=Deadline("2026年6月底前", "date", date(2026, 6, 30)))
    report = a_report("市科技局", LEAD, "持续推进", 60, next_step="2027年一季度完成。")
    lines: tuple[TaskLine, ...] = (*LINES, a_line(overdue, "持续推进", 60, report))
    book = load_workbook(BytesIO(made(consolidate(lines, UNITS))), data_only=True)
    rows = table(book["滞后和未完成"])
    dates = "新的完成时间（摘自下一步计划）"
    assert [(row["任务编号"], row["情形"], row[dates]) for row in rows] == [
        (2, "滞后", "2027年1月底前"),
        (3, "滞后", "2027年2月底前"),
        (7, "已过时限", "2027年一季度"),
    ]
    assert "另有1项已过完成时限" in str(book["滞后和未完成"]["A2"].value)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2027年3月底前完成选址，明年6月建成。", "2027年3月底前、明年6月"),
        ("力争明年一季度完成。", "明年一季度"),
        ("12月31日前报省局。", "12月31日前"),
        ("2027年完成。", "2027年"),
        ("加快推进，确保按期完成。", "未写明"),
        ("继续实施5个项目、3月一次的会商。", "3月"),
    ],
)
def test_new_dates_are_the_words_of_the_unit(text: str, found: str) -> None:
    assert new_dates([a_report("市科技局", LEAD, "滞后", 10, next_step=text)]) == found


# ---- charts ------------------------------------------------------------------------------------------

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def charts_of(data: bytes) -> list[dict[str, Any]]:
    """Each chart of a workbook: its title, labels, and figures by series, as they are kept in its part."""
    parts = split_package(data)
    names = [name for name in parts if re.fullmatch(r"xl/charts/chart\d+\.xml", name)]
    roots = [
        ElementTree.fromstring(parts[name]) for name in sorted(names, key=lambda each: int(re.sub(r"\D", "", each)))
    ]
    return [
        {
            "title": "".join(each.text or "" for each in root.findall(f".//{C}title//{A}t")),
            "labels": [each.text for each in root.findall(f".//{C}ser[1]/{C}cat//{C}pt/{C}v")],
            "series": {each.findtext(f"{C}tx/{C}v"): _figures(each) for each in root.findall(f".//{C}ser")},
            "ranges": [each.text for each in root.iter(f"{C}f")],
            "order": [each.tag.removeprefix(C) for each in root.findall(f".//{C}ser[1]/*")],
        }
        for root in roots
    ]


def _figures(series: ElementTree.Element) -> list[float]:
    return [float(each.text or 0) for each in series.findall(f"{C}val//{C}pt/{C}v")]


def test_charts_show_the_figures_of_the_cells_they_point_to() -> None:
    data = made(five_tasks(), proceedings=PROCEEDINGS)
    book = load_workbook(BytesIO(data), data_only=True)
    charts = charts_of(data)
    assert [each["title"] for each in charts] == [
        "任务完成状态（项）",
        "量化指标达标情况（项）",
        "各类别任务完成情况（项）",
        "各单位任务完成情况（项次）",
    ]
    for chart in charts:
        columns = []
        for address in chart["ranges"]:
            name, cells = re.fullmatch(r"'(.+)'!(.+)", address).groups()  # type: ignore[union-attr]
            columns.append([row[0].value for row in book[name][cells.replace("$", "")]])
        labels = columns[0::2]
        assert all(each == chart["labels"] for each in labels)
        assert columns[1::2] == list(chart["series"].values())
    assert charts[0]["series"]["项数"] == [1, 0, 0, 0, 1, 1, 0, 1, 0, 1]
    assert charts[2]["series"].keys() == {"已完成", "滞后", "未启动", "调整取消", UNREPORTED}


def test_the_parts_of_a_chart_stand_in_the_order_of_the_standard() -> None:
    order = ["idx", "order", "tx", "spPr", "invertIfNegative", "dPt", "dLbls", "cat", "val"]
    charts = charts_of(made(five_tasks()))
    assert len(charts) >= 3
    for chart in charts:
        positions = [order.index(each) for each in chart["order"]]
        assert positions == sorted(positions)
    parts = split_package(made(five_tasks()))
    for name, part in parts.items():
        if name.startswith("xl/charts/"):
            assert b"<a:t></a:t>" not in part
            assert b"<a:t/>" not in part
            assert b"<c>" not in part
        if name.startswith("xl/drawings/drawing"):
            assert re.search(rb"Off>-", part) is None


def test_eighty_units_stand_in_charts_that_fit_a_page() -> None:
    charts = [each for each in charts_of(made(many_tasks())) if each["title"].startswith("各单位")]
    assert [len(each["labels"]) for each in charts] == [20, 20, 20, 20]
    assert charts[0]["title"].endswith("（第1至20个）")
    counted: Counter[str] = Counter()
    for chart in charts:
        for name, figures in chart["series"].items():
            counted[name] += sum(figures)
    assert counted.total() == 1200


def test_a_year_without_targets_shows_who_sent_instead() -> None:
    told = a_report("市科技局", LEAD, "已完成", 100, result="完成。")
    line = a_line(a_task("1", "一、总则", "做一件事。", "市科技局"), "已完成", 100, told)
    year = consolidate((line,), (a_unit(1, "市科技局", UnitState.ACCEPTED, (line,), contact=Contact("甲")),))
    titles = [each["title"] for each in charts_of(made(year))]
    assert "报送情况（单位数）" in titles
    assert not any(title.startswith("量化指标") for title in titles)
    assert charts_of(made(consolidate(())))[0]["series"]["项数"] == [0] * (len(FORM.statuses) + 1)


# ---- rows --------------------------------------------------------------------------------------------


def test_what_no_row_can_show_goes_on_in_rows_below_and_nothing_is_lost() -> None:
    units = [f"第{number}局" for number in range(8)]
    reports = [a_report(unit, SUPPORT, "已完成", 100, result=f"{unit}" + "情况" * 400) for unit in units]
    line = a_line(a_task("1", "类", "内容", "甲局", " ".join(units)), "已完成", 100, *reports)
    filler = [a_line(a_task(str(n), "类", "内容", "甲局"), UNREPORTED, None) for n in range(2, 40)]
    book = load_workbook(BytesIO(made(consolidate((line, *filler)))), data_only=True)
    sheet = book["任务汇总"]
    rows = [row for row in table(sheet) if row["任务编号"] == 1]
    assert len(rows) > 1
    assert [row["完成状态"] for row in rows] == ["已完成"] + [None] * (len(rows) - 1)
    words = "".join(str(row["配合单位填报"] or "") for row in rows).replace("\n", "")
    assert words == "".join(f"【{unit}】（已完成，100%）{unit}" + "情况" * 400 for unit in units)
    column = next(cell.column for cell in sheet[3] if cell.value == "核定状态")
    fills = [sheet.cell(row, column).fill.start_color.rgb for row in (4, 5)]
    assert fills == [f"FF{FORM.look.missing_fill}", "00000000"]  # nothing is filled in where a row goes on
    assert all((sheet.row_dimensions[at].height or 0) <= 409 for at in range(1, sheet.max_row + 1))
    counts = {row[0]: row[1] for row in block(book["概况"], "完成状态")[1:]}
    assert (counts["已完成"], counts[UNREPORTED], counts["合计"]) == (1, 38, 39)
