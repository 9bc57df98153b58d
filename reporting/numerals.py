"""Figures in Chinese numerals, where they can be read in one way only: 三十六, 一百零五, 九十五点五."""

from __future__ import annotations

import re

_DIGITS = dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
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
        total += (_DIGITS[digit] if digit else int(name == "tens")) * worth
        above = worth
    decimals = "".join(str(_DIGITS[sign]) for sign in match["decimals"] or "")
    return total + float(f"0.{decimals or 0}"), match.end()
