"""No task is so long that nobody can report on it as one.

| case | 任务编号 | 工作内容 | at |
| --- | --- | --- | --- |
| passes | 1 | 开展评审×2000 |  |
| fails | 1 | 开展评审×2001 | 任务 C2 |
"""

from reporting.plan.rules import PlanView, Slips, in_row, note

MOST = 2000
"""More than two pages of an official document."""


def _check(view: PlanView) -> Slips:
    for row in view.rows:
        if len(row.content) > MOST:
            yield in_row(row, "content", found=str(len(row.content)))


RULE = note(
    "任务{number}的工作内容有{found}个字，可能并入了几项任务或者后面的正文。",
    "请对照方案核对；是几项任务的，请分行填写。",
    _check,
)
