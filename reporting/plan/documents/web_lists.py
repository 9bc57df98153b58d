"""The numbers that a browser shows before the points of a list, and that are in no text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from reporting.language.numerals import write_numeral
from reporting.plan.documents.blocks import TextParagraph

_TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_CHINESE = ("cjk-ideographic", "simp-chinese", "trad-chinese", "japanese-", "cjk-heavenly", "cjk-decimal")
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_MARKS = frozenset(("none", "disc", "circle", "square", "disclosure-open", "disclosure-closed"))


def shown_number(value: int, kind: str) -> str:
    """A number with its mark as a kind of list shows it; empty for a list with bullets or without anything."""
    if kind in _MARKS:
        return ""
    if kind.startswith(_CHINESE):
        return f"{write_numeral(value)}、" if 0 <= value < 1000 else f"{value}、"
    if kind.endswith(("-alpha", "-latin")) and 1 <= value <= 26:
        letter = chr(96 + value)
        return f"{letter.upper() if kind.startswith('upper') else letter}."
    if kind.endswith("-roman") and 1 <= value < 40:
        roman = _roman(value)
        return f"{roman.upper() if kind.startswith('upper') else roman}."
    return f"{value:02d}." if kind == "decimal-leading-zero" else f"{value}."


def _roman(value: int) -> str:
    text = ""
    for worth, signs in _ROMAN:
        text += signs * (value // worth)
        value %= worth
    return text


@dataclass(slots=True)
class OpenList:
    """A list while it is being read."""

    kind: str
    """How its points are numbered; of a list without order, with which mark."""
    last: int = 0
    step: int = 1
    from_end: bool = False
    """Whether it counts down to 1, so that its first number is known only at its end."""
    points: list[TextParagraph] = field(default_factory=list)
    """The points of a list that counts down."""

    def number(self, attributes: Mapping[str, str], own: str) -> str:
        """The number of the next point, ``own`` being the kind that it asks for itself, if any."""
        self.last = _whole(attributes.get("value", ""), self.last + self.step)
        return (
            "" if self.from_end else shown_number(self.last, own or _TYPES.get(attributes.get("type", ""), self.kind))
        )

    def finish(self) -> None:
        """Give the points of a list that counts down their numbers."""
        for left, paragraph in zip(range(len(self.points), 0, -1), self.points, strict=True):
            paragraph.number = shown_number(left, self.kind)


def open_list(tag: str, attributes: Mapping[str, str], numbers: str) -> OpenList:
    """A list that begins; ``numbers`` is the kind that style sheets ask for, empty where they ask for none."""
    usual = _TYPES.get(attributes.get("type", ""), "decimal") if tag == "ol" else "disc"
    backwards = "reversed" in attributes
    start = _whole(attributes.get("start", ""), 1)
    step = -1 if backwards else 1
    return OpenList(numbers or usual, start - step, step, backwards and "start" not in attributes)


def _whole(text: str, otherwise: int) -> int:
    digits = text.strip().removeprefix("-")
    return int(text) if digits.isascii() and digits.isdecimal() and len(digits) < 6 else otherwise
