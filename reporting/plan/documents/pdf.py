"""A PDF → Lines. The library runs in a child process that may die of a hostile file.

Only what is text is read: a scanned page is a picture, and is said to be one. pypdfium2 comes with the extra
``pdf``; without it a PDF is refused with a sentence that says how to install it.
"""

import ctypes
import importlib.util
import math
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reporting.files.apart import ApartError, answer, read_apart
from reporting.model import Line, Place
from reporting.plan.documents.parts import refused
from reporting.plan.documents.pdf_pages import Glyph, Page, read_pages
from reporting.plan.documents.pdf_tables import MOST_RULES, RuledLine

MOST_PAGES = 500
MOST_GLYPHS = 1_000_000
"""Characters of a whole document; a page of a plan has eight hundred."""

LOCKED, DAMAGED, LONG, SCANNED, EMPTY, GARBLED = "locked", "damaged", "long", "scanned", "empty", "garbled"

_SAVE_AS_WORD = "请用 Word 或 WPS 打开，另存为 .docx 后再导入"
_REFUSALS = {
    LOCKED: ("PDF 设有打开密码", "请取消密码后另存，再导入"),
    DAMAGED: ("PDF 已损坏", "请重新下载，或用 PDF 阅读器打开后另存一份，再导入"),
    LONG: (f"PDF 超过 {MOST_PAGES} 页或文字过多", "请只保留任务分解部分，另存后再导入"),
    SCANNED: (
        "PDF 的各页都是图片，没有文字，是扫描件",
        "请先做文字识别（OCR），核对后另存为 .docx 或文本文件，再导入；有 Word 原件的，请直接导入原件",
    ),
    EMPTY: ("PDF 中没有文字", f"请核对文件是否完整；能看到文字的，{_SAVE_AS_WORD}"),
    GARBLED: (
        "PDF 中的文字无法还原，取出的是乱码",
        "请导入 Word 原件；没有原件的，请打印后扫描，做文字识别，另存为 .docx 再导入",
    ),
}


def read_pdf(path: Path, content: bytes) -> list[Line]:
    """A PDF with text: lines and rows of tables, each with its page."""
    if importlib.util.find_spec("pypdfium2") is None:
        raise refused(
            path,
            "这是 PDF 文件，读 PDF 的组件还没有安装",
            f'请在程序文件夹中运行 python -m pip install ".[pdf]" 后再导入；或者{_SAVE_AS_WORD[1:]}',
        )
    try:
        found = read_apart(__name__, content)
    except ApartError as error:
        raise refused(path, *_REFUSALS[DAMAGED]) from error
    if isinstance(found, str):
        raise refused(path, *_REFUSALS[found])
    return [Line(text, Place(path.name, f"第{page}页", row, 1), aside) for text, page, row, aside in found]


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
            pages.append(_page(document[number], number + 1))
        except pypdfium2.PdfiumError:
            return DAMAGED
        if sum(len(page.glyphs) for page in pages) > MOST_GLYPHS:
            return LONG
    glyphs = [glyph.text for page in pages for glyph in page.glyphs if glyph.text.strip()]
    if not glyphs:
        return SCANNED if any(page.pictures for page in pages) else EMPTY
    if _is_garbled(glyphs):
        return GARBLED
    return [tuple(line) for line in read_pages(pages)]


def _is_garbled(glyphs: list[str]) -> bool:
    """Characters that stand for none, or, in a text that is not short, none that is Chinese."""
    lost = sum(glyph == "\ufffd" or "\ue000" <= glyph <= "\uf8ff" or ord(glyph) < 32 for glyph in glyphs)
    han = sum("\u3400" <= glyph <= "\u9fff" or "\U00020000" <= glyph <= "\U0003ffff" for glyph in glyphs)
    return lost * 5 > len(glyphs) or (len(glyphs) > 200 and han * 10 < len(glyphs))


def _page(page: Any, number: int) -> Page:
    glyphs = list(_glyphs(page.get_textpage()))
    strokes, pictures = _drawn(page)
    turned = Counter(angle for _, angle in glyphs).most_common(1)
    angle = turned[0][0] if turned else 0
    width, height = page.get_size()
    upright = [_turn_glyph(glyph, angle) for glyph, own in glyphs if own == angle]
    return Page(
        number,
        width if angle % 180 and page.get_rotation() % 180 == 0 else height,
        upright,
        [_turn_rule(rule, angle) for rule in strokes],
        pictures,
    )


def _glyphs(text: Any) -> Iterator[tuple[Glyph, int]]:
    """Characters with the angle they are printed at; those that no program wrote are left out."""
    from pypdfium2 import raw

    box = raw.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(min(text.count_chars(), MOST_GLYPHS + 1)):
        code = raw.FPDFText_GetUnicode(text, index)
        if raw.FPDFText_IsGenerated(text, index) or code in (0xFFFE, 0xAD):
            continue
        raw.FPDFText_GetLooseCharBox(text, index, box)
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        angle = round(math.degrees(raw.FPDFText_GetCharAngle(text, index))) % 360
        size = raw.FPDFText_GetFontSize(text, index)
        height = max(box.right - box.left, box.top - box.bottom)
        size = height if not 0.5 * height <= size <= 2 * height and height > 0 else size
        lost = raw.FPDFText_HasUnicodeMapError(text, index) == 1 or 0xD800 <= code <= 0xDFFF
        glyph = Glyph("\ufffd" if lost or code == 0 else chr(code), box.left, box.right, y.value, size)
        yield ((glyph if angle in (0, 180) else glyph._replace(left=box.bottom, right=box.top, base=x.value)), angle)


def _turn_glyph(glyph: Glyph, angle: int) -> Glyph:
    """As if the page were turned until its text stands upright."""
    if angle == 90:
        return glyph._replace(base=-glyph.base)
    if angle == 270:
        return glyph._replace(left=-glyph.right, right=-glyph.left)
    if angle == 180:
        return glyph._replace(left=-glyph.right, right=-glyph.left, base=-glyph.base)
    return glyph


def _turn_rule(rule: RuledLine, angle: int) -> RuledLine:
    left, bottom, right, top = rule
    turned = {90: (bottom, -right, top, -left), 270: (-top, left, -bottom, right), 180: (-right, -top, -left, -bottom)}
    return RuledLine(*turned.get(angle, rule))


def _drawn(page: Any) -> tuple[list[RuledLine], bool]:
    """The strokes of a page, and whether it has pictures."""
    from pypdfium2 import raw

    rules: list[RuledLine] = []
    pictures = False
    for item in page.get_objects(max_depth=4):
        if item.type == raw.FPDF_PAGEOBJ_IMAGE:
            pictures = True
        elif item.type == raw.FPDF_PAGEOBJ_PATH and len(rules) <= MOST_RULES:
            rules.extend(_rules_of(item))
    return rules, pictures


def _rules_of(path: Any) -> Iterator[RuledLine]:
    """The strokes of a path: itself where it is thin, else the straight lines it is drawn of."""
    from pypdfium2 import raw

    left, bottom, right, top = path.get_bounds()
    if min(right - left, top - bottom) <= 3:
        if max(right - left, top - bottom) > 3:
            yield RuledLine(left, bottom, right, top)
        return
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, mode, stroked)
    matrix = path.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = (0.0, 0.0)
    pieces: list[tuple[tuple[float, float], tuple[float, float]]] = []
    for index in range(min(raw.FPDFPath_CountSegments(path), MOST_RULES)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            pieces.append((last, point))
        last = point
        if raw.FPDFPathSegment_GetClose(segment):
            pieces.append((point, start))
    if not stroked.value and len(pieces) < 6:
        return  # a box of colour behind text
    for (x0, y0), (x1, y1) in pieces:
        if min(abs(x1 - x0), abs(y1 - y0)) <= 1 < max(abs(x1 - x0), abs(y1 - y0)):
            yield RuledLine(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


if __name__ == "__main__":
    sys.exit(answer(_read))
