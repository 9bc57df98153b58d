"""The rules: all of them with the levels set here, or how often each spoke this year."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from reporting.files.disk import write_atomic
from reporting.model import Verdict
from reporting.model.findings import Outcome
from reporting.office.workspace import SETTINGS_FILE, Workspace
from reporting.returns.catalogue import ListedRule, as_markdown, catalogue
from reporting.returns.counts import RuleCount, tally_book
from reporting.returns.severity import read_levels
from reporting.year.open import open_year


@dataclass(frozen=True, slots=True)
class Rules:
    """The catalogue as it holds here; ``reasons`` are given for levels that the office set, by code."""

    entries: tuple[ListedRule, ...]
    reasons: Mapping[str, str] = field(default_factory=dict)
    outcome: Outcome = field(default_factory=Outcome)


def rules(root: Path, document: Path | None = None) -> Rules:
    """The catalogue with the levels set in the workspace, if there is one; also written to ``document``."""
    set_here = Workspace(root).settings.rules if (root / SETTINGS_FILE).is_file() else {}
    entries = catalogue(read_levels(set_here))
    reasons = {code: each.reason for code, each in set_here.items() if each.reason}
    if document is None:
        return Rules(entries, reasons)
    write_atomic(document, as_markdown(entries).encode())
    return Rules(entries, reasons, Outcome((document,)))


def count_rules(workspace: Workspace) -> tuple[RuleCount, ...]:
    """How often each rule spoke this year, in every version of every return that the book has."""
    with open_year(workspace) as year:
        # what was judged again speaks once, with the findings that it has now
        judged = {(each.file, each.sha256): each for each in year.standings if each.verdict is not Verdict.DUPLICATE}
        # a file whose unit is not known is somebody's all the same
        units = {each.entry: each.unit or each.file for each in judged.values()}
        says = {each.kind.code: each.says.rstrip("。") for each in catalogue()}
        return tally_book(year.findings, units, says)
