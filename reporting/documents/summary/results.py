"""Second and third part of the summary: what was done, and the numeric targets."""

from collections import Counter
from collections.abc import Sequence

from reporting.documents.blocks import Body, body_blocks, heading_block, item_block
from reporting.documents.letterhead import goal_words
from reporting.documents.summary.view import SummaryView
from reporting.documents.year_view import ELSEWHERE, by_category, result_row, task_list
from reporting.language.characters import is_hollow
from reporting.language.wording import counted, evenly, join_names, shares, task_numbers
from reporting.model import UNREPORTED, TaskLine
from reporting.year.standings import MISSED, REACHED, TARGET_STATES, figure_words


def results_section(view: SummaryView) -> Body:
    """What was done, by category: the leads' words first, the supporters by name."""
    if view.nobody_answered:
        yield f"截至{view.day}，{view.silence}，暂无完成情况。"
        return
    whose = "牵头单位和配合单位" if view.quotes.supporters else "牵头单位"
    others = "各单位填报的全部内容" if view.quotes.supporters else "配合单位填报的情况"
    categories = by_category(view.all.tasks)
    sorted_ = "按类别" if len(categories) > 1 else ""
    supported = any(line.supporters for line in view.all.tasks)
    where = f"，{others}见{view.annex('tasks')}" if supported else ""
    yield f"以下{sorted_}列示{whose}填报的完成情况{where}。"
    for ordinal, (category, lines) in enumerate(categories, start=1):
        if len(categories) > 1:
            yield heading_block(ordinal, category)
            yield _category_sentence(view, lines)
        for line in lines:
            yield from _task_blocks(view, line)


def _category_sentence(view: SummaryView, lines: Sequence[TaskLine]) -> str:
    """How many tasks of a category stand how; those behind or unreported are named."""
    parts = []
    for status in [*view.form.statuses, UNREPORTED]:
        members = [line for line in lines if line.status == status]
        named = view.group(status) in ("behind", None)
        if members:
            parts.append(f"{status}{len(members)}项" + (f"（{task_list(members)}）" if named else ""))
    if len(parts) == 1:
        return f"本类任务{len(lines)}项，{evenly(len(lines), lines[0].status)}。"
    return f"本类任务{len(lines)}项，其中{'、'.join(parts)}。"


def _task_blocks(view: SummaryView, line: TaskLine) -> Body:
    """One task that somebody answered: the leads' words, then the names of those who supported."""
    told = [report for report in line.leads if not is_hollow(report.result)]
    if not line.reports or (not told and view.group(line.status) in ELSEWHERE):
        return
    yield item_block(view.standing_words(line))
    for report in told:
        yield from view.quoted(report.unit, report.result)
    if line.leads and not told:
        yield "牵头单位未填写完成情况。"
    for words, correcting in (("未报送", False), ("的填报表正在退回修改", True)):
        if units := [unit for unit in line.silent_leads if (unit in view.correcting) is correcting]:
            yield f"牵头单位{join_names(units)}{words}。"
    for report in line.supporters if view.quotes.supporters else ():
        yield from view.quoted(f"{report.unit}（配合）", report.result)
    if line.supporters:
        yield f"配合单位：{join_names(report.unit for report in line.supporters)}。"


def target_overview(view: SummaryView) -> str:
    """The targets in one sentence whose parts add up."""
    if not view.targets:
        return f"{view.all.year}年度任务未设量化指标。"
    counts = Counter(target.state for target in view.targets)
    portions = zip(TARGET_STATES, shares([counts[state] for state in TARGET_STATES]), strict=True)
    parts = [counted(state, counts[state], portion) for state, portion in portions if counts[state] or state == REACHED]
    if len(counts) == 1:
        parts = [evenly(len(view.targets), view.targets[0].state)]
    return f"量化指标{len(view.targets)}项，{'；'.join(parts)}。"


def target_section(view: SummaryView, plan: str) -> dict[str, object]:
    """The table of all figures, and in words those that missed their goal; no table without a figure."""
    rows = [result_row(report) for target in view.targets for report in target.reports]
    opening = target_overview(view)
    if any(report.reported for target in view.targets for report in target.reports):
        opening = "量化指标的目标值、完成值和完成率如下表所示。"
    elif rows:
        opening, rows = f"量化指标{evenly(len(rows), '未报送')}，目标值见{view.annex('targets')}。", []
    return {"rows": rows, "opening": opening, "rest": body_blocks([*_missed_targets(view), *_goals(view, plan)])}


def _missed_targets(view: SummaryView) -> Body:
    missed = view.targets_in(MISSED)
    if missed:
        yield f"未达到目标值的指标{len(missed)}项："
    for ordinal, target in enumerate(missed, start=1):
        first = target.target
        reported = (report for report in target.reports if report.reported)
        figures = "，".join(f"{report.unit}完成{figure_words(report)}" for report in reported)
        named = f"{first.name}（{task_numbers([first.task])}）"
        yield f"{ordinal}.{named}：目标值{goal_words(first)}，{figures}。"


def _goals(view: SummaryView, plan: str) -> Body:
    """Overall targets name no unit, so nobody was asked; the reader must know that."""
    names = "；".join(f"{goal.number}.{goal.content.strip().rstrip('。；')}" for goal in view.all.goals)
    if names:
        yield f"{plan}另有总体目标{len(view.all.goals)}项，未确定责任单位，未组织填报：{names}。"
