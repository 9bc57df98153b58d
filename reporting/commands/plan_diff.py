"""Two plans compared, task by task, each a plan.xlsx or a document as it was published."""

from dataclasses import dataclass, replace
from pathlib import Path

from reporting.files.disk import write_json
from reporting.model import Plan
from reporting.model.findings import Finding, Outcome
from reporting.plan.book.read import read_if_planbook
from reporting.plan.changes.diff import Change, diff_plans
from reporting.plan.documents.open import read_document
from reporting.plan.reading.plan import read_plan
from reporting.plan.words import plan_name


@dataclass(frozen=True, slots=True)
class Compared:
    """What ``plan diff`` found between two plan files."""

    changes: tuple[Change, ...]
    outcome: Outcome


def plan_diff(old: Path, new: Path, json_file: Path | None = None) -> Compared:
    """Say what changed between two plans, each a plan.xlsx or a document as it was published.

    A cell that cannot be read is found in its file.
    """
    (before, wrong_before), (after, wrong_after) = _read_either(old), _read_either(new)
    changes = diff_plans(before, after)
    written: tuple[Path, ...] = ()
    if json_file is not None:
        write_json(json_file, [each.as_json() for each in changes])
        written = (json_file,)
    wrong = tuple(each for each in (*wrong_before, *wrong_after) if each.is_error)
    return Compared(changes, Outcome(written, wrong))


def _read_either(path: Path) -> tuple[Plan, tuple[Finding, ...]]:
    book = read_if_planbook(path)
    if book is not None:
        return book.plan, book.findings
    reading = read_plan(read_document(path))
    return replace(reading.plan, title=plan_name(reading.plan.title)), reading.findings
