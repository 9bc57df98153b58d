"""What is drawn on a page of a PDF: its strokes, pictures, boxes of colour and pieces of text. Runs in the child."""

from __future__ import annotations

import ctypes
import math
from typing import Any

from reporting.plan.documents.printed_grids import MOST_RULES, Point, RuledLine, strokes_of
from reporting.plan.documents.printed_ink import Box, Colour, DrawnText, Ink

MOST_OBJECTS = 200_000
DEEPEST = 4
"""Forms within forms that are looked into."""
BOX = 6
"""A path of no more pieces that is filled is taken for a box."""


class PageObjects:
    """All objects of one page."""

    def __init__(self, page: Any) -> None:
        self.ink = Ink(page.get_cropbox())
        self.rules: list[RuledLine] = []
        self.pictures = False
        self._texts: dict[int, tuple[int, Any]] = {}
        self._known: dict[int, DrawnText] = {}
        self._placed: dict[int, Any] = {}
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
            self.ink.take(turn, self._box(item), None)
        elif item.type == raw.FPDF_PAGEOBJ_PATH and len(self.rules) <= MOST_RULES:
            mode, stroked = ctypes.c_int(), ctypes.c_int()
            raw.FPDFPath_GetDrawMode(item, mode, stroked)
            pieces = self._pieces(item)
            self.rules.extend(strokes_of(self._box(item), pieces, stroked=bool(stroked.value)))
            filled = mode.value != raw.FPDF_FILLMODE_NONE and not raw.FPDFPageObj_HasTransparency(item)
            colour = _fill_of(item) if filled and len(pieces) <= BOX else None
            if colour is not None:
                self.ink.take(turn, self._box(item), colour)

    def text_of(self, handle: Any) -> DrawnText | None:
        """The piece of text that a character belongs to."""
        from pypdfium2 import raw

        address = _address(handle) if handle else 0
        if address in self._texts and address not in self._known:
            turn, item = self._texts[address]
            matrix = self._matrix(item)
            size = item.get_font_size() * math.hypot(matrix.c, matrix.d)
            unseen = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
            inked = raw.FPDFTextObj_GetTextRenderMode(handle) not in unseen
            near = self.ink.near(self._box(item))
            self._known[address] = DrawnText(turn, size, _fill_of(item), inked, near)
        return self._known.get(address)

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

    def _pieces(self, path: Any) -> list[tuple[Point, Point]]:
        """The straight lines of a path."""
        from pypdfium2 import raw

        matrix = self._matrix(path)
        x, y = ctypes.c_float(), ctypes.c_float()
        start = last = (0.0, 0.0)
        pieces: list[tuple[Point, Point]] = []
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
        return pieces


def _address(handle: Any) -> int:
    return ctypes.addressof(handle.contents)


def _fill_of(item: Any) -> Colour | None:
    """The colour an object is filled with; none where one sees through it."""
    from pypdfium2 import raw

    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not raw.FPDFPageObj_GetFillColor(item, red, green, blue, alpha) or alpha.value < 255:
        return None
    return red.value, green.value, blue.value
