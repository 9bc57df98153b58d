"""What was reported a year ago: found again by unit and task, shown beside this year's, never read back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from builders.year import (
    GOOD_ROW,
    PAST,
    SETTINGS,
    expected_of,
    fill,
    issued_file,
    read_and_check,
    recipient_of,
    send,
    small_plan,
    writer_of,
)

from reporting.commands.collect import collect
from reporting.commands.issue import issue
from reporting.ledger import answered_by
from reporting.model import Alias, Answered, Plan, Unit
from reporting.office.form import Form
from reporting.office.workspace import Workspace
from reporting.plan.book.write import write_planbook
from reporting.plan.share_out import distribute
from reporting.returns.check import check_returns
from reporting.returns.rules import LastYear, Past
from reporting.year.last_year import recall

GOOD_RESULT = GOOD_ROW["完成情况"]


def answers_of(form: Form, unit: str = "市教育局") -> Answered:
    """An accepted return of a year ago, as the book keeps it."""
    blank = writer_of(small_plan(), form).issued(recipient_of(small_plan(), unit))
    data = fill(BytesIO(blank), {"1": {"完成情况": "建成机制。"}}, {"1-1": 5, "1-2": "9.5%"})
    sent, _ = read_and_check(data, form, unit)
    return answered_by(sent)


def recalled(before: Plan, accepted: Mapping[str, Answered], now: Plan) -> LastYear:
    return recall(before, accepted, distribute(now).recipients, now.units, 2026)


def changed(plan: Plan, old: str, **changes: Any) -> Plan:
    """A plan with one task changed."""
    return replace(plan, tasks=tuple(replace(each, **changes) if each.number == old else each for each in plan.tasks))


def last_years_plan() -> Plan:
    plan = small_plan()
    first = plan.tasks[0]
    goals = (replace(first.targets[0], value=4), first.targets[1])
    return replace(changed(plan, "1", targets=goals), year=2025)


def test_what_a_unit_reported_is_found_under_this_years_numbers(form: Form) -> None:
    past = recalled(last_years_plan(), {"市教育局": answers_of(form)}, small_plan())
    assert past["市教育局"] == PAST | {
        "1-2": Past(figure=9.5, goal="增长≥8%", value="9.5%"),
        "2": Past(GOOD_RESULT, None, f"已完成，进度 100%。{GOOD_RESULT}"),
    }
    assert past.keys() == {"市教育局"}


CHANGES: list[tuple[str, Callable[[Plan], Plan], bool]] = [
    ("the same task under another number", lambda plan: changed(plan, "1", number="7", targets=()), True),
    (
        "nearly the same words under the same number",
        lambda plan: changed(plan, "1", content=plan.tasks[0].content.replace("培训教师", "共培训教师")),
        True,
    ),
    ("another task under the same number", lambda plan: changed(plan, "1", content="修缮校舍。"), False),
]


@pytest.mark.parametrize(("change", "known"), [each[1:] for each in CHANGES], ids=[e[0] for e in CHANGES])
def test_only_a_task_that_is_surely_the_same_is_taken_for_last_years(
    change: Callable[[Plan], Plan], known: bool, form: Form
) -> None:
    now = change(small_plan())
    past = recalled(last_years_plan(), {"市教育局": answers_of(form)}, now).get("市教育局", {})
    assert (now.tasks[0].number in past) is known


def test_year_in_the_words_of_a_task_makes_no_difference(form: Form) -> None:
    words = "2025年底前建成校园知识产权教育基地，全年开展活动。"
    before = changed(last_years_plan(), "1", content=words)
    now = changed(small_plan(), "1", number="9", content=words.replace("2025", "2026"), targets=())
    assert "9" in recalled(before, {"市教育局": answers_of(form)}, now)["市教育局"]


def test_unit_that_was_renamed_is_known_by_its_old_name_and_merged_ones_are_left_alone(form: Form) -> None:
    now = small_plan()
    renamed = replace(now.units[0], name="市教体局", aliases=(Alias("市教育局"),))
    units: tuple[Unit, ...] = (renamed, *now.units[1:])
    now = replace(changed(now, "1", lead=("市教体局",)), units=units)
    said = answers_of(form)
    assert recalled(last_years_plan(), {"市教育局": said}, now)["市教体局"].keys() >= {"1", "1-1"}
    assert recalled(last_years_plan(), {"市教育局": said, "市教体局": said}, now) == {}


def test_last_years_columns_stand_in_grey_beside_the_table_and_are_not_read_back(form: Form) -> None:
    writer = writer_of(small_plan(), form)
    writer.past = {"市教育局": PAST}
    data = writer.issued(recipient_of(small_plan(), "市教育局"))
    book = openpyxl.load_workbook(BytesIO(data))
    tasks, targets = book["任务填报"], book["量化指标"]
    assert [tasks[cell].value for cell in ("Q6", "Q7", "Q8")] == [
        "上年完成情况（参考）",
        "已完成，进度 100%。建成机制。",
        None,
    ]
    assert [[cell.value for cell in line] for line in targets["I4:J6"]] == [
        ["上年目标值（参考）", "上年完成值（参考）"],
        ["≥4所", "5所"],
        [None, None],
    ]
    assert tasks["Q7"].font.color.rgb == "FF7F7F7F"
    sent, findings = read_and_check(fill(BytesIO(data)), form)
    assert not any(each.is_error for each in findings)
    ((checked, _),) = check_returns([sent], {"市教育局": expected_of("市教育局")}, form, 2026)
    assert "建成机制" not in str(answered_by(checked))


def test_unit_without_a_last_year_has_no_columns_for_it(form: Form) -> None:
    writer = writer_of(small_plan(), form)
    writer.past = {"市教育局": PAST}
    book = openpyxl.load_workbook(BytesIO(writer.issued(recipient_of(small_plan(), "市司法局"))))
    assert book["任务填报"].max_column == 16


def test_next_years_workbooks_show_what_was_accepted(workspace: Workspace) -> None:
    for unit in ("市教育局", "市司法局"):
        send(workspace, f"{unit}.xlsx", fill(issued_file(workspace, unit), targets={"1-1": 7, "1-2": 9}))
    collect(workspace, (), now=datetime(2026, 12, 10, 12))
    (workspace.root / "duban.toml").write_text(SETTINGS.replace("2026", "2027"), encoding="utf-8")
    write_planbook(workspace.root / "plan.xlsx", replace(small_plan(), year=2027))
    again = Workspace(workspace.root)
    issue(again, datetime(2027, 12, 1, 12))
    book = openpyxl.load_workbook(issued_file(again, "市教育局"))
    assert str(book["任务填报"]["Q7"].value).startswith("已完成，进度 100%。已建立机制")
    assert [book["量化指标"][cell].value for cell in ("I5", "J5")] == ["≥6所", "7所"]
    send(again, "2027.xlsx", fill(issued_file(again, "市教育局"), targets={"1-1": 6, "1-2": 9}))
    collected = collect(again, (), now=datetime(2027, 12, 10, 12))
    codes = {each.kind.code for each in collected.outcome.findings}
    assert "result_is_new" in codes
