"""Misprints that the words around them put right: numbers without their mark, brackets without the other.

2知识产权… between 1. and 3. has lost its mark; 11.121人才 after 10. is number 11 and not a decimal. A single
such line could be anything; one that goes on counting is a number. A list of units at the end of a paragraph
stands in brackets even if one of them is lost.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reporting.model import Line
from reporting.plan.reading.markers import find_marker
from reporting.plan.reading.text import CLOSE_ROUND, END, OPEN_ROUND

BARE = re.compile(r"(\d{1,3})(?P<mark> ?[.．、。，,]?) ?(?=[\u4e00-\u9fff“《\"]|(?<=[.．、。])\d)")
"""A number with its mark lost, or with digits right after the mark."""

MEASURE = re.compile(r"[万亿倍元米个家件公年月日号人项次天小时分批类级期届条名所户台套篇部岁亩吨位处座种多余至岁周]")
"""What follows a number that counts something: 3家企业."""


@dataclass(frozen=True, slots=True)
class _Number:
    index: int
    value: int
    sure: bool
    text: str


def mend_numbers(lines: Sequence[Line]) -> list[Line]:
    """Give numbers that lost their mark a mark again, where they go on counting.

    A bare number counts when the arabic number before it is one less, and the one after it is one more,
    starts again at 1, or is missing because the list ends (for 1: when 2 comes next); and when the line
    before ends as a paragraph may end.
    """
    numbers = [number for index, line in enumerate(lines) if (number := _number(index, lines))]
    mended = list(lines)
    before = 0
    for position, number in enumerate(numbers):
        if number.sure:
            before = number.value
            continue
        after = numbers[position + 1].value if position + 1 < len(numbers) else 1
        begins = number.value == 1 and after == 2
        if not begins and (number.value != before + 1 or after not in (1, number.value + 1)):
            continue
        mended[number.index] = replace(lines[number.index], text=number.text)
        before = number.value
    return mended


def _number(index: int, lines: Sequence[Line]) -> _Number | None:
    text = lines[index].text
    if not text[:1].isdecimal():
        return None
    marker = find_marker(text)
    if marker is not None:
        return _Number(index, marker.value, True, text) if marker.kind.name == "arabic" else None
    match = BARE.match(text)
    before = lines[index - 1].text if index else "。"
    if match is None or not may_end(before):
        return None
    rest = text[match.end() :]
    if not match["mark"].strip() and MEASURE.match(rest):
        return None
    return _Number(index, int(match[1]), False, f"{match[1]}. {rest}")


def may_end(text: str) -> bool:
    """Whether a paragraph may end with this line: with a full stop, a bracket, or as a short heading."""
    return END.search(text[-8:]) is not None or text[-1:] in "）)】]〕" or len(text) < 32


TAIL = 120
"""Lists of units at the end of a paragraph are shorter than this."""


def with_lost_bracket(text: str) -> tuple[str, ...]:
    """A paragraph with the bracket its last words lost, wherever it may have stood: 。市教育局).

    Whether it stood around units, the reader of clauses must say. Empty where every bracket has its other.
    """
    bare = text.rstrip("。；; ")
    depth = sum((char in OPEN_ROUND) - (char in CLOSE_ROUND) for char in bare)
    tail = max(0, len(bare) - TAIL)
    if depth == -1 and bare[-1] in CLOSE_ROUND:
        starts = [max(bare.rfind(mark, tail) for mark in marks) + 1 for marks in ("。！", "；;")]
        return tuple(f"{bare[:start]}（{bare[start:]}" for start in starts if start)
    if depth == 1 and any(bare.rfind(mark, tail) >= 0 for mark in OPEN_ROUND):
        return (f"{bare}）",)
    return ()
