"""Units named in headings: 一、市教育局 over its points, 二、饮水安全（牵头单位：市水务局）.

A heading that names units gives them to the points below it that name none.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from reporting.model import Line
from reporting.plan.notations import Field, Labels
from reporting.plan.reading.markers import Marker, MarkerKind
from reporting.plan.reading.segments import ClauseReader, Segment, is_title
from reporting.plan.reading.tree import Node, own_words, walk_tree
from reporting.plan.reading.unit_clauses import UnitClause
from reporting.plan.reading.unit_lines import units_of_heading

FROM_HEADING = "units of the heading above"


def share_headings(nodes: Sequence[Node]) -> None:
    """Where a plan is arranged by units (一、市教育局 over its tasks) each heading leads its points."""
    for rank in {node.rank for node in nodes if node.children and node.marker}:
        heads = [node for node in nodes if node.rank == rank and node.children and node.marker]
        units = [units_of_heading(node.text) for node in heads]
        named = sum(map(bool, units))
        said = any(unit and LED_BY.search(node.text) for node, unit in zip(heads, units, strict=True))
        if named < (1 if said else 2) or 3 * named < 2 * len(heads) or any(names_units(node) for node in heads):
            continue
        for node, unit in zip(heads, units, strict=True):
            if not unit:
                continue
            clause = UnitClause(lead=unit, firm=True, said=True, rules=(FROM_HEADING,))
            for point in walk_tree(node):
                if point is not node and not point.children:
                    point.clauses = [Segment("\v".join(own_words(point)), clause)]


LED_BY = re.compile(r"(?:牵头|主办|承办|负责|承担)(?:落实|办理|的)?(?:工作|任务|事项|项目)")
"""A heading that says that its unit does what stands below it: 一、市教育局牵头工作."""


def names_units(node: Node) -> bool:
    """Whether a node or one below it names units."""
    return node.has_units or any(names_units(child) for child in node.children)


def titles_units(node: Node) -> bool:
    """Whether all a node says beside its units is a title; a chapter may have a paragraph of its own below it."""
    if all(is_title(segment.text) for segment in node.clauses):
        return True
    title, _, _ = node.clauses[0].text.partition("\v")
    headed = len(node.clauses) == 1 and node.bodies and is_title(title) and len(title) < len(node.text)
    return bool(headed) and 0 < node.rank <= CHAPTER


CHAPTER = 4
"""Headings numbered 一、 stand above whatever has a number."""


def share_backwards(points: Sequence[Node]) -> None:
    """Give the points of a list that name no units those of a later one that speaks for all above it."""
    above: list[Node] = []
    for point in points:
        clause = point.clauses[-1].clause if point.clauses else None
        if clause and clause.of_all:
            for other in above:
                if not names_units(other):
                    other.clauses = [Segment("\v".join(own_words(other)), clause)]
            above = []
        else:
            if clause:
                _share_with_open_points(above, point.clauses[0].clause)
            above.append(point)


FROM_BELOW = "units of the point below"


def _share_with_open_points(above: Sequence[Node], clause: UnitClause) -> None:
    """4.…；5.…。责任单位：…: a point that ends with a semicolon among points with units goes on in the next.

    Where no point before has units of its own, the whole list is one task, which is not decided here.
    """
    if not any(names_units(point) for point in above):
        return
    for point in reversed(above):
        words = own_words(point)
        if names_units(point) or point.children or not words[-1].endswith(("；", ";")):
            break
        shared = replace(clause, rules=(*clause.rules, FROM_BELOW))
        point.clauses = [Segment("\v".join(words), shared, inherited=True)]


def fold_fields(nodes: Sequence[Node], labels: Labels) -> None:
    """（一）措施…（二）责任单位：市水务局: points that are fields make one task of what stands above."""
    for node in nodes:
        fields = [child for child in node.children if child.marker and _is_field(child, labels)]
        if node.marker is None or not fields or len(fields) == len(node.children) > 1:
            continue
        fields = [child for child in node.children if child in fields or _is_beside(child, labels)]
        node.children = [child for child in node.children if child not in fields]
        node.fielded = True
        for child in sorted(fields, key=lambda child: _is_beside(child, labels)):
            node.bodies.extend(_field_lines(child, labels))
        if len(node.children) == 1 and (match := CONTENT_LABEL.match(node.children[0].text)):
            node.children[0] = replace(node.children[0], marker=UNMARKED, text=node.children[0].text[match.end() :])


CONTENT_LABEL = re.compile(
    r"(?:项目|工作|改革|建设|实施|整治|主要|具体)?(?:内容|任务|措施|举措)(?:(?:及|和|与)[^：:]{1,6})?[：:]"
)
"""How the field begins that tells what is to be done: 项目内容及任务分解：…."""

UNMARKED = Marker(MarkerKind("field", 19, re.compile(r"(?!)"), ""), "", "")
"""What stands for the number of such a field, which no task is known by."""


def _is_beside(node: Node, labels: Labels) -> bool:
    """Whether a point only tells what stands beside the units: （一）责任领导：某某."""
    named = labels.pattern.match(node.text)
    return named is not None and not node.children and labels.field(named.group(1)) is Field.OTHER


def _is_field(node: Node, labels: Labels) -> bool:
    named = labels.pattern.match(node.text) or labels.pattern.match(f"{node.text}：")
    if node.children or named is None or (named.end() > len(node.text) and not node.bodies):
        return False
    return labels.field(named.group(1)) not in (None, Field.OTHER)


def _field_lines(node: Node, labels: Labels) -> list[Line]:
    if labels.pattern.match(node.text):
        return [Line(node.text, node.place), *node.bodies]
    first, *rest = node.bodies
    if labels.pattern.match(first.text):
        return [first, *rest]
    return [replace(first, text=f"{node.text}：{first.text}"), *rest]


def heads_points(node: Node) -> bool:
    """Whether the units of a node are meant for the points below: 二、饮水安全（牵头单位：市水务局）."""
    points = [child for child in node.children if child.rank < LOWEST_POINT]
    if not points or node.fielded or not node.has_units or node.rank > HIGHEST:
        return False
    return titles_units(node)


HIGHEST = 5
"""Headings numbered 一、 or （一） stand above tasks."""


LOWEST_POINT = 7
"""Points numbered （1） or ① are parts of one task; those numbered （一） or 1. are tasks."""


def share_units(child: Node, above: UnitClause, reader: ClauseReader) -> None:
    """Give a point the units of the heading above, as far as it names none itself."""
    rules = (*above.rules, FROM_HEADING)
    if not names_units(child):
        segment = reader.deadline_alone(own_words(child))
        clause = replace(above, rules=rules, deadline=segment.clause.deadline if segment else above.deadline)
        text = segment.text if segment else "\v".join(own_words(child))
        child.clauses = [Segment(text, clause, inherited=True)]
    elif len(child.clauses) == 1 and not child.clauses[0].clause.lead:
        segment = child.clauses[0]
        support = tuple(name for name in segment.clause.support if name not in above.lead)
        own = (*segment.clause.rules, FROM_HEADING)
        clause = replace(segment.clause, lead=above.lead, support=support, rules=own)
        child.clauses = [replace(segment, clause=clause, inherited=True)]
