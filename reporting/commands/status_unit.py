"""One unit in the book: every version it sent, and what each says otherwise than the one before.

What a newer version of the same run replaced, or what became part of another, has its words in the archive
alone: they are read from there.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from reporting.files.file_type import FileType
from reporting.ledger.standing import VERSIONS
from reporting.model import Answered, Decision, Standing, UnitLine, Verdict
from reporting.office.inbox import Incoming
from reporting.office.workspace import Workspace
from reporting.plan.share_out import Recipient
from reporting.returns.changes import ReturnDiff, compare_returns
from reporting.returns.reading.bounds import BoundedReader
from reporting.returns.versions import answers_in
from reporting.year.decided import recipient_named
from reporting.year.decisions import decision_as_json
from reporting.year.open import open_year


@dataclass(frozen=True, slots=True)
class History:
    """One unit in the book (来件情况)."""

    line: UnitLine
    versions: tuple[Standing, ...]
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
                    "verdict": each.verdict.for_machines,
                    "merged": each.verdict is Verdict.MERGED,
                }
                for each in self.versions
            ],
            "changes": [each.as_json() for each in self.changes],
            "decisions": [decision_as_json(each, in_force=True) for each in self.decisions],
        }


def history(workspace: Workspace, unit: str, now: datetime) -> History:
    """What one unit sent, version by version; raises ``DubanError`` for a name that was issued nothing."""
    with open_year(workspace, now) as year:
        name = recipient_named(unit, year)
        line = next(each for each in year.lines if each.unit == name)
        own = [each for each in year.standings if each.unit == name and each.verdict in VERSIONS]
        versions = sorted(own, key=lambda each: each.version)  # those of one run stand in the book by their files
        answers = year.ledger.answers(each.entry for each in versions)
    share = next(each for each in year.shares.recipients if each.unit == name)
    with BoundedReader(workspace.archive, workspace.form) as reader:
        whole = [
            replace(each, answered=answers.get(each.entry) or _answers_in(workspace, each, share, reader))
            for each in versions
            if each.verdict is not Verdict.MERGED
        ]
    decided = tuple(each for each in year.issued.decisions if name in (each.unit, each.receiver))
    return History(line, tuple(versions), tuple(_changes(workspace, name, whole)), decided)


def _answers_in(workspace: Workspace, version: Standing, share: Recipient, reader: BoundedReader) -> Answered | None:
    """What a version answers, which the book has not of those that were never judged."""
    incoming = Incoming(version.file, version.sha256, b"", FileType.OTHER)
    sent = reader.read_file(incoming).sent
    return None if sent is None else answers_in(sent, share.assignments, workspace.form, workspace.settings.year)


def _changes(workspace: Workspace, unit: str, versions: Sequence[Standing]) -> Iterator[ReturnDiff]:
    """What each version says otherwise than the one before; a file judged again says nothing else."""
    before: Standing | None = None
    for now in versions:
        if now.answered is None:
            continue
        if before is not None and before.answered is not None and before.sha256 != now.sha256:
            then, after = (before.file, before.answered), (now.file, now.answered)
            yield compare_returns(unit, then, after, workspace.form)
        before = now
