"""Lines counted through a document of several parts, and places given back as they stand in it.

The pages of a PDF and the sheets of a workbook each count their rows from 1; reading asks what stands before
what, and counts through. First and last step of ``read_plan``.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from itertools import pairwise
from typing import Any

from reporting.model import Line, Place
from reporting.model.findings import Kind


def count_through(lines: Sequence[Line]) -> tuple[list[Line], Callable[[Any], Any] | None]:
    """The lines with rows that only grow, and what puts a record's places back; None for one part."""
    if all(one.place.row <= two.place.row for one, two in pairwise(lines)):
        return list(lines), None
    counted = [
        replace(line, place=replace(line.place, part="", row=row)) for row, line in enumerate(lines, 1)
    ]
    return counted, _PutBack([line.place for line in lines])


class _PutBack:
    """Puts places back as they stand in the document."""

    def __init__(self, places: Sequence[Place]) -> None:
        self.places = places

    def __call__(self, found: Any) -> Any:
        """The same record with all its places as in the document."""
        if isinstance(found, Place):
            known = 0 < found.row <= len(self.places)
            return replace(self.places[found.row - 1], column=found.column) if known else found
        if isinstance(found, tuple):
            return tuple(self(item) for item in found)
        if isinstance(found, Mapping):
            return {key: self(value) for key, value in found.items()}
        if is_dataclass(found) and not isinstance(found, type | Kind):
            new = {field.name: self(getattr(found, field.name)) for field in fields(found) if field.init}
            return replace(found, **new)
        return found
