"""Chinese numerals: figures that can be read in one way, numbers of headings, and how they are written."""

import re

DIGITS = dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
"""What each sign counts."""

_WRITTEN = "零一二三四五六七八九"
_ONE = "一二两三四五六七八九"
_FIGURE = re.compile(
    rf"(?:(?P<thousands>[{_ONE}])千)?(?:(?P<hundreds>零?[{_ONE}])百)?(?:(?P<tens>零?[{_ONE}]?)十)?"
    rf"(?P<ones>零?[{_ONE}]|零|〇)?(?:点(?P<decimals>[零〇{_ONE}]{{1,6}}))?"
)
_PLACES = (("thousands", 1000), ("hundreds", 100), ("tens", 10), ("ones", 1))


def read_numeral(text: str) -> tuple[float | None, int]:
    """The figure below 10,000 that a text begins with, and where it ends; None where there is none.

    三百二 is mostly 320, and 零 alone tells that it is not: without it such a figure is none.
    """
    match = _FIGURE.match(text)
    written = [(name, worth, match[name]) for name, worth in _PLACES if match and match[name] is not None]
    if match is None or not written:
        return None, 0
    total, above = 0.0, 0
    for name, worth, signs in written:
        if above and above != worth * 10 and not signs.startswith(("零", "〇")):
            return None, 0
        digit = signs.lstrip("零〇")
        total += (DIGITS[digit] if digit else int(name == "tens")) * worth
        above = worth
    decimals = "".join(str(DIGITS[sign]) for sign in match["decimals"] or "")
    return total + float(f"0.{decimals or 0}"), match.end()


def heading_value(text: str) -> int:
    """The number of a heading, below 1,000: 十二 is 12, 一百零五 is 105; 0 for what is no number."""
    total = digit = 0
    for sign in text:
        if sign in DIGITS:
            digit = DIGITS[sign]
        elif sign in "十百":
            total += (digit or 1) * (10 if sign == "十" else 100)
            digit = 0
        else:
            return 0
    return total + digit


def write_numeral(number: int) -> str:
    """Write 0 to 999 in Chinese numerals as headings do: 12 is 十二, 105 is 一百零五; others in figures."""
    if not 0 < number < 1000:
        return str(number) if number else _WRITTEN[0]
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = f"{_WRITTEN[hundreds]}百" if hundreds else ""
    if tens:
        words += ("" if tens == 1 and not hundreds else _WRITTEN[tens]) + "十"
    elif hundreds and ones:
        words += _WRITTEN[0]
    return words + (_WRITTEN[ones] if ones else "")


_HAN = "一二三四五六七八九十"
IN_ONE_SIGN = (
    {0x2488 + at: f"{at + 1}." for at in range(20)}
    | {0x2474 + at: f"（{at + 1}）" for at in range(20)}
    | {0x249C + at: f"（{chr(97 + at)}）" for at in range(26)}
    | {0x3220 + at: f"（{sign}）" for at, sign in enumerate(_HAN)}
    | {first + at: chr(0x2460 + at) for first in (0x24F5, 0x2776, 0x2780, 0x278A) for at in range(10)}
    | {0x24EB + at: chr(0x246A + at) for at in range(10)}
    | {0x2170 + at: chr(0x2160 + at) for at in range(12)}
    | {0x1F100: "0."}
)
"""Numbers that hold their mark in one sign, as they are usually written: ⒈ is 1., ⑴ （1）, ㈠ （一）, ❶ ①, ⅰ Ⅰ."""

ROUND_HAN = {0x3280 + at: f"{sign}、" for at, sign in enumerate(_HAN)}
"""㊀ as the number of a paragraph: 一、; inside a text it is a sign of its own."""

_NUMERALS = "〇零一二三四五六七八九十百"


_NUMBER_PART = re.compile(rf"\d+|[{_NUMERALS}]+|[^\d{_NUMERALS}]+")


def number_key(number: str) -> tuple[tuple[int, int, str], ...]:
    """Sort task numbers as people do: 2 before 10, 二(一)3 before 十(一)1, 2 before 2a."""
    return tuple(_part_key(part) for part in _NUMBER_PART.findall(number))


def _part_key(part: str) -> tuple[int, int, str]:
    if part.isdigit():
        return 1, int(part), ""
    if part[0] in _NUMERALS:
        return 1, heading_value(part), ""
    return 0, 0, part
