"""The year on the bundled example: every planted mistake is found at its cell, and the year ends as told."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from builders.libreoffice import HAS_LIBREOFFICE, needs_libreoffice
from builders.year import ROOT

from reporting.commands.collect import collect
from reporting.commands.issue import issue
from reporting.commands.status import status
from reporting.documents.standard import judge
from reporting.documents.standard.read import read_layout
from reporting.ledger import BookedFinding, Ledger
from reporting.model import Standing, UnitLine
from reporting.model.findings import Severity
from reporting.office.form import Form
from reporting.office.workspace import Workspace
from reporting.shell.demo.year import run

pytestmark = pytest.mark.slow

SENDINGS: list[dict[str, Any]] = tomllib.loads((ROOT / "examples" / "returns.toml").read_text(encoding="utf-8"))[
    "return"
]
BY_DELIVERY = {
    kind: {each["unit"] for each in SENDINGS if each.get("delivery", "mail") == kind}
    for kind in ("mail", "zip", "twice", "late", "never")
}
PLANTED = [
    pytest.param(sending["unit"], mistake, id=f"{sending['unit']} {mistake['task']} {mistake['expect']}")
    for sending in SENDINGS
    for mistake in sending.get("mistake", ())
    if mistake["expect"] and sending["delivery"] != "twice"
]
FIRST, LAST = datetime(2026, 12, 14, 12), datetime(2026, 12, 28, 12)


@dataclass(frozen=True)
class Year:
    """The demo when it is over: its folder, what it told, and its book."""

    workspace: Workspace
    told: str
    book: list[Standing]
    findings: dict[int, list[BookedFinding]]

    def first(self, unit: str) -> Standing:
        """What the first collect made of a unit's return (of the one that counted, if it sent two)."""
        own = [each for each in self.book if each.received == FIRST and each.unit == unit]
        (counting,) = [each for each in own if str(each.verdict) in ("accepted", "returned")]
        return counting

    def first_findings(self, unit: str) -> list[BookedFinding]:
        standing = self.first(unit)
        return self.findings.get(standing.entry, [])


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Year:
    told: list[str] = []
    root = run(tmp_path_factory.mktemp("demo") / "演示", told.append)
    workspace = Workspace(root)
    with closing(Ledger(workspace.ledger_url)) as ledger:
        return Year(workspace, "\n".join(told), ledger.standings(2026), ledger.findings_of(2026))


def _cell_of(issued: Path, form: Form, mistake: dict[str, Any]) -> tuple[str, str]:
    """Sheet and address of the cell that a mistake is made in, found in the workbook that went out."""
    book = openpyxl.load_workbook(issued)
    if mistake["sheet"] == "表头":
        heading = form.header_fields[mistake["field"]].heading
        cells = (cell for line in book["任务填报"].iter_rows(max_row=8) for cell in line)
        (label,) = [cell for cell in cells if cell.value == heading]
        return "任务填报", label.offset(0, 1).coordinate
    fields = form.target_fields if mistake["sheet"] == "量化指标" else form.task_fields
    heading = fields[mistake["field"]].heading
    sheet: Any = book[mistake["sheet"]]
    head = next(line for line in sheet.iter_rows() if heading in [cell.value for cell in line])
    column = next(cell.column for cell in head if cell.value == heading)
    rows = sheet.iter_rows(min_row=head[0].row + 1)
    (row,) = [line[0].row for line in rows if str(line[0].value) == mistake["task"]]
    return mistake["sheet"], sheet.cell(row, column).coordinate


@pytest.mark.parametrize(("unit", "mistake"), PLANTED)
def test_a_planted_mistake_is_found_at_its_cell(year: Year, form: Form, unit: str, mistake: dict[str, Any]) -> None:
    assert str(year.first(unit).verdict) == "returned"
    found = [each for each in year.first_findings(unit) if each.code == mistake["expect"]]
    if mistake["field"] == "row":
        assert mistake["task"] in [each.task for each in found]
        return
    (issued,) = year.workspace.outbox("下发").glob(f"*_{unit}_*.xlsx")
    assert _cell_of(issued, form, mistake) in [(each.sheet, each.cell) for each in found]


@pytest.mark.parametrize("unit", sorted({param.values[0] for param in PLANTED if param.values}, key=str))
def test_nothing_but_the_planted_mistakes_is_an_error(year: Year, unit: str) -> None:
    (sending,) = [each for each in SENDINGS if each["unit"] == unit]
    planted = [each["expect"] for each in sending["mistake"] if each["expect"]]
    errors = [each.code for each in year.first_findings(unit) if each.severity is Severity.ERROR]
    assert sorted(errors) == sorted(planted)


def test_every_rule_that_is_planted_is_one_of_the_rules() -> None:
    from reporting.returns.rules import gather

    planted = {mistake["expect"] for sending in SENDINGS for mistake in sending.get("mistake", ())} - {""}
    assert planted <= {rule.kind.code for rule in gather()}


GOOD = sorted(
    sending["unit"]
    for sending in SENDINGS
    if sending["delivery"] in ("mail", "zip", "twice")
    and (sending["delivery"] == "twice" or not any(each["expect"] for each in sending.get("mistake", ())))
)


@pytest.mark.parametrize("unit", GOOD)
def test_a_unit_without_mistakes_is_accepted_at_once(year: Year, unit: str) -> None:
    assert str(year.first(unit).verdict) == "accepted"


def test_of_the_unit_that_sent_twice_the_older_file_is_superseded(year: Year) -> None:
    (unit,) = BY_DELIVERY["twice"]
    assert [(each.file, str(each.verdict)) for each in year.book if each.unit == unit] == [
        (f"{unit}填报表(最终版).xlsx", "accepted"),
        (f"{unit}填报表.xlsx", "superseded"),
    ]


def test_a_return_in_a_zip_is_named_after_it_in_chinese(year: Year) -> None:
    (unit,) = BY_DELIVERY["zip"]
    assert year.first(unit).file.startswith(f"{unit}报送材料.zip!{unit}填报表/2026_")


def test_in_the_end_two_units_never_answered_and_all_others_are_accepted(year: Year) -> None:
    board = status(year.workspace, LAST)
    assert len(board.units) == len(SENDINGS) == 26
    assert len(BY_DELIVERY["never"]) == 2
    assert {each.unit for each in board.units if str(each.state) == "late"} == BY_DELIVERY["never"]
    assert {str(each.state) for each in board.units if each.unit not in BY_DELIVERY["never"]} == {"accepted"}
    assert board.unsettled == ()
    assert board.notes == ()


def test_who_was_late_is_not_on_time_and_who_corrected_is(year: Year) -> None:
    lines: dict[str, UnitLine] = {each.unit: each for each in status(year.workspace, LAST).units}
    assert {unit for unit, line in lines.items() if line.on_time is False} == BY_DELIVERY["late"]
    corrected = {str(param.values[0]) for param in PLANTED}
    assert all(lines[unit].on_time and lines[unit].times_returned == 1 for unit in corrected)


def test_each_late_unit_got_a_reminder_and_each_wrong_return_its_two_files(year: Year) -> None:
    reminded = {path.name.split("_")[2] for path in year.workspace.outbox("催报").glob("*_催报函_*")}
    assert reminded == BY_DELIVERY["late"] | BY_DELIVERY["never"]
    back = sorted(path.suffix for path in year.workspace.outbox("退回").iterdir() if "退回" in path.name)
    corrected = len({str(param.values[0]) for param in PLANTED})
    assert back == [".docx"] * corrected + [".xlsx"] * corrected


def test_the_report_is_there_and_names_who_never_answered(year: Year) -> None:
    folder = year.workspace.outbox("汇总")
    book, document = folder / "2026年度任务完成情况汇总表.xlsx", folder / "2026年度任务完成情况报告.docx"
    words = {str(cell.value) for sheet in openpyxl.load_workbook(book) for line in sheet.iter_rows() for cell in line}
    assert all(any(unit in text for text in words) for unit in BY_DELIVERY["never"])
    assert document.stat().st_size > 10_000


def test_the_demo_tells_what_it_wrote_and_every_path_it_names_is_there(year: Year) -> None:
    listed = [line.split("  ")[-1] for line in year.told.splitlines() if line.startswith("  ") and "  " in line[2:]]
    paths = [Path(each) for each in listed if each.endswith((".xlsx", ".docx", ".html"))]
    assert len(paths) >= 6
    assert [path for path in paths if not path.is_file()] == []


def test_collecting_once_more_changes_nothing(year: Year) -> None:
    collected = collect(year.workspace, [], datetime(2026, 12, 29, 12))
    assert {str(each.verdict) for each in collected.receipts} == {"duplicate"}
    assert collected.in_book == set(collected.receipts)
    with closing(Ledger(year.workspace.ledger_url)) as ledger:
        assert ledger.standings(2026) == year.book


# ---- saved again by another program ------------------------------------------------------------------


def _save_again(files: list[Path], kind: str, folder: Path) -> Iterator[Path]:
    """Let LibreOffice save all files in another folder, in one call."""
    profile = (folder / "profile").as_uri()
    subprocess.run(
        [
            str(HAS_LIBREOFFICE),
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            kind,
            "--outdir",
            str(folder / kind),
            *map(str, files),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    for path in files:
        yield folder / kind / f"{path.stem}.{kind}"


def _issued_like(year: Year, root: Path) -> Workspace:
    """A workspace that has issued the demo's plan and received nothing."""
    root.mkdir()
    for name in ("duban.toml", "plan.xlsx", ".duban-secret"):
        shutil.copyfile(year.workspace.root / name, root / name)
    shutil.copytree(year.workspace.root / "templates", root / "templates")
    workspace = Workspace(root)
    issue(workspace, datetime(2026, 12, 1, 12))
    workspace.inbox.mkdir()
    return workspace


def _judged(workspace: Workspace, files: list[Path]) -> dict[str, tuple[str, list[tuple[str, ...]]]]:
    """Per unit the verdict and the findings with their cells, of files that came together."""
    collected = collect(workspace, files, FIRST)
    return {
        each.unit: (
            str(each.verdict),
            sorted(
                (found.kind.code, found.place.part, found.place.cell, found.task, found.values.get("found", ""))
                for found in collected.outcome.findings
                if found.place.file == each.file
            ),
        )
        for each in collected.receipts
    }


@pytest.mark.slow
@needs_libreoffice
@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_returns_saved_again_by_libreoffice_are_judged_the_same(year: Year, tmp_path: Path, kind: str) -> None:
    files = sorted(year.workspace.inbox.glob("2026_*.xlsx"))
    assert len(files) > 15
    again = list(_save_again(files, kind, tmp_path))
    assert [path for path in again if not path.is_file()] == []
    original = _judged(_issued_like(year, tmp_path / "原"), files)
    assert len(original) == len(files)
    assert _judged(_issued_like(year, tmp_path / "再"), again) == original


def test_every_document_of_the_year_has_the_layout_of_the_standard(year: Year) -> None:
    documents = sorted(year.workspace.outbox("").rglob("*.docx"))
    kinds = ("通知", "退回函", "核实函", "催报函", "任务完成情况报告", "检查验收报告")
    assert all(any(kind in path.name for path in documents) for kind in kinds)
    faults = {
        f"{path.name} {each.clause.number} {each.clause.name}": each.faults
        for path in documents
        for each in judge(read_layout(path))
        if each.faults
    }
    assert faults == {}


@pytest.mark.slow
def test_the_same_data_gives_the_same_bytes_elsewhere_later_and_in_another_process(year: Year, tmp_path: Path) -> None:
    first = year.workspace.outbox("汇总")
    elsewhere = Workspace(tmp_path / "另 一处")
    shutil.copytree(year.workspace.root, elsewhere.root)
    shutil.rmtree(elsewhere.outbox("汇总"))
    command = [sys.executable, str(ROOT / "cli.py"), "report", "-w", str(elsewhere.root), "--date", "2027-01-20"]
    environment = os.environ | {"PYTHONHASHSEED": "7", "TZ": "Asia/Shanghai"}
    subprocess.run(command, check=True, capture_output=True, env=environment, timeout=120)
    assert {path.name: path.read_bytes() for path in elsewhere.outbox("汇总").iterdir()} == {
        path.name: path.read_bytes() for path in first.iterdir()
    }
    assert {path.suffix for path in first.iterdir()} == {".docx", ".xlsx", ".html"}
