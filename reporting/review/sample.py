"""What is laid before the inspection group: every task of every unit as reported, and which are drawn.

The draw goes by a digest of seed, unit and task number: whoever has the seed can repeat it with any program,
and neither the order of units nor a task added later changes who else was drawn.
"""

import hashlib
import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict

from reporting.language.values import format_number
from reporting.model import UNREPORTED, Assignment, Consolidation, Report, TargetReport
from reporting.model.review import ON_SITE, PAPER, InspectedTarget, InspectedTask, Inspection
from reporting.office.form import Form
from reporting.plan.share_out import reports_targets
from reporting.plan.words import goal_text


def inspect(consolidation: Consolidation, plan_id: str, share: int = 100, seed: int = 1) -> Inspection:
    """Put together what the group looks into; ``share`` percent of each unit's tasks are drawn to visit."""
    rows = _by_unit(consolidation)
    figures: dict[tuple[str, str], list[TargetReport]] = {}
    for each in consolidation.targets:
        figures.setdefault((each.target.task, each.unit), []).append(each)
    drawn = {
        (unit, number)
        for unit, own in rows.items()
        for number in draw([assignment.task.number for assignment, _ in own], unit, share, seed)
    }
    tasks = [
        _task(assignment, report, figures.get((assignment.task.number, unit), ()), drawn)
        for unit, own in rows.items()
        for assignment, report in own
    ]
    targets = [
        _target(figure)
        for unit, own in rows.items()
        for assignment, _ in own
        if reports_targets(assignment)
        for figure in figures.get((assignment.task.number, unit), ())
    ]
    return Inspection(
        title=consolidation.title,
        issuer=consolidation.issuer,
        year=consolidation.year,
        plan_id=plan_id,
        share=share,
        seed=seed,
        tasks=tuple(tasks),
        targets=tuple(targets),
        units=tuple(rows),
    )


def inspection_digest(inspection: Inspection) -> str:
    """By what a review workbook is known again: the same content has the same digest."""
    text = json.dumps(asdict(inspection), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def draw(numbers: Sequence[str], unit: str, share: int, seed: int) -> tuple[str, ...]:
    """The tasks of one unit that are drawn: at least one of any unless the share is nought."""
    places = math.ceil(len(numbers) * share / 100)

    def lot(number: str) -> str:
        return hashlib.sha256(f"{seed}|{unit}|{number}".encode()).hexdigest()

    return tuple(sorted(numbers, key=lot)[:places])


def lacks_figure(form: Form, reported: str, verified: str) -> bool:
    """Whether a status was changed to one that does not itself say how far the task is."""
    known = form.statuses.get(verified)
    if known is None or verified == reported:
        return False
    return known.progress not in ("full", "none") and known.outcome != "void"


def _by_unit(consolidation: Consolidation) -> dict[str, list[tuple[Assignment, Report | None]]]:
    """Each unit's tasks with its report on each, units by their number, tasks in the order of the plan."""
    rows: dict[str, list[tuple[Assignment, Report | None]]] = {
        line.unit: [] for line in sorted(consolidation.units, key=lambda line: line.ordinal)
    }
    for line in consolidation.tasks:
        for report in line.reports:
            assignment = Assignment(line.task, report.unit, report.role)
            rows.setdefault(report.unit, []).append((assignment, report))
        for assignment in line.silent:
            rows.setdefault(assignment.unit, []).append((assignment, None))
    return {unit: own for unit, own in rows.items() if own}


def _task(
    assignment: Assignment,
    report: Report | None,
    figures: Iterable[TargetReport],
    drawn: set[tuple[str, str]],
) -> InspectedTask:
    task = assignment.task
    told = report is not None
    return InspectedTask(
        number=task.number,
        unit=assignment.unit,
        role=str(assignment.role),
        content=task.content,
        status=report.status if report is not None else UNREPORTED,
        progress=_optional(report.progress) if report is not None else "",
        figures="\n".join(_figure(each) for each in figures) if told and reports_targets(assignment) else "",
        result=report.result if report is not None else "",
        evidence=report.evidence if report is not None else "",
        self_score=_optional(report.self_score) if report is not None else "",
        method=ON_SITE if (assignment.unit, task.number) in drawn else PAPER,
    )


def _optional(value: float | None) -> str:
    return "" if value is None else format_number(value)


def _figure(report: TargetReport) -> str:
    """A figure in one line: 试点学校：5所（目标≥6所）."""
    goal = f"（目标{goal_text(report.target)}{report.target.unit}）"
    return f"{report.target.name}：{_reported(report) or '未报'}{goal}"


def _reported(report: TargetReport) -> str:
    if report.value is None:
        return report.raw
    return f"{format_number(report.value)}{report.target.unit}"


def _target(report: TargetReport) -> InspectedTarget:
    target = report.target
    return InspectedTarget(
        number=target.number,
        unit=report.unit,
        task=target.task,
        name=target.name,
        goal=goal_text(target),
        measure=target.unit,
        reported=format_number(report.value) if report.value is not None else report.raw,
    )
