"""The tables in the plan rules' docstrings, run: each is typed into a plan.xlsx, read and looked at."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook

from reporting.files.file_type import FileType
from reporting.files.sheets.open import read_exactly
from reporting.model.findings import Finding, Severity
from reporting.plan import rules as plan_rules
from reporting.plan.book.read import read_sheets
from reporting.plan.book.sheets import ABOUT, ABOUT_KEYS, COLUMNS, GOAL, TARGETS, TASKS, UNITS, split_names
from reporting.plan.check import look_over
from reporting.plan.rules import PlanRule, gather

TODAY = date(2026, 7, 15)
TITLE = {"方案名称": "云河市2026年工作要点", "印发机关": "云河市办公室", "文号": "", "年度": "2026"}
Words = Mapping[str, str]
HEADINGS = {name: [column.heading for column in columns] for name, columns in COLUMNS.items()}
OWN = {
    name: {each for each in headings if sum(each in other for other in HEADINGS.values()) == 1}
    for name, headings in HEADINGS.items()
}
"""The headings that one sheet alone has; 任务编号 and 备注 stand in several."""


@dataclass(frozen=True)
class Case:
    """One plan.xlsx made of rows of a docstring table, and the cells at which the rule must speak."""

    rule: PlanRule
    passes: bool
    number: int
    rows: tuple[Words, ...]
    at: tuple[str, ...]


def docstring(rule: PlanRule) -> str:
    return importlib.import_module(f"{plan_rules.__name__}.{rule.kind.code}").__doc__ or ""


def table_rows(text: str) -> list[dict[str, str]]:
    """The rows of the Markdown table in a text."""
    lines = [line.strip() for line in text.splitlines() if line.strip().startswith("|")]
    cells = [[cell.strip(" ") for cell in line.strip("|").split("|")] for line in lines]
    return [dict(zip(cells[0], row, strict=True)) for row in cells[2:]]


def cases() -> Iterator[Case]:
    """A row without a case belongs to the plan of the row above it."""
    for rule in gather():
        plans: list[list[dict[str, str]]] = []
        for row in table_rows(docstring(rule)):
            plans += [[row]] if row["case"] else []
            plans[-1:] = [plans[-1] if row["case"] else [*plans[-1], row]]
        for number, rows in enumerate(plans, 1):
            at = tuple(row["at"] for row in rows if row["at"])
            yield Case(rule, rows[0]["case"] == "passes", number, tuple(rows), at)


def spell_out(text: str) -> str:
    """很长×2001 stands for a text of that length."""
    match = re.fullmatch(r"(.+)×(\d+)", text)
    return (match[1] * int(match[2]))[: int(match[2])] if match else text


def make_book(rows: tuple[Words, ...]) -> Workbook:
    """A plan.xlsx with these rows, in which all that is not mentioned is as it should be."""
    sheets: dict[str, list[dict[str, str]]] = {TASKS: [], TARGETS: [], UNITS: []}
    about, goals = dict(TITLE), []
    mentioned = {heading for row in rows for heading in row if heading not in ("case", "at")}
    for row in rows:
        words = {heading: spell_out(row[heading]) for heading in mentioned}
        about |= {key: words[key] for key in ABOUT_KEYS if key in words}
        goals += [words["总体目标"]] if "总体目标" in words else []
        if mentioned & OWN[TARGETS]:
            sheets[TARGETS].append(GOOD_TARGET | words)
        elif any(words.get(heading) for heading in (OWN[TASKS] | {"任务编号"}) & mentioned):
            count = len(sheets[TASKS]) + 1
            good = {"任务编号": str(count), "工作内容": f"开展第{count}次评审，并公布结果。"}
            sheets[TASKS].append(good | {"类别": "一、创造", "牵头单位": "市科技局"} | words)
        if words.get("单位名称"):
            good = {"类型": "单位", "联系人": "林晓"}
            sheets[UNITS].append(good | words)
    if sheets[UNITS] and not sheets[TASKS] and all(row["类型"] == "泛指" for row in sheets[UNITS]):
        sheets[UNITS].append({"单位名称": "市科技局", "类型": "单位", "联系人": "林晓"})
    names = dict.fromkeys(row["单位名称"] for row in sheets[UNITS] if row["类型"] != "泛指")
    leads = "\n".join(f"“{name}”" for name in names)
    if not sheets[TASKS] and ("任务编号" not in mentioned or sheets[TARGETS]):
        good = {"任务编号": "1", "工作内容": "开展评审。", "牵头单位": leads or "市科技局"}
        sheets[TASKS].append({"类别": "一、创造", **good})
    if not sheets[UNITS]:
        written = (row.get(heading, "") for row in sheets[TASKS] for heading in ("牵头单位", "配合单位"))
        names = dict.fromkeys(name for text in written for name in split_names(text))
        sheets[UNITS] = [{"单位名称": name, "类型": "单位", "联系人": "林晓"} for name in names]
    return fill(sheets, about, goals)


GOOD_TARGET = {"指标编号": "1-1", "任务编号": "1", "指标名称": "试点企业", "比较": "不低于", "目标值": "10"} | {
    "计量单位": "家",
    "原文": "10家以上",
}


def fill(sheets: Mapping[str, list[dict[str, str]]], about: Words, goals: list[str]) -> Workbook:
    book = Workbook()
    for name, rows in sheets.items():
        sheet: Any = book.create_sheet(name)
        sheet.append(HEADINGS[name])
        for row in rows:
            sheet.append([row.get(heading) for heading in HEADINGS[name]])
    last: Any = book.create_sheet(ABOUT)
    for pair in (("项目", "内容"), *about.items(), *((f"{GOAL} {number}", "明显提高") for number in goals)):
        last.append(pair)
    return book


def findings_of(case: Case) -> list[Finding]:
    """What reading and checking find in the plan.xlsx of a case."""
    saved = BytesIO()
    make_book(case.rows).save(saved)
    book = read_sheets("plan.xlsx", read_exactly(saved.getvalue(), FileType.XLSX).sheets)
    errors = [each for each in book.findings if each.kind.severity is not Severity.NOTE]
    return [*errors, *book.point(look_over(book.plan, 2026, TODAY))]


ALL_CASES = list(cases())


@pytest.mark.parametrize(
    "case",
    [each for each in ALL_CASES if each.passes],
    ids=lambda case: f"plan {case.number} of {case.rule.kind.code} holds",
)
def test_plan_marked_passes_is_left_alone(case: Case) -> None:
    codes = [finding.kind.code for finding in findings_of(case)]
    assert case.rule.kind.code not in codes


@pytest.mark.parametrize(
    "case",
    [each for each in ALL_CASES if not each.passes],
    ids=lambda case: f"plan {case.number} of {case.rule.kind.code} does not hold",
)
def test_plan_marked_fails_breaches_exactly_that_rule_at_that_cell(case: Case) -> None:
    findings = findings_of(case)
    assert {finding.kind.code for finding in findings} == {case.rule.kind.code}
    assert tuple(f"{each.place.part} {each.place.cell}".strip() for each in findings if each.place.part) == case.at
    for finding in findings:
        assert_is_sentence(finding.message)
        assert_is_sentence(finding.remedy)


def assert_is_sentence(text: str) -> None:
    assert text.endswith("。"), text
    assert re.search("[一-鿿]", text), text
    assert not re.search(r"[{}]|None|nan", text), text


@pytest.mark.parametrize("rule", gather(), ids=lambda rule: rule.kind.code)
def test_docstring_of_a_rule_has_a_plan_that_passes_and_one_that_fails(rule: PlanRule) -> None:
    assert {row["case"] for row in table_rows(docstring(rule))} - {""} == {"passes", "fails"}


@pytest.mark.parametrize("rule", gather(), ids=lambda rule: rule.kind.code)
def test_docstring_of_a_rule_opens_with_one_sentence(rule: PlanRule) -> None:
    first = docstring(rule).split("\n\n")[0]
    assert first.endswith((".", "?"))
    assert "\n" not in first


def test_a_good_plan_is_left_alone() -> None:
    assert findings_of(Case(gather()[0], True, 1, ({"任务编号": "1"},), ())) == []


def test_rule_whose_code_is_not_its_file_name_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    other, module = (importlib.import_module(f"{plan_rules.__name__}.{name}") for name in ("unit_open", "no_tasks"))
    monkeypatch.setattr(module, "RULE", other.RULE)
    gather.cache_clear()
    try:
        with pytest.raises(ValueError, match="no_tasks: the code of its rule is unit_open"):
            gather()
    finally:
        gather.cache_clear()
