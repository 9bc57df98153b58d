"""First part of the summary: the opening with its headline figures, and 一、总体情况."""

from collections import Counter

from reporting.documents.blocks import Body, points
from reporting.documents.summary.view import SummaryView
from reporting.documents.year_view import task_list
from reporting.language.wording import counted, evenly, heading_text, join_names, percent, shares
from reporting.model import UnitState
from reporting.year.standings import REACHED, group_note


def overall_opening(view: SummaryView, plan: str) -> str:
    """The first paragraph: what the report rests on, and the headline figures."""
    all_ = view.all
    number = f"（{all_.document_number}）" if all_.document_number else ""
    by = f"、{all_.issuer}汇总" if all_.issuer else ""
    whom = all_.units[0].unit if len(all_.units) == 1 else "各责任单位"
    return (
        f"按照{plan}{number}工作安排，{all_.year}年度任务完成情况由{whom}填报{by}。"
        f"截至{view.day}，{_headline(view)}。现将有关情况报告如下："
    )


def _headline(view: SummaryView) -> str:
    """Tasks, targets and units in one sentence; of a silent year only that it is one."""
    all_ = view.all
    if view.nobody_answered:
        return f"{view.silence}，{len(all_.tasks)}项任务的完成情况暂不掌握"
    parts = [_of(len(all_.tasks), "项", "任务", view.group_sentence)]
    if view.targets:
        reached = f"达到目标值{len(view.targets_in(REACHED))}项"
        parts.append(_of(len(view.targets), "项", "量化指标", reached))
    if all_.units:
        accepted = len(view.units_in(UnitState.ACCEPTED))
        parts.append(_of(len(all_.units), "个", "责任单位", f"已报送{accepted}个"))
    return "；".join(parts)


def _of(count: int, measure: str, noun: str, parts: str) -> str:
    """27项任务中，已完成14项 of many, but 任务1项，已完成1项 of one."""
    return f"{count}{measure}{noun}中，{parts}" if count > 1 else f"{noun}{count}{measure}，{parts}"


def overview(view: SummaryView, plan: str) -> Body:
    """How many tasks stand how, with shares that add up; who is behind by number."""
    total = len(view.all.tasks)
    overall_opening = f"{plan}共有任务{total}项。截至{view.day}，"
    if view.nobody_answered:
        yield f"{overall_opening}{view.silence}，完成情况暂不掌握，完成率无法计算。"
        return
    present = [share for share in view.all.statuses if share.count]
    states = "；".join(counted(share.name, share.count, share.percent) for share in present)
    if len(present) == 1:
        states = f"{'各项' if total > 1 else '该项'}任务{evenly(total, present[0].name)}"
    yield f"{overall_opening}{states}。"
    yield view.completion
    if behind := view.tasks_in("behind"):
        yield f"滞后和未完成的任务{len(behind)}项，为{task_list(behind)}，详见第四部分。"
    else:
        yield view.nothing_late
    partly = [line for line in view.all.tasks if line.leads and line.silent_leads]
    if partly:
        words = "尚有牵头单位没有报送，完成状态按已报送的牵头单位计"
        yield f"上述任务中有{len(partly)}项（{task_list(partly)}）{words}。"
    if view.unreported:
        which = f"{len(view.unreported)}项，为{task_list(view.unreported)}"
        yield f"责任单位未报送、情况不明的任务{which}。"


def category_table(view: SummaryView) -> dict[str, object]:
    """Tasks by category and group, with a total; one category alone needs no table, nor does silence."""
    rows = [_category_row(view, heading_text(line.category), line.by_status) for line in view.all.categories]
    if len(rows) < 2 or view.nobody_answered:
        return {"rows": [], "note": ""}
    whole = Counter(line.status for line in view.all.tasks)
    rows.append(_category_row(view, "合计", whole))
    return {"rows": rows, "note": f"注：{group_note(view.form)}"}


def _category_row(view: SummaryView, name: str, by_status: dict[str, int]) -> dict[str, str]:
    counts: Counter[str] = Counter()
    for status, count in by_status.items():
        counts[view.group(status) or "unreported"] += count
    figures = {key: str(counts[key]) for key in ("done", "ongoing", "behind", "void", "unreported")}
    return {"name": name, "total": str(counts.total()), **figures}


def returns(view: SummaryView) -> Body:
    """Who owed a return and who sent one; the parts add up to the whole."""
    states = {
        "已报送": view.units_in(UnitState.ACCEPTED),
        "已报送、正在退回修改": view.units_in(UnitState.RETURNED),
        "未报送": view.units_silent,
    }
    total = len(view.all.units)
    portions = shares([len(units) for units in states.values()])
    parts = [
        f"{words}{len(units)}个，占{percent(portion)}"
        for (words, units), portion in zip(states.items(), portions, strict=True)
        if units or words == "已报送"
    ]
    whole = [words for words, units in states.items() if len(units) == total]
    if whole:
        in_time = {total: "已按时报送", 0: "逾期报送"}.get(len(view.units_on_time), "已报送")
        parts = [evenly(total, in_time if whole == ["已报送"] else whole[0])]
    yield f"应报送单位{total}个，{'；'.join(parts)}。{_in_time(view)}"
    answered = {report.unit for line in view.all.tasks for report in line.reports}
    kept = [line.unit for line in view.units_in(UnitState.RETURNED) if line.unit in answered]
    if kept:
        yield f"{join_names(kept)}的更正件正在退回修改，本报告暂用其此前通过核对的内容。"
    if view.units_not_on_time:
        yield f"{view.titles['units']}见{view.annex('units')}。"
    if not view.evidence and not view.nobody_answered:
        yield "各单位未填写佐证材料。"
    if view.all.waivers:
        yield f"经同意按例外情形处理的事项{len(view.all.waivers)}项："
        yield from points(view.all.waivers)


def _in_time(view: SummaryView) -> str:
    """How many of those that reported did so in time; nothing where the sentence before says it."""
    accepted, on_time = len(view.units_in(UnitState.ACCEPTED)), len(view.units_on_time)
    if not accepted or (accepted == len(view.all.units) and on_time in (0, accepted)):
        return ""
    if on_time in (0, accepted):
        return f"已报送的单位{evenly(accepted, '按时报送' if on_time else '逾期报送')}。"
    return f"已报送的单位中，按时报送{on_time}个，逾期报送{accepted - on_time}个。"
