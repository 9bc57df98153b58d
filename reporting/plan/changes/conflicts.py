"""One thing as three plans have it: who alone changed a field has it, and where both did a finding asks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from reporting.language.likeness import changed_passages
from reporting.model import Place
from reporting.model.findings import Finding, Kind, Severity
from reporting.plan.changes.fields import PlanField, evened, field_value, words_of

IMPORT_CONFLICT = Kind(
    "import_conflict",
    Severity.CONFIRM,
    "{what}的“{heading}”，原表已改为“{found}”，新方案为“{expected}”。",
    "现保留原表的写法，请核对取舍，改好或者删去本批注即可。",
)
IMPORT_DELETED = Kind(
    "import_deleted",
    Severity.CONFIRM,
    "{what}已从原表中删去，新方案对它有改动：{expected}。",
    "现仍不列入；需要的，请补上。",
)
IMPORT_WITHDRAWN = Kind(
    "import_withdrawn",
    Severity.CONFIRM,
    "新方案已没有{what}，而原表对它有修改：{found}。",
    "现仍保留，请核对是否删去。",
)
IMPORT_NUMBER_TAKEN = Kind(
    "import_number_taken",
    Severity.CONFIRM,
    "原表中的一项任务与新方案中的另一项任务编号相同，都是“{found}”。",
    "请改成不同的编号。",
)

KINDS = (IMPORT_CONFLICT, IMPORT_DELETED, IMPORT_WITHDRAWN, IMPORT_NUMBER_TAKEN)
"""Every kind of finding of this module."""

_LONGEST = 80


@dataclass(slots=True)
class Merging:
    """What happened, as it is counted and told in the end."""

    kept: int = 0
    taken: int = 0
    findings: list[Finding] = field(default_factory=list)
    undecided: dict[tuple[str, str], Finding] = field(default_factory=dict)
    """What earlier imports asked and the coordinator has not answered, by what it is about and heading."""

    def repeat(self, three: Three, heading: str = "") -> bool:
        """Ask once more what is still open."""
        earlier = self.undecided.get((three.before or three.what, heading))
        if earlier is not None:
            values = dict(earlier.values) | {"target": three.target}
            if heading:
                values["what"] = three.what
            again = replace(earlier, place=three.place, task=three.task, unit=three.unit, values=values)
            self.findings.append(again)
        return earlier is not None


def asked_about(finding: Finding) -> tuple[str, str]:
    """What a finding of a merge is about, by the numbers of the plan it was said of, and its heading."""
    heading = finding.values.get("heading", "")
    whole_task = finding.task and not heading and not finding.values.get("target")
    return f"任务{finding.task}" if whole_task else finding.values.get("what", ""), heading


@dataclass(frozen=True, slots=True)
class Three:
    """One thing as the three plans have it, and what to call it; ``base`` is None if both sides added it."""

    what: str
    base: object | None
    mine: object
    theirs: object
    place: Place = Place()
    task: str = ""
    unit: str = ""
    target: str = ""
    before: str = ""
    """What it was called in the edited plan, when that is something else."""


def merge_fields(three: Three, fields: Iterable[PlanField], account: Merging) -> dict[str, Any]:
    """The value of every field, with what happened to it booked."""
    return {each.name: _merge_field(three, each, account) for each in fields}


def _merge_field(three: Three, which: PlanField, account: Merging) -> Any:
    mine, theirs = field_value(three.mine, which), field_value(three.theirs, which)
    if three.base is None:  # both sides added it
        if _blank(mine) or _blank(theirs):
            return theirs if _blank(mine) else mine
    else:
        base = field_value(three.base, which)
        edited, corrected = evened(mine) != evened(base), evened(theirs) != evened(base)
        if theirs == base or (edited and not corrected):
            repeated = edited and account.repeat(three, which.heading)
            account.kept += edited and not repeated
            return mine
        if not edited:
            account.taken += corrected
            return theirs
    if evened(mine) != evened(theirs):
        account.findings.append(_conflict(three, which))
    return mine


def _blank(value: object) -> bool:
    return not evened(value)


def _conflict(three: Three, which: PlanField) -> Finding:
    values = {
        "what": three.what,
        "heading": which.heading,
        "found": _against(three.base, three.mine, which),
        "expected": _against(three.base, three.theirs, which),
        "field": "target" if three.target else which.column,
        "target": three.target,
    }
    return Finding(IMPORT_CONFLICT, three.place, unit=three.unit, task=three.task, values=values)


def _against(base: object | None, thing: object, which: PlanField) -> str:
    """What one side says; of a long text only what it made otherwise."""
    words = words_of(thing, which)
    if base is None or len(words) <= _LONGEST:
        return words
    return shortened("；".join(changed_passages(words_of(base, which), words)))


def shortened(text: str) -> str:
    """The beginning of a long text."""
    return text if len(text) <= 2 * _LONGEST else f"{text[: 2 * _LONGEST]}…"


def differing(one: object, other: object, fields: Iterable[PlanField]) -> list[str]:
    """The headings of the fields in which two records differ."""
    return [each.heading for each in fields if evened(field_value(one, each)) != evened(field_value(other, each))]
