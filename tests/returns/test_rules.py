"""The tables in the rules' docstrings, run: each row marked fails breaches that rule and no other."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from typing import Any

import hypothesis
import pytest
from builders.laws import examples
from builders.year import ROOT, office_form
from hypothesis import strategies as st

from reporting.language.values import parse_quantity
from reporting.model import Assignment, Cell, Deadline, Place, Return, Role, Row, Signature, Target, Task
from reporting.model.findings import Finding, Kind, Severity
from reporting.office.form import Form, FormField
from reporting.plan.words import target_texts, task_texts
from reporting.returns import rules
from reporting.returns.catalogue import as_markdown, catalogue
from reporting.returns.check import Against, check_returns
from reporting.returns.check_across import check_across, check_year
from reporting.returns.join import as_issued, even_out, expect
from reporting.returns.reading import noticed
from reporting.returns.reading import read as reader
from reporting.returns.rules import Past, Rule, gather

UNIT = "市教育局"
YEAR = 2026
CONTENT = "建立协调机制，每季度会商一次。"
# a status that goes with every progress, so that a table says no more than it has to
GOOD = {
    "status": "持续推进",
    "progress": "60",
    "result": "已建立机制并按季度会商，办结事项十二件。",
    "problem": "经费未落实。",
    "next_step": "明年3月底前完成。",
    "evidence": "培训照片、签到表",
}
OWN = {"opinion": "同意", "begun": "2026-03-01"}
"""What stands in the columns of an office's own that must be filled in."""
TODAY = date(2026, 12, 10)
HEADER = {"unit": UNIT, "year": "2026", "reporter": "林晓", "phone": "62340011", "auditor": "周正"}


@dataclass(frozen=True)
class Case:
    """One return made of rows of a docstring table."""

    rule: Rule
    passes: bool
    number: int
    rows: tuple[Mapping[str, str], ...]


def read_table(text: str) -> list[dict[str, str]]:
    """The first Markdown table of a text, row by row."""
    lines = [line.strip() for line in text.splitlines() if line.strip().startswith("|")]
    # a docstring shows a control character by its picture
    cells = [[cell.strip(" ").replace("␇", "\x07") for cell in line.strip("|").split("|")] for line in lines]
    return [dict(zip(cells[0], row, strict=True)) for row in cells[2:]]


def test_the_document_of_the_rules_is_that_of_the_catalogue() -> None:
    """Written anew by ``python cli.py rules --doc docs/rules.md``."""
    assert (ROOT / "docs" / "rules.md").read_text(encoding="utf-8") == as_markdown(catalogue())


def docstring(rule: Rule) -> str:
    return importlib.import_module(f"{rules.__name__}.{rule.kind.code}").__doc__ or ""


def cases() -> Iterator[Case]:
    """A return for each row; for a rule about the whole table all rows of the same name form one."""
    header = {field.heading for field in office_form().header}
    for rule in gather():
        table = read_table(docstring(rule))
        about_header = all(heading in header for heading in list(table[0])[1:])
        if rule.scope in ("return", "year") and not about_header:
            for name, group in groupby(table, key=lambda row: row["case"]):
                yield Case(rule, name == "passes", 1, tuple(group))
        else:
            for number, row in enumerate(table, 1):
                yield Case(rule, row["case"] == "passes", number, (row,))


OLDER = "旧表工作内容"
"""A heading of the tables alone: what task 1 was in the workbook that the unit has."""
ATTACHED = "随表文件"
"""A heading of the tables alone: the name of the file that came beside the return."""
SHEETS = "文件中的表"
"""A heading of the tables alone: which of the two tables the return has."""
WHOSE = "单位"
"""A heading of the tables alone: whose row it is, where a rule compares units."""
ABOUT_PLAN = {"方案工作内容": "content", "方案完成时限": "deadline", "方案指标名称": "name"}
LAST_YEAR = {"上年完成情况": "result", "上年完成值": "figure"}
"""Headings of the tables alone: what the plan says of the row's task or target, what the unit said of it."""


def spell_out(text: str) -> str:
    """很长×2001 stands for a text of that length."""
    match = re.fullmatch(r"(.+)×(\d+)", text)
    return (match[1] * int(match[2]))[: int(match[2])] if match else text


def make_row(sheet: str, row: int, texts: Mapping[str, str], fields: Sequence[FormField]) -> Row:
    cells = {
        field.key: Cell(texts.get(field.key, ""), texts.get(field.key) or None, Place("", sheet, row, column))
        for column, field in enumerate(fields, 1)
    }
    number = texts.get("target", texts.get("number", "")) if sheet == "量化指标" else texts.get("number", "")
    return Row(number, cells, Place("", sheet, row))


def progress_rule(status: str, form: Form) -> str:
    return form.statuses[status].progress if status in form.statuses else ""


@dataclass
class Setting:
    """What surrounds the rows of a table: the plan's tasks 1 and 2, a target of task 1, last year."""

    tasks: dict[str, Task]
    older: str | None = None
    past: dict[str, Past] = field(default_factory=dict)

    @property
    def assignments(self) -> list[Assignment]:
        return [Assignment(task, UNIT, Role.LEAD, task.targets) for task in self.tasks.values()]


def setting_of(rows: Sequence[Mapping[str, str]]) -> Setting:
    """The plan as the table has it, and as it is in every table that says nothing about it."""
    measure = next((row["计量单位"] for row in rows if "计量单位" in row), "件")
    target = Target("1-1", "1", "专利", ">=", 10, measure)
    setting = Setting(
        {
            number: Task(number, ("一、夯实基础",), CONTENT, (UNIT,), (), targets=targets)
            for number, targets in (("1", (target,)), ("2", ()))
        }
    )
    for row in rows:
        number = row.get("任务编号", "1")
        task = setting.tasks.get(number)
        if task is None:
            continue
        setting.older = row.get(OLDER, setting.older)
        changes: dict[str, Any] = {}
        if "方案工作内容" in row:
            changes["content"] = row["方案工作内容"]
        if "方案完成时限" in row:
            month = int(row["方案完成时限"][5:].split("月")[0])
            changes["deadline"] = Deadline(row["方案完成时限"], "date", date(YEAR, month, 28))
        if "方案指标名称" in row:
            changes["targets"] = (replace(target, name=row["方案指标名称"]),)
        setting.tasks[number] = replace(task, **changes)
        if "上年完成情况" in row:
            setting.past[number] = Past(row["上年完成情况"])
        if "上年完成值" in row:
            quantity = parse_quantity(row["上年完成值"])
            setting.past[target.number] = Past(figure=quantity.value if quantity else None)
    return setting


def return_of(rows: Sequence[Mapping[str, str]], setting: Setting, form: Form, unit: str = UNIT) -> Return:
    """The return with these rows; all that they do not mention is filled in well."""
    header_keys = {field.heading: field.key for field in form.header}
    target_keys = {field.heading: field.key for field in form.target if field.key != "number"}
    task_keys = {field.heading: field.key for field in form.task}
    apart = {OLDER, WHOSE, SHEETS, ATTACHED, "case", *ABOUT_PLAN, *LAST_YEAR}
    (target,) = setting.tasks["1"].targets
    header = HEADER | {"unit": unit}
    targets, written = target_texts(target) | {"value": "12"}, []
    for line in rows:
        words = {heading: spell_out(text) for heading, text in line.items() if heading not in apart}
        known = [each for each in words if each in (task_keys | header_keys | target_keys)]
        assert known == list(words), "a heading that no sheet has"
        header |= {header_keys[each]: text for each, text in words.items() if each in header_keys}
        targets |= {target_keys[each]: text for each, text in words.items() if each in target_keys}
        texts = {task_keys[each]: text for each, text in words.items() if each in task_keys}
        if not texts and words.keys() & (header_keys.keys() | target_keys.keys()):
            continue
        number = texts.setdefault("number", "1")
        plan = task_texts(next((a for a in setting.assignments if a.task.number == number), setting.assignments[0]))
        blank = (
            bool(words)
            and not any(text for key, text in texts.items() if key != "number")
            and words.keys() != {"任务编号"}
        )
        progress = {"full": "100", "none": "0"}.get(progress_rule(texts.get("status", ""), form), "60")
        own = OWN if texts.get("status", "—") else {}
        written.append(plan | ({} if blank else GOOD | own | {"progress": progress}) | texts)
    mentioned = {row["number"] for row in written}
    for each in setting.assignments:
        if each.task.number not in mentioned:
            written.append(task_texts(each) | GOOD | OWN)
    sheets = rows[0].get(SHEETS, "任务填报、量化指标")
    if "任务填报" not in sheets:
        written = []
    return Return(
        "",
        "",
        unit,
        Signature(),
        {key: Cell(text, text or None, Place("", "任务填报", 3, n)) for n, (key, text) in enumerate(header.items(), 1)},
        tuple(make_row("任务填报", number, row, form.task) for number, row in enumerate(written, 7)),
        (make_row("量化指标", 5, targets, form.target),) if "量化指标" in sheets else (),
        Place("", "任务填报", 6),
        Place("", "量化指标", 4),
    )


def findings_of(case: Case, form: Form) -> tuple[Finding, ...]:
    """What checking finds in the return, or between the returns, that a case describes."""
    if case.rule.scope == "year":
        return findings_between(case, form)
    setting = setting_of(case.rows)
    sent = return_of(case.rows, setting, form)
    earlier = None
    if setting.older is not None:  # the unit has a workbook of an earlier issue, where task 1 read so
        first, *rest = setting.assignments
        aged = replace(first, task=replace(first.task, content=setting.older))
        earlier = {UNIT: as_issued("2026年12月1日", [aged, *rest])}
    expected = {UNIT: expect(setting.assignments)}
    past = {UNIT: setting.past}
    names = [each[ATTACHED] for each in case.rows if each.get(ATTACHED)]
    ((_, findings),) = check_returns(
        [sent], expected, form, YEAR, Against(earlier or {}, TODAY, past, attached={UNIT: names})
    )
    return findings


def findings_between(case: Case, form: Form) -> tuple[Finding, ...]:
    """What is found between units, each with the rows under its name, in the role given there."""
    setting = setting_of(case.rows)
    leads = tuple(row[WHOSE] for row in case.rows if row.get("角色", "牵头") == "牵头")
    setting.tasks = {number: replace(task, lead=leads) for number, task in setting.tasks.items()}
    returns = []
    for unit, lines in groupby(case.rows, key=lambda row: row[WHOSE]):
        own = list(lines)
        role = Role(own[0].get("角色", "牵头"))
        rows = [{key: text for key, text in row.items() if key not in ("角色", "指标编号")} for row in own]
        assignments = [Assignment(each, unit, role, each.targets) for each in setting.tasks.values()]
        expected = replace(expect(assignments), targets={"1-1": setting.tasks["1"].targets[0]})
        returns.append(even_out(return_of(rows, setting, form, unit), expected, form, 2026))
    found = check_across(returns, {}, form, YEAR)
    return tuple(finding for findings in found for finding in findings)


@pytest.fixture(scope="module")
def rules_form() -> Form:
    """The form with an office's own columns: one with choices, and two more that must be filled in."""
    form = office_form()
    risk, day = form.task_fields["risk"], form.header_fields["filled_on"]
    asked = {"required": "always"}
    opinion = risk.model_copy(
        update={"key": "opinion", "heading": "主管领导意见", "choices": ("同意", "不同意"), **asked}
    )
    begun = day.model_copy(update={"key": "begun", "heading": "开工日期", **asked})
    kept = tuple(field for field in form.task if field.key != "cost")
    return Form.model_validate(form.model_dump() | {"task": (*kept, opinion, begun)})


ALL_CASES = list(cases())


@pytest.mark.parametrize(
    "case",
    [each for each in ALL_CASES if each.passes],
    ids=lambda case: f"row {case.number} of {case.rule.kind.code} holds",
)
def test_row_marked_passes_does_not_breach_the_rule(case: Case, rules_form: Form) -> None:
    codes = [finding.kind.code for finding in findings_of(case, rules_form)]
    assert case.rule.kind.code not in codes


@pytest.mark.parametrize(
    "case",
    [each for each in ALL_CASES if not each.passes],
    ids=lambda case: f"row {case.number} of {case.rule.kind.code} does not hold",
)
def test_row_marked_fails_breaches_exactly_that_rule(case: Case, rules_form: Form) -> None:
    findings = findings_of(case, rules_form)
    assert {finding.kind.code for finding in findings} == {case.rule.kind.code}
    for finding in findings:
        assert_is_sentence(finding.message)
        assert_is_sentence(finding.remedy)
        assert finding.place.part in ("任务填报", "量化指标")


def assert_is_sentence(text: str) -> None:
    assert text.endswith("。"), text
    assert re.search("[一-鿿]", text), text
    assert not re.search(r"[{}]|None|nan", text), text


@pytest.mark.parametrize("rule", gather(), ids=lambda rule: rule.kind.code)
def test_docstring_of_a_rule_has_a_row_that_passes_and_one_that_fails(rule: Rule) -> None:
    assert {row["case"] for row in read_table(docstring(rule))} == {"passes", "fails"}


@pytest.mark.parametrize("rule", gather(), ids=lambda rule: rule.kind.code)
def test_docstring_of_a_rule_opens_with_one_sentence(rule: Rule) -> None:
    first = docstring(rule).split("\n\n")[0]
    assert first.endswith(".")
    assert "\n" not in first


@pytest.mark.parametrize("rule", gather(), ids=lambda rule: rule.kind.code)
def test_rule_has_exactly_one_of_the_four_checks(rule: Rule) -> None:
    assert [rule.column, rule.row, rule.whole, rule.across].count(None) == 3


def test_there_are_rules_of_every_severity_and_enough_of_them() -> None:
    severities = [rule.kind.severity for rule in gather()]
    assert set(severities) == set(Severity)
    assert len(severities) >= 35


def test_no_two_rules_have_the_same_code() -> None:
    codes = [rule.kind.code for rule in gather()]
    assert len(set(codes)) == len(codes)


def test_rule_whose_code_is_not_its_file_name_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    other, module = (importlib.import_module(f"{rules.__name__}.{name}") for name in ("unit_is_right", "year_is_right"))
    monkeypatch.setattr(module, "RULE", other.RULE)
    gather.cache_clear()
    try:
        with pytest.raises(ValueError, match="year_is_right: the code of its rule is unit_is_right"):
            gather()
    finally:
        gather.cache_clear()


def test_a_rule_knows_its_code_without_having_been_gathered() -> None:
    for rule in gather():
        assert importlib.import_module(f"{rules.__name__}.{rule.kind.code}").RULE is rule


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (reader.BROKEN_FILE, {"why": "内容已损坏"}),
        (reader.NO_TABLE, {"found": "Sheet1"}),
        (reader.NO_COLUMN, {"heading": "完成情况"}),
        (reader.ERROR_VALUE, {"heading": "自评分", "found": "#REF!"}),
        (noticed.BEYOND_BOUNDS, {"sheet": "任务填报", "cell": "XFD1048576", "found": "x"}),
    ],
    ids=lambda each: each.code if isinstance(each, Kind) else "",
)
def test_what_the_reader_finds_is_a_sentence_with_something_to_do(kind: Kind, values: dict[str, str]) -> None:
    finding = Finding(kind, values=values)
    assert_is_sentence(finding.message)
    assert_is_sentence(finding.remedy)


# ---- whatever is typed -----------------------------------------------------------------------------------

PIECES = st.sampled_from(
    (
        *("详见附件", "同上", "××", "待补充", "〔2026〕1号", "秘密★", "约", "12", "万", "亿元", "%", "0.8"),
        *("2027年1月", "若干", "{heading}", "{", "}", "无", "已完成", "滞后", "办结", "D:\\", "????", "-", "1e999"),
    )
)
TYPED = st.lists(PIECES | st.text(max_size=4), max_size=4).map("".join)


@examples(25)
@hypothesis.given(st.data())
def test_whatever_is_typed_is_told_in_whole_sentences_at_the_cells_where_it_stands(
    rules_form: Form, data: st.DataObject
) -> None:
    headings = [each.heading for each in (*rules_form.task, *rules_form.target) if each.filled]
    row = {heading: data.draw(TYPED) for heading in dict.fromkeys(headings)} | {"任务编号": "1"}
    setting = setting_of([row])
    sent = return_of([row], setting, rules_form)
    past = {UNIT: {"1": Past(row["完成情况"]), "1-1": Past(figure=1.0)}}
    expected = {UNIT: expect(setting.assignments)}
    ((checked, findings),) = check_year([sent], expected, {}, rules_form, YEAR, Against(today=TODAY, last_year=past))
    cells = {cell.place: cell for each in (*checked.rows, *checked.target_rows) for cell in each.cells.values()}
    for finding in findings:
        assert finding.message.endswith("。")
        assert finding.remedy.endswith("。")
        assert finding.place in cells
        found = finding.values.get("found")
        assert found is None or found == cells[finding.place].raw
    places = [(each.kind.code, each.place) for each in findings]
    assert len(set(places)) == len(places)


def test_words_of_a_delay_without_reason_are_these(rules_form: Form) -> None:
    (case,) = [each for each in ALL_CASES if each.rule.kind.code == "delay_is_explained" and each.number == 3]
    (finding,) = findings_of(case, rules_form)
    assert finding.message == "完成状态为“滞后”，但没有填写存在问题及原因。"
    assert finding.remedy == "请补填存在问题及原因；如完成状态选错，请改正完成状态。"
