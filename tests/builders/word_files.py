"""Word documents written part by part, as Word writes them: what libraries do not make is made here."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_SPACES = (
    f'xmlns:w="{_W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def run(text: str, properties: str = "") -> str:
    """A run of text; ``properties`` are the elements of its ``rPr``."""
    return f'<w:r>{properties and f"<w:rPr>{properties}</w:rPr>"}<w:t xml:space="preserve">{text}</w:t></w:r>'


def par(inside: str, properties: str = "") -> str:
    """A paragraph of runs, or of plain text; ``properties`` are the elements of its ``pPr``."""
    inside = inside if inside.startswith("<") or not inside else run(inside)
    return f"<w:p>{properties and f'<w:pPr>{properties}</w:pPr>'}{inside}</w:p>"


def listed(text: str, number: int, level: int = 0) -> str:
    """A paragraph of a list."""
    return par(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def styled(text: str, style: str) -> str:
    """A paragraph with a style."""
    return par(text, f'<w:pStyle w:val="{style}"/>')


def cell(inside: str, properties: str = "") -> str:
    """A cell of blocks, or of plain text; ``properties`` are the elements of its ``tcPr``."""
    inside = inside if inside.startswith("<w:p") or inside.startswith("<w:tbl") else par(inside)
    return f"<w:tc>{properties and f'<w:tcPr>{properties}</w:tcPr>'}{inside}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """A row of cells, or of plain texts; ``properties`` are the elements of its ``trPr``."""
    inside = "".join(each if "<w:tc>" in each else cell(each) for each in cells)
    return f"<w:tr>{properties and f'<w:trPr>{properties}</w:trPr>'}{inside}</w:tr>"


def table(*rows: str, widths: tuple[int, ...] = ()) -> str:
    """A table; ``widths`` are those of the columns of its grid, in twips."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def levels(*each: str, name: str = "1", more: str = "") -> str:
    """A definition of a list, of levels written as ``decimal %1.`` or ``upperRoman %1、 start=3``; all begin at 1."""
    made = []
    for index, words in enumerate(each):
        form, text, *others = words.split(" ")
        values = {"start": "1"} | dict(other.split("=") for other in others)
        rest = "".join(f'<w:{key} w:val="{value}"/>' for key, value in values.items() if value)
        made.append(f'<w:lvl w:ilvl="{index}">{rest}<w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>')
    return f'<w:abstractNum w:abstractNumId="{name}">{more}{"".join(made)}</w:abstractNum>'


def number(number: int, definition: str = "1", more: str = "") -> str:
    """A list made of a definition."""
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{definition}"/>{more}</w:num>'


def word_file(body: str, *, parts: Mapping[str, str] | None = None, strict: bool = False, **sides: str) -> bytes:
    """A document with this in its body, and in ``styles``, ``numbering``, ``footnotes``, ``comments`` …

    ``parts`` are laid into the package as they are, in place of others of the same name.
    """
    made = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/word/document.xml" ContentType="{_MAIN_TYPE}"/></Types>',
        "_rels/.rels": _relations({"officeDocument": "word/document.xml"}),
        "word/_rels/document.xml.rels": _relations({kind: f"{kind}.xml" for kind in sides}),
        "word/document.xml": f"<w:document {_SPACES}><w:body>{body}<w:sectPr/></w:body></w:document>",
    }
    for kind, inside in sides.items():
        made[f"word/{kind}.xml"] = f"<w:{kind} {_SPACES}>{inside}</w:{kind}>"
    if strict:
        made = {name: text.replace(_W, _STRICT).replace(_OFFICE, _STRICT_OFFICE) for name, text in made.items()}
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in (made | dict(parts or {})).items():
            package.writestr(name, text)
    return content.getvalue()


def _relations(targets: Mapping[str, str]) -> str:
    found = "".join(
        f'<Relationship Id="rId{at}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets.items(), 1)
    )
    return f'<Relationships xmlns="{_RELATIONS}">{found}</Relationships>'
