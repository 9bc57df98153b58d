"""A small writer of OFD files (GB/T 33190-2016) for tests: of the sheets that are printed to PDF, and of any parts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape

from builders.printing import HEIGHT, WIDTH, Filled, Picture, Sheet, Stroke, Words

MILLIMETRES = 25.4 / 72
NAMES = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def ofd(sheets: Iterable[Sheet], parts: Mapping[str, str | None] | None = None) -> bytes:
    """The bytes of an OFD file; ``parts`` are added, exchanged, or left out where None."""
    pages = list(sheets)
    listed = "".join(f'<ofd:Page ID="{at + 1}" BaseLoc="Pages/Page_{at}/Content.xml"/>' for at in range(len(pages)))
    area = f"<ofd:PageArea><ofd:PhysicalBox>0 0 {_mm(WIDTH)} {_mm(HEIGHT)}</ofd:PhysicalBox></ofd:PageArea>"
    common = f"<ofd:CommonData><ofd:MaxUnitID>9999</ofd:MaxUnitID>{area}</ofd:CommonData>"
    made = {
        "OFD.xml": element("OFD", "<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"),
        "Doc_0/Document.xml": element("Document", f"{common}<ofd:Pages>{listed}</ofd:Pages>"),
        **{f"Doc_0/Pages/Page_{at}/Content.xml": page(map(_drawn, sheet.marks)) for at, sheet in enumerate(pages)},
    }
    return packed({name: part for name, part in {**made, **(parts or {})}.items() if part is not None})


def packed(parts: Mapping[str, str]) -> bytes:
    """A package of parts."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return content.getvalue()


def element(name: str, inner: str) -> str:
    """A part that is one element."""
    return f'<?xml version="1.0" encoding="UTF-8"?><ofd:{name} {NAMES}>{inner}</ofd:{name}>'


def page(objects: Iterable[str], before: str = "") -> str:
    """A page with its objects in one layer, after what says of the page itself."""
    return element("Page", f'{before}<ofd:Content><ofd:Layer ID="10">{"".join(objects)}</ofd:Layer></ofd:Content>')


def text_object(
    x: float, y: float, text: str, size: float = 5.6, *, look: str = "", steps: str = "", inner: str = ""
) -> str:
    """A text object in millimetres from the upper left corner, its base line at a place."""
    steps = steps or f'DeltaX="g {max(1, len(text) - 1)} {size}"'
    code = f'<ofd:TextCode X="0" Y="{size}" {steps}>{escape(text)}</ofd:TextCode>'
    place = f"{x:.4f} {y - size:.4f} 150 {size * 1.2:.4f}"
    said = f'ID="11" Boundary="{place}" Font="1" Size="{size:.4f}" {look}'
    return f"<ofd:TextObject {said}>{inner}{code}</ofd:TextObject>"


_TURNS = {0: "1 0 0 1 0 0", 90: "0 -1 1 0 0 0", 180: "-1 0 0 -1 0 0", 270: "0 1 -1 0 0 0"}


def _mm(points: float) -> str:
    return f"{points * MILLIMETRES:.4f}"


def _drawn(mark: Words | Stroke | Filled | Picture) -> str:
    """A mark as OFD draws it."""
    if isinstance(mark, Words):
        size = mark.size * MILLIMETRES
        steps = " ".join(f"{size if ord(char) > 0x2000 else size / 2:.4f}" for char in mark.text[:-1])
        look = 'Alpha="0"' if mark.unseen else ""
        look += f' CTM="{_TURNS[mark.angle]}"'
        inner = f'<ofd:FillColor Value="{_colour(mark.ink)}"/>'
        x, y = mark.x * MILLIMETRES, (HEIGHT - mark.y) * MILLIMETRES
        # the matrix turns around the corner of the boundary, which lies a size above the base line
        x, y = {0: (x, y), 90: (x - size, y + size), 180: (x, y + 2 * size), 270: (x + size, y + size)}[mark.angle]
        return text_object(x, y, mark.text, size, look=look, steps=f'DeltaX="{steps}"', inner=inner)
    if isinstance(mark, Stroke):
        left, top = min(mark.x0, mark.x1), HEIGHT - max(mark.y0, mark.y1)
        ends = [(x - left, HEIGHT - y - top) for x, y in ((mark.x0, mark.y0), (mark.x1, mark.y1))]
        data = " L ".join(f"{_mm(x)} {_mm(y)}" for x, y in ends)
        return _path(left, top, mark.x1 - mark.x0, mark.y1 - mark.y0, f"M {data}", 'LineWidth="0.2"', "")
    if isinstance(mark, Filled):
        wide, high = mark.x1 - mark.x0, mark.y1 - mark.y0
        data = f"M 0 0 L {_mm(wide)} 0 L {_mm(wide)} {_mm(high)} L 0 {_mm(high)} C"
        inner = f'<ofd:FillColor Value="{_colour(mark.ink)}"/>'
        return _path(mark.x0, HEIGHT - mark.y1, wide, high, data, 'Stroke="false" Fill="true"', inner)
    return f'<ofd:ImageObject ID="12" ResourceID="1" Boundary="10 10 {_mm(WIDTH - 40)} {_mm(HEIGHT - 40)}"/>'


def _path(x: float, y: float, wide: float, high: float, data: str, look: str, inner: str) -> str:
    place = f"{_mm(x)} {_mm(y)} {_mm(abs(wide))} {_mm(abs(high))}"
    return (
        f'<ofd:PathObject ID="13" Boundary="{place}" {look}>{inner}'
        f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def _colour(ink: str) -> str:
    return " ".join(str(round(255 * float(part))) for part in ink.split())
