"""What the plan says stays as it was issued.

| case | 任务编号 | 工作内容 |
| --- | --- | --- |
| passes | 1 | 建立协调机制，每季度会商一次。 |
| fails | 1 | 建立协调机制，每年会商一次。 |

What stands there from an older workbook of ours is told by ``form_is_current``.
"""

from collections.abc import Iterable, Mapping

from reporting.language.characters import same_words
from reporting.language.values import task_number
from reporting.model import Row
from reporting.plan.words import target_texts, task_texts
from reporting.returns.rules import Breach, Breaches, ReturnView, note
from reporting.returns.rules.row_is_of_its_task import is_replaced

_WORDING = ("content", "name")
_STOPS = "。．.；;，, \n"
"""Signs at the end that change nothing of what the plan says."""


def _differences(
    row: Row, number: str, texts: Mapping[str, str], older: Mapping[str, str], headings: Mapping[str, str]
) -> Iterable[Breach]:
    for key, expected in texts.items():
        cell = row.cells.get(key)
        # what stood in an older workbook of ours was not changed by the unit (see form_is_current)
        if cell is not None and key in _WORDING and is_replaced(cell.raw, expected):
            continue  # which is asked about
        # a cell that speaks for several rows is told at the first of them
        if (
            cell is not None
            and not cell.joined
            and not any(
                same_words(cell.raw.rstrip(_STOPS), each.rstrip(_STOPS))
                for each in (expected, older.get(key, expected))
            )
        ):
            values = {"heading": headings[key], "found": cell.raw, "expected": expected or "（空）"}
            yield Breach(cell.place, values, number)


def _check(view: ReturnView) -> Breaches:
    task_headings = {field.key: field.heading for field in view.form.task}
    target_headings = {field.key: field.heading for field in view.form.target}
    for row in view.sent.rows:
        if row.assignment is not None:
            # the number is what the row was found by, so it is right however it was typed
            texts = {key: text for key, text in task_texts(row.assignment).items() if key != "number"}
            before = view.earlier.assignments.get(task_number(row.number)) if view.earlier else None
            older = task_texts(before) if before else {}
            yield from _differences(row, row.assignment.task.number, texts, older, task_headings)
    for row in view.sent.target_rows:
        if row.target is not None:
            texts = {key: text for key, text in target_texts(row.target).items() if key != "target"}
            aimed = view.earlier.targets.get(task_number(row.number)) if view.earlier else None
            older = target_texts(aimed) if aimed else {}
            yield from _differences(row, row.target.number, texts, older, target_headings)


RULE = note(
    "{heading}与下发的不一致，现为“{found}”。",
    "灰色栏是方案内容，按下发的“{expected}”登记，不必重报；对方案有意见的，请写在“备注”栏或与我办联系。",
    whole=_check,
)
