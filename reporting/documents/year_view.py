"""The year as its documents look at it: tasks by group, targets and units by how they stand, in words."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property

from reporting.documents.letterhead import goal_words
from reporting.language.values import format_number
from reporting.language.wording import chinese_date, clause, heading_text, percent, rate, task_numbers
from reporting.model import UNREPORTED, Consolidation, TargetReport, TaskLine, UnitLine, UnitState
from reporting.office.form import Form
from reporting.office.form import Outcome as Group
from reporting.year.standings import JudgedTarget, figure_words, judge_targets, target_state

ELSEWHERE: tuple[Group, ...] = ("behind", "void")
"""Tasks of these groups have a part of their own, with reasons and next steps."""
MOST_LISTED = 30
"""Names listed in a sentence of the body before it points to an annex instead."""


class YearView:
    """The Consolidation as the sections look at it: tasks by group, targets and units by how they stand."""

    def __init__(self, consolidation: Consolidation, form: Form) -> None:
        self.all, self.form = consolidation, form
        self.unreported = [line for line in consolidation.tasks if line.status == UNREPORTED]
        self.targets = judge_targets(consolidation.targets)
        self.day = chinese_date(consolidation.data_as_of)

    def group(self, status: str) -> Group | None:
        """The group of a status; None for 未报送 and for a word that the form does not have."""
        return self.form.outcome(status)

    def tasks_in(self, group: Group) -> list[TaskLine]:
        """The tasks whose status belongs to a group, in the order of the plan."""
        return [line for line in self.all.tasks if self.group(line.status) == group]

    def units_in(self, *states: UnitState) -> list[UnitLine]:
        """The units that stand so."""
        return [line for line in self.all.units if line.state in states]

    @property
    def not_behind(self) -> list[TaskLine]:
        """All tasks but those whose reasons and next steps the fourth part gives."""
        return [line for line in self.all.tasks if self.group(line.status) not in ELSEWHERE]

    @property
    def nobody_answered(self) -> bool:
        """Whether there is not one accepted word on any task."""
        return bool(self.all.tasks) and not any(line.reports for line in self.all.tasks)

    def targets_in(self, state: str) -> list[JudgedTarget]:
        """The targets that stand so."""
        return [target for target in self.targets if target.state == state]

    @property
    def units_silent(self) -> list[UnitLine]:
        """The units of which there is no return, whether it is late or not."""
        return self.units_in(UnitState.AWAITED, UnitState.LATE)

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

    # ---- in words --------------------------------------------------------------------------------

    def standing_words(self, line: TaskLine) -> str:
        """A task with its status, and its progress where the status does not say it already."""
        told = line.progress is not None and self.group(line.status) in ("ongoing", "behind")
        progress = f"，进度{format_number(line.progress or 0)}%" if told else ""
        return f"{task_name(line)}（{line.status}{progress}）"

    @property
    def silence(self) -> str:
        """That there is not one word on any task: nobody sent a return, or none that passed its check."""
        if len(self.units_silent) < len(self.all.units):
            return "尚无通过核对的填报表"
        return "各责任单位均未报送" if len(self.all.units) != 1 else f"{self.all.units[0].unit}未报送"

    @property
    def group_sentence(self) -> str:
        """The headline: how many tasks are done, under way, behind, left out, unreported."""
        words: dict[Group, str] = {
            "done": "已完成",
            "ongoing": "正在推进",
            "behind": "滞后或未完成",
            "void": "调整取消或不适用",
        }
        counts = {group: len(self.tasks_in(group)) for group in words}
        parts = [f"{word}{counts[group]}项" for group, word in words.items() if counts[group] or group == "done"]
        if self.unreported:
            parts.append(f"{UNREPORTED}{len(self.unreported)}项")
        return "、".join(parts)

    @property
    def nothing_late(self) -> str:
        """That nothing is late, as far as it was reported; of unreported tasks nobody knows."""
        whose = "已报送的任务中，" if self.unreported else ""
        return "" if self.nobody_answered else f"{whose}没有滞后和未完成的任务。"

    @property
    def completion(self) -> str:
        """The completion rate; adjusted and inapplicable tasks are outside it."""
        done, void = len(self.tasks_in("done")), self.tasks_in("void")
        counting = len(self.all.tasks) - len(void)
        if not counting:
            return "本年度没有计入完成率的任务。"
        if not void:
            return f"任务完成率为{rate(done, counting)}。"
        aside = f"剔除调整取消和不适用的任务{len(void)}项（{task_list(void)}）"
        return f"{aside}，计入完成率的任务{counting}项，完成率为{rate(done, counting)}。"


def task_list(lines: Iterable[TaskLine]) -> str:
    """Tasks by number: 第1项、第3项 and so on."""
    return task_numbers([line.task.number for line in lines])


def task_name(line: TaskLine) -> str:
    """A task by number and first clause; 一项 with its whole content stands in the annex."""
    return f"{line.task.number}.{clause(line.task.content)}"


def has_several_leads(line: TaskLine) -> bool:
    """Whether several units lead it: 各区县人民政府 is one name in the plan, but several answer for it."""
    return len(line.task.lead) > 1 or len(line.leads) > 1


def by_category(lines: Sequence[TaskLine]) -> list[tuple[str, list[TaskLine]]]:
    """Tasks by category in the order of the plan; a category that is taken up again stands once."""
    found: dict[str, list[TaskLine]] = {}
    for line in lines:
        found.setdefault(line.task.category, []).append(line)
    return [(heading_text(category), members) for category, members in found.items()]


def late_row(line: UnitLine) -> dict[str, object]:
    """A unit in a list of those that are late: when its return was due, and when one came."""
    return {
        "unit": line.unit,
        "due": chinese_date(line.due) if line.due else "—",
        "received": chinese_date(line.received.date()) if line.received else "—",
    }


def result_row(report: TargetReport) -> dict[str, object]:
    """A unit's figure for a target in a table."""
    return {
        "task": report.target.task,
        "name": report.target.name,
        "goal": goal_words(report.target),
        "value": figure_words(report),
        "ratio": "—" if report.ratio is None else percent(report.ratio * 100),
        "unit": report.unit,
        "state": target_state([report]),
        "as_of": _day(report.as_of),
        "remark": report.remark,
    }


def _day(written: str) -> str:
    """A date as documents write it; what is none stays as it was typed."""
    try:
        return chinese_date(date.fromisoformat(written))
    except ValueError:
        return written or "—"
