"""The numbers Word shows in front of paragraphs and does not store as text (ISO/IEC 29500-1, 17.9)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from reporting.language.numerals import write_numeral

DEEPEST = 9
"""Levels that a list has."""
_PADDED = re.compile(r"(0{1,9}1)(?:,|$)")
"""A format of one's own: 001, 002, 003, …"""
_PLACEHOLDER = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class ListLevel:
    """One level of a list: how its number is written, where it begins, and what makes it begin again."""

    form: str = "decimal"
    text: str = ""
    start: int = 1
    style: str = ""
    """The paragraph style that is numbered by this level."""
    restart: int | None = None
    """Only a number of a level above this one makes it begin again; 0 nothing, None any level above."""
    legal: bool = False
    """Whether all its numbers are written in figures."""
    hidden: bool = False


@dataclass(slots=True)
class _List:
    """One ``w:num``: its levels, and the counts it shares with all of the same definition."""

    levels: dict[int, ListLevel]
    counts: dict[int, int]
    anew: set[int]
    """Levels that begin anew when this list first comes to them, as ``w:startOverride`` says."""


class ListNumbers:
    """Counts each list level as Word does."""

    def __init__(self, root: Element | None) -> None:
        """Learn the lists of ``numbering.xml``, its names without their namespaces; None has none."""
        self._lists: dict[str, _List] = {}
        self.named: dict[str, str] = {}
        """Lists by the name of their definition, as LISTNUM fields use it."""
        if root is None:
            return
        abstract = {item.get("abstractNumId"): item for item in root.iter("abstractNum")}
        counts: dict[int, dict[int, int]] = {}
        by_link = {link: item for item in abstract.values() if (link := _value(item, "styleLink"))}
        for item in root.iter("num"):
            found = abstract.get(_value(item, "abstractNumId"))
            if found is None:
                continue
            found = by_link.get(_value(found, "numStyleLink"), found)
            number = item.get("numId") or ""
            levels = dict(_levels(found))
            anew = _override(item, levels)
            self._lists[number] = _List(levels, counts.setdefault(id(found), {}), anew)
            if name := _value(found, "name"):
                self.named.setdefault(name, number)

    def level_of(self, number: str, styles: Iterable[str]) -> int | None:
        """The level of a list that numbers paragraphs of one of these styles, the first that has one."""
        known = self._lists.get(number)
        by_style = {level.style: index for index, level in known.levels.items() if level.style} if known else {}
        return next((by_style[style] for style in styles if style in by_style), None)

    def next(self, number: str, index: int, at: int | None = None) -> str:
        """The number of the next paragraph of a list level; empty for bullets and unknown lists.

        ``at`` is the count to go on from instead.
        """
        known = self._lists.get(number)
        level = known.levels.get(index) if known else None
        if known is None or level is None:
            return ""
        counts = known.counts
        for above in known.anew & set(range(index + 1)):
            counts.pop(above, None)
        known.anew.discard(index)
        counts[index] = counts.get(index, level.start - 1) + 1 if at is None else at
        for below in [each for each in counts if each > index and _begins_again(known.levels.get(each), index)]:
            del counts[below]
        if not level.text or level.form == "bullet" or level.hidden:
            return ""
        return _PLACEHOLDER.sub(lambda found: self._shown(known, int(found[1]) - 1, level.legal), level.text)

    def _shown(self, known: _List, index: int, legal: bool) -> str:
        level = known.levels.get(index, ListLevel())
        count = known.counts.get(index, level.start)
        return write_number("decimal" if legal and level.form != "none" else level.form, count)


def _begins_again(level: ListLevel | None, index: int) -> bool:
    return level is None or level.restart is None or index < level.restart


def _levels(parent: Element) -> Iterator[tuple[int, ListLevel]]:
    for item in parent.iter("lvl"):
        restart = _value(item, "lvlRestart")
        forms = list(item.iter("numFmt"))  # a new one has an old one beside it
        form = (forms[-1].get("val") or "") if forms else "decimal"
        if forms and (padded := _PADDED.match(forms[0].get("format") or "")):
            form = padded[1]
        yield (
            level_index(item.get("ilvl")),
            ListLevel(
                form="bullet" if item.find("lvlPicBulletId") is not None else form,
                text=_value(item, "lvlText"),
                start=_count(_value(item, "start"), 0),  # as the standard has it; Word always writes one
                style=_value(item, "pStyle"),
                restart=_count(restart, 0) if restart else None,
                legal=_is_on(item.find("isLgl")),
                hidden=_is_on(next(item.iter("vanish"), None)),
            ),
        )


def _override(number: Element, levels: dict[int, ListLevel]) -> set[int]:
    """Put in place what one list has of its own; the levels that it begins anew."""
    anew = set()
    for item in number.iter("lvlOverride"):
        index = level_index(item.get("ilvl"))
        for _, own in _levels(item):
            levels[index] = replace(own, style=own.style or levels.get(index, own).style)
        start = item.find("startOverride")
        if start is not None:
            levels[index] = replace(levels.get(index, ListLevel()), start=_count(start.get("val"), 1))
            anew.add(index)
    return anew


def _is_on(found: Element | None) -> bool:
    return found is not None and found.get("val", "1") not in ("0", "false", "off")


def _value(parent: Element, name: str) -> str:
    found = parent.find(name)
    return (found.get("val") or "") if found is not None else ""


def _count(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else default


def level_index(text: str | None) -> int:
    """The level that ``w:ilvl`` names, from 0."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 3 else 0


# ---- how numbers are written (ISO/IEC 29500-1, 17.18.59) ----------------------------------------------------

_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_FORMAL = str.maketrans("零一二三四五六七八九十百", "零壹贰叁肆伍陆柒捌玖拾佰")
_FORMAL_TRADITIONAL = str.maketrans("零一二三四五六七八九十百", "零壹貳參肆伍陸柒捌玖拾佰")
_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC")),
    *((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_SIGNS = {
    # the first sign of a row of signs, and how many there are
    "decimalEnclosedCircle": (0x2460, 20),
    "decimalEnclosedCircleChinese": (0x2460, 20),
    "decimalEnclosedParen": (0x2474, 20),
    "decimalEnclosedFullstop": (0x2488, 20),
    "ideographEnclosedCircle": (0x3280, 10),
}
_IN_DIGITS = ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital", "koreanDigital2")
_FORMAL_FORMS = {"chineseLegalSimplified": _FORMAL, "japaneseLegal": _FORMAL_TRADITIONAL}
_FORMAL_FORMS["ideographLegalTraditional"] = _FORMAL_TRADITIONAL


def write_number(form: str, count: int) -> str:
    """A number as a format of Word writes it: ``upperRoman``, ``chineseCounting``, ``decimalZero``."""
    if form in _SIGNS:
        first, most = _SIGNS[form]
        return chr(first + count - 1) if 1 <= count <= most else str(count)
    if form in _FORMAL_FORMS:
        return write_numeral(count).translate(_FORMAL_FORMS[form])
    if form in _IN_DIGITS:
        return str(count).translate(_DIGITS)
    if form.startswith(("chineseCounting", "japaneseCounting", "taiwaneseCounting", "koreanCounting")):
        return write_numeral(count)
    if form in ("ideographTraditional", "ideographZodiac"):
        signs = _STEMS if form == "ideographTraditional" else _BRANCHES
        return signs[count - 1] if 1 <= count <= len(signs) else str(count)
    if form == "ideographZodiacTraditional":
        return _STEMS[(count - 1) % 10] + _BRANCHES[(count - 1) % 12]
    if form in ("decimalFullWidth", "decimalFullWidth2"):
        return str(count).translate(_FULL_WIDTH)
    if form in ("upperRoman", "lowerRoman"):
        return _roman(count) if form == "upperRoman" else _roman(count).lower()
    if form in ("upperLetter", "lowerLetter"):
        return _letters(count, ord("A" if form == "upperLetter" else "a"))
    if _PADDED.match(form):
        return f"{count:0{len(form)}}"
    plain = {"decimalZero": f"{count:02}", "numberInDash": f"- {count} -", "none": "", "hex": f"{count:X}"}
    return plain.get(form, str(count))


def _roman(count: int) -> str:
    if not 0 < count < 4000:
        return str(count)
    written = ""
    for worth, signs in _ROMAN:
        times, count = divmod(count, worth)
        written += signs * times
    return written


def _letters(count: int, first: int) -> str:
    """A to Z, then AA, BB: Word repeats the letter."""
    times, letter = divmod(count - 1, 26)
    return chr(first + letter) * (times + 1) if 0 < count <= 780 else str(count)
