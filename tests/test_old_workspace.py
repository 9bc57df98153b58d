"""A workspace that an earlier program made goes on: the same is said of it, and its year comes to an end."""

from __future__ import annotations

import json
import os
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from builders.year import ROOT

from reporting.commands.collect import collect
from reporting.commands.issue import issue
from reporting.commands.report import report
from reporting.commands.review_issue import review_issue
from reporting.commands.revoke import revoke
from reporting.commands.rollover import rollover
from reporting.commands.status import status
from reporting.commands.status_unit import history
from reporting.commands.verify import verify
from reporting.model import DecisionKind, LetterKind, Verdict
from reporting.office.workspace import Workspace
from reporting.year.open import open_year

SAMPLE = ROOT / "tests" / "samples" / "workspace"
NOW = datetime(2026, 12, 19, 12)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """The workspace as it was left, with the times of the files in its inbox."""
    with zipfile.ZipFile(SAMPLE / "book_3.zip") as archive:
        archive.extractall(tmp_path)
    for name, seconds in json.loads((SAMPLE / "times.json").read_text(encoding="utf-8")).items():
        if (tmp_path / name).exists():
            os.utime(tmp_path / name, (seconds, seconds))
    return Workspace(tmp_path)


def test_the_same_is_said_of_it(workspace: Workspace) -> None:
    said = status(workspace, NOW).as_json()
    assert json.loads(json.dumps(said)) == json.loads((SAMPLE / "status.json").read_text(encoding="utf-8"))


def test_archive_book_and_outbox_agree(workspace: Workspace) -> None:
    assert verify(workspace).outcome.findings == ()


def test_nothing_is_taken_in_twice(workspace: Workspace) -> None:
    with open_year(workspace, NOW) as year:
        before = len(year.standings)
    collected = collect(workspace, [], NOW)
    assert {each.verdict for each in collected.receipts} <= {Verdict.DUPLICATE, Verdict.IGNORED}
    assert collected.outcome.written == ()
    with open_year(workspace, NOW) as year:
        assert len(year.standings) == before


def test_parts_letters_and_decisions_are_known(workspace: Workspace) -> None:
    with open_year(workspace, NOW) as year:
        kinds = {each.kind for each in year.letters}
        merged = [each.unit for each in year.standings if each.verdict is Verdict.MERGED]
        decided = [each.kind for each in year.decisions]
    assert {LetterKind.WORKBOOK, LetterKind.RETURN_LETTER, LetterKind.REMINDER} <= kinds
    assert merged == ["市民政局"]
    assert decided == [DecisionKind.EXTENSION, DecisionKind.REASSIGNMENT]
    assert len(history(workspace, "市民政局", NOW).as_json()["versions"]) == 2


def test_the_year_goes_on_to_the_next(workspace: Workspace) -> None:
    assert revoke(workspace, 1, "单位已按期报送", NOW).is_new
    assert report(workspace, NOW).outcome.written
    assert review_issue(workspace, NOW).inspection.tasks
    rollover(workspace, datetime(2027, 1, 20, 12))
    assert issue(Workspace(workspace.root), datetime(2027, 2, 1, 12)).recipients
