"""A small printer of PDF files for tests: Chinese text in a built-in font, ruled lines, pictures, boxes of colour."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from reporting.language.characters import printed_width

WIDTH, HEIGHT, MARGIN, SIZE = 595, 842, 85, 16
LEADING = 29


@dataclass(frozen=True)
class Words:
    """A line of text on a sheet; ``ink`` is its red, green and blue up to 1."""

    x: float
    y: float
    text: str
    size: float = SIZE
    ink: str = "0 0 0"
    unseen: bool = False
    angle: int = 0
    """At which angle it stands, against the clock: 90 goes up the page."""


@dataclass(frozen=True)
class Stroke:
    """A thin line."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True)
class Filled:
    """A box filled with a colour."""

    x0: float
    y0: float
    x1: float
    y1: float
    ink: str


class Picture:
    """A picture over the whole page, as a scanner makes it."""


@dataclass
class Sheet:
    """One page: what is drawn on it, from the lower left corner."""

    marks: list[Words | Stroke | Filled | Picture] = field(default_factory=list)

    def write(self, x: float, y: float, text: str, size: float = SIZE, *, ink: str = "0 0 0") -> None:
        """A line of text."""
        self.marks.append(Words(x, y, text, size, ink))

    def write_unseen(self, x: float, y: float, text: str, size: float = SIZE) -> None:
        """A line of text that is not drawn, as programs lay it over a scan."""
        self.marks.append(Words(x, y, text, size, unseen=True))

    def write_turned(self, x: float, y: float, text: str, size: float, angle: int) -> None:
        """A line of text at an angle, against the clock: 90 goes up the page."""
        self.marks.append(Words(x, y, text, size, angle=angle))

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A stroke."""
        self.marks.append(Stroke(x0, y0, x1, y1))

    def box(self, x0: float, y0: float, x1: float, y1: float, ink: str) -> None:
        """A box of colour."""
        self.marks.append(Filled(x0, y0, x1, y1, ink))

    def picture(self) -> None:
        """A picture over the whole page."""
        self.marks.append(Picture())


def _command(mark: Words | Stroke | Filled | Picture) -> str:
    """A mark as PDF draws it."""
    if isinstance(mark, Words):
        turn = {0: "1 0 0 1", 90: "0 1 -1 0", 180: "-1 0 0 -1", 270: "0 -1 1 0"}[mark.angle]
        look = f"{mark.ink} rg {3 if mark.unseen else 0} Tr /F {mark.size} Tf"
        return f"BT {look} {turn} {mark.x} {mark.y} Tm <{mark.text.encode('utf-16-be').hex()}> Tj ET"
    if isinstance(mark, Stroke):
        return f"0.5 w {mark.x0} {mark.y0} m {mark.x1} {mark.y1} l S"
    if isinstance(mark, Filled):
        return f"{mark.ink} rg {mark.x0} {mark.y0} {mark.x1 - mark.x0} {mark.y1 - mark.y0} re f"
    return "q 500 0 0 700 40 40 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x7f EI Q"


def printed(
    sheets: Iterable[Sheet], *, nameless: bool = False, locked: bool = False, encrypted: bool = False, page: str = ""
) -> bytes:
    """The bytes of a PDF file; ``page`` is said of each of its pages (/Rotate 90).

    ``nameless`` where it does not say which characters its glyphs are, ``locked`` with a password to open it,
    ``encrypted`` where only printing or changing needs one.
    """
    pages = list(sheets)
    kids = " ".join(f"{6 + 2 * index} 0 R" for index in range(len(pages)))
    encoding, ordering = ("Identity-H", "Own") if nameless else ("UniGB-UCS2-H", "GB1")
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        f"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /{encoding} /DescendantFonts [4 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500]"
        f" /CIDSystemInfo << /Registry (Adobe) /Ordering ({ordering}) /Supplement 2 >>"
        " /FontDescriptor 5 0 R >>",
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880]"
        " /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
    ]
    for index, sheet in enumerate(pages):
        content = "\n".join(map(_command, sheet.marks))
        stream = _sealed(content.encode("latin-1"), 7 + 2 * index).decode("latin-1") if encrypted else content
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] {page}"
            f" /Resources << /Font << /F 3 0 R >> >> /Contents {7 + 2 * index} 0 R >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    body = "%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    user = _stirred(_KEY, _PADDING).hex() if encrypted else "11" * 32
    lock = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'00' * 32}> /U <{user}> >>"
    trailer = f"/Size {len(objects) + 1} /Root 1 0 R /ID [<00><00>] {lock if locked or encrypted else ''}"
    count = len(objects) + 1
    end = f"xref\n0 {count}\n0000000000 65535 f \n{table}trailer\n<< {trailer} >>\n"
    return f"{body}{end}startxref\n{len(body)}\n%%EOF\n".encode("latin-1")


_PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
_KEY = hashlib.md5(_PADDING + bytes(32) + (-4).to_bytes(4, "little", signed=True) + b"\0").digest()[:5]
"""The key of a file that opens without a password (PDF 32000-1, 7.6.3.3)."""


def _sealed(content: bytes, number: int) -> bytes:
    """A stream encrypted under the number of its object."""
    return _stirred(hashlib.md5(_KEY + number.to_bytes(3, "little") + b"\0\0").digest()[:10], content)


def _stirred(key: bytes, content: bytes) -> bytes:
    """RC4."""
    state = list(range(256))
    at = 0
    for index in range(256):
        at = (at + state[index] + key[index % len(key)]) % 256
        state[index], state[at] = state[at], state[index]
    out = bytearray()
    one = two = 0
    for byte in content:
        one = (one + 1) % 256
        two = (two + state[one]) % 256
        state[one], state[two] = state[two], state[one]
        out.append(byte ^ state[(state[one] + state[two]) % 256])
    return bytes(out)


def in_columns(sheet: Sheet, paragraphs: Iterable[str], lefts: Sequence[float], width: int, top: float = 700) -> None:
    """Text set in columns of so many characters of 10 points, as high in each; indented paragraphs."""
    lines = [line for paragraph in paragraphs for line in _wrapped(paragraph, width)]
    deep = -(-len(lines) // len(lefts))
    for column, left in enumerate(lefts):
        for step, (indent, text) in enumerate(lines[column * deep : column * deep + deep]):
            sheet.write(left + indent, top - 15 * step, text, 10)


def _wrapped(text: str, width: int) -> Iterator[tuple[int, str]]:
    """The lines of a paragraph, each with its indent in points."""
    line, indent = "", 20
    for char in text:
        if indent + 10 * printed_width(line + char) > 10 * width:
            yield indent, line
            line, indent = "", 0
        line += char
    yield indent, line


def letter(paragraphs: Iterable[str], *, head: str = "", lines: int = 22, indent: int = 2) -> list[Sheet]:
    """Pages of an official document: indented paragraphs, a running head, — 3 — below."""
    rows: list[tuple[int, str]] = []
    for paragraph in paragraphs:
        text, first = paragraph, True
        while text:
            room = 26 - (indent if first else 0)
            rows.append((indent if first else 0, text[:room]))
            text, first = text[room:], False
    sheets = []
    for number, start in enumerate(range(0, len(rows), lines), 1):
        sheet = Sheet()
        if head:
            sheet.write(MARGIN, HEIGHT - 50, head, 10)
        for step, (blanks, text) in enumerate(rows[start : start + lines]):
            sheet.write(MARGIN + blanks * SIZE, HEIGHT - 110 - step * LEADING, text)
        sheet.write(WIDTH / 2 - 20, 50, f"— {number} —", 14)
        sheets.append(sheet)
    return sheets


def table(
    sheet: Sheet, top: float, widths: Sequence[float], rows: Sequence[Sequence[Sequence[str]]], size: float = 10
) -> None:
    """A ruled table; each cell is its lines of text."""
    edges = [60.0]
    for width in widths:
        edges.append(edges[-1] + width)
    y = top
    sheet.rule(edges[0], y, edges[-1], y)
    for row in rows:
        deep = max(len(cell) for cell in row) * size * 1.5 + 6
        for left, cell in zip(edges, row, strict=False):
            for step, text in enumerate(cell, 1):
                sheet.write(left + 3, y - step * size * 1.5, text, size)
        for edge in edges:
            sheet.rule(edge, y, edge, y - deep)
        y -= deep
        sheet.rule(edges[0], y, edges[-1], y)


def bare_table(
    sheet: Sheet,
    top: float,
    lefts: Sequence[float],
    rows: Sequence[Sequence[Sequence[str]]],
    *,
    middle: bool,
    gap: float = 0,
) -> float:
    """A table without strokes; cells begin on top of their row or stand in its middle. How far down it goes."""
    y = top
    for row in rows:
        deep = max(len(cell) for cell in row)
        for left, cell in zip(lefts, row, strict=True):
            above = (deep - len(cell)) / 2 if middle else 0
            for step, text in enumerate(cell):
                sheet.write(left, y - 15 * (step + above), text, 10)
        y -= 15 * deep + gap
    return y
