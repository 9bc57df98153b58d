"""What the last ``plan import`` read, kept beside plan.xlsx so that the next one can tell whose a change is.

A file of its own rather than a hidden sheet: no spreadsheet program ever touches it. Losing it loses nothing
but the merging of edits.
"""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from reporting.files.atomic import write_atomic
from reporting.model import Plan

IMPORT_FILE = ".duban-import.json"


def read_imported(planbook: Path) -> Plan | None:
    """The plan as it was read into this workbook; None when nobody knows."""
    try:
        words = json.loads(_file_beside(planbook).read_bytes())
        plan = words[planbook.name] if isinstance(words, dict) else None
        return TypeAdapter(Plan).validate_python(plan) if plan is not None else None
    except (OSError, ValueError, KeyError, ValidationError):
        return None  # as before the first import: nothing is merged, and the old workbook is kept


def write_imported(planbook: Path, plan: Plan) -> None:
    """Keep a plan as what was read into this workbook; those of other workbooks in the folder stay."""
    path = _file_beside(planbook)
    try:
        known = json.loads(path.read_bytes())
    except (OSError, ValueError):
        known = {}
    words = known if isinstance(known, dict) else {}
    words[planbook.name] = TypeAdapter(Plan).dump_python(plan, mode="json")
    write_atomic(path, json.dumps(words, ensure_ascii=False, sort_keys=True).encode())


def _file_beside(planbook: Path) -> Path:
    return planbook.parent / IMPORT_FILE
