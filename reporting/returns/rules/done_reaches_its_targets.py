"""A task reported done although a figure it was to reach is missed, for a reason, is told to the office.

| case | 任务编号 | 完成状态 | 完成进度(%) | 完成值 | 说明 |
| --- | --- | --- | --- | --- | --- |
| passes | 1 | 已完成 | 100 | 12 | |
| passes | 1 | 已完成 | 100 | 12 | 两家企业推迟申报。 |
| fails | 1 | 已完成 | 100 | 8 | 两家企业推迟申报。 |
"""

from reporting.language.characters import is_hollow
from reporting.model import Row
from reporting.plan.words import goal_text, is_reached
from reporting.returns.rules import Breach, Breaches, ReturnView, note


def _check(view: ReturnView) -> Breaches:
    missed: dict[str, list[str]] = {}
    for row in view.sent.target_rows:
        # without a reason it is shortfall_is_explained that speaks
        if row.target is not None and _misses(row) and not is_hollow(row.raw("remark")):
            words = f"{row.target.name} {row.raw('value')}（目标值 {goal_text(row.target)}{row.target.unit}）"
            missed.setdefault(row.target.task, []).append(words)
    for row in view.sent.rows:
        outcome = view.form.outcome(str(row.value("status")))
        if row.assignment is None or outcome != "done":
            continue
        short = missed.get(row.assignment.task.number)
        if short:
            values = {
                "heading": view.form.task_fields["status"].heading,
                "found": row.raw("status"),
                "targets": "、".join(short),
            }
            yield Breach(row.cells["status"].place, values, row.assignment.task.number)


def _misses(row: Row) -> bool:
    value = row.value("value")
    if row.target is None or isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return not is_reached(row.target, value)


RULE = note(
    "完成状态为“{found}”，但有指标没有达到目标值：{targets}。",
    "按方案可以视为完成的，不必修改；否则请改正完成状态。",
    whole=_check,
)
