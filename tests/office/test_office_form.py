"""An office restyles the workbook and adds columns in templates/form.toml: everything follows, end to end."""

from __future__ import annotations

import zipfile
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
from builders.year import ISSUED_ON, RECEIVED_ON, fill, issued_file, make_workspace, send

from reporting.commands import report as workflow
from reporting.commands.collect import collect
from reporting.commands.issue import issue
from reporting.office.workspace import Workspace

COST = "经费投入(万元)"
WAY = "投入方式"

OWN = f"""
[[task]]
key = "cost"
heading = "{COST}"
type = "number"
required = "lead"
min = 0
max = 100000
width = 11
hint = "填写本年度实际支出的万元数"

[[task]]
key = "way"
heading = "{WAY}"
choices = ["财政资金", "自筹资金"]
hint = "从下拉选项中选一项"

# ---- 量化指标 ---"""


def edit_form(root: Path) -> None:
    """What an office does with an editor: two columns more, another colour and another heading."""
    path = root / "templates" / "form.toml"
    text = path.read_text(encoding="utf-8")
    for old, new in (
        ("\n# ---- 量化指标 ---", OWN),
        ('heading_fill = "1F4E79"', 'heading_fill = "7B1F1F"'),
        ('heading = "备注"', 'heading = "其他说明"'),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")


def words_of(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read("word/document.xml").decode()


def test_column_an_office_adds_goes_all_the_way_from_the_workbook_to_the_report(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path / "工作台")
    edit_form(workspace.root)
    workspace = Workspace(workspace.root)
    issue(workspace, ISSUED_ON)

    blank = issued_file(workspace, "市教育局")
    book = openpyxl.load_workbook(blank)
    sheet: Any = book["任务填报"]
    assert [cell.value for cell in sheet[6]][14:] == ["其他说明", COST, WAY, "填报检查"]
    assert sheet["P6"].fill.start_color.rgb == "FF7B1F1F"
    rules = {str(each.sqref): each for each in sheet.data_validations.dataValidation}
    assert (rules["P7:P8"].type, rules["P7:P8"].prompt) == ("decimal", "填写本年度实际支出的万元数")
    assert (rules["Q7:Q8"].type, rules["Q7:Q8"].formula1) == ("list", "way_list")
    assert sheet["R7"].value == "='_meta'!$D6"
    assert f'"缺{COST}；"' in "".join(str(cell.value) for cell in book["_meta"][6])
    help_lines = [[cell.value for cell in line] for line in book["填报说明"]["B1:C60"]]
    assert [COST, "牵头单位必填。填写本年度实际支出的万元数。"] in help_lines

    sent = fill(blank, {"1": {COST: "若干", WAY: "贷款"}, "2": {}}, {"1-1": 7, "1-2": 9})
    send(workspace, "教育局.xlsx", sent)
    collected = collect(workspace, (), now=RECEIVED_ON)
    assert [(each.kind.code, each.place.part, each.place.cell) for each in collected.outcome.findings] == [
        ("figure_is_readable", "任务填报", "P7"),
        ("text_is_unmistakable", "任务填报", "Q7"),
    ]
    assert collected.outcome.findings[0].message == f"{COST}“若干”不是数字。"
    assert collected.outcome.findings[1].remedy == "请从下拉选项中选一项：财政资金、自筹资金。"

    (back,) = workspace.outbox("退回").glob("*市教育局_退回修改_第1次.xlsx")
    correction = openpyxl.load_workbook(back)
    tasks: Any = correction["任务填报"]
    assert tasks["P7"].comment.text.startswith(f"【校验意见】\n{COST}“若干”不是数字。")
    tasks["P7"].value, tasks["Q7"].value = 30.5, "财政资金"
    saved = BytesIO()
    correction.save(saved)
    send(workspace, "教育局改.xlsx", saved.getvalue())
    again = collect(workspace, (), now=datetime(2026, 12, 11, 12))
    assert [str(each.verdict) for each in again.receipts if each.file == "教育局改.xlsx"] == ["accepted"]

    workflow.report(workspace, datetime(2026, 12, 31, 12))
    folder = workspace.outbox("汇总")
    summed: Any = openpyxl.load_workbook(folder / "2026年度任务完成情况汇总表.xlsx")
    rows = [(sheet.title, [cell.value for cell in line]) for sheet in summed for line in sheet.iter_rows() if line]
    (head,) = [values for _, values in rows if COST in values]
    (told,) = [values for _, values in rows if 30.5 in values or "30.5" in values]
    assert str(told[head.index(COST)]) == "30.5"
    assert told[head.index(WAY)] == "财政资金"
    assert "其他说明" in head
    words = words_of(folder / "2026年度任务完成情况报告.docx")
    assert f"{COST}：30.5" in words
    assert f"{WAY}：财政资金" in words
