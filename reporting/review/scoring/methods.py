"""How far a task is done, what that is worth, and what it weighs: the office's ways of scoring (计分办法)."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TypeVar

from reporting.language.likeness import meant
from reporting.language.values import format_number
from reporting.language.wording import heading_text
from reporting.model import Plan, Role, Target, Task
from reporting.office.settings import METHOD_NAMES, Method, Scoring
from reporting.review.scoring.marks import FULL, exact, percentage, tenth

_Word = TypeVar("_Word")
_JUST_BELOW = Fraction(9999, 10_000)
"""A target of 超过10家 is not fulfilled by 10."""


def fulfilment(target: Target, value: float) -> Fraction:
    """How far a figure fulfils its target: 1 is exactly, more than 1 is more than asked.

    Where less is better it is the goal as a share of the figure. A goal of zero is fulfilled or not.
    """
    goal, found = exact(target.value), exact(value)
    if target.op in ("<=", "<"):
        if found <= 0 or found < goal or (target.op == "<=" and found == goal):
            return Fraction(1)
        return min(max(goal / found, Fraction(0)), _JUST_BELOW)
    if goal <= 0:
        return Fraction(found > goal if target.op == ">" else found >= goal)
    if target.op == ">" and found == goal:
        return _JUST_BELOW
    return max(found / goal, Fraction(0))


def quotient(target: Target, value: float) -> str:
    """The fulfilment as a reader computes it, say 5÷6; a percentage where it is no plain quotient."""
    goal, found, done = exact(target.value), exact(value), fulfilment(target, value)
    if goal > 0 and found > 0:
        turned = target.op in ("<=", "<")
        if done == (goal / found if turned else found / goal):
            above, below = (target.value, value) if turned else (value, target.value)
            return f"{format_number(above)}÷{format_number(below)}"
    return percentage(done)


def worth(done: Fraction | float, settings: Scoring, method: Method | None = None) -> float:
    """The marks for a task done to this extent (1 is wholly), by the method of the settings or the one given.

    Full marks or none, marks by proportion, and the four steps 超额加分、完成满分、按比例、不得分 are the
    ways offices are seen to use.
    """
    extent = done if isinstance(done, Fraction) else exact(done)
    method = method or settings.method
    if method == "full":
        return float(FULL) if extent >= 1 else 0.0
    if method == "pro_rata":
        return tenth(FULL * min(extent, Fraction(1)))
    if extent >= 1:
        return tenth(FULL + min((extent - 1) * FULL, exact(settings.over_cap)))
    return tenth(FULL * extent) if extent * FULL >= exact(settings.least_percent) else 0.0


def rule_words(done: Fraction, settings: Scoring, method: Method) -> str:
    """Why ``worth`` gives what it gives; also which method was used when it is not the general one."""
    words = []
    if method != settings.method:
        words.append(f"本项计分方法为“{METHOD_NAMES[method]}”")
    if method == "full":
        words.append("完成得满分" if done >= 1 else "没有全部完成，不得分")
    if method == "four_steps" and done > 1:
        words.append(f"超额完成，加分不超过{format_number(settings.over_cap)}分")
    if method == "four_steps" and done * FULL < exact(settings.least_percent):
        words.append(f"低于{format_number(settings.least_percent)}%，不得分")
    return "，".join(words)


# ---- what the settings say of a task ------------------------------------------------------------------


def task_method(task: Task, settings: Scoring, target: Target | None = None) -> Method:
    """How a task, or one of its targets, is scored: the nearest word counts, target, task, category, all."""
    found = settings.target_methods.get(target.number) if target is not None else None
    found = found or settings.task_methods.get(task.number)
    return found or _of_category(task.category, settings.category_methods) or settings.method


def task_weight(task: Task, role: Role, settings: Scoring) -> float:
    """What a task weighs for a unit in a role: its own weight, or its category's, by the role's share."""
    own = settings.task_weights.get(task.number)
    if own is None:
        own = _of_category(task.category, settings.category_weights)
    share = settings.lead_share if role is Role.LEAD else settings.support_share
    return float(exact(1.0 if own is None else own) * exact(share))


def _of_category(category: str, words: Mapping[str, _Word]) -> _Word | None:
    """What is set for a category, written with or without its number."""
    return words.get(category, words.get(heading_text(category)))


def idle_names(plan: Plan, settings: Scoring) -> tuple[str, ...]:
    """Sentences on settings for a task, category or target that the plan does not have: they do nothing."""
    numbers = [task.number for task in plan.tasks]
    categories = dict.fromkeys(
        name for task in plan.tasks for name in (task.category, heading_text(task.category)) if name
    )
    targets = [target.number for task in plan.tasks for target in task.targets]
    tables: tuple[tuple[str, str, Iterable[str], Iterable[str]], ...] = (
        ("task_weights", "任务", settings.task_weights, numbers),
        ("category_weights", "类别", settings.category_weights, categories),
        ("task_methods", "任务", settings.task_methods, numbers),
        ("category_methods", "类别", settings.category_methods, categories),
        ("target_methods", "指标", settings.target_methods, targets),
    )
    return tuple(
        f"duban.toml 中的 scoring.{key} 写了“{name}”，方案中没有这{_COUNTED[what]}{what}，不起作用。"
        f"{meant(name, known) or '请核对写法'}。"
        for key, what, names, known in tables
        for name in names
        if name not in known
    )


_COUNTED = {"任务": "项", "类别": "个", "指标": "项"}
