"""What docs/scoring.md says is what the program does: its defaults and the example worked out by hand."""

from __future__ import annotations

import re

from builders.scored import Said, year
from builders.year import ROOT

from reporting.model import Role, UnitState
from reporting.model.review import GOOD, TO_RECTIFY, Review, TargetReview, TaskReview, UnitReview
from reporting.office.form import Form
from reporting.office.settings import METHOD_NAMES, Deductions, Grades, Scoring
from reporting.review.scoring import score

TEXT = (ROOT / "docs" / "scoring.md").read_text(encoding="utf-8")


def test_the_defaults_in_the_table_are_the_defaults() -> None:
    told = dict(re.findall(r"^\| `([a-z_.]+)` \| (\S+) \|", TEXT, flags=re.MULTILINE))
    rules = Scoring()
    assert told.pop("method") == METHOD_NAMES[rules.method]
    known = {key: getattr(rules, key) for key in Scoring.model_fields if isinstance(getattr(rules, key), float | int)}
    for name, section in (("deductions", rules.deductions), ("grades", rules.grades)):
        fields = (Deductions if name == "deductions" else Grades).model_fields
        known |= {f"{name}.{key}": getattr(section, key) for key in fields}
    assert {key: float(value) for key, value in told.items()} == known
    assert re.findall(r"^\| `([^`a-z]+)` \|", TEXT, flags=re.MULTILINE) == ["按比例", "完成得满分", "四档"]


def test_the_example_worked_out_by_hand_is_what_the_program_works_out(form: Form) -> None:
    unit = "市教育局"
    whole = year(
        Said(unit, figures=((6, 6), (10, 10))),
        Said(unit, status="滞后", progress=70),
        Said(unit, role=Role.SUPPORT),
        states={unit: (UnitState.ACCEPTED, False)},
    )
    review = Review(
        *(100, 1),
        tasks=(
            TaskReview("1", unit, status="已完成"),
            TaskReview("2", unit, status="滞后", progress=80),
            TaskReview("3", unit, status="已完成", material="内容空洞"),
        ),
        targets=(TargetReview("1-1", unit, 5), TargetReview("1-2", unit, 12)),
        units=(UnitReview(unit, 2, "表彰"),),
    )
    scores = score(whole, review, Scoring(), form)
    assert [each.points for each in scores.tasks] == [91.7, 80.0, 100.0]
    assert "100×5÷6＝83.3" in scores.tasks[0].formula
    assert scores.tasks[0].formula.endswith("（83.3＋100.0）÷2＝91.7")
    (found,) = scores.units
    assert found.formula in TEXT
    assert (found.total, found.grade, found.conclusion) == (87.7, GOOD, TO_RECTIFY)
