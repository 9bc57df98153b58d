"""Numbered paragraphs → the tree of headings and tasks.

Lines become whole paragraphs, paragraphs become nodes of a tree by their markers (一、 （一） 1. （1）), and
nodes whose words name units become drafts of tasks; those above them are headings.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from reporting.findings import Finding
from reporting.model import Line, Measure, Place
from reporting.notations import Field, Labels, Notation
from reporting.reading import draft as kinds
from reporting.reading.draft import Draft
from reporting.reading.fields import AMOUNT, Clause, read_clause
from reporting.reading.text import CLOSE_ROUND, END, OPEN_ROUND, even_blanks, flow, is_wrapped, tidy
from reporting.units import bracket_spans

HAN = "一二三四五六七八九十"
HAN_NUMBER = rf"[{HAN}百零〇]{{1,5}}"


NOT_AMOUNT = r"(?=[ \u4e00-\u9fff])(?![万亿倍元米个家件公])"
"""After 1.2 the text begins; after 3.5 in 3.5万人 a measure goes on."""


@dataclass(frozen=True, slots=True)
class MarkerKind:
    """One way of numbering; a smaller rank stands higher in the tree."""

    name: str
    rank: float
    pattern: re.Pattern[str]
    example: str


MARKER_KINDS = (
    MarkerKind("part", 1, re.compile(rf"第({HAN_NUMBER})(?:部分|章|编)[、:： ]?"), "第一部分"),
    MarkerKind("section", 2, re.compile(rf"第({HAN_NUMBER})节[、 ]?"), "第一节"),
    MarkerKind("article", 3, re.compile(rf"第({HAN_NUMBER}|\d{{1,3}})条[、 ]?"), "第三条"),
    MarkerKind("han", 4, re.compile(rf"([{HAN}]{{1,3}}) ?[、.．]"), "一、"),
    MarkerKind("han bracket", 5, re.compile(rf"[(（] ?([{HAN}]{{1,3}}) ?[)）][、.．]?"), "（一）"),
    MarkerKind("dotted", 7, re.compile(rf"(\d{{1,2}}(?:[.．]\d{{1,2}}){{1,3}})[、.．]?{NOT_AMOUNT}"), "1.2"),
    MarkerKind("arabic", 6, re.compile(r"(\d{1,3}) ?[.．、]{1,2}(?![\d%％])"), "1."),
    MarkerKind("named", 6.5, re.compile(rf"(?:任务|项目|事项)({HAN_NUMBER}|\d{{1,3}})[：:、.．]"), "任务1："),
    MarkerKind("arabic bracket", 8, re.compile(r"[(（] ?(\d{1,3}) ?[)）][、.．]?"), "（1）"),
    MarkerKind("half bracket", 9, re.compile(r"(\d{1,2})[)）][、.．]?"), "1)"),
    MarkerKind("circle", 10, re.compile(r"([①-⑳])[、.．]?"), "①"),
)  # fmt: skip

BRACKETED = {"han bracket": "({})", "arabic bracket": "({})", "article": "第{}条", "part": "第{}部分"}
"""How the number of a marker is written in a task number; all others stand bare."""

HAN_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0}

FURNITURE = re.compile(
    r"^(?:抄送|附件|附[:：]|主题词|责任编辑|共印|扫一扫|友情链接|Tags|来源|[(（](?:此件|联系人))"
)
"""Lines around a document that belong to no task: 抄送：…, 附件1, （此件公开发布）."""

PAGE_LINE = re.compile(r"^(?:[-—] ?\d{1,3} ?[-—]?|第 ?\d{1,3} ?页.{0,10}|\d{1,3})$")
"""A line that is only the number of a page: — 3 —"""

NOTICE = re.compile(r"(?<!《)关于.{2,80}(?:通知|意见|方案|计划|要点)")
"""A title, which may have a number before it in a collection."""

CLOSING_DATE = re.compile(r"^(?:20\d\d|[二〇○零OoＯ一三四五六七八九]{4})年.{1,8}[日号]$")

REMARK = re.compile(r"^[(（]?注[:：]")

PREAMBLE = re.compile(
    r"指导思想|基本原则|总体要求|工作原则|目标|背景|工作要求|组织实施|组织保障|保障措施|组织领导|有关要求"
    r"|实施步骤|工作步骤"
)
"""Headings above numbered paragraphs that are no measures."""

GOALS = re.compile(r"目标")


@dataclass(frozen=True, slots=True)
class Marker:
    """The number in front of a paragraph; ``printed`` is as printed, ``number`` without its closing mark."""

    kind: MarkerKind
    printed: str
    number: str

    @property
    def value(self) -> int:
        """The number as a number; dotted numbers count by their last part."""
        last = re.split(r"[.．]", self.number.strip("()第条部分"))[-1]
        return int(last) if last.isdecimal() else han_value(last)


@dataclass(slots=True)
class Node:
    """A numbered paragraph with its unnumbered followers and the numbered ones below it."""

    marker: Marker | None
    text: str
    place: Place
    bodies: list[Line] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    clauses: list[Segment] = field(default_factory=list)

    @property
    def rank(self) -> float:
        """How high the node stands; the document itself has rank 0."""
        return self.marker.kind.rank if self.marker else 0

    @property
    def has_units(self) -> bool:
        """Whether the node's own words name units or a deadline."""
        return bool(self.clauses)


@dataclass(frozen=True, slots=True)
class Segment:
    """Words of a node and the clause that closes them."""

    text: str
    clause: Clause
    titled: bool = False
    in_brackets: bool = True
    inherited: bool = False


@dataclass(slots=True)
class OutlineRead:
    """What the numbered paragraphs of a document gave."""

    drafts: list[Draft] = field(default_factory=list)
    goals: list[Measure] = field(default_factory=list)
    unassigned: list[Measure] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    left_out: list[Line] = field(default_factory=list)


def han_value(text: str) -> int:
    """十二 → 12; anything that is no number is 0."""
    if text and "①" <= text <= "⑳":
        return ord(text) - ord("①") + 1
    total = 0
    digit = 0
    for char in text:
        if char in HAN_DIGITS:
            digit = HAN_DIGITS[char]
        elif char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            return 0
    return total + digit


def find_marker(text: str) -> Marker | None:
    """The marker a paragraph begins with."""
    head = text[:16]
    for kind in MARKER_KINDS:
        match = kind.pattern.match(head)
        if match:
            number = BRACKETED.get(kind.name, "{}").format(match.group(1))
            return Marker(kind, match.group().strip(), number)
    return None


# Paragraphs


def paragraphs(lines: Sequence[Line], labels: Labels) -> list[Line]:
    """Whole paragraphs from physical lines: joined where wrapped or cut by a page, split where run in."""
    filled = [replace(line, text=even_blanks(line.text.replace("\t", " "))) for line in lines]
    filled = [line for line in filled if line.text and not PAGE_LINE.match(line.text)]
    filled = _without_page_numbers(filled)
    wrapped = is_wrapped(filled)
    joiner = _Joiner(wrapped, labels.pattern)
    for line in filled:
        joiner.take(line)
    joined = joiner.finished()
    if _is_run_in(joined):
        joined = [part for line in joined for part in _split_run_in(line)]
    return [replace(line, text=tidy(line.text)) for line in joined]


class _Joiner:
    """Joins lines while they come; keeps what is needed to see that a paragraph goes on."""

    def __init__(self, wrapped: bool, label: re.Pattern[str]) -> None:
        self.wrapped = wrapped
        self.label = label
        self.done: list[Line] = []
        self.parts: list[str] = []
        self.place = Place()
        self.depth = 0
        self.length = 0
        self.last = ""
        self.numbers: dict[str, int] = {}

    def take(self, line: Line) -> None:
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
        if self.depth and self.length < 1200 and not (marker and self._follows(marker) and not self.wrapped):
            return True
        bare = find_marker(self.last) if len(self.parts) == 1 else None
        if bare is not None and len(self.last) <= len(bare.printed) + 1:
            return marker is None
        if marker is not None and (not self.wrapped or self._follows(marker)):
            self.numbers[marker.kind.name] = marker.value
            return False
        if self.label.match(text) or FURNITURE.match(text) or CLOSING_DATE.match(text) or REMARK.match(text):
            return False
        if text[0] in "(（[【" and self.label.match(text[1:]):
            return not self.wrapped and not END.search(self.last[-8:])
        if END.search(self.last[-8:]) or self.label.match(self.last) or self.last[-1] in "）)】]":
            return False
        if self.wrapped:
            heading = len(self.parts) == 1 and find_marker(self.last) is not None and len(self.last) < 32
            return not heading and len(self.last) > 8
        return self.length >= 40 or "。" in self.last

    def _follows(self, marker: Marker) -> bool:
        """In wrapped text a line may begin with 3. by chance; a marker goes on or starts again."""
        last = self.numbers.get(marker.kind.name, 0)
        return marker.value == 1 or 0 < marker.value - last <= 3 or marker.kind.rank < 6


def _depth(text: str, depth: int) -> int:
    for char in text:
        if char in OPEN_ROUND:
            depth += 1
        elif char in CLOSE_ROUND:
            depth = max(0, depth - 1)
    return depth


PAGE_NUMBER = re.compile(r"(\d{1,3})[、.]")


def _without_page_numbers(lines: list[Line]) -> list[Line]:
    """Some sites number the pages of a text 1、2、3、 and cut sentences there; these are no markers."""
    if len(lines) < 4:
        return lines
    heads = [PAGE_NUMBER.match(line.text) for line in lines]
    counted = [int(match.group(1)) for match in heads if match]
    cut = sum(not END.search(line.text[-8:]) for line in lines[:-1])
    if len(counted) != len(lines) or counted != list(range(1, len(lines) + 1)) or cut < len(lines) / 2:
        return lines
    texts = [line.text[match.end() :] for line, match in zip(lines, heads, strict=True) if match]
    return [Line("".join(texts), lines[0].place)]


RUN_IN = re.compile(rf"(?:(?<=[。；：:;！？ ])|^)(?=[(（][{HAN}]{{1,3}}[)）]|[{HAN}]{{1,3}}、)")
"""A marker inside a line, after a blank or the end of a sentence: …保护水平。 (二)推进…"""


def _is_run_in(lines: Sequence[Line]) -> bool:
    """Whether markers stand inside the lines rather than at their beginning."""
    begins = sum(find_marker(line.text) is not None for line in lines)
    inside = sum(1 for line in lines if len(line.text) > 60 for _ in RUN_IN.finditer(line.text))
    return inside >= 3 and inside > 2 * begins


def _split_run_in(line: Line) -> Iterator[Line]:
    """Cut before each marker that goes on counting; others are part of a sentence."""
    start = 0
    last: dict[str, int] = {}
    for match in RUN_IN.finditer(line.text):
        marker = find_marker(line.text[match.start() : match.start() + 16])
        if marker is None or marker.value not in (1, last.get(marker.kind.name, 0) + 1):
            continue
        last[marker.kind.name] = marker.value
        if marker.kind.name == "han":
            last["han bracket"] = 0
        if match.start() > start:
            yield _piece(line, start, match.start())
        start = match.start()
    yield _piece(line, start, len(line.text))


def _piece(line: Line, start: int, end: int) -> Line:
    return Line(line.text[start:end].strip(), replace(line.place, column=max(1, line.place.column) + start))


# The tree


def build_tree(lines: Sequence[Line]) -> Node:
    """Hang each marked paragraph under the last one of a higher rank."""
    root = Node(None, "", Place())
    stack = [root]
    marked = [(find_marker(line.text), line) for line in lines]
    ranks = _ranks([marker for marker, _ in marked if marker])
    closed = False
    for found, line in marked:
        marker = found
        if marker is None:
            ends = CLOSING_DATE.match(line.text) or FURNITURE.match(line.text) or REMARK.match(line.text)
            closed = closed or (ends is not None and len(stack) > 1)
            if CLOSING_DATE.match(line.text):
                _take_signature(stack[-1], root)
            (root if closed or ends else stack[-1]).bodies.append(line)
            continue
        closed = False
        if marker.kind.name in ranks:
            marker = replace(marker, kind=replace(marker.kind, rank=ranks[marker.kind.name]))
        node = Node(marker, line.text[len(marker.printed) :].strip(), line.place)
        while stack[-1].rank >= marker.kind.rank:
            stack.pop()
        stack[-1].children.append(node)
        stack.append(node)
    return root


def _take_signature(node: Node, root: Node) -> None:
    """The office above the closing date signs the document; it is no part of the last task."""
    last = node.bodies[-1].text if node.bodies and node is not root else ""
    if 0 < len(last) <= 40 and not END.search(last[-8:]):
        root.bodies.append(node.bodies.pop())


def _ranks(markers: Sequence[Marker]) -> dict[str, float]:
    """Where （一） starts again below each 1. and 2., the arabic number is the higher one."""
    first = {
        kind: sum(m.value == 1 for m in markers if m.kind.name == kind) for kind in ("han bracket", "arabic")
    }
    has_han = any(marker.kind.name == "han" for marker in markers)
    if (
        markers
        and markers[0].kind.name == "arabic"
        and not has_han
        and first["arabic"] == 1
        and first["han bracket"] > 1
    ):
        return {"arabic": 4.5}
    return {}


# Clauses


class ClauseReader:
    """Finds the words that name units in paragraphs, by the rules of one notation."""

    def __init__(self, notation: Notation, *, first_leads: bool) -> None:
        self.labels = notation.labels
        self.pattern = notation.labels.pattern
        self.first_leads = first_leads

    def segments(self, node: Node) -> list[Segment]:
        """The node's words cut at its clauses; sentences after the last clause go with the last segment."""
        segments: list[Segment] = []
        texts: list[str] = []
        clause_words: list[str] = []
        bracketed = titled = False
        for order, paragraph in enumerate([node.text, *(body.text for body in node.bodies)]):
            if clause_words and self._is_other(paragraph):
                clause_words.append(paragraph)
                continue
            for words, is_clause, in_brackets in self._cut(paragraph):
                if is_clause:
                    clause_words.append(words)
                    bracketed = in_brackets
                elif clause_words:
                    self._finish(segments, texts, clause_words, titled, bracketed)
                    texts, clause_words = [words], []
                    titled = False
                else:
                    texts.append(words)
            if order == 0:
                titled = not clause_words and is_title(node.text)
        if clause_words:
            self._finish(segments, texts, clause_words, titled, bracketed)
        elif segments:
            segments[-1] = _with_rest(segments[-1], texts, self.pattern)
        return segments

    def _is_other(self, paragraph: str) -> bool:
        """A line like 责任领导:… among the lines that name units."""
        match = self.pattern.match(paragraph)
        return match is not None and self.labels.field(match.group(1)) is Field.OTHER

    def _finish(
        self, segments: list[Segment], texts: list[str], clauses: list[str], titled: bool, bracketed: bool
    ) -> None:
        clause = self.read("；".join(clauses)) or self.read(clauses[-1])
        if clause is None:
            return
        if segments and clause.deadline and not (clause.lead or clause.support):
            last = segments[-1]
            deadline = last.clause.deadline or clause.deadline
            segments[-1] = replace(last, clause=replace(last.clause, deadline=deadline))
        elif clause.lead or clause.support:
            text = "\v".join(text for text in texts if text.strip("。；;，, "))
            segments.append(Segment(text, clause, titled, bracketed))

    def read(self, words: str) -> Clause | None:
        """Read the words of a clause."""
        return read_clause(words, self.labels, first_leads=self.first_leads)

    def _cut(self, paragraph: str) -> list[tuple[str, bool, bool]]:
        """(words, is a clause, in brackets) from left to right."""
        spans = [span for span in bracket_spans(paragraph) if paragraph[span[0]] not in "〈<〔"]
        cut = self._label_start(paragraph, spans)
        if cut >= 0:
            before = self._cut_brackets(paragraph[:cut], [span for span in spans if span[1] < cut])
            return [*before, (paragraph[cut:], True, False)]
        return self._cut_brackets(paragraph, spans)

    def _label_start(self, paragraph: str, spans: Sequence[tuple[int, int]]) -> int:
        """Where 责任单位:… begins in running text: at the start or after the end of a sentence."""
        for match in self.pattern.finditer(paragraph):
            role = self.labels.field(match.group(1))
            before = _before(paragraph, match.start())
            here = bisect_left(spans, (match.start(),)) - 1
            inside = here >= 0 and match.start() < spans[here][1]
            whole = before == "" or before not in "各由明确的及和与等向对、“《为是有"
            if (
                whole
                and not inside
                and role is not Field.OTHER
                and (match.start() == 0 or len(match.group(1)) >= 4)
            ):
                return match.start()
        return -1

    def _cut_brackets(self, text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[str, bool, bool]]:
        cut: list[tuple[str, bool, bool]] = []
        last = 0
        for start, end in spans:
            words = text[start + 1 : end]
            if self._is_clause(text, start, end, words):
                cut.append((text[last:start], False, True))
                cut.append((words, True, True))
                last = end + 1
        open_at = self._unclosed(text, spans)
        if open_at >= last:
            cut.append((text[last:open_at], False, True))
            cut.append((text[open_at + 1 :], True, True))
        else:
            cut.append((text[last:], False, True))
        return [(words, is_clause, inside) for words, is_clause, inside in cut if words.strip("。；;，,. ")]

    def _is_clause(self, text: str, start: int, end: int, words: str) -> bool:
        if len(words) > 1500:
            return False
        clause = self.read(words)
        if clause is None or not (clause.lead or clause.support or clause.deadline):
            return False
        after = text[end + 1 : end + 40].lstrip("。；;，,. ")
        final = not after or after[0] in "（([【"
        begins = start > 0 and _before(text, start) in "。；;！？）)"
        if clause.firm and (clause.lead or clause.support):
            return (
                final or begins or self.pattern.match(words) is not None or text[end + 1 : end + 2] in "。；;"
            )
        return final or begins

    def _unclosed(self, text: str, spans: Sequence[tuple[int, int]]) -> int:
        """An opening bracket with a label that nothing closes: （责任单位:市教育局"""
        after = spans[-1][1] + 1 if spans else 0
        for index in range(max(after, len(text) - 300), len(text)):
            if text[index] in "（([【" and self.pattern.match(text[index + 1 :]):
                return index
        return -1


def _with_rest(segment: Segment, texts: Sequence[str], label: re.Pattern[str]) -> Segment:
    """Whole sentences after the clause belong to the task; labels we do not import and the rest are said."""
    rest = [text.strip() for text in texts if text.strip("。；;，, ")]
    kept = [text for text in rest if END.search(text[-8:]) and not label.match(text)]
    unread = tuple(text for text in rest if text not in kept and len(text) > 2)
    clause = replace(segment.clause, unread=(*segment.clause.unread, *(text[:60] for text in unread)))
    return replace(segment, text="\v".join([segment.text, *kept]), clause=clause)


def _before(text: str, index: int) -> str:
    """The character before a position, blanks left out; nothing at the start."""
    return text[max(0, index - 8) : index].rstrip()[-1:]


def is_title(text: str) -> bool:
    """Whether a paragraph is a heading: short, and no sentence ends inside it."""
    return 0 < len(text) <= 60 and not re.search(r"[。；;！？：:]", text.rstrip("。；;：:"))


# Tasks


def read_outline(lines: Sequence[Line], notation: Notation, *, first_leads: bool) -> OutlineRead:
    """Read the numbered paragraphs of a document."""
    root = build_tree(paragraphs(lines, notation.labels))
    reader = ClauseReader(notation, first_leads=first_leads)
    for node in _walk(root):
        if node.marker:
            node.clauses = reader.segments(node)
    for node in reversed(list(_walk(root))):
        _lift_clause(node)
    if not any(node.has_units for node in _walk(root)):
        root.children.extend(_unnumbered(root, reader))
    read = OutlineRead()
    _Collector(read, has_tasks=any(node.has_units for node in _walk(root))).visit(root, (), ())
    return read


def _walk(root: Node) -> Iterator[Node]:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(node.children))


def _unnumbered(root: Node, reader: ClauseReader) -> Iterator[Node]:
    """Where nothing is numbered, each paragraph that names units is a task."""
    plain = Marker(MarkerKind("plain", 20, re.compile(r"(?!)"), ""), "", "")
    for body in root.bodies:
        node = Node(plain, body.text, body.place)
        node.clauses = reader.segments(node)
        if node.has_units:
            yield node


def _lift_clause(node: Node) -> None:
    """Units named once after the last of several points are those of all: （1）…；（2）…。责任单位：…"""
    if node.marker is None or len(node.children) < 2 or node.has_units:
        return
    *others, last = node.children
    if len(last.clauses) != 1 or any(child.has_units or child.children for child in others) or last.children:
        return
    listed = all(child.text.endswith(("；", ";")) for child in others if not child.bodies)
    if (not last.clauses[0].in_brackets and last.marker and last.marker.kind.rank >= 8) or listed:
        segment = last.clauses[0]
        node.clauses = [replace(segment, text=_whole(node, clause=False), titled=False)]
        node.children = []


def _whole(node: Node, *, clause: bool = True) -> str:
    """All words of a node and those below it."""
    own = [segment.text for segment in node.clauses] if node.clauses and clause else _own_words(node)
    below = [f"{child.marker.printed if child.marker else ''}{_whole(child)}" for child in node.children]
    return "\v".join([*own, *below])


def _own_words(node: Node) -> list[str]:
    return [node.text, *(body.text for body in node.bodies)]


class _Collector:
    """Walks the tree from the top and sorts nodes into tasks, goals, unassigned measures and the rest."""

    def __init__(self, read: OutlineRead, *, has_tasks: bool) -> None:
        self.read = read
        self.has_tasks = has_tasks

    def visit(self, node: Node, path: tuple[str, ...], markers: tuple[str, ...]) -> None:
        """Sort a node and those below it; the tree is at most as deep as there are kinds of markers."""
        below = any(_names_units(child) for child in node.children)
        if node.has_units and not (below and _is_heading(node)):
            self._tasks(node, path, markers, with_children=not below)
            if not below:
                return
        elif not node.children and node.marker is not None:
            self._without_units(node, path, markers)
            return
        elif node.marker is None:
            self.read.left_out.extend(node.bodies)
        else:
            self.read.left_out.extend([Line(heading_text(node), node.place), *node.bodies])
        inner = (*path, heading_text(node)) if node.marker else path
        inner_markers = (*markers, node.marker.number) if node.marker else markers
        for child in node.children:
            if node.has_units:
                self._share(child, node)
            self.visit(child, inner, inner_markers)
            if below and not child.children and not child.has_units and not _is_preamble(child, inner):
                self._unassigned(child, inner, inner_markers)

    def _share(self, child: Node, node: Node) -> None:
        """A point without units below a heading with units is the heading's."""
        if child.children or child.has_units:
            return
        above = node.clauses[0].clause
        clause = replace(above, rules=(*above.rules, "units of the heading above"))
        child.clauses = [Segment("\v".join(_own_words(child)), clause, inherited=True)]

    def _tasks(
        self, node: Node, path: tuple[str, ...], markers: tuple[str, ...], *, with_children: bool
    ) -> None:
        assert node.marker is not None
        segments = _merge_title(node.clauses)
        inner = path
        for part, segment in enumerate(segments):
            text = segment.text
            if with_children and part == len(segments) - 1 and node.children:
                below = (f"{c.marker.printed if c.marker else ''}{_whole(c)}" for c in node.children)
                text = "\v".join([text, *below])
            if segment.titled and node.rank <= 5 and "\v" in text:
                title, _, text = text.partition("\v")
                inner = (*path, node.marker.printed + title.rstrip("。；;：:"))
            clause = segment.clause
            self.read.drafts.append(
                Draft(
                    printed=node.marker.number,
                    markers=markers,
                    path=inner,
                    content=flow(text).rstrip("，,；;").strip(),
                    lead=clause.lead,
                    support=clause.support,
                    deadline=clause.deadline,
                    place=node.place,
                    rules=clause.rules,
                    unread=clause.unread,
                    twice=clause.twice,
                    open_ended=clause.open_ended,
                    part=part,
                    inherited=segment.inherited,
                )
            )

    def _without_units(self, node: Node, path: tuple[str, ...], markers: tuple[str, ...]) -> None:
        assert node.marker is not None
        measure = _measure(node, path, markers)
        above = "".join(path)
        if GOALS.search(above) or (GOALS.search(heading_text(node)[:14]) and AMOUNT.search(measure.content)):
            self.read.goals.append(measure)
        elif not self.has_tasks and path and not PREAMBLE.search(above):
            self.read.unassigned.append(measure)
        else:
            self.read.left_out.append(Line(f"{node.marker.printed}{measure.content}", node.place))

    def _unassigned(self, node: Node, path: tuple[str, ...], markers: tuple[str, ...]) -> None:
        measure = _measure(node, path, markers)
        self.read.unassigned.append(measure)
        values = {"content": measure.content[:30]}
        self.read.findings.append(Finding(kinds.UNASSIGNED, node.place, task=measure.number, values=values))


def _is_preamble(node: Node, path: tuple[str, ...]) -> bool:
    if not path and NOTICE.search("".join(_own_words(node))[:160]):
        return True
    return PREAMBLE.search(heading_text(node)[:14]) is not None or GOALS.search("".join(path)) is not None


def _measure(node: Node, path: tuple[str, ...], markers: tuple[str, ...]) -> Measure:
    number = "".join([*markers, node.marker.number if node.marker else ""])
    return Measure(number, path, flow("\v".join(_own_words(node))), node.place)


def _names_units(node: Node) -> bool:
    return node.has_units or any(_names_units(child) for child in node.children)


def _is_heading(node: Node) -> bool:
    return all(is_title(segment.text) for segment in node.clauses)


def _merge_title(segments: list[Segment]) -> list[Segment]:
    """（一）标题（牵头单位：甲） over a paragraph with its own units: the title has no task of its own."""
    if len(segments) > 1 and is_title(segments[0].text) and not segments[0].text.endswith("。"):
        second = segments[1]
        merged = replace(second, text=f"{segments[0].text}\v{second.text}", titled=True)
        return [merged, *segments[2:]]
    return segments


def heading_text(node: Node) -> str:
    """The heading as printed, without what follows its first sentence."""
    printed = node.marker.printed if node.marker else ""
    text = node.clauses[0].text if node.clauses else node.text
    text = text.split("\v")[0]
    if len(text) > 40:
        text = re.split(r"[。；;]", text, maxsplit=1)[0]
    return printed + text.strip().rstrip("。；;：:")
