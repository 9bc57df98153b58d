"""量化指标: every figure of every unit that owes one."""

from collections import Counter

from reporting.documents.consolidated.lists import Columns, column, listed, verified_columns
from reporting.documents.consolidated.records import ColumnKind, ReportSheet, Tone, Toned
from reporting.documents.consolidated.verified import TARGET_COLUMNS, TARGETS, UNIT_HEADING, shown_target
from reporting.documents.consolidated.view import NOT_VERIFIED, BookView, as_key, day_or_text
from reporting.model import UNREPORTED, TargetReport
from reporting.plan.words import goal_text, is_reached, ratio
from reporting.year.standings import MISSED, REACHED, target_state

NAME = TARGETS
ABOUT = "每个指标的目标值、各单位完成值、完成率、是否达到，核定完成值（可以填写）"
_TONES: dict[str, Tone] = {REACHED: "good", MISSED: "bad", UNREPORTED: "open"}


def build(view: BookView) -> ReportSheet:
    """The whole sheet."""
    heading, review = view.target_heading, view.proceedings.review
    shown = {(each.target.number, each.unit): shown_target(each, review) for each in view.all.targets}

    def verified(report: TargetReport) -> float | None:
        text = shown[report.target.number, report.unit]["value"]
        return float(text) if text else None

    def verified_state(report: TargetReport) -> Toned | None:
        value = verified(report)
        return None if value is None else _toned(REACHED if is_reached(report.target, value) else MISSED)

    columns: Columns[TargetReport] = (
        column(heading("target"), 9, lambda each: each.target.number, ColumnKind.LABEL),
        column(heading("number"), 8, lambda each: as_key(each.target.task), ColumnKind.KEY),
        column(heading("name"), 26, lambda each: each.target.name),
        column(heading("goal"), 11, lambda each: goal_text(each.target), ColumnKind.LABEL),
        column(heading("measure"), 8, lambda each: each.target.unit, ColumnKind.LABEL),
        column(UNIT_HEADING, 17, lambda each: each.unit),
        column(heading("value"), 11, lambda each: each.value, ColumnKind.FIGURE),
        column("填报原文", 12, lambda each: each.raw, ColumnKind.LABEL),
        column("完成率", 9, lambda each: _rounded(each.ratio), ColumnKind.SHARE),
        column("是否达到", 12, lambda each: _toned(target_state([each])), ColumnKind.LABEL),
        column(heading("as_of"), 12, lambda each: day_or_text(each.as_of), ColumnKind.DATE),
        column(heading("remark"), 22, lambda each: each.remark),
        *verified_columns(TARGET_COLUMNS, view.form, lambda each: shown[each.target.number, each.unit]),
        column("核定完成率", 9, lambda each: _rounded(ratio(each.target, verified(each))), ColumnKind.SHARE),
        column("核定后是否达到", 12, verified_state, ColumnKind.LABEL),
    )
    counts = Counter(each.state for each in view.targets)
    parts = "，".join(f"{state}{count}项" for state, count in counts.items())
    note = (
        f"指标{sum(counts.values())}项：{parts}。完成率为完成值除以目标值。{view.note}"
        "核定完成值和核定说明可以在这里填写或修改，存盘后运行 review collect 收回。" + ("" if review else NOT_VERIFIED)
    )
    table = listed(columns, view.all.targets, 3, "本年度任务未设量化指标。")
    title, notes = f"{view.all.year}年度量化指标完成情况", (note,) if counts else ()
    return ReportSheet(NAME, title, notes, (table,), frozen=3, large=True)


def _toned(state: str) -> Toned:
    return Toned(state, _TONES.get(state, ""))


def _rounded(found: float | None) -> float | None:
    return None if found is None else round(found, 6)
