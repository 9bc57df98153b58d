"""Acceptance scores and grades: what was reported, what was verified and the settings, to marks out of 100.

A task has 100 marks for each unit it is assigned to. What the inspection group verified goes before what the
unit reported; a score the group typed goes before the computed one. What nobody verified is scored from the
report alone and marked 未核定. A unit's total is the weighted mean over its tasks, so that a unit with two
tasks compares with one with twenty; then deductions and extra marks. Every score carries its own formula.

A score is rounded to one decimal, halves up, wherever one comes about (a task's marks, the mean, the total),
so that a reader who adds up what is shown finds the same; between these the figures are exact.
"""

from dataclasses import replace

from reporting.model import Consolidation, UnitState
from reporting.model.review import Review, Scores, TaskScore
from reporting.office.form import Form
from reporting.office.settings import Scoring
from reporting.review.scoring.grades import grade_units, must_rectify
from reporting.review.scoring.marks import marks, tenth
from reporting.review.scoring.methods import fulfilment, idle_names, task_weight, worth
from reporting.review.scoring.tasks import TaskScorer
from reporting.review.scoring.units import score_unit, scoring_faults


def score(consolidation: Consolidation, review: Review, settings: Scoring, form: Form) -> Scores:
    """Score every task of every unit, then the units, and grade them."""
    tasks = [
        replace(each, must_rectify=must_rectify(each, settings.grades, form))
        for each in TaskScorer(consolidation, review, settings, form).score()
    ]
    found = scoring_faults(consolidation, review, form)
    by_unit: dict[str, list[TaskScore]] = {}
    for each in tasks:
        by_unit.setdefault(each.unit, []).append(each)
    reviews = {each.unit: each for each in review.units}
    units = [
        score_unit(
            line,
            by_unit.get(line.unit, []),
            reviews.get(line.unit),
            [each for each in found if each.unit == line.unit],
            settings,
        )
        for line in consolidation.units
    ]
    silent = {line.unit for line in consolidation.units if line.state is not UnitState.ACCEPTED}
    gradable = [each for each in units if each.total is not None and (each.verified > 0 or each.unit in silent)]
    graded = {each.unit: each for each in grade_units(gradable, reviews, settings.grades, by_unit)}
    return Scores(tuple(tasks), tuple(graded.get(each.unit, each) for each in units))
