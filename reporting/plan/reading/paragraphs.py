"""Whole paragraphs from physical lines: joined where wrapped or cut by a page, split where run in."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from reporting.language.characters import printed_width
from reporting.language.units import is_firm, looks_like_unit, rank_of, split_units
from reporting.model import Line, Place
from reporting.plan.notations import Field, Labels
from reporting.plan.reading.markers import CLOSE, HAN, NOT_DECIMAL, OPEN, Marker, find_marker
from reporting.plan.reading.misprints import mend_numbers
from reporting.plan.reading.pages import join_numbered_pages, without_page_lines
from reporting.plan.reading.text import CLOSE_ROUND, END, OPEN_ROUND, even_blanks, flow, is_wrapped, page_width, tidy
from reporting.plan.reading.unit_lines import part_sentences, unit_lines

FURNITURE = re.compile(
    r"^(?:抄送|附件|附[:：]|主题词|责任编辑|共印|扫一扫|友情链接|Tags|来源|[(（](?:此件|联系人)|.{4,40}年.{1,6}日印发$)"
)
"""Lines around a document that belong to no task: 抄送：…, 附件1, （此件公开发布）."""

CLOSING_DATE = re.compile(r"^(?:20\d\d|[二〇○零OoＯ一三四五六七八九]{4})年.{1,8}[日号]$")

REMARK = re.compile(r"^[(（]?注[:：]")


def paragraphs(lines: Sequence[Line], labels: Labels) -> list[Line]:
    """Whole paragraphs from physical lines: joined where wrapped or cut by a page, split where run in."""
    indents = {line.place.row: indent for line in lines if (indent := _indent(line.text))}
    filled = [replace(line, text=even_blanks(line.text.replace("\t", " "))) for line in lines]
    filled = [replace(line, text=labels.with_colons(line.text)) for line in filled if line.text]
    filled = mend_numbers(join_numbered_pages(without_page_lines(filled), labels.pattern))
    page = LineWidth(page_width(filled), page_width(filled, len))
    opened = page == LineWidth() and _is_open(filled)
    wrapped = not opened and (is_wrapped(filled) or _is_narrow(filled, page))
    joiner = _ParagraphJoiner(wrapped, page, labels.pattern, opened=opened)
    for line in filled:
        joiner.take(line, indents.get(line.place.row, ""))
    joined = [part for line in unit_lines(joiner.finished()) for part in part_sentences(line)]
    if _is_run_in(joined):
        counted: dict[str, int] = {}
        joined = [part for line in joined for part in _split_run_in(line, counted)]
    else:
        joined = list(_with_siblings(joined))
    return [replace(line, text=tidy(_with_marks(_with_lost_colons(line.text, labels), labels))) for line in joined]


def _with_lost_colons(text: str, labels: Labels) -> str:
    """…活动责任单位社区居委会配合单位城管中队 → with colons, where nothing but units follows to the end."""
    found = labels.bare_labels(text[-300:]) if labels.pattern.search(text[-300:]) is None else []
    offset = max(0, len(text) - 300)
    for match in reversed(found):
        end = text.find("：", offset + match.end())
        words = text[offset + match.end() :] if end < 0 else text[offset + match.end() : end]
        words = words.removesuffix(next((other.group(1) for other in found if words.endswith(other.group(1))), ""))
        names = split_units(words.rstrip("。；; "))
        if not names or not all(map(looks_like_unit, names)) or labels.field(match.group(1)) not in UNIT_FIELDS:
            break
        text = f"{text[: offset + match.end()]}：{text[offset + match.end() :]}"
    return text


UNIT_FIELDS = (Field.LEAD, Field.DUTY, Field.SUPPORT)


def _with_marks(text: str, labels: Labels) -> str:
    """责任单位：市教育局 市财政局 → 责任单位：市教育局、市财政局: a blank may be all that parts two units."""
    starts = [match.end() for match in labels.pattern.finditer(text)]
    starts += [index + 1 for index, char in enumerate(text) if char in OPEN_ROUND]
    for start in sorted(starts, reverse=True):
        words = NAMES_END.split(text[start : start + LONG], maxsplit=1)[0]
        names = words.split()
        if len(names) > 1 and all(map(_part_units, names, names[1:])):
            marked = "、".join(name.rstrip("、，,") for name in names)
            text = text[:start] + marked + text[start + len(words) :]
    return text


def _part_units(before: str, after: str) -> bool:
    """Whether a blank parts two units: names end before it and begin after it; 市税务 局 is one."""
    last, first = SEPARATOR.split(before)[-1], SEPARATOR.split(after)[0]
    return (
        looks_like_unit(last or before.rstrip("、，,"))
        and looks_like_unit(first)
        and len(first) > 2
        and (bool(rank_of(first)) or (is_firm(first) and not is_firm(last + first)))
    )


NAMES_END = re.compile(r"[。；;：:)）\]】]")
SEPARATOR = re.compile(r"[、，,]")
"""What ends a list of units, and what parts two of them."""


@dataclass(frozen=True, slots=True)
class LineWidth:
    """How far lines go: as printed, or counted in characters, as some programs break them; 0 for anyhow."""

    width: float = 0
    count: float = 0

    def is_full(self, text: str, indent: str = "") -> bool:
        """Whether a line with the blanks before it reaches the edge, so that its words may go on."""
        text = indent + text
        return 0 < self.width - 1.5 <= printed_width(text) or 0 < self.count - 0.5 <= len(text)

    def is_nearly_full(self, text: str) -> bool:
        """Whether a line may be full in the larger or bold characters of a heading."""
        return 0 < 0.88 * self.width <= printed_width(text) or 0 < 0.88 * self.count <= len(text)


SHORT_REST = 13
"""What is left of a heading for its second line is shorter; other paragraphs fill theirs."""


def _indent(text: str) -> str:
    """The blanks a first line of a paragraph is moved in by; a wider gap centres a heading."""
    blanks = text[: len(text) - len(text.lstrip(" \u3000\xa0"))]
    return blanks if printed_width(blanks) <= 4 else ""


def _is_narrow(lines: Sequence[Line], page: LineWidth) -> bool:
    """A narrow page is wrapped too: most of its lines are full and end anywhere."""
    full = [line.text for line in lines if page.is_full(line.text) and len(line.text) <= 90]
    cut = sum(not END.search(text[-8:]) for text in full)
    return 2 * cut > len(lines)


def _is_open(lines: Sequence[Line]) -> bool:
    """Whether paragraphs of any length end without a mark, as the points of a slide or a mind map do."""
    long = [line.text for line in lines if len(line.text) >= SENTENCE]
    bare = [text for text in long if not END.search(text[-8:]) and text[-1] not in "）)】]、，,"]
    return len(bare) > 3 and 10 * len(bare) >= 9 * len(long) and 3 * max(map(len, bare)) > 4 * min(map(len, bare))


SENTENCE = 25


class _ParagraphJoiner:
    """Joins lines while they come; keeps what is needed to see that a paragraph goes on."""

    def __init__(self, wrapped: bool, page: LineWidth, label: re.Pattern[str], *, opened: bool) -> None:
        self.wrapped = wrapped
        self.open = opened
        self.page = page if wrapped else LineWidth()
        self.label = label
        self.done: list[Line] = []
        self.parts: list[str] = []
        self.place = Place()
        self.depth = 0
        self.length = 0
        self.last = ""
        self.indent = ""
        self.numbers: dict[str, int] = {}

    def take(self, line: Line, indent: str) -> None:
        """Begin a paragraph with the line, or go on with the one before."""
        if self.parts and self._goes_on(line.text):
            self.parts.append(line.text)
        else:
            self._close()
            self.parts = [line.text]
            self.place = line.place
            self.depth = self.length = 0
        self.depth = _depth(line.text, self.depth)
        self.length += len(line.text)
        self.last = line.text
        self.indent = indent

    def _close(self) -> None:
        if self.parts:
            self.done.append(Line(flow("\v".join(self.parts), even_blanks), self.place))

    def finished(self) -> list[Line]:
        """All paragraphs, the last one included."""
        self._close()
        self.parts = []
        return self.done

    def _goes_on(self, text: str) -> bool:
        marker = find_marker(text)
        begins = marker is not None and (not self.wrapped or self._follows(marker, strict=True))
        if self.depth and self.length < 1200 and not begins:
            return True
        bare = find_marker(self.last) if len(self.parts) == 1 else None
        if bare is not None and len(self.last) <= len(bare.printed) + 1:
            return marker is None
        full = self.page.is_full(self.last, self.indent) and not END.search(self.last[-8:])
        strict = full and self.last[-1] not in "）)】]"
        if marker is not None and (not self.wrapped or self._follows(marker, strict=strict)):
            self.numbers[marker.kind.name] = marker.value
            return False
        if self.label.match(text) or FURNITURE.match(text) or CLOSING_DATE.match(text) or REMARK.match(text):
            return False
        if text[0] in "(（[【" and self.label.match(text[1:]):
            return not self.wrapped and not END.search(self.last[-8:])
        if full:
            return True
        if marker is None and self.label.match(self.parts[0]):
            if LABEL_LIKE.match(text):
                return False
            if _list_goes_on(self.last, text):
                return True
        if END.search(self.last[-8:]) or self.label.match(self.last) or self.last[-1] in "）)】]":
            return False
        if self.wrapped:
            heading = len(self.parts) == 1 and find_marker(self.last) is not None and len(self.last) < 32
            rest = self.page.is_nearly_full(self.last) and len(text) < SHORT_REST and not END.search(text[-8:])
            return (not heading or rest) and len(self.last) > 8
        return not self.open and (self.length >= 40 or "。" in self.last)

    def _follows(self, marker: Marker, *, strict: bool = False) -> bool:
        """In wrapped text a line may begin with 3. by chance; a marker goes on or starts again."""
        last = self.numbers.get(marker.kind.name, 0)
        if strict:
            heading = self.length < 80 and not any("。" in part for part in self.parts)
            return marker.value == last + 1 or (marker.value == 1 and heading)
        return marker.value == 1 or 0 < marker.value - last <= 3 or marker.kind.rank < 6


LABEL_LIKE = re.compile(r"[\u4e00-\u9fff]{2,8}[：:]")
"""How a line begins that goes on with no list of units: 实施范围：…."""


GLOSS = re.compile(r"[（(][^（）()：:]{1,6}[)）]")
"""What a line begins with that was cut off from the last name before it: 各村⏎（居）."""


CUT_ENDS = ("人民政府", "政府", "管委会", "街道办事处", "办事处", "党工委")
"""What a name of a group may go on with in the next line: 各乡镇⏎人民政府."""


def _list_goes_on(last: str, text: str) -> bool:
    """Whether a list of units that fills a line goes on in the next: 责任单位：市财政局、⏎税务局; 市市场⏎监管局."""
    tail, head = SEPARATOR.split(last)[-1], SEPARATOR.split(text)[0].rstrip("。；; ")
    if END.search(last[-2:]) or len(text) > 300:
        return False
    if GLOSS.match(text):
        return True
    if not tail or last.endswith(("和", "及", "与")):
        return looks_like_unit(head) or is_firm(head)
    tail = re.split(r"[：:]", tail)[-1]
    if tail.startswith("各") and head in CUT_ENDS:
        return True
    if looks_like_unit(tail):
        names = split_units(text.rstrip("。；; ")) if SEPARATOR.search(text) else ()
        return len(names) > 1 and all(map(looks_like_unit, names))
    return bool(tail) and looks_like_unit(tail + head)


def _depth(text: str, depth: int) -> int:
    for char in text:
        if char in OPEN_ROUND:
            depth += 1
        elif char in CLOSE_ROUND:
            depth = max(0, depth - 1)
    return depth


RUN_IN = re.compile(
    rf"(?=[{OPEN}][{HAN}]{{1,3}}[{CLOSE}])"
    rf"|(?:(?<=[。；：:;！？）)】〕 ])|^)(?=[{HAN}]{{1,3}}、|\d{{1,2}}[.．、]{NOT_DECIMAL})"
)
"""Where a marker may stand inside a line: …保护水平。 (二)推进…, …负责）2．简化…"""

LONG = 500
"""Lines longer than this on the average hold more than a paragraph each."""


def _is_run_in(lines: Sequence[Line]) -> bool:
    """Whether markers stand inside the lines rather than at their beginning."""
    begins = sum(find_marker(line.text) is not None for line in lines)
    counted: dict[str, int] = {}
    inside = sum(len(_run_in_starts(line.text, counted)) for line in lines if len(line.text) > 60)
    length = sum(len(line.text) for line in lines)
    return inside >= 3 and (inside > 2 * begins or length > LONG * len(lines))


def _run_in_starts(text: str, last: dict[str, int]) -> list[int]:
    """Where markers stand that go on counting from ``last``, which is kept; others are part of a sentence."""
    starts: list[int] = []
    first = find_marker(text)
    if first is not None:
        last[first.kind.name] = first.value
    for start, marker in _markers_inside(text):
        if marker.value in (1, last.get(marker.kind.name, 0) + 1):
            last[marker.kind.name] = marker.value
            starts.append(start)
    return starts


def _markers_inside(text: str) -> Iterator[tuple[int, Marker]]:
    """The markers that may stand inside a line, and where."""
    for match in RUN_IN.finditer(text):
        marker = find_marker(text[match.start() : match.start() + 16]) if match.start() else None
        if marker is not None:
            yield match.start(), marker


def _split_run_in(line: Line, counted: dict[str, int]) -> Iterator[Line]:
    """Cut before each marker that goes on counting."""
    bounds = [0, *_run_in_starts(line.text, counted), len(line.text)]
    for start, end in pairwise(bounds):
        if line.text[start:end].strip():
            yield _piece(line, start, end)


SIBLING_KINDS = ("arabic", "han bracket", "arabic bracket")


def _split_siblings(line: Line, following: Marker | None) -> Iterator[Line]:
    """1.…。责任单位：市教育局。2.…: the next number of the paragraph's own kind begins another paragraph.

    Not where the paragraph counts from one inside (重点是：1.…；2.…), or where the next paragraph has
    that number itself.
    """
    own = find_marker(line.text)
    starts = [0]
    if own is not None and own.kind.name in SIBLING_KINDS and len(line.text) > 12:
        value = own.value
        for start, marker in _markers_inside(line.text):
            if marker.kind != own.kind:
                continue
            if marker.value == 1:
                starts = [0]
                break
            if marker.value == value + 1 and line.text[start - 1] in "。；;）)】〕":
                starts.append(start)
                value = marker.value
        if following is not None and following.kind == own.kind and own.value < following.value <= value:
            starts = [0]
    for start, end in pairwise([*starts, len(line.text)]):
        yield _piece(line, start, end)


CLOSED = re.compile(
    r"[(（\[【][^()（）]{2,120}(?:局|委|办|部|厅|府|会|队|院|司|中心|海关|单位|部门|负责|配合|落实)"
    r"[)）\]】][。；;]?$"
)
"""How a point ends that names its units: …（市教育局）"""


def _split_points(line: Line) -> list[Line]:
    """（二）标题。1.…（市教育局）2.…（市财政局）: points inside a paragraph that name their own units."""
    own = find_marker(line.text)
    if own is None or own.kind.rank > HIGH:
        return [line]
    starts: list[int] = []
    for start, marker in _markers_inside(line.text):
        if marker.kind.name == "arabic" and marker.value == len(starts) + 1:
            starts.append(start)
    bounds = [0, *starts, len(line.text)]
    pieces = [_piece(line, start, end) for start, end in pairwise(bounds)]
    closed = sum(CLOSED.search(piece.text[-130:]) is not None for piece in pieces[1:])
    return pieces if len(starts) > 1 and closed >= len(starts) - 1 and closed > 1 else [line]


HIGH = 5
"""Ranks up to this one (一、 （一）) stand above 1."""


def _with_siblings(lines: Sequence[Line]) -> Iterator[Line]:
    markers = [find_marker(line.text) for line in lines]
    for index, line in enumerate(lines):
        following = next((marker for marker in markers[index + 1 : index + 6] if marker), None)
        for point in _split_points(line):
            yield from _split_siblings(point, following)


def _piece(line: Line, start: int, end: int) -> Line:
    return Line(line.text[start:end].strip(), replace(line.place, column=max(1, line.place.column) + start))
