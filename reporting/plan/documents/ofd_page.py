"""What one page of an OFD file draws: characters at places, strokes, pictures, boxes of colour.

Lengths are millimetres from the upper left corner. An object has a boundary, whose corner is the origin of what it
draws, and a matrix that is applied before (GB/T 33190-2016, 8.5); text gives the place of its first character and the
steps from each to the next (11.3).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from reporting.language.characters import printed_width
from reporting.plan.documents.ofd_package import OfdElement, OfdError, number_in
from reporting.plan.documents.printed_grids import MOST_RULES, Point, RuledLine, strokes_of
from reporting.plan.documents.printed_ink import Box, Colour, DrawnText, Ink
from reporting.plan.documents.printed_marks import LONG, MOST_GLYPHS, Drawing, Mark

POINTS = 72 / 25.4
"""Points of a millimetre."""
DEEPEST = 8
"""Blocks and composed objects within one another that are looked into."""
MOST_OBJECTS = 200_000
"""Objects of one page, those of composed objects each time they are drawn."""
BOX = 6
"""A path of no more pieces that is filled is taken for a box."""

_HOLDERS = ("Layer", "PageBlock", "Content")
_ESCAPED = re.compile(r"\\([0-9a-fA-F]{4})")
"""A character that XML cannot hold, or a blank: \\0020 (GB/T 33190-2016, 11.2)."""
_STEPS = {"M": 1, "S": 1, "L": 1, "Q": 2, "B": 3, "A": 0, "C": 0}
"""The commands of a path and how many points each takes; an arc has seven numbers, the last two of which are one."""


class Matrix(NamedTuple):
    """Puts points of an object onto the page: x is a·x + c·y + e, y is b·x + d·y + f."""

    a: float = 1
    b: float = 0
    c: float = 0
    d: float = 1
    e: float = 0
    f: float = 0

    def on(self, x: float, y: float) -> Point:
        """Where a point comes to stand."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def then(self, other: Matrix) -> Matrix:
        """This one first, then another."""
        a, b = other.a * self.a + other.c * self.b, other.b * self.a + other.d * self.b
        c, d = other.a * self.c + other.c * self.d, other.b * self.c + other.d * self.d
        return Matrix(a, b, c, d, *other.on(self.e, self.f))


class Pen(NamedTuple):
    """How an object is drawn where it does not say: what its layer, or what is drawn by, says."""

    fill: Colour | None = None
    filled: bool = False
    """Whether a colour to fill with is given at all."""


@dataclass(frozen=True, slots=True)
class OfdResources:
    """What objects refer to by number: composed objects and ways of drawing."""

    composed: dict[str, OfdElement] = field(default_factory=dict)
    pens: dict[str, OfdElement] = field(default_factory=dict)

    def take(self, root: OfdElement) -> None:
        """What a part of resources defines."""
        for group in root.children:
            for each in group.children:
                if each.name == "CompositeGraphicUnit":
                    self.composed[each.attributes.get("ID", "")] = each
                elif each.name == "DrawParam":
                    self.pens[each.attributes.get("ID", "")] = each

    def pen(self, number: str | None, otherwise: Pen) -> Pen:
        """The way of drawing of a number, with what it takes over from others."""
        seen: set[str] = set()
        while number and number in self.pens and number not in seen:
            seen.add(number)
            fill = self.pens[number].first("FillColor")
            if fill is not None:
                return Pen(colour_of(fill), filled=True)
            number = self.pens[number].attributes.get("Relative")
        return otherwise


class OfdPage:
    """Draws the layers of one page and of its templates, in their order."""

    def __init__(self, box: Sequence[float], resources: OfdResources) -> None:
        self._left, self._top, width, height = (*box[:2], *box[2:4])
        self._height = height
        self._resources = resources
        self.ink = Ink((0.0, 0.0, width * POINTS, height * POINTS))
        self.rules: list[RuledLine] = []
        self.pictures = False
        self._texts: list[tuple[DrawnText, Box, OfdElement, Matrix]] = []
        self._turn = 0

    def draw(self, page: OfdElement) -> None:
        """The content of a page or a template."""
        content = page.first("Content")
        if content is not None:
            self._draw_all(content, Matrix(), Pen(), DEEPEST)

    def drawing(self) -> Drawing:
        """All that was drawn."""
        return Drawing(self.ink.paper, list(self._marks()), self.rules, pictures=self.pictures)

    def _draw_all(self, holder: OfdElement, matrix: Matrix, pen: Pen, depth: int) -> None:
        own = self._resources.pen(holder.attributes.get("DrawParam"), pen)
        for each in holder.children:
            if each.name in _HOLDERS:
                if depth:
                    self._draw_all(each, matrix, own, depth - 1)
            else:
                self._draw(each, matrix, own, depth)

    def _draw(self, item: OfdElement, outer: Matrix, pen: Pen, depth: int) -> None:
        self._turn += 1
        if self._turn > MOST_OBJECTS:
            raise OfdError(LONG)
        boundary = [*item.numbers("Boundary"), 0.0, 0.0, 0.0, 0.0][:4]
        ctm = item.numbers("CTM")
        place = Matrix(*ctm[:6]) if len(ctm) >= 6 else Matrix()
        matrix = place.then(Matrix(e=boundary[0], f=boundary[1])).then(outer)
        own = self._resources.pen(item.attributes.get("DrawParam"), pen)
        if item.name == "TextObject":
            self._take_text(item, matrix, own)
        elif item.name == "PathObject":
            self._take_path(item, matrix, own)
        elif item.name == "ImageObject":
            if _is_seen(item):
                self.pictures = True
                left, top = outer.on(*boundary[:2])
                right, bottom = outer.on(boundary[0] + boundary[2], boundary[1] + boundary[3])
                self.ink.take(self._turn, _box([self._point(left, top), self._point(right, bottom)]), None)
        elif item.name == "CompositeObject" and depth and _is_seen(item):
            unit = self._resources.composed.get(item.attributes.get("ResourceID", ""))
            if unit is not None:
                self._draw_all(unit, matrix, own, depth - 1)

    def _point(self, x: float, y: float) -> Point:
        """A place of the page in points from its lower left corner."""
        return (x - self._left) * POINTS, (self._height - y + self._top) * POINTS

    def _take_text(self, item: OfdElement, matrix: Matrix, pen: Pen) -> None:
        size = (number_in(item.attributes.get("Size", "")) or 0.0) * math.hypot(matrix.c, matrix.d) * POINTS
        fill = item.first("FillColor")
        colour = colour_of(fill) if fill is not None else (pen.fill if pen.filled else (0, 0, 0))
        filled = item.attributes.get("Fill", "true") != "false" and (fill is None or _is_opaque(fill))
        inked = _is_seen(item) and (filled or item.attributes.get("Stroke") == "true")
        places = [(char, self._point(*matrix.on(x, y))) for char, x, y, _ in _characters(item)]
        if places:
            box = _box([point for _, point in places])
            around = (box[0] - size, box[1] - size, box[2] + size, box[3] + size)
            self._texts.append((DrawnText(self._turn, size, colour, inked), around, item, matrix))

    def _marks(self) -> Iterator[Mark]:
        """The characters, once all boxes and pictures are known; those printed twice at one place once."""
        printed: dict[tuple[str, int, int], int] = {}
        count = 0
        for text, around, item, matrix in self._texts:
            piece = text._replace(near=self.ink.near(around))
            turn = number_in(item.attributes.get("CharDirection", "")) or 0.0
            angle = (90 * round(math.degrees(math.atan2(-matrix.b, matrix.a)) / 90) - round(turn)) % 360
            stretch = math.hypot(matrix.a, matrix.b) * POINTS
            for char, x, y, width in _characters(item):
                count += 1
                if count > MOST_GLYPHS:
                    raise OfdError(LONG)
                left, base = self._point(*matrix.on(x, y))
                place = (char, round(2 * left), round(2 * base))
                if printed.setdefault(place, text.turn) != text.turn:
                    continue
                box = _char_box(left, base, width * stretch, piece.size, angle)
                middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
                recognised = self.ink.is_recognised(piece)
                hidden = not recognised and bool(char.strip()) and self.ink.is_hidden(piece, *middle)
                yield Mark(char, box, left, base, piece.size, angle, hidden, recognised)

    def _take_path(self, item: OfdElement, matrix: Matrix, pen: Pen) -> None:
        if not _is_seen(item) or len(self.rules) > MOST_RULES:
            return
        pieces = [
            (self._point(*matrix.on(*one)), self._point(*matrix.on(*two)))
            for one, two in _pieces(item.words("AbbreviatedData"))
        ]
        if not pieces:
            return
        box = _box([point for piece in pieces for point in piece])
        fill = item.first("FillColor")
        filled = item.attributes.get("Fill") == "true"
        self.rules.extend(strokes_of(box, pieces, stroked=item.attributes.get("Stroke", "true") != "false"))
        colour = colour_of(fill) if fill is not None else pen.fill
        if filled and colour is not None and len(pieces) <= BOX and (fill is None or _is_opaque(fill)):
            self.ink.take(self._turn, box, colour)


def _is_seen(item: OfdElement) -> bool:
    """Whether an object is drawn at all."""
    return item.attributes.get("Visible", "true") != "false" and item.attributes.get("Alpha", "255").strip() != "0"


def _is_opaque(colour: OfdElement) -> bool:
    return (number_in(colour.attributes.get("Alpha", "255")) or 0.0) > 0


def colour_of(element: OfdElement) -> Colour | None:
    """A colour by its values: grey, red-green-blue or cyan-magenta-yellow-black, each up to 255; none for patterns."""
    values = [_value(word) for word in element.attributes.get("Value", "").replace(",", " ").split()]
    if element.children:
        return None
    if len(values) == 1:
        values = values * 3
    if len(values) == 4:
        values = [(255 - value) * (255 - values[3]) / 255 for value in values[:3]]
    if len(values) != 3:
        return (0, 0, 0) if not values and "Index" not in element.attributes else None
    red, green, blue = (min(255, max(0, round(value))) for value in values)
    return red, green, blue


def _value(word: str) -> float:
    if word.startswith("#"):
        digits = word[1:]
        return float(int(digits, 16)) if re.fullmatch("[0-9a-fA-F]{1,4}", digits) else 0.0
    return number_in(word) or 0.0


def _characters(item: OfdElement) -> Iterator[tuple[str, float, float, float]]:
    """The characters of a text object: each with the place of its base line and its width, as the object counts."""
    size = number_in(item.attributes.get("Size", "")) or 0.0
    stretch = number_in(item.attributes.get("HScale", "")) or 1.0
    x = y = 0.0
    for code in item.all("TextCode"):
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), code.text.replace("\n", "").replace("\r", ""))
        x = _number(code.attributes, "X", x)
        y = _number(code.attributes, "Y", y)
        across, down = (steps_in(code.attributes.get(name, ""), len(text)) for name in ("DeltaX", "DeltaY"))
        at_x, at_y = x, y
        for index, char in enumerate(text):
            width = size * stretch * min(1.0, printed_width(char))
            step = across[index] if across else 0.0 if down else width
            yield char, at_x, at_y, step if 0 < step < width else width
            at_x += step
            at_y += down[index] if down else 0.0


def _number(attributes: Mapping[str, str], name: str, otherwise: float) -> float:
    found = number_in(attributes.get(name, ""))
    return otherwise if found is None else found


def steps_in(text: str, most: int) -> list[float]:
    """The steps from each character to the next: 3.5 3.5, or ``g 5 3.5`` for five times 3.5; the last one goes on."""
    words = text.replace(",", " ").split()
    steps: list[float] = []
    at = 0
    while at < len(words) and len(steps) < most:
        if words[at] == "g" and at + 2 < len(words):
            times, step = number_in(words[at + 1]), number_in(words[at + 2])
            steps += [step or 0.0] * min(most, int(max(0.0, times or 0.0)))
            at += 3
        else:
            steps.append(number_in(words[at]) or 0.0)
            at += 1
    return steps + steps[-1:] * (most - len(steps)) if steps else []


def _pieces(data: str) -> Iterator[tuple[Point, Point]]:
    """The straight lines of a path (GB/T 33190-2016, table 35); curves are left out."""
    words = data.split()
    start = last = (0.0, 0.0)
    at = 0
    while at < len(words):
        command = words[at]
        at += 1
        if command == "C":
            if start != last:
                yield last, start
            last = start
            continue
        if command not in _STEPS:
            continue
        count = 7 if command == "A" else 2 * _STEPS[command]
        numbers = [number_in(word) or 0.0 for word in words[at : at + count]]
        at += count
        if len(numbers) < count:
            return
        point = (numbers[-2], numbers[-1])
        if command in "MS":
            start = point
        elif command == "L":
            yield last, point
        last = point


def _box(points: Sequence[Point]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _char_box(x: float, y: float, width: float, size: float, angle: int) -> Box:
    """The box of a character whose base line begins at a place and goes on at an angle."""
    below, above = 0.12 * size, 0.88 * size
    if angle == 90:
        return x - above, y, x + below, y + width
    if angle == 180:
        return x - width, y - above, x, y + below
    if angle == 270:
        return x - below, y - width, x + above, y
    return x, y - below, x + width, y + above
