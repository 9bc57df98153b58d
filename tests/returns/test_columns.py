"""Columns are checked as columns: typed once, over all returns, and nothing hides what stands beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from builders.laws import examples
from builders.year import EDUCATION, ROOT, expected_of
from hypothesis import assume, given
from hypothesis import strategies as st

from reporting.language.values import as_text
from reporting.model import Assignment, Cell, Place, Return, Role, Row, Signature, Task, Value
from reporting.office.form import Form, load_form
from reporting.plan.words import task_texts
from reporting.returns.check import check_returns, tables_of
from reporting.returns.join import Expected, even_out, expect
from reporting.returns.rules import gather

GOOD: dict[str, Value] = {
    "status": "持续推进",
    "progress": 60,
    "result": "已建立机制并按季度会商，办结事项十二件。",
    "evidence": "培训照片、签到表",
}
HEADER = {"unit": EDUCATION, "year": "2026", "reporter": "林晓", "phone": "62340011", "auditor": "周正"}
OWN = """
[[task]]
key = "cost"
heading = "投入经费(万元)"
type = "number"
min = 0

[[task]]
key = "risk"
heading = "风险等级"
choices = ["高", "中", "低"]

[[task]]
key = "rate"
heading = "资金到位率"
type = "percent"
max = 100

[[task]]
key = "opened"
heading = "启用日期"
type = "date"

[[task]]
key = "place"
heading = "实施地点"
max_length = 6

# ---- 量化指标 ---"""


@pytest.fixture(scope="module")
def own_form() -> Form:
    """The form with columns of every type that an office added."""
    text = (ROOT / "templates" / "form.toml").read_text(encoding="utf-8")
    return load_form(text.replace("\n# ---- 量化指标 ---", OWN, 1))


def return_of(rows: Sequence[dict[str, Value]], form: Form, unit: str = EDUCATION) -> tuple[Return, Expected]:
    """A return with a task for each row, good but for what the row says, and what was asked."""
    asked = [
        Assignment(Task(str(n), ("一、夯实基础",), f"推进第{n}项工作。", (unit,), ()), unit, Role.LEAD)
        for n in range(1, len(rows) + 1)
    ]
    made = []
    for line, (each, words) in enumerate(zip(asked, rows, strict=True), 7):
        texts: dict[str, Value] = {**task_texts(each), **GOOD, **words}
        cells = {
            field.key: Cell(as_text(texts.get(field.key)), texts.get(field.key), Place("a.xlsx", "任务填报", line, at))
            for at, field in enumerate(form.task, 1)
        }
        made.append(Row(each.task.number, cells, Place("a.xlsx", "任务填报", line)))
    header = {key: Cell(text, text, Place("a.xlsx", "任务填报", 3, n)) for n, (key, text) in enumerate(HEADER.items())}
    sheet = Place("a.xlsx", "任务填报", 6)
    return Return("a.xlsx", "", unit, Signature(), header, tuple(made), (), sheet), expect(asked)


def told(rows: Sequence[dict[str, Value]], form: Form) -> list[tuple[str, str]]:
    sent, expected = return_of(rows, form)
    ((_, findings),) = check_returns([sent], {EDUCATION: expected}, form, 2026)
    return [(each.kind.code, each.place.cell) for each in findings]


@pytest.mark.parametrize("text", ["八成", "", "#REF!", "=1+2", "2026年3月", "80分", True, date(2026, 3, 1)])
def test_a_text_in_a_column_of_figures_hides_no_figure_beside_it(text: Value, form: Form) -> None:
    progress: list[Value] = [1200, text, -5, "１３００％", text, 4000, 60]
    found = told([{"progress": each} for each in progress], form)
    assert [cell for code, cell in found if code == "figure_in_range"] == ["I7", "I9", "I10", "I12"]


def test_columns_that_an_office_added_are_checked_without_a_line_of_code(own_form: Form) -> None:
    rows: list[dict[str, Value]] = [
        {"cost": -3, "risk": "高", "rate": "85%", "opened": "2026-05-01", "place": "老城区"},
        {"cost": "很多", "risk": "较高", "rate": 120, "opened": "上个月", "place": "老城区和新城区"},
        {"cost": "约30", "risk": "　低", "rate": 0.8, "opened": 46000, "place": "待补充"},
    ]
    assert told(rows, own_form) == [
        ("figure_is_exact", "P7"),
        ("figure_is_exact", "P8"),
        ("text_is_unmistakable", "Q8"),
        ("figure_is_exact", "R8"),
        ("date_is_unmistakable", "S8"),
        ("text_is_short_enough", "T8"),
        ("figure_is_exact", "P9"),
        ("figure_is_exact", "R9"),
        ("placeholder_is_replaced", "T9"),
    ]


def test_a_cell_that_cannot_be_used_is_told_once_and_not_read_as_words(own_form: Form) -> None:
    assert told([{"place": "同上××个部门待补充"}], own_form) == [("text_is_short_enough", "T7")]


ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-300, 300),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(date(1950, 1, 1), date(2100, 1, 1)),
    st.text(max_size=8),
    st.sampled_from(["八成", "约80", "0.8", "80%", "=1+1", "#N/A", "12月底", "全年", "较高", "同上", "无", "　"]),
)
FILLED = ("status", "progress", "result", "evidence", "self_score", "cost", "risk", "rate", "opened", "place")


@pytest.mark.slow
@examples(40)
@given(rows=st.lists(st.fixed_dictionaries({}, optional=dict.fromkeys(FILLED, ANYTHING)), min_size=2, max_size=6))
def test_what_is_found_in_a_row_depends_on_no_other_row(own_form: Form, rows: list[dict[str, Value]]) -> None:
    assume(all(row.get("status") != "同上" for row in rows))  # which means the row above
    sheet = {rule.kind.code for rule in gather() if rule.scope in ("column", "row")}
    together = [(code, cell) for code, cell in told(rows, own_form) if code in sheet and cell[-1] != "3"]
    alone = []
    for at, row in enumerate(rows):
        others: list[dict[str, Value]] = [{} for _ in rows]
        others[at] = row
        alone += [each for each in told(others, own_form) if each[0] in sheet and each[1][1:] == str(7 + at)]
    assert sorted(together) == sorted(alone)


@examples(40)
@given(value=ANYTHING)
def test_a_rule_that_names_its_rows_by_columns_is_asked_of_no_other(own_form: Form, value: Value) -> None:
    """What a rule of rows has to say of all rows it says of those that its columns name."""
    rows: list[dict[str, Value]] = [{key: value} for key in FILLED]
    sent, expected = return_of(rows, own_form)
    tasks, targets, _ = tables_of([even_out(sent, expected, own_form, 2026)], own_form, 2026)
    assert len(tasks.rows) == len(rows)
    assert targets.rows == []
    for rule in gather():
        if rule.where is not None:
            assert len(rule.where(tasks)) == len(rows)
            assert len(rule.where(targets)) == 0


def test_a_run_without_rows_finds_nothing_in_them(form: Form) -> None:
    assert check_returns([], {}, form, 2026) == []
    sent, _ = return_of([], form)
    ((_, findings),) = check_returns([sent], {EDUCATION: expected_of(EDUCATION)}, form, 2026)
    assert {each.kind.code for each in findings} == {"both_tables_are_sent"}


def test_each_failure_is_led_back_to_the_return_it_stands_in(form: Form) -> None:
    sent, expected = {}, {}
    for n, unit in enumerate(("市教育局", "市司法局", "市财政局"), 1):
        made, asked = return_of([{}, {"progress": 100 + n}], form, unit)
        header = {**made.header, "unit": replace(made.header["unit"], raw=unit, value=unit)}
        sent[unit], expected[unit] = replace(made, header=header), asked
    checked = check_returns(list(sent.values()), expected, form, 2026)
    assert [
        (each.unit, [(found.unit, found.place.cell, found.values["found"]) for found in findings])
        for each, findings in checked
    ] == [(unit, [(unit, "I8", str(100 + n))]) for n, unit in enumerate(sent, 1)]
