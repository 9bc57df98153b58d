"""A unit that is renamed in one sheet is renamed in the other.

| case | 任务编号 | 牵头单位 | 单位名称 | 别名 | at |
| --- | --- | --- | --- | --- | --- |
| passes | 1 | 市科委 | 市科技局 | 市科委 |  |
| passes | 1 | 市科委 | 市科技局 |  |  |
|  | 2 | 市教育局 |  |  |  |
| fails | 1 | 市科委 | 市科技局 |  | 任务 D2 |
|  | 2 | 市教育局 | 市教育局 |  |  |
"""

from reporting.plan.rules import PlanView, Slips, at_name, confirm, slips_listed


def _check(view: PlanView) -> Slips:
    idle = [f"“{unit.name}”" for unit in view.idle_units]
    if view.looks_renamed:
        for name in view.unlisted_names:
            yield at_name(name, view.tasks_by_name[name], expected=slips_listed(idle))


RULE = confirm(
    "工作表“单位”中没有“{found}”（见任务{tasks}），而其中的{expected}没有任务，可能只在一处改了名称。",
    "是同一单位的，请把两处改成一样，或者在“别名”一栏写上“{found}”；不是的，请在“单位”表补上“{found}”。",
    _check,
)
