"""Numbers that the tasks of a series leave out, and where in the document these stand.

1, 2, 4 is a plan whose third task was lost, where a paragraph between them begins with 3; 4, 4a, 6 is one whose
fifth lost its number.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reporting.language.numerals import heading_value, write_numeral
from reporting.model import Line, Task
from reporting.plan.second_reading.compare import LineIndex
from reporting.plan.second_reading.layout import even

MOST_MISSING = 3
"""A greater leap is a plan of which only some points are tasks."""

FARTHEST = 300
"""A number is looked for in so many lines behind the one before it."""

_LAST_NUMBER = re.compile(
    r"(?P<head>.*?)(?P<number>\d{1,4}|[一二三四五六七八九十百]{1,5})[)）]?(?P<again>[a-z]{0,2})[)）]?"
)


_NUMBER = re.compile(r"\d{1,4}|[一二三四五六七八九十百]{1,5}")
"""A number within one: that of a task whose parts are the tasks, as 4 of 4.一是."""


_TITLE = re.compile(r"[^，；。：\n]{4,25}。")
"""How content begins that has a title, as the paragraphs with a number do."""


@dataclass(frozen=True, slots=True)
class NumberGap:
    """A number that is no task's: the line that bears it, or the task (by its index) that may have had it."""

    number: str
    before: str
    after: str
    line: int = -1
    task: int = -1


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A task with its number taken apart."""

    task: int
    head: str
    value: int
    in_figures: bool
    again: bool


def number_gaps(lines: Sequence[Line], tasks: Sequence[Task]) -> Iterator[NumberGap]:
    """The numbers that neighbouring tasks leave out and the document has."""
    index = LineIndex(lines)
    divided = {
        (task.number[: match.start()], match.group()) for task in tasks for match in _NUMBER.finditer(task.number)
    }
    series: dict[str, list[_Numbered]] = {}
    for at, task in enumerate(tasks):
        numbered = _taken_apart(at, task.number)
        if numbered:
            series.setdefault(numbered.head, []).append(numbered)
    for every in series.values():
        first = [each for each in every if not each.again]
        for before, after in pairwise(first):
            missing = range(before.value + 1, after.value)
            if 0 < len(missing) <= MOST_MISSING and before.task < after.task:
                again = [each.task for each in every if each.again and before.task < each.task < after.task]
                found = _between(tasks, (before, after), again, (lines, index))
                yield from (gap for gap in found if gap.task >= 0 or (before.head, gap.number) not in divided)


def _taken_apart(task: int, number: str) -> _Numbered | None:
    match = _LAST_NUMBER.fullmatch(number)
    if match is None:
        return None
    in_figures = match["number"].isdecimal()
    value = int(match["number"]) if in_figures else heading_value(match["number"])
    return _Numbered(task, match["head"], value, in_figures, bool(match["again"]))


def _between(
    tasks: Sequence[Task],
    pair: tuple[_Numbered, _Numbered],
    again: Sequence[int],
    document: tuple[Sequence[Line], LineIndex],
) -> Iterator[NumberGap]:
    (before, after), (lines, index) = pair, document
    told = tasks[before.task].number, tasks[after.task].number
    missing = list(range(before.value + 1, after.value))
    titled = [task for task in again if _TITLE.match(tasks[task].content)]
    again = titled if len(again) > len(missing) else again
    if len(again) == len(missing):
        named = [_written(value, in_figures=before.in_figures) for value in missing]
        yield from (NumberGap(number, *told, task=task) for number, task in zip(named, again, strict=True))
        return
    start, end = index.line(tasks[before.task].place), index.line(tasks[after.task].place)
    end = min(end, start + FARTHEST)
    for value in missing:
        number = _written(value, in_figures=before.in_figures)
        begins = _marker(number)
        at = next((at for at in range(start + 1, end) if begins.match(even(lines[at].text))), -1)
        below = tasks[before.task + 1 : min(after.task, before.task + FARTHEST)]
        above = any(at < index.line(task.place) < end for task in below)
        if at >= 0 and not above:
            yield NumberGap(number, *told, line=at)


def _written(value: int, *, in_figures: bool) -> str:
    return str(value) if in_figures else write_numeral(value)


def _marker(number: str) -> re.Pattern[str]:
    return re.compile(rf"（?第?{number}(?:[、.）)，]|条|（|$|(?![年月日个项批大类季亿万千百十、\d])[\u4e00-\u9fff“])")


def headed_unlike_neighbours(tasks: Sequence[Task]) -> list[int]:
    """The tasks under a heading with their own number, where the task before or after them is not so.

    （五）、（七） under 二、宣传教育 and （六） under （六）选树典型: the last is the title of the task, no heading.
    """
    every = {(each.head, each.value): each for at, task in enumerate(tasks) if (each := _taken_apart(at, task.number))}
    own = {key for key, each in every.items() if _heads_itself(tasks[each.task], each)}

    def same(key: tuple[str, int], other: tuple[str, int]) -> bool:
        return tasks[every[key].task].path == tasks[every[other].task].path

    near = ((key, (key[0], key[1] + step)) for key in own for step in (-1, 1))
    unlike = {every[key].task for key, other in near if other in every and other not in own and not same(key, other)}
    return sorted(unlike)


def _heads_itself(task: Task, numbered: _Numbered) -> bool:
    number = _written(numbered.value, in_figures=numbered.in_figures)
    heading = even(task.path[-1]) if task.path else ""
    own = (f"（{number}）",) if task.number.endswith((")", "）")) else (f"{number}、", f"{number}.")
    within = numbered.head.endswith((".", "-"))
    return not numbered.again and not within and heading.startswith(own)
