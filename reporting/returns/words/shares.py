"""Shares in words and figures: 85%, 百分之八十五, 九成, 八成五, 4/5, 三分之二, 一半, 过半.

What is read is a number of hundredths. Runs on texts whose width is evened out.
"""

import re
from dataclasses import dataclass

from reporting.language.numerals import DIGITS, read_numeral

_NUMBER = r"\d{1,7}(?:\.\d{1,10})?"
_HAN = "[零〇一二两三四五六七八九十百点]{1,8}"
_SHARE = re.compile(
    rf"(?P<percent>{_NUMBER})[%﹪]|百分之(?P<hundredths>{_NUMBER}|{_HAN})"
    rf"|(?P<tenths>[一二两三四五六七八九十]|\d(?:\.\d)?|10)成(?P<more>[一二三四五六七八九半1-9]?)"
    rf"|(?P<below>{_HAN}|\d{{1,4}})分之(?P<above>{_HAN}|\d{{1,4}})"
    rf"|(?<![\d/.])(?P<part>{_NUMBER})/(?P<of>{_NUMBER})(?![\d/])|(?P<half>一半|半数|对半)"
)
_MORE = {"半": 5} | {str(digit): digit for digit in range(1, 10)}
VAGUE = re.compile(r"过半|大半|多半|小半|大部分|绝大部分|大多数?|部分|个别|少数|少量|若干|近半|超半")
"""A share without a figure."""


@dataclass(frozen=True, slots=True)
class Proportion:
    """A share in hundredths, where it stands in its text, and whether it is a figure with a percent sign."""

    value: float
    start: int
    end: int
    is_percent: bool


def find_shares(text: str) -> list[Proportion]:
    """The shares in a text, from left to right."""
    found = []
    for match in _SHARE.finditer(text):
        value = _value(match)
        if value is not None:
            exact = match["percent"] is not None or match["hundredths"] is not None
            found.append(Proportion(round(value, 6), match.start(), match.end(), exact))
    return found


def without_shares(text: str) -> str:
    """A text without the shares in it."""
    return _SHARE.sub("", text)


def _value(match: re.Match[str]) -> float | None:
    if match["percent"] is not None:
        return float(match["percent"])
    if match["hundredths"] is not None:
        return 100.0 if match["hundredths"] == "百" else spelled_number(match["hundredths"])
    if match["tenths"] is not None:
        tenths, more = spelled_number(match["tenths"]), match["more"]
        return None if tenths is None else tenths * 10 + _MORE.get(more, DIGITS.get(more, 0))
    if match["half"] is not None:
        return 50.0
    above, below = spelled_number(match["above"] or match["part"]), spelled_number(match["below"] or match["of"])
    return above / below * 100 if above is not None and below else None


def spelled_number(text: str) -> float | None:
    """A whole text as a number, in digits or in Chinese numerals."""
    if re.fullmatch(_NUMBER, text):
        return float(text)
    value, end = read_numeral(text)
    return value if value is not None and end == len(text) else None
