"""The rules: all of them, or how often each spoke this year."""

from __future__ import annotations

from datetime import datetime

from reporting.model import Verdict
from reporting.office.workspace import Workspace
from reporting.returns.catalogue import catalogue
from reporting.returns.counts import RuleCount, tally_book
from reporting.year.open import open_year


def count_rules(workspace: Workspace) -> tuple[RuleCount, ...]:
    """How often each rule spoke this year, in every version of every return that the book has."""
    with open_year(workspace, datetime.now()) as year:
        # what was judged again speaks once, with the findings that it has now
        judged = {
            (each.file, each.sha256): each for each in year.standings if each.verdict is not Verdict.DUPLICATE
        }
        # a file whose unit is not known is somebody's all the same
        units = {each.entry: each.unit or each.file for each in judged.values()}
        says = {each.kind.code: each.says.rstrip("。") for each in catalogue()}
        return tally_book(year.findings, units, says)
