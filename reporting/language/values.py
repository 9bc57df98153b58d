"""One untidy value to a number with comparator and unit, a percentage, a date, or a status.

Every function answers for anything a cell can hold and never raises: what it cannot read is None, and the
caller keeps the raw text. Width is evened out (NFKC) only here, never on prose.
"""

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from reporting.language.characters import even_width, trimmed
from reporting.language.numerals import DIGITS, read_numeral
from reporting.model import Comparator, Unread, Value

_COUNTED = tuple(
    tuple(kin) for kin in ("件起宗例桩个项", "家户所间处个", "次场期回班个", "人名位", "份本册套", "项条个")
)
"""Measure words with which people count the same things: 36件 and 36起 are as many cases."""
_SHARE = "百分之"
_SHARE_FIGURE = re.compile(rf"{_SHARE}(\d[\d.]*)")
_RANGE = re.compile(r"\d[\d.,]*[^\d\s]{0,6}?(?:-|--|~|—|——|–|至|到)\d[\d.,]*\D{0,6}")  # 10-15, 30至35起

_MULTIPLES = {"十": 10.0, "百": 100.0, "千": 1e3, "万": 1e4, "亿": 1e8, "": 1.0}
_DIGITS = DIGITS | {"○": 0, "O": 0, "o": 0}

# What stands before or after a number and bends its meaning: 约15件, 超过13万件, 10家以上, >=90%.
_BEFORE_BY_MEANING: tuple[tuple[Comparator | None, str], ...] = (
    (">=", ">= ≥ 不低于 不少于 至少 达到 达"),
    (">", "> 超过 突破 超"),
    ("<=", "<= ≤ 不超过 不高于"),
    ("<", "< 少于 低于"),
    (None, "约 大约 近 将近"),
    ("=", "="),
)
_BEFORE = {word: op for op, words in _BEFORE_BY_MEANING for word in words.split()}
_BEFORE_WORDS = tuple(sorted(_BEFORE, key=len, reverse=True))
_AFTER: dict[str, Comparator | None] = {"以上": ">=", "以下": "<=", "以内": "<=", "左右": None, "上下": None}

# 约 1,234.5 万 余 件 左右: qualifier, figure, multiple, 余/多, unit, qualifier.
_QUANTITY = re.compile(
    r"(?P<before>" + "|".join(map(re.escape, _BEFORE_WORDS)) + r")?"
    r"(?P<figure>-?\d{1,15}(?:,\d{3}){0,5}(?:\.\d{1,20})?)"
    r"(?P<multiple>[十百千万亿]?)(?P<more>[余多]?)"
    r"(?P<unit>[^\d\s,.]{0,12}?)"
    r"(?P<after>" + "|".join(_AFTER) + r")?"
)
_APART = re.compile(r"\d[\s\u200b-\u200f\ufeff]*\s[\s\u200b-\u200f\ufeff]*\d")
_FULL_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月?(底|末)?)")  # 2026-12-15, 2026年12月底
_TIME_OF_DAY = re.compile(r"(?<=\d|日)[\sT]+\d{1,2}[:：]\d{2}(?:[:：]\d{2})?$")  # 2026-12-09 10:30
_COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})|(\d{4})\.(\d{2})(\d{2})")  # 20261215, 2026.1215
_MONTH_AND_DAY = re.compile(r"(\d{1,2})月(?:(\d{1,2})[日号]|底|末)?")  # 12月底, 11月30日
_DAY_IN_FIGURES = re.compile(r"(\d{1,2})[./](\d{1,2})日?")  # 12.9, a text; the number 12.1 may be 12.10
_SINCE_JANUARY = re.compile(r"(?<!\d)1月?[-至到~—](?=\d{1,2}月)")  # 2026年1-11月: up to the end of November
_DASHES = re.compile(r"(?<=\d)[‐‑‒–—―−~](?=\d)")  # 1—2, as an input method writes 1-2
_UP_TO = re.compile(r"^截[至止]到?")  # 截至2026年11月30日, asked for by 数据截止日期
_HANZI_DATE = re.compile(r"[〇零○Oo一二三四五六七八九十]{1,4}")  # 二〇二六, 十二
_EXCEL_EPOCH = date(1899, 12, 30)
EARLIEST_SERIAL, LATEST_SERIAL = 20000, 80000
"""Between these a number may be the days of a date (1954 to 2119); any other is no date."""

MIN_YEAR, MAX_YEAR = 1905, 2199
"""Years that a date may lie in; a small number formatted as a date is one of 1900."""

ERROR_VALUES = ("#REF!", "#DIV/0!", "#N/A", "#NAME?", "#VALUE!", "#NUM!", "#NULL!")
"""What a cell shows when its formula failed."""
_PICTURE = re.compile(r"=?(?:_xlfn\.)?DISPIMG\(")  # =DISPIMG("ID_0A1B",1): a picture inside a cell, by WPS
# =SUM(B2:B9), =1+2, =任务填报!A1: what a reader gives for a formula whose result the file does not hold
_FORMULA = re.compile(
    r"=[+\-]?(?:[A-Za-z_.]{2,30}\(.*|\d[^\s\u4e00-\u9fff]*|[$(][^\s]*|[A-Z]{1,3}\d[^\s]*|\S{1,40}!\S+|…)", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as typed: ``value`` already multiplied out (13万 is 130000), ``unit`` as typed or empty."""

    value: float
    unit: str = ""
    op: Comparator = "="
    approximate: bool = False


def is_picture(raw: str) -> bool:
    """Whether a cell holds a picture where a text should stand."""
    return "DISPIMG(" in raw and _PICTURE.match(raw) is not None


def is_formula(raw: str) -> bool:
    """Whether a cell holds a formula that was never worked out, or one that was typed as a text."""
    return raw.startswith("=") and _FORMULA.fullmatch(raw) is not None


def is_failed(raw: str) -> bool:
    """Whether a cell holds no value: the error of a formula, a formula itself, or the name of a picture."""
    return raw in ERROR_VALUES or is_picture(raw) or is_formula(raw)


def format_number(value: float) -> str:
    """Write a number without a trailing ``.0`` and never as 1e-05, to at most ten significant digits."""
    text = f"{value:.10g}" if abs(value) < 1e10 else f"{value:.0f}"
    if "e" in text:
        text = f"{value:.0f}" if abs(value) >= 1 else f"{value:.15f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def as_text(value: Value | time) -> str:
    """The text a cell shows: numbers without ``.0``, dates as 2026-12-15, outer blanks removed."""
    if isinstance(value, time):  # what sheets hold where something small is shown as a date
        return f"{value:%H:%M}"
    if value is None or isinstance(value, Unread):
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return format_number(float(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return trimmed(value.replace("\r\n", "\n").replace("\r", "\n"))


def parse_quantity(value: Value) -> Quantity | None:
    """Read a number with whatever is written around it, say ``约1.2亿元`` or ``10家以上``."""
    if isinstance(value, bool | date | Unread) or value is None:
        return None
    if isinstance(value, int | float):
        return Quantity(float(f"{value:.13g}"))  # 99.99999999999997 is 100
    if _APART.search(value):  # 5⏎8 are two numbers
        return None
    match = _QUANTITY.fullmatch(_in_digits(even_width(value)))
    if match is None:
        return None
    before, after = match["before"], match["after"]
    op = (before and _BEFORE[before]) or (after and _AFTER[after]) or "="
    bent = (before is not None and _BEFORE[before] is None) or (after is not None and _AFTER[after] is None)
    figure = float(match["figure"].replace(",", "")) * _MULTIPLES[match["multiple"]]
    return Quantity(round(figure, 10), match["unit"], op, bent or bool(match["more"]))


def convert(quantity: Quantity, unit: str) -> float | None:
    """Express a quantity in the plan's unit; None when the units do not agree.

    A bare number is taken to be in the plan's unit. ``万`` and ``亿`` before a unit are multiples, so
    12000万元 is 1.2 亿元 and 13万件 is 130000 件.
    """
    if not quantity.unit and quantity.value == 0:
        return 0.0
    multiple, base = split_unit(unit)
    if not quantity.unit:
        return quantity.value
    own_multiple, own_base = split_unit(quantity.unit)
    if own_base != base:
        return None
    return round(quantity.value * own_multiple / multiple, 10)


def split_unit(unit: str) -> tuple[float, str]:
    """Part a unit into its multiple and its base: 万件 is (10000, 件)."""
    unit = even_width(unit)
    if len(unit) > 1 and unit[0] in "千万亿":
        return _MULTIPLES[unit[0]], unit[1:]
    return 1.0, unit


def parse_measure(value: Value, unit: str) -> float | None:
    """Read a figure reported for a target whose unit is ``unit``, in that unit; None if it cannot be."""
    quantity = parse_quantity(value)
    if quantity is None:
        return None
    if isinstance(value, str) and not quantity.unit and split_unit(unit)[0] != 1.0:
        match = _QUANTITY.fullmatch(_in_digits(even_width(value)))
        if match and match["multiple"]:  # "13万" for a target in 万件 is 13, not 130000
            return round(quantity.value / split_unit(unit)[0], 10)
    measured = convert(quantity, unit)
    if measured is None and counts_alike(quantity.unit, unit):
        multiple, _ = split_unit(quantity.unit)
        return round(quantity.value * multiple / split_unit(unit)[0], 10)
    return measured


def counts_alike(unit: str, other: str) -> bool:
    """Whether two different measures are plain words with which the same things are counted: 件 and 起."""
    bases = {split_unit(unit)[1], split_unit(other)[1]}
    return len(bases) == 2 and any(all(base and base in kin for base in bases) for kin in _COUNTED)


def why_no_figure(value: Value) -> str:
    """What stands in a cell instead of a figure, as the end of a sentence; empty where it is just words."""
    if isinstance(value, date) or parse_date(value) is not None:
        return "，是日期"
    if _RANGE.fullmatch(even_width(as_text(value))):
        return "，是一个范围，请填实际完成的数"
    return ""


def _in_digits(text: str) -> str:
    """A figure in Chinese numerals with digits, 百分之九十五 as 95%; any other text as it is."""
    lead = next((word for word in _BEFORE_WORDS if text.startswith(word)), "")
    rest = text[len(lead) :]
    share = rest.startswith(_SHARE)
    figure = _SHARE_FIGURE.match(rest) if share else None
    if figure is not None:
        return f"{lead}{figure[1]}%{rest[figure.end() :]}"
    rest = rest.removeprefix(_SHARE)
    value, end = (100.0, 1) if share and rest.startswith("百") else read_numeral(rest)
    after = rest[end:].lstrip("余多万亿")
    known = share or after in ("", *_AFTER) or any(after in kin for kin in _COUNTED)
    if value is None or not known:
        return text
    return f"{lead}{format_number(value)}{'%' if share else ''}{rest[end:]}"


def parse_percent(value: Value) -> float | None:
    """Read a percentage between sheets' habits: 80, ``80%``, ``８０％``, ``80.5`` are all in percent."""
    quantity = parse_quantity(value)
    if quantity is None or quantity.unit not in ("", "%"):
        return None
    return quantity.value


def _hanzi_number(text: str) -> int | None:
    if not text:
        return None
    if "十" not in text:
        digits = "".join(str(_DIGITS[sign]) for sign in text)
        return int(digits)
    tens, _, ones = text.partition("十")
    if "十" in ones or len(tens) > 1 or len(ones) > 1:
        return None
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)


def _hanzi_date(text: str) -> str:
    """二〇二六年十二月十五日 to 2026年12月15日; text in other forms comes back as it is."""
    if "年" not in text:
        return text
    return _HANZI_DATE.sub(lambda m: str(n) if (n := _hanzi_number(m[0])) is not None else m[0], text)


def _make_date(year: int, month: int, day: int | None) -> date | None:
    if not (1900 <= year <= 2200 and 1 <= month <= 12):
        return None
    last = calendar.monthrange(year, month)[1]
    if day is None:
        return date(year, month, last)
    return date(year, month, day) if 1 <= day <= last else None


def parse_date(value: Value, year: int | None = None) -> date | None:
    """Read a date in any of the usual forms; a month alone means its last day.

    With ``year`` a date may go without one: 12月底, 11月30日 and 全年 are of that year.
    """
    if isinstance(value, date):
        typed = value.date() if isinstance(value, datetime) else value
        # a bare 5 typed into a cell formatted as a date comes as a day of 1900
        return typed if MIN_YEAR <= typed.year <= MAX_YEAR else None
    if isinstance(value, bool) or value is None:
        return None
    if (
        isinstance(value, int | float) and EARLIEST_SERIAL <= value < LATEST_SERIAL
    ):  # an Excel serial number left unformatted
        return _EXCEL_EPOCH + timedelta(days=int(value))
    day = _TIME_OF_DAY.sub("", as_text(value).strip())
    text = _SINCE_JANUARY.sub("", _hanzi_date(_UP_TO.sub("", even_width(day), count=1)))
    match = _FULL_DATE.fullmatch(text)
    if match:
        return _make_date(int(match[1]), int(match[2]), int(match[3]) if match[3] else None)
    match = _COMPACT_DATE.fullmatch(text)
    if match:
        in_year, month, day = (part for part in match.groups() if part is not None)
        return _make_date(int(in_year), int(month), int(day))
    if year is None:
        return None
    match = _DAY_IN_FIGURES.fullmatch(text) if isinstance(value, str) else None
    return _make_date(year, int(match[1]), int(match[2])) if match else _date_without_year(text, year)


def _date_without_year(text: str, year: int) -> date | None:
    if text == "全年":
        return date(year, 12, 31)
    match = _MONTH_AND_DAY.fullmatch(text)
    return _make_date(year, int(match[1]), int(match[2]) if match[2] else None) if match else None


def parse_status(value: Value, words: Mapping[str, str]) -> str | None:
    """The status a word means, by the accepted words (``Form.status_words``); None if it is none of them."""
    return words.get(even_width(as_text(value)).strip("。.;,√✓✔☑"))


def task_number(value: Value) -> str:
    """Even out a task number as typed: 3.0 and ``３`` are 3, blanks go, brackets become half width."""
    return _DASHES.sub("-", even_width(as_text(value)).rstrip("、."))
