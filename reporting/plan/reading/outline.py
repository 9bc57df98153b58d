"""Numbered paragraphs → tasks, goals, measures without units, and what is left out.

Lines become whole paragraphs, paragraphs become nodes of a tree by their markers (一、 （一） 1. （1）), and
nodes whose words name units become drafts of tasks; those above them are headings.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from reporting.model import Line, Measure, Place
from reporting.model.findings import Finding
from reporting.plan.notations import Notation
from reporting.plan.reading import draft as kinds
from reporting.plan.reading.amounts import AMOUNT
from reporting.plan.reading.draft import Draft
from reporting.plan.reading.lead_rules import LeadRule
from reporting.plan.reading.markers import Marker, MarkerKind, join_number
from reporting.plan.reading.misprints import with_lost_bracket
from reporting.plan.reading.notice import end_of_notice, part_notice
from reporting.plan.reading.paragraphs import paragraphs
from reporting.plan.reading.segments import ClauseReader, Segment, is_title
from reporting.plan.reading.subpoints import Subpoint, part_title, subpoints
from reporting.plan.reading.text import flow
from reporting.plan.reading.tree import Node, build_tree, node_heading, own_words, walk_tree, whole_words
from reporting.plan.reading.unit_headings import (
    fold_fields,
    heads_points,
    names_units,
    share_backwards,
    share_headings,
    share_units,
    titles_units,
)
from reporting.plan.reading.units_first import IN_FORCE, read_subjects, read_units_first

NOTICE = re.compile(r"(?<!《)关于.{2,80}(?:通知|意见|方案|计划|要点)")
"""A title, which may have a number before it in a collection."""

PREAMBLE = re.compile(
    r"指导思想|基本原则|总体要求|工作原则|目标|背景|工作要求|组织实施|组织保障|保障措施|组织领导|有关要求"
    r"|实施步骤|工作步骤|高度重视|压实责任|加强督[导查促]|强化督[导查促]|狠抓落实"
)
"""Headings above numbered paragraphs that are no measures."""

UPKEEP = re.compile(r"组织实施|保障措施|组织领导|工作保障|组织保障|保障机制|组织机构|人员名单|组成人员")
"""Headings of the part on how the plan is kept up; a point there that names no unit is nobody's task."""

CAPTION = re.compile(r"(?:具体|主要|重点|工作|推进)?(?:措施|任务|举措|内容)(?:包括|如下|有)?[：:]$")
"""What announces the points below and says nothing itself: 具体措施：."""

OPENING_CAPTION = re.compile(r"^[；;。]?(?:具体|主要)?(?:措施|举措)[：:]")
"""The same before the words of a task: 「具体措施：」更换龙头."""

GOALS = re.compile(r"目标")


@dataclass(slots=True)
class OutlineRead:
    """What the numbered paragraphs of a document gave."""

    drafts: list[Draft] = field(default_factory=list)
    goals: list[Measure] = field(default_factory=list)
    unassigned: list[Measure] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    left_out: list[Line] = field(default_factory=list)


def read_outline(lines: Sequence[Line], notation: Notation, rule: LeadRule) -> OutlineRead:
    """Read the numbered paragraphs of a document."""
    root = build_tree(paragraphs(lines, notation.labels))
    reader = ClauseReader(notation, rule)
    fold_fields(list(walk_tree(root)), notation.labels)
    for node in walk_tree(root):
        if node.marker:
            node.clauses = _segments(node, reader)
    part_notice(root)
    nodes = list(walk_tree(root))
    read_units_first(nodes, reader)
    works = [node for node in nodes if not UPKEEP.search(node.text[:14]) and not PREAMBLE.search(node.text[:14])]
    read_subjects([node.children for node in works if node.children])
    for node in nodes:
        share_backwards(node.children)
    habit = _units_close_lists(nodes)
    for node in reversed(nodes):
        _lift_clause(node, habit=habit)
    share_headings(nodes)
    if not any(node.has_units for node in walk_tree(root)):
        plain = list(_unnumbered(root, reader))
        root.children.extend(plain)
        all_nodes = [each for node in plain for each in walk_tree(node)]
        taken = {place for node in all_nodes for place in (node.place, *(body.place for body in node.bodies))}
        root.bodies = [body for body in root.bodies if body.place not in taken]
    read = OutlineRead()
    has_tasks = any(node.has_units for node in walk_tree(root))
    flat = sum(node.marker is not None for node in nodes) > 2 and not any(node.children for node in nodes[1:])
    notice_until = end_of_notice(root)
    collector = _Collector(read, reader, has_tasks=has_tasks, notice_until=notice_until, flat=flat)
    collector.visit(root, (), ())
    return read


def _segments(node: Node, reader: ClauseReader) -> list[Segment]:
    """What a node says, with and without units; a bracket lost around its last units is put back."""
    *before, last = own_words(node)
    for mended in with_lost_bracket(last):
        segments = reader.segments([*before, mended])
        if segments and segments[-1].in_brackets:
            return segments
    return reader.segments([*before, last])


PLAIN = Marker(MarkerKind("plain", 20, re.compile(r"(?!)"), ""), "", "")
PLAIN_HEADING = Marker(MarkerKind("plain heading", 19, re.compile(r"(?!)"), ""), "", "")
"""What stands for a number where nothing is numbered."""


def _unnumbered(root: Node, reader: ClauseReader) -> Iterator[Node]:
    """Where nothing is numbered, each paragraph that names units is a task, or all above a line of units."""
    closing = [
        body.place
        for body in root.bodies
        if reader.pattern.match(body.text) is None and reader.is_whole_clause(body.text)
    ]
    if len(closing) > 1:
        yield from _closed_by_units(root.bodies, set(closing), reader)
        return
    nodes: list[Node] = []
    for body in root.bodies:
        if nodes and reader.pattern.match(body.text):
            nodes[-1].bodies.append(body)
        else:
            nodes.append(Node(PLAIN, body.text, body.place))
    for node in nodes:
        node.clauses = reader.segments(own_words(node))
        if node.has_units:
            yield node


def _closed_by_units(bodies: Sequence[Line], closing: Collection[Place], reader: ClauseReader) -> Iterator[Node]:
    """Titles, sentences and a line of units below them are one task; a second title above heads several."""
    heading: Node | None = None
    group: list[Line] = []
    for body in bodies:
        group.append(body)
        if body.place not in closing:
            continue
        titles = 0
        while titles < len(group) - 1 and is_title(group[titles].text) and len(group[titles].text) <= TITLE:
            titles += 1
        first = max(0, titles - 1) if titles < len(group) - 1 or titles > 1 else 0
        node = Node(PLAIN, group[first].text, group[first].place, list(group[first + 1 :]))
        node.clauses = reader.segments(own_words(node))
        above, group = group[:first], []
        if above:
            if heading is not None:
                yield heading
            heading = Node(PLAIN_HEADING, above[-1].text, above[-1].place)
        if heading is not None:
            heading.children.append(node)
        elif node.has_units:
            yield node
    if heading is not None:
        yield heading


TITLE = 20
"""A title has no more characters."""


def _units_close_lists(nodes: Sequence[Node]) -> bool:
    """Whether the document names units only after the last point of each list, twice or more."""
    lists = [[*node.children] for node in nodes if len(node.children) > 1 and not node.has_units]
    lists = [points for points in lists if any(point.has_units for point in points)]
    bare = [points for points in lists if not any(point.has_units for point in points[:-1])]
    return len(bare) > 1 and len(bare) == len(lists)


def _lift_clause(node: Node, *, habit: bool) -> None:
    """Units named once after the last of several points, or on a line below it, are those of all."""
    if node.marker is None or len(node.children) < 2 or node.has_units:
        return
    *others, last = node.children
    if len(last.clauses) != 1 or any(child.has_units or child.children for child in others) or last.children:
        return
    listed = all(child.text.endswith(("；", ";")) for child in others if not child.bodies)
    apart = bool(last.bodies) and last.clauses[0].text == last.text
    unlike = not last.clauses[0].in_brackets and last.rank >= 8
    if unlike or listed or habit or apart:
        segment = last.clauses[0]
        node.clauses = [replace(segment, text=whole_words(node, clause=False), titled=False)]
        node.children = []


class _Collector:
    """Walks the tree from the top and sorts nodes into tasks, goals, unassigned measures and the rest."""

    def __init__(
        self, read: OutlineRead, reader: ClauseReader, *, has_tasks: bool, notice_until: tuple[int, int], flat: bool
    ) -> None:
        self.read = read
        self.reader = reader
        self.has_tasks = has_tasks
        self.notice_until = notice_until
        self.flat = flat

    def visit(self, node: Node, path: tuple[str, ...], markers: tuple[str, ...]) -> None:
        """Sort a node and those below it; the tree is at most as deep as there are kinds of markers."""
        below = any(names_units(child) for child in node.children) or heads_points(node)
        if node.has_units and not (below and titles_units(node)):
            self._tasks(node, path, markers, with_children=not below)
            if not below:
                return
        elif not node.children and node.marker is not None:
            self._without_units(node, path, markers)
            return
        elif node.marker is None:
            self.read.left_out.extend(node.bodies)
        else:
            bodies = () if node.has_units else node.bodies
            self.read.left_out.extend([Line(node_heading(node), node.place), *bodies])
            self._heading_units(node)
        inner = (*path, node_heading(node)) if node.marker else path
        inner_markers = (*markers, node.marker.number) if node.marker else markers
        for child in node.children:
            if node.has_units:
                share_units(child, node.clauses[0].clause, self.reader)
            self.visit(child, inner, inner_markers)
            if below and not child.children and not child.has_units and not _is_preamble(child, inner):
                self._unassigned(child, inner, inner_markers)

    def _heading_units(self, node: Node) -> None:
        """Units of a heading above points that all name their own are not copied to them, but said."""
        clauses = [segment.clause for segment in node.clauses]
        names = [name for clause in clauses for name in (*clause.lead, *clause.support)]
        if names and all(child.has_units and child.clauses[0].clause.lead for child in node.children):
            values = {"content": node_heading(node)[:30], "found": "、".join(names)}
            self.read.findings.append(Finding(kinds.HEADING_UNITS, node.place, values=values))

    def _tasks(self, node: Node, path: tuple[str, ...], markers: tuple[str, ...], *, with_children: bool) -> None:
        assert node.marker is not None
        segments = _merge_title(node.clauses)
        points = [] if node.children else subpoints(segments)
        if points:
            self._points(node, path, markers, points)
            return
        inner = path
        for part, segment in enumerate(segments):
            text = segment.text
            if with_children and part == len(segments) - 1 and node.children:
                below = (f"{c.marker.printed if c.marker else ''}{whole_words(c)}" for c in node.children)
                text = "\v".join([text, *below])
            if segment.titled and node.rank <= 5 and "\v" in text:
                title, _, text = text.partition("\v")
                inner = (*path, node.marker.printed + title.rstrip("。；;：:"))
            text = OPENING_CAPTION.sub("", CAPTION.sub("", text))
            draft = _draft(node, replace(segment, text=text), node.marker.number, part)
            self.read.drafts.append(replace(draft, path=inner, markers=markers))

    def _points(self, node: Node, path: tuple[str, ...], markers: tuple[str, ...], points: Sequence[Subpoint]) -> None:
        """Points inside the paragraph are tasks below its title, numbered below its number: 3.①, 3.②."""
        assert node.marker is not None
        title, rest = part_title(points[0].before)
        inner = (*path, f"{node.marker.printed}{title}") if title else path
        for part, point in enumerate(points, 1):
            segment = replace(point.segment, text=rest + point.segment.text) if part == 1 else point.segment
            number = join_number(node.marker.number, point.printed)
            self.read.drafts.append(replace(_draft(node, segment, number, part), path=inner, markers=markers))

    def _without_units(self, node: Node, path: tuple[str, ...], markers: tuple[str, ...]) -> None:
        assert node.marker is not None
        measure = _measure(node, path, markers)
        above = "".join(path)
        if GOALS.search(above) or (GOALS.search(node_heading(node)[:14]) and AMOUNT.search(measure.content)):
            self.read.goals.append(measure)
        elif (
            not self.has_tasks
            and (path or self.flat)
            and (node.place.row, node.place.column) > self.notice_until
            and not PREAMBLE.search(above)
        ):
            self.read.unassigned.append(measure)
        else:
            self.read.left_out.append(Line(f"{node.marker.printed}{measure.content}", node.place))

    def _unassigned(self, node: Node, path: tuple[str, ...], markers: tuple[str, ...]) -> None:
        if (node.place.row, node.place.column) <= self.notice_until:
            return
        measure = _measure(node, path, markers)
        self.read.unassigned.append(measure)
        values = {"content": measure.content[:30]}
        self.read.findings.append(Finding(kinds.UNASSIGNED, node.place, task=measure.number, values=values))


def _draft(node: Node, segment: Segment, number: str, part: int) -> Draft:
    """One task of a numbered paragraph, before it has its path."""
    clause = segment.clause
    return Draft(
        printed=number,
        markers=(),
        path=(),
        content=flow(segment.text).rstrip("，,；;").lstrip("—–；;，,。 ").strip(),
        lead=clause.lead,
        support=clause.support,
        deadline=clause.deadline,
        place=node.place,
        rules=clause.rules,
        unread=clause.unread,
        remarks=clause.remarks,
        twice=clause.twice,
        open_ended=clause.open_ended,
        part=part,
        inherited=segment.inherited,
    )


def _is_preamble(node: Node, path: tuple[str, ...]) -> bool:
    if not path and NOTICE.search("".join(own_words(node))[:160]):
        return True
    if IN_FORCE.search(node.text[:60]):
        return True
    if PREAMBLE.search(node_heading(node)[:14]) or UPKEEP.search(node_heading(node)[:14]):
        return True
    return GOALS.search("".join(path)) is not None or any(UPKEEP.search(heading[:14]) for heading in path)


def _measure(node: Node, path: tuple[str, ...], markers: tuple[str, ...]) -> Measure:
    number = "".join([*markers, node.marker.number if node.marker else ""])
    return Measure(number, path, flow("\v".join(own_words(node))), node.place)


def _merge_title(segments: list[Segment]) -> list[Segment]:
    """（一）标题（牵头单位：甲） over a paragraph with its own units: the title has no task of its own."""
    if len(segments) > 1 and is_title(segments[0].text) and not segments[0].text.endswith("。"):
        second = segments[1]
        merged = replace(second, text=f"{segments[0].text}\v{second.text}", titled=True)
        return [merged, *segments[2:]]
    return segments
