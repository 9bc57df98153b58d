"""The house stands: every law holds for it, speaks when it is broken, and the start loads nothing heavy."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from builders.house import FLOORS, LAWS, House, circles, read_house, typed_commands
from builders.year import ROOT

HEAVY = ("docx", "docxtpl", "openpyxl", "pandas", "pandera", "pydantic", "python_calamine", "sqlalchemy")

Law = Callable[[House], Iterator[str]]


@cache
def house() -> House:
    """The house as it stands."""
    return read_house(ROOT, frozenset(typed_commands()))


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__doc__.split(".")[0])
def test_the_law_holds(law: Law) -> None:
    assert list(law(house())) == []


BROKEN = {
    "reporting.mail": ("", "reporting.mail stands in no room: put it into one of shell、commands"),
    "reporting.plan.mail": (
        "from reporting.year import decisions\n",
        "reporting.plan.mail (floor 4) imports reporting.year.decisions (floor 6): move it to year or higher",
    ),
    "reporting.year.prize": (
        "from reporting.review import sample\n",
        "reporting.year.prize (floor 6) imports reporting.review.sample (floor 6): move it to review",
    ),
    "reporting.commands.hurry": ("", "reporting.commands.hurry is named for no command: name it as the command"),
    "reporting.commands.remind_twice": (
        "from reporting.commands.collect import collect\n",
        "reporting.commands.remind_twice imports the command reporting.commands.collect: what both need",
    ),
    "reporting.returns.parcel": ("class Receipt:\n    pass\n", "Receipt is defined in reporting.model.entries"),
    "reporting.plan.parcel": ("def issue():\n    pass\n", "issue is defined in reporting.commands.issue"),
    "reporting.plan.borrower": (
        "from reporting.plan.share_out import Plan\n",
        "reporting.plan.borrower takes Plan from reporting.plan.share_out, which only uses it",
    ),
    "reporting.office.parcel": (
        "def wrap(a, b, c, d, e, f, *, g):\n    pass\n",
        "reporting.office.parcel: wrap has 7 parameters: make a record of some",
    ),
    "reporting.returns.shelf": (
        "def keep(path):\n    path.write_text('')\n",
        "reporting.returns.shelf touches the disk (path.write_text): what does belongs into files or office",
    ),
    "reporting.year.day": (
        "from datetime import date\nTODAY = date.today()\n",
        "reporting.year.day looks at the clock (date.today): take the day as an argument",
    ),
    "reporting.year.talk": ("print('好')\n", "reporting.year.talk prints: give the sentence back"),
    "reporting.year.guess": (
        "def is_late(finding):\n    return '逾期' in finding.message\n",
        "reporting.year.guess, line 2 compares the words of a finding: compare its kind",
    ),
    "reporting.year.cut": (
        "def parts(finding):\n    return finding.values['found'].split('、')\n",
        "reporting.year.cut, line 2 splits a finding's value: carry its parts in a record",
    ),
    "reporting.year.sniff": (
        "def is_letter(letter):\n    return '_退回函_' in letter.file\n",
        "reporting.year.sniff, line 2 asks a file name what the thing is: carry the fact in its record",
    ),
    "reporting.year.counting": ("", "reporting.year.counting is named for doing something: name it"),
    "reporting.year.peek": (
        "def text(cell):\n    return cell[0]\n",
        "reporting.year.peek, line 2 indexes into a frozen cell: the ledger gives an Answer",
    ),
}
"""Modules that nobody may add, by the place they would be put, and what the law then says."""


@pytest.mark.slow
@pytest.mark.parametrize("module", BROKEN)
def test_a_law_that_is_broken_says_where_the_thing_belongs(module: str) -> None:
    source, sentence = BROKEN[module]
    broken = house().with_module(module, source)
    said = [each for law in LAWS for each in law(broken)]
    assert [each for each in said if each not in _said_before()][:1] != []
    assert any(each.startswith(sentence) for each in said)


@cache
def _said_before() -> frozenset[str]:
    return frozenset(each for law in LAWS for each in law(house()))


def test_a_circle_is_named_whole() -> None:
    broken = house().with_module("reporting.model.one", "from reporting.model import two\n")
    broken = broken.with_module("reporting.model.two", "from reporting.model import one\n")
    (said,) = circles(broken)
    assert said == "these import each other in a circle: reporting.model.one, reporting.model.two"


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
    for path in sorted((ROOT / "tests").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and str(node.module).startswith("reporting."):
                missing += [] if node.module in house().sources else [f"{path.name}: {node.module}"]
    assert missing == []


def test_what_several_tests_share_is_a_builder_and_tests_stand_in_the_rooms() -> None:
    wrong = []
    tests = sorted((ROOT / "tests").rglob("test_*.py"))
    for path in tests:
        place, name = path.relative_to(ROOT / "tests").parent, path.relative_to(ROOT)
        if place.as_posix() not in (".", *FLOORS):
            wrong.append(f"{name}: {place} is no room; a test stands where the thing it tests lives")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and str(node.module).startswith(("test_", "conftest")):
                wrong.append(f"{name} imports {node.module}: what several tests share belongs in tests/builders")
    doubled = Counter(path.name for path in tests) - Counter({path.name for path in tests})
    assert wrong + [f"{name} stands in two rooms" for name in doubled] == []


def test_no_folder_of_the_package_lacks_its_init() -> None:
    """Without one a folder is found from the project's root and lost in the installed package."""
    folders = {path.parent for path in (ROOT / "reporting").rglob("*.py")}
    assert [each for each in sorted(folders) if not (Path(each) / "__init__.py").is_file()] == []
