"""Twice the text, twice the time: no shape of text or plan makes any step slower than its length."""

from __future__ import annotations

import cProfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from builders.laws import examples
from builders.ofd import ofd
from builders.printing import letter
from builders.shapes import FRAGMENTS, PLANS, SHAPES, SHEETS
from hypothesis import given
from hypothesis import strategies as st

from reporting.language.units.registry import propose
from reporting.model import Plan
from reporting.model.findings import Finding
from reporting.plan.book.read import open_planbook
from reporting.plan.book.write import make_planbook
from reporting.plan.changes.diff import diff_plans
from reporting.plan.changes.merge import merge_plans
from reporting.plan.check import look_over
from reporting.plan.documents.ofd import read_ofd
from reporting.plan.documents.plain_text import read_plain_text
from reporting.plan.reading.account import draw_up
from reporting.plan.reading.plan import read_plan
from reporting.plan.reading.run_on import part_run_on
from reporting.plan.second_reading.doubts import doubts_of_reading
from reporting.plan.share_out import distribute

FOUR_TIMES = 6.0
"""How many times the calls four times as much may take: four, and what begins from some length on; never sixteen."""

IN_SEARCHES = 40.0
"""How many times the time of an ordinary plan a text of its length may take: searches make no calls to count."""


def read_text(text: str) -> tuple[Plan, Sequence[Finding]]:
    """As ``plan import`` reads a text, twice and with its account."""
    lines = part_run_on(read_plain_text(Path("方案.txt"), text.encode()))
    reading = read_plan(lines)
    findings = doubts_of_reading(lines, reading.plan, reading.left_out, reading.findings)
    draw_up(lines, reading.plan)
    return reading.plan, findings


def calls_of(step: Callable[[], object]) -> int:
    """How many calls a step makes: the same in every run, on every machine."""
    profile = cProfile.Profile(builtins=True)
    profile.runcall(step)
    return sum(entry.callcount for entry in profile.getstats())


def growth(step: Callable[[int], object], size: int) -> float:
    """How many times the calls a step makes for four times as much."""
    step(size)  # what is kept for good is made here
    return calls_of(lambda: step(4 * size)) / calls_of(lambda: step(size))


def read_and_write(shape: str, size: int) -> None:
    plan, findings = read_text(SHAPES[shape](size))
    proposals = propose(plan.units, plan.year, ())
    make_planbook(plan, (*findings, *(each.as_finding() for each in proposals)))


QUICK = ["'（一）' on one line", "tasks", "a unit for each task", "units in one slot", "a table", "short lines"]


@pytest.mark.slow
@pytest.mark.parametrize("shape", QUICK)
def test_the_work_grows_with_the_text(shape: str) -> None:
    assert growth(lambda size: read_text(SHAPES[shape](size)), 2000) < FOUR_TIMES


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
def test_the_work_grows_with_any_text(shape: str) -> None:
    assert growth(lambda size: read_and_write(shape, size), 1500) < FOUR_TIMES


def look_and_share(plan: Plan) -> None:
    look_over(plan, 2026, date(2026, 3, 1))
    distribute(plan)
    propose(plan.units, 2026, ())


@pytest.mark.slow
@pytest.mark.parametrize("shape", PLANS)
def test_looking_over_a_plan_grows_with_its_rows(shape: str) -> None:
    plans = {size: PLANS[shape](size) for size in (100, 400)}
    assert growth(lambda size: look_and_share(plans[size]), 100) < FOUR_TIMES


@pytest.mark.slow
@pytest.mark.parametrize("shape", PLANS)
def test_the_work_on_a_workbook_grows_with_its_rows(tmp_path: Path, shape: str) -> None:
    path = tmp_path / "plan.xlsx"

    def write_and_read(size: int) -> None:
        plan = PLANS[shape](size)
        path.write_bytes(make_planbook(plan, look_over(plan, 2026, date(2026, 3, 1))))
        open_planbook(path)

    assert growth(write_and_read, 250) < FOUR_TIMES


@pytest.mark.slow
@pytest.mark.parametrize("shape", PLANS)
def test_the_work_of_importing_again_grows_with_the_rows(shape: str) -> None:
    def import_again(size: int) -> None:
        plan = PLANS[shape](size)
        mine = replace(plan, tasks=tuple(replace(each, content=f"{each.content}好") for each in plan.tasks))
        theirs = replace(plan, tasks=tuple(replace(each, number=f"{each.number}0") for each in mine.tasks))
        merge_plans(plan, mine, theirs)
        diff_plans(mine, theirs)

    assert growth(import_again, 200) < FOUR_TIMES


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHEETS)
def test_the_work_on_pages_grows_with_them(shape: str) -> None:
    files = {size: ofd([*SHEETS[shape](size), *letter(["一、重点任务"])]) for size in (400, 1600)}
    assert growth(lambda size: read_ofd(Path("方案.ofd"), files[size]), 400) < FOUR_TIMES


def processor_time(text: str) -> float:
    began = time.process_time()
    read_text(text)
    return time.process_time() - began


@pytest.fixture(scope="module")
def ordinary() -> Callable[[int], float]:
    """How long an ordinary plan of some length takes here and now."""
    processor_time(SHAPES["tasks"](2000))
    taken: dict[int, float] = {}

    def of_length(size: int) -> float:
        if size not in taken:
            taken[size] = max(0.2, processor_time(SHAPES["tasks"](size)))
        return taken[size]

    return of_length


LONG, SHORTER = 200_000, 40_000


ON_ONE_LINE = [name for name, shape in SHAPES.items() if shape(SHORTER).count("\n") < 10]


@pytest.mark.slow
@pytest.mark.parametrize("shape", ON_ONE_LINE)
def test_no_search_runs_away_on_a_long_line(shape: str, ordinary: Callable[[int], float]) -> None:
    assert processor_time(SHAPES[shape](LONG)) < IN_SEARCHES * ordinary(LONG)


PIECES = st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=5).map("".join)


@pytest.mark.slow
@given(before=PIECES, first=PIECES, second=PIECES, after=PIECES)
@examples(200)
def test_no_search_runs_away_on_anything_repeated(
    ordinary: Callable[[int], float], before: str, first: str, second: str, after: str
) -> None:
    half = SHORTER // 2
    text = before + first * (half // len(first)) + second * (half // len(second)) + after
    assert processor_time(text) < IN_SEARCHES * ordinary(SHORTER)
