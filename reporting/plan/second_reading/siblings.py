"""Paragraphs that are no tasks, though they look like those that are.

Minutes, duties and reports name the office in charge within the text: where some of these paragraphs were read as
tasks, their neighbours that were not are doubted.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from reporting.language.characters import one_line
from reporting.model import Line, Measure, Place, Task
from reporting.model.findings import Finding
from reporting.plan.second_reading import kinds
from reporting.plan.second_reading.compare import TaskWords, names_within, plain
from reporting.plan.second_reading.layout import even
from reporting.plan.second_reading.phrases import PhraseCutter, SnippetKind
from reporting.plan.second_reading.slot_words import without_glosses
from reporting.plan.second_reading.slots import label_part
from reporting.plan.second_reading.subjects import offices, subjects
from reporting.plan.second_reading.words import AROUND, EVERYBODY, LEVEL, NAME_ENDS, NUMBERED, SURE

BEGINNINGS = 3
"""In so many tasks the paragraph begins with the office, where that is how the document is written."""

LONGEST_HEADING = 40
_LEADS_CHAPTER = re.compile(r"(?:牵头|负责|承办)(?:的?(?:工作|任务|事项|项目)|（|\(|$)")
"""What a chapter of the work of one office is called: 一、县水利局「牵头工作」."""
_HEAD = re.compile(
    rf"(?:{NUMBERED.pattern})?(?P<names>[\u4e00-\u9fff（）、]{{2,24}}?)"
    r"(?:(?P<colon>：)|(?=负责|要(?!求)|牵头|承担|做好|组织(?!部)|协调|配合|协助|督促|指导))"
)
"""What a paragraph begins with that says first who is to do it."""


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of the document: the tasks, the names of their units, and the places that were told already."""

    tasks: Sequence[Task]
    units: Collection[str]
    told: Collection[Place]


def lines_with_subjects(
    lines: Sequence[Line], outside: Sequence[int], words: Sequence[TaskWords], cutter: PhraseCutter, read: Read
) -> Iterator[Finding]:
    """Numbered paragraphs that are no tasks, though an office is in charge in them as in their neighbours.

    Where no task was read at all, every line counts that names two offices.
    """
    series = {_style(lines[each.line].text) for each in words} - {""}
    first = words[0].line if words else -1
    around = False
    below: dict[int, frozenset[str]] = {}
    for at in outside if words else range(len(lines)):
        line = lines[at]
        style = _style(line.text)
        around = AROUND.search(line.text) is not None if style == "一、" else around
        chapter = style == "一、" and len(line.text) <= LONGEST_HEADING and _LEADS_CHAPTER.search(line.text) is not None
        if not chapter and (around or at < first):
            continue
        if line.place in read.told or line.aside or not (style in series or chapter or not words):
            continue
        names = list(dict.fromkeys(subjects(line.text, cutter) if words else offices(line.text)))
        if chapter and names:
            behind = bisect_right(words, at, key=lambda each: each.line)
            if behind not in below:
                below[behind] = _forms(words[behind], read.tasks) if behind < len(words) else frozenset()
            if any(_is_one(name, below[behind]) for name in names):
                continue
        sure = not words or "牵头" in line.text
        if names and (sure or any(LEVEL.match(name) or name in read.units for name in names)):
            yield _told(line.place, names)


def _style(text: str) -> str:
    """How a paragraph is numbered: 一、, （一） or 1., without the number."""
    number = NUMBERED.match(even(text))
    return re.sub(r"\d+", "1", re.sub(r"[一二三四五六七八九十百]+", "一", number.group())) if number else ""


def _told(place: Place, names: Sequence[str]) -> Finding:
    found = "、".join(names[:4]) + ("等" if len(names) > 4 else "")
    return Finding(kinds.LINE_NAMES_UNITS, place, values={"found": found})


def lines_that_begin_with_offices(
    lines: Sequence[Line], words: Sequence[TaskWords], cutter: PhraseCutter, read: Read
) -> Iterator[Finding]:
    """Paragraphs that begin with an office and are no tasks, where most tasks are written so: 教委：负责…"""
    own = {each.line for each in words}
    forms = {each.line: _forms(each, read.tasks) for each in words}
    begin = sum(
        len(each.tasks) * any(_is_one(name, forms[each.line]) for name in _names_at_head(lines[each.line].text, cutter))
        for each in words
    )
    if begin < BEGINNINGS or 2 * begin < len(read.tasks):
        return
    starts = sorted(own)
    for at, line in enumerate(lines):
        if at in own or line.place in read.told or line.aside:
            continue
        names = _names_at_head(line.text, cutter)
        before = bisect_right(starts, at) - 1
        owner = forms[starts[before]] if before >= 0 else frozenset()
        some = [name for name in names if not EVERYBODY.fullmatch(name)]
        if some and not all(_is_one(name, owner) for name in names):
            yield _told(line.place, names)


def _forms(words: TaskWords, tasks: Sequence[Task]) -> frozenset[str]:
    """The names of the units of a passage, each also without the character of its level."""
    every = {name for index in words.tasks for name in (*tasks[index].lead, *tasks[index].support)}
    parts = (part for name in every for part in (plain(name), *names_within(name)))
    return frozenset(form for name in parts for form in (name, name[1:]))


def _is_one(name: str, forms: frozenset[str]) -> bool:
    return name in forms or name[1:] in forms


def _names_at_head(text: str, cutter: PhraseCutter) -> list[str]:
    head = _HEAD.match(even(text[:80]))
    if head is None or label_part(head["names"]) is not None:
        return []
    names = [name for name in without_glosses(head["names"]).split("、") if name]
    known = all(
        _is_name(name, cutter) or (head["colon"] and len(name) < 5 and name[-1] in "局委办厅院") for name in names
    )
    return names if known else []


def _is_name(words: str, cutter: PhraseCutter) -> bool:
    snippets = cutter.cut(words) if words[-1] in NAME_ENDS else ()
    return len(snippets) == 1 and snippets[0].kind is SnippetKind.NAME


def rows_within_tasks(lines: Sequence[Line], words: Sequence[TaskWords], read: Read) -> Iterator[Finding]:
    """Lines within the passage of a task with units of which the task has none: rows that it swallowed."""
    for each in words:
        forms = _forms(each, read.tasks)
        rows: dict[int, list[str]] = {}
        for slot in each.slots:
            if slot.line != each.line:
                rows.setdefault(slot.line, []).extend(name for name, _ in slot.names)
        for line, names in rows.items():
            known = any(_is_one(plain(name), forms) for name in names)
            if len(names) > 1 and not known and lines[line].place not in read.told:
                yield _told(lines[line].place, list(dict.fromkeys(names)))


def measures_under_units(measures: Sequence[Measure], cutter: PhraseCutter) -> Iterator[Finding]:
    """Measures without units whose heading names one: 一、县水利局牵头工作."""
    for measure in measures:
        heading = even(measure.path[-1]) if measure.path else ""
        names = subjects(heading, cutter) if heading else []
        found = next((name for name in names if LEVEL.match(name) or SURE.search(name)), "")
        if found:
            shown = one_line(measure.path[-1])[:30]
            values = {"task": measure.number, "found": found, "heading": shown}
            yield Finding(kinds.HEADING_NAMES_UNITS, measure.place, task=measure.number, values=values)
