"""What the plan says stays as it was issued.

| case | 任务编号 | 工作内容 |
| --- | --- | --- |
| passes | 1 | 建立协调机制，每季度会商一次。 |
| fails | 1 | 建立协调机制，每年会商一次。 |
"""

from collections.abc import Iterable, Mapping

from reporting.findings import Kind, Severity
from reporting.model import Row
from reporting.plan_texts import target_texts, task_texts
from reporting.rules import Breach, ReturnView, Rule
from reporting.values import same_words


def _differences(row: Row, texts: Mapping[str, str], headings: Mapping[str, str]) -> Iterable[Breach]:
    for key, expected in texts.items():
        cell = row.cells.get(key)
        if cell is not None and not same_words(cell.raw, expected):
            values = {"heading": headings[key], "found": cell.raw, "expected": expected or "（空）"}
            yield Breach(cell.place, values, row.number)


def _check(view: ReturnView) -> Iterable[Breach]:
    task_headings = {field.key: field.heading for field in view.form.task}
    target_headings = {field.key: field.heading for field in view.form.target}
    for row in view.sent.rows:
        if row.assignment is not None:
            yield from _differences(row, task_texts(row.assignment), task_headings)
    for row in view.sent.target_rows:
        if row.target is not None:
            yield from _differences(row, target_texts(row.target), target_headings)


RULE = Rule(
    kind=Kind(
        "locked_is_unchanged",
        Severity.ERROR,
        "{heading}与下发的不一致，现为“{found}”。",
        "灰色栏是方案内容，请勿改动，应为“{expected}”；对方案有意见的，写在“备注”栏或与我办联系。",
    ),
    whole=_check,
)
