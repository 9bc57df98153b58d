"""The charts of 概况: how tasks stand, by status, by category and by unit, and how targets were reached."""

from collections.abc import Iterator, Mapping, Sequence
from math import ceil

from reporting.documents.consolidated import units
from reporting.documents.consolidated.records import Chart, Charts, ReportTable, Series, Span
from reporting.documents.consolidated.view import BookView
from reporting.model import UNREPORTED
from reporting.office.form import Outcome as Group
from reporting.year.standings import GROUP_NAMES, MISSED, REACHED, RETURN_PARTS, UNCLEAR, UNKNOWN

OVERVIEW = "概况"
BARS = 26
"""So many bars stand in one chart at most; with more it would not fit a page, and there are several."""
_GROUP_INKS: dict[Group, tuple[str, ...]] = {
    "done": ("70AD8B", "A9D3BC", "CFE7DA"),
    "ongoing": ("5B9BD5", "9DC3E6", "C9DFF2"),
    "behind": ("E07B53", "EDA98C", "F5CDBB"),
    "void": ("A6A6A6", "D0CECE", "E2E2E2"),
}
"""The colours of the statuses of a group, the first the strongest; dark figures can be read on each."""
_OPEN_INK, _UNKNOWN_INK = "FFD966", "B4A7D6"
_RETURN_INKS = dict(zip(RETURN_PARTS, ("70AD8B", "EDA98C", "E07B53", _OPEN_INK), strict=True))
_TARGET_INKS = {REACHED: "70AD8B", MISSED: "E07B53", UNCLEAR: "9DC3E6", UNREPORTED: _OPEN_INK}


def status_chart(view: BookView, table: ReportTable) -> Chart:
    """How many tasks have each status that any has."""
    return _tally_chart("任务完成状态（项）", table, _status_inks(view))


def target_chart(table: ReportTable) -> Chart:
    """How many targets were reached."""
    return _tally_chart("量化指标达标情况（项）", table, _TARGET_INKS)


def return_chart(table: ReportTable) -> Chart:
    """Who sent a return in time, late, or not."""
    return _tally_chart("报送情况（单位数）", table, _RETURN_INKS)


def category_charts(view: BookView, table: ReportTable) -> Iterator[Charts]:
    """The tasks of each category by status, the statuses that occur end to end."""
    inks = _status_inks(view)
    used = [name for name in view.statuses if name in view.by_status]
    yield from _stacked("各类别任务完成情况（项）", OVERVIEW, table, 0, [(name, inks[name]) for name in used])


def unit_charts(table: ReportTable, title: str) -> Iterator[Charts]:
    """How each unit says its tasks stand; the title stands above the first."""
    inks = {GROUP_NAMES[group]: shades[0] for group, shades in _GROUP_INKS.items()}
    inks |= {UNREPORTED: _OPEN_INK, UNKNOWN: _UNKNOWN_INK}
    headings = [column.heading for column in table.columns]
    parts = [(name, ink) for name, ink in inks.items() if name in headings]
    for number, each in enumerate(_stacked("各单位任务完成情况（项次）", units.NAME, table, 1, parts)):
        yield Charts(each.charts, title if number == 0 else "")


def _status_inks(view: BookView) -> dict[str, str]:
    inks: dict[str, str] = {UNREPORTED: _OPEN_INK}
    for group, shades in _GROUP_INKS.items():
        own = view.form.statuses_of(group)
        inks |= {name: shades[min(at, len(shades) - 1)] for at, name in enumerate(own)}
    return {name: inks.get(name, _UNKNOWN_INK) for name in view.statuses}


def _tally_chart(title: str, table: ReportTable, inks: Mapping[str, str]) -> Chart:
    """One bar for each row of a table that counts."""
    label, count = table.columns[0].heading, table.columns[1].heading
    last = len(table.rows) - 1
    names = tuple(_text(row[0]) for row in table.rows)
    own = tuple(inks[name] for name in names)
    figures = tuple(_figure(row[1]) for row in table.rows)
    series = Series(count, Span(OVERVIEW, table.title, count, 0, last), figures, own[0], own)
    return Chart(title, Span(OVERVIEW, table.title, label, 0, last), names, (series,))


def _stacked(
    title: str, sheet: str, table: ReportTable, label: int, parts: Sequence[tuple[str, str]]
) -> Iterator[Charts]:
    """Charts of at most ``BARS`` bars each, made of the columns named in ``parts`` with their colours."""
    at = {column.heading: index for index, column in enumerate(table.columns)}
    key = table.title
    size = ceil(len(table.rows) / max(ceil(len(table.rows) / BARS), 1))
    parts = [each for each in parts if any(_figure(row[at[each[0]]]) for row in table.rows)]
    for first in range(0, len(table.rows), max(size, 1)):
        rows = table.rows[first : first + size]
        last = first + len(rows) - 1
        figures = {name: tuple(_figure(row[at[name]]) for row in rows) for name, _ in parts}
        series = tuple(Series(name, Span(sheet, key, name, first, last), figures[name], ink) for name, ink in parts)
        labels = Span(sheet, key, table.columns[label].heading, first, last)
        part = f"（第{first + 1}至{last + 1}个）" if len(table.rows) > BARS else ""
        names = tuple(_text(row[label]) for row in rows)
        yield Charts((Chart(f"{title}{part}", labels, names, series),))


def _text(value: object) -> str:
    return str(getattr(value, "text", value))


def _figure(value: object) -> float:
    found = getattr(value, "value", value)
    return float(found) if isinstance(found, int | float) else 0.0
