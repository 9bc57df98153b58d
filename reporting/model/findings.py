"""A finding is data: what is wrong, where, and what to do. Wording lives in its Kind, never in the caller."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from reporting.model import Place


class Severity(StrEnum):
    """How much a finding weighs (级别)."""

    ERROR = "error"
    """强制: the return, or the plan, cannot be used before it is put right."""
    CONFIRM = "confirm"
    """核实: accepted once the department explains it or the office waives it."""
    NOTE = "note"
    """提示: for information."""


_ASIDES = ("{more}", "{how}")
"""Values that a sentence mostly goes without: they add a half-sentence where a case has more to say."""


def without_asides(sentence: str) -> str:
    """A sentence of a kind as it is in most cases."""
    for each in _ASIDES:
        sentence = sentence.replace(each, "")
    return sentence


SEVERITY_NAMES = {Severity.ERROR: "错误", Severity.CONFIRM: "核实", Severity.NOTE: "提示"}


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of finding. ``says`` and ``remedy`` are Chinese sentences with ``{names}`` for the values.

    ``office`` is a sentence more for the office alone, where a finding is about two units: neither is shown
    what the other wrote. ``asks_office`` is a question only the office can answer: nothing of it goes out.
    """

    code: str
    severity: Severity
    says: str
    remedy: str = ""
    office: str = ""
    asks_office: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong or worth knowing, at its place.

    ``values`` fills the sentences; ``found`` and ``expected`` among them go into the machine-readable output.
    """

    kind: Kind
    place: Place = Place()
    unit: str = ""
    task: str = ""
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """What is wrong, as a Chinese sentence."""
        return self.kind.says.format_map(self.values)

    @property
    def remedy(self) -> str:
        """What to do about it, as a Chinese sentence."""
        return self.kind.remedy.format_map(self.values)

    @property
    def told_office(self) -> str:
        """What is wrong, with what the office alone is told."""
        return self.message + self.kind.office.format_map(self.values)

    @property
    def is_error(self) -> bool:
        """Whether it stops the return or the plan."""
        return self.kind.severity is Severity.ERROR

    def as_json(self) -> dict[str, str]:
        """The finding as ``collect --json`` writes it."""
        return {
            "code": self.kind.code,
            "severity": str(self.kind.severity),
            "unit": self.unit,
            "file": self.place.file,
            "sheet": self.place.part,
            "cell": self.place.cell,
            "task": self.task,
            "message": self.told_office,
            "remedy": self.remedy,
            "found": self.values.get("found", ""),
            "expected": self.values.get("expected", ""),
        }


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command did: the files it wrote, what it found, and lines worth telling."""

    written: tuple[Path, ...] = ()
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def has_errors(self) -> bool:
        """Whether something that people sent is wrong."""
        return any(finding.is_error for finding in self.findings)


class DubanError(Exception):
    """The command could not do its work; the text is a Chinese sentence for the coordinator."""


SHOWN_ALIKE = 3
"""So many findings of one kind are told in full before the rest is folded."""


def fold_like(findings: Iterable[Finding], shown: int = SHOWN_ALIKE) -> list[tuple[Finding, tuple[Finding, ...]]]:
    """Findings for people: of many of one kind in a file the first few, and with the last of these the rest.

    One more than is shown is shown too, since naming it takes as long.
    """
    alike: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        alike.setdefault((finding.kind.code, finding.place.file), []).append(finding)
    told: list[tuple[Finding, tuple[Finding, ...]]] = []
    for group in alike.values():
        kept = group if len(group) <= shown + 1 else group[:shown]
        told.extend((finding, ()) for finding in kept[:-1])
        told.append((kept[-1], tuple(group[len(kept) :])))
    return told
