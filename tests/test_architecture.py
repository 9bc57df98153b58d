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

FLOORS = {
    "cli": 10,
    "shell": 9,
    "commands": 8,
    "documents": 7,
    "review": 6,
    "year": 6,
    "returns": 5,
    "plan": 4,
    "ledger": 4,
    "office": 3,
    "files": 2,
    "language": 2,
    "model": 1,
    "gathering": 0,
}
"""The rooms of ``reporting`` and the floor each stands on; a room imports only rooms on lower floors."""

HEAVY = ("docx", "docxtpl", "openpyxl", "pandas", "pandera", "pydantic", "python_calamine", "sqlalchemy")

MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in [ROOT / "cli.py", *sorted((ROOT / "reporting").rglob("*.py"))]
}


def room_of(module: str) -> str:
    """The room of a module by its full name: reporting.files.disk stands in files."""
    return module.removeprefix("reporting.").split(".")[0]


def floor_of(module: str) -> int:
    """The floor a module stands on; one in no room counts as the top."""
    return FLOORS.get(room_of(module), 99)


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
BELOW_COMMANDS = [each for each in OURS if floor_of(each) < FLOORS["commands"]]


def test_every_module_has_a_room_and_every_room_a_module() -> None:
    assert {room_of(each) for each in OURS} == set(FLOORS)


@pytest.mark.parametrize("module", OURS)
def test_a_module_imports_only_rooms_below_its_own(module: str) -> None:
    above = [
        each
        for each in imports_of(module)
        if room_of(each) != room_of(module) and floor_of(each) >= floor_of(module)
    ]
    assert above == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    waiting = {module: {each for each in imports_of(module) if each != module} for module in MODULES}
    while ready := [module for module, needed in waiting.items() if not needed & waiting.keys()]:
        for module in ready:
            del waiting[module]
    assert sorted(waiting) == []


@pytest.mark.parametrize("module", BELOW_COMMANDS)
def test_below_the_commands_nobody_looks_at_the_clock(module: str) -> None:
    clocks = {"date.today", "datetime.now", "datetime.today", "time.time"}
    assert calls_of(module) & clocks == set()


@pytest.mark.parametrize(
    "module", [each for each in BELOW_COMMANDS if room_of(each) not in ("files", "office")]
)
def test_only_files_and_office_read_or_writes_the_disk_or_knows_the_machine(module: str) -> None:
    names = {each.rpartition(".")[2] for each in calls_of(module)}
    assert (
        names & {"open", "read_text", "read_bytes", "write_text", "write_bytes", "mkdir", "getenv"} == set()
    )


@pytest.mark.parametrize("module", [each for each in OURS if room_of(each) not in ("cli", "shell")])
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
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and str(node.module).startswith("reporting."):
                package = f"{node.module}.__init__"
                missing += (
                    [] if node.module in MODULES or package in MODULES else [f"{path.name}: {node.module}"]
                )
    assert missing == []
