"""The plan has a title, since the year-end documents print it.

| case | 方案名称 | at |
| --- | --- | --- |
| passes | 云河市2026年工作要点 |  |
| fails |  | 说明 B2 |
"""

from collections.abc import Iterable

from reporting.model import Place
from reporting.model.findings import Kind, Severity
from reporting.plan.rules import PlanRule, PlanView, Slip


def _check(view: PlanView) -> Iterable[Slip]:
    if not view.plan.title.strip():
        yield Slip(Place(part="说明"), {"field": "title"})


RULE = PlanRule(
    Kind(
        "title_missing",
        Severity.CONFIRM,
        "没有写明方案名称。",
        "请在工作表“说明”的“方案名称”一行填写，年终材料要用到。",
    ),
    _check,
)
