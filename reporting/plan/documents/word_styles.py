"""What the styles of a Word document say of a piece of text: whether it stands out, is struck or hidden, is numbered.

ISO/IEC 29500-1, 17.7: each style on top of the one it is based on. Bold, struck and hidden are switched: set by
the paragraph's style and by the character's, they cancel each other (17.7.3).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from reporting.model import HIDDEN, STRUCK
from reporting.plan.documents.blocks import TextLook
from reporting.plan.documents.word_numbers import level_index

SWITCHES = ("b", "strike", "vanish")
LOOKS = frozenset((*SWITCHES, "dstrike", "u", "rFonts"))
"""Properties of text that matter to what a reader sees of it."""
_BLACK = ("黑体", "SimHei", "方正黑体", "华文黑体", "STHeiti")
"""How the names of fonts begin that a reader takes for bold among others."""
_DEEPEST = 30
"""Styles based on each other; Word allows eleven."""


def property_on(name: str, attributes: Mapping[str, str]) -> bool | None:
    """Whether a property of text is on; of its fonts whether they are black, None where they do not say."""
    if name != "rFonts":
        return switched_on(name, attributes.get("val"))
    font = attributes.get("eastAsia")
    return None if font is None else font.startswith(_BLACK)


def switched_on(name: str, value: str | None) -> bool:
    """Whether a property of text with this ``val`` is on; ``<w:u w:val="none"/>`` is no underline."""
    return value not in ("0", "false", "off", *(("none", None) if name == "u" else ()))


@dataclass(frozen=True, slots=True)
class _TextStyle:
    based: str
    looks: Mapping[str, bool]
    number: str
    """The list that numbers its paragraphs; empty where it says nothing of lists, 0 where it takes one away."""
    level: int | None
    outline: int | None


class WordStyles:
    """The style sheet of one document."""

    def __init__(self, root: Element | None) -> None:
        """Learn the styles of ``styles.xml``, its names without their namespaces; None has none."""
        self._styles: dict[str, _TextStyle] = {}
        self.default = ""
        """The style of paragraphs that name none."""
        self._known: dict[tuple[str, str, tuple[tuple[str, bool], ...]], TextLook] = {}
        self._defaults: Mapping[str, bool] = {}
        if root is None:
            return
        self._defaults = _looks(root.find("docDefaults/rPrDefault/rPr"))
        for each in root.iter("style"):
            key = each.get("styleId") or ""
            number, level, outline = (
                _value(each, f"pPr/{name}") for name in ("numPr/numId", "numPr/ilvl", "outlineLvl")
            )
            self._styles[key] = _TextStyle(
                _value(each, "basedOn") or "",
                _looks(each.find("rPr")),
                number or "",
                None if level is None else level_index(level),
                None if outline is None else level_index(outline),
            )
            if each.get("type") == "paragraph" and each.get("default") in ("1", "true", "on"):
                self.default = key

    def chain(self, key: str) -> list[str]:
        """A style and all it is based on, the nearest first; a circle ends it."""
        found: list[str] = []
        while key in self._styles and key not in found and len(found) < _DEEPEST:
            found.append(key)
            key = self._styles[key].based
        return found

    def number(self, key: str) -> tuple[str, int | None]:
        """The list that a paragraph style is numbered by, and the level where a style says so."""
        number, level = "", None
        for each in self.chain(key):
            number = number or self._styles[each].number
            level = self._styles[each].level if level is None else level
        return number, level

    def outline(self, key: str) -> int:
        """The level of a heading, from 0; 9 for text."""
        found = (self._styles[each].outline for each in self.chain(key))
        return next((each for each in found if each is not None), 9)

    def look(self, paragraph: str, character: str, direct: Mapping[str, bool]) -> TextLook:
        """How text looks in a paragraph of one style, with a style of its own, and what is set on the spot."""
        key = (paragraph, character, tuple(direct.items()))
        if key not in self._known:
            self._known[key] = self._look(paragraph, character, direct)
        return self._known[key]

    def _look(self, paragraph: str, character: str, direct: Mapping[str, bool]) -> TextLook:
        by_paragraph, by_character = self._of(paragraph), self._of(character)

        def is_on(name: str) -> bool:
            if name in direct:
                return direct[name]
            if name in SWITCHES:
                by_style = by_paragraph.get(name, False) != by_character.get(name, False)
                return by_style or self._defaults.get(name, False)
            return by_character.get(name, by_paragraph.get(name, self._defaults.get(name, False)))

        struck = is_on("strike") or is_on("dstrike")
        return TextLook(
            is_on("b") or is_on("rFonts"), is_on("u"), HIDDEN if is_on("vanish") else STRUCK if struck else ""
        )

    def _of(self, key: str) -> dict[str, bool]:
        looks: dict[str, bool] = {}
        for each in reversed(self.chain(key)):
            looks.update(self._styles[each].looks)
        return looks


def _looks(properties: Element | None) -> dict[str, bool]:
    found = properties if properties is not None else ()
    looks = ((each.tag, property_on(each.tag, each.attrib)) for each in found if each.tag in LOOKS)
    return {name: on for name, on in looks if on is not None}


def _value(parent: Element, path: str) -> str | None:
    found = parent.find(path)
    return found.get("val") if found is not None else None
