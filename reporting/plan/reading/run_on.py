"""A whole plan on one line, as it is copied out of some pages: parted where its numbers count on.

Runs before reading, and only where one line holds nearly all there is: in any other document the numbers
inside a paragraph are points of one task.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from reporting.language.numerals import heading_value
from reporting.model import Line

LONGEST = 120
"""Characters of a line that may be one paragraph."""
_HAN = "一二三四五六七八九十"
_NUMBER = re.compile(
    rf"第(?P<part>[{_HAN}]{{1,3}})[章节]|(?<![{_HAN}第])(?P<han>[{_HAN}]{{1,3}})、"
    rf"|[（(](?P<bracket>[{_HAN}]{{1,3}})[)）]|(?<![\d.．第])(?P<arabic>\d{{1,3}})[.．、](?!\d)"
)
_RANKS = ("part", "han", "bracket", "arabic")
_ENDS = frozenset("。；;！？!?：:）)》”】 \u3000")
"""What a paragraph ends with; a heading ends with anything."""
_AFTER_NOTICE = re.compile(r"(?<=的通知)(?=[^》”。，；])")


def part_run_on(lines: Sequence[Line]) -> list[Line]:
    """The lines, a line that is a whole document parted at its numbered paragraphs."""
    whole = max(lines, key=lambda line: len(line.text), default=None)
    if whole is None or len(whole.text) < LONGEST or "\t" in whole.text:
        return list(lines)
    if len(whole.text) * 5 < 4 * sum(len(line.text) for line in lines):
        return list(lines)
    cuts = list(_cuts(whole.text))
    if len(cuts) < 3:
        return list(lines)
    parted = list(_pieces(whole, cuts))
    return [piece for line in lines for piece in (parted if line is whole else [line])]


def _pieces(line: Line, cuts: Sequence[int]) -> Iterator[Line]:
    notice = [match.start() for match in _AFTER_NOTICE.finditer(line.text, 0, cuts[0])][:1]
    starts = [0, *notice, *(cut for cut in cuts if cut)]
    for start, end in zip(starts, [*starts[1:], len(line.text)], strict=True):
        emphasis = tuple(each for each in line.emphasis if each[1] in line.text[start:end])
        place = replace(line.place, column=max(1, line.place.column) + start)
        yield replace(line, text=line.text[start:end], place=place, emphasis=emphasis)


@dataclass(slots=True)
class _Count:
    """How far the numbers of each rank have counted."""

    last: dict[str, int] = field(default_factory=dict)
    headed: set[str] = field(default_factory=set)
    """The ranks below a heading that has just begun: they may begin with 1 again, or count on through all headings."""

    def goes_on(self, rank: str, value: int) -> bool:
        """Whether a number is the next of its rank; it is then the last."""
        again = rank in self.headed and value == 1
        if value != self.last.get(rank, 0) + 1 and not again:
            return False
        self.last[rank] = value
        self.headed.discard(rank)
        self.headed.update(_RANKS[_RANKS.index(rank) + 1 :])
        return True


def _cuts(text: str) -> Iterator[int]:
    """Where numbered paragraphs begin."""
    count = _Count()
    for match in _NUMBER.finditer(text):
        rank, start = str(match.lastgroup), match.start()
        before = text[start - 1 : start] if start else ""
        # 一、二、三产业 lists, whatever it counts
        listed = before == "、" or (before not in _ENDS and _NUMBER.match(text, match.end()) is not None)
        value = int(match[rank]) if match[rank].isascii() else heading_value(match[rank])
        if not (before and listed) and count.goes_on(rank, value):
            yield start
