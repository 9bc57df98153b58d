"""A corrected document imported again: the coordinator's edits stay, the document's come in."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from builders.laws import examples
from builders.plans import PLAN, drawn_plans, with_task, without_places
from builders.year import small_plan
from hypothesis import HealthCheck, assume, given
from hypothesis import strategies as st

from reporting.model import Alias, Contact, Deadline, Measure, Plan, Task, Unit, UnitKind
from reporting.model.findings import Finding, Kind, Severity
from reporting.plan.changes.conflicts import KINDS
from reporting.plan.changes.diff import diff_plans, in_short
from reporting.plan.changes.merge import Merged, is_same_document, merge_plans

BASE = small_plan()


@st.composite
def edited(draw: st.DrawFn, plan: Plan) -> Plan:
    """A plan after a coordinator: rows of another plan added, rows deleted, moved, reworded."""
    other = draw(drawn_plans())
    keep = st.integers(0, 3).map(bool)
    tasks = [each for each in plan.tasks if draw(keep)]
    tasks = [replace(each, lead=("市档案局",)) if not draw(keep) else each for each in tasks]
    tasks = [replace(each, content=f"{each.content}并总结") if not draw(keep) else each for each in tasks]
    units = [each for each in plan.units if draw(keep)]
    units = [replace(each, contact=Contact("沈砚")) if not draw(keep) else each for each in units]
    tasks += other.tasks if draw(st.booleans()) else ()
    if draw(st.booleans()):
        random.Random(draw(st.integers(0, 9))).shuffle(tasks)
    return replace(plan, tasks=tuple(tasks), units=tuple(units), title=other.title)


PAIRS = drawn_plans().flatmap(lambda plan: st.tuples(st.just(plan), edited(plan)))
law = examples(25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


@law
@given(PAIRS)
def test_an_unchanged_document_leaves_the_edited_plan_as_it_is(plans: tuple[Plan, Plan]) -> None:
    base, mine = plans
    merged = merge_plans(base, mine, base)
    assert without_places(merged.plan) == without_places(mine)
    assert (merged.findings, merged.taken) == ((), 0)


@law
@given(PAIRS)
def test_an_unedited_plan_becomes_the_new_document(plans: tuple[Plan, Plan]) -> None:
    base, theirs = plans
    merged = merge_plans(base, base, theirs)
    assert without_places(merged.plan) == without_places(theirs)
    assert (merged.findings, merged.kept) == ((), 0)


@law
@given(PAIRS)
def test_the_same_change_on_both_sides_is_no_conflict(plans: tuple[Plan, Plan]) -> None:
    base, both = plans
    merged = merge_plans(base, both, both)
    assert without_places(merged.plan) == without_places(both)
    assert merged.findings == ()


@law
@given(PAIRS, st.integers(0, 9), st.integers(0, 9))
def test_changes_to_different_tasks_come_together_whichever_is_first(
    plans: tuple[Plan, Plan], one: int, other: int
) -> None:
    base, _ = plans
    assume(len(base.tasks) > 1)
    first, second = one % len(base.tasks), other % len(base.tasks)
    left = with_task(base, first, lead=("市档案局",), support=("市气象局",))
    right = with_task(base, second, deadline=Deadline("本月底", "date", date(2026, 1, 31)))
    here, there = merge_plans(base, left, right), merge_plans(base, right, left)
    assert without_places(here.plan) == without_places(there.plan)
    assert here.findings == there.findings == ()


@law
@given(PAIRS)
def test_bringing_the_same_document_in_twice_changes_nothing_more(plans: tuple[Plan, Plan]) -> None:
    """Also when the first time was cut short before it was noted what had been brought in."""
    base, theirs = plans
    mine = with_task(base, 0, support=("市气象局",)) if base.tasks else base
    once = merge_plans(base, mine, theirs).plan
    assert without_places(merge_plans(theirs, once, theirs).plan) == without_places(once)


# ---- who has what --------------------------------------------------------------------------------------


def codes(merged: Merged) -> list[tuple[str, str, str]]:
    """Code, task or unit, and column of all that must be decided."""
    return [(each.kind.code, each.task or each.unit, each.values.get("field", "")) for each in merged.findings]


def test_what_one_side_changed_is_taken_from_it() -> None:
    mine = with_task(BASE, 1, lead=("市教育局",), support=("市司法局",))
    theirs = with_task(with_task(BASE, 1, content="开展普法宣传，每月一次。"), 2, support=("市财政局",))
    merged = merge_plans(BASE, mine, theirs)
    assert in_short(diff_plans(BASE, merged.plan)) == "修改任务 2、3"
    assert (merged.plan.tasks[1].lead, merged.plan.tasks[1].content) == (("市教育局",), "开展普法宣传，每月一次。")
    assert (merged.kept, merged.taken, merged.conflicts) == (2, 2, 0)


def test_what_both_changed_differently_stays_and_is_named() -> None:
    mine = with_task(BASE, 1, lead=("市教育局",))
    theirs = with_task(BASE, 1, lead=("市财政局",))
    merged = merge_plans(BASE, mine, theirs)
    assert merged.plan.tasks[1].lead == ("市教育局",)
    assert codes(merged) == [("import_conflict", "2", "lead")]
    assert merged.findings[0].message == "任务2的“牵头单位”，原表已改为“市教育局”，新方案为“市财政局”。"


def test_a_target_that_both_changed_is_named() -> None:
    target = BASE.tasks[0].targets[0]
    mine = with_task(BASE, 0, targets=(replace(target, value=8.0), BASE.tasks[0].targets[1]))
    theirs = with_task(BASE, 0, targets=(replace(target, value=9.0),))
    merged = merge_plans(BASE, mine, theirs)
    assert [each.value for each in merged.plan.targets] == [8.0]
    assert codes(merged) == [("import_conflict", "1", "target")]
    assert (merged.findings[0].values["target"], merged.taken) == ("1-1", 1)


def test_edits_follow_a_task_that_the_document_numbers_otherwise() -> None:
    first = Task("1", (), "编印普法读本一册。", ("市司法局",), ())
    moved = [replace(each, number=str(at), targets=()) for at, each in enumerate(BASE.tasks, 2)]
    theirs = replace(BASE, tasks=(first, *moved))
    mine = with_task(BASE, 2, support=("市财政局",))
    merged = merge_plans(BASE, mine, theirs)
    assert [(each.number, each.support) for each in merged.plan.tasks][-1] == ("4", ("市财政局",))
    assert merged.moved == {"1": "2", "2": "3", "3": "4"}
    assert merged.findings == ()


def test_edits_never_land_on_another_task_that_took_over_the_number() -> None:
    mine = with_task(BASE, 1, lead=("市教育局",))
    theirs = with_task(BASE, 1, content="编印读本一册，发至各村。")
    merged = merge_plans(BASE, mine, theirs)
    assert [(each.number, each.content, each.lead) for each in merged.plan.tasks[1:3]] == [
        ("2", "开展普法宣传，每季度一次。", ("市教育局",)),
        ("2", "编印读本一册，发至各村。", ("市司法局",)),
    ]
    assert sorted(code for code, *_ in codes(merged)) == ["import_number_taken", "import_withdrawn"]


@pytest.mark.parametrize(
    ("theirs", "found"),
    [
        pytest.param(BASE, [], id="the document says the same"),
        pytest.param(with_task(BASE, 1, lead=("市财政局",)), [("import_deleted", "2", "number")], id="it was changed"),
    ],
)
def test_a_task_deleted_by_hand_stays_deleted(theirs: Plan, found: list[tuple[str, str, str]]) -> None:
    mine = replace(BASE, tasks=(BASE.tasks[0], BASE.tasks[2]))
    merged = merge_plans(BASE, mine, theirs)
    assert [each.number for each in merged.plan.tasks] == ["1", "3"]
    assert codes(merged) == found


@pytest.mark.parametrize(
    ("mine", "numbers", "found"),
    [
        pytest.param(BASE, ["1", "3"], [], id="unedited"),
        pytest.param(
            with_task(BASE, 1, support=()), ["1", "2", "3"], [("import_withdrawn", "2", "number")], id="edited"
        ),
    ],
)
def test_a_task_that_the_document_dropped(mine: Plan, numbers: list[str], found: list[tuple[str, str, str]]) -> None:
    theirs = replace(BASE, tasks=(BASE.tasks[0], BASE.tasks[2]))
    merged = merge_plans(BASE, mine, theirs)
    assert [each.number for each in merged.plan.tasks] == numbers
    assert codes(merged) == found


def test_a_task_added_by_hand_stays_where_it_stands() -> None:
    own = Task("2a", (), "召开联席会议。", ("市司法局",), ())
    new = Task("4", (), "编印普法读本一册。", ("市司法局",), ())
    mine = replace(BASE, tasks=(*BASE.tasks[:2], own, BASE.tasks[2]))
    merged = merge_plans(BASE, mine, replace(BASE, tasks=(*BASE.tasks, new)))
    assert [each.number for each in merged.plan.tasks] == ["1", "2", "2a", "3", "4"]
    assert (merged.kept, merged.taken, merged.findings) == (1, 1, ())


def test_tasks_sorted_by_the_coordinator_stay_sorted_and_new_ones_follow_their_neighbour() -> None:
    new = Task("1a", (), "编印普法读本一册。", ("市司法局",), ())
    mine = replace(BASE, tasks=BASE.tasks[::-1])
    merged = merge_plans(BASE, mine, replace(BASE, tasks=(BASE.tasks[0], new, *BASE.tasks[1:])))
    assert [each.number for each in merged.plan.tasks] == ["3", "2", "1", "1a"]


def test_a_measure_that_the_coordinator_assigned_stays_assigned() -> None:
    mine = replace(
        PLAN,
        unassigned=(),
        tasks=(*PLAN.tasks, Task("11", ("三、优化服务",), "探索公证与调解衔接的办法。", ("市司法局",), ())),
    )
    theirs = replace(PLAN, unassigned=(Measure("11", ("三、优化服务",), "探索公证与调解有效衔接的办法。"),))
    merged = merge_plans(PLAN, mine, theirs).plan
    assert [(each.number, each.content, each.lead) for each in merged.tasks][-1] == (
        "11",
        "探索公证与调解有效衔接的办法。",
        ("市司法局",),
    )
    assert merged.unassigned == ()


def test_members_aliases_and_contacts_typed_by_the_coordinator_stay() -> None:
    base = replace(BASE, units=tuple(Unit(each.name, each.kind) for each in BASE.units))
    theirs = replace(base, units=(*base.units, Unit("市财政局")))
    typed = Unit("市教育局", UnitKind.UNIT, (Alias("市教委", None, 2019),), (), Contact("林晓", "62340011"))
    mine = replace(base, units=(typed, *BASE.units[1:], Unit("临江区人民政府")))
    merged = merge_plans(base, mine, theirs)
    assert merged.plan.units == (*mine.units, Unit("市财政局"))
    assert merged.findings == ()


def test_a_unit_that_only_the_coordinator_still_names_stays_listed() -> None:
    mine = with_task(BASE, 1, support=("市教育局",))
    theirs = replace(
        with_task(with_task(BASE, 0, lead=("市司法局",), support=()), 1, support=("市教委",)),
        units=(Unit("市教委"), *BASE.units[1:]),
    )
    base = replace(BASE, units=(Unit("市教育局"), *BASE.units[1:]))
    mine = replace(mine, units=base.units)
    names = [each.name for each in merge_plans(base, mine, theirs).plan.units]
    assert {"市教育局", "市教委"} <= set(names)


def test_the_plan_as_a_whole_and_its_goals_are_merged_too() -> None:
    goal = PLAN.goals[0]
    mine = replace(PLAN, title="澜川市2026年工作要点", goals=(replace(goal, content="达到7件。"),))
    theirs = replace(PLAN, year=2027, goals=(replace(goal, content="达到8件。"),))
    merged = merge_plans(PLAN, mine, theirs)
    assert (merged.plan.title, merged.plan.year) == ("澜川市2026年工作要点", 2027)
    assert merged.plan.goals[0].content == "达到7件。"
    assert codes(merged) == [("import_conflict", "", "")]


# ---- what was unsure in reading ------------------------------------------------------------------------

UNSURE = Kind("unsure", Severity.CONFIRM, "任务{task}没有读清。")


@pytest.mark.parametrize(
    ("mine", "told"),
    [
        pytest.param(BASE, ["2"], id="said of an unedited task"),
        pytest.param(with_task(BASE, 1, number="2a", content=""), [], id="settled by the coordinator"),
        pytest.param(replace(BASE, tasks=BASE.tasks[:1]), [], id="the task was deleted"),
    ],
)
def test_what_was_unsure_is_said_of_tasks_that_still_need_it(mine: Plan, told: list[str]) -> None:
    finding = Finding(UNSURE, task="2", values={"task": "2"})
    merged = merge_plans(BASE, mine, BASE)
    assert [each.task for each in merged.address([finding])] == told


def test_what_was_unsure_follows_the_number() -> None:
    finding = Finding(UNSURE, task="2", values={"task": "2"})
    merged = merge_plans(BASE, with_task(BASE, 1, number="9"), with_task(BASE, 1, support=()))
    (said,) = merged.address([finding])
    assert (said.task, said.message) == ("9", "任务9没有读清。")


@pytest.mark.parametrize(
    ("change", "same"),
    [
        pytest.param(lambda plan: with_task(plan, 1, content="别的。"), True, id="one task of three is another"),
        pytest.param(lambda plan: replace(plan, tasks=()), True, id="nothing is left to compare"),
        pytest.param(lambda _: PLAN, False, id="another plan"),
    ],
)
def test_another_plan_is_not_taken_for_a_corrected_one(change: Callable[[Plan], Plan], same: bool) -> None:
    assert is_same_document(BASE, change(BASE)) is same


def test_every_kind_says_what_to_do() -> None:
    assert [kind.code for kind in KINDS if not kind.remedy.endswith("。") or not kind.says.endswith("。")] == []
