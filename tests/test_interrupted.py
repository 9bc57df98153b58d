"""Any moment of any command may be its last: run again, it ends as if nothing had been.

Each command is disturbed at every step at which it changes anything (see ``faults``). Whatever then happens,
the next run leaves exactly what an undisturbed one leaves: no return lost, none twice, no half file, nothing
of the first run lying about, and archive, book and outbox agree.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from builders import faults
from builders.year import (
    EDUCATION,
    FOUND,
    ISSUED_ON,
    JUSTICE,
    RECEIVED_ON,
    RIVER,
    ROOT,
    collect,
    fill,
    head_review,
    issued_file,
    make_workspace,
    send,
    set_modified,
    small_plan,
    tree,
    verify,
    well,
    wrong,
)

from reporting.commands import report as workflow
from reporting.commands import verify as verify_command
from reporting.commands.identify import identify
from reporting.commands.issue import issue
from reporting.commands.review_collect import review_collect
from reporting.commands.review_issue import review_issue
from reporting.commands.revoke import revoke
from reporting.documents.intake import INTAKE_FILE
from reporting.files.disk import is_temporary
from reporting.files.lock import LOCK_FILE
from reporting.ledger import plan_to_json
from reporting.office.workspace import Workspace
from reporting.plan.book.memory import write_imported
from reporting.plan.book.read import read_planbook
from reporting.plan.book.write import write_planbook

RESENT_ON = RECEIVED_ON + timedelta(days=3)


# ---- the commands, each before it runs ---------------------------------------------------------------


@dataclass(frozen=True)
class Scene:
    """A workspace before a command, and the command."""

    name: str
    words: tuple[str, ...]
    prepare: Callable[[Path], object]


def _zipped(**files: bytes) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(f"{name}.xlsx", (2026, 12, 9, 12, 0, 0)), data)
    return packed.getvalue()


def _before_issue(root: Path) -> Workspace:
    workspace = make_workspace(root)
    workspace.secret()
    return workspace


def _issued(root: Path) -> Workspace:
    workspace = _before_issue(root)
    issue(workspace, ISSUED_ON)
    return workspace


def _before_collect(root: Path) -> Workspace:
    """One corrected, one good in an archive, one wrong again, one unreadable, one photo."""
    workspace = _issued(root)
    send(workspace, "a.xlsx", wrong(workspace))
    send(workspace, "d.xlsx", wrong(workspace, RIVER))
    collect(workspace)
    send(workspace, "a2.xlsx", well(workspace))
    send(workspace, "b.zip", _zipped(b=well(workspace, JUSTICE)))
    send(workspace, "c.xlsx", b"")
    send(workspace, "d2.xlsx", fill(issued_file(workspace, RIVER), rows={"3": {"完成进度(%)": "很多"}}))
    send(workspace, "现场.png", b"\x89PNG\r\n\x1a\n")
    for path in workspace.inbox.iterdir():
        set_modified(path, RECEIVED_ON)
    return workspace


def _collected(root: Path) -> Workspace:
    workspace = _before_collect(root)
    collect(workspace, now=RESENT_ON)
    return workspace


def _before_review(root: Path) -> Workspace:
    workspace = _collected(root)
    path = review_issue(workspace, RESENT_ON).path
    book = openpyxl.load_workbook(path)
    sheet: Any = book["任务核定"]
    sheet["L4"].value = "已完成"
    head_review(book)
    book.save(path)
    return workspace


def _before_report(root: Path) -> Workspace:
    workspace = _before_review(root)
    review_collect(workspace, None, RESENT_ON)
    return workspace


def _before_amending(root: Path) -> Workspace:
    """A consolidated workbook in which the office verified a task."""
    workspace = _before_report(root)
    workflow.report(workspace, RESENT_ON)
    (path,) = workspace.outbox("汇总").glob("*汇总表.xlsx")
    book = openpyxl.load_workbook(path)
    sheet: Any = book["任务汇总"]
    headings = {cell.value: cell.column for row in sheet.iter_rows(max_row=4) for cell in row}
    row = next(line[0].row for line in sheet.iter_rows() if str(line[0].value) == "2")
    sheet.cell(row, headings["核定状态"]).value = "未启动"
    book.save(root / "汇总表.xlsx")
    return workspace


def _reviewed_badly(root: Path) -> Workspace:
    """A year in which the group found a task undone."""
    workspace = _collected(root)
    verify(review_issue(workspace, RESENT_ON).path, FOUND)
    review_collect(workspace, None, RESENT_ON)
    return workspace


def _before_import(root: Path) -> Workspace:
    """A plan.xlsx that somebody has worked in since it was read, and a corrected document."""
    workspace = make_workspace(root)
    write_imported(workspace.plan_file, small_plan())
    first, *others = small_plan().tasks
    edited = replace(small_plan(), tasks=(replace(first, support=()), *others))
    write_planbook(workspace.plan_file, edited)
    lines = (f"{each.number}．{each.content}（{'、'.join(each.lead)}牵头）" for each in small_plan().tasks)
    (root / "方案.txt").write_text("\n".join((small_plan().title, "", *lines)), encoding="utf-8")
    return workspace


def _identified(root: Path) -> Workspace:
    """A file that the office found to be a unit's, taken in with a part of that unit's own."""
    workspace = _collected(root)
    blank = {"2": dict.fromkeys(("完成状态", "完成进度(%)", "完成情况", "佐证材料"))}
    send(workspace, "某表.xlsx", fill(issued_file(workspace, EDUCATION), header={"填报单位": JUSTICE}))
    send(workspace, "一科.xlsx", fill(issued_file(workspace, EDUCATION), blank))
    for path in workspace.inbox.iterdir():
        set_modified(path, RECEIVED_ON)
    identify(workspace, "某表.xlsx", EDUCATION, "电话核实", RESENT_ON)
    collect(workspace, now=RESENT_ON)
    return workspace


def _taken_back(root: Path) -> Workspace:
    workspace = _identified(root)
    revoke(workspace, 1, "听错了单位", RESENT_ON)
    return workspace


ISSUE = Scene("issue", ("issue", "--date", "2026-12-01"), _before_issue)
COLLECT = Scene("collect", ("collect", "--date", "2026-12-13"), _before_collect)
REMIND = Scene("remind", ("remind", "--date", "2026-12-24"), _collected)
REVIEW = Scene("review issue", ("review", "issue", "--date", "2026-12-13"), _collected)
REVIEWED = Scene("review collect", ("review", "collect", "--date", "2026-12-13"), _before_review)
AMEND = Scene(
    "review collect of the office", ("review", "collect", "汇总表.xlsx", "--date", "2026-12-14"), _before_amending
)
REPORT = Scene("report", ("report", "--date", "2026-12-28"), _before_report)
REASSIGN = Scene(
    "reassign",
    ("reassign", "3", "--from", RIVER, "--to", EDUCATION, "--reason", "职能调整", "--date", "2026-12-13"),
    _collected,
)
IMPORT = Scene("plan import", ("plan", "import", "方案.txt"), _before_import)
EXTEND = Scene(
    "extend", ("extend", RIVER, "--until", "2026-12-28", "--reason", "区划调整", "--date", "2026-12-13"), _collected
)
BULLETIN = Scene("bulletin", ("bulletin", "--date", "2026-12-24"), _collected)
RECTIFY = Scene("review rectify", ("review", "rectify", "--date", "2027-01-20"), _reviewed_badly)
ROLLOVER = Scene("rollover", ("rollover", "--date", "2027-02-01"), _before_report)
REVOKE = Scene("revoke", ("revoke", "1", "--reason", "听错了单位", "--date", "2026-12-13"), _identified)
AGAIN = Scene("collect again", ("collect", "--date", "2026-12-13"), _taken_back)
SCENES = (
    *(EXTEND, ISSUE, COLLECT, REMIND, REVIEW, REVIEWED, REPORT, REASSIGN, IMPORT, ROLLOVER),
    *(REVOKE, AGAIN, BULLETIN, RECTIFY, AMEND),
)


# ---- what a command leaves ---------------------------------------------------------------------------


def _rows(root: Path) -> dict[str, list[tuple[Any, ...]]]:
    """The whole book, table by table, with its row numbers."""
    if not (root / "ledger.db").exists():
        return {}
    with closing(sqlite3.connect(root / "ledger.db")) as book:
        names = [each[0] for each in book.execute("select name from sqlite_master where type = 'table'")]
        return {name: book.execute(f"select * from {name} order by id").fetchall() for name in sorted(names)}


def _left(root: Path) -> tuple[dict[str, list[tuple[Any, ...]]], dict[str, str], object]:
    """All that a command leaves in its folder."""
    files = {name: each for name, each in tree(root).items() if not name.startswith("ledger.db")}
    files.pop("plan.xlsx")  # openpyxl gives it other bytes each time; its words are compared
    kept = sorted(name for name in files if "-原有-" in name)
    for name in kept:
        files.pop(name)
    plan, _ = read_planbook(root / "plan.xlsx")
    return _rows(root), files, plan_to_json(plan)


class Stage:
    """One command on copies of one folder: undisturbed once, then disturbed at each of its steps."""

    def __init__(self, scene: Scene, folder: Path, server: subprocess.Popen[str]) -> None:
        self.scene, self.folder, self.server = scene, folder, server
        self.root = folder / "工作台"  # every copy has the same path, as the book may name it
        self.before = folder / "before"
        scene.prepare(self.before)
        self.rows_before = _rows(self.before)
        self.reset()
        code, told = self.run()
        assert code in (0, 1), told
        self.steps = int(told.rsplit("\n", 1)[1])
        self.expected = _left(self.root)

    def reset(self) -> None:
        shutil.rmtree(self.root, ignore_errors=True)
        shutil.copytree(self.before, self.root)

    def run(self, at: int = 0, how: str = faults.KILL) -> tuple[int, str]:
        """Run the command in a process of its own; its exit code and what it said."""
        words = [str(self.root / each) if each.endswith((".txt", ".xlsx")) else each for each in self.scene.words]
        words = words if words[0] == "plan" else ["-w", str(self.root), *words]
        words += ["-o", str(self.root / "plan.xlsx")] if words[0] == "plan" else []
        told = self.folder / "told.txt"
        asked = {"root": str(self.root), "words": words, "at": at, "how": how, "told": str(told)}
        assert self.server.stdin is not None
        assert self.server.stdout is not None
        self.server.stdin.write(json.dumps(asked) + "\n")
        self.server.stdin.flush()
        return int(self.server.stdout.readline()), told.read_text(encoding="utf-8")

    def check_completed(self, moment: str) -> None:
        """Run the command again, undisturbed: what it leaves now is what it leaves anyway."""
        code, told = self.run()
        assert code in (0, 1), (moment, told)
        rows, files, plan = _left(self.root)
        expected_rows, expected_files, expected_plan = self.expected
        assert plan == expected_plan, moment
        assert files == expected_files, moment
        if f"无法写入“{INTAKE_FILE}”" in moment:  # which the book keeps, since the run said so
            rows, expected_rows = (
                {**each, "runs": [run[:-1] for run in each["runs"]]} for each in (rows, expected_rows)
            )
        assert rows == expected_rows, moment
        lying = [path for path in self.root.rglob("*") if is_temporary(path.name) or path.name.startswith(LOCK_FILE)]
        assert lying == [], moment
        if rows:
            verified = verify_command.verify(Workspace(self.root))
            assert [each.message for each in verified.outcome.findings] == [], moment


@pytest.fixture(scope="module")
def server() -> Iterator[subprocess.Popen[str]]:
    """What runs the commands; see ``faults``."""
    words = [sys.executable, str(Path(faults.__file__))]
    paths = os.pathsep.join((str(ROOT), str(ROOT / "tests")))
    with subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": paths}
    ) as running:
        yield running
        assert running.stdin is not None
        running.stdin.close()


@pytest.fixture(scope="module")
def stages(tmp_path_factory: pytest.TempPathFactory, server: subprocess.Popen[str]) -> Callable[[Scene], Stage]:
    """Each command's stage, made when it is first asked for."""
    made: dict[str, Stage] = {}

    def stage_of(scene: Scene) -> Stage:
        if scene.name not in made:
            made[scene.name] = Stage(scene, tmp_path_factory.mktemp("stage"), server)
        return made[scene.name]

    return stage_of


def _kill_and_complete(stage: Stage, step: int, how: str) -> None:
    stage.reset()
    code, _ = stage.run(step, how)
    assert code == -signal.SIGKILL, (stage.scene.name, step)
    stage.check_completed(f"{stage.scene.name} {how} at step {step} of {stage.steps}")


@pytest.mark.slow
@pytest.mark.parametrize("scene", SCENES, ids=lambda each: each.name)
def test_a_command_killed_at_any_step_and_run_again_ends_as_if_undisturbed(
    stages: Callable[[Scene], Stage], scene: Scene
) -> None:
    stage = stages(scene)
    for step in range(1, stage.steps + 1):
        _kill_and_complete(stage, step, (faults.KILL, faults.HALF)[step % 2])


@pytest.mark.slow
def test_collect_killed_at_any_time_and_run_again_ends_as_if_undisturbed(stages: Callable[[Scene], Stage]) -> None:
    stage, chosen = stages(COLLECT), random.Random(4)
    for _ in range(20):
        stage.reset()
        moment = chosen.randrange(1, 400)
        code, _ = stage.run(moment, faults.TIMED)
        assert code in (-signal.SIGALRM, 0, 1)
        stage.check_completed(f"collect killed after {moment} ms")


@pytest.mark.slow
def test_these_are_at_least_two_hundred_moments(stages: Callable[[Scene], Stage]) -> None:
    assert sum(stages(each).steps for each in SCENES) >= 200


@pytest.mark.slow
@pytest.mark.parametrize("scene", SCENES, ids=lambda each: each.name)
def test_a_command_that_the_disk_refuses_says_so_and_books_nothing(
    stages: Callable[[Scene], Stage], scene: Scene
) -> None:
    stage = stages(scene)
    for step in range(1, stage.steps + 1):
        how = (faults.FULL, faults.DENIED)[step % 2]
        stage.reset()
        code, told = stage.run(step, how)
        moment = f"{scene.name} {how} at step {step} of {stage.steps}: {told}"
        assert "Traceback" not in told, moment
        if code == 2:  # what it refuses after the book, when all is done, may go unsaid
            assert "没有完成：" in told, moment
            assert _rows(stage.root) == stage.rows_before or not stage.rows_before, moment
        else:
            assert code in (0, 1), moment
        stage.check_completed(moment)
