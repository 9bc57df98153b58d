"""Who gets which task, under whatever name the plan wrote it."""

from __future__ import annotations

from dataclasses import replace

from builders.year import small_plan

from reporting.model import Alias, Plan, Role, Target, Task, Unit, UnitKind
from reporting.plan.share_out import Distribution, Recipient, distribute, targets_without_reporter

GROUP = Unit("各区县人民政府", UnitKind.GROUP, members=("临江区人民政府", "云山区人民政府"))
EMPTY_GROUP = Unit("各区县人民政府", UnitKind.GROUP)
OPEN = Unit("各有关单位", UnitKind.OPEN)


def task(number: str, lead: str, support: str = "", targets: int = 0) -> Task:
    """A task with its units written as 甲局、乙局, and some targets."""
    return Task(
        number,
        (),
        f"任务{number}的内容。",
        tuple(lead.split("、")) if lead else (),
        tuple(support.split("、")) if support else (),
        targets=tuple(Target(f"{number}-{i}", number, "数量", ">=", i, "件") for i in range(1, targets + 1)),
    )


def share(*tasks: Task, units: tuple[Unit, ...] = ()) -> Distribution:
    return distribute(Plan("方案", "办公室", 2026, None, tasks, units))


def sheet(recipient: Recipient) -> str:
    """A recipient's workbook in a line: 市教育局 1牵头 2配合."""
    rows = " ".join(f"{each.task.number}{each.role}" for each in recipient.assignments)
    return f"{recipient.ordinal} {recipient.unit} {rows}"


def sheets(distribution: Distribution) -> list[str]:
    return [sheet(each) for each in distribution.recipients]


def test_a_plain_unit_gets_one_workbook_with_all_its_tasks() -> None:
    assert sheets(share(task("1", "甲局"), task("2", "甲局"))) == ["1 甲局 1牵头 2牵头"]


def test_an_open_phrase_gets_none() -> None:
    assert sheets(share(task("1", "甲局", "各有关单位"), units=(Unit("甲局"), OPEN))) == ["1 甲局 1牵头"]


def test_an_open_phrase_that_nobody_listed_gets_none_either() -> None:
    assert sheets(share(task("1", "甲局", "有关单位"), units=(Unit("甲局"),))) == ["1 甲局 1牵头"]


def test_a_group_with_members_gives_each_member_one() -> None:
    assert sheets(share(task("1", "各区县人民政府"), units=(GROUP,))) == [
        "1 临江区人民政府 1牵头",
        "2 云山区人民政府 1牵头",
    ]


def test_a_group_without_members_gets_one_as_a_whole() -> None:
    assert sheets(share(task("1", "各区县人民政府"), units=(EMPTY_GROUP,))) == ["1 各区县人民政府 1牵头"]


def test_a_member_that_is_also_named_itself_gets_one_workbook_with_both() -> None:
    units = (GROUP, Unit("云山区人民政府"))
    tasks = (task("1", "各区县人民政府"), task("2", "云山区人民政府"))
    assert sheets(share(*tasks, units=units)) == ["1 临江区人民政府 1牵头", "2 云山区人民政府 1牵头 2牵头"]


def test_a_member_known_by_another_name_gets_one_workbook_under_its_own() -> None:
    units = (
        Unit("云山区人民政府", aliases=(Alias("云山区政府"),)),
        Unit("各区县", UnitKind.GROUP, members=("云山区政府",)),
    )
    assert sheets(share(task("1", "各区县"), task("2", "云山区人民政府"), units=units)) == [
        "1 云山区人民政府 1牵头 2牵头"
    ]


def test_an_alias_means_the_unit_it_stands_for() -> None:
    units = (Unit("市文化广电旅游局", aliases=(Alias("市文旅局"),)),)
    assert sheets(share(task("1", "市文旅局"), task("2", "市文化广电旅游局"), units=units)) == [
        "1 市文化广电旅游局 1牵头 2牵头"
    ]


def test_lead_tasks_stand_before_supported_ones_each_in_the_order_of_the_plan() -> None:
    tasks = (task("1", "乙局", "甲局"), task("2", "甲局"), task("3", "乙局", "甲局"), task("4", "甲局"))
    assert sheets(share(*tasks, units=(Unit("甲局"), Unit("乙局")))) == [
        "1 甲局 2牵头 4牵头 1配合 3配合",
        "2 乙局 1牵头 3牵头",
    ]


def test_who_leads_a_task_does_not_support_it_too() -> None:
    assert sheets(share(task("1", "甲局", "甲局、乙局"))) == ["1 甲局 1牵头", "2 乙局 1配合"]


def test_who_leads_by_name_and_supports_as_a_member_leads() -> None:
    distribution = share(task("1", "云山区人民政府", "各区县人民政府"), units=(GROUP,))
    assert sheets(distribution) == ["1 临江区人民政府 1配合", "2 云山区人民政府 1牵头"]


def test_a_unit_named_twice_in_one_role_has_the_task_once() -> None:
    units = (Unit("甲局", aliases=(Alias("市甲局"),)),)
    assert sheets(share(task("1", "甲局、市甲局"), units=units)) == ["1 甲局 1牵头"]


def test_numbers_follow_the_list_of_units_and_skip_who_owes_nothing() -> None:
    units = (Unit("丙局"), Unit("闲局"), OPEN, Unit("甲局"))
    assert sheets(share(task("1", "甲局", "丙局"), units=units)) == ["1 丙局 1配合", "2 甲局 1牵头"]


def test_a_unit_that_the_list_lacks_comes_last() -> None:
    assert sheets(share(task("1", "新局", "甲局"), units=(Unit("甲局"),))) == ["1 甲局 1配合", "2 新局 1牵头"]


def test_members_stand_where_their_group_stands_in_the_list() -> None:
    units = (Unit("甲局"), GROUP, Unit("乙局"))
    tasks = (task("1", "乙局", "各区县人民政府"), task("2", "甲局"))
    assert [each.unit for each in share(*tasks, units=units).recipients] == [
        "甲局",
        "临江区人民政府",
        "云山区人民政府",
        "乙局",
    ]


def test_by_task_lists_everybody_responsible_leads_first() -> None:
    distribution = share(task("1", "各区县人民政府", "甲局、各有关单位"), units=(Unit("甲局"), GROUP, OPEN))
    assert [(each.unit, each.role) for each in distribution.by_task["1"]] == [
        ("临江区人民政府", Role.LEAD),
        ("云山区人民政府", Role.LEAD),
        ("甲局", Role.SUPPORT),
    ]


def test_the_targets_of_a_task_are_asked_of_its_leads() -> None:
    first, second = share(task("1", "甲局", "乙局", targets=2)).recipients
    assert [target.number for target in first.targets] == ["1-1", "1-2"]
    assert second.targets == ()


def test_where_nobody_leads_everybody_reports_the_targets() -> None:
    distribution = share(task("1", "", "甲局、乙局", targets=1))
    assert [len(each.targets) for each in distribution.recipients] == [1, 1]
    assert all(each.targets == each.task.targets for each in distribution.by_task["1"])


def of_units(*reporters: str) -> tuple[Target, ...]:
    return tuple(
        Target(f"1-{order}", "1", "口袋公园", ">=", order, "个", reporter=reporter)
        for order, reporter in enumerate(reporters, 1)
    )


def numbers_by_unit(distribution: Distribution) -> dict[str, list[str]]:
    return {each.unit: [target.number for target in each.targets] for each in distribution.recipients}


def test_a_target_with_a_unit_of_its_own_is_asked_of_that_unit_alone() -> None:
    shared = replace(task("1", "甲局", "各区县人民政府"), targets=of_units("", "临江区人民政府", "云山区"))
    distribution = share(shared, units=(Unit("甲局"), GROUP))
    assert numbers_by_unit(distribution) == {"甲局": ["1-1"], "临江区人民政府": ["1-2"], "云山区人民政府": ["1-3"]}
    assert list(targets_without_reporter(Plan("方案", None, None, None, (shared,), (Unit("甲局"), GROUP)))) == []


def test_who_reports_a_share_is_not_asked_for_the_whole() -> None:
    whole, one, other = of_units("", "临江区人民政府", "云山区人民政府")
    targets = (whole, replace(one, name="口袋公园（临江区）"), replace(other, name="口袋公园（云山区）"))
    shared = replace(task("1", "甲局、各区县人民政府"), targets=targets)
    distribution = share(shared, units=(Unit("甲局"), GROUP))
    assert numbers_by_unit(distribution) == {"甲局": ["1-1"], "临江区人民政府": ["1-2"], "云山区人民政府": ["1-3"]}


def test_a_unit_is_meant_by_its_other_name_too() -> None:
    shared = replace(task("1", "甲局", "乙局"), targets=of_units("丙办"))
    distribution = share(shared, units=(Unit("甲局"), Unit("乙局", aliases=(Alias("丙办"),))))
    assert numbers_by_unit(distribution) == {"甲局": [], "乙局": ["1-1"]}


def test_a_target_of_a_unit_that_has_not_the_task_is_asked_of_the_leads() -> None:
    shared = replace(task("1", "甲局", "乙局"), targets=of_units("丁局", "云山区"))
    distribution = share(shared, units=(Unit("甲局"), Unit("乙局"), Unit("丁局")))
    assert numbers_by_unit(distribution) == {"甲局": ["1-1", "1-2"], "乙局": []}
    plan = Plan("方案", None, None, None, (shared,), (Unit("甲局"), Unit("乙局"), Unit("丁局")))
    assert [target.number for _, target in targets_without_reporter(plan)] == ["1-1", "1-2"]


def test_targets_stand_in_the_order_of_the_tasks_above_them() -> None:
    tasks = (task("1", "乙局", "甲局", targets=1), task("2", "甲局", targets=2), task("3", "甲局", targets=1))
    (first, *_) = share(*tasks, units=(Unit("甲局"), Unit("乙局"))).recipients
    assert [target.number for target in first.targets] == ["2-1", "2-2", "3-1"]


def test_a_plan_without_units_in_its_tasks_has_no_recipients() -> None:
    assert share(task("1", ""), units=(Unit("甲局"),)).recipients == ()


def test_every_assignment_stands_in_one_workbook_and_under_its_task() -> None:
    distribution = distribute(small_plan())
    in_books = {(each.unit, row.task.number) for each in distribution.recipients for row in each.assignments}
    by_task = {(each.unit, number) for number, rows in distribution.by_task.items() for each in rows}
    assert in_books == by_task
    assert len(in_books) == sum(len(each.assignments) for each in distribution.recipients) == 7
