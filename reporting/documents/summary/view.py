"""The year as the summary looks at it: with its annexes."""

from functools import cached_property

from reporting.documents.blocks import quoted
from reporting.documents.excerpts import excerpt
from reporting.documents.letterhead import annex_head
from reporting.documents.year_view import YearView
from reporting.language.characters import is_hollow
from reporting.language.wording import split_paragraphs
from reporting.model import Consolidation, Report, TaskLine, UnitState
from reporting.office.form import Form
from reporting.office.settings import Quotes


class SummaryView(YearView):
    """The year with the annexes of the summary, which its sentences point to."""

    def __init__(self, consolidation: Consolidation, form: Form, quotes: Quotes) -> None:
        super().__init__(consolidation, form)
        self.quotes = quotes

    def quoted(self, speaker: str, text: str) -> list[str]:
        """A unit's own words as far as the office has them quoted, with where the rest stands."""
        shown = excerpt(text, self.quotes)
        told = quoted(speaker, shown)
        if told and shown != "\n".join(split_paragraphs(text)):
            last, where = told[-1], f"（全文见{self.annex('tasks')}）"
            told[-1] = f"{last[:-1]}{where}。" if last.endswith("。") else last + where
        return told

    @property
    def annexes(self) -> list[str]:
        """The titles of the annexes of this year, in order; none without a line.

        Behind the turned pages there is always one: an upright page on which 版记 can stand.
        """
        late = bool(self.units_not_on_time)
        present = (True, bool(self.all.targets), late, bool(self.evidence) or not late)
        return [title for title, is_there in zip(self.titles.values(), present, strict=True) if is_there]

    @property
    def titles(self) -> dict[str, str]:
        """The titles of all annexes there may be; before the date is over nobody is called late."""
        early = self.units_in(UnitState.AWAITED)
        return {
            "tasks": f"{self.all.year}年度任务完成情况表",
            "targets": f"{self.all.year}年度量化指标完成情况表",
            "units": "未报送和逾期报送单位名单" if early else "未按时报送单位名单",
            "evidence": "佐证材料目录",
        }

    @cached_property
    def evidence(self) -> list[tuple[TaskLine, Report]]:
        """The reports that name documents as proof, by task."""
        return [(line, report) for line in self.all.tasks for report in line.reports if not is_hollow(report.evidence)]

    def annex(self, key: str) -> str:
        """The label of an annex, say 附件1."""
        return f"附件{self.annexes.index(self.titles[key]) + 1}"

    def head(self, key: str) -> dict[str, object]:
        """The label and title of an annex."""
        return annex_head(self.annexes, self.titles[key])
