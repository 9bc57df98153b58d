"""问题汇总: the problems that units told, grouped by category; equal words of one category stand once."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from reporting.documents.consolidated.lists import Columns, column, listed
from reporting.documents.consolidated.records import CellValue, ColumnKind, ReportSheet
from reporting.documents.consolidated.view import BookView, as_key
from reporting.language.characters import is_hollow
from reporting.language.wording import join_names
from reporting.model import Report, TaskLine

NAME = "问题汇总"
ABOUT = "各单位填报的存在问题及原因，按类别归并，相同的列为一条"


@dataclass(frozen=True, slots=True)
class _Problem:
    """One problem with whoever told it, on whatever task of its category."""

    category: str
    text: str
    told: list[tuple[TaskLine, Report]] = field(default_factory=list)

    @property
    def units(self) -> dict[str, None]:
        return dict.fromkeys(report.unit for _, report in self.told)

    @property
    def tasks(self) -> CellValue:
        numbers = list(dict.fromkeys(line.task.number for line, _ in self.told))
        return as_key(numbers[0]) if len(numbers) == 1 else join_names(numbers)

    @property
    def statuses(self) -> str:
        return join_names(dict.fromkeys(report.status for _, report in self.told if report.status))

    @property
    def steps(self) -> str:
        steps = (report.next_step for _, report in self.told)
        return "\n".join(dict.fromkeys(each.strip() for each in steps if not is_hollow(each)))


def build(view: BookView) -> ReportSheet:
    """The whole sheet."""
    columns: Columns[_Problem] = (
        column(view.heading("category"), 20, lambda each: each.category),
        column(view.heading("problem"), 48, lambda each: each.text),
        column("填报单位", 18, lambda each: join_names(each.units)),
        column("单位数", 7, lambda each: len(each.units), ColumnKind.COUNT),
        column(view.heading("number"), 9, lambda each: each.tasks, ColumnKind.KEY),
        column(view.heading("status"), 11, lambda each: each.statuses, ColumnKind.LABEL),
        column(view.heading("next_step"), 36, lambda each: each.steps),
    )
    found = list(_problems(view))
    counts = Counter(each.category for each in found)
    parts = "；".join(f"{category} {count}条" for category, count in counts.items())
    note = f"共{len(found)}条。{parts}。{view.note}" if found else view.note
    table = listed(columns, found, 2, "各单位都没有填写存在问题及原因。", numbered=True)
    return ReportSheet(NAME, f"{view.all.year}年度存在问题汇总", (note,), (table,), frozen=2)


def _problems(view: BookView) -> Iterator[_Problem]:
    """Category by category, in the order of the plan."""
    same: dict[str, dict[str, _Problem]] = {}
    for line in view.all.tasks:
        of_category = same.setdefault(line.task.category, {})
        for report in line.reports:
            if not is_hollow(text := report.problem.strip()):
                of_category.setdefault(text, _Problem(line.task.category, text)).told.append((line, report))
    for each in same.values():
        yield from each.values()
