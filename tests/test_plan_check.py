"""What plan check notices: first what it must leave alone, then near misses, then each slip at its place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from reporting.findings import Finding, Severity
from reporting.model import (
    Alias,
    Deadline,
    DeadlineKind,
    Goal,
    Measure,
    Place,
    Plan,
    Target,
    Task,
    Unit,
    UnitKind,
)
from reporting.plan_check import KINDS, RULES, check_plan


def at(row: int, part: str = "任务") -> Place:
    return Place("plan.xlsx", part, row, 1)


def a_task(
    number: str, lead: str = "市科技局", support: str = "", row: int = 2, content: str = "开展评审。"
) -> Task:
    return Task(number, ("一、创造",), content, tuple(lead.split()), tuple(support.split()), place=at(row))


def a_target(number: str, task: str, value: float = 10, unit: str = "家", row: int = 2) -> Target:
    return Target(number, task, "试点企业", ">=", value, unit, place=at(row, "量化指标"))


def a_plan(*tasks: Task, units: tuple[Unit, ...] | None = None, year: int | None = 2026) -> Plan:
    """A plan whose units are all listed unless said otherwise."""
    names = dict.fromkeys(name for task in tasks for name in (*task.lead, *task.support))
    listed = tuple(Unit(name, place=at(row, "单位")) for row, name in enumerate(names, 2))
    return Plan(
        "澜川市要点",
        "澜川市领导小组办公室",
        year,
        "澜知领办〔2026〕5号",
        tasks,
        listed if units is None else units,
    )


def found(plan: Plan, year: int | None = None) -> list[tuple[str, Place]]:
    return [(finding.kind.code, finding.place) for finding in check_plan(plan, year)]


def only(plan: Plan) -> Finding:
    (finding,) = check_plan(plan)
    return finding


# ---- what must be left alone -------------------------------------------------------------------


def test_a_good_plan_is_left_alone() -> None:
    task = replace(
        a_task("1", "市科技局", "市教育局 各区"),
        deadline=Deadline("2026年底前", "date", date(2026, 12, 31)),
        targets=(a_target("1-1", "1"), a_target("1-2", "1", row=3)),
    )
    units = (
        Unit("市科技局", aliases=(Alias("市科委", None, 2018), Alias("市科委办", 2019, None))),
        Unit("市教育局", aliases=(Alias("市科委办", None, 2018),)),
        Unit("各区", UnitKind.GROUP, members=("临江区政府", "栖云区政府")),
        Unit("临江区政府"),
        Unit("栖云区政府"),
    )
    plan = replace(a_plan(task, units=units), goals=(Goal("1", "总目标", (a_target("Z1", "1"),)),))
    assert found(plan) == []


@pytest.mark.parametrize(
    ("kind", "day"),
    [("ongoing", None), ("annual", None), ("date", date(2026, 1, 1)), ("date+ongoing", date(2027, 6, 30))],
)
def test_a_deadline_in_or_after_the_year_is_left_alone(kind: DeadlineKind, day: date | None) -> None:
    task = replace(a_task("1"), deadline=Deadline("按期", kind, day))
    assert found(a_plan(task)) == []


def test_without_a_year_no_deadline_is_early() -> None:
    task = replace(a_task("1"), deadline=Deadline("去年", "date", date(2020, 1, 1)))
    assert found(a_plan(task, year=None)) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("市教育局", "区教育局"),
        ("市民政局", "市财政局"),
        ("市委办", "市委外办"),
        ("市科技局", "市科协"),
        ("市文化局", "市文旅局"),
        ("临江区人民政府", "临云区人民政府"),
        ("市人民检察院", "市人民法院"),
        ("市委组织部", "市委宣传部"),
    ],
)
def test_names_of_two_units_are_left_alone(one: str, other: str) -> None:
    assert found(a_plan(a_task("1", one, other))) == []


def test_open_phrases_that_look_alike_are_left_alone() -> None:
    units = (Unit("市科技局"), Unit("各有关单位", UnitKind.OPEN), Unit("市各有关单位", UnitKind.OPEN))
    plan = a_plan(a_task("1", "市科技局", "各有关单位 市各有关单位"), units=units)
    assert [code for code, _ in found(plan)] == ["unit_open", "unit_open"]


def test_a_member_of_a_group_may_be_named_without_a_row_of_its_own() -> None:
    units = (Unit("各区", UnitKind.GROUP, members=("临江区政府",)),)
    assert found(a_plan(a_task("1", "各区"), a_task("2", "临江区政府", row=3), units=units)) == []


def test_an_alias_in_a_task_is_a_listed_unit_with_tasks() -> None:
    units = (Unit("市市场监管局", aliases=(Alias("市知识产权局"),)),)
    assert found(a_plan(a_task("1", "市知识产权局"), units=units)) == []


# ---- tasks -------------------------------------------------------------------------------------


def test_a_number_used_twice_is_named_at_the_second_row() -> None:
    plan = a_plan(a_task("1"), a_task("1", row=5), a_task("1", row=6))
    assert found(plan) == [("task_number_duplicate", at(5)), ("task_number_duplicate", at(6))]
    assert check_plan(plan)[0].message == "任务编号“1”出现了3次。"


def test_a_waiting_measure_counts_among_the_numbers() -> None:
    plan = replace(a_plan(a_task("1")), unassigned=(Measure("1", (), "探索办法。", at(9)),))
    assert found(plan) == [("task_number_duplicate", at(9)), ("lead_missing", at(9))]


def test_a_task_without_a_lead_is_an_error_at_its_row() -> None:
    finding = only(a_plan(a_task("7", "", "市教育局", row=4)))
    assert (finding.kind.code, finding.place, finding.task) == ("lead_missing", at(4), "7")
    assert (finding.is_error, finding.values["field"]) == (True, "lead")
    assert finding.message == "任务7没有牵头单位。"


def test_a_row_without_content_is_named_once() -> None:
    assert found(a_plan(a_task("", "", row=4, content=" "))) == [("content_missing", at(4))]


def test_a_task_without_a_number_is_quoted() -> None:
    finding = only(a_plan(a_task("", content="组织企业开展知识产权管理规范贯标和专题培训辅导活动。")))
    assert finding.kind.code == "task_number_missing"
    assert finding.message == "有一项任务没有编号：“组织企业开展知识产权管理规范贯标和专题培训辅导活…”。"


def test_a_unit_in_both_roles_is_asked_about() -> None:
    finding = only(a_plan(a_task("1", "市科技局", "市教育局 市科技局")))
    assert (finding.kind.code, finding.unit) == ("unit_in_both_roles", "市科技局")
    assert finding.kind.severity is Severity.CONFIRM


def test_a_unit_named_twice_in_one_role_is_noted() -> None:
    finding = only(a_plan(a_task("1", "市科技局", "市教育局 市教育局 市教育局")))
    assert (finding.kind.code, finding.unit) == ("unit_repeated", "市教育局")
    assert finding.message == "任务1的配合单位中，“市教育局”写了两次。"


def test_a_task_led_by_nobody_in_particular_is_asked_about() -> None:
    units = (Unit("各有关单位", UnitKind.OPEN), Unit("市科技局"))
    plan = a_plan(a_task("1", "各有关单位", "市科技局"), units=units)
    assert [code for code, _ in found(plan)] == ["lead_open", "unit_open"]


def test_a_deadline_before_the_year_is_asked_about() -> None:
    task = replace(a_task("1", row=3), deadline=Deadline("2025年底前", "date", date(2025, 12, 31)))
    finding = only(a_plan(task))
    assert (finding.kind.code, finding.place) == ("deadline_before_year", at(3))
    assert finding.message == "任务1的截止日期2025-12-31早于方案年度2026年。"
    assert found(a_plan(task), year=2025) == []
    assert found(a_plan(task, year=2025), year=2026) == [("deadline_before_year", at(3))]


@pytest.mark.parametrize("kind", ["date", "date+ongoing"])
def test_a_deadline_without_its_day_is_noted(kind: DeadlineKind) -> None:
    task = replace(a_task("1"), deadline=Deadline("适时", kind))
    assert found(a_plan(task)) == [("deadline_without_date", at(2))]


def test_a_plan_without_tasks_or_title_says_so() -> None:
    assert [code for code, _ in found(Plan("", None, None, None, ()))] == ["title_missing", "no_tasks"]


# ---- targets -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("targets", "expected"),
    [
        pytest.param([a_target("1-1", "9", row=4)], [("target_without_task", 4)], id="an unknown task"),
        pytest.param(
            [a_target("1-1", "1", float("nan"), row=4)], [("target_without_value", 4)], id="no value"
        ),
        pytest.param([a_target("1-1", "1", unit=" ", row=4)], [("target_without_unit", 4)], id="no unit"),
        pytest.param([a_target("", "1", row=4)], [("target_number_missing", 4)], id="no number"),
        pytest.param(
            [a_target("1-1", "1"), a_target("1-1", "1", row=5)],
            [("target_number_duplicate", 5)],
            id="number twice",
        ),
    ],
)
def test_a_wrong_target_is_named_at_its_row(targets: list[Target], expected: list[tuple[str, int]]) -> None:
    task = replace(a_task("1"), targets=tuple(targets))
    assert found(a_plan(task)) == [(code, at(row, "量化指标")) for code, row in expected]


def test_two_overall_goals_with_one_number_are_named() -> None:
    goals = (Goal("1", "甲", place=at(6, "说明")), Goal("1", "乙", place=at(7, "说明")))
    assert found(replace(a_plan(a_task("1")), goals=goals)) == [("goal_number_duplicate", at(7, "说明"))]


# ---- units -------------------------------------------------------------------------------------


def test_a_unit_without_tasks_is_noted() -> None:
    units = (Unit("市科技局"), Unit("市统计局", place=at(3, "单位")), Unit("有关方面", UnitKind.OPEN))
    finding = only(a_plan(a_task("1"), units=units))
    assert (finding.kind.code, finding.place, finding.unit) == (
        "unit_without_tasks",
        at(3, "单位"),
        "市统计局",
    )


def test_a_group_without_members_gets_one_workbook_and_plan_check_says_so() -> None:
    units = (Unit("各区、县级市政府", UnitKind.GROUP, place=at(2, "单位")),)
    finding = only(a_plan(a_task("1", "各区、县级市政府"), units=units))
    assert (finding.kind.code, finding.place) == ("group_without_members", at(2, "单位"))
    assert "将作为一个整体下发一份填报表" in finding.message


def test_an_open_phrase_is_noted_once_for_all_its_tasks() -> None:
    units = (Unit("市科技局"), Unit("各有关单位", UnitKind.OPEN))
    tasks = [a_task(str(number), support="各有关单位", row=number) for number in range(2, 13)]
    finding = only(a_plan(*tasks, units=units))
    assert (finding.kind.code, finding.place, finding.task) == ("unit_open", at(2), "2")
    assert finding.message == "“各有关单位”是泛指（见任务2、3、4、5、6、7、8、9等），不下发填报表。"


def test_a_unit_missing_from_the_list_is_noted_where_it_stands() -> None:
    finding = only(a_plan(a_task("1"), a_task("2", support="市审计局", row=3), units=(Unit("市科技局"),)))
    assert (finding.kind.code, finding.place, finding.unit) == ("unit_not_listed", at(3), "市审计局")
    assert finding.values["field"] == "support"


def test_a_unit_listed_twice_is_an_error_at_the_second_row() -> None:
    units = (Unit("市科技局", place=at(2, "单位")), Unit("市科技局", place=at(8, "单位")))
    assert found(a_plan(a_task("1"), units=units)) == [("unit_duplicate", at(8, "单位"))]


@pytest.mark.parametrize(
    ("members", "codes"),
    [
        (("临江区政府", "临江区政府"), ["member_duplicate"]),
        (("临江区政府", " "), ["member_empty"]),
        (("临江区政府", "各区"), ["member_of_itself"]),
    ],
)
def test_wrong_members_are_named(members: tuple[str, ...], codes: list[str]) -> None:
    units = (Unit("各区", UnitKind.GROUP, members=members, place=at(2, "单位")),)
    assert found(a_plan(a_task("1", "各区"), units=units)) == [(code, at(2, "单位")) for code in codes]


def test_members_beside_the_wrong_kind_are_asked_about() -> None:
    units = (Unit("各区", members=("临江区政府",), place=at(2, "单位")),)
    assert found(a_plan(a_task("1", "各区"), units=units)) == [("members_of_single_unit", at(2, "单位"))]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (Alias("市科委"), Alias("市科委")),
        (Alias("市科委", 2000, 2018), Alias("市科委", 2018, None)),
        (Alias("市教育局"), Alias("市教委")),
    ],
    ids=["both always", "one year in common", "the alias is the name of the other"],
)
def test_an_alias_of_two_units_is_asked_about(first: Alias, second: Alias) -> None:
    units = (
        Unit("市科技局", aliases=(first,), place=at(2, "单位")),
        Unit("市教育局", aliases=(second,), place=at(3, "单位")),
    )
    plan = a_plan(a_task("1", "市科技局", "市教育局"), units=units)
    assert found(plan) == [("alias_shared", at(2, "单位"))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("市场监管局", "市市场监管局"),
        ("教育局", "市教育局"),
        ("市发展改革委", "市发改展革委"),
        ("市市场监管局", "市市场监督局"),
        ("市文化广电旅游局", "市文化广电旅局"),
        ("市委宣传部（市版权局）", "市委宣传部(市版权局)"),
        ("市科技局", "市 科技局"),
    ],
)
def test_names_one_slip_apart_are_noted_and_never_merged(one: str, other: str) -> None:
    task = Task("1", (), "开展评审。", (one,), (other,), place=at(2))
    units = (Unit(one, place=at(2, "单位")), Unit(other, place=at(3, "单位")))
    finding = only(a_plan(task, units=units))
    assert (finding.kind.code, finding.place) == ("names_alike", at(3, "单位"))
    assert (finding.values["found"], finding.values["expected"]) == (other, one)
    assert finding.kind.severity is Severity.NOTE


def test_a_name_like_a_listed_one_is_noted_at_its_task() -> None:
    plan = a_plan(a_task("1"), a_task("2", "科技局", row=3), units=(Unit("市科技局"),))
    assert found(plan) == [("unit_not_listed", at(3)), ("names_alike", at(3))]


# ---- the rules as a whole ----------------------------------------------------------------------


def test_every_kind_has_its_own_code_and_a_remedy() -> None:
    codes = [kind.code for kind in KINDS]
    assert len(codes) == len(set(codes)) >= len(RULES)
    assert [kind.code for kind in KINDS if not kind.remedy or not kind.says.endswith("。")] == []


def test_the_order_of_tasks_does_not_change_what_is_found() -> None:
    tasks = [a_task("1", "", row=2), a_task("2", "市科技局", "市科技局", row=3), a_task("3", "科技局", row=4)]
    codes = sorted(code for code, _ in found(a_plan(*tasks)))
    assert sorted(code for code, _ in found(a_plan(*reversed(tasks)))) == codes
    assert codes == ["lead_missing", "names_alike", "unit_in_both_roles"]
