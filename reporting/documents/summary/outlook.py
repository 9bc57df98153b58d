"""Fourth to sixth part of the summary: what is late and why, problems, what comes next."""

from collections.abc import Sequence
from typing import Literal

from reporting.documents.blocks import Body, heading_block, item_block
from reporting.documents.summary.view import SummaryView
from reporting.documents.year_view import by_category, has_several_leads, task_list
from reporting.language.characters import is_hollow
from reporting.language.wording import join_names, task_numbers
from reporting.model import TaskLine

_Told = tuple[str, list[tuple[TaskLine, str, str]]]
"""A category with what lead units wrote on its tasks: task, unit and words."""


def late(view: SummaryView) -> Body:
    """Each task that is behind or dropped, with the reasons the leads gave; then what nobody reported."""
    if view.nobody_answered:
        yield f"{view.silence}，未完成和滞后的任务及原因暂不掌握。"
        return
    behind, void = view.tasks_in("behind"), view.tasks_in("void")
    yield f"滞后和未完成的任务{len(behind)}项，具体情况如下：" if behind else view.nothing_late
    for line in behind:
        yield from _reasons(view, line)
    if void:
        yield f"调整取消和不适用的任务{len(void)}项，具体情况如下："
    for line in void:
        yield from _reasons(view, line)
    if view.unreported:
        which = f"{len(view.unreported)}项（{task_list(view.unreported)}）"
        yield f"牵头单位未报送的任务{which}，完成情况和原因暂不掌握。"


def _reasons(view: SummaryView, line: TaskLine) -> Body:
    """Who is responsible, why it stands so, and what comes next; units are named where there are several."""
    deadline = f"完成时限：{line.task.deadline.text}。" if line.task.deadline else ""
    yield item_block(view.standing_words(line))
    yield f"责任单位：{join_names(line.task.lead)}。{deadline}"
    for report in line.leads:
        who = f"（{report.unit}）" if has_several_leads(line) else ""
        yield from view.quoted(f"原因{who}", report.problem)
        yield from view.quoted(f"下一步措施{who}", report.next_step)


def told_by_category(lines: Sequence[TaskLine], key: Literal["problem", "next_step"]) -> list[_Told]:
    """Where lead units wrote something in a column, by category."""
    found = []
    for category, members in by_category(lines):
        told = [(line, each.unit, str(getattr(each, key)).strip()) for line in members for each in line.leads]
        words = [word for word in told if not is_hollow(word[2])]
        if words:
            found.append((category, words))
    return found


def reported_problems(view: SummaryView) -> Body:
    """Problems by category, of the tasks that have no place in the fourth part."""
    told = told_by_category(view.not_behind, "problem")
    if view.nobody_answered:
        yield f"{view.silence}，存在的问题暂不掌握。"
        return
    elsewhere = len(view.not_behind) < len(view.all.tasks)
    if not told:
        who = _leads(view)
        others = f"除第四部分所列原因外，{who}未反映其他问题。"
        yield others if elsewhere else f"{who}未反映存在的问题。"
        return
    words = [word for _, members in told for word in members]
    units = len({unit for _, unit, _ in words})
    tasks = len({line.task.number for line, _, _ in words})
    where = "除第四部分所列任务外，" if elsewhere else ""
    kinds = f"，涉及{len(told)}类" if len(told) > 1 else ""
    yield f"{where}{units}个牵头单位就{tasks}项任务反映了存在的问题{kinds}："
    yield from _sections(view, told)


def plans(view: SummaryView) -> Body:
    """What comes next, by category; for tasks behind and unreported first."""
    if view.nobody_answered:
        yield "督促责任单位尽快报送，按报送情况确定下一步工作。"
        return
    behind = view.tasks_in("behind")
    told = told_by_category(view.not_behind, "next_step")
    if behind:
        yield f"对滞后和未完成的任务（{task_list(behind)}），按照第四部分所列措施抓紧推进。"
    if view.unreported:
        yield f"对尚未报送的任务（{task_list(view.unreported)}），督促责任单位尽快报送。"
    others = behind or view.unreported
    if told:
        yield f"{'对其他任务，' if others else ''}{_leads(view)}下一步工作打算如下："
        yield from _sections(view, told)
    elif not others:
        yield f"{_leads(view)}未填写下一步计划。"


def _leads(view: SummaryView) -> str:
    """Those who wrote the problems and plans: all leads, or the one there is."""
    leads = {unit for line in view.all.tasks for unit in line.task.lead}
    return "各牵头单位" if len(leads) > 1 else "牵头单位"


def _sections(view: SummaryView, told: Sequence[_Told]) -> Body:
    """What units wrote, under the headings of their categories; equal words of one category stand once.

    One category alone needs no heading.
    """
    for ordinal, (category, words) in enumerate(told, start=1):
        if len(told) > 1:
            yield heading_block(ordinal, category)
        for text in dict.fromkeys(text for _, _, text in words):
            members = [(line, unit) for line, unit, other in words if other == text]
            units = join_names(dict.fromkeys(unit for _, unit in members))
            tasks = task_numbers(list(dict.fromkeys(line.task.number for line, _ in members)))
            yield from view.quoted(f"{units}（{tasks}）", text)
