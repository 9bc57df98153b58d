"""What a cell shows: values in their number formats, as Excel and WPS show them in Chinese."""

from __future__ import annotations

import time
from datetime import datetime

import pytest
from builders.laws import examples
from hypothesis import given
from hypothesis import strategies as st

from reporting.files.sheets.number_format import BUILT_IN, code_of, moment_of, show

SEPTEMBER = (datetime(2026, 9, 1) - datetime(1899, 12, 30)).days

DATES = [
    ('yyyy"年"m"月"', "2026年9月"),
    ("yyyy\\年m\\月", "2026年9月"),
    ("yyyy年m月", "2026年9月"),
    ("[$-804]yyyy/m;@", "2026/9"),
    ("yyyy.mm", "2026.09"),
    ("yyyy-mm-dd", "2026-09-01"),
    ("yy/m/d", "26/9/1"),
    ('m"月"d"日"', "9月1日"),
    ("mmm-yy", "2026年9月"),
    ("mmmm yyyy", "2026年9月"),
    ("d-mmm", "9月1日"),
    ("d-mmm-yy", "2026年9月1日"),
    ('yyyy"年"m"月"d"日"dddd', "2026年9月1日星期二"),
    ("yyyy-m-d h:mm", "2026-9-1 0:00"),
    ("[DBNum1]yyyy年m月", "2026年9月"),
    ("e年m月", "2026年9月"),
]


@pytest.mark.parametrize(("code", "shown"), DATES)
def test_a_date_shows_what_its_format_lets_through(code: str, shown: str) -> None:
    assert show(SEPTEMBER, code) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [(14, "2026/9/1"), (17, "2026年9月"), (27, "2026年9月"), (57, "2026年9月"), (58, "9月1日"), (31, "2026年9月1日")],
)
def test_formats_that_files_name_by_number_alone(number: int, shown: str) -> None:
    assert show(SEPTEMBER, code_of(number, None)) == shown


NUMBERS = [
    (0.8, "0%", "80%"),
    (0.855, "0.0%", "85.5%"),
    (11, "0%", "1100%"),
    (2.5, "0", "3"),
    (1.005, "0.00", "1.01"),
    (7, "000", "007"),
    (1234567.891, "#,##0", "1,234,568"),
    (1234.5, "#,##0.00", "1,234.50"),
    (12, "#,##0", "12"),
    (3, '0"件"', "3件"),
    (3, '"不少于"0"件"', "不少于3件"),
    (45, '"第"000"号"', "第045号"),
    (12345, '[>=10000]0!.0,"万";0', "1.2万"),
    (999, '[>=10000]0!.0,"万";0', "999"),
    (12345678, '0.0,,"百万"', "12.3百万"),
    (1.5, "0.##", "1.5"),
    (2, "0.##", "2"),
    (2, "0.0#", "2.0"),
    (-5, "0.0", "-5.0"),
    (-5, "0;[红色](0)", "(5)"),
    (0, '0;-0;"无"', "无"),
    (0, '_(* #,##0_);_(* (#,##0);_(* "-"??_);_(@_)', "-"),
    (1500, '[$¥-804]#,##0', "¥1,500"),
    (13912345678, "000-0000-0000", "139-1234-5678"),
    (12, '[DBNum1][$-804]General"、"', "十二、"),
    (105, "[DBNum1]0", "一百〇五"),
    (3, "[DBNum2]General", "叁"),
    (5, "G/通用格式\"件\"", "5件"),
    (99.99999999999997, "General", "100"),
    (0.30000000000000004, "General", "0.3"),
    (0.00001, "General", "0.00001"),
    (-3.0, "General", "-3"),
    (0.5, "# ?/?", "0.5"),
    (0.00001234, "0.00E+00", "1.23E-05"),
    (5, ";;;", ""),
    (5, '"约"', "约"),
    (1.25, "[h]:mm", "30:00"),
    (0.5, "h:mm AM/PM", "12:00 下午"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "code", "shown"), NUMBERS)
def test_a_number_shows_in_its_format(value: float, code: str, shown: str) -> None:
    assert show(value, code) == shown


TEXTS = [
    ("市教育", '@"局"', "市教育局"),
    ("市教育局", "General", "市教育局"),
    ("市教育局", "0.00", "市教育局"),
    ("五", '0;0;0;"（"@"）"', "（五）"),
    ("不给人看", ";;;", ""),
    ("市教育局", "yyyy年m月", "市教育局"),
]


@pytest.mark.parametrize(("text", "code", "shown"), TEXTS)
def test_a_text_shows_in_its_format(text: str, code: str, shown: str) -> None:
    assert show(text, code) == shown


def test_days_are_counted_from_1900_with_the_day_that_never_was_or_from_1904() -> None:
    assert moment_of(59) == datetime(1900, 2, 28)
    assert moment_of(61) == datetime(1900, 3, 1)
    assert show(SEPTEMBER - 1462, "yyyy-mm-dd", since_1904=True) == "2026-09-01"
    assert (moment_of(-1), moment_of(3e6)) == (None, None)
    assert show(-1, "yyyy") == "-1"


@given(
    value=st.floats(allow_nan=False, allow_infinity=False),
    code=st.text('0#?.,%@ymdhsE+-;[]"\\_*年月日件>=<1$', max_size=40),
)
@examples(300)
def test_no_code_is_too_odd(value: float, code: str) -> None:
    assert isinstance(show(value, code), str)


@pytest.mark.parametrize("code", ['"', "[", "0", "0,", "m", ";", "y m ", '"a"', "%", "?/"])
def test_long_codes_cost_little(code: str) -> None:
    started = time.process_time()
    show(123456.789, code * 2_000)
    assert time.process_time() - started < 0.5


def test_every_code_known_by_number_shows_something() -> None:
    assert all(show(45_000.25, code) for code in BUILT_IN.values())
