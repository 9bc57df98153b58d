"""Sheet 量化指标 of plan.xlsx: figures to be reached, each given to its task or overall goal."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from reporting.language.characters import even_width
from reporting.language.values import task_number
from reporting.model import Comparator, Goal, Target, Task
from reporting.plan.book.kinds import (
    OPERATOR_UNKNOWN,
    TARGET_WITHOUT_TASK,
    TARGET_WITHOUT_VALUE,
    VALUE_PERCENT,
    VALUE_UNREADABLE,
)
from reporting.plan.book.read_cells import CellFindings, PlanCell, Record
from reporting.plan.book.read_tasks import read_number
from reporting.plan.book.sheets import COMPARATOR_SYNONYMS, TARGETS, goal_label
from reporting.plan.words import COMPARATOR_WORDS


class TargetReader:
    """Reads the rows of one sheet; what is wrong in them goes to ``said``."""

    def __init__(self, said: CellFindings) -> None:
        self.said = said

    def read(self, records: Iterable[Record]) -> list[tuple[PlanCell, Target]]:
        """All targets that can be read, each with the cell that says whose it is."""
        targets = ((record["task"], self._target(record)) for record in records)
        return [(entry, target) for entry, target in targets if target is not None]

    def _target(self, record: Record) -> Target | None:
        number = read_number(record["number"], self.said)
        name = number or record["name"].text
        about = {"task": read_number(record["task"], self.said), "target": name, "field": "target"}
        op = self._operator(record["op"], about)
        value = self._target_value(record, about)
        if op is None or value is None:
            return None
        target = Target(
            number=number,
            task=about["task"],
            name=record["name"].text,
            op=op,
            value=value,
            unit=record["unit"].text,
            place=record["number"].place,
        )
        return replace(target, **record.plain(TARGETS))

    def _operator(self, entry: PlanCell, about: dict[str, str]) -> Comparator | None:
        text = even_width(entry.text)
        words: dict[str, Comparator] = {word: op for op, word in COMPARATOR_WORDS.items()}
        op = (words | COMPARATOR_SYNONYMS).get(text)
        if op is None:
            self.said.tell(OPERATOR_UNKNOWN, entry, expected="、".join(COMPARATOR_WORDS.values()), **about)
        return op

    def _target_value(self, record: Record, about: dict[str, str]) -> float | None:
        entry = record["value"]
        if not entry.text:
            self.said.tell(TARGET_WITHOUT_VALUE, entry, number=about["task"], **about)
            return None
        value = _plain_number(entry)
        if value is None:
            self.said.tell(VALUE_UNREADABLE, entry, **about)
        elif "%" in even_width(entry.text):
            self.said.tell(VALUE_PERCENT, entry, expected=f"{value:g}", **about)
        return value

    def hand_out(
        self, targets: list[tuple[PlanCell, Target]], tasks: list[Task], goals: list[Goal]
    ) -> tuple[list[Task], tuple[Goal, ...]]:
        """Give every target to its task or overall goal; the first of several with one number has it."""
        owners = {task_number(goal_label(goal.number)): -1 - at for at, goal in reversed([*enumerate(goals)])}
        owners |= {task_number(task.number): at for at, task in reversed([*enumerate(tasks)])}
        owned: dict[int, list[Target]] = defaultdict(list)
        for entry, target in targets:
            owner = owners.get(task_number(target.task)) if target.task else None
            if owner is None:
                values = {"target": target.number or target.name, "number": target.task, "field": "target"}
                self.said.tell(TARGET_WITHOUT_TASK, entry, task=target.task, **values)
            else:
                number = tasks[owner].number if owner >= 0 else goals[-1 - owner].number
                owned[owner].append(replace(target, task=number))
        return (
            [replace(task, targets=tuple(owned[at])) for at, task in enumerate(tasks)],
            tuple(replace(goal, targets=tuple(owned[-1 - at])) for at, goal in enumerate(goals)),
        )


def _plain_number(entry: PlanCell) -> float | None:
    """A number without anything else: 12, １,200, 16%."""
    if isinstance(entry.value, bool | date):
        return None
    if isinstance(entry.value, int | float):
        return float(entry.value)
    match = re.fullmatch(r"[-+]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?(?=%?$)%?", even_width(entry.text))
    return float(match[0].replace(",", "").removesuffix("%")) if match else None
