"""The year opened once: what is there before anything went out, and what a command pays for."""

from __future__ import annotations

from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import pytest
from builders.year import EDUCATION, JUSTICE, RECEIVED_ON, collect, make_workspace, well

from reporting.commands.extend import extend
from reporting.ledger import Ledger
from reporting.model import Decision, DecisionKind
from reporting.model.findings import DubanError
from reporting.office.workspace import Workspace
from reporting.year.open import open_year

NOW = datetime(2026, 12, 12, 9)


def test_before_the_first_issue_a_year_is_a_year_all_the_same(tmp_path: Path) -> None:
    with open_year(make_workspace(tmp_path / "工作台"), NOW) as year:
        assert (year.number, year.today, year.previous, year.before) == (2026, NOW.date(), None, None)
        assert (year.decisions, year.standings, year.letters) == ((), (), ())
        with pytest.raises(DubanError, match="2026 年度还没有下发填报表"):
            _ = year.issued
        with pytest.raises(DubanError, match="2026 年度还没有下发填报表"):
            _ = year.shares


def test_what_went_out_stays_as_it_was_and_what_counts_has_the_decisions_on_it(workspace: Workspace) -> None:
    extend(workspace, EDUCATION, date(2026, 12, 28), "机构改革", NOW)
    with open_year(workspace, NOW) as year:
        assert year.previous is not None
        assert year.previous.decisions == ()
        assert [each.unit for each in year.issued.decisions] == [EDUCATION]
        taken_back = Decision(NOW, DecisionKind.REVOCATION, "撤销", revokes=year.decisions[0].number, number=9)
        assert year.issued_with(taken_back).decisions == ()
        assert [each.unit for each in year.issued.decisions] == [EDUCATION]


def test_a_faulty_waivers_file_stops_only_those_that_ask_for_exceptions(workspace: Workspace) -> None:
    (workspace.root / "waivers.toml").write_text("[[waiver]]\nrule =", encoding="utf-8")
    with open_year(workspace, NOW) as year:
        assert year.lines
        with pytest.raises(DubanError, match=r"waivers\.toml"):
            _ = year.whole


def test_the_whole_of_a_year_tells_what_was_waived_and_decided(workspace: Workspace) -> None:
    well(workspace, EDUCATION)
    collect(workspace, now=RECEIVED_ON)
    waiver = {"rule": "text_is_long_enough", "unit": EDUCATION, "reason": "涉密", "approved_by": "甲"}
    written = "\n".join(["[[waiver]]", *(f'{key} = "{value}"' for key, value in waiver.items())])
    (workspace.root / "waivers.toml").write_text(written, encoding="utf-8")
    extend(workspace, JUSTICE, date(2026, 12, 28), "机构改革", NOW)
    with open_year(workspace, NOW) as year:
        assert year.whole.waivers == (
            f"{EDUCATION}：涉密（甲同意）",
            f"{JUSTICE}整份填报表延期至2026年12月28日报送：机构改革",
        )
        assert year.whole is year.whole


def test_a_command_to_which_no_day_matters_gives_none(workspace: Workspace) -> None:
    with open_year(workspace) as year:
        assert year.issued.year == 2026
        with pytest.raises(AssertionError):
            _ = year.today


def test_decisions_are_told_by_the_number_they_have_in_the_book(workspace: Workspace) -> None:
    """Numbers run on from year to year, in one book of many years."""
    with closing(Ledger(workspace.ledger_url)) as ledger:
        earlier = Decision(datetime(2025, 12, 1, 9), DecisionKind.EXTENSION, "x", "甲", until=date(2025, 12, 9))
        ledger.add_decision(2025, earlier)
        assert ledger.next_decision() == 2
    given = extend(workspace, EDUCATION, date(2026, 12, 28), "机构改革", NOW)
    with open_year(workspace, NOW) as year:
        assert [each.number for each in year.decisions] == [given.decision.number] == [2]
