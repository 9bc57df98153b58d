"""The notice of rectification (整改通知) to one unit, after the inspection: what to put right and by when.

It holds the group's own words on the unit's tasks and nothing about any other unit.
"""

from collections.abc import Sequence
from datetime import date

from reporting.documents import Context, Output
from reporting.documents.acceptance.annexes import rectify_rows
from reporting.documents.acceptance.view import AcceptanceView, Inspected, optional
from reporting.documents.letterhead import closing, self_name, title_lines
from reporting.language.values import format_number
from reporting.language.wording import chinese_date, join_names
from reporting.model import Consolidation
from reporting.model.review import FAILED, NO_GRADE, TO_RECTIFY, UNQUALIFIED, UnitScore
from reporting.office.settings import Settings


def units_to_rectify(view: AcceptanceView) -> list[UnitScore]:
    """The units that get a notice: those the inspection did not simply pass."""
    return [each for each in view.scores.units if each.conclusion in (TO_RECTIFY, FAILED)]


def build(view: AcceptanceView, found: UnitScore, settings: Settings, today: date) -> Context:
    """Shape the notice to one unit."""
    entries = [each for each in view.to_rectify if each.assignment.unit == found.unit]
    return {
        "title": title_lines("关于限期整改检查验收发现问题的通知"),
        "recipient": found.unit,
        "opening": _opening(view.all, found),
        "problems": _problems(found, entries),
        "rows": rectify_rows(view, entries),
        "demands": _demands(view, found, entries),
        **closing(settings, view.all.issuer, today),
    }


def _opening(whole: Consolidation, found: UnitScore) -> str:
    grade = "" if found.grade == NO_GRADE else f"，等次为{found.grade}"
    points = "" if found.total is None else f"，贵单位考评得分{optional(found.total)}分{grade}"
    return f"经{whole.year}年度任务检查验收{points}，验收结论为{found.conclusion}。现将有关事项通知如下："


def _problems(found: UnitScore, entries: Sequence[Inspected]) -> list[str]:
    """How many tasks must be put right, and what was taken off the unit's score."""
    told = [f"需要整改的任务{len(entries)}项，具体如下表。"] if entries else []
    taken = [f"{each.reason}（扣{format_number(each.points)}分）" for each in found.deductions]
    if taken:
        told.append(f"扣分事项{len(taken)}项：{'；'.join(taken)}。")
    if found.note:
        told.append(f"{found.note.rstrip('。')}。")
    return told or ["考评得分没有达到合格分数线。"]


def _demands(view: AcceptanceView, found: UnitScore, entries: Sequence[Inspected]) -> list[str]:
    office = self_name(view.all.issuer)
    days = sorted({day for each in entries if (day := view.rectify_day(each)) is not None})
    by = f"于{join_names([chinese_date(day) for day in days])}前" if days else "在领导小组确定的期限内"
    last = "分别" if len(days) > 1 else ""
    recheck = view.review.recheck_on
    told = [
        "（一）逐项分析原因，明确整改措施、责任人和完成时间，不得以新的情况说明代替整改。",
        f"（二）{last}{by}完成整改，将书面整改情况和佐证材料报送{office}。",
        f"（三）检查组将{f'于{chinese_date(recheck)}' if recheck else '对整改情况进行'}复查。",
    ]
    if found.grade == UNQUALIFIED:
        told.append("（四）贵单位等次为不合格，请在一个月内向领导小组作出书面整改报告。")
    return told


OUTPUT = Output("整改通知", "整改通知.docx", build)
