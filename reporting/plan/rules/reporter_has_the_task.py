"""The unit that is to report a target has the task.

| case | 指标编号 | 填报单位 | at |
| --- | --- | --- | --- |
| passes | 1-1 |  |  |
|  | 1-2 | 市科技局 |  |
| fails | 1-1 |  |  |
|  | 1-2 | 临江区 | 量化指标 H3 |
|  | 1-3 | 东岭区 |  |
"""

from itertools import groupby

from reporting.plan.rules import PlanView, Slips, confirm, in_target, slips_listed
from reporting.plan.share_out import targets_without_reporter


def _check(view: PlanView) -> Slips:
    for task, group in groupby(targets_without_reporter(view.plan), key=lambda pair: pair[0]):
        targets = [target for _, target in group]
        found = slips_listed(dict.fromkeys(target.reporter for target in targets))
        yield in_target(task, targets[0], "reporter", found=found, count=str(len(targets)))


RULE = confirm(
    "任务{number}有{count}个指标的填报单位（{found}）不在它的牵头、配合单位之列，将由牵头单位填报。",
    "请改成这项任务的牵头或配合单位；“各区”一类的单位，先在工作表“单位”写明成员。",
    _check,
)
