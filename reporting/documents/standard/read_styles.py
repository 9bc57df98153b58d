"""What holds for a piece of text in Word after defaults, styles, numbering and its own properties.

ISO/IEC 29500-1, 17.7.2: the document's defaults, the style of the table, of the paragraph (each on top of
the one it is based on), of the characters, and what is set on the spot. Attributes of fonts, indents and
spacing add up one by one; every other property replaces the one below it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

Properties = dict[str, dict[str, str]]
"""Properties by the name of their element, each with its attributes."""

_ADDED_UP = ("rFonts", "ind", "spacing")
_INSTEAD = {
    "ascii": ("asciiTheme",),
    "hAnsi": ("hAnsiTheme",),
    "eastAsia": ("eastAsiaTheme",),
    "cs": ("cstheme",),
    "firstLine": ("hanging",),
    "hanging": ("firstLine",),
    "firstLineChars": ("hangingChars",),
    "hangingChars": ("firstLineChars",),
    "start": ("left",),
    "startChars": ("leftChars",),
    "end": ("right",),
    "endChars": ("rightChars",),
}
"""An attribute that is set takes the place of these, set further down."""
_MEASURE = re.compile(r"(-?\d{1,9}(?:\.\d{1,6})?)(mm|cm|in|pt|pc|pi)?")
_TWIPS = {"": 1.0, "mm": 1440 / 25.4, "cm": 1440 / 2.54, "in": 1440.0, "pt": 20.0, "pc": 240.0, "pi": 240.0}
_DEEPEST = 30
"""Styles based on each other; Word allows eleven."""


def twips(measure: str | None, default: float = 0.0) -> float:
    """A length in twips: a bare number is one, and ``2.5cm`` may stand too (ISO/IEC 29500-1, 22.9.2)."""
    found = _MEASURE.fullmatch((measure or "").strip())
    return float(found[1]) * _TWIPS[found[2] or ""] if found else default


def is_on(properties: Properties, name: str, *, default: bool = False) -> bool:
    """Whether a property that is on or off is on."""
    if name not in properties:
        return default
    return properties[name].get("val", "true") not in ("0", "false", "off")


def child(element: Element | None, *names: str) -> Element | None:
    """A descendant by the names on the way to it."""
    for name in names:
        element = element.find(name) if element is not None else None
    return element


def value(element: Element | None, *names: str) -> str:
    """The attribute ``val`` of a descendant; empty when there is none."""
    found = child(element, *names)
    return (found.get("val") or "") if found is not None else ""


def own(element: Element | None) -> Properties:
    """The properties that stand in one ``pPr`` or ``rPr``."""
    found: Properties = {}
    for each in element if element is not None else ():
        found[each.tag] = dict(each.attrib)
        if each.tag in ("pBdr", "tblBorders", "tcBorders"):
            found |= {f"{each.tag}.{side.tag}": dict(side.attrib) for side in each}
        if each.tag == "numPr":
            found["numPr"] = {"numId": value(each, "numId"), "ilvl": value(each, "ilvl")}
        if each.tag == "tabs":
            stops = " ".join(stop.get("pos") or "" for stop in each if stop.get("val") not in ("clear", "bar"))
            found["tabs"] = {"at": stops}
    return found


def combine(*levels: Properties) -> Properties:
    """The properties of several levels, the last of them the strongest."""
    result: Properties = {}
    for level in levels:
        for name, attributes in level.items():
            if name not in _ADDED_UP:
                result[name] = attributes
                continue
            kept = dict(result.get(name, {}))
            for key in attributes:
                for other in _INSTEAD.get(key, ()):
                    kept.pop(other, None)
            result[name] = kept | attributes
    return result


@dataclass(frozen=True, slots=True)
class _Style:
    based: str
    paragraph: Properties
    run: Properties


class LayoutStyles:
    """The style sheet of a document, with the fonts of its theme."""

    def __init__(self, root: Element | None, theme: Element | None) -> None:
        self._styles: dict[str, _Style] = {}
        self.default = ""
        for each in root.iter("style") if root is not None else ():
            key = each.get("styleId") or ""
            paragraph, run = own(each.find("pPr")), own(each.find("rPr"))
            self._styles[key] = _Style(value(each, "basedOn"), paragraph, run)
            if each.get("type") == "paragraph" and each.get("default") in ("1", "true", "on"):
                self.default = key
        defaults = child(root, "docDefaults")
        self._paragraph = own(child(defaults, "pPrDefault", "pPr"))
        self._run = own(child(defaults, "rPrDefault", "rPr"))
        self._theme = dict(_theme_fonts(theme))

    def _chain(self, key: str) -> list[_Style]:
        """A style and all it is based on, the deepest first; a circle ends it."""
        found: dict[str, _Style] = {}
        while key in self._styles and key not in found and len(found) < _DEEPEST:
            found[key] = self._styles[key]
            key = self._styles[key].based
        return list(found.values())[::-1]

    def paragraph(self, key: str) -> Properties:
        """What a paragraph style says of paragraphs."""
        return combine(*(each.paragraph for each in self._chain(key)))

    def whole_paragraph(self, key: str, table: str, numbering: Properties, direct: Properties) -> Properties:
        """All that holds for a paragraph. A number set on the spot indents more strongly than the style."""
        style = self.paragraph(key)
        numbered_by_style = "numPr" in style and "numPr" not in direct
        middle = (numbering, style) if numbered_by_style else (style, numbering)
        return combine(self._paragraph, self.paragraph(table), *middle, direct)

    def whole_run(self, paragraph: str, table: str, character: str, direct: Properties) -> Properties:
        """All that holds for a run."""
        chains = [self._chain(key) for key in (table, paragraph, character)]
        return combine(self._run, *(each.run for chain in chains for each in chain), direct)

    def font(self, run: Properties, side: str) -> tuple[str, bool]:
        """The font of ``eastAsia`` or ``ascii`` text, and whether a theme decides on it."""
        attributes = run.get("rFonts", {})
        theme = attributes.get(f"{side}Theme", "")
        return (self._theme.get(theme, ""), True) if theme else (attributes.get(side, ""), False)


def _theme_fonts(theme: Element | None) -> Iterator[tuple[str, str]]:
    """The names that ``w:asciiTheme`` and its like refer to, with the fonts behind them."""
    for part in ("major", "minor"):
        fonts = next(theme.iter(f"{part}Font"), None) if theme is not None else None
        if fonts is None:
            continue
        latin, eastern = _typeface(fonts.find("latin")), _typeface(fonts.find("ea"))
        if not eastern:
            listed = {each.get("script"): each.get("typeface") or "" for each in fonts.iter("font")}
            eastern = listed.get("Hans", "")
        yield from {
            f"{part}HAnsi": latin,
            f"{part}Ascii": latin,
            f"{part}EastAsia": eastern,
            f"{part}Bidi": latin,
        }.items()


def _typeface(element: Element | None) -> str:
    return (element.get("typeface") or "") if element is not None else ""


def stops(attributes: Mapping[str, str]) -> Iterable[float]:
    """Tab stops in twips."""
    return sorted(twips(each) for each in attributes.get("at", "").split())
