"""What style sheets and attributes of a web page say of an element: whether it is seen, and how its text is set.

The part of CSS that decides what a reader sees: simple selectors, the cascade by weight and order, and the few
properties that hide, strike, stress or number text. What is not understood is as if it were not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

Declared = Mapping[str, str]
"""Properties with their values, in lower case."""

_MATTERS = frozenset(("display", "visibility", "font-size", "opacity", "mso-hide", "font-weight", "white-space"))
_MATTERS |= {"text-decoration", "text-decoration-line", "list-style", "list-style-type", "text-indent"}
_MATTERS |= {
    "position",
    "left",
    "right",
    "top",
    "bottom",
    "height",
    "max-height",
    "width",
    "max-width",
    "overflow",
    "clip",
}
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_COMPOUND = re.compile(r"(?P<tag>[a-zA-Z][a-zA-Z0-9]{0,20}|\*)?(?P<rest>(?:[.#][\w\u0080-\uffff-]{1,80}){0,6})")
_MOST_RULES, _MOST_BELOW = 3_000, 300
"""Rules of all style sheets that are kept, and those among them that ask for what stands around an element."""
_MOST_SHEET = 2_000_000
_MOST_ASKED = 500_000
"""How many rules, and elements around others, are looked at for one page."""


@dataclass(frozen=True, slots=True)
class Element:
    """What selectors ask of an element."""

    tag: str
    key: str = ""
    classes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Compound:
    """A selector for one element: p, .note, #main, p.note."""

    tag: str
    key: str
    classes: frozenset[str]

    def fits(self, element: Element) -> bool:
        return (
            self.tag in ("", element.tag)
            and (not self.key or self.key == element.key)
            and self.classes <= element.classes
        )


@dataclass(frozen=True, slots=True)
class _Rule:
    parts: tuple[_Compound, ...]
    """The element's own selector last."""
    close: tuple[bool, ...]
    """Whether each part must be the parent of the one after it, and not only stand around it."""
    declared: tuple[tuple[str, str, bool], ...]
    """Property, value, and whether it is important."""
    weight: tuple[tuple[int, int, int], int]


_Order = tuple[bool, bool, tuple[tuple[int, int, int], int]]
"""By what a declaration prevails: important, of the element's own, weight and place of the rule."""
_Winners = dict[str, tuple[_Order, str]]


class StyleSheet:
    """All rules of a page, found by what the last part of their selectors asks for."""

    def __init__(self) -> None:
        """Begin without rules."""
        self._rules: dict[str, list[_Rule]] = {}
        self._count = self._below = self._asked = self._read = 0
        self._known: dict[Element, tuple[_Winners, list[_Rule]]] = {}

    def read(self, text: str) -> None:
        """Take in the text of a style sheet."""
        self._read += len(text)
        if self._read > _MOST_SHEET:
            return
        self._known.clear()
        for selectors, block in _blocks(_COMMENT.sub(" ", text.replace("<!--", " ").replace("-->", " "))):
            declared = tuple(read_declarations(block))
            for selector in selectors.split(",") if declared else ():
                self._add(selector, declared)

    def _add(self, selector: str, declared: tuple[tuple[str, str, bool], ...]) -> None:
        read = _read_selector(selector)
        if read is None or self._count >= _MOST_RULES:
            return
        parts, close = read
        self._below += len(parts) > 1
        if len(parts) > 1 and self._below > _MOST_BELOW:
            return
        self._count += 1
        ids, classes = sum(bool(part.key) for part in parts), sum(len(part.classes) for part in parts)
        weight = ((ids, classes, sum(bool(part.tag) for part in parts)), self._count)
        last = parts[-1]
        key = f"#{last.key}" if last.key else f".{min(last.classes)}" if last.classes else last.tag
        self._rules.setdefault(key, []).append(_Rule(parts, close, declared, weight))

    def declared(self, element: Element, around: Sequence[Element], inline: str) -> Declared:
        """What holds for an element; ``around`` are those it stands in, the nearest last."""
        winners, below = self._fitting(element)
        below = below if self._asked < _MOST_ASKED else []
        if below or inline:
            winners = dict(winners)
            for rule in below:
                if self._stands_in(rule, around):
                    _prevail(winners, rule.declared, rule.weight, own=False)
            _prevail(winners, read_declarations(inline), ((0, 0, 0), 0), own=True)
        return {name: value for name, (_, value) in winners.items()}

    def _fitting(self, element: Element) -> tuple[_Winners, list[_Rule]]:
        """What the rules for the element alone declare, and those that ask for what stands around."""
        known = self._known.get(element)
        if known is None:
            keys = (f"#{element.key}", *(f".{each}" for each in element.classes), element.tag, "")
            listed = [rule for key in keys for rule in self._rules.get(key, ())]
            self._asked += len(listed)
            fitting = [rule for rule in listed if rule.parts[-1].fits(element)] if self._asked < _MOST_ASKED else []
            winners: _Winners = {}
            for rule in fitting:
                if len(rule.parts) == 1:
                    _prevail(winners, rule.declared, rule.weight, own=False)
            known = (winners, [rule for rule in fitting if len(rule.parts) > 1])
            if len(self._known) < _MOST_RULES:
                self._known[element] = known
        return known

    def _stands_in(self, rule: _Rule, around: Sequence[Element]) -> bool:
        """Whether the elements around are those the rule asks for, from the nearest outwards."""
        at = len(around)
        for part, close in zip(rule.parts[-2::-1], rule.close[::-1], strict=True):
            while True:
                at -= 1
                self._asked += 1
                if at < 0 or self._asked > _MOST_ASKED:
                    return False
                if part.fits(around[at]):
                    break
                if close:
                    return False
        return True


def _prevail(
    winners: _Winners, declared: Iterable[tuple[str, str, bool]], weight: tuple[tuple[int, int, int], int], *, own: bool
) -> None:
    """Let declarations take the place of those that weigh less."""
    for name, value, important in declared:
        order = (important, own, weight)
        if name not in winners or winners[name][0] <= order:
            winners[name] = (order, value)


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """The rules of a style sheet as (selectors, declarations); those for print or small screens are none."""
    depth = outside = 0
    """How deep the braces are, and from which depth on all is left out; 0 where nothing is."""
    pieces = re.split(r"([{}])", text)
    prelude = pieces[0]
    for sign, piece in zip(pieces[1::2], pieces[2::2], strict=False):
        if sign == "{":
            depth += 1
            head = prelude.rpartition(";")[2].strip()
            if head.startswith("@"):
                known = head.startswith(("@media", "@supports", "@layer")) and _is_for_screens(head)
                outside = outside or (0 if known else depth)
            elif not outside:
                yield head, piece
        else:
            outside = 0 if outside >= depth else outside
            depth = max(0, depth - 1)
        prelude = piece


def _is_for_screens(head: str) -> bool:
    """Whether a rule for media holds on the screen of an office."""
    words = head.lower()
    only_print = "print" in words and "screen" not in words and "all" not in words
    return not only_print and "max-width" not in words and "max-device-width" not in words


def _read_selector(selector: str) -> tuple[tuple[_Compound, ...], tuple[bool, ...]] | None:
    """The parts of a selector; None for one that asks for more than names, classes and what is around."""
    words = selector.replace(">", " > ").split()
    parts: list[_Compound] = []
    close: list[bool] = []
    for at, word in enumerate(words[:12]):
        if word == ">":
            continue
        match = _COMPOUND.fullmatch(word)
        if match is None:
            return None
        names = re.findall(r"[.#][^.#]+", match["rest"])
        classes = frozenset(name[1:] for name in names if name[0] == ".")
        key = next((name[1:] for name in names if name[0] == "#"), "")
        tag = (match["tag"] or "").lower().strip("*")
        parts.append(_Compound(tag, key, classes))
        if len(parts) > 1:
            close.append(words[at - 1] == ">")
    return (tuple(parts), tuple(close)) if parts else None


def read_declarations(block: str) -> Iterator[tuple[str, str, bool]]:
    """The declarations that matter: property, value, and whether it is important."""
    for piece in block[:20_000].split(";"):
        name, colon, value = piece.partition(":")
        name = name.strip().lower()
        if colon and name in _MATTERS:
            words = value.strip().lower()
            important = words.endswith("important") and "!" in words
            yield name, words.partition("!")[0].strip() if important else words, important


# ---- what it means ---------------------------------------------------------------------------------------

_NOTHING = re.compile(r"0+(?:\.0+)?(?:px|pt|em|rem|ex|%)?")
_FAR_OUT = re.compile(r"-\d{3,7}(?:\.\d+)?(?:px|em|pt|rem)|-\d{2,4}em")
_BOLD_FROM = 600


@dataclass(frozen=True, slots=True)
class Seen:
    """How the text in an element is seen, as far as it goes on in the elements inside."""

    hidden: bool = False
    invisible: bool = False
    """Hidden in a way that an element inside can take back."""
    sizeless: bool = False
    struck: bool = False
    bold: bool = False
    underlined: bool = False
    kept_blanks: bool = False
    """Whether blanks and line breaks show as they are written."""

    @property
    def is_seen(self) -> bool:
        """Whether a reader sees the text."""
        return not (self.hidden or self.invisible or self.sizeless)


_STRUCK = frozenset(("del", "s", "strike"))
_BOLD_TAGS = frozenset(("b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6"))
_KEPT = frozenset(("pre", "textarea", "listing", "xmp"))


def seen_in(tag: str, declared: Declared, outside: Seen, *, is_hidden: bool) -> Seen:
    """How the text in an element is seen; ``is_hidden`` that its attributes hide it unless a style shows it."""
    display = declared.get("display", "none" if is_hidden else "")
    line = f"{declared.get('text-decoration', '')} {declared.get('text-decoration-line', '')}"
    visibility = declared.get("visibility", "")
    size = declared.get("font-size", "")
    return Seen(
        hidden=outside.hidden or display == "none" or _is_out_of_sight(declared),
        invisible=visibility in ("hidden", "collapse") if visibility else outside.invisible,
        sizeless=_NOTHING.fullmatch(size) is not None if size and size != "inherit" else outside.sizeless,
        struck=outside.struck or "line-through" in line or (tag in _STRUCK and not line.strip()),
        bold=_is_bold(tag, declared.get("font-weight", ""), outside=outside.bold),
        underlined=outside.underlined or (tag != "a" and ("underline" in line or (tag == "u" and not line.strip()))),
        kept_blanks=_keeps_blanks(tag, declared.get("white-space", ""), outside=outside.kept_blanks),
    )


def _is_out_of_sight(declared: Declared) -> bool:
    """Transparent, of no size, or far outside the page."""
    if declared.get("mso-hide") == "all" or _NOTHING.fullmatch(declared.get("opacity", "")):
        return True
    clipped = declared.get("overflow", "") in ("hidden", "clip")
    sizes = (declared.get(name, "") for name in ("height", "max-height", "width", "max-width"))
    if clipped and any(_NOTHING.fullmatch(size) for size in sizes):
        return True
    if declared.get("position") in ("absolute", "fixed"):
        places = (declared.get(name, "") for name in ("left", "right", "top", "bottom"))
        if any(_FAR_OUT.fullmatch(place) for place in places) or "rect(0" in declared.get("clip", ""):
            return True
    return _FAR_OUT.fullmatch(declared.get("text-indent", "")) is not None


def _is_bold(tag: str, weight: str, *, outside: bool) -> bool:
    if weight.isdecimal():
        return int(weight[:4]) >= _BOLD_FROM
    if weight in ("bold", "bolder", "normal", "lighter"):
        return weight.startswith("bold")
    return outside or tag in _BOLD_TAGS


def _keeps_blanks(tag: str, space: str, *, outside: bool) -> bool:
    return space.startswith(("pre", "break-spaces")) if space else outside or tag in _KEPT


_WORDS_OF_LISTS = frozenset(("inside", "outside", "inherit", "initial", "unset"))


def numbering(declared: Declared) -> str:
    """The kind of numbers that an element asks for before the points of a list; empty where it asks for none."""
    style = declared.get("list-style-type", "") or declared.get("list-style", "")
    return next((word for word in style.split() if word not in _WORDS_OF_LISTS and "(" not in word), "")


@dataclass(slots=True)
class OpenElements:
    """The elements that are open while a page is read, each with how it is seen."""

    sheet: StyleSheet = field(default_factory=StyleSheet)
    elements: list[Element] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)

    def begin(self, tag: str, attributes: Mapping[str, str]) -> tuple[Seen, Declared]:
        """Take in the start of an element: how it is seen, and what holds for it."""
        classes = frozenset(attributes.get("class", "").split()[:20])
        element = Element(tag, attributes.get("id", ""), classes)
        declared = self.sheet.declared(element, self.elements, attributes.get("style", ""))
        seen = seen_in(tag, declared, self.now, is_hidden=_says_hidden(tag, attributes))
        self.elements.append(element)
        self.seen.append(seen)
        return seen, declared

    def close(self) -> None:
        """Take in the end of the element that was opened last."""
        if self.elements:
            self.elements.pop()
            self.seen.pop()

    @property
    def now(self) -> Seen:
        """How text is seen here."""
        return self.seen[-1] if self.seen else Seen()

    @property
    def outside(self) -> Seen:
        """How text is seen around the element that was opened last."""
        return self.seen[-2] if len(self.seen) > 1 else Seen()


def _says_hidden(tag: str, attributes: Mapping[str, str]) -> bool:
    return "hidden" in attributes or (tag == "dialog" and "open" not in attributes)
