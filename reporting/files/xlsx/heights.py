"""How high a row must be to show its words, and how to part a text that is too high for any row."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from math import ceil

TALLEST = 409.0
"""The height of a row in points that Excel does not go beyond."""
_ASCII = re.compile(r"[\x00-\x7f]")
_LINE_HEIGHT = 1.36
"""The height of a line as a share of the size of its characters."""
_MARGIN = 8.0
"""What a row is higher than its lines, in points."""


def row_height(texts: Iterable[tuple[str, float]], size: float, least: float) -> float:
    """The height in points of a row that shows each text as far as a row can."""
    return min(needed_height(texts, size, least), TALLEST)


def needed_height(texts: Iterable[tuple[str, float]], size: float, least: float) -> float:
    """The height in points that shows each text, set in ``size``, in a column of its width in digits."""
    lines = max((_lines(text, width, size) for text, width in texts), default=1)
    return max(lines * size * _LINE_HEIGHT + _MARGIN, least)


def most_lines(height: float, size: float) -> int:
    """How many lines a row of this height shows."""
    return int((height - _MARGIN) / (size * _LINE_HEIGHT))


def split_lines(text: str, width: float, size: float, most: int) -> tuple[str, ...]:
    """A text in pieces of at most so many lines in a column; between its own lines where that can be."""
    pieces: list[str] = []
    taken: list[str] = []
    used = 0
    for line in _short_lines(text, width, size, most):
        needed = _lines(line, width, size)
        if taken and used + needed > most:
            pieces.append("\n".join(taken))
            taken, used = [], 0
        taken.append(line)
        used += needed
    return (*pieces, "\n".join(taken))


def _short_lines(text: str, width: float, size: float, most: int) -> Iterator[str]:
    """The lines of a text, one that alone is too long cut where it must be."""
    longest = max(int(_per_line(width, size) * most), 1)
    for line in text.split("\n"):
        if _lines(line, width, size) <= most:
            yield line
        else:
            yield from (line[at : at + longest] for at in range(0, len(line), longest))


@lru_cache(maxsize=50_000)  # the words of a task stand in the line of each of its units
def _lines(text: str, width: float, size: float) -> int:
    per_line = _per_line(width, size)
    if len(text) <= per_line and "\n" not in text:
        return 1
    return sum(max(1, ceil(_measure(part) / per_line)) for part in text.split("\n"))


def _per_line(width: float, size: float) -> float:
    # seven pixels a digit of the width and four thirds of a pixel a point; the half character is what
    # punctuation that may not begin a line leaves empty at the end of one
    return max((width * 7 - 2) / (size * 4 / 3) - 0.5, 1.0)


def _measure(text: str) -> float:
    """How wide a text is in hanzi; a letter or digit takes a little more than half of one."""
    return len(text) - 0.45 * len(_ASCII.findall(text))
