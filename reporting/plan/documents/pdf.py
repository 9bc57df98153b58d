"""A PDF → Lines. The library runs in a child process that may die of a hostile file.

Only what is text is read: a scanned page is a picture, and is said to be one. pypdfium2 comes with the extra
``pdf``; without it a PDF is refused with a sentence that says how to install it.
"""

import ctypes
import importlib.util
import math
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reporting.files.apart import ApartError, answer, read_apart
from reporting.model import Line
from reporting.plan.documents.parts import refused
from reporting.plan.documents.pdf_objects import PageObjects
from reporting.plan.documents.printed_ink import DrawnText
from reporting.plan.documents.printed_marks import (
    DAMAGED,
    LOCKED,
    LONG,
    MOST_GLYPHS,
    MOST_PAGES,
    SAVE_AS_WORD,
    SLOW,
    Drawing,
    Mark,
    lines_at_pages,
    read_printed,
    upright,
    why_refused,
)
from reporting.plan.documents.printed_pages import Page


def read_pdf(path: Path, content: bytes) -> list[Line]:
    """A PDF with text: lines and rows of tables, each with its page."""
    if importlib.util.find_spec("pypdfium2") is None:
        raise refused(
            path,
            "这是 PDF 文件，读 PDF 的组件还没有安装",
            f'请在程序文件夹中运行 python -m pip install ".[pdf]" 后再导入；或者{SAVE_AS_WORD[1:]}',
        )
    try:
        found = read_apart(__name__, content)
    except ApartError as error:
        raise refused(path, *why_refused("PDF", SLOW if error.too_long else DAMAGED)) from error
    if isinstance(found, str):
        raise refused(path, *why_refused("PDF", found))
    return lines_at_pages(path, found)


def _read(content: bytes) -> list[tuple[Any, ...]] | str:
    """In the child: the lines, or the word that says why there are none."""
    import pypdfium2
    from pypdfium2 import raw

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        wrong_password = raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD
        return LOCKED if wrong_password else DAMAGED
    if len(document) > MOST_PAGES:
        return LONG
    pages: list[Page] = []
    for number in range(len(document)):
        try:
            pages.append(upright(_drawing(document[number]), number + 1))
        except pypdfium2.PdfiumError:
            return DAMAGED
        if sum(len(page.glyphs) for page in pages) > MOST_GLYPHS:
            return LONG
    found = read_printed(pages)
    return found if isinstance(found, str) else [tuple(line) for line in found]


def _drawing(page: Any) -> Drawing:
    objects = PageObjects(page)
    return Drawing(
        objects.ink.paper, list(_marks(page.get_textpage(), objects)), objects.rules, pictures=objects.pictures
    )


def _marks(text: Any, objects: PageObjects) -> Iterator[Mark]:
    """The characters of a page; those that no program wrote are left out, and those that are printed again."""
    from pypdfium2 import raw

    box = raw.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    printed: dict[tuple[str, int, int], int] = {}
    for index in range(min(text.count_chars(), MOST_GLYPHS + 1)):
        code = raw.FPDFText_GetUnicode(text, index)
        if raw.FPDFText_IsGenerated(text, index) or code in (0xFFFE, 0xAD):
            continue
        raw.FPDFText_GetLooseCharBox(text, index, box)
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        lost = raw.FPDFText_HasUnicodeMapError(text, index) == 1 or 0xD800 <= code <= 0xDFFF
        char = "\ufffd" if lost or code == 0 else chr(code)
        place = (char, round(2 * x.value), round(2 * y.value))
        if index - printed.setdefault(place, index) > 1:
            continue  # at the same place again to look bold; one glyph for two (——) gives neighbours
        angle = -90 * round(math.degrees(raw.FPDFText_GetCharAngle(text, index)) / 90) % 360  # given with the clock
        of = objects.text_of(raw.FPDFText_GetTextObject(text, index))
        piece = of or DrawnText(0, raw.FPDFText_GetFontSize(text, index), None, inked=True)
        middle = ((box.left + box.right) / 2, (box.bottom + box.top) / 2)
        recognised = objects.ink.is_recognised(piece)
        hidden = not recognised and bool(char.strip()) and objects.ink.is_hidden(piece, *middle)
        edges = (box.left, box.bottom, box.right, box.top)
        yield Mark(char, edges, x.value, y.value, piece.size, angle, hidden, recognised)


if __name__ == "__main__":
    sys.exit(answer(_read))
