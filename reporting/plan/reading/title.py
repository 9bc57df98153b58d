"""The head of a document: title, issuer, year, document number."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from reporting.model import Line, Place
from reporting.plan.reading.text import END, tidy

DOCUMENT_NUMBER = re.compile(
    r"(?P<office>[\u4e00-\u9fff]{1,16}) ?[〔\[［（(] ?(?P<year>2[0OoＯ○〇][\dOoＯ○〇]{2}) ?[〕\]］）)]"
    r" ?第?\d{1,5} ?号"
)
"""澜政办〔2025〕6号."""

NO_OFFICE = re.compile(r".*(?:通知|意见|方案|办法|公告|通报|决定|文号|字号|编号|文件|公报|印发|据)")
"""What may stand before the short name of the office without a gap: …的通知「国办函」〔2021〕49号."""

TITLE_ENDS = (
    *("的通知", "方案", "计划", "要点", "工作任务", "任务分工", "任务分解", "分工", "工作安排", "措施", "意见"),
    *("分解表", "分工表", "责任表", "任务表", "清单", "台账"),
)

RARE_ENDS = ("举措", "实事", "细则", "纲要", "规划", "重点工作", "重点任务")
"""Ends of titles that short headings share."""

VERSION = re.compile(r"[(（](?:20\d\d ?[年—–－-].{1,12}|试行|.{0,6}稿)[)）]$")
"""What may follow a title: （2026—2028年）, （征求意见稿）."""

ISSUE_DATE = re.compile(r"^[(（]?(?P<year>20\d\d|[二〇○零OoＯ一三四五六七八九]{4})年[^，。]{1,8}[日号][)）]?$")
"""A line that is a date: 2025年3月1日, 二○二五年三月一日 (often with the letter O)."""

YEAR = re.compile(r"(?<!\d)(20\d\d)(?:年|[—–－-]{1,2}20\d\d年)")
"""The year a title names; of 2026—2028年 the first."""

MARKED = re.compile(r"(?:第?[一二三四五六七八九十]{1,3}[、章条]|[(（]|\d{1,3}[.、．])|[│|┌+]")
"""A first line that is no title but a numbered paragraph or a table."""

OWN_PLAN = re.compile(r"([\u4e00-\u9fff]{3,20}(?:局|厅|委|委员会|办公室))20\d\d年")
"""An office's plan for itself: 澜川市水务局2026年工作要点."""

CRUMBS = re.compile(r"(?:当前|您|你).{0,4}位置|首页.{0,3}[>＞»›→/]|[>＞»›].{0,30}[>＞»›]")
"""Where a page stands in its site: 当前位置：首页 > 政务公开 > 规划计划."""

NUMBER_LABEL = re.compile(r"(?:发文|文件|公文)?(?:字号|文号|编号)[:：]?")
"""The cell before the document number, in the table some sites put above a document."""

WRAPPED_OFFICE = ("小组", "领导", "协调", "办公", "委员会")
"""How the second line of a long office name begins: …工作领导 / 小组办公室."""

OFFICE = re.compile(r"(?:人民政府|办公室|办公厅|委员会|国务院|领导小组|局|厅|部|指挥部|管委会|政府)$")

DIGITS = str.maketrans("〇○零OoＯ一二三四五六七八九", "000000123456789")


@dataclass(frozen=True, slots=True)
class Head:
    """What stands around the tasks."""

    title: str = ""
    issuer: str | None = None
    year: int | None = None
    document_number: str | None = None


TELLING = re.compile(r"(?:[^\u4e00-\u9fff]{0,20}[\u4e00-\u9fff]){5}")
"""What the name of a sheet or file must have to say what it holds; Sheet1, 第2页 and 计划 do not."""

YEAR_IN_NAME = re.compile(r"(?<!\d)(20\d\d)年")


def with_name(head: Head, place: Place) -> tuple[Head, str]:
    """Title and year from the name of the sheet or the file, where the document has none; and that name."""
    names = [name for name in (place.part, place.file.rpartition(".")[0]) if TELLING.match(name)]
    title = head.title or next(iter(names), "")
    dated = next(filter(None, map(YEAR_IN_NAME.search, names)), None) if head.year is None else None
    year = int(dated.group(1)) if dated else head.year
    used = title if title != head.title else dated.string if dated else ""
    return replace(head, title=title, year=year), used


def number_beside(rows: Iterable[Sequence[str]]) -> str:
    """The cell that follows 发文字号 in a table above the document."""
    for cells in rows:
        for label, value in pairwise("".join(tidy(cell).split()) for cell in cells):
            if NUMBER_LABEL.fullmatch(label) and DOCUMENT_NUMBER.fullmatch(value):
                return value
    return ""


def read_head(lines: Sequence[Line], cell: str = "") -> Head:
    """Read the head from the first hundred lines and the closing date; ``cell`` may give the number."""
    texts = [text for text in (tidy(line.text) for line in lines) if text]
    front = [text[:300] for text in texts[:100]]
    title = _title([text for text in front if not CRUMBS.search(text)]) or _first_words(lines)
    numbers = (_number(text) for text in [*front[:40], cell])
    number, numbered = next((found for found in numbers if found), (None, None))
    dated, issuer = _signature([text[:60] for text in [*texts[:60], *texts[-15:]]])
    period = next((text for text in front[:30] if VERSION.search(text) and YEAR.search(text)), "")
    named = YEAR.search(title) or YEAR.search(period)
    years = [numbered, dated, int(named.group(1)) if named else None]
    year = next((year for year in years if year), None)
    issuer = _issuer(_issuer_in(title), issuer, _issuer_around(texts))
    return Head(_without_number(title), issuer, year, number)


def _without_number(title: str) -> str:
    """A title without the document number that was printed right after it."""
    match = DOCUMENT_NUMBER.search(title)
    office = NO_OFFICE.sub("", match.group("office")) if match else ""
    return title[: match.end("office") - len(office)] if match and office and match.start() else title


def _number(text: str) -> tuple[str, int] | None:
    """The document number in a line of its own or at its end, and its year; not one quoted in a sentence."""
    match = DOCUMENT_NUMBER.search(text)
    if match is None or (len(text) >= 60 and match.end() < len(text)) or "《" in text[match.start() - 1 :]:
        return None
    office = NO_OFFICE.sub("", match.group("office"))
    printed = text[match.end("office") - len(office) : match.end()]
    year = match.group("year").translate(DIGITS)
    printed = "".join(printed.replace(match.group("year"), year, 1).split())
    return (printed, int(year)) if office else None


def _title(front: Sequence[str]) -> str:
    """The first line that ends as titles do, with the line before it when the title was wrapped."""
    for index, text in enumerate(front[:30]):
        words = VERSION.sub("", text.replace(" ", ""))
        numbered = MARKED.match(words)
        if numbered and index and not (words[0].isdecimal() and "关于" in words):
            continue
        words = re.sub(r"^\d{1,2}[.、]", "", words)
        ends = words.endswith(TITLE_ENDS) or (len(words) >= 10 and words.endswith(RARE_ENDS))
        if not ends or len(words) > 120 or words.endswith(("：", "。")):
            continue
        before = front[index - 1].replace(" ", "") if index else ""
        before = re.sub(r"^\d{1,2}[.、]", "", before)
        office = OFFICE.search(before) is not None
        begins = office and len(before) <= 40 and words.startswith(("关于", "印发", "转发"))
        wrapped = begins or "关于" in before or (len(words) < 20 and not office and 6 < len(before) < 30)
        whole = before[-1:] not in "号：。)）日" and not before.endswith(TITLE_ENDS)
        return before + words if before and wrapped and whole else words
    enclosed = next((match for text in front[:20] if (match := ENCLOSED.search(text))), None)
    if enclosed:
        return enclosed.group("name")
    first = front[0] if front else ""
    return "" if MARKED.match(first) or len(first) > 120 or "。" in first else first[:60]


def _first_words(lines: Sequence[Line]) -> str:
    """1、社区治理方案 为了…: a title that only a blank parts from the text."""
    words = next((line.text.split()[0] for line in lines[:5] if line.text.split()), "")
    words = re.sub(r"^\d{1,2}[.、]", "", words[:80])
    return words if words.endswith(TITLE_ENDS) and len(words) < 60 else ""


def _signature(texts: Sequence[str]) -> tuple[int | None, str | None]:
    """The date of issue and the office above it."""
    for index, text in enumerate(texts):
        match = ISSUE_DATE.match(text.replace(" ", ""))
        if match is None:
            continue
        digits = match.group("year").translate(DIGITS)
        year = int(digits) if digits.isdecimal() and 2000 <= int(digits) < 2100 else None
        above = re.sub(r"[(（].{1,4}[)）]$", "", texts[index - 1].replace(" ", "")) if index else ""
        before = texts[index - 2].replace(" ", "") if index > 1 else ""
        if above.startswith(WRAPPED_OFFICE) and len(before) < 40 and not END.search(before[-8:]):
            above = before + above
        return year, above if OFFICE.search(above) and len(above) <= 40 else None
    return None, None


ENCLOSED = re.compile(
    r"(?:现将|^) ?《(?P<name>[^《》]{4,80}(?:《[^《》]{1,60}》[^《》]{0,40})?)》.{0,60}(?:印发|下发|发给)"
)
"""现将《安禾县2026年工作要点》印发给你们: the plan's name where no title stands above the letter."""

LETTERHEAD = re.compile(r"^(.{2,30}(?:人民政府|委员会|办公室|办公厅|局|厅|领导小组))文件$")
"""澜川市人民政府文件 at the head of the first page."""

IMPRINT = re.compile(r"^(.{4,40}(?:办公室|办公厅|局|厅|委)) ?20\d\d年\d{1,2}月\d{1,2}日印发$")
"""澜川市水务局办公室 2026年3月9日印发 at the foot of the last page."""


def _issuer_around(texts: Sequence[str]) -> str | None:
    """The office named in the letterhead, or in the imprint at the end."""
    found = next((match for text in texts[:5] if (match := LETTERHEAD.match(text[:60]))), None)
    found = found or next((match for text in texts[-30:] if (match := IMPRINT.match(text[:80]))), None)
    return found.group(1).strip() if found else None


def _issuer(titled: str | None, *signed: str | None) -> str | None:
    """The office in the title issues the plan; signature or letterhead may give its full name."""
    offices = [office for office in signed if office]
    if titled is None:
        return offices[0] if offices else None
    return next((office for office in offices if office.endswith(titled)), titled)


QUOTES = re.compile(r"贯彻|落实|[《〈]")
"""A title that names the document of another office: 贯彻落实省政府关于…."""


def _issuer_in(title: str) -> str | None:
    """某市人民政府关于… is issued by 某市人民政府."""
    own = OWN_PLAN.match(title)
    if own:
        return own.group(1)
    before, found, _ = title.partition("关于")
    before = re.sub(r"(?:印发|转发.{0,30})$", "", before)
    before = re.sub(r"等.{1,3}(?:个?部门|单位|厅局|委局)(?:联合)?$", "", before)
    return before if found and OFFICE.search(before) and not QUOTES.search(before) else None
