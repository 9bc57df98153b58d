"""The lists of the consolidated workbook: columns that know what stands in them, and the table they make."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from reporting.documents.consolidated.records import CellValue, ColumnKind, ListColumn, ReportTable, Values
from reporting.documents.consolidated.verified import Shown, VerifiedColumn
from reporting.documents.consolidated.view import TOTAL, BookView, as_fraction, as_key, deadline_words, whole_rows
from reporting.model import TaskLine
from reporting.office.form import Form

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class FilledColumn(Generic[Item]):
    """A column of a list, with what stands in it for the task, unit or report that a row is about."""

    column: ListColumn
    value: Callable[[Item], CellValue]


Columns = tuple[FilledColumn[Item], ...]


def column(
    heading: str, width: float, value: Callable[[Item], CellValue], kind: ColumnKind = ColumnKind.TEXT
) -> FilledColumn[Item]:
    """A column that shows a value of each item."""
    return FilledColumn(ListColumn(heading, width, kind), value)


def tally_column(heading: str, value: Callable[[Item], int], adds: tuple[str, str] | None = None) -> FilledColumn[Item]:
    """A column of counts, added up below and, where it ``adds``, from the columns beside it."""
    return FilledColumn(ListColumn(heading, 7, ColumnKind.TALLY, summed=True, adds=adds), value)


def listed(
    columns: Columns[Item], items: Iterable[Item], repeated: int, empty: str, *, numbered: bool = False
) -> ReportTable:
    """The list of these items with its totals; ``numbered`` puts 序号 in front.

    A text too long for a cell goes on in the rows below, where the ``repeated`` first columns stand again.
    """
    layout = tuple(each.column for each in columns)
    rows: list[Values] = [tuple(each.value(item) for each in columns) for item in items]
    if numbered:
        layout = (ListColumn("序号", 6, ColumnKind.COUNT), *layout)
        rows = [(number, *row) for number, row in enumerate(rows, start=1)]
    return ReportTable(layout, whole_rows(rows, repeated), _totals(layout, rows), empty=empty)


def _totals(layout: Sequence[ListColumn], rows: Sequence[Values]) -> Values | None:
    if not rows or not any(each.summed for each in layout):
        return None
    sums = (
        sum(value for row in rows if isinstance(value := row[at], int)) if each.summed else None
        for at, each in enumerate(layout)
    )
    return (TOTAL, *tuple(sums)[1:])


# ---- columns that several lists have -------------------------------------------------------------


def plan_columns(view: BookView) -> Columns[TaskLine]:
    """The columns a task is known by; headings below the category only where the plan has such."""
    below: FilledColumn[TaskLine] = column("小类", 11, lambda line: " / ".join(line.task.path[1:]))
    return (
        column(view.heading("number"), 7, lambda line: as_key(line.task.number), ColumnKind.KEY),
        column(view.heading("category"), 11, lambda line: line.task.category),
        *([below] if view.deeper else []),
        column(view.heading("content"), 27, lambda line: line.task.content),
    )


def standing_columns(view: BookView) -> Columns[TaskLine]:
    """The columns that tell by when a task is due and how it stands."""
    return (
        column(view.heading("deadline"), 12, lambda line: deadline_words(line.task), ColumnKind.LABEL),
        column(view.heading("status"), 9, lambda line: view.marked(line.status), ColumnKind.LABEL),
        column(view.heading("progress"), 8, lambda line: as_fraction(line.progress), ColumnKind.PROGRESS),
    )


def verified_columns(columns: Iterable[VerifiedColumn], form: Form, shown: Callable[[Item], Shown]) -> Columns[Item]:
    """The columns that the office may edit, figures as numbers; ``shown`` is what was verified by now."""

    def filled(each: VerifiedColumn) -> FilledColumn[Item]:
        kind = ColumnKind.TEXT if each.field in ("opinion", "remark") else ColumnKind.LABEL
        choices = tuple(form.statuses) if each.field == "status" else ()

        def value(item: Item) -> CellValue:
            text = shown(item)[each.field]
            return float(text) if text and each.field in ("progress", "value") else text

        return FilledColumn(ListColumn(each.heading, each.width, kind, hint=each.hint, choices=choices), value)

    return tuple(filled(each) for each in columns)
