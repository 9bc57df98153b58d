"""单位情况: who owed what, who sent it when, and how its tasks stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from reporting.model import UNREPORTED, UnitLine
from reporting.outputs.consolidated.records import Column, Kind, Marked, Sheet, Table, Values
from reporting.outputs.consolidated.view import TOTAL, View, unit_state
from reporting.outputs.standings import GROUP_NAMES
from reporting.outputs.wording import chinese_date

NAME = "单位情况"
ABOUT = "每个单位的任务数、报送状态、报送日期、报送和退回次数"


_UNKNOWN = "其他"


def build(view: View) -> Sheet:
    """The whole sheet."""
    lines, standings = view.all.units, _unit_standings(view)
    groups = [*GROUP_NAMES.values(), UNREPORTED]
    if any(_UNKNOWN in counts for counts in standings.values()):
        groups.append(_UNKNOWN)
    layout = (
        Column("序号", 6, Kind.COUNT),
        Column("单位", 20, Kind.TEXT),
        Column("报送状态", 11, Kind.LABEL),
        Column("最近报送日期", 12, Kind.DATE),
        Column("是否按时", 8, Kind.LABEL),
        Column("报送次数", 7, Kind.TALLY, summed=True),
        Column("退回次数", 7, Kind.TALLY, summed=True),
        Column("牵头任务", 7, Kind.TALLY, summed=True),
        Column("配合任务", 7, Kind.TALLY, summed=True),
        Column("任务合计", 7, Kind.TALLY, summed=True, adds=("牵头任务", "配合任务")),
        *(Column(name, 7, Kind.TALLY, summed=True) for name in groups),
        Column("联系人", 9, Kind.LABEL),
        Column("联系电话", 14, Kind.LABEL),
    )
    rows = tuple(
        _unit_values(number, line, standings.get(line.unit, Counter()), groups)
        for number, line in enumerate(lines, start=1)
    )
    totals: Values = (
        *(TOTAL, None, None, None, None),
        sum(line.versions for line in lines),
        sum(line.times_returned for line in lines),
        sum(line.led for line in lines),
        sum(line.supported for line in lines),
        sum(line.led + line.supported for line in lines),
        *(sum(standings.get(line.unit, Counter())[name] for line in lines) for name in groups),
        *(None, None),
    )
    ends = "、".join(GROUP_NAMES.values())
    note = (
        f"报送截止日期：{chinese_date(view.all.due)}。{ends}按各单位自己填报的状态归类，"
        f"一项任务由几个单位承担的，各计一次。{view.note}"
    )
    table = Table(layout, rows, totals if rows else None, empty="没有承担任务的单位。")
    return Sheet(NAME, f"{view.all.year}年度各单位报送情况", (note,), (table,), frozen=2)


def _unit_standings(view: View) -> dict[str, Counter[str]]:
    """Each unit's own reports by group, and what it has not reported."""
    standings: dict[str, Counter[str]] = {}
    for line in view.all.tasks:
        for report in line.reports:
            group = view.group(report.status)
            standings.setdefault(report.unit, Counter())[GROUP_NAMES[group] if group else _UNKNOWN] += 1
        for assignment in line.silent:
            standings.setdefault(assignment.unit, Counter())[UNREPORTED] += 1
    return standings


def _unit_values(number: int, line: UnitLine, counts: Counter[str], groups: Sequence[str]) -> Values:
    on_time = {True: Marked("按时", "good"), False: Marked("逾期", "bad"), None: Marked("—")}[line.on_time]
    return (
        number,
        line.unit,
        unit_state(line),
        line.received.date() if line.received else None,
        on_time,
        line.versions,
        line.times_returned,
        line.led,
        line.supported,
        line.led + line.supported,
        *(counts[name] for name in groups),
        line.contact.name,
        line.contact.phone,
    )
