"""Values as departments type them, the whole way from the file to the figure and to every finding."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from builders.year import expected_of, fill, issue_one, read_and_check, small_plan

from reporting.files.file_type import sniff
from reporting.model import Unread
from reporting.model.findings import Finding
from reporting.office.form import Form
from reporting.returns.check import Against, check_returns
from reporting.returns.reading.read import read_return


@pytest.fixture(scope="module")
def issued(form: Form) -> bytes:
    return issue_one(small_plan(), form)


def told(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    """The code and the cell of every finding, the office's business of notes left out."""
    return [(each.kind.code, each.place.cell) for each in findings if each.kind.severity != "note"]


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("１００％", []),
        ("100%", []),
        (1, []),
        ("约100%", []),
        ("1 0 0", ["figure_is_exact"]),
        ("完成3项（共4项）", ["figure_is_exact"]),
        ("约九成", ["done_is_complete"]),
        ("百分之百", []),
        ("百分之九十", ["done_is_complete"]),
        ("80-90", ["figure_is_exact"]),
        ("过半", ["figure_is_readable"]),
        ("无", ["figure_is_readable"]),
        ("同上", ["figure_is_readable"]),
        ("#N/A", ["formula_gives_a_value"]),
    ],
)
def test_progress_as_typed(typed: Any, codes: list[str], issued: bytes, form: Form) -> None:
    data = fill(BytesIO(issued), {"1": {"完成进度(%)": typed}}, {"1-1": 8, "1-2": 9})
    assert told(read_and_check(data, form)[1]) == [(code, "I7") for code in codes]


@pytest.mark.parametrize(
    ("typed", "value", "codes"),
    [
        ("12所", 12, []),
        ("１２", 12, []),
        ("约12所", 12, ["figure_is_exact"]),
        ("≥12", 12, []),
        ("10所以上", 10, []),
        ("近12所", 12, ["figure_is_exact"]),
        ("2+3", 5, ["figure_is_exact"]),
        ("5\n8", 5, ["figure_is_exact"]),
        ("1.2万所", 12_000, ["figure_is_plausible"]),
        ("3,200余所", 3200, ["figure_is_plausible"]),
        ("十二", 12, []),
        ("一百二", Unread.UNREADABLE, ["target_is_readable"]),
        ("12个", 12, ["measure_is_as_planned"]),
        ("12件", Unread.UNREADABLE, ["target_has_its_unit"]),
        ("10-15", Unread.UNREADABLE, ["target_is_readable"]),
        ("无", 0, ["figure_is_exact"]),
        ("/", Unread.UNREADABLE, ["target_is_readable"]),
        ("—", Unread.UNREADABLE, ["target_is_readable"]),
        ("详见附件", Unread.UNREADABLE, ["target_is_readable"]),
    ],
)
def test_figure_of_a_target_as_typed(typed: str, value: Any, codes: list[str], issued: bytes, form: Form) -> None:
    sent, findings = read_and_check(fill(BytesIO(issued), None, {"1-1": typed, "1-2": 9}), form)
    assert (sent.target_rows[0].raw("value"), sent.target_rows[0].value("value")) == (typed, value)
    assert told(findings) == [(code, "F5") for code in codes]


NINTH = date(2026, 12, 9)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        *((typed, NINTH) for typed in (NINTH, 46365, "2026.12.9", "2026.1209", "2026/12/9", "2026年12月9日")),
        ("二○二六年十二月九日", NINTH),
        *((typed, NINTH) for typed in ("2026-12-09 10:30", "2026年12月9日 上午", "26.12.9", "2026。12。9")),
    ],
)
def test_day_as_typed(typed: Any, day: Any, issued: bytes, form: Form) -> None:
    data = fill(BytesIO(issued), None, {"1-1": 8, "1-2": 9}, {"填报日期": typed})
    sent, findings = read_and_check(data, form)
    assert sent.header["filled_on"].value == day
    assert told(findings) == []


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("二〇二六年十二月", date(2026, 12, 31)),
        ("2026-12", date(2026, 12, 31)),
        ("2026年1-12月", date(2026, 12, 31)),
        ("全年", date(2026, 12, 31)),
        ("2016-12-09", NINTH),
        (date(2025, 12, 9), NINTH),
        ("9/12/2026", NINTH),
        ("上个月", None),
        ("2026-11-31", None),
    ],
)
def test_a_day_that_is_not_plain_is_asked_about(typed: Any, day: Any, issued: bytes, form: Form) -> None:
    sent, findings = read_and_check(fill(BytesIO(issued), None, {"1-1": 8, "1-2": 9}, {"填报日期": typed}), form)
    assert sent.header["filled_on"].value == day
    assert told(findings) == [("date_is_unmistakable", "H4")]


@pytest.mark.parametrize(("typed", "day"), [("12月9日", 9), ("12.9", 9), ("12/9", 9), ("十二月九日", 9)])
def test_a_date_without_a_year_is_of_the_plans_year_and_is_said(
    typed: str, day: int, issued: bytes, form: Form
) -> None:
    data = fill(BytesIO(issued), None, {"1-1": 8, "1-2": 9}, {"填报日期": typed})
    sent, findings = read_and_check(data, form)
    assert sent.header["filled_on"].value == date(2026, 12, day)
    assert [(each.kind.code, each.place.cell, each.message) for each in findings] == [
        ("date_is_complete", "H4", f"填报日期“{typed}”没有写年份，按 2026-12-{day:02} 登记。")
    ]


def sentences(data: bytes, form: Form) -> list[tuple[str, str]]:
    return [
        (each.place.cell, each.message + each.remedy)
        for each in read_and_check(data, form)[1]
        if each.kind.severity != "note"
    ]


ONE_NUMBER = "请只填一个数字，计量单位不用写；需要说明的写在“说明”栏。"


def test_a_figure_that_is_a_range_or_a_date_is_told_so(issued: bytes, form: Form) -> None:
    typed = {"1-1": "10至15所", "1-2": date(2026, 10, 15)}
    assert sentences(fill(BytesIO(issued), None, typed), form) == [
        ("F5", "完成值“10至15所”不是数字，是一个范围，请填实际完成的数。" + ONE_NUMBER),
        ("F6", "完成值“2026-10-15”不是数字，是日期，可能填的是 10-15，被表格变成了日期。" + ONE_NUMBER),
    ]


@pytest.mark.parametrize("typed", [0.085, 0.9, 1])
def test_a_share_typed_for_a_percentage_is_asked_about_once(typed: float, issued: bytes, form: Form) -> None:
    asked = (
        f"完成值填的是 {typed}，目标值是 增长≥8%：填的如是以 1 为百分之百的比例，应为 {typed * 100:g}%。"
        f"请核对，改填百分号前的数；确为 {typed}% 的，在“说明”栏写明没有达到目标值的原因。"
    )
    assert sentences(fill(BytesIO(issued), None, {"1-1": 8, "1-2": typed}), form) == [("F6", asked)]


def test_a_small_percentage_with_its_reason_is_no_question(issued: bytes, form: Form) -> None:
    data = fill(BytesIO(issued), None, {"1-1": 8, "1-2": {6: 0.9, 8: "受招生规模影响，增速放缓。"}})
    assert sentences(data, form) == []


def test_a_word_that_says_nothing_is_named_where_something_must_stand(issued: bytes, form: Form) -> None:
    rows: dict[str, dict[str, Any]] = {
        "1": {"完成情况": "无"},
        "2": {"完成情况": None, "备注": "已开展普法宣传四次，覆盖学校五十二所。"},
    }
    assert sentences(fill(BytesIO(issued), rows, {"1-1": 8, "1-2": 9}), form) == [
        ("J7", "没有填写完成情况：只填了“无”，不能算填写。请补填完成情况。"),
        ("J8", "没有填写完成情况。请补填完成情况；写在“备注”栏的，请移到这一栏。"),
    ]


def test_the_day_that_the_office_asks_for_may_be_ahead(issued: bytes, form: Form) -> None:
    figures = {"1-1": {6: 8, 7: date(2026, 12, 31)}, "1-2": {6: 9, 7: date(2027, 1, 5)}}
    data = fill(BytesIO(issued), None, figures)
    sent = replace(read_return("填报表.xlsx", "0" * 64, data, sniff(data), form)[0], unit=UNIT)
    expected, today = {UNIT: expected_of(UNIT)}, date(2026, 12, 10)
    ((_, ahead),) = check_returns([sent], expected, form, 2026, Against(today=today))
    ((_, asked_for),) = check_returns([sent], expected, form, 2026, Against(today=today, data_as_of=date(2026, 12, 31)))
    past = [("data_day_is_past", "G5"), ("data_day_is_past", "G6")]
    assert [each for each in told(ahead) if each[0] == "data_day_is_past"] == past
    assert [each for each in told(asked_for) if each[0] == "data_day_is_past"] == past[1:]


UNIT = "市教育局"
