"""By when a task is due: what the words of a deadline mean."""

import calendar
import re
from datetime import date

from reporting.model import Deadline, DeadlineKind

ONGOING = re.compile(
    r"(?:持续|长期|常态化?|常年|全年|经常性|贯穿全年|不断|即日起(?!至|到))(?:推进|坚持|开展|实施|落实|推动|抓好|执行|深化)?"
)
"""Work without an end: 持续推进, 长期坚持."""

ANNUAL = re.compile(r"每(?:年|学年|学期|半年|季度|季|月|周)")

WORK_WORDS = re.compile(r"前|完成|推进|坚持|开展|底|全年|长期|每年|每季|每月|每半年")
"""What a deadline alone in brackets has, and a mere date (2023年4月28日) has not."""

MOMENT = re.compile(
    r"(?:(?P<year>20\d\d)年)?(?:(?P<month>\d{1,2})月(?:份)?(?:(?P<day>\d{1,2})日)?"
    r"|(?P<half>上半年|下半年)|第?(?P<quarter>[一二三四1-4])季度|(?P<end>年底|年末|年内|年终)|(?P<bare>底|末)?)"
    r"(?P<late>底|末|中旬|上旬|下旬)?(?P<before>之?前|以前)?"
)
"""A point in time: 2025年12月底前, 6月30日前, 2025年底, 上半年, 第三季度末."""

FIVE_YEARS = re.compile(r"[“\"]?十(?P<number>[三四五六])五[”\"]?(?:规划)?(?:期?末|期间|时期)")
"""The end of a five-year plan: “十四五”末."""

WRITTEN_DATE = re.compile(r"(20\d\d)[./-](\d{1,2})(?:[./-](\d{1,2})日?)?(?![\d年])")
"""2025.06.30 or 2025-6."""

OCCASION = re.compile(r"[^，。；、\d底末]{2,8}前|[春秋暑寒][季假]")
"""A year and an occasion in it, whose day no document says: 2025年春季学期开学前."""

STARTS_TIME = re.compile(
    r"(?:20\d\d(?:年|[./-]\d|[—－~至-]20)|[“\"]?十[三四五六]五[”\"]?(?:规划)?(?:期?末|期间)|即日起|截至|每学期|每周|\d{1,2}月|上半年|下半年|第?[一二三四]季度|年底|年末|年内|今年|本年|每年|每月|每季|每半年|[到于](?:20\d\d年|\d{1,2}月|年底)"
    r"|即时|立即|近期|按时|长期|持续|常态|全年|常年|力争20\d\d年|力争\d{1,2}月)"
)


SEASONS = re.compile(
    r"(?:汛期|冬春|冬季|春节|节假日|重点时段|全年|期间).{0,4}(?:长期|持续|常态化?)(?:坚持|推进|开展|落实)$"
)
"""A part of each year: 汛期长期坚持."""


def is_deadline(chunk: str) -> bool:
    """Whether words of a clause say by when: 2025年底前完成, 持续推进."""
    if not chunk or len(chunk) > 60:
        return False
    return any(pattern.match(chunk) for pattern in (STARTS_TIME, ONGOING, SEASONS))


def read_deadline(text: str, year: int | None) -> Deadline | None:
    """The deadline that words mean; ``year`` is the plan's, for a date without one. None for no words."""
    text = "".join(text.split()).strip("。；;，,、")
    if not text or text in {"/", "-", "—", "无"}:
        return None
    when = last_date(text, year)
    kind: DeadlineKind = "date"
    if ANNUAL.search(text):
        return Deadline(text, "annual")
    if ONGOING.search(text):
        kind = "date+ongoing" if when else "ongoing"
    return Deadline(text, kind, when)


def last_date(text: str, year: int | None) -> date | None:
    """The last day the words allow: 2025年6月底前 → 30 June, 6月前 → 31 May, 上半年 → 30 June."""
    text = WRITTEN_DATE.sub(_in_words, text[:200])
    plans = [
        date(2010 + 5 * "一二三四五六".index(match.group("number")), 12, 31) for match in FIVE_YEARS.finditer(text)
    ]
    latest = max(plans, default=None)
    known = year
    for match in MOMENT.finditer(text):
        if not any(match.group(name) for name in ("year", "month", "half", "quarter", "end")):
            continue
        known = int(match.group("year")) if match.group("year") else known
        if match.group("year") and match.group()[-1] == "年" and OCCASION.match(text, match.end()):
            continue
        day = _day(match, known)
        latest = max(latest, day) if latest and day else day or latest
    return latest


def _in_words(match: re.Match[str]) -> str:
    """2025.06.30 → 2025年06月30日."""
    year, month, day = match.groups()
    return f"{year}年{month}月{day}日" if day else f"{year}年{month}月"


def _day(match: re.Match[str], year: int | None) -> date | None:
    if year is None:
        return None
    if match.group("month"):
        return _day_of_month(match, year, int(match.group("month")))
    if match.group("half"):
        return date(year, 6, 30) if match.group("half") == "上半年" else date(year, 12, 31)
    if match.group("quarter"):
        return _month_end(year, 3 * ("一二三四1234".index(match.group("quarter")) % 4 + 1))
    late = match.group("end") or match.group("bare") or match.group("late")
    if match.group("before") and not late:
        return date(year - 1, 12, 31)
    return date(year, 12, 31)


def _day_of_month(match: re.Match[str], year: int, month: int) -> date | None:
    if not 1 <= month <= 12:
        return None
    end = _month_end(year, month)
    if match.group("day"):
        day = int(match.group("day"))
        return date(year, month, day) if 1 <= day <= end.day else None
    if match.group("late") in ("上旬", "中旬"):
        return date(year, month, 10 if match.group("late") == "上旬" else 20)
    if match.group("before") and not match.group("late"):
        return _month_end(year, month - 1) if month > 1 else date(year - 1, 12, 31)
    return end


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
