"""未报送单位: who has no accepted return, and whom to call."""

from reporting.documents.consolidated.lists import Columns, column, listed, tally_column
from reporting.documents.consolidated.records import ColumnKind, ReportSheet
from reporting.documents.consolidated.view import BookView, received_day, unit_state
from reporting.language.wording import chinese_date, join_names
from reporting.model import UnitLine, UnitState

NAME = "未报送单位"
ABOUT = "尚无合格填报表的单位、所承担的任务和联系人"


def build(view: BookView) -> ReportSheet:
    """The whole sheet."""
    # also where the plan names a group and a member answers for it
    leads = {line.task.number: {*line.task.lead, *line.lead_units} for line in view.all.tasks}

    def numbers(line: UnitLine, *, led: bool) -> str:
        return join_names(task for task in line.tasks if (line.unit in leads.get(task, ())) is led)

    columns: Columns[UnitLine] = (
        column("单位", 20, lambda line: line.unit),
        column("报送状态", 11, unit_state, ColumnKind.LABEL),
        column("最近报送日期", 12, received_day, ColumnKind.DATE),
        tally_column("退回次数", lambda line: line.times_returned),
        tally_column("尚有问题数", lambda line: line.errors),
        tally_column("任务数", lambda line: len(line.tasks)),
        column("牵头任务编号", 20, lambda line: numbers(line, led=True)),
        column("配合任务编号", 20, lambda line: numbers(line, led=False)),
        column("联系人", 9, lambda line: line.contact.name, ColumnKind.LABEL),
        column("联系电话", 14, lambda line: line.contact.phone, ColumnKind.LABEL),
        column("电子邮箱", 22, lambda line: line.contact.email),
    )
    lines = view.units_in(UnitState.AWAITED, UnitState.LATE, UnitState.RETURNED)
    note = f"尚无合格填报表的单位共{len(lines)}个；报送截止日期：{chinese_date(view.all.due)}。{view.note}"
    table = listed(columns, lines, 2, "各单位均已报送，没有未报送单位。", numbered=True)
    return ReportSheet(NAME, f"{view.all.year}年度未报送单位", (note,), (table,), frozen=2, tone="open")
