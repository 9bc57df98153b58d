"""A workbook that openpyxl laid out made a file: rows filled in, properties, one order of parts.

The same content gives the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from reporting.files.package import split_package
from reporting.files.xlsx.xml import xml_text

if TYPE_CHECKING:
    from openpyxl import Workbook

TYPES = "[Content_Types].xml"
"""Stands first, where Excel itself has it and where sniffers look."""
_ORDER = (
    *("dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetProtection", "protectedRanges"),
    *("autoFilter", "mergeCells", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions"),
    *("pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks", "ignoredErrors", "drawing"),
    *("legacyDrawing", "tableParts"),
)
"""The order in which the parts of a sheet must stand."""
_STYLES = "xl/styles.xml"
_IN_FONT = (
    *("b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz", "color"),
    *("name", "rFont", "family", "charset", "scheme"),
)
"""The order in which Office writes what a font has, and in which its own validator wants it."""
_FONT = re.compile(rb"(<font>)(.*?)(?=</font>)", re.DOTALL)
_OF_FONT = re.compile(rb"<([A-Za-z]+)\b[^>]*/>")


@dataclass(frozen=True, slots=True)
class Content:
    """What is put into a sheet that is laid out: its rows and links as XML, and what stands around them."""

    rows: Sequence[str]
    links: Sequence[str] = ()
    merges: Sequence[str] = ()
    columns: str = ""
    extent: str = ""
    editable: str = ""
    """The cells that may be edited, and so sorted, in spite of the protection."""


@dataclass(frozen=True, slots=True)
class Properties:
    """What the properties say: title, who made it, on what day, and words of our own by name."""

    title: str
    author: str
    day: date
    words: Mapping[str, str] = field(default_factory=dict)


def save_parts(book: Workbook) -> dict[str, bytes]:
    """The parts of a workbook of openpyxl's, the list of content types first."""
    buffer = BytesIO()
    book.save(buffer)
    parts = split_package(buffer.getvalue())
    parts[_STYLES] = _FONT.sub(_in_order, parts[_STYLES])
    return {TYPES: parts.pop(TYPES)} | parts


def _in_order(font: re.Match[bytes]) -> bytes:
    """A font with what it has in the order of the schema; openpyxl begins with the name."""
    pieces = sorted(_OF_FONT.finditer(font[2]), key=lambda piece: _IN_FONT.index(piece[1].decode()))
    return font[1] + b"".join(piece[0] for piece in pieces)


def fill_sheet(xml: str, content: Content) -> str:
    """A sheet as it was laid out, with other rows and what belongs to them."""
    inside = {
        "dimension": f'<dimension ref="{content.extent}"/>' if content.extent else " ",
        "cols": content.columns,
        "sheetData": f"<sheetData>{''.join(content.rows)}</sheetData>",
        "protectedRanges": content.editable
        and f'<protectedRanges><protectedRange sqref="{content.editable}" name="table"/></protectedRanges>',
        "mergeCells": content.merges
        and f'<mergeCells count="{len(content.merges)}">'
        + "".join(f'<mergeCell ref="{merge}"/>' for merge in content.merges)
        + "</mergeCells>",
        "hyperlinks": content.links and f"<hyperlinks>{''.join(content.links)}</hyperlinks>",
    }
    for name, part in inside.items():
        if part:
            xml = put_part(xml, name, str(part).strip())
    return xml


def put_part(xml: str, name: str, part: str) -> str:
    """A sheet with one of its parts, in its place and instead of what stood there."""
    there = re.search(rf"<{name}(?:\s[^>]*)?/>|<{name}(?:\s[^>]*)?>.*?</{name}>", xml, re.DOTALL)
    if there is None:
        later = "|".join(_ORDER[_ORDER.index(name) + 1 :])
        there = re.search(rf"(?=<(?:{later})[\s/>]|</worksheet>)", xml)
    assert there is not None
    return f"{xml[: there.start()]}{part}{xml[there.end() :]}"


def describe(parts: Mapping[str, bytes], about: Properties) -> dict[str, bytes]:
    """The parts that say what the workbook is, to be put in place of those of openpyxl."""
    described = {"docProps/core.xml": _core_properties(about).encode()}
    if about.words:
        described["docProps/custom.xml"] = _custom_properties(about.words).encode()
        described[TYPES] = parts[TYPES].replace(b"</Types>", _CUSTOM_TYPE + b"</Types>")
        relations = parts["_rels/.rels"]
        described["_rels/.rels"] = relations.replace(b"</Relationships>", _CUSTOM_RELATION + b"</Relationships>")
    return described


_CUSTOM_TYPE = (
    b'<Override PartName="/docProps/custom.xml" '
    b'ContentType="application/vnd.openxmlformats-officedocument.custom-properties+xml"/>'
)
_CUSTOM_RELATION = (
    b'<Relationship Id="rIdCustom" Target="docProps/custom.xml" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"/>'
)


def _custom_properties(pairs: Mapping[str, str]) -> str:
    listed = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{pid}" name={quoteattr(name)}>'
        f"<vt:lpwstr>{xml_text(value)}</vt:lpwstr></property>"
        for pid, (name, value) in enumerate(pairs.items(), 2)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        f"{listed}</Properties>"
    )


def _core_properties(about: Properties) -> str:
    time = f"{about.day.isoformat()}T00:00:00Z"
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        "<cp:coreProperties "
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{xml_text(about.title)}</dc:title><dc:creator>{xml_text(about.author)}</dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{time}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{time}</dcterms:modified></cp:coreProperties>'
    )
