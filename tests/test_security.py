"""What a department types or packs stays data: no formula, macro, path or mark of theirs comes to life."""

from __future__ import annotations

import os
import re
import stat
import zipfile
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from builders.formats import zipped
from builders.year import RECEIVED_ON, fill, issued_file, send

from reporting.commands import report as workflow
from reporting.commands.collect import collect
from reporting.files.package import repack, split_package
from reporting.office.workspace import Workspace

INJECTIONS = (
    '=HYPERLINK("http://evil.example","点这里")',
    "=cmd|' /C calc'!A0",
    "+SUM(1,1)",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "{{ 7*7 }}{% for a in b %}",
    "<w:p>&amp;<script>alert(1)</script>",
)


def as_text(book: Any) -> None:
    """Type the injections as texts into the columns to be filled in."""
    sheet = book["任务填报"]
    for row, text in ((7, INJECTIONS[0]), (8, INJECTIONS[3])):
        for column in "JKLMO":
            sheet[f"{column}{row}"].value = text
            sheet[f"{column}{row}"].data_type = "s"
    for cell, text in zip(("H3", "F4"), INJECTIONS[4:], strict=False):
        sheet[cell].value = text
        sheet[cell].data_type = "s"


def formulas_of(path: Path) -> list[str]:
    book = openpyxl.load_workbook(path)
    return [
        str(cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f" and re.search(r"cmd|HYPERLINK\(\"http|evil|calc", str(cell.value))
    ]


@pytest.fixture
def attacked(workspace: Workspace) -> Workspace:
    """One return with injections that is accepted, and one that goes back."""
    for name, status in (("市教育局", "已完成"), ("市司法局", "差不多")):
        data = fill(issued_file(workspace, name), {"1": {"完成状态": status}, "2": {"完成状态": status}}, edit=as_text)
        send(workspace, f"{name}.xlsx", data)
    collect(workspace, [], RECEIVED_ON)
    return workspace


def test_no_formula_of_a_department_lives_in_our_workbooks(attacked: Workspace) -> None:
    workflow.report(attacked, datetime(2027, 1, 5, 12))
    made = sorted((attacked.root / "outbox").rglob("*.xlsx"))
    assert any("退回" in str(path) for path in made)
    assert any("汇总" in str(path) for path in made)
    assert [formula for path in made for formula in formulas_of(path)] == []
    for path in made:
        with zipfile.ZipFile(path) as package:
            assert not [name for name in package.namelist() if re.search("externalLink|vba|embeddings", name)]


def test_marks_of_templates_and_of_markup_stay_text_in_letters(attacked: Workspace) -> None:
    workflow.report(attacked, datetime(2027, 1, 5, 12))
    letters = sorted((attacked.root / "outbox").rglob("*.docx"))
    assert {path.parent.name for path in letters} >= {"下发", "退回", "汇总"}
    for path in letters:
        document = docx.Document(str(path))
        text = "\n".join(each.text for each in document.paragraphs)
        assert "49" not in re.findall(r"\b49\b", text)
        with zipfile.ZipFile(path) as package:
            assert b"<script>" not in package.read("word/document.xml")


def test_macros_and_links_to_other_files_are_left_behind(workspace: Workspace) -> None:
    data = fill(issued_file(workspace, "市教育局"), {"1": {"完成状态": "差不多"}})
    parts = split_package(data)
    parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0 Auto_Open"
    parts["xl/externalLinks/externalLink1.xml"] = b"<externalLink/>"
    parts["xl/embeddings/oleObject1.bin"] = b"\xd0\xcf\x11\xe0"
    send(workspace, "a.xlsm", repack(parts))
    collected = collect(workspace, [], RECEIVED_ON)
    (book,) = [path for path in collected.outcome.written if path.suffix == ".xlsx"]
    with zipfile.ZipFile(book) as package:
        assert not [name for name in package.namelist() if re.search("externalLink|vba|embeddings", name)]


# ---- names and files -------------------------------------------------------------------------------------

NAMES = (
    "../../../../tmp/逃.xlsx",
    "..\\..\\逃.xlsx",
    "/etc/passwd",
    "C:\\Windows\\win.ini",
    "CON.xlsx",
    "nul",
    "结尾. . .",
    "控制\x01\x1b[31m\n字符.xlsx",
    "长" * 400 + ".xlsx",
    "a!b!c.xlsx",
)


@pytest.mark.parametrize("name", NAMES, ids=lambda each: each[:12].encode("unicode_escape").decode() or "empty")
def test_absurd_names_in_an_archive_are_only_shown(name: str, workspace: Workspace) -> None:
    data = fill(issued_file(workspace, "市教育局"), {"1": {"完成状态": "差不多"}})
    send(workspace, "恶.zip", zipped({name: data, "好.xlsx": fill(issued_file(workspace, "市司法局"))}))
    collected = collect(workspace, [], RECEIVED_ON)
    verdicts = {each.unit: str(each.verdict) for each in collected.receipts}
    assert verdicts["市司法局"] == "accepted"
    assert all(workspace.root in path.parents for path in collected.outcome.written)
    assert all(len(path.name.encode()) < 256 for path in workspace.root.rglob("*"))


@pytest.mark.skipif(os.name == "nt", reason="Windows has neither pipes nor devices among files")
def test_links_pipes_and_devices_in_the_inbox_are_not_opened(workspace: Workspace, tmp_path: Path) -> None:
    secret = tmp_path / "秘密.xlsx"
    secret.write_bytes(fill(issued_file(workspace, "市教育局")))
    (workspace.inbox / "链接.xlsx").symlink_to(secret)
    (workspace.inbox / "设备.xlsx").symlink_to("/dev/zero")
    (workspace.inbox / "圈").symlink_to(workspace.inbox)
    os.mkfifo(workspace.inbox / "管道.xlsx")
    send(workspace, "好.xlsx", fill(issued_file(workspace, "市司法局")))
    collected = collect(workspace, [], RECEIVED_ON)
    assert {each.file: (str(each.verdict), each.sha256 == "") for each in collected.receipts} == {
        "好.xlsx": ("accepted", False),
        **dict.fromkeys(("圈", "管道.xlsx", "设备.xlsx", "链接.xlsx"), ("ignored", True)),
    }


def test_the_secret_is_for_its_owner_alone_and_never_told(workspace: Workspace) -> None:
    secret = workspace.secret()
    path = next(each for each in workspace.root.iterdir() if each.is_file() and secret in each.read_bytes())
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    send(workspace, "a.xlsx", fill(issued_file(workspace, "市教育局")))
    collected = collect(workspace, [], RECEIVED_ON)
    told = str(collected.as_json()) + str(collected.outcome)
    assert secret.decode() not in told
    for each in workspace.root.rglob("*"):
        if each.is_file() and each != path:
            content = each.read_bytes()
            assert secret not in content
            if content.startswith(b"PK"):
                with zipfile.ZipFile(BytesIO(content)) as package:
                    assert not any(secret in package.read(name) for name in package.namelist())
