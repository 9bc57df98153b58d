"""The bulletin (督查通报) to all units: who reported, what is behind, what is asked, with named lists.

Facts and names alone, each list in the order of the plan; whoever is named stands in the book so.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from reporting.documents import Context, Output
from reporting.documents.blocks import Body, body_blocks, heading_block
from reporting.documents.letterhead import (
    annex_head,
    annex_list,
    marks_taken,
    official_closing,
    plan_title,
    self_name,
    title_lines,
)
from reporting.documents.year_view import MOST_LISTED, YearView, has_several_leads, late_row, task_list
from reporting.language.values import format_number
from reporting.language.wording import book, chinese_date, evenly, join_names, task_numbers
from reporting.model import Consolidation, Role, TaskLine, UnitLine, UnitState
from reporting.office.form import Form
from reporting.office.settings import Settings
from reporting.year.standings import MISSED, OVERDUE, REACHED, STATE_NAMES, return_part

UNITS, TASKS = "未按时报送单位名单", "滞后和未完成任务清单"


def build(consolidation: Consolidation, settings: Settings, form: Form) -> Context:
    """Shape the bulletin as the year stands on the day of the consolidation."""
    view = YearView(consolidation, form)
    today = consolidation.as_of
    plan = book(plan_title(consolidation.title, consolidation.year))
    late, behind = _late(view), view.tasks_in("behind")
    titles = [title for title, listed in ((UNITS, late), (TASKS, behind)) if listed]
    return {
        "title": title_lines(f"关于{consolidation.year}年度任务报送和完成情况的督查通报"),
        "recipient": "各责任单位",
        "opening": f"现将截至{chinese_date(today)}{plan}任务报送和完成情况通报如下：",
        "overall": body_blocks(_overall(view)),
        "problems": body_blocks(_problems(view)),
        "demands": body_blocks(_demands(view, settings, today + timedelta(days=settings.resubmit_days))),
        "annexes": annex_list(titles),
        "annex_units": annex_head(titles, UNITS) | {"rows": [_unit_row(*each) for each in enumerate(late, 1)]},
        "annex_tasks": annex_head(titles, TASKS) | {"rows": [_task_row(line) for line in behind]},
        **official_closing(settings, consolidation.issuer, today, settings.document.bulletin_number),
    }


# ---- 一、总体情况 -------------------------------------------------------------------------------------


def _overall(view: YearView) -> Body:
    all_ = view.all
    owed = f"应报送单位{len(all_.units)}个"
    if view.nobody_answered:
        yield f"{owed}。{view.silence}，{len(all_.tasks)}项任务的完成情况暂不掌握。"
        return
    accepted, on_time = len(view.units_in(UnitState.ACCEPTED)), len(view.units_on_time)
    sent = f"已报送{accepted}个，其中按时报送{on_time}个"
    rest = {"退回修改后尚未重新报送的": len(view.units_in(UnitState.RETURNED)), "没有报送的": len(view.units_silent)}
    sent += "".join(f"；{words}{count}个" for words, count in rest.items() if count)
    if on_time == len(all_.units):
        sent = evenly(on_time, "已按时报送")
    told = f"{owed}，{sent}。任务{len(all_.tasks)}项，{view.group_sentence}。"
    if view.targets:
        told += f"量化指标{len(view.targets)}项，达到目标值{len(view.targets_in(REACHED))}项。"
    yield told
    yield view.completion
    good = _well_done(view)
    if good:
        who = f"{join_names(good)}等{len(good)}个单位" if len(good) > 1 else good[0]
        yield f"{who}按时报送，牵头的任务全部完成。"


def _well_done(view: YearView) -> list[str]:
    """The units that sent in time and lead nothing but tasks that are done."""
    led: dict[str, list[str]] = {}
    for line in view.all.tasks:
        for assignment, report in line.parts:
            if assignment.role is Role.LEAD:
                led.setdefault(assignment.unit, []).append(report.status if report else "")
    return [
        line.unit
        for line in view.units_on_time
        if line.unit in led and all(view.group(status) == "done" for status in led[line.unit])
    ]


def _late(view: YearView) -> list[UnitLine]:
    """The units whose date has passed without a return, or before it came; others still have time."""
    return [line for line in view.units_not_on_time if line.state is not UnitState.AWAITED]


# ---- 二、存在的主要问题 -------------------------------------------------------------------------------


def _problems(view: YearView) -> Body:
    parts = [
        ("未按时报送", _not_on_time(view)),
        ("任务滞后和未完成", _behind(view)),
        ("指标未达到目标值", _missed(view)),
    ]
    told = [(heading, text) for heading, text in parts if text]
    if not told:
        yield f"没有未按时报送的单位。{view.nothing_late}"
        return
    yield from _under_headings(told)


def _under_headings(told: Sequence[tuple[str, str]]) -> Body:
    """Each text under its heading; one alone needs none."""
    for ordinal, (heading, text) in enumerate(told, 1):
        if len(told) > 1:
            yield heading_block(ordinal, heading)
        yield text


def _not_on_time(view: YearView) -> str:
    words = {
        UnitState.LATE: "截至目前没有报送的",
        UnitState.RETURNED: "逾期报送、正在退回修改的",
        UnitState.ACCEPTED: "逾期报送的",
    }
    late = _late(view)
    if len(late) == len(view.all.units) and all(line.state is UnitState.LATE for line in late):
        return f"应报送的单位截至目前{evenly(len(late), '没有报送')}，名单见附件。"
    told = [
        f"{told}{len(units)}个：{join_names(units)}"
        for state, told in words.items()
        if (units := [line.unit for line in late if line.state is state])
    ]
    return f"{'；'.join(told)}。" if told else ""


def _behind(view: YearView) -> str:
    behind = view.tasks_in("behind")
    if not behind:
        return ""
    units = list(dict.fromkeys(unit for line in behind for unit in line.lead_units or line.task.lead))
    named = f"：{join_names(units)}" if len(units) <= MOST_LISTED else ""
    return f"滞后和未完成的任务{len(behind)}项（{task_list(behind)}），涉及牵头单位{len(units)}个{named}。"


def _missed(view: YearView) -> str:
    missed = view.targets_in(MISSED)
    if not missed:
        return ""
    names = "；".join(f"{each.target.name}（{task_numbers([each.target.task])}）" for each in missed)
    return f"未达到目标值的量化指标{len(missed)}项：{names}。"


# ---- 三、下一步工作要求 -------------------------------------------------------------------------------


def _demands(view: YearView, settings: Settings, by: date) -> Body:
    office, day = self_name(view.all.issuer), chinese_date(by)
    told = []
    if view.units_in(UnitState.LATE):
        told.append(("抓紧补报", f"没有报送的单位，请于{day}前报送填报表，并书面说明原因。"))
    if returned := view.units_in(UnitState.RETURNED):
        named = [line.unit for line in returned if line.due is not None and line.due < view.all.as_of]
        who = f"退回修改的单位（{join_names(named)}）" if len(named) == len(returned) else "退回修改的单位"
        told.append(("抓紧修改", f"{who}，请对照校验意见修改，于{day}前重新报送。"))
    if view.tasks_in("behind"):
        who = "滞后和未完成任务的牵头单位"
        asked = f"要逐项查找原因，明确措施、责任人和完成时限，于{day}前将整改措施报{office}。"
        told.append(("抓紧推进", f"{who}，{asked}"))
    told.append(("强化考评", _assessed(settings)))
    return _under_headings(told)


def _assessed(settings: Settings) -> str:
    """What the assessment takes off, by the settings of the office."""
    marks = settings.scoring.deductions
    taken = marks_taken((("逾期报送", marks.late), ("未报送", marks.not_sent), ("内容空洞", marks.hollow)))
    return f"报送和完成情况纳入年度考评{taken and f'：{taken}'}。"


# ---- annexes -----------------------------------------------------------------------------------------


def _unit_row(ordinal: int, line: UnitLine) -> dict[str, object]:
    part = return_part(line)
    state = part if part in (OVERDUE, STATE_NAMES[UnitState.RETURNED]) else STATE_NAMES[line.state]
    return late_row(line) | {"ordinal": str(ordinal), "state": state}


_TALL = 200
"""Longer reasons and steps fill a third of a page, so their row may run over the end of it."""


def _task_row(line: TaskLine) -> dict[str, object]:
    progress = "" if line.progress is None else f"\n{format_number(line.progress)}%"
    texts = {
        "content": line.task.content,
        "reason": "\n".join(_words(line, "problem")),
        "next_step": "\n".join(_words(line, "next_step")),
    }
    return {
        "number": line.task.number,
        "lead": join_names(line.task.lead),
        "status": f"{line.status}{progress}",
        "tall": any(len(text) > _TALL for text in texts.values()),
        **texts,
    }


def _words(line: TaskLine, key: str) -> list[str]:
    """The leads' own words, with the unit before them where there are several."""
    texts = [(report.unit, str(getattr(report, key)).strip()) for report in line.leads]
    return [f"{unit}：{text}" if has_several_leads(line) else text for unit, text in texts if text]


OUTPUT = Output("督查通报", "督查通报.docx", build)
