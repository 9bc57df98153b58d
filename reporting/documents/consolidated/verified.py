"""What the office may verify in the consolidated workbook: the columns, and what stands in them.

The sheets show these columns and the reader of a workbook brought back looks for them, so that neither can
drift from the other. What is verified of a task here is its lead units' part: a task led by several shows a
status only once all of them are verified, the least advanced one. The parts of supporting units are verified
in the inspection workbook alone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reporting.language.values import format_number
from reporting.model import TargetReport, TaskLine
from reporting.model.review import AmendedField, Review, TaskReview
from reporting.office.form import Form
from reporting.year.standings import backwardness

TASKS, TARGETS = "任务汇总", "量化指标"
UNIT_HEADING = "填报单位"


@dataclass(frozen=True, slots=True)
class VerifiedColumn:
    """One column that the office may edit: its heading, its width in digits, and what to fill in."""

    field: AmendedField
    heading: str
    width: float
    hint: str


TASK_COLUMNS = (
    VerifiedColumn("status", "核定状态", 10, "从下拉选项中选一项；没有核定的留空"),
    VerifiedColumn("progress", "核定进度(%)", 8, "填 0 到 100 的数字，不写百分号；可以不填"),
    VerifiedColumn("opinion", "核定说明", 18, "与上报不一致的，说明依据"),
)
TARGET_COLUMNS = (
    VerifiedColumn("value", "核定完成值", 10, "只填数字，计量单位见左侧；没有核定的留空"),
    VerifiedColumn("remark", "核定说明", 18, "与上报不一致的，说明依据"),
)
COLUMNS: Mapping[str, tuple[VerifiedColumn, ...]] = {TASKS: TASK_COLUMNS, TARGETS: TARGET_COLUMNS}

Shown = Mapping[AmendedField, str]
"""What stands in the columns of one row, as text."""


def shown_task(line: TaskLine, review: Review | None, form: Form) -> Shown:
    """What is verified of a task."""
    found = {} if review is None else {each.unit: each for each in of_task(review, line.task.number)}
    return joint(tuple(found.get(unit) for unit in line.deciding_units), form)


def of_task(review: Review, number: str) -> Iterable[TaskReview]:
    """Everything that was verified of a task, of whatever unit."""
    return (each for each in review.tasks if each.number == number)


def joint(parts: tuple[TaskReview | None, ...], form: Form) -> Shown:
    """What is verified of a task whose deciding units have these results; None is one without any."""
    whole = [each for each in parts if each is not None and each.status]
    words = {each.unit: each.opinion for each in parts if each is not None and each.opinion}
    said = list(dict.fromkeys(words.values()))
    alike = len(said) == 1 and len(words) == len(parts)
    opinion = said[0] if alike else "\n".join(f"【{unit}】{text}" for unit, text in words.items())
    if not parts or len(whole) < len(parts):
        return {"status": "", "progress": "", "opinion": opinion}
    least = max(whole, key=lambda each: backwardness(each.status, each.progress, form))
    figures = [each.progress for each in whole if each.progress is not None]
    progress = format_number(min(figures)) if figures else ""
    return {"status": least.status, "progress": progress, "opinion": opinion}


def shown_target(report: TargetReport, review: Review | None) -> Shown:
    """What is verified of one unit's figure."""
    own = () if review is None else review.targets
    found = next((each for each in own if (each.number, each.unit) == (report.target.number, report.unit)), None)
    if found is None:
        return {"value": "", "remark": ""}
    return {"value": format_number(found.value), "remark": found.remark}
