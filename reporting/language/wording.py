"""How things are said in official Chinese: dates, shares, lists, clauses and headings of any document."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from reporting.language.numerals import write_numeral

_MARKER = re.compile(r"^\s*(?:第?[一二三四五六七八九十百]+[、章节.．：]|[（(][一二三四五六七八九十百]+[）)])\s*")
"""The number in front of a heading of the plan: 一、 or （三） or 第二章."""

_CLAUSE_END = re.compile(r"[。；;，,：:\n]")
_CLOSERS = "”’』」》〉）)】\"'"
_ENDINGS = tuple("。！？；…，、：.!?;,:")


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


def split_paragraphs(text: str) -> tuple[str, ...]:
    """A department's text by its own lines, each as typed; blank lines are left out."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def stopped(text: str) -> str:
    """Close a text with a full stop unless it has an ending of its own, be it inside closing marks."""
    return text if not text or text.rstrip(_CLOSERS)[-1:] in _ENDINGS else f"{text}。"
