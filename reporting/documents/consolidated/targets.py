"""量化指标: every figure of every unit that owes one."""

from collections import Counter

from reporting.documents.consolidated.records import (
    ColumnKind,
    ListColumn,
    ReportSheet,
    ReportTable,
    Tone,
    Toned,
    Values,
)
from reporting.documents.consolidated.verified import TARGET_COLUMNS, TARGETS, UNIT_HEADING, shown_target
from reporting.documents.consolidated.view import (
    NOT_VERIFIED,
    BookView,
    as_key,
    day_or_text,
    verified_columns,
    verified_values,
    whole_rows,
)
from reporting.model import UNREPORTED, TargetReport
from reporting.plan.words import goal_text, is_reached, ratio
from reporting.year.standings import MISSED, REACHED, judge_targets, target_state

NAME = TARGETS
ABOUT = "每个指标的目标值、各单位完成值、完成率、是否达到，核定完成值（可以填写）"


def build(view: BookView) -> ReportSheet:
    """The whole sheet."""
    heading = view.target_heading
    layout = (
        ListColumn(heading("target"), 9, ColumnKind.LABEL),
        ListColumn(heading("number"), 8, ColumnKind.KEY),
        ListColumn(heading("name"), 26, ColumnKind.TEXT),
        ListColumn(heading("goal"), 11, ColumnKind.LABEL),
        ListColumn(heading("measure"), 8, ColumnKind.LABEL),
        ListColumn(UNIT_HEADING, 17, ColumnKind.TEXT),
        ListColumn(heading("value"), 11, ColumnKind.FIGURE),
        ListColumn("填报原文", 12, ColumnKind.LABEL),
        ListColumn("完成率", 9, ColumnKind.SHARE),
        ListColumn("是否达到", 12, ColumnKind.LABEL),
        ListColumn(heading("as_of"), 12, ColumnKind.DATE),
        ListColumn(heading("remark"), 22, ColumnKind.TEXT),
        *verified_columns(TARGET_COLUMNS, view.form),
        ListColumn("核定完成率", 9, ColumnKind.SHARE),
        ListColumn("核定后是否达到", 12, ColumnKind.LABEL),
    )
    rows = whole_rows((_target_values(view, report) for report in view.all.targets), 3)
    counts = Counter(each.state for each in judge_targets(view.all.targets))
    parts = "，".join(f"{state}{count}项" for state, count in counts.items())
    note = (
        f"指标{sum(counts.values())}项：{parts}。完成率为完成值除以目标值。{view.note}"
        "核定完成值和核定说明可以在这里填写或修改，存盘后运行 review collect 收回。"
        + ("" if view.proceedings.review else NOT_VERIFIED)
        if counts
        else ""
    )
    table = ReportTable(layout, rows, empty="本年度任务未设量化指标。")
    return ReportSheet(
        NAME, f"{view.all.year}年度量化指标完成情况", (note,) if note else (), (table,), frozen=3, large=True
    )


def _target_values(view: BookView, report: TargetReport) -> Values:
    tones: dict[str, Tone] = {REACHED: "good", MISSED: "bad", UNREPORTED: "open"}
    state = target_state([report])
    shown = shown_target(report, view.proceedings.review)
    verified = float(shown["value"]) if shown["value"] else None
    rate = ratio(report.target, verified)
    found = None
    if verified is not None:
        found = REACHED if is_reached(report.target, verified) else MISSED
    return (
        report.target.number,
        as_key(report.target.task),
        report.target.name,
        goal_text(report.target),
        report.target.unit,
        report.unit,
        report.value,
        report.raw,
        None if report.ratio is None else round(report.ratio, 6),
        Toned(state, tones.get(state, "")),
        day_or_text(report.as_of),
        report.remark,
        *verified_values(TARGET_COLUMNS, shown),
        None if rate is None else round(rate, 6),
        Toned(found, tones[found]) if found else None,
    )
