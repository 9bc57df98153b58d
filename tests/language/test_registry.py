"""Offices that were renamed or merged: proposed, never decided, and one yes away in plan.xlsx."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from builders.year import ISSUED_ON, RECEIVED_ON, ROOT, SETTINGS, fill, issued_file, send
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from reporting.commands.collect import collect
from reporting.commands.init import init
from reporting.commands.issue import issue
from reporting.commands.plan_check import propose_units
from reporting.commands.plan_import import plan_import
from reporting.language.units.registry import adopt, load_reforms, propose
from reporting.model import Alias, Contact, Unit, UnitKind
from reporting.model.findings import DubanError, Outcome
from reporting.office.workspace import Workspace
from reporting.plan.book.read import read_planbook

REFORMS = load_reforms((ROOT / "templates" / "units.toml").read_text(encoding="utf-8"))


def proposed(*names: str, year: int | None = 2026) -> dict[str, str]:
    return {each.name: each.means for each in propose([Unit(name) for name in names], year, REFORMS)}


# ---- what is left alone --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        *("市市场监管局", "市财政局", "市委宣传部", "市委编办", "区文旅局", "市税务局", "澜川海关"),
        *("市知识产权局", "工商局", "市工商联", "市农业银行", "市教育局（市版权局）"),
    ],
)
def test_a_name_that_is_in_use_is_left_alone(name: str) -> None:
    assert proposed(name) == {}


def test_a_name_was_right_before_the_reform() -> None:
    assert proposed("市工商局", "市人事局", "市外经贸局", year=2008) == {}


def test_neither_groups_nor_open_phrases_are_touched() -> None:
    units = [Unit("各区工商局", UnitKind.GROUP), Unit("各县工商局", UnitKind.OPEN)]
    assert propose(units, 2026, REFORMS) == ()


def test_a_name_that_is_already_an_alias_is_settled() -> None:
    units = [Unit("市工商局", aliases=(Alias("市市场监管局"),))]
    assert propose(units, 2026, REFORMS) == ()


# ---- what is proposed ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "means"),
    [
        ("市工商局", "市市场监管局"),
        ("市食药监局", "市市场监管局"),
        ("区质监局", "区市场监管局"),
        ("澜川市国税局", "澜川市税务局"),
        ("县农业局", "县农业农村局"),
        ("市旅游局", "市文旅局"),
        ("市经信委", "市工信局"),
        ("市外经贸局", "市商务局"),
        ("市劳动保障局", "市人社局"),
        ("市法制办", "市司法局"),
        ("市编委办", "市委编办"),
        ("省版权局", "省委宣传部"),
        ("市广电局", "市文旅局"),
        ("市整规办", "市双打办"),
    ],
)
def test_a_name_from_before_the_reform_is_proposed_as_what_it_became(name: str, means: str) -> None:
    assert proposed(name) == {name: means}


def test_the_name_that_the_plan_has_goes_before_the_usual_one() -> None:
    assert proposed("市经信委", "市经信局") == {"市经信委": "市经信局"}
    assert proposed("市工商局", "市质监局", "市市场监督管理局") == {
        "市工商局": "市市场监督管理局",
        "市质监局": "市市场监督管理局",
    }


@pytest.mark.parametrize(
    ("name", "year", "means"),
    [
        ("市金融办", 2018, None),
        ("市金融办", 2019, "市金融工作局"),
        ("市金融办", 2023, "市金融工作局"),
        ("市金融办", 2024, "市委金融办"),
        ("市金融工作局", 2023, None),
        ("市金融工作局", 2024, "市委金融办"),
        ("市金融办", None, "市委金融办"),
        ("市整规办", 2011, None),
        ("市整规办", 2012, "市双打办"),
    ],
)
def test_every_name_has_its_years(name: str, year: int | None, means: str | None) -> None:
    assert proposed(name, year=year) == ({name: means} if means else {})


def test_a_name_that_lives_on_means_the_other_only_beside_it() -> None:
    assert proposed("市外办", "市知识产权局", "县林业局") == {}
    assert proposed("市外办", "市委外办") == {"市外办": "市委外办"}
    assert proposed("市知识产权局", "市市场监管局") == {"市知识产权局": "市市场监管局"}
    assert proposed("县林业局", "县自然资源和规划局") == {"县林业局": "县自然资源和规划局"}
    assert proposed("市知识产权局", "市市场监管局", year=2016) == {}


def test_levels_are_never_mixed() -> None:
    assert proposed("区工商局", "市市场监管局") == {"区工商局": "区市场监管局"}


OFFICES = st.sampled_from([name for each in REFORMS for name in (*each.old, *each.new)])
NAMES = st.builds(lambda level, office: level + office, st.sampled_from(["市", "区", "澜川市"]), OFFICES)


@given(st.lists(NAMES, unique=True))
def test_nothing_is_proposed_to_mean_itself_or_something_that_is_itself_out_of_date(names: list[str]) -> None:
    found = proposed(*names)
    assert all(name != means and means not in found for name, means in found.items())


@given(st.lists(NAMES, unique=True))
def test_once_all_is_adopted_nothing_is_left_to_propose_and_no_name_is_lost(names: list[str]) -> None:
    units = adopt([Unit(name) for name in names], proposed(*names))
    assert propose(units, 2026, REFORMS) == ()
    known = {name for unit in units for name in (unit.name, *(alias.name for alias in unit.aliases))}
    assert set(names) <= known


def test_adopting_keeps_aliases_and_the_contact() -> None:
    old = Unit("市工商局", aliases=(Alias("市场局"),), contact=Contact("沈砚"))
    assert adopt([old, Unit("市市场监管局")], {"市工商局": "市市场监管局"}) == (
        Unit("市市场监管局", aliases=(Alias("市工商局"), Alias("市场局")), contact=Contact("沈砚")),
    )


# ---- the table -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "x = [",
        "[reform]\nold = []",
        '[[reform]]\nold = ["甲局"]\nnew = "乙局"\nsince = "2019"\nreason = "改"',
        '[[reform]]\nold = []\nnew = "乙局"\nsince = 2019\nreason = "改"',
        '[[reform]]\nold = ["甲局"]\nnew = "乙局"\nsince = 2019\nreason = "改"\nuntil = 2018',
        '[[reform]]\nold = ["甲局"]\nnew = "乙局"\nsince = 2019\nreason = "改"\nkept = "是"',
        '[[reform]]\nold = ["甲局"]\nnew = "乙局"\nsince = 2019\nreason = "改"\nplace = "丙"',
    ],
)
def test_a_wrong_table_is_one_sentence(text: str) -> None:
    with pytest.raises(DubanError, match=r"units\.toml .*有误.*。"):
        load_reforms(text)


# ---- in plan.xlsx --------------------------------------------------------------------------------------

DOCUMENT = """\
澜川市2026年知识产权工作任务分解方案
1.组织集贸市场联合检查。（牵头单位：市市场监管局；配合单位：市公安局）
2.开展广告监测。（牵头单位：市工商局；配合单位：市经信委）
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    init(tmp_path, 2026)
    text = SETTINGS.replace('issuer = ""', 'issuer = "澜川市知识产权工作领导小组办公室"')
    (tmp_path / "duban.toml").write_text(text, encoding="utf-8")
    (tmp_path / "方案.txt").write_text(DOCUMENT, encoding="utf-8")
    imported = plan_import(tmp_path / "方案.txt", tmp_path / "plan.xlsx")
    assert [each.unit for each in imported.outcome.findings if each.kind.code == "unit_proposed"] == [
        "市工商局",
        "市经信委",
    ]
    return Workspace(tmp_path)


def answer(workspace: Workspace, text: str, means: str | None = "") -> None:
    """Write into 采纳 at 市工商局, and into 建议 unless that stays."""
    book = load_workbook(workspace.plan_file)
    sheet = book["单位"]
    (row,) = [cell.row for cell in sheet["A"] if cell.value == "市工商局"]
    sheet[f"J{row}"] = text
    if means != "":
        sheet[f"I{row}"] = means
    book.save(workspace.plan_file)


def recipients(workspace: Workspace) -> list[str]:
    return [each.unit for each in issue(workspace, ISSUED_ON).recipients]


def test_a_proposal_stands_beside_the_unit_with_its_reason(workspace: Workspace) -> None:
    sheet = load_workbook(workspace.plan_file)["单位"]
    rows = {row[0].value: row for row in sheet.iter_rows(min_row=2)}
    cell = rows["市工商局"][8]
    assert (cell.value, rows["市市场监管局"][8].value) == ("市市场监管局", None)
    assert "机构改革" in str(cell.comment)


def test_without_an_answer_two_names_are_two_units(workspace: Workspace) -> None:
    assert recipients(workspace) == ["市市场监管局", "市公安局", "市工商局", "市经信委"]


def test_with_a_yes_they_get_one_workbook(workspace: Workspace) -> None:
    answer(workspace, "是")
    assert recipients(workspace) == ["市市场监管局", "市公安局", "市经信委"]


def test_a_yes_outlives_the_next_import(workspace: Workspace) -> None:
    answer(workspace, "是")
    plan_import(workspace.root / "方案.txt", workspace.plan_file)
    assert recipients(workspace) == ["市市场监管局", "市公安局", "市经信委"]


@pytest.mark.parametrize(("text", "means"), [("也许", ""), ("是", None)], ids=["no answer", "yes to nothing"])
def test_an_answer_that_says_nothing_is_an_error_at_its_cell(
    workspace: Workspace, text: str, means: str | None
) -> None:
    answer(workspace, text, means)
    _, findings = read_planbook(workspace.plan_file)
    assert [(each.kind.code, each.place.column) for each in findings] == [("adoption_unclear", 10)]
    assert findings[0].message.startswith(f"“{findings[0].unit}”的“采纳”一栏是“{text}”")


def test_a_workbook_from_before_these_columns_can_still_be_read(workspace: Workspace) -> None:
    book = load_workbook(workspace.plan_file)
    book["单位"].delete_cols(9, 2)
    book.save(workspace.plan_file)
    assert len(read_planbook(workspace.plan_file)[0].units) == 4


def test_the_office_may_write_its_own_reforms(workspace: Workspace) -> None:
    path = workspace.root / "templates" / "units.toml"
    path.write_text('[[reform]]\nold = ["公安局"]\nnew = "治安局"\nsince = 2020\nreason = "例"\n', encoding="utf-8")
    plan_import(workspace.root / "方案.txt", workspace.plan_file)
    sheet = load_workbook(workspace.plan_file)["单位"]
    assert {row[0].value: row[8].value for row in sheet.iter_rows(min_row=2) if row[8].value} == {
        "市公安局": "市治安局"
    }


# ---- refreshed by plan check ---------------------------------------------------------------------------


def cells_of(workspace: Workspace) -> dict[str, dict[str, object]]:
    book = load_workbook(workspace.plan_file)
    return {
        sheet.title: {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value}
        for sheet in book.worksheets
    }


def type_lead(workspace: Workspace, name: str) -> None:
    book = load_workbook(workspace.plan_file)
    book["任务"]["D2"] = name
    book.save(workspace.plan_file)


def test_a_new_name_in_a_task_gets_a_row_with_its_proposal_and_no_other_cell_changes(workspace: Workspace) -> None:
    type_lead(workspace, "市旅游局")
    before = cells_of(workspace)
    outcome = propose_units(workspace)
    assert [(each.unit, each.place.cell) for each in outcome.findings] == [("市旅游局", "I6")]
    after = cells_of(workspace)
    before["单位"] |= {"A6": "市旅游局", "I6": "市文旅局"}
    assert after == before
    assert propose_units(workspace) == Outcome()
    answered = load_workbook(workspace.plan_file)
    answered["单位"]["J6"] = "是"
    answered.save(workspace.plan_file)
    assert recipients(workspace)[-1] == "市文旅局"


def test_a_new_row_gets_its_proposal_in_the_blank_cell(workspace: Workspace) -> None:
    type_lead(workspace, "市旅游局")
    book = load_workbook(workspace.plan_file)
    book["单位"].append(["市旅游局", "单位"])
    book.save(workspace.plan_file)
    propose_units(workspace)
    assert cells_of(workspace)["单位"]["I6"] == "市文旅局"


def test_a_proposal_that_was_taken_out_by_hand_does_not_come_back(workspace: Workspace) -> None:
    answer(workspace, "", None)
    before = workspace.plan_file.read_bytes()
    assert propose_units(workspace) == Outcome()
    assert workspace.plan_file.read_bytes() == before


# ---- on a return ---------------------------------------------------------------------------------------

NEW_NAME, OLD_NAME = "市市场监管局", "市工商局"


def _under_the_old_name(book: Any) -> None:
    """A copy made by hand: the old name in the block, and no word of the workbook about itself."""
    for line in book["任务填报"].iter_rows(max_row=5):
        for cell in line:
            if cell.value == NEW_NAME:
                cell.value = OLD_NAME
    del book["_meta"]
    for name in list(book.custom_doc_props.names):
        del book.custom_doc_props[name]


def collected_under_the_old_name(workspace: Workspace) -> list[tuple[str, str]]:
    issue(workspace, ISSUED_ON)
    send(workspace, "填报表.xlsx", fill(issued_file(workspace, NEW_NAME), edit=_under_the_old_name))
    collected = collect(workspace, (), RECEIVED_ON)
    assert "unit_is_right" not in [each.kind.code for each in collected.outcome.findings]
    return [(each.unit, str(each.verdict)) for each in collected.receipts]


def test_a_return_under_an_accepted_name_counts(workspace: Workspace) -> None:
    answer(workspace, "是")
    assert collected_under_the_old_name(workspace) == [(NEW_NAME, "accepted")]


@pytest.mark.parametrize(("years", "is_known"), [("(2001-2030)", True), ("(-2018)", False), ("(2027-)", False)])
def test_another_name_counts_in_its_years_only(workspace: Workspace, years: str, is_known: bool) -> None:
    book = load_workbook(workspace.plan_file)
    book["任务"]["D3"] = NEW_NAME
    sheet = book["单位"]
    rows = {cell.value: cell.row for cell in sheet["A"]}
    sheet[f"D{rows[NEW_NAME]}"] = OLD_NAME + years
    sheet.delete_rows(rows[OLD_NAME])
    book.save(workspace.plan_file)
    collected = collected_under_the_old_name(workspace)
    assert collected == ([(NEW_NAME, "accepted")] if is_known else [("", "unidentified")])
