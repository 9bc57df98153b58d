"""Numbers with a measure as plans write them: 13万件以上, 3至5家, 5000套（间）, 两所, 上百家."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from reporting.language.measures import MEASURES

SHARES = ("%", "％", "‰", "个百分点", "百分点")

PERIODS = frozenset(("个月", "个工作日", "工作日", "小时", "分钟", "天", "秒", "周", "周岁", "岁", "年"))
"""Measures of time: a goal only after a comparator, 压缩至4个工作日, or promised, 实现1分钟响应."""

_NUMBER = r"\d{1,9}(?:,\d{3}){0,3}(?:\.\d{1,4})?"
_BESIDE = r"(?:[（(][间套处个户台次件][)）])?"
"""A second measure in a bracket: 套（间）, 台（套）."""
_PEOPLE = "人(?!口)"
_YEARS = "年(?![底末初度级制期])"
_UNIT = rf"(?:万亿|[千百]?[万亿]?)(?:{'|'.join(map(re.escape, MEASURES))}|{_PEOPLE}|{_YEARS})"
_PER = "(?:/[年月日天人户时次亩]|/小时)?"
_MORE = r"及?以上|及?以下|以内|之内|内(?![部容外涵需生资科])|左右|上下"

AMOUNT = re.compile(
    rf"(?:(?<![\d.,])(?P<from>{_NUMBER}) ?(?:{_UNIT})? ?(?:至|到|[—–~～－-]{{1,2}}) ?)?"
    rf"(?<!\d)(?!(?:19|20)\d\d ?年)(?P<value>{_NUMBER}) ?(?P<some>[余多])?(?P<unit>{_UNIT}{_BESIDE}) ?{_PER} ?"
    rf"(?P<more>{_MORE})?"
)
"""A number with its measure, or a range: 13万件以上, 98%, 3 亿元, 1,200户, 3至5家, 100-150户, 300余所."""

_COUNTED = "所座家条处名户场辆台套栋间个项件支次亩"
SPELT = re.compile(
    rf"(?P<value>[二三四五六七八九]?十[一二三四五六七八九]?|[两三四五六七八九]|上[百千万])(?P<unit>[{_COUNTED}])"
    rf"(?P<more>及?以上)?(?![一“])"
)
"""A number in characters: 两所, 十二座, 上百家; 三个一批 is a name, 二次开发 the second."""

NEAR = 40
"""How far the next number of a phrase is looked for."""

_DIGITS = {"两": 2, **{digit: value for value, digit in enumerate("一二三四五六七八九", 1)}}


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its measure where it stands in a phrase."""

    phrase: str
    start: int
    end: int
    value: float
    unit: str
    low: float | None = None
    """Where a range begins: 3 of 3至5家."""
    more: str = ""
    """What follows the measure: 以上, 以内, 左右; 以上 of 300余所 too."""
    spelt: bool = False
    """Whether it is written in characters."""

    @property
    def head(self) -> str:
        """The phrase up to the number."""
        return self.phrase[: self.start]

    @property
    def before(self) -> str:
        """The words right before the number."""
        return self.phrase[max(0, self.start - 12) : self.start].rstrip(" ")

    @property
    def after(self) -> str:
        """The phrase from behind the number."""
        return self.phrase[self.end :]

    @property
    def printed(self) -> str:
        """The number as it is printed."""
        return self.phrase[self.start : self.end].strip()

    @property
    def is_share(self) -> bool:
        """Whether it is a part of a whole, or the change of one."""
        return self.unit in SHARES

    @property
    def is_money(self) -> bool:
        """Whether it is an amount of money."""
        return self.unit.endswith("元")

    @property
    def is_period(self) -> bool:
        """Whether it is a stretch of time."""
        return self.unit in PERIODS

    @property
    def is_damaged(self) -> bool:
        """A percentage no plan means: 20230%, where a year was written over the number."""
        return self.unit in ("%", "％") and self.value >= 1900 and self.value != 10_000


def amounts_in(phrase: str) -> Iterator[Amount]:
    """The numbers with a measure in a phrase, in their order."""
    found = [_printed_in_digits(phrase, match) for match in AMOUNT.finditer(phrase)]
    found += [_spelt_out(phrase, match) for match in SPELT.finditer(phrase)]
    yield from sorted(found, key=lambda amount: amount.start)


def next_amount(amount: Amount) -> Amount | None:
    """The number that follows in the phrase, if one does soon."""
    found = list(amounts_in(amount.after[:NEAR]))
    if not found:
        return None
    return replace(found[0], phrase=amount.phrase, start=amount.end + found[0].start, end=amount.end + found[0].end)


def _printed_in_digits(phrase: str, match: re.Match[str]) -> Amount:
    low = match["from"]
    return Amount(
        phrase,
        match.start(),
        match.end(),
        value=_number(match["value"]),
        unit=match["unit"],
        low=_number(low) if low else None,
        more=(match["more"] or "").removeprefix("及") or ("以上" if match["some"] else ""),
    )


def _number(digits: str) -> float:
    return float(digits.replace(",", ""))


def _spelt_out(phrase: str, match: re.Match[str]) -> Amount:
    number, unit = match["value"], match["unit"]
    rough = number.startswith("上")
    if rough:
        value, unit = (1, f"万{unit}") if number == "上万" else (100 if number == "上百" else 1000, unit)
    else:
        tens, ten, ones = number.rpartition("十")
        value = (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)
    more = "以上" if rough or match["more"] else ""
    return Amount(phrase, match.start(), match.end(), float(value), unit, more=more, spelt=True)


def damaged_figures(content: str) -> tuple[str, ...]:
    """The amounts of a text that cannot be meant."""
    return tuple(amount.printed for amount in amounts_in(content) if amount.is_damaged)
