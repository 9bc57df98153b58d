"""Untidy values: what each is read as, what is refused, and laws that hold for anything a cell can hold."""

from __future__ import annotations

import math
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.language.characters import even_width, same_words
from reporting.language.values import (
    Quantity,
    as_text,
    convert,
    format_number,
    is_failed,
    is_picture,
    parse_date,
    parse_measure,
    parse_percent,
    parse_quantity,
    parse_status,
    split_unit,
    task_number,
)
from reporting.model import Unread
from reporting.office.form import Form

# ---- quantities ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (35, Quantity(35)),
        (0, Quantity(0)),
        (-2.5, Quantity(-2.5)),
        ("35", Quantity(35)),
        (" 35 ", Quantity(35)),
        ("３５", Quantity(35)),
        ("1,234.5", Quantity(1234.5)),
        ("１，２３４", Quantity(1234)),
        ("12件", Quantity(12, "件")),
        ("12 件", Quantity(12, "件")),
        ("16%", Quantity(16, "%")),
        ("１６％", Quantity(16, "%")),
        ("8.5个百分点", Quantity(8.5, "个百分点")),
        ("13万件", Quantity(130_000, "件")),
        ("1.2亿元", Quantity(120_000_000, "元")),
        ("3千人", Quantity(3000, "人")),
        ("约15件", Quantity(15, "件", approximate=True)),
        ("15件左右", Quantity(15, "件", approximate=True)),
        ("3,200余件", Quantity(3200, "件", approximate=True)),
        (">=90%", Quantity(90, "%", ">=")),
        ("≥90%", Quantity(90, "%", ">=")),
        ("10家以上", Quantity(10, "家", ">=")),
        ("不少于10家", Quantity(10, "家", ">=")),
        ("超过13万件", Quantity(130_000, "件", ">")),
        ("不超过5起", Quantity(5, "起", "<=")),
        ("-3", Quantity(-3)),
        ("0.003333333333", Quantity(0.0033333333)),
    ],
)
def test_quantity_is_read_with_what_stands_around_it(typed: Any, expected: Quantity) -> None:
    assert parse_quantity(typed) == expected


@pytest.mark.parametrize(
    "typed",
    [
        None,
        True,
        False,
        Unread.UNREADABLE,
        date(2026, 12, 9),
        datetime(2026, 12, 9),
        *("", " ", "较多", "若干", "八成左右", "100-150", "12件（含3件外观设计）", "12、13", "1.2.3", "无", "/"),
        "#REF!",
        "=1+1",
        "1e5",
        "nan",
        "12" * 10,
    ],
)
def test_what_is_no_number_is_not_taken_for_one(typed: Any) -> None:
    assert parse_quantity(typed) is None


@pytest.mark.parametrize(
    ("typed", "unit", "expected"),
    [
        ("35", "家", 35),
        ("35家", "家", 35),
        ("12000万元", "亿元", 1.2),
        ("1.2亿元", "亿元", 1.2),
        ("16.8亿元", "万元", 168_000),
        ("130000件", "万件", 13),
        ("13万件", "万件", 13),
        ("13万", "万件", 13),
        ("13", "万件", 13),
        (13, "万件", 13),
        ("0", "件", 0),
        ("0家", "家", 0),
        ("16%", "%", 16),
        ("16％", "%", 16),
        ("35", "", 35),
    ],
)
def test_figure_is_expressed_in_the_unit_of_the_plan(typed: Any, unit: str, expected: float) -> None:
    assert parse_measure(typed, unit) == expected


@pytest.mark.parametrize(
    ("typed", "unit"), [("1.2亿元", "件"), ("35家", "件"), ("16%", "件"), ("8个百分点", "%"), ("较多", "件")]
)
def test_figure_in_another_unit_is_not_taken_for_one_in_the_unit_of_the_plan(typed: str, unit: str) -> None:
    assert parse_measure(typed, unit) is None


def test_nothing_is_nothing_in_every_unit() -> None:
    assert convert(Quantity(0), "亿元") == 0


def test_unit_is_parted_into_multiple_and_base() -> None:
    assert [split_unit(unit) for unit in ("万件", "亿元", "件", "万", "％")] == [
        (1e4, "件"),
        (1e8, "元"),
        (1.0, "件"),
        (1.0, "万"),
        (1.0, "%"),
    ]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        *((80, 80), ("80", 80), ("80%", 80), ("８０％", 80), ("80.5", 80.5), ("约80%", 80), (0.8, 0.8), (0, 0)),
        ("八成", None),
        ("80分", None),
        ("80件", None),
        (True, None),
        (None, None),
    ],
)
def test_percentage_is_the_number_before_the_sign(typed: Any, expected: float | None) -> None:
    assert parse_percent(typed) == expected


# ---- dates -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        *(date(2026, 12, 9), datetime(2026, 12, 9, 10, 30), "2026-12-09", "2026-12-9", "2026/12/9", "2026.12.9"),
        *("2026年12月9日", "2026年12月9", "２０２６年１２月９日", " 2026 年 12 月 9 日 ", "20261209", "2026.1209"),
        *(
            "截至2026年12月9日",
            "截止到 2026.12.9",
            "二〇二六年十二月九日",
            "二○二六年十二月九日",
            "二O二六年十二月九日",
            "二零二六年十二月九日",
            46365,
            46365.5,
        ),
    ],
    ids=str,
)
def test_ninth_of_december_is_read_however_it_is_written(typed: Any) -> None:
    assert parse_date(typed) == date(2026, 12, 9)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2026年12月", date(2026, 12, 31)),
        ("2026年12月底", date(2026, 12, 31)),
        ("2026-11", date(2026, 11, 30)),
        ("2028年2月末", date(2028, 2, 29)),
        ("二〇二六年十月", date(2026, 10, 31)),
        ("二〇二六年二十一月", None),
        ("二〇二六年十二月二十一日", date(2026, 12, 21)),
    ],
)
def test_month_alone_is_its_last_day(typed: str, expected: date | None) -> None:
    assert parse_date(typed) == expected


@pytest.mark.parametrize(
    "typed",
    [
        None,
        True,
        Unread.UNREADABLE,
        "",
        "上个月",
        "年底",
        "12月底",
        "全年",
        "2026",
        2026,
        19999,
        80000,
        "2026-13-01",
        "2026-02-30",
        "2026年0月1日",
        "1899-01-01",
        "9999-12-31",
        math.nan,
        math.inf,
        "一" * 5000 + "年",
    ],
    ids=lambda each: str(each)[:12],
)
def test_what_is_no_date_is_not_taken_for_one(typed: Any) -> None:
    assert parse_date(typed) is None


# ---- statuses --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        *(
            ("已完成", "已完成"),
            ("完成", "已完成"),
            ("完成。", "已完成"),
            ("办结；", "已完成"),
            (" 已 完成　", "已完成"),
        ),
        *(("超额完成", "已完成"), ("正常推进", "达到序时进度"), ("调整/取消", "调整取消"), ("调整／取消", "调整取消")),
        ("欠进度,", "滞后"),
        ("未开展", "未启动"),
        ("不涉及", "不适用"),
        ("长期坚持", "持续推进"),
    ],
)
def test_status_is_evened_out_to_the_word_of_the_list(typed: str, status: str, form: Form) -> None:
    assert parse_status(typed, form.status_words) == status


@pytest.mark.parametrize("typed", ["", "。", "差不多了", "未", "已完成80%", "完成/滞后", None, 1, True])
def test_word_that_is_no_status_is_none(typed: Any, form: Form) -> None:
    assert parse_status(typed, form.status_words) is None


def test_every_word_of_the_form_means_its_status(form: Form) -> None:
    for status in form.status:
        assert {parse_status(word, form.status_words) for word in (status.name, *status.synonyms)} == {status.name}


# ---- texts -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text"),
    [
        *((None, ""), (Unread.UNREADABLE, ""), (True, "TRUE"), (80, "80"), (80.0, "80"), (80.5, "80.5"), (-0.0, "0")),
        (1e-5, "0.00001"),
        (0.1 + 0.2, "0.3"),
        (1e12, "1000000000000"),
        (12345.678, "12345.678"),
        (date(2026, 12, 9), "2026-12-09"),
        (datetime(2026, 12, 9), "2026-12-09"),
        (datetime(2026, 12, 9, 10, 30), "2026-12-09 10:30"),
        *(
            (" 第一行\r\n第二行\r ", "第一行\n第二行"),
            ("　前后　", "前后"),
            ("\u200b前后\ufeff ", "前后"),
            ("\u200b", ""),
        ),
    ],
)
def test_text_of_a_cell_is_what_it_shows(value: Any, text: str) -> None:
    assert as_text(value) == text


def test_words_are_the_same_whatever_their_width_and_blanks() -> None:
    assert same_words("开展（一）次，\n每季度。", "开展(一)次,每季 度。")
    assert same_words("建立\x01机\x0b制", "建立机制")
    assert not same_words("每季度一次", "每年一次")


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        (3, "3"),
        (3.0, "3"),
        ("３", "3"),
        ("3、", "3"),
        ("3.", "3"),
        ("（一）1", "(一)1"),
        (" 2.10 ", "2.10"),
        (None, ""),
    ],
)
def test_task_number_is_evened_out(typed: Any, number: str) -> None:
    assert task_number(typed) == number


def test_error_of_a_formula_and_picture_in_a_cell_are_told_from_text() -> None:
    assert is_failed("#REF!")
    assert is_failed('=DISPIMG("ID_0A",1)')
    assert is_picture('=_xlfn.DISPIMG("ID_0A",1)')
    assert not is_failed("见图片")
    assert not is_picture("#REF!")


# ---- laws ------------------------------------------------------------------------------------------------

ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.just(Unread.UNREADABLE),
    st.integers(-(2**63), 2**63),
    st.floats(),
    st.text(),
    st.text(alphabet="0123456789.,-%约万亿元件年月日〇零一二十底　 "),
    st.dates(),
    st.datetimes(),
)


@given(st.text())
def test_evening_out_twice_changes_nothing(text: str) -> None:
    assert even_width(even_width(text)) == even_width(text)


@given(st.text())
def test_evened_text_has_no_blanks_and_the_same_words(text: str) -> None:
    even = even_width(text)
    assert not any(sign.isspace() for sign in even)
    assert same_words(text, even)


@given(ANYTHING)
def test_nothing_a_cell_can_hold_makes_a_reader_fail(value: Any) -> None:
    assert isinstance(as_text(value), str)
    assert isinstance(task_number(value), str)
    assert isinstance(parse_quantity(value), Quantity | None)
    assert isinstance(parse_measure(value, "万件"), float | None)
    assert isinstance(parse_percent(value), float | None)
    assert isinstance(parse_date(value), date | None)
    assert parse_status(value, {"已完成": "已完成"}) in (None, "已完成")


@given(st.floats(-1e14, 1e14).map(lambda value: float(f"{value:.9g}")).filter(lambda value: abs(value) > 1e-5))
def test_number_written_and_read_is_the_same(value: float) -> None:
    read = parse_quantity(format_number(value))
    assert read is not None
    assert read.value == pytest.approx(value, rel=1e-9, abs=1e-10)
    assert (read.unit, read.op, read.approximate) == ("", "=", False)


@given(st.integers(-(10**14), 10**14))
def test_whole_number_written_and_read_is_exactly_the_same(value: int) -> None:
    read = parse_quantity(format_number(value))
    assert read is not None
    assert read.value == value


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_number_is_never_written_with_an_exponent(value: float) -> None:
    assert "e" not in format_number(value)


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_date_written_in_any_usual_way_is_read_as_that_day(day: date) -> None:
    ways = (
        day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
        f"{day.year}.{day.month}.{day.day}",
    )
    assert {parse_date(way) for way in ways} == {day}
    assert parse_date(as_text(day)) == day


@given(st.text())
def test_text_of_a_text_has_no_blanks_outside_and_is_final(text: str) -> None:
    shown = as_text(text)
    assert shown == shown.strip()
    assert as_text(shown) == shown


@pytest.mark.parametrize("value", [datetime(1900, 1, 5), date(1900, 1, 5), datetime(2200, 1, 1)])
def test_a_number_in_a_cell_formatted_as_a_date_is_no_date(value: date) -> None:
    assert parse_date(value) is None
