"""A name in a task stands in sheet 单位 too; otherwise it is taken for one department.

| case | 任务编号 | 牵头单位 | 单位名称 | 成员 | at |
| --- | --- | --- | --- | --- | --- |
| passes | 1 | 各区 | 各区 | 临江区政府 |  |
|  | 2 | 临江区政府 |  |  |  |
| fails | 1 | 市科技局 | 市科技局 |  |  |
|  | 2 | 市体育局 |  |  | 任务 D3 |
"""

from reporting.plan.rules import PlanView, Slips, at_name, note


def _check(view: PlanView) -> Slips:
    if not view.looks_renamed:  # otherwise unit_renamed says more
        for name in view.unlisted_names:
            yield at_name(name, view.tasks_by_name[name])


RULE = note(
    "工作表“单位”中没有“{found}”（见任务{tasks}），按一个普通单位处理。",
    "如果是成组单位、泛指或者别名，请在工作表“单位”中写明；写错的请改正名称。",
    _check,
)
