"""What becomes of a finding: an answer settles a question, the office sets levels, units are compared."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from builders.year import (
    RECEIVED_ON,
    SETTINGS,
    expected_of,
    fill,
    issue_one,
    issued_file,
    read_and_check,
    recipient_of,
    send,
    small_plan,
    writer_of,
)

from reporting.commands import collect as collecting
from reporting.files.file_type import FileType
from reporting.ledger import answered_by
from reporting.model import Answered, Return
from reporting.model.findings import DubanError, Finding
from reporting.office.form import Form
from reporting.office.settings import Settings
from reporting.office.workspace import Workspace
from reporting.returns.check import Against, check_returns
from reporting.returns.check_across import check_across, check_year
from reporting.returns.counts import tally
from reporting.returns.reading.read import read_return
from reporting.returns.rules import Past
from reporting.returns.severity import read_levels
from reporting.returns.workbook.marks import Correction

EDUCATION, JUSTICE = "市教育局", "市司法局"
TODAY = date(2026, 12, 10)
TO_COME = {"1-1": {6: 12, 7: date(2026, 12, 31)}}
LONG = "全年会商四次，形成会议纪要四份，协调解决跨部门事项十二件，均已办结。"


def told(findings: Any) -> list[tuple[str, str, str]]:
    return [(each.kind.code, str(each.kind.severity), each.place.cell) for each in findings]


def read(data: bytes, form: Form, unit: str = EDUCATION) -> Return:
    sent, _ = read_return(f"{unit}.xlsx", "0" * 64, data, FileType.XLSX, form)
    return replace(sent, unit=unit)


def check(data: bytes, form: Form, **more: Any) -> tuple[Return, tuple[Finding, ...]]:
    given: dict[str, Any] = {"today": TODAY} | more
    ((sent, findings),) = check_returns(
        [read(data, form)], {EDUCATION: expected_of(EDUCATION)}, form, 2026, Against(**given)
    )
    return sent, findings


# ---- answers -----------------------------------------------------------------------------------------


def test_an_answer_in_the_row_of_a_target_settles_the_question_and_is_carried(form: Form) -> None:
    targets = {"1-1": {6: 12, 7: date(2026, 12, 31), 8: "按全年合同数预计。"}}
    _, (finding,) = check(fill(BytesIO(issue_one(small_plan(), form)), targets=targets), form)
    assert told([finding]) == [("data_day_is_past", "note", "G5")]
    assert finding.message == "数据截止日期“2026-12-31”晚于收件当天。单位说明：按全年合同数预计。"
    assert finding.as_json()["found"] == "2026-12-31"


@pytest.mark.parametrize("answer", [None, "无", "-", "/", "。", "是"])
def test_an_answer_that_says_nothing_settles_nothing(answer: str | None, form: Form) -> None:
    targets = {"1-1": {6: 12, 7: date(2026, 12, 31), 8: answer}}
    _, findings = check(fill(BytesIO(issue_one(small_plan(), form)), targets=targets), form)
    assert told(findings) == [("data_day_is_past", "confirm", "G5")]


def test_an_answer_that_points_back_is_asked_about_itself(form: Form) -> None:
    targets = {"1-1": {6: 12, 7: date(2026, 12, 31), 8: "同上"}}
    _, findings = check(fill(BytesIO(issue_one(small_plan(), form)), targets=targets), form)
    assert told(findings) == [("data_day_is_past", "confirm", "G5"), ("text_stands_alone", "confirm", "H5")]


def test_a_question_about_the_answer_is_not_settled_by_it(form: Form) -> None:
    targets = {"1-1": {6: 12, 8: "原因待补充，另行报送说明材料。"}}
    _, findings = check(fill(BytesIO(issue_one(small_plan(), form)), targets=targets), form)
    assert told(findings) == [("placeholder_is_replaced", "confirm", "H5")]


def corrected(form: Form, **wrong: Any) -> Any:
    """The correction workbook of a return, open."""
    sent, findings = check(fill(BytesIO(issue_one(small_plan(), form)), **wrong), form)
    correction = Correction(sent, findings, date(2026, 12, 20))
    data = writer_of(small_plan(), form).correction(recipient_of(small_plan(), EDUCATION), correction)
    return openpyxl.load_workbook(BytesIO(data))


WRONG = {
    "1": {"完成状态": "持续推进", "完成进度(%)": 0},
    "2": {"完成情况": "建立机制????，全年会商四次，形成会议纪要四份。"},
}


def test_a_correction_has_a_column_for_answers_and_an_answer_there_settles_its_row_alone(form: Form) -> None:
    book = corrected(form, rows=WRONG)
    sheet = book["任务填报"]
    assert [sheet["Q6"].value, sheet["R6"].value] == ["校验意见", "说明"]
    assert "完成进度填的是 0" in sheet["Q7"].value
    assert not sheet["R7"].protection.locked
    assert "在该行“说明”栏写明情况即可" in book["问题清单"]["A2"].value
    sheet["R7"].value = "方案上月才印发，刚刚部署。"
    saved = BytesIO()
    book.save(saved)
    sent, findings = check(saved.getvalue(), form)
    assert told(findings) == [("ongoing_is_begun", "note", "I7"), ("text_is_not_garbled", "confirm", "J8")]
    assert findings[0].message.endswith("单位说明：方案上月才印发，刚刚部署。")
    assert answered_by(sent).rows[0].raw("answer") == "方案上月才印发，刚刚部署。"


def test_an_answer_once_given_stands_in_the_next_correction(form: Form) -> None:
    book = corrected(form, rows=WRONG)
    book["任务填报"]["R7"].value = "方案上月才印发。"
    saved = BytesIO()
    book.save(saved)
    sent, findings = check(saved.getvalue(), form)
    again = writer_of(small_plan(), form).correction(
        recipient_of(small_plan(), EDUCATION), Correction(sent, findings, date(2026, 12, 25))
    )
    assert openpyxl.load_workbook(BytesIO(again))["任务填报"]["R7"].value == "方案上月才印发。"


def test_an_answer_does_not_settle_an_error(form: Form) -> None:
    targets = {"1-1": {6: "12亿元", 8: "按合同金额统计。"}}
    _, findings = read_and_check(fill(BytesIO(issue_one(small_plan(), form)), targets=targets), form)
    assert told(findings) == [("target_has_its_unit", "error", "F5")]


# ---- levels ------------------------------------------------------------------------------------------


def settings_with(rules: str) -> Settings:
    return Settings.model_validate(tomllib.loads(f"{SETTINGS}\n[rules]\n{rules}"))


def test_a_rule_can_be_made_a_note_or_a_question_or_switched_off(form: Form) -> None:
    data = fill(
        BytesIO(issue_one(small_plan(), form)), {"1": {"完成情况": "已培训。"}, "2": {"佐证材料": None}}, TO_COME
    )
    rules = 'text_is_long_enough = "confirm"\ndata_day_is_past = "note"\nevidence_is_named = "off"'
    levels = read_levels(settings_with(rules).rules)
    assert told(check(data, form, levels=levels)[1]) == [
        ("text_is_long_enough", "confirm", "J7"),
        ("data_day_is_past", "note", "G5"),
    ]


def test_an_error_is_lowered_with_a_reason(form: Form) -> None:
    rules = 'done_is_complete = { level = "note", reason = "跨年项目较多" }'
    levels = read_levels(settings_with(rules).rules)
    data = fill(BytesIO(issue_one(small_plan(), form)), {"1": {"完成进度(%)": 90}})
    assert told(check(data, form, levels=levels)[1]) == [("done_is_complete", "note", "I7")]


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        (
            'text_is_long_enuogh = "note"',
            "没有“text_is_long_enuogh”这条可以调整的规则。您要的可能是“text_is_long_enough”。",
        ),
        ('file_is_readable = "note"', "没有“file_is_readable”这条可以调整的规则。"),
        ('done_is_complete = "note"', "降低错误级规则须写明理由"),
        ('done_is_complete = { level = "off", reason = "不需要" }', "只能降为 confirm 或 note"),
        ('evidence_is_named = "error"', "单位看到“可报送”却会被退回"),
    ],
    ids=["misspelt", "the reader's", "no reason", "an error switched off", "raised to an error"],
)
def test_a_level_that_cannot_be_set_is_said(rules: str, words: str) -> None:
    with pytest.raises(DubanError) as caught:
        read_levels(settings_with(rules).rules)
    assert words in str(caught.value)


def test_a_word_that_is_no_level_is_said_with_the_words_that_are(workspace: Workspace) -> None:
    path = workspace.root / "duban.toml"
    path.write_text(f'{SETTINGS}\n[rules]\ntext_is_long_enough = "warn"\n', encoding="utf-8")
    with pytest.raises(DubanError) as caught:
        _ = Workspace(workspace.root).settings
    assert str(caught.value) == (
        "duban.toml 中的 rules.text_is_long_enough 有误：级别只能写 error（错误）、confirm（核实）、"
        "note（提示）或 off（不用），两边加英文引号。请改正后再运行。"
    )


# ---- between units -----------------------------------------------------------------------------------


def two_returns(form: Form, education: Any, justice: Any) -> list[Return]:
    return [
        read(fill(BytesIO(issue_one(small_plan(), form, unit)), rows), form, unit)
        for unit, rows in ((EDUCATION, education), (JUSTICE, justice))
    ]


EXPECTED = {unit: expected_of(unit) for unit in (EDUCATION, JUSTICE)}
BEHIND = {"完成状态": "未启动", "完成进度(%)": 0, "存在问题及原因": "经费未落实。", "下一步计划": "明年3月启动。"}


def test_each_side_of_a_contradiction_is_asked_at_its_own_cell(form: Form) -> None:
    returns = two_returns(form, {}, {"1": BEHIND})
    (_, lead), (_, support) = check_year(returns, EXPECTED, {}, form, 2026)
    assert told(lead) == [("roles_agree", "confirm", "H7")]
    assert lead[0].message == "完成状态填的是“已完成”，而配合单位市司法局填的是“未启动”。"
    assert told(support) == [("roles_agree", "confirm", "H8")]
    assert support[0].message == "完成状态填的是“未启动”，而牵头单位市教育局填的是“已完成”。"


def test_what_the_book_holds_is_compared_and_only_the_return_in_hand_is_asked(form: Form) -> None:
    lead, support = two_returns(form, {}, {"1": BEHIND})
    (earlier,) = [sent for sent, _ in check_returns([support], EXPECTED, form, 2026)]
    book = {JUSTICE: answered_by(earlier), EDUCATION: Answered()}
    ((_, findings),) = check_year([lead], EXPECTED, book, form, 2026)
    assert told(findings) == [("roles_agree", "confirm", "H7")]


def test_who_wrote_the_same_words_is_told_to_the_office_alone(form: Form) -> None:
    returns = two_returns(form, {"1": {"完成情况": LONG}}, {"2": {"完成情况": LONG}})
    (_, (finding,)), _ = check_year(returns, EXPECTED, {}, form, 2026)
    assert told([finding]) == [("words_are_own", "confirm", "J7")]
    assert finding.message == "完成情况与其他单位填报的逐字相同。"
    assert finding.as_json()["message"] == (
        "完成情况与其他单位填报的逐字相同。相同的是市司法局任务“2”（任务填报 J7）。"
    )


def test_the_order_of_returns_changes_nothing_between_units(form: Form) -> None:
    returns = two_returns(form, {"1": {"完成情况": LONG}}, {"1": BEHIND | {"完成情况": LONG}})
    forth = check_year(returns, EXPECTED, {}, form, 2026)
    back = check_year(returns[::-1], EXPECTED, {}, form, 2026)
    assert [told(findings) for _, findings in forth] == [told(findings) for _, findings in back[::-1]]


def test_members_of_a_group_that_leads_each_speak_for_themselves(form: Form) -> None:
    units = ("临江区人民政府", "云山区人民政府")
    returns = [
        read(fill(BytesIO(issue_one(small_plan(), form, unit)), {"3": row}), form, unit)
        for unit, row in zip(units, ({}, BEHIND), strict=True)
    ]
    expected = {unit: expected_of(unit) for unit in units}
    assert [told(found) for _, found in check_year(returns, expected, {}, form, 2026)] == [[], []]


def test_a_return_alone_is_compared_with_nobody(form: Form) -> None:
    (sent, _), *_ = check_year(two_returns(form, {}, {}), EXPECTED, {}, form, 2026)
    assert check_across([sent], {EDUCATION: answered_by(sent)}, form, 2026) == [()]


def test_last_year_is_compared_by_this_years_number(form: Form) -> None:
    data = fill(BytesIO(issue_one(small_plan(), form)), {"1": {"完成情况": LONG}})
    past = {EDUCATION: {"1": Past(LONG), "1-1": Past(figure=130.0)}}
    _, findings = check(data, form, last_year=past)
    assert told(findings) == [("result_is_new", "confirm", "J7"), ("figure_is_in_line", "confirm", "F5")]


def test_collect_compares_a_return_with_those_accepted_before(workspace: Workspace) -> None:
    send(workspace, "司法.xlsx", fill(issued_file(workspace, JUSTICE), {"1": BEHIND}))
    first = collecting.collect(workspace, [], RECEIVED_ON)
    assert [each.kind.code for each in first.outcome.findings] == []
    send(workspace, "教育.xlsx", fill(issued_file(workspace, EDUCATION)))
    second = collecting.collect(workspace, [], RECEIVED_ON)
    assert told(second.outcome.findings) == [("roles_agree", "confirm", "H7")]
    assert [str(each.verdict) for each in second.receipts if each.file == "教育.xlsx"] == ["accepted"]


# ---- waivers -----------------------------------------------------------------------------------------


def waive(workspace: Workspace, rule: str, unit: str, until: str = "2026-12-31") -> None:
    words = f'rule = "{rule}"\nunit = "{unit}"\nreason = "专题会议调整"\napproved_by = "李主任"\n'
    text = f"[[waiver]]\n{words}until = {until}\n"
    (workspace.root / "waivers.toml").write_text(text, encoding="utf-8")


def test_what_is_found_between_units_can_be_waived(workspace: Workspace) -> None:
    waive(workspace, "roles_agree", EDUCATION)
    send(workspace, "司法.xlsx", fill(issued_file(workspace, JUSTICE), {"1": BEHIND}))
    send(workspace, "教育.xlsx", fill(issued_file(workspace, EDUCATION)))
    found = collecting.collect(workspace, [], RECEIVED_ON).outcome.findings
    assert [(each.unit, str(each.kind.severity)) for each in found] == [(JUSTICE, "confirm"), (EDUCATION, "note")]
    assert "（已豁免：专题会议调整，李主任同意）" in found[1].message


def test_a_waiver_that_has_expired_is_said_and_waives_nothing(workspace: Workspace) -> None:
    waive(workspace, "done_is_complete", EDUCATION, until="2026-12-09")
    send(workspace, "教育.xlsx", fill(issued_file(workspace, EDUCATION), {"1": {"完成进度(%)": 80}}))
    collected = collecting.collect(workspace, [], RECEIVED_ON)
    assert told(collected.outcome.findings) == [("done_is_complete", "error", "I7")]
    assert collected.outcome.notes[0] == (
        "waivers.toml 第 1 条（市教育局，done_is_complete）已于 2026-12-09 到期，不再起作用。"
        "还需要的，请经批准后改写 until。"
    )


def test_a_waiver_of_what_reading_finds_is_no_misspelt_one(workspace: Workspace) -> None:
    waive(workspace, "heading_is_unchanged", EDUCATION)
    assert collecting.collect(workspace, [], RECEIVED_ON).outcome.notes == ()


# ---- which rules hurt most ---------------------------------------------------------------------------


def test_rules_are_counted_by_findings_and_by_units_errors_first(workspace: Workspace) -> None:
    wrong: dict[str, dict[str, Any]] = {"1": {"完成进度(%)": 80, "完成情况": None}, "2": {"完成进度(%)": 90}}
    for unit in (EDUCATION, JUSTICE):
        send(workspace, f"{unit}.xlsx", fill(issued_file(workspace, unit), wrong, TO_COME))
    collected = collecting.collect(workspace, [], RECEIVED_ON)
    counted = [(each.code, str(each.severity), each.findings, each.units) for each in collected.rules]
    assert counted[:3] == [
        ("done_is_complete", "error", 4, 2),
        ("required_is_filled", "error", 2, 2),
        ("data_day_is_past", "confirm", 1, 1),
    ]
    assert collected.rules[1].words == "没有填写完成情况（错误，2 处，2 个单位）"
    assert collected.as_json()["rules"][0] == {
        "code": "done_is_complete",
        "severity": "error",
        "says": "完成状态为…，但完成进度填的是 …",
        "findings": 4,
        "units": 2,
    }


def test_a_count_names_all_the_headings_it_counts(workspace: Workspace) -> None:
    nobody = {"填报人": None, "联系电话": None, "审核人": None}
    send(workspace, "教育局.xlsx", fill(issued_file(workspace, EDUCATION), header=nobody))
    (counted,) = [
        each for each in collecting.collect(workspace, [], RECEIVED_ON).rules if each.code == "header_is_filled"
    ]
    assert counted.words == "表头的填报人、联系电话、审核人没有填写（错误，3 处，1 个单位）"


def test_nothing_found_is_nothing_to_count() -> None:
    assert tally([]) == ()
