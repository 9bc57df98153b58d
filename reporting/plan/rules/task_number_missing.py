"""Every task has a number, by which a return finds it.

| case | 任务编号 | 工作内容 | at |
| --- | --- | --- | --- |
| passes | 1 | 开展评审。 |  |
| fails |  | 开展评审。 | 任务 A2 |
"""

from reporting.plan.rules import PlanView, Slips, beginning, error, in_row


def _check(view: PlanView) -> Slips:
    for row in view.rows:
        if row.content.strip() and not row.number.strip():  # without content it has already been named
            yield in_row(row, "number", content=beginning(row.content))


RULE = error("有一项任务没有编号：“{content}”。", "请填写任务编号，编号不得与其他任务相同。", _check)
