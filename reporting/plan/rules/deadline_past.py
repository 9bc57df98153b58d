"""A last day that is over is known to be so: said once for all tasks.

| case | 任务编号 | 完成时限 | 时限类型 | 截止日期 | at |
| --- | --- | --- | --- | --- | --- |
| passes | 1 | 12月底前 | 日期 | 2026-12-31 |  |
|  | 2 | 3月底前完成并持续推进 | 日期并持续 | 2026-03-31 |  |
| fails | 1 | 12月底前 | 日期 | 2026-12-31 |  |
|  | 2 | 3月底前 | 日期 | 2026-03-31 | 任务 H3 |
|  | 3 | 上半年 | 日期 | 2026-06-30 |  |
"""

from datetime import date

from reporting.plan.rules import PlanView, Slips, in_row, note, slips_listed


def _check(view: PlanView) -> Slips:
    past = [
        task
        for task, deadline in view.deadlines
        if deadline.kind == "date" and deadline.date is not None and _is_over(deadline.date, view)
    ]
    if past:
        tasks, times = slips_listed(task.number for task in past), str(len(past))
        yield in_row(past[0], "deadline_date", tasks=tasks, times=times)


def _is_over(day: date, view: PlanView) -> bool:
    """Over today, but not as early as deadline_before_year asks about."""
    return view.today is not None and day < view.today and (view.year is None or day.year >= view.year)


RULE = note("有{times}项任务的截止日期已过（任务{tasks}）。", "请核对截止日期；无误的，不必处理。", _check)
