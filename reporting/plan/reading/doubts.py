"""What is unsure about the tasks that were read, each said at its task."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from reporting.language import units as unit_names
from reporting.model import Place, Task
from reporting.model.findings import Finding, Kind
from reporting.plan.reading import draft as kinds
from reporting.plan.reading.amounts import damaged_figures
from reporting.plan.reading.draft import Draft

MONTH_CUT = re.compile(r"20\d\d\.1")
"""2026.1 in a cell for numbers may have been typed as 2026.10."""
ROLE_LEFT = re.compile(r"牵头|负责|配合|分别|按职责")
"""Words of a clause that no name of a unit has: 市教育局牵头抓."""


def doubts_of_tasks(drafts: Sequence[Draft], tasks: Sequence[Task], divided: Collection[Place]) -> list[Finding]:
    """What is unsure about each task; ``divided`` are the places where its units may lead or support."""
    return [
        Finding(
            kind,
            _cell_of_number(draft) if kind is kinds.NUMBER_IS_DATE else task.place,
            task=task.number,
            values={"task": task.number, "found": found, "field": field},
        )
        for draft, task in zip(drafts, tasks, strict=True)
        for kind, field, found in (*_of_units(draft, task, divided), *_of_words(draft, task))
    ]


def _cell_of_number(draft: Draft) -> Place:
    """The cell with the number, where the task stands on a sheet."""
    return replace(draft.place, column=draft.date_for_number[1]) if draft.place.in_sheet else draft.place


def _of_units(draft: Draft, task: Task, divided: Collection[Place]) -> Iterator[tuple[Kind, str, str]]:
    """(what is unsure, the field, the words) about the units of a task."""
    if not task.lead:
        yield kinds.NO_LEAD, "lead", ""
    for name in (*task.lead, *task.support):
        whole = unit_names.looks_like_unit(name) or unit_names.is_area(name)
        if not whole or ROLE_LEFT.search(name):
            yield kinds.UNCLEAR_UNIT, "lead" if name in task.lead else "support", name
    if draft.inherited:
        yield kinds.SHARED_UNITS, "lead", ""
    if draft.from_above:
        yield kinds.UNITS_FROM_ABOVE, "lead", ""
    if draft.place in divided:
        yield kinds.UNITS_DIVIDED, "lead", "、".join(task.lead)
    if draft.open_ended:
        yield kinds.OPEN_LIST, "support" if task.support else "lead", ""
    for name in draft.twice:
        yield kinds.NAMED_TWICE, "lead", name


def _of_words(draft: Draft, task: Task) -> Iterator[tuple[Kind, str, str]]:
    """(what is unsure, the field, the words) about the number of a task, its words and its deadline."""
    if draft.date_for_number[0]:
        yield kinds.NUMBER_IS_DATE, "number", draft.date_for_number[0]
    if "\ufffd" in draft.content or any("\ufffd" in name for name in (*task.lead, *task.support)):
        yield kinds.CHARACTERS_LOST, "content", ""
    for figure in damaged_figures(draft.content):
        yield kinds.FIGURE_DAMAGED, "content", figure
    for words in draft.unread:
        yield kinds.WORDS_UNREAD, "support" if task.support else "lead", words
    if draft.table and task.deadline and MONTH_CUT.fullmatch(task.deadline.text):
        yield kinds.MONTH_UNCLEAR, "deadline", task.deadline.text
    if task.deadline and task.deadline.kind == "date" and task.deadline.date is None:
        yield kinds.DATE_UNCLEAR, "deadline", task.deadline.text
