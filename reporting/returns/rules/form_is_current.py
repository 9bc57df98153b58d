"""A return on a workbook of an earlier issue says so when the plan has changed for its unit since.

| case | 任务编号 | 旧表工作内容 | 工作内容 |
| --- | --- | --- | --- |
| passes | 1 | 建立协调机制，每季度会商一次。 | 建立协调机制，每季度会商一次。 |
| fails | 1 | 建立协调机制，每年会商一次。 | 建立协调机制，每年会商一次。 |
"""

from reporting.language.values import task_number
from reporting.plan.words import target_texts, task_texts
from reporting.returns.rules import Breach, Breaches, ReturnView, confirm, plan_number


def _check(view: ReturnView) -> Breaches:
    if view.earlier is None:
        return
    now = {number: task_texts(each) for number, each in view.assignments.items()}
    now |= {number: target_texts(each) for number, each in view.targets.items()}
    then = {number: task_texts(each) for number, each in view.earlier.assignments.items()}
    then |= {number: target_texts(each) for number, each in view.earlier.targets.items()}
    changed = [number for number in dict.fromkeys([*then, *now]) if now.get(number) != then.get(number)]
    if changed:
        values = {"issued": view.earlier.issued, "numbers": "、".join(changed)}
        rows = [*view.sent.rows, *view.sent.target_rows]
        first = next((row.place for row in rows if task_number(plan_number(row)) in changed), view.sent.task_sheet)
        yield Breach(first, values)  # in a row of its own, where there is room for an answer


RULE = confirm(
    "这份表是{issued}下发的，方案后来有调整，涉及本单位的任务（指标）{numbers}。",
    "已按现行方案核对，没有改动的内容照常收下；请核实上述各项所填内容是否仍然适用。",
    whole=_check,
)
