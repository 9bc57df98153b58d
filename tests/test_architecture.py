"""The layers hold: a module imports only what stands below it, and nothing heavy is loaded at the start."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from conftest import ROOT

LAYERS = (
    "cli",
    "console",
    "options",
    "telling",
    "demonstration",
    "proofing",
    "health",
    "workflow",
    "amending",
    "compiling",
    "retracing",
    "reminding",
    "following",
    "deciding",
    "transferring",
    "reopening",
    "verifying",
    "collecting",
    "receiving",
    "returning",
    "settling",
    "rolling",
    "issuing",
    "planning",
    "proposing",
    "reviewing",
    "sending",
    "waiving",
    "catalogue",
    "files",
    "clauses",
    "plan_check",
    "plan_rules",
    "reading",
    "notations",
    "across",
    "check",
    "columns",
    "joining",
    "answers",
    "levels",
    "tally",
    "last_year",
    "plan_diff",
    "return_diff",
    "identity",
    "parts",
    "plan_merge",
    "plan_conflicts",
    "plan_rows",
    "plan_fields",
    "rules",
    "asides",
    "ledger",
    "rollover",
    "consolidate",
    "review_merge",
    "inspection",
    "scoring",
    "decisions",
    "distribution",
    "evidence",
    "outputs",
    "units",
    "plan_texts",
    "values",
    "numerals",
    "prose",
    "likeness",
    "live",
    "form",
    "setting_errors",
    "settings",
    "document_words",
    "characters",
    "gathering",
    "findings",
    "amendments",
    "review",
    "model",
)
"""From the top to the bottom. A name stands for a module of ``reporting`` or for a package with all in it."""

HEAVY = ("docx", "docxtpl", "openpyxl", "pandas", "pandera", "pydantic", "python_calamine", "sqlalchemy")

MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in [ROOT / "cli.py", *sorted((ROOT / "reporting").rglob("*.py"))]
}


def layer_of(module: str) -> str:
    """The layer of a module by its full name: reporting.files.word belongs to files."""
    return module.removeprefix("reporting.").split(".")[0]


def level_of(module: str) -> int:
    """How far below the top a module stands; one that is not in the table counts as the top."""
    return LAYERS.index(layer_of(module)) if layer_of(module) in LAYERS else 0


@cache
def nodes_of(module: str) -> list[ast.AST]:
    """All that a module consists of."""
    return list(ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))))


def imports_of(module: str) -> Iterator[str]:
    """The modules of ours that a module imports, wherever in it, by their full names."""
    for node in nodes_of(module):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names if each.name in MODULES)
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports relatively"
            package = str(node.module)
            inner = [f"{package}.{each.name}" for each in node.names]
            yield from (each for each in inner if each in MODULES)
            if package in MODULES and any(each not in MODULES for each in inner):
                yield package


@cache
def calls_of(module: str) -> frozenset[str]:
    """The dotted names that a module calls, such as date.today."""
    return frozenset(ast.unparse(node.func) for node in nodes_of(module) if isinstance(node, ast.Call))


OURS = sorted(each for each in MODULES if each != "reporting")
BELOW_WORKFLOW = [each for each in OURS if level_of(each) > LAYERS.index("workflow")]


def test_every_module_has_a_layer_and_every_layer_a_module() -> None:
    assert {layer_of(each) for each in OURS} == set(LAYERS)


@pytest.mark.parametrize("module", OURS)
def test_a_module_imports_only_what_stands_below_it(module: str) -> None:
    own = level_of(module)
    above = [
        each
        for each in imports_of(module)
        if level_of(each) < own or (level_of(each) == own and layer_of(each) != layer_of(module))
    ]
    assert above == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    waiting = {module: {each for each in imports_of(module) if each != module} for module in MODULES}
    while ready := [module for module, needed in waiting.items() if not needed & waiting.keys()]:
        for module in ready:
            del waiting[module]
    assert sorted(waiting) == []


@pytest.mark.parametrize("module", BELOW_WORKFLOW)
def test_below_the_workflow_nobody_looks_at_the_clock(module: str) -> None:
    clocks = {"date.today", "datetime.now", "datetime.today", "time.time"}
    assert calls_of(module) & clocks == set()


@pytest.mark.parametrize("module", [each for each in BELOW_WORKFLOW if layer_of(each) != "files"])
def test_only_the_files_layer_reads_or_writes_the_disk_or_knows_the_machine(module: str) -> None:
    names = {each.rpartition(".")[2] for each in calls_of(module)}
    assert (
        names & {"open", "read_text", "read_bytes", "write_text", "write_bytes", "mkdir", "getenv"} == set()
    )


@pytest.mark.parametrize("module", [each for each in OURS if layer_of(each) not in ("cli", "console")])
def test_only_the_command_line_prints(module: str) -> None:
    assert "print" not in calls_of(module)


def test_the_command_line_starts_without_the_heavy_libraries() -> None:
    script = "import cli, sys; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    result = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    loaded = set(result.stdout.split())
    assert "typer" in loaded
    assert loaded & set(HEAVY) == set()


def test_the_tests_import_nothing_of_ours_that_is_not_there() -> None:
    missing = []
    for path in sorted(Path(__file__).parent.glob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and str(node.module).startswith("reporting."):
                package = f"{node.module}.__init__"
                missing += (
                    [] if node.module in MODULES or package in MODULES else [f"{path.name}: {node.module}"]
                )
    assert missing == []
