"""What differs between two versions of one unit's return, by task and field, and how much stayed as it was.

Works on returns as the book keeps them, so that any two versions can be compared at any time.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reporting.language.numerals import number_key
from reporting.model import Answered, AnsweredRow
from reporting.office.form import Form, FormField


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """One field that was typed otherwise (改动); ``number`` is empty in the block on top."""

    number: str
    key: str
    heading: str
    before: str
    after: str
    of: str = "任务"
    """What the number counts: tasks, or targets."""


@dataclass(frozen=True, slots=True)
class ReturnDiff:
    """Two versions of a unit's return side by side (两版对照).

    ``same`` counts the filled fields that stayed as they were, ``untouched`` are the tasks and targets
    in which nothing changed.
    """

    unit: str
    before: str
    after: str
    changes: tuple[AnswerChange, ...]
    same: int
    untouched: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The stable form for machines."""
        return {
            "unit": self.unit,
            "before": self.before,
            "after": self.after,
            "changes": [
                {
                    "task": each.number,
                    "field": each.key,
                    "heading": each.heading,
                    "before": each.before,
                    "after": each.after,
                }
                for each in self.changes
            ],
            "same": self.same,
            "untouched": list(self.untouched),
        }


_Words = Mapping[tuple[str, str], str]
"""What was typed, by number and field key."""


def compare_returns(unit: str, before: tuple[str, Answered], after: tuple[str, Answered], form: Form) -> ReturnDiff:
    """Lay two versions side by side, each given with the name of its file."""
    changes: list[AnswerChange] = []
    same = 0
    numbers: dict[str, bool] = {}
    parts = tuple(
        ((AnsweredRow("", None, answered.header),), answered.rows, answered.targets) for _, answered in (before, after)
    )
    kinds = ((form.header, ""), (form.task, "任务"), (form.target, "指标"))
    for (fields, of), *both in zip(kinds, *parts, strict=True):
        headings = {field.key: field.heading for field in fields if field.filled}
        then, now = (_words(rows, headings) for rows in both)
        for number, key in _in_order(then, now, fields):
            old, new = then.get((number, key), ""), now.get((number, key), "")
            if number:
                numbers[number] = numbers.get(number, False) or old != new
            if old != new:
                changes.append(AnswerChange(number, key, headings[key], old, new, of))
            else:
                same += bool(new)
    untouched = tuple(number for number, touched in numbers.items() if not touched)
    return ReturnDiff(unit, before[0], after[0], tuple(changes), same, untouched)


def _words(rows: Iterable[AnsweredRow], headings: Mapping[str, str]) -> _Words:
    return {(row.number, key): cell.raw for row in rows for key, cell in row.cells.items() if key in headings}


def _in_order(then: _Words, now: _Words, fields: Sequence[FormField]) -> Iterator[tuple[str, str]]:
    """Every field that either version has, in the order of the numbers and of the columns."""
    columns = [field.key for field in fields]
    yield from sorted({*then, *now}, key=lambda each: (number_key(each[0]) if each[0] else (), columns.index(each[1])))
