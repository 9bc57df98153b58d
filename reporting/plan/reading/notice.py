"""The covering notice above a plan: its points are no measures, and tasks below it are not below them."""

import re
from bisect import bisect_left
from dataclasses import replace

from reporting.model import Place
from reporting.plan.reading.paragraphs import CLOSING_DATE
from reporting.plan.reading.segments import is_title
from reporting.plan.reading.tree import Node, repeats_title, walk_tree

WHAT_TO_DO = re.compile(r"督[导查促]|考核|高度重视|思想认识|压实|组织领导|责任|统筹|协调")
"""What the points of a covering notice ask for: 三、加强督查."""


def part_notice(root: Node) -> None:
    """Tasks right below the last point of a covering notice (三、加强督查。各单位要……) are not below it."""
    *others, last = root.children or [Node(None, "", Place())]
    points = [*others, last]
    sentences = all(not is_title(node.text) and WHAT_TO_DO.search(node.text[:16]) for node in points)
    if others and sentences and last.children and not any(node.children or node.has_units for node in others):
        root.children = [*others, replace(last, children=[]), *last.children]


def end_of_notice(root: Node) -> tuple[int, int]:
    """Line and column of what closes the covering notice, its date or the plan's own title below it."""
    nodes = [node for node in walk_tree(root) if node.marker is not None]
    first = next((_at(node.place) for node in nodes if node.has_units), None)
    places = sorted(_at(node.place) for node in nodes)
    rows = (
        _at(body.place) for body in root.bodies if CLOSING_DATE.match(body.text) or repeats_title(body, root.bodies)
    )
    ends = (0, 0)
    for row in rows:
        if 2 * bisect_left(places, row) < len(nodes) and (first is None or row < first):
            ends = max(ends, row)
    return ends


def _at(place: Place) -> tuple[int, int]:
    """Where something stands: a page may be one long line, so the line alone does not say."""
    return place.row, place.column
