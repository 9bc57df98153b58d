"""The plan has a title, since the year-end documents print it.

| case | 方案名称 | at |
| --- | --- | --- |
| passes | 云河市2026年工作要点 |  |
| fails |  | 说明 B2 |
"""

from reporting.model import Place
from reporting.plan.rules import PlanView, Slip, Slips, confirm


def _check(view: PlanView) -> Slips:
    if not view.plan.title.strip():
        yield Slip(Place(part="说明"), {"field": "title"})


RULE = confirm("没有写明方案名称。", "请在工作表“说明”的“方案名称”一行填写，年终材料要用到。", _check)
