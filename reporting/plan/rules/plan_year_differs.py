"""The plan is of the year whose work is reported: last year's plan.xlsx in this year's folder is a slip.

| case | 年度 | at |
| --- | --- | --- |
| passes | 2026 |  |
| passes |  |  |
| fails | 2011 | 说明 B5 |
"""

from reporting.model import Place
from reporting.plan.rules import PlanView, Slip, Slips, confirm


def _check(view: PlanView) -> Slips:
    if view.year is not None and view.plan.year not in (None, view.year):
        values = {"field": "year", "found": str(view.plan.year), "expected": str(view.year)}
        yield Slip(Place(part="说明"), values)


RULE = confirm(
    "方案年度是{found}年，工作台（duban.toml 的 year）是{expected}年度。",
    "请核对是不是用错了方案或工作台；跨几年的方案不必处理。",
    _check,
)
