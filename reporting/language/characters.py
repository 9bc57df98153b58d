"""Characters made comparable (width, blanks: never prose that is shown again), or writable."""

from __future__ import annotations

import re
import unicodedata

_SPACES = re.compile(r"[\s\x00-\x1f\x7f\u200b\u200c\u200d\ufeff]+")


def even_width(text: str) -> str:
    """Make a number, date or status comparable: half width, no blanks, no zero-width characters."""
    even = unicodedata.normalize("NFKC", text)
    joined = _SPACES.sub("", even)
    # taking a blank out from between a letter and its accent lets the two join
    return joined if len(joined) == len(even) else unicodedata.normalize("NFKC", joined)


def one_line(text: str) -> str:
    """A text on one line: its pieces with single blanks between them."""
    return " ".join(text.split())


UNWRITABLE = re.compile("[^\t-\r\x20-\x7e\x80-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot hold and no program shows: control characters, half a surrogate."""
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
"""Line breaks as Windows, old Macs, Word, web pages and page ends write them."""
_ODD = re.compile("[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""All of both: most texts have none, and are looked through once."""


def writable(text: str) -> str:
    """A text as every document and workbook can hold it: all line breaks plain, nothing that XML refuses."""
    return UNWRITABLE.sub("", _BREAKS.sub("\n", text)) if _ODD.search(text) else text


HOLLOW = frozenset(
    {
        "无",
        "暂无",
        "没有",
        "无问题",
        "不涉及",
        "略",
        "/",
        "／",
        "-",
        "－",
        "—",
        "——",
        "N/A",
        "n/a",
        "。",
        ".",
        "、",
    }
)
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
