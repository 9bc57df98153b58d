"""Markers: the ways of numbering a paragraph, from 第一章 to ①."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reporting.language.numerals import heading_value

HAN = "一二三四五六七八九十"
HAN_NUMBER = rf"[{HAN}百零〇]{{1,5}}"
ANY_NUMBER = rf"{HAN_NUMBER}|\d{{1,3}}"


OPEN = r"(（\[［〔【"
CLOSE = r")）\]］〕】"
"""A number may stand in any bracket, even in two that do not match: 〔一〕, （一]."""

NOT_AMOUNT = r"(?=[ \u4e00-\u9fff])(?![万亿倍元米个家件公]|分钟|小时)"
"""After 1.2 the text begins; after 3.5 in 3.5万人 a measure goes on."""

NOT_DECIMAL = r"(?:(?=20\d\d年|\d{3}|\d{1,2}(?:分钟|小时|[A-Za-z]))(?!\d{1,9}[%％万亿])|(?![\d%％]))"
"""After 3. no further digit, unless those begin the text: 3.2026年底前, 3.120急救, 3.15分钟生活圈."""


@dataclass(frozen=True, slots=True)
class MarkerKind:
    """One way of numbering; a smaller rank stands higher in the tree."""

    name: str
    rank: float
    pattern: re.Pattern[str]
    example: str


MARKER_KINDS = (
    MarkerKind("part", 1, re.compile(rf"第({HAN_NUMBER})(?:部分|章|编)[、:： ]?"), "第一部分"),
    MarkerKind("section", 2, re.compile(rf"第({HAN_NUMBER})节[、 ]?"), "第一节"),
    MarkerKind("article", 3, re.compile(rf"第({HAN_NUMBER}|\d{{1,3}})条[、 ]?"), "第三条"),
    MarkerKind("batch", 3.5, re.compile(rf"第({HAN_NUMBER})[批类][、:： ] ?"), "第一批："),
    MarkerKind("roman", 4.5, re.compile(r"([Ⅰ-Ⅻ])[、.．:：]?"), "Ⅰ."),
    MarkerKind("han", 4, re.compile(rf"([{HAN}]{{1,3}}) ?[、.．]"), "一、"),
    MarkerKind("han bracket", 5, re.compile(rf"[{OPEN}] ?([{HAN}]{{1,3}}) ?[{CLOSE}][、.．]?"), "（一）"),
    MarkerKind("dotted", 7, re.compile(rf"(\d{{1,2}}(?:[.．]\d{{1,2}}){{1,3}})[、.．]?{NOT_AMOUNT}"), "1.2"),
    MarkerKind("arabic", 6, re.compile(rf"(\d{{1,3}}) ?[.．、]{{1,2}}{NOT_DECIMAL}"), "1."),
    MarkerKind("named", 6.5, re.compile(rf"(?:任务|项目|事项|举措|措施|行动)({ANY_NUMBER})[：:、.．]"), "任务1："),
    MarkerKind("problem", 6.6, re.compile(rf"问题({ANY_NUMBER})[：:、.．]"), "问题1："),
    MarkerKind("arabic bracket", 8, re.compile(r"[(（] ?(\d{1,3}) ?[)）][、.．]?"), "（1）"),
    MarkerKind("half bracket", 9, re.compile(r"(\d{1,2})[)）][、.．]?"), "1)"),
    MarkerKind("circle", 10, re.compile(r"([①-⑳㉑-㉟㊱-㊿])[、.．]?"), "①"),
)  # fmt: skip

BRACKETED = {"han bracket": "({})", "arabic bracket": "({})", "article": "第{}条"}
"""How the number of a marker is written in a task number; all others stand bare."""


@dataclass(frozen=True, slots=True)
class Marker:
    """The number in front of a paragraph; ``printed`` is as printed, ``number`` without its closing mark."""

    kind: MarkerKind
    printed: str
    number: str

    @property
    def value(self) -> int:
        """The number as a number; dotted numbers count by their last part."""
        return value_of(self.number)


def value_of(number: str) -> int:
    """What a printed number counts: 3, (十二), ②; 0 for what is no number."""
    last = re.split(r"[.．]", number.strip("()第条部分"))[-1]
    return int(last) if last.isdecimal() else _value_of_sign(last)


def _value_of_sign(text: str) -> int:
    """What a number of one sign or in Chinese numerals counts: ①, Ⅳ, 十二; 0 for what is no number."""
    for first, last, value in _SIGNS:
        if text and first <= text <= last:
            return ord(text) - ord(first) + value
    return heading_value(text)


_SIGNS = (("①", "⑳", 1), ("㉑", "㉟", 21), ("㊱", "㊿", 36), ("Ⅰ", "Ⅻ", 1))
"""The first and the last of numbers that follow each other, and what the first counts."""


def join_number(above: str, below: str) -> str:
    """The number of a point below another: 3 + ① → 3.①, (一) + 2 → (一)2."""
    apart = below[:1] not in "(（0123456789" and above[-1:].isdecimal()
    return f"{above}.{below}" if apart else f"{above}{below}"


def find_marker(text: str) -> Marker | None:
    """The marker a paragraph begins with."""
    head = text[:16]
    for kind in MARKER_KINDS:
        match = kind.pattern.match(head)
        if match:
            if kind.name == "part":
                return Marker(kind, match.group().strip(), match.group().strip("、:： "))
            number = BRACKETED.get(kind.name, "{}").format(match.group(1))
            return Marker(kind, match.group().strip(), number)
    return None


def ranks_of(markers: Sequence[Marker]) -> dict[str, float]:
    """Where （一） starts again below each 1. and 2., the arabic number is the higher one."""
    first = {kind: sum(m.value == 1 for m in markers if m.kind.name == kind) for kind in ("han bracket", "arabic")}
    has_han = any(marker.kind.name == "han" for marker in markers)
    if (
        markers
        and markers[0].kind.name == "arabic"
        and not has_han
        and first["arabic"] == 1
        and first["han bracket"] > 1
    ):
        return {"arabic": 4.5}
    return {}
