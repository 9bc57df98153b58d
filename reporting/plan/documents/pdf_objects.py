"""What is drawn on a page of a PDF, in its order: strokes, pictures, boxes of colour, and text beneath them.

Tells which text a reader of the page sees, and which only a program finds: drawn in no colour, in that of the paper,
below something, or outside of the page. Runs in the child that reads a PDF.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from reporting.plan.documents.printed_grids import MOST_RULES, RuledLine

MOST_OBJECTS = 200_000
DEEPEST = 4
MOST_COVERS = 300
"""A page with more boxes of colour is a drawing; what its boxes cover is not asked."""
SCANNED = 0.6
"""A picture over so much of the page is a scan of it, or what text stands on."""
LIKE = 12
"""Colours nearer to each other than this, of 255, are one to the eye."""

Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""
Colour = tuple[int, int, int]
PAPER: Colour = (255, 255, 255)


class Drawn(NamedTuple):
    """A box of colour, or a picture (no colour), with its turn among all that is drawn."""

    turn: int
    box: Box
    colour: Colour | None


class DrawnText(NamedTuple):
    """A piece of text with its turn, the size of its font, its colour, and whether it is drawn at all."""

    turn: int
    size: float
    colour: Colour | None
    inked: bool
    near: Sequence[Drawn]
    """What is drawn where it stands."""


class PageObjects:
    """All objects of one page."""

    def __init__(self, page: Any) -> None:
        self.rules: list[RuledLine] = []
        self.pictures = False
        self.scan: Drawn | None = None
        self._drawn: list[Drawn] = []
        self._texts: dict[int, Any] = {}
        self._known: dict[int, DrawnText] = {}
        self._placed: dict[int, Any] = {}
        self.paper: Box = page.get_cropbox()
        for turn, item in enumerate(page.get_objects(max_depth=DEEPEST)):
            if turn >= MOST_OBJECTS:
                break
            self._take(turn, item)

    def _take(self, turn: int, item: Any) -> None:
        from pypdfium2 import raw

        if item.type == raw.FPDF_PAGEOBJ_TEXT:
            self._texts[_address(item.raw)] = (turn, item)
        elif item.type == raw.FPDF_PAGEOBJ_IMAGE:
            self.pictures = True
            picture = Drawn(turn, self._box(item), None)
            self._drawn.append(picture)
            if _area(_common(picture.box, self.paper)) >= SCANNED * _area(self.paper):
                self.scan = picture
        elif item.type == raw.FPDF_PAGEOBJ_PATH and len(self.rules) <= MOST_RULES:
            self.rules.extend(_rules_of(item, self._box(item), self._matrix(item)))
            colour = _fill_of(item)
            if colour is not None and raw.FPDFPath_CountSegments(item) <= 6:
                self._drawn.append(Drawn(turn, self._box(item), colour))

    def text_of(self, handle: Any) -> DrawnText | None:
        """The piece of text that a character belongs to."""
        from pypdfium2 import raw

        address = _address(handle) if handle else 0
        if address not in self._texts:
            return None
        if address not in self._known:
            turn, item = self._texts[address]
            mode = raw.FPDFTextObj_GetTextRenderMode(handle)
            inked = mode not in (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
            matrix = self._matrix(item)
            size = item.get_font_size() * math.hypot(matrix.c, matrix.d)
            box = self._box(item)
            boxes = self._drawn if len(self._drawn) <= MOST_COVERS else []
            near = [each for each in boxes if each is not self.scan and _area(_common(each.box, box)) > 0]
            self._known[address] = DrawnText(turn, size, _fill_of(item), inked, near)
        return self._known[address]

    def is_on_paper(self, x: float, y: float) -> bool:
        """Whether a point lies on what is shown of the page."""
        left, bottom, right, top = self.paper
        return left <= x <= right and bottom <= y <= top

    def is_recognised(self, text: DrawnText | None) -> bool:
        """Whether a piece of text is what a program took a scan for: unseen, on or below a picture of the page."""
        return text is not None and self.scan is not None and (not text.inked or text.turn < self.scan.turn)

    def is_hidden(self, text: DrawnText | None, x: float, y: float) -> bool:
        """Whether a character of a piece of text is one that nobody sees."""
        if text is None:
            return False
        if not text.inked:
            return True
        below: Drawn | None = self.scan if self.scan and self.scan.turn < text.turn else None
        for each in text.near:
            left, bottom, right, top = each.box
            if left <= x <= right and bottom <= y <= top:
                if each.turn < text.turn:
                    below = each
                elif each.colour is not None:
                    return True
        ground = below.colour if below else PAPER
        return text.colour is not None and ground is not None and _alike(text.colour, ground)

    def _matrix(self, item: Any) -> Any:
        """How what an object draws is put onto the page: through the forms that hold it."""
        matrix = item.get_matrix()
        return matrix.multiply(self._place_of(item.container)) if item.container else matrix

    def _place_of(self, form: Any) -> Any:
        address = _address(form.raw)
        if address not in self._placed:
            self._placed[address] = self._matrix(form)
        return self._placed[address]

    def _box(self, item: Any) -> Box:
        box: Box = item.get_bounds()
        return tuple(self._place_of(item.container).on_rect(*box)) if item.container else box


def _address(handle: Any) -> int:
    return ctypes.addressof(handle.contents)


def _area(box: Box) -> float:
    left, bottom, right, top = box
    return max(0.0, right - left) * max(0.0, top - bottom)


def _common(one: Box, two: Box) -> Box:
    return max(one[0], two[0]), max(one[1], two[1]), min(one[2], two[2]), min(one[3], two[3])


def _alike(one: Colour, two: Colour) -> bool:
    return all(abs(left - right) < LIKE for left, right in zip(one, two, strict=True))


def _fill_of(item: Any) -> Colour | None:
    """The colour an object is filled with; none where one sees through it, or it is not filled."""
    from pypdfium2 import raw

    if item.type == raw.FPDF_PAGEOBJ_PATH:
        mode, stroked = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(item, mode, stroked)
        if mode.value == raw.FPDF_FILLMODE_NONE or raw.FPDFPageObj_HasTransparency(item):
            return None
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not raw.FPDFPageObj_GetFillColor(item, red, green, blue, alpha) or alpha.value < 255:
        return None
    return red.value, green.value, blue.value


def _rules_of(path: Any, box: Box, matrix: Any) -> Iterator[RuledLine]:
    """The strokes of a path: itself where it is thin, else the straight lines it is drawn of."""
    from pypdfium2 import raw

    left, bottom, right, top = box
    if min(right - left, top - bottom) <= 3:
        if max(right - left, top - bottom) > 3:
            yield RuledLine(left, bottom, right, top)
        return
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, mode, stroked)
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
