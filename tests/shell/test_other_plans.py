"""plan.xlsx saved as something else: every command works on it, and names the file that is there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from builders.command import run
from builders.formats import as_ods, as_xls, sheets_of
from builders.year import small_plan

from reporting.model import Plan
from reporting.office.workspace import Workspace
from reporting.plan.book.write import write_planbook

FORMATS = pytest.mark.parametrize(("name", "save"), [("plan.ods", as_ods), ("plan.xls", as_xls)], ids=["ods", "xls"])


def save_as(workspace: Workspace, name: str, save: Callable[[Any], bytes], plan: Plan | None = None) -> None:
    """Put the plan of a workspace into another file, as another program saves it."""
    own = workspace.root / "plan.xlsx"
    if plan is not None:
        write_planbook(own, plan)
    (workspace.root / name).write_bytes(save(sheets_of(own.read_bytes())))
    own.unlink()


@FORMATS
def test_the_same_plan_goes_out_again_without_a_change(
    workspace: Workspace, name: str, save: Callable[[Any], bytes]
) -> None:
    save_as(workspace, name, save)
    code, said, wrong = run("issue", "-w", workspace.root, "--date", "2026-12-02")
    assert (code, wrong) == (0, "")
    assert "与上次下发相同，没有变化" in said


@FORMATS
def test_what_is_said_of_the_plan_names_the_file_that_is_there(
    workspace: Workspace, name: str, save: Callable[[Any], bytes]
) -> None:
    plan = small_plan()
    changed = replace(plan, tasks=tuple(replace(each, content=f"{each.content}再加一句。") for each in plan.tasks))
    nobody = replace(plan, tasks=tuple(replace(each, lead=()) for each in plan.tasks))
    said = []
    for made in (changed, nobody):
        save_as(workspace, name, save, made)
        for command in (("plan", "check"), ("issue",), ("collect",), ("report",)):
            _, out, wrong = run(*command, "-w", workspace.root, "--date", "2026-12-02")
            said.append(out + wrong)
            if command == ("issue",) and made is changed:
                break  # what went out is what stands there
    whole = "\n".join(said)
    assert f"{name}：任务" in whole
    assert f"{name} 有错误，没有下发" in whole
    assert f"{name} 与 " in whole  # what went out
    assert "plan.xlsx" not in whole


def test_one_that_cannot_be_read_is_named(workspace: Workspace) -> None:
    (workspace.root / "plan.xlsx").unlink()
    Path(workspace.root / "plan.ods").write_bytes(b"nothing of a spreadsheet")
    for command in (("plan", "check"), ("issue",), ("report",)):
        _, out, wrong = run(*command, "-w", workspace.root, "--date", "2026-12-02")
        assert "plan.ods" in out + wrong
        assert "plan.xlsx" not in (out + wrong).replace("另存为 plan.xlsx", "")
