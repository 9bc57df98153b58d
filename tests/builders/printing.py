"""A small printer of PDF files for tests: Chinese text in a built-in font, ruled lines, pictures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT, MARGIN, SIZE = 595, 842, 85, 16
LEADING = 29


@dataclass
class Sheet:
    """One page: drawing commands, from the lower left corner."""

    commands: list[str] = field(default_factory=list)

    def write(self, x: float, y: float, text: str, size: float = SIZE) -> None:
        """A line of text."""
        self.commands.append(f"BT /F {size} Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET")

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A stroke."""
        self.commands.append(f"0.5 w {x0} {y0} m {x1} {y1} l S")

    def picture(self) -> None:
        """A picture over the whole page, as a scanner makes it."""
        self.commands.append("q 500 0 0 700 40 40 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x7f EI Q")


def printed(sheets: Iterable[Sheet], *, nameless: bool = False, locked: bool = False) -> bytes:
    """The bytes of a PDF file; ``nameless`` where it does not say which characters its glyphs are."""
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
    for index, page in enumerate(pages):
        stream = "\n".join(page.commands)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}]"
            f" /Resources << /Font << /F 3 0 R >> >> /Contents {7 + 2 * index} 0 R >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    body = "%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    lock = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'00' * 32}> /U <{'11' * 32}> >>"
    trailer = f"/Size {len(objects) + 1} /Root 1 0 R /ID [<00><00>] {lock if locked else ''}"
    count = len(objects) + 1
    end = f"xref\n0 {count}\n0000000000 65535 f \n{table}trailer\n<< {trailer} >>\n"
    return f"{body}{end}startxref\n{len(body)}\n%%EOF\n".encode("latin-1")


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
