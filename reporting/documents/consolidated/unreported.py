"""未报送单位: who has no accepted return, and whom to call."""

from reporting.documents.consolidated.records import ColumnKind, ListColumn, ReportSheet, ReportTable, Values
from reporting.documents.consolidated.view import TOTAL, BookView, unit_state
from reporting.language.wording import chinese_date, join_names
from reporting.model import Role, TaskLine, UnitState

NAME = "未报送单位"
ABOUT = "尚无合格填报表的单位、所承担的任务和联系人"


def build(view: BookView) -> ReportSheet:
    """The whole sheet."""
    layout = (
        ListColumn("序号", 6, ColumnKind.COUNT),
        ListColumn("单位", 20, ColumnKind.TEXT),
        ListColumn("报送状态", 11, ColumnKind.LABEL),
        ListColumn("最近报送日期", 12, ColumnKind.DATE),
        ListColumn("退回次数", 7, ColumnKind.TALLY, summed=True),
        ListColumn("尚有问题数", 7, ColumnKind.TALLY, summed=True),
        ListColumn("任务数", 7, ColumnKind.TALLY, summed=True),
        ListColumn("牵头任务编号", 20, ColumnKind.TEXT),
        ListColumn("配合任务编号", 20, ColumnKind.TEXT),
        ListColumn("联系人", 9, ColumnKind.LABEL),
        ListColumn("联系电话", 14, ColumnKind.LABEL),
        ListColumn("电子邮箱", 22, ColumnKind.TEXT),
    )
    lines = view.units_in(UnitState.AWAITED, UnitState.LATE, UnitState.RETURNED)
    led = {(unit, line.task.number) for line in view.all.tasks for unit in _leads(line)}
    rows: tuple[Values, ...] = tuple(
        (
            number,
            line.unit,
            unit_state(line),
            line.received.date() if line.received else None,
            line.times_returned,
            line.errors,
            len(line.tasks),
            join_names(task for task in line.tasks if (line.unit, task) in led),
            join_names(task for task in line.tasks if (line.unit, task) not in led),
            line.contact.name,
            line.contact.phone,
            line.contact.email,
        )
        for number, line in enumerate(lines, start=1)
    )
    totals: Values = (
        *(TOTAL, None, None, None),
        sum(line.times_returned for line in lines),
        sum(line.errors for line in lines),
        sum(len(line.tasks) for line in lines),
        *(None,) * 5,
    )
    note = f"尚无合格填报表的单位共{len(lines)}个；报送截止日期：{chinese_date(view.all.due)}。{view.note}"
    table = ReportTable(layout, rows, totals if rows else None, empty="各单位均已报送，没有未报送单位。")
    return ReportSheet(NAME, f"{view.all.year}年度未报送单位", (note,), (table,), frozen=2, tone="open")


def _leads(line: TaskLine) -> set[str]:
    """Whoever leads a task, also where the plan names a group and a member answers for it."""
    silent = {assignment.unit for assignment in line.silent if assignment.role is Role.LEAD}
    return {*line.task.lead, *silent, *(report.unit for report in line.leads)}
