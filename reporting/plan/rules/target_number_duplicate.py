"""No two targets have the same number.

| case | 指标编号 | at |
| --- | --- | --- |
| passes | 1-1 |  |
|  | 1-2 |  |
| fails | 1-1 |  |
|  | 1-1 | 量化指标 A3 |
"""

from reporting.plan.rules import PlanView, Slips, error, in_target, repeated


def _check(view: PlanView) -> Slips:
    for (owner, target), times in repeated(view.targets, lambda pair: pair[1].number.strip()):
        yield in_target(owner, target, "number", found=target.number, times=str(times))


RULE = error("指标编号“{found}”出现了{times}次。", "请改成不同的编号。", _check)
