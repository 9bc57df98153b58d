"""Whoever gets a workbook can be asked: said once for all units without a contact.

| case | 单位名称 | 类型 | 联系人 | at |
| --- | --- | --- | --- | --- |
| passes | 市科技局 | 单位 | 林晓 |  |
|  | 各有关方面 | 泛指 |  |  |
| fails | 市科技局 | 单位 | 林晓 |  |
|  | 市教育局 | 单位 |  | 单位 E3 |
|  | 市体育局 | 单位 |  |  |
"""

from reporting.model import Contact, UnitKind
from reporting.plan.rules import PlanView, Slip, Slips, note, slips_listed


def _check(view: PlanView) -> Slips:
    idle = {unit.name for unit in view.idle_units}
    without = [
        unit
        for unit in view.plan.units
        if unit.kind is UnitKind.UNIT and unit.contact == Contact() and unit.name not in idle
    ]
    if without:
        found = slips_listed(unit.name for unit in without)
        yield Slip(without[0].place, {"found": found, "times": str(len(without)), "field": "contact"})


RULE = note(
    "有{times}个单位没有填写联系人：{found}。",
    "催报、退回时要用到，请在工作表“单位”中补填；不需要的，不必处理。",
    _check,
)
