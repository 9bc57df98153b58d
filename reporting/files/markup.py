"""XML from outside, read as a stream: no entities, no document type, bounds on what it unfolds to.

A part of a package is never held whole; a bomb stops at the bound. Runs inside the readers of .xlsx, .ods
and .docx.
"""

import re
import zipfile
from collections.abc import Callable, Iterator
from typing import IO
from xml.parsers import expat

from reporting.files.file_type import BROKEN_ZIP
from reporting.files.sheets.grid import CellsError

MAX_PART = 96 * 1024 * 1024
"""Bytes of one part when unpacked that are read."""
_CHUNK = 256 * 1024
_MAX_TOKEN = 4 * 1024 * 1024
"""Bytes of one name or attribute; the text of an element comes in pieces and may be longer."""
_MAX_ELEMENTS = 1_500_000
_MAX_DEPTH = 200

Start = Callable[[str, dict[str, str]], object]
End = Callable[[str], object]
Text = Callable[[str], object]


def parse_part(
    package: zipfile.ZipFile,
    name: str,
    start: Start,
    end: End,
    text: Text | None = None,
    leave_out: re.Pattern[bytes] | None = None,
) -> None:
    """Read one part of a package, its names without their namespaces.

    ``leave_out`` finds elements that mean nothing to the reader, of which there may be millions.
    Raises ``CellsError`` when it is damaged, too big, or declares a document type.
    """
    parser = _parser(start, end, text)
    fed = 0
    try:
        with package.open(name) as stream:
            for chunk in _thinned(_chunks(stream), leave_out):
                parser.Parse(chunk, False)
                fed += len(chunk)
                if fed - parser.CurrentByteIndex > _MAX_TOKEN:
                    raise CellsError
            parser.Parse(b"", True)
    except BROKEN_PARTS as error:
        raise CellsError from error


def _chunks(stream: IO[bytes]) -> Iterator[bytes]:
    read = 0
    while chunk := stream.read(_CHUNK):
        read += len(chunk)
        if read > MAX_PART:
            raise CellsError("文件解开后过大")
        yield chunk


def _thinned(chunks: Iterator[bytes], leave_out: re.Pattern[bytes] | None) -> Iterator[bytes]:
    """The chunks, cut between elements and without those that are left out."""
    if leave_out is None:
        yield from chunks
        return
    rest = b""
    for chunk in chunks:
        whole, sign, rest = (rest + chunk).rpartition(b"<")
        rest = sign + rest
        yield whole if b"CDATA" in whole else leave_out.sub(b"", whole)
        if len(rest) > _MAX_TOKEN:
            yield rest
            rest = b""
    yield rest


BROKEN_PARTS = (*BROKEN_ZIP, expat.ExpatError, OverflowError, LookupError)
"""What zipfile and expat really raise over damaged parts."""


def _parser(start: Start, end: End, text: Text | None) -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.ordered_attributes = False
    depth = elements = 0

    def open_element(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, elements
        depth += 1
        elements += 1
        if depth > _MAX_DEPTH:
            raise CellsError
        if elements > _MAX_ELEMENTS:
            raise CellsError("内容过多")
        plain: dict[str, str] = {}
        # office:value-type before calcext:value-type, whose names differ in no more
        for key in sorted(attributes):
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
