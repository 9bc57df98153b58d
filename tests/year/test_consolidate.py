"""One line per task from many departments: joint status, silence, figures against targets, sums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

import pytest
from builders.year import answered
from hypothesis import example, given
from hypothesis import strategies as st

from reporting.language.wording import shares
from reporting.ledger import plan_id
from reporting.model import (
    Comparator,
    Consolidation,
    Issue,
    Plan,
    Role,
    Standing,
    Target,
    Task,
    TaskLine,
    Unit,
    UnitLine,
    Verdict,
)
from reporting.office.form import Form
from reporting.office.settings import Dates, Settings
from reporting.plan.share_out import distribute
from reporting.plan.words import is_reached
from reporting.year.consolidate import consolidate

DUE = date(2026, 12, 20)
SETTINGS = Settings(year=2026, dates=Dates(issue=date(2026, 12, 1), due=DUE, data_as_of=date(2026, 11, 30)))
Answers = Mapping[str, tuple[str, float | None]]
"""Task number to status and progress."""


def task(number: str, lead: str, support: str = "", category: str = "一、总则") -> Task:
    def names(text: str) -> tuple[str, ...]:
        return tuple(text.split("、")) if text else ()

    return Task(number, (category,), f"任务{number}的内容。", names(lead), names(support))


def returned(
    unit: str,
    answers: Answers,
    verdict: Verdict = Verdict.ACCEPTED,
    received: datetime = datetime(2026, 12, 10, 9),
    targets: Mapping[str, float] | None = None,
) -> Standing:
    """A return in the book, with a row for each answer."""
    tasks = {
        number: {
            "status": (status, status),
            "progress": ("" if progress is None else str(progress), progress),
            "result": (f"{unit}说的话", f"{unit}说的话"),
        }
        for number, (status, progress) in answers.items()
    }
    figures = {number: {"value": (str(value), value)} for number, value in (targets or {}).items()}
    return Standing(received, f"{unit}.xlsx", unit, unit, verdict, 1, None, 0, answered(tasks, figures))


def put_together(form: Form, tasks: Sequence[Task], standings: Sequence[Standing], today: date = DUE) -> Consolidation:
    plan = Plan("方案", "办公室", 2026, None, tuple(tasks), (Unit("甲局"), Unit("乙局"), Unit("丙局")))
    issue = Issue(datetime(2026, 12, 1, 12), 2026, plan_id(plan), "方案", "办公室", DUE, plan, ())
    return consolidate(issue, distribute(plan), standings, SETTINGS, form, today)


def only_task(form: Form, answers: Mapping[str, tuple[str, float | None]], lead: str = "甲局、乙局") -> TaskLine:
    """The line of one task, led by several, after these units answered."""
    standings = [returned(unit, {"1": answer}) for unit, answer in answers.items()]
    (line,) = put_together(form, [task("1", lead, "丙局")], standings).tasks
    return line


# ---- joint status ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "joint"),
    [
        pytest.param(("已完成", 100), ("已完成", 100), ("已完成", 100), id="both have done"),
        pytest.param(("已完成", 100), ("基本完成", 95), ("基本完成", 95), id="done and almost done"),
        pytest.param(("已完成", 100), ("持续推进", 60), ("持续推进", 60), id="done and under way"),
        pytest.param(("持续推进", 80), ("滞后", 90), ("滞后", 80), id="behind weighs more than little progress"),
        pytest.param(("滞后", 40), ("未启动", 0), ("未启动", 0), id="of two behind the less advanced"),
        pytest.param(("滞后", 40), ("未启动", 40), ("未启动", 40), id="of two equals the later in the list"),
        pytest.param(("调整取消", None), ("已完成", 100), ("已完成", 100), id="cancelled weighs least"),
        pytest.param(("不适用", None), ("不适用", None), ("不适用", None), id="nobody has a figure"),
        pytest.param(("持续推进", None), ("已完成", 100), ("持续推进", 100), id="a blank figure is no zero"),
    ],
)
def test_the_least_advanced_lead_decides(
    form: Form, first: tuple[str, float | None], second: tuple[str, float | None], joint: tuple[str, float | None]
) -> None:
    for units in (("甲局", "乙局"), ("乙局", "甲局")):
        line = only_task(form, dict(zip(units, (first, second), strict=True)))
        assert (line.status, line.progress) == joint


def test_a_supporting_unit_never_decides(form: Form) -> None:
    line = only_task(form, {"甲局": ("已完成", 100), "乙局": ("已完成", 100), "丙局": ("未启动", 0)})
    assert line.status == "已完成"
    assert [report.unit for report in line.supporters] == ["丙局"]


def test_a_supporting_unit_alone_makes_no_status(form: Form) -> None:
    line = only_task(form, {"丙局": ("已完成", 100)})
    assert (line.status, line.progress) == ("未报送", None)
    assert [report.unit for report in line.reports] == ["丙局"]


def test_where_nobody_leads_all_supporters_decide(form: Form) -> None:
    standings = [returned("甲局", {"1": ("已完成", 100)}), returned("乙局", {"1": ("滞后", 30)})]
    (line,) = put_together(form, [task("1", "", "甲局、乙局")], standings).tasks
    assert (line.status, line.progress) == ("滞后", 30)


def test_silent_units_are_named_with_their_roles(form: Form) -> None:
    line = only_task(form, {"甲局": ("已完成", 100)})
    assert line.status == "已完成"
    assert [(each.unit, each.role) for each in line.silent] == [("乙局", Role.LEAD), ("丙局", Role.SUPPORT)]


def test_a_return_that_does_not_mention_the_task_is_silence(form: Form) -> None:
    standings = [returned("甲局", {"2": ("已完成", 100)})]
    first, second = put_together(form, [task("1", "甲局"), task("2", "甲局")], standings).tasks
    assert (first.status, second.status) == ("未报送", "已完成")
    assert [each.unit for each in first.silent] == ["甲局"]


def test_texts_stay_each_units_own(form: Form) -> None:
    line = only_task(form, {"甲局": ("已完成", 100), "乙局": ("已完成", 100)})
    assert [(report.unit, report.result) for report in line.reports] == [("甲局", "甲局说的话"), ("乙局", "乙局说的话")]


@pytest.mark.parametrize("status", ["", "差不多了"], ids=["a blank", "a word of their own"])
def test_a_status_that_the_form_does_not_know_counts_as_none(form: Form, status: str) -> None:
    whole = put_together(form, [task("1", "甲局")], [returned("甲局", {"1": (status, 50)})])
    assert whole.tasks[0].status == "未报送"
    assert whole.tasks[0].reports[0].status == status
    assert whole.categories[0].by_status["未报送"] == 1


# ---- which return counts -----------------------------------------------------------------------------


def test_a_return_that_went_back_is_left_out(form: Form) -> None:
    standings = [returned("甲局", {"1": ("已完成", 100)}, Verdict.RETURNED)]
    assert put_together(form, [task("1", "甲局")], standings).tasks[0].status == "未报送"


def test_a_later_version_that_went_back_takes_nothing_away_from_the_accepted_one(form: Form) -> None:
    standings = [returned("甲局", {"1": ("已完成", 100)}), returned("甲局", {"1": ("滞后", 10)}, Verdict.RETURNED)]
    whole = put_together(form, [task("1", "甲局")], standings)
    assert whole.tasks[0].status == "已完成"
    assert whole.units[0].state == "returned"


def test_the_last_accepted_version_counts(form: Form) -> None:
    standings = [returned("甲局", {"1": ("滞后", 10)}), returned("甲局", {"1": ("已完成", 100)})]
    assert put_together(form, [task("1", "甲局")], standings).tasks[0].status == "已完成"


def test_the_order_in_which_units_answer_does_not_matter(form: Form) -> None:
    tasks = [task("1", "甲局、乙局", "丙局"), task("2", "丙局")]
    standings = [
        returned("甲局", {"1": ("已完成", 100)}),
        returned("乙局", {"1": ("滞后", 20)}),
        returned("丙局", {"1": ("已完成", 100), "2": ("未启动", 0)}),
    ]
    assert put_together(form, tasks, standings) == put_together(form, tasks, standings[::-1])


# ---- units -------------------------------------------------------------------------------------------


def line_of(form: Form, standings: Sequence[Standing], today: date = DUE) -> UnitLine:
    return put_together(form, [task("1", "甲局")], standings, today).units[0]


def test_a_unit_is_on_time_when_its_first_return_was(form: Form) -> None:
    first = returned("甲局", {}, Verdict.RETURNED, datetime(2026, 12, 20, 23, 59))
    second = returned("甲局", {}, Verdict.ACCEPTED, datetime(2026, 12, 27, 9))
    line = line_of(form, [first, second])
    assert (line.on_time, line.received, line.versions, line.times_returned) == (True, datetime(2026, 12, 27, 9), 2, 1)


def test_a_first_return_after_the_due_date_is_not_on_time(form: Form) -> None:
    line = line_of(form, [returned("甲局", {}, received=datetime(2026, 12, 21, 0, 0))])
    assert line.on_time is False


def test_a_superseded_first_version_counts_for_being_on_time(form: Form) -> None:
    first = returned("甲局", {}, Verdict.SUPERSEDED, datetime(2026, 12, 20, 9))
    assert line_of(form, [first, returned("甲局", {}, received=datetime(2026, 12, 22))]).on_time is True


@pytest.mark.parametrize("verdict", [Verdict.DUPLICATE, Verdict.IGNORED, Verdict.UNREADABLE, Verdict.UNIDENTIFIED])
def test_what_is_no_return_makes_nobody_punctual(form: Form, verdict: Verdict) -> None:
    line = line_of(form, [returned("甲局", {}, verdict)], date(2026, 12, 21))
    assert (str(line.state), line.on_time, line.versions) == ("late", None, 0)


def test_errors_are_told_only_while_the_return_is_back(form: Form) -> None:
    wrong = replace(returned("甲局", {}, Verdict.RETURNED), errors=3)
    assert line_of(form, [wrong]).errors == 3
    assert line_of(form, [wrong, returned("甲局", {})]).errors == 0


# ---- targets -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("op", "short", "exact", "beyond"),
    [
        (">=", False, True, True),
        (">", False, False, True),
        ("=", False, True, True),
        ("<=", True, True, False),
        ("<", True, False, False),
        ("growth>=", False, True, True),
    ],
)
def test_a_target_is_reached_by_the_comparator_of_the_plan(
    op: Comparator, short: bool, exact: bool, beyond: bool
) -> None:
    target = Target("1-1", "1", "数量", op, 10, "件")
    assert [is_reached(target, value) for value in (9.9, 10, 10.1)] == [short, exact, beyond]


def _with_target(op: Comparator, value: float) -> Task:
    return replace(task("1", "甲局、乙局", "丙局"), targets=(Target("1-1", "1", "数量", op, value, "件"),))


def test_each_lead_answers_for_a_target_and_nobody_adds_them_up(form: Form) -> None:
    standings = [
        returned("甲局", {"1": ("已完成", 100)}, targets={"1-1": 12}),
        returned("丙局", {"1": ("已完成", 100)}, targets={"1-1": 3}),
    ]
    whole = put_together(form, [_with_target(">=", 10)], standings)
    assert [(each.unit, each.value, each.ratio, each.reached, each.reported) for each in whole.targets] == [
        ("甲局", 12.0, 1.2, True, True),
        ("乙局", None, None, None, False),
    ]


@pytest.mark.parametrize(
    ("op", "goal", "ratio"),
    [
        pytest.param(">=", 10, 0.5, id="more is better"),
        pytest.param("<=", 10, None, id="less is better"),
        pytest.param("<", 10, None, id="strictly less is better"),
        pytest.param(">=", 0, None, id="a goal of zero"),
    ],
)
def test_a_share_of_the_goal_is_told_only_where_it_means_something(
    form: Form, op: Comparator, goal: float, ratio: float | None
) -> None:
    standings = [returned("甲局", {"1": ("滞后", 50)}, targets={"1-1": 5})]
    assert put_together(form, [_with_target(op, goal)], standings).targets[0].ratio == ratio


# ---- sums --------------------------------------------------------------------------------------------


@given(st.lists(st.integers(min_value=0, max_value=100_000), min_size=1, max_size=12))
def test_shares_add_up_to_a_hundred_and_each_is_near_its_own(counts: list[int]) -> None:
    total = sum(counts)
    portions = shares(counts)
    assert round(sum(portions), 6) == (100.0 if total else 0.0)
    greatest = max((count for count in counts if total and count * 1000 % total), default=None)
    for count, portion in zip(counts, portions, strict=True):
        exact = count * 100 / total if total else 0.0
        largest = count == greatest
        assert abs(portion - exact) <= (0.05 * len(counts) if largest else 0.1) + 1e-9
        assert (portion == 0) or count


@given(st.lists(st.integers(min_value=0, max_value=300), min_size=1, max_size=10))
@example([7, 8, 1])  # 43.8, 50.0 and 6.3 make 100.1: half of the whole is 50.0 all the same
@example([1, 1, 6])
def test_a_share_that_is_exact_is_never_bent(counts: list[int]) -> None:
    total = sum(counts)
    for count, portion in zip(counts, shares(counts), strict=True):
        if total and not count * 1000 % total:
            assert portion == count * 100 / total


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ([7, 8, 1], (43.7, 50.0, 6.3)),
        ([1, 1, 1], (33.4, 33.3, 33.3)),
        ([14, 5, 2, 1, 1, 1, 1, 1, 1], (51.9, 18.5, 7.4, 3.7, 3.7, 3.7, 3.7, 3.7, 3.7)),
        ([145, 17, 10, 24, 9], (70.7, 8.3, 4.9, 11.7, 4.4)),
    ],
)
def test_all_others_are_what_a_calculator_says_but_for_the_largest(counts: list[int], told: tuple[float, ...]) -> None:
    assert shares(counts) == told


STATUSES = st.sampled_from(
    ["已完成", "基本完成", "达到序时进度", "持续推进", "滞后", "未启动", "未完成", "调整取消", "不适用", None]
)


@given(st.lists(st.tuples(st.sampled_from(["一、总则", "二、分则", "三、附则"]), STATUSES), min_size=1, max_size=30))
def test_counts_of_statuses_and_categories_add_up_to_the_tasks(
    form: Form, answers: list[tuple[str, str | None]]
) -> None:
    tasks = [task(str(number), "甲局", category=category) for number, (category, _) in enumerate(answers)]
    rows = {str(number): (status, 50.0) for number, (_, status) in enumerate(answers) if status}
    whole = put_together(form, tasks, [returned("甲局", rows)])
    assert sum(share.count for share in whole.statuses) == len(tasks)
    assert round(sum(share.percent for share in whole.statuses), 6) == 100.0
    assert sum(line.total for line in whole.categories) == len(tasks)
    assert len({line.category for line in whole.categories}) == len(whole.categories)
    for line in whole.categories:
        assert sum(line.by_status.values()) == line.total
    for share in whole.statuses:
        assert sum(line.by_status[share.name] for line in whole.categories) == share.count


@pytest.mark.parametrize(
    ("op", "unit", "figures", "expected"),
    [
        pytest.param(">=", "件", (12, 4), (True, None), id="one meets it, the other may be its part"),
        pytest.param(">=", "件", (7, 4), (None, None), id="only together they meet it"),
        pytest.param(">=", "件", (3, 4), (False, False), id="not even together"),
        pytest.param(">=", "件", (12, 11), (True, True), id="each meets it"),
        pytest.param(">=", "%", (6, 5), (False, False), id="percentages do not add up"),
        pytest.param("<=", "天", (12, 4), (None, True), id="a limit kept by one"),
    ],
)
def test_a_target_of_two_leads_is_not_called_missed_where_they_may_share_it(
    form: Form, op: Comparator, unit: str, figures: tuple[float, float], expected: tuple[bool | None, bool | None]
) -> None:
    shared = replace(task("1", "甲局、乙局"), targets=(Target("1-1", "1", "申请量", op, 10, unit),))
    standings = [
        returned(name, {"1": ("已完成", 100)}, targets={"1-1": figure})
        for name, figure in zip(("甲局", "乙局"), figures, strict=True)
    ]
    assert tuple(each.reached for each in put_together(form, [shared], standings).targets) == expected
