"""What pages add to a text: their numbers, running heads, and the numbers some sites give to pieces of it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from reporting.model import Line
from reporting.plan.reading.markers import find_marker
from reporting.plan.reading.text import CLOSE_ROUND, END, even_blanks

PAGE_LINE = re.compile(
    r"^(?:[-—–·•~―─_]{1,3} ?\d{1,3} ?[-—–·•~―─_]{0,3}|第 ?\d{1,3} ?页.{0,10}|\d{1,3}(?: ?/ ?\d{1,3})?"
    r"|[#=*-]{0,6} ?(?:page|pg|p\.|页码|页) ?[:：]? ?\d{1,4}(?: ?(?:of|/) ?\d{1,4})? ?[:：]? ?[#=*-]{0,6})$",
    re.IGNORECASE,
)
"""A line that is only the number of a page: — 3 —, · 3 ·, 第3页 共9页, 3 / 9, # Page 3:."""

MARKED_PAGE = re.compile(
    r"^\s{0,80}(?:[—–―─-]{1,2} ?\d{1,3} ?[—–―─-]{1,2}|第 ?\d{1,3} ?页(?:[ ，,]?共 ?\d{1,3} ?页)?)\s{0,80}$"
)
"""The number of a page that nothing else looks like, also between the rows of a table: — 3 —, 第3页."""


def is_marked_page_number(text: str) -> bool:
    """Whether a line is the number of a page between marks."""
    return len(text) < 100 and MARKED_PAGE.match(text) is not None


HEAD_LENGTH = 40
"""A running head is shorter than this."""

NO_HEAD = re.compile(r"[:：，、；,;\t│]|^(?:任务|项目|事项|附件|附表|表|第)\s*\d")
"""What stands again and again in a plan and is no running head: 责任单位：…, 任务3, part of a sentence."""

PAGE_LINES = 10
"""No page has fewer lines than this from one running head to the next that counts."""


def without_page_lines(lines: Sequence[Line]) -> list[Line]:
    """The lines without those that are only the number of a page."""
    return [line for line in lines if not PAGE_LINE.match(line.text)]


def without_running_heads(lines: Sequence[Line]) -> list[Line]:
    """The lines without those that stand on every page."""
    filled = [(row, replace(line, text=even_blanks(line.text))) for row, line in enumerate(lines)]
    filled = [(row, line) for row, line in filled if line.text]
    heads = {filled[index][0] for index in _running_heads([line for _, line in filled])}
    return [line for row, line in enumerate(lines) if row not in heads]


def _running_heads(lines: Sequence[Line]) -> set[int]:
    """Lines that stand on every page: three times or more, beside the number of a page or with it."""
    alike: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        if len(line.text) <= HEAD_LENGTH and not PAGE_LINE.match(line.text):
            alike.setdefault(re.sub(r"\d+", "#", line.text), []).append(index)
    heads: set[int] = set()
    for text, indices in alike.items():
        if len(indices) < 3 or END.search(text[-8:]) or NO_HEAD.search(lines[indices[0]].text):
            continue
        if find_marker(lines[indices[0]].text) is None and (
            _beside_numbers(lines, indices)
            or (
                min(after - before for before, after in pairwise(indices)) >= PAGE_LINES
                and _count_pages([lines[index].text for index in indices])
            )
        ):
            heads.update(indices)
    return heads


def _beside_numbers(lines: Sequence[Line], indices: Sequence[int]) -> bool:
    """Whether most of some lines stand right before or after a number of a page."""
    beside = sum(
        any(PAGE_LINE.match(near.text) for near in [*lines[max(0, at - 1) : at], *lines[at + 1 : at + 2]])
        for at in indices
    )
    return 4 * beside >= 3 * len(indices)


def _count_pages(texts: Sequence[str]) -> bool:
    """Whether the last number in each of some texts counts the pages: 公报 · 3, 公报 · 4, 公报 · 5."""
    numbers = [found[-1] for text in texts if (found := re.findall(r"\d+", text))]
    if len(numbers) != len(texts) or any(len(number) > 3 for number in numbers):
        return False
    steps = {int(after) - int(before) for before, after in pairwise(numbers)}
    return len(steps) == 1 and steps <= {1, 2} and len(re.sub(r"[\d\W_]", "", texts[0])) >= 4


PAGE_NUMBER = re.compile(r"(\d{1,3})[、.]")

LONG_PAGE = 120
"""The pages of a text that numbers them hold more characters than this; points of a list rarely do."""

EVEN_PAGES = 1.2
"""And the longest is at most so many times the shortest, since they were cut at a length."""


def join_numbered_pages(lines: Sequence[Line], label: re.Pattern[str]) -> list[Line]:
    """Some sites number the pages of a text 1、2、3、 and cut sentences there; these are no markers.

    Known by numbers that run from 1 through the whole document, by long pages of one length (the last may be
    shorter), and by sentences that most of the numbers cut. Points of a list may be of one length too, but
    end with a full stop, a bracket, or a line with a label (责任单位：…).
    """
    heads = [(index, match) for index, line in enumerate(lines) if (match := PAGE_NUMBER.match(line.text))]
    if len(heads) < 4 or [int(match[1]) for _, match in heads] != list(range(1, len(heads) + 1)):
        return list(lines)
    pages = [sum(len(line.text) for line in lines[start:end]) for (start, _), (end, _) in pairwise(heads)]
    ends = [lines[index - 1].text for index, _ in heads[1:]]
    cut = sum(not (END.search(text[-8:]) or text[-1] in CLOSE_ROUND or label.match(text)) for text in ends)
    if min(pages) < LONG_PAGE or max(pages) > EVEN_PAGES * min(pages) or 2 * cut < len(ends):
        return list(lines)
    starts = {index: match.end() for index, match in heads}
    joined: list[Line] = []
    for index, line in enumerate(lines):
        text = line.text[starts.get(index, 0) :]
        if index in starts and index > heads[0][0]:
            joined[-1] = replace(joined[-1], text=joined[-1].text + text)
        else:
            joined.append(replace(line, text=text))
    return joined
