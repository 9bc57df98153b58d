"""Figures, days and people as people write them: what each wording is read as, how surely, and what never happens."""

from __future__ import annotations

import time
from datetime import date, datetime

import hypothesis
import pytest
from builders.laws import examples
from hypothesis import strategies as st

from reporting.model import Meaning, Unread, Value
from reporting.office.form import ProgressRule
from reporting.returns.words.days import DayContext, read_day
from reporting.returns.words.figures import FigureContext, read_figure
from reporting.returns.words.people import read_person, read_phone, split_number
from reporting.returns.words.progress import PercentContext, read_percent

NO = Unread.UNREADABLE


def outcome(meaning: Meaning) -> tuple[str, Value]:
    return meaning.weight, meaning.value


# ---- 完成进度 ----------------------------------------------------------------------------------------------

PROGRESS: list[tuple[str, ProgressRule | None, str, Value]] = [
    *(
        (cell, "any", "", 80.0)
        for cell in ("80", "80%", "８０％", "80﹪", "百分之八十", "完成率80%", "进度80%", "已完成80%", "80%。")
    ),
    *(
        (cell, "any", "", 85.0)
        for cell in ("85%，其余明年3月完成", "目前完成85%", "85%（截至11月底）", "总体85%，其中东区70%")
    ),
    *(
        (cell, "full", "", 100.0)
        for cell in ("已完成100%", "100（已完成）", "全部", "全部完成", "满", "√", "99.99999999999997")
    ),
    *((cell, "any", "note", 90.0) for cell in ("约9成", "九成", "90%左右", "近90%", "9O", "9/10", "180/200")),
    *((cell, "any", "note", 67.0) for cell in ("三分之二", "2/3")),
    ("八成五", "any", "note", 85.0),
    ("一半", "any", "note", 50.0),
    ("50%（东城区未开工）", "any", "note", 50.0),
    ("60（西区滞后）", "any", "note", 60.0),
    ("80。5", "any", "note", 80.5),
    ("l00", "full", "note", 100.0),
    ("120%", "full", "note", 100.0),
    ("900", "full", "note", 100.0),
    ("1", "full", "note", 100.0),
    ("无", "none", "note", 0.0),
    ("/", "none", "note", 0.0),
    ("—", "blank", "note", None),
    ("1", "any", "confirm", 1.0),
    ("0.85", "any", "confirm", 85.0),
    ("85分", "any", "confirm", 85.0),
    ("5。\n8", "any", "confirm", 5.0),
    ("已完成", "part", "confirm", None),
    ("全部完成", "any", "confirm", None),
    *((cell, "any", "confirm", 75.0) for cell in ("完成3项（共4项）", "4项完成3项", "已完成3个，共4个")),
    *((cell, "any", "confirm", 80.0) for cell in ("80%~90%", "80-90", "80至90", "80%以上", "不低于80%", "80以上")),
    *(
        (cell, "any", "confirm", 60.0)
        for cell in ("年度100%，总体60%", "东区80%，西区60%", "60\n80", "80 60", "60%\n70%")
    ),
    *(
        (cell, "any", "error", NO)
        for cell in ("过半", "大半", "达到序时", "超序时2个百分点", "长期", "80‰", "12万元", "5件", "/", "未启动")
    ),
]


@pytest.mark.parametrize(("cell", "rule", "weight", "figure"), PROGRESS)
def test_progress(cell: str, rule: ProgressRule | None, weight: str, figure: Value) -> None:
    plain = cell.replace(".", "").isdecimal() and cell.isascii()
    meaning = read_percent(float(cell) if plain else cell, cell, PercentContext(rule))
    assert outcome(meaning) == (weight, figure)


def test_a_fraction_that_a_sheet_made_a_day_is_asked_about() -> None:
    meaning = read_percent(date(2026, 4, 5), "2026-04-05", PercentContext("any"))
    assert outcome(meaning) == ("confirm", 80.0)
    assert meaning.doubt == "是日期，可能填的是 4/5，被表格变成了日期"
    assert read_percent(date(2026, 9, 8), "2026-09-08", PercentContext("any")).weight == "error"


# ---- 完成值 ------------------------------------------------------------------------------------------------

CASES, PEOPLE, YUAN = (
    FigureContext("件", "案件办结数", ">=", 100),
    FigureContext("人"),
    FigureContext("亿元", "", ">=", 1.5),
)
TEN_THOUSAND, NEW = FigureContext("万元"), FigureContext("件", "新增注册商标")
GROWTH, FALL = FigureContext("%", "产值增长", "growth>=", 8), FigureContext("%", "能耗下降", ">=", 3)
POINTS = FigureContext("个百分点", "覆盖率提高")
FIGURES: list[tuple[str, FigureContext, str, Value]] = [
    ("35件", CASES, "", 35.0),
    ("共35件", CASES, "", 35.0),
    ("36起", CASES, "", 36.0),
    ("1，200", CASES, "", 1200.0),
    ("1万2千", CASES, "", 12000.0),
    ("十二", CASES, "", 12.0),
    ("1亿2000万元", TEN_THOUSAND, "", 12000.0),
    ("12000万元", YUAN, "", 1.2),
    ("同比增长12%", GROWTH, "", 12.0),
    ("12%", GROWTH, "", 12.0),
    ("下降5%", FALL, "", 5.0),
    ("100余", CASES, "note", 100.0),
    ("超过130件", CASES, "note", 130.0),
    ("120件，其中发明30件", CASES, "note", 120.0),
    ("累计320，新增45", NEW, "note", 45.0),
    ("-5", FALL, "note", 5.0),
    ("下降2%", GROWTH, "note", -2.0),
    ("近100", CASES, "confirm", 100.0),
    ("不足100件", CASES, "confirm", 100.0),
    ("约95件", CASES, "confirm", 95.0),
    ("90余件", CASES, "confirm", 90.0),
    ("320人次", PEOPLE, "confirm", 320.0),
    ("12件次", CASES, "confirm", 12.0),
    ("3%", POINTS, "confirm", 3.0),
    ("3个百分点", GROWTH, "confirm", 3.0),
    ("累计320，新增45", CASES, "confirm", 45.0),
    ("2+5", CASES, "confirm", 7.0),
    ("国家级2件、省级5件", CASES, "confirm", 7.0),
    ("50/60", CASES, "confirm", 50.0),
    ("95→97", FigureContext("%", "合格率"), "confirm", 97.0),
    ("环比增长3%", GROWTH, "confirm", 3.0),
    ("16800", YUAN, "confirm", 1.68),
    ("无", CASES, "confirm", 0.0),
    ("次年1月公布", CASES, "confirm", None),
    ("尚未统计", CASES, "confirm", None),
    ("5\n8", CASES, "confirm", 5.0),
    ("1 200", CASES, "confirm", 1.0),
    *(
        (cell, CASES, "error", NO)
        for cell in ("100%", "完成", "达标", "±5", "10-15", "10至15件", "较多", "1.2亿元", "300人", "3月5日")
    ),
    *((cell, CASES, "error", NO) for cell in ("1.38E+10", "1万2", "——", "详见附件")),
    ("同比增长12%", YUAN, "error", NO),
    ("300万美元", TEN_THOUSAND, "error", NO),
]


@pytest.mark.parametrize(("cell", "context", "weight", "figure"), FIGURES)
def test_figure(cell: str, context: FigureContext, weight: str, figure: Value) -> None:
    assert outcome(read_figure(cell, cell, context)) == (weight, figure)


# ---- dates -----------------------------------------------------------------------------------------------

TODAY, NINTH, NOVEMBER = date(2026, 12, 16), date(2026, 12, 9), date(2026, 11, 30)
WRITTEN = DayContext(2026, TODAY, "written")
COUNTED = DayContext(2026, TODAY, "counted")
JANUARY = DayContext(2026, date(2027, 1, 12), "written")
DAYS: list[tuple[Value, DayContext, str, Value]] = [
    *(
        (cell, WRITTEN, "", NINTH)
        for cell in ("2026。12。9", "26.12.9", "2026年12月9号", "2026 12 9", "2026、12、9", "20261209", 46365)
    ),
    *(
        (cell, WRITTEN, "", NINTH)
        for cell in (
            "二〇二六年十二月九日",
            "2026年12月9日 上午（周三）",
            "2026-12-09 10:30",
            "9/12/26"[:0] or "'26.12.9",
        )
    ),
    ("15/12/2026", WRITTEN, "", date(2026, 12, 15)),
    ("2027-01-08", JANUARY, "", date(2027, 1, 8)),
    ("截至2026年11月30日", COUNTED, "", NOVEMBER),
    ("2026年11月", COUNTED, "", NOVEMBER),
    *(
        (cell, WRITTEN, "note", NINTH)
        for cell in ("12.9", "12月9日", "十二月九日", 1209, "12-9", datetime(1903, 4, 23))
    ),
    (datetime(1900, 1, 12, 2, 9, 36), WRITTEN, "note", NINTH),
    (datetime(1905, 7, 18, 2, 38, 24), COUNTED, "note", NOVEMBER),
    *(
        (cell, COUNTED, "note", NOVEMBER)
        for cell in ("1—11月", "元-11月", "11月下旬", "11月底", "1月至11月", "2026.1.1-2026.11.30")
    ),
    ("11月中旬", COUNTED, "note", date(2026, 11, 20)),
    ("前三季度", COUNTED, "note", date(2026, 9, 30)),
    ("上半年", COUNTED, "note", date(2026, 6, 30)),
    ("截至目前", COUNTED, "note", TODAY),
    ("年底", COUNTED, "note", date(2026, 12, 31)),
    ("1月8日", JANUARY, "note", date(2027, 1, 8)),
    (12.1, WRITTEN, "confirm", date(2026, 12, 1)),
    (2026.1, COUNTED, "confirm", date(2026, 1, 31)),
    ("05/12/2026", WRITTEN, "confirm", date(2026, 12, 5)),
    (date(2027, 12, 15), WRITTEN, "confirm", date(2026, 12, 15)),
    ("2025-12-09", WRITTEN, "confirm", NINTH),
    ("2016-12-09", WRITTEN, "confirm", NINTH),
    ("2026年12月", WRITTEN, "confirm", TODAY),
    ("“十四五”末", COUNTED, "confirm", date(2025, 12, 31)),
    *(
        (cell, WRITTEN, "error", NO)
        for cell in ("2026.11.31", "2月30日", "农历十一月初七", "腊月初八", "2026", "5", "无", "上月底")
    ),
]


@pytest.mark.parametrize(("cell", "context", "weight", "day"), DAYS)
def test_day(cell: Value, context: DayContext, weight: str, day: Value) -> None:
    assert outcome(read_day(cell, str(cell), context)) == (weight, day)


# ---- people ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cell", ["林晓", "林晓、周敏", "林晓（办公室）", "周正（副主任）", "林 晓", "买买提·艾力", "李明科"]
)
def test_a_name_is_one(cell: str) -> None:
    assert outcome(read_person(cell)) == ("", cell)


@pytest.mark.parametrize(
    "cell", ["综合科", "办公室", "同上", "（签字）", "王工", "李科长", "张主任", "62340011", "/", "〃"]
)
def test_what_names_nobody_is_asked_about_and_kept(cell: str) -> None:
    assert outcome(read_person(cell)) == ("confirm", cell)


@pytest.mark.parametrize("cell", ["林晓　62340011", "林晓（13800001111）", "林晓，电话：027-62340011转805"])
def test_a_number_beside_a_name_is_a_number(cell: str) -> None:
    assert outcome(read_person(cell)) == ("note", "林晓")
    name, number = split_number(cell)
    assert name == "林晓"
    assert number.replace("-", "").rstrip("转805").isdigit()


@pytest.mark.parametrize(
    "cell",
    [
        "62340011",
        "027—6234 0011（带传真）",
        "62340011转801",
        "62340011/12",
        "13800001111（微信同号）",
        "62340011*801",
        "(027)62340011",
    ],
)
def test_a_number_that_can_be_called_is_kept_as_it_is_written(cell: str) -> None:
    assert outcome(read_phone(cell)) == ("", cell)


@pytest.mark.parametrize(
    "cell", ["内线6120", "66123", "12345", "1380000111", "同上", "1.38E+10", "见通讯录", "138000011112"]
)
def test_a_number_that_cannot_be_called_is_asked_about(cell: str) -> None:
    assert outcome(read_phone(cell)) == ("confirm", cell)


def test_a_number_without_the_0_of_its_area_gets_it() -> None:
    assert outcome(read_phone("2762340011")) == ("note", "02762340011")


# ---- laws ------------------------------------------------------------------------------------------------

MARKS = ("{}。", " {} ", "\u202a{}\u202c", "{}\ufeff", "　{}")


@pytest.mark.parametrize("change", MARKS)
def test_width_blanks_and_invisible_signs_change_nothing(change: str) -> None:
    for cell, rule, weight, figure in PROGRESS:
        if not cell.replace(".", "").isdecimal():
            changed = change.format(cell)
            assert (changed, outcome(read_percent(changed, changed, PercentContext(rule)))) == (
                changed,
                (weight, figure),
            )
    for cell, context, weight, figure in FIGURES:
        changed = change.format(cell)
        assert (changed, outcome(read_figure(changed, changed, context))) == (changed, (weight, figure))
    for day, about, weight, value in DAYS:
        if isinstance(day, str):
            changed = change.format(day)
            assert (changed, outcome(read_day(changed, changed, about))) == (changed, (weight, value))


NUMBERS = st.integers(0, 999)


@examples(60)
@hypothesis.given(NUMBERS, NUMBERS, st.sampled_from(["\n", " ", "　", "\t", "\r\n", "\u2003"]))
def test_two_numbers_in_a_cell_are_never_joined(one: int, two: int, blank: str) -> None:
    cell = f"{one}{blank}{two}"
    for meaning in (read_percent(cell, cell, PercentContext("any")), read_figure(cell, cell, CASES)):
        assert meaning.weight in ("confirm", "error")
        assert meaning.value != float(f"{one}{two}") or meaning.value in (one, two)
        if meaning.weight == "confirm":
            assert str(one) in meaning.doubt
            assert str(two) in meaning.doubt


PIECES = st.sampled_from(
    [
        *"0123456789.%/-+~亿万千百十余多约近年月日号时:至到元件人次",
        "完成",
        "其中",
        "累计",
        "新增",
        "百分之",
        "同比",
        "季度",
        "2026",
        "成",
        "\n",
    ]
)


@examples(300)
@hypothesis.given(st.lists(PIECES, max_size=12).map("".join) | st.text(max_size=12))
def test_anything_is_read_or_not_and_never_fails(cell: str) -> None:
    read = [
        read_percent(cell, cell, PercentContext("any")),
        *(read_figure(cell, cell, context) for context in (CASES, YUAN, GROWTH)),
        *(read_day(cell, cell, context) for context in (WRITTEN, COUNTED, DayContext())),
        read_person(cell),
        read_phone(cell),
    ]
    for meaning in read:
        assert (meaning.value is NO) is (meaning.weight == "error")
    assert not isinstance(read[0].value, float) or read[0].weight == "" or 0 <= read[0].value <= 100


def test_hostile_cells_take_no_time() -> None:
    start = time.process_time()
    for piece in ("1", "1,", "12月", "百分之", "九成", "1/", "+1", "1万", "其中", "约", "十", "转", "138", "（", "至"):
        cell = piece * 300 + "x"
        read_percent(cell, cell, PercentContext("any"))
        read_figure(cell, cell, CASES)
        read_day(cell, cell, COUNTED)
        read_person(cell)
        read_phone(cell)
    assert time.process_time() - start < 2
