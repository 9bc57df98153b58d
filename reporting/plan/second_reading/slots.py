"""Passages that name offices for a task, each name with what its office does; and the labels that say so."""

import re
from dataclasses import dataclass, field
from enum import Enum

from reporting.plan.second_reading.words import (
    COORDINATES,
    DUTIES,
    IDLE,
    LEADS,
    NUMBERED,
    OFFICE_LABEL,
    OTHER_LABEL,
    PERSON_LABEL,
    SUPPORTS,
    TIME_LABEL,
    WATCHING,
)


class Duty(Enum):
    """What a label or a deed makes of those it speaks of; ``NONE``: nothing that a plan holds.

    ``COORDINATION`` leads unless another leads; a slot that was read holds it no more.
    """

    LEAD = "lead"
    COORDINATION = "coordination"
    DUTY = "duty"
    SUPPORT = "support"
    TIME = "time"
    NONE = "none"


OFFICES = (Duty.LEAD, Duty.DUTY, Duty.SUPPORT)


class Shape(Enum):
    """What kind of passage a slot is."""

    BRACKET = "bracket"
    LABELLED = "labelled"
    SENTENCE = "sentence"
    CELL = "cell"
    COLUMN = "column"
    HEAD = "head"


@dataclass(slots=True)
class NameSlot:
    """A passage that names offices: each name with what it does, None where nothing says it."""

    line: int
    at: int
    shape: Shape
    names: list[tuple[str, Duty | None]] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)
    listed: set[str] = field(default_factory=set)
    """Words that stand between two marks as names do, and look like none: 大众燃气."""
    times: list[str] = field(default_factory=list)
    said: bool = False
    """Whether a label or a deed says what the offices do."""
    closing: str = ""
    """The last sign of its line: a colon behind those whom a letter addresses."""


_MISREAD = re.compile(r"[\u4e00-\u9fff]{0,2}[牵头责任配合参与协办主负承][\u4e00-\u9fff]?(?:单位|部门)")
"""A label with a character that was read wrongly: 奉头单位."""

_AND_PERSON = re.compile(r"(?<=单位|部门|科室|处室)[及和](?:主要|具体)?(?:责任人|负责人|联系人|领导)$")
"""牵头单位「及责任人」: what stands behind an office is a person."""


def label_part(words: str) -> Duty | None:
    """What a label announces; None for words that are no label."""
    label = _AND_PERSON.sub("", NUMBERED.sub("", words.strip("\n。—*★●◆■·"), count=1))
    if not 1 < len(label) <= 18:
        return None
    if PERSON_LABEL.search(label):
        return Duty.NONE
    if TIME_LABEL.search(label):
        return Duty.TIME
    if OFFICE_LABEL.fullmatch(label):
        return Duty.NONE if WATCHING.search(label) else _part_of_label(label)
    if _MISREAD.fullmatch(label):
        return Duty.DUTY
    return Duty.NONE if OTHER_LABEL.search(label) else None


def _part_of_label(label: str) -> Duty:
    if LEADS.search(label):
        return Duty.LEAD
    return Duty.SUPPORT if SUPPORTS.search(label) else Duty.DUTY


def deed_part(deed: str) -> Duty | None:
    """What those do who are named before a deed; None for words that say nothing."""
    if LEADS.search(deed):
        return Duty.LEAD
    if COORDINATES.search(deed):
        return Duty.COORDINATION
    if SUPPORTS.search(deed) and not DUTIES.search(deed):
        return Duty.SUPPORT
    return None if IDLE.fullmatch(deed) else Duty.DUTY
