"""What plan check says as a whole: what it leaves alone, its sentences, and what no table can show."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from reporting.model import (
    Alias,
    Contact,
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
from reporting.model.findings import Finding
from reporting.plan.check import look_over
from reporting.plan.share_out import distribute


def at(row: int, part: str = "任务") -> Place:
    return Place("plan.xlsx", part, row, 1)


def a_task(number: str, lead: str = "市科技局", support: str = "", row: int = 2, content: str = "开展评审。") -> Task:
    return Task(number, ("一、创造",), content, tuple(lead.split()), tuple(support.split()), place=at(row))


def a_target(number: str, task: str, row: int = 2) -> Target:
    return Target(number, task, "试点企业", ">=", 10, "家", place=at(row, "量化指标"))


def a_unit(name: str, row: int = 2) -> Unit:
    return Unit(name, contact=Contact("林晓"), place=at(row, "单位"))


def a_plan(*tasks: Task, units: tuple[Unit, ...] | None = None, year: int | None = 2026) -> Plan:
    """A plan whose units are all listed unless said otherwise."""
    names = dict.fromkeys(name for task in tasks for name in (*task.lead, *task.support))
    listed = tuple(a_unit(name, row) for row, name in enumerate(names, 2))
    return Plan("澜川市要点", "澜川市办公室", year, "澜办〔2026〕5号", tasks, listed if units is None else units)


def found(plan: Plan, year: int | None = None) -> list[tuple[str, Place]]:
    return [(finding.kind.code, finding.place) for finding in look_over(plan, year)]


def only(plan: Plan) -> Finding:
    (finding,) = look_over(plan)
    return finding


# ---- what must be left alone -------------------------------------------------------------------


def test_a_good_plan_is_left_alone() -> None:
    task = replace(
        a_task("1", "市科技局", "市教育局 各区"),
        deadline=Deadline("2026年底前", "date", date(2026, 12, 31)),
        targets=(a_target("1-1", "1"), a_target("1-2", "1", row=3)),
    )
    units = (
        replace(a_unit("市科技局"), aliases=(Alias("市科委", None, 2018), Alias("市科委办", 2019, None))),
        replace(a_unit("市教育局"), aliases=(Alias("市科委办", None, 2018),)),
        Unit("各区", UnitKind.GROUP, members=("临江区政府", "栖云区政府")),
        a_unit("临江区政府"),
        a_unit("栖云区政府"),
    )
    plan = replace(a_plan(task, units=units), goals=(Goal("1", "总目标"),))
    assert look_over(plan, today=date(2026, 1, 5)) == ()


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


def test_the_year_of_the_work_counts_before_the_year_of_the_plan() -> None:
    task = replace(a_task("1", row=3), deadline=Deadline("2025年底前", "date", date(2025, 12, 31)))
    assert found(a_plan(task, year=2025)) == []
    assert found(a_plan(task, year=2025), year=2026) == [
        ("deadline_before_year", at(3)),
        ("plan_year_differs", Place(part="说明")),
    ]


def test_open_phrases_that_look_alike_are_not_compared() -> None:
    units = (a_unit("市科技局"), Unit("各有关单位", UnitKind.OPEN), Unit("市各有关单位", UnitKind.OPEN))
    plan = a_plan(a_task("1", "市科技局", "各有关单位 市各有关单位"), units=units)
    assert [code for code, _ in found(plan)] == ["unit_open", "unit_open"]


def test_a_name_is_said_to_be_like_three_others_at_most() -> None:
    names = [f"市住房城乡建设{sign}" for sign in "局厅委部办院"]
    tasks = (a_task(str(at), name, row=at) for at, name in enumerate(names, 2))
    plan = a_plan(*tasks, units=tuple(a_unit(name) for name in names))
    alike = [each.unit for each in look_over(plan, 2026) if each.kind.code == "names_alike"]
    assert [alike.count(name) for name in names] == [0, 1, 2, 3, 3, 3]


def test_a_name_like_a_listed_one_is_noted_at_its_task() -> None:
    plan = a_plan(a_task("1"), a_task("2", "科技局", row=3, content="宣传。"), units=(a_unit("市科技局"),))
    assert sorted(found(plan)) == [("names_alike", at(3)), ("unit_not_listed", at(3))]


def test_one_name_in_two_spellings_is_one_unit_and_said_to_be() -> None:
    plan = a_plan(a_task("1", "市IT局"), a_task("2", "市ＩＴ局", row=3, content="宣传。"), units=(a_unit("市IT局"),))
    assert found(plan) == [("names_alike", at(3))]
    assert look_over(plan)[0].message == "单位名称“市ＩＴ局”与“市IT局”非常相近，现按同一单位处理。"
    assert [each.unit for each in distribute(plan).recipients] == ["市IT局"]


def test_names_of_a_task_without_their_ending_are_asked_about() -> None:
    tasks = (a_task("1", "市教育局"), a_task("2", "临江区 北山县人民政府", row=3, content="宣传。"))
    plan = a_plan(*tasks, units=(a_unit("市教育局"),))
    told = {each.kind.code: each for each in look_over(plan)}["name_cut_short"]
    assert (told.place, told.values["field"]) == (at(3), "lead")
    assert told.message == "“临江区”可能没有写全，是不是应为“临江区人民政府”？填报表按这里写的名称下发。"


# ---- sentences ---------------------------------------------------------------------------------


def test_a_number_used_several_times_says_how_often() -> None:
    plan = a_plan(a_task("1"), a_task("1", row=5), a_task("1", row=6))
    assert found(plan) == [("task_number_duplicate", at(5)), ("task_number_duplicate", at(6))]
    assert look_over(plan)[0].message == "任务编号“1”出现了3次。"


def test_a_waiting_measure_counts_among_the_numbers() -> None:
    plan = replace(a_plan(a_task("1")), unassigned=(Measure("1", (), "探索办法。", at(9)),))
    assert sorted(found(plan)) == [("lead_missing", at(9)), ("task_number_duplicate", at(9))]


def test_a_row_without_content_is_named_once() -> None:
    assert found(a_plan(a_task("", "", row=4, content=" "))) == [("content_missing", at(4))]


def test_a_task_without_a_number_is_quoted() -> None:
    finding = only(a_plan(a_task("", content="组织企业开展知识产权管理规范贯标和专题培训辅导活动。")))
    assert finding.kind.code == "task_number_missing"
    assert finding.message == "有一项任务没有编号：“组织企业开展知识产权管理规范贯标和专题培训辅导活…”。"


def test_an_open_phrase_is_noted_once_for_all_its_tasks() -> None:
    units = (a_unit("市科技局"), Unit("各有关单位", UnitKind.OPEN))
    tasks = [a_task(str(number), support="各有关单位", row=number) for number in range(2, 13)]
    finding = only(a_plan(*tasks, units=units))
    assert (finding.kind.code, finding.place, finding.task) == ("unit_open", at(2), "2")
    assert finding.message == "“各有关单位”是泛指（见任务2、3、4、5、6、7、8、9等），不下发填报表。"


def test_a_unit_that_was_renamed_in_one_sheet_alone_is_said_with_both_names() -> None:
    units = (a_unit("市科技创新局"), a_unit("市教育局", row=3))
    plan = a_plan(a_task("1", "市科技局", "市教育局"), units=units)
    finding = next(each for each in look_over(plan) if each.kind.code == "unit_renamed")
    assert (finding.place, finding.values["field"]) == (at(2), "lead")
    assert "而其中的“市科技创新局”没有任务，可能只在一处改了名称" in finding.message


def test_a_target_is_named_by_its_number() -> None:
    target = replace(a_target("1-2", "1", row=7), unit="")
    finding = only(a_plan(replace(a_task("1"), targets=(target,))))
    assert finding.place == at(7, "量化指标")
    assert finding.message == "指标“1-2”没有计量单位。"


def test_the_order_of_tasks_does_not_change_what_is_found() -> None:
    tasks = [a_task("1", "", row=2), a_task("2", "市科技局", "市科技局", row=3), a_task("3", "科技局", row=4)]
    codes = sorted(code for code, _ in found(a_plan(*tasks)))
    assert sorted(code for code, _ in found(a_plan(*reversed(tasks)))) == codes
    assert codes == ["lead_missing", "names_alike", "unit_in_both_roles"]
