"""Every kind of file that is written holds before Microsoft's own Open XML SDK, which Office reads by."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest
from builders.ooxml import needs_validator, violations
from builders.year import ROOT

from reporting.commands.plan_import import plan_import
from reporting.commands.review_issue import review_issue
from reporting.files.package import repack, split_package
from reporting.office.workspace import Workspace
from reporting.shell.demo.year import run

pytestmark = [pytest.mark.slow, needs_validator]

_ONE_OF_MANY = re.compile(r"^\d{4}_\d{2}_[^_]+_|_?第\d次|_\d{8}")
"""What tells apart files of one kind: the unit, which letter it is, its day."""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One file of each kind: of a whole year, of a plan read in, of a template."""
    folder = tmp_path_factory.mktemp("office")
    workspace = Workspace(run(folder / "演示", lambda _: None))
    # where people saved theirs, the program writes its own once more
    imported = folder / "plan.xlsx"
    plan_import(ROOT / "examples" / "plan.txt", imported)
    (reviewed,) = workspace.outbox("核定").glob("*.xlsx")
    reviewed.unlink()
    review_issue(workspace, datetime(2027, 1, 25, 12))
    folders = (workspace.outbox("").rglob("*"), workspace.root.glob("plan_*"), (ROOT / "templates").iterdir())
    files = [imported, *(path for each in folders for path in each if path.suffix in (".xlsx", ".docx"))]
    return {_ONE_OF_MANY.sub("", path.name): path for path in files}


def test_every_kind_of_file_is_valid_for_office(written: dict[str, Path]) -> None:
    assert {name: told for name, path in written.items() if (told := violations(path))} == {}
    kinds = {re.sub(r"\d{4}(年度)?", "", name) for name in written}
    assert kinds >= {
        *("plan.xlsx", "plan_.xlsx", "任务完成情况填报表.xlsx", "退回修改.xlsx", "核实说明.xlsx"),
        *("任务完成情况汇总表.xlsx", "检查验收核定表.xlsx", "通知.docx", "退回函.docx", "核实函.docx", "催报函.docx"),
        *("督查通报.docx", "任务完成情况报告.docx", "任务检查验收报告.docx", "整改通知.docx", "年度总结.docx"),
    }


@pytest.mark.parametrize(
    ("name", "part", "right", "wrong"),
    [
        ("通知.docx", "word/styles.xml", b"<w:qFormat/><w:pPr>", b"<w:pPr><w:pPr/>"),
        ("任务完成情况填报表.xlsx", "xl/workbook.xml", b"<sheets>", b"<sheets><sheet/>"),
    ],
)
def test_what_office_forbids_is_told(
    written: dict[str, Path], tmp_path: Path, name: str, part: str, right: bytes, wrong: bytes
) -> None:
    parts = split_package(written[name].read_bytes())
    assert right in parts[part]
    broken = tmp_path / name
    broken.write_bytes(repack(parts | {part: parts[part].replace(right, wrong, 1)}))
    assert [told for told in violations(broken) if told.startswith(f"/{part}")]
