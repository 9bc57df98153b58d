"""One unit in the book: every version it sent, and what each says otherwise than the one before.

What a newer version of the same run replaced, or what became part of another, has its words in the archive
alone: they are read from there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from reporting.files.sniffing import sniff
from reporting.ledger import Version, return_to_content
from reporting.model import Decision, UnitLine, Verdict
from reporting.office.inbox import read_original
from reporting.office.workspace import Workspace
from reporting.plan.share_out import Recipient
from reporting.returns.changes import ReturnDiff, compare_returns
from reporting.year.decided import recipient_named
from reporting.year.decisions import decision_as_json
from reporting.year.open import open_year


@dataclass(frozen=True, slots=True)
class History:
    """One unit in the book (来件情况); ``merged`` are numbers of versions that became part of another."""

    line: UnitLine
    versions: tuple[Version, ...]
    merged: frozenset[int]
    changes: tuple[ReturnDiff, ...]
    decisions: tuple[Decision, ...]

    def as_json(self) -> dict[str, Any]:
        """The stable form for machines."""
        return {
            "unit": self.line.unit,
            "state": str(self.line.state),
            "versions": [
                {
                    "version": each.version,
                    "file": each.file,
                    "received": each.received.isoformat(timespec="seconds"),
                    "verdict": each.verdict,
                    "merged": each.version in self.merged,
                }
                for each in self.versions
            ],
            "changes": [each.as_json() for each in self.changes],
            "decisions": [decision_as_json(each, in_force=True) for each in self.decisions],
        }


def history(workspace: Workspace, unit: str, now: datetime) -> History:
    """What one unit sent, version by version; raises ``DubanError`` for a name that was issued nothing."""
    with open_year(workspace, now) as year:
        issued, name = year.issued, recipient_named(unit, year)
        line = next(each for each in year.lines if each.unit == name)
        versions = year.ledger.versions(issued.year, name, replaced=True)
        said = [
            words["message"]
            for each in year.standings
            if each.unit == name
            for words in year.findings.get(each.entry, ())
            if words["code"] == "parts_are_merged"
        ]
    share = next(each for each in year.shares.recipients if each.unit == name)
    merged = frozenset(
        each.version
        for each in versions
        if each.verdict == Verdict.SUPERSEDED and any(each.file in message for message in said)
    )
    whole = [_with_words(workspace, each, share) for each in versions if each.version not in merged]
    own = tuple(each for each in issued.decisions if name in (each.unit, each.receiver))
    return History(line, tuple(versions), merged, tuple(_changes(workspace, name, whole)), own)


def _with_words(workspace: Workspace, version: Version, share: Recipient) -> Version:
    """A version with its content, which the book has not of those that were never judged."""
    from reporting.returns.join import even_out, expect
    from reporting.returns.reading.read import read_return

    if version.content:
        return version
    data = read_original(workspace.archive, version.sha256)
    if not data:
        return version
    sent, _ = read_return(version.file, version.sha256, data, sniff(data), workspace.form)
    joined = even_out(sent, expect(share.assignments), workspace.form, workspace.settings.year)
    return replace(version, content=return_to_content(joined))


def _changes(workspace: Workspace, unit: str, versions: Sequence[Version]) -> Iterator[ReturnDiff]:
    """What each version says otherwise than the one before; a file judged again says nothing else."""
    before: Version | None = None
    for now in versions:
        if not now.content:
            continue
        if before is not None and before.sha256 != now.sha256:
            then, after = (before.file, before.content), (now.file, now.content)
            yield compare_returns(unit, then, after, workspace.form)
        before = now
