"""Every row of the return is a task or a target of this unit.

| case | 任务编号 | 完成状态 |
| --- | --- | --- |
| passes | 1 | 已完成 |
| fails | 99 | 已完成 |
| fails | | 已完成 |
"""

import re
from collections.abc import Iterable, Sequence

from reporting.characters import even_width
from reporting.findings import Kind, Severity
from reporting.form import FormField
from reporting.model import Row
from reporting.rules import Breach, ReturnView, Rule, is_total
from reporting.values import task_number

_SIGNATURE = re.compile(
    r"(?:单位|部门|科室|处室|主要|分管)?(?:负责人|领导|填[表报](?:人|单位|日期)|经办人|审核人|联系人|联系电话|日期|签[字名章]|盖章)"
    r"(?:\([^()]{1,12}\))?:"
)
"""单位负责人（签字）：, as a line for signatures below the table begins."""
_LONGEST = 25
"""No name, telephone number or date with its label is longer."""


def _number_breach(row: Row, key: str, heading: str) -> Breach:
    cell = row.cells.get(key)
    place = cell.place if cell else row.place
    # answers pasted one row too low leave one below the table, and every other under the wrong task
    lost = f"第 {row.place.row} 行没有{heading}（各行内容可能整体错了行，请逐行核对），"
    what = f"{heading}“{row.number}”" if row.number else lost
    return Breach(place, {"what": what, "found": row.number}, row.number)


def _says_something(row: Row, fields: Iterable[FormField]) -> bool:
    """Whether anything was reported in the row; a remark or a signature below the table is none."""
    said = [raw for field in fields if field.filled and (raw := row.raw(field.key))]
    return bool(said) and not _is_signature([raw for raw in (row.number, *said) if raw])


def _is_signature(texts: Sequence[str]) -> bool:
    """Whether the first of the texts is the label of a signature and none is an account of anything."""
    return bool(_SIGNATURE.match(even_width(texts[0]))) and all(len(text) <= _LONGEST for text in texts)


def _check(view: ReturnView) -> Iterable[Breach]:
    # a task that the office itself has dropped since is no mistake of the unit (see form_is_current)
    dropped = {*view.earlier.assignments, *view.earlier.targets} if view.earlier else set()
    for row in view.sent.rows:
        known = row.assignment is not None and task_number(row.number) == task_number(
            row.assignment.task.number
        )
        if known or is_total(row) or task_number(row.number) in dropped:
            continue
        if row.assignment is not None or _says_something(row, view.form.task):
            yield _number_breach(row, "number", "任务编号")
    for row in view.sent.target_rows:
        stray = row.target is None and not is_total(row) and task_number(row.number) not in dropped
        if stray and _says_something(row, view.form.target):
            yield _number_breach(row, "target", "指标编号")


RULE = Rule(
    kind=Kind(
        "task_is_known",
        Severity.ERROR,
        "{what}不在下发给本单位的表中。",
        "请核对编号，订正表中是下发时的编号；新增的事项请写在有关任务的“完成情况”或“备注”栏，不要另加行。",
    ),
    whole=_check,
)
