"""Every row of the return is a task or a target of this unit.

| case | 任务编号 | 完成状态 |
| --- | --- | --- |
| passes | 1 | 已完成 |
| fails | 99 | 已完成 |
| fails | | 已完成 |

A row that its words tell is known, whatever its number (see ``number_is_as_issued``).
"""

from collections.abc import Iterable

from reporting.language.values import task_number
from reporting.model import Row
from reporting.office.form import FormField
from reporting.returns.below_table import is_signature, is_total, remarks_below
from reporting.returns.rules import Breach, Breaches, ReturnView, error


def _number_breach(row: Row, key: str, heading: str) -> Breach:
    cell = row.cells.get(key)
    place = cell.place if cell else row.place
    lost = f"第 {row.place.row} 行没有{heading}，"
    what = f"{heading}“{row.number}”" if row.number else lost
    return Breach(place, {"what": what, "found": row.number}, row.number)


def _says_something(row: Row, fields: Iterable[FormField]) -> bool:
    """Whether anything was reported in the row; a remark or a signature below the table is none."""
    said = [raw for field in fields if field.filled and (raw := row.raw(field.key))]
    return bool(said) and not is_signature([raw for raw in (row.number, *said) if raw])


def _check(view: ReturnView) -> Breaches:
    # a task that the office itself has dropped since is no mistake of the unit (see form_is_current)
    dropped = {*view.earlier.assignments, *view.earlier.targets} if view.earlier else set()
    asides = {
        row.place
        for rows, fields in ((view.sent.rows, view.form.task_fields), (view.sent.target_rows, view.form.target_fields))
        for row in remarks_below(rows, fields)
    }
    for row in view.sent.rows:
        aside = is_total(row) or row.place in asides or task_number(row.number) in dropped
        if row.assignment is None and not aside and _says_something(row, view.form.task):
            yield _number_breach(row, "number", "任务编号")
    for row in view.sent.target_rows:
        aside = is_total(row) or row.place in asides or task_number(row.number) in dropped
        if row.target is None and not aside and _says_something(row, view.form.target):
            yield _number_breach(row, "target", "指标编号")


RULE = error(
    "{what}不在下发给本单位的表中。",
    "请核对编号，订正表中是下发时的编号；新增的事项请写在有关任务的“完成情况”或“备注”栏，不要另加行。",
    whole=_check,
)
