"""The unit that is to report a target has the task.

| case | 指标编号 | 填报单位 | at |
| --- | --- | --- | --- |
| passes | 1-1 |  |  |
|  | 1-2 | 市科技局 |  |
| fails | 1-1 |  |  |
|  | 1-2 | 临江区 | 量化指标 H3 |
"""

from reporting.plan.rules import PlanView, Slips, confirm, in_target
from reporting.plan.share_out import targets_without_reporter


def _check(view: PlanView) -> Slips:
    for task, target in targets_without_reporter(view.plan):
        yield in_target(task, target, "reporter", found=target.reporter)


RULE = confirm(
    "指标“{target}”的填报单位“{found}”不在任务{number}的牵头、配合单位之列，将由牵头单位填报。",
    "请改成这项任务的牵头或配合单位；“各区”一类的单位，先在工作表“单位”写明成员。",
    _check,
)
