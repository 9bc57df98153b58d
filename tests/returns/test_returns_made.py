"""Return workbooks of an invented city, in should_pass and should_fail: all that collect says of each.

The whole of ``collect --json`` is compared: a finding too many is as wrong as one too few.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from builders.cases import FOLDERS, MadeFile, Told, made_files, read_finding, rebuild
from builders.year import RECEIVED_ON, ROOT

from reporting.commands.collect import collect
from reporting.ledger import Ledger
from reporting.model import Answered
from reporting.returns.catalogue import catalogue

ELSEWHERE = {
    "choice_is_known": "a column with choices that must be filled in: tests/returns/test_rules.py",
    "date_is_readable": "a date that must be filled in: tests/returns/test_rules.py",
    "path_is_readable": "the disk, not the file, refuses: tests/test_workflow.py",
    "unit_is_decided": "said after the office's own command identify: tests/commands/test_decide.py",
    "unit_is_still_decided": "said after the office's own command revoke: tests/commands/test_reopened.py",
    "file_is_a_return": "a workbook of the inspection: tests/review/test_review.py",
    "file_is_a_file": "a link, a pipe or a socket: tests/commands/test_one_file.py",
    "file_is_read_through": "the program fails over it: tests/commands/test_one_file.py",
    "mail_is_readable": "a mail without attachments: tests/commands/test_one_file.py",
    "archive_can_be_opened": "a component is not installed: tests/commands/test_one_file.py",
    "version_is_sent_again": "a third file after a second: tests/commands/test_versions.py",
    "version_is_the_latest": "an older file moved in the inbox: tests/commands/test_versions.py",
    "return_stands_by_itself": "said after the office's own command revoke: tests/commands/test_reopened.py",
}
"""What no file alone can raise, and where it is tried."""


@dataclass(frozen=True)
class Collected:
    """What one run over both folders gave: the JSON of collect, and what each file was read as."""

    told: Mapping[str, Any]
    contents: Mapping[str, Mapping[tuple[str, str], Any]]


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Collected:
    """Everything taken in at once, as if all had come on one day."""
    root = tmp_path_factory.mktemp("报表")
    workspace = rebuild(root)
    for folder in FOLDERS:
        shutil.move(root / folder, workspace.inbox / folder)
    told = collect(workspace, [], RECEIVED_ON).as_json()
    units = {each["unit"] for each in told["receipts"]} - {""}
    with closing(Ledger(workspace.ledger_url)) as ledger:
        answers = ledger.answers(each.entry for each in ledger.standings(2026) if each.unit in units)
        return Collected(
            told, {each.file: _cells(answers[each.entry]) for each in ledger.standings(2026) if each.entry in answers}
        )


def _cells(answered: Answered) -> dict[tuple[str, str], Any]:
    """What was understood, by sheet and cell."""
    rows = (*answered.rows, *answered.targets)
    cells = (*answered.header.values(), *(cell for row in rows for cell in row.cells.values()))
    return {(cell.sheet, cell.cell): cell.value for cell in cells}


def of_folder(folder: str) -> dict[str, MadeFile]:
    return {made.shown: made for made in made_files() if made.path.startswith(folder)}


@pytest.mark.parametrize("folder", FOLDERS)
def test_everything_that_is_wrong_is_found_and_nothing_else(folder: str, collected: Collected) -> None:
    found: dict[str, list[Told]] = defaultdict(list)
    for each in collected.told["findings"]:
        told = (each["severity"], each["code"], each["sheet"], each["cell"], each["task"])
        found[each["file"]].append(told)
    made = of_folder(folder)
    assert {name: sorted(found[name]) for name in made} == {name: sorted(each.finds) for name, each in made.items()}


def test_no_finding_is_about_anything_but_the_files_that_came_in(collected: Collected) -> None:
    files = {made.shown for made in made_files()}
    assert {each["file"] for each in collected.told["findings"]} <= files


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_file_has_its_verdict_under_its_unit(folder: str, collected: Collected) -> None:
    receipts = {
        each["file"]: (each["verdict"], each["unit"])
        for each in collected.told["receipts"]
        if each["file"].startswith(folder)
    }
    assert receipts == {name: (each.verdict, each.whose) for name, each in of_folder(folder).items()}


def test_harmless_things_are_accepted() -> None:
    """should_pass holds what no unit may be troubled with: nothing in it is an error."""
    passing = of_folder("should_pass").values()
    assert {made.verdict for made in passing} == {"accepted", "ignored"}
    assert not [made.shown for made in passing for severity, *_ in made.finds if severity == "error"]


def test_something_is_said_of_every_case_that_should_fail() -> None:
    failing = of_folder("should_fail").values()
    cases = {"/".join(made.path.split("/")[:2]) for made in failing}
    told = {"/".join(made.path.split("/")[:2]) for made in failing if made.finds or made.verdict != "accepted"}
    assert cases == told


def test_cells_are_read_as_they_are_meant(collected: Collected) -> None:
    expected = {
        (made.shown, *place): value.isoformat() if isinstance(value, date) else value
        for made in made_files()
        for place, value in made.reads.items()
    }
    assert len(expected) > 60
    assert {key: collected.contents[key[0]].get(key[1:]) for key in expected} == expected


def test_every_kind_of_finding_occurs() -> None:
    """A new rule needs a return here that breaks it, or a reason why no file can."""
    shown = {code for made in made_files() for _, code, *_ in made.finds}
    assert shown | ELSEWHERE.keys() == {each.kind.code for each in catalogue()}
    assert not shown & ELSEWHERE.keys()


def test_a_line_that_is_no_finding_is_named() -> None:
    assert read_finding("error task_is_answered 量化指标!- 1-1") == (
        *("error", "task_is_answered", "量化指标"),
        *("", "1-1"),
    )
    with pytest.raises(ValueError, match="wrong figure_in_range I8"):
        read_finding("wrong figure_in_range I8")


@pytest.mark.slow
def test_the_command_writes_them_for_people_to_open(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "tests" / "builders" / "cases.py"), str(tmp_path / "样表")]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
    assert done.stdout.startswith("已写入")
    written = {
        path.relative_to(tmp_path / "样表").as_posix()
        for folder in FOLDERS
        for path in (tmp_path / "样表" / folder).rglob("*")
        if path.is_file()
    }
    assert written == {made.path for made in made_files()}
    again = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert (again.returncode, "已有内容" in again.stderr) == (1, True)
