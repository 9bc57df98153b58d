"""单位情况: who owed what, who sent it when, and how its tasks stand."""

from collections import Counter
from collections.abc import Sequence

from reporting.documents.consolidated.records import (
    ColumnKind,
    ListColumn,
    ReportSheet,
    ReportTable,
    Tone,
    Toned,
    Values,
)
from reporting.documents.consolidated.view import TOTAL, BookView, unit_state
from reporting.language.wording import chinese_date
from reporting.model import UNREPORTED, UnitLine
from reporting.model.review import FAILED, PASSED, TO_RECTIFY, UnitScore
from reporting.year.standings import GROUP_NAMES, UNKNOWN, group_note, unit_standings

NAME = "单位情况"
ABOUT = "每个单位的任务数、报送状态、报送日期、报送和退回次数、考评得分、名次、等次"


def build(view: BookView) -> ReportSheet:
    """The whole sheet."""
    lines, standings = view.all.units, unit_standings(view.all.tasks, view.form)
    scores = view.proceedings.scores
    scored = {each.unit: each for each in scores.units} if scores else {}
    groups = [*GROUP_NAMES.values(), UNREPORTED]
    if any(UNKNOWN in counts for counts in standings.values()):
        groups.append(UNKNOWN)
    layout = (
        ListColumn("序号", 6, ColumnKind.COUNT),
        ListColumn("单位", 20, ColumnKind.TEXT),
        ListColumn("报送状态", 11, ColumnKind.LABEL),
        ListColumn("最近报送日期", 12, ColumnKind.DATE),
        ListColumn("是否按时", 8, ColumnKind.LABEL),
        ListColumn("报送次数", 7, ColumnKind.TALLY, summed=True),
        ListColumn("退回次数", 7, ColumnKind.TALLY, summed=True),
        ListColumn("牵头任务", 7, ColumnKind.TALLY, summed=True),
        ListColumn("配合任务", 7, ColumnKind.TALLY, summed=True),
        ListColumn("任务合计", 7, ColumnKind.TALLY, summed=True, adds=("牵头任务", "配合任务")),
        *(ListColumn(name, 7, ColumnKind.TALLY, summed=True) for name in groups),
        ListColumn("考评得分", 8, ColumnKind.FIGURE),
        ListColumn("名次", 6, ColumnKind.COUNT),
        ListColumn("等次", 9, ColumnKind.LABEL),
        ListColumn("验收结论", 9, ColumnKind.LABEL),
        ListColumn("联系人", 9, ColumnKind.LABEL),
        ListColumn("联系电话", 14, ColumnKind.LABEL),
    )
    rows = tuple(
        _unit_values(number, line, standings.get(line.unit, Counter()), groups, scored.get(line.unit))
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
        *(None,) * 6,
    )
    notes = (
        f"报送截止日期：{chinese_date(view.all.due)}。任务按各单位自己填报的状态归类，"
        f"一项任务由几个单位承担的，各计一次。{group_note(view.form)}",
        f"{view.note}"
        + ("考评得分的计算过程见检查验收报告。" if scores else "尚未核定，考评得分、名次、等次和结论为空。"),
    )
    table = ReportTable(layout, rows, totals if rows else None, empty="没有承担任务的单位。")
    return ReportSheet(
        NAME, f"{view.all.year}年度各单位报送和考评情况", notes, (table,), frozen=2, large=True
    )


def _unit_values(
    number: int, line: UnitLine, counts: Counter[str], groups: Sequence[str], score: UnitScore | None
) -> Values:
    on_time = {True: Toned("按时", "good"), False: Toned("逾期", "bad"), None: Toned("—")}[line.on_time]
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
        *_score(score),
        line.contact.name,
        line.contact.phone,
    )


def _score(score: UnitScore | None) -> Values:
    """Score, rank, grade and conclusion; blank before anything was verified."""
    if score is None:
        return (None,) * 4
    tones: dict[str, Tone] = {PASSED: "good", TO_RECTIFY: "bad", FAILED: "bad"}
    return score.total, score.rank, score.grade, Toned(score.conclusion, tones.get(score.conclusion, ""))
