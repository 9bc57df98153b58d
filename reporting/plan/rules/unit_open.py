"""An open phrase gets no workbook: said once for all its tasks.

| case | 任务编号 | 牵头单位 | 配合单位 | 单位名称 | 类型 | at |
| --- | --- | --- | --- | --- | --- | --- |
| passes | 1 | 市科技局 |  | 市科技局 | 单位 |  |
|  |  |  |  | 有关方面 | 泛指 |  |
| fails | 1 | 市科技局 | 各有关单位 | 市科技局 | 单位 | 任务 E2 |
|  | 2 | 市科技局 | 各有关单位 | 各有关单位 | 泛指 |  |
"""

from reporting.language.units import fold
from reporting.plan.rules import PlanView, Slips, at_name, note


def _check(view: PlanView) -> Slips:
    for name, tasks in view.tasks_by_name.items():
        alone = all(view.open_names.issuperset(map(fold, task.lead)) for task in tasks)
        if fold(name) in view.open_names and not alone:
            yield at_name(name, tasks)  # where it leads alone, lead_open has said more


RULE = note("“{found}”是泛指（见任务{tasks}），不下发填报表。", "需要填报的，请在任务中写明具体单位。", _check)
