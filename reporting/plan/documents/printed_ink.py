"""What lies where on a page, in the order it is drawn: which text a reader sees, and which only a program finds.

Unseen is what is drawn in no colour, in that of what lies beneath it, below something, or outside of the page. Such
text is read in one case: on a picture of the whole page it is what a program took the scan for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

MOST_COVERS = 300
"""A page with more boxes of colour is a drawing; what its boxes cover is not asked."""
SCANNED = 0.6
"""A picture over so much of the page is a scan of it, or what text stands on."""
LIKE = 12
"""Colours nearer to each other than this, of 255, are one to the eye."""
TINY = 1.0
"""Letters of fewer points are there for programs, not for readers."""

Box = tuple[float, float, float, float]
"""Left, bottom, right, top, in points."""
Colour = tuple[int, int, int]
PAPER: Colour = (255, 255, 255)


class Drawn(NamedTuple):
    """A box of colour, or a picture (no colour), with its turn among all that is drawn."""

    turn: int
    box: Box
    colour: Colour | None


class DrawnText(NamedTuple):
    """A piece of text with its turn, its size, its colour where that is known, and whether it is drawn at all."""

    turn: int
    size: float
    colour: Colour | None
    inked: bool
    near: Sequence[Drawn] = ()
    """What is drawn where it stands."""


@dataclass(slots=True)
class Ink:
    """All boxes and pictures of one page, of which ``paper`` is shown."""

    paper: Box
    drawn: list[Drawn] = field(default_factory=list)
    scan: Drawn | None = None
    """The last picture of the whole page."""

    def take(self, turn: int, box: Box, colour: Colour | None) -> None:
        """A box filled with a colour, or a picture."""
        each = Drawn(turn, box, colour)
        if colour is None and _area(_common(box, self.paper)) >= SCANNED * _area(self.paper):
            self.scan = each
        else:
            self.drawn.append(each)

    def near(self, box: Box) -> list[Drawn]:
        """What is drawn where something stands."""
        boxes = self.drawn if len(self.drawn) <= MOST_COVERS else []
        return [each for each in boxes if _area(_common(each.box, box)) > 0]

    def is_recognised(self, text: DrawnText) -> bool:
        """Whether text is what a program took a scan for: unseen, on or below a picture of the page."""
        return self.scan is not None and (not text.inked or text.turn < self.scan.turn)

    def is_hidden(self, text: DrawnText, x: float, y: float) -> bool:
        """Whether a character of a piece of text, with its middle at a place, is one that nobody sees."""
        if not text.inked or text.size < TINY or not _is_in(x, y, self.paper):
            return True
        below: Drawn | None = self.scan if self.scan and self.scan.turn < text.turn else None
        for each in text.near:
            if _is_in(x, y, each.box):
                if each.turn < text.turn:
                    below = each
                elif each.colour is not None:
                    return True
        ground = below.colour if below else PAPER
        return text.colour is not None and ground is not None and _alike(text.colour, ground)


def _is_in(x: float, y: float, box: Box) -> bool:
    left, bottom, right, top = box
    return left <= x <= right and bottom <= y <= top


def _area(box: Box) -> float:
    left, bottom, right, top = box
    return max(0.0, right - left) * max(0.0, top - bottom)


def _common(one: Box, two: Box) -> Box:
    return max(one[0], two[0]), max(one[1], two[1]), min(one[2], two[2]), min(one[3], two[3])


def _alike(one: Colour, two: Colour) -> bool:
    return all(abs(left - right) < LIKE for left, right in zip(one, two, strict=True))
