"""The year-end summary (年度总结): the report on how the plan's tasks were carried out.

Every figure is taken from the Consolidation or counted from it. The body tells what the lead units wrote;
the first annex holds every unit's words on every task, so nothing that was accepted is left out or cut.
It reports what departments say, before any inspection, and claims no more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import groupby

from reporting.form import Form
from reporting.form import Outcome as Group
from reporting.model import (
    UNREPORTED,
    Consolidation,
    Report,
    Role,
    TargetReport,
    TaskLine,
    UnitLine,
    UnitState,
)
from reporting.outputs import Context, Output
from reporting.outputs.standings import (
    MISSED,
    REACHED,
    TARGET_STATES,
    figure_words,
    group_note,
    judge_targets,
    target_state,
)
from reporting.outputs.wording import (
    book,
    chinese_date,
    clause,
    contact_note,
    counted,
    goal_words,
    heading_text,
    join_names,
    paragraphs,
    percent,
    plan_title,
    rate,
    says_nothing,
    second_level,
    shares,
    signature,
    stopped,
    task_numbers,
    title_lines,
    year_in,
)
from reporting.settings import Settings
from reporting.values import format_number

Block = dict[str, str]
"""One paragraph of the body: ``kind`` is heading, item or text, and the template gives each its style."""

_ELSEWHERE: tuple[Group, ...] = ("behind", "void")
"""Tasks of these groups have the fourth part to themselves."""
TALL, TALL_NARROW = 150, 75
"""Longer texts fill more than a third of a turned page, so their row may run over the end of it.

Kept together, rows of that height would leave a third of each page empty.
"""
MOST_LISTED = 30
"""Names listed in a sentence of the body before it points to the annex instead."""


def build(consolidation: Consolidation, settings: Settings, form: Form) -> Context:
    """Shape the whole summary."""
    view = _View(consolidation, form)
    title = plan_title(consolidation.title, consolidation.year)
    plan = book(title)
    return {
        "title": title_lines(f"关于{year_in(title, consolidation.year)}{plan}任务完成情况的报告"),
        "recipient": settings.recipient,
        "opening": _opening(view, plan),
        "overview": _overview(view, plan),
        "categories": _category_table(view),
        "target_overview": _target_overview(view),
        "returns": _returns(view),
        "results": _results(view),
        "targets": _target_section(view, plan),
        "late": _late(view),
        "problems": _problems(view),
        "plans": _plans(view),
        "annexes": _annex_list(view),
        "signature": signature(consolidation.issuer, consolidation.as_of),
        "contact": contact_note(settings.contact),
        "annex_tasks": _annex_tasks(view),
        "annex_targets": _annex_targets(view),
        "annex_units": _annex_units(view),
        "annex_evidence": _annex_evidence(view),
    }


class _View:
    """The Consolidation as the sections look at it: tasks by group, targets and units by how they stand."""

    def __init__(self, consolidation: Consolidation, form: Form) -> None:
        self.all = consolidation
        self.form = form
        self.unreported = [line for line in consolidation.tasks if line.status == UNREPORTED]
        self.targets = judge_targets(consolidation.targets)
        self.day = chinese_date(consolidation.data_as_of)

    def group(self, status: str) -> Group | None:
        """The group of a status; None for 未报送."""
        known = self.form.statuses.get(status)
        return known.outcome if known else None

    def tasks_in(self, group: Group) -> list[TaskLine]:
        """The tasks whose status belongs to a group, in the order of the plan."""
        return [line for line in self.all.tasks if self.group(line.status) == group]

    @property
    def not_behind(self) -> list[TaskLine]:
        """All tasks but those whose reasons and next steps the fourth part gives."""
        return [line for line in self.all.tasks if self.group(line.status) not in _ELSEWHERE]

    @property
    def nobody_answered(self) -> bool:
        """Whether there is not one accepted word on any task."""
        return not any(line.reports for line in self.all.tasks)

    def units_in(self, *states: UnitState) -> list[UnitLine]:
        """The units that stand so."""
        return [line for line in self.all.units if line.state in states]

    @property
    def units_on_time(self) -> list[UnitLine]:
        """The units whose accepted return came in time."""
        return [line for line in self.units_in(UnitState.ACCEPTED) if line.on_time]

    @property
    def units_not_on_time(self) -> list[UnitLine]:
        """The units from which nothing came, or nothing in time; being asked to correct is not lateness."""
        return [line for line in self.all.units if not line.on_time]

    @cached_property
    def correcting(self) -> frozenset[str]:
        """The units whose newest return went back to them."""
        return frozenset(line.unit for line in self.units_in(UnitState.RETURNED))

    @property
    def annexes(self) -> dict[str, str]:
        """The annexes of this year by key, in order; there is none on targets when the plan has none."""
        titles = {
            "tasks": f"{self.all.year}年度任务完成情况表",
            "targets": f"{self.all.year}年度量化指标完成情况表",
            "units": "未按时报送单位名单",
            "evidence": "佐证材料目录",
        }
        return {key: title for key, title in titles.items() if key != "targets" or self.all.targets}

    def annex(self, key: str) -> str:
        """The label of an annex, say 附件1."""
        return f"附件{list(self.annexes).index(key) + 1}"


def _text(text: str) -> Block:
    return {"kind": "text", "text": text}


def _heading(ordinal: int, text: str) -> Block:
    return {"kind": "heading", "text": f"{second_level(ordinal)}{text}"}


def _item(text: str) -> Block:
    return {"kind": "item", "text": text}


def _numbers(lines: Iterable[TaskLine]) -> str:
    return task_numbers([line.task.number for line in lines])


def _name(line: TaskLine) -> str:
    """A task by number and first clause; 一项 with its whole content stands in the annex."""
    return f"{line.task.number}.{clause(line.task.content)}"


# ---- opening and 一、总体情况 -----------------------------------------------------------------


def _opening(view: _View, plan: str) -> str:
    all_ = view.all
    number = f"（{all_.document_number}）" if all_.document_number else ""
    by = f"、{all_.issuer}汇总" if all_.issuer else ""
    parts = [f"{len(all_.tasks)}项任务中，{_group_sentence(view)}"]
    reached = [target for target in view.targets if target.state == REACHED]
    if view.targets:
        parts.append(f"{len(view.targets)}项量化指标中，达到目标值{len(reached)}项")
    if all_.units:
        parts.append(f"{len(all_.units)}个责任单位中，已报送{len(view.units_in(UnitState.ACCEPTED))}个")
    return (
        f"按照{plan}{number}工作安排，{all_.year}年度任务完成情况由各责任单位填报{by}。"
        f"截至{view.day}，{'；'.join(parts)}。现将有关情况报告如下："
    )


def _group_sentence(view: _View) -> str:
    """The headline: how many tasks are done, under way, behind, left out, unreported."""
    words: dict[Group, str] = {
        "done": "已完成",
        "ongoing": "正在推进",
        "behind": "滞后或未完成",
        "void": "调整取消或不适用",
    }
    counts = {group: len(view.tasks_in(group)) for group in words}
    parts = [f"{word}{counts[group]}项" for group, word in words.items() if counts[group] or group == "done"]
    if view.unreported:
        parts.append(f"{UNREPORTED}{len(view.unreported)}项")
    return "、".join(parts)


def _overview(view: _View, plan: str) -> list[Block]:
    total = len(view.all.tasks)
    present = [share for share in view.all.statuses if share.count]
    states = "；".join(counted(share.name, share.count, share.percent) for share in present)
    blocks = [_text(f"{plan}共有任务{total}项。截至{view.day}，{states}。"), _text(_completion(view))]
    behind = view.tasks_in("behind")
    if behind:
        blocks.append(_text(f"滞后和未完成的任务{len(behind)}项，为{_numbers(behind)}，详见第四部分。"))
    else:
        blocks += _nothing_late(view)
    partly = [
        line
        for line in view.all.tasks
        if line.leads and any(assignment.role is Role.LEAD for assignment in line.silent)
    ]
    if partly:
        words = "尚有牵头单位没有报送，完成状态按已报送的牵头单位计"
        blocks.append(_text(f"上述任务中有{len(partly)}项（{_numbers(partly)}）{words}。"))
    if view.unreported:
        blocks.append(
            _text(f"责任单位未报送、情况不明的任务{len(view.unreported)}项，为{_numbers(view.unreported)}。")
        )
    return blocks


def _nothing_late(view: _View) -> list[Block]:
    """That nothing is late, as far as it was reported; of unreported tasks nobody knows."""
    if not view.unreported:
        return [_text("无滞后任务。")]
    return [] if view.nobody_answered else [_text("已报送的任务中，无滞后任务。")]


def _completion(view: _View) -> str:
    """The completion rate; adjusted and inapplicable tasks are outside it."""
    done, void = len(view.tasks_in("done")), view.tasks_in("void")
    counting = len(view.all.tasks) - len(void)
    if not counting:
        return "本年度没有计入完成率的任务。"
    if void:
        return (
            f"剔除调整取消和不适用的任务{len(void)}项（{_numbers(void)}），"
            f"计入完成率的任务{counting}项，完成率为{rate(done, counting)}。"
        )
    return f"任务完成率为{rate(done, counting)}。"


def _category_table(view: _View) -> dict[str, object]:
    """Tasks by category and group, with a total; one category alone needs no table."""
    rows = [
        _category_row(view, heading_text(line.category), line.total, line.by_status)
        for line in view.all.categories
    ]
    if len(rows) < 2:
        return {"rows": [], "note": ""}
    whole = Counter(line.status for line in view.all.tasks)
    rows.append(_category_row(view, "合计", len(view.all.tasks), whole))
    return {"rows": rows, "note": f"注：{group_note(view.form)}"}


def _category_row(view: _View, name: str, total: int, by_status: dict[str, int]) -> dict[str, str]:
    counts: Counter[str] = Counter()
    for status, count in by_status.items():
        counts[view.group(status) or "unreported"] += count
    figures = {key: str(counts[key]) for key in ("done", "ongoing", "behind", "void", "unreported")}
    return {"name": name, "total": str(total), **figures}


def _returns(view: _View) -> list[Block]:
    """Who owed a return and who sent one; the parts add up to the whole."""
    states = {
        "已报送": view.units_in(UnitState.ACCEPTED),
        "已报送、正在退回修改": view.units_in(UnitState.RETURNED),
        "未报送": view.units_in(UnitState.AWAITED, UnitState.LATE),
    }
    portions = shares([len(units) for units in states.values()])
    parts = [
        f"{words}{len(units)}个，占{percent(portion)}"
        for (words, units), portion in zip(states.items(), portions, strict=True)
        if units or words == "已报送"
    ]
    accepted, on_time = len(states["已报送"]), len(view.units_on_time)
    detail = f"已报送的单位中，按时报送{on_time}个，逾期报送{accepted - on_time}个。" if accepted else ""
    blocks = [_text(f"应报送单位{len(view.all.units)}个，{'；'.join(parts)}。{detail}")]
    answered = {report.unit for line in view.all.tasks for report in line.reports}
    kept = [line.unit for line in view.units_in(UnitState.RETURNED) if line.unit in answered]
    if kept:
        blocks.append(_text(f"{join_names(kept)}的更正件正在退回修改，本报告暂用其此前通过核对的内容。"))
    if view.units_not_on_time:
        blocks.append(_text(f"未按时报送单位名单见{view.annex('units')}。"))
    if view.all.waivers:
        blocks.append(_text(f"经同意按例外情形处理的事项{len(view.all.waivers)}项："))
        blocks += [_text(f"{i}.{stopped(text)}") for i, text in enumerate(view.all.waivers, start=1)]
    return blocks


# ---- 二、主要工作及成效 -----------------------------------------------------------------------


def _by_category(lines: Sequence[TaskLine]) -> list[tuple[str, list[TaskLine]]]:
    """Tasks under their categories, in the order of the plan."""
    return [
        (heading_text(category), list(members))
        for category, members in groupby(lines, key=lambda line: line.task.category)
    ]


def _results(view: _View) -> list[Block]:
    if view.nobody_answered:
        return [_text(f"截至{view.day}，各责任单位均未报送，暂无完成情况。")]
    blocks = [_text(f"以下按类别列示牵头单位填报的完成情况，配合单位填报的情况见{view.annex('tasks')}。")]
    for ordinal, (category, lines) in enumerate(_by_category(view.all.tasks), start=1):
        blocks += [_heading(ordinal, category), _text(_category_sentence(view, lines))]
        for line in lines:
            blocks += _task_blocks(view, line)
    return blocks


def _category_sentence(view: _View, lines: Sequence[TaskLine]) -> str:
    """How many tasks of a category stand how; those behind or unreported are named."""
    parts = []
    for status in [*view.form.statuses, UNREPORTED]:
        members = [line for line in lines if line.status == status]
        named = view.group(status) in ("behind", None)
        if members:
            parts.append(f"{status}{len(members)}项" + (f"（{_numbers(members)}）" if named else ""))
    return f"本类任务{len(lines)}项，其中{'、'.join(parts)}。"


def _task_blocks(view: _View, line: TaskLine) -> list[Block]:
    """One task that somebody answered: the leads' words, then the names of those who supported."""
    told = [report for report in line.leads if not says_nothing(report.result)]
    if not line.reports or (not told and view.group(line.status) in _ELSEWHERE):
        return []
    blocks = [_item(_standing(view, line))]
    for report in told:
        blocks += _quoted(report.unit, report.result)
    if line.leads and not told:
        blocks.append(_text("牵头单位未填写完成情况。"))
    silent = [assignment.unit for assignment in line.silent if assignment.role is Role.LEAD]
    for words, units in (
        ("未报送", [unit for unit in silent if unit not in view.correcting]),
        ("的填报表正在退回修改", [unit for unit in silent if unit in view.correcting]),
    ):
        if units:
            blocks.append(_text(f"牵头单位{join_names(units)}{words}。"))
    if line.supporters:
        blocks.append(_text(f"配合单位：{join_names(report.unit for report in line.supporters)}。"))
    return blocks


def _standing(view: _View, line: TaskLine) -> str:
    """A task with its status, and its progress where the status does not say it already."""
    told = line.progress is not None and view.group(line.status) in ("ongoing", "behind")
    progress = f"，进度{format_number(line.progress or 0)}%" if told else ""
    return f"{_name(line)}（{line.status}{progress}）"


def _quoted(speaker: str, text: str) -> list[Block]:
    """A unit's own words, all of them, line by line, with who or what it is before the first."""
    if says_nothing(text):
        return []
    first, *rest = paragraphs(text)
    *before, last = [f"{speaker}：{first}", *rest]
    return [_text(part) for part in [*before, stopped(last)]]


# ---- 三、量化指标完成情况 ---------------------------------------------------------------------


def _target_overview(view: _View) -> str:
    """The targets in one sentence whose parts add up."""
    if not view.targets:
        return f"{view.all.year}年度任务未设量化指标。"
    counts = Counter(target.state for target in view.targets)
    portions = shares([counts[state] for state in TARGET_STATES])
    parts = [
        counted(state, counts[state], portion)
        for state, portion in zip(TARGET_STATES, portions, strict=True)
        if counts[state] or state == REACHED
    ]
    return f"量化指标{len(view.targets)}项，{'；'.join(parts)}。"


def _target_section(view: _View, plan: str) -> dict[str, object]:
    return {
        "rows": [_target_row(report) for target in view.targets for report in target.reports],
        "opening": "各项量化指标的目标值、完成值和完成率如下表所示。"
        if view.targets
        else _target_overview(view),
        "rest": [*_missed_targets(view), *_goals(view, plan)],
    }


def _target_row(report: TargetReport) -> dict[str, str]:
    return {
        "task": report.target.task,
        "name": report.target.name,
        "goal": goal_words(report.target),
        "value": figure_words(report),
        "ratio": "—" if report.ratio is None else percent(report.ratio * 100),
        "unit": report.unit,
        "state": target_state([report]),
        "as_of": report.as_of or "—",
        "remark": report.remark,
    }


def _missed_targets(view: _View) -> list[Block]:
    missed = [target for target in view.targets if target.state == MISSED]
    if not missed:
        return []
    blocks = [_text(f"未达到目标值的指标{len(missed)}项：")]
    for ordinal, target in enumerate(missed, start=1):
        first = target.target
        figures = "，".join(
            f"{report.unit}完成{figure_words(report)}" for report in target.reports if report.reported
        )
        blocks.append(
            _text(
                f"{ordinal}.{first.name}（{task_numbers([first.task])}）：目标值{goal_words(first)}，{figures}。"
            )
        )
    return blocks


def _goals(view: _View, plan: str) -> list[Block]:
    """Overall targets name no unit, so nobody was asked; the reader must know that."""
    if not view.all.goals:
        return []
    names = "；".join(f"{goal.number}.{goal.content.strip().rstrip('。；')}" for goal in view.all.goals)
    return [_text(f"{plan}另有总体目标{len(view.all.goals)}项，未确定责任单位，未组织填报：{names}。")]


# ---- 四 to 六 ---------------------------------------------------------------------------------


def _late(view: _View) -> list[Block]:
    """Each task that is behind or dropped, with the reasons the leads gave; then what nobody reported."""
    behind, void = view.tasks_in("behind"), view.tasks_in("void")
    opening = [_text(f"滞后和未完成的任务{len(behind)}项，具体情况如下：")]
    blocks = opening if behind else _nothing_late(view)
    for line in behind:
        blocks += _reasons(view, line)
    if void:
        blocks.append(_text(f"调整取消和不适用的任务{len(void)}项，具体情况如下："))
    for line in void:
        blocks += _reasons(view, line)
    if view.unreported:
        which = f"{len(view.unreported)}项（{_numbers(view.unreported)}）"
        blocks.append(_text(f"牵头单位未报送的任务{which}，完成情况和原因暂不掌握。"))
    return blocks


def _reasons(view: _View, line: TaskLine) -> list[Block]:
    """Who is responsible, why it stands so, and what comes next; units are named where there are several."""
    deadline = f"完成时限：{line.task.deadline.text}。" if line.task.deadline else ""
    blocks = [_item(_standing(view, line)), _text(f"责任单位：{join_names(line.task.lead)}。{deadline}")]
    for report in line.leads:
        who = f"（{report.unit}）" if len(line.task.lead) > 1 else ""
        blocks += _quoted(f"原因{who}", report.problem)
        blocks += _quoted(f"下一步措施{who}", report.next_step)
    return blocks


def _told(
    lines: Sequence[TaskLine], pick: Callable[[Report], str]
) -> list[tuple[str, list[tuple[TaskLine, Report]]]]:
    """Where lead units wrote something in a column, by category."""
    found = []
    for category, members in _by_category(lines):
        pairs = [
            (line, report) for line in members for report in line.leads if not says_nothing(pick(report))
        ]
        if pairs:
            found.append((category, pairs))
    return found


def _problems(view: _View) -> list[Block]:
    """Problems by category, of the tasks that have no place in the fourth part."""
    told = _told(view.not_behind, lambda report: report.problem)
    if view.nobody_answered:
        return [_text("各责任单位均未报送，存在的问题暂不掌握。")]
    elsewhere = len(view.not_behind) < len(view.all.tasks)
    if not told:
        others = "除第四部分所列原因外，各牵头单位未反映其他问题。"
        return [_text(others if elsewhere else "各牵头单位未反映存在的问题。")]
    pairs = [pair for _, members in told for pair in members]
    units = len({report.unit for _, report in pairs})
    tasks = len({line.task.number for line, _ in pairs})
    where = "除第四部分所列任务外，" if elsewhere else ""
    blocks = [_text(f"{where}{units}个牵头单位就{tasks}项任务反映了存在的问题，涉及{len(told)}类：")]
    return blocks + _sections(told, lambda report: report.problem)


def _plans(view: _View) -> list[Block]:
    """What comes next, by category; for tasks behind and unreported first."""
    behind = view.tasks_in("behind")
    told = _told(view.not_behind, lambda report: report.next_step)
    blocks = []
    if behind:
        blocks.append(_text(f"对滞后和未完成的任务（{_numbers(behind)}），按照第四部分所列措施抓紧推进。"))
    if view.unreported:
        blocks.append(_text(f"对尚未报送的任务（{_numbers(view.unreported)}），督促责任单位尽快报送。"))
    if not told:
        return blocks or [_text("各牵头单位未填写下一步计划。")]
    lead_in = "对其他任务，" if blocks else ""
    blocks.append(_text(f"{lead_in}各牵头单位下一步工作打算如下："))
    return blocks + _sections(told, lambda report: report.next_step)


def _sections(
    told: Sequence[tuple[str, list[tuple[TaskLine, Report]]]], pick: Callable[[Report], str]
) -> list[Block]:
    """What units wrote, under the headings of their categories; equal words of one category stand once."""
    blocks: list[Block] = []
    for ordinal, (category, pairs) in enumerate(told, start=1):
        blocks.append(_heading(ordinal, category))
        same: dict[str, list[tuple[TaskLine, Report]]] = {}
        for line, report in pairs:
            same.setdefault(pick(report).strip(), []).append((line, report))
        for text, members in same.items():
            units = join_names(dict.fromkeys(report.unit for _, report in members))
            tasks = task_numbers(list(dict.fromkeys(line.task.number for line, _ in members)))
            blocks += _quoted(f"{units}（{tasks}）", text)
    return blocks


# ---- annexes ----------------------------------------------------------------------------------


def _annex_list(view: _View) -> list[str]:
    """The list of annexes under the body: no stop behind a name (GB/T 9704-2012, 7.3.4)."""
    names = [f"{ordinal}.{title}" for ordinal, title in enumerate(view.annexes.values(), start=1)]
    return [f"附件：{names[0]}", *names[1:]]


def _annex_head(view: _View, key: str) -> dict[str, object]:
    return {"label": view.annex(key), "title": view.annexes[key]}


def _annex_tasks(view: _View) -> dict[str, object]:
    """Every unit's words on every task, whole, one row each; who is silent is named too."""
    groups = [
        {"category": category, "tasks": [_annex_task(line) for line in lines]}
        for category, lines in _by_category(view.all.tasks)
    ]
    return _annex_head(view, "tasks") | {"groups": groups}


def _annex_task(line: TaskLine) -> dict[str, object]:
    silent = [_silent_row(assignment.unit, assignment.role) for assignment in line.silent]
    rows = [*(_report_row(report) for report in line.reports), *silent]
    deadline = f"（完成时限：{line.task.deadline.text}）" if line.task.deadline else ""
    return {
        "number": line.task.number,
        "content": f"{line.task.content}{deadline}",
        "rows": rows or [_silent_row(join_names(line.task.lead), Role.LEAD)],
    }


def _report_row(report: Report) -> dict[str, object]:
    progress = "" if report.progress is None else f"\n{format_number(report.progress)}%"
    remarks = [report.remark, *(f"{heading}：{text}" for heading, text in report.extra.items() if text)]
    texts = {
        "result": report.result,
        "problem": report.problem,
        "next_step": report.next_step,
        "remark": "\n".join(filter(None, remarks)),
    }
    return {
        "unit": f"{report.unit}\n（{report.role}）",
        "status": f"{report.status}{progress}",
        "score": "" if report.self_score is None else format_number(report.self_score),
        "tall": len(report.result) > TALL
        or any(len(text) > TALL_NARROW for key, text in texts.items() if key != "result"),
        **texts,
    }


def _silent_row(unit: str, role: Role) -> dict[str, object]:
    blank = dict.fromkeys(("result", "problem", "next_step", "score", "remark"), "")
    return {"unit": f"{unit}\n（{role}）", "status": UNREPORTED, "tall": False, **blank}


def _annex_targets(view: _View) -> dict[str, object]:
    if "targets" not in view.annexes:
        return {"label": "", "title": "", "rows": []}
    rows = [_target_row(report) for target in view.targets for report in target.reports]
    return _annex_head(view, "targets") | {"rows": rows}


def _annex_units(view: _View) -> dict[str, object]:
    rows = [
        {
            "ordinal": str(ordinal),
            "unit": line.unit,
            "state": _unit_state(line),
            "received": chinese_date(line.received.date()) if line.received else "—",
            "tasks": _tasks_owed(line),
        }
        for ordinal, line in enumerate(view.units_not_on_time, start=1)
    ]
    due = chinese_date(view.all.due)
    empty = f"各责任单位均在{due}前按时报送，无未按时报送单位。"
    return _annex_head(view, "units") | {"rows": rows, "note": f"报送截止日期：{due}", "empty": empty}


def _unit_state(line: UnitLine) -> str:
    if line.state is UnitState.ACCEPTED:
        return "逾期报送"
    return "逾期报送，正在退回修改" if line.state is UnitState.RETURNED else UNREPORTED


def _tasks_owed(line: UnitLine) -> str:
    if len(line.tasks) > MOST_LISTED:
        return f"共{len(line.tasks)}项"
    return f"{task_numbers(line.tasks)}（共{len(line.tasks)}项）" if line.tasks else "—"


def _annex_evidence(view: _View) -> dict[str, object]:
    told = [
        (line, report)
        for line in view.all.tasks
        for report in line.reports
        if not says_nothing(report.evidence)
    ]
    rows = [
        {
            "ordinal": str(ordinal),
            "task": line.task.number,
            "unit": report.unit,
            "evidence": report.evidence,
        }
        for ordinal, (line, report) in enumerate(told, start=1)
    ]
    return _annex_head(view, "evidence") | {"rows": rows, "empty": "各单位未填写佐证材料。"}


OUTPUT = Output("年度总结", "年度总结.docx", build)
