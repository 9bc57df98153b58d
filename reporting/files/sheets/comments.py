"""The comments beside the cells of an .xlsx file, its threads of comments, text boxes and pictures.

Nothing here raises: a file that cannot be read has none.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from xml.etree import ElementTree

from reporting.files.markup import BROKEN_PARTS, parse_part
from reporting.files.sheets.grid import CellsError, Pieces
from reporting.files.sheets.looks import COMMENT, PICTURE, TEXT_BOX, Beside
from reporting.files.sheets.xlsx import find_parts, relations_of
from reporting.files.xlsx.xml import Note, unescaped
from reporting.model import column_number

Notes = Mapping[tuple[str, int, int], Note]
"""Comments by sheet, row and column."""

_MAX_PART = 5_000_000
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")


def read_notes(data: bytes) -> Notes:
    """All comments of an .xlsx file; none of any other file.

    A thread of comments stands for the comment that Excel makes of it for older programs.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            found: dict[tuple[str, int, int], Note] = {}
            for sheet, part, _ in find_parts(package).sheets:
                targets = list(relations_of(package, part).values())
                for kind, read in (("comments", _notes), ("threadedComment", _threads)):
                    for target, own in targets:
                        if own == kind:
                            found |= {(sheet, *place): note for place, note in read(package, target)}
            return found
    except (*BROKEN_PARTS, ElementTree.ParseError, CellsError):
        return {}


def read_texts_beside(data: bytes) -> dict[str, list[Beside]]:
    """All that a reader of an .xlsx sees beside its cells, by sheet: comments, text boxes, pictures."""
    found: dict[str, list[Beside]] = {}
    for (sheet, row, column), note in read_notes(data).items():
        found.setdefault(sheet, []).append(Beside(COMMENT, row, column, note.text))
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            for sheet, part, _ in find_parts(package).sheets:
                for target, kind in relations_of(package, part).values():
                    if kind == "drawing":
                        found.setdefault(sheet, []).extend(_boxes(package, target))
    except (*BROKEN_PARTS, CellsError):
        pass
    return found


_MAX_BOXES = 1_000
_MAX_NAME = 200


def _boxes(archive: zipfile.ZipFile, part: str) -> list[Beside]:
    """The text boxes of a drawing, each at the cell where its upper left corner lies."""
    reader = _BoxReader()
    parse_part(archive, part, reader.start, reader.end, reader.text)
    return reader.boxes


class _BoxReader:
    """Collects the paragraphs of each anchored shape, and the names of pictures."""

    def __init__(self) -> None:
        self.boxes: list[Beside] = []
        self._place: dict[str, int] = {}
        self._inside = ""
        self._pieces = Pieces()
        self._pictures: list[str] = []
        self._in_picture = False
        self._again = 0
        """Inside of what says the same once more for older programs."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._again += name == "Fallback"
        if self._again:
            return
        if name.endswith("Anchor"):
            self._place = {}
            self._pieces.take()
            self._pictures.clear()
        elif name == "pic":
            self._in_picture = True
        elif name == "cNvPr" and self._in_picture and len(self._pictures) < _MAX_BOXES:
            told = (attributes.get("name", ""), attributes.get("descr", ""))
            self._pictures.append(" ".join(filter(None, told))[:_MAX_NAME] or PICTURE)
            self._in_picture = False
        elif name in ("from", "t") or (name in ("row", "col") and self._inside in ("from", "row", "col")):
            self._inside = name

    def text(self, piece: str) -> None:
        if self._again:
            return
        if self._inside == "t":
            self._pieces.add(piece)
        elif self._inside in ("row", "col") and piece.isdecimal() and len(piece) < 8:
            self._place.setdefault(self._inside, int(piece) + 1)

    def end(self, name: str) -> None:
        self._again -= name == "Fallback"
        if self._again:
            return
        if name == "p":
            self._pieces.add("\n")
        elif name in ("from", "t"):
            self._inside = ""
        elif name in ("row", "col") and self._inside == name:
            self._inside = "from"
        elif name.endswith("Anchor"):
            text = self._pieces.take().strip()
            found = [(TEXT_BOX, text)] * bool(text) + [(PICTURE, each) for each in self._pictures]
            place = self._place.get("row", 0), self._place.get("col", 0)
            self.boxes += [Beside(what, *place, text) for what, text in found[: _MAX_BOXES - len(self.boxes)]]


def _parse(archive: zipfile.ZipFile, part: str) -> ElementTree.Element:
    with archive.open(part) as stream:
        xml = stream.read(_MAX_PART + 1)
    if len(xml) > _MAX_PART or b"<!DOCTYPE" in xml:  # no document type, so no entities
        raise ValueError(part)
    return ElementTree.fromstring(xml)


def _notes(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[tuple[int, int], Note]]:
    root = _parse(archive, part)
    authors = [unescaped(each.text or "") for each in root.iter(f"{_MAIN}author")]
    for comment in root.iter(f"{_MAIN}comment"):
        match = _CELL.fullmatch(comment.get("ref", ""))
        text = unescaped("".join(each.text or "" for each in comment.iter(f"{_MAIN}t"))).strip()
        number = comment.get("authorId", "")
        author = authors[int(number)] if number.isdigit() and int(number) < len(authors) else ""
        if match and text:
            yield (int(match[2]), column_number(match[1])), Note(author, text)


def _threads(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[tuple[int, int], Note]]:
    """Each thread as one comment: the first word and the answers to it, one below the other."""
    said: dict[tuple[int, int], list[str]] = {}
    for comment in _parse(archive, part):
        match = _CELL.fullmatch(comment.get("ref", ""))
        text = unescaped("".join(each.text or "" for each in comment if each.tag.endswith("}text"))).strip()
        if match and text:
            said.setdefault((int(match[2]), column_number(match[1])), []).append(text)
    for place, texts in said.items():
        yield place, Note("", "\n".join(texts))
