"""Numbered paragraphs → the tree of headings and tasks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from reporting.findings import Finding
from reporting.model import Line, Measure
from reporting.notations import Notation
from reporting.reading.draft import Draft


@dataclass(slots=True)
class OutlineRead:
    """What the numbered paragraphs of a document gave."""

    drafts: list[Draft] = field(default_factory=list)
    goals: list[Measure] = field(default_factory=list)
    unassigned: list[Measure] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    left_out: list[Line] = field(default_factory=list)


def read_outline(lines: Sequence[Line], notation: Notation, *, first_leads: bool) -> OutlineRead:
    return OutlineRead()
