"""The cells of the consolidated workbook as XML, and how high a row must be to show its words.

openpyxl cannot give a formula the value it comes to, and a workbook must show its totals also where nothing
recalculates: in a preview, on a telephone, to another program. Whatever a unit or the plan wrote goes in as
text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import cache, lru_cache
from math import ceil
from xml.sax.saxutils import escape

from reporting.documents.consolidated.records import CellValue, Formula, Marked
from reporting.model import column_letters

ILLEGAL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML or Excel refuses; a line break is kept."""
_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""Excel reads _x0041_ in a text as the letter A, so the first stroke of such a text is written as _x005F_."""
_ASCII = re.compile(r"[\x00-\x7f]")
_LINE_HEIGHT = 1.36
"""The height of a line as a share of the size of its characters."""
_MARGIN = 8.0
"""What a row is higher than its lines, in points."""
_EPOCH = date(1899, 12, 30)


def reference(column: int, row: int) -> str:
    """The address of a cell."""
    return f"{_letters(column)}{row}"


_letters = cache(column_letters)


def cell_xml(ref: str, style: int, value: CellValue, formula: str) -> str:
    """A cell of its own type; a formula together with the value it comes to."""
    if isinstance(value, Marked):
        value = value.text
    if isinstance(value, Formula):
        value = value.value
    if formula and isinstance(value, str):
        return f'<c r="{ref}" s="{style}" t="str"><f>{escape(formula)}</f><v>{escape(value)}</v></c>'
    if value is None or isinstance(value, str):
        return text_xml(ref, style, value or "")
    if isinstance(value, datetime):
        value = value.date()
    number = (value - _EPOCH).days if isinstance(value, date) else value
    written = f"<f>{escape(formula)}</f>" if formula else ""
    return f'<c r="{ref}" s="{style}">{written}<v>{number!r}</v></c>'


def text_xml(ref: str, style: int, text: str) -> str:
    """A cell that holds a text, whatever the text looks like."""
    clean = ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if not clean:
        return f'<c r="{ref}" s="{style}"/>'
    written = escape(_ESCAPE_LIKE.sub("_x005F_", clean))
    return f'<c r="{ref}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{written}</t></is></c>'


def row_height(texts: Iterable[tuple[str, float]], size: float, least: float) -> float:
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
