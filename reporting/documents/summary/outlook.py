"""Fourth to sixth part of the summary: what is late and why, problems, what comes next."""

from collections.abc import Callable, Sequence

from reporting.documents.blocks import Block, heading_block, item_block, text_block
from reporting.documents.summary.view import SummaryView
from reporting.documents.year_view import by_category, nothing_late, silence, standing_words, task_list
from reporting.language.characters import is_hollow
from reporting.language.wording import join_names, task_numbers
from reporting.model import Report, TaskLine


def late(view: SummaryView) -> list[Block]:
    """Each task that is behind or dropped, with the reasons the leads gave; then what nobody reported."""
    if view.nobody_answered:
        return [text_block(f"{silence(view)}，未完成和滞后的任务及原因暂不掌握。")]
    behind, void = view.tasks_in("behind"), view.tasks_in("void")
    opening = [text_block(f"滞后和未完成的任务{len(behind)}项，具体情况如下：")]
    blocks = opening if behind else nothing_late(view)
    for line in behind:
        blocks += _reasons(view, line)
    if void:
        blocks.append(text_block(f"调整取消和不适用的任务{len(void)}项，具体情况如下："))
    for line in void:
        blocks += _reasons(view, line)
    if view.unreported:
        which = f"{len(view.unreported)}项（{task_list(view.unreported)}）"
        blocks.append(text_block(f"牵头单位未报送的任务{which}，完成情况和原因暂不掌握。"))
    return blocks


def _reasons(view: SummaryView, line: TaskLine) -> list[Block]:
    """Who is responsible, why it stands so, and what comes next; units are named where there are several."""
    deadline = f"完成时限：{line.task.deadline.text}。" if line.task.deadline else ""
    blocks = [
        item_block(standing_words(view, line)),
        text_block(f"责任单位：{join_names(line.task.lead)}。{deadline}"),
    ]
    # 各区县人民政府 is one name in the plan, but several units answer for it.
    several = len(line.task.lead) > 1 or len(line.leads) > 1
    for report in line.leads:
        who = f"（{report.unit}）" if several else ""
        blocks += view.quoted(f"原因{who}", report.problem)
        blocks += view.quoted(f"下一步措施{who}", report.next_step)
    return blocks


def told_by_category(
    lines: Sequence[TaskLine], pick: Callable[[Report], str]
) -> list[tuple[str, list[tuple[TaskLine, Report]]]]:
    """Where lead units wrote something in a column, by category."""
    found = []
    for category, members in by_category(lines):
        pairs = [(line, report) for line in members for report in line.leads if not is_hollow(pick(report))]
        if pairs:
            found.append((category, pairs))
    return found


def reported_problems(view: SummaryView) -> list[Block]:
    """Problems by category, of the tasks that have no place in the fourth part."""
    told = told_by_category(view.not_behind, lambda report: report.problem)
    if view.nobody_answered:
        return [text_block(f"{silence(view)}，存在的问题暂不掌握。")]
    elsewhere = len(view.not_behind) < len(view.all.tasks)
    if not told:
        who = _leads(view)
        others = f"除第四部分所列原因外，{who}未反映其他问题。"
        return [text_block(others if elsewhere else f"{who}未反映存在的问题。")]
    pairs = [pair for _, members in told for pair in members]
    units = len({report.unit for _, report in pairs})
    tasks = len({line.task.number for line, _ in pairs})
    where = "除第四部分所列任务外，" if elsewhere else ""
    kinds = f"，涉及{len(told)}类" if len(told) > 1 else ""
    blocks = [text_block(f"{where}{units}个牵头单位就{tasks}项任务反映了存在的问题{kinds}：")]
    return blocks + _sections(view, told, lambda report: report.problem)


def plans(view: SummaryView) -> list[Block]:
    """What comes next, by category; for tasks behind and unreported first."""
    if view.nobody_answered:
        return [text_block("督促责任单位尽快报送，按报送情况确定下一步工作。")]
    behind = view.tasks_in("behind")
    told = told_by_category(view.not_behind, lambda report: report.next_step)
    blocks = []
    if behind:
        blocks.append(
            text_block(f"对滞后和未完成的任务（{task_list(behind)}），按照第四部分所列措施抓紧推进。")
        )
    if view.unreported:
        blocks.append(text_block(f"对尚未报送的任务（{task_list(view.unreported)}），督促责任单位尽快报送。"))
    if not told:
        return blocks or [text_block(f"{_leads(view)}未填写下一步计划。")]
    lead_in = "对其他任务，" if blocks else ""
    blocks.append(text_block(f"{lead_in}{_leads(view)}下一步工作打算如下："))
    return blocks + _sections(view, told, lambda report: report.next_step)


def _leads(view: SummaryView) -> str:
    """Those who wrote the problems and plans: all leads, or the one there is."""
    leads = {unit for line in view.all.tasks for unit in line.task.lead}
    return "各牵头单位" if len(leads) > 1 else "牵头单位"


def _sections(
    view: SummaryView,
    told: Sequence[tuple[str, list[tuple[TaskLine, Report]]]],
    pick: Callable[[Report], str],
) -> list[Block]:
    """What units wrote, under the headings of their categories; equal words of one category stand once.

    One category alone needs no heading.
    """
    blocks: list[Block] = []
    for ordinal, (category, pairs) in enumerate(told, start=1):
        if len(told) > 1:
            blocks.append(heading_block(ordinal, category))
        same: dict[str, list[tuple[TaskLine, Report]]] = {}
        for line, report in pairs:
            same.setdefault(pick(report).strip(), []).append((line, report))
        for text, members in same.items():
            units = join_names(dict.fromkeys(report.unit for _, report in members))
            tasks = task_numbers(list(dict.fromkeys(line.task.number for line, _ in members)))
            blocks += view.quoted(f"{units}（{tasks}）", text)
    return blocks
