"""A folder made a workspace: settings, templates, and folders for what comes and goes."""

from pathlib import Path

from reporting.model.findings import Outcome
from reporting.office.new_workspace import create_workspace


def init(root: Path, year: int) -> Outcome:
    """Make a folder a workspace; what is there already stays."""
    return Outcome(written=tuple(create_workspace(root, year)))
