"""Characters as a file draws them, at any angle → pages to be read, and what is wrong with a whole document.

What the readers of PDF and OFD share: turning a page until its text stands upright, telling rubbish from text, and
the sentences in which such a file is refused.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from reporting.model import Line, Place
from reporting.plan.documents.printed_grids import RuledLine
from reporting.plan.documents.printed_ink import Box
from reporting.plan.documents.printed_lines import Glyph
from reporting.plan.documents.printed_pages import Page, PageLine, read_pages

MOST_PAGES = 500
MOST_GLYPHS = 1_000_000
"""Characters of a whole document; a page of a plan has eight hundred."""
LONG_PAGE = 60
"""From so many characters on a page is asked for itself whether its characters are any."""

LOCKED, DAMAGED, LONG, SCANNED, EMPTY, GARBLED = "locked", "damaged", "long", "scanned", "empty", "garbled"
SLOW = "slow"

SAVE_AS_WORD = "请用 Word 或 WPS 打开，另存为 .docx 后再导入"
_REFUSALS = {
    LOCKED: ("{kind} 设有打开密码或已加密", "请用 {kind} 阅读器打开，取消密码或加密后另存，再导入"),
    DAMAGED: ("{kind} 已损坏", "请重新下载，或用 {kind} 阅读器打开后另存一份，再导入"),
    LONG: (f"{{kind}} 超过 {MOST_PAGES} 页或文字过多", "请只保留任务分解部分，另存后再导入"),
    SLOW: ("{kind} 中的图形或文字过多，两分钟没有读完", "请只保留任务分解部分，另存后再导入"),
    SCANNED: (
        "{kind} 的各页都是图片，没有文字，是扫描件",
        "请先做文字识别（OCR），核对后另存为 .docx 或文本文件，再导入；有 Word 原件的，请直接导入原件",
    ),
    EMPTY: (
        "{kind} 中没有文字",
        "请核对文件是否完整；能看到文字的，请用 WPS 或 {kind} 阅读器打开，另存为 .docx 后再导入",
    ),
    GARBLED: (
        "{kind} 中的文字无法还原，取出的是乱码",
        "请导入 Word 原件；没有原件的，请打印后扫描，做文字识别，另存为 .docx 再导入",
    ),
}


def why_refused(kind: str, reason: str) -> tuple[str, str]:
    """What is wrong with a file of a kind (PDF, OFD), and what to do."""
    problem, remedy = _REFUSALS[reason]
    return problem.format(kind=kind), remedy.format(kind=kind)


class Mark(NamedTuple):
    """A character: its box, where its base line begins, its size, the angle it is drawn at, and who sees it."""

    text: str
    box: Box
    x: float
    y: float
    size: float
    angle: int
    """0, 90, 180 or 270, against the clock."""
    hidden: bool = False
    recognised: bool = False
    """Whether a program took it from a scan."""


class Drawing(NamedTuple):
    """All that a file draws on one page; ``paper`` is what is shown of it."""

    paper: Box
    marks: Sequence[Mark] = ()
    rules: Sequence[RuledLine] = ()
    pictures: bool = False
    damaged: bool = False


def upright(drawing: Drawing, number: int) -> Page:
    """A page as if it were turned until most of its text stands upright."""
    angles = Counter(mark.angle for mark in drawing.marks if not mark.hidden).most_common(1)
    angle = angles[0][0] if angles else 0
    own = [mark for mark in drawing.marks if mark.angle == angle]
    left, bottom, right, top = drawing.paper
    return Page(
        number,
        right - left if angle % 180 else top - bottom,
        [_glyph(mark, drawing.paper) for mark in own if not mark.hidden],
        [RuledLine(*_turned(rule, angle, drawing.paper)) for rule in drawing.rules],
        pictures=drawing.pictures,
        hidden=[_glyph(mark, drawing.paper) for mark in own if mark.hidden],
        recognised=any(mark.recognised for mark in own),
        damaged=drawing.damaged,
        turned=sum(mark.angle != angle and not mark.hidden for mark in drawing.marks),
    )


def _glyph(mark: Mark, paper: Box) -> Glyph:
    left, _, right, _ = _turned(mark.box, mark.angle, paper)
    _, base, _, _ = _turned((mark.x, mark.y, mark.x, mark.y), mark.angle, paper)
    return Glyph(mark.text, left, right, base, mark.size)


def _turned(box: Box, angle: int, paper: Box) -> Box:
    """A box on the page as if that were turned; counted from the lower left corner of what is shown of it."""
    left, bottom, right, top = box[0] - paper[0], box[1] - paper[1], box[2] - paper[0], box[3] - paper[1]
    width, height = paper[2] - paper[0], paper[3] - paper[1]
    if angle == 90:
        return bottom, width - right, top, width - left
    if angle == 180:
        return width - right, height - top, width - left, height - bottom
    if angle == 270:
        return height - top, left, height - bottom, right
    return left, bottom, right, top


def read_printed(pages: Sequence[Page]) -> list[PageLine] | str:
    """The lines of all pages, or the word that says why there are none."""
    glyphs = [text for page in pages for text in _texts(page)]
    if not glyphs:
        return SCANNED if any(page.pictures for page in pages) else EMPTY
    if _is_garbled(glyphs):
        return GARBLED
    return read_pages([replace(page, glyphs=[], garbled=True) if _is_garbled_page(page) else page for page in pages])


def _texts(page: Page) -> list[str]:
    return [glyph.text for glyph in page.glyphs if glyph.text.strip()]


def _is_garbled_page(page: Page) -> bool:
    return len(page.glyphs) >= LONG_PAGE and _is_garbled(_texts(page))


def _is_garbled(glyphs: Sequence[str]) -> bool:
    """Characters that stand for none, or, in a text that is not short, none that is Chinese."""
    lost = sum(glyph == "\ufffd" or "\ue000" <= glyph <= "\uf8ff" or ord(glyph[0]) < 32 for glyph in glyphs)
    han = sum("\u3400" <= glyph <= "\u9fff" or "\U00020000" <= glyph <= "\U0003ffff" for glyph in glyphs)
    return lost * 5 > len(glyphs) or (len(glyphs) > 200 and han * 10 < len(glyphs))


def lines_at_pages(path: Path, found: Iterable[tuple[str, int, int, str]]) -> list[Line]:
    """The lines of pages with their places in the file."""
    return [
        Line(str(text), Place(path.name, f"第{page}页", int(str(row)), 1), str(aside))
        for text, page, row, aside in found
    ]
