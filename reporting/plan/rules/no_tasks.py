"""The plan has at least one task.

| case | 任务编号 | at |
| --- | --- | --- |
| passes | 1 |  |
| fails |  |  |
"""

from collections.abc import Iterable

from reporting.model.findings import Kind, Severity
from reporting.plan.rules import PlanRule, PlanView, Slip


def _check(view: PlanView) -> Iterable[Slip]:
    if not view.rows:
        yield Slip()


RULE = PlanRule(
    Kind(
        "no_tasks",
        Severity.ERROR,
        "方案中没有一项任务。",
        "请在工作表“任务”中逐行填写任务。",
    ),
    _check,
)
