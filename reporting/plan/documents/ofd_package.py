"""The parts of an OFD file (a zip of XML parts, GB/T 33190-2016) as trees, within bounds.

A part is named by its place: from the root of the package (/Doc_0/Document.xml) or from the part that names it.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

from reporting.files.file_type import BROKEN_ZIP
from reporting.files.markup import parse_part
from reporting.files.sheets.grid import CellsError
from reporting.plan.documents.printed_marks import DAMAGED, LOCKED, LONG

ROOT = "OFD.xml"
MOST_ELEMENTS = 2_000_000
"""Elements of all parts that are read; a page of a plan has a thousand."""
_ENCRYPTED = "encryptions.xml"
"""The part that lists what is encrypted (GM/T 0099)."""


class OfdError(Exception):
    """Why a file cannot be read: one of the reasons that ``why_refused`` knows; the part where that is one part."""

    def __init__(self, reason: str, part: str = "") -> None:
        super().__init__(reason)
        self.reason, self.part = reason, part


@dataclass(slots=True)
class OfdElement:
    """One element of a part: its name without the namespace, what it says of itself, what it holds."""

    name: str
    attributes: dict[str, str]
    children: list[OfdElement] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words directly in it."""
        return "".join(self.pieces)

    def all(self, *names: str) -> Iterator[OfdElement]:
        """The elements of some name directly in it."""
        return (child for child in self.children if child.name in names)

    def first(self, name: str) -> OfdElement | None:
        """The first element of a name directly in it."""
        return next(self.all(name), None)

    def words(self, name: str) -> str:
        """What stands in the first element of a name; nothing where there is none."""
        found = self.first(name)
        return found.text.strip() if found is not None else ""

    def numbers(self, name: str) -> list[float]:
        """The numbers of an attribute, or in the first element of a name; what is no number ends them."""
        return numbers_in(self.attributes.get(name) or self.words(name))


def numbers_in(text: str) -> list[float]:
    """Numbers parted by blanks or commas, as far as they are numbers."""
    found: list[float] = []
    for word in text.replace(",", " ").split():
        number = number_in(word)
        if number is None:
            break
        found.append(number)
    return found


def number_in(word: str) -> float | None:
    """A number within reason; None for anything else."""
    try:
        number = float(word)
    except ValueError:
        return None
    return number if abs(number) < 1e6 else None  # not for nan either


class OfdPackage:
    """The parts of one file. Raises ``OfdError`` for what cannot be read."""

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(BytesIO(content))
            self._names = {name.lower().lstrip("/"): name for name in self._zip.namelist()}
        except BROKEN_ZIP as error:
            raise OfdError(DAMAGED) from error
        self._elements = 0
        if _ENCRYPTED in self._names:
            raise OfdError(LOCKED)

    def name_of(self, place: str, base: str) -> str:
        """Which part a place means that is written in another part; empty for none."""
        place = place.strip().replace("\\", "/")
        beside = posixpath.normpath(posixpath.join("/", posixpath.dirname(base), place))
        at_root = posixpath.normpath(posixpath.join("/", place))
        return next((known for each in (beside, at_root) if (known := self._names.get(each.lower().lstrip("/")))), "")

    def tree(self, place: str, base: str = "") -> tuple[str, OfdElement]:
        """A part as a tree, with the name it has in the package."""
        name = self.name_of(place, base)
        if not name:
            raise OfdError(DAMAGED, place)
        open_elements: list[OfdElement] = [OfdElement("", {})]

        def start(tag: str, attributes: dict[str, str]) -> None:
            self._elements += 1
            if self._elements > MOST_ELEMENTS:
                raise OfdError(LONG)
            element = OfdElement(tag, attributes)
            open_elements[-1].children.append(element)
            open_elements.append(element)

        def end(_tag: str) -> None:
            open_elements.pop()

        def take(text: str) -> None:
            open_elements[-1].pieces.append(text)

        try:
            parse_part(self._zip, name, start, end, take)
        except CellsError as error:
            raise OfdError(DAMAGED, name) from error
        return name, open_elements[0].children[0]
