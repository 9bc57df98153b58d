"""What the last ``plan import`` read, kept beside plan.xlsx so that the next one can tell whose a change is.

A file of its own rather than a hidden sheet: no spreadsheet program ever touches it. Losing it loses nothing
but the merging of edits.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from reporting.files.disk import read_file, write_atomic
from reporting.model import Plan
from reporting.model.findings import DubanError

IMPORT_FILE = ".duban-import.json"


def read_imported(planbook: Path) -> Plan | None:
    """The plan as it was read into this workbook; None when nobody knows."""
    try:
        plan = _read(planbook).get(_key(planbook))
        return TypeAdapter(Plan).validate_python(plan) if plan is not None else None
    except ValidationError:
        return None  # as before the first import: nothing is merged, and the old workbook is kept


def write_imported(planbook: Path, plan: Plan) -> None:
    """Keep a plan as what was read into this workbook; those of other workbooks in the folder stay."""
    _write(planbook, _key(planbook), TypeAdapter(Plan).dump_python(plan, mode="json"))


def read_extra(planbook: Path, name: str) -> Any:
    """What else an import kept about this workbook; None when it kept nothing."""
    return _read(planbook).get(f"{_key(planbook)}/{name}")


def write_extra(planbook: Path, name: str, words: Any) -> None:
    """Keep something else about this workbook; nothing is kept of what is empty."""
    if words or read_extra(planbook, name):
        _write(planbook, f"{_key(planbook)}/{name}", words)


def _write(planbook: Path, key: str, words: Any) -> None:
    every = _read(planbook) | {key: words}
    text = json.dumps(every, ensure_ascii=False, sort_keys=True)
    write_atomic(_file_beside(planbook), text.encode())


def _read(planbook: Path) -> dict[str, Any]:
    try:
        known = json.loads(read_file(_file_beside(planbook)))
    except (DubanError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def _key(planbook: Path) -> str:
    """The name it was written under, whatever program saved it since."""
    return planbook.with_suffix(".xlsx").name


def _file_beside(planbook: Path) -> Path:
    return planbook.parent / IMPORT_FILE
