"""The tree of numbered paragraphs: each hangs below the last one of a higher rank."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from reporting.model import Line, Place
from reporting.plan.reading.markers import Marker, MarkerKind, find_marker, ranks_of
from reporting.plan.reading.paragraphs import CLOSING_DATE, FURNITURE, REMARK
from reporting.plan.reading.segments import Segment, is_title
from reporting.plan.reading.text import END
from reporting.plan.reading.unit_lines import label_markers, unit_markers

ANNEXES = re.compile(r"附件[:：] ?1[.．、]")
"""The first of several annexes (附件：1.任务清单); those below it have a number and no name before it."""


@dataclass(slots=True)
class Node:
    """A numbered paragraph with its unnumbered followers and the numbered ones below it."""

    marker: Marker | None
    text: str
    place: Place
    bodies: list[Line] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    clauses: list[Segment] = field(default_factory=list)
    fielded: bool = False
    """Whether points below it were fields of this one task: （三）责任单位：…."""

    @property
    def rank(self) -> float:
        """How high the node stands; the document itself has rank 0."""
        return self.marker.kind.rank if self.marker else 0

    @property
    def has_units(self) -> bool:
        """Whether the node's own words name units or a deadline."""
        return bool(self.clauses)


def build_tree(lines: Sequence[Line]) -> Node:
    """Hang each marked paragraph under the last one of a higher rank."""
    root = Node(None, "", Place())
    stack = [root]
    heads = plain_headings(lines) | label_markers(lines) | unit_markers(lines)
    marked = [(heads.get(index) or find_marker(line.text), line) for index, line in enumerate(lines)]
    if any(marker and marker.kind.name == "arabic" for marker, _ in marked):
        marked = [(None if marker and marker.kind.name == "problem" else marker, line) for marker, line in marked]
    ranks = ranks_of([marker for marker, _ in marked if marker])
    closed = False
    annexes = 0
    for found, line in marked:
        marker = found
        if annexes and marker and marker.value == annexes + 1 and not END.search(line.text[-8:]):
            annexes += 1
            root.bodies.append(line)
            continue
        annexes = 1 if ANNEXES.match(line.text) else 0
        if marker is None:
            ends = CLOSING_DATE.match(line.text) or FURNITURE.match(line.text) or REMARK.match(line.text)
            again = len(stack) > 1 and repeats_title(line, root.bodies)
            closed = closed or (ends is not None and len(stack) > 1) or again
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


PLAIN_HEADING = MarkerKind("heading without a number", 0, re.compile(r"(?!)"), "主要任务")
"""A heading whose number was lost, or that never had one; its rank depends on what it heads."""

HEADING_WORDS = re.compile(r"(?:任务|措施|举措|要求|步骤|保障|内容|目标|原则|分工|安排)$")
NO_HEADING = re.compile(r"关于|通知|方案|20\d\d年|要点|分解|清单|[表府局委]$|[:：，、]|^[(（]|各有关|[\t|]")
"""What no such heading has: it may be the title, a name or part of a sentence."""

LONGEST_HEADING = 20


def plain_headings(lines: Sequence[Line]) -> dict[int, Marker]:
    """Markers for short lines without a number above points that begin with 1 again, by their place in the list.

    One alone must say what stands below it (主要任务); two or more may say anything.
    """
    markers = [find_marker(line.text) for line in lines]
    ranks = {marker.kind.rank for marker in markers if marker}
    begun = False
    found: dict[int, Marker] = {}
    told: list[int] = []
    for at, (line, below) in enumerate(zip(lines, [*markers[1:], None][: len(lines)], strict=True)):
        fits = markers[at] is None and below is not None and below.value == 1 and below.kind.rank >= LEAST_RANK
        if fits and below and 3 < len(line.text) <= LONGEST_HEADING and _is_heading(line.text):
            kind = replace(PLAIN_HEADING, rank=max((rank for rank in ranks if rank < below.kind.rank), default=0.5))
            told += [at] if begun and HEADING_WORDS.search(line.text) else []
            found[at] = Marker(kind, "", "")
        begun = begun or markers[at] is not None
    return found if len(found) > 1 else {at: found[at] for at in told}


LEAST_RANK = 5


def _is_heading(text: str) -> bool:
    return is_title(text) and not END.search(text[-8:]) and NO_HEADING.search(text) is None


def repeats_title(line: Line, above: Sequence[Line]) -> bool:
    """Whether a line is the title that the covering notice quoted: there the plan itself begins."""
    words = _UNMARKED.sub("", line.text)
    if not 6 <= len(words) <= 60 or END.search(line.text[-8:]):
        return False
    first = [body.text for body in above[:12] if body.place.row < line.place.row]
    return any(words in _UNMARKED.sub("", text[:400]) for text in first)


_UNMARKED = re.compile(r"[《》〈〉“”\s]")


def _take_signature(node: Node, root: Node) -> None:
    """The office above the closing date signs the document; it is no part of the last task."""
    last = node.bodies[-1].text if node.bodies and node is not root else ""
    if 0 < len(last) <= 40 and not END.search(last[-8:]):
        root.bodies.append(node.bodies.pop())


def walk_tree(root: Node) -> Iterator[Node]:
    """All nodes, in the order of the document."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(node.children))


def whole_words(node: Node, *, clause: bool = True) -> str:
    """All words of a node and those below it."""
    own = [segment.text for segment in node.clauses] if node.clauses and clause else own_words(node)
    below = [f"{child.marker.printed if child.marker else ''}{whole_words(child)}" for child in node.children]
    return "\v".join([*own, *below])


def own_words(node: Node) -> list[str]:
    """The words of a node itself, paragraph by paragraph."""
    return [node.text, *(body.text for body in node.bodies)]


def node_heading(node: Node) -> str:
    """The heading as printed, without what follows its first sentence."""
    printed = node.marker.printed if node.marker else ""
    text = node.clauses[0].text if node.clauses else node.text
    text = text.split("\v")[0]
    if len(text) > 40:
        text = re.split(r"[。；;]", text, maxsplit=1)[0]
    gap = " " if printed and node.marker and node.marker.kind.rank <= 3 else ""
    return printed + gap + text.strip().rstrip("。；;：:")
