"""完成时限 and 截止日期 name the same day.

| case | 任务编号 | 完成时限 | 时限类型 | 截止日期 | at |
| --- | --- | --- | --- | --- | --- |
| passes | 1 | 6月底前 | 日期 | 2026-06-30 |  |
| passes | 1 | 3月底前拟订，9月底前印发 | 日期 | 2026-09-30 |  |
| passes | 1 | 6月底前 | 日期 | 2027-06-30 |  |
| passes | 1 | 换届以后 | 日期 | 2026-05-31 |  |
| fails | 1 | 6月底前 | 日期 | 2026-09-30 | 任务 H2 |
| fails | 1 | 2026年底前并长期坚持 | 日期并持续 | 2027-12-31 | 任务 H2 |
"""

from reporting.language.characters import even_width
from reporting.plan.reading.deadlines import last_date
from reporting.plan.rules import PlanView, Slips, confirm, in_row


def _check(view: PlanView) -> Slips:
    for task, deadline in view.deadlines:
        if deadline.date is None:
            continue
        # words without a year are taken for that of the plan or of the cell: other rules look at the year
        years = (view.plan.year, view.year, deadline.date.year)
        days = [day for year in years if (day := last_date(even_width(deadline.text), year)) is not None]
        if days and deadline.date not in days:
            found = deadline.date.isoformat()
            yield in_row(task, "deadline_date", found=found, expected=days[0].isoformat(), words=deadline.text)


RULE = confirm(
    "任务{number}的“完成时限”为“{words}”，应是 {expected}，“截止日期”填的是 {found}。",
    "请核对，把不对的一格改正；填报表上印的是“完成时限”，是否逾期按“截止日期”算。",
    _check,
)
