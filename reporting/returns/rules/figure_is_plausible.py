"""A figure is not many times its target: then it is likely in another unit than the plan's.

| case | 完成值 | 计量单位 | 说明 |
| --- | --- | --- | --- |
| passes | 90 | 件 | |
| fails | 138000 | 件 | |
| fails | -3 | 件 | 核减上年多报数。 |
"""

from collections.abc import Iterable

from reporting.model.findings import Kind, Severity
from reporting.plan.words import goal_text
from reporting.returns.rules import Breach, RowView, Rule

_MANY = 10
"""From so many times the goal on a figure is asked about; offices' own targets are rarely missed so far."""


def _check(view: RowView) -> Iterable[Breach]:
    target, value = view.row.target, view.figure
    if target is None or value is None:
        return
    below_zero = value < 0 and target.op != "growth>="
    if below_zero or (target.value > 0 and value >= _MANY * target.value):
        yield view.breach("value", expected=f"{goal_text(target)}{target.unit}", unit=target.unit)


RULE = Rule(
    kind=Kind(
        "figure_is_plausible",
        Severity.CONFIRM,
        "完成值 {found} 与目标值 {expected} 相差悬殊。",
        "请核对是不是以“{unit}”为单位，有没有多写或少写几位。",
    ),
    row=_check,
)
