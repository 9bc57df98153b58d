"""Which rules hurt most: how often each spoke, in how many units; so an unclear instruction is seen."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reporting.ledger import BookedFinding
from reporting.model.findings import SEVERITY_NAMES, Finding, Severity, without_asides

_PLACEHOLDER = re.compile(r"“?\{\w+\}”?")
"""A value still to be filled into a rule's sentence, with its quotation marks."""

_MOST_HEADINGS = 3


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How often one rule found something (规则统计)."""

    code: str
    severity: Severity
    says: str
    findings: int
    units: int
    """In how many units; a file whose unit is not known is somebody's all the same."""
    unknown: int = 0
    """How many of them are such files."""

    @property
    def words(self) -> str:
        """One line for people: 完成状态…不在规定的选项中，3 处，2 个单位."""
        whose = "个文件" if self.unknown == self.units else "个单位（含单位不明的文件）" if self.unknown else "个单位"
        return f"{self.says}（{SEVERITY_NAMES[self.severity]}，{self.findings} 处，{self.units} {whose}）"

    def as_json(self) -> dict[str, Any]:
        """The stable form for machines."""
        return {
            "code": self.code,
            "severity": str(self.severity),
            "says": self.says,
            "findings": self.findings,
            "units": self.units,
        }


def without_values(says: str, heading: str = "") -> str:
    """A rule's sentence with … where its values stand; the heading stays where it is known."""
    says = without_asides(says)
    return _PLACEHOLDER.sub("…", says.replace("{heading}", heading) if heading else says).rstrip("。")


def tally_book(
    findings: Mapping[int, Sequence[BookedFinding]], units: Mapping[int, str], says: Mapping[str, str]
) -> tuple[RuleCount, ...]:
    """The same from the book: findings by receipt, whose file it was, and the rules' words by code.

    What has no unit in ``units`` is not counted.
    """
    whose: dict[tuple[str, Severity], list[str]] = {}
    for receipt, own in findings.items():
        for each in own if receipt in units else ():
            whose.setdefault((each.code, each.severity), []).append(units[receipt])
    return _in_order(
        RuleCount(code, severity, says.get(code, code), len(named), len(set(named)))
        for (code, severity), named in whose.items()
    )


def tally(findings: Iterable[Finding]) -> tuple[RuleCount, ...]:
    """Count findings and units by rule and severity: errors first, then the most frequent.

    The words name the headings that the rule met, the most frequent first.
    """
    alike: dict[tuple[str, Severity], list[Finding]] = {}
    for finding in findings:
        alike.setdefault((finding.kind.code, finding.kind.severity), []).append(finding)
    return _in_order(map(_count, alike.values()))


def _count(alike: Sequence[Finding]) -> RuleCount:
    kind = alike[0].kind
    headings = Counter(each.values.get("heading", "") for each in alike)
    units = {each.unit or each.place.file for each in alike}
    unknown = {each.place.file for each in alike if not each.unit}
    says = without_values(kind.says, _listed(headings))
    return RuleCount(kind.code, kind.severity, says, len(alike), len(units), len(unknown))


def _listed(headings: Counter[str]) -> str:
    """The headings in one phrase; a count beside only the first of them would be wrong."""
    named = [heading for heading, _ in headings.most_common() if heading]
    return "、".join(named[:_MOST_HEADINGS]) + ("等" if len(named) > _MOST_HEADINGS else "")


def _in_order(counts: Iterable[RuleCount]) -> tuple[RuleCount, ...]:
    levels = list(Severity)
    return tuple(sorted(counts, key=lambda each: (levels.index(each.severity), -each.findings, -each.units, each.code)))
