"""The numbers Word shows in front of paragraphs and does not store as text."""

from collections.abc import Iterator
from typing import Protocol, Self

from reporting.language.numerals import write_numeral


class XmlElement(Protocol):
    """What we use of an XML element, whichever library it comes from."""

    def get(self, name: str, /) -> str | None:
        """An attribute."""

    def find(self, name: str, /) -> Self | None:
        """The first child with a tag."""

    def iter(self, name: str, /) -> Iterator[Self]:
        """All descendants with a tag."""


class ListNumbers:
    """Counts each list level as Word does; ``w`` is what stands before the names of elements."""

    def __init__(self, root: XmlElement | None, w: str = "") -> None:
        self._levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        self._counts: dict[tuple[str, int], int] = {}
        self._w = w
        if root is None:
            return
        abstract = {item.get(w + "abstractNumId"): item for item in root.iter(w + "abstractNum")}
        for item in root.iter(w + "num"):
            reference = item.find(w + "abstractNumId")
            found = abstract.get(reference.get(w + "val")) if reference is not None else None
            if found is not None:
                self._learn(item.get(w + "numId") or "", found)

    def _learn(self, number: str, abstract: XmlElement) -> None:
        for level in abstract.iter(self._w + "lvl"):
            index = level_index(level.get(self._w + "ilvl"))
            values = [self._value(level, name) for name in ("numFmt", "lvlText", "start")]
            start = int(values[2]) if values[2].isdecimal() else 1
            self._levels[(number, index)] = (values[0], values[1], start)

    def _value(self, level: XmlElement, name: str) -> str:
        found = level.find(self._w + name)
        return (found.get(self._w + "val") or "") if found is not None else ""

    def next(self, number: str, index: int) -> str:
        """The number of the next paragraph of a list level; empty for bullets and unknown lists."""
        key = (number, index)
        form, text, start = self._levels.get(key, ("", "", 1))
        if not text or form in ("bullet", "none"):
            return ""
        self._counts[key] = self._counts.get(key, start - 1) + 1
        for other in [known for known in self._counts if known[0] == key[0] and known[1] > index]:
            del self._counts[other]
        for above in range(index + 1):
            text = text.replace(f"%{above + 1}", self._shown((key[0], above)))
        return text

    def _shown(self, key: tuple[str, int]) -> str:
        form, _, start = self._levels.get(key, ("decimal", "", 1))
        count = self._counts.get(key, start)
        if "hinese" in form or form.startswith(("japanese", "ideograph", "taiwanese")):
            return write_numeral(count) if count < 100 else str(count)
        return chr(0x245F + count) if "Circle" in form and 1 <= count <= 20 else str(count)


def level_index(text: str | None) -> int:
    """The level that ``w:ilvl`` names, from 0."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 3 else 0
