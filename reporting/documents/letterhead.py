"""How the documents word dates, counts, shares and lists.

Numerals follow GB/T 15835-2011, punctuation GB/T 15834-2011, numbering of headings GB/T 9704-2012, 7.3.3.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from reporting.language.characters import is_hollow
from reporting.language.dates import width
from reporting.language.numerals import write_numeral
from reporting.model import Target
from reporting.office.settings import DocumentSettings, OfficeContact
from reporting.plan.words import goal_text

_MARKER = re.compile(
    r"^\s*(?:第?[一二三四五六七八九十百]+[、章节.．：]|[（(][一二三四五六七八九十百]+[）)])\s*"
)
"""The number in front of a heading of the plan: 一、 or （三） or 第二章."""
_CLAUSE_END = re.compile(r"[。；;，,：:\n]")
_CLOSERS = "”’』」》〉）)】\"'"
_ENDINGS = tuple("。！？；…，、：.!?;,:")
_SELF_NAMES = (("办公室", "我办"), ("办", "我办"), ("委员会", "我委"), ("委", "我委"), ("局", "我局"))
_TITLE_WORDS = (
    "任务完成情况",
    "完成情况",
    "重点任务",
    "实施方案",
    "推进计划",
    "行动计划",
    "工作方案",
    "工作要点",
    "任务分解",
    "任务分工",
    "知识产权",
    "示范城市",
    "检查验收",
    "战略纲要",
    "人民政府",
    "领导小组",
    "高质量发展",
    "强市",
    "强国",
    "示范",
    "创建",
    "国家",
    "推进",
    "年度",
    "建设",
    "工作",
    "填报",
)


def chinese_date(day: date) -> str:
    """Write a date in full with Arabic numerals and no leading zeros (GB/T 9704-2012, 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def second_level(number: int) -> str:
    """Number a heading of the second level: （一）, with no mark behind it (GB/T 9704-2012, 7.3.3)."""
    return f"（{write_numeral(number)}）"


def shares(counts: Sequence[int]) -> tuple[float, ...]:
    """Percentages to one decimal that add up to 100.0; zeros for nothing.

    Each is rounded as a reader's calculator does, so that equal counts have equal shares, and the largest of
    those that are not exact takes the difference (8 of 16 stay 50.0); where that would bend it visibly (very
    many parts), the largest remainders do.
    """
    total = sum(counts)
    if not total:
        return tuple(0.0 for _ in counts)
    rounded = [(count * 2000 + total) // (2 * total) for count in counts]
    difference = 1000 - sum(rounded)
    largest = max(range(len(counts)), key=lambda i: (bool(counts[i] * 1000 % total), counts[i]))
    if abs(difference) * 50 <= rounded[largest]:
        rounded[largest] += difference
        return tuple(tenth / 10 for tenth in rounded)
    tenths = [count * 1000 // total for count in counts]
    by_remainder = sorted(range(len(counts)), key=lambda i: (-(counts[i] * 1000 % total), i))
    for i in by_remainder[: 1000 - sum(tenths)]:
        tenths[i] += 1
    return tuple(tenth / 10 for tenth in tenths)


def percent(value: float) -> str:
    """Write a share to one decimal, a half rounded up."""
    return f"{Decimal(repr(value)).quantize(Decimal('0.1'), ROUND_HALF_UP)}%"


def rate(part: int, whole: int) -> str:
    """Write a rate with its numerator, so that a reader can check it: 57.9%（11/19）."""
    return f"{percent(part * 100 / whole)}（{part}/{whole}）"


def join_names(names: Iterable[str]) -> str:
    """List with 、, which never stands between adjacent 《》 or “” (GB/T 15834-2011, 4.5.3.5)."""
    text = ""
    for name in names:
        adjacent = (text[-1:] == "》" and name[:1] == "《") or (text[-1:] == "”" and name[:1] == "“")
        text += name if adjacent or not text else f"、{name}"
    return text


def evenly(count: int, words: str) -> str:
    """Words that hold for all: 均已报送 of several, 已报送 of one."""
    return f"均{words}" if count > 1 else words


def counted(state: str, count: int, share: float) -> str:
    """Word one share of a whole: 已完成11项，占55.0%."""
    return f"{state}{count}项，占{percent(share)}"


def task_numbers(numbers: Sequence[str]) -> str:
    """Name tasks by their numbers: 第4项、第12至17项, or 任务（一）3 where the plan numbers otherwise.

    第 and 项 stand with each number because LibreOffice does not break a line inside 4、9、12.
    """
    if all(text.isdecimal() for text in numbers):
        return "、".join(f"第{text}项" for text in _with_ranges(numbers))
    return f"任务{'、'.join(numbers)}"


def _with_ranges(numbers: Sequence[str]) -> list[str]:
    """Shorten four and more numbers in a row to 3至9."""
    runs: list[list[str]] = []
    for text in numbers:
        if runs and int(text) == int(runs[-1][-1]) + 1:
            runs[-1].append(text)
        else:
            runs.append([text])
    return [word for run in runs for word in ([f"{run[0]}至{run[-1]}"] if len(run) > 3 else run)]


def book(title: str) -> str:
    """Set a title in 《》, turning inner ones into 〈〉 (GB/T 15834-2011, 4.15.3.3)."""
    bare = title.strip()
    if bare.startswith("《") and bare.endswith("》") and bare.count("《") == 1:
        bare = bare[1:-1]
    return f"《{bare.replace('《', '〈').replace('》', '〉')}》"


def plan_title(title: str, year: int) -> str:
    """The plan's title, or what to call a plan whose document had none."""
    return title.strip() or f"{year}年度任务分解表"


def year_in(title: str, year: int) -> str:
    """The words 2026年度 for use before a title, or nothing when the title says the year itself."""
    return "" if str(year) in title else f"{year}年度"


def heading_text(text: str) -> str:
    """Take a heading of the plan without its number and without a stop, to be numbered anew."""
    return _MARKER.sub("", text).strip().rstrip("。：:") or text.strip()


def clause(text: str, longest: int = 36) -> str:
    """The first clause of a task's content, to name it by; the whole stands in the annex."""
    bare = text.strip()
    ends = [match.start() for match in _CLAUSE_END.finditer(bare)]
    fitting = [end for end in ends if 6 <= end <= longest]
    if fitting:
        return bare[: fitting[0]]
    return bare.rstrip("。；;，,：:") if len(bare) <= longest else f"{bare[: longest - 1]}…"


def paragraphs(text: str) -> tuple[str, ...]:
    """A department's text by its own lines, each as typed; blank lines are left out."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def stopped(text: str) -> str:
    """Close a text with a full stop unless it has an ending of its own, be it inside closing marks."""
    return text if not text or text.rstrip(_CLOSERS)[-1:] in _ENDINGS else f"{text}。"


def says_nothing(text: str) -> bool:
    """Whether a unit wrote nothing that could be quoted."""
    return is_hollow(text)


def goal_words(target: Target) -> str:
    """Write what a target asks for with its unit: ≥10家, 增长≥16%."""
    return f"{goal_text(target)}{target.unit}"


def contact_note(contact: OfficeContact) -> str:
    """The note in brackets that says whom to ask (GB/T 9704-2012, 7.3.6); empty without a contact."""
    labels = (
        ("联系人", contact.name),
        ("电话", contact.phone),
        ("电子邮箱", contact.email),
        ("地址", contact.address),
    )
    parts = [f"{label}：{value}" for label, value in labels if value]
    return f"（{'，'.join(parts)}）" if parts else ""


def self_name(issuer: str) -> str:
    """How an issuer calls itself in a letter: 我办, 我局, or 我单位 where the name does not tell."""
    return next((short for ending, short in _SELF_NAMES if issuer.endswith(ending)), "我单位")


_LINE = 28
"""Characters of 3号 in a line (GB/T 9704-2012, 5.2.3)."""
_OVER_DATE = 14
"""So many characters fit centred over a date that ends four from the right."""


def signature(issuer: str, day: date, *, seal: bool = True) -> dict[str, object]:
    """The signature: the issuer centred over the date to be sealed, or both set to the right without a seal.

    Where only the width of the name tells the place, ``moved`` asks the template for it: ``lead`` and
    ``date_lead`` are tabs of half a character each (GB/T 9704-2012, 7.3.5.1 and 7.3.5.2).
    """
    written = chinese_date(day)
    wide, date_wide = width(issuer), width(written)
    moved = not seal or wide > _OVER_DATE
    if seal:
        name_at = _LINE - 0.5 - wide
        date_at = name_at + (wide - date_wide) / 2
    else:
        # the name two characters from the right, the date two further than it begins, or itself at two
        date_at = min(_LINE - 2 - wide + 2, _LINE - 2 - date_wide)
        name_at = date_at - 2
    lead, date_lead = ("\t" * max(round(at * 2), 0) if moved else "" for at in (name_at, date_at))
    return {
        "issuer": issuer,
        "date": written,
        "seal": seal,
        "moved": moved,
        "lead": lead,
        "date_lead": date_lead,
        "long": wide > _OVER_DATE,  # what templates restyled before there was ``moved`` ask for
    }


def imprint(settings: DocumentSettings, issuer: str, day: date) -> dict[str, str] | None:
    """版记 of a document that goes out: copies, who printed it, and when; None where it is switched off."""
    if not settings.imprint:
        return None
    copies = settings.copies_to.strip().rstrip("。")
    return {
        "copies": f"{copies}。" if copies else "",
        "office": settings.printed_by or issuer,
        "date": chinese_date(day),
    }


def _can_break(text: str, at: int) -> bool:
    """Whether a line may end before ``at``: not inside a number, and not against 行首行尾禁则."""
    before, after = text[at - 1], text[at]
    splits_word = (before.isascii() and after.isascii()) or (before.isdigit() and after == "年")
    return not splits_word and before not in "《“（〈第" and after not in "》”）〉、，：的了"


def _breaks_by_meaning(text: str, at: int) -> bool:
    """Whether a title may well be broken before ``at``."""
    inside_word = any(
        at - offset >= 0 and text.startswith(word, at - offset)
        for word in _TITLE_WORDS
        for offset in range(1, len(word))
    )
    if inside_word:
        return False
    return text[at - 1] in "》的和与及" or text[at] == "《" or text.startswith(_TITLE_WORDS, at)


def _width(text: str) -> float:
    """How many characters of room a text takes.

    Digits and Latin letters take half, and a quarter more where they meet Chinese, since word processors put
    a gap there.
    """
    gaps = sum(
        before.isalnum() and after.isalnum() and before.isascii() != after.isascii()
        for before, after in pairwise(text)
    )
    return sum(0.5 if character.isascii() else 1 for character in text) + gaps / 4


def title_lines(title: str, room: int = 20) -> str:
    """Break a long title by meaning into lines of like length (GB/T 9704-2012, 7.3.1).

    ``room`` is how many characters of 2号 fit the type area. Lines are parted by a line feed.
    """
    needed = math.ceil(_width(title) / room)
    for lines in range(max(needed, 2), len(title)) if needed > 1 else ():
        goal = _width(title) / lines
        fitting = [
            at
            for at in range(2, len(title) - 2)
            if _width(title[:at]) <= room
            and _width(title[at:]) <= room * (lines - 1)
            and _can_break(title, at)
        ]
        if fitting:
            best = min(fitting, key=lambda at: _break_cost(title, at, goal))
            return f"{title[:best]}\n{title_lines(title[best:], room)}"
    return title


def phrases(title: str) -> list[str]:
    """A title in the pieces between which a line of it may well end."""
    cuts = [at for at in range(2, len(title) - 1) if _can_break(title, at) and _breaks_by_meaning(title, at)]
    return [title[begin:end] for begin, end in pairwise([0, *cuts, len(title)])]


def _break_cost(title: str, at: int, goal: float) -> float:
    """How far a break is from the even one; one inside a word counts as five characters further."""
    return abs(_width(title[:at]) - goal) + (0 if _breaks_by_meaning(title, at) else 5)
