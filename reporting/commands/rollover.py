"""The next year begins (年度结转): plan.xlsx and duban.toml move on, the book of the old year stays.

The plan is written before the settings: cut short between, the year is still the old one and running it again
writes the same plan. From the moment the settings say the new year there is nothing of it to roll over.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from reporting.files.disk import write_atomic
from reporting.language.values import format_number
from reporting.model.findings import DubanError, Outcome
from reporting.office.next_settings import settings_of_next_year
from reporting.office.outbox import replace_planbook
from reporting.office.waivers import read_waivers
from reporting.office.workspace import PLAN_FILE, SETTINGS_FILE, WAIVERS_FILE, Workspace, exclusive
from reporting.plan.book.last_year import Listing
from reporting.plan.book.memory import write_imported
from reporting.plan.book.sheets import TASKS, Column
from reporting.plan.book.undecided import keep_undecided
from reporting.plan.book.write import make_planbook
from reporting.plan.next_year import KINDS, Rollover, TargetFate, TaskFate, roll_over
from reporting.plan.words import goal_text
from reporting.year.consolidate import as_verified
from reporting.year.open import open_year


@dataclass(frozen=True, slots=True)
class Rolled:
    """What ``rollover`` did; ``began`` tells whether the workspace is now in the new year."""

    rollover: Rollover
    path: Path
    outcome: Outcome
    began: bool


@exclusive("rollover")
def rollover(workspace: Workspace, now: datetime, output: Path | None = None) -> Rolled | None:
    """Write next year's plan from this year's results, and move the settings on to the new year.

    None when that was done before: nothing went out in this year yet, but something in the last. With
    ``output`` only a draft is written there, and the workspace stays in the old year. The old plan.xlsx is
    kept beside the new one under its year. Raises ``DubanError`` before anything is written where nothing
    went out in the year.
    """
    drawn = _draw(workspace, now)
    if drawn is None:
        return None
    coming, reviewed = drawn
    settings_file = workspace.root / SETTINGS_FILE
    moved = settings_of_next_year(workspace) if output is None else b""
    data = make_planbook(coming.plan, coming.findings, {TASKS: coming.remarks}, (_tasks(coming), _targets(coming)))
    path = output or workspace.root / PLAN_FILE
    if path.suffix.lower() != ".xlsx" or not path.parent.is_dir():
        raise DubanError(f"无法写成“{path}”：须为已有文件夹中的 .xlsx 文件。请改正 -o 后面的路径。")
    year = workspace.settings.year
    notes = replace_planbook(path, data, "" if output else f"plan_{year}.xlsx")
    if output is None:
        write_imported(path, coming.plan)
        keep_undecided(path, [each for each in coming.findings if each.kind in KINDS])
        write_atomic(settings_file, moved)
    written = (path,) if output else (path, settings_file)
    notes += [] if reviewed else [f"{year} 年度尚未检查验收，各项任务的情况以各单位报送的为准。"]
    notes += _to_look_over(workspace, year)
    return Rolled(coming, path, Outcome(written, coming.findings, tuple(notes)), output is None)


def _draw(workspace: Workspace, now: datetime) -> tuple[Rollover, bool] | None:
    """Next year's plan, and whether anything of this year was verified; None when the year is already new."""
    form = workspace.form
    with open_year(workspace, now) as year:
        if year.previous is None and year.before is not None:
            return None
        issued, whole = year.issued, year.whole
        found = year.ledger.current_review(year.number)
    review = found.review if found else None
    reviews = {(each.number, each.unit): each for each in review.tasks} if review else {}
    verified = [as_verified(line, reviews, form) for line in whole.tasks]
    return roll_over(issued.plan, whole, verified, review, workspace.reforms(), form), review is not None


def _to_look_over(workspace: Workspace, year: int) -> list[str]:
    """What else of the old year stands in the workspace and is the office's to change."""
    settings = workspace.settings
    notes = []
    if str(year) in settings.title:
        notes.append(f"{SETTINGS_FILE} 的 title 中写有“{year}”，请改为本年度方案的名称，或者留空。")
    document = settings.document.model_dump()
    old = [key for key in document if key.endswith("_number") and str(year) in document[key]]
    if old:
        notes.append(f"{SETTINGS_FILE} 的 {'、'.join(old)} 是 {year} 年的发文字号，请改为新的字号，或者留空。")
    scoring = settings.scoring.model_dump()
    told = [key for key in ("task_weights", "task_methods", "target_methods") if scoring[key]]
    if told:
        notes.append(f"任务编号已经重排，请核对 {SETTINGS_FILE} 中 {'、'.join(told)} 的编号。")
    lasting = sum(each.until is None for each in read_waivers(workspace))
    if lasting:
        notes.append(f"{WAIVERS_FILE} 中有 {lasting} 条豁免没有写截止日期，下一年度仍然有效；不再适用的，请删去。")
    return notes


# ---- the sheets that tell what became of everything --------------------------------------------------


def _tasks(coming: Rollover) -> Listing:
    columns = (
        Column("", "上年编号", 11, centred=True),
        Column("", "工作内容", 60),
        Column("", "牵头单位", 22),
        Column("", "上年状态", 13, centred=True),
        Column("", "上年进度(%)", 13, centred=True, as_text=False),
        Column("", "处理", 18, centred=True),
        Column("", "理由", 34),
        Column("", "新编号", 10, centred=True),
    )
    return Listing("上年任务情况", columns, tuple(_task_row(each) for each in coming.tasks))


def _task_row(each: TaskFate) -> tuple[object, ...]:
    line, task = each.line, each.line.task
    told = (task.number, task.content, "、".join(task.lead), line.status, line.progress)
    return (*told, each.fate, each.why, each.number)


def _targets(coming: Rollover) -> Listing:
    columns = (
        Column("", "上年指标编号", 14, centred=True),
        Column("", "指标名称", 40),
        Column("", "上年目标值", 15, centred=True),
        Column("", "填报单位", 26),
        Column("", "报送完成值", 18, centred=True),
        Column("", "核定完成值", 14, centred=True),
        Column("", "新指标编号", 13, centred=True),
    )
    return Listing("上年指标情况", columns, tuple(_target_row(each) for each in coming.targets))


def _target_row(each: TargetFate) -> tuple[object, ...]:
    target = each.report.target
    goal = f"{goal_text(target)}{target.unit}"
    verified = "" if each.verified is None else f"{format_number(each.verified)}{target.unit}"
    told = (target.number, target.name, goal, each.report.unit, each.report.raw)
    return (*told, verified, each.number)
