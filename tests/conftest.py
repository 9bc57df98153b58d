"""What every test may ask for: the form, a workspace that has issued a small plan; see ``builders``."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from builders.laws import load_profile
from builders.year import FORM, ISSUED_ON, copy_workspace, make_workspace

from reporting.commands.issue import issue
from reporting.office.form import Form
from reporting.office.workspace import Workspace

load_profile()
# the processes that tests start are as quick as a coordinator's, whose Python keeps what it has compiled
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


@pytest.fixture(scope="session")
def form() -> Form:
    """The form that ships with the program."""
    return FORM


@pytest.fixture(scope="session")
def issued_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace that has issued ``small_plan``, to be copied and never worked in."""
    made = make_workspace(tmp_path_factory.mktemp("issued") / "工作台")
    issue(made, ISSUED_ON)
    return made.root


@pytest.fixture
def workspace(issued_once: Path, tmp_path: Path) -> Workspace:
    """A workspace that has issued ``small_plan``."""
    return copy_workspace(issued_once, tmp_path / "工作台")


@pytest.fixture(scope="session")
def issued(issued_once: Path) -> Workspace:
    """The workspace that has issued ``small_plan``, for tests that only read from it."""
    return Workspace(issued_once)


@pytest.fixture
def office_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder for LibreOffice to work in, removed afterwards: its profile is large."""
    folder = tmp_path_factory.mktemp("office")
    yield folder
    shutil.rmtree(folder, ignore_errors=True)
