"""TODO reporting.year.open."""

from __future__ import annotations

from datetime import date

from reporting.ledger import Ledger
from reporting.model import Consolidation, Issue
from reporting.office.waivers import read_waivers
from reporting.office.workspace import Workspace
from reporting.plan.share_out import distribute


def _consolidate(workspace: Workspace, ledger: Ledger, issued: Issue, today: date) -> Consolidation:
    from reporting.year.consolidate import consolidate
    from reporting.year.waivers import waivers_told

    standings = ledger.standings(issued.year, with_answers=True)
    waivers = waivers_told(read_waivers(workspace), issued, today)
    waivers += [f"{each.words}：{each.reason}" for each in issued.decisions]
    settings, form = workspace.settings, workspace.form
    return consolidate(issued, distribute(issued.plan), standings, settings, form, today, waivers)
