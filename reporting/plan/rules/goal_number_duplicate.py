"""Overall goals have different numbers, by which targets find them.

| case | 总体目标 | at |
| --- | --- | --- |
| passes | 1 |  |
|  | 2 |  |
| fails | 1 |  |
|  | 1 | 说明 B7 |
"""

from reporting.plan.rules import PlanView, Slip, Slips, error, repeated


def _check(view: PlanView) -> Slips:
    for goal, times in repeated(view.plan.goals, lambda goal: goal.number):
        yield Slip(goal.place, {"found": goal.number, "times": str(times)})


RULE = error("总体目标的编号“{found}”出现了{times}次。", "请改成不同的编号。", _check)
