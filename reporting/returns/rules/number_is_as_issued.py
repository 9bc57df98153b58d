"""A row known by the plan's words keeps the number it was issued with.

| case | 任务编号 | 方案工作内容 | 工作内容 |
| --- | --- | --- | --- |
| passes | 1 | 建立协调机制，每季度会商一次。 | 建立协调机制，每季度会商一次。 |
| passes | 2 | 开展教师培训，全年不少于四期。 | 开展教师培训，全年不少于四期。 |
| fails | 1 | 建立协调机制，每季度会商一次。 | 开展教师培训，全年不少于四期。 |
| fails | 2 | 开展教师培训，全年不少于四期。 | 建立协调机制，每季度会商一次。 |
"""

from collections.abc import Iterable, Sequence

from reporting.language.values import task_number
from reporting.model import Row
from reporting.returns.rules import Breach, Breaches, ReturnView, note, plan_number


def _breaches(rows: Sequence[Row], key: str, by: str, headings: dict[str, str]) -> Iterable[Breach]:
    for row in rows:
        if row.assignment is None and row.target is None:
            continue
        cell = row.cells.get(key)
        if cell is not None and task_number(cell.raw) != task_number(plan_number(row)):
            found = f"写的是“{cell.raw}”" if cell.raw else "是空的"
            values = {"heading": headings[key], "found": found, "by": headings[by], "expected": plan_number(row)}
            yield Breach(cell.place, values, plan_number(row))


def _check(view: ReturnView) -> Breaches:
    tasks = {field.key: field.heading for field in view.form.task}
    targets = {field.key: field.heading for field in view.form.target}
    yield from _breaches(view.sent.rows, "number", "content", tasks)
    yield from _breaches(view.sent.target_rows, "target", "name", targets)


RULE = note("{heading}{found}，按这一行的{by}登记为“{expected}”。", "编号请保留下发时的，不要重排。", whole=_check)
