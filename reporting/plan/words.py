"""How the plan's own words stand in the locked cells of a workbook.

The workbook writes them and the check compares them, so the wording is made in this one place.
"""

import re
from dataclasses import replace

from reporting.language.numerals import number_key
from reporting.language.values import format_number
from reporting.model import Assignment, Comparator, DeadlineKind, Plan, Target, Task

DEADLINE_WORDS: dict[DeadlineKind, str] = {
    "date": "日期",
    "ongoing": "持续",
    "annual": "每年",
    "date+ongoing": "日期并持续",
}
COMPARATOR_WORDS: dict[Comparator, str] = {
    ">=": "不低于",
    ">": "高于",
    "=": "等于",
    "<=": "不高于",
    "<": "低于",
    "growth>=": "增长不低于",
}
_COMPARATORS = {">=": "≥", ">": "＞", "=": "", "<=": "≤", "<": "＜", "growth>=": "增长≥"}


# 关于印发《…方案》的通知 with nested 《》 inside, and the older 某某办公厅印发…方案的通知 without them
_NOTICE = re.compile(r"(?:印发|发布|公布|下达)\s{0,3}(?:《(.{1,200})》|([^《》]{2,200}))\s{0,3}的通知$")


# a line break of the page left as a blank: 知识产权 强市 is one word
_BLANK_BETWEEN = re.compile(r"(?<=[一-鿿）》>〉])\s{1,3}(?=[一-鿿《<〈])")


def plan_name(title: str) -> str:
    """The plan's own name out of the title of the notice that carried it; other titles stay as they are."""
    title = _BLANK_BETWEEN.sub("", title.strip())
    match = _NOTICE.search(title)
    return (match[1] or match[2]).strip() if match else title


def path_text(task: Task) -> str:
    """The headings above a task on one line each."""
    return "\n".join(task.path)


def goal_text(target: Target) -> str:
    """The goal of a target with its comparator, say ``≥10`` or ``增长≥16``."""
    return f"{_COMPARATORS[target.op]}{format_number(target.value)}"


def task_texts(assignment: Assignment) -> dict[str, str]:
    """The locked cells of a row of 任务填报 by field key."""
    task = assignment.task
    return {
        "number": task.number,
        "category": path_text(task),
        "content": task.content,
        "role": str(assignment.role),
        "lead": "、".join(task.lead),
        "support": "、".join(task.support),
        "deadline": task.deadline.text if task.deadline else "",
    }


def target_texts(target: Target) -> dict[str, str]:
    """The locked cells of a row of 量化指标 by field key."""
    return {
        "target": target.number,
        "number": target.task,
        "name": target.name,
        "goal": goal_text(target),
        "measure": target.unit,
    }


def is_reached(target: Target, value: float) -> bool:
    """Whether a figure meets its target by the plan's own comparator."""
    compare = {
        ">=": value >= target.value,
        "growth>=": value >= target.value,
        ">": value > target.value,
        "=": value >= target.value,  # 新增3件 is met by 4 as well
        "<=": value <= target.value,
        "<": value < target.value,
    }
    return compare[target.op]


def ratio(target: Target, value: float | None) -> float | None:
    """The figure as a share of its goal; None where more is not better or the goal is zero."""
    if value is None or not target.value or target.op in ("<=", "<"):
        return None
    return value / target.value


def in_order(plan: Plan) -> Plan:
    """The plan with its tasks in the order of their numbers, however plan.xlsx was sorted."""
    return replace(plan, tasks=tuple(sorted(plan.tasks, key=lambda task: number_key(task.number))))
