"""Comments read from a return, so that the sender's own go back with a correction.

A comment of ours begins with ``OUR_MARK``; what follows ``THEIR_MARK`` in it is the sender's of a round
before. Nothing here raises: a file whose comments cannot be read just has none, its cells being what counts.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from xml.etree import ElementTree

from reporting.files.xlsx.xml import Note, unescaped
from reporting.model import column_number

OUR_MARK, THEIR_MARK = "【校验意见】", "【来件批注】"
SentComments = Mapping[tuple[str, int, int], Note]
"""The sender's own comments by sheet, row and column."""

_MAX_PART = 5_000_000
_MAX_COMMENTS = 500
_MAX_LENGTH = 2_000
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")


def read_comments(data: bytes) -> SentComments:
    """The sender's own comments of an .xlsx file; none of any other file."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            found = {
                (sheet, *place): note
                for sheet, part in _comment_parts(archive)
                for place, note in _notes(archive, part)
            }
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, RuntimeError, ElementTree.ParseError):
        return {}
    return dict(list(found.items())[:_MAX_COMMENTS])


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
        note = _own(Note(author[:100], text[:_MAX_LENGTH]))
        if match and note.text:
            yield (int(match[2]), column_number(match[1])), note


def _own(note: Note) -> Note:
    """What the sender wrote of a comment: all of it, or what stands below our own words."""
    if not note.text.startswith(OUR_MARK):
        return note
    author, _, text = note.text.partition(THEIR_MARK)[2].partition("\n")
    return Note(author.strip(), text.strip())
