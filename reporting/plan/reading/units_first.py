"""Units that stand before what they have to do: （一）市教育局：负责…; 市教育局牵头制定…; 由市教育局牵头，….

A single such line may be an address or a gloss, so a document, or the points of one heading, must do it twice
or more.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from reporting.language.units import rank_of, read_units
from reporting.language.units.places import PLACES
from reporting.plan.notations import Field
from reporting.plan.reading.predicates import parts_of
from reporting.plan.reading.segments import ClauseReader, Segment
from reporting.plan.reading.tree import Node, own_words
from reporting.plan.reading.unit_clauses import SCOPE, UnitClause, rank_roles
from reporting.plan.reading.unit_lines import UNIT_LABEL, is_sure_unit, part_units, unit_before_verb

AS_LABEL = "units before the task"
AS_SUBJECT = "units as subject of the sentence"


def read_units_first(nodes: Iterable[Node], reader: ClauseReader) -> None:
    """Give the points whose label or subject is a unit their units, where the document does so more than once."""
    marked = [node for node in nodes if node.marker is not None]
    labelled = [(node, parted) for node in marked if (parted := _parted(node))]
    kinds_labelled = {node.marker.kind.name for node, _ in labelled if node.marker}
    labelled += [
        (node, parted)
        for node in marked
        if node.marker
        and node.marker.kind.name in kinds_labelled
        and not node.has_units
        and not node.children
        and (parted := unit_before_verb(node.text))
    ]
    if len(labelled) > 1:
        for node, (names, rest) in labelled:
            node.clauses = _with_lead(reader.segments([rest, *(body.text for body in node.bodies)]), names) or [
                Segment(
                    "\v".join([rest, *(body.text for body in node.bodies)]),
                    UnitClause(lead=names, firm=True, said=True, rules=(AS_LABEL,)),
                )
            ]


def _parted(node: Node) -> tuple[tuple[str, ...], str] | None:
    if node.marker is None or node.marker.kind != UNIT_LABEL:
        return part_units(node.text)
    return part_units(node.text, among_others=True) or unit_before_verb(node.text)


def _with_lead(segments: Sequence[Segment], names: Sequence[str]) -> list[Segment]:
    """The segments with the units of the label in the lead, before those their own clauses name."""
    led: list[Segment] = []
    for segment in segments:
        lead = tuple(dict.fromkeys([*names, *segment.clause.lead]))
        support = tuple(name for name in segment.clause.support if name not in lead)
        clause = replace(segment.clause, lead=lead, support=support, rules=(*segment.clause.rules, AS_LABEL))
        led.append(replace(segment, clause=clause))
    return led


SUBJECT = re.compile(r"(?P<units>[^：:。；;！？“”《》()（）]{2,80}?(?:牵头|负责|会同|承担|主办))(?!的|人|制)")
"""市教育局负责…, 由市教育局牵头，…."""


def read_subjects(lists: Iterable[Sequence[Node]]) -> None:
    """Points that name no units otherwise, most of which say who does it: 由市公安局牵头，….

    ``lists`` are the points below each heading. Where those of one list do so, those of the others may.
    """
    told = [(points, [(point, clause) for point in points if (clause := _told_by(point))]) for points in lists]
    own = {id(points) for points, found in told if _tells(points, found)}
    kinds_told = {
        point.marker.kind.name for points in told if id(points[0]) in own for point in points[0] if point.marker
    }
    for points, found in told:
        if id(points) not in own and any(point.has_units for point in points):
            for point, clause in found:
                if not point.has_units and _is_said_outright(point, clause):
                    point.clauses = [Segment("\v".join(own_words(point)), clause)]
            continue
        for point, clause in found:
            alike = point.marker and point.marker.kind.name in kinds_told
            if id(points) in own or (alike and not clause.lead[0].startswith("各")):
                point.clauses = [Segment("\v".join(own_words(point)), clause)]


def _told_by(point: Node) -> UnitClause | None:
    """Who does a point by its sentences, where no bracket and no label says it."""
    if point.marker is None or point.children or not all(map(_is_loose, point.clauses)):
        return None
    return _subject_clause("；".join(own_words(point)))


OUTRIGHT = re.compile(r"(?:^|[，。；,;])由[^，。；,;]{3,40}(?:牵头|负责|主办)")
"""，由市住建局牵头: what no sentence says in passing."""


def _is_said_outright(point: Node, clause: UnitClause) -> bool:
    """Whether a point among others with units in brackets says in so many words who does it."""
    told = OUTRIGHT.search("；".join(own_words(point))[:1500]) is not None
    return told and all(rank_of(name) or name.startswith("各") for name in clause.lead)


def _is_loose(segment: Segment) -> bool:
    """Whether what seems to name units may be a sentence like others: 各单位做好落实，年底前完成治理."""
    everybody = all(name.startswith(("各", "有关", "相关")) for name in segment.clause.lead)
    return not segment.in_brackets and (segment.clause.guessed or everybody)


def _tells(points: Sequence[Node], found: Sequence[tuple[Node, UnitClause]]) -> bool:
    """Whether two thirds of the points of a list, and no fewer than two, say who does them by their sentences."""
    told = {id(point) for point, _ in found}
    others = any(point.has_units and id(point) not in told for point in points)
    return len(found) > 1 and len(found) * 3 >= 2 * len(points) and not others


IN_FORCE = re.compile(r"自.{1,14}起(?:施行|实施|执行)|由.{2,30}负责解释")
"""A closing article: 本措施自发布之日起施行."""


def _subject_clause(text: str) -> UnitClause | None:
    """What the sentences of a text say of who does it."""
    by_role: dict[Field, list[str]] = {}
    for sentence in re.split(r"[。；;]", text[:1500]):
        at = sentence.find("由", 1)
        told = _of_subject(sentence) or (_of_subject(sentence[at:]) if at > 0 else [])
        for role, names in told:
            if by_role and all(name.startswith("各") for _, found in told for name in found):
                continue  # 各单位做好落实, after a sentence that says who does it
            by_role.setdefault(role, []).extend(names)
    if not by_role or IN_FORCE.search(text[:60]):
        return None
    lead, support = rank_roles(by_role)
    return UnitClause(lead=lead, support=support, firm=True, said=True, rules=(AS_SUBJECT,)) if lead else None


def _is_placed(words: str) -> bool:
    """Whether names say whose offices they are, so that what follows is a deed: 江苏公司「做好安全审查」."""
    names = read_units(words).names
    return bool(names) and all(rank_of(name) or name.startswith(("各", *PLACES)) for name in names)


def _of_subject(sentence: str) -> list[tuple[Field, tuple[str, ...]]]:
    """The roles and units a sentence begins with: 市工商局负责，市商务局配合，严格…."""
    found: list[tuple[Field, tuple[str, ...]]] = []
    for chunk in re.split(r"[，,]", sentence)[:8]:
        words = SCOPE.sub("", chunk).removeprefix("由")
        match = SUBJECT.match(words)
        told = parts_of(words) if len(words) <= 120 else []
        guessed = all(part.guessed for part in told)
        told = [] if guessed and any(part.deed and not _is_placed(part.words) for part in told) else told
        if not told or any(part.role is None for part in told):
            told = parts_of(match.group("units")) if match else []
        named = [(part.role, read_units(part.words).names) for part in told]
        if not named or not all(role and names and all(map(is_sure_unit, names)) for role, names in named):
            break
        found.extend((role, names) for role, names in named if role)
    return found
