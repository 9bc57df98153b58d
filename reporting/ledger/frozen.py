"""Plans and returns as data: stable for the same plan, and complete for a return."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from reporting.model import Cell, Place, Plan, Return, Row, Signature, Unread, Value, split_address
from reporting.model.findings import DubanError


@cache
def _plan_adapter() -> TypeAdapter[Plan]:
    return TypeAdapter(Plan)


def plan_to_json(plan: Plan) -> str:
    """The plan as text, stable for the same plan: what ``issue`` freezes and digests.

    Places are left out: sorting the rows of plan.xlsx changes no plan.
    """
    return json.dumps(
        _without_places(_plan_adapter().dump_python(plan, mode="json")), ensure_ascii=False, sort_keys=True
    )


def _without_places(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_places(each) for key, each in value.items() if key != "place"}
    return [_without_places(each) for each in value] if isinstance(value, list) else value


def plan_id(plan: Plan) -> str:
    """The digest by which a plan is known in workbooks and in the book."""
    return hashlib.sha256(plan_to_json(plan).encode()).hexdigest()[:32]


def plan_from_json(text: str) -> Plan:
    """The plan back from ``plan_to_json``; raises ``DubanError`` for what is none."""
    try:
        return _plan_adapter().validate_json(text)
    except ValidationError as error:
        raise DubanError("台账中下发的方案读不出来，可能是其他版本的程序写的。请从备份恢复台账。") from error


def return_to_content(sent: Return) -> dict[str, Any]:
    """A return as data: each cell as its raw text, what we understood, and where it stood."""

    def cell(each: Cell) -> list[Any]:
        return [each.raw, _plain(each.value), each.place.part, each.place.cell]

    def rows(of: Iterable[Row], number: str) -> list[dict[str, Any]]:
        return [
            {
                "number": row.assignment.task.number
                if row.assignment
                else row.target.number
                if row.target
                else number,
                "role": str(row.assignment.role) if row.assignment else "",
                "cells": {key: cell(each) for key, each in row.cells.items()},
            }
            for row in of
            if row.assignment is not None or row.target is not None
        ]

    return {
        "header": {key: cell(each) for key, each in sent.header.items()},
        "rows": rows(sent.rows, ""),
        "targets": rows(sent.target_rows, ""),
    }


def content_to_return(file: str, sha256: str, unit: str, content: Mapping[str, Any]) -> Return:
    """A return again from ``return_to_content``, to be checked anew: each cell has its text as typed."""

    def cell(each: Sequence[Any]) -> Cell:
        raw, _, part, address = each
        row, column = split_address(address)
        return Cell(raw, raw or None, Place(file, part, row, column))

    def rows(of: Iterable[Mapping[str, Any]]) -> tuple[Row, ...]:
        read = []
        for each in of:
            cells = {key: cell(value) for key, value in each["cells"].items()}
            place = next(iter(cells.values())).place if cells else Place(file)
            read.append(Row(each["number"], cells, replace(place, column=0)))
        return tuple(read)

    return Return(
        file=file,
        sha256=sha256,
        unit=unit,
        signature=Signature(),
        header={key: cell(each) for key, each in content["header"].items()},
        rows=rows(content["rows"]),
        target_rows=rows(content["targets"]),
    )


def _plain(value: Value) -> str | float | int | bool | None:
    if isinstance(value, Unread) or value is None:
        return None
    return value.isoformat() if isinstance(value, date | datetime) else value
