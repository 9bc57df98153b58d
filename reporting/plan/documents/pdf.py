"""A PDF → Lines. The library runs in a child process that may die of a hostile file.

Only what is text is read: a scanned page is a picture, and is said to be one. pypdfium2 comes with the extra
``pdf``; without it a PDF is refused with a sentence that says how to install it.
"""

import ctypes
import importlib.util
import math
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from reporting.files.apart import ApartError, answer, read_apart
from reporting.model import Line, Place
from reporting.plan.documents.parts import refused
from reporting.plan.documents.pdf_objects import PageObjects
from reporting.plan.documents.printed_grids import RuledLine
from reporting.plan.documents.printed_lines import Glyph
from reporting.plan.documents.printed_pages import Page, read_pages

TINY = 1.0
"""Letters of fewer points are there for programs, not for readers."""

LONG_PAGE = 60
"""From so many characters on a page is asked for itself whether its characters are any."""

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
    glyphs = [text for page in pages for text in _texts(page)]
    if not glyphs:
        return SCANNED if any(page.pictures for page in pages) else EMPTY
    if _is_garbled(glyphs):
        return GARBLED
    known = [replace(page, glyphs=[], garbled=True) if _is_garbled(_texts(page), LONG_PAGE) else page for page in pages]
    return [tuple(line) for line in read_pages(known)]


def _texts(page: Page) -> list[str]:
    return [glyph.text for glyph in page.glyphs if glyph.text.strip()]


def _is_garbled(glyphs: Sequence[str], least: int = 0) -> bool:
    """Characters that stand for none, or, in a text that is not short, none that is Chinese."""
    if len(glyphs) < least:
        return False
    lost = sum(glyph == "\ufffd" or "\ue000" <= glyph <= "\uf8ff" or ord(glyph) < 32 for glyph in glyphs)
    han = sum("\u3400" <= glyph <= "\u9fff" or "\U00020000" <= glyph <= "\U0003ffff" for glyph in glyphs)
    return lost * 5 > len(glyphs) or (len(glyphs) > 200 and han * 10 < len(glyphs))


class _Found(NamedTuple):
    """A character with the angle it is printed at, and whether anybody sees it, or a program read it from a scan."""

    glyph: Glyph
    angle: int
    hidden: bool
    recognised: bool


def _page(page: Any, number: int) -> Page:
    objects = PageObjects(page)
    found = list(_glyphs(page.get_textpage(), objects))
    turned = Counter(each.angle for each in found if not each.hidden).most_common(1)
    angle = turned[0][0] if turned else 0
    width, height = page.get_size()
    upright = [each._replace(glyph=_turn_glyph(each.glyph, angle)) for each in found if each.angle == angle]
    return Page(
        number,
        width if angle % 180 and page.get_rotation() % 180 == 0 else height,
        [each.glyph for each in upright if not each.hidden],
        [_turn_rule(rule, angle) for rule in objects.rules],
        pictures=objects.pictures,
        hidden=[each.glyph for each in upright if each.hidden],
        recognised=any(each.recognised for each in found),
        turned=sum(each.angle != angle and not each.hidden for each in found),
    )


def _glyphs(text: Any, objects: PageObjects) -> Iterator[_Found]:
    """Characters with the angle they are printed at; those that no program wrote are left out, and second prints."""
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
        angle = 90 * round(math.degrees(raw.FPDFText_GetCharAngle(text, index)) / 90) % 360
        level = angle in (0, 180)
        of = objects.text_of(raw.FPDFText_GetTextObject(text, index))
        size = of.size if of else raw.FPDFText_GetFontSize(text, index)
        lost = raw.FPDFText_HasUnicodeMapError(text, index) == 1 or 0xD800 <= code <= 0xDFFF
        char = "\ufffd" if lost or code == 0 else chr(code)
        place = (char, round(2 * x.value), round(2 * y.value))
        if index - printed.setdefault(place, index) > 1:
            continue  # printed again at the same place to look bold; one glyph for two (——) gives neighbours
        glyph = Glyph(char, box.left, box.right, y.value, size)
        glyph = glyph if level else glyph._replace(left=box.bottom, right=box.top, base=x.value)
        middle = ((box.left + box.right) / 2, (box.bottom + box.top) / 2)
        recognised = objects.is_recognised(of)
        hidden = not recognised and bool(char.strip()) and (size < TINY or objects.is_hidden(of, *middle))
        yield _Found(glyph, angle, hidden or not objects.is_on_paper(*middle), recognised)


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


if __name__ == "__main__":
    sys.exit(answer(_read))
