"""Conclusions and what must be put right: the sixth and seventh part of the report."""

from reporting.documents.acceptance.view import AcceptanceView, Inspected
from reporting.documents.blocks import Body, quoted
from reporting.language.wording import chinese_date, join_names
from reporting.model.review import EXEMPT, FAILED, PASSED, PENDING, TO_RECTIFY, UNQUALIFIED


def conclusions(view: AcceptanceView) -> Body:
    """The units by conclusion, and what members of the group see otherwise."""
    units = {
        conclusion: [each.unit for each in view.scores.units if each.conclusion == conclusion]
        for conclusion in (PASSED, TO_RECTIFY, FAILED, EXEMPT, PENDING)
    }
    for conclusion, names in units.items():
        if names:
            yield f"{conclusion}的单位{len(names)}个：{join_names(names)}。"
    if units[PENDING]:
        yield "待核定的单位尚未核定任何任务，核定后另行作出结论。"
    elif units[PASSED] and not units[TO_RECTIFY] and not units[FAILED]:
        yield f"{view.all.year}年度任务总体通过检查验收。"
    if units[TO_RECTIFY] or units[FAILED] or units[PENDING]:
        yield "总体结论请领导小组审定。"
    yield from quoted("检查组成员的保留意见", view.review.dissent)


def demands(view: AcceptanceView) -> Body:
    """What must be put right, by whom and by when."""
    entries = view.to_rectify
    if not entries:
        yield "本次检查验收没有提出需要整改的事项。"
        return
    units = list(dict.fromkeys(entry.assignment.unit for entry in entries))
    recheck = view.review.recheck_on
    when = f"，并于{chinese_date(recheck)}复查" if recheck else ""
    yield (
        f"需要整改的任务{len(entries)}项次，涉及{len(units)}个单位：{join_names(units)}，"
        f"{_by_words(view, entries)}。具体事项见{view.annex('rectify')}。"
    )
    yield f"有关单位应逐项落实责任人和完成时间，整改结束后报送书面情况和佐证材料，由检查组复核{when}。"
    failed = [each.unit for each in view.scores.units if each.grade == UNQUALIFIED]
    if failed:
        yield f"建议{join_names(failed)}一个月内向领导小组作出书面整改报告。"


def _by_words(view: AcceptanceView, entries: list[Inspected]) -> str:
    days = {view.rectify_day(entry) for entry in entries}
    if days == {None}:
        return "整改期限由领导小组另行确定"
    known = sorted(day for day in days if day is not None)
    if len(days) == 1:
        return f"整改期限为{chinese_date(known[0])}"
    rest = "，没有写明的由领导小组另行确定" if None in days else ""
    return f"整改期限分别为{join_names([chinese_date(day) for day in known])}{rest}"
