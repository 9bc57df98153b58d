"""The year of a workspace, opened once by every command that needs the book.

What stands here is read when it is first asked for, and only then: a command that asks for the receipts does
not pay for the plan, and a year in which nothing went out yet is a year all the same. What was read stays as
it was read; a command writes into the book last.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property

from reporting.ledger import BookedFinding, Ledger, Letter
from reporting.ledger.standing import NO_RETURN, latest_accepted
from reporting.model import Answered, Consolidation, Decision, Issue, Plan, Standing, UnitLine
from reporting.model.findings import DubanError
from reporting.office.form import Form
from reporting.office.inbox import is_noise
from reporting.office.settings import Settings
from reporting.office.waivers import read_waivers
from reporting.office.workspace import Workspace
from reporting.plan.share_out import Distribution, distribute
from reporting.returns.rules import LastYear
from reporting.year.consolidate import consolidate
from reporting.year.guard import guard_book
from reporting.year.in_force import with_decisions
from reporting.year.last_year import recall
from reporting.year.unit_lines import lines_of_units
from reporting.year.waivers import Exceptions


class Year:
    """One year of an office's work, as it stands at a moment (年度)."""

    def __init__(self, workspace: Workspace, ledger: Ledger, now: datetime | None) -> None:
        """``ledger`` is the book of the workspace."""
        self.workspace, self.ledger, self._now = workspace, ledger, now
        self.number = workspace.settings.year

    @property
    def now(self) -> datetime:
        """The moment from which the command counts, for one that counts at all."""
        assert self._now is not None
        return self._now

    @property
    def today(self) -> date:
        """The day from which the command counts."""
        return self.now.date()

    @property
    def settings(self) -> Settings:
        """The settings of the office."""
        return self.workspace.settings

    @property
    def form(self) -> Form:
        """The return as this office asks for it."""
        return self.workspace.form

    # ---- what went out ---------------------------------------------------------------------------

    @cached_property
    def previous(self) -> Issue | None:
        """The newest issue as it went out, without the decisions since; None before the first."""
        return self.ledger.current_issue(self.number)

    @cached_property
    def before(self) -> Issue | None:
        """The newest issue of the year before; None where the book has none."""
        return self.ledger.current_issue(self.number - 1)

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """All decisions of the office in the order in which they were made, those taken back as well."""
        return tuple(self.ledger.decisions(self.number))

    @cached_property
    def issued(self) -> Issue:
        """The issue that counts, with the decisions in force; raises ``DubanError`` when nothing went out."""
        return self._issued(self.decisions)

    def issued_with(self, decision: Decision) -> Issue:
        """The issue as it will count once a decision is made."""
        return self._issued((*self.decisions, decision))

    def _issued(self, decisions: Sequence[Decision]) -> Issue:
        if self.previous is None:
            raise DubanError(f"{self.number} 年度还没有下发填报表。请先运行 issue。")
        return with_decisions(self.previous, decisions)

    @cached_property
    def shares(self) -> Distribution:
        """Who answers for what today."""
        return distribute(self.issued.plan)

    @cached_property
    def letters(self) -> tuple[Letter, ...]:
        """Everything that went out, in the order in which it was made."""
        return tuple(self.ledger.letters(self.number))

    @cached_property
    def exceptions(self) -> Exceptions:
        """What ``waivers.toml`` says on this year."""
        return Exceptions(read_waivers(self.workspace), self.issued, self.shares, self.today)

    # ---- what came in ----------------------------------------------------------------------------

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        """All receipts in the order in which they were written, without what stands in the returns."""
        return tuple(self.ledger.standings(self.number))

    @cached_property
    def contents(self) -> tuple[Standing, ...]:
        """All receipts with what stands in the returns."""
        return tuple(self.ledger.standings(self.number, with_answers=True))

    @cached_property
    def astray(self) -> tuple[Standing, ...]:
        """Files that somebody sent and that are no return, each as it was judged last."""
        newest = {each.file: each for each in self.standings}.values()
        return tuple(each for each in newest if each.verdict in NO_RETURN and not is_noise(each.file))

    @cached_property
    def findings(self) -> Mapping[int, Sequence[BookedFinding]]:
        """What was found in each file, by the number of its receipt."""
        return self.ledger.findings_of(self.number)

    @cached_property
    def lines(self) -> tuple[UnitLine, ...]:
        """Where every unit stands today."""
        single = any(each.task for each in self.issued.decisions)  # then one task of a return matters
        standings = self.contents if single else self.standings
        return lines_of_units(self.issued, self.shares.recipients, standings, self.today)

    @cached_property
    def whole(self) -> Consolidation:
        """One line per task from all accepted returns, with what was waived and decided.

        Raises ``DubanError`` where the book holds what must not be printed.
        """
        guard_book(self.contents, self.shares, self.form, self.findings, tuple(self.ledger.waived(self.number)))
        whole = consolidate(self.issued, self.shares, self.contents, self.settings, self.form, self.today)
        decided = (f"{each.words}：{each.reason}" for each in self.issued.decisions)
        return replace(whole, waivers=(*self.exceptions.told(), *decided))

    def reported_before(self, plan: Plan, shares: Distribution) -> LastYear:
        """What the units of a plan, of this year, reported a year ago, as far as the book has it."""
        if self.before is None:
            return {}
        standings = self.ledger.standings(self.number - 1, with_answers=True)
        accepted = {unit: each.answered or Answered() for unit, each in latest_accepted(standings).items()}
        return recall(self.before.plan, accepted, shares.recipients, plan.units, self.number)


@contextmanager
def open_year(workspace: Workspace, now: datetime | None = None) -> Iterator[Year]:
    """Open the book of a workspace at the year of its settings; it is closed again in any case.

    ``now`` is the moment from which the command counts; one to which no day matters gives none.
    """
    with closing(Ledger(workspace.ledger_url)) as ledger:
        yield Year(workspace, ledger, now)
