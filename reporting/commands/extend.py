"""More time for a unit, for its whole return or for one task of it (延期)."""

from datetime import date, datetime

from reporting.model import Decision, DecisionKind
from reporting.model.findings import DubanError
from reporting.office.workspace import Workspace, exclusive
from reporting.year.decided import Decided, made_before, reason_given, recipient_named, record, responsible, task_named
from reporting.year.decisions import extended_due, extended_tasks
from reporting.year.open import open_year


@exclusive("extend")
def extend(workspace: Workspace, unit: str, until: date, reason: str, now: datetime, task: str = "") -> Decided:
    """Give a unit more time, for its whole return or for one ``task`` of it."""
    with open_year(workspace, now) as year:
        issued = year.issued
        name = recipient_named(unit, year)
        number = task_named(task, issued) if task else ""
        if number and name not in {each.unit for each in year.shares.by_task[number]}:
            who = responsible(number, year.shares)
            raise DubanError(f"任务 {number} 不由{name}承担，不能给它延期。{who}")
        due = extended_due(issued.decisions, name, issued.due)
        due = extended_tasks(issued.decisions, name).get(number, due)
        decision = Decision(now, DecisionKind.EXTENSION, reason_given(reason), name, number, until)
        known = made_before(decision, issued.decisions)
        if known is None and until <= due:
            raise DubanError(f"{name}原定 {due} 报送，延期的日期 {until} 应当更晚。请核对日期。")
        return known or record(year, decision)
