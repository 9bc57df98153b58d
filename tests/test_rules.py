"""The tables in the rules' docstrings, run: each row marked fails breaches that rule and no other."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import pytest
from conftest import office_form

from reporting import rules
from reporting.check import as_issued, check_returns, expect
from reporting.files import returns as reader
from reporting.findings import Finding, Kind
from reporting.form import Form, FormField
from reporting.model import Assignment, Cell, Place, Return, Role, Row, Signature, Target, Task
from reporting.plan_texts import target_texts, task_texts
from reporting.rules import Rule, gather

UNIT = "市教育局"
YEAR = 2026
CONTENT = "建立协调机制，每季度会商一次。"
# a status that goes with every progress, so that a table says no more than it has to
GOOD = {
    "status": "持续推进",
    "progress": "60",
    "result": "已建立机制并按季度会商。",
    "problem": "经费未落实。",
    "next_step": "明年3月底前完成。",
}
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
    cells = [[cell.strip(" ") for cell in line.strip("|").split("|")] for line in lines]
    return [dict(zip(cells[0], row, strict=True)) for row in cells[2:]]


def docstring(rule: Rule) -> str:
    return importlib.import_module(f"{rules.__name__}.{rule.kind.code}").__doc__ or ""


def cases() -> Iterator[Case]:
    """A return for each row; for a rule about the whole table all rows of the same name form one."""
    header = {field.heading for field in office_form().header}
    for rule in gather():
        table = read_table(docstring(rule))
        about_header = all(heading in header for heading in list(table[0])[1:])
        if rule.scope == "return" and not about_header:
            for name, group in groupby(table, key=lambda row: row["case"]):
                yield Case(rule, name == "passes", 1, tuple(group))
        else:
            for number, row in enumerate(table, 1):
                yield Case(rule, row["case"] == "passes", number, (row,))


OLDER = "旧表工作内容"
"""A heading of the tables alone: what task 1 was in the workbook that the unit has."""


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


def findings_of(case: Case, form: Form) -> tuple[Finding, ...]:
    """What checking finds in the return that a case describes; all it does not mention is filled in well."""
    header_keys = {field.heading: field.key for field in form.header}
    target_keys = {field.heading: field.key for field in form.target if field.key != "number"}
    task_keys = {field.heading: field.key for field in form.task}
    measure = next((row["计量单位"] for row in case.rows if "计量单位" in row), "件")
    target = Target("1-1", "1", "专利", ">=", 10, measure)
    assignments = [
        Assignment(Task(number, ("一、夯实基础",), CONTENT, (UNIT,), (), targets=targets), UNIT, Role.LEAD)
        for number, targets in (("1", (target,)), ("2", ()))
    ]
    header, targets, written = dict(HEADER), target_texts(target) | {"value": "12"}, []
    earlier = None
    for line in case.rows:
        words = {heading: spell_out(text) for heading, text in line.items() if heading != "case"}
        older = words.pop(OLDER, None)
        if older is not None:  # the unit has a workbook of an earlier issue, where task 1 read so
            first = assignments[0]
            aged = replace(first, task=replace(first.task, content=older))
            earlier = {UNIT: as_issued("2026年12月1日", [aged, *assignments[1:]])}
        header |= {header_keys[each]: text for each, text in words.items() if each in header_keys}
        targets |= {target_keys[each]: text for each, text in words.items() if each in target_keys}
        known = [each for each in words if each in (task_keys | header_keys | target_keys)]
        assert known == list(words), "a heading that no sheet has"
        if "任务编号" in words or not (words.keys() & (header_keys.keys() | target_keys.keys())):
            number = words.get("任务编号", "1")
            plan = task_texts(next((a for a in assignments if a.task.number == number), assignments[0]))
            texts = {task_keys[each]: text for each, text in words.items()}
            blank = not any(text for key, text in texts.items() if key != "number")
            progress = {"full": "100", "none": "0"}.get(progress_rule(texts.get("status", ""), form), "60")
            written.append(
                plan | ({} if blank else GOOD | {"progress": progress}) | {"number": number} | texts
            )
    mentioned = {row["number"] for row in written}
    for each in assignments:
        if each.task.number not in mentioned:
            written.append(task_texts(each) | GOOD)
    sent = Return(
        "",
        "",
        UNIT,
        Signature(),
        {
            key: Cell(text, text or None, Place("", "任务填报", 3, n))
            for n, (key, text) in enumerate(header.items(), 1)
        },
        tuple(make_row("任务填报", number, row, form.task) for number, row in enumerate(written, 7)),
        (make_row("量化指标", 5, targets, form.target),),
        Place("", "任务填报", 6),
        Place("", "量化指标", 4),
    )
    ((_, findings),) = check_returns([sent], {UNIT: expect(assignments)}, form, YEAR, earlier)
    return findings


@pytest.fixture(scope="module")
def rules_form() -> Form:
    """The form with an office's own column with choices; its other own column would be one more blank."""
    form = office_form()
    return form.model_copy(update={"task": tuple(field for field in form.task if field.key != "cost")})


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
def test_rule_has_exactly_one_of_the_three_checks(rule: Rule) -> None:
    assert [rule.column, rule.row, rule.whole].count(None) == 2


def test_no_two_rules_have_the_same_code() -> None:
    codes = [rule.kind.code for rule in gather()]
    assert len(set(codes)) == len(codes) >= 19


def test_rule_whose_code_is_not_its_file_name_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    module = importlib.import_module("reporting.rules.year_is_right")
    kind = Kind("year_is_wrong", module.RULE.kind.severity, "。", "。")
    monkeypatch.setattr(module, "RULE", Rule(kind, whole=module.RULE.whole))
    gather.cache_clear()
    try:
        with pytest.raises(ValueError, match="year_is_right: the code of its rule is year_is_wrong"):
            gather()
    finally:
        gather.cache_clear()


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (reader.BROKEN_FILE, {"why": "内容已损坏"}),
        (reader.NO_TABLE, {"found": "Sheet1"}),
        (reader.NO_COLUMN, {"heading": "完成情况"}),
        (reader.ERROR_VALUE, {"heading": "自评分", "found": "#REF!"}),
        (reader.BEYOND_BOUNDS, {"sheet": "任务填报", "found": "6000", "expected": "5000"}),
    ],
    ids=lambda each: each.code if isinstance(each, Kind) else "",
)
def test_what_the_reader_finds_is_a_sentence_with_something_to_do(kind: Kind, values: dict[str, str]) -> None:
    finding = Finding(kind, values=values)
    assert_is_sentence(finding.message)
    assert_is_sentence(finding.remedy)


def test_words_of_a_delay_without_reason_are_these(rules_form: Form) -> None:
    (case,) = [each for each in ALL_CASES if each.rule.kind.code == "delay_is_explained" and each.number == 3]
    (finding,) = findings_of(case, rules_form)
    assert finding.message == "完成状态为“滞后”，但没有填写存在问题及原因。"
    assert finding.remedy == "请补填存在问题及原因；如完成状态选错，请改正完成状态。"
