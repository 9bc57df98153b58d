"""Targets of overall goals (总体目标): nobody reports them until the coordinator gives them to a task."""

from collections.abc import Iterator

from reporting.language.characters import even_width
from reporting.language.likeness import pairs_in, share_within
from reporting.model import Plan
from reporting.model.findings import Finding, Kind, Severity

GOAL_TARGET_OFFERED = Kind(
    "goal_target_offered",
    Severity.NOTE,
    "总体目标的指标，方案没有写明由哪个单位负责，现在不下发给任何单位。{near}",
    "要有单位报送的，把“任务编号”改成相关任务的编号，即由该任务的牵头单位填报；只由其中一个单位填报的，"
    "再选“填报单位”。不要单位报送的，不用处理。",
)

_NEAR = 0.5
"""From when on a task is named beside a target: so much of the target's name stands in it."""
_MOST_NEAR = 3


def goal_offers(plan: Plan) -> Iterator[Finding]:
    """For every target of an overall goal how to have it reported, and which tasks it may belong to."""
    if not any(goal.targets for goal in plan.goals):
        return
    tasks = [(task.number, pairs_in(even_width("".join((*task.path[-1:], task.content))))) for task in plan.tasks]
    for goal in plan.goals:
        for target in goal.targets:
            name = pairs_in(even_width(target.name))
            alike = sorted(((-share_within(name, words), at) for at, (_, words) in enumerate(tasks)))[:_MOST_NEAR]
            near = "、".join(tasks[at][0] for share, at in alike if -share >= _NEAR)
            told = f"内容相近的任务：{near}。" if near else ""
            values = {"field": "target", "column": "task", "target": target.number, "near": told}
            yield Finding(GOAL_TARGET_OFFERED, target.place, values=values)
