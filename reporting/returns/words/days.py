"""Days as people write them, and as spreadsheet programs make them out of what was typed.

12.15 typed into a date cell is stored as the twelfth of January 1900; 12/15 typed in January gets the new year.
A month, a quarter or a span means its last day. What is no day of the calendar is not guessed.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from reporting.language.characters import as_seen, even_width, trimmed
from reporting.language.numerals import DIGITS, heading_value
from reporting.language.values import EARLIEST_SERIAL, LATEST_SERIAL, format_number
from reporting.model import Meaning, Unread, Value

_FIRST_YEAR = 1910
"""A date before is a number that was typed into a date cell: 2026.11 is a day of 1905."""
_CLOCK = re.compile(
    r"[\sT]*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?\s*(?:[AaPp][Mm])?$|\d{1,2}[时点](?:\d{1,2}分?)?$|\d{1,2}点半?$"
)
_ASIDE = re.compile(r"[(（]?(?:星期|周|礼拜)[一二三四五六日天][)）]?|上午|下午|中午|晚上|早上|傍晚|凌晨|[(（]\s*[)）]")
_LEAD = re.compile(
    r"^(?:截[至止]到?|至|到|于|自|填报(?:于|日期)?[:：]?|日期[:：]|约|数据)+|(?:止|为止|填报|填|(?<=[日号\d])前)$"
)
_HAN = re.compile(r"[〇零○Oo一二三四五六七八九十元]{1,4}(?=[年月日号])")
_MARKS = re.compile(r"[.。/、\\·_—–－―‐]+")
_FULL = re.compile(r"[\"'’‘]?(\d{4}|\d{2})[-年](\d{1,2})[-月](\d{1,2})[日号]?")
_DAY_FIRST = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4})")
_MONTH = re.compile(r"(?:(\d{4}|\d{2}(?=年))[-年])?(\d{1,2})(月(?:份)?)?(底|末|初|上旬|中旬|下旬)?")
_DAY = re.compile(r"(\d{1,2})[-月](\d{1,2})[日号]?")
_COMPACT = re.compile(r"(\d{4})-?(\d{2})(\d{2})")
_SHORT = re.compile(r"(\d{2})(\d{2})(\d{2})")
_FIGURES = re.compile(r"(\d{1,2})(\d{2})")
_SPAN = re.compile(r"^(?:\d{4}[-年])?(?:\d{1,2}|元)月?(?:至|到|~|-)(\d{1,2}月.{0,2})$")
_DAYS = re.compile(r"^.{4,11}?(?:至|到|~|-)(\d{4}[-年].+)$|^.{1,11}(?:至|到|~)(.{2,12})$|^.{1,11}?[日号]-(.{2,12})$")
_QUARTER = re.compile(r"(?:(\d{4})年?)?(?:前|第)?([一二三四两1-4])(?:个)?季度?(?:末|底)?")
_HALVES = {"上半年": (6, 30), "下半年": (12, 31), "前三季度": (9, 30)}
_YEAR_END = re.compile(r"(?:(\d{4})年?)?(?:本年度?|年度|全年|全年度|年内|年底|年末|年终|岁末)(?:底|末)?")
_TODAY = re.compile(r"(?:目前|至今|今日|今天|当前|现在|当日|填报日|即日)(?:为止)?")
_PLANS = {"十四五": date(2025, 12, 31), "十五五": date(2030, 12, 31)}
_OTHER_CALENDAR = re.compile(r"农历|阴历|腊月|正月|春节|元宵|中秋|上个?月|上周|本月|下个?月|明年|去年|年前|节前")

_NO_DAY = ("没有写日期", "是一段时间")

Purpose = Literal["written", "counted", "other"]


@dataclass(frozen=True, slots=True)
class DayContext:
    """The year of the form, the day on which the return was written or came in, and what the day is for."""

    year: int | None = None
    today: date | None = None
    purpose: Purpose = "other"
    """The day of filling in (填报日期), that up to which figures are counted (数据截止日期), or another."""


def typed_number(value: Value) -> float | None:
    """The number that was typed into a date cell and became a day of the first years; None for a real day."""
    if not isinstance(value, date) or value.year >= _FIRST_YEAR:
        return None
    moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
    first = datetime(1899, 12, 31 if moment < datetime(1900, 3, 1) else 30)
    return round((moment - first) / timedelta(days=1), 4)


def read_day(value: Value, raw: str, context: DayContext) -> Meaning:
    """The day that a cell means."""
    number = typed_number(value)
    if number is not None:
        meaning = _of_number(number, context)
        return (
            meaning
            if meaning.weight or not isinstance(meaning.value, date)
            else _told(meaning.value, "被表格变成了别的日期")
        )
    if isinstance(value, date):
        return _in_year(value.date() if isinstance(value, datetime) else value, context)
    if isinstance(value, bool) or value is None:
        return _unread()
    if isinstance(value, int | float):
        if EARLIEST_SERIAL <= value < LATEST_SERIAL:
            return _in_year(date(1899, 12, 30) + timedelta(days=int(value)), context)
        return _of_number(float(value), context)
    return _of_text(raw, context)


def _of_number(number: float, context: DayContext) -> Meaning:
    """12.15, 2026.11, 1215; of 12.1 a zero behind it may be lost."""
    text = format_number(number)
    whole, _, part = text.partition(".")
    if part and len(part) == 1 and part in "123" and (len(whole) <= 2 or whole == str(context.year)):
        ways = [_of_text(f"{whole}.{each}", context).value for each in (part, f"{part}0")]
        days = [each for each in ways if isinstance(each, date)]
        if len(days) == 2:
            return _ask(min(days), f"末尾的零可能被省去，是 {days[0]} 或者 {days[1]}")
    return _of_text(text, context)


def _of_text(raw: str, context: DayContext) -> Meaning:
    text = _plain(raw)
    if _OTHER_CALENDAR.search(text):
        return _unread("，请填公历的年、月、日")
    known = _in_words(text, context)
    if known is not None:
        return known
    dashed = _MARKS.sub("-", text).strip("-,;:")
    span = _SPAN.match(dashed)
    if span:
        year = re.match(r"\d{4}", dashed)
        return _last(_of_text(f"{year[0]}年{span[1]}" if year else span[1], context), context)
    days = _DAYS.match(dashed)
    if days and (days[1] or "月" in dashed or dashed.count("-") > 1):
        return _last(_of_text(days[1] or days[2] or days[3], context), context)
    if re.fullmatch(r"\d{4}年?", dashed) and dashed[:2] in ("19", "20"):
        return _unread("，请填写月、日")
    for read in (_full, _month, _month_and_day, _compact):
        meaning = read(dashed, context)
        if meaning is not None:
            return meaning
    return _unread()


def _plain(raw: str) -> str:
    """A text without clock and weekday, its numerals in digits; blanks between digits part them."""
    text = _ASIDE.sub("", _CLOCK.sub("", trimmed(as_seen(raw)).rstrip("。；;，,"))).strip()
    text = even_width(re.sub(r"(?<=\d)\s+(?=\d)", "-", text)).strip('。,;!“”"')
    while (shorter := _LEAD.sub("", text)) and shorter != text:
        text = shorter
    return _HAN.sub(lambda match: _in_digits(match[0]), text)


def _in_digits(signs: str) -> str:
    if "十" in signs or len(signs) == 1:
        return str(heading_value(signs.replace("元", "一")) or 0)
    zero = {"○": 0, "O": 0, "o": 0, "元": 1}
    return "".join(str((DIGITS | zero)[sign]) for sign in signs)


# ---- days with a year ------------------------------------------------------------------------------------


def _full(text: str, context: DayContext) -> Meaning | None:
    day_first = _DAY_FIRST.fullmatch(text)
    if day_first:
        first, second, year = (int(each) for each in day_first.groups())
        ways = [made for made in (_made(year, second, first), _made(year, first, second)) if made]
        if len(set(ways)) == 2:
            past = [each for each in ways if context.today is None or each <= context.today]
            return _ask(max(past or ways), f"可能是 {ways[1]}，也可能是 {ways[0]}")
        return _in_year(ways[0], context) if ways else _unread("，没有这一天")
    match = _FULL.fullmatch(text)
    if match is None:
        return None
    year, month, day = int(match[1]), int(match[2]), int(match[3])
    if year < 100:
        year = _whole_year(year, context)
        if not year:
            return None
    made = _made(year, month, day)
    return _unread("，没有这一天") if made is None else _in_year(made, context)


def _whole_year(short: int, context: DayContext) -> int:
    """26 is 2026, where that is near the year of the form; 0 for what is no year."""
    year = 2000 + short
    return year if context.year is None or abs(year - context.year) <= 1 else 0


def _compact(text: str, context: DayContext) -> Meaning | None:
    match = _COMPACT.fullmatch(text)
    if match:
        made = _made(*map(int, match.groups()))
        return _unread("，没有这一天") if made is None else _in_year(made, context)
    short = _SHORT.fullmatch(text)
    if short and _whole_year(int(short[1]), context):
        made = _made(2000 + int(short[1]), int(short[2]), int(short[3]))
        return _noted(made, "没有写全年份", context)
    figures = _FIGURES.fullmatch(text)
    if figures is None:
        return None
    ways = [_month_and_day(each, context) for each in (f"{figures[1]}-{figures[2]}", f"{text[:-1]}-{text[-1]}")]
    days = [each.value for each in ways if each and isinstance(each.value, date)]
    if len(text) == 3 and len(days) == 2:
        return _ask(min(days), f"可能是 {days[0]}，也可能是 {days[1]}")
    return ways[0]


# ---- days without one ------------------------------------------------------------------------------------


def _month_and_day(text: str, context: DayContext) -> Meaning | None:
    match = _DAY.fullmatch(text)
    if match is None or context.year is None:
        return None
    year = context.year
    made = _made(year, int(match[1]), int(match[2]))
    if made is None:
        return _unread("，没有这一天")
    today = context.today
    if (
        context.purpose == "written"
        and today is not None
        and today.year == year + 1
        and made.replace(year=year) < date(year, 3, 1)
    ):
        made = _made(year + 1, made.month, made.day) or made  # a return written in January of the next year
    return _noted(made, "没有写年份", context)


def _month(text: str, context: DayContext) -> Meaning | None:
    match = _MONTH.fullmatch(text)
    if match is None or not (match[3] or (match[1] and len(match[1]) == 4)):
        return None
    year = int(match[1]) if match[1] else context.year
    if year is None or not 1 <= int(match[2]) <= 12:
        return _unread("，没有这个月") if year else None
    year = year if year > 99 else 2000 + year
    last = calendar.monthrange(year, int(match[2]))[1]
    day = {"初": 1, "上旬": 10, "中旬": 20}.get(match[4] or "", last)
    made = _made(year, int(match[2]), day)
    if made is None:
        return None
    if context.purpose == "written":
        made = min(made, context.today) if context.today and made.year == context.today.year else made
        return _ask(made, "没有写哪一天")
    if not match[1]:
        return _noted(made, "没有写年份", context)
    return _noted(made, "没有写哪一天", context) if match[4] and match[4] not in "底末" else _in_year(made, context)


def _in_words(text: str, context: DayContext) -> Meaning | None:
    if _TODAY.fullmatch(text):
        return _told(context.today, "没有写日期") if context.today else _unread()
    for plan, end in _PLANS.items():
        if plan in text:
            return _ask(end, f"是“{plan}”的末日")
    year = context.year
    for word, (month, day) in _HALVES.items():
        if text.endswith(word) and year is not None:
            return _noted(_made(_year_in(text) or year, month, day), _NO_DAY[0], context)
    quarter = _QUARTER.fullmatch(text)
    if quarter and year is not None:
        month = 3 * int({"一": 1, "二": 2, "两": 2, "三": 3, "四": 4}.get(quarter[2], quarter[2]))
        in_year = int(quarter[1] or year)
        return _noted(_made(in_year, month, calendar.monthrange(in_year, month)[1]), _NO_DAY[0], context)
    if _YEAR_END.fullmatch(text) and year is not None:
        return _noted(_made(_year_in(text) or year, 12, 31), _NO_DAY[0], context)
    return None


def _year_in(text: str) -> int | None:
    match = re.match(r"\d{4}", text)
    return int(match[0]) if match else None


def _made(year: int, month: int, day: int) -> date | None:
    if not (1900 <= year <= 2200 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    return date(year, month, day)


# ---- the answer ------------------------------------------------------------------------------------------


def _in_year(day: date, context: DayContext) -> Meaning:
    """A day as it was written; one of another year is asked about."""
    year, today = context.year, context.today
    if year is None or day.year == year:
        return Meaning(day)
    if context.purpose == "written" and not (day.year == year + 1 and today is not None and day <= today):
        meant = _made(year, day.month, day.day) or date(year, day.month, 28)
        return _ask(meant, f"不是 {year} 年的日期")
    far = context.purpose == "other" and abs(day.year - year) > 20
    return _ask(day, f"离 {year} 年很远") if far else Meaning(day)


def _last(meaning: Meaning, context: DayContext) -> Meaning:
    """The last day of a span."""
    if not isinstance(meaning.value, date) or meaning.weight == "confirm":
        return meaning
    return _noted(meaning.value, _NO_DAY[1], context)


def _noted(day: date | None, doubt: str, context: DayContext) -> Meaning:
    if day is None:
        return _unread("，没有这一天")
    if context.purpose == "written" and doubt in _NO_DAY:
        return _ask(min(day, context.today or day), "没有写哪一天")
    meaning = _in_year(day, context)
    return meaning if meaning.weight else _told(day, doubt)


def _told(day: date, doubt: str) -> Meaning:
    return Meaning(day, "note", str(day), doubt)


def _ask(day: date, doubt: str) -> Meaning:
    return Meaning(day, "confirm", str(day), doubt)


def _unread(doubt: str = "") -> Meaning:
    return Meaning(Unread.UNREADABLE, "error", doubt=doubt)
