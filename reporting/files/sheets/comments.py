"""The comments beside the cells of an .xlsx file. Nothing here raises: one that cannot be read has none."""

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from xml.etree import ElementTree

from reporting.files.file_type import BROKEN_ZIP
from reporting.files.xlsx.xml import Note, unescaped
from reporting.model import column_number

Notes = Mapping[tuple[str, int, int], Note]
"""Comments by sheet, row and column."""

_MAX_PART = 5_000_000
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")


def read_notes(data: bytes) -> Notes:
    """All comments of an .xlsx file; none of any other file."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return {
                (sheet, *place): note
                for sheet, part in _comment_parts(archive)
                for place, note in _notes(archive, part)
            }
    except (*BROKEN_ZIP, ElementTree.ParseError):
        return {}


def _parse(archive: zipfile.ZipFile, part: str) -> ElementTree.Element:
    with archive.open(part) as stream:
        xml = stream.read(_MAX_PART + 1)
    if len(xml) > _MAX_PART or b"<!DOCTYPE" in xml:  # no document type, so no entities
        raise ValueError(part)
    return ElementTree.fromstring(xml)


def _relations(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[str, str, str]]:
    """Id, kind and target part of each relation of a part."""
    folder, name = posixpath.split(part)
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in archive.namelist():
        return
    for each in _parse(archive, relations).iter(_RELATION):
        target = each.get("Target", "")
        whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
        yield each.get("Id", ""), each.get("Type", "").rpartition("/")[2], whole


def _comment_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """The name of each sheet that has comments, with the part they stand in."""
    targets = {key: target for key, _, target in _relations(archive, "xl/workbook.xml")}
    for sheet in _parse(archive, "xl/workbook.xml").iter(f"{_MAIN}sheet"):
        part = targets.get(sheet.get(_RELATION_ID, ""), "")
        for _, kind, target in _relations(archive, part):
            if kind == "comments":
                yield sheet.get("name", ""), target


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
