"""Characters made comparable: width, blanks, the invisible ones. Never used on prose that is shown again."""

import re
import unicodedata

_SPACES = re.compile(r"[\s\x00-\x1f\x7f\u200b\u200c\u200d\ufeff\ud800-\udfff\ufffe\uffff]+")


def even_width(text: str) -> str:
    """Make a number, date or status comparable: half width, no blanks, no zero-width characters."""
    even = unicodedata.normalize("NFKC", text)
    joined = _SPACES.sub("", even)
    # taking a blank out from between a letter and its accent lets the two join
    return joined if len(joined) == len(even) else unicodedata.normalize("NFKC", joined)


def one_line(text: str) -> str:
    """A text on one line: its pieces with single blanks between them."""
    return " ".join(text.split())


HOLLOW = frozenset("/／-－—。.、") | {"无", "暂无", "没有", "无问题", "不涉及", "略", "——", "N/A", "n/a"}
"""What people write into a cell that they must fill and have nothing for."""


def is_hollow(text: str) -> bool:
    """Whether a text says nothing: blanks, 无, a dash, a full stop."""
    return text.strip().rstrip("。") in {"", *HOLLOW}


def same_words(left: str, right: str) -> bool:
    """Whether two texts differ in nothing but width, blanks and line breaks."""
    return left == right or even_width(left) == even_width(right)


def printed_width(text: str) -> float:
    """How wide a text is printed, in Chinese characters; letters and half-width marks take half the room."""
    return len(text) - sum(char.isascii() for char in text) / 2
