"""Lines counted through a document of several parts, and places given back as they stand in it.

The pages of a PDF and the sheets of a workbook each count their rows from 1, and a page copied onto one line has
no other; reading asks what stands before what, and counts through. First and last step of ``read_plan``.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from itertools import pairwise
from typing import Any, TypeVar

from reporting.model import Line, Place
from reporting.model.findings import Kind

_Any = TypeVar("_Any")


def count_through(lines: Sequence[Line]) -> tuple[list[Line], Callable[[Any], Any] | None]:
    """The lines with rows that only grow, and what puts a record's places back; None where they do."""
    if all(one.place.row < two.place.row for one, two in pairwise(lines)):
        return list(lines), None
    counted = [replace(line, place=replace(line.place, row=row)) for row, line in enumerate(lines, 1)]

    def put_back(place: Place) -> Place:
        known = 0 < place.row <= len(lines)
        return replace(lines[place.row - 1].place, column=place.column) if known else place

    return counted, lambda found: rewritten(found, Place, put_back)


def rewritten(found: Any, kind: type[_Any], change: Callable[[_Any], _Any]) -> Any:
    """The same record with everything of a kind that it holds, however deep, changed."""
    if type(found) is kind:
        return change(found)
    if isinstance(found, tuple):
        return tuple(rewritten(item, kind, change) for item in found)
    if isinstance(found, Mapping):
        return {rewritten(key, kind, change): rewritten(each, kind, change) for key, each in found.items()}
    if is_dataclass(found) and not isinstance(found, type | Place | Kind):
        old = {field.name: getattr(found, field.name) for field in fields(found) if field.init}
        new = {name: rewritten(value, kind, change) for name, value in old.items()}
        return replace(found, **{name: new[name] for name in old if new[name] != old[name]})
    return found
