"""Units that stand before what they have to do: （一）市教育局：负责…; 市教育局牵头制定…; 由市教育局牵头，….

A single such line may be an address or a gloss, so a document, or the points of one heading, must do it twice
or more.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from reporting.language.units import read_units
from reporting.plan.notations import Field
from reporting.plan.reading.predicates import parts_of
from reporting.plan.reading.segments import ClauseReader, Segment
from reporting.plan.reading.tree import Node, own_words
from reporting.plan.reading.unit_clauses import UnitClause, rank_roles
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


def read_subjects(points: Sequence[Node]) -> None:
    """Points that name no units otherwise, most of which say who does it: 由市公安局牵头，…."""
    found = [
        (point, clause)
        for point in points
        if point.marker and not point.has_units and not point.children
        if (clause := _subject_clause("；".join(own_words(point))))
    ]
    if len(found) < 2 or len(found) * 3 < 2 * len(points) or any(point.has_units for point in points):
        return
    for point, clause in found:
        point.clauses = [Segment("\v".join(own_words(point)), clause)]


def _subject_clause(text: str) -> UnitClause | None:
    """What the sentences of a text say of who does it."""
    by_role: dict[Field, list[str]] = {}
    for sentence in re.split(r"[。；;]", text[:1500]):
        at = sentence.find("由", 1)
        for role, names in _of_subject(sentence) or (_of_subject(sentence[at:]) if at > 0 else []):
            by_role.setdefault(role, []).extend(names)
    if not by_role:
        return None
    lead, support = rank_roles(by_role)
    return UnitClause(lead=lead, support=support, firm=True, said=True, rules=(AS_SUBJECT,)) if lead else None


def _of_subject(sentence: str) -> list[tuple[Field, tuple[str, ...]]]:
    """The roles and units a sentence begins with: 市工商局负责，市商务局配合，严格…."""
    found: list[tuple[Field, tuple[str, ...]]] = []
    for chunk in re.split(r"[，,]", sentence)[:8]:
        words = chunk.removeprefix("由")
        match = SUBJECT.match(words)
        told = parts_of(words) if len(words) <= 120 else []
        if not told or any(part.role is None for part in told):
            told = parts_of(match.group("units")) if match else []
        named = [(part.role, read_units(part.words).names) for part in told]
        if not named or not all(role and names and all(map(is_sure_unit, names)) for role, names in named):
            break
        found.extend((role, names) for role, names in named if role)
    return found
