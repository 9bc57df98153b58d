"""Plans and returns as data: stable for the same plan, and complete for a return."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from reporting.model.entries import Standing
from reporting.model.findings import DubanError
from reporting.model.places import Place, split_address
from reporting.model.plans import Plan, Role
from reporting.model.returns import (
    Answer,
    Answered,
    AnsweredRow,
    Cell,
    OtherContent,
    Return,
    Row,
    Signature,
    Understood,
    Unread,
    Value,
)


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


_ADDED = ("reporter", "leader", "section", "scope", "duties")
"""Fields that plans of earlier versions had not: left out while blank, so that an unchanged plan is known again."""


def _without_places(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: _without_places(each) for key, each in value.items() if key != "place" and (each or key not in _ADDED)
        }
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


def answered_by(sent: Return) -> Answered:
    """What a return says on what its unit was asked, cell by cell."""
    return Answered(
        {key: _answer(each) for key, each in sent.header.items()},
        tuple(
            AnsweredRow(row.assignment.task.number, row.assignment.role, _answers(row))
            for row in sent.rows
            if row.assignment is not None
        ),
        tuple(
            AnsweredRow(row.target.number, None, _answers(row)) for row in sent.target_rows if row.target is not None
        ),
        sent.others,
    )


def _answers(row: Row) -> dict[str, Answer]:
    return {key: _answer(each) for key, each in row.cells.items()}


def _answer(cell: Cell) -> Answer:
    return Answer(cell.raw, _plain(cell.value), cell.place.part, cell.place.cell)


def as_return(standing: Standing, answered: Answered) -> Return:
    """A return again from what the book has of it, to be checked anew: each cell has its text as typed."""

    def cell(each: Answer) -> Cell:
        row, column = split_address(each.cell)
        return Cell(each.raw, each.raw or None, Place(standing.file, each.sheet, row, column))

    def rows(of: Iterable[AnsweredRow]) -> tuple[Row, ...]:
        read = []
        for each in of:
            cells = {key: cell(value) for key, value in each.cells.items()}
            place = next(iter(cells.values())).place if cells else Place(standing.file)
            read.append(Row(each.number, cells, replace(place, column=0)))
        return tuple(read)

    return Return(
        file=standing.file,
        sha256=standing.sha256,
        unit=standing.unit,
        signature=Signature(),
        header={key: cell(each) for key, each in answered.header.items()},
        rows=rows(answered.rows),
        target_rows=rows(answered.targets),
        others=answered.others,
    )


def answered_to_json(answered: Answered) -> dict[str, Any]:
    """What a unit answered as data: each cell a list of text, value, sheet and address.

    What stands beside the answers is there only where there is anything, as books of earlier versions have it.
    """

    def cells(of: Mapping[str, Answer]) -> dict[str, list[Any]]:
        return {key: [each.raw, each.value, each.sheet, each.cell] for key, each in of.items()}

    def rows(of: Iterable[AnsweredRow]) -> list[dict[str, Any]]:
        return [{"number": each.number, "role": str(each.role or ""), "cells": cells(each.cells)} for each in of]

    content = {"header": cells(answered.header), "rows": rows(answered.rows), "targets": rows(answered.targets)}
    others = [[each.what, each.sheet, each.cell, each.text, each.file] for each in answered.others]
    return content | ({"others": others} if others else {})


def answered_from_json(content: Mapping[str, Any]) -> Answered:
    """What a unit answered back from ``answered_to_json``."""

    def cells(of: Mapping[str, Sequence[Any]]) -> dict[str, Answer]:
        return {key: Answer(*each) for key, each in of.items()}

    def rows(of: Iterable[Mapping[str, Any]]) -> tuple[AnsweredRow, ...]:
        return tuple(
            AnsweredRow(str(each["number"]), Role(each["role"]) if each["role"] else None, cells(each["cells"]))
            for each in of
        )

    return Answered(
        cells(content.get("header", {})),
        rows(content.get("rows", ())),
        rows(content.get("targets", ())),
        tuple(OtherContent(*each) for each in content.get("others", ())),
    )


def _plain(value: Value) -> Understood:
    if isinstance(value, Unread) or value is None:
        return None
    return value.isoformat() if isinstance(value, date | datetime) else value
