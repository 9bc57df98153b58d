"""plan diff: every change is told by task and field, and nothing where nothing changed."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from builders.plans import PLAN, drawn_plans, with_task
from builders.year import small_plan
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import cli
from reporting.model import Contact, Deadline, Plan, Target, Task, Unit
from reporting.plan.book.write import write_planbook
from reporting.plan.changes.diff import ChangeKind, diff_plans, in_short


def told(old: Plan, new: Plan) -> list[str]:
    """Every change as ``kind what label`` with its fields."""
    return [
        f"{each.kind}{each.what} {each.label}"
        + "".join(f" [{field.heading}：{field.old}→{field.new}]" for field in each.fields)
        for each in diff_plans(old, new)
    ]


# ---- what is no change ---------------------------------------------------------------------------------


@given(drawn_plans())
def test_a_plan_does_not_differ_from_itself(plan: Plan) -> None:
    assert diff_plans(plan, plan) == ()
    assert in_short(()) == ""


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(drawn_plans(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_is_no_change(plan: Plan, chance: random.Random) -> None:
    tasks, units = list(plan.tasks), list(plan.units)
    chance.shuffle(tasks)
    chance.shuffle(units)
    assert diff_plans(plan, replace(plan, tasks=tuple(tasks), units=tuple(units))) == ()


@given(drawn_plans(), drawn_plans())
def test_what_is_added_one_way_is_removed_the_other_way(one: Plan, other: Plan) -> None:
    def count(old: Plan, new: Plan, kind: ChangeKind) -> int:
        return sum(each.kind is kind for each in diff_plans(old, new))

    assert count(one, other, ChangeKind.ADDED) == count(other, one, ChangeKind.REMOVED)


# ---- what is a change ----------------------------------------------------------------------------------

TARGET = Target("2-1", "2", "普法讲座", ">=", 4, "场", "普法讲座4场以上")
CASES = [
    pytest.param(
        with_task(small_plan(), 1, path=("三、新",)), ["修改任务 2 [类别：一、夯实基础→三、新]"], id="heading"
    ),
    pytest.param(
        with_task(small_plan(), 1, content="开展普法宣传，每月一次。"),
        ["修改任务 2 [工作内容：开展普法宣传，每季度一次。→开展普法宣传，每月一次。]"],
        id="content",
    ),
    pytest.param(
        with_task(small_plan(), 1, lead=("市司法局", "市教育局"), support=()),
        [("修改任务 2 [牵头单位：市司法局→市司法局、市教育局] [配合单位：市教育局、各有关单位→]")],
        id="units",
    ),
    pytest.param(
        with_task(small_plan(), 1, deadline=Deadline("6月底前", "date", date(2026, 6, 30))),
        ["修改任务 2 [完成时限：持续推进（持续）→6月底前（日期 2026-06-30）]"],
        id="deadline",
    ),
    pytest.param(
        with_task(small_plan(), 1, targets=(TARGET,)), ["修改任务 2 [指标2-1：→普法讲座 ≥4 场]"], id="a target added"
    ),
    pytest.param(
        with_task(small_plan(), 0, targets=(replace(small_plan().tasks[0].targets[0], value=8.0, op="growth>="),)),
        ["修改任务 1 [指标1-1 比较：不低于→增长不低于] [指标1-1 目标值：6→8] [指标1-2：培训教师 增长≥8 %→]"],
        id="a target changed and one removed",
    ),
    pytest.param(replace(small_plan(), tasks=small_plan().tasks[1:]), ["删去任务 1"], id="a task removed"),
    pytest.param(with_task(small_plan(), 1, number="4"), ["编号改变任务 2→4"], id="a task numbered otherwise"),
    pytest.param(
        with_task(small_plan(), 1, number="4", content="开展普法宣传， 每季度一次 。", support=()),
        ["修改任务 2→4 [配合单位：市教育局、各有关单位→]"],
        id="a task numbered otherwise and edited; blanks do not count",
    ),
    pytest.param(
        replace(small_plan(), units=(Unit("市教育局", contact=Contact("林晓")), *small_plan().units[1:3])),
        ["修改单位 市教育局 [联系人：林晓 62340011 jyj@lanchuan.example→林晓]", "删去单位 各有关单位"],
        id="units of the list",
    ),
    pytest.param(
        replace(small_plan(), year=2027, issuer=None),
        ["修改说明 印发机关 [印发机关：澜川市知识产权工作领导小组办公室→]", "修改说明 年度 [年度：2026→2027]"],
        id="the plan as a whole",
    ),
]


@pytest.mark.parametrize(("new", "changes"), CASES)
def test_a_change_is_told_by_its_field(new: Plan, changes: list[str]) -> None:
    assert told(small_plan(), new) == changes


def test_a_task_put_in_front_only_renumbers_those_behind_it() -> None:
    def numbered(task: Task, number: str) -> Task:
        targets = tuple(replace(each, number=f"{number}-{at}", task=number) for at, each in enumerate(task.targets, 1))
        return replace(task, number=number, targets=targets)

    first = Task("1", (), "编印普法读本一册。", ("市司法局",), ())
    moved = [numbered(each, str(at)) for at, each in enumerate(small_plan().tasks, 2)]
    new = replace(small_plan(), tasks=(first, *moved))
    assert told(small_plan(), new) == ["新增任务 1", "编号改变任务 1→2", "编号改变任务 2→3", "编号改变任务 3→4"]
    assert in_short(diff_plans(small_plan(), new)) == "新增任务 1；编号改变任务 1→2、2→3、3→4"


def test_goals_and_waiting_measures_are_told_too() -> None:
    goals = (replace(PLAN.goals[0], content="达到8件。"),)
    assert told(PLAN, replace(PLAN, goals=goals, unassigned=())) == [
        "删去任务 11",
        "修改总体目标 1 [内容：到年底，每万人口高价值发明专利达到6件。→达到8件。]",
    ]


def content_of(change_words: str) -> Plan:
    return with_task(small_plan(), 1, content=change_words)


LONG = "开展普法宣传进校园、进企业、进社区，每季度组织一次讲座，全年不少于32000人次参加，并评选普法先进个人。"


def test_of_a_long_text_only_what_differs_is_shown_and_no_half_numbers() -> None:
    new = content_of(LONG.replace("32000", "33000").replace("，并评选普法先进个人", ""))
    ((change,),) = [each.fields for each in diff_plans(content_of(LONG), new)]
    assert change.told.split("；") == [
        "…讲座，全年不少于〔32000→33000〕人次参加。",
        "…3000人次参加〔删去：，并评选普法先进个人〕。",
    ]


def test_of_many_names_those_that_came_and_went_are_shown() -> None:
    names = ("市财政局", "市公安局", "市水务局", "市科技局", "市教育局")
    old = with_task(small_plan(), 1, support=names)
    ((change,),) = [each.fields for each in diff_plans(old, with_task(old, 1, support=(*names[1:], "市商务局")))]
    assert change.told == "增加 市商务局；去掉 市财政局"


def test_a_task_that_is_split_says_where_it_came_from_and_back_where_it_went() -> None:
    first, second = "开展普法宣传进校园、进企业、进社区活动。", "编印知识产权普法读本一万册并免费发放。"
    whole, parts = content_of(first + second), content_of(first)
    split = replace(parts, tasks=(*parts.tasks, Task("4", (), second, ("市司法局",), ())))
    assert [each.origin for each in diff_plans(whole, split)] == ["", "由原任务 2 拆出"]
    assert [each.origin for each in diff_plans(split, whole)] == ["", "并入任务 2"]


def test_a_task_numbered_otherwise_and_reworded_is_the_same_task() -> None:
    tasks = list(content_of(LONG).tasks)
    tasks[1] = replace(tasks[1], number="9", content=LONG.replace("每季度", "每月"))
    (change,) = diff_plans(content_of(LONG), replace(small_plan(), tasks=tuple(tasks)))
    assert (change.label, [each.heading for each in change.fields]) == ("2→9", ["工作内容"])


def test_a_heading_that_changed_above_many_tasks_is_told_once() -> None:
    tasks = tuple(replace(task, path=("三、新",)) for task in small_plan().tasks)
    old = replace(small_plan(), tasks=tuple(replace(task, path=("三、旧",)) for task in tasks))
    assert told(old, replace(small_plan(), tasks=tasks)) == ["修改类别 （任务 1 等 3 项） [类别：三、旧→三、新]"]


# ---- the command ---------------------------------------------------------------------------------------


def run_diff(old: Path, new: Path) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli.app, ["plan", "diff", str(old), str(new)])
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    old, new = tmp_path / "旧.xlsx", tmp_path / "新.xlsx"
    write_planbook(old, small_plan())
    write_planbook(new, with_task(small_plan(), 1, lead=("市教育局",)))
    return old, new


def test_the_command_lists_changes_and_counts_them(files: tuple[Path, Path]) -> None:
    code, said, _ = run_diff(*files)
    assert code == 0
    assert said == (
        "修改  任务 2：开展普法宣传，每季度一次。\n"
        "      牵头单位：市司法局 → 市教育局\n"
        "新.xlsx 与 旧.xlsx 相比，共修改任务 1 项。\n"
    )


def test_the_command_says_that_nothing_changed(files: tuple[Path, Path]) -> None:
    assert run_diff(files[0], files[0]) == (0, "旧.xlsx 与 旧.xlsx 相比，没有改动。\n", "")


def test_a_file_that_is_none_is_one_sentence(files: tuple[Path, Path], tmp_path: Path) -> None:
    code, _, wrong = run_diff(files[0], tmp_path / "没有.xlsx")
    assert code == 2
    assert "找不到“没有.xlsx”" in wrong


def test_documents_are_compared_too_and_written_for_machines(tmp_path: Path) -> None:
    text = "云河市2026年工作任务分解方案\n1.开展宣传。（牵头单位：市教育局）\n"
    text += "2.开展评审。（牵头单位：市科技局）\n"
    old, new, out = (tmp_path / name for name in ("旧.txt", "新.txt", "out.json"))
    old.write_text(text, encoding="utf-8")
    new.write_text(text.replace("市科技局", "市财政局"), encoding="utf-8")
    result = CliRunner().invoke(cli.app, ["plan", "diff", str(old), str(new), "--json", str(out)])
    assert "      牵头单位：市科技局 → 市财政局\n" in result.stdout
    first = json.loads(out.read_text(encoding="utf-8"))[0]
    assert (first["change"], first["what"], first["name"]) == ("changed", "任务", "2")
    assert first["fields"] == [{"field": "牵头单位", "old": "市科技局", "new": "市财政局"}]
