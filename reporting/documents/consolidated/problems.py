"""问题汇总: the problems that units told, grouped by category; equal words of one category stand once."""

from collections import Counter
from collections.abc import Iterator

from reporting.documents.consolidated.records import ColumnKind, ListColumn, ReportSheet, ReportTable, Values
from reporting.documents.consolidated.view import BookView, as_key, whole_rows
from reporting.language.characters import is_hollow
from reporting.language.wording import join_names
from reporting.model import Report, TaskLine

NAME = "问题汇总"
ABOUT = "各单位填报的存在问题及原因，按类别归并，相同的列为一条"


def build(view: BookView) -> ReportSheet:
    """The whole sheet."""
    layout = (
        ListColumn("序号", 6, ColumnKind.COUNT),
        ListColumn(view.heading("category"), 20, ColumnKind.TEXT),
        ListColumn(view.heading("problem"), 48, ColumnKind.TEXT),
        ListColumn("填报单位", 18, ColumnKind.TEXT),
        ListColumn("单位数", 7, ColumnKind.COUNT),
        ListColumn(view.heading("number"), 9, ColumnKind.KEY),
        ListColumn(view.heading("status"), 11, ColumnKind.LABEL),
        ListColumn(view.heading("next_step"), 36, ColumnKind.TEXT),
    )
    found = list(_grouped(view))
    rows = whole_rows((_values(number, *each) for number, each in enumerate(found, start=1)), 2)
    counts = Counter(category for category, _ in found)
    parts = "；".join(f"{category} {count}条" for category, count in counts.items())
    note = f"共{len(found)}条。{parts}。{view.note}" if found else view.note
    table = ReportTable(layout, rows, empty="各单位都没有填写存在问题及原因。")
    return ReportSheet(NAME, f"{view.all.year}年度存在问题汇总", (note,), (table,), frozen=2)


def _grouped(view: BookView) -> Iterator[tuple[str, list[tuple[TaskLine, Report]]]]:
    """Each problem with its category and whoever told it, in the order of the plan."""
    same: dict[str, dict[str, list[tuple[TaskLine, Report]]]] = {}
    for line in view.all.tasks:
        for report in line.reports:
            if not is_hollow(report.problem):
                told = same.setdefault(line.task.category, {})
                told.setdefault(report.problem.strip(), []).append((line, report))
    for category, told in same.items():
        for members in told.values():
            yield category, members


def _values(number: int, category: str, members: list[tuple[TaskLine, Report]]) -> Values:
    units = dict.fromkeys(report.unit for _, report in members)
    tasks = list(dict.fromkeys(line.task.number for line, _ in members))
    statuses = dict.fromkeys(report.status for _, report in members if report.status)
    steps = dict.fromkeys(
        report.next_step.strip() for _, report in members if not is_hollow(report.next_step)
    )
    return (
        number,
        category,
        members[0][1].problem.strip(),
        join_names(units),
        len(units),
        as_key(tasks[0]) if len(tasks) == 1 else join_names(tasks),
        join_names(statuses),
        "\n".join(steps),
    )
