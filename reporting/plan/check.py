"""What a careful colleague notices in a plan before it goes out: runs the rules of ``plan_rules``.

Runs on plan.xlsx as the coordinator left it. It changes nothing and never merges names.
"""

from __future__ import annotations

from datetime import date

from reporting.model import Plan
from reporting.model.findings import Finding
from reporting.plan.rules import PlanView, gather


def check_plan(plan: Plan, year: int | None = None, today: date | None = None) -> tuple[Finding, ...]:
    """Look at a plan with every rule; ``year`` counts before the year of the plan.

    Without ``today`` nothing is said of what is over.
    """
    view = PlanView(plan, plan.year if year is None else year, today)
    return tuple(
        Finding(rule.kind, slip.place, unit=slip.unit, task=slip.task, values=slip.values)
        for rule in gather()
        for slip in rule.check(view)
    )
