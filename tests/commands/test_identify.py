"""The office's word on whose a file is, for a unit that has sent before."""

from __future__ import annotations

from datetime import datetime

from builders.year import EDUCATION, RECEIVED_ON, collect, send, well

from reporting.commands.identify import identify
from reporting.office.workspace import Workspace

LATER = datetime(2026, 12, 12, 9)


def test_nothing_is_said_of_tasks_when_the_unit_has_sent_its_return_already(workspace: Workspace) -> None:
    well(workspace, EDUCATION)
    collect(workspace, now=RECEIVED_ON)
    send(workspace, "补充.xlsx", b"not yet read")
    given = identify(workspace, "补充.xlsx", EDUCATION, "电话核实", LATER)
    assert given.is_new
    assert given.outcome.notes == ()
    again = identify(workspace, "补充.xlsx", EDUCATION, "电话核实", LATER)
    assert (again.decision.number, again.is_new) == (given.decision.number, False)
