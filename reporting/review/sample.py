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
from reporting.model import UNREPORTED, Consolidation, Report, TargetReport, TaskPart
from reporting.model.review import ON_SITE, PAPER, InspectedTarget, InspectedTask, Inspection
from reporting.office.form import Form
from reporting.plan.words import goal_text


def inspect(consolidation: Consolidation, plan_id: str, share: int = 100, seed: int = 1) -> Inspection:
    """Put together what the group looks into; ``share`` percent of each unit's tasks are drawn to visit."""
    rows = _by_unit(consolidation)
    figures: dict[tuple[str, str], list[TargetReport]] = {}
    for each in consolidation.targets:
        figures.setdefault((each.target.task, each.unit), []).append(each)
    drawn = {
        (number, unit)
        for unit, own in rows.items()
        for number in draw([part.assignment.task.number for part in own], unit, share, seed)
    }
    parts = [part for own in rows.values() for part in own]
    return Inspection(
        title=consolidation.title,
        issuer=consolidation.issuer,
        year=consolidation.year,
        plan_id=plan_id,
        share=share,
        seed=seed,
        tasks=tuple(_task(each, figures.get(each.key, ()), drawn=each.key in drawn) for each in parts),
        targets=tuple(_target(figure) for each in parts for figure in figures.get(each.key, ())),
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


def _by_unit(consolidation: Consolidation) -> dict[str, list[TaskPart]]:
    """Each unit's tasks with its report on each, units by their number, tasks in the order of the plan."""
    units = sorted(consolidation.units, key=lambda line: line.ordinal)
    rows: dict[str, list[TaskPart]] = {line.unit: [] for line in units}
    for part in (part for line in consolidation.tasks for part in line.parts):
        rows.setdefault(part.assignment.unit, []).append(part)
    return {unit: own for unit, own in rows.items() if own}


def _task(part: TaskPart, figures: Iterable[TargetReport], *, drawn: bool) -> InspectedTask:
    task, unit, role = part.assignment.task, part.assignment.unit, part.assignment.role
    told = part.report or Report(unit, role, UNREPORTED, None, "", "", "", "", None, "")
    has_figures = part.report is not None
    return InspectedTask(
        number=task.number,
        unit=unit,
        role=str(role),
        content=task.content,
        status=told.status,
        progress=_optional(told.progress),
        figures="\n".join(_figure(each) for each in figures) if has_figures else "",
        result=told.result,
        evidence=told.evidence,
        self_score=_optional(told.self_score),
        method=ON_SITE if drawn else PAPER,
    )


def _optional(value: float | None) -> str:
    return "" if value is None else format_number(value)


def _figure(report: TargetReport) -> str:
    """A figure in one line: 试点学校：5所（目标≥6所）."""
    target = report.target
    told = report.raw if report.value is None else f"{format_number(report.value)}{target.unit}"
    return f"{target.name}：{told or '未报'}（目标{goal_text(target)}{target.unit}）"


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
