"""Every row of 任务 says what is to be done.

| case | 任务编号 | 工作内容 | at |
| --- | --- | --- | --- |
| passes | 1 | 开展评审。 |  |
| fails | 1 |  | 任务 C2 |
"""

from reporting.plan.rules import PlanView, Slips, error, in_row


def _check(view: PlanView) -> Slips:
    return (in_row(row, "content") for row in view.rows if not row.content.strip())


RULE = error("任务“{number}”没有工作内容。", "请填写工作内容；不是任务的行请整行删除。", _check)
