"""Fields of a Word document that show a number or a choice and store none (ISO/IEC 29500-1, 17.16)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement

from reporting.plan.documents.word_numbers import DEEPEST, ListNumbers, write_number

_WORD = re.compile(r'"[^"]{0,200}"|\\?[^\s"\\]{1,200}')
"""A piece of a field's code: LISTNUM, \\l, 2, "my list"."""

_DEFAULTS = {
    "NumberDefault": ("%1)", "%2)", "%3)", "(%4)", "(%5)", "(%6)", "%7.", "%8.", "%9."),
    "OutlineDefault": ("%1.", "%2.", "%3.", "%4)", "(%5)", "(%6)", "(%7)", "(%8)", "(%9)"),
    "LegalDefault": tuple(".".join(f"%{step}" for step in range(1, level + 1)) + "." for level in range(1, 10)),
}
"""The lists that LISTNUM knows of itself (17.16.5.33)."""
_DEFAULT_FORMS = {
    "NumberDefault": ("decimal", "lowerLetter", "lowerRoman") * 3,
    "OutlineDefault": (
        "upperRoman",
        "upperLetter",
        "decimal",
        "lowerLetter",
        "decimal",
        *("lowerLetter", "lowerRoman") * 2,
    ),
    "LegalDefault": ("decimal",) * 9,
}
_FORMATS = {
    "ALPHABETIC": "upperLetter",
    "alphabetic": "lowerLetter",
    "ROMAN": "upperRoman",
    "roman": "lowerRoman",
    "CHINESENUM1": "ideographDigital",
    "CHINESENUM2": "chineseLegalSimplified",
    "CHINESENUM3": "chineseCounting",
    "DBNUM1": "ideographDigital",
    "DBNUM2": "chineseLegalSimplified",
    "DBNUM3": "chineseCounting",
    "GB1": "decimalEnclosedFullstop",
    "GB2": "decimalEnclosedParen",
    "GB3": "decimalEnclosedCircle",
    "GB4": "ideographEnclosedCircle",
    "CIRCLENUM": "decimalEnclosedCircle",
    "ZODIAC1": "ideographTraditional",
    "ZODIAC2": "ideographZodiac",
    "ZODIAC3": "ideographZodiacTraditional",
}
"""What stands behind \\* in a field, and the format it is."""


@dataclass(slots=True)
class OpenField:
    """A field while it is being read: its code, then what it shows."""

    code: list[str] = field(default_factory=list)
    in_result: bool = False
    has_result: bool = False
    choices: list[str] = field(default_factory=list)
    """What an old drop-down field offers."""
    chosen: dict[str, str] = field(default_factory=dict)
    """What an old form field says of itself: the choice, whether the box is checked."""

    @property
    def words(self) -> list[str]:
        """The pieces of its code."""
        return [each.strip('"') for each in _WORD.findall("".join(self.code)[:2000])]


class FieldNumbers:
    """What the fields show that count by themselves, in the order of the document."""

    def __init__(self, numbers: ListNumbers) -> None:
        self._numbers = numbers
        self._own = ListNumbers(_default_lists())
        self._outline = [0] * 10
        self._sequences: dict[str, int] = {}

    def shown(self, ended: OpenField, listed: tuple[str, int], outline: int) -> str:
        """What a field shows that ended without a result, in a paragraph of a list and of a level of headings."""
        words = ended.words
        name = words[0].upper() if words else ""
        if name == "LISTNUM":
            return self._list_number(words, listed)
        if name.startswith("AUTONUM"):
            return self._automatic(name, words, outline)
        if name == "SEQ" and len(words) > 1:
            return self._sequence(words)
        if name == "FORMDROPDOWN":
            chosen = ended.chosen.get("result") or ended.chosen.get("default") or "0"
            place = int(chosen) if chosen.isdecimal() and len(chosen) < 4 else 0
            return ended.choices[place] if place < len(ended.choices) else ""
        if name == "FORMCHECKBOX":
            return "☑" if ended.chosen.get("checked", ended.chosen.get("default", "0")) not in ("0", "false") else "☐"
        return ""

    def count(self, ended: OpenField) -> None:
        """Take in a field that counts and has its result in the file, so that the next goes on from it."""
        words = ended.words
        if len(words) > 1 and words[0].upper() == "SEQ":
            self._sequence(words)

    def _list_number(self, words: list[str], listed: tuple[str, int]) -> str:
        named = words[1] if len(words) > 1 and not words[1].startswith("\\") else ""
        level, start = _switch(words, "l"), _switch(words, "s")
        index = min(max(int(level) - 1, 0), DEEPEST - 1) if level.isdecimal() and len(level) < 3 else None
        at = int(start) if start.isdecimal() and len(start) < 6 else None
        if named in _DEFAULTS or (not named and not listed[0]):
            return self._own.next(named or "NumberDefault", index or 0, at)
        if named:
            return self._numbers.next(self._numbers.named.get(named, ""), index or 0, at)
        return self._numbers.next(listed[0], min(listed[1] + 1, DEEPEST - 1) if index is None else index, at)

    def _automatic(self, name: str, words: list[str], outline: int) -> str:
        self._outline[outline] += 1
        self._outline[outline + 1 :] = [0] * (9 - outline)
        form = _FORMATS.get(_switch(words, "*"), "decimal")
        mark = _switch(words, "s") or "."
        if name == "AUTONUMLGL" and outline < 9:
            numbers = [str(count or 1) for count in self._outline[: outline + 1]]
            return mark.join(numbers) + ("" if "\\e" in words else mark)
        return write_number(form, self._outline[outline]) + mark

    def _sequence(self, words: list[str]) -> str:
        reset = _switch(words, "r")
        count = int(reset) if reset.isdecimal() and len(reset) < 6 else self._sequences.get(words[1], 0) + 1
        count -= "\\c" in words and not reset  # the number that was last
        self._sequences[words[1]] = count
        return write_number(_FORMATS.get(_switch(words, "*"), "decimal"), count)


def _switch(words: list[str], name: str) -> str:
    """What stands behind a switch of a field's code; a blank between them may be missing."""
    for place, word in enumerate(words):
        if word == f"\\{name}":
            return words[place + 1] if place + 1 < len(words) else ""
        if word.startswith(f"\\{name}"):
            return word[len(name) + 1 :]
    return ""


def _default_lists() -> Element:
    root = Element("numbering")
    for name, texts in _DEFAULTS.items():
        definition = SubElement(root, "abstractNum", {"abstractNumId": name})
        for index, (text, form) in enumerate(zip(texts, _DEFAULT_FORMS[name], strict=True)):
            level = SubElement(definition, "lvl", {"ilvl": str(index)})
            SubElement(level, "start", {"val": "1"})
            SubElement(level, "numFmt", {"val": form})
            SubElement(level, "lvlText", {"val": text})
        number = SubElement(root, "num", {"numId": name})
        SubElement(number, "abstractNumId", {"val": name})
    return root
