"""plan import on a plan.xlsx that was worked in: what is kept, taken over, named, and told in one line."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from builders.formats import as_ods, as_xls, sheets_of
from builders.libreoffice import needs_libreoffice
from openpyxl import load_workbook
from typer.testing import CliRunner

import cli
from reporting.commands.init import init
from reporting.commands.plan_import import Imported, plan_import
from reporting.model import Contact, Task
from reporting.model.findings import DubanError
from reporting.office.workspace import Workspace
from reporting.plan.book.memory import IMPORT_FILE
from reporting.plan.book.read import read_planbook
from reporting.plan.check import check_planbook

DOCUMENT = """\
澜川市2026年知识产权工作任务分解方案

一、夯实基础
1.建立校园知识产权教育协调机制，培育试点学校6所以上。（牵头单位：市教育局；配合单位：市司法局）
2.开展普法宣传，每季度一次。（牵头单位：市司法局；配合单位：市教育局）
二、压实责任
3.组织集贸市场联合检查，对屡罚屡犯的商户列入名单管理。（牵头单位：市市场监管局；配合单位：市公安局）
4.发布年度保护状况白皮书。（牵头单位：市市场监管局）
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder into which the document has been imported once."""
    read(tmp_path, DOCUMENT)
    return tmp_path


def read(folder: Path, text: str) -> Imported:
    document = folder / "方案.txt"
    document.write_text(text, encoding="utf-8")
    return plan_import(document, folder / "plan.xlsx")


def work(folder: Path, change: Callable[[Any], object]) -> None:
    """Do to plan.xlsx what a coordinator would."""
    book = load_workbook(folder / "plan.xlsx")
    change(book)
    book.save(folder / "plan.xlsx")


def type_into(folder: Path, **cells: str) -> None:
    def change(book: Any) -> None:
        for address, text in cells.items():
            sheet, cell = address.split("_")
            book[{"tasks": "任务", "units": "单位", "targets": "量化指标"}[sheet]][cell] = text

    work(folder, change)


def tasks_in(folder: Path) -> dict[str, Task]:
    plan, findings = read_planbook(folder / "plan.xlsx")
    assert not [each for each in findings if each.is_error]
    return {task.number: task for task in plan.tasks}


def last_note(imported: Imported) -> str:
    return imported.outcome.notes[-1]


def test_the_document_is_kept_beside_the_workbook(folder: Path) -> None:
    assert sorted(path.name for path in folder.iterdir()) == [IMPORT_FILE, "plan.xlsx", "方案.txt"]


def test_edits_and_corrections_come_together(folder: Path) -> None:
    type_into(folder, tasks_D3="市委宣传部", tasks_I3="已电话核实", units_E2="林晓", units_H2="换届后更新")
    corrected = DOCUMENT.replace("6所", "8所").replace("4.发布", "4.编印普法读本一册。（牵头单位：市司法局）\n5.发布")
    imported = read(folder, corrected)
    tasks = tasks_in(folder)
    assert (tasks["1"].targets[0].value, tasks["2"].lead) == (8, ("市委宣传部",))
    assert (tasks["4"].lead, tasks["5"].content) == (("市司法局",), "发布年度保护状况白皮书。")
    book = load_workbook(folder / "plan.xlsx")
    assert (book["任务"]["I3"].value, book["单位"]["H2"].value) == ("已电话核实", "换届后更新")
    plan, _ = read_planbook(folder / "plan.xlsx")
    assert plan.units[0].contact == Contact("林晓")
    assert last_note(imported).startswith("已把原表的修改并入新表：保留原表修改 2 处，采用新方案 ")
    assert last_note(imported).endswith("需要取舍 0 处。")


def test_a_conflict_is_a_note_at_its_cell_and_the_edit_stays(folder: Path) -> None:
    type_into(folder, tasks_D3="市委宣传部")
    imported = read(
        folder,
        DOCUMENT.replace(
            "2.开展普法宣传，每季度一次。（牵头单位：市司法局", "2.开展普法宣传，每季度一次。（牵头单位：市文旅局"
        ),
    )
    (conflict,) = [each for each in imported.outcome.findings if each.kind.code == "import_conflict"]
    assert (conflict.task, conflict.values["heading"]) == ("2", "牵头单位")
    assert "需要取舍 1 处，见带批注的格子。" in last_note(imported)
    cell = load_workbook(folder / "plan.xlsx")["任务"]["D3"]
    assert cell.value == "市委宣传部"
    assert cell.comment is not None
    assert "原表已改为“市委宣传部”，新方案为“市文旅局”" in cell.comment.text


def test_the_previous_workbook_is_always_kept(folder: Path) -> None:
    type_into(folder, tasks_D3="市委宣传部")
    before = (folder / "plan.xlsx").read_bytes()
    read(folder, DOCUMENT)
    (kept,) = folder.glob("plan-原有-*.xlsx")
    assert kept.read_bytes() == before


def test_edits_outlive_any_number_of_imports(folder: Path) -> None:
    type_into(folder, tasks_D3="市委宣传部", tasks_I3="已电话核实")
    for text in (DOCUMENT, DOCUMENT.replace("6所", "8所"), DOCUMENT, DOCUMENT.replace("白皮书", "报告书")):
        read(folder, text)
    assert (tasks_in(folder)["2"].lead, tasks_in(folder)["1"].targets[0].value) == (("市委宣传部",), 6)
    assert load_workbook(folder / "plan.xlsx")["任务"]["I3"].value == "已电话核实"


@pytest.mark.parametrize(("name", "save"), [("plan.ods", as_ods), ("plan.xls", as_xls)], ids=["an .ods", "an .xls"])
def test_edits_that_another_program_saved_outlive_an_import(
    folder: Path, name: str, save: Callable[[Mapping[str, list[list[Any]]]], bytes]
) -> None:
    type_into(folder, tasks_D3="市委宣传部", tasks_I3="已电话核实")
    own = folder / "plan.xlsx"
    (folder / name).write_bytes(save(sheets_of(own.read_bytes())))
    own.unlink()
    imported = read(folder, DOCUMENT.replace("6所", "8所"))
    assert "保留原表修改 1 处，采用新方案" in last_note(imported)
    assert (tasks_in(folder)["2"].lead, tasks_in(folder)["1"].targets[0].value) == (("市委宣传部",), 8)
    assert load_workbook(own)["任务"]["I3"].value == "已电话核实"


def test_a_note_follows_a_task_that_is_numbered_otherwise(folder: Path) -> None:
    type_into(folder, tasks_I5="已电话核实")
    read(folder, DOCUMENT.replace("4.发布", "4.编印普法读本一册。（牵头单位：市司法局）\n5.发布"))
    sheet = load_workbook(folder / "plan.xlsx")["任务"]
    assert [sheet[f"I{row}"].value for row in range(2, 7)] == [None, None, None, None, "已电话核实"]


def test_the_same_document_again_changes_not_a_byte(folder: Path) -> None:
    type_into(folder, tasks_D3="市委宣传部", tasks_I3="已电话核实", targets_E2="7", units_E2="林晓")
    read(folder, DOCUMENT)
    there = {path.name: path.read_bytes() for path in folder.iterdir()}
    imported = read(folder, DOCUMENT)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == there
    assert "plan.xlsx 与原来的完全相同，没有改动。" in imported.outcome.notes


@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_bytes(b"{")], ids=["gone", "damaged"])
def test_without_knowing_what_was_imported_nothing_is_merged(folder: Path, spoil: Callable[[Path], object]) -> None:
    type_into(folder, tasks_D3="市委宣传部")
    spoil(folder / IMPORT_FILE)
    imported = read(folder, DOCUMENT)
    assert last_note(imported) == "原表中的修改没有带入新表。"
    assert tasks_in(folder)["2"].lead == ("市司法局",)
    assert (folder / IMPORT_FILE).exists()


def test_another_plan_is_not_merged(folder: Path) -> None:
    type_into(folder, tasks_D3="市委宣传部")
    imported = read(
        folder,
        "澜川市2027年养老服务任务分解方案\n1.新建社区食堂十处。（牵头单位：市民政局）\n2.开展上门巡诊。（牵头单位：市卫健委）\n",
    )
    assert last_note(imported) == "新方案与上次读入的方案差别很大，原表中的修改没有带入新表。"
    assert list(tasks_in(folder)) == ["1", "2"]


def test_edits_that_cannot_be_read_stop_the_import_and_nothing_is_written(folder: Path) -> None:
    type_into(folder, tasks_G3="随便")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(DubanError, match=r"plan\.xlsx 中有 1 处填写有误，无法把其中的修改并入新表"):
        read(folder, DOCUMENT)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_workbook_that_cannot_be_read_is_kept_and_said(folder: Path) -> None:
    (folder / "plan.xlsx").write_bytes(b"not Excel")
    imported = read(folder, DOCUMENT)
    assert last_note(imported).startswith("原表读不出来，原表中的修改没有带入新表。无法读取“plan.xlsx”")
    assert list(tasks_in(folder)) == ["1", "2", "3", "4"]


def test_two_workbooks_in_one_folder_do_not_mix(folder: Path) -> None:
    other = "澜川市2027年养老服务任务分解方案\n1.新建社区食堂十处。（牵头单位：市民政局）\n"
    (folder / "养老.txt").write_text(other, encoding="utf-8")
    plan_import(folder / "养老.txt", folder / "养老.xlsx")
    type_into(folder, tasks_D3="市委宣传部")
    assert last_note(read(folder, DOCUMENT)).startswith("已把原表的修改并入新表：保留原表修改 1 处")


def test_the_command_says_in_one_line_what_became_of_the_edits(folder: Path) -> None:
    type_into(folder, tasks_D3="市委宣传部")
    result = CliRunner().invoke(cli.app, ["plan", "import", str(folder / "方案.txt"), "-w", str(folder)])
    assert result.exit_code == 0
    assert "注意：已把原表的修改并入新表：保留原表修改 1 处，采用新方案 0 处，需要取舍 0 处。\n" in result.stdout


@pytest.mark.slow
@needs_libreoffice
def test_a_save_by_libreoffice_alone_is_no_edit(folder: Path) -> None:
    out, profile = folder / "saved", f"-env:UserInstallation=file://{folder}/profile"
    command = ["libreoffice", "--headless", profile, "--convert-to", "xlsx", "--outdir", str(out)]
    subprocess.run([*command, str(folder / "plan.xlsx")], check=True, capture_output=True, timeout=120)
    shutil.copy(out / "plan.xlsx", folder / "plan.xlsx")
    imported = read(folder, DOCUMENT.replace("6所", "8所"))
    assert "保留原表修改 0 处" in last_note(imported)
    assert tasks_in(folder)["1"].targets[0].value == 8


# ---- conflicts that wait for the coordinator -----------------------------------------------------------

OTHER_LEAD = DOCUMENT.replace("每季度一次。（牵头单位：市司法局", "每季度一次。（牵头单位：市文旅局")


def open_in(folder: Path) -> list[tuple[str, str]]:
    """What plan check says of conflicts, with their cells."""
    _, outcome = check_planbook(Workspace(folder))
    conflicts = [each for each in outcome.findings if each.kind.code.startswith("import_")]
    return [(each.place.cell, each.values.get("heading", each.kind.code)) for each in conflicts]


@pytest.fixture
def conflict(tmp_path: Path) -> Path:
    """A workspace in which D3 was changed by both sides."""
    init(tmp_path, 2026)
    read(tmp_path, DOCUMENT)
    type_into(tmp_path, tasks_D3="市委宣传部")
    read(tmp_path, OTHER_LEAD)
    return tmp_path


def comment_at(folder: Path, cell: str) -> str:
    comment = load_workbook(folder / "plan.xlsx")["任务"][cell].comment
    return comment.text if comment else ""


def test_a_conflict_that_is_not_decided_stays_marked_and_is_said(conflict: Path) -> None:
    assert open_in(conflict) == [("D3", "牵头单位")]
    before = (conflict / "plan.xlsx").read_bytes()
    imported = read(conflict, OTHER_LEAD)
    assert "需要取舍 1 处" in last_note(imported)
    assert (conflict / "plan.xlsx").read_bytes() == before
    assert open_in(conflict) == [("D3", "牵头单位")]


def test_a_conflict_follows_its_task(conflict: Path) -> None:
    read(conflict, OTHER_LEAD.replace("2.开展", "2.编印普法读本一册。（牵头单位：市司法局）\n3.开展"))
    assert "任务3的“牵头单位”" in comment_at(conflict, "D4")
    assert open_in(conflict) == [("D4", "牵头单位")]


@pytest.mark.parametrize("way", ["the cell is changed", "the comment is taken away"])
def test_a_conflict_is_settled_by_the_coordinator(conflict: Path, way: str) -> None:
    def settle(book: Any) -> None:
        if way == "the cell is changed":
            book["任务"]["D3"] = "市委宣传部、市文旅局"
        else:
            book["任务"]["D3"].comment = None

    work(conflict, settle)
    assert open_in(conflict) == []
    assert "需要取舍 0 处" in last_note(read(conflict, OTHER_LEAD))
    assert comment_at(conflict, "D3") == ""


def test_a_conflict_is_over_when_the_document_says_the_same(conflict: Path) -> None:
    read(conflict, OTHER_LEAD.replace("市文旅局", "市委宣传部"))
    assert open_in(conflict) == []


def test_a_new_word_of_the_document_replaces_the_old_one(conflict: Path) -> None:
    read(conflict, OTHER_LEAD.replace("市文旅局", "市广电台"))
    assert comment_at(conflict, "D3").count("【核实】") == 1
    assert "新方案为“市广电台”" in comment_at(conflict, "D3")


def test_a_task_that_the_document_dropped_and_a_title_wait_too(tmp_path: Path) -> None:
    init(tmp_path, 2026)
    read(tmp_path, DOCUMENT)
    type_into(tmp_path, tasks_C5="发布年度保护状况蓝皮书。")
    work(tmp_path, lambda book: book["说明"].__setitem__("B2", "澜川市知识产权要点"))
    shorter = DOCUMENT.replace("4.发布年度保护状况白皮书。（牵头单位：市市场监管局）\n", "").replace(
        "工作任务分解方案", "工作方案"
    )
    for _ in range(3):
        read(tmp_path, shorter)
        assert ("A5", "import_withdrawn") in open_in(tmp_path)
        assert "方案名称" in [heading for _, heading in open_in(tmp_path)]


def test_proposals_without_an_answer_are_told_in_one_line(tmp_path: Path) -> None:
    init(tmp_path, 2026)
    read(tmp_path, DOCUMENT.replace("市文旅局", "市旅游局").replace("市公安局", "市工商局"))
    _, outcome = check_planbook(Workspace(tmp_path))
    (note,) = outcome.notes
    assert note.startswith("工作表“单位”中有 1 条建议还没有答复（J")
    (cell,) = re.findall(r"J\d+", note)
    type_into(tmp_path, **{f"units_{cell}": "否"})
    assert check_planbook(Workspace(tmp_path))[1].notes == ()
