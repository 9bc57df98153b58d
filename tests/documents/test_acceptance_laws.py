"""The acceptance report over many made-up years: its figures add up, and nobody is missing or there twice."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from fractions import Fraction
from typing import Any

from builders.laws import examples
from builders.scored import exact, round1, years
from hypothesis import given

from reporting.documents import acceptance
from reporting.model import Consolidation
from reporting.model.review import GRADES, PENDING, Review, Scores
from reporting.office.form import Form
from reporting.office.settings import Dates, Scoring, Settings
from reporting.review.scoring import score

DAYS = Dates(issue=date(2026, 12, 1), due=date(2026, 12, 20), data_as_of=date(2026, 11, 30))


def report(case: tuple[Consolidation, Review, Scoring], form: Form) -> tuple[dict[str, Any], Scores]:
    whole, review, rules = case
    scores = score(whole, review, rules, form)
    told = Settings(year=2026, dates=DAYS, scoring=rules)
    return dict(acceptance.build(whole, review, scores, told, form)), scores


def words_of(*parts: list[dict[str, str]]) -> str:
    return "\n".join(each["text"] for part in parts for each in part)


@examples(20)
@given(case=years())
def test_the_tables_add_up_and_agree_with_the_scores(case: tuple[Consolidation, Review, Scoring], form: Form) -> None:
    context, scores = report(case, form)
    for rows in (context["compared"]["categories"], context["compared"]["units"]):
        *lines, total = rows
        for key in ("total", "verified", "reported_done", "verified_done"):
            assert sum(int(line[key]) for line in lines) == int(total[key])
        assert int(total["total"]) == len(scores.tasks)
        assert int(total["verified"]) == sum(each.verified for each in scores.tasks)
    counts = Counter(each.grade for each in scores.units)
    assert {row["grade"]: int(row["count"]) for row in context["grades"]} == {grade: counts[grade] for grade in GRADES}
    portions = re.findall(r"(?:优秀|良好|合格|不合格)\d+个，占([\d.]+)%", words_of(context["overall"]))
    assert sum(map(Fraction, portions)) in ((100,) if any(counts[grade] for grade in GRADES) else (0,))


@examples(20)
@given(case=years())
def test_each_total_is_the_mean_less_what_was_taken_and_with_what_was_added(
    case: tuple[Consolidation, Review, Scoring], form: Form
) -> None:
    context, _ = report(case, form)
    most = 100 + exact(case[2].bonus_cap)
    for row in context["totals"]:
        if row["total"] == "—":
            assert row["mean"] == "—"
            continue
        mean, taken, bonus = (
            Fraction(0) if row[key] == "—" else Fraction(row[key]) for key in ("mean", "taken", "bonus")
        )
        assert Fraction(row["total"]) == min(max(round1(mean - taken + bonus), Fraction(0)), most)


@examples(20)
@given(case=years())
def test_every_unit_and_every_task_is_there_once(case: tuple[Consolidation, Review, Scoring], form: Form) -> None:
    context, scores = report(case, form)
    units = sorted(each.unit for each in scores.units)
    assert sorted(row["unit"] for row in context["totals"]) == units
    assert sorted(row["unit"] for row in context["annex_scores"]["rows"]) == units
    concluded = re.findall(r"的单位\d+个：(.+)。", words_of(context["conclusions"]))
    assert sorted(unit for names in concluded for unit in names.split("、")) == units
    tasks = [(row["number"], group["unit"]) for group in context["annex_tasks"]["groups"] for row in group["rows"]]
    assert sorted(tasks) == sorted((each.number, each.unit) for each in scores.tasks)
    pending = {each.unit for each in scores.units if each.conclusion == PENDING}
    rows = [(row["task"], row["unit"]) for row in context["annex_rectify"]["rows"]]
    assert sorted(rows) == sorted(
        (each.number, each.unit) for each in scores.tasks if each.must_rectify and each.unit not in pending
    )


@examples(20)
@given(case=years())
def test_every_mark_taken_off_or_added_stands_with_its_reason(
    case: tuple[Consolidation, Review, Scoring], form: Form
) -> None:
    context, scores = report(case, form)
    told = words_of(context["deductions"])
    for unit in scores.units:
        for each in unit.deductions:
            assert f"{unit.unit}：{each.reason}，扣" in told
        assert (f"{unit.unit}：依据，加" in told) == bool(unit.bonus)
        assert not unit.note or f"{unit.unit}：{unit.note}" in told
