"""单位情况: who owed what, who sent it when, and how its tasks stand."""

from collections import Counter

from reporting.documents.consolidated.lists import Columns, FilledColumn, column, listed, tally_column
from reporting.documents.consolidated.records import CellValue, ColumnKind, ReportSheet, Tone, Toned
from reporting.documents.consolidated.view import BookView, received_day, unit_state
from reporting.language.wording import chinese_date
from reporting.model import UNREPORTED, UnitLine
from reporting.model.review import FAILED, PASSED, TO_RECTIFY
from reporting.office.form import FormField
from reporting.year.standings import GROUP_NAMES, UNKNOWN, group_note, unit_standings

NAME = "单位情况"
ABOUT = "每个单位的任务数、报送状态、报送日期、报送和退回次数、考评得分、名次、等次"
_ON_TIME = {True: Toned("按时", "good"), False: Toned("逾期", "bad"), None: Toned("—")}
_TONES: dict[CellValue, Tone] = {PASSED: "good", TO_RECTIFY: "bad", FAILED: "bad"}


def build(view: BookView) -> ReportSheet:
    """The whole sheet."""
    standings = unit_standings(view.all.tasks, view.form)
    scores = view.proceedings.scores
    scored = {each.unit: each for each in scores.units} if scores else {}
    groups = [*GROUP_NAMES.values(), UNREPORTED]
    if any(UNKNOWN in counts for counts in standings.values()):
        groups.append(UNKNOWN)

    def grouped(name: str) -> FilledColumn[UnitLine]:
        return tally_column(name, lambda line: standings.get(line.unit, Counter())[name])

    def score(line: UnitLine, key: str) -> CellValue:
        found: CellValue = getattr(scored[line.unit], key) if line.unit in scored else None
        return found

    def conclusion(line: UnitLine) -> CellValue:
        found = score(line, "conclusion")
        return Toned(str(found), _TONES.get(found, "")) if line.unit in scored else None

    columns: Columns[UnitLine] = (
        column("单位", 20, lambda line: line.unit),
        column("报送状态", 11, unit_state, ColumnKind.LABEL),
        column("最近报送日期", 12, received_day, ColumnKind.DATE),
        column("是否按时", 8, lambda line: _ON_TIME[line.on_time], ColumnKind.LABEL),
        tally_column("报送次数", lambda line: line.versions),
        tally_column("退回次数", lambda line: line.times_returned),
        tally_column("牵头任务", lambda line: line.led),
        tally_column("配合任务", lambda line: line.supported),
        tally_column("任务合计", lambda line: line.led + line.supported, ("牵头任务", "配合任务")),
        *map(grouped, groups),
        column("考评得分", 8, lambda line: score(line, "total"), ColumnKind.FIGURE),
        column("名次", 6, lambda line: score(line, "rank"), ColumnKind.COUNT),
        column("等次", 9, lambda line: score(line, "grade"), ColumnKind.LABEL),
        column("验收结论", 9, conclusion, ColumnKind.LABEL),
        column("联系人", 9, lambda line: line.contact.name, ColumnKind.LABEL),
        column("联系电话", 14, lambda line: line.contact.phone, ColumnKind.LABEL),
        *_filled_by(view),
    )
    told = "考评得分的计算过程见检查验收报告。" if scores else "尚未核定，考评得分、名次、等次和结论为空。"
    notes = (
        f"报送截止日期：{chinese_date(view.all.due)}。任务按各单位自己填报的状态归类，"
        f"一项任务由几个单位承担的，各计一次。{group_note(view.form)}",
        f"{view.note}{told}",
    )
    table = listed(columns, view.all.units, 2, "没有承担任务的单位。", numbered=True)
    title = f"{view.all.year}年度各单位报送和考评情况"
    return ReportSheet(NAME, title, notes, (table,), frozen=2, large=True)


_OF_CONTACT = ("联系人", "联系电话")
"""Headings of what the plan has of a unit; the same of who filled in its return are told apart."""


def _filled_by(view: BookView) -> Columns[UnitLine]:
    """Who filled in the return and when, as the unit typed it, where any came."""
    by_unit = view.proceedings.filled_by

    def filled(field: FormField) -> FilledColumn[UnitLine]:
        heading = f"填报人{field.heading}" if field.heading in _OF_CONTACT else field.heading
        return column(heading, 12, lambda line: by_unit.get(line.unit, {}).get(field.key, ""))

    return tuple(filled(field) for field in view.form.header if field.filled) if by_unit else ()
