"""Characters and wrapped lines: the first step of reading a plan.

A vertical tab inside a cell or paragraph is a line break that stood there.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from reporting.language.characters import as_seen, printed_width
from reporting.language.numerals import IN_ONE_SIGN, ROUND_HAN
from reporting.model import Line

BREAK = "\v"

BLANKS = re.compile(r"[ \u3000\xa0\u2002-\u200a]{1,200}")

CJK = r"[\u2e80-\u9fff\uf900-\ufaff\u3001-\u3020\uff01-\uffef“”‘’—…·]"
GAP = re.compile(rf"(?<={CJK}) (?={CJK})")
"""A blank between two Chinese characters: 工 作 内 容."""

OPEN_ROUND = "(（[［【〔"
CLOSE_ROUND = ")）]］】〕"


WIDTHS = str.maketrans("０１２３４５６７８９､｡｢｣", "0123456789、。「」")
"""Digits in the full and Chinese marks in the half width, which some programs write, in their usual width."""
LINE_ENDS = dict.fromkeys((0x85, 0x2028, 0x2029), BREAK)
"""Ends of lines as other systems write them."""
_USUAL = WIDTHS | IN_ONE_SIGN | LINE_ENDS
_ROUND = re.compile(r"(?:(?<=^)|(?<=[\t\v]))([ \u3000]{0,20})([㊀-㊉])[、.．]?")


_GBK_MARKS = re.compile(r"(?<=[\u3400-\u9fff\d”）])[\ua3a1-\ua3fe]")
"""Marks whose numbers in GBK (A3AC is ，) were taken for those of Unicode, where syllables of Yi stand.

Source: GB/T 2312, row 3. Fonts of some typesetting programs do it in PDF files.
"""


def _mark_meant(found: re.Match[str]) -> str:
    """The mark of GBK; its full stop (．) is that of a Chinese sentence."""
    code = ord(found.group())
    return "。" if code == 0xA3AE else chr(code - 0xA3A1 + 0xFF01)


def evened_lines(lines: Sequence[Line]) -> list[Line]:
    """The lines in the characters a reader takes them to have, digits, marks and numbers as usually written."""
    return [replace(line, text=_evened(line.text), emphasis=_evened_parts(line.emphasis)) for line in lines]


def _evened(text: str) -> str:
    even = _GBK_MARKS.sub(_mark_meant, as_seen(text)).translate(_USUAL)
    return _ROUND.sub(lambda found: found[1] + ROUND_HAN[ord(found[2])], even)


def _evened_parts(parts: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple((how, _evened(words)) for how, words in parts)


def tidy(text: str) -> str:
    """Even out blanks and unseen characters; no visible character is changed."""
    return GAP.sub("", even_blanks(text)).strip(" \n\r\f")


def even_blanks(text: str) -> str:
    """Even out blanks but keep one where some stood: nothing else may part a heading from its text."""
    return BLANKS.sub(" ", as_seen(text)).strip(" \n\r\f")


def flow(text: str, even: Callable[[str], str] = tidy) -> str:
    """Join what line breaks inside a cell or paragraph have cut: no blank between Chinese characters."""
    pieces = ["", *filter(None, map(even, text.split(BREAK)))]
    between = ((before[-1:], piece[0]) for before, piece in pairwise(pieces))
    gaps = (" " if all(char.isascii() and char.isalpha() for char in pair) else "" for pair in between)
    return "".join(gap + piece for gap, piece in zip(gaps, pieces[1:], strict=True))


# Wrapped lines


END = re.compile(r"[。！？；：:;.!?…][”’》）)\]】」]{0,3}$")
"""How a paragraph ends: 。 or 。” or （…。）"""

NARROW = 10
"""No page is narrower than this; shorter lines say nothing about its width."""

WIDE = 20
"""A line shorter than this was not wrapped for want of room."""


def page_width(lines: Sequence[Line], measure: Callable[[str], float] = printed_width) -> float:
    """The width most lines fill, as text taken from a page has it; 0 where lines end anywhere."""
    widths = [round(2 * measure(text)) for line in lines if len(text := tidy(line.text)) >= NARROW]
    counts = Counter(widths)
    best, most = 0, 0
    for width in counts:
        full = sum(counts[width - step] for step in range(3))
        if full > most or (full == most and width > best):
            best, most = width, full
    return best / 2 if most >= 8 and most * 10 >= 3 * len(widths) else 0


def is_wrapped(lines: Sequence[Line]) -> bool:
    """Whether the document breaks lines at a fixed width, as text taken from a page does."""
    texts = [tidy(line.text) for line in lines if line.text.strip()]
    long = [text for text in texts if len(text) >= WIDE]
    if len(long) < 8:
        return False
    cut = sum(not END.search(text[-8:]) and text[-1] not in "）)】]" for text in long)
    return cut / len(long) > 0.4 and sorted(len(text) for text in texts)[int(len(texts) * 0.98) - 1] <= 90


def pieces(text: str) -> Iterator[str]:
    """The sentences of a text, each with its closing mark."""
    start = 0
    for match in re.finditer(r"[。；;！？]", text):
        yield text[start : match.end()]
        start = match.end()
    if start < len(text):
        yield text[start:]
