"""XML from outside, read as a stream: no entities, no document type, bounds on what it unfolds to.

A part of a package is never held whole; a bomb stops at the bound. Runs inside the readers of .xlsx, .ods
and .docx.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Mapping
from xml.parsers import expat

from reporting.files.sheets import CellsError

MAX_PART = 96 * 1024 * 1024
"""Bytes of one part when unpacked that are read."""
_CHUNK = 256 * 1024
_MAX_DEPTH = 200

Start = Callable[[str, Mapping[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


def parse_part(package: zipfile.ZipFile, name: str, start: Start, end: End, text: Text | None = None) -> None:
    """Read one part of a package, its names without their namespaces.

    Raises ``CellsError`` when it is damaged, too big, or declares a document type.
    """
    parser = _parser(start, end, text)
    try:
        with package.open(name) as stream:
            read = 0
            while chunk := stream.read(_CHUNK):
                read += len(chunk)
                if read > MAX_PART:
                    raise CellsError("文件解开后过大")
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
    except BROKEN_PARTS as error:
        raise CellsError from error


BROKEN_PARTS = (
    expat.ExpatError,
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    NotImplementedError,
    OSError,
    RuntimeError,
    EOFError,
    ValueError,
    OverflowError,
    LookupError,
)
"""What zipfile and expat really raise over damaged parts."""


def _parser(start: Start, end: End, text: Text | None) -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.ordered_attributes = False
    depth = 0

    def open_element(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _MAX_DEPTH:
            raise CellsError
        plain: dict[str, str] = {}
        for key in sorted(
            attributes
        ):  # office:value-type before calcext:value-type, whose names differ in no more
            plain.setdefault(key.rpartition(" ")[2], attributes[key])
        start(name.rpartition(" ")[2], plain)

    def close_element(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(name.rpartition(" ")[2])

    def refuse(*_: object) -> None:
        raise CellsError("文件里有不允许的声明")

    parser.StartElementHandler = open_element
    parser.EndElementHandler = close_element
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    if text is not None:
        parser.CharacterDataHandler = text
    return parser
