"""The comments beside the cells of an .xlsx file. Nothing here raises: one that cannot be read has none."""

import re
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from xml.etree import ElementTree

from reporting.files.markup import BROKEN_PARTS
from reporting.files.sheets.grid import CellsError
from reporting.files.sheets.xlsx import find_parts, relations_of
from reporting.files.xlsx.xml import Note, unescaped
from reporting.model import column_number

Notes = Mapping[tuple[str, int, int], Note]
"""Comments by sheet, row and column."""

_MAX_PART = 5_000_000
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")


def read_notes(data: bytes) -> Notes:
    """All comments of an .xlsx file; none of any other file."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            return {
                (sheet, *place): note
                for sheet, part, _ in find_parts(package).sheets
                for target, kind in relations_of(package, part).values()
                if kind == "comments"
                for place, note in _notes(package, target)
            }
    except (*BROKEN_PARTS, ElementTree.ParseError, CellsError):
        return {}


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
